"""OFD (GB/T 33190): parts, resources, page objects, glyphs, paths, one module each.

Enters: bytes. Leaves: `read_ofd`.
"""

from extract.ofd.reader import read_ofd

__all__ = ["read_ofd"]
