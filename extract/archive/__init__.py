"""Files that hold files: zip, rar, 7z, tar, compressed streams, e-mail.

Enters: bytes of a container. Leaves: an `Archive` of members, within limits and names that lead nowhere.
`archive.py` is the door; the others open one kind of container each.
"""

from extract.archive.archive import CONTAINERS, Archive, open_archive
from extract.archive.by_libarchive import UnpackedFile, UnpackTask, unpack_solid
from extract.archive.member import Member
from extract.archive.rar_and_7z import Unpack

__all__ = [
    "CONTAINERS",
    "Archive",
    "Member",
    "Unpack",
    "UnpackTask",
    "UnpackedFile",
    "open_archive",
    "unpack_solid",
]
