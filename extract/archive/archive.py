"""Bytes of a container -> its members, each read when it is asked for.

Enters: bytes, the format that `extract.sniff` gave them, the container's own file name. Leaves: an `Archive`.
One level is opened: a member that is a container itself is bytes like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Final, Self

from extract.archive.by_libarchive import unpack_solid
from extract.archive.compressed import open_stream
from extract.archive.limits import MAX_MEMBERS, MAX_TOTAL_BYTES
from extract.archive.mail.attachments import open_mail
from extract.archive.member import ArchiveEntry, Contents, Member
from extract.archive.member_names import clean_name, decode_names
from extract.archive.rar_and_7z import Unpack, open_solid
from extract.archive.tar import open_tar
from extract.archive.zip_members import open_zip
from extract.distinct_names import make_unique
from extract.errors import ReadError, TooLarge, TooManyMembers, UnsupportedFormat, in_megabytes

CONTAINERS: Final = frozenset({"zip", "rar", "7z", "tar", "gzip", "bzip2", "xz", "eml"})
"""Formats of `extract.sniff` that hold files."""


class Archive:
    """An opened container; a context manager, because members may lie in a private folder.

    Attributes:
        members: files only, sorted by name.
        rest: why there is, or may be, more that could not be reached; None where these are all.
        body: the text of a mail itself: "html" or "text", and UTF-8 with a byte-order mark.
    """

    def __init__(self, contents: Contents) -> None:
        entries, beyond = _limit(contents.entries)
        self.members, self._loads = _name_members(entries)
        self.rest = beyond or contents.rest
        self.body = contents.body
        self._close = contents.close
        self._spent = 0
        self._counted: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives back what the archive took: files in a private folder."""
        self._loads.clear()
        self._close()

    def read(self, member: Member) -> bytes:
        """The bytes of a member.

        Raises:
            Damaged: it cannot be unpacked, or unpacks to something else than was stored.
            Encrypted: it needs a password, and none of those given fits.
            TooLarge: it, or all that was read up to now, is more than an archive of reports holds.
            ReadError: the member's own error.
        """
        if member.error:
            raise type(member.error)(member.error.detail)
        data = self._loads[member.name]()
        self._spent += 0 if member.name in self._counted else len(data)
        self._counted.add(member.name)
        if self._spent > MAX_TOTAL_BYTES:
            raise TooLarge(f"> {in_megabytes(MAX_TOTAL_BYTES)}")
        return data


def open_archive(
    data: bytes, file_format: str, name: str, passwords: Sequence[str] = (), unpack: Unpack = unpack_solid
) -> Archive:
    """Opens a container.

    Args:
        data: its bytes.
        file_format: one of `CONTAINERS`.
        name: its own file name, without folders.
        passwords: tried on encrypted members of a zip.
        unpack: what unpacks by the native library, for running it elsewhere: it may crash.

    Raises:
        Damaged: nothing of it can be read.
        Encrypted: not even the names can be read.
        SplitArchive: it is one volume of several.
        NeedsLibarchive: the system library for this format is missing.
        UnsupportedFormat: it is no container.
    """
    if file_format == "zip":
        return Archive(open_zip(data, name, passwords, unpack))
    if file_format in {"rar", "7z"}:
        return Archive(open_solid(data, file_format, name, unpack))
    if file_format in {"gzip", "bzip2", "xz"}:
        return Archive(open_stream(data, file_format, name))
    if file_format == "tar":
        return Archive(open_tar(data))
    if file_format == "eml":
        return Archive(open_mail(data))
    raise UnsupportedFormat(file_format)


def _name_members(
    entries: Sequence[ArchiveEntry],
) -> tuple[tuple[Member, ...], dict[str, Callable[[], bytes]]]:
    cleaned = [clean_name(name) for name in decode_names([entry.name for entry in entries])]
    named = zip(entries, cleaned, make_unique(name for name, _ in cleaned), strict=True)
    members: list[Member] = []
    loads: dict[str, Callable[[], bytes]] = {}
    for entry, (_, unsafe), (name, repeated) in named:
        remarks = (*entry.remarks, *_remark(unsafe=unsafe, repeated=repeated))
        members.append(Member(name, entry.size, entry.error, remarks))
        loads[name] = entry.load
    return tuple(sorted(members, key=lambda member: member.name)), loads


def _limit(entries: Sequence[ArchiveEntry]) -> tuple[Sequence[ArchiveEntry], ReadError | None]:
    """The entries up to a limit, and the error that all others share."""
    total = 0
    for place, entry in enumerate(entries):
        if place == MAX_MEMBERS:
            return entries[:place], TooManyMembers(f"> {MAX_MEMBERS}")
        total += 0 if entry.error else max(entry.size, 0)
        if total > MAX_TOTAL_BYTES:
            return entries[:place], TooLarge(f"> {in_megabytes(MAX_TOTAL_BYTES)}")
    return entries, None


def _remark(*, unsafe: bool, repeated: bool) -> Iterator[str]:
    if unsafe:
        yield "name.unsafe"
    if repeated:
        yield "name.repeated"
