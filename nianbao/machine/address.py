"""Files that lie elsewhere: in a bucket, in HDFS, wherever fsspec reaches.

Enters: what a person gave as an input. Leaves: a path, or an address such as `s3://bucket/reports`, spelt and
cut like a path. Nothing is opened here (`nianbao.find.remote_storage` does that).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_LOCAL: Final = re.compile(r"file://(?:localhost)?(?=/)", re.IGNORECASE)
_SECRET: Final = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file system or the storage says of a file.

    Attributes:
        stamp: as long as it stays, so do the bytes; "" where nothing can be said.
        changed: nanoseconds since 1970 when it was changed last, 0 where the stamp follows the bytes.
        size: in bytes.
    """

    stamp: str = ""
    changed: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """A file or folder that fsspec reaches.

    Attributes:
        url: the whole address.
        seen: what its listing said of it.
    """

    url: str = field(repr=False)
    seen: Seen = field(default_factory=Seen, compare=False)

    def __str__(self) -> str:
        """The address as it may be shown and kept: without a password."""
        return _SECRET.sub(r"\1:***@", self.url)

    @property
    def anchor(self) -> str:
        """The scheme with its colon and slashes."""
        return self.url.partition("://")[0] + "://"

    @property
    def parts(self) -> tuple[str, ...]:
        """The scheme, then every name on the way."""
        return (self.anchor, *filter(None, str(self).removeprefix(self.anchor).split("/")))

    @property
    def name(self) -> str:
        """The last name on the way."""
        return self.parts[-1]

    @property
    def parent(self) -> Address:
        """The folder that it lies in."""
        return Address(self.url.rpartition("/")[0])


Place = Path | Address


def as_place(text: str) -> Place:
    """What a person gave as an input: with a scheme in front an address; `file://` is a path as well."""
    if not is_address(text):
        return Path(text)
    if local := _LOCAL.match(text):
        from urllib.request import url2pathname  # slow to import

        return Path(url2pathname(text[local.end() :]))
    anchor, _, rest = text.partition("://")
    return Address(f"{anchor}://{rest.rstrip('/')}")


def is_address(text: str) -> bool:
    """Whether a scheme stands in front; a single letter is a disk of Windows."""
    return _SCHEME.match(text) is not None


def encode_place(place: Place) -> bytes:
    """A place as bytes, by which the journal knows it again; no password stands in them."""
    return str(place).encode("utf-8", "surrogatepass") if isinstance(place, Address) else os.fsencode(place)
