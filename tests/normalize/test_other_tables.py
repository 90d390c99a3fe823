"""Rows of other tables that use the form's words: nothing is taken from them, and no number is lost unsaid."""

from __future__ import annotations

from decimal import Decimal

from extract.document import Cell, Layout
from normalize.disclosure.read import read_disclosure
from normalize.form.placed import TableReading
from normalize.remedies.read import read_remedies
from normalize.rows.row import Row

LEAVES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def row(number: int, *texts: str, block: int = 0) -> Row:
    return Row(tuple(Cell(t, number, i) for i, t in enumerate(texts)), (), block, Layout.GRID)


def printed(reading: TableReading) -> dict[str, Decimal | str]:
    return {p.field: p.text for p in reading.placed if p.text}


REVIEW = [row(0, "行政复议", "", "", "", ""), row(1, *LEAVES), row(2, "1", "0", "2", "0", "3")]
VALUES = dict(
    zip(
        (f"reconsideration.{x}" for x in ("upheld", "corrected", "other", "pending", "total")),
        "10203",
        strict=True,
    )
)


def test_rows_of_a_table_right_below_the_numbers_are_not_the_forms() -> None:
    motions = [
        row(3, "类别", "建议", "提案", "总计"),
        row(4, "主办", "9", "8", "17"),
        row(5, "结果维持", "1", "1", "2"),
    ]
    reading = read_remedies([*REVIEW, *motions])
    assert printed(reading) == VALUES
    assert reading.left == ()


def test_blank_rows_beside_the_numbers_are_no_second_row() -> None:
    blank = ("", "", "", "", "")
    for rows in ([*REVIEW, row(3, *blank)], [*REVIEW[:2], row(2, *blank), row(3, "1", "0", "2", "0", "3")]):
        reading = read_remedies(rows)
        assert printed(reading) == VALUES
        assert reading.left == ()


def test_five_numbers_under_a_label_past_reading_do_not_go_unsaid() -> None:
    garbled = row(3, "口口口口", "4", "5", "6", "7", "22")
    reading = read_remedies([row(0, "", *LEAVES), row(1, "行政复议", "1", "0", "2", "0", "3"), garbled])
    flagged = [p.text for p in reading.placed if p.doubts]
    told = " ".join(left.raw for left in reading.left)
    assert all(number in flagged or number in told for number in ("4", "5", "6", "7", "22"))


def test_a_number_beside_a_stub_without_a_head_is_an_issue_and_no_blank_is_made() -> None:
    reading = read_disclosure([row(0, "本年主动公开", "145条"), row(1, "规章", "8")])
    assert reading.placed == ()
    assert [(left.label, left.numbers) for left in reading.left] == [("规章", ("8",))]


def test_a_head_that_opens_with_another_word_begins_another_table() -> None:
    channels = [
        row(0, "渠道", "发布数量", "规章", "规范性文件"),
        row(1, "政府网站", "70", "4", "9"),
        row(2, "总计", "70", "4", "9"),
    ]
    assert read_disclosure(channels) == TableReading((), ())
