"""The text reader: each way of printing a table, what is no table, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Document, Layout, Paragraph, Source, Table
from extract.text.reader import read_text
from extract.text.spaces import display_width

SOURCE = Source("report.txt", "0" * 64, 0)
ROWS = [["项目", "数量", "总计"], ["规章", "1", "20"], ["文件", "", "4"], ["其他", "/", "7"]]


def read(text: str) -> Document:
    return read_text(text, SOURCE)


def tables(text: str) -> list[Table]:
    return [b for b in read(text).blocks if isinstance(b, Table)]


def paragraphs(text: str) -> list[str]:
    return [b.text for b in read(text).blocks if isinstance(b, Paragraph) and b.text]


def rows_of(table: Table) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text)
    return rows


DIALECTS = {
    "tabs": "\n".join("\t".join(r) for r in ROWS),
    "pipes": "\n".join(" | ".join(r) for r in ROWS),
    "pipes_with_edges": "\n".join(f"| {' | '.join(r)} |" for r in ROWS),
    "wide_pipes": "\n".join("｜".join(r) for r in ROWS),
    "markdown": "\n".join(
        ["| 项目 | 数量 | 总计 |", "| --- | :---: | ---: |", *(f"| {' | '.join(r)} |" for r in ROWS[1:])]
    ),
    "commas": "\n".join(",".join(r) for r in ROWS),
    "boxes": "\n".join(
        [
            "┌────┬────┬────┐",
            *"\n├────┼────┼────┤\n".join(f"│{'│'.join(r)}│" for r in ROWS).split("\n"),
            "└────┴────┴────┘",
        ]
    ),
    "ascii": "\n".join(
        [
            "+----+----+",
            *"\n+----+----+\n".join(f"| {' | '.join(r)} |" for r in ROWS).split("\n"),
            "+----+----+",
        ]
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_dialect_gives_the_same_cells(dialect: str, newline: str) -> None:
    (table,) = tables(f"标题{newline}{DIALECTS[dialect].replace(chr(10), newline)}{newline}正文。")
    assert table.layout is Layout.DELIMITED
    assert rows_of(table) == ROWS


def test_columns_made_with_spaces_keep_their_place() -> None:
    (table,) = tables(
        "项目        数量   总计\n规章         12     20\n文件                 4\n其他          /      7\n"
    )
    assert table.layout is Layout.ALIGNED
    assert rows_of(table) == [
        ["项目", "数量", "总计"],
        ["规章", "12", "20"],
        ["文件", "4"],
        ["其他", "/", "7"],
    ]
    four = next(c for c in table.cells if c.text == "4")
    assert (four.column, four.column_span) == (display_width("文件                 "), 1)


def test_numbers_one_space_apart_are_columns_of_their_own() -> None:
    (table,) = tables("规章      1 2 3\n文件      4 5 6\n")
    assert rows_of(table) == [["规章", "1", "2", "3"], ["文件", "4", "5", "6"]]


def test_rows_with_cells_one_blank_apart_show_an_order_only() -> None:
    """A label may go on below its numbers; words right above a row, as many as it has cells, are its head."""
    rows = [f"{label} 1 2 3" for label in ("规章", "文件", "许可", "处罚")]
    text = "\n".join(
        ["标题 2023", "项目 数量 增减 总计", *rows, "行政事业", "- 2 -", "性收费 4 5 6", "正文 1 2。"]
    )
    (table,) = tables(text)
    assert table.layout is Layout.SPACED
    assert rows_of(table) == [
        ["项目 数量 增减 总计"],
        *([label, "1", "2", "3"] for label in ("规章", "文件", "许可", "处罚")),
        ["行政事业"],
        ["性收费", "4", "5", "6"],
    ]
    assert paragraphs(text) == ["标题 2023", "正文 1 2。"]


def test_few_such_lines_are_no_table() -> None:
    assert tables("规章 1 2 3\n文件 1 2 3\n") == []


CELLS = ["规章", "1", "", "2", "文件", "", "", "3", "许可", "4", "5", "6"]


@pytest.mark.parametrize("cell", ["{} |", "{}|", "{}\n|", "{}  ｜"])
def test_a_pipe_that_only_closes_each_cell_is_taken_away(cell: str) -> None:
    text = "标题\n" + "\n".join(cell.format(c) for c in CELLS)
    assert tables(text) == []
    texts = [b.text for b in read(text).blocks if isinstance(b, Paragraph)]
    assert texts == ["标题", *CELLS]


def test_one_cell_a_line_is_left_to_the_form() -> None:
    text = "规章\n1\n\n3\n"
    assert tables(text) == []
    assert [b.text for b in read(text).blocks if isinstance(b, Paragraph)] == ["规章", "1", "", "3", ""]


def test_lines_count_from_one() -> None:
    blocks = read("标题\n\n规章\t1\n文件\t2\n正文\n").blocks
    assert [b.line for b in blocks] == [1, 2, 3, 5, 6]


def test_spaces_around_a_cell_are_no_part_of_it() -> None:
    (table,) = tables("规章 \t\u30001 \t 2\n")
    assert rows_of(table) == [["规章", "1", "2"]]


def test_an_empty_row_of_tabs_is_a_row() -> None:
    (table,) = tables("规章\t1\t2\n\t\t\n文件\t3\t4\n")
    assert rows_of(table) == [["规章", "1", "2"], ["", "", ""], ["文件", "3", "4"]]


def test_a_cell_in_quotation_marks_keeps_its_commas() -> None:
    (table,) = tables('a,b,c\n规章,"1,234",5\n文件,"6,789",0\n')
    assert rows_of(table)[1] == ["规章", "1,234", "5"]


def test_thousands_in_columns_made_with_spaces_are_no_commas() -> None:
    lines = ["（七）总计        1,579     0      27       0     326      0    1,932"] * 3
    (table,) = tables("\n".join(lines))
    assert table.layout is Layout.ALIGNED
    assert rows_of(table)[0] == ["（七）总计", "1,579", "0", "27", "0", "326", "0", "1,932"]


@pytest.mark.parametrize(
    "text",
    [
        "本年度共收到申请12件，其中自然人申请10件；予以公开8件，部分公开2件。",
        "（一）予以公开",
        "- 3 -",
        "第 3 页 共 9 页",
        "全年公开信息1,234条。",
        "　　一是健全机制。",
        "公开|不公开",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert tables(text) == []
    assert paragraphs(text) == [text.strip()]


def test_a_ruling_is_neither_a_table_nor_a_paragraph() -> None:
    assert read("标题\n--------\n正文").blocks == read("标题\n========\n正文").blocks
    assert paragraphs("标题\n--------\n正文") == ["标题", "正文"]


def test_a_lone_dash_in_a_row_is_a_value() -> None:
    (table,) = tables("规章 | - | -\n文件 | - | 1\n其他 | 2 | -\n")
    assert rows_of(table)[0] == ["规章", "-", "-"]


def test_width_of_chinese_characters() -> None:
    assert display_width("规章a1") == 6
    assert display_width("") == 0


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    document = read(text)
    assert (document.format, document.reader, document.pages) == ("text", "text", None)


@given(st.text(alphabet="规章总计 12,，.。|｜│─+-=\t\n\r\u3000\"'/—"))
def test_anything_like_a_table_is_read(text: str) -> None:
    for table in [b for b in read(text).blocks if isinstance(b, Table)]:
        assert all(0 <= c.row < table.n_rows and 0 <= c.column < table.n_columns for c in table.cells)
        assert [(c.row, c.column) for c in table.cells] == sorted((c.row, c.column) for c in table.cells)
        assert all(c.row_span >= 1 and c.column_span >= 1 for c in table.cells)


@given(st.lists(st.text(alphabet="规章总计12。， \t"), max_size=6))
def test_nothing_printed_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    blocks = read(text).blocks
    printed = "".join(
        b.text if isinstance(b, Paragraph) else "".join(c.text for c in b.cells) for b in blocks
    )
    assert [c for c in printed if not c.isspace()] == [c for c in text if not c.isspace()]


@given(st.lists(st.lists(st.text(alphabet="规章总计12/"), min_size=3, max_size=3), min_size=1, max_size=5))
def test_tabs_are_read_back(rows: list[list[str]]) -> None:
    # a row whose cells are all empty but the first is a line with trailing tabs: not here
    rows = [["头", "列", "列"], *([*r[:2], r[2] or "0"] for r in rows)]
    (table,) = tables("\n".join("\t".join(r) for r in rows))
    assert rows_of(table) == rows


MARKDOWN = [
    ("# 标题\n\n## 一、情况", ["标题", "一、情况"]),
    ("**标题** **2023**\n\n**一、情况**", ["标题 2023", "一、情况"]),
    ("__标题__\n\n__1\\.情况__", ["标题", "1.情况"]),
]


@pytest.mark.parametrize(("text", "printed"), MARKDOWN)
def test_marks_of_markdown_are_not_printed(text: str, printed: list[str]) -> None:
    assert paragraphs(text) == printed


def test_marks_inside_the_cells_of_markdown() -> None:
    (table,) = tables("|项目|**数<br>量**|总计|\n|---|---|---|\n|1\\.规章|**1**|\\-|\n|文件|2<br>3|4|\n")
    assert rows_of(table) == [["项目", "数 量", "总计"], ["1.规章", "1", "-"], ["文件", "2<br>3", "4"]]


def test_a_break_of_markdown_parts_two_numbers() -> None:
    (table,) = tables(
        "|项目|数|\n|---|---|\n|A|5 <br> 7|\n|B|5<br>|\n|C|-<br>5|\n|D|5<br><br> 7|\n|E<br>F<br />|<br>8|\n"
    )
    printed = [["A", "5 <br> 7"], ["B", "5"], ["C", "-<br>5"], ["D", "5<br> 7"], ["E F", "8"]]
    assert rows_of(table) == [["项目", "数"], *printed]


def test_stars_that_stand_for_numbers_are_printed() -> None:
    (table,) = tables("|项目|甲|乙|丙|\n|---|---|---|---|\n|A|**|5|**|\n|B|**6**|__|7|\n")
    assert rows_of(table) == [["项目", "甲", "乙", "丙"], ["A", "**", "5", "**"], ["B", "6", "__", "7"]]


LONG = ["字" * 50_000, "1 " * 25_000 + "x", "a" + " " * 50_000 + "|b", "# a\n# b\n1" + " " * 50_000 + "2"]


@pytest.mark.parametrize("text", [*LONG, "# a\n# b\n" + "**a " * 12_000, "# a\n# b\n" + "<br>" * 12_000])
def test_a_line_without_end_takes_no_time(text: str) -> None:
    assert read(text).blocks


def test_the_same_signs_elsewhere_are_printed() -> None:
    text = "#标题\n2**3 = 8\n姓名____ 电话____\n*注"
    assert paragraphs(text) == text.split("\n")


HEAD = [["行政复议", "", "行政诉讼", ""], ["结果维持", "总计", "结果维持", "总计"], ["0", "1", "2", "3"]]


@pytest.mark.parametrize("rules", [1, 2, 10])
def test_rulings_below_each_other_are_one_and_part_no_rows(rules: int) -> None:
    lines = [f"| {' | '.join(row)} |" for row in HEAD]
    text = "\n".join([lines[0], *["|---|---|---|-|"] * rules, *lines[1:]])
    (table,) = tables(text)
    assert rows_of(table) == HEAD


def test_a_head_between_rulings_is_not_joined_to_its_row() -> None:
    lines = [f"| {' | '.join(row)} |" for row in HEAD]
    rule = "|---|---|---|---|"
    (table,) = tables("\n".join([rule, lines[0], rule, *lines[1:], rule]))
    assert rows_of(table) == HEAD
