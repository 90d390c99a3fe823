r"""The text of documents is searched by `normalize.words.search`; where `re` does it, the table says why.

`\L<words>` tries the longest word first and gives way to shorter ones, as the alternatives did that were sorted so;
a search that takes too long ends the file it is made for, and no other.
"""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_package import source_of

import normalize
from extract.errors import SearchTimedOut, TimedOut
from nianbao.choices import Choices
from nianbao.journal.rules import make_rules
from nianbao.limits import LIMITS
from nianbao.reading.outcomes import explain
from normalize.words import search
from normalize.words.search import Pattern

FOLDER = Path(normalize.__file__).parent

WITH_RE: dict[str, str] = {
    "checks/observations.py": "every cell of the form, up to four times; what costs most of all searches",
    "disclosure/made_with_spaces.py": "four digits in a cell of a head",
    "form/form_faults.py": "names of the dictionary, no document",
    "form/in_sentences.py": "labels of the dictionary, no document",
    "form/relation.py": "terms of the dictionary, no document",
    "form/relation_faults.py": "names of the dictionary, no document",
    "form/template_faults.py": "names of the dictionary, no document",
    "requests/read.py": "every cell of table 三; digits from end to end",
    "rows/column_numbers.py": "every cell; two digits at most",
    "rows/glued_values.py": "the last cell of every row: regex takes twice as long",
    "rows/serial_numbers.py": "the first cell of every row; two digits at most",
    "rows/wrapped_labels.py": "the pieces of labels; one numeral from end to end",
    "versions/same_report.py": "prose is parted at signs, in the conductor, where no file would end",
    "words/fold.py": "every label and every cell; classes and one numeral in front",
    "words/numerals.py": "numbers of at most 24 characters",
    "words/plain.py": "every letter against thousands: regex takes thirty times as long",
    "words/quantity.py": "every cell, several times; numbers from end to end",
    "words/script.py": "every letter against thousands: regex takes sixty times as long",
}


def list_modules(library: str) -> Iterator[str]:
    """The modules of normalize that import a library."""
    for path in FOLDER.rglob("*.py"):
        nodes = [*ast.walk(ast.parse(path.read_text("utf-8")))]
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
        if library in names:
            yield path.relative_to(FOLDER).as_posix()


def list_patterns() -> dict[str, Pattern]:
    """Every pattern that a module holds, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(normalize.__path__, "normalize."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Pattern):
                found[f"{module.name}.{name}"] = value
    return found


def test_re_is_where_the_table_says_why_and_nowhere_else() -> None:
    assert sorted(list_modules("re")) == sorted(WITH_RE)
    assert all(WITH_RE.values())


def test_one_module_knows_the_library() -> None:
    assert [*list_modules("regex")] == ["words/search.py"]


def test_every_pattern_is_one_and_names_lists_that_are_there() -> None:
    patterns = list_patterns()
    assert len(patterns) > 100
    for pattern in patterns.values():
        pattern.compile()


LETTERS = "年度报告"


@given(
    st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=6, unique=True),
    st.text(LETTERS, max_size=12),
    st.sampled_from([("", ""), ("(?:", ")+$"), ("", "$"), ("", "年"), ("^(", ")(.*)$"), ("年?", "度?")]),
)
def test_a_list_finds_what_alternatives_found_longest_first(
    words: list[str], text: str, around: tuple[str, str]
) -> None:
    before, behind = around
    ordered = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    usual = re.compile(f"{before}(?:{ordered}){behind}")
    listed = Pattern(rf"{before}\L<words>{behind}", {"words": words})
    assert [m.span() for m in listed.find_all(text)] == [m.span() for m in usual.finditer(text)]
    for name in ("search", "match", "fullmatch"):
        found, known = getattr(listed, name)(text), getattr(usual, name)(text)
        assert (found and (found.span(), found.groups())) == (known and (known.span(), known.groups()))
    assert listed.sub("x", text) == usual.sub("x", text)


SLOW = Pattern(r"(?:公|公公)+示")
NEVER_DONE = "公" * 150 + "止示"
"""Every way to part 公公公… is tried."""


def test_a_short_text_is_searched_to_the_end() -> None:
    assert SLOW.fullmatch("公" * 9 + "示")
    assert not SLOW.search("公" * 9 + "止示")


@pytest.mark.parametrize("name", ["search", "match", "fullmatch", "find_all"])
def test_a_search_ends_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SECONDS", 0.05)
    with pytest.raises(SearchTimedOut, match=r"0\.05 s"):
        getattr(SLOW, name)(NEVER_DONE)


def test_a_replacement_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SECONDS", 0.05)
    with pytest.raises(SearchTimedOut):
        SLOW.sub("x", NEVER_DONE)


def test_no_pattern_takes_long_on_a_text_that_is_searched_without_the_clock() -> None:
    """Each is given what its own letters and words repeat, and letters by twos, with an end that fits no match.

    Words that other words of a list are made of may be parted in as many ways as 公公公 above.
    """
    for pattern in list_patterns().values():
        compiled = pattern.compile()
        letters = [*dict.fromkeys(re.sub(r"\\.|[{}()<>|?*+^$\[\]]", "", compiled.pattern))][:12]
        words = [word for listed in compiled.named_lists.values() for word in sorted(listed) if len(word) < 5]
        for piece in (*letters, *(a + b for a in letters[:4] for b in letters[:4]), *words):
            text = (piece * search.SHORT)[: search.SHORT - 2] + "\0"
            compiled.search(text, timeout=0.5)


def test_the_sentence_says_what_was_too_long_and_gives_no_advice_that_does_not_help() -> None:
    copy = pickle.loads(pickle.dumps(SearchTimedOut("20 s")))  # noqa: S301 - its own bytes
    assert copy.sentence("zh").endswith("：20 s")
    assert copy.sentence("en").endswith(": 20 s")
    assert "--time-limit" not in copy.sentence("zh") + copy.sentence("en")


def test_it_ends_the_file_as_the_time_limit_does() -> None:
    outcome, of_limit = (explain(source_of(b""), error("20 s")) for error in (SearchTimedOut, TimedOut))
    assert (outcome.status, outcome.error_code) == ("failed", "timed_out")
    assert (of_limit.status, of_limit.error_code) == ("failed", "timed_out")
    rules = make_rules(Choices(), LIMITS)
    assert rules.condition(outcome.error_code) == rules.limits
