"""Pictures of pages: how many there are. What they show is for a scan reader.

Enters: bytes. Leaves: a number of pages, or the error that says what is needed.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import Final

from extract.document import Document, Source
from extract.errors import NoText

IMAGES: Final = frozenset({"png", "jpeg", "tiff", "bmp", "gif"})
MAX_PAGES: Final = 5_000
_FAULTS: Final = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, struct.error)


def read_image(data: bytes, source: Source) -> Document:
    """Never a document.

    Raises:
        NoText: always.
    """
    raise NoText(describe_pages(count_pages(data)))


def describe_pages(pages: int) -> str:
    """A number of pages for people, in both languages."""
    return f"{pages} 页 / {'page' if pages == 1 else 'pages'}"


def count_pages(data: bytes) -> int:
    """The pages of an image file: those of a TIFF, else 1; 1 too where it is damaged."""
    if data[:4] not in {b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"}:
        return 1
    from PIL import Image  # not needed for any other file

    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=("TIFF",)) as image,
        ):
            return min(getattr(image, "n_frames", 1), MAX_PAGES)
    except _FAULTS:
        return 1
