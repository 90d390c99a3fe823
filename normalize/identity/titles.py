"""The title of a report, and the body and year in it.

Enters: lines of the head. Leaves: the best `Title`: as printed, its agency and its reporting year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.identity.agencies import body_of_line, clean_name, is_body, is_navigation, is_prose, is_region
from normalize.identity.printed_lines import PrintedLine
from normalize.words.dates import YEAR, parse_year
from normalize.words.numerals import ONES
from normalize.words.page_words import WORDS, words_of
from normalize.words.search import Match, Pattern

_ANY_YEAR = rf"(?<!\d){YEAR}(?!\d)"
_SUBJECT = r"\L<title_subject>"
_WORK, _WENT = r"\L<title_work>?", r"\L<title_went>?"
_KIND = Pattern(
    rf"\L<title_does>?{_SUBJECT}(?:\L<title_joins>?\(?{_SUBJECT}\)?)?"
    rf"\L<title_law>?{_WORK}\L<title_state>?的?"
    rf"\(?(?:{_ANY_YEAR}(?:-{YEAR}(?!\d))?)?\L<title_year_word>?\)?"
    rf"\L<title_done>?{_WENT}的?\L<title_year>?{_WORK}{_WENT}的?\L<title_report>",
    WORDS,
)
_LABEL = Pattern(r"\L<title_label>[:\]|]", WORDS)
_LEADING = Pattern(
    r"(?:\[[^\[\]\d]{1,6}\]|\L<attachment>\d*[:.、]?|[《\"“\[]|\L<text_label>[:]?"
    r"|.{0,14}(?:\[|\()20\d\d(?:\]|\))第?\d{1,5}号)+",
    WORDS,
)
_YEARS = Pattern(rf"\(?(?:{_ANY_YEAR}-)?({YEAR})(?!\d)\L<year_word>?\)?", WORDS)
_BRACKETED_YEAR = Pattern(rf"》?的?\(?({_ANY_YEAR})年?度?\)?(?=$|[》()\[\-_|])", WORDS)
_BRACKETED_BODY = Pattern(
    r"》?(?:\((?P<round>[^()]{3,36}(?:\([^()]{2,16}\))?)\)|\[(?P<square>[^\[\]]{3,36})\])"
)
_BODY_BEHIND = Pattern(r"(?P<dash>-*)(?P<body>\p{Han}{3,36})$")
_AFTER = Pattern(r"$|[》\-_|<\"”\[(]|\.(?:pdf|docx?|wps|html?)$|的?\L<notice>?$|\L<after_title>", WORDS)
_CRUMB = Pattern(r"[>»›→|/]")
_BREADCRUMB = Pattern(r"[>»|]|[。:]$")
_SENTENCE = Pattern(r"[。;,!?:]")
_ABOUT, _SENDS = Pattern(r"\L<about>", WORDS), Pattern(r"^\L<sends>", WORDS)
_ABOUT_SENDING = Pattern(r"\L<about_sending>", WORDS)
_DISCLOSED = Pattern(r"\L<disclosed>", WORDS)
_NO_PART = Pattern(
    rf"[。;,!?:>《》|\[\]]|\L<no_title>$|\L<attachment>\d*$|20\d\d[-/.]\d|[\d{ONES[:2]}]月", WORDS
)
_REPORT = words_of("report")
_CALLED = (*_REPORT, *words_of("summary"))
"""What a report is called."""
_SHORT = 34
"""Characters of the longest line that may be part of a title set over several."""
_NOWHERE = slice(0, 0)


@dataclass(frozen=True, slots=True)
class Title:
    """A line or lines that may be the title.

    Attributes:
        text: as printed, white space removed.
        agency: as printed, "" where the title names none.
        year: None where the title names none.
        score: how much it looks like the title of a report.
        first, last: which lines of the head.
    """

    text: str
    agency: str
    year: int | None
    score: float
    first: int = 0
    last: int = 0


def parse_title(printed: str, words: str, gaps: frozenset[int] = frozenset()) -> Title | None:
    """The title that `printed` is or begins with; None where it is something else.

    Args:
        printed: without white space.
        words: `plain(printed)`.
        gaps: where white space was printed.
    """
    kind = _find_kind(words, 0)
    if kind is None:
        return None
    start = _title_start(words, gaps, kind.start())
    kind = kind if kind.start() >= start else _find_kind(words, start)
    if kind is None or kind.start() - start > 64:
        return None
    prefix, rest = words[start : kind.start()], words[kind.end() :]
    if _SENTENCE.search(prefix) or is_prose(_ABOUT_SENDING.sub("|", prefix)):
        return None
    if not _AFTER.match(rest) and kind.end() not in gaps:
        return None
    years = [match[1] for match in _YEARS.find_all(words, start, kind.end())]
    tail = _read_tail(words, kind.end(), gap=kind.end() in gaps)
    agency = _agency(printed[start : kind.start()], prefix, kind[0]) or printed[tail.body]
    year = parse_year(years[-1]) if years else tail.year
    score = _score(agency, year) + (1 if tail.end == len(words) else 0) - (2 if start else 0)
    text = printed[start : tail.end]
    return Title(text.rstrip("》") if "《" not in text else text, agency, year, score)


def _find_kind(words: str, start: int) -> Match | None:
    """The words that name the report; most lines are told apart by two plain searches."""
    said = _DISCLOSED.search(words, start)
    if said is None or not any(word in words for word in _CALLED):
        return None
    return _KIND.search(words, max(start, said.start() - 12))


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands behind the words for the report: a year, a body, and where that ends."""

    end: int
    year: int | None
    body: slice


def _read_tail(words: str, at: int, *, gap: bool) -> _Tail:
    """Reads what is behind a title: `（2020年度）`, `（白银区统计局2020年）`, ` 白银区统计局`."""
    tail = _Tail(at, None, _NOWHERE)
    while tail.end < len(words):
        year = _BRACKETED_YEAR.match(words, tail.end) if tail.year is None else None
        bracket = _BRACKETED_BODY.match(words, tail.end) if not year and not tail.body.stop else None
        if year:
            tail = _Tail(year.end(), parse_year(year[1]), tail.body)
            continue
        inner = (bracket["round"] or bracket["square"]) if bracket else ""
        of_year = _YEARS.search(inner)
        body = _body_in(words, _YEARS.sub("", inner), tail.end)
        if bracket is None or not body.stop:
            break
        tail = _Tail(bracket.end(), parse_year(of_year[1]) if of_year else tail.year, body)
    behind = None if tail.body.stop else _BODY_BEHIND.match(words, tail.end)
    # after a dash a web page names its site: ...年度报告-白银区人民政府
    if behind and (gap or (behind["dash"] and not behind["body"].endswith(words_of("site")))):
        body = _body_in(words, behind["body"], behind.start("body"))
        return _Tail(len(words), tail.year, body) if body.stop else tail
    return tail


def _body_in(words: str, inner: str, at: int) -> slice:
    name = body_of_line(inner) or (inner if is_region(inner) else "")
    start = words.find(name, at) if name else -1
    return slice(start, start + len(name)) if start >= 0 else _NOWHERE


def _title_start(words: str, gaps: frozenset[int], named: int) -> int:
    """Where the title begins behind labels, a breadcrumb, a document number or words of a menu."""
    start = 0
    for pattern in (_LABEL, _LEADING):
        match = pattern.match(words, start)
        start = match.end() if match else start
    crumbs = [m.end() for m in _CRUMB.find_all(words, start, named)]
    start = crumbs[-1] if crumbs else start
    for gap in sorted(g for g in gaps if start < g < named):
        if is_navigation(words[start:gap]) or words[start:gap].endswith((":", "号")):
            start = gap
    while start < len(words) and words[start] in '《"“[':
        start += 1
    return start


def _agency(printed: str, words: str, kind: str) -> str:
    """The body named before the words for the report, with years and 关于 removed."""
    if not words:
        return ""
    for match in reversed(_YEARS.find_all(words)):
        printed = printed[: match.start()] + printed[match.end() :]
        words = words[: match.start()] + words[match.end() :]
    about = _ABOUT.search(words)
    name = clean_name(words[: about.start()] if about else words)
    if about and not name:
        name = clean_name(_SENDS.sub("", words[about.end() :]))
    at = words.find(name) if name else -1
    if at < 0:
        return ""
    shared = (word for word in words_of("shared") if kind.startswith(word))
    return printed[at : at + len(name)] + (
        next(shared, "") if name.endswith(words_of("before_shared")) else ""
    )


def _score(agency: str, year: int | None) -> float:
    strength = 4 if is_body(agency) else 3 if is_region(agency) else 2 if agency else 0
    return strength + (3 if year else 0)


def find_title(lines: Sequence[PrintedLine]) -> Title | None:
    """The best title among the lines of the head; it may run over up to four of them."""
    best: Title | None = None
    for at, line in enumerate(lines):
        if not _DISCLOSED.search(line.plain) and not line.plain.endswith(_REPORT):
            continue
        for candidate in _windows(lines, at):
            if best is None or candidate.score > best.score:
                best = candidate
    return best


def _windows(lines: Sequence[PrintedLine], at: int) -> list[Title]:
    """Titles that this line is a part of: alone, with lines above, with lines below."""
    found = []
    alone = parse_title(lines[at].printed, lines[at].plain, lines[at].gaps())
    if alone is not None:
        found.append(_placed(alone, lines, at, at))
    for last in range(at, min(at + 3, len(lines))):
        if last > at and not (_runs_on(lines, last) and _begins(lines[at].plain)):
            break
        for first in range(at, max(at - 4, -1), -1):
            if first < at and not _joins(lines, first):
                break
            if first < last:
                joined = _joined(lines, first, last, alone)
                if joined is not None:
                    found.append(joined)
    return found


def _runs_on(lines: Sequence[PrintedLine], last: int) -> bool:
    words = lines[last].plain
    return len(words) <= _SHORT and not _SENTENCE.search(words)


def _begins(words: str) -> bool:
    """Whether a line that speaks of disclosure may go on in the next: no breadcrumb."""
    return not _BREADCRUMB.search(words)


def _joins(lines: Sequence[PrintedLine], first: int) -> bool:
    """Whether a line may be the beginning of a title that the next line continues."""
    words = lines[first].plain
    return (
        len(words) <= _SHORT
        and not _NO_PART.search(words)
        and not is_navigation(words)
        and _find_kind(words, 0) is None
    )


def _joined(lines: Sequence[PrintedLine], first: int, last: int, alone: Title | None) -> Title | None:
    if alone is not None and alone.agency and alone.year and not _completes(lines, first, alone):
        return None
    printed = "".join(line.printed for line in lines[first : last + 1])
    words = "".join(line.plain for line in lines[first : last + 1])
    kind = _find_kind(words, 0)
    if kind is None or _find_kind(words, kind.end()):
        return None
    title = parse_title(printed, words)
    # lines that are words of a menu too are a title only around a year
    if title and not title.year and any(is_navigation(line.plain) for line in lines[first:last]):
        return None
    if title is None or len(title.text) < len(words) - len(lines[last].plain) + 1:
        return None
    if (
        alone is not None
        and not alone.agency
        and title.agency
        and not (is_body(title.agency) or is_region(title.agency))
    ):
        return None
    return _placed(title, lines, first, last)


def _completes(lines: Sequence[PrintedLine], first: int, alone: Title) -> bool:
    """Whether the line above a complete title belongs to it: 国家税务总局淮安市 / 洪泽区税务局2023年...

    A body above a title that begins with 关于 also does.
    """
    above = lines[first].plain
    if alone.text.startswith(words_of("about")):
        return is_body(above)
    adjacent = lines[first + 1].index - lines[first].index <= 1
    return (
        adjacent
        and is_region(above)
        and not is_body(above)
        and len(above) >= 3
        and not alone.agency.startswith(above)
    )


def _placed(title: Title, lines: Sequence[PrintedLine], first: int, last: int) -> Title:
    """The title with its place; set type counts for it, a late place a little against it."""
    bonus = (1.0 if any(line.strong for line in lines[first : last + 1]) else 0.0) - 0.01 * first
    if last > first:
        bonus += 0.4 if title.text.endswith((*_CALLED, ")", "）")) else -0.5
    return Title(title.text, title.agency, title.year, title.score + bonus, first, last)
