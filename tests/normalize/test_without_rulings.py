"""Cells of a PDF that no rulings enclose: read, and never with full confidence."""

from __future__ import annotations

from pdf_drawing import Sheet, write_pdf

from extract.document import Source
from extract.pdf import read_pdf
from normalize.read import read_report

ROWS = (
    ("项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
    ("一、本年新收政府信息公开申请数量", "9", "2", "1", "3", "4", "5", "24"),
    ("二、上年结转政府信息公开申请数量", "6", "7", "8", "1", "2", "3", "27"),
    ("（一）予以公开", "3", "4", "5", "1", "1", "2", "16"),
    ("（二）部分公开", "1", "2", "2", "1", "3", "4", "13"),
    ("（七）总计", "4", "6", "7", "2", "4", "6", "29"),
    ("四、结转下年度继续办理", "11", "3", "2", "2", "2", "2", "22"),
)
EDGES = [30, 190, 240, 290, 340, 410, 480, 520, 560]


def printed(ruled: bool) -> list[tuple[str, float]]:
    sheet = Sheet()
    sheet.text(90, 60, "某市某局2023年政府信息公开工作年度报告", 14)
    sheet.text(70, 100, "三、收到和处理政府信息公开申请情况", 12)
    if ruled:
        sheet.table(EDGES, [130 + 20 * i for i in range(len(ROWS) + 1)], ROWS)
    else:
        for i, row in enumerate(ROWS):
            for x, text in zip(EDGES, row, strict=False):
                sheet.text(x + 2, 145 + 20 * i, text, 9)
    data = write_pdf(sheet)
    report = read_report(read_pdf(data, Source("a.pdf", "0" * 64, len(data))))
    return [(o.raw, o.confidence) for o in report.observations if o.value is not None]


def test_the_numbers_are_the_same_and_the_confidence_is_not() -> None:
    enclosed, loose = printed(ruled=True), printed(ruled=False)
    assert (
        [raw for raw, _ in enclosed] == [raw for raw, _ in loose] == [n for row in ROWS[1:] for n in row[1:]]
    )
    assert {confidence for _, confidence in enclosed} == {1.0}
    assert all(confidence < 0.9 for _, confidence in loose)
