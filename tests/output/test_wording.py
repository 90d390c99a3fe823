"""Every code that the packages write has words in both languages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import normalize
import output
from normalize.report import Identity
from normalize.words.csv_lines import DictionaryError
from output import wording

PACKAGES = [Path(package.__path__[0]) for package in (normalize, output)]
# `year.conflict`: a doubt about who and when begins with the field of the identity that it is about.
DOUBTFUL = re.compile(rf"(?:doubt|{'|'.join(field.name for field in fields(Identity))})(?:\.[a-z_]+)+")


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def codes_in(source: str) -> set[str]:
    tree = ast.parse(source)
    codes = {text for text in strings(tree) if DOUBTFUL.fullmatch(text)}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Issue", "Left"}:
            code = (
                call.args[0] if call.args else next(one.value for one in call.keywords if one.arg == "code")
            )
            if isinstance(code, ast.Attribute) and code.attr == "code":
                continue  # of what a row left over, where it is a literal
            stated = set(strings(code))
            assert stated, f"the code of an issue is no literal: {ast.unparse(call)}"
            codes |= stated
    return codes


def test_every_code_in_the_source_has_words_and_no_other():
    paths = [path for package in PACKAGES for path in sorted(package.rglob("*.py"))]
    found = {code: path.name for path in paths for code in codes_in(path.read_text("utf-8"))}
    assert {"doubt.alignment", "row.unplaced", "year.conflict"} <= found.keys()
    assert {code: name for code, name in found.items() if code not in wording.CODES} == {}
    assert wording.CODES.keys() - found.keys() == set()


def test_the_search_finds_every_kind_of_code():
    source = "Issue('a.b', '')\nIssue(message='', code='c.d' if x else 'e.f')\nx = ('year.new', 'doubt.new', 'a.csv')"
    assert codes_in(source) == {"a.b", "c.d", "e.f", "year.new", "doubt.new"}
    with pytest.raises(AssertionError, match="no literal"):
        codes_in("Issue(code, '')")


def test_faults_of_the_words_are_listed_all_at_once(tmp_path):
    lines = "code,zh,en\na.b,甲,\na.b,甲,a,b\na.b,甲,a\nA,甲,a\nremedies.sum,甲,a\n"
    (tmp_path / "codes.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(DictionaryError) as fault:
        wording.load_codes(tmp_path)
    assert fault.value.faults == (
        "codes.csv:3: 4 columns where 3 are due",
        "codes.csv:4: a.b stands twice, first in line 2",
        "codes.csv:2: a description is missing",
        "codes.csv:5: code 'A' is misspelt",
        "relations.csv:5: check 'remedies.sum' is a code of codes.csv",
    )


def test_a_code_without_words_is_shown_itself():
    assert wording.in_chinese(wording.CODES, "row.new") == "row.new"
