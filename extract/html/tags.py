"""What the elements of HTML are to a reader of reports.

Enters: nothing. Leaves: sets of tag names.
"""

from __future__ import annotations

from typing import Final

SKIPPED: Final = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "noframes",
        "xml",
        "svg",
        "math",
        "audio",
        "video",
        "canvas",
        "map",
        "button",
        "title",
        "meta",
        "link",
        "datalist",
        "rp",
        "rt",
    ]
)
"""Their contents are not printed, or not as text of the page. `head` and `title` are read apart."""
CONTAINERS: Final = frozenset(
    [
        "div",
        "section",
        "article",
        "main",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "center",
        "ul",
        "ol",
        "dl",
        "fieldset",
        "body",
        "td",
        "th",
        "table",
        "blockquote",
        "figure",
        "details",
    ]
)
"""Elements that may be an article or stand around one."""
BLOCKS: Final = CONTAINERS | frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dt",
        "dd",
        "pre",
        "address",
        "hr",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "legend",
        "figcaption",
        "summary",
        "option",
        "html",
        "iframe",
    ]
)
"""Elements that begin and end a line."""
ROLES: Final = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "td",
    "rowheader": "td",
}
"""What an element is laid out as that names itself a part of a table."""
DRAWN: Final = frozenset(("pre", "listing", "xmp"))
"""Elements whose lines are printed as they stand."""
HEADINGS: Final = frozenset(("h1", "h2", "h3"))
GROUPS: Final = frozenset(("thead", "tbody", "tfoot"))
STRUCK: Final = frozenset(("del", "s", "strike"))
BOLD: Final = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "th"))
FRAMES: Final = frozenset(("iframe", "frame", "embed", "object"))
"""Elements that show another file."""
ASIDE: Final = frozenset(("<nav>", "<footer>", "<aside>"))
"""Elements that say that they are no article, as `Places` names them."""
