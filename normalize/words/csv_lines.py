"""A CSV file of the dictionary, line by line: a fault is told with the file and the line it stands in.

Enters: a folder, the name of a file and its columns. Leaves: `Line`s, and what is wrong with the file itself;
`DictionaryError`, for whoever has all faults together.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path


class DictionaryError(Exception):
    """The dictionary is faulty; the run stops before any report is opened.

    Attributes:
        faults: everything found, each with file and line.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


_OTHER_SIGNS = (";", "\t", "，", "|")
"""What parts columns where a list was saved as another kind of text, or typed in Chinese."""
_GATHERED: ContextVar[list[str] | None] = ContextVar("gathered", default=None)


@contextmanager
def gather_faults() -> Iterator[list[str]]:
    """Meanwhile faults are kept together and end nothing: so those of all files are found."""
    faults: list[str] = []
    token = _GATHERED.set(faults)
    try:
        yield faults
    finally:
        _GATHERED.reset(token)


def refuse(faults: Sequence[str]) -> None:
    """End the reading of a file that has faults.

    Raises:
        DictionaryError: with all of them, unless they are gathered.
    """
    gathered = _GATHERED.get()
    if gathered is not None:
        gathered += faults
    elif faults:
        raise DictionaryError(tuple(faults))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a CSV file.

    Attributes:
        file: its name.
        number: of the line, 1 for the head.
        cells: by column.
        own: the user's, and not the program's.
    """

    file: str
    number: int
    cells: dict[str, str]
    own: bool = False

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def say(self, fault: str) -> str:
        """A fault of this line."""
        return f"{self.file}:{self.number}: {fault}"

    def refer_to(self, other: Line) -> str:
        """Where another line stands, in a fault of this one."""
        place = f"line {other.number}"
        return place if other.own == self.own else f"{place} of the program's {other.file}"


def read_lines(folder: Path, name: str, columns: Sequence[str]) -> tuple[list[Line], list[str]]:
    """The lines of a file below its head, and its faults; a line of the wrong width is left out.

    Args:
        folder: that holds it.
        name: of the file.
        columns: that it must have, in this order.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [say_unreadable(name, error)]
    return parse_lines(name, text, columns)


def say_unreadable(name: str, error: Exception) -> str:
    """The fault of a file that is not there, or is no text."""
    if isinstance(error, FileNotFoundError):
        return f"{name}:1: there is no such file"
    return f"{name}:1: cannot be read as UTF-8 text ({type(error).__name__})"


def parse_lines(
    name: str, text: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[Line], list[str]]:
    """As `read_lines`, of the text of a file.

    Args:
        name: of the file.
        text: what stands in it.
        columns: that it must have, in this order.
        optional: further ones that it may have, behind them and in this order.
    """
    reader = csv.reader(io.StringIO(text, newline=None), strict=True)
    lines: list[Line] = []
    faults: list[str] = []
    number = 1
    try:
        head = tuple(next(reader, ()))
        columns = (*columns, *(column for column in optional if column in head))
        if head != columns:
            return [], [f"{name}:1: {_compare(head, columns)}"]
        number = reader.line_num + 1
        for cells in reader:
            if fault := _find_fault(cells, len(columns)):
                faults.append(f"{name}:{number}: {fault}")
            else:
                lines.append(Line(name, number, dict(zip(columns, cells, strict=True))))
            number = reader.line_num + 1
    except csv.Error as error:
        return [], [*faults, f"{name}:{number}: is no line of a CSV file ({error})"]
    if not lines and not faults:
        faults.append(f"{name}:1: no line below the head")
    return lines, faults


def find_number(folder: Path, name: str, cells: Mapping[str, str]) -> int:
    """The number of the first line with these cells, for a fault that is seen when the file is long read.

    Args:
        folder: that holds the file.
        name: of the file, which has no fault of its own.
        cells: by column.
    """
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return next((reader.line_num for row in reader if cells.items() <= row.items()), 1)


def _find_fault(cells: Sequence[str], due: int) -> str:
    """What is wrong with a line as it stands; an unpaired quotation mark joins it with those below."""
    if any("\n" in cell for cell in cells):
        return "a quotation mark has no other in this line"
    if not any(cells):
        return "an empty line"
    return f"{len(cells)} columns where {due} are due" if len(cells) != due else ""


def _compare(head: Sequence[str], columns: Sequence[str]) -> str:
    """What is wrong with the names of the columns."""
    if len(head) == 1 < len(columns) and (sign := next((s for s in _OTHER_SIGNS if s in head[0]), "")):
        return f"its columns are parted by {sign!r}, not by commas"
    unknown = [column for column in head if column not in columns]
    missing = [column for column in columns if column not in head]
    said = [f"unknown column {column!r}" for column in unknown]
    said += [f"column {column!r} is missing" for column in missing]
    return ", ".join(said) or f"the columns are not {', '.join(columns)}, in this order"
