"""Documents of a known truth, and a report as read against that truth: right, wrong, silent, missing.

Enters: editions and a clerk's hand, or a `Report` and what truth.jsonl expects of it. Leaves: bytes of text
and Word files without anything drawn at random, and lists of differences; nothing is asserted here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from corpus.figures import draw_numbers
from corpus.flatten import Flattening
from corpus.grid import Grid
from corpus.labels import Lettering
from corpus.layout import Draughtsman, Plan, draw_disclosure, draw_remedies, draw_requests
from corpus.official import (
    APPLICANTS,
    REQUEST_ROWS,
    RESULTS_OF_REVIEW,
    REVIEW_BLOCKS,
    Editions,
    Key,
    Numbers,
    outcome_leaves,
)
from corpus.page import HEADINGS, Block, Line, Page, assemble
from corpus.printing import Hand, print_numbers
from corpus.relations import Printed, failed_checks
from corpus.text import Writing, write_text
from corpus.truth import Identity, ReportTruth
from corpus.word import Wording, write_word
from extract.document import Source
from extract.read import read_document
from normalize.read import read_report
from normalize.report import Observation, Report, Status, Verdict

CHECK_IDS = {
    "balance": "requests.balance",
    "column_total": "requests.outcome_sum",
    "row_total": "requests.applicant_sum",
    "review_total": "remedies.sum",
}
"""The names that truth.jsonl has for the relations."""

Failure = tuple[str, str, Decimal, Decimal]
"""Check, scope, left, right."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A cell that differs from the truth."""

    key: Key
    expected: str
    got: str
    confidence: float
    flags: tuple[str, ...]

    @property
    def flagged(self) -> bool:
        """A person is told to look at it."""
        return bool(self.flags) or self.confidence < 0.9

    def __str__(self) -> str:
        return f"{'/'.join(self.key)}: {self.expected} read as {self.got} ({self.confidence}, {';'.join(self.flags)})"


@dataclass(frozen=True, slots=True)
class Score:
    """All cells of one report; `silent` is the part of `wrong` that shows a number and that nothing points at."""

    right: tuple[Key, ...]
    wrong: tuple[Miss, ...]
    missing: tuple[Miss, ...]
    silent: tuple[Miss, ...]

    @property
    def share(self) -> Decimal:
        """Right cells among the expected ones; 1 where nothing is expected."""
        count = len(self.right) + len(self.wrong) + len(self.missing)
        return Decimal(len(self.right)) / count if count else Decimal(1)

    @property
    def unflagged(self) -> tuple[Miss, ...]:
        """Printed numbers that are not right and that nothing points at."""
        return tuple(m for m in (*self.wrong, *self.missing) if not m.flagged)


def read_bytes(data: bytes, name: str = "report") -> Report:
    """The whole reading of a file that is only bytes."""
    return read_report(read_document(data, Source(name, hashlib.sha256(data).hexdigest(), len(data))))


def _describe(status: str, value: Decimal | None, unit: str) -> str:
    return f"{value:f} {unit}" if value is not None else f"[{status}]"


def _compare(expected: Mapping[str, Any], found: Observation | None) -> tuple[bool, bool]:
    """(right, missing)."""
    value = None if expected["value"] is None else Decimal(expected["value"])
    if found is None or found.status is Status.ABSENT:
        return False, True
    if value is not None:
        same_unit = expected["unit"] not in ("元", "万元") or found.unit == expected["unit"]
        return found.value == value and same_unit, found.value is None
    return found.value is None and found.status.value == expected["status"], False


def score_cells(report: Report, expected: Iterable[Mapping[str, Any]]) -> Score:
    """Every expected cell, and every number that the report has beyond them."""
    found = {(o.table, o.field, o.applicant): o for o in report.observations}
    right: list[Key] = []
    wrong: list[Miss] = []
    missing: list[Miss] = []
    silent: list[Miss] = []
    for cell in expected:
        key = (cell["table"], cell["field"], cell["applicant"])
        mine = found.pop(key, None)
        value = None if cell["value"] is None else Decimal(cell["value"])
        miss = _miss(key, _describe(cell["status"], value, cell["unit"]), mine)
        is_right, is_missing = _compare(cell, mine)
        if is_right:
            right.append(key)
            continue
        (missing if is_missing else wrong).append(miss)
        silent += [miss] if mine is not None and mine.value is not None and not miss.flagged else []
    for key, mine in found.items():
        if mine.value is not None:
            miss = _miss(key, "nothing", mine)
            wrong.append(miss)
            silent += [] if miss.flagged else [miss]
    return Score(tuple(right), tuple(wrong), tuple(missing), tuple(silent))


def _miss(key: Key, expected: str, found: Observation | None) -> Miss:
    if found is None:
        return Miss(key, expected, "no row", 1.0, ())
    got = _describe(found.status.value, found.value, found.unit)
    return Miss(key, expected, got, found.confidence, found.flags)


def score_truth(report: Report, truth: ReportTruth, present: Iterable[Key] | None = None) -> Score:
    """Against a truth of the generator; `present`: the cells that the page shows, all unless given."""
    return score_cells(report, truth.observations(truth.facts if present is None else present))


Facts = dict[Key, tuple[Decimal | None, str, str]]
"""Value, unit and status by cell; no unit where there is no number."""


def facts_of(report: Report) -> Facts:
    """Every cell that the document prints."""
    return {
        (o.table, o.field, o.applicant): (o.value, o.unit if o.value is not None else "", o.status.value)
        for o in report.observations
        if o.status is not Status.ABSENT
    }


def facts_of_truth(truth: ReportTruth) -> Facts:
    """The same of a truth."""
    return {
        key: (fact.value, fact.unit if fact.value is not None else "", fact.status)
        for key, fact in truth.facts.items()
    }


def failures_of(report: Report) -> set[Failure]:
    """The relations that a report finds broken."""
    return {
        (c.check, c.scope, c.left, c.right)
        for c in report.checks
        if c.verdict is Verdict.FAIL and c.left is not None and c.right is not None
    }


def failures_of_line(entries: Iterable[Mapping[str, str]]) -> set[Failure]:
    """`checks_failed` or `checks_optional` of a line of truth."""
    return {(CHECK_IDS[e["check"]], e["scope"], Decimal(e["left"]), Decimal(e["right"])) for e in entries}


def expected_failures(facts: Mapping[Key, Printed], editions: Editions) -> tuple[set[Failure], set[Failure]]:
    """(certain, optional) failures of printed cells."""
    certain, optional = failed_checks(facts, editions)
    return failures_of_line(certain), failures_of_line(optional)


def same_number(found: str, expected: str | None) -> bool:
    """Whether two document numbers are one: brackets of the year and gaps differ from hand to hand."""
    brackets = str.maketrans("[【（()）】]", "〔〔〔〔〕〕〕〕")
    return "".join(found.split()).translate(brackets) == (expected or "").translate(brackets)


def show(misses: Sequence[Miss], most: int = 8) -> str:
    """A few of them, one a line."""
    return "\n".join(map(str, misses[:most])) + (f"\n... {len(misses)} in all" if len(misses) > most else "")


NEW = Editions("2021", "2021", "2021")
OLD = Editions("2019", "2019", "2019")
MIXED = Editions("2019", "2021", "2019")
WHO = Identity(
    "云台县人民政府",
    ("云台县人民政府",),
    "云政",
    2022,
    ("云台县人民政府", "2022年政府信息公开工作年度报告"),
    "云政〔2023〕7号",
    "云政〔2023〕7号",
    "2023-01-19",
    "2023年1月19日",
    "云台县人民政府",
)
TABS = Flattening("tabs", "empty", "empty", "empty")
TABS_COLLAPSED = Flattening("tabs", "collapse", "empty", "empty")
PIPES_COLLAPSED = Flattening("pipes", "collapse", "collapse", "collapse")
LINES = Flattening("lines", "collapse", "collapse", "collapse")
WORD = Wording()

Output = Flattening | Wording
OUTPUTS: dict[str, Output] = {"tabs": TABS, "word": WORD}
"""The two ways in which most tests write their documents."""


def draw(editions: Editions, hand: Hand | None = None, size: str = "small", seed: object = 0) -> ReportTruth:
    """A sound truth: every relation holds."""
    rng = Random(f"{seed}")
    return truth_of(editions, draw_numbers(rng, editions, size), hand, seed)


def truth_of(
    editions: Editions,
    numbers: Numbers,
    hand: Hand | None = None,
    seed: object = 0,
    planted: Sequence[str] = (),
) -> ReportTruth:
    """These numbers as this clerk prints them."""
    facts = print_numbers(Random(f"print-{seed}"), hand or Hand(), editions, numbers)
    return ReportTruth(WHO, editions, facts, tuple(planted))


def distinct(editions: Editions, hand: Hand | None = None) -> ReportTruth:
    """A sound truth whose numbers all differ, so that one that went astray shows."""
    numbers: Numbers = {}
    leaf = 11
    for key in editions.cells():
        numbers[key] = Decimal(leaf)
        leaf += 7
    _balance(editions, numbers)
    return truth_of(editions, numbers, hand)


def _balance(editions: Editions, numbers: Numbers) -> None:
    """Totals made to fit."""
    for a in APPLICANTS[:-1]:
        total = sum((numbers["requests", f, a] for f in outcome_leaves(editions.requests)), Decimal(0))
        numbers["requests", "outcome.total", a] = total
        out, back = numbers["requests", "carried_out", a], numbers["requests", "carried_in", a]
        numbers["requests", "new", a] = total + out - back
    for row in REQUEST_ROWS[editions.requests]:
        parts = (numbers["requests", row.field, a] for a in APPLICANTS[:-1])
        numbers["requests", row.field, "total"] = sum(parts, Decimal(0))
    for block, _, _ in REVIEW_BLOCKS:
        parts = (numbers["remedies", f"{block}.{x}", ""] for x in RESULTS_OF_REVIEW[:-1])
        numbers["remedies", f"{block}.total", ""] = sum(parts, Decimal(0))


def tables(
    truth: ReportTruth, plan: Plan | None = None, lettering: Lettering | None = None
) -> dict[str, list[Grid]]:
    """The three tables as official as the plan says."""
    plan = plan or Plan()
    pen = Draughtsman(Random("tables"), truth, lettering or Lettering())
    return {
        "disclosure": draw_disclosure(pen, plan),
        "requests": [draw_requests(pen, plan)],
        "remedies": draw_remedies(pen, plan),
    }


def page_of(truth: ReportTruth, content: Mapping[str, Sequence[Block]]) -> Page:
    """A report around these tables."""
    sections: list[Sequence[Block]] = [
        [Line("全年按季度检查公开栏目，及时更新各类信息。")],
        content["disclosure"],
        content["requests"],
        content["remedies"],
        [Line("解读形式偏少，来年增加视频解读。")],
        [Line("无其他需要报告的事项。")],
    ]
    return assemble(Random("page"), truth, HEADINGS, sections, prose=False)


def write(page: Page, output: Output, seed: object = 0) -> bytes:
    """The file."""
    rng = Random(f"write-{seed}")
    if isinstance(output, Wording):
        return write_word(rng, page, output)
    # one cell a line: a blank line would be one more cell
    return write_text(rng, page, output, Writing(loose=output.style not in ("lines", "web", "joined")))


def write_report(truth: ReportTruth, output: Output, plan: Plan | None = None, seed: object = 0) -> bytes:
    """The tables of a truth in this way of writing."""
    return write(page_of(truth, tables(truth, plan)), output, seed)


def write_with(truth: ReportTruth, output: Output, **changed: Sequence[Block]) -> bytes:
    """The same with some tables changed: requests=[...]."""
    return write(page_of(truth, {**tables(truth), **changed}), output)
