"""Who reports, about which year, under which number and when.

Enters: the paragraphs outside the form's tables, the margins, the title in the file's properties, the path.
Leaves: an `Identity` that says where each fact was found. Empty is better than wrong.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from extract.document import Paragraph
from normalize.identity.agencies import body_of_line, clean_name, is_body, is_region
from normalize.identity.file_names import in_script, plausible, read_name
from normalize.identity.letterhead import Signature, find_document_number, find_head_date, find_signature
from normalize.identity.near_titles import find_head_title
from normalize.identity.opening_sentences import OPENING, acting_body, quoted_body
from normalize.identity.period import find_period, year_announced, year_of_body
from normalize.identity.printed_lines import PrintedLine, cut_foot, cut_head, to_lines
from normalize.identity.titles import Title, find_title, parse_title
from normalize.report import Identity
from normalize.words.dates import DATE
from normalize.words.page_words import WORDS
from normalize.words.plain import mend, plain, squeeze, unify
from normalize.words.search import Pattern

_LABELLED = Pattern(
    r"\L<agency_label>(?:\(\p{Han}{1,6}\))?[:\]|]+\[?"
    r"([\p{Han}()]{3,36}?)(?=$|[|\[]|\L<after_name>)",
    WORDS,
)
_DATED = Pattern(rf"\(?(?:{DATE})\)?$")

MIN_REPEAT = 4
"""Characters of the shortest name that counts as repeated: 某市某市 alone may be a place in a place.

At 8 names that header and title repeat stay doubled (test_identity_places).
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything the document was searched for, before a choice is made."""

    head: list[PrintedLine]
    foot: list[PrintedLine]
    printed: str
    words: str
    title: Title | None
    signature: Signature
    margin: Title | None
    property: Title | None
    path: str


def read_identity(
    paragraphs: Sequence[Paragraph],
    margins: Sequence[Paragraph],
    properties_title: str,
    path: str,
    around: Sequence[Paragraph] = (),
) -> Identity:
    """Finds the facts that say what a report is.

    Args:
        paragraphs: of the body, outside the form's tables, in reading order.
        margins: page headers and footers.
        properties_title: "" where the file has none.
        path: relative to the folder of the run; its last part is the last resort.
        around: what stands around the article of a web page: it speaks of the site, and counts last.
    """
    read = _search(paragraphs, margins, properties_title, path)
    title = _title(read)
    issued_on, issued_source = _issued_on(read)
    period = find_period(read.words)
    year, year_source, doubts = _year(read, period, issued_on)
    agency, agency_source = _agency(read, margins)
    if not agency and around:
        agency, agency_source = _first_body(around), "margin"
    last = read.title.last if read.title else None
    number, number_source = find_document_number(read.head, last), "body"
    if not number:
        number, number_source = find_document_number(list(to_lines(margins)), None), "margin"
    if issued_on and year and issued_on.year < year:
        doubts += ("issued_on.before_year",)
    return Identity(
        title=mend(title.text) if title else "",
        agency=once(mend(agency)),
        agency_source=agency_source if agency else "",
        year=year,
        year_source=year_source,
        document_number=number,
        document_number_source=number_source if number else "",
        issued_on=issued_on,
        issued_on_source=issued_source,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        period_source="body" if period else "",
        doubts=doubts,
    )


def once(agency: str) -> str:
    """A name that a page header and the title say one after the other (`某县某局某局`), said once."""
    for cut in range(MIN_REPEAT, len(agency) - MIN_REPEAT + 1):
        first, second = agency[:cut], agency[cut:]
        if first.endswith(second) or first.startswith(second):
            return first
    return agency


def _search(
    paragraphs: Sequence[Paragraph], margins: Sequence[Paragraph], properties_title: str, path: str
) -> _Read:
    head = cut_head(paragraphs)
    printed = squeeze("".join(p.text for p in paragraphs))
    text_from = head[-1].index + 1 if head else 0
    # without a heading the head is the whole document
    foot = cut_foot(paragraphs, text_from) or cut_foot(paragraphs, 0)
    return _Read(
        head=head,
        foot=foot,
        printed=printed,
        words=unify(printed),
        title=find_head_title(head),
        signature=find_signature(foot),
        margin=find_title(list(to_lines(margins))),
        property=parse_title(squeeze(properties_title), plain(properties_title)),
        path=path,
    )


def _title(read: _Read) -> Title | None:
    """The title of the body, else of the page header, else of the file's properties."""
    return next((title for title in (read.title, read.margin, read.property) if title is not None), None)


def _issued_on(read: _Read) -> tuple[datetime.date | None, str]:
    """The date in the signature; else the document's own near the title; else 印发; else the page's."""
    near, own = find_head_date(read.head, read.title.last if read.title else None)
    below, _ = find_head_date(read.foot, -9)
    ranked = (read.signature.date, near if own else None, read.signature.printed_on, near, below)
    date = next((date for date in ranked if date is not None), None)
    return date, "body" if date else ""


def _year(
    read: _Read, period: tuple[datetime.date, datetime.date] | None, issued_on: datetime.date | None
) -> tuple[int | None, str, tuple[str, ...]]:
    """The reporting year: the title's, unless the period and the date of issue both say another."""
    titled = plausible(read.title.year) if read.title else None
    spanned = plausible(period[1].year) if period else None
    before_issue = issued_on.year - 1 if issued_on else None
    if titled and spanned and titled != spanned:
        against = spanned == before_issue and titled != before_issue
        return (spanned, "body", ("year.conflict",)) if against else (titled, "title", ("year.conflict",))
    if titled:
        return titled, "title", ()
    if spanned:
        announced = year_announced(read.words[:OPENING])
        if announced and announced != spanned and announced == year_of_body(read.words):
            return announced, "body", ("year.conflict",)
        return spanned, "body", ()
    others = (
        (read.margin.year if read.margin else None, "margin"),
        (year_of_body(read.words), "body"),
        (read.property.year if read.property else None, "property"),
    )
    for year, source in others:
        if plausible(year):
            return year, source, ()
    named = read_name(read.path).year
    if plausible(named):
        return named, "file_name", ()
    return (before_issue, "body", ("year.guessed",)) if plausible(before_issue) else (None, "", ())


def _agency(read: _Read, margins: Sequence[Paragraph]) -> tuple[str, str]:
    """The body, from the most to the least trusted place."""
    if read.title and read.title.agency:
        return read.title.agency, "title"
    beside = _beside_title(read.head, read.title)
    if beside:
        return beside, "title"
    if read.signature.agency:
        return read.signature.agency, "body"
    for name, source in (
        (quoted_body(read.words, read.printed), "body"),
        (acting_body(read.words, read.printed), "body"),
        (_header(read.head, read.title), "body"),
        (read.margin.agency if read.margin else "", "margin"),
        (_first_body(margins), "margin"),
        (read.property.agency if read.property else "", "property"),
        (read_name(read.path).agency, "file_name"),
        (_labelled(read.head), "body"),
    ):
        if name:
            return name, source
    return "", ""


def _first_body(paragraphs: Sequence[Paragraph]) -> str:
    """The first body that is a line of its own."""
    return next(filter(None, (in_script(p.text, body_of_line(plain(p.text))) for p in paragraphs)), "")


def _printed(line: PrintedLine, name: str) -> str:
    at = line.plain.find(name)
    return line.printed[at : at + len(name)] if name and at >= 0 else ""


def _beside_title(head: list[PrintedLine], title: Title | None) -> str:
    """A body on the line right above the title or right below it."""
    if title is None:
        return ""
    for at in (title.first - 1, title.last + 1):
        if 0 <= at < len(head):
            name = _printed(head[at], body_of_line(_DATED.sub("", head[at].plain)))
            if name:
                return name
    return ""


def _header(head: list[PrintedLine], title: Title | None) -> str:
    """A body on a line of its own somewhere above the title, the nearest first."""
    first = title.first if title else min(8, len(head))
    for line in reversed(head[max(0, first - 6) : first]):
        name = _printed(line, body_of_line(line.plain))
        if name:
            return name
    return ""


def _labelled(head: list[PrintedLine]) -> str:
    for line in head:
        for match in _LABELLED.find_all(line.plain):
            name = clean_name(match[1])
            if is_body(name) or is_region(name):
                return _printed(line, name)
    return ""
