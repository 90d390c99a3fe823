"""What a change of reading gained and lost, by format and variant.

Enters: the tables of two runs and what is known of their files. Leaves: counts, and the cells behind them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from gate.inputs import Key, Truth, number
from gate.tables import TableRow, read_table

State = Literal["right", "doubted", "flagged", "silent", "missing"]
"""Right; right and in doubt; wrong and in doubt; wrong without a word; no number where one is printed."""
RIGHT: Final = frozenset({"right", "doubted"})
SURE: Final = Decimal("0.9")
"""Confidence from which a wrong number without a flag is silent."""
CHANGES: Final = ("gained", "lost", "newly silent", "newly doubted", "newly blamed")


@dataclass(slots=True)
class Side:
    """What one run says of the files."""

    cells: defaultdict[str, dict[Key, TableRow]] = field(default_factory=lambda: defaultdict(dict))
    blamed: defaultdict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one relation, of which the two runs say something else."""

    kind: str
    truth: Truth
    what: str


def read_side(out: Path) -> Side:
    """The tables of a run."""
    side = Side()
    for row in read_table(out, "observations"):
        side.cells[row["source"]][row["table"], row["field"], row["applicant"]] = row
    for row in read_table(out, "checks"):
        if row["verdict"] == "fail" and row["origin"] == "as_printed":
            side.blamed[row["source"]].add((row["check"], row["scope"]))
    return side


def states(truth: Truth, cells: Mapping[Key, TableRow]) -> dict[Key, State]:
    """What became of each cell that a file prints, and of each that a run made up."""
    found: dict[Key, State] = {key: _state(right, cells.get(key)) for key, right in truth.cells.items()}
    for key, row in cells.items():
        if key not in found and row["value"]:
            found[key] = _state(frozenset({""}), row)
    return found


def _state(right: frozenset[str], row: TableRow | None) -> State:
    value = number(row["value"]) if row else ""
    doubted = row is not None and ("doubt" in row["flags"] or Decimal(row["confidence"]) < SURE)
    if value in right and (value or row):
        return "doubted" if doubted else "right"
    if not value:
        return "missing"
    return "flagged" if doubted or (row and row["flags"]) else "silent"


def compare(truths: Sequence[Truth], old: Side, new: Side) -> Iterator[Change]:
    """Every difference that matters."""
    for truth in truths:
        before, after = (states(truth, side.cells[truth.source]) for side in (old, new))
        for key in dict.fromkeys((*before, *after)):
            was, now = before.get(key), after.get(key)
            if was != now:
                tell = f"{'/'.join(key)}: {was} -> {now}"
                yield from (Change(kind, truth, tell) for kind in _kinds(was, now))
        for check in sorted(new.blamed[truth.source] - old.blamed[truth.source] - (truth.failed or set())):
            yield Change("newly blamed", truth, " ".join(check))


def _kinds(was: State | None, now: State | None) -> Iterator[str]:
    if now in RIGHT and was not in RIGHT:
        yield "gained"
    if was in RIGHT and now not in RIGHT:
        yield "lost"
    if now == "silent":
        yield "newly silent"
    if now == "doubted" and was == "right":
        yield "newly doubted"


def totals(truths: Sequence[Truth], side: Side) -> Counter[State]:
    """How many cells are in which state."""
    return Counter(s for truth in truths for s in states(truth, side.cells[truth.source]).values())
