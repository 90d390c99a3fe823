"""Pictures of pages: how many there are. What they show is for a scan reader.

In a run pictures end in `nianbao/reading/items.py`, which only counts their pages.

Enters: bytes. Leaves: a number of pages, or the error that says what is needed. The directories of a TIFF are
counted here: an image library decodes parts of each, refuses large pages and has no limit in time.
"""

from __future__ import annotations

import struct
from typing import Final

from extract.document import Document, Source
from extract.errors import NoText, in_pages

IMAGES: Final = frozenset({"png", "jpeg", "tiff", "bmp", "gif"})
MAX_PAGES: Final = 5_000
# For each beginning: number of entries and place of the next directory as they are stored, bytes of an entry.
_TIFF: Final = {
    b"II*\x00": ("<H", "<I", 12),
    b"MM\x00*": (">H", ">I", 12),
    b"II+\x00": ("<Q", "<Q", 20),
    b"MM\x00+": (">Q", ">Q", 20),
}


def read_image(data: bytes, source: Source) -> Document:
    """Never a document.

    Raises:
        NoText: always.
    """
    raise NoText(in_pages(count_pages(data)))


def count_pages(data: bytes) -> int:
    """The pages of an image file: those of a TIFF as far as they can be reached, else 1."""
    if data[:4] not in _TIFF:
        return 1
    count_format, place_format, entry = _TIFF[data[:4]]
    at = 8 if place_format.endswith("Q") else 4
    places: set[int] = set()
    try:
        while len(places) < MAX_PAGES:
            (place,) = struct.unpack_from(place_format, data, at)
            if place == 0 or place in places:
                break
            (count,) = struct.unpack_from(count_format, data, place)
            at = place + struct.calcsize(count_format) + entry * count
            places.add(place)
    except (struct.error, OverflowError):  # cut off, or no place of a file
        pass
    return max(len(places), 1)
