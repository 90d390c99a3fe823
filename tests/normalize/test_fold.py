"""Folding of labels: spellings that mean one thing fold to one text, and folding twice is folding once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.words.fold import fold, split_enumerator

SAME = [
    ("结 果\n维 持", "结果维持"),
    ("商业企\n业", "商业企业"),
    ("３．危及「三安全一稳定」", "3.危及“三安全一稳定”"),
    ("3.危及'三安全一稳定'", "3.危及“三安全一稳定”"),
    ("3、危及《三安全一稳定》", "3，危及三安全一稳定"),
    ("（一）予以公开", "(一) 予以公开"),
    ("①属于国家秘密", "1.属于国家秘密"),
    ("⾏政许可", "行政许可"),
    ("本年收费金额（单位：万元）", "本年收费金额(单位: 万元)"),
    ("总\u200b计\u00a0", "总计"),
]
NUMERALS = [
    ("1.重复申请", "1", "重复申请"),
    ("1、重复申请", "1", "重复申请"),
    ("１．重复申请", "1", "重复申请"),
    ("1 . 重复申请", "1", "重复申请"),
    ("(1)重复申请", "(1)", "重复申请"),
    ("（三）不予公开", "(三)", "不予公开"),
    ("【三】不予公开", "(三)", "不予公开"),
    ("三、本年度办理结果", "三", "本年度办理结果"),
    ("十二、其他", "十二", "其他"),
    ("重复申请", "", "重复申请"),
    ("12.5", "", "12.5"),
    ("三、", "", "三,"),
]


@pytest.mark.parametrize(("printed", "other"), SAME)
def test_spellings_of_one_label_fold_alike(printed: str, other: str) -> None:
    assert fold(printed) == fold(other)


@pytest.mark.parametrize(("text", "numeral", "rest"), NUMERALS)
def test_opening_numeral(text: str, numeral: str, rest: str) -> None:
    assert split_enumerator(fold(text)) == (numeral, rest)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="一二三四五六七（）()【】[]“”\"'「」1234．.、，, \n\u3000①②③总计其他公开规章k：:"))
def test_folding_of_label_characters_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_no_white_space_is_left(text: str) -> None:
    assert not any(c.isspace() for c in fold(text))


@given(st.text())
def test_the_numeral_takes_nothing_from_the_rest(text: str) -> None:
    folded = fold(text)
    numeral, rest = split_enumerator(folded)
    assert folded.endswith(rest)
    assert bool(rest) == bool(folded)
    assert bool(numeral) == (rest != folded)


@given(st.text(alphabet="总计其他公开规章", min_size=1), st.integers(min_value=0, max_value=8))
def test_gaps_inside_change_nothing(text: str, at: int) -> None:
    assert fold(f"{text[:at]} \n\u3000{text[at:]}") == fold(text)
