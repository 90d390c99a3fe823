"""What a run makes of broken files: nothing lost, no bug, no report in order from which printed numbers are gone.

Enters: sound files. Leaves: complaints. What a broken file still prints is asked of something else than the
reader: of PDF the picture of each cell, of text and markup the digits that stand in it.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Final

import pypdfium2
from mutants import PACKAGES, mutate
from pdf_fuzz import picture_of

from extract.document import BBox

csv.field_size_limit(2**31 - 1)
Row = dict[str, str]
Field = tuple[str, str, str]

START: Final = "from nianbao.command.cli import main; main()"
FORMATS: Final = {"htm": "html", "shtml": "html", "mhtml": "mht", "wps": "doc", "et": "xls"}
MARKED: Final = frozenset({"html", "xml", *PACKAGES})
PLAIN: Final = frozenset({"txt", "md"})
_TAG = re.compile(r"<[^<>]*>")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Sound:
    """A file that a run finds in order, and its rows of observations.csv."""

    name: str
    data: bytes
    rows: tuple[Row, ...]

    @property
    def format(self) -> str:
        """Its format, by its suffix."""
        suffix = self.name.rpartition(".")[2].lower()
        return FORMATS.get(suffix, suffix)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken file below the input of a run; `change` says what was done to it."""

    source: str
    sound: Sound
    change: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Tables:
    """What a run wrote."""

    exit_code: int
    reports: tuple[Row, ...]
    observations: Mapping[str, Sequence[Row]]


def run(folder: Path, out: Path) -> Tables:
    """What `nianbao run` makes of a folder."""
    command = [sys.executable, "-c", START, "run", str(folder), "-o", str(out), "--no-workbook", "-q"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    observations: dict[str, list[Row]] = defaultdict(list)
    for row in _read_table(out / "observations.csv"):
        observations[row["source"]].append(row)
    return Tables(done.returncode, tuple(_read_table(out / "reports.csv")), observations)


def _read_table(path: Path) -> Iterator[Row]:
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


def lay(files: Mapping[str, bytes], folder: Path) -> Path:
    """Files below a folder, each alone in one of its own, so that none is a version of another."""
    for source, data in files.items():
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def choose_sound(files: Mapping[str, bytes], scratch: Path) -> list[Sound]:
    """The files that a run finds in order, one report with numbers in each."""
    laid = {f"{n:05}/{name}": (name, data) for n, (name, data) in enumerate(files.items())}
    tables = run(lay({source: data for source, (_, data) in laid.items()}, scratch / "in"), scratch / "out")
    by_file: dict[str, list[Row]] = defaultdict(list)
    for row in tables.reports:
        by_file[row["source"].partition("!/")[0]].append(row)
    return [
        Sound(name, data, tuple(tables.observations[rows[0]["source"]]))
        for source, (name, data) in laid.items()
        if len(rows := by_file[source]) == 1 and rows[0]["status"] == "ok" and int(rows[0]["values"])
    ]


def break_files(sound: Sequence[Sound], count: int, first: int = 0) -> Iterator[Mutant]:
    """`count` broken files, the formats taken in turn, and the sound files of each."""
    formats = sorted({one.format for one in sound})
    of_format = [[one for one in sound if one.format == file_format] for file_format in formats]
    for seed in range(first, first + count):
        turn, place = divmod(seed, len(formats))
        one = of_format[place][turn % len(of_format[place])]
        change, data = mutate(one.data, one.format, seed)
        yield Mutant(f"{seed:06}/{one.name}", one, change, data)


def complaints(mutants: Sequence[Mutant], scratch: Path) -> Iterator[str]:
    """What a run over broken files does wrong, a line each."""
    folder = lay({mutant.source: mutant.data for mutant in mutants}, scratch / "in")
    tables = run(folder, scratch / "out")
    if tables.exit_code not in {0, 1}:
        yield f"exit code {tables.exit_code}"
    reports: dict[str, list[Row]] = defaultdict(list)
    for row in tables.reports:
        reports[row["source"].partition("!/")[0]].append(row)
    for mutant in mutants:
        rows = reports[mutant.source]
        if not rows:
            yield f"{mutant.source} {mutant.change}: no row"
        for row in rows:
            if row["error_code"] == "bug":
                yield f"{mutant.source} {mutant.change}: {row['error']}"
            if row["status"] == "ok":
                gone = list(missing(mutant, tables.observations[row["source"]]))
                if gone:
                    yield f"{mutant.source} {mutant.change}: ok without {', '.join(gone[:4])} ({len(gone)})"


def missing(mutant: Mutant, rows: Sequence[Row]) -> Iterator[str]:
    """Numbers that a broken file still prints and that a report in order lacks."""
    if not any(row["value"] for row in rows):
        yield "any number"
    elif mutant.sound.format == "pdf":
        yield from _missing_on_page(mutant, rows)
    elif mutant.data != mutant.sound.data and _prints_all(mutant):
        gone = _numbers(mutant.sound.rows) - _numbers(rows)
        yield from (f"{value:f}" for value in gone.elements())


def _numbers(rows: Sequence[Row]) -> Counter[Decimal]:
    return Counter(Decimal(row["value"]) for row in rows if row["value"])


def _prints_all(mutant: Mutant) -> bool:
    """Whether all digits of the sound file stand in the broken one, in their order, in text that is no tag."""
    file_format = mutant.sound.format
    if file_format not in MARKED | PLAIN:
        return False
    after = iter(_digits(mutant.data, file_format))
    return all(digits in after for digits in _digits(mutant.sound.data, file_format))


def _digits(data: bytes, file_format: str) -> list[str]:
    if file_format in PACKAGES:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = b"".join(package.read(n) for n in package.namelist() if n.endswith(".xml"))
        except Exception:  # zipfile raises anything on a broken package
            return []
    text = data.decode("utf-8", "replace")
    return _DIGITS.findall(unescape(_TAG.sub(" ", text)) if file_format in MARKED else text)


def _missing_on_page(mutant: Mutant, rows: Sequence[Row]) -> Iterator[str]:
    """Cells whose picture is as it was, and whose number is not."""
    now = {_field(row): row for row in rows}
    for row in mutant.sound.rows:
        other = now.get(_field(row))
        if not row["value"] or not row["x0"] or (other and other["value"] == row["value"]):
            continue
        page, box = int(row["page"]), BBox(*(float(row[side]) for side in ("x0", "top", "x1", "bottom")))
        try:
            same = picture_of(mutant.sound.data, page, box) == picture_of(mutant.data, page, box)
        except (pypdfium2.PdfiumError, IndexError):
            continue  # there is no such page any more
        if same:
            yield f"{'/'.join(_field(row))}={row['value']}"


def _field(row: Row) -> Field:
    return row["table"], row["field"], row["applicant"]
