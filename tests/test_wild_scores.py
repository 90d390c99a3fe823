"""`bench/wild.py` counts what a run made of the family of unusual layouts."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from wild import Scores, render, score  # noqa: E402 - after the path is set

from corpus.variants import Made  # noqa: E402
from corpus.wild.make import generate_wild  # noqa: E402

OBSERVATIONS = ("source", "table", "field", "applicant", "value", "raw", "confidence", "flags")
CHECKS = ("source", "check", "scope", "verdict", "origin")
Row = dict[str, str]


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(generate_wild(2, 12))


def rows_of(made: Iterable[Made]) -> list[Row]:
    """What a run without fault would write."""
    return [
        {
            **{name: o[name] or "" for name in ("table", "field", "applicant", "value", "raw")},
            "source": m.source,
            "confidence": "1.00",
            "flags": "",
        }
        for m in made
        for o in m.line["observations"]
    ]


def scored(made: list[Made], out: Path, rows: list[Row], checks: Iterable[Mapping[str, str]] = ()) -> Scores:
    for name, columns, lines in (("observations", OBSERVATIONS, rows), ("checks", CHECKS, checks)):
        with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(lines)
    return score([m.line for m in made], out)


def whole(scores: Scores) -> Mapping[str, int]:
    total = sum(scores.by_format.values(), start=type(scores.official)())
    parts = sum(scores.by_kind.values(), start=scores.official.copy())
    assert all(total[name] == parts[name] for name in ("cells", "right", "wrong", "silent", "missing"))
    return total


def test_a_run_without_fault_is_all_right(made: list[Made], tmp_path: Path) -> None:
    counts = whole(scored(made, tmp_path, rows_of(made)))
    assert counts["right"] == counts["cells"] > 1500
    assert counts["wrong"] == counts["silent"] == counts["missing"] == counts["false"] == 0


def test_each_fault_is_counted_where_it_belongs(made: list[Made], tmp_path: Path) -> None:
    rows = rows_of(made)
    printed = [r for r in rows if r["value"]]
    printed[0]["value"] += "7"
    printed[1] |= {"value": printed[1]["value"] + "7", "flags": "doubt.column"}
    printed[2] |= {"flags": "doubt.column"}
    printed[3]["value"] = ""
    rows.append({**printed[4], "field": "no.such.field"})
    checks = [
        {"source": made[0].source, "check": "remedies.sum", "scope": s, "verdict": "fail", "origin": o}
        for s, o in (("never_a", "as_printed"), ("never_b", "uncertain"))
    ]
    counts = whole(scored(made, tmp_path, rows, checks))
    found = {name: counts[name] for name in ("silent", "wrong", "doubted", "missing", "false", "blamed")}
    assert found == {"silent": 2, "wrong": 1, "doubted": 1, "missing": 1, "false": 2, "blamed": 1}
    assert counts["right"] == counts["cells"] - 3


def test_the_table_has_a_line_for_each_kind(made: list[Made], tmp_path: Path) -> None:
    scores = scored(made, tmp_path, rows_of(made))
    assert {line.split()[0] for line in render(scores) if line} > set(scores.by_kind)
