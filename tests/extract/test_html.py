"""Pages in many hands: the article, the cells, and what a page says of itself."""

from __future__ import annotations

from random import Random

import pytest
from html_pages import STYLES
from hypothesis import given
from hypothesis import strategies as st
from scoring import MIXED, NEW, OLD, distinct, facts_of, facts_of_truth, page_of, read_bytes, tables

from extract.document import Document, Paragraph, Source, Table
from extract.html.walk.grid import StatedSpans, place_cells
from extract.read import read_document

EDITIONS = {"2021": NEW, "2019": OLD, "mixed": MIXED}


def read(html: str | bytes) -> Document:
    data = html.encode() if isinstance(html, str) else html
    return read_document(data, Source("page.html", "a" * 64, len(data)))


def cells(document: Document) -> list[list[str]]:
    """The texts of each table, row by row with bars between cells."""
    found = []
    for table in document.blocks:
        if isinstance(table, Table):
            rows = [[c.text for c in table.cells if c.row == r] for r in range(table.n_rows)]
            found.append(["|".join(row) for row in rows])
    return found


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def in_cell(inner: str, **attributes: str) -> tuple[str, bool]:
    """Text and strike of a cell with this inside, in a table of numbers."""
    rest = "".join(f' {name}="{value}"' for name, value in attributes.items())
    page = read(
        f"<table><tr><td>项目</td><td>本年数</td><td>上年数</td></tr><tr><td>受理</td><td{rest}>{inner}</td><td>7</td></tr></table>"
    )
    table = next(b for b in page.blocks if isinstance(b, Table))
    cell = next(c for c in table.cells if (c.row, c.column) == (1, 1))
    return cell.text, cell.struck


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("style", STYLES)
def test_every_number_of_a_report_in_every_hand(style: str, edition: str) -> None:
    truth = distinct(EDITIONS[edition])
    page = page_of(truth, tables(truth))
    report = read_bytes(STYLES[style](Random(f"{style}-{edition}"), page), "page.html")
    assert facts_of(report) == facts_of_truth(truth)
    identity = report.identity
    assert (identity.agency, identity.year) == ("云台县人民政府", 2022)
    assert identity.document_number == "云政〔2023〕7号"
    assert str(identity.issued_on) == "2023-01-19"
    assert report.reader == "html"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("12", "12"),
        ("\n\t 12 \n", "12"),
        ("<p>1</p><p>2</p>", "1\n2"),
        ("1<br>2", "1\n2"),
        ("1<br>", "1"),
        ("<span>1</span><span>2</span>", "12"),
        ("政府信\n  息", "政府信息"),
        ("a\nb", "a b"),
        ("&nbsp;", ""),
        ("&#12288;", ""),
        ("&amp;nbsp;", ""),
        ("&amp;#160;5", "5"),
        ("1\u200b2", "12"),
        ("12<sup>①</sup>", "12"),
        ("12<sup>[1]</sup>", "12"),
        ("-<sup>5</sup>", "-⁵"),
        ("—<sup>1</sup>", "—"),
        ("12<span style='vertical-align:super'>注1</span>", "12"),
        ("m<sup>2</sup>", "m2"),
        ("<sup>12</sup>", "12"),
        ("<del>9</del>12", "12"),
        ("<span style='text-decoration: line-through'>9</span>12", "12"),
        ("12<span style='DISPLAY:none'>9</span>", "12"),
        ("12<span hidden>9</span>", "12"),
        (
            "12<i style='font-size:0'>9</i><i style='font-size: 0px'>9</i><i style='font-size:0.9em'>3</i>",
            "123",
        ),
        ("12<script>document.write(9)</script><style>p{}</style><template>9</template>", "12"),
        ("12<!-- 9 --><!--[if supportFields]>9<![endif]-->", "12"),
        ("<![if !supportEmptyParas]>12<![endif]>", "12"),
        ("<o:p>12</o:p>", "12"),
        ("<st1:chmetcnv unitname='元'>12元</st1:chmetcnv>", "12元"),
        ("<input type='text' value='12'>", "12"),
        ("<input type='hidden' value='9'>12", "12"),
        ("<select><option>9<option selected>12</select>", "12"),
        ("<table><tr><td>12</td></tr></table>", "12"),
        ("<ul><li>1</li><li>2</li></ul>", "1\n2"),
        ("&lt;5", "<5"),
    ],
)
def test_what_a_cell_prints(inner: str, text: str) -> None:
    assert in_cell(inner) == (text, False)


def test_a_number_struck_out_is_not_printed() -> None:
    assert in_cell("<s>12</s>") == ("", True)
    assert in_cell("") == ("", False)


def test_the_attribute_of_a_spreadsheet_cell_is_not_what_it_prints() -> None:
    assert in_cell("12.35", **{"x:num": "12.345678"}) == ("12.35", False)


def test_cells_end_where_the_next_begins() -> None:
    page = read(
        "<TABLE><TR><TD><SPAN>项目<TD><B>本年<TD>上年<TR><TD><SPAN>受理<TD><SPAN>12<TD>7<TR><TD>答复<TD>5<TD>6</TABLE>"
    )
    assert cells(page) == [["项目|本年|上年", "受理|12|7", "答复|5|6"]]


def test_cells_without_a_table_are_one() -> None:
    page = read("<tr><td>项目<td>本年<td>上年</tr><tr><td>受理<td>12<td>7</tr><p>说明文字</p>")
    assert cells(page) == [["项目|本年|上年", "受理|12|7"]]
    assert texts(page) == ["说明文字"]


def test_a_table_without_its_end_tag_does_not_swallow_the_next() -> None:
    one = "<table><tr><td>项目<td>本年<td>上年<tr><td>受理<td>{}<td>7</tr>"
    page = read(one.format(1) + "<p>二、另一张表</p>" + one.format(2) + "</table>")
    assert cells(page) == [["项目|本年|上年", "受理|1|7"], ["项目|本年|上年", "受理|2|7"]]


def test_heads_and_feet_stand_where_they_are_printed() -> None:
    page = read(
        "<table><tfoot><tr><td>合计<td>5<td>9</tr></tfoot><tbody><tr><td>受理<td>5<td>9</tr></tbody>"
        "<thead><tr><th>项目<th>本年<th>上年</tr></thead></table>"
    )
    assert cells(page) == [["项目|本年|上年", "受理|5|9", "合计|5|9"]]


def test_a_row_span_ends_with_its_row_group() -> None:
    rows = place_cells(
        [[[StatedSpans(9, 1), StatedSpans()], [StatedSpans()]], [[StatedSpans(), StatedSpans()]]]
    )[0]
    assert [(c.row, c.column, c.row_span) for c in rows] == [
        (0, 0, 2),
        (0, 1, 1),
        (1, 1, 1),
        (2, 0, 1),
        (2, 1, 1),
    ]


def test_spans_that_overrun_or_contradict() -> None:
    cells_, width = place_cells(
        [[[StatedSpans(1, 900)], [StatedSpans(2, 1), StatedSpans(), StatedSpans(2, 1)], [StatedSpans(1, 3)]]]
    )
    assert width == 3
    assert [(c.row, c.column, c.row_span, c.column_span) for c in cells_] == [
        (0, 0, 1, 3),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 2, 1),
        (2, 1, 1, 1),
    ]


@st.composite
def tilings(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    """Rectangles that fill a grid of which no column line is without a cell that begins there."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(r, c) for r in range(rows) for c in range(columns)}
    found = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) not in free:
                continue
            width = draw(st.integers(1, columns - c)) if r else 1
            while any((r, c + k) not in free for k in range(width)):
                width -= 1
            height = draw(st.integers(1, rows - r))
            while any((r + j, c + k) not in free for j in range(height) for k in range(width)):
                height -= 1
            free -= {(r + j, c + k) for j in range(height) for k in range(width)}
            found.append((r, c, height, width))
    return found


@given(tilings())
def test_stated_spans_are_recovered(tiling: list[tuple[int, int, int, int]]) -> None:
    rows = max(r + h for r, _, h, _ in tiling)
    stated = [[StatedSpans(h, w) for r, _, h, w in tiling if r == row] for row in range(rows)]
    placed, width = place_cells([stated])
    assert [(c.row, c.column, c.row_span, c.column_span) for c in placed] == tiling
    assert width == max(c + w for _, c, _, w in tiling)


def test_lines_of_a_pre_are_read_as_a_text_file() -> None:
    page = read(
        "<h1>年度统计</h1><pre>\n项目      本年   上年\n受理        12      7\n答复         5      6\n</pre>"
    )
    assert cells(page) == [["项目|本年|上年", "受理|12|7", "答复|5|6"]]


@pytest.mark.parametrize("value", ["12(其中电子件3件)", "/", "—", "", "12"])
def test_one_row_cut_off_from_its_table_is_no_layout(value: str) -> None:
    page = read(f"<p>{'正文。' * 40}</p><table><tr><td>行政强制</td><td>{value}</td></tr></table>")
    assert cells(page) == [[f"行政强制|{value}"]]


def test_a_signature_laid_out_in_a_table_joins_the_flow() -> None:
    page = read(f"<p>{'正文。' * 60}</p><table><tr><td></td><td>某县某局<br>2022年1月20日</td></tr></table>")
    assert texts(page) == ["正文。" * 60, "某县某局", "2022年1月20日"]


def test_hidden_tables_count_where_no_table_is_shown() -> None:
    table = "<table><tr><td>项目<td>本年<td>上年<tr><td>受理<td>12<td>7</table>"
    page = read(f"<div style='display:none'>{table}</div><p>正文</p>")
    assert (cells(page), page.remarks) == ([["项目|本年|上年", "受理|12|7"]], ("hidden_text",))
    shown = read(f"<div style='display:none'>{table}</div>{table.replace('12', '13')}")
    assert cells(shown) == [["项目|本年|上年", "受理|13|7"]]


def test_two_classes_together_show_what_one_of_them_hides() -> None:
    table = "<table><tr><td>项目<td>本年<td>上年<tr><td>受理<td>12<td>7</table>"
    page = read(
        "<style>.pane{display:none} .pane.active, a{display:block}</style>"
        f"<div class='pane'>{table.replace('12', '13')}</div><div class='pane active'>{table}</div>"
    )
    assert cells(page) == [["项目|本年|上年", "受理|12|7"]]


def test_what_stands_around_the_article_is_kept_apart() -> None:
    menu = "<ul>" + "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(9)) + "</ul>"
    body = "<p>" + "本年度主动公开政府信息三百条。" * 9 + "</p>"
    page = read(
        f"<div class='header'>{menu}</div><div><h1>某县某局年度报告</h1><p>发布日期：2022-01-28</p><div id='zoom'>{body}</div>"
        "<p>某县某局</p></div><div class='footer'><p>主办单位：某县人民政府</p></div>"
    )
    assert texts(page) == [
        "某县某局年度报告",
        "发布日期：2022-01-28",
        "本年度主动公开政府信息三百条。" * 9,
        "某县某局",
    ]
    assert "主办单位：某县人民政府" in {p.text for p in page.margins}


def test_a_table_of_numbers_is_never_left_outside() -> None:
    row = "<tr><td>受理数量</td><td>1</td><td>2</td><td>3</td></tr>"
    page = read(
        f"<div id='zoom'><p>{'正文。' * 300}</p></div><div class='sidebar'><table>{row * 5}</table></div>"
    )
    assert cells(page) == [["受理数量|1|2|3"] * 5]
