"""Chinese words are data: a module of normalize holds no more of them than it is allowed here, with the reason.

Counted are literals with a Chinese character, parts of f-strings and patterns among them, outside docstrings.
The numbers may only shrink: a module that holds fewer than allowed fails as well, until the table says so.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import normalize

FOLDER = Path(normalize.__file__).parent
HAN = re.compile(r"[\u3007\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff]")

ALLOWED: dict[str, tuple[int, str]] = {
    "checks/no_body.py": (1, "a line of a list of reports, by its grammar"),
    "checks/observations.py": (1, "one sign of a change, before the text is made one"),
    "identity/agencies.py": (2, "what stands around a name, by its grammar"),
    "identity/file_names.py": (2, "what stands around a year in a name, by its grammar"),
    "identity/letterhead.py": (6, "document numbers, seals and dates, by their grammar"),
    "identity/opening_sentences.py": (4, "who writes, in the grammar of a sentence"),
    "identity/period.py": (9, "from when to when, by its grammar"),
    "identity/printed_lines.py": (1, "numerals that a heading begins with"),
    "identity/titles.py": (10, "the grammar of a title"),
    "prose/figures.py": (1, "the grammar of a figure: numerals, scales, and the particles around them"),
    "prose/long_sentences.py": (1, "numerals"),
    "prose/mentions.py": (1, "numerals, and those of a list"),
    "prose/phrases.py": (4, "dates and comparisons, by their grammar"),
    "rows/line_tokens.py": (1, "the number of a page, by its grammar"),
    "rows/one_blank_apart.py": (1, "a unit behind a number, before the text is made one"),
    "words/dates.py": (5, "digits, and the grammar of a date"),
    "words/headings.py": (8, "numerals of headings, and the grammar of a caption"),
    "words/numerals.py": (28, "digits and scales are what it computes with"),
    "words/plain.py": (3, "signs for one another"),
}


def list_literals(tree: ast.Module) -> Iterator[str]:
    """The literals with a Chinese character that are no docstring."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in alone)
    yield from (n.value for n in constants if isinstance(n.value, str) and HAN.search(n.value))


def count_literals() -> dict[str, int]:
    """How many each module holds, those with none left out."""
    counts = {
        path.relative_to(FOLDER).as_posix(): len([*list_literals(ast.parse(path.read_text("utf-8")))])
        for path in sorted(FOLDER.rglob("*.py"))
    }
    return {name: count for name, count in counts.items() if count}


def test_no_module_holds_more_chinese_words_than_allowed_nor_fewer():
    assert count_literals() == {name: count for name, (count, _) in ALLOWED.items()}


def test_every_exception_has_its_reason():
    assert all(reason for _, reason in ALLOWED.values())


def test_docstrings_comments_and_signs_do_not_count_and_parts_of_patterns_do():
    source = (
        '"""表"""\nA = 1\n"""二"""\nB = f"[年月]{A}日、{A}"  # 三\nC = re.compile(r"\\d，")\nD = {"四": 1}\n'
    )
    assert sorted(list_literals(ast.parse(source))) == sorted(["[年月]", "日、", "四"])
