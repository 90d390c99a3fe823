"""Where results go: replaced whole or not at all.

Enters: the folder the user named. Leaves: an empty folder beside it to write into, which takes its place when
all is written. A crash at any point leaves the old results or the new ones, never a mixture; if it falls
between the two renames, the old ones lie beside and the next run puts them back.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

RECORD = "run.json"
PROGRAM = "nianbao"


class OutputRefused(Exception):
    """Results cannot or must not be written there.

    Attributes:
        key: the sentence in messages.csv.
        values: what it names.
    """

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


def check_target(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse a folder that is an input, lies in one or holds one, and one with files that are not results.

    Raises:
        OutputRefused: with the reason.
    """
    target = out.resolve()
    for given in inputs:
        source = given.resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise OutputRefused("output.overlaps", out=str(out), input=str(given))
    if target.exists() and not target.is_dir():
        raise OutputRefused("output.is_file", out=str(out))
    if stranger := find_stranger(target):
        raise OutputRefused("output.foreign", out=str(out), name=stranger)


def find_stranger(folder: Path) -> str:
    """The first thing in `folder` that no run of ours wrote, "" if there is none."""
    if not folder.is_dir():
        return ""
    known = {RECORD, *read_manifest(folder)}
    names = sorted(path.name for path in folder.iterdir())
    return next((name for name in names if name not in known and name != ".DS_Store"), "")


def read_manifest(folder: Path) -> frozenset[str]:
    """The file names that the last run recorded, none where there is no such record."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return frozenset(record["files"]) if record["program"] == PROGRAM else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()


class ResultFolder:
    """A context in which `partial` may be filled; `commit` puts it in the place of `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out.resolve()
        self.partial = self.beside("partial")
        self.previous = self.beside("previous")
        self._lock: IO[bytes] | None = None

    def beside(self, role: str) -> Path:
        """A hidden neighbour of `out`, in the same file system so that it can be renamed."""
        return self.out.with_name(f".{self.out.name}.{PROGRAM}-{role}")

    def __enter__(self) -> Self:
        """Lock, repair what a crash left, and make the folder to write into."""
        try:
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self._lock = take_lock(self.beside("lock"))
            self.recover()
            self.partial.mkdir()
        except OSError as error:
            self.release()
            raise self.refusal(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear away what was not committed."""
        shutil.rmtree(self.partial, ignore_errors=True)
        self.release()

    def recover(self) -> None:
        """Put back results that a crash left aside; clear half-written ones."""
        if self.previous.exists():
            if self.out.exists():
                shutil.rmtree(self.previous)
            else:
                self.previous.replace(self.out)
        if self.partial.exists():
            shutil.rmtree(self.partial)

    def commit(self) -> None:
        """Put the new results in the place of the old.

        Raises:
            OutputRefused: the operating system does not let us; the old results are where they were.
        """
        try:
            flush_folder(self.partial)
            existed = self.out.exists()
            if existed:
                self.out.replace(self.previous)
            try:
                self.partial.replace(self.out)
            except BaseException:
                if existed:
                    self.previous.replace(self.out)
                raise
            flush_names(self.out.parent)
        except OSError as error:
            raise self.refusal(error) from error
        shutil.rmtree(self.previous, ignore_errors=True)  # a rest of it is cleared by the next run

    def refusal(self, error: OSError) -> OutputRefused:
        """The sentence for what the operating system said."""
        if isinstance(error, BlockingIOError):
            return OutputRefused("output.busy", out=str(self.out))
        return OutputRefused("output.unwritable", out=str(self.out), detail=error.strerror or str(error))

    def release(self) -> None:
        """Give up the lock."""
        if self._lock is not None:
            self.beside("lock").unlink(missing_ok=True)
            self._lock.close()
            self._lock = None


def take_lock(path: Path) -> IO[bytes]:
    """Hold `path` open and locked, so that a second run into the same folder is refused.

    Raises:
        BlockingIOError: another run holds it.
    """
    stream = path.open("wb")
    if sys.platform != "win32":
        import fcntl  # not there on Windows, where an open file cannot be removed anyway

        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            stream.close()
            raise
    return stream


def flush_folder(folder: Path) -> None:
    """Have the files of `folder`, and their names, written to disk."""
    for path in folder.rglob("*"):
        if path.is_file():
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
