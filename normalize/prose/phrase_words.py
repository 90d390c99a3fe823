"""Words around the figures of the prose, as patterns.

Enters: `words/phrase_words.csv`. Leaves: the words of each kind that `figures` and `phrases` ask for.
"""

from __future__ import annotations

from collections.abc import Iterable

from normalize.words.plain import unify
from normalize.words.search import Pattern
from normalize.words.word_list import read_kinds

KINDS = frozenset(
    {
        *("approximate", "trailing", "opens", "total", "leading"),  # stand around what is counted
        *("relation", "change"),  # compare it
        *("verb", "told", "not_noun", "predicate"),  # say whether it stands behind the number
        *("whole", "compound", "idiom"),  # only look like one of these, or like a number
        *("duration", "norm", "rule", "average", "negation"),  # say whether it is a result
        *("listed", "not_one", "uncounted", "denied"),  # say whether it counts
        *("article", "frequent"),  # are measure words: 条 of a law, 次 of a rule
        *("changing", "amount"),  # stand before it: 由, 数
        *("scale", "no_scale", "myriad", "point", "behind_point"),  # are parts of a number in words
        *("odd", "odd_of_digits", "over", "over_scale", "after"),  # say that it is more or less: 余, 以上
        *("percent", "permille", "fraction"),  # make it a share: 百分之
        *("range", "scaled_unit"),  # stand between two numbers; 元, which 万 belongs to
        *("zero_after", "past", "minute", "clock", "rate"),  # 为零, 未收到过, 8时30分, 每件
        *("ordinal", "before_ordinal", "of_article", "of_law", "uncounted_unit"),  # make it no count: 第
        *("ends", "respectively", "each", "each_is", "and"),  # end what it counts, share it out
        *("as_of", "year", "date_end", "date_since", "date_before"),  # are parts of a date before it
        *("change_tail", "changes_to", "this_year", "share_of"),  # are parts of a comparison
        *("than", "last_year", "year_of_comparison"),  # 较上年同期
        *("from", "origin", "same_time"),  # 由去年同期
    }
)


def _load() -> dict[str, tuple[str, ...]]:
    return {
        kind: longest_first(words)
        for kind, words in read_kinds("phrase_words.csv", KINDS, same=unify).items()
    }


_LAST_MARK = Pattern(r"(?r)[,:;()。!?]")
"""The last sign that parts clauses, in text in which signs are made one; 、 does not."""


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Words in the order in which a pattern must try them."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def find_clause(words: str, start: int, end: int) -> int:
    """Where the clause that ends at `end` begins, not before `start`."""
    mark = _LAST_MARK.search(words, start, end)
    return mark.end() if mark else start


WORDS = _load()
"""Words by kind, the longest first."""
