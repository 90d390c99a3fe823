"""Sentences without end are parted between their figures; nothing else is touched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.prose.long_sentences import LONGEST, part_sentence
from normalize.prose.mentions import read_mentions
from normalize.report import Section


@given(st.text(max_size=LONGEST))
def test_a_sentence_stays_whole(sentence: str) -> None:
    assert list(part_sentence(sentence)) == [sentence]


@given(
    st.lists(
        st.sampled_from(["受理", "1,234", "件", "，", "二十三", "9", "公" * 150, "1" * 150]), min_size=500
    )
)
def test_nothing_is_lost_and_no_number_cut(words: list[str]) -> None:
    sentence = "".join(words)
    pieces = list(part_sentence(sentence))
    assert "".join(pieces) == sentence
    if len(sentence) > LONGEST:
        assert not any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(pieces))


@pytest.mark.parametrize("item", ["受理申请12件，", "办结34件"])
def test_the_figures_of_a_thousand_items_stand_beside_their_neighbours(item: str) -> None:
    found = read_mentions([Section(1, "一、总体情况", item * 1000)])
    assert len(found) == 1000
    assert {str(mention.value) for mention in found} == {item[4:6] if "受" in item else "34"}
    assert max(len(mention.sentence) for mention in found) < LONGEST


def test_digits_without_end_are_no_small_number() -> None:
    found = read_mentions([Section(1, "一、总体情况", f"受理{'9' * 5000}件。")])
    assert [len(str(mention.value)) for mention in found] in ([], [5000])
