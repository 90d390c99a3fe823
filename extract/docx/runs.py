"""One paragraph as printed: its runs in order, without what Word does not print.

Enters: a `w:p` element. Leaves: `PrintedText`. Kept: insertions, field results, both ends of a move's
target, text struck out by formatting where nothing else is printed. Left out: such text beside other text
(what replaced it), tracked deletions, moved-away text, hidden text, field instructions, comments, note marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from extract.characters.raised import print_raised
from extract.docx.styles import StyleSheet, TextLook
from extract.xml.elements import visible_branch
from extract.xml.word_names import (
    ALTERNATE,
    CUSTOM_XML,
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    O_MATH,
    O_MATH_PARA,
    P_PR,
    R_PR,
    SDT,
    SDT_CONTENT,
    SMART_TAG,
    TXBX,
    R,
    T,
    m,
    w,
)

_DELETED_TEXT: Final = w("delText")
_LIFTED: Final = ("superscript", "subscript")
_FIELD_TYPE: Final = w("fldCharType")
# Tick boxes and bullets of symbol fonts that reports use; their code points are private elsewhere.
_SYMBOLS: Final = {
    "F0FC": "✓", "F0FE": "☑", "F052": "☑", "F0A3": "□", "F0A8": "□", "F06F": "□",
    "F0B7": "•", "F06C": "●", "F06E": "■", "F0D7": "×", "F0B4": "×",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedText:
    r"""A paragraph's text and what was noticed while reading it.

    Attributes:
        text: as printed; line breaks as "\n".
        boxes: the `w:txbxContent` elements anchored in it, in order.
        deleted: a tracked change deleted text in it.
        remarks: codes for `Document.remarks`.
        struck: a line is drawn through some of it.
        bold: every visible character is bold.
        size: size in points of the first visible run.
    """

    text: str
    boxes: tuple[_Element, ...] = ()
    deleted: bool = False
    remarks: frozenset[str] = frozenset()
    bold: bool = False
    size: float | None = None
    struck: bool = False


_EMPTY: Final = PrintedText("")


class _Struck(str):
    """A piece of text with a line drawn through it."""

    __slots__ = ()


class _Collector:
    """Gathers one paragraph; the field stack holds where each open instruction began."""

    def __init__(self, styles: StyleSheet, base: TextLook) -> None:
        self.pieces: list[str] = []
        self.boxes: list[_Element] = []
        self.remarks: set[str] = set()
        self.deleted = self.struck = False
        self.bold: bool | None = None
        self.size: float | None = None
        self._styles = styles
        self._base = base
        self._fields: list[int | None] = []

    def walk(self, parent: _Element) -> None:
        for child in parent:
            handle = _HANDLERS.get(child.tag)
            if handle is not None:
                handle(self, child)

    def run(self, run: _Element) -> None:
        properties = run[0] if len(run) and run[0].tag == R_PR else None
        look = self._base if properties is None else self._styles.run_look(properties, self._base)
        if look.hidden:
            self.remarks.add("hidden_text")
            return
        before = len(self.pieces)
        self.walk(run)
        pieces = self.pieces
        if look.lifted in _LIFTED:
            text = "".join(pieces[before:])
            lowered = look.lifted == _LIFTED[1]
            pieces[before:] = [print_raised(text, "".join(pieces[:before]), lowered=lowered)]
        if look.struck:
            pieces[before:] = map(_Struck, pieces[before:])
        if len(pieces) > before and any(piece.strip() for piece in pieces[before:]):
            self.bold = bool(look.bold) and self.bold is not False
            self.size = self.size if self.size is not None else look.size

    def printed(self) -> str:
        """The text, without what is struck out beside text that is not."""
        kept = [piece for piece in self.pieces if not isinstance(piece, _Struck)]
        if len(kept) == len(self.pieces):
            return "".join(self.pieces)
        self.remarks.add("revisions")
        self.struck = True
        return "".join(kept if "".join(kept).strip() else self.pieces)

    def text(self, element: _Element) -> None:
        if element.text:
            self.pieces.append(_as_printed(element.text))

    def symbol(self, element: _Element) -> None:
        code = element.get(w("char"), "").upper()
        try:
            self.pieces.append(_SYMBOLS.get(code) or chr(int(code, 16)))
        except (ValueError, OverflowError):
            self.remarks.add("symbol_lost")

    def line_break(self, element: _Element) -> None:
        self.pieces.append("\n")

    def tab(self, element: _Element) -> None:
        self.pieces.append("\t")

    def hyphen(self, element: _Element) -> None:
        self.pieces.append("-")

    def field_mark(self, element: _Element) -> None:
        """Drops what stands between a field's begin and its result.

        An instruction never closed in its paragraph drops nothing: better a stray word than a lost one.
        """
        kind = element.get(_FIELD_TYPE)
        if kind == "begin":
            self._fields.append(len(self.pieces))
        elif self._fields:
            began = self._fields.pop()
            if began is not None:
                del self.pieces[began:]
            if kind == "separate":
                self._fields.append(None)

    def deletion(self, element: _Element) -> None:
        self.remarks.add("revisions")
        if any(item.text and item.text.strip() for item in element.iter(T, _DELETED_TEXT)):
            self.deleted = True

    def insertion(self, element: _Element) -> None:
        self.remarks.add("revisions")
        self.walk(element)

    def content_control(self, element: _Element) -> None:
        content = element.find(SDT_CONTENT)
        if content is not None:
            self.walk(content)

    def alternate(self, element: _Element) -> None:
        branch = visible_branch(element)
        if branch is not None:
            self.walk(branch)

    def shape(self, element: _Element) -> None:
        """Finds the text boxes of a drawing or picture; shapes nest, and may hold alternatives."""
        for child in element:
            if child.tag == TXBX:
                self.boxes.append(child)
            elif child.tag == ALTERNATE:
                branch = visible_branch(child)
                if branch is not None:
                    self.shape(branch)
            else:
                self.shape(child)

    def ruby(self, element: _Element) -> None:
        base = element.find(w("rubyBase"))
        if base is not None:
            self.walk(base)

    def formula(self, element: _Element) -> None:
        self.pieces.append(_linear(element))


def _as_printed(text: str) -> str:
    return text.replace("\u00ad", "").replace("\n", " ")


def _linear(element: _Element) -> str:
    """A formula in one line: its characters in order, fractions with a slash."""
    if element.tag == m("t"):
        return element.text or ""
    joint = "/" if element.tag == m("f") else ""
    parts = [_linear(child) for child in element]
    return joint.join(part for part in parts if part)


_HANDLERS: Final[dict[str, Callable[[_Collector, _Element], None]]] = {
    R: _Collector.run,
    T: _Collector.text,
    w("tab"): _Collector.tab,
    w("ptab"): _Collector.tab,
    w("br"): _Collector.line_break,
    w("cr"): _Collector.line_break,
    w("noBreakHyphen"): _Collector.hyphen,
    w("sym"): _Collector.symbol,
    w("fldChar"): _Collector.field_mark,
    w("ruby"): _Collector.ruby,
    w("drawing"): _Collector.shape,
    w("pict"): _Collector.shape,
    w("object"): _Collector.shape,
    INS: _Collector.insertion,
    MOVE_TO: _Collector.insertion,
    DEL: _Collector.deletion,
    MOVE_FROM: _Collector.deletion,
    SDT: _Collector.content_control,
    ALTERNATE: _Collector.alternate,
    O_MATH: _Collector.formula,
    O_MATH_PARA: _Collector.formula,
    CUSTOM_XML: _Collector.walk,
    SMART_TAG: _Collector.walk,
    w("hyperlink"): _Collector.walk,
    w("fldSimple"): _Collector.walk,
    w("bdo"): _Collector.walk,
    w("dir"): _Collector.walk,
}


def _read_plain(paragraph: _Element, look: TextLook, styles: StyleSheet) -> PrintedText | None:
    """A paragraph of one run of one text, as nearly every filled cell has it, without a collector."""
    run = paragraph[-1]
    if run.tag != R or not _stands_alone(paragraph, P_PR) or not len(run) or not _stands_alone(run, R_PR):
        return None
    text = run[-1]
    if text.tag != T:
        return None
    if len(run) == 2:
        look = styles.run_look(run[0], look)
    if look.hidden or look.struck:
        return None
    printed = _as_printed(text.text or "")
    if not printed.strip():
        return PrintedText(printed) if printed else _EMPTY
    return PrintedText(printed, bold=bool(look.bold), size=look.size)


def _stands_alone(parent: _Element, properties: str) -> bool:
    """Whether the last child is the only one beside the properties."""
    return len(parent) == 1 or (len(parent) == 2 and parent[0].tag == properties)


def read_paragraph(paragraph: _Element, look: TextLook, styles: StyleSheet) -> PrintedText:
    """The printed text of a `w:p` without its list label; `look` is its style's."""
    if not len(paragraph) or (len(paragraph) == 1 and paragraph[0].tag == P_PR):
        return _EMPTY  # most paragraphs of a form are blank cells
    if (plain := _read_plain(paragraph, look, styles)) is not None:
        return plain
    collector = _Collector(styles, look)
    collector.walk(paragraph)
    text = collector.printed()
    return PrintedText(
        text,
        tuple(collector.boxes),
        collector.deleted,
        frozenset(collector.remarks),
        bool(collector.bold),
        collector.size,
        collector.struck,
    )
