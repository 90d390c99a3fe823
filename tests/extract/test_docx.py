"""Paragraphs, tables and everything that may stand between them in a Word file."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from word_package import (
    W,
    cell,
    document_xml,
    grid_of,
    package,
    par,
    read,
    read_body,
    relationships,
    row,
    tables,
    tbl,
    texts,
    zipped,
)

from extract.document import Paragraph, Table

TRACKED = 'w:id="1" w:author="a"'
Rectangle = tuple[int, int, int, int]


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@st.composite
def divided_grids(draw: st.DrawFn) -> tuple[int, int, list[Rectangle]]:
    """A grid cut into rectangles (row, column, row_span, column_span) by random straight cuts."""
    n_rows, n_columns = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    todo, done = [(0, 0, n_rows, n_columns)], []
    while todo:
        top, left, height, width = todo.pop()
        choices = ["keep"] * (height * width < n_rows * n_columns) + ["down"] * (height > 1)
        cut = draw(st.sampled_from(choices + ["across"] * (width > 1)))
        if cut == "keep":
            done.append((top, left, height, width))
        elif cut == "down":
            at = draw(st.integers(1, height - 1))
            todo += [(top, left, at, width), (top + at, left, height - at, width)]
        else:
            at = draw(st.integers(1, width - 1))
            todo += [(top, left, height, at), (top, left + at, height, width - at)]
    return n_rows, n_columns, sorted(done)


def on_used_lines(rectangles: list[Rectangle]) -> list[Rectangle]:
    """The same rectangles with column lines that no rectangle uses taken out."""
    edges = sorted({c for _, c, _, _ in rectangles} | {c + w for _, c, _, w in rectangles})
    return [(r, edges.index(c), h, edges.index(c + w) - edges.index(c)) for r, c, h, w in rectangles]


@settings(max_examples=60, deadline=None)
@given(divided_grids())
def test_spans_drawn_by_another_hand_are_recovered(drawn: tuple[int, int, list[Rectangle]]) -> None:
    n_rows, n_columns, rectangles = drawn
    document = docx.Document()
    table = document.add_table(n_rows, n_columns)
    for top, left, height, width in rectangles:
        merged = table.cell(top, left).merge(table.cell(top + height - 1, left + width - 1))
        merged.text = f"{top},{left}"
    (found,) = [b for b in read(saved(document)).blocks if isinstance(b, Table)] or [None]
    if found is None:
        assert len(rectangles) == 1
        return
    expected = [
        (f"{top},{left}", *rectangle)
        for (top, left, _, _), rectangle in zip(rectangles, on_used_lines(rectangles), strict=True)
    ]
    assert grid_of(found) == expected
    assert (found.n_rows, found.n_columns) == (n_rows, max(c + w for _, _, c, _, w in expected))


def test_paragraph_settings_come_from_runs_and_styles() -> None:
    document = docx.Document()
    document.core_properties.title = "年度报告"
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run("一、总体情况")
    run.bold, run.font.size = True, Pt(16)
    document.add_paragraph("正文")
    document.add_heading("标题", level=1)
    result = read(saved(document))
    title, plain, heading = (b for b in result.blocks if isinstance(b, Paragraph))
    assert (title.bold, title.centred, title.size) == (True, True, Pt(16).pt)
    assert (plain.bold, plain.centred) == (False, False)
    assert heading.bold
    assert result.properties_title == "年度报告"


def test_order_of_paragraphs_and_tables_is_kept_and_split_tables_stay_two() -> None:
    pair = tbl(row("a", "b"))
    blocks = read_body(par("前") + pair + par("") + pair + par("后")).blocks
    assert [type(block).__name__ for block in blocks] == [
        "Paragraph", "Table", "Paragraph", "Table", "Paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>", "a\tb\nc\nd"),
        ("<w:r><w:t>2021</w:t><w:noBreakHyphen/><w:t>2022</w:t><w:softHyphen/></w:r>", "2021-2022"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="x" w:char="not hexadecimal"/><w:t>a</w:t></w:r>', "a"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r>", "y"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r>', "x"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r>", "12"),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r>", "2"),
        ('<w:r><w:t>5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>', "5¹"),
        ('<w:r><w:t>H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r>', "H2"),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:smartTag><w:r><w:t>1</w:t></w:r></w:smartTag>", "1"),
        ("<w:customXml><w:r><w:t>2</w:t></w:r></w:customXml>", "2"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>', "3"),
        ("<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt></w:ruby><w:r><w:t>字</w:t></w:r>", "字"),
        ("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
         "1/2"),
    ],
)  # fmt: skip
def test_what_a_paragraph_prints(inner: str, printed: str) -> None:
    assert texts(read_body(f"<w:p>{inner}</w:p>")) == [printed]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_field_shows_its_result_only_and_an_open_one_loses_nothing() -> None:
    nested = mark("begin") + run("inner") + mark("separate") + run("instruction") + mark("end")
    field = mark("begin") + nested + mark("separate") + run("35") + mark("end")
    assert texts(read_body(f"<w:p>{run('共')}{field}{run('件')}</w:p>")) == ["共35件"]
    assert texts(read_body(f"<w:p>{mark('begin')}{run('35')}</w:p>")) == ["35"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('共')}<w:del {TRACKED}><w:r><w:delText>11</w:delText></w:r></w:del>"
        f"<w:ins {TRACKED}>{run('12')}</w:ins>"
        f"<w:moveFrom {TRACKED}>{run('旧')}</w:moveFrom><w:moveTo {TRACKED}>{run('新')}</w:moveTo></w:p>"
    )
    result = read_body(body)
    assert texts(result) == ["共12新"]
    assert "revisions" in result.remarks


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    joined = par("一、总体", f"<w:rPr><w:del {TRACKED}/></w:rPr>") + par("情况")
    assert texts(read_body(joined)) == ["一、总体情况"]
    last = par("末", f"<w:rPr><w:del {TRACKED}/></w:rPr>")
    assert texts(read_body(last + tbl(row("a", "b")))) == ["末"]


def test_deleted_rows_and_cells_are_gone_and_deleted_text_leaves_a_struck_cell() -> None:
    emptied = cell(f"<w:p><w:del {TRACKED}><w:r><w:delText>7</w:delText></w:r></w:del></w:p>")
    (table,) = tables(
        read_body(
            tbl(
                row("a", cell("x", f"<w:cellDel {TRACKED}/>"), emptied),
                row("gone", "gone", properties=f"<w:del {TRACKED}/>"),
                row("c", ""),
            )
        )
    )
    assert grid_of(table) == [("a", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("", 1, 1, 1, 1)]
    assert [item.struck for item in table.cells] == [False, True, False, False]


def text_box(text: str) -> str:
    box = f"<w:txbxContent>{par(text)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_and_stands_apart() -> None:
    result = read_body(f"<w:p>{run('正文')}{text_box('框')}</w:p>")
    assert [(b.text, b.boxed) for b in result.blocks if isinstance(b, Paragraph)] == [
        ("正文", False),
        ("框", True),
    ]


def test_a_text_box_of_an_old_file_is_read_too() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{par('框')}</w:txbxContent></v:textbox></v:shape>"
    assert texts(read_body(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>")) == ["", "框"]


def test_a_text_box_in_a_cell_does_not_enter_its_number() -> None:
    result = read_body(tbl(row("a", cell(f"<w:p>{run('5')}{text_box('章')}</w:p>"))))
    assert [item.text for item in tables(result)[0].cells] == ["a", "5"]
    assert texts(result) == ["章"]


def test_the_branch_for_unknown_extensions_is_the_fallback() -> None:
    body = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="zz"><w:t>no</w:t></mc:Choice>'
        "<mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_body(body)) == ["yes"]


def in_control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_content_controls_around_blocks_rows_and_cells() -> None:
    table = tbl(row("a", in_control(cell("b"))), in_control(row("c", "d")))
    result = read_body(in_control(par("段") + table))
    assert texts(result) == ["段"]
    assert [item.text for item in tables(result)[0].cells] == ["a", "b", "c", "d"]


def test_a_continuation_without_a_start_is_a_cell() -> None:
    down = "<w:vMerge/>"
    (table,) = tables(read_body(tbl(row(cell("a", down), "b"), row(cell("", down), "c"))))
    assert grid_of(table) == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)]


def test_text_that_a_merge_covers_is_remarked_upon_not_printed() -> None:
    start = cell("a", '<w:vMerge w:val="restart"/>')
    result = read_body(tbl(row(start, "b"), row(cell("covered", "<w:vMerge/>"), "c")))
    assert [item.text for item in tables(result)[0].cells] == ["a", "b", "c"]
    assert "covered_text" in result.remarks


def test_legacy_horizontal_merges() -> None:
    first = cell("a", '<w:hMerge w:val="restart"/>')
    (table,) = tables(read_body(tbl(row(first, cell("", "<w:hMerge/>"), "b"), row("c", "d", "e"))))
    assert grid_of(table)[:2] == [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]


def test_rows_that_begin_late_or_end_early() -> None:
    late = row("b", "c", properties='<w:gridBefore w:val="1"/>')
    early = row("d", properties='<w:gridAfter w:val="2"/>')
    (table,) = tables(read_body(tbl(row("x", "y", "z"), late, early)))
    assert [(c.text, c.row, c.column) for c in table.cells[3:]] == [("b", 1, 1), ("c", 1, 2), ("d", 2, 0)]
    assert table.n_columns == 3


def sized(text: str, twips: int) -> str:
    return cell(text, f'<w:tcW w:w="{twips}" w:type="dxa"/>')


def test_spans_that_do_not_add_up_are_taken_from_widths() -> None:
    head = row(sized("head", 3000))
    (table,) = tables(read_body(tbl(head, row(sized("a", 1000), sized("b", 1000), sized("c", 1010)))))
    assert grid_of(table)[0] == ("head", 0, 0, 1, table.n_columns)


def test_lines_of_a_cell_are_joined() -> None:
    content = par("") + par("结果") + par("维持") + par("")
    (table,) = tables(read_body(tbl(row(cell(content), "x"))))
    assert table.cells[0].text == "结果\n维持"


def test_a_nested_table_follows_its_table() -> None:
    inner = tbl(row("1", "2"))
    result = read_body(tbl(row("a", cell(par("b") + inner + par("c")))))
    outer, nested = tables(result)
    assert [item.text for item in outer.cells] == ["a", "b\nc"]
    assert ([item.text for item in nested.cells], nested.depth) == (["1", "2"], outer.depth + 1)


def test_a_layout_table_dissolves_into_the_flow() -> None:
    inner = tbl(row("1", "2"))
    layout = tbl(row(cell(par("前") + inner + par("后"))))
    for body in (layout, tbl(row(cell(layout))), tbl(row("前"), row(cell(inner)), row("后"))):
        blocks = read_body(body).blocks
        assert [b.text if isinstance(b, Paragraph) else b.depth for b in blocks] == ["前", 0, "后"]


def test_headers_footers_and_notes_are_margins_and_stand_once() -> None:
    header = f'<w:hdr xmlns:w="{W}">{par("某局")}</w:hdr>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote>{par("注")}</w:footnote></w:footnotes>'
    parts = {
        "header1.xml": ("header", header),
        "header2.xml": ("header", header),
        "footnotes.xml": ("footnotes", notes),
    }
    result = read(package(par("正文"), side_parts=parts))
    assert texts(result) == ["正文"]
    assert [item.text for item in result.margins] == ["某局", "注"]


def test_an_embedded_document_is_remarked_upon() -> None:
    assert "embedded_document" in read_body("<w:altChunk/>").remarks


def test_strict_namespaces_and_odd_part_names() -> None:
    strict = document_xml(par("严格")).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = zipped(
        {"_rels/.rels": relationships({"/WORD/main.xml": "officeDocument"}), "word\\Main.xml": strict}
    )
    assert texts(read(data)) == ["严格"]


def test_a_cell_struck_out_by_hand_keeps_its_text_and_is_marked() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>12</w:t></w:r>"
    cells = "".join(f"<w:tc><w:p>{run}</w:p></w:tc>" for run in (struck, struck + "<w:r><w:t>3</w:t></w:r>"))
    (table,) = tables(read_body(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert [(c.text, c.struck) for c in table.cells] == [("12", True), ("3", True)]
