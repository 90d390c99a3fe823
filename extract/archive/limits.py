"""How much an archive may unpack to.

Enters: sizes, declared or counted. Leaves: an error where a limit is passed. Sizes that an archive declares
are used to refuse, never to trust: whoever unpacks counts as well.
"""

from __future__ import annotations

from typing import Final

from extract.errors import TooLarge, in_megabytes

MAX_MEMBERS: Final = 10_000
"""A county's reports of ten years, with every enclosure, are some thousand files."""
MAX_MEMBER_BYTES: Final = 200 * 1024 * 1024
"""As for a file that lies in a folder (`extract.read.MAX_FILE_BYTES`)."""
MAX_TOTAL_BYTES: Final = 2 * 1000 * 1000 * 1000
"""Ten times a whole archive of the greatest size read here; also what may lie in the private folder."""
MAX_RATIO: Final = 250
"""Text packs 10 times, a clean scan stored as a bitmap some 100 times, zeros 1000 times."""
RATIO_MATTERS_FROM: Final = 16 * 1024 * 1024
"""Bytes up to which it does not matter how far a member was packed."""


def check_size(size: int, packed: int) -> None:
    """Refuses a member by its size and by how far it was packed.

    Raises:
        TooLarge: no report is like that.
    """
    if size > MAX_MEMBER_BYTES or (size > RATIO_MATTERS_FROM and size > MAX_RATIO * max(packed, 1)):
        raise TooLarge(in_megabytes(size))
