"""A page or sheet that is one table puts titles, headings and prose into cells over all columns."""

from extract.document import Cell, Document, Source, Table
from normalize.read import read_report
from normalize.rows.document_to_rows import read_rows

LABELS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PROSE = "一、总体情况\n本年度发布信息12条。"


def document(*wide: str) -> Document:
    """A table of five columns: these texts over all of them, then the head and numbers of a block."""
    cells = [Cell(text, row, 0, 1, 5) for row, text in enumerate(wide)]
    for row, texts in enumerate((LABELS, ("1", "0", "2", "0", "3")), len(wide)):
        cells += [Cell(text, row, column) for column, text in enumerate(texts)]
    table = Table(tuple(cells), len(wide) + 2, 5)
    return Document(Source("a.html", "0" * 64, 1), "html", "html", (table,))


def test_prose_across_is_read_as_paragraphs_line_by_line() -> None:
    stream = read_rows(document("某市某局2022年政府信息公开工作年度报告", PROSE, "行政复议"))
    texts = [paragraph.text for paragraph in stream.paragraphs]
    assert texts == ["某市某局2022年政府信息公开工作年度报告", *PROSE.split("\n")]


def test_a_label_across_that_is_wrapped_stays_a_row() -> None:
    report = read_report(document("行政\n复议"))
    found = {o.field: o.value for o in report.observations if o.value is not None}
    assert found == {
        "reconsideration.upheld": 1,
        "reconsideration.corrected": 0,
        "reconsideration.other": 2,
        "reconsideration.pending": 0,
        "reconsideration.total": 3,
    }
    assert all(not o.flags for o in report.observations if o.field.startswith("reconsideration"))


def test_a_wrapped_heading_across_is_one_heading() -> None:
    sections = read_report(document("四、政府信息公开行政复议、\n行政诉讼情况", "行政复议")).sections
    assert [(one.number, one.heading) for one in sections] == [
        (4, "四、政府信息公开行政复议、\n行政诉讼情况")
    ]
