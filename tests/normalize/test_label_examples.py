"""Every label finds its own example and no other name does; labels of one wording need something between them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dictionaries import add_line, copy_form

from normalize.form.labels import Hit, find_hits
from normalize.form.loader import FOLDER, FORM, load_form
from normalize.words.csv_lines import DictionaryError

with (FOLDER / "labels.csv").open(encoding="utf-8-sig", newline="") as _file:
    LINES = list(csv.DictReader(_file))
EVERY = frozenset(edition.name for edition in FORM.editions)
GRANTED = "requests.row,outcome.granted,{},,{},seen,"


def editions(line: dict[str, str]) -> frozenset[str]:
    return frozenset(line["edition"].split("|")) if line["edition"] else EVERY


def weigh(hit: Hit) -> tuple[float, bool]:
    """As `find_hits` puts them in order."""
    return hit.similarity, hit.numeral is True


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['axis']}-{line['example']}")
def test_an_example_is_its_own_name_and_no_other(line: dict[str, str]) -> None:
    hits = [hit for hit in find_hits(line["example"]) if hit.axis == line["axis"]]
    (own,) = [hit for hit in hits if hit.name == line["name"]]
    beside = {
        other["name"] for other in LINES if other["axis"] == line["axis"] and editions(other) & editions(line)
    }
    rivals = [hit for hit in hits if hit.name in beside - {line["name"]}]
    assert own.similarity > 0.8
    assert [hit for hit in rivals if weigh(hit) >= weigh(own)] == []


def test_examples_are_no_copies_of_their_labels() -> None:
    assert [line["example"] for line in LINES if line["example"] == line["label"]] == []


def faults_of(tmp_path: Path, *lines: str) -> tuple[str, ...]:
    form = copy_form(tmp_path)
    for line in lines:
        add_line(form / "labels.csv", line)
    try:
        load_form(form)
    except DictionaryError as error:
        return tuple(fault.partition(": ")[2] for fault in error.faults)
    return ()


def test_an_example_in_another_script_width_and_with_a_note_is_its_label(tmp_path: Path) -> None:
    assert faults_of(tmp_path, GRANTED.format("９．全部公开", "9、 全部公開（件）")) == ()


def test_an_example_of_other_words_is_missed(tmp_path: Path) -> None:
    assert faults_of(tmp_path, GRANTED.format("全部公开", "收到多少申请")) == (
        "'全部公开' misses its example '收到多少申请'",
    )


def test_an_example_that_another_name_is_as_near_to_is_told(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, GRANTED.format("部份公开", "部分公开"))
    assert fault.startswith("its example '部分公开' is as near to line ")


def tie(one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Two lines: a name and its label each."""
    first, second = (f"requests.row,{name},{label},,{label},seen," for name, label in (one, other))
    return first, second


SECRET, RIGHTS = "outcome.denied.state_secret", "outcome.denied.third_party_rights"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((SECRET, "8.别的情形"), (RIGHTS, "9.别的情形"), id="by numeral"),
        pytest.param((SECRET, "别的情形"), ("outcome.not_available.not_held", "别的情形"), id="by group"),
        pytest.param(
            (SECRET, "8.别的情形"), ("outcome.other.other", "别的情形"), id="by a group that is also a row"
        ),
    ],
)
def test_labels_of_one_wording_may_be_told_apart(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert faults_of(tmp_path, *tie(one, other)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((SECRET, "别的情形"), (RIGHTS, "9.别的情形"), id="a numeral that one lacks"),
        pytest.param((SECRET, "8.别的情形"), (RIGHTS, "（8）别的情形"), id="one numeral written in two ways"),
        pytest.param((SECRET, "别的情形"), ("new", "9.别的情形"), id="a row outside any group"),
    ],
)
def test_labels_of_one_wording_with_nothing_between_are_a_tie(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    line = len(LINES) + 2
    assert faults_of(tmp_path, *tie(one, other)) == (
        f"'{other[1]}' is {other[0]} here and {one[0]} in line {line} as '{one[1]}'",
    )


def test_labels_of_one_wording_in_two_editions_are_no_tie(tmp_path: Path) -> None:
    first, second = tie((SECRET, "别的情形"), (RIGHTS, "9.别的情形"))
    assert faults_of(tmp_path, first.replace(",,", ",2019,"), second.replace(",,", ",2021,")) == ()
