"""What the reading of one document yields: a `Report` with its observations, checks and prose.

Enters: nothing. Leaves: frozen types that `output/` turns into tables. Values are exact decimals.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.document import BBox, Source

INTEGER_DIGITS = 28
DECIMALS = 10
"""Digits of a number before and behind its point: tables hold no more, as decimal128(38, 10)."""


class Status(StrEnum):
    """What is printed in a cell of the form (output contract, column `status`)."""

    PRINTED = "printed"
    BLANK = "blank"
    DASH = "dash"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


class Verdict(StrEnum):
    """The outcome of one relation."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Origin(StrEnum):
    """Whether a failed relation is the document's own (`as_printed`) or may be a misreading."""

    AS_PRINTED = "as_printed"
    UNCERTAIN = "uncertain"


CellKey = tuple[str, str, str]
"""A cell of the form: table, field, applicant."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One cell of the form as one document prints it.

    Attributes:
        table: `disclosure`, `requests` or `remedies`.
        field, applicant: canonical names (fields.csv, applicants.csv); applicant "" outside `requests`.
        value: the number as printed, None where nothing numeric is printed.
        unit: as printed, else the form's own.
        raw: the cell's text, verbatim.
        label: the row label as printed.
        row, column: 0-based position in the stitched table, None for `absent`.
        confidence: 0 to 1, at most two decimals.
        flags: failed checks and reading doubts, sorted, without repeats.
    """

    table: str
    field: str
    applicant: str
    value: Decimal | None
    unit: str
    status: Status
    raw: str = ""
    label: str = ""
    page: int | None = None
    bbox: BBox | None = None
    row: int | None = None
    column: int | None = None
    confidence: float = 1.0
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> CellKey:
        """The cell of the form."""
        return (self.table, self.field, self.applicant)


@dataclass(frozen=True, slots=True)
class Check:
    """One relation tested on untouched values.

    Attributes:
        check: its id in relations.csv (`requests.balance`, ...).
        scope: canonical name of the applicant, row or block it is about.
        left, right: the two operands; None where not applicable.
        difference: left - right, None where not applicable.
        message, message_en: one sentence a clerk can act on, Chinese and English; it says which side is more.
    """

    check: str
    scope: str
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    verdict: Verdict
    origin: Origin
    message: str
    message_en: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something printed that could not be placed, or a reading that a person should look at.

    Attributes:
        code: stable identifier (`row.unplaced`, `column.unplaced`, `cell.repeated`, ...).
        message: one Chinese sentence.
        raw: the text it is about.
        table: the form's table, "" if unknown.
        row: 0-based row in the stitched table, None if unknown.
    """

    code: str
    message: str
    raw: str = ""
    table: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    r"""One of the six sections of prose.

    Attributes:
        number: 1-6 by meaning (not by the numeral printed), 0 for text before the first heading.
        heading: as printed, "" for number 0.
        text: paragraphs joined by "\n", tables left out.
    """

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in the prose.

    Attributes:
        section: 0-6.
        phrase: what is counted, as printed (`微信公众号信息发布`).
        value, unit: `138`, `条`; 1.2万条 is 12000 条, 1.2万元 stays 1.2 万元, a percentage has unit `%`.
        sentence: the sentence it stands in, verbatim.
        approximate: printed with 近, 约, 余, 多 or the like, or one end of a range.
    """

    section: int
    phrase: str
    value: Decimal
    unit: str
    sentence: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports and about when.

    Each `*_source` is `title`, `body`, `margin`, `property`, `file_name`, `folder`, or "" where nothing was
    found.
    """

    title: str = ""
    agency: str = ""
    agency_source: str = ""
    year: int | None = None
    year_source: str = ""
    document_number: str = ""
    document_number_source: str = ""
    issued_on: datetime.date | None = None
    issued_on_source: str = ""
    period_start: datetime.date | None = None
    period_end: datetime.date | None = None
    period_source: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One document understood.

    Attributes:
        edition: `2021`, `2019`, `mixed`, `2014`, `prose`, or "" where no part of the form was found.
        is_report: False where the document is no disclosure report at all (`reason` says why).
        reason: one plain Chinese sentence, "" for a report.
    """

    source: Source
    format: str
    reader: str
    pages: int | None
    identity: Identity
    edition: str
    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    sections: tuple[Section, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    is_report: bool = True
    reason: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def has_numbers(self) -> bool:
        """A cell of the form prints a number."""
        return any(o.value is not None for o in self.observations)


def hold_exactly(value: Decimal | None) -> Decimal | None:
    """The value, or None where it has more digits than a table can hold.

    No count or amount comes near that; what does is digits of several cells run together.

    Args:
        value: any decimal.

    Returns:
        The same value or None.
    """
    if value is None:
        return None
    text = str(value)
    if text.isdigit() and len(text) <= INTEGER_DIGITS:  # nearly always, and quickly seen
        return value
    if not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    places = int(exponent)
    return value if places >= -DECIMALS and len(digits) + places <= INTEGER_DIGITS else None
