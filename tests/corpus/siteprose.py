"""Paragraphs of an article in the hand of the tool that made the page.

Enters: a line. Leaves: markup.
"""

from __future__ import annotations

from random import Random

from corpus.markup import Markup
from corpus.page import Line
from corpus.sitecell import reference, word_paragraph

_ALIGN = {"title": "center", "number": "center", "sign": "right", "page": "center"}


def paragraph(rng: Random, markup: Markup, base: str, line: Line) -> str:
    """One paragraph."""
    text, align = reference(line.text, False), _ALIGN.get(line.kind, "")
    if not line.text:
        return rng.choice((markup.element("p", "&nbsp;"), markup.lone("br"), ""))
    if base == "word":
        inner = f"<b>{text}</b>" if line.kind in ("title", "heading") else _parted(rng, text)
        return word_paragraph(rng, markup, inner, align or "left")
    if base == "layout":
        return _old(rng, markup, text, align)
    if base == "modern":
        name = {"title": "h2", "heading": rng.choice(("h3", "p"))}.get(line.kind, "p")
        return markup.element(name, text, {"class": f"text-{align}"} if align else {})
    return _styled(rng, markup, line, text, align)


def _parted(rng: Random, text: str) -> str:
    """Word cuts a text into spans wherever its language changes or somebody corrected a word."""
    if "&" in text or len(text) < 6 or rng.random() < 0.4:
        return text
    cut = rng.randrange(2, len(text) - 1)
    return f"<span style='font-family:仿宋_GB2312'>{text[:cut]}</span><span lang=EN-US>{text[cut:]}</span>"


def _old(rng: Random, markup: Markup, text: str, align: str) -> str:
    if align:
        inner = markup.element("font", text, {"face": "宋体", "size": "3"})
        return markup.element("div", inner, {"align": align})
    indent = rng.choice(("　　", "&nbsp;&nbsp;&nbsp;&nbsp;"))
    return rng.choice((f"{indent}{text}{markup.lone('br')}", markup.element("p", f"{indent}{text}")))


def _styled(rng: Random, markup: Markup, line: Line, text: str, align: str) -> str:
    inner = (
        markup.element("strong", text) if line.kind in ("title", "heading") and rng.random() < 0.5 else text
    )
    if rng.random() < 0.4:
        inner = markup.element("span", inner, {"style": "font-family: 仿宋,仿宋_GB2312; font-size: 16pt"})
    if align:
        attributes = {"align": align} if rng.random() < 0.5 else {"style": f"text-align: {align};"}
        return markup.element("p", inner, attributes)
    return markup.element("p", rng.choice(("", "　　")) + inner, {"style": "text-indent:2em;line-height:2em"})
