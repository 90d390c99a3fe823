"""Where results go: replaced whole or not at all.

Enters: the folder the user named. Leaves: an empty folder beside it to write into, which takes its place when
all is written. A crash at any point leaves the old results or the new ones, never a mixture; if it falls
between the two renames, the old ones lie beside and the next run puts them back. Where the old ones cannot
be replaced, because a program has one of them open (Windows) or somebody has put something of theirs among
them, the new ones stay beside under a name that can be seen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from nianbao.machine.address import Address, Place
from nianbao.machine.interrupts import spare_end
from nianbao.machine.paths import resolve, show_path, spell_out_long
from nianbao.machine.rename_and_flush import flush_folder, flush_names, rename
from nianbao.refused import OutputRefused, Refused
from nianbao.results.lock import Held, Holder, Lock
from nianbao.results.own_files import (
    PROGRAM,
    clear_rest,
    find_stranger,
    is_result,
    is_spooled,
    is_whole,
    refuse_strangers,
    remove_own,
)


def check_target(out: Path, inputs: Sequence[Place]) -> None:
    """Refuse a folder that is an input, lies in one or holds one, and one with files that are not results.

    Raises:
        OutputRefused: with the reason.
        OSError: the operating system does not let us look.
    """
    target = resolve(out)
    for given in inputs:
        if isinstance(given, Address):
            continue
        source = resolve(given)
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise OutputRefused("output.overlaps", out=out, input=given)
    if os.path.lexists(target) and not target.is_dir():
        raise OutputRefused("output.is_file", out=out)
    if stranger := find_stranger(target):
        raise OutputRefused("output.foreign", out=out, name=stranger)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Results that were written.

    Attributes:
        folder: where they are now.
        remark: why that is not where they were wanted, or what of somebody else's was left over; else None.
    """

    folder: Path
    remark: Refused | None = None


class ResultFolder:
    """A context in which `partial` may be filled; `commit` puts it in the place of `out`.

    Attributes:
        out: the folder for the results, as Windows can open it where its path is long.
        partial: where to write.
        spool: a private folder for what is on its way.
        inputs: what the run reads, for the sentence that refuses another run meanwhile.
    """

    def __init__(self, out: Path, inputs: Sequence[Place] = ()) -> None:
        self.out = spell_out_long(resolve(out))
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
            OutputRefused: another run is writing there, something of somebody else's stands in the way, or
                the operating system does not let us.
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
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear away what was not committed."""
        for rest, own in ((self.partial, is_result), (self.spool, is_spooled)):
            with suppress(OSError):
                remove_own(rest, own)
        self._lock.release()

    def recover(self) -> None:
        """Put back results that a crash left aside; clear half-written ones.

        Raises:
            OutputRefused: there is something among them that is not ours.
            OSError: the operating system does not let us.
        """
        if not os.path.lexists(self.out) and is_whole(self.previous):
            rename(self.previous, self.out)
        clear_rest(self.previous)
        clear_rest(self.discarded)
        clear_rest(self.partial, is_result)
        clear_rest(self.spool, is_spooled)

    def clear(self) -> None:
        """Begin to write anew.

        Raises:
            OutputRefused: somebody has put something into the folder that is being filled.
            OSError: the operating system does not let us.
        """
        clear_rest(self.partial, is_result)
        self.partial.mkdir()

    def commit(self) -> Delivered:
        """Put the new results in the place of the old, or beside them where the old ones have to stay.

        From where that begins no interrupt breaks off the run: it would say that the old ones are untouched.

        Raises:
            OutputRefused: the operating system does not let us; the old results are where they were.
        """
        try:
            refuse_strangers(self.partial, is_result)
            flush_folder(self.partial)
            spare_end()
            delivered = self.replace_old()
        except OSError as error:
            raise self.refusal(error) from error
        with suppress(OSError):  # the new ones are in place, and only a power cut could tell
            flush_names(self.out.parent)
        return delivered

    def replace_old(self) -> Delivered:
        """Rename the old results away and the new ones into their place, or beside them.

        What is not ours is looked for before, where the folder is not even moved for it, and again in the old
        results when they are aside and nobody finds them any more.
        """
        existed = os.path.lexists(self.out)
        if stranger := self.find_stranger(self.out):
            return self.leave_to(stranger)
        if existed:
            try:
                rename(self.out, self.previous)
            except PermissionError:  # Windows does not rename a folder in which a file is open
                where = self.keep_beside()
                return Delivered(where, OutputRefused("output.open_elsewhere", out=self.out, new=where))
            if stranger := self.find_stranger(self.previous):
                rename(self.previous, self.out)
                return self.leave_to(stranger)
        try:
            rename(self.partial, self.out)
        except BaseException:
            if existed and not os.path.lexists(self.out):  # else the next run puts them back
                rename(self.previous, self.out)
            raise
        for older in self.places_beside():
            if not os.path.lexists(older):
                break
            self.discard(older)  # it would pass for newer than these
        return Delivered(self.out, self.remove_old())

    def find_stranger(self, folder: Path) -> str:
        """The first thing in a folder of results that is not ours, its own name if it is no folder."""
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            return folder.name
        return find_stranger(folder)

    def remove_old(self) -> Refused | None:
        """Remove the old results; what cannot go is left to the next run, what is not ours named."""
        with suppress(OSError):
            if os.path.lexists(self.previous):
                remove_own(self.previous)
            if stranger := find_stranger(self.previous):
                return Refused("output.kept_aside", out=self.out, place=self.previous, name=stranger)
        return None

    def leave_to(self, stranger: str) -> Delivered:
        """Leave the old results as they are, for what is not ours among them."""
        where = self.keep_beside()
        why = OutputRefused("output.foreign_meanwhile", out=self.out, new=where, name=stranger)
        return Delivered(where, why)

    def keep_beside(self) -> Path:
        """Give the new results the first free name beside `out`; earlier ones kept so make room."""
        where = next(at for at in self.places_beside() if not os.path.lexists(at) or self.discard(at))
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
        try:
            if not is_whole(folder):
                return False
            folder.replace(self.discarded)
            if not is_whole(self.discarded):  # somebody was faster
                self.discarded.replace(folder)
                return False
            remove_own(self.discarded)
        except OSError:
            return False
        return True

    def refusal(self, error: OSError) -> OutputRefused:
        """The sentence for what the operating system said."""
        return OutputRefused("output.unwritable", out=self.out, detail=error)


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
