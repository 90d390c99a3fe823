"""What the names of a file and of its folders say of a report.

Enters: a path below the folder of the run. Leaves: the body and the year that it names. For a report that was
read this is the last resort; for a file that could not be read it is all there is, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TypeVar

from normalize.identity.agencies import clean_name, is_body, is_region
from normalize.identity.titles import Title, parse_title
from normalize.report import Identity
from normalize.words.dates import YEAR, parse_year
from normalize.words.page_words import WORDS
from normalize.words.plain import plain, squeeze, unify_shapes
from normalize.words.search import Pattern

_YEAR = Pattern(rf"(?<!\d){YEAR}(?!\d)")
_SAID_YEAR = Pattern(rf"(?<!\d){YEAR}(?=年)")
_DAY = Pattern(r"(?<!\d)20\d{6}(?!\d)")
"""A day among the numbers of a name says that the others are serials: `20250324_2011_年报`."""
_WORDS = Pattern(
    rf"(?:{YEAR})\L<year_word_of_file>?|(?:\L<file_subject>|\L<file_report>).*$"
    rf"|[_\-\s.+]+|(?<![第\d])\d+|\L<copy>|[()\[\]]",
    WORDS,
)
_LEFT_OF_YEAR = Pattern(r"^\L<year_word_of_file>+", WORDS)
_SUFFIX = Pattern(r"\.[A-Za-z0-9]{1,5}!?$")
_FIRST_YEAR, _LAST_YEAR = 2005, 2045
"""Years that a name may mean; other numbers of four digits are none."""

_Found = TypeVar("_Found", str, frozenset[int])


def plausible(year: int | None) -> int | None:
    """The year, or None where no report on disclosure can be about it."""
    return year if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR else None


def in_script(printed: str, name: str) -> str:
    """A name found in the plain text of `printed`, in the script that it is printed in."""
    at = plain(printed).find(name) if name else -1
    return unify_shapes(squeeze(printed))[at : at + len(name)] if at >= 0 else name


def read_name(path: str) -> Title:
    """What the name of a file that was read says; words that no other rule knows are not taken for a body."""
    parts = PurePosixPath(path).parts
    stem = _stem(parts[-1]) if parts else ""
    words = plain(stem)
    title = parse_title(squeeze(stem), words, frozenset())
    years = [y for y in map(plausible, _years_in(words)) if y]
    above = [y for part in parts[:-1] for y in _years_in(plain(part))]
    year = title.year if title and title.year else years[0] if years else above[-1] if above else None
    return Title(stem, _body_in(stem, title), year, 0.0)


def identify_by_name(path: str) -> Identity:
    """Who may report about which year, by the name of a file that could not be read.

    Args:
        path: relative to the folder of the run, members of an archive as `outer.zip!/inner`.

    Returns:
        The body and the year, each from the innermost name that says one; the source is `file_name`, or
        `folder` for the name of a folder or an archive around the file.
    """
    names = [_stem(part) for part in reversed(PurePosixPath(path).parts)]
    agency, agency_source = _first(_agency(name, own=not place) for place, name in enumerate(names))
    years, year_source = _first(map(_years, names))
    return Identity(
        agency=agency or "",
        agency_source=agency_source,
        # A name that says two years says none.
        year=min(years) if years and len(years) == 1 else None,
        year_source=year_source if years and len(years) == 1 else "",
    )


def _first(found: Iterable[_Found]) -> tuple[_Found | None, str]:
    """The first thing that is found, and whether the file itself or something around it has it."""
    for place, one in enumerate(found):
        if one:
            return one, "folder" if place else "file_name"
    return None, ""


def _stem(name: str) -> str:
    return _SUFFIX.sub("", name)


def _agency(name: str, *, own: bool) -> str:
    """The body that a name speaks of; of `2021 年某局` the year is taken with its 年.

    A place (`某区`) is a body in the name of the file, as it is in titles; the name of a folder is a place.
    """
    agency = _LEFT_OF_YEAR.sub("", _body_in(name, parse_title(squeeze(name), plain(name), frozenset())))
    return agency if is_body(agency) or (own and len(agency) > 1) else ""


def _body_in(stem: str, title: Title | None) -> str:
    agency = title.agency if title else in_script(stem, clean_name(_WORDS.sub("", plain(stem))))
    return agency if is_body(agency) or is_region(agency) else ""


def _years(name: str) -> frozenset[int]:
    """The years that a name says: those with 年, else bare ones."""
    words = plain(name)
    said = _years_in(words, _SAID_YEAR) or ([] if _DAY.search(words) else _years_in(words))
    return frozenset(year for year in said if year and plausible(year))


def _years_in(words: str, pattern: Pattern = _YEAR) -> list[int | None]:
    return [parse_year(match[0]) for match in pattern.find_all(words)]
