"""Whether two files are versions of one report.

Enters: reports. Leaves: yes or no, from name, year, figures and prose. A wrong yes would hide a report from
the wide table, so that a doubt is a no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from extract.document import Source
from normalize.report import CellKey, Identity, Report
from normalize.versions.compare_cells import stated
from normalize.words.fold import fold
from normalize.words.page_words import WORDS
from normalize.words.plain import plain
from normalize.words.search import Pattern

SHARE = 0.5
"""Of the cells in which either prints more than 0, how many at least agree in versions of one report.

A correction changes single cells and their totals, two bodies agree in few but zeros; at 0.97 corrections
are other reports (test_versions).
"""
DIGITS = 4
"""Digits of the different numbers that agree, from which it is no chance.

Two bodies of one name (农业农村局) that print the same have one chance in ten for each digit; at 1 small
bodies that print little but zeros are one (test_versions).
"""
ALIKE = 0.5
"""Share of the sentences in common from which prose is the same."""
SAME_WORDS = 0.8
"""Share of the sentences in common from which it is one report whatever its figures: those were corrected."""
FEWEST = 3
"""Sentences below which prose tells nothing."""
SHORTEST = 12
"""Characters of the shortest sentence that counts: 无其他需要报告的事项 stands in every report."""

_BRACKETS = str.maketrans("", "", "()[]<>{}〔〕【】〈〉")
_OFFICE = Pattern(r"\L<office>$", WORDS)
# 某某县农业农村局 says where it is; 县农业农村局, 农业农村局, 住房和城市建设局, 开发区管委会 do not, nor does
# a town: many counties have one of the same name
_WHERE = Pattern(r"\p{Han}{2}\L<level>(?<!\L<no_level>).|^\L<nation>", WORDS)
_SENTENCE = re.compile(r"[。;!?]")


@dataclass(frozen=True, slots=True)
class Kin:
    """What is compared of one file.

    Attributes:
        agency: folded, without brackets; the words in them (本级) stay: 县本级 and 县 are two reports.
        numbers: what the tables state.
        sentences: of the prose, in plain text.
        folder, stem: of the path.
    """

    report: Report
    agency: str
    numbers: Mapping[CellKey, Decimal]
    sentences: frozenset[str]
    folder: str
    stem: str

    @property
    def year(self) -> int | None:
        """The reporting year."""
        return self.report.identity.year


def name_of(identity: Identity) -> str:
    """The agency to compare by: width, white space, brackets and script do not matter."""
    return fold(identity.agency).translate(_BRACKETS)


def identity_of(identity: Identity) -> tuple[str, int] | None:
    """Agency and year, None where one is unknown."""
    agency, year = name_of(identity), identity.year
    return (agency, year) if agency and year else None


def house_of(identity: Identity) -> tuple[str, int] | None:
    """The same without its office: 某县人民政府 and 某县人民政府办公室 are of one house."""
    known = identity_of(identity)
    return (_OFFICE.sub("", known[0]), known[1]) if known else None


def place_of(source: Source) -> tuple[str, str]:
    """Folder and name of the file without its suffix; an archive is a folder."""
    path = PurePosixPath(source.path)
    return str(path.parent), path.stem


def read_kin(report: Report) -> Kin:
    """What is compared of a report."""
    sentences = _sentences(section.text for section in report.sections)
    return Kin(report, name_of(report.identity), stated(report), sentences, *place_of(report.source))


def _sentences(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(s for t in texts for s in _SENTENCE.split(plain(t)) if len(s) >= SHORTEST)


@dataclass(frozen=True, slots=True)
class Figures:
    """How two tables agree: cells in which either states more than 0, and the numbers that are the same."""

    compared: int
    agreeing: int
    same: frozenset[Decimal]

    @property
    def clash(self) -> bool:
        """Most figures differ."""
        return self.agreeing < SHARE * self.compared

    @property
    def telling(self) -> bool:
        """What agrees is more than chance."""
        return sum(len(number.normalize().as_tuple().digits) for number in self.same) >= DIGITS


def compare_figures(one: Kin, other: Kin) -> Figures:
    """How far two tables agree, over the cells that both state."""
    compared, same = 0, []
    for key, mine in one.numbers.items():
        theirs = other.numbers.get(key)
        if theirs is not None and (mine or theirs):
            compared += 1
            if mine == theirs:
                same.append(mine)
    return Figures(compared, len(same), frozenset(same))


def likeness(one: Kin, other: Kin) -> float:
    """Share of the sentences of the shorter prose that the other has too; 0 where there is too little."""
    fewer = min(len(one.sentences), len(other.sentences))
    return len(one.sentences & other.sentences) / fewer if fewer >= FEWEST else 0.0


def is_same_report(one: Kin, other: Kin) -> bool:
    """Whether two files of one agency and year are one report."""
    figures = compare_figures(one, other)
    if figures.clash:
        return likeness(one, other) >= SAME_WORDS
    if figures.telling or _WHERE.search(one.agency) or likeness(one, other) >= ALIKE:
        return True
    # little to count, a name that many bodies have, no prose to tell by: only r.pdf beside r.docx is sure
    both_speak = min(len(one.sentences), len(other.sentences)) >= FEWEST
    return (one.folder, one.stem) == (other.folder, other.stem) and not both_speak


def is_same_file(one: Kin, other: Kin) -> bool:
    """Whether report.pdf and report.docx beside it are one report although who or when is not read alike."""
    if one.year and other.year and one.year != other.year:
        return False
    named = one.agency in other.agency or other.agency in one.agency
    return named and _is_identical(one, other)


def is_same_house(one: Kin, other: Kin) -> bool:
    """Whether 某县人民政府 and its 办公室 publish one report: all that they print is the same."""
    return _is_identical(one, other) and likeness(one, other) >= SAME_WORDS


def _is_identical(one: Kin, other: Kin) -> bool:
    figures = compare_figures(one, other)
    return figures.agreeing == figures.compared and figures.telling
