"""Web pages (.html and whatever else holds one) -> `Document`.

Enters: bytes. Leaves: a `Document` whose blocks are the article of the page. `reader.py` is the door:
`source` makes a tree of the bytes, `walk` makes blocks of the tree, and the modules here choose among the
blocks.
"""

from extract.html.reader import read_html

__all__ = ["read_html"]
