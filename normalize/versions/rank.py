"""Which file of a report carries its values, and why.

Enters: files that are versions of one report. Leaves: them in order, the best first, and the reason in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from normalize.report import Report, Status
from normalize.sentences import say
from normalize.versions.compare_cells import compare_cells
from normalize.words.csv_lines import Line
from normalize.words.fold import fold
from normalize.words.word_list import find_unlisted, read_rows

_STATED, _PLACED, _ALIGNED = 0, 1, 2
_READERS = {"pdf": _PLACED, "pdfplumber": _PLACED, "ofd": _PLACED, "text": _ALIGNED}
"""How cells are known: stated by the format (Word, spreadsheets, web pages), by where they stand on a page,
by characters of a line."""
_RECOGNISED = frozenset({"ocr"})


def _find_later_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "later", ("1", "-1"))


def _load_words() -> tuple[tuple[str, int], ...]:
    rows = read_rows(
        "version_words.csv", ("word", "later", "note"), find_faults=_find_later_faults, same=fold
    )
    words = {fold(row["word"]): int(row["later"]) for row in rows}
    return tuple(sorted(words.items(), key=lambda pair: -len(pair[0])))


_WORDS = _load_words()


def _tables_missing(report: Report) -> int:
    return int(all(seen.status is Status.ABSENT for seen in report.observations))


def _recognised(report: Report) -> int:
    return int(report.reader in _RECOGNISED)


def _earlier(report: Report) -> int:
    """-1 for a file that calls itself a correction, 1 for a draft; a body named 城市更新局 does not."""
    own = fold(report.identity.agency)
    words = [fold(report.identity.title), fold(report.source.path)]
    if own:
        words = [text.replace(own, "") for text in words]
    found: dict[str, int] = {}
    for word, later in _WORDS:  # the longest first: 更正前 says the opposite of 更正
        if any(word in text for text in words):
            found[word] = later
            words = [text.replace(word, "\n") for text in words]
    return -sum(found.values())


def _format(report: Report) -> int:
    return _READERS.get(report.reader, _STATED)


def _doubts(report: Report) -> int:
    flagged = [seen.flags for seen in report.observations if seen.flags]
    return sum(any(f.startswith("doubt.") for f in flags) for flags in flagged) + len(report.issues)


def _absent(report: Report) -> int:
    return sum([seen.status is Status.ABSENT for seen in report.observations])


_Measure = Callable[[Report], int]
_FIRST: tuple[tuple[_Measure, str], ...] = (
    (_tables_missing, "better.tables"),
    (_recognised, "better.not_recognised"),
    (_earlier, "better.corrected"),
)
_THEN: tuple[tuple[_Measure, str], ...] = (
    (_format, "better.format"),
    (_doubts, "better.fewer_doubts"),
    (_absent, "better.fewer_absent"),
)


def standing(report: Report) -> tuple[int | str, ...]:
    """How good a file is by itself, the least first; the path decides between equals."""
    return (*(measure(report) for measure, _ in (*_FIRST, *_THEN)), report.source.path)


def rank(reports: Sequence[Report]) -> list[Report]:
    """The files with the one that carries the values first; dates of issue count where figures differ."""
    ordered = sorted(reports, key=standing)
    best = ordered[0]
    for other in ordered[1:]:
        if _first(other) == _first(best) and _is_later(other, best):
            best = other
    return [best, *(report for report in ordered if report is not best)]


def _first(report: Report) -> list[int]:
    return [measure(report) for measure, _ in _FIRST]


def _is_later(one: Report, other: Report) -> bool:
    mine, theirs = one.identity.issued_on, other.identity.issued_on
    return mine is not None and theirs is not None and mine > theirs and bool(compare_cells(one, other))


def explain(chosen: Report, other: Report) -> str:
    """Why `chosen` is preferred to `other`, as half a Chinese sentence; "" where only the path decides."""
    for measure, key in _FIRST:
        if measure(chosen) != measure(other):
            return say(key)
    if _is_later(chosen, other):
        return say("better.later", date=chosen.identity.issued_on)
    for measure, key in _THEN:
        if measure(chosen) > measure(other):
            return say("better.latest", date=chosen.identity.issued_on)  # later than a third file
        if measure(chosen) < measure(other):
            aligned = measure is _format and measure(chosen) == _PLACED
            return say("better.placed") if aligned else say(key)
    return ""
