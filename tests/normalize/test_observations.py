"""Placed cells to observations: what is absent by which edition, and cells that stand twice."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from scoring import MIXED, NEW, OLD

from corpus.official import Editions, Key
from extract.document import BBox, Cell
from normalize.checks.editions import edition_of
from normalize.checks.observations import observe
from normalize.form.loader import FORM
from normalize.form.placed import Placed
from normalize.report import Observation, Status

ALL = (NEW, OLD, MIXED, Editions("2021", "2021", "2019"), Editions("2019", "2019", "2021"))
BOTH = {(f.table, f.field) for f in FORM.fields if len(f.editions) > 1}


def place(key: Key, text: str = "1", editions: Editions | None = None, **more: object) -> Placed:
    label = str(more.pop("label", "行"))
    return Placed(*key, Cell(text, 0, 0), label, 0, 0, edition=spoken_edition(key, editions), **more)  # type: ignore[arg-type]


def spoken_edition(key: Key, editions: Editions | None) -> str:
    """The edition that a label of this cell speaks for, "" where both have it."""
    if editions is None or (key[0], key[1]) in BOTH:
        return ""
    if key[0] == "requests":
        return editions.requests
    return editions.item_one if key[1].startswith(("rules.", "normative")) else editions.items


def keys_of(observations: Iterable[Observation]) -> set[Key]:
    return {(o.table, o.field, o.applicant) for o in observations}


@pytest.mark.parametrize("editions", ALL, ids=str)
def test_a_whole_report_lacks_nothing(editions: Editions) -> None:
    observations, issues = observe([place(k, editions=editions) for k in editions.cells()], "2021")
    assert keys_of(observations) == set(editions.cells())
    assert {o.status for o in observations} == {Status.PRINTED}
    assert issues == ()


@pytest.mark.parametrize("editions", ALL, ids=str)
def test_observations_stand_in_the_order_of_the_form(editions: Editions) -> None:
    cells = editions.cells()
    observations, _ = observe([place(k, editions=editions) for k in reversed(cells)], "2021")
    assert [(o.table, o.field, o.applicant) for o in observations] == list(cells)


@pytest.mark.parametrize("editions", [NEW, OLD], ids=["2021", "2019"])
def test_lost_cells_are_absent_by_the_edition_in_use(editions: Editions) -> None:
    cells = editions.cells()
    gone = {k for k in cells if k[1] in ("outcome.denied.state_secret", "penalties.decisions")}
    observations, _ = observe([place(k, editions=editions) for k in cells if k not in gone], "2021")
    assert keys_of(observations) == set(cells)
    assert {(o.table, o.field, o.applicant) for o in observations if o.status is Status.ABSENT} == gone
    assert all(o.value is None and o.raw == "" for o in observations if o.status is Status.ABSENT)


@pytest.mark.parametrize(("fallback", "editions"), [("2021", NEW), ("2019", OLD)])
def test_a_report_without_tables_is_absent_by_its_year(fallback: str, editions: Editions) -> None:
    observations, _ = observe([], fallback)
    assert keys_of(observations) == set(editions.cells())
    assert {o.status for o in observations} == {Status.ABSENT}


@pytest.mark.parametrize("table", ["disclosure", "requests", "remedies"])
def test_a_table_left_out_is_absent_as_a_whole(table: str) -> None:
    observations, _ = observe([place(k, editions=OLD) for k in OLD.cells() if k[0] != table], "2021")
    assert {o.table for o in observations if o.status is Status.ABSENT} == {table}
    assert keys_of(observations) == set(OLD.cells())


def test_equal_cells_twice_are_one() -> None:
    key: Key = ("requests", "new", "total")
    observations, issues = observe([place(key, "5"), place(key, "５")], "2021")
    (mine,) = [o for o in observations if (o.table, o.field, o.applicant) == key]
    assert (mine.value, mine.confidence, mine.flags) == (Decimal(5), 1.0, ())
    assert [i.code for i in issues] == ["cell.repeated"]


def test_different_cells_twice_are_both_in_doubt() -> None:
    key: Key = ("requests", "new", "total")
    observations, issues = observe([place(key, "5"), place(key, "6")], "2021")
    (mine,) = [o for o in observations if (o.table, o.field, o.applicant) == key]
    assert mine.confidence < 0.9
    assert mine.flags == ("doubt.repeated",)
    assert [i.code for i in issues] == ["cell.repeated"]


@pytest.mark.parametrize("label", ["", "4117", "/"])
def test_a_cell_without_words_beside_it_is_named_as_the_form_does(label: str) -> None:
    cells = [place(("remedies", "reconsideration.upheld", ""), text, label=label) for text in ("5", "6")]
    (issue,) = observe(cells, "2021")[1]
    assert "（“行政复议 / 结果维持”）" in issue.message


@pytest.mark.parametrize("first", [True, False])
def test_a_certain_cell_goes_before_a_doubtful_one(first: bool) -> None:
    key: Key = ("requests", "new", "total")
    certain, doubtful = place(key, "5"), place(key, "6", doubts=("doubt.alignment",), confidence=0.6)
    observations, _ = observe([certain, doubtful] if first else [doubtful, certain], "2021")
    assert next(o.value for o in observations if (o.table, o.field, o.applicant) == key) == 5


def test_a_number_keeps_its_place_and_its_text() -> None:
    key: Key = ("disclosure", "charges.amount", "")
    box = BBox(1, 2, 3, 4)
    cell = Cell("18.085682 万元", 7, 2, page=3, bbox=box)
    (mine, *_), _ = observe([Placed(*key, cell, "行政事业性收费", 7, 2)], "2021")
    mine = next(
        o for o in observe([Placed(*key, cell, "行政事业性收费", 7, 2)], "2021")[0] if o.value is not None
    )
    assert (mine.value, mine.unit, mine.raw) == (Decimal("18.085682"), "万元", "18.085682 万元")
    assert (mine.page, mine.bbox, mine.row, mine.column, mine.label) == (3, box, 7, 2, "行政事业性收费")


@pytest.mark.parametrize(
    ("text", "status", "flags"),
    [
        ("", Status.BLANK, ()),
        ("—", Status.DASH, ()),
        ("见附件", Status.UNREADABLE, ("doubt.unreadable",)),
        ("约5", Status.PRINTED, ("doubt.quantity",)),
    ],
)
def test_status_and_doubt_of_a_text(text: str, status: Status, flags: tuple[str, ...]) -> None:
    key: Key = ("requests", "new", "total")
    mine = next(o for o in observe([place(key, text)], "2021")[0] if (o.table, o.field, o.applicant) == key)
    assert (mine.status, mine.flags) == (status, flags)
    assert (mine.confidence < 0.9) == bool(flags)


@pytest.mark.parametrize(("editions", "form"), [(NEW, "2021"), (OLD, "2019"), (MIXED, "mixed")])
def test_form_of_a_report_with_tables(editions: Editions, form: str) -> None:
    assert edition_of([place(k, editions=editions) for k in editions.cells()], 2022) == form


@pytest.mark.parametrize(
    ("year", "form"),
    [(2023, ""), (2019, ""), (2018, "2014"), (2014, "2014"), (2013, "prose"), (2008, "prose"), (None, "")],
)
def test_form_of_a_report_without_tables(year: int | None, form: str) -> None:
    assert edition_of([], year) == form


@pytest.mark.parametrize(
    ("loose_first", "words", "left"), [(True, "后出现的", "5"), (False, "先出现的", "5")]
)
def test_the_issue_says_which_of_two_cells_was_used(loose_first: bool, words: str, left: str) -> None:
    key = ("disclosure", "rules.in_force", "")
    loose = place(key, "5", confidence=0.5, doubts=("doubt.alignment",))
    pair = (loose, place(key, "7"))
    observations, issues = observe(pair if loose_first else pair[::-1], "2021")
    assert [o.value for o in observations if o.field == "rules.in_force"] == [Decimal(7)]
    (issue,) = [one for one in issues if one.code == "cell.repeated"]
    assert words in issue.message
    assert issue.raw == left


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("5\n7", ("doubt.joined",)),
        ("5 \n 7件", ("doubt.joined",)),
        ("57\n件", ()),
        ("18.\n08", ()),
        ("\n57\n", ()),
    ],
)
def test_digits_on_two_lines_may_be_two_numbers(text: str, flags: tuple[str, ...]) -> None:
    key = ("disclosure", "charges.amount", "")  # of which there are parts
    (found,) = (o for o in observe([place(key, text)], "2021")[0] if o.status is Status.PRINTED)
    assert found.flags == flags


@pytest.mark.parametrize(
    ("field", "text", "flags"),
    [
        ("rules.issued", "12.5", ("doubt.quantity",)),
        ("rules.issued", "12.0", ()),
        ("charges.amount", "12.5", ()),
        ("procurement.amount", "12.5", ()),
    ],
)
def test_a_part_of_what_is_counted_whole_is_in_doubt(field: str, text: str, flags: tuple[str, ...]) -> None:
    (found,) = (o for o in observe([place(("disclosure", field, ""), text)], "2021")[0] if o.raw == text)
    assert (found.value, found.flags) == (Decimal(text), flags)
