"""A report -> sheet 勾稽问题: everything in it that a person should look at, and where.

Enters: outcomes. Leaves: `Problem`s and the sheet. Each report that is flagged has one at least, and so
does each cell with a flag, be it as a part of the relation that fails, or as one of many cells of a table
that share a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from normalize.form.in_sentences import TABLE_NAMES
from normalize.form.loader import FORM
from normalize.form.template import Field
from normalize.report import Check, Identity, Issue, Observation, Report, Verdict, hold_exactly
from output import wording
from output.official_form import full_label, wide_columns
from output.outcome import READ, Outcome
from output.tables.rows import in_form_order
from output.values import settle
from output.wording import failed_word
from output.workbook.sheet import (
    FileEntry,
    Problem,
    Sheet,
    SheetColumn,
    SheetRow,
    Shown,
    Tone,
    agency_of,
    year_of,
)

LEGEND = "红底：勾稽不符　黄底：需核对"
DOUBT = Shown("需核对", Tone.DOUBT)
_WORDLESS = {"blank": "读作空白", "dash": "读作没有数字", "absent": "没有找到这一格"}
MOST_ALONE = 7
"""Cells of a table with the same doubt that have a row each; more, than a row of the form has, share one."""
NAMED = 3
"""Of cells that share a row, how many it names."""
LONGEST_RAW = 200
"""Signs of a cell's text that are shown: what is longer is a paragraph, and in `raw`."""


def problems_sheet() -> Sheet:
    """One row per relation that fails and per doubt.

    Returns:
        The sheet.
    """
    columns = (
        *(
            SheetColumn("机关", 13),
            SheetColumn("年度", 5),
            SheetColumn("类别", 7),
            SheetColumn("项目", 16),
            SheetColumn("涉及", 18),
        ),
        *(
            SheetColumn("左边", 7),
            SheetColumn("右边", 7),
            SheetColumn("左减右", 7),
            SheetColumn("判断", 8),
            SheetColumn("说明", 26),
        ),
        *(SheetColumn("原文", 8), SheetColumn("位置", 10), SheetColumn("文件", 20)),
    )
    source = "checks.csv、issues.csv 和 observations.csv"
    return Sheet(wording.SHEETS["problems"], "勾稽问题和需核对之处", columns, _rows_of, 3, source, LEGEND)


def _rows_of(entry: FileEntry) -> Iterator[SheetRow]:
    file = entry.file
    for one in entry.problems:
        yield (
            *(agency_of(file), year_of(file), one.kind, one.name, one.scope),
            *(one.left, one.right, one.difference, one.origin, one.text, one.raw, one.place),
            file["source"],
        )


def find_problems(outcome: Outcome) -> tuple[Problem, ...]:
    """What a person should look at in a report that was read.

    Args:
        outcome: what became of a file.

    Returns:
        First the relations that fail, then what is in doubt; nothing for a file without a report.
    """
    report = outcome.report
    if report is None or outcome.status not in READ:
        return ()
    checks = [check for check in report.checks if check.verdict is Verdict.FAIL]
    flagged = _flagged_cells(report)
    told = {check.check for check in checks}
    cells = [(seen, flags) for seen, flags in flagged if not set(flags) <= told]
    found = (
        *(
            _failed_check(check, [seen for seen, flags in flagged if check.check in flags])
            for check in checks
        ),
        *(_doubtful_identity(code, report.identity) for code in report.identity.doubts),
        *map(_listed_issue, report.issues),
        *_doubtful_cells(cells, outcome),
    )
    return found if found or outcome.status != "flagged" else (_unnamed(outcome),)


def _flagged_cells(report: Report) -> list[tuple[Observation, tuple[str, ...]]]:
    """The cells that carry a flag in the tables, in the order of the form, and their flags."""
    suspect = tuple(
        seen
        for seen in report.observations
        if seen.flags or (seen.value is not None and hold_exactly(seen.value) is None)
    )
    if not suspect:
        return []
    ordered = in_form_order(replace(report, observations=suspect))
    return [(seen, tuple(settle(seen)[2].split(";"))) for seen in ordered]


def _failed_check(check: Check, cells: Sequence[Observation]) -> Problem:
    name = check.check
    pages = sorted({seen.page for seen in cells if seen.page is not None})
    own = next((seen for seen in cells if _name(seen) == check.scope), None)
    return Problem(
        Shown(failed_word(name), Tone.FAIL),
        wording.in_chinese(wording.CHECKS, name),
        _scope_labels().get(check.scope, check.scope) or None,
        left=hold_exactly(check.left),
        right=hold_exactly(check.right),
        difference=hold_exactly(check.difference),
        origin=wording.in_chinese(wording.ORIGINS, check.origin.value),
        text=check.message,
        raw=_shorten(own.raw) if own else None,
        place=_place_of(own) if own else "、".join(f"第 {page} 页" for page in pages) or None,
    )


def _doubtful_identity(code: str, identity: Identity) -> Problem:
    known = [identity.agency, f"{identity.year} 年度" if identity.year else ""]
    date = f"{identity.issued_on} 成文" if identity.issued_on else ""
    read = "，".join(part for part in (*known, date) if part)
    text = f"读作：{read}。请对照原件。" if read else "请对照原件。"
    return Problem(DOUBT, wording.in_chinese(wording.CODES, code), "机关、年度、日期", text=text)


def _listed_issue(issue: Issue) -> Problem:
    return Problem(
        DOUBT,
        wording.in_chinese(wording.CODES, issue.code),
        wording.in_chinese(wording.TABLES, issue.table) if issue.table else None,
        text=issue.message,
        raw=_shorten(issue.raw),
        place=_place(None, issue.row, None),
    )


def _doubtful_cells(
    cells: Iterable[tuple[Observation, Sequence[str]]], outcome: Outcome
) -> Iterator[Problem]:
    """Cells whose doubt no other row tells, or that another file of the report prints otherwise.

    Where one cause puts much of a table in doubt, its cells share a row.
    """
    causes: dict[tuple[str, Shown, str], list[Observation]] = {}
    for seen, flags in cells:
        doubts = [flag for flag in flags if flag.startswith(wording.FLAG)]
        kind = DOUBT if doubts else Shown(failed_word(flags[0]), Tone.FAIL)
        name = "；".join(_name_flag(flag) for flag in doubts or flags)
        causes.setdefault((seen.table, kind, name), []).append(seen)
    for (_, kind, name), members in causes.items():
        versions = outcome.version_reason if kind is not DOUBT else ""
        advice = f"；{versions}" if versions else "，请对照原件。"
        if len(members) > MOST_ALONE:
            yield _many_cells(kind, name, members, advice)
        else:
            yield from (_one_cell(kind, name, seen, advice) for seen in members)


def _one_cell(kind: Shown, name: str, seen: Observation, advice: str) -> Problem:
    text, raw = f"{_read(seen)}{advice}", _shorten(seen.raw)
    return Problem(kind, name, _cell_label(seen), text=text, raw=raw, place=_place_of(seen))


def _many_cells(kind: Shown, name: str, members: Sequence[Observation], advice: str) -> Problem:
    """What many cells of one table share, with the first of them."""
    table = _table_word(members[0])
    named = "、".join(
        f"“{_cell_label(seen).partition('：')[2]}”（{_read(seen)}）" for seen in members[:NAMED]
    )
    text = f"{table}有 {len(members)} 格如此，如{named}{advice}"
    return Problem(kind, name, f"{table} {len(members)} 格", text=text, place=_span(members))


def _read(seen: Observation) -> str:
    """What a cell was read as, in words."""
    value, status, _ = settle(seen)
    return _WORDLESS.get(status, "没有读出数字") if value is None else f"读作 {value:f} {seen.unit}".rstrip()


def _span(members: Sequence[Observation]) -> str | None:
    """From where to where cells stand: their pages, or their rows in a file without pages."""
    pages = {seen.page for seen in members if seen.page is not None}
    rows = {seen.row + 1 for seen in members if seen.row is not None}
    places, word = (sorted(pages), "页") if pages else (sorted(rows), "行")
    if not places:
        return None
    first, last = places[0], places[-1]
    return f"第 {first} {word}" if first == last else f"第 {first} 至 {last} {word}"


def _name_flag(flag: str) -> str:
    return wording.in_chinese(wording.CHECKS if flag in wording.CHECKS else wording.CODES, flag)


def _unnamed(outcome: Outcome) -> Problem:
    """What is said of a report that is flagged for a reason that none of its parts has."""
    reason = outcome.error or outcome.version_reason
    return Problem(DOUBT, "读取结果需要核对", text=reason or "请对照原件核对各表。")


def _shorten(raw: str) -> str | None:
    text = raw.strip()
    return f"{text[:LONGEST_RAW]}……" if len(text) > LONGEST_RAW else text or None


def _place(page: int | None, row: int | None, column: int | None) -> str | None:
    """Where something stands, counted from 1 as people do."""
    parts = (
        f"第 {page} 页" if page is not None else "",
        "".join(
            f"第 {place + 1} {word}" for place, word in ((row, "行"), (column, "列")) if place is not None
        ),
    )
    return "\n".join(part for part in parts if part) or None


def _place_of(seen: Observation) -> str | None:
    return _place(seen.page, seen.row, seen.column)


def _name(seen: Observation) -> str:
    return f"{seen.field}.{seen.applicant}" if seen.applicant else seen.field


def _cell_label(seen: Observation) -> str:
    """The cell in words; the head above those of applicants is left out."""
    labels = _scope_labels()
    row = labels.get(seen.field, seen.label or seen.field)
    column = labels.get(seen.applicant, seen.applicant).rpartition(" / ")[2]
    return f"{_table_word(seen)}：{row}{' / ' if column else ''}{column}"


def _table_word(seen: Observation) -> str:
    return TABLE_NAMES.get(seen.table, (seen.table, ""))[0]


def _is_in_block(field: Field) -> bool:
    """Whether a field shares a row with others, whose name its label begins with."""
    return FORM.template_with(field).rows_are != "fields" and " / " in field.label_zh


@cache
def _scope_labels() -> dict[str, str]:
    labels = {field.field: full_label(field) for field in FORM.fields}
    labels |= {applicant.applicant: applicant.label_zh for applicant in FORM.applicants}
    blocks = {field.field.split(".")[0]: field.label_zh for field in FORM.fields if _is_in_block(field)}
    labels |= {name: label.rpartition(" / ")[0] for name, label in blocks.items()}
    labels |= {table: name for table, (name, _) in wording.TABLES.items()}
    return labels | {column.name: column.label_zh for column in wide_columns()}
