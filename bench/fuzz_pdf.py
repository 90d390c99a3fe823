"""Broken PDFs by the thousand.

    python bench/fuzz_pdf.py [--count 2000] [--first 0]

Enters: the PDFs of fixtures/reports and, where it is there, ../shared/real. Leaves: a table of what became of
them, and every file that a reader hung, died or erred on. Exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATES = ("read", "no_report", "refused", "bug", "hang", "dead")


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from pdf_fuzz import fuzz

    files = [
        *sorted((ROOT / "fixtures/reports").glob("*.pdf")),
        *sorted((ROOT.parent / "shared/real").glob("*.pdf")),
    ]
    fates = list(fuzz(files, args.count, args.first))
    print(
        f"{'':16}"
        + "".join(f"{state:>10}" for state in STATES)
        + f"{'slowest s':>11}{'moved':>8}{'wrong':>8}"
    )
    for kind in (*sorted({f.kind for f in fates}), "all"):
        mine = [f for f in fates if kind in (f.kind, "all")]
        states = Counter(f.state for f in mine)
        row = "".join(f"{states[state]:10}" for state in STATES)
        slowest, moved = max(f.seconds for f in mine), sum(bool(f.moved) for f in mine)
        print(f"{kind:16}{row}{slowest:11.2f}{moved:8}{sum(bool(f.wrong) for f in mine):8}")
    bad = [f for f in fates if f.wrong or f.state in ("bug", "hang", "dead")]
    for fate in bad:
        wrong = " | ".join(fate.wrong[:3])
        print(f"{fate.source} seed {fate.seed} {fate.kind}: {fate.state} {fate.detail} {wrong}")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
