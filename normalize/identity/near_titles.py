"""The title of a report with one letter wrong (`政府信息公幵工作年度报告`), put right to be read.

Enters: lines of the head, or one as plain text. Leaves: the best title of them; the text with that letter put
right, of the same length. A wrong letter that makes another word (季度, 公示) is no misprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalize.identity.agencies import is_body, is_region
from normalize.identity.printed_lines import PrintedLine
from normalize.identity.titles import Title, find_title
from normalize.words.page_words import WORDS, words_of
from normalize.words.search import Pattern

# A letter too many or too few would move all that follows against the printed text.
_NEAR = Pattern(r"(?:\L<title>){s<=1}", WORDS)
_OTHER = Pattern(r"\L<no_misprint>", WORDS)


def find_head_title(lines: Sequence[PrintedLine]) -> Title | None:
    """The best title among the lines of the head, with a letter wrong only where no other names a body."""
    best = find_title(lines)
    if best is not None and (not best.agency or is_body(best.agency) or is_region(best.agency)):
        return best
    right = [replace(line, plain=put_right(line.plain)) for line in lines]
    return (find_title(right) or best) if right != lines else best


def put_right(words: str) -> str:
    """The words with one wrong letter of a title put right; themselves where there is no such letter."""
    found = _NEAR.search(words)
    if found is None or not any(found.fuzzy_counts) or _OTHER.search(found[0]):
        return words
    same_length = (title for title in words_of("title") if len(title) == len(found[0]))
    title = min(same_length, key=lambda title: sum(a != b for a, b in zip(title, found[0], strict=True)))
    return words[: found.start()] + title + words[found.end() :]
