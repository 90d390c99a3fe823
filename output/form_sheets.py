"""Observations -> the sheets that show the form: requests by row, the other tables one row per report.

Enters: the frames. Leaves: `Sheet`s whose cells keep 0, a blank, a dash and a missing row apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from normalize.form.loader import FORM, Field
from output import wording
from output.official_form import distinct_fields, full_label
from output.sheet import Frames, Row, Sheet, Shown, Tone, Value, records

Cells = dict[str, dict[tuple[str, str | None], Value | Shown]]


def form_cells(frames: Frames, table: str) -> Cells:
    """What each report prints in one table.

    Args:
        frames: the tables.
        table: `requests`, `disclosure` or `remedies`.

    Returns:
        Source to (field, applicant) to cell.
    """
    observations = frames["observations"]
    own = observations[observations["table"] == table]
    units = {field.field: "" if " " in field.unit else field.unit for field in distinct_fields(table)}
    cells: Cells = {}
    names = ("source", "field", "applicant", "value", "status", "raw", "flags", "unit")
    for source, field, applicant, value, status, raw, flags, unit in records(own, *names):
        suffix = unit if unit and unit != units.get(field, unit) else ""
        printed = cells.setdefault(source, {})
        shown = show(value, status, raw or "", flags or "", suffix)
        earlier = printed.setdefault((field, applicant), shown)
        if _number(earlier) != _number(shown):
            printed[field, applicant] = _twice(earlier, shown)
    return cells


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
    tone = _tone(status, flags)
    notes = [wording.in_chinese(wording.CODES, flag) for flag in flags.split(";") if flag in wording.CODES]
    failed = [flag for flag in flags.split(";") if flag in wording.CHECKS]
    notes += [f"{wording.failed_word(flag)}：{wording.CHECKS[flag][0]}" for flag in failed]
    notes += [flag for flag in flags.split(";") if flag and flag not in _KNOWN_FLAGS]
    if value is not None and raw and raw.strip().replace(",", "") != format(value, "f"):
        notes.append(f"原文：{raw.strip()}")
    if status in ("unreadable", "corrected"):
        notes.append(wording.STATUSES[status][0])
    if tone is Tone.PLAIN and not notes and not suffix:
        return content
    return Shown(content, tone, "\n".join(notes), suffix)


_KNOWN_FLAGS = {*wording.CODES, *wording.CHECKS}
_WORDLESS: dict[str, str | None] = {"blank": None, "absent": "未列"}


def _tone(status: str, flags: str) -> Tone:
    relations = [flag for flag in flags.split(";") if flag and not flag.startswith(wording.FLAG)]
    if any(flag not in wording.HINTS for flag in relations):
        return Tone.FAIL
    if flags or status == "unreadable":
        return Tone.DOUBT
    if status == "corrected":
        return Tone.CORRECTED
    return Tone.MUTED if status in ("dash", "absent") else Tone.PLAIN


def requests_sheet(frames: Frames, cells: Cells) -> Sheet:
    """Table 三: one row per report and row of the form, one column per applicant.

    Args:
        frames: the tables.
        cells: of table `requests`.

    Returns:
        The sheet.
    """
    headings = (
        *(("机关", 28), ("年度", 7), ("大项", 20), ("事项", 44)),
        *((applicant.label_zh.rsplit(" / ")[-1], 12) for applicant in FORM.applicants),
        ("文件", 50),
    )
    return Sheet("申请办理情况", headings, _requests_rows(frames["wide"], cells), 4, "observations.csv")


def _requests_rows(wide: pd.DataFrame, cells: Cells) -> Iterator[Row]:
    applicants = [applicant.applicant for applicant in FORM.applicants]
    fields = distinct_fields("requests")
    for source, agency, year in records(wide, "source", "agency", "year"):
        printed = cells.get(source, {})
        for field in fields:
            row = [printed.get((field.field, applicant)) for applicant in applicants]
            if any((field.field, applicant) in printed for applicant in applicants):
                yield (agency, year, field.group_zh or None, field.label_zh, *row, source)


def form_sheet(name: str, table: str, frames: Frames, cells: Cells) -> Sheet:
    """A table of the form with one row per report.

    Args:
        name: of the sheet.
        table: `disclosure` or `remedies`.
        frames: the tables.
        cells: of that table.

    Returns:
        The sheet.
    """
    fields = distinct_fields(table)
    headings = (("机关", 28), ("年度", 7), *((_heading(field), 14) for field in fields), ("文件", 50))
    rows = (
        (agency, year, *(cells.get(source, {}).get((field.field, None)) for field in fields), source)
        for source, agency, year in records(frames["wide"], "source", "agency", "year")
    )
    return Sheet(name, headings, rows, 2, "observations.csv")


def _heading(field: Field) -> str:
    unit = "" if "单位" in field.label_zh or " " in field.unit else f"（{field.unit}）"
    return f"{full_label(field)}{unit}"
