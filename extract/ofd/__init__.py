"""OFD (GB/T 33190): parts, resources, page objects, glyphs, paths, one module each.

Enters: bytes. Leaves: a `Document`. `reader.py` is the door; what is drawn on a page becomes blocks in
`extract.page`, as for PDF.
"""

from extract.ofd.reader import read_ofd

__all__ = ["read_ofd"]
