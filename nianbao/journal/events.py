"""What the reading of files says as it goes on, and what the journal keeps of it.

Enters: nothing. Leaves: plain frozen types that cross between processes; what is large in them is packed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.document import Source


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing to read in a file found: the file itself, a member of an archive, a mail.

    Attributes:
        suffix: what its path has after that of the file, "" for the file itself.
        sha256, size: of its bytes.
        remarks: what was noticed on the way to it.
    """

    suffix: str
    sha256: str
    size: int
    remarks: tuple[str, ...] = ()

    def source(self, path: str) -> Source:
        """Its source, where the file found is called `path`."""
        return Source(path + self.suffix, self.sha256, self.size)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file found was opened.

    Attributes:
        path: its name in the tables.
        place: where it is, as bytes: its path or address.
        stamp: what the file system says of it; while that stays, so do the bytes. "" if nothing can be said.
        sha256, size: of its bytes.
        items: what is in it, in order.
        condition: under which the list of items stands (`nianbao.journal.rules`).
    """

    path: str
    place: bytes
    stamp: str
    sha256: str
    size: int
    items: tuple[Listed, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing was read, or could not be.

    Attributes:
        source: its path, digest and size.
        status, format, error_code, error, error_en: as of its outcome.
        outcome: the `Outcome`, packed.
        readings: what its reader made of it, packed, for understanding it anew; None where that is not kept.
        kin: by what other versions of its report are found (`normalize.versions.relate.keys_of`); none where
            it has no report.
        condition, reading_condition: under which the outcome, and the readings, stand
            (`nianbao.journal.rules`).
        seconds: that each stage took.
    """

    source: Source
    status: str
    format: str
    error_code: str
    error: str
    error_en: str
    outcome: bytes = field(repr=False)
    readings: bytes | None = field(default=None, repr=False)
    kin: tuple[str, ...] = ()
    condition: str = ""
    reading_condition: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)


Event = Opened | Result
