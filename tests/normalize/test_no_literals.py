"""Chinese words are data: a module of normalize holds none but signs of grammar in patterns, with the reason.

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
    "checks/no_body.py": (1, "年 and 度 behind a year"),
    "identity/agencies.py": (2, "第 and 师 around the number of a division"),
    "identity/file_names.py": (2, "年 behind a year, 第 before a number"),
    "identity/letterhead.py": (
        6,
        "第, 字 and 号 of a document's number, 年月日 of a date, 第 and 页 of a page's",
    ),
    "identity/opening_sentences.py": (4, "年 behind a year, and particles of a sentence: 由, 现, 在…下"),
    "identity/period.py": (9, "年月日 of a date, 年 and 度 behind a year"),
    "identity/printed_lines.py": (1, "第 before the number of a section"),
    "identity/titles.py": (
        9,
        "的 between parts of a title, 年 and 度 behind a year, 第…号 of a document's number, 月",
    ),
    "prose/figures.py": (1, "页 and 共 of the number of a page"),
    "prose/long_sentences.py": (1, "scales of numbers, those of them that a cut must not part"),
    "prose/mentions.py": (1, "numerals that only unlike scripts have, before the text is made one"),
    "prose/phrases.py": (4, "年, 月, 份 and 日 of a date, 的 behind a phrase"),
    "rows/line_tokens.py": (1, "第, 页 and 共 of the number of a page"),
    "rows/other_tables.py": (2, "年 and 月 of a year and of a date"),
    "words/dates.py": (5, "年月日 of a date, 元 for its first month, 廿 in its day"),
    "words/headings.py": (6, "第 before a number, zeros of a year, 表 in a name"),
    "words/numerals.py": (28, "digits and scales are what it computes with"),
    "words/plain.py": (2, "signs for one another"),
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
