"""Documents of unusual layout, read and scored by format and by kind.

    python bench/wild.py COMMAND [--seed 1] [--count 770] [--wording test] [--keep FOLDER] [--details FILE]

Enters: a command (`.venv/bin/nianbao`), which reads `--count` documents of the family `wild`
(`tests/corpus/wild`).
Leaves: by format all cells; by kind those of the tables whose layout is unusual. How many are right, wrong
with a flag, silent (wrong, no flag, confidence 0.9 or more), missing, right but doubted; and how many
relations are said to fail and do not (`false`), and those of them blamed on the document (`blamed`).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from gate.inputs import Truth, truth_of_line  # noqa: E402 - after the path is set
from gate.score import RIGHT, Side, read_side, states  # noqa: E402
from gate.tables import read_table  # noqa: E402

from corpus.wild.make import generate_wild  # noqa: E402
from corpus.wild.wording import SETS, Set  # noqa: E402

COLUMNS: Final = ("files", "cells", "right", "wrong", "silent", "missing", "doubted", "false", "blamed")
"""`cells`: those that are printed; `wrong`: with a flag; `doubted`: right but flagged, a part of `right`."""


@dataclass(slots=True)
class Scores:
    """Counts by format, by kind, and of the tables that are drawn as the form says."""

    by_format: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_kind: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    official: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)


def main() -> int:
    """The command."""
    args = _parse()
    with tempfile.TemporaryDirectory() as scratch:
        place = args.keep or Path(scratch)
        files, out = place / "in", place / "out"
        for folder in (files, out):
            shutil.rmtree(folder, ignore_errors=True)
        lines = _fill(files, args.seed, args.count, args.wording)
        _read(args.command, files, out)
        scores = score(lines, out)
    if args.details:
        args.details.write_text("".join(f"{line}\n" for line in scores.told), encoding="utf-8")
    for line in render(scores):
        print(line)
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=770)
    parser.add_argument("--wording", choices=SETS, default="test")
    parser.add_argument("--keep", type=Path, help="keep documents and results there")
    parser.add_argument("--details", type=Path, help="write every cell that is not right, a line each")
    return parser.parse_args()


def _fill(folder: Path, seed: int, count: int, wording: Set) -> list[Mapping[str, Any]]:
    folder.mkdir(parents=True)
    lines = []
    for made in generate_wild(seed, count, wording):
        (folder / made.source).write_bytes(made.content)
        lines.append(made.line)
    (folder.parent / "truth.jsonl").write_text(
        "".join(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n" for line in lines),
        encoding="utf-8",
    )
    return lines


def _read(command: Path, files: Path, out: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([command, "run", files, "-o", out, "-q"], env=own, check=False)
    if done.returncode not in {0, 1, 70}:  # after 70 the tables are there as well
        raise SystemExit(f"{command} ended with exit code {done.returncode}")


def score(lines: Sequence[Mapping[str, Any]], out: Path) -> Scores:
    """What became of every cell and relation."""
    side, failed = read_side(out), _read_failed(out)
    scores = Scores()
    for line in lines:
        truth = truth_of_line(line, "")
        kind = line["variant"].partition(".")[0]
        counts, all_counts = scores.by_kind[kind], scores.by_format[truth.group]
        for counter in (counts, all_counts):
            counter["files"] += 1
        for state, key in _states(truth, side):
            touched = key[0] in line["touched"]
            for counter in (all_counts, counts if touched else scores.official):
                _count(counter, state)
                counter["cells"] += key in truth.cells
            if state != "right":
                scores.told.append(f"{state}\t{truth.source}\t{'/'.join(key)}\t{_tell(truth, side, key)}")
        for check in sorted(failed[truth.source] - (truth.failed or frozenset())):
            blamed = check in side.blamed[truth.source]
            scores.told.append(f"{'blamed' if blamed else 'false'}\t{truth.source}\t{' '.join(check)}\t")
            for counter in (counts, all_counts):
                counter["false"] += 1
                counter["blamed"] += blamed
    return scores


def _states(truth: Truth, side: Side) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for key, state in states(truth, side.cells[truth.source]).items():
        yield state, key


def _count(counter: Counter[str], state: str) -> None:
    counter["right"] += state in RIGHT
    counter["wrong" if state == "flagged" else state] += state != "right"


def _tell(truth: Truth, side: Side, key: tuple[str, str, str]) -> str:
    right = "|".join(sorted(truth.cells.get(key, ["not printed"])))
    row = side.cells[truth.source].get(key)
    found = f"{row['value']}\t{row['raw']}\t{row['confidence']}\t{row['flags']}" if row else "\t\t\t"
    return f"{right}\t{found}"


def _read_failed(out: Path) -> defaultdict[str, set[tuple[str, str]]]:
    failed: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in read_table(out, "checks"):
        if row["verdict"] == "fail":
            failed[row["source"]].add((row["check"], row["scope"]))
    return failed


def render(scores: Scores) -> Iterator[str]:
    """The tables of a person."""
    yield f"{'':26}" + "".join(f"{name:>9}" for name in COLUMNS) + f"{'right %':>9}"
    whole: Counter[str] = Counter()
    for counter in scores.by_format.values():
        whole.update(counter)
    yield from (_render(name, counter) for name, counter in sorted(scores.by_format.items()))
    yield _render("all cells of all files", whole)
    yield ""
    yield from (_render(name, counter) for name, counter in sorted(scores.by_kind.items()))
    yield _render("official tables beside", scores.official)


def _render(name: str, counter: Counter[str]) -> str:
    share = f"{100 * counter['right'] / counter['cells']:9.2f}" if counter["cells"] else f"{'':9}"
    return f"{name[:25]:26}" + "".join(f"{counter[column]:9}" for column in COLUMNS) + share


if __name__ == "__main__":
    sys.exit(main())
