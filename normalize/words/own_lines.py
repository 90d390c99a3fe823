"""Lines that the user adds to a list of the dictionary, for one run.

Enters: a CSV file of the user's. Leaves: `OwnLines`, and what is wrong with the file itself. Every process
that reads puts them in place before it loads the list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import ReadError
from normalize.words.csv_lines import Line, parse_lines, say_unreadable


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What the user adds.

    Attributes:
        file: the name of the user's file, "" where there is none.
        lines: those below its head.
    """

    file: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over what the lines say, whatever the file is called; "" where there are none."""
        said = json.dumps([sorted(line.cells.items()) for line in self.lines])
        return hashlib.sha256(said.encode()).hexdigest() if self.lines else ""

    def put_in_place(self) -> None:
        """Have this process load the dictionary with these lines."""
        global _in_place  # noqa: PLW0603 - the dictionary is loaded once a process
        _in_place = self


NO_LINES = OwnLines()
_in_place = NO_LINES


def find_in_place() -> OwnLines:
    """The lines with which this process loads the dictionary."""
    return _in_place


def read_own_lines(path: Path, columns: Sequence[str], optional: Sequence[str]) -> tuple[OwnLines, list[str]]:
    """The lines of a file of the user's, and its faults.

    Args:
        path: the file, in UTF-8 or as Excel saves it in China.
        columns: that it must have, in this order.
        optional: further ones that it may have, behind them and in this order.
    """
    name = path.name or str(path)  # a folder may have none
    try:
        text = _read_text(path)
    except (OSError, UnicodeDecodeError, ReadError) as error:
        return OwnLines(name), [say_unreadable(name, error)]
    lines, faults = parse_lines(name, text, columns, optional)
    return OwnLines(name, tuple(replace(line, own=True) for line in lines)), faults


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from extract.characters.decode import decode_text  # slow to import

        text, _ = decode_text(data)
        if "\ufffd" in text:
            raise
        return text
