"""How an element is set, as far as it changes what is printed: hidden, struck out, a table by style.

Enters: `style` attributes and the page's own style sheets. Leaves: `ElementLook`s. Of style sheets only
rules of one class or id count, and only outside of `@media` and the like, which speak of other screens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_STATED: Final = re.compile(
    r"(?P<hidden>(?<![\w-])display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|(?<![\w-])font-size\s*:\s*0(?![.\d]))"
    r"|(?<![\w-])display\s*:\s*(?P<display>table(?:-[a-z]+)*)"
    r"|(?P<struck>(?<![\w-])text-decoration(?:-line)?\s*:[^;]*line-through)"
    r"|(?P<raised>vertical-align\s*:\s*super)"
    r"|(?P<centred>text-align\s*:\s*center)"
    r"|(?P<kept>white-space\s*:\s*(?:pre|break-spaces))",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR: Final = re.compile(r"[\w-]*([.#][\w-]+)")
_TOGETHER: Final = re.compile(r"[\w-]*((?:\.[\w-]+){2,})")
_SHOWN: Final = re.compile(r"(?<![\w-])display\s*:\s*(?!none)\w|visibility\s*:\s*visible", re.IGNORECASE)
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_TAGS: Final = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}


@dataclass(frozen=True, slots=True)
class ElementLook:
    """What a style states.

    Attributes:
        hidden: not printed at all.
        display: the tag that the element is laid out as (`table`, `tr`, `td`), "" for its own.
        struck: a line is drawn through the text.
        raised: set above the line.
        centred: set in the middle of the line.
        kept: white space is printed as it stands.
    """

    hidden: bool = False
    display: str = ""
    struck: bool = False
    raised: bool = False
    centred: bool = False
    kept: bool = False


HIDDEN: Final = ElementLook(hidden=True)


@lru_cache(maxsize=8192)  # pasted text repeats a few hundred styles
def look_of(style: str) -> ElementLook | None:
    """What a `style` attribute states, None where it is nothing that matters here."""
    found = {match.lastgroup: match for match in _STATED.finditer(style)}
    if not found:
        return None
    display = found.get("display")
    return ElementLook(
        hidden="hidden" in found,
        display=_TAGS.get((display["display"] if display else "").lower(), ""),
        struck="struck" in found,
        raised="raised" in found,
        centred="centred" in found,
        kept="kept" in found,
    )


def read_sheet(text: str) -> dict[str, ElementLook]:
    """The looks that a style sheet gives to a class (`.name`) or an id (`#name`).

    Classes that together show what one of them hides (`.pane.active`) have a look of their own: nothing.
    """
    looks: dict[str, ElementLook] = {}
    for selectors, body in _RULE.findall(_outermost(_COMMENT.sub("", text))):
        look = look_of(body)
        if _SHOWN.search(body):
            looks |= {
                m[1]: ElementLook() for s in selectors.split(",") if (m := _TOGETHER.fullmatch(s.strip()))
            }
        if look is None or not (look.hidden or look.display or look.struck):
            continue
        for selector in selectors.split(","):
            match = _SELECTOR.fullmatch(selector.strip())
            if match:
                looks[match[1]] = look
    return looks


def _outermost(text: str) -> str:
    """The sheet without blocks within blocks (`@media print { ... }`) and their heads."""
    if "@" not in text:
        return text
    kept: list[str] = []
    depth = start = 0
    for match in re.finditer(r"[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth <= 0:
            depth = 0
            rule = text[start : match.end()]
            start = match.end()
            if not rule.lstrip().startswith("@"):
                kept.append(rule)
    return "".join(kept)
