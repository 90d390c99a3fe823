"""Table 四 on small documents written by hand."""

from __future__ import annotations

import pytest
from scoring import read_bytes

from corpus.official import RESULTS_OF_REVIEW, REVIEW_BLOCKS, REVIEW_LABELS
from normalize.remedies.head import BLOCKS, FIELDS, read_path
from normalize.report import Observation, Status

TITLE = "云台县人民政府2022年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n"
NUMBERS = (1, 2, 3, 4, 10, 0, 5, 0, 6, 11, 7, 0, 0, 1, 8)
LEAVES = "\t".join(REVIEW_LABELS)
HEAD = (
    "行政复议\t\t\t\t\t行政诉讼\t\t\t\t\t\t\t\t\t\n"
    f"{LEAVES}\t未经复议直接起诉\t\t\t\t\t复议后起诉\t\t\t\t\n"
    f"\t\t\t\t\t{LEAVES}\t{LEAVES}\n"
)
ROW = "\t".join(map(str, NUMBERS))


def read(table: str) -> dict[str, Observation]:
    report = read_bytes((TITLE + table + "\n").encode())
    return {
        o.field: o for o in report.observations if o.table == "remedies" and o.status is not Status.ABSENT
    }


def values(table: str) -> list[object]:
    found = read(table)
    return [found[f].value if f in found else "absent" for f in FIELDS]


def test_fields_are_those_of_the_form() -> None:
    assert tuple(f"{b}.{x}" for b, _, _ in REVIEW_BLOCKS for x in RESULTS_OF_REVIEW) == FIELDS


def test_the_official_drawing() -> None:
    found = read(HEAD + ROW)
    assert [found[f].value for f in FIELDS] == list(NUMBERS)
    assert all(o.confidence >= 0.9 and not o.flags for o in found.values())


def test_two_rows_of_heads() -> None:
    heads = "\t".join(
        ["行政复议", "", "", "", "", "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""]
    )
    assert values(f"{heads}\n{LEAVES}\t{LEAVES}\t{LEAVES}\n{ROW}") == list(NUMBERS)


@pytest.mark.parametrize("glue", ["", "-", "：", "——"])
def test_one_row_of_heads(glue: str) -> None:
    blocks = ("行政复议", "行政诉讼" + glue + "未经复议直接起诉", "行政诉讼" + glue + "复议后起诉")
    head = "\t".join(f"{b}{glue}{x}" for b in blocks for x in REVIEW_LABELS)
    assert values(f"{head}\n{ROW}") == list(NUMBERS)


def test_three_tables() -> None:
    parts = [NUMBERS[i : i + 5] for i in (0, 5, 10)]
    tables = [
        f"{block}\t\t\t\t\n{LEAVES}\n" + "\t".join(map(str, part))
        for (block, part) in zip(("行政复议", "未经复议直接起诉", "复议后起诉"), parts, strict=True)
    ]
    assert values("\n\n".join(tables)) == list(NUMBERS)


def test_blanks_are_blank_and_not_zero() -> None:
    cells = ["", "", "", "", "", *map(str, NUMBERS[5:])]
    found = read(HEAD + "\t".join(cells))
    assert {found[f].status for f in FIELDS[:5]} == {Status.BLANK}
    assert [found[f].value for f in FIELDS[5:]] == list(NUMBERS[5:])


def test_a_row_that_is_empty_altogether() -> None:
    found = read(HEAD + "\t" * 14)
    assert {o.value for o in found.values()} <= {None}


def test_dashes() -> None:
    found = read(HEAD + "\t".join(["/"] * 15))
    assert [found[f].status for f in FIELDS] == [Status.DASH] * 15


def test_leading_tabs_lost() -> None:
    cells = ["", "", "", "", "", *map(str, NUMBERS[5:])]
    found = read(HEAD + "\t".join(cells).lstrip("\t"))
    for name, number in zip(FIELDS[5:], NUMBERS[5:], strict=True):
        assert found[name].value == number or found[name].flags


def test_cells_that_may_stand_in_two_places_are_flagged() -> None:
    found = read(HEAD + "0\t0\t3\t0\t3")
    assert all(o.flags or o.confidence < 0.9 for o in found.values() if o.value is not None)


def test_a_total_that_does_not_fit() -> None:
    data = TITLE + HEAD + "\t".join(map(str, (1, 2, 3, 0, 99, *NUMBERS[5:])))
    failed = [(c.scope, c.left, c.right) for c in read_bytes(data.encode()).checks if c.verdict == "fail"]
    assert failed == [("reconsideration", 6, 99)]


@pytest.mark.parametrize("slip", ["行政法复议", "行政复 议", "行 政 复 议"])
def test_a_misprinted_block(slip: str) -> None:
    assert values(HEAD.replace("行政复议\t", slip + "\t") + ROW) == list(NUMBERS)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("行政复议", ("reconsideration", "")),
        ("结 果\n维 持", ("", "upheld")),
        ("总计", ("", "total")),
        ("行政复议-结果维持", ("reconsideration", "upheld")),
        ("行政诉讼：复议后起诉：总计", ("litigation_after_reconsideration", "total")),
        ("12", ("", "")),
        ("", ("", "")),
    ],
)
def test_what_a_head_cell_names(text: str, path: tuple[str, str]) -> None:
    assert read_path(text) == path
    assert not path[0] or path[0] in BLOCKS


@pytest.mark.parametrize("wide", range(len(FIELDS)))
def test_empty_cells_under_one_wide_head_are_one(wide: int) -> None:
    """Spreadsheets made of a web page merge a head or a number over two columns, but no empty cells."""
    numbers = [1, "", "", 4, 5, "", 5, "", 6, 11, 7, "", "", 1, 8]
    row = [
        cell
        for i, n in enumerate(numbers)
        for cell in ([(n, 1)] if i != wide else [("", 1)] * 2 if n == "" else [(n, 2)])
    ]
    head = [(label, 1 + (i == wide)) for i, label in enumerate(REVIEW_LABELS * 3)]
    blocks = [
        (b, sum(n for _, n in head[5 * i : 5 * i + 5]))
        for i, b in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉"))
    ]
    rows = ("".join(f'<td colspan="{n}">{t}</td>' for t, n in each) for each in (blocks, head, row))
    table = "".join(f"<tr>{cells}</tr>" for cells in rows)
    found = read(f"<table>{table}</table>")
    assert [found[f].value for f in FIELDS] == [None if n == "" else n for n in numbers]
    assert not any("doubt" in flag for o in found.values() for flag in o.flags)
