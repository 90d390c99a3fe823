"""Web pages (.html, .mht and whatever else holds one) -> `Document`.

Enters: bytes. Leaves: a `Document` whose blocks are the article of the page.
"""

from extract.html.mhtml import read_mhtml
from extract.html.reader import read_html

__all__ = ["read_html", "read_mhtml"]
