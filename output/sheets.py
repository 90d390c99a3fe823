"""Frames -> the sheets of the workbook, as plain cells with a tone and a note.

Enters: the frames of `frames.build_frames`. Leaves: `Sheet`s; `workbook.py` turns them into a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from normalize.form.loader import FORM
from output import wording
from output.form_sheets import form_cells, form_sheet, requests_sheet
from output.official_form import full_label, wide_columns
from output.outcome import READ
from output.sheet import Frames, Row, Sheet, Shown, Tone, records
from output.wording import failed_word


def build_sheets(frames: Frames) -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order.

    Args:
        frames: the tables.

    Returns:
        The sheets.
    """
    forms = {table: form_cells(frames, table) for table in ("requests", "disclosure", "remedies")}
    return (
        _overview(frames),
        requests_sheet(frames, forms["requests"]),
        form_sheet("主动公开", "disclosure", frames, forms["disclosure"]),
        form_sheet("复议诉讼", "remedies", frames, forms["remedies"]),
        _problems(frames),
        _unread(frames),
        _explanations(),
    )


FILE_TONES = {"failed": Tone.FAIL, "flagged": Tone.DOUBT, "not_a_report": Tone.MUTED, "duplicate": Tone.MUTED}


def _overview(frames: Frames) -> Sheet:
    headings = (
        *(("机关", 28), ("年度", 7), ("状态", 12), ("表式", 16), ("数值个数", 10), ("缺项", 8)),
        *(("勾稽不符", 10), ("疑点", 8), ("标题", 44), ("文号", 20), ("成文日期", 12), ("格式", 8)),
        *(("页数", 7), ("重复于", 30), ("说明", 50), ("文件", 50)),
    )
    return Sheet("总览", headings, _overview_rows(frames["reports"]), 2, "reports.csv")


def _overview_rows(reports: pd.DataFrame) -> Iterator[Row]:
    head = ("agency", "year", "status", "form", "values", "absent", "checks_failed", "issues")
    tail = ("title", "document_number", "issued_on", "format", "pages", "duplicate_of")
    remarks = ("error", "doubts", "version_reason", "source")
    rows = zip(records(reports, *head), records(reports, *tail), records(reports, *remarks), strict=True)
    for (agency, year, status, form, values, absent, failed, issues), rest, remark in rows:
        error, doubts, versions, source = remark
        yield (
            *(agency, year),
            Shown(wording.in_chinese(wording.FILE_STATUSES, status), FILE_TONES.get(status, Tone.PLAIN)),
            *(wording.in_chinese(wording.EDITIONS, form) if form else None, values, absent),
            Shown(failed, Tone.FAIL) if failed else failed,
            Shown(issues, Tone.DOUBT) if issues else issues,
            *(*rest, error or _in_words(doubts) or versions, source),
        )


def _in_words(doubts: str | None) -> Shown | None:
    """The doubts about who and when, which no other sheet lists."""
    if not doubts:
        return None
    return Shown("；".join(wording.in_chinese(wording.CODES, code) for code in doubts.split(";")), Tone.DOUBT)


def _problems(frames: Frames) -> Sheet:
    headings = (
        *(("机关", 28), ("年度", 7), ("类别", 10), ("项目", 34), ("范围", 30), ("左边", 12), ("右边", 12)),
        *(("差额", 12), ("判断", 24), ("说明", 80), ("文件", 50)),
    )
    return Sheet("勾稽问题", headings, _problem_rows(frames), 2, "checks.csv 和 issues.csv")


def _problem_rows(frames: Frames) -> Iterator[Row]:
    yield from _failed_checks(frames["checks"])
    yield from _listed_issues(frames["reports"], frames["issues"])


def _failed_checks(checks: pd.DataFrame) -> Iterator[Row]:
    hint = checks["check"].isin(wording.HINTS) & (checks["verdict"] != "pass") & checks["message"].notna()
    found = checks[(checks["verdict"] == "fail") | hint]
    scope_label = _scope_labels()
    names = ("agency", "year", "check", "scope", "left", "right", "difference", "origin", "message", "source")
    for agency, year, check, scope, left, right, gap, origin, message, source in records(found, *names):
        kind = Shown("提示", Tone.DOUBT) if check in wording.HINTS else Shown(failed_word(check), Tone.FAIL)
        name = wording.in_chinese(wording.CHECKS, check)
        place, judged = scope_label(scope or ""), wording.in_chinese(wording.ORIGINS, origin)
        yield (agency, year, kind, name, place, left, right, gap, judged, message, source)


def _listed_issues(reports: pd.DataFrame, issues: pd.DataFrame) -> Iterator[Row]:
    owners = {source: rest for source, *rest in records(reports, "source", "agency", "year")}
    names = ("source", "code", "table", "raw", "message")
    for source, code, table, raw, message in records(issues, *names):
        place = wording.in_chinese(wording.TABLES, table) if table else None
        text = message or ""
        if raw and raw not in text:
            text = f"{text}（原文：{raw}）"
        name = wording.in_chinese(wording.CODES, code)
        yield (*owners[source], Shown("疑点", Tone.DOUBT), name, place, None, None, None, None, text, source)


def _scope_labels() -> Callable[[str], str]:
    labels = {field.field: full_label(field) for field in FORM.fields}
    labels |= {applicant.applicant: applicant.label_zh for applicant in FORM.applicants}
    blocks = {field.field.split(".")[0]: field.label_zh for field in FORM.fields if field.table != "requests"}
    labels |= {name: label.rpartition(" / ")[0] for name, label in blocks.items()}
    labels |= {column.name: column.label_zh for column in wide_columns()}
    return lambda scope: labels.get(scope, scope)


def _unread(frames: Frames) -> Sheet:
    headings = (("文件", 60), ("状态", 16), ("原因", 70), ("采用的文件", 60), ("格式", 10), ("字节数", 12))
    return Sheet("未处理文件", headings, _unread_rows(frames["reports"]), 1, "reports.csv")


def _unread_rows(reports: pd.DataFrame) -> Iterator[Row]:
    names = ("source", "status", "error", "duplicate_of", "version_reason", "format", "bytes")
    for source, status, error, used, why, kind, size in records(reports, *names):
        if status not in READ:
            tone = Tone.FAIL if status == "failed" else Tone.MUTED
            name = wording.in_chinese(wording.FILE_STATUSES, status)
            yield (source, Shown(name, tone), error, used, kind, size)
        elif used:
            reason = f"已读取，本文件的数据见 observations.csv；{why or '另一文件是同一报告，各表只列后者'}"
            yield (source, Shown("同一报告", Tone.MUTED), reason, used, kind, size)


def _explanations() -> Sheet:
    headings = (
        *(("类别", 12), ("名称", 40), ("所在表", 40), ("版本", 14), ("表中文字", 60), ("单位", 10)),
        ("说明", 60),
    )
    return Sheet("字段说明", headings, _explanation_rows(), 2, "docs/codebook.md")


LEGEND = (
    (Shown("红底", Tone.FAIL), "该数涉及未通过的勾稽关系，批注写明是哪一条"),
    (Shown("黄底", Tone.DOUBT), "读取有疑点或单元格内容不是数字，请对照原件"),
    (Shown("蓝底", Tone.CORRECTED), "经人工更正"),
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
