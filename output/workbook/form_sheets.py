"""Observations -> the sheets that show the form: tables with applicants by row, others one row per report.

Enters: reports, and `FileEntry`s. Leaves: `Sheet`s whose cells keep 0, a blank, a dash and a missing
row apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from normalize.form.loader import FORM
from normalize.form.template import Applicant, Field, FormTable
from normalize.report import Observation, Report
from output import wording
from output.money import in_wan_yuan, is_money
from output.official_form import (
    columns_of,
    distinct_fields,
    full_label,
    split_title,
    tables_with_applicants,
)
from output.tables.rows import in_form_order
from output.values import settle
from output.workbook.overview import name_of
from output.workbook.sheet import (
    FileEntry,
    FormCells,
    Sheet,
    SheetColumn,
    SheetRow,
    Shown,
    Tone,
    Value,
    year_of,
)

LEGEND = "红底：勾稽不符　黄底：需核对　灰字：没有印数字　空白不等于 0"
SOURCE = "observations.csv"


def form_cells(report: Report) -> FormCells:
    """What one report prints in the form.

    Args:
        report: a report that was read.

    Returns:
        (table, field, applicant) to cell.
    """
    observations: Sequence[Observation] = report.observations
    if len({(seen.table, seen.field, seen.applicant) for seen in observations}) < len(observations):
        observations = in_form_order(report)  # tells which of two cells is the first
    units = _units()
    cells: dict[tuple[str, str, str], Value | Shown] = {}
    for seen in observations:
        value, status, flags = settle(seen)
        unit = seen.unit
        suffix = unit if value is not None and unit != units.get((seen.table, seen.field), unit) else ""
        shown = show(value, status, seen.raw, flags, unit, suffix)
        place = (seen.table, seen.field, seen.applicant)
        earlier = cells.setdefault(place, shown)
        if earlier is not shown and _number(earlier) != _number(shown):
            cells[place] = _twice(earlier, shown)
    return cells


@cache
def _units() -> Mapping[tuple[str, str], str]:
    """The units of the form itself, which are not shown behind each number; that of money always is."""
    fields = [field for table in FORM.table_names for field in distinct_fields(table)]
    return {(field.table, field.field): "" if is_money(field) else field.unit for field in fields}


def _number(cell: Value | Shown) -> Value:
    return cell.value if isinstance(cell, Shown) else cell


def _twice(earlier: Value | Shown, later: Value | Shown) -> Shown:
    """Two cells of one document for one place of the form: a number before none, else the first."""
    both = [cell if isinstance(cell, Shown) else Shown(cell) for cell in (earlier, later)]
    kept = next((cell for cell in both if isinstance(cell.value, Decimal)), both[0])
    tone = Tone.FAIL if any(cell.tone is Tone.FAIL for cell in both) else Tone.DOUBT
    return Shown(kept.value, tone, "文件中此项出现不止一次且内容不同，全部见 observations.csv", kept.suffix)


def show(
    value: Decimal | None, status: str, raw: str, flags: str, unit: str = "", suffix: str = ""
) -> Value | Shown:
    """One observation as a cell: 0, a blank, a dash and a missing row each look different.

    Args:
        value: as in table observations, like the four that follow.
        status: what is printed in the cell.
        raw: the cell's text.
        flags: failed checks and doubts, joined by `;`.
        unit: as printed, else the form's own.
        suffix: a unit to show behind the number.

    Returns:
        The cell.
    """
    if value is None and status in _WORDLESS:
        content: Value = _WORDLESS[status]
    else:
        content = raw.strip() if value is None else value
    if status in _QUIET and not flags and not suffix and (value is None or raw == str(value)):
        return content
    tone = _tone(status, flags)
    notes = [wording.in_chinese(wording.CODES, flag) for flag in flags.split(";") if flag in wording.CODES]
    failed = [flag for flag in flags.split(";") if flag in wording.CHECKS]
    notes += [f"{wording.failed_word(flag)}：{wording.CHECKS[flag][0]}" for flag in failed]
    notes += [flag for flag in flags.split(";") if flag and flag not in _KNOWN_FLAGS]
    if value is not None and raw and not prints(raw, value, unit):
        notes.append(f"原文：{raw.strip()}")
    if status == "unreadable":
        notes.append(wording.STATUSES[status][0])
    if tone is Tone.PLAIN and not notes and not suffix:
        return content
    return Shown(content, tone, "\n".join(notes), suffix)


def prints(raw: str, value: Decimal, unit: str) -> bool:
    """Whether a text is the number and nothing more, however wide its signs are and wherever it has blanks.

    Args:
        raw: the cell's text.
        value: the number read from it.
        unit: of the number, which may stand behind it.
    """
    text = "".join(raw.translate(_NARROW).split()).replace(",", "")
    return text.removesuffix(unit) == format(value, "f")


_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width signs as ASCII. Nothing else is folded: ② or 2² is more than a wide 2."""

_KNOWN_FLAGS = {*wording.CODES, *wording.CHECKS}
_QUIET = frozenset({"printed", "blank"})
"""Statuses that need no colour and no note. Most cells are such, so they are not looked at any further."""
_WORDLESS: dict[str, str | None] = {"blank": None, "absent": "未列"}


def _tone(status: str, flags: str) -> Tone:
    if any(flag and not flag.startswith(wording.FLAG) for flag in flags.split(";")):
        return Tone.FAIL
    if flags or status == "unreadable":
        return Tone.DOUBT
    return Tone.MUTED if status in ("dash", "absent") else Tone.PLAIN


def table_sheets() -> tuple[Sheet, ...]:
    """One sheet for each table of the form, those with columns of applicants before the others.

    Returns:
        The sheets.
    """
    by_row = tables_with_applicants()
    others = (table for table in FORM.tables if table not in by_row)
    return (*map(_sheet_by_row, by_row), *map(_sheet_by_report, others))


def _sheet_by_row(table: FormTable) -> Sheet:
    """One row per report and row of the form, one column per applicant.

    Rows that have one number in some edition show it in a column of its own.
    """
    columns = _applicants(table.name)
    heads = (one.label_zh.rsplit(" / ")[-1] or "数值" for one in columns)
    rows = _rows(table.name)

    def rows_of(entry: FileEntry) -> Iterator[SheetRow]:
        if not entry.listed:
            return
        agency, year, source = name_of(entry.file), year_of(entry.file), entry.file["source"]
        for group, label, places in rows:
            if any(place in entry.cells for place in places):
                yield (agency, year, group, label, *map(entry.cells.get, places), source)

    shown = (
        *(SheetColumn("机关", 22), SheetColumn("年度", 6), SheetColumn("大项", 18), SheetColumn("事项", 40)),
        *(SheetColumn(head, 10) for head in heads),
        SheetColumn("文件", 50, printed=False),
    )
    return Sheet(table.sheet, split_title(table)[1], shown, rows_of, 4, SOURCE, LEGEND)


def _applicants(table: str) -> tuple[Applicant, ...]:
    """The columns of a table that has them, over all its rows."""
    found = (column for field in distinct_fields(table) for column in columns_of(table, field.field))
    return tuple(dict.fromkeys(found))


def _rows(table: str) -> tuple[tuple[str | None, str, tuple[tuple[str, str, str], ...]], ...]:
    """Group, label and cells of each row of a table with applicants."""
    columns = [column.applicant for column in _applicants(table)]
    return tuple(
        (field.group_zh or None, field.label_zh, tuple((table, field.field, one) for one in columns))
        for field in distinct_fields(table)
    )


def _sheet_by_report(table: FormTable) -> Sheet:
    """A table of the form with one row per report."""
    fields = distinct_fields(table.name)
    columns = (
        *(SheetColumn("机关", 22), SheetColumn("年度", 6)),
        *(column for field in fields for column in _columns(field)),
        SheetColumn("文件", 50, printed=False),
    )
    places = [((table.name, field.field, ""), is_money(field)) for field in fields]

    def rows_of(entry: FileEntry) -> Iterator[SheetRow]:
        if entry.listed:
            file = entry.file
            cells = (cell for place, money in places for cell in _cells(entry.cells.get(place), money=money))
            yield (name_of(file), year_of(file), *cells, file["source"])

    return Sheet(table.sheet, split_title(table)[1], columns, rows_of, 2, SOURCE, LEGEND)


def _columns(field: Field) -> tuple[SheetColumn, ...]:
    if not is_money(field):
        return (SheetColumn(f"{full_label(field)}（{field.unit}）", 8),)
    label = field.label_zh.removesuffix("（单位：万元）")
    return (SheetColumn(f"{label}（照印，带单位）", 12), SheetColumn(f"{label}（折合万元）", 11))


def _cells(cell: Value | Shown, *, money: bool) -> tuple[Value | Shown, ...]:
    """A cell, and for money what it is in 万元; both are coloured alike."""
    if not money:
        return (cell,)
    shown = cell if isinstance(cell, Shown) else Shown(cell)
    amount = in_wan_yuan(shown.value, shown.suffix) if isinstance(shown.value, Decimal) else None
    return (cell, None if amount is None else Shown(amount, shown.tone))
