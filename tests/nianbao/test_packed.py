"""Documents and outcomes as bytes."""

import dataclasses
import datetime
import json
import pickle
import tracemalloc
import zlib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from extract.document import BBox, Cell, Document, Paragraph, Source, Table
from extract.errors import Damaged, ReadError, TooLarge
from nianbao.choices import DEFAULTS, Reread
from nianbao.journal import packed as packed_module
from nianbao.journal import rules
from nianbao.journal.codec import codec_of
from nianbao.journal.events import Listed
from nianbao.journal.packed import NotStored, pack, unpack
from nianbao.journal.readings import Readings
from nianbao.limits import LIMITS
from nianbao.progress.stage_times import Stages
from nianbao.reading.first_reading import read_first
from nianbao.reading.items import Spent, identify
from nianbao.reading.job import Job
from nianbao.reading.make_events import make_result
from nianbao.reading.understand import understand
from nianbao.results.tally import Tally, count
from normalize.report import Check, Identity, Mention, Observation, Origin, Report, Status, Verdict
from output.outcome import Outcome

REPORTS = sorted((Path(__file__).resolve().parents[2] / "fixtures/reports").iterdir())
READ = [path for path in REPORTS if path.suffix in {".docx", ".txt", ".pdf", ".html", ".xlsx", ".ofd"}]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_what_is_packed_comes_out_again(path):
    data = path.read_bytes()
    source = Source(path.name, "0" * 64, len(data))
    readings, _ = read_first(identify(source, data), ())
    again = unpack(pack(readings, Readings), Readings)
    assert (again.first, again.second, again.format) == (readings.first, readings.second, readings.format)
    assert repr(again.error) == repr(readings.error)
    if readings.first:
        report = understand(readings, source, Reread.NEVER, None, Stages()).report
        outcome = Outcome(source, "ok", report.format, report)
        assert unpack(pack(outcome, Outcome), Outcome) == outcome
        assert pack(unpack(pack(outcome, Outcome), Outcome), Outcome) == pack(outcome, Outcome)
        assert unpack(pack(count([outcome]), Tally), Tally) == count([outcome])


def test_errors_and_counts_come_out_again():
    error = unpack(pack(Damaged("第 3 页"), ReadError), ReadError)
    assert (type(error), error.detail) == (Damaged, "第 3 页")
    assert type(unpack(pack(Spent("> 4 GB"), ReadError), ReadError)) is TooLarge
    assert unpack(pack(Tally(Counter(ok=2)), Tally), Tally).statuses == {"ok": 2}


def test_names_that_are_no_text_come_out_again():
    source = Source("\udcff/\x00/年报.txt", "", 0)
    assert unpack(pack(source, Source), Source) == source


@pytest.mark.parametrize("kind", [Outcome, Readings, Tally, tuple[Listed, ...]], ids=str)
def test_every_type_that_is_kept_has_a_codec(kind):
    assert codec_of(kind)


@pytest.mark.parametrize("kind", [Path, object, complex], ids=str)
def test_no_other_type_has_one(kind):
    with pytest.raises(TypeError):
        codec_of(kind)


def packed(column):
    return zlib.compress(json.dumps(column).encode())


GOOD = [["a"], ["b"], [1]]


@pytest.mark.parametrize(
    "harm",
    [
        b"",
        b"x",
        zlib.compress(pickle.dumps(Source("a", "b", 1))),
        pack(Source("a", "b", 1), Source)[:-4],
        pack(Source("a", "b", 1), Source) + b"more",
        zlib.compress(b"\xff\xfe"),
        zlib.compress(b"[" * 100_000),
        packed(None),
        packed([]),
        packed([*GOOD, ["more"]]),
        packed([["a"], ["b"], ["1"]]),
        packed([["a", "b"], ["b"], [1]]),
        packed([{"a": 1}, ["b"], [1]]),
        packed([["a"], [None], [1]]),
    ],
)
def test_what_is_not_as_its_type_says_is_refused(harm):
    assert unpack(packed(GOOD), Source) == Source("a", "b", 1)
    with pytest.raises(NotStored):
        unpack(harm, Source)


SOURCE = Source("a.txt", "0" * 64, 7)
DOCUMENT = Document(SOURCE, "text", "text", (Paragraph("字"), Table((Cell("1", 0, 0),), 1, 1)))
REPORT = Report(
    *(SOURCE, "text", "text", None, Identity("某局年报", issued_on=datetime.date(2024, 1, 31)), "2021"),
    observations=(
        Observation(
            "requests", "new", "total", Decimal("7.50"), "件", Status.PRINTED, bbox=BBox(1, 2, 3.5, 4)
        ),
        Observation("requests", "new", "business", None, "件", Status.BLANK, flags=("doubt.column",)),
    ),
    checks=(Check("a", "b", Decimal(1), None, None, Verdict.FAIL, Origin.AS_PRINTED, "不符"),),
    mentions=(Mention(1, "信息", Decimal(138), "条", "共138条"),),
)


def values_in(column, where=()):
    """The place of everything in nested lists."""
    yield where
    if isinstance(column, list):
        for place, part in enumerate(column):
            yield from values_in(part, (*where, place))


@pytest.mark.parametrize("wrong", [None, -1, 10**30, True, 1.5, "x", "", [], [[]], {}], ids=repr)
def test_whatever_stands_in_the_place_of_any_value_something_of_the_type_comes_out_or_nothing(wrong):
    """Each part of a small outcome, and of readings, put in question in turn."""
    kept = {Outcome: Outcome(SOURCE, "flagged", report=REPORT), Readings: Readings(DOCUMENT, Damaged("x"))}
    refused = 0
    for kind, thing in kept.items():
        plain = json.dumps(codec_of(kind).encode([thing]))
        for place in values_in(json.loads(plain)):
            column = json.loads(plain)
            spot = column
            for step in place[:-1]:
                spot = spot[step]
            if place:
                spot[place[-1]] = wrong
            try:
                made = unpack(packed(column if place else wrong), kind)
            except NotStored:
                refused += 1
            else:
                assert isinstance(made, kind)
                assert pack(made, kind)
    assert refused > 100


def test_what_unpacks_to_more_than_is_ever_packed_is_given_up(monkeypatch):
    monkeypatch.setattr(packed_module, "MOST", 10_000)
    with pytest.raises(TooLarge):
        pack(Source("a" * 10_000, "", 0), Source)
    bomb = zlib.compress(b'[["' + b"a" * 10_000_000 + b'"],["b"],[1]]')
    tracemalloc.start()
    with pytest.raises(NotStored):
        unpack(bomb, Source)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_report_too_large_to_be_kept_has_failed_of_that(monkeypatch):
    job = Job(DEFAULTS, rules.make_rules(DEFAULTS, LIMITS), Path())
    monkeypatch.setattr(packed_module, "MOST", 500)
    result = make_result(Outcome(SOURCE, "ok", "text", REPORT), job)
    assert (result.status, result.error_code, result.format) == ("failed", "too_large", "text")


def modules_of(hint):
    """The modules of all of our types that a type is made of."""
    if dataclasses.is_dataclass(hint):
        yield hint.__module__
        for part in get_type_hints(hint).values():
            yield from modules_of(part)
    for part in get_args(hint):
        yield from modules_of(part)


def test_the_rules_change_with_every_type_that_is_kept():
    """What is packed by position must not be put together by a program whose types have other fields."""
    modules = {name for kind in (Outcome, Readings, Listed) for name in modules_of(kind)}
    kept = {
        name.replace(".", "/") + ".py" for name in modules if not name.startswith(("extract.", "normalize."))
    }
    assert kept == {"nianbao/journal/events.py", "nianbao/journal/readings.py", "output/outcome.py"}
    assert {"nianbao/journal/events.py", "nianbao/journal/readings.py", "nianbao/journal/codec.py"} <= {
        *rules._READING
    }
    assert "output/outcome.py" in rules._UNDERSTANDING


def test_a_rule_is_another_when_one_file_is(monkeypatch):
    made = rules.make_rules(DEFAULTS, LIMITS)
    monkeypatch.setattr(rules, "_UNDERSTANDING", rules._UNDERSTANDING[:-1])
    other = rules.make_rules(DEFAULTS, LIMITS)
    assert (made.reader, made.dictionary != other.dictionary) == (other.reader, True)
