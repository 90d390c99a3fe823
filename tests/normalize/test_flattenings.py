"""One truth in every flattening of text and every kind of Word merge: the same facts come out of each."""

from __future__ import annotations

from functools import cache

import pytest
from scoring import (
    LINES,
    MIXED,
    NEW,
    OLD,
    PIPES_COLLAPSED,
    TABS,
    TABS_COLLAPSED,
    Output,
    distinct,
    draw,
    facts_of,
    facts_of_truth,
    read_bytes,
    score_truth,
    show,
    write_report,
)

from corpus.exports import OPTIONS as EXPORTS
from corpus.flatten import PASTED, Flattening
from corpus.layout import Plan
from corpus.official import Editions
from corpus.printing import Hand
from corpus.truth import ReportTruth
from corpus.wordtable import MERGES, Wording

OUTPUTS: dict[str, Output] = {
    "tabs": TABS,
    "tabs_collapsed": TABS_COLLAPSED,
    "tabs_repeated": Flattening("tabs", "repeat", "repeat", "repeat"),
    "tabs_without_trailing": Flattening("tabs", "empty", "empty", "empty", noise=("stripped",)),
    "cell_a_line": LINES,
    "web": Flattening("web", "collapse", "collapse", "collapse"),
    **{f"web_{how}": Flattening("web", "collapse", "collapse", "collapse", how) for how in PASTED},
    "pipes_collapsed": PIPES_COLLAPSED,
    "pipes_empty": Flattening("pipes", option="edges"),
    "pipes_tight": Flattening("pipes", option="tight"),
    "markdown": Flattening("markdown"),
    "aligned": Flattening("aligned"),
    "aligned_loose": Flattening("aligned", option="gap_lines"),
    "aligned_wide": Flattening("aligned", option="wide"),
    "boxes": Flattening("boxes"),
    "boxes_ascii": Flattening("boxes", option="ascii"),
    "commas": Flattening("comma"),
    "commas_collapsed": Flattening("comma", "collapse", "collapse", "collapse"),
    **{f"word_{merges}": Wording(merges) for merges in MERGES},
    "word_numbered": Wording(numbering=True, margins=True, breaks="p"),
    "word_nested": Wording(nest="each", wide_blanks=True),
    **{
        f"{style}_{option}".strip("_"): Flattening(style, "collapse", "collapse", "collapse", option)
        for style, options in EXPORTS.items()
        for option in options
    },
}
TRUTHS: dict[str, tuple[Editions, Hand]] = {
    "form_2021": (NEW, Hand()),
    "form_2019": (OLD, Hand()),
    "mixed": (MIXED, Hand()),
    "mixed_items": (Editions("2021", "2021", "2019"), Hand()),
    "blanks": (NEW, Hand(zero="blank")),
    "blank_reconsideration": (OLD, Hand(blank_review=True)),
    "dashes": (NEW, Hand(zero="dash", dash="—")),
    "slashes": (OLD, Hand(zero="dash", dash="/")),
    "none_in_words": (MIXED, Hand(zero="dash", dash="无")),
    "notes": (NEW, Hand(notes=0.3)),
    "units": (OLD, Hand(units=0.3)),
    "full_width": (NEW, Hand(wide=1)),
    "thousands": (NEW, Hand(thousands=",")),
    "unreadable": (NEW, Hand(unreadable=0.05)),
}
PLANS = {
    "several": Plan(disclosure="several"),
    "wide": Plan(disclosure="wide"),
    "one_head": Plan(requests="one_head"),
    "flat": Plan(remedies="flat"),
    "two_heads": Plan(remedies="two_heads"),
    "three_tables": Plan(remedies="cut"),
    "single_stub": Plan(requests="single_stub"),
    "joined_stub": Plan(requests="joined_stub"),
}


@cache
def truth(name: str) -> ReportTruth:
    editions, hand = TRUTHS[name]
    return draw(editions, hand, "large" if name == "thousands" else "medium", name)


WITHOUT_BLANKS = [o for o in OUTPUTS if o.startswith(("spaced", "stream"))]
"""Ways of writing in which an empty cell leaves no trace, and a word beside the numbers may be its label's."""
WITH_BLANKS = ("blanks", "blank_reconsideration", "unreadable")


@pytest.mark.parametrize(
    ("name", "output"),
    [(n, o) for n in TRUTHS for o in OUTPUTS if n not in WITH_BLANKS or o not in WITHOUT_BLANKS],
)
def test_same_facts_from_every_flattening(name: str, output: str) -> None:
    report = read_bytes(write_report(truth(name), OUTPUTS[output], seed=name))
    score = score_truth(report, truth(name))
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert facts_of(report) == facts_of_truth(truth(name))


@pytest.mark.parametrize("output", WITHOUT_BLANKS)
@pytest.mark.parametrize("name", WITH_BLANKS)
def test_numbers_beside_lost_blanks_are_in_doubt_where_they_are_wrong(name: str, output: str) -> None:
    report = read_bytes(write_report(truth(name), OUTPUTS[output], seed=name))
    score = score_truth(report, truth(name))
    silent = [m for m in score.wrong if not m.flags and m.confidence >= 0.9]
    assert not silent, show(silent)
    assert len(score.right) > 60


@pytest.mark.parametrize("editions", [NEW, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize(
    ("plan", "output"),
    # "wide" has heads and rows that span differently: printed again in every slot, no one can tell the columns
    [(p, o) for p in PLANS for o in OUTPUTS if (p, o) != ("wide", "tabs_repeated")],
)
def test_same_facts_however_the_tables_are_drawn(plan: str, output: str, editions: Editions) -> None:
    truth = distinct(editions)
    report = read_bytes(write_report(truth, OUTPUTS[output], PLANS[plan]))
    score = score_truth(report, truth)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert facts_of(report) == facts_of_truth(truth)


@pytest.mark.parametrize("editions", [NEW, OLD], ids=["2021", "2019"])
@pytest.mark.parametrize(
    "output", ["tabs", "pipes_empty", "markdown", "boxes", "word_spans", "word_continue_text"]
)
@pytest.mark.parametrize("plan", [p for p in PLANS if p != "wide"])
def test_empty_rows_are_blank_however_the_tables_are_drawn(
    plan: str, output: str, editions: Editions
) -> None:
    """Where heads and rows span differently an empty cell may be any of two: that drawing is left out."""
    truth = draw(editions, Hand(zero="blank"), "tiny", plan)
    report = read_bytes(write_report(truth, OUTPUTS[output], PLANS[plan]))
    score = score_truth(report, truth)
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert facts_of(report) == facts_of_truth(truth)


@pytest.mark.parametrize("output", ["cell_a_line", "bars", "bars_own_line"])
def test_an_empty_row_does_not_take_the_row_below_with_its_group_before_the_label(output: str) -> None:
    blanks = truth("blanks")
    score = score_truth(read_bytes(write_report(blanks, OUTPUTS[output], PLANS["joined_stub"])), blanks)
    assert not score.unflagged, show(score.unflagged)


@pytest.mark.parametrize("output", OUTPUTS)
def test_sound_report_is_read_without_a_doubt(output: str) -> None:
    report = read_bytes(write_report(distinct(NEW), OUTPUTS[output]))
    assert [o for o in report.observations if o.flags or o.confidence < 0.9] == []
    assert [c for c in report.checks if c.verdict != "pass"] == []
    assert report.issues == ()


@pytest.mark.parametrize("editions", [OLD, NEW], ids=["2019", "2021"])
def test_heads_that_wrap_make_no_rows(editions: Editions) -> None:
    """Tabbed text keeps the paragraphs of a cell: 法律服务机构 and 其他 end up on a line of their own."""
    truth = distinct(editions)
    text = write_report(truth, TABS).decode()
    for label in ("商业企业", "科研机构", "社会公益组织", "法律服务机构"):
        middle = len(label) // 2
        text = text.replace(f"\t{label}", f"\t{label[:middle]}\n{label[middle:]}")
    report = read_bytes(text.encode())
    assert facts_of(report) == facts_of_truth(truth)
    assert not any("doubt" in flag for o in report.observations for flag in o.flags)
