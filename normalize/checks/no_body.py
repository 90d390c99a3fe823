"""Why a page that holds no report is none, in one sentence that says where to look.

Enters: a document and its paragraphs outside the form's tables. Leaves: the reason, "" where the page
has a body.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Document, Paragraph
from normalize.prose.sections import read_sections
from normalize.sentences import say
from normalize.words.page_words import WORDS, words_of
from normalize.words.plain import plain
from normalize.words.search import Pattern

_NOTICE = 400
"""Characters up to which a text beside a link to a file only announces it.

At 200 two generated web pages are judged otherwise.
"""
_SECTIONS = 2
"""Headings of the report from which even a short text is one."""
_LIST = 3
"""Years whose reports a text names, one a line, from which it is a list of them."""
_WITH_TABLES = 2019
"""The first year for which a report must have tables."""
_LISTED = Pattern(r".{0,40}(20\d\d)年?度?.{0,12}\L<disclosed>.{0,12}\L<report>.{0,20}", WORDS)
_REASONS = {"page.list": say("why_not.list"), "page.script": say("why_not.script")}


def reason_of_page(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    """The reason of a page without a body."""
    named = say("list.then").join(link.replace(" (", "（").replace(")", "）") for link in document.links[:3])
    if "page.frames" in document.remarks:
        return say("why_not.frames", links=named)
    if named and _is_notice(paragraphs):
        return say("why_not.links", links=named)
    for remark, reason in _REASONS.items():
        if remark in document.remarks:
            return reason
    if not _is_notice(paragraphs):
        return ""
    if "pictures.unread" in document.remarks:
        return say("why_not.pictures")
    if "page.empty" in document.remarks:
        return say("why_not.empty")
    return ""


def reason_of_text(paragraphs: Sequence[Paragraph], year: int | None) -> str:
    """The reason of a text without a table that has the title of a report and is none.

    Args:
        paragraphs: of the text.
        year: that the report is about; before 2019 a few sentences were a report.
    """
    years = {m[1] for p in paragraphs for line in p.text.split("\n") if (m := _LISTED.fullmatch(plain(line)))}
    if len(years) >= _LIST:
        return _REASONS["page.list"]
    short = _length(paragraphs) < _NOTICE and not _sections(paragraphs)
    if year is not None and year >= _WITH_TABLES and short:
        return say("why_not.notice")
    return ""


def _is_notice(paragraphs: Sequence[Paragraph]) -> bool:
    return _length(paragraphs) < _NOTICE and len(_sections(paragraphs)) < _SECTIONS


def _sections(paragraphs: Sequence[Paragraph]) -> list[int]:
    return [section.number for section in read_sections(paragraphs) if section.number]


def _length(paragraphs: Sequence[Paragraph]) -> int:
    """Characters of the text, without lines that label a page: its dates, its source, its counters."""
    labels = (*words_of("page_date_label"), *words_of("agency_label"), *words_of("footer"))
    lines = [plain(line) for p in paragraphs if p.text for line in p.text.split("\n")]
    return sum(len(line) for line in lines if not line.startswith(labels))
