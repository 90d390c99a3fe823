"""One cell's way through a run, from the file to its row: which rooms it comes to, and none of them twice.

A *room* is one of the packages `extract`, `normalize` and `output`, or a package of `nianbao`. The number of
the cell *comes to* a room with a call from another room that has it among its arguments, or with what a call
to another room gives back. It is *in* that room until the outermost function of the room that is running at
that moment has ended; what comes there meanwhile enters nothing. So a room is entered a second time if it is
called again after it was left.

Not counted, because nothing is handed on there: what the types of the stages do themselves (the modules in
`TYPES`, which hold nothing else), and the codec by which a value is packed for another process or the
journal. Between the processes of a real run the number travels packed; here all is done in one.
"""

import csv
import re
import sys
import zipfile
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from types import FrameType

import pytest
from here import Here
from typer.testing import CliRunner

from nianbao.command.cli import build_app
from nianbao.messages import Lang
from nianbao.processes import pool
from nianbao.run import run

REPORTS = Path(__file__).parents[1] / "fixtures" / "reports"
NUMBER = "7302194"
"""Stands in the place of a number that is in no relation, and nowhere else."""
TYPES = {
    *("extract.document", "extract.errors", "normalize.report", "output.outcome"),
    *("nianbao.journal.readings", "nianbao.journal.events"),
}
CODEC = {"nianbao.journal.codec", "nianbao.journal.packed"}
MOST_ROOMS = 8
DEEPEST = 12
"""Values within values that are searched for the number."""


def with_number(path: Path, plain: str) -> bytes:
    """A report with the number in the place of another one."""

    def put(data: bytes) -> bytes:
        return re.sub(rb"(?<![\d.])%b(?![\d.])" % plain.encode(), NUMBER.encode(), data)

    if path.suffix != ".docx":
        return put(path.read_bytes())
    stream = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, put(old.read(name)))
    return stream.getvalue()


class Walk:
    """Follows the number through the calls of one thread.

    Attributes:
        entered: each room that it came to, in order, with the function that was called.
        calls: how often each function of ours that `TOLD` names was called.
    """

    TOLD = ("extract.sniff.sniff", "extract.read.read_document", "normalize.read.read_report")
    ROWS = "output.tables.rows.table_rows"

    def __init__(self):
        self.entered: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self._inside: dict[str, FrameType] = {}
        self._known: dict[int, tuple[object, bool]] = {}

    def __enter__(self):
        sys.setprofile(self._see)
        return self

    def __exit__(self, *_):
        sys.setprofile(None)

    @property
    def rooms(self) -> list[str]:
        return [room for room, _ in self.entered]

    def _see(self, frame: FrameType, event: str, result: object) -> None:
        if event not in {"call", "return"} or (room := room_of(frame)) is None:
            return
        if event == "call" and name_of(frame) in {*self.TOLD, self.ROWS}:
            self.calls.append(name_of(frame))
        asking = frame.f_back
        while asking is not None and room_of(asking) is None:
            asking = asking.f_back
        if asking is not None and room_of(asking) != room:
            if event == "call" and any(map(self._holds, arguments_of(frame))):
                self._enter(room, frame, frame)
            elif event == "return" and self._holds(result):
                self._enter(room, frame, frame)
                self._enter(str(room_of(asking)), asking, frame)
        if event == "return" and self._inside.get(room) is frame:
            del self._inside[room]

    def _enter(self, room: str, frame: FrameType, called: FrameType) -> None:
        if room in self._inside:
            return
        self.entered.append((room, name_of(called)))
        outermost, below = frame, frame.f_back
        while below is not None:
            outermost, below = (below if room_of(below) == room else outermost), below.f_back
        self._inside[room] = outermost

    def _holds(self, thing: object, depth: int = 0) -> bool:
        """Whether the number stands in it, as text, bytes or a number."""
        if isinstance(thing, str):
            return NUMBER in thing
        if isinstance(thing, bytes | bytearray):
            return NUMBER.encode() in thing
        if isinstance(thing, int | Decimal):
            return str(thing) == NUMBER
        if depth > DEEPEST:
            return False
        if isinstance(thing, dict):
            return any(self._holds(part, depth + 1) for part in thing.values())
        if isinstance(thing, tuple | list | set | frozenset):
            return any(self._holds(part, depth + 1) for part in thing)
        if not is_dataclass(thing) or isinstance(thing, type):
            return False
        if id(thing) not in self._known or not thing.__dataclass_params__.frozen:
            parts = [getattr(thing, field.name, None) for field in fields(thing)]
            # Kept as well, so that no other thing gets its id.
            self._known[id(thing)] = thing, any(self._holds(part, depth + 1) for part in parts)
        return self._known[id(thing)][1]


def room_of(frame: FrameType) -> str | None:
    """The room in which a function runs; None outside all rooms and for what is not counted."""
    made = frame.f_code.co_filename == "<string>"  # by `dataclass`
    return None if made else room_of_module(frame.f_globals.get("__name__", ""))


@cache
def room_of_module(module: str) -> str | None:
    top, *rest = module.split(".")
    if module in TYPES | CODEC:
        return None
    if top in {"extract", "normalize", "output"}:
        return top
    return f"{top}.{rest[0]}" if top == "nianbao" and rest else None


def name_of(frame: FrameType) -> str:
    return f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}"


def arguments_of(frame: FrameType) -> list[object]:
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
    return [frame.f_locals.get(name) for name in code.co_varnames[:count]]


@pytest.fixture
def walk(monkeypatch, tmp_path):
    """Run the command over one file, in this process, and follow the number."""

    def walk_through(path: Path, plain: str) -> Walk:
        monkeypatch.setattr(pool, "Pool", Here)
        monkeypatch.setattr(run, "Pool", Here)
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / path.name).write_bytes(with_number(path, plain))
        arguments = ["run", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
        with Walk() as walk:
            done = CliRunner().invoke(build_app(Lang.ZH), arguments)
        assert done.exit_code == 0, done.output
        with (tmp_path / "out" / "observations.csv").open(encoding="utf-8-sig", newline="") as stream:
            (row,) = [row for row in csv.DictReader(stream) if row["raw"] == NUMBER]
        assert Decimal(row["value"]) == Decimal(NUMBER)
        with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
            (report,) = csv.DictReader(stream)
        assert report["status"] == "ok"
        assert [walk.calls.count(name) for name in Walk.TOLD] == [1, 1, 1]
        assert walk.calls.count(Walk.ROWS) == 1
        return walk

    return walk_through


def test_a_cell_comes_to_no_room_twice(walk):
    found = walk(REPORTS / "shanghai_2019.docx", "368")
    assert found.entered == [
        ("extract", "extract.read.read_document"),
        ("nianbao.reading", "extract.read.read_document"),
        ("normalize", "normalize.read.read_report"),
        ("nianbao.journal", "nianbao.journal.journal.Journal.outcome"),
        ("nianbao.results", "nianbao.journal.journal.Journal.outcome"),
        ("output", "output.write.write_all"),
    ]
    assert len(found.rooms) == len(set(found.rooms)) <= MOST_ROOMS


@pytest.mark.parametrize(
    ("name", "plain"), [("云台县林业局年报.txt", "550"), ("shanghai_2019_page.html", "368")]
)
def test_bytes_that_show_the_cell_are_loaded_looked_at_once_and_read(walk, name, plain):
    """Where the bytes are text, the number is there before it is a cell: `sniff` sees it too."""
    found = walk(REPORTS / name, plain)
    assert found.entered[:4] == [
        ("nianbao.find", "nianbao.find.file_bytes.load"),
        ("nianbao.reading", "nianbao.find.file_bytes.load"),
        ("extract", "extract.sniff.sniff"),
        ("extract", "extract.read.read_document"),
    ]
    rest = found.rooms[3:]
    assert len(rest) == len(set(rest)) < MOST_ROOMS
