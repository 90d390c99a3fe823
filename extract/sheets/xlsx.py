"""An .xlsx -> sheets.

Enters: the package. Leaves: the visible sheets in order. The XML is read here and not by a library of
values, since what is printed depends on number formats, hidden parts, borders and missing results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from extract.errors import Damaged
from extract.sheets.sheet import SheetContents
from extract.sheets.shown.cell_printer import CellPrinter, to_decimal
from extract.sheets.workbook import Workbook
from extract.sheets.xlsx_styles import LookBook, read_looks
from extract.xml.elements import visible_branch, whole_number
from extract.xml.local_names import attribute, forget, local, named, stream_elements
from extract.xml.office_package import Package
from extract.xml.word_names import ALTERNATE

_STREAMED: Final = ("row", "c", "mergeCell", "col", "sheetView", "drawing")
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_OFF: Final = frozenset({"0", "false"})
_ON: Final = frozenset({"1", "true"})


def read_xlsx(package: Package) -> Workbook:
    """The sheets of a package.

    Raises:
        ReadError: whatever is wrong with it.
    """
    main = next((r.part for r in package.relations() if r.kind == "officeDocument"), "xl/workbook.xml")
    root = package.parse(main)
    relations = list(package.relations(main))
    parts = {relation.kind: relation.part for relation in relations}
    styles = parts.get("styles", "")
    looks = read_looks(package.parse(styles) if styles in package else None)
    strings = _shared_strings(package, parts.get("sharedStrings", ""))
    recalculated = any(attribute(item, "fullCalcOnLoad") in _ON for item in named(root, "calcPr"))
    from_1904 = any(attribute(item, "date1904") in _ON for item in named(root, "workbookPr"))
    workbook = Workbook()
    by_id = {relation.id: relation for relation in relations}
    for item in named(root, "sheets", "sheet"):
        relation = by_id.get(attribute(item, "id"))
        if relation is None or relation.kind != "worksheet":
            continue  # a chart or a dialogue
        if item.get("state", "visible") != "visible":
            workbook.hide_sheet()
            continue
        reader = _SheetReader(looks, strings, recalculated=recalculated)
        workbook.sheets.append(reader.read(package, relation.part, item.get("name", ""), from_1904=from_1904))
    return workbook


class _SheetReader:
    """Reads one sheet part after another with the styles and strings of the workbook."""

    def __init__(self, looks: LookBook, strings: list[str], *, recalculated: bool) -> None:
        self._looks = looks
        self._strings = strings
        self._recalculated = recalculated
        self._shared: dict[str, str] = {}

    def read(self, package: Package, part: str, name: str, *, from_1904: bool) -> SheetContents:
        sheet = SheetContents(name)
        printer = CellPrinter(sheet, from_1904=from_1904)
        row, column = -1, -1
        for event, element in stream_elements(package.read(part), part, _STREAMED):
            kind = local(element)
            if event == "start":
                if kind == "row":
                    stated = whole_number(element.get("r", str(row + 2)), 1, _LAST_ROW + 2)
                    if stated is None:
                        raise Damaged(part)
                    row, column = stated - 1, -1
                    if element.get("hidden") in _ON:
                        sheet.hidden_rows.add(row, row)
            elif kind == "row":
                forget(element)
            elif kind == "c":
                row, column = _position(element.get("r"), row, column + 1, part)
                self._cell(element, row, column, printer)
            elif kind == "sheetView":
                printer.zeros_shown = element.get("showZeros", "1") not in _OFF
            elif kind == "drawing":
                sheet.boxes += _boxes(package, part, attribute(element, "id"))
            else:
                _note(element, kind, sheet)
        return sheet

    def _cell(self, element: _Element, row: int, column: int, printer: CellPrinter) -> None:
        look = self._looks.look(element.get("s"))
        kind = element.get("t", "n")
        stated = {local(child): child for child in element}
        value = stated["v"].text or "" if "v" in stated else ""
        formula = stated.get("f")
        number = to_decimal(value) if kind == "n" else None
        if formula is not None and kind != "inlineStr":
            text = self._formula_text(formula)
            unset = not value and kind != "str"
            # Libraries that cannot calculate write 0 and ask for a calculation when the file is opened.
            if unset or (self._recalculated and number == 0):
                printer.formula(row, column, text, look)
                return
        if kind == "s" and value:
            printer.text(row, column, self._string(value), look)
        elif kind == "inlineStr" or (kind != "s" and not value and "is" in stated):
            printer.text(row, column, rich_text(stated["is"]) if "is" in stated else "", look)
        elif kind == "b":
            printer.raw(row, column, "TRUE" if value in _ON else "FALSE", look)
        elif kind == "e" or not value:
            printer.raw(row, column, value, look)
        elif number is not None:
            printer.number(row, column, number, look)
        elif kind == "n":
            printer.misstated(row, column, _unescape(value), look)
        else:
            printer.text(row, column, _unescape(value), look)

    def _formula_text(self, formula: _Element) -> str:
        """As written; of formulas that share one, the first alone has the words."""
        text = formula.text or ""
        key = formula.get("si", "")
        if formula.get("t") == "shared" and text:
            self._shared[key] = text
        return text or self._shared.get(key, "")

    def _string(self, index: str) -> str:
        number = whole_number(index, 0, 10_000_000)
        if number is None or number >= len(self._strings):
            raise Damaged("sharedStrings.xml")
        return self._strings[number]


def _note(element: _Element, kind: str, sheet: SheetContents) -> None:
    if kind == "mergeCell":
        corners = _REFERENCE.findall(element.get("ref", ""))
        if len(corners) == 2:
            (left, top), (right, bottom) = ((column_number(c), int(r) - 1) for c, r in corners)
            sheet.merge(top, left, bottom, right)
    elif kind == "col" and (element.get("hidden") in _ON or element.get("width") == "0"):
        first, last = (whole_number(element.get(name), 1, _LAST_COLUMN + 1) for name in ("min", "max"))
        if first and last:
            sheet.hidden_columns.add(first - 1, last - 1)


def _position(reference: str | None, row: int, column: int, part: str) -> tuple[int, int]:
    """Where a cell stands; without a reference it follows the one before."""
    if reference is not None:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise Damaged(part)
        row, column = int(match[2]) - 1, column_number(match[1])
    if not (0 <= row <= _LAST_ROW and 0 <= column <= _LAST_COLUMN):
        raise Damaged(part)
    return row, column


def column_number(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _shared_strings(package: Package, part: str) -> list[str]:
    if part not in package:
        return []
    strings: list[str] = []
    for event, item in stream_elements(package.read(part), part, ("si",)):
        if event == "end":
            strings.append(rich_text(item))
            forget(item)
    return strings


def rich_text(item: _Element) -> str:
    """The text of a string item: its own or that of its runs, without the phonetic guide."""
    pieces: list[str] = []
    for child in item:
        if local(child) == "t":
            pieces.append(child.text or "")
        elif local(child) == "r":
            pieces += [t.text or "" for t in named(child, "t")]
    return _unescape("".join(pieces))


def _unescape(text: str) -> str:
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs become characters


def _boxes(package: Package, part: str, identifier: str) -> Iterator[tuple[int, str]]:
    """Texts of text boxes with the row of their upper left corner."""
    drawing = next((r.part for r in package.relations(part) if r.id == identifier), "")
    if drawing not in package:
        return
    for anchor in package.parse(drawing):
        row = next((item.text for item in named(anchor, "from", "row")), None)
        text = "\n".join(_box_lines(anchor)).strip()
        if text:
            yield whole_number(row, 0, _LAST_ROW) or 0, text


def _box_lines(shape: _Element) -> Iterator[str]:
    for child in shape:
        if child.tag == ALTERNATE:
            branch = visible_branch(child)
            if branch is not None:
                yield from _box_lines(branch)
        elif local(child) == "txBody":
            for paragraph in named(child, "p"):
                yield "".join(_box_text(paragraph))
        else:
            yield from _box_lines(child)


def _box_text(paragraph: _Element) -> Iterator[str]:
    for run in paragraph:
        if local(run) == "br":
            yield "\n"
        elif local(run) in {"r", "fld"}:
            yield from (t.text or "" for t in named(run, "t"))
