"""The files that both sides of the gate read, and what is known of them.

Enters: a folder to fill, a number, a seed. Leaves: the files below it, and the truth of those that have one.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, Final

from scoring import CHECK_IDS

from corpus.__main__ import copies, generate, generate_family, strays, write
from corpus.variants import Made

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"
SHARES: Final = {"html": 20, "saved": 8, "sheet": 12, "bundle": 4, "paged": 20, "office": 6}
"""Parts of a hundred generated files; the rest are text and Word."""

Key = tuple[str, str, str]
"""Table, field, applicant."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of one file.

    Attributes:
        source: its path below the input.
        group: its format, or where it comes from.
        variant: what is particular to it.
        cells: the values that are right for each cell, "" where nothing numeric is printed.
        failed: check and scope of the relations that the document breaks; None if they are not known.
    """

    source: str
    group: str
    variant: str
    cells: Mapping[Key, frozenset[str]]
    failed: frozenset[tuple[str, str]] | None


def fill(folder: Path, count: int, seed: int) -> list[Truth]:
    """Fixtures, real reports, cases and `count` generated files below `folder`."""
    shutil.copytree(ROOT / "fixtures/reports", folder / "fixtures")
    truths = list(_read_truths(ROOT / "fixtures/expected/truth.jsonl", "fixtures"))
    if SHARED.is_dir():
        shutil.copytree(SHARED / "real", folder / "real", ignore=shutil.ignore_patterns("*.json*", "README*"))
        for path in sorted((SHARED / "real").glob("*.truth.jsonl")):
            truths += _read_truths(path, "real")
        truths += _lay_cases(SHARED / "cases", folder / "cases")
    made = write(folder / "made", _generate(count, seed))
    return truths + [truth_of_line(json.loads(line), "made") for line in made]


def _generate(count: int, seed: int) -> Iterator[Made]:
    plain = count - sum(count * share // 100 for share in SHARES.values())
    families = (generate_family(seed, count * share // 100, family) for family, share in SHARES.items())
    return chain(generate(seed, plain), *families, strays(seed), copies(seed))


def _read_truths(path: Path, folder: str) -> Iterator[Truth]:
    for line in path.read_text("utf-8").splitlines():
        yield truth_of_line(json.loads(line), folder)


def truth_of_line(line: Mapping[str, Any], folder: str) -> Truth:
    """What a line of truth.jsonl says of a file in this folder, "" for none."""
    cells = {
        (o["table"], o["field"], o["applicant"]): frozenset({number(o["value"])})
        for o in line.get("observations", ())
        if o["status"] != "absent"
    }
    told = [*line.get("checks_failed", ()), *line.get("checks_optional", ())]
    failed = frozenset((CHECK_IDS[e["check"]], e["scope"]) for e in told if e["check"] in CHECK_IDS)
    source = f"{folder}/{line['source']}" if folder else line["source"]
    return Truth(source, line["group"], line["variant"], cells, failed)


def _lay_cases(cases: Path, folder: Path) -> Iterator[Truth]:
    """Each alone in a folder, or it would be a version of another."""
    for path in sorted(cases.glob("*.expected.json")):
        name = path.name.removesuffix(".expected.json")
        answer = json.loads(path.read_text("utf-8"))
        (folder / name).mkdir(parents=True)
        for file in cases.glob(f"{name}.*"):
            if file != path:
                shutil.copy(file, folder / name)
                yield Truth(f"cases/{name}/{file.name}", "case", name, _case_cells(answer), None)


def _case_cells(answer: Mapping[str, Any]) -> dict[Key, frozenset[str]]:
    cells = {}
    for key, want in answer.get("cells", {}).items():
        table, field, applicant = key.split("|")
        right = (want["value"], *want.get("other_right_values", ()))
        cells[table, field, applicant] = frozenset(map(number, right))
    return cells


def number(value: object) -> str:
    """A number in one way of writing, "" for none."""
    return "" if value in (None, "") else f"{Decimal(str(value)).normalize():f}"
