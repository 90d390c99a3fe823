"""Observations -> the sheets that show the form: requests by row, the other tables one row per report.

Enters: reports, and `Entry`s. Leaves: `Sheet`s whose cells keep 0, a blank, a dash and a missing
row apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from normalize.form.loader import FORM, Field
from normalize.report import Observation, Report
from output import wording
from output.official_form import distinct_fields, full_label
from output.rows import in_form_order
from output.sheet import Entry, FormCells, Row, Sheet, Shown, Tone, Value
from output.values import settle


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
        suffix = unit if unit and unit != units.get((seen.table, seen.field), unit) else ""
        shown = show(value, status, seen.raw, flags, suffix)
        place = (seen.table, seen.field, seen.applicant)
        earlier = cells.setdefault(place, shown)
        if earlier is not shown and _number(earlier) != _number(shown):
            cells[place] = _twice(earlier, shown)
    return cells


@cache
def _units() -> Mapping[tuple[str, str], str]:
    """The units of the form itself, which are not shown behind each number."""
    fields = [field for table in ("requests", "disclosure", "remedies") for field in distinct_fields(table)]
    return {(field.table, field.field): "" if " " in field.unit else field.unit for field in fields}


def _number(cell: Value | Shown) -> Value:
    return cell.value if isinstance(cell, Shown) else cell


def _twice(earlier: Value | Shown, later: Value | Shown) -> Shown:
    """Two cells of one document for one place of the form: a number before none, else the first."""
    values = [_number(cell) for cell in (earlier, later)]
    kept = next((value for value in values if isinstance(value, Decimal)), values[0])
    failed = any(isinstance(cell, Shown) and cell.tone is Tone.FAIL for cell in (earlier, later))
    note = "文件中此项出现不止一次且内容不同，全部见 observations.csv"
    return Shown(kept, Tone.FAIL if failed else Tone.DOUBT, note)


def show(value: Decimal | None, status: str, raw: str, flags: str, suffix: str = "") -> Value | Shown:
    """One observation as a cell: 0, a blank, a dash and a missing row each look different.

    Args:
        value: as in table observations, like the three that follow.
        status: what is printed in the cell.
        raw: the cell's text.
        flags: failed checks and doubts, joined by `;`.
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
    if value is not None and raw and raw.strip().replace(",", "") != format(value, "f"):
        notes.append(f"原文：{raw.strip()}")
    if status == "unreadable":
        notes.append(wording.STATUSES[status][0])
    if tone is Tone.PLAIN and not notes and not suffix:
        return content
    return Shown(content, tone, "\n".join(notes), suffix)


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


def requests_sheet() -> Sheet:
    """Table 三: one row per report and row of the form, one column per applicant.

    Returns:
        The sheet.
    """
    headings = (
        *(("机关", 28), ("年度", 7), ("大项", 20), ("事项", 44)),
        *((applicant.label_zh.rsplit(" / ")[-1], 12) for applicant in FORM.applicants),
        ("文件", 50),
    )
    return Sheet("申请办理情况", headings, _requests_rows, 4, "observations.csv")


def _requests_rows(entry: Entry) -> Iterator[Row]:
    if not entry.listed:
        return
    agency, year, source = (entry.file[name] for name in ("agency", "year", "source"))
    for group, label, places in _requests_places():
        if any(place in entry.cells for place in places):
            yield (agency, year, group, label, *map(entry.cells.get, places), source)


@cache
def _requests_places() -> tuple[tuple[str | None, str, tuple[tuple[str, str, str], ...]], ...]:
    """Group, label and cells of each row of table 三."""
    applicants = [applicant.applicant for applicant in FORM.applicants]
    return tuple(
        (field.group_zh or None, field.label_zh, tuple(("requests", field.field, one) for one in applicants))
        for field in distinct_fields("requests")
    )


def form_sheet(name: str, table: str) -> Sheet:
    """A table of the form with one row per report.

    Args:
        name: of the sheet.
        table: `disclosure` or `remedies`.

    Returns:
        The sheet.
    """
    fields = distinct_fields(table)
    headings = (("机关", 28), ("年度", 7), *((_heading(field), 14) for field in fields), ("文件", 50))
    places = [(table, field.field, "") for field in fields]

    def rows_of(entry: Entry) -> Iterator[Row]:
        if entry.listed:
            file = entry.file
            yield (file["agency"], file["year"], *map(entry.cells.get, places), file["source"])

    return Sheet(name, headings, rows_of, 2, "observations.csv")


def _heading(field: Field) -> str:
    unit = "" if "单位" in field.label_zh or " " in field.unit else f"（{field.unit}）"
    return f"{full_label(field)}{unit}"
