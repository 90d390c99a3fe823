"""The arithmetic of the form: what fails, what passes, and what blanks leave open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring import CHECK_IDS, NEW, OLD, Failure, distinct, expected_failures, failures_of_line

from corpus.official import APPLICANTS, REQUEST_ROWS, Editions, Key, unit_of
from corpus.relations import relations
from normalize.checks.relations import check_relations
from normalize.form.loader import FORM
from normalize.report import Check, Observation, Origin, Status, Verdict

Cell = str | int | None
"""What a test puts in a cell: a number, "" for blank, "/" for a dash, "?" for unreadable, None for absent."""
_STATUS = {"": Status.BLANK, "/": Status.DASH, "?": Status.UNREADABLE, None: Status.ABSENT}
FORMS = pytest.mark.parametrize("editions", [NEW, OLD], ids=["25_rows", "23_rows"])


def observe(key: Key, cell: Cell, confidence: float = 1.0, flags: tuple[str, ...] = ()) -> Observation:
    if isinstance(cell, int):
        return Observation(
            *key, Decimal(cell), unit_of(key), Status.PRINTED, str(cell), confidence=confidence, flags=flags
        )
    return Observation(
        *key, None, unit_of(key), _STATUS[cell], cell or "", confidence=confidence, flags=flags
    )


def sound(editions: Editions) -> dict[Key, Cell]:
    return {k: int(f.value or 0) for k, f in distinct(editions).facts.items() if k[0] != "disclosure"}


def checks_of(cells: Mapping[Key, Cell]) -> list[Check]:
    return [c for c, _ in check_relations([observe(k, v) for k, v in cells.items()])]


def one(cells: Mapping[Key, Cell], check: str, scope: str) -> Check:
    (found,) = [c for c in checks_of(cells) if (c.check, c.scope) == (check, scope)]
    return found


def review(*cells: Cell) -> Check:
    """The block 行政复议 with upheld, corrected, other, pending and total."""
    names = ("upheld", "corrected", "other", "pending", "total")
    keys: list[Key] = [("remedies", f"reconsideration.{n}", "") for n in names]
    return one(dict(zip(keys, cells, strict=True)), "remedies.sum", "reconsideration")


@FORMS
def test_every_instance_of_every_relation_is_tested(editions: Editions) -> None:
    checks = checks_of(sound(editions))
    expected = {(CHECK_IDS[check], scope) for check, scope, *_ in relations(editions)}
    assert {(c.check, c.scope) for c in checks} == expected
    assert len(checks) == len(expected) == 7 + 7 + len(REQUEST_ROWS[editions.requests]) + 3
    assert {c.verdict for c in checks} == {Verdict.PASS}
    assert {c.origin for c in checks} == {Origin.AS_PRINTED}
    assert all(c.difference == 0 for c in checks)


@FORMS
@pytest.mark.parametrize("applicant", APPLICANTS)
def test_a_wrong_number_fails_wherever_it_takes_part(editions: Editions, applicant: str) -> None:
    cells = sound(editions)
    key: Key = ("requests", "outcome.granted", applicant)
    cells[key] = 99999
    failed = {(c.check, c.scope) for c in checks_of(cells) if c.verdict is Verdict.FAIL}
    assert failed == {("requests.outcome_sum", applicant), ("requests.applicant_sum", "outcome.granted")}


def test_the_keys_of_a_check_are_its_operands() -> None:
    cells = sound(OLD)
    for check, keys in check_relations([observe(k, v) for k, v in cells.items()]):
        parts = [cells[k] for k in keys]
        assert check.left is not None
        assert check.right is not None
        assert sum(int(p or 0) for p in parts) == check.left + check.right


def test_a_total_that_is_not_the_sum() -> None:
    check = review(1, 2, 3, 0, 99)
    assert (check.verdict, check.left, check.right, check.difference) == (Verdict.FAIL, 6, 99, -93)
    assert all(word in check.message for word in ("表四", "行政复议", "总计", "6", "99", "93", "对照原件"))


def test_a_row_total_that_is_not_the_sum() -> None:
    row: list[Cell] = [1, 2, 3, 0, 0, 0, 99]
    cells: dict[Key, Cell] = {("requests", "new", a): n for a, n in zip(APPLICANTS, row, strict=True)}
    check = one(cells, "requests.applicant_sum", "new")
    assert (check.verdict, check.left, check.right) == (Verdict.FAIL, 6, 99)
    assert all(
        word in check.message for word in ("表三", "新收政府信息公开申请数量", "行", "总计列", "6", "99")
    )


def test_messages_name_table_row_and_column_in_chinese() -> None:
    cells = sound(NEW)
    for key in cells:
        if key[1] in ("new", "outcome.total") or key[1].endswith(".total"):
            cells[key] = 10**6 + len(key[2])
    failed = [c for c in checks_of(cells) if c.verdict is Verdict.FAIL]
    assert {c.check for c in failed} == set(CHECK_IDS.values())
    for check in failed:
        assert "表四" in check.message if check.check == "remedies.sum" else "表三" in check.message
        assert any(word in check.message for word in ("列", "行政"))
        assert check.scope not in check.message
        assert check.message.endswith("。")
    assert "“自然人”列" in next(c.message for c in failed if c.scope == "natural_person")


SENTENCES = [
    (
        ("requests.balance", "natural_person"),
        {"new": 12, "carried_in": 3, "outcome.total": 14, "carried_out": 2},
        (
            "表三“自然人”列：三（七）总计与四、结转下年度相加为 16（14＋2），一、新收与二、上年结转相加为 15（12＋3），"
            "前者多 1，请对照原件。"
        ),
        (
            "table 3, column “natural person”: outcome total and carried out come to 16 (14 + 2), "
            "new and carried in come to 15 (12 + 3): the former is 1 more; compare the original"
        ),
    ),
    (
        ("requests.outcome_sum", "natural_person"),
        {"outcome.granted": 700, "outcome.partially_granted": 37, "outcome.total": 773},
        "表三“自然人”列：三（七）总计印 773，（一）至（六）各项相加为 737（700＋37），总计多 36，请对照原件。",
        (
            "table 3, column “natural person”: the outcome total is printed as 773, "
            "the outcomes above it add up to 737 (700 + 37): the total is 36 more; compare the original"
        ),
    ),
    (
        ("requests.outcome_sum", "natural_person"),
        {"outcome.granted": 773, "outcome.total": 737},
        "表三“自然人”列：三（七）总计印 737，（一）至（六）各项相加为 773，总计少 36，请对照原件。",
        (
            "table 3, column “natural person”: the outcome total is printed as 737, "
            "the outcomes above it add up to 773: the total is 36 less; compare the original"
        ),
    ),
]


@pytest.mark.parametrize(("which", "column", "zh", "en"), SENTENCES)
def test_the_sentence_says_what_is_printed_what_it_adds_up_to_and_which_side_is_more(
    which: tuple[str, str], column: dict[str, int], zh: str, en: str
) -> None:
    cells: dict[Key, Cell] = {k: 0 for k in sound(NEW) if k[0] == "requests" and k[2] == which[1]}
    cells |= {("requests", field, which[1]): value for field, value in column.items()}
    check = one(cells, *which)
    assert (check.verdict, check.message, check.message_en) == (Verdict.FAIL, zh, en)


@pytest.mark.parametrize(("printed", "verdict"), [(4, Verdict.PASS), (2, Verdict.FAIL)])
def test_the_sentence_says_that_blanks_and_dashes_are_not_counted(printed: int, verdict: Verdict) -> None:
    for nothing in ("", "/"):
        check = review(3, 1, 0, nothing, printed)
        assert check.verdict is verdict
        assert "（没有读出数字的格未计入）" in check.message
        assert "(cells in which no number was read are left out)" in check.message_en
    assert "未计入" not in review(3, 1, 0, 0, printed).message


def test_the_sentences_of_rows_and_of_table_four() -> None:
    row: list[Cell] = [700, "", 37, 0, 0, 0, 773]
    cells: dict[Key, Cell] = {("requests", "carried_in", a): n for a, n in zip(APPLICANTS, row, strict=True)}
    assert one(cells, "requests.applicant_sum", "carried_in").verdict is Verdict.NOT_APPLICABLE
    cells["requests", "carried_in", "business"] = 0
    check = one(cells, "requests.applicant_sum", "carried_in")
    assert check.message == (
        "表三“二、上年结转政府信息公开申请数量”行：总计列印 773，六类申请人相加为 737（700＋37），总计多 36，请对照原件。"
    )
    assert check.message_en == (
        "table 3, row “carried in”: the total column prints 773, "
        "the six applicants add up to 737 (700 + 37): the total is 36 more; compare the original"
    )
    check = review(3, 1, 0, 0, 2)
    assert check.message == (
        "表四行政复议：总计印 2，结果维持、结果纠正、其他结果、尚未审结相加为 4（3＋1），总计少 2，请对照原件。"
    )
    assert check.message_en == (
        "table 4, reconsideration: the total is printed as 2, "
        "upheld, corrected, other and pending add up to 4 (3 + 1): the total is 2 less; compare the original"
    )


def test_a_sum_of_many_numbers_is_counted_and_a_numbered_row_has_its_group() -> None:
    cells: dict[Key, Cell] = {k: 1 for k in sound(NEW) if k[0] == "requests"}
    check = one(cells, "requests.outcome_sum", "business")
    assert "相加为 21（21 个数），总计少 20" in check.message
    assert "add up to 21 (21 numbers): the total is 20 less" in check.message_en
    for field, name in (
        ("outcome.partially_granted", "“（二）部分公开”行"),
        ("outcome.denied.security_and_stability", "“（三）不予公开 3.危及‘三安全一稳定’”行"),
    ):
        assert name in one(cells, "requests.applicant_sum", field).message
    check = one(cells, "requests.applicant_sum", "outcome.other.other")
    assert (
        "“（六）其他处理 3.其他”行：总计列印 1，六类申请人相加为 6（1＋1＋1＋1＋1＋1），总计少 5"
        in check.message
    )


def test_no_sentence_gives_a_sign_alone_and_english_is_english() -> None:
    cells = sound(NEW)
    for key in cells:
        if key[1] in ("new", "outcome.total") or key[1].endswith(".total"):
            cells[key] = 10**6 + len(key[2])
    for check in checks_of(cells):
        assert not re.search(r"-\d|相差", check.message)
        assert not re.search(r"-\d|[\u4e00-\u9fff_]|difference", check.message_en)
        assert check.difference is None or check.difference == (check.left or 0) - (check.right or 0)
        if check.verdict is Verdict.FAIL and check.difference:
            assert f"{'少' if check.difference > 0 else '多'} {abs(check.difference)}" in check.message


BLANK_RULE = [
    # upheld, corrected, other, pending, total -> verdict, left, right
    ((1, "", "", "", 1), Verdict.PASS, 1, 1),
    (("", "", "", "", 0), Verdict.PASS, 0, 0),
    ((0, 0, 0, 0, ""), Verdict.PASS, 0, 0),
    ((1, "", 2, "", 3), Verdict.PASS, 3, 3),
    ((1, "/", "/", "/", 1), Verdict.PASS, 1, 1),
    ((5, "", "", "", 3), Verdict.FAIL, 5, 3),
    ((1, 1, 1, 1, 3), Verdict.FAIL, 4, 3),
    ((1, "", 0, 0, 3), Verdict.NOT_APPLICABLE, None, None),
    ((1, 1, 0, 0, ""), Verdict.NOT_APPLICABLE, None, None),
    ((1, "?", 0, 0, 3), Verdict.NOT_APPLICABLE, None, None),
    ((5, "?", 0, 0, 3), Verdict.FAIL, 5, 3),
    ((1, None, 0, 0, 3), Verdict.NOT_APPLICABLE, None, None),
    ((5, None, 0, 0, 3), Verdict.FAIL, 5, 3),
    ((1, 2, 0, 0, None), Verdict.NOT_APPLICABLE, None, None),
    (("", "", "", "", ""), Verdict.NOT_APPLICABLE, None, None),
    (("/", "/", "/", "/", "/"), Verdict.NOT_APPLICABLE, None, None),
]


@pytest.mark.parametrize(("cells", "verdict", "left", "right"), BLANK_RULE)
def test_blank_rule(cells: tuple[Cell, ...], verdict: Verdict, left: int | None, right: int | None) -> None:
    check = review(*cells)
    assert (check.verdict, check.left, check.right) == (verdict, left, right)
    assert (check.difference is None) == (verdict is Verdict.NOT_APPLICABLE)


def test_a_table_that_is_not_there_has_no_checks() -> None:
    absent: dict[Key, Cell] = dict.fromkeys(sound(NEW))
    assert checks_of(absent) == []
    assert checks_of({}) == []


@pytest.mark.parametrize(("editions", "gone"), [(NEW, "outcome.other"), (OLD, "outcome.other.other")])
def test_rows_of_the_other_edition_take_no_part(editions: Editions, gone: str) -> None:
    cells = sound(editions)
    cells |= {("requests", gone, a): None for a in APPLICANTS}
    sums = [c for c in checks_of(cells) if c.check == "requests.outcome_sum"]
    assert {c.verdict for c in sums} == {Verdict.PASS}


def test_a_doubtful_operand_makes_the_origin_uncertain() -> None:
    cells = sound(NEW)
    key: Key = ("requests", "outcome.granted", "business")
    for confidence, flags in ((0.5, ()), (1.0, ("doubt.alignment",))):
        observations = [
            observe(k, v, confidence, flags) if k == key else observe(k, v) for k, v in cells.items()
        ]
        uncertain = {
            (c.check, c.scope) for c, _ in check_relations(observations) if c.origin is Origin.UNCERTAIN
        }
        assert uncertain == {
            ("requests.outcome_sum", "business"),
            ("requests.applicant_sum", "outcome.granted"),
        }


def test_the_dictionary_has_the_relations_of_one_document() -> None:
    assert {r.check for r in FORM.relations} == set(CHECK_IDS.values())
    assert all(all(map(all, r.words)) and r.table in ("requests", "remedies") for r in FORM.relations)


CELLS = st.one_of(st.integers(0, 4), st.sampled_from(["", "/", "?"]))


@given(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS))
def test_verdict_is_what_counts_in_the_gaps_allow(cells: tuple[Cell, ...]) -> None:
    parts, total = cells[:-1], cells[-1]
    known = sum(p for p in parts if isinstance(p, int))
    printed = any(isinstance(c, int) for c in cells)
    side = total if isinstance(total, int) else 0
    # the smaller side may be filled up from its gaps, and no count is negative
    open_left = any(not isinstance(p, int) for p in parts)
    fillable = open_left if known < side else not isinstance(total, int)
    if not printed:
        expected = Verdict.NOT_APPLICABLE
    elif known == side:
        expected = Verdict.PASS
    else:
        expected = Verdict.NOT_APPLICABLE if fillable else Verdict.FAIL
    assert review(*cells).verdict is expected


@pytest.mark.parametrize("gaps", [0.0, 0.1, 0.7])
@pytest.mark.parametrize("seed", range(40))
def test_failures_are_those_that_the_truth_knows(seed: int, gaps: float) -> None:
    editions = (NEW, OLD)[seed % 2]
    cells = sound(editions)
    draw = Random(f"{seed}-{gaps}").random
    for key in cells:
        if draw() < 0.03:
            cells[key] = int(draw() * 50)
        elif draw() < gaps:
            cells[key] = ("", "/", 0)[int(draw() * 3)]
    observations = {k: observe(k, v) for k, v in cells.items()}
    failed: set[Failure] = {
        (c.check, c.scope, c.left, c.right)  # type: ignore[misc]
        for c, _ in check_relations(list(observations.values()))
        if c.verdict is Verdict.FAIL
    }
    certain, optional = expected_failures(observations, editions)
    assert certain <= failed <= certain | optional


def test_names_of_the_relations_in_truth_files() -> None:
    entry = {"check": "balance", "scope": "total", "left": "1", "right": "0"}
    assert failures_of_line([entry]) == {("requests.balance", "total", Decimal(1), Decimal(0))}
