"""The catalogue of what normalize says: nothing asked for is missing, nothing in it is unasked for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import normalize
from normalize.sentences import read_sentences, say, say_both
from normalize.words.csv_lines import DictionaryError
from normalize.words.sentence_pairs import placeholders

FOLDER = Path(normalize.__file__).parent
CATALOGUE = read_sentences()
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted(FOLDER.rglob("*.py"))]


def list_calls() -> Iterator[tuple[str, frozenset[str]]]:
    """Keys that are asked for by name, with the places that are filled in."""
    for tree in TREES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"say", "say_both"}:
                key, *_ = node.args
                named = [keyword.arg for keyword in node.keywords]
                if isinstance(key, ast.Constant) and None not in named:
                    yield key.value, frozenset(named)


def test_what_is_asked_for_is_there_and_all_its_places_are_filled_in():
    calls = list(list_calls())
    assert len(calls) > 50
    for key, named in calls:
        assert placeholders(CATALOGUE[key][0]) == named, key


def test_every_sentence_is_asked_for():
    constants = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert sorted(CATALOGUE.keys() - constants) == []


def test_a_pair_is_said_in_both_languages_and_chinese_alone_where_nothing_else_is_shown():
    assert say_both("weigh.more", by=("三", "three")) == ("多 三", "three more")
    assert say("weigh.more", by="{table}") == "多 {table}"


def test_all_faults_of_a_catalogue_are_told_at_once(tmp_path):
    rows = ["a,甲{x},a {y}", "a,乙,", "b,{丙,b", "c,{},c {}", "d,{x.y},{x.y}", "e,戊,e,e"]
    (tmp_path / "sentences.csv").write_text("\n".join(["key,zh,en", *rows, ""]), encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        read_sentences(tmp_path)
    assert sorted(caught.value.faults) == [
        "sentences.csv:2: a: the placeholders differ",
        "sentences.csv:3: a stands twice, first in line 2",
        "sentences.csv:3: a: a sentence is missing",
        "sentences.csv:4: b: a brace without its other",
        "sentences.csv:5: c: a placeholder that is no name",
        "sentences.csv:6: d: a placeholder that is no name",
        "sentences.csv:7: 4 columns where 3 are due",
    ]
