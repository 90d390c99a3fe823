"""Faults planted one at a time: none leads to a silent error, and what can still be read is read right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from scoring import (
    NEW,
    OLD,
    OUTPUTS,
    TABS,
    Score,
    distinct,
    draw,
    expected_failures,
    facts_of,
    failures_of,
    page_of,
    read_bytes,
    score_truth,
    show,
    tables,
    truth_of,
    write,
    write_with,
)

from corpus.figures import draw_numbers, plant_faults
from corpus.grid import Content, Grid
from corpus.labels import HOMOPHONES, Lettering
from corpus.official import APPLICANTS, CORNER, REQUEST_ROWS, RESULTS, Edition, Key
from corpus.printing import Hand
from corpus.quirks import remark_column, serial_column, split_at, subtotal_column
from corpus.truth import Fact, ReportTruth
from normalize.report import Status

TRUTHS = {"2021": distinct(NEW), "2019": distinct(OLD)}
ROWS: dict[str, Sequence[str]] = {
    name: [r.field for r in REQUEST_ROWS[t.editions.requests]] for name, t in TRUTHS.items()
}
EDITIONS: tuple[Edition, ...] = ("2021", "2019")
ANY = pytest.mark.parametrize("output", OUTPUTS)
BOTH = pytest.mark.parametrize("name", TRUTHS)


@cache
def three(name: str) -> Grid:
    return tables(TRUTHS[name])["requests"][0]


def without_text(grid: Grid, texts: Sequence[str]) -> Grid:
    """A grid with the labels that begin with one of `texts` left empty."""
    return grid.with_texts(lambda c: "" if c.role == "stub" and c.text.startswith(tuple(texts)) else c.text)


def relabelled(grid: Grid, old: str, new: str) -> Grid:
    """A grid with one label printed otherwise."""
    contents = tuple(
        replace(c, text=new) if c.role != "number" and c.text == old else c for c in grid.contents
    )
    return replace(grid, contents=contents)


def row_of(grid: Grid, field: str) -> int:
    return next(r for r in range(grid.n_rows) if any(k[1] == field for k in grid.row_keys(r)))


def score_grid(name: str, output: str, grid: Grid, gone: Sequence[str] = ()) -> Score:
    """The report with this table 三, whose truth lacks the rows in `gone`."""
    truth = TRUTHS[name]
    report = read_bytes(write_with(truth, OUTPUTS[output], requests=[grid]))
    return score_truth(report, truth, [k for k in truth.facts if k[1] not in gone])


def assert_right(score: Score) -> None:
    assert not score.silent, show(score.silent)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)


def slips(label: str) -> list[str]:
    """A label with one character lost, doubled or taken for another, wherever a hasty hand may slip."""
    places = [i for i, c in enumerate(label) if "一" <= c <= "鿿" and i > 2]
    if len(places) < 5:
        return []
    found = []
    for i in places[:: max(1, len(places) // 3)]:
        found += [
            label[:i] + label[i + 1 :],
            label[:i] + label[i] * 2 + label[i + 1 :],
            label[:i] + HOMOPHONES.get(label[i], "的") + label[i + 1 :],
        ]
    return found


MISSPELT = [
    (name, row.label, slip)
    for name in TRUTHS
    for row in REQUEST_ROWS[TRUTHS[name].editions.requests]
    if name == "2021" or row.field == "outcome.other"
    for slip in slips(row.label)
]


@ANY
@pytest.mark.parametrize(("name", "label", "slip"), MISSPELT)
def test_misspelt_label(name: str, label: str, slip: str, output: str) -> None:
    assert_right(score_grid(name, output, relabelled(three(name), label, slip)))


@ANY
@pytest.mark.parametrize("seed", range(12))
def test_every_label_misspelt(seed: int, output: str) -> None:
    truth = draw(NEW if seed % 2 else OLD, seed=f"slips-{seed}")
    pen = tables(truth, lettering=Lettering(slips=1, gaps=0.3))
    score = score_truth(read_bytes(write(page_of(truth, pen), OUTPUTS[output], seed)), truth)
    assert_right(score)


@ANY
@BOTH
@pytest.mark.parametrize("index", range(25))
def test_missing_row(name: str, index: int, output: str) -> None:
    field = ROWS[name][index % len(ROWS[name])]
    grid = three(name)
    gone = row_of(grid, field)
    score = score_grid(name, output, grid.with_rows([r for r in range(grid.n_rows) if r != gone]), [field])
    assert_right(score)


@ANY
@pytest.mark.parametrize("index", range(24))
def test_two_missing_rows(index: int, output: str) -> None:
    fields = ROWS["2021"][index : index + 2]
    grid = three("2021")
    gone = {row_of(grid, f) for f in fields}
    score = score_grid(
        "2021", output, grid.with_rows([r for r in range(grid.n_rows) if r not in gone]), fields
    )
    assert_right(score)


@ANY
@BOTH
@pytest.mark.parametrize("index", range(24))
def test_neighbours_out_of_place(name: str, index: int, output: str) -> None:
    fields = ROWS[name]
    index %= len(fields) - 1
    grid = three(name)
    a, b = row_of(grid, fields[index]), row_of(grid, fields[index + 1])
    order = list(range(grid.n_rows))
    order[a], order[b] = order[b], order[a]
    score = score_grid(name, output, grid.with_rows(order))
    assert not score.silent, show(score.silent)
    groups = {fields[index].rpartition(".")[0], fields[index + 1].rpartition(".")[0]}
    if len(groups) == 1 and groups <= {"outcome.denied", "outcome.not_available", "outcome.not_processed"}:
        assert_right(score)


@ANY
@pytest.mark.parametrize("field", ROWS["2021"])
def test_row_moved_to_the_end(field: str, output: str) -> None:
    grid = three("2021")
    at = row_of(grid, field)
    score = score_grid("2021", output, grid.with_rows([*(r for r in range(grid.n_rows) if r != at), at]))
    assert not score.silent, show(score.silent)
    assert not score.unflagged, show(score.unflagged)


EXTRA: dict[str, Callable[[Random, Grid, ReportTruth], list[Grid]]] = {
    "serial": serial_column,
    "remark": remark_column,
    "subtotal": subtotal_column,
}


@ANY
@BOTH
@pytest.mark.parametrize("kind", EXTRA)
def test_extra_column(kind: str, name: str, output: str) -> None:
    (grid,) = EXTRA[kind](Random(kind), three(name), TRUTHS[name])
    assert_right(score_grid(name, output, grid))


@ANY
@BOTH
@pytest.mark.parametrize("at", range(1, 11))
def test_empty_column_anywhere(at: int, name: str, output: str) -> None:
    grid = three(name)
    assert_right(score_grid(name, output, grid.with_column(at, [Content("", "filler")] * grid.n_rows)))


@ANY
@pytest.mark.parametrize("table", ["disclosure", "remedies"])
def test_empty_column_in_another_table(table: str, output: str) -> None:
    truth = TRUTHS["2021"]
    grid = tables(truth)[table][0]
    for at in range(1, grid.n_columns + 1):
        wider = grid.with_column(at, [Content("", "filler")] * grid.n_rows)
        score = score_truth(read_bytes(write_with(truth, OUTPUTS[output], **{table: [wider]})), truth)
        assert not score.silent, f"column {at}: {show(score.silent)}"
        assert not score.unflagged, f"column {at}: {show(score.unflagged)}"


PAIRS = [
    (a.label, b.label)
    for a, b in zip(REQUEST_ROWS["2021"], REQUEST_ROWS["2021"][1:], strict=False)
    if a.group == b.group and a.level == b.level == "leaf"
]


@ANY
@pytest.mark.parametrize(("upper", "lower"), PAIRS)
def test_labels_of_neighbours_swapped(upper: str, lower: str, output: str) -> None:
    """The numbers stay, the words change places and the numerals stay: a number follows its words."""
    truth = TRUTHS["2021"]
    names = {r.label: r.field for r in REQUEST_ROWS["2021"]}
    grid = relabelled(three("2021"), upper, upper[:2] + lower[2:] + "\0")
    grid = relabelled(
        relabelled(grid, lower, lower[:2] + upper[2:]), upper[:2] + lower[2:] + "\0", upper[:2] + lower[2:]
    )
    swap = {names[upper]: names[lower], names[lower]: names[upper]}
    facts = {(t, swap.get(f, f), a): fact for (t, f, a), fact in truth.facts.items()}
    meant = ReportTruth(truth.identity, truth.editions, {k: facts[k] for k in truth.facts})
    score = score_truth(read_bytes(write_with(truth, OUTPUTS[output], requests=[grid])), meant)
    assert not score.silent, show(score.silent)


def with_row_again(grid: Grid, at: int, more: int) -> Grid:
    """A row printed a second time below itself, each applicant's number larger by `more` (its total fits)."""
    contents, slots = list(grid.contents), list(grid.slots[at])
    innermost = max(c for c in range(grid.n_columns) if grid.at(at, c).role == "stub")
    for c in range(grid.n_columns):
        cell = grid.at(at, c)
        if cell.key is not None:
            larger = more * (len(APPLICANTS) - 1) if cell.key[2] == "total" else more
            cell = Content(str(int(cell.text) + larger), "number")
        elif grid.slots[at][c] != grid.slots[at][innermost]:
            continue
        elif c and slots[c - 1] == len(contents) - 1 >= len(grid.contents):
            slots[c] = len(contents) - 1
            continue
        slots[c] = len(contents)
        contents.append(cell)
    rows = (*grid.slots[: at + 1], tuple(slots), *grid.slots[at + 1 :])
    return Grid(rows, tuple(contents), grid.head_rows, grid.name)


@ANY
@pytest.mark.parametrize("field", ROWS["2021"])
def test_row_printed_twice(field: str, output: str) -> None:
    grid = three("2021")
    assert_right(score_grid("2021", output, with_row_again(grid, row_of(grid, field), 0)))


@ANY
@pytest.mark.parametrize("field", ROWS["2021"])
def test_row_printed_twice_with_other_numbers(field: str, output: str) -> None:
    grid = three("2021")
    data = write_with(
        TRUTHS["2021"], OUTPUTS[output], requests=[with_row_again(grid, row_of(grid, field), 1)]
    )
    report = read_bytes(data)
    mine = [o for o in report.observations if o.table == "requests" and o.field == field]
    assert len(mine) == len(APPLICANTS)
    assert all(any(f.startswith("doubt.") for f in o.flags) and o.confidence < 0.9 for o in mine)
    assert report.issues


GROUPS = {r.group for e in EDITIONS for r in REQUEST_ROWS[e] if r.group} | {RESULTS}


@ANY
@BOTH
@pytest.mark.parametrize("group", [*sorted(GROUPS), "（"])
def test_group_label_lost(group: str, name: str, output: str) -> None:
    """One group's label, or all of them: the order of the rows is left."""
    texts = tuple(GROUPS) if group == "（" else (group,)
    if name == "2019" and group == "（六）其他处理":
        texts = (RESULTS,)  # here it is a row of its own
    if name == "2019" and group == "（":
        texts = tuple(GROUPS - {"（六）其他处理"})
    assert_right(score_grid(name, output, without_text(three(name), texts)))


@ANY
@pytest.mark.parametrize("again", [False, True], ids=["lost", "again"])
@pytest.mark.parametrize("row", range(6, 26))
def test_group_label_ends_early(row: int, again: bool, output: str) -> None:
    grid = three("2021")
    column = 1 if grid.slots[row][1] != grid.slots[row][2] else 0
    assert_right(score_grid("2021", output, split_at(grid, row, column, again)))


@ANY
@pytest.mark.parametrize("corner", ["", "项目", "办理情况", CORNER.replace("勾", "钩")])
def test_corner(corner: str, output: str) -> None:
    grid = three("2021")
    grid = relabelled(relabelled(grid, CORNER, corner), CORNER.replace("勾", "钩"), corner)
    assert_right(score_grid("2021", output, grid))


@ANY
@pytest.mark.parametrize("seed", range(80))
def test_arithmetic_faults_are_found_and_none_invented(seed: int, output: str) -> None:
    editions = OLD if seed % 3 == 0 else NEW
    rng = Random(f"faults-{seed}")
    numbers = draw_numbers(rng, editions, ("tiny", "small", "medium")[seed % 3])
    planted = plant_faults(rng, editions, numbers, 1 + seed % 3)
    truth = truth_of(editions, numbers, planted=planted)
    report = read_bytes(write_with(truth, OUTPUTS[output]))
    certain, optional = expected_failures(truth.facts, editions)
    assert not optional
    assert failures_of(report) == certain, planted
    assert_right(score_truth(report, truth))
    assert {c.origin for c in report.checks} == {"as_printed"}
    named = {check for check, *_ in certain}
    assert {f for o in report.observations for f in o.flags} == named


@ANY
@pytest.mark.parametrize("zero", ["blank", "dash", "mixed"])
@pytest.mark.parametrize("seed", range(20))
def test_arithmetic_faults_between_empty_cells(seed: int, zero: str, output: str) -> None:
    rng = Random(f"gaps-{seed}")
    numbers = draw_numbers(rng, NEW, "small")
    plant_faults(rng, NEW, numbers, 2)
    truth = truth_of(NEW, numbers, Hand(zero=zero))
    report = read_bytes(write_with(truth, OUTPUTS[output]))
    certain, optional = expected_failures(truth.facts, NEW)
    failed = failures_of(report)
    assert certain <= failed
    assert failed <= certain | optional
    assert not score_truth(report, truth).silent


@ANY
@pytest.mark.parametrize("seed", range(10))
def test_sound_figures_raise_no_alarm(seed: int, output: str) -> None:
    hand = Hand(zero=("0", "blank", "dash", "mixed")[seed % 4])
    truth = draw((NEW, OLD)[seed % 2], hand, "medium", f"sound-{seed}")
    report = read_bytes(write_with(truth, OUTPUTS[output]))
    assert failures_of(report) == set()
    assert facts_of(report).keys() == truth.facts.keys()


@ANY
def test_unreadable_cell_is_said_to_be_unreadable(output: str) -> None:
    truth = TRUTHS["2021"]
    key: Key = ("requests", "outcome.granted", "business")
    facts = {**truth.facts, key: Fact("见附件", None, "unreadable", "件")}
    changed = ReportTruth(truth.identity, truth.editions, facts)
    report = read_bytes(write_with(changed, OUTPUTS[output]))
    assert_right(score_truth(report, changed))
    cell = next(o for o in report.observations if (o.table, o.field, o.applicant) == key)
    assert (cell.status, cell.flags) == (Status.UNREADABLE, ("doubt.unreadable",))
    assert failures_of(report) == set()


@pytest.mark.parametrize("seed", range(12))
def test_numbers_run_together_are_flagged_whatever_they_may_mean(seed: int) -> None:
    truth = draw(NEW, size="small" if seed % 2 else "tiny", seed=f"joined-{seed}")
    text = write_with(truth, TABS).decode()
    row = next(x for x in text.split("\n") if x.startswith("一、本年新收"))
    label, *cells = row.split("\t")
    report = read_bytes(text.replace(row, f"{label}\t\t\t{''.join(cells)}").encode())
    score = score_truth(report, truth)
    assert not score.silent, show(score.silent)
    assert not score.unflagged, show(score.unflagged)
    assert {m.key[1] for m in (*score.wrong, *score.missing)} <= {"new"}
    assert all(
        o.flags and o.confidence < 0.9
        for o in report.observations
        if (o.table, o.field) == ("requests", "new")
    )
