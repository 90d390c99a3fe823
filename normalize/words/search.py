r"""Searching the text of documents, which may be of any length, with an end to how long a search may take.

Enters: a pattern with the lists of words that it names (`\L<words>`), and text. Leaves: matches, as `re` has
them; else an error that ends the file, never an answer that was not thought to its end. `re` stays where
letter and every cell passes, for it is two to sixty times as fast; the test of this module has the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from sys import maxsize
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar

import regex

from extract.errors import SearchTimedOut

SECONDS: Final = 20.0
"""Of a processor for one search; the slowest of costly texts of 5 MB, the most that is read, takes 0.6."""
SHORT: Final = 100
"""Characters below which a text is searched without the clock: reading it takes as long as three searches."""
_NONE: Final[Mapping[str, Collection[str]]] = MappingProxyType({})

Match: TypeAlias = regex.Match[str]
_Found = TypeVar("_Found")


class Pattern:
    r"""A pattern, compiled when it is first searched for: a run that needs few of them starts sooner.

    Args:
        pattern: in the syntax of `regex`.
        lists: words by name, those among them that the pattern names (`\L<name>`), the longest tried first.
    """

    __slots__ = ("_compiled", "_lists", "_pattern")

    def __init__(self, pattern: str, lists: Mapping[str, Collection[str]] = _NONE) -> None:
        self._pattern = pattern
        self._lists = lists
        self._compiled: regex.Pattern[str] | None = None

    def search(self, text: str, start: int = 0, end: int = maxsize) -> Match | None:
        """The first match between two places of a text."""
        search = (self._compiled or self.compile()).search
        return search(text, start, end) if len(text) < SHORT else _within_limit(search, text, start, end)

    def match(self, text: str, start: int = 0, end: int = maxsize) -> Match | None:
        """The match that begins at `start`."""
        match = (self._compiled or self.compile()).match
        return match(text, start, end) if len(text) < SHORT else _within_limit(match, text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = maxsize) -> Match | None:
        """The match from `start` to `end`."""
        match = (self._compiled or self.compile()).fullmatch
        return match(text, start, end) if len(text) < SHORT else _within_limit(match, text, start, end)

    def find_all(self, text: str, start: int = 0, end: int = maxsize) -> list[Match]:
        """All matches in order, found before the first is looked at: the clock holds for the search alone."""
        find = (self._compiled or self.compile()).finditer
        if len(text) < SHORT:
            return [*find(text, start, end)]
        return _within_limit(lambda timeout: [*find(text, start, end, timeout=timeout)])

    def sub(self, new: str | Callable[[Match], str], text: str) -> str:
        """The text with another in place of each match."""
        sub = (self._compiled or self.compile()).sub
        return sub(new, text) if len(text) < SHORT else _within_limit(sub, new, text)

    def compile(self) -> regex.Pattern[str]:
        """What `regex` makes of it.

        Raises:
            regex.error: it is no pattern, or names a list that is not there.
        """
        lists: Mapping[str, Any] = self._lists
        self._compiled = regex.compile(self._pattern, ignore_unused=True, **lists)
        return self._compiled


def _within_limit(search: Callable[..., _Found], *arguments: Any) -> _Found:  # noqa: ANN401 - whatever it takes
    try:
        return search(*arguments, timeout=SECONDS)
    except TimeoutError:
        raise SearchTimedOut(f"{SECONDS:g} s") from None
