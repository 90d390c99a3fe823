"""The statistics period, and the year that the body speaks of.

Enters: the whole body as plain text. Leaves: first and last day, and the year its phrases agree on.
"""

from __future__ import annotations

import datetime
from collections import Counter

from normalize.words.dates import YEAR, date_of_match, parse_year
from normalize.words.numerals import COUNTING, parse_numeral
from normalize.words.page_words import WORDS
from normalize.words.search import Match, Pattern

_SMALL = rf"(?:\d{{1,2}}|[{COUNTING}]{{1,3}})"
_PERIOD = Pattern(
    rf"(?P<year>{YEAR})(?:年(?P<month>{_SMALL})月(?P<day>{_SMALL})[日号]|[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}))"
    rf"\L<since>?[,、]?(?:\L<until>|-{{1,2}}|~|—)(?:(?P<year2>{YEAR}|\L<same_year>)年)?"
    rf"(?:(?:(?P<y3>{YEAR})[-/.])?(?P<month2>{_SMALL})[月\-/.](?P<day2>{_SMALL})[日号]?)",
    WORDS,
)
_STATED = Pattern(r"\L<period_label>", WORDS)
_OF_YEAR = Pattern(
    rf"(?<!\d)({YEAR})年(?:\L<of_year>|,)"
    rf"|\L<as_of>({YEAR})年\L<year_end>|\L<year_label>:({YEAR})",
    WORDS,
)
_ANNOUNCED = Pattern(
    rf"({YEAR})年(?:度)?[^,。;:《》]{{0,24}}\L<disclosed>[^,。;:《》]{{0,12}}\L<report>", WORDS
)


def find_period(words: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of the period that the figures cover, None where the body states none."""
    fallback = None
    for match in _PERIOD.find_all(words):
        days = _days(match)
        if days is None or days[0] >= days[1] or (days[1] - days[0]).days > 800:
            continue
        around = words[max(0, match.start() - 30) : match.end() + 4]
        if _STATED.search(around):
            return days
        if fallback is None and (days[0].month, days[0].day, days[1].month, days[1].day) == (1, 1, 12, 31):
            fallback = days
    return fallback


def _days(match: Match) -> tuple[datetime.date, datetime.date] | None:
    first = date_of_match(match)
    year = parse_year(match["year2"] or match["y3"] or "") or (first.year if first else None)
    month, day = parse_numeral(match["month2"]), parse_numeral(match["day2"])
    if first is None or year is None or month is None or day is None:
        return None
    try:
        return first, datetime.date(year, month, day)
    except ValueError:
        return None


def year_of_body(words: str) -> int | None:
    """The year that phrases such as 2021年度 and 截至2021年12月31日 name most often, the first of equals.

    The plans for the next year stand at the end.
    """
    counts = Counter(parse_year(match[1] or match[2] or match[3]) for match in _OF_YEAR.find_all(words))
    return counts.most_common(1)[0][0] if counts else None


def year_announced(opening: str) -> int | None:
    """The year of the report that the opening announces (现发布2021年政府信息公开工作年度报告)."""
    match = _ANNOUNCED.search(opening)
    return parse_year(match[1]) if match else None
