"""What the head of a page says of it: its title and the standard tags of government pages.

Enters: the root element. Leaves: titles, best first, and lines for the margins.
"""

from __future__ import annotations

from typing import Final

from lxml.etree import _Element

_TITLES: Final = ("articletitle", "og:title")
_FACTS: Final = ("pubdate", "contentsource", "columnname", "sitename")


def read_head(root: _Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(titles, facts): facts as `name：content` in the order of the standard."""
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            stated.setdefault(name, content)
    title = next((element for element in root.iter("title") if "svg" not in _names_above(element)), None)
    named = " ".join("".join(map(str, title.itertext())).split()) if title is not None else ""
    titles = [stated.get(name, "") for name in _TITLES] + [named]
    facts = [f"{name}：{stated[name]}" for name in _FACTS if name in stated]
    return tuple(dict.fromkeys(t for t in titles if t)), tuple(facts)


def _names_above(element: _Element) -> set[str]:
    return {str(above.tag) for above in element.iterancestors()}
