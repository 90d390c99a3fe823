"""Lists of words by kind, and units: every fault is told before a document is opened."""

import pytest

from normalize.words.csv_lines import DictionaryError
from normalize.words.units import MONEY, UNITS
from normalize.words.word_list import read_kinds


def test_words_come_by_kind_in_the_order_of_the_list(tmp_path):
    (tmp_path / "list.csv").write_text("kind,word,note\nb,丙,\na,乙,why\na,甲,\n", encoding="utf-8")
    assert read_kinds("list.csv", ("a", "b"), tmp_path) == {"a": ("乙", "甲"), "b": ("丙",)}


def test_all_faults_of_a_list_are_told_at_once(tmp_path):
    (tmp_path / "list.csv").write_text("kind,word,note\na,甲,\nx,乙,\ny,丙,\n", encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        read_kinds("list.csv", ("a", "b"), tmp_path)
    assert caught.value.faults == (
        "list.csv:3: kind 'x' is none of a, b",
        "list.csv:4: kind 'y' is none of a, b",
        "list.csv:1: no words of the kind b",
    )


def test_a_word_stands_once_in_its_kind(tmp_path):
    (tmp_path / "list.csv").write_text("kind,word,note\na,甲,\na,甲,\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match="stands twice"):
        read_kinds("list.csv", ("a",), tmp_path)


def test_money_is_worth_something_and_the_longest_unit_is_tried_first():
    assert MONEY == {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
    assert [*map(len, UNITS)] == sorted(map(len, UNITS), reverse=True)
    assert UNITS.index("件次") < UNITS.index("件")
