"""A spreadsheet (.xlsx, .xls, .et, .ods, Excel's XML) -> `Document`.

Enters: bytes. Leaves: a `Document` of the visible sheets in order. All that is read is what the sheets print;
their names stand with the margins, unless they are those that programs give.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from extract.document import Block, Document, Paragraph, Source
from extract.errors import Damaged, both
from extract.sheets.blocks import sheet_blocks
from extract.sheets.excel_xml import read_excel_xml
from extract.sheets.ods import read_ods
from extract.sheets.sheet import SheetCell
from extract.sheets.shown.cell_printer import IMPOSSIBLE
from extract.sheets.workbook import Workbook
from extract.sheets.xls import read_xls
from extract.sheets.xlsx import read_xlsx
from extract.xml.office_package import Package
from extract.xml.word_names import DC_NS

# What Excel, WPS and LibreOffice call a new sheet.
_GIVEN_NAME: Final = re.compile(r"(?:sheet|工作表|表|chart|table) ?\d*", re.IGNORECASE)


def read_spreadsheet(data: bytes, source: Source, file_format: str) -> Document:
    """Reads a workbook.

    Args:
        data: its bytes.
        source: where they came from.
        file_format: which of the formats it is.

    Raises:
        Damaged: it cannot be read, or states nothing but numbers of which some are impossible.
        ReadError: another subclass that names the fault; no other exception, whatever the bytes.
    """
    try:
        reader = _READERS.get(file_format)
        if reader is None:
            raise Damaged(file_format)
        workbook = reader(data)
        blocks: list[Block] = []
        names: list[Paragraph] = []
        for sheet in workbook.sheets:
            found = sheet_blocks(sheet)
            blocks += found
            if found and sheet.name.strip() and not _GIVEN_NAME.fullmatch(sheet.name.strip()):
                names.append(Paragraph(sheet.name.strip()))
    except RecursionError as fault:  # shapes within shapes
        raise Damaged(both("嵌套过深", "nested too deeply")) from fault
    remarks = workbook.remarks.union(*(sheet.remarks for sheet in workbook.sheets))
    cells = (cell for sheet in workbook.sheets for cell in sheet.cells.values())
    if IMPOSSIBLE in remarks and not any(_is_word(cell) for cell in cells):
        raise Damaged("numbers that no cell can hold")
    return Document(
        source,
        format=file_format,
        reader="spreadsheet",
        blocks=tuple(blocks),
        margins=tuple(names),
        properties_title=workbook.title,
        remarks=tuple(sorted(remarks)),
    )


def _is_word(cell: SheetCell) -> bool:
    return not cell.number and any(map(str.isalpha, cell.text))


def _read_package(data: bytes) -> Workbook:
    package = Package(data)
    workbook = read_xlsx(package)
    workbook.title = _title(package)
    return workbook


def _title(package: Package) -> str:
    part = next((r.part for r in package.relations() if r.kind == "core-properties"), "docProps/core.xml")
    try:
        title = package.parse(part).find(f"{{{DC_NS}}}title")
    except Damaged:  # what a workbook can be read without
        return ""
    return "" if title is None else (title.text or "").strip()


_READERS: Final[dict[str, Callable[[bytes], Workbook]]] = {
    "ods": read_ods,
    "xls": read_xls,
    "xlsx": _read_package,
    "xml-excel": read_excel_xml,
}
