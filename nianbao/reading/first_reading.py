"""One thing from its bytes to a document, by the first reader or, where a process died of that, the second.

Enters: items, with or without what LibreOffice made of them. Leaves: `Readings`: a document, or the error of
the reader that gave up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.errors import Crashed, Encrypted, ReadError
from extract.read import read_document, read_second, unlock_document
from nianbao.journal.readings import Readings
from nianbao.reading.items import Item, name_known


def read_first(item: Item, passwords: Sequence[str]) -> tuple[Readings, bytes]:
    """The first reading, and the bytes that were read: without encryption where a password opened them."""
    readings = _read_bytes(item, item.data)
    if not passwords or not isinstance(readings.error, Encrypted):
        return readings, item.data
    try:
        data = unlock_document(item.data, item.format, passwords)
    except ReadError as error:
        return replace(readings, error=error), item.data
    return replace(_read_bytes(item, data), unlocked=True), data


def _read_bytes(item: Item, data: bytes) -> Readings:
    known = name_known(item.format)
    try:
        return Readings(read_document(data, item.source, item.format), format=known)
    except ReadError as error:
        return Readings(None, error, format=known)


def read_first_converted(item: Item) -> Readings:
    """The reading of what LibreOffice made of a file of the item's format."""
    from extract.office.converted import read_converted  # few folders hold such a file

    try:
        return Readings(read_converted(item.data, item.source, item.format), format=item.format)
    except ReadError as error:
        return Readings(None, error, format=item.format)


def read_second_alone(item: Item) -> Readings:
    """The second reading, where a process died of the first.

    Raises:
        ReadError: whatever the reader says.
    """
    second = read_second(item.data, item.source, item.format)
    return Readings(None, Crashed(), second, asked=True, format=item.format)
