"""A PDF's bytes -> `Document`, a second time and by another way: pdfplumber.

Enters: bytes and where they came from. Leaves: a `Document`, or one of `extract.errors`. It is slow and
shares no engine and no table finding with `extract.pdf`: where both say the same, the page says it.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import median
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.text import extract_text

from extract.characters.invisible import INVISIBLE
from extract.characters.plausible import is_plausible
from extract.characters.radicals import fold_radicals
from extract.characters.unmapped import UNKNOWN
from extract.document import Block, Cell, Document, Paragraph, Source
from extract.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnreadableText, both, in_pages
from extract.page.lines import PageLine, measure, to_paragraphs
from extract.page.margins import split_margins
from extract.pdf_reference.drawn import DrawnObject, Items, each_once, list_items
from extract.pdf_reference.page_breaks import TablePart, append, goes_on
from extract.pdf_reference.tables import Rect, Ruled, Stroke, find_ruled, is_white, list_strokes
from extract.pdf_reference.turn import Turn

READER: Final = "pdfplumber"
MAX_PAGES: Final = 200
"""A page takes about 40 ms; the fast reader takes more pages than a report can have."""
GAP: Final = 0.42
"""Shares of the type size between two characters from which a space was typed."""
PADDING: Final = 4.0
"""Points that word processors leave beside the text of a cell, about."""
STRIKE: Final = 0.32
"""Shares of its height by which a line through a character may miss the middle: fonts differ in reach; 0.8
takes lines below for strikes (`test_a_line_through_a_number_strikes_it_and_one_under_it_does_not`)."""
ASLANT: Final = 0.05
"""Share of a character's size by which it leans and is a watermark."""
ROOM: Final = 1.2
"""Widths of a character that a full line leaves free."""
SAME_LINE: Final = 0.5
"""Share of the height by which the middles of one line may differ
(`test_prose_is_joined_and_page_numbers_are_kept_apart`)."""
LINE_SLACK: Final = 0.4
"""The same within a cell, as pdfplumber asks for it."""
_UNMAPPED = re.compile("\\(cid:[0-9]+\\)|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""How pdfminer writes a glyph without a character, and characters that none can have."""
_INVISIBLE, _ODD = re.compile(f"[{INVISIBLE}]"), re.compile(f"[\u2e80-\u2fdf{INVISIBLE}]")
Char = DrawnObject


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page as found."""

    size: tuple[float, float]
    tables: tuple[TablePart, ...]
    lines: tuple[PageLine, ...]
    has_text: bool


def read_pdf_reference(data: bytes, source: Source) -> Document:
    """The document of a PDF, read apart from `extract.pdf.read_pdf`.

    Raises:
        Encrypted: it needs a password.
        Damaged: no pages, or pages that cannot be parsed.
        TooLarge: more pages, or more lines on one, than a second reading is worth.
        NoText: pictures only.
        UnreadableText: the characters are not those on the page.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            _refuse_unless_readable(len(document.pages))
            sheets = [_read_page(page) for page in document.pages]
            title = (document.metadata or {}).get("Title") or ""
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # a damaged file makes pdfminer raise anything at all
        raise (Encrypted() if _is_locked(error) else Damaged("PDF")) from error
    if not any(sheet.has_text for sheet in sheets):
        raise NoText(in_pages(len(sheets)))
    bodies, margins = split_margins([s.lines for s in sheets], [s.size[1] for s in sheets])
    first_seen = {line.text: line.page for line in reversed(margins)}
    return Document(
        source,
        "pdf",
        READER,
        tuple(_blocks(sheets, bodies)),
        margins=tuple(Paragraph(text, page=page) for text, page in reversed(first_seen.items())),
        pages=len(sheets),
        properties_title=title if isinstance(title, str) else "",
    )


def _refuse_unless_readable(pages: int) -> None:
    if not pages:
        raise Damaged(both("PDF，0 页", "PDF, 0 pages"))
    if pages > MAX_PAGES:
        raise TooLarge(in_pages(pages))


def _is_locked(error: BaseException) -> bool:
    return isinstance(error, PDFPasswordIncorrect) or any(
        isinstance(inner, PDFPasswordIncorrect) for inner in (*error.args, error.__cause__, error.__context__)
    )


def _read_page(page: Page) -> _Sheet:
    try:
        items = list_items(page)
        turn = Turn(page, items.chars)
        strokes = [turn.stroke(stroke) for stroke in list_strokes(items)]
        chars = _unstruck(_printed(items, turn), [s for s in strokes if not s.upright])
        if not is_plausible("".join(char["text"] for char in chars)):
            raise UnreadableText(both(f"第 {page.page_number} 页", f"page {page.page_number}"))
        tables = []
        for ruled in find_ruled(page, strokes):
            part, chars = _fill(ruled, chars, turn)
            tables.append(part)
        lines = tuple(_lines(chars, page.page_number))
        return _Sheet(turn.size, tuple(tables), lines, bool(items.chars))
    finally:
        page.close()


def _printed(items: Items, turn: Turn) -> list[Char]:
    """The characters that are seen, each once, as read; aslant is a watermark."""
    shades = [r for r in items.rects if r["fill"] and not is_white(r["non_stroking_color"])]
    out: list[Char] = []
    for char in each_once(items.chars):
        a, b = char["matrix"][:2]
        if abs(a) > ASLANT * abs(b) and abs(b) > ASLANT * abs(a):
            continue
        if is_white(char["non_stroking_color"]) and not any(_stands_in(char, shade) for shade in shades):
            continue
        out.append(_as_read(char, turn))
    return out


def _as_read(char: Char, turn: Turn) -> Char:
    if _UNMAPPED.fullmatch(char["text"]):
        char = {**char, "text": UNKNOWN}
    elif _ODD.search(char["text"]):  # browsers write radicals in place of the characters that look the same
        char = {**char, "text": fold_radicals(_INVISIBLE.sub("", char["text"]) or char["text"])}
    if not turn.way:
        return char
    x0, top, x1, bottom = turn.box((char["x0"], char["top"], char["x1"], char["bottom"]))
    return {**char, "x0": x0, "top": top, "x1": x1, "bottom": bottom, "upright": True}


def _stands_in(char: Char, box: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box["x0"] <= x <= box["x1"] and box["top"] <= y <= box["bottom"])


def _unstruck(chars: list[Char], level: Sequence[Stroke]) -> list[Char]:
    """Characters without a line through their middle."""
    level = sorted(level, key=attrgetter("at"))
    heights = [stroke.at for stroke in level]
    kept = []
    for char in chars:
        beside = slice(bisect_left(heights, char["top"]), bisect_right(heights, char["bottom"]))
        if not any(_strikes(stroke, char) for stroke in level[beside]):
            kept.append(char)
    return kept


def _strikes(stroke: Stroke, char: Char) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    through = stroke.start - 1 <= x <= stroke.end + 1
    return bool(through and abs(stroke.at - y) <= STRIKE * (char["bottom"] - char["top"]))


def _fill(ruled: Ruled, chars: Sequence[Char], turn: Turn) -> tuple[TablePart, list[Char]]:
    """(the table with its text, the characters outside of it)."""
    owner = {
        (area.row + i, area.column + j): k
        for k, area in enumerate(ruled.areas)
        for i in range(area.row_span)
        for j in range(area.column_span)
    }
    inside: list[list[Char]] = [[] for _ in ruled.areas]
    outside: list[Char] = []
    for char in chars:
        at = ruled.locate((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)
        (outside if at is None else inside[owner[at]]).append(char)
    part = TablePart(ruled.ys[0], ruled.xs, len(ruled.ys) - 1, [])
    for area, members in zip(ruled.areas, inside, strict=True):
        place = area.row, area.column, area.row_span, area.column_span
        part.cells.append(Cell(_text(members), *place, turn.number, turn.displayed(area.box)))
        if members and _is_full(area.box, members):
            part.full.add(part.cells[-1])
    return part, outside


def _is_full(box: Rect, members: Sequence[Char]) -> bool:
    """Its lines leave no room for one character more."""
    width = max(c["x1"] for c in members) - min(c["x0"] for c in members)
    room = box[2] - box[0] - 2 * PADDING - width
    return bool(room < ROOM * (members[-1]["x1"] - members[-1]["x0"]))


def _text(chars: list[Char]) -> str:
    if not chars:
        return ""
    if len(chars) == 1 and chars[0]["text"].isascii():  # as in most cells; no ligature to take apart
        return str(chars[0]["text"]).strip()
    slack = LINE_SLACK * median(char["bottom"] - char["top"] for char in chars)
    return extract_text(chars, x_tolerance_ratio=GAP, y_tolerance=max(slack, 2)).strip()


def _lines(chars: Sequence[Char], page: int) -> Iterator[PageLine]:
    """The lines outside of tables, from the top down."""
    groups: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c["top"] + c["bottom"]):
        middle, height = (char["top"] + char["bottom"]) / 2, char["bottom"] - char["top"]
        if groups and middle - (groups[-1][0]["top"] + groups[-1][0]["bottom"]) / 2 < SAME_LINE * height:
            groups[-1].append(char)
        else:
            groups.append([char])
    for group in groups:
        if not (text := " ".join(_text(group).split("\n"))):
            continue
        x0, x1 = min(c["x0"] for c in group), max(c["x1"] for c in group)
        top, bottom = min(c["top"] for c in group), max(c["bottom"] for c in group)
        yield PageLine(text, page, x0, top, x1, bottom, max(c["size"] for c in group), ())


def _blocks(sheets: Sequence[_Sheet], bodies: Sequence[Sequence[PageLine]]) -> Iterator[Block]:
    """Paragraphs and tables in reading order; both may go on over the page."""
    items: list[PageLine | TablePart] = []
    for sheet, body in zip(sheets, bodies, strict=True):
        fresh = True
        found: list[PageLine | TablePart] = [*body, *sheet.tables]
        for item in sorted(found, key=_top):
            last = items[-1] if items else None
            if fresh and isinstance(item, TablePart) and isinstance(last, TablePart) and goes_on(last, item):
                append(last, item)
            else:
                items.append(item)
            fresh = False
    area = measure([line for body in bodies for line in body], max(sheet.size[0] for sheet in sheets))
    waiting: list[PageLine] = []
    for item in items:
        if isinstance(item, PageLine):
            waiting.append(item)
            continue
        yield from to_paragraphs(waiting, area)
        waiting = []
        yield item.to_table()
    yield from to_paragraphs(waiting, area)


def _top(item: PageLine | TablePart) -> float:
    return item.top
