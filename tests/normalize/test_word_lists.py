"""Lists of words by kind, and units: every fault is told before a document is opened."""

from functools import partial

import pytest

from normalize.words.csv_lines import DictionaryError
from normalize.words.fold import fold
from normalize.words.plain import plain
from normalize.words.units import MONEY, UNITS
from normalize.words.word_list import find_example_faults, read_kinds, read_rows, sort_words


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


def test_a_word_that_its_user_takes_for_another_stands_twice(tmp_path):
    (tmp_path / "list.csv").write_text(
        "kind,word,note\na,機關（１）,\na,机关(1),\nb,机关(1),\n", encoding="utf-8"
    )
    with pytest.raises(DictionaryError) as caught:
        read_kinds("list.csv", ("a", "b"), tmp_path, same=plain)
    assert caught.value.faults == ("list.csv:3: a 机关(1) stands twice, first in line 2",)


def test_words_in_another_order_stand_twice(tmp_path):
    (tmp_path / "list.csv").write_text("words,note\n公开 年报,\n年報 公開,\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"list\.csv:3: 年報 公開 stands twice, first in line 2"):
        read_rows("list.csv", ("words", "note"), tmp_path, same=partial(sort_words, same=fold))


def test_a_pattern_that_misses_its_example_or_hits_another_is_told(tmp_path):
    lines = "问题 改进,5,五、问题与不足\n其他 事项,6,六、其他事项和问题的改进\n总体 情况,1,一、总 体情況\n"
    (tmp_path / "list.csv").write_text(f"words,section,example\n{lines}", encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        read_rows(
            "list.csv",
            ("words", "section", "example"),
            tmp_path,
            find_faults=partial(find_example_faults, same=fold, means="section"),
        )
    assert caught.value.faults == (
        "list.csv:2: 问题 改进 misses its example '五、问题与不足'",
        "list.csv:3: its example '六、其他事项和问题的改进' is also that of line 2",
    )


def test_money_is_worth_something_and_the_longest_unit_is_tried_first():
    assert MONEY == {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
    assert [*map(len, UNITS)] == sorted(map(len, UNITS), reverse=True)
    assert UNITS.index("件次") < UNITS.index("件")
