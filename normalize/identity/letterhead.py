"""The document number, the signature and the date of issue.

Enters: lines of the head and of the foot. Leaves: what stands there as the document's own; numbers and dates
that its prose cites are not.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.identity.agencies import body_of_line, clean_name, is_body, is_region
from normalize.identity.printed_lines import PrintedLine
from normalize.words.dates import DATE, YEAR, date_of_match, may_hold_year
from normalize.words.page_words import WORDS
from normalize.words.search import Match, Pattern

_OPEN, _CLOSE = r"[\[(〈<{]", r"[\])〉>}]"
_NUMBER = rf"[\p{{Han}}A-Za-z·\-]{{0,16}}{_OPEN}?(?:{YEAR}){_CLOSE}(?:第|字)?\d{{1,5}}号"
_OWN_LINE = Pattern(
    rf"[(《]?(?P<number>{_NUMBER}|(?:{YEAR}年)?第\d{{1,4}}号)[)》]?(?P<rest>$|\L<signed_by>.*)", WORDS
)
_AT_START = Pattern(rf"(?P<number>{_NUMBER})", WORDS)
_AT_END = Pattern(rf"(?P<number>{_NUMBER})$", WORDS)
_LABELLED = Pattern(rf"\L<number_label>[:\]|]+\[?(?P<number>{_NUMBER})", WORDS)
_STATE_COUNCIL = Pattern(r"\L<state_number>[\[(]", WORDS)
_TITLE_END = Pattern(r"\L<report>$", WORDS)
_TITLE_BEHIND = Pattern(r".{0,50}\L<report>$", WORDS)
_CITES = Pattern(r"(?:[》\"”《、(]|\L<cited_before>)$|\L<citing>[^。]*$", WORDS)

_DATED_BY = r"(\L<issue_label>)|(\L<page_date_label>)"
_ISSUE_LABEL = Pattern(_DATED_BY, WORDS)
_LABELLED_DATE = Pattern(rf"(?:\L<other_date_label>|{_DATED_BY})[:\]|]*{DATE}", WORDS)
_DATE_LABEL = Pattern(r"\L<date_label>:", WORDS)
_DATE_LINE = Pattern(rf"\(?(?P<before>[^。;,!?]{{0,40}}?)(?:{DATE})\)?(?P<after>\(?\p{{Han}}{{0,6}}\)?)")
_MONTH_LINE = Pattern(r"[^年]{1,3}月[^年]{1,3}[日号]")
_YEAR_LINE = Pattern(rf"{YEAR}年")
_NUMBER_BEFORE = Pattern(rf"{_NUMBER}$|.{{4,}}\L<report>\(?$", WORDS)
_DATE = Pattern(DATE)
_PRINTED_BY = Pattern(r"\L<printed_by>|\L<printed_by_end>$", WORDS)
_SKIPPED = Pattern(r"-?\d{1,3}-?$|第\d+页|\L<footer>", WORDS)
_SEAL = Pattern(r"\(\L<seal>\)|^\(?\L<signature_label>[:]", WORDS)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date under it."""

    agency: str = ""
    date: datetime.date | None = None
    printed_on: datetime.date | None = None


def find_document_number(head: Sequence[PrintedLine], title_last: int | None) -> str:
    """The number of the document itself, as printed but without white space; "" if it has none."""
    limit = len(head) if title_last is None else min(len(head), title_last + 5)
    for at, line in enumerate(head[:limit]):
        if "号" not in line.plain:
            continue
        match = _LABELLED.search(line.plain) or _number_of_line(head, at, title_last)
        if match is not None:
            return _balanced(line.printed[match.start("number") : match.end("number")])
    return ""


def _balanced(number: str) -> str:
    return (
        number.lstrip("(（") if number[:1] in "(（" and number.count("）") + number.count(")") > 1 else number
    )


def _number_of_line(head: Sequence[PrintedLine], at: int, title_last: int | None) -> Match | None:
    """The number on a line of its own, before a title on the same line, or after it."""
    line = head[at]
    before = head[at - 1].plain if at else ""
    if _TITLE_END.search(before):  # 关于印发...年度报告 is the title above the number, and cites nothing
        before = ""
    own = _OWN_LINE.fullmatch(line.plain)
    if own is not None:
        return None if _CITES.search(before) or _STATE_COUNCIL.match(own["number"]) else own
    start = _AT_START.match(line.plain)
    if start is not None and not _STATE_COUNCIL.match(start["number"]) and not _CITES.search(before):
        near_title = title_last is None or at <= title_last
        if start.end() in line.gaps() and near_title and "。" not in line.plain[: start.end() + 40]:
            return start
        return start if near_title and _TITLE_BEHIND.match(line.plain[start.end() :]) else None
    end = _AT_END.search(line.plain)
    if end is not None and title_last is not None and at <= title_last and end.start("number") in line.gaps():
        return end
    return None


def find_signature(foot: Sequence[PrintedLine]) -> Signature:
    """The signature at the end: the last line that is a date, and the body above, before or after it.

    A date right below the body, but for a seal, or beside it comes before one alone or above the body: lists
    below a report have dates too.
    """
    printed_on: datetime.date | None = None
    alone: Signature | None = None
    for at in range(len(foot) - 1, -1, -1):
        words, top = foot[at].plain, at
        if at and _MONTH_LINE.fullmatch(words) and _YEAR_LINE.fullmatch(foot[at - 1].plain):
            words, top = foot[at - 1].plain + words, at - 1
        if len(words) > 60 or not may_hold_year(words):
            continue
        match = _DATE_LINE.fullmatch(words) if _DATE.search(words) else None
        date = date_of_match(match) if match else None
        if match is None or date is None or _is_footer(match["before"]):
            continue
        if _PRINTED_BY.search(words):
            printed_on = printed_on or date
            continue
        found = Signature(_signer(foot, at, match), date, printed_on)
        while top and not _SEAL.sub("", foot[top - 1].plain):
            top -= 1
        if _body(match["before"], foot[at]) or (top and _body(foot[top - 1].plain, foot[top - 1])):
            return found
        alone = alone or found
    return alone or Signature(_lone_signer(foot), None, printed_on)


def _is_footer(before: str) -> bool:
    """Whether words before a date make it another date than that of the signature."""
    words = _SEAL.sub("", before).strip(":")
    if not words or _DATE_LABEL.fullmatch(before):
        return False
    name = clean_name(_DATE_LABEL.sub("", words).strip(":"))
    return bool(_ISSUE_LABEL.search(before)) or not (is_body(name) or is_region(name))


def _signer(foot: Sequence[PrintedLine], at: int, match: Match) -> str:
    same = _body(match["before"], foot[at])
    if same:
        return same
    above = next(
        (_body(line.plain, line) for line in reversed(foot[max(0, at - 3) : at]) if _body(line.plain, line)),
        "",
    )
    if above:
        return above
    return _body(foot[at + 1].plain, foot[at + 1]) if at + 1 < len(foot) else ""


def _lone_signer(foot: Sequence[PrintedLine]) -> str:
    """A body that signs without a date: the last short line that is nothing but a name."""
    for line in reversed(foot[-6:]):
        if not _SKIPPED.match(line.plain):
            name = _body(line.plain, line)
            if name:
                return name
    return ""


def _body(words: str, line: PrintedLine) -> str:
    """The body that the words name, as printed in the line."""
    words = _SEAL.sub("", words).strip(":")
    if _SKIPPED.match(words) or not body_of_line(words):
        return ""
    name = body_of_line(words)
    at = line.plain.find(name)
    return line.printed[at : at + len(name)] if at >= 0 else ""


def find_head_date(head: Sequence[PrintedLine], title_last: int | None) -> tuple[datetime.date | None, bool]:
    """The date near the title and whether it is the document's own (成文日期, a line of its own).

    A date that only a web page states (发布时间) comes second.
    """
    published: datetime.date | None = None
    for at, line in enumerate(head):
        words = line.plain
        if not may_hold_year(words):
            continue
        if not _DATE.search(words):
            continue
        for match in _LABELLED_DATE.find_all(words):
            date = date_of_match(match)
            if date and match[1]:
                return date, True
            published = published or (date if match[2] else None)
        label = _ISSUE_LABEL.fullmatch(head[at - 1].plain.strip(":")) if at else None
        near = title_last is None or -1 <= at - title_last <= 5 or label is not None
        alone = _DATE_LINE.fullmatch(words) if near and len(words) <= 60 else None
        date = date_of_match(alone) if alone else None
        if alone is None or date is None or not _is_dated(alone["before"]):
            continue
        if label is None or label[1]:
            return date, True
        published = published or date
    return published, False


def _is_dated(before: str) -> bool:
    """Whether before its date a line has nothing, a body, the document's number or its title."""
    if not before or _NUMBER_BEFORE.search(before):
        return True
    return not _is_footer(before) and is_body(clean_name(before))
