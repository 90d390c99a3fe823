"""Web pages (.html and whatever else holds one) -> `Document`.

Enters: bytes. Leaves: a `Document` whose blocks are the article of the page.
"""

from extract.html.reader import read_html

__all__ = ["read_html"]
