"""PDF: engine, rulings, characters, cells, lines, one module each.

Enters: bytes. Leaves: `read_pdf`.
"""

from extract.pdf.reader import read_pdf

__all__ = ["read_pdf"]
