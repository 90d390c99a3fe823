"""What there is to read: each file found, each member of an archive, each set of page images.

Enters: a file found, with its bytes. Leaves: items in order, each with its bytes and what they are, or with
its outcome where there is nothing to read. Archives are opened here, within one budget for everything below
a file found; what is in them never touches the disk under a name of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from extract.archive import CONTAINERS, Archive, Member, open_archive, unpack_solid
from extract.document import Source
from extract.errors import (
    EmptyArchive,
    NestedArchives,
    NoText,
    ReadError,
    TooLarge,
    TooManyMembers,
    both,
    in_megabytes,
    in_pages,
)
from extract.image import IMAGES, count_pages
from extract.sniff import UNKNOWN, sniff
from nianbao.find.file_bytes import join_sources
from nianbao.find.files import INSIDE
from nianbao.find.litter import drop_litter
from nianbao.find.page_images import group_pages
from nianbao.reading.outcomes import explain, fail
from output.outcome import Outcome

MAX_DEPTH: Final = 5
"""Archives within archives: province, city, county, unit, and one more; a quine goes on for ever."""
MAX_UNPACKED: Final = 4 * 1000**3
"""Bytes of all archives below one file: ten thousand reports of 400 kB."""
MAX_MEMBERS: Final = 20_000
MAX_REFUSED: Final = 50
"""Members too large or too deep below one file: whatever has more of them was made to do harm."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read.

    Attributes:
        source: its name, digest and size.
        data: its bytes; none where `outcome` is all there is.
        format: what they are (`extract.sniff`), "" where nobody can say.
        remarks: what was noticed on the way to it.
        outcome: why there is nothing to read, None if there is.
    """

    source: Source
    data: bytes = field(default=b"", repr=False)
    format: str = ""
    remarks: tuple[str, ...] = ()
    outcome: Outcome | None = None


class Spent(TooLarge):
    """Nothing more may come out of the archives below one file."""


@dataclass(slots=True)
class Budget:
    """What may still come out of the archives below one file."""

    unpacked: int = MAX_UNPACKED
    members: int = MAX_MEMBERS
    refused: int = MAX_REFUSED

    def spend(self, size: int) -> None:
        """Take one member of so many bytes out of the budget.

        Raises:
            Spent: it is spent.
        """
        self.unpacked -= size
        self.members -= 1
        if self.unpacked < 0 or self.members < 0:
            limit = in_megabytes(MAX_UNPACKED)
            raise Spent(both(f"> {limit}，{MAX_MEMBERS} 个文件", f"> {limit}, {MAX_MEMBERS} files"))

    def refuse(self, error: ReadError) -> None:
        """Take what is too large or too deep out of the budget.

        Raises:
            Spent: there was too much of it.
        """
        self.refused -= isinstance(error, (TooLarge, TooManyMembers, NestedArchives))
        if self.refused < 0:
            raise Spent(error.detail)


@dataclass(frozen=True, slots=True)
class Opener:
    """How archives are opened.

    Attributes:
        passwords: tried on locked members.
    """

    passwords: Sequence[str] = ()

    def items(self, item: Item) -> Iterator[Item]:
        """What is in a file found: itself, or each member of the archive that it is, in order."""
        return self.expand(item, Budget(), 0)

    def expand(self, item: Item, budget: Budget, depth: int) -> Iterator[Item]:
        """The item itself, or what is in it."""
        if item.format not in CONTAINERS:
            yield item
            return
        try:
            with self.open(item, depth) as archive:
                yield from self.members(item, archive, budget, depth)
        except Exception as error:
            if isinstance(error, NestedArchives):
                budget.refuse(error)
            if depth and isinstance(error, Spent):
                raise  # one row for the file, not one for each archive on the way
            outcome = replace(explain(item.source, error), format=item.format)
            yield replace(item, data=b"", outcome=outcome)

    def open(self, item: Item, depth: int) -> Archive:
        """The archive that an item is.

        Raises:
            ReadError: it stands too deep in others, or whatever its format says.
        """
        if depth >= MAX_DEPTH:
            raise NestedArchives(str(MAX_DEPTH))
        name = item.source.path.rpartition("/")[2]
        return open_archive(item.data, item.format, name, self.passwords, unpack_solid)

    def members(self, item: Item, archive: Archive, budget: Budget, depth: int) -> Iterator[Item]:
        """The mail itself, where it is one that says something, and every member.

        Raises:
            ReadError: there is nothing in it, the budget is spent, or it is cut off.
        """
        by_name = {member.name: member for member in archive.members}
        members = [by_name[name] for name in drop_litter(by_name)]
        rest = archive.rest
        if archive.body is None and not members:
            raise rest or EmptyArchive
        sets = {
            group: names
            for group, names in group_pages([m.name for m in members if m.error is None]).items()
            if len(names) > 1
        }
        pages: dict[str, Source | None] = dict.fromkeys(chain.from_iterable(sets.values()))
        if archive.body is not None:
            yield item
        try:
            for member in members:
                inner, opened = self.open_member(item, archive, member, budget)
                if isinstance(opened, Outcome):
                    yield Item(inner, outcome=opened)
                elif member.name in pages:
                    pages[member.name] = inner
                else:
                    yield from self.expand(identify(inner, opened, member.remarks), budget, depth + 1)
        except ReadError as error:  # the budget is spent: what was read before has its rows
            rest = error
        for group, names in sets.items():
            if seen := [source for name in names if (source := pages[name])]:
                path = f"{item.source.path}{INSIDE}{group}" if group else item.source.path
                yield scan_item(join_sources(path, seen), len(seen))
        if rest:
            raise rest

    def open_member(
        self, item: Item, archive: Archive, member: Member, budget: Budget
    ) -> tuple[Source, bytes | Outcome]:
        """One member with its bytes, or why it has none.

        Raises:
            Spent: the budget is spent.
        """
        source = Source(f"{item.source.path}{INSIDE}{member.name}", "", max(member.size, 0))
        try:
            data = archive.read(member)
        except ReadError as error:
            budget.spend(0 if member.error else source.size)
            budget.refuse(error)
            return source, fail(source, error)
        budget.spend(len(data))
        return replace(source, sha256=hashlib.sha256(data).hexdigest(), size=len(data)), data


def identify(source: Source, data: bytes, remarks: tuple[str, ...] = ()) -> Item:
    """The item that bytes are: here, and nowhere else on the way to its report, it is asked what they are."""
    file_format = ""
    try:
        file_format = sniff(data)
        if file_format in IMAGES:
            return scan_item(source, count_pages(data), file_format)
    except Exception as error:
        outcome = replace(explain(source, error), format=file_format)
        return Item(source, remarks=remarks, outcome=outcome)
    return Item(source, data, file_format, remarks)


def name_known(file_format: str) -> str:
    """The format as tables have it: "" for none that is known here."""
    return "" if file_format == UNKNOWN else file_format


def scan_item(source: Source, pages: int, file_format: str = "images") -> Item:
    """Images of pages, which no reader reads yet."""
    outcome = replace(fail(source, NoText(in_pages(pages))), format=file_format, pages=pages)
    return Item(source, format=file_format, outcome=outcome)
