"""The words around a report: menus, labels, footers, and how bodies speak of themselves.

Enters: `page_words.csv`. Leaves: the words of one kind, longest first, plain or as an alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalize.words.csv_lines import Line
from normalize.words.plain import plain
from normalize.words.word_list import find_unlisted, read_rows

KINDS = frozenset(
    (
        "navigation",  # words of a menu, a whole line
        "self",  # how a body speaks of itself, no name: 我局
        "no_body",  # how words end that are no body's name: 网上可办, 公共场所
        "prose",  # words that no title and no name holds
        "title_label",  # 标题：
        "after_title",  # what a title may be glued to
        "number_label",  # 发文字号：
        "issue_label",  # dates of the document
        "page_date_label",  # dates of the web page
        "other_date_label",  # dates of neither: 打印时间
        "indicator_head",  # heads of the statistics tables before 2019
        "indicator_label",  # rows of theirs
        "agency_label",  # 发布机构：
        "after_name",  # the next label on the same line
        "footer",  # lines below a signature
        "printed_by",  # 印发
        "act",  # what a body does in the opening sentences
    )
)


def _find_kind_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "kind", KINDS)


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    columns = ("kind", "word", "note")
    rows = read_rows("page_words.csv", columns, keys=2, find_faults=_find_kind_faults)
    return tuple((row["kind"], plain(row["word"])) for row in rows)


def words_of(kind: str) -> tuple[str, ...]:
    """The words of one kind in plain form, longest first."""
    return tuple(sorted((word for k, word in _rows() if k == kind), key=len, reverse=True))


def any_of(kind: str) -> str:
    """A pattern of the words of one kind, without a group of its own."""
    return "|".join(map(re.escape, words_of(kind)))
