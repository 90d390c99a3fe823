"""The gate: what a change does to the results.

    python bench/same.py OLD NEW [--count 1000] [--seed 11] [--keep FOLDER] [--details FILE]

Enters: two commands (`.venv/bin/nianbao` of two work trees); OLD may also be the --keep folder of an earlier
call, whose NEW it then is. Both read the fixtures, the real reports and cases beside the repository where
there are any, and generated reports of all formats. Leaves: what differs in tables, Parquet and the cells of
the workbook, run.json excepted; where the truth is known, the cells gained, lost, newly silent and newly
doubted, and the relations newly blamed on the document, by format and variant. Exit code 0 if nothing
differs, 1 if something does, 2 if a cell is lost or newly silent or a document newly blamed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from gate.inputs import fill  # noqa: E402 - after the path is set
from gate.score import CHANGES, Change, compare, read_side, totals  # noqa: E402
from gate.tables import differences  # noqa: E402

WORST = {"lost", "newly silent", "newly blamed"}


def main() -> int:
    """The command."""
    args = _parse()
    if args.keep and args.keep.exists() and args.old.is_dir() and args.old.samefile(args.keep):
        raise SystemExit("--keep would overwrite OLD")
    with tempfile.TemporaryDirectory() as scratch:
        place = args.keep or Path(scratch)
        inputs, old, new = place / "in", place / "old", place / "new"
        for folder in (inputs, old, new):
            shutil.rmtree(folder, ignore_errors=True)
        truths = fill(inputs, args.count, args.seed)
        if args.old.is_dir():
            _take(args.old, inputs, old)
        else:
            _read(args.old, inputs, old)
        _read(args.new, inputs, new)
        lines = list(differences(old, new))
        sides = read_side(old), read_side(new)
        changes = list(compare(truths, *sides))
    print(*lines, sep="\n")
    for name, side in zip(("old", "new"), sides, strict=True):
        print(f"{name}: {dict(sorted(totals(truths, side).items()))}")
    _print_changes(changes)
    if args.details:
        told = (f"{c.kind}\t{c.truth.source}\t{c.truth.variant}\t{c.what}\n" for c in changes)
        args.details.write_text("".join(told), encoding="utf-8")
    print("no difference" if not lines else f"{len(lines)} lines of differences")
    return 2 if any(c.kind in WORST for c in changes) else bool(lines)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--keep", type=Path, help="keep inputs and results there")
    parser.add_argument("--details", type=Path, help="write every change, a line each")
    return parser.parse_args()


def _take(kept: Path, inputs: Path, out: Path) -> None:
    """What an earlier call read and made of it: LibreOffice writes no file alike twice."""
    names = [sorted(p.relative_to(f) for p in f.rglob("*")) for f in (kept / "in", inputs)]
    if names[0] != names[1]:
        raise SystemExit(f"{kept} was read from other files: other seed, count or generator")
    shutil.rmtree(inputs)
    shutil.copytree(kept / "in", inputs)
    shutil.copytree(kept / "new", out)


def _read(command: Path, inputs: Path, out: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # each its own code
    done = subprocess.run([command, "run", inputs, "-o", out, "-q"], env=own, check=False)
    if done.returncode not in {0, 1, 70}:  # after 70 the tables are there as well
        raise SystemExit(f"{command} ended with exit code {done.returncode}")


def _print_changes(changes: Sequence[Change]) -> None:
    by_group: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_variant: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        by_group[change.truth.group][change.kind] += 1
        by_variant[f"{change.truth.group}/{change.truth.variant}"][change.kind] += 1
    if not changes:
        return
    print(f"{'':44}" + "".join(f"{kind:>15}" for kind in CHANGES))
    worst = sorted(by_variant.items(), key=lambda item: -sum(item[1].values()))[:20]
    for name, counts in (*sorted(by_group.items()), *worst):
        print(f"{name[:43]:44}" + "".join(f"{counts[kind]:15}" for kind in CHANGES))
    for kind in CHANGES:
        for change in [c for c in changes if c.kind == kind][:5]:
            print(f"{kind}: {change.truth.source}: {change.what}")


if __name__ == "__main__":
    sys.exit(main())
