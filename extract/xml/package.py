"""A zip of XML parts, read within limits.

Enters: the bytes of the file. Leaves: parsed parts. Every fault of the zip or of the XML becomes one of
`extract.errors` here, so that the modules behind it only see well-formed trees.
"""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.errors import Damaged, Encrypted, TooLarge, in_megabytes
from extract.zip.content import ENCRYPTED, load
from extract.zip.directory import Stored, read_directory

# Unpacked, of one part and of all that are read (`test_a_bomb_is_refused_before_it_is_unpacked`,
# `test_many_middling_parts_are_refused_together`).
MAX_PART_BYTES: Final = 64 * 1024 * 1024
MAX_TOTAL_BYTES: Final = 96 * 1024 * 1024
# The XML of office programs packs about 10 to 60 times; a large part beyond this ratio is a bomb.
MAX_RATIO: Final = 250
_RATIO_MATTERS_FROM: Final = 8 * 1024 * 1024
"""Bytes up to which it does not matter how far a part was packed."""


class ZipPackage:
    """An opened package.

    Attributes:
        duplicated: two members share one name; the one listed last is read, as Word does.
    """

    def __init__(self, data: bytes) -> None:
        listed = read_directory(data)
        if listed is None:
            raise Damaged("zip")
        self._data = data
        # Part names do not depend on case (OPC 6.2.2), and some writers use "\\" between folders.
        self._members = {_part_name(_file_name(item.raw)): item for item in listed}
        self.duplicated = len(self._members) < len(listed)
        self._spent = 0
        self._parser = _parser()

    @property
    def names(self) -> tuple[str, ...]:
        """Of all members, in lower case."""
        return tuple(self._members)

    def __contains__(self, part: str) -> bool:
        return _part_name(part) in self._members

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            Damaged: the part is missing or cannot be unpacked.
            Encrypted: the member has a zip password.
        UnsupportedPacking: it is packed in a way that no office program uses.
            TooLarge: it unpacks to more than a report can have.
        """
        member = self._members.get(_part_name(part))
        if member is None:
            raise Damaged(part)
        if member.flags & ENCRYPTED:
            raise Encrypted(part)
        self._check_size(part, member)
        try:
            return load(self._data, member)
        except Damaged as fault:
            raise Damaged(part) from fault

    def check_sizes(self) -> None:
        """Whether all parts together stay within limits, before another program unpacks them.

        Raises:
            TooLarge: they do not.
        """
        for part, member in self._members.items():
            self._check_size(part, member)

    def _check_size(self, part: str, member: Stored) -> None:
        size = member.size  # never more is unpacked than this
        self._spent += size
        bomb = size > _RATIO_MATTERS_FROM and size > MAX_RATIO * max(member.packed, 1)
        if bomb or size > MAX_PART_BYTES or self._spent > MAX_TOTAL_BYTES:
            detail = f"{part}, {in_megabytes(size)}"
            raise TooLarge(detail)

    def parse(self, part: str) -> _Element:
        """The root element of an XML part; no entities, no network, bounded depth and text."""
        data = self._before_parsing(self.read(part))
        try:
            root = etree.fromstring(data, self._parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
            raise Damaged(part) from fault
        if _has_document_type(root):
            detail = f"{part}, DOCTYPE"
            raise Damaged(detail)
        return root

    def _before_parsing(self, data: bytes) -> bytes:
        """What a format changes in every XML part before it is parsed."""
        return data


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _file_name(raw: bytes) -> str:
    """The name as its writer meant it: without a mark it is in the writer's code page, mostly GBK."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _has_document_type(root: _Element) -> bool:
    return etree.ElementTree(root).docinfo.internalDTD is not None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
