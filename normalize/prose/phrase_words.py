"""Words around the figures of the prose, as patterns.

Enters: `words/phrase_words.csv`. Leaves: the words of each kind that `figures` and `phrases` ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from normalize.words.csv_lines import Line
from normalize.words.word_list import find_unlisted, read_rows

KINDS = frozenset(
    {
        *("approximate", "trailing", "opens", "total", "leading"),  # stand around what is counted
        *("relation", "change"),  # compare it
        *("verb", "told", "not_noun", "predicate"),  # say whether it stands behind the number
        *("whole", "compound", "idiom"),  # only look like one of these, or like a number
        *("duration", "norm", "rule", "average", "negation"),  # say whether it is a result
        *("listed", "not_one", "uncounted"),  # say whether it counts
    }
)


def _find_kind_faults(lines: Sequence[Line]) -> Iterator[str]:
    yield from find_unlisted(lines, "kind", KINDS)


def _load() -> dict[str, tuple[str, ...]]:
    columns = ("kind", "word", "note")
    rows = read_rows("phrase_words.csv", columns, keys=2, find_faults=_find_kind_faults)
    return {kind: longest_first(r["word"] for r in rows if r["kind"] == kind) for kind in KINDS}


CLAUSE_MARK = re.compile(r"[,:;()。!?]")
"""What parts clauses, in text in which signs are made one; 、 does not."""


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which a pattern must try them."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def any_of(words: Iterable[str]) -> str:
    """The alternatives of a pattern."""
    return "|".join(map(re.escape, words))


WORDS = _load()
"""Words by kind, the longest first."""
