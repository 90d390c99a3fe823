"""The style sheet, as far as it changes what is printed: bold, size, centring, hiding, numbering.

Enters: the root of styles.xml, or None. Leaves: `StyleSheet`, which resolves `basedOn` chains.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.etree import _Element

from extract.xml.elements import is_on, leading_child, value_of, whole_number
from extract.xml.word_names import DEL, ILVL, MOVE_FROM, NUM_ID, NUM_PR, P_PR, R_PR, VAL, w

_MAX_CHAIN: Final = 32
"""Styles based on others; any bound ends a circle."""
_STYLE_ID: Final = w("styleId")
_STRIKES, _VERT_ALIGN = (w("strike"), w("dstrike")), w("vertAlign")
_B, _SZ, _VANISH, _R_STYLE, _JC, _P_STYLE = w("b"), w("sz"), w("vanish"), w("rStyle"), w("jc"), w("pStyle")


@dataclass(frozen=True, slots=True)
class TextLook:
    """What a style or a run states; None where it states nothing.

    Attributes:
        bold, hidden: switches; hidden text is not printed.
        size: in points.
        struck: a line is drawn through the text.
        lifted: `superscript`, `subscript`, or the line itself.
        centred: paragraph set in the middle.
        num_id, level: the list that paragraphs of this style belong to.
    """

    bold: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    centred: bool | None = None
    num_id: str | None = None
    level: int | None = None
    struck: bool | None = None
    lifted: str | None = None

    def over(self, base: TextLook) -> TextLook:
        """This look where it says something, else `base`."""
        return TextLook(
            base.bold if self.bold is None else self.bold,
            base.hidden if self.hidden is None else self.hidden,
            base.size if self.size is None else self.size,
            base.centred if self.centred is None else self.centred,
            base.num_id if self.num_id is None else self.num_id,
            base.level if self.level is None else self.level,
            base.struck if self.struck is None else self.struck,
            base.lifted if self.lifted is None else self.lifted,
        )


PLAIN: Final = TextLook()


def run_look(properties: _Element | None) -> TextLook:
    """The look stated by a `w:rPr`."""
    return PLAIN if properties is None else run_format(properties)[0]


def run_format(properties: _Element) -> tuple[TextLook, str]:
    """The look stated by a `w:rPr`, and the id of its character style, "" for none."""
    bold = hidden = size = struck = lifted = None
    style = ""
    for child in properties:  # half the time of `iterchildren` with names
        tag = child.tag
        if tag == _B:
            bold = is_on(child)
        elif tag == _VANISH:
            hidden = is_on(child)
        elif tag == _SZ:
            half_points = whole_number(child.get(VAL), 1, 4000)
            size = None if half_points is None else half_points / 2
        elif tag == _R_STYLE:
            style = child.get(VAL, "")
        elif tag in _STRIKES:
            struck = struck or is_on(child)
        elif tag == _VERT_ALIGN:
            lifted = child.get(VAL, "")
    return _stated_look(bold, hidden, size, struck, lifted), style


@lru_cache(maxsize=1024)  # a report prints its thousand runs in a dozen ways
def _stated_look(
    bold: bool | None,  # noqa: FBT001
    hidden: bool | None,  # noqa: FBT001
    size: float | None,
    struck: bool | None,  # noqa: FBT001
    lifted: str | None,
) -> TextLook:
    return TextLook(bold, hidden, size, struck=struck, lifted=lifted)


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What a `w:pPr` states.

    Attributes:
        style: id of the paragraph style, "" for the default.
        centred: None where it does not say.
        num_id, level: the list it belongs to.
        mark_deleted: a tracked change deleted its end, and its text runs on into the next paragraph.
    """

    style: str = ""
    centred: bool | None = None
    num_id: str | None = None
    level: int | None = None
    mark_deleted: bool = False


_UNFORMATTED: Final = ParagraphFormat()
_shared_format: Final = lru_cache(maxsize=1024)(ParagraphFormat)  # a thousand paragraphs, a dozen formats


def paragraph_format(paragraph: _Element) -> ParagraphFormat:
    """The format stated by the `w:pPr` of a `w:p` or a style, in one pass: a report has a thousand."""
    properties = leading_child(paragraph, P_PR)
    if properties is None:
        return _UNFORMATTED
    style, centred, num_id, level, mark_deleted = "", None, None, None, False
    for child in properties:
        tag = child.tag
        if tag == _P_STYLE:
            style = child.get(VAL, "")
        elif tag == _JC:
            centred = child.get(VAL) == "center"
        elif tag == NUM_PR:
            num_id = value_of(child, NUM_ID) or None
            level = whole_number(value_of(child, ILVL), 0, 8)
        elif tag == R_PR:
            mark_deleted = next(child.iterchildren(DEL, MOVE_FROM), None) is not None
    return _shared_format(style, centred, num_id, level, mark_deleted)


class StyleSheet:
    """Styles by id, resolved on demand.

    Attributes:
        default: id of the paragraph style used where a paragraph names none.
    """

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str, TextLook] = {}
        self._paragraphs: dict[str, TextLook] = {}
        self._runs: dict[tuple[TextLook, str, TextLook], TextLook] = {}
        self._base = PLAIN
        self.default = ""
        if root is None:
            return
        self._base = run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{R_PR}"))
        for style in root.iterfind(w("style")):
            self._elements[style.get(_STYLE_ID, "")] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self.default = style.get(_STYLE_ID, "")

    def paragraph_look(self, style_id: str) -> TextLook:
        """The look of a paragraph style over the document's defaults."""
        key = style_id or self.default
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = self.look(key).over(self._base)
        return found

    def run_look(self, properties: _Element, base: TextLook) -> TextLook:
        """The look of a run with a `w:rPr`: what it states, over its style, over its paragraph's look."""
        stated, style = run_format(properties)
        key = (stated, style, base)
        found = self._runs.get(key)
        if found is None:
            styled = stated.over(self.look(style)) if style else stated
            found = self._runs[key] = styled.over(base)
        return found

    def look(self, style_id: str, chain: int = 0) -> TextLook:
        """What a style states, with everything it is based on."""
        known = self._resolved.get(style_id)
        if known is not None:
            return known
        style = self._elements.get(style_id)
        if style is None or chain > _MAX_CHAIN:  # a style based on itself
            return PLAIN
        stated = _stated(style)
        base = value_of(style, w("basedOn"))
        if base:
            stated = stated.over(self.look(base, chain + 1))
        self._resolved[style_id] = stated
        return stated

    def owner_of_numbering(self, style_id: str) -> str:
        """The style in the chain that states the list, whose id a list level may name."""
        style_id = style_id or self.default
        for _ in range(_MAX_CHAIN):
            style = self._elements.get(style_id)
            if style is None or style.find(f"{P_PR}/{NUM_PR}") is not None:
                break
            style_id = value_of(style, w("basedOn"))
        return style_id


def _stated(style: _Element) -> TextLook:
    paragraph = paragraph_format(style)
    run = run_look(style.find(R_PR))
    format_ = (paragraph.centred, paragraph.num_id, paragraph.level)
    return TextLook(run.bold, run.hidden, run.size, *format_, run.struck, run.lifted)
