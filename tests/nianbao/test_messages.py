import ast
import re
from pathlib import Path

import pytest

import nianbao
from extract.errors import ReadError
from nianbao.messages import Lang, choose_language, load_messages
from normalize.words.csv_lines import DictionaryError
from normalize.words.sentence_pairs import placeholders
from output.codebook import build_codebook
from output.workbook.all_sheets import build_sheets

SOURCES = sorted(Path(nianbao.__file__).parent.rglob("*.py"))


def test_every_message_the_program_asks_for_exists_in_both_languages():
    asked = {key for path in SOURCES for key in re.findall(r'say\(\s*"([a-z_.]+)"', path.read_text("utf-8"))}
    assert len(asked) > 40
    for lang in Lang:
        assert asked <= load_messages(lang).texts.keys()


def test_faults_are_listed_all_at_once(tmp_path):
    (tmp_path / "messages.csv").write_text("key,zh,en\na,甲{x},a {y}\na,乙,\n", encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        load_messages(Lang.EN, tmp_path)
    assert caught.value.faults == (
        "messages.csv:3: a stands twice, first in line 2",
        "messages.csv:2: a: the placeholders differ",
        "messages.csv:3: a: a sentence is missing",
    )


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        (["--lang", "en", "run"], {"NIANBAO_LANG": "zh"}, "en"),
        (["run", "--lang=en"], {}, "en"),
        (["run"], {"NIANBAO_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
        (["run", "--lang", "xx"], {"NIANBAO_LANG": "en"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
    ],
)
def test_language(arguments, environment, lang):
    assert choose_language(arguments, environment) is Lang(lang)


def test_a_code_without_a_name_is_shown_itself():
    say = load_messages(Lang.EN)
    assert say.name("error", "something_new") == "something_new"
    assert say.name("error", "damaged") != "damaged"


EVERY_OUTCOME = ("fine", "flagged", "issue", "doubt", "who", "letter", "damaged", "bug", "deep", "memory")
UNFILLED = re.compile(r"\{[a-z_]*\}|\b[A-Z]\w*(?:Error|Exception)\b")


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_unfilled_and_no_name_of_an_exception_reaches_a_person(
    folder, tmp_path, nianbao, obedient, lang
):
    root = folder({f"{way}.txt": way for way in EVERY_OUTCOME} | {"empty.pdf": b"", "copy.txt": "fine"})
    done = nianbao("run", root, "-o", tmp_path / "out", lang=lang)
    assert done.exit_code == 70
    tables = [path.read_text("utf-8-sig") for path in (tmp_path / "out").glob("*.csv")]
    shown = [nianbao("show", root / f"{way}.txt", lang=lang).stdout for way in EVERY_OUTCOME]
    for text in (done.stdout, done.stderr, *tables, *shown):
        assert not UNFILLED.search(text), UNFILLED.search(text)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_name_of_a_problem_has_nothing_to_fill_in(lang):
    from nianbao.run.summary import name_problem

    say = load_messages(lang)
    codes = [key.partition(".")[2] for key in say.texts if key.startswith("error.")]
    names = [name_problem(("error", code), say) for code in codes]
    assert not [name for name in names if "{" in name]
    every_kind = {kind.code for kind in ReadError.__subclasses__()}
    assert every_kind <= set(codes)


def calls_with(texts):
    """The calls that name a sentence, with what they fill in; `**counts` fills in whatever it holds."""
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            first = call.args[0] if isinstance(call, ast.Call) and call.args else None
            if isinstance(first, ast.Constant) and first.value in texts:
                given = {keyword.arg for keyword in call.keywords}
                yield first.value, placeholders(texts[first.value]) if None in given else given


def test_every_other_sentence_is_filled_in_by_what_asks_for_it():
    texts = load_messages(Lang.ZH).texts
    calls = list(calls_with(texts))
    assert len(calls) > 60
    assert [key for key, given in calls if not placeholders(texts[key]) <= given] == []


def test_the_screen_the_workbook_and_the_codebook_name_things_alike():
    say = load_messages(Lang.ZH)
    headings = {column.heading for sheet in build_sheets() for column in sheet.columns}
    assert {say(f"show.{key}") for key in ("agency", "year", "document_number", "issued_on")} <= headings
    assert "表样" in headings
    for text in (build_codebook(), *say.texts.values(), *headings):
        assert "表式" not in text
