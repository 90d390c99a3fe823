"""Broken files of every format by the thousand, read by the command itself.

    python bench/fuzz.py [--count 3000] [--first 0] [--keep FOLDER]

Enters: fixtures/reports and generated reports. Leaves: which files were broken how, and what the run did
wrong with them. Exit code 1 if it did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--each", type=int, default=10, help="generated reports of each family")
    parser.add_argument("--keep", type=Path, help="keep the broken files and the tables there")
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from mutant_run import break_files, choose_sound, complaints
    from mutant_sources import gather

    with tempfile.TemporaryDirectory() as scratch:
        place = args.keep or Path(scratch)
        sound = choose_sound(gather(ROOT / "fixtures/reports", args.each), place / "sound")
        mutants = list(break_files(sound, args.count, args.first))
        told = list(complaints(mutants, place / "broken"))
    print("sound  ", dict(sorted(Counter(one.format for one in sound).items())))
    print("broken ", dict(sorted(Counter(m.sound.format for m in mutants).items())))
    print("changes", dict(sorted(Counter(m.change for m in mutants).items())))
    print(*told, f"{len(told)} complaints", sep="\n")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
