import re
from pathlib import Path

import pytest

import nianbao
from nianbao.messages import Lang, choose_language, find_faults, load_messages

SOURCES = Path(nianbao.__file__).parent.glob("*.py")


def test_every_message_the_program_asks_for_exists_in_both_languages():
    asked = {key for path in SOURCES for key in re.findall(r'say\(\s*"([a-z_.]+)"', path.read_text("utf-8"))}
    assert len(asked) > 40
    for lang in Lang:
        assert asked <= load_messages(lang).texts.keys()


def test_faults_are_listed_all_at_once():
    rows = [
        {"key": "a", "zh": "甲{x}", "en": "a {y}"},
        {"key": "a", "zh": "乙", "en": ""},
    ]
    assert find_faults(rows) == ["a: the placeholders differ", "a: twice", "a: a sentence is missing"]


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
