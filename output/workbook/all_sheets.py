"""Outcomes -> the sheets of the workbook, as plain cells with a tone and a note.

Enters: outcomes, one by one. Leaves: `Sheet`s and what each outcome adds to them; `writer.py` turns both
into a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from normalize.form.loader import FORM
from output import wording
from output.official_form import full_label, tables_with_applicants
from output.outcome import READ, Outcome
from output.schema import REPORTS
from output.tables.rows import report_row
from output.workbook.form_sheets import form_cells, table_sheets
from output.workbook.overview import overview_sheet, unused_sheet
from output.workbook.problems import find_problems, problems_sheet
from output.workbook.sheet import FileEntry, Sheet, SheetColumn, SheetRow, Shown, Tone, name_values


def build_sheets() -> tuple[Sheet, ...]:
    """Every sheet of the workbook, in order.

    Returns:
        The sheets.
    """
    return (
        overview_sheet(),
        *table_sheets(),
        problems_sheet(),
        unused_sheet(),
        _explanations(),
    )


def build_entry(outcome: Outcome) -> FileEntry:
    """One file of the run, as the sheets need it.

    Args:
        outcome: what became of it.

    Returns:
        Its row of `reports`, its cells of the form, and what a person should look at.
    """
    read = outcome.report if outcome.status in READ else None
    listed = read is not None and not outcome.duplicate_of
    return FileEntry(
        file=name_values(REPORTS, report_row(outcome)),
        cells=form_cells(read) if read and listed else {},
        read=read is not None,
        listed=listed,
        problems=find_problems(outcome),
    )


LEGEND = (
    (
        Shown("红底", Tone.FAIL),
        "勾稽不符，或同一报告的另一文件所印不同；读取失败的文件。见“勾稽问题”“未处理文件”表",
    ),
    (
        Shown("黄底", Tone.DOUBT),
        "需核对：读取存疑，或印的不是数字，请对照原件。见“勾稽问题”表，一张表中许多格情况相同的合为一行",
    ),
    (Shown("灰字", Tone.MUTED), "不是报告印出的数字或文字：如“未列”，取自文件名的机关和年度，没有采用的文件"),
    (Shown(0), "文件印的就是 0"),
    (Shown(None), "文件中此单元格为空，或所用版本没有此项；空白不等于 0"),
    (Shown("/", Tone.MUTED), "文件印的是“/”“—”“无”等，照原样显示"),
    (Shown("未列", Tone.MUTED), "文件缺少表样规定的这一行或列"),
)
"""What each tone of a cell means, and what looks alike and is not."""


def _explanations() -> Sheet:
    """The legend, then every field, applicant and relation."""
    columns = (
        *(
            SheetColumn("类别", 10),
            SheetColumn("名称", 36),
            SheetColumn("所在表", 24),
            SheetColumn("版本", 11),
        ),
        *(SheetColumn("表中文字", 36), SheetColumn("单位", 8), SheetColumn("说明", 36)),
    )
    rows = tuple(_explanation_rows())
    name = wording.SHEETS["explanations"]
    return Sheet(name, name, columns, lambda _: (), 2, "docs/codebook.md", rows=rows)


def _explanation_rows() -> Iterator[SheetRow]:
    for sample, meaning in LEGEND:
        yield ("图例", sample, None, None, None, None, meaning)
    for field in FORM.fields:
        table = wording.in_chinese(wording.TABLES, field.table)
        note = f"也写作：{field.also_seen_as}" if field.also_seen_as else None
        unit = field.unit.replace("|", "或").replace(" as printed", "，照所印")
        yield ("指标", field.field, table, "、".join(field.editions), full_label(field), unit, note)
    tables = "；".join(table.title[0] for table in tables_with_applicants())
    for applicant in FORM.applicants:
        yield ("申请人", applicant.applicant, tables, None, applicant.label_zh, None, None)
    for check, (relation, _) in wording.CHECKS.items():
        yield ("勾稽关系", check, None, None, None, None, relation)
