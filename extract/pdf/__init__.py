"""PDF by pdfium: characters, rulings, what is hidden, one module each.

Enters: bytes. Leaves: a `Document`. `reader.py` is the door; what is drawn on a page becomes blocks in
`extract.page`, as for OFD. `unlock.py` takes the encryption off first, where a password is given.
"""

from extract.pdf.reader import read_pdf

__all__ = ["read_pdf"]
