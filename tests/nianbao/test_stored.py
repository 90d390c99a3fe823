"""Documents and outcomes as bytes."""

import pickle
import zlib
from collections import Counter
from pathlib import Path

import pytest

from extract.document import Source
from extract.errors import Damaged
from nianbao import rules
from nianbao.choices import DEFAULTS
from nianbao.limits import LIMITS
from nianbao.stored import MODULES, NotStored, pack, unpack
from nianbao.tally import Tally, count
from nianbao.understand import read_first, understand
from nianbao.work import Stages
from output.outcome import Outcome

REPORTS = sorted((Path(__file__).resolve().parents[2] / "fixtures/reports").iterdir())
READ = [path for path in REPORTS if path.suffix in {".docx", ".txt", ".pdf", ".html", ".xlsx", ".ofd"}]


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_what_is_packed_comes_out_again(path):
    data = path.read_bytes()
    source = Source(path.name, "0" * 64, len(data))
    readings, _ = read_first(data, source, DEFAULTS)
    again = unpack(pack(readings))
    assert (again.first, again.second, again.form) == (readings.first, readings.second, readings.form)
    assert repr(again.error) == repr(readings.error)
    if readings.first:
        report, _ = understand(readings, source, DEFAULTS.reread, lambda: None, Stages().timed)
        outcome = Outcome(source, "ok", report.format, report)
        assert unpack(pack(outcome)) == outcome
        assert pack(unpack(pack(outcome))) == pack(outcome)
        assert unpack(pack(count([outcome]))) == count([outcome])


def test_errors_and_counts_come_out_again():
    error = unpack(pack(Damaged("第 3 页")))
    assert (type(error), error.detail) == (Damaged, "第 3 页")
    assert unpack(pack(Tally(Counter(ok=2)))).statuses == {"ok": 2}


class Alien:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call[0], self.call[1:]


@pytest.mark.parametrize(
    "thing",
    [Alien(print, "called"), Alien(getattr, "x", "upper"), Path("x"), pickle.loads, Outcome.__init__],  # noqa: S301 - not called
    ids=["call", "attribute", "path", "function", "method"],
)
def test_nothing_but_our_own_types_comes_out(thing, capsys):
    with pytest.raises(NotStored):
        unpack(zlib.compress(pickle.dumps(thing)))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("harm", [b"", b"x", pack(Source("a", "b", 1))[:-4], zlib.compress(b"\x80\x05")])
def test_damaged_bytes_are_refused(harm):
    with pytest.raises(NotStored):
        unpack(harm)


def test_the_rules_change_with_every_type_that_is_kept():
    """What is packed by position must not be put together by a program whose types have other fields."""
    whole = ("extract.", "normalize.")
    kept = {name.replace(".", "/") + ".py" for name in MODULES if not name.startswith(whole)}
    of_one_run = {"nianbao/plan.py", "nianbao/tally.py"}
    assert kept - of_one_run == {"nianbao/understand.py", "output/outcome.py"}
    assert "nianbao/understand.py" in rules._READING
    assert "output/outcome.py" in rules._UNDERSTANDING


def test_a_rule_is_another_when_one_file_is(monkeypatch):
    made = rules.make_rules(DEFAULTS, LIMITS)
    monkeypatch.setattr(rules, "_UNDERSTANDING", rules._UNDERSTANDING[:-1])
    other = rules.make_rules(DEFAULTS, LIMITS)
    assert (made.reader, made.dictionary != other.dictionary) == (other.reader, True)
