"""Outcomes -> the sheets of the workbook, as plain cells with a tone and a note.

Enters: outcomes, one by one. Leaves: `Sheet`s and what each outcome adds to them; `workbook.py` turns both
into a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from normalize.form.loader import FORM
from normalize.report import Report, Verdict
from output import wording
from output.form_sheets import form_cells, form_sheet, requests_sheet
from output.official_form import full_label, wide_columns
from output.outcome import READ, Outcome
from output.rows import check_rows, issue_rows, report_row
from output.schema import CHECKS, ISSUES, REPORTS
from output.sheet import Entry, Record, Row, Sheet, Shown, Tone, record
from output.wording import failed_word


def build_sheets() -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order.

    Returns:
        The sheets.
    """
    return (
        _overview(),
        requests_sheet(),
        form_sheet("主动公开", "disclosure"),
        form_sheet("复议诉讼", "remedies"),
        _problems(),
        _unread(),
        _explanations(),
    )


def build_entry(outcome: Outcome) -> Entry:
    """One file of the run, as the sheets need it.

    Args:
        outcome: what became of it.

    Returns:
        Its rows of the tables that sheets are made of.
    """
    read = outcome.report if outcome.status in READ else None
    return Entry(
        file=record(REPORTS, report_row(outcome)),
        cells=form_cells(read) if read else {},
        listed=read is not None and not outcome.duplicate_of,
        problems=_problems_of(read) if read else (),
        issues=tuple(record(ISSUES, row) for row in issue_rows(outcome.report)) if outcome.report else (),
    )


FILE_TONES = {"failed": Tone.FAIL, "flagged": Tone.DOUBT, "not_a_report": Tone.MUTED, "duplicate": Tone.MUTED}


def _overview() -> Sheet:
    headings = (
        *(("机关", 28), ("年度", 7), ("状态", 12), ("表式", 16), ("数值个数", 10), ("缺项", 8)),
        *(("勾稽不符", 10), ("疑点", 8), ("标题", 44), ("文号", 20), ("成文日期", 12), ("格式", 8)),
        *(("页数", 7), ("重复于", 30), ("说明", 50), ("文件", 50)),
    )
    return Sheet("总览", headings, _overview_rows, 2, "reports.csv")


def _overview_rows(entry: Entry) -> Iterator[Row]:
    file = entry.file
    status, form, failed, issues = (file[name] for name in ("status", "form", "checks_failed", "issues"))
    yield (
        *(file["agency"], file["year"]),
        Shown(wording.in_chinese(wording.FILE_STATUSES, status), FILE_TONES.get(status, Tone.PLAIN)),
        *(wording.in_chinese(wording.EDITIONS, form) if form else None, file["values"], file["absent"]),
        Shown(failed, Tone.FAIL) if failed else failed,
        Shown(issues, Tone.DOUBT) if issues else issues,
        *(
            file[name]
            for name in ("title", "document_number", "issued_on", "format", "pages", "duplicate_of")
        ),
        file["error"] or _in_words(file["doubts"]) or file["version_reason"],
        file["source"],
    )


def _in_words(doubts: str | None) -> Shown | None:
    """The doubts about who and when, which no other sheet lists."""
    if not doubts:
        return None
    return Shown("；".join(wording.in_chinese(wording.CODES, code) for code in doubts.split(";")), Tone.DOUBT)


def _problems() -> Sheet:
    headings = (
        *(("机关", 28), ("年度", 7), ("类别", 10), ("项目", 34), ("范围", 30), ("左边", 12), ("右边", 12)),
        *(("差额", 12), ("判断", 24), ("说明", 80), ("文件", 50)),
    )
    return Sheet("勾稽问题", headings, _problem_rows, 2, "checks.csv 和 issues.csv")


def _problem_rows(entry: Entry) -> Iterator[Row]:
    """What is wrong with one report: first the relations that fail, then the doubts."""
    yield from map(_failed_check, entry.problems)
    yield from (_listed_issue(entry.file, issue) for issue in entry.issues)


def _problems_of(report: Report) -> tuple[Record, ...]:
    """The rows of `checks` that are listed: relations that fail."""
    chosen = tuple(check for check in report.checks if check.verdict is Verdict.FAIL)
    return tuple(record(CHECKS, row) for row in check_rows(replace(report, checks=chosen)))


def _failed_check(check: Record) -> Row:
    name, scope = check["check"], check["scope"] or ""
    return (
        *(check["agency"], check["year"]),
        Shown(failed_word(name), Tone.FAIL),
        *(wording.in_chinese(wording.CHECKS, name), _scope_labels().get(scope, scope)),
        *(check["left"], check["right"], check["difference"]),
        *(wording.in_chinese(wording.ORIGINS, check["origin"]), check["message"], check["source"]),
    )


def _listed_issue(file: Record, issue: Record) -> Row:
    table, raw, text = issue["table"], issue["raw"], issue["message"] or ""
    place = wording.in_chinese(wording.TABLES, table) if table else None
    if raw and raw not in text:
        text = f"{text}（原文：{raw}）"
    name = wording.in_chinese(wording.CODES, issue["code"])
    kind = Shown("疑点", Tone.DOUBT)
    return (file["agency"], file["year"], kind, name, place, None, None, None, None, text, file["source"])


@cache
def _scope_labels() -> dict[str, str]:
    labels = {field.field: full_label(field) for field in FORM.fields}
    labels |= {applicant.applicant: applicant.label_zh for applicant in FORM.applicants}
    blocks = {field.field.split(".")[0]: field.label_zh for field in FORM.fields if field.table != "requests"}
    labels |= {name: label.rpartition(" / ")[0] for name, label in blocks.items()}
    return labels | {column.name: column.label_zh for column in wide_columns()}


def _unread() -> Sheet:
    headings = (("文件", 60), ("状态", 16), ("原因", 70), ("采用的文件", 60), ("格式", 10), ("字节数", 12))
    return Sheet("未处理文件", headings, _unread_rows, 1, "reports.csv")


def _unread_rows(entry: Entry) -> Iterator[Row]:
    file = entry.file
    source, status, used = file["source"], file["status"], file["duplicate_of"]
    if status not in READ:
        tone = Tone.FAIL if status == "failed" else Tone.MUTED
        name = wording.in_chinese(wording.FILE_STATUSES, status)
        yield (source, Shown(name, tone), file["error"], used, file["format"], file["bytes"])
    elif used:
        why = file["version_reason"] or "另一文件是同一报告，各表只列后者"
        reason = f"已读取，本文件的数据见 observations.csv；{why}"
        yield (source, Shown("同一报告", Tone.MUTED), reason, used, file["format"], file["bytes"])


def _explanations() -> Sheet:
    headings = (
        *(("类别", 12), ("名称", 40), ("所在表", 40), ("版本", 14), ("表中文字", 60), ("单位", 10)),
        ("说明", 60),
    )
    rows = tuple(_explanation_rows())
    return Sheet("字段说明", headings, lambda _: (), 2, "docs/codebook.md", rows)


LEGEND = (
    (Shown("红底", Tone.FAIL), "该数涉及未通过的勾稽关系，批注写明是哪一条"),
    (Shown("黄底", Tone.DOUBT), "读取有疑点或单元格内容不是数字，请对照原件"),
    (Shown(0), "文件印的就是 0"),
    (Shown(None), "文件中此单元格为空，或所用版本没有此项；空白不等于 0"),
    (Shown("/", Tone.MUTED), "文件印的是“/”“—”“无”等，照原样显示"),
    (Shown("未列", Tone.MUTED), "文件缺少表式规定的这一行或列"),
)


def _explanation_rows() -> Iterator[Row]:
    for sample, meaning in LEGEND:
        yield ("图例", sample, None, None, None, None, meaning)
    for field in FORM.fields:
        table = wording.in_chinese(wording.TABLES, field.table)
        note = f"也写作：{field.also_seen_as}" if field.also_seen_as else None
        unit = field.unit.replace("|", "或").replace(" as printed", "，照所印")
        yield ("指标", field.field, table, "、".join(field.editions), full_label(field), unit, note)
    for applicant in FORM.applicants:
        yield (
            "申请人",
            applicant.applicant,
            wording.TABLES["requests"][0],
            None,
            applicant.label_zh,
            None,
            None,
        )
    for check, (relation, _) in wording.CHECKS.items():
        yield ("勾稽关系", check, None, None, None, None, relation)
