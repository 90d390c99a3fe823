"""Where results go: replaced whole or not at all.

Enters: the folder the user named. Leaves: an empty folder beside it to write into, which takes its place when
all is written. A crash at any point leaves the old results or the new ones, never a mixture; if it falls
between the two renames, the old ones lie beside and the next run puts them back. Where Windows keeps the old
ones because a program has one of them open, the new ones stay beside under a name that can be seen.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, Self

from nianbao.address import Address, Place
from nianbao.litter import LITTER
from nianbao.lock import Held, Holder, Lock
from nianbao.places import show_path, spell_out_long
from nianbao.refused import Refused

RECORD = "run.json"
PROGRAM = "nianbao"
PAUSES: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.8)
"""Seconds between attempts at a rename: on Windows a virus scanner may hold new files for a moment."""


class OutputRefused(Refused):
    """Results cannot or must not be written there."""


def check_target(out: Path, inputs: Sequence[Place]) -> None:
    """Refuse a folder that is an input, lies in one or holds one, and one with files that are not results.

    Raises:
        OutputRefused: with the reason.
    """
    target = out.resolve()
    for given in inputs:
        if isinstance(given, Address):
            continue
        source = given.resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise OutputRefused("output.overlaps", out=out, input=given)
    if target.exists() and not target.is_dir():
        raise OutputRefused("output.is_file", out=out)
    if stranger := find_stranger(target):
        raise OutputRefused("output.foreign", out=out, name=stranger)


def find_stranger(folder: Path) -> str:
    """The first thing in `folder` that no run of ours wrote, "" if there is none."""
    if not folder.is_dir():
        return ""
    files = read_manifest(folder)
    known = {RECORD, *files, *(above.as_posix() for file in files for above in PurePosixPath(file).parents)}
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return next((name for name in names if name not in known and not is_trace(name.rpartition("/")[2])), "")


def is_trace(name: str) -> bool:
    """What looking at results leaves among them: files of the operating system, locks of Office programs.

    Other hidden files count as the user's: a `.git` must not be replaced.
    """
    return name == ".DS_Store" or name.lower() in LITTER or name.startswith(("~$", ".~lock."))


def read_manifest(folder: Path) -> frozenset[str]:
    """The files that the last run recorded, "/" between folders; none where there is no such record."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return frozenset(record["files"]) if record["program"] == PROGRAM else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


class ResultFolder:
    """A context in which `partial` may be filled; `commit` puts it in the place of `out`.

    Attributes:
        out: the folder for the results, as Windows can open it where its path is long.
        partial: where to write.
        spool: a private folder for what is on its way.
        inputs: what the run reads, for the sentence that refuses another run meanwhile.
    """

    def __init__(self, out: Path, inputs: Sequence[Place] = ()) -> None:
        self.out = spell_out_long(out.resolve())
        self.inputs = tuple(inputs)
        self.partial = self.beside("partial")
        self.previous = self.beside("previous")
        self.discarded = self.beside("discarded")
        self.spool = self.beside("spool")
        self._lock = Lock(self.beside("lock"), self.beside("holder"))

    def beside(self, role: str) -> Path:
        """A hidden neighbour of `out`, in the same file system so that it can be renamed."""
        return self.out.with_name(f".{self.out.name}.{PROGRAM}-{role}")

    def __enter__(self) -> Self:
        """Lock, repair what a crash left, and make the folder to write into.

        Raises:
            OutputRefused: another run is writing there, or the operating system does not let us.
        """
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(self.inputs)
            self.recover()
            self.partial.mkdir()
            self.spool.mkdir(mode=0o700)
        except Held as error:
            raise refuse_second(self.out, error.holder) from error
        except OSError as error:
            self._lock.release()
            raise self.refusal(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear away what was not committed."""
        shutil.rmtree(self.partial, ignore_errors=True)
        shutil.rmtree(self.spool, ignore_errors=True)
        self._lock.release()

    def recover(self) -> None:
        """Put back results that a crash left aside; clear half-written ones."""
        if self.previous.exists():
            if self.out.exists():
                shutil.rmtree(self.previous)
            else:
                rename(self.previous, self.out)
        for rest in (self.partial, self.discarded, self.spool):
            if rest.exists():
                shutil.rmtree(rest)

    def clear(self) -> None:
        """Begin to write anew.

        Raises:
            OSError: the operating system does not let us.
        """
        shutil.rmtree(self.partial)
        self.partial.mkdir()

    def commit(self) -> Path:
        """Put the new results in the place of the old.

        Returns:
            The folder where they are now: `out`, or a new one beside it where the old results cannot be moved
            because a program has one of them open (the sentence is `output.open_elsewhere`).

        Raises:
            OutputRefused: the operating system does not let us; the old results are where they were.
        """
        try:
            flush_folder(self.partial)
            where = self.replace_old()
            flush_names(self.out.parent)
        except OSError as error:
            raise self.refusal(error) from error
        shutil.rmtree(self.previous, ignore_errors=True)  # a rest of it is cleared by the next run
        return where

    def replace_old(self) -> Path:
        """Rename the old results away and the new ones into their place, or beside them."""
        existed = self.out.exists()
        if existed:
            try:
                rename(self.out, self.previous)
            except PermissionError:  # Windows does not rename a folder in which a file is open
                return self.keep_beside()
        try:
            rename(self.partial, self.out)
        except BaseException:
            if existed:
                rename(self.previous, self.out)
            raise
        for older in self.places_beside():
            if not older.exists():
                break
            self.discard(older)  # it would pass for newer than these
        return self.out

    def keep_beside(self) -> Path:
        """Give the new results the first free name beside `out`; earlier ones kept so make room."""
        where = next(place for place in self.places_beside() if not place.exists() or self.discard(place))
        rename(self.partial, where)
        return where

    def places_beside(self) -> Iterator[Path]:
        """`OUT.new`, `OUT.new2` and so on."""
        return (self.out.with_name(f"{self.out.name}.new{n if n > 1 else ''}") for n in count(1))

    def discard(self, folder: Path) -> bool:
        """Remove results of an earlier run, whole or not at all.

        Returns:
            False where they are left: they are not ours, hold something that is not, or one of them is open.
        """
        if folder.is_symlink() or not read_manifest(folder) or find_stranger(folder):
            return False
        try:
            folder.replace(self.discarded)
        except OSError:
            return False
        shutil.rmtree(self.discarded, ignore_errors=True)
        return True

    def refusal(self, error: OSError) -> OutputRefused:
        """The sentence for what the operating system said."""
        return OutputRefused("output.unwritable", out=self.out, detail=error.strerror or str(error))


def refuse_second(out: Path, first: Holder | None) -> OutputRefused:
    """The sentence for a run that comes while another writes to the same folder."""
    if first is None:
        return OutputRefused("output.busy", out=out)
    since = first.since.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
    who = {"out": out, "pid": first.pid, "host": first.host, "since": since}
    if not first.inputs:
        return OutputRefused("output.held", **who)
    inputs = " ".join(show_path(given) for given in first.inputs)
    return OutputRefused("output.held_for", **who, inputs=inputs)


def rename(source: Path, target: Path) -> None:
    """Rename, with some patience where it is forbidden.

    Raises:
        PermissionError: it is forbidden for longer.
        OSError: it cannot be done at all.
    """
    for pause in PAUSES:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


def flush_folder(folder: Path) -> None:
    """Have the files of `folder`, and their names, written to disk."""
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_names(path)
        else:
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
    flush_names(folder)


def flush_names(folder: Path) -> None:
    """Have the names in `folder` written to disk; Windows does not offer it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
