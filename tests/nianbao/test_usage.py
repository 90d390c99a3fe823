"""The command line's own words, in the language of whoever asks."""

import re

import pytest
from typer.main import get_command

from nianbao.command.cli import build_app
from nianbao.command.line_breaks import places, wrap
from nianbao.command.usage_words import load_words
from nianbao.messages import Lang

MISTAKES = [
    (["run"], "没有给出要读的文件夹或文件", "Missing argument"),
    (["run", "x"], "没有给出结果文件夹", "Missing option"),
    (["show"], "没有给出要看的年报", "Missing argument"),
    (["nothing"], "没有 nothing 这个命令，可用的有 run、show、fields。", "No such command"),
    (["it's"], "没有 it's 这个命令", "No such command"),
    (["--lang", "zh"], "没有写明命令，可用的有 run、show、fields。", "Missing command"),
    (["run", "x", "-o"], "-o 后面要写明值。", "requires an argument"),
    (["run", "x", "-o", "y", "--quiet=1"], "--quiet 后面不能带值。", "does not take a value"),
    (["--version=2"], "--version 后面不能带值。", "does not take a value"),
    (["run", "x", "-o", "y", "-z"], "没有 -z 这个选项。", "No such option"),
    (["run", "x", "-o", "y", "--wokers", "2"], "是不是 --workers？", "--workers"),
    (["run", "x", "-o", "y", "--workers", "a"], "--workers 应为 0 或正整数。", "--workers"),
    (["run", "x", "-o", "y", "--workers", "-1"], "--workers 应为 0 或正整数。", "--workers"),
    (["run", "x", "-o", "y", "--time-limit", "0"], "不小于 0.1", "--time-limit"),
    (["run", "x", "-o", "y", "--memory-limit", "9"], "不小于 100", "--memory-limit"),
    (["run", "x", "-o", "y", "--reread", "z"], "always、doubtful 或 never", "not one of"),
    (["run", "x", "-o", "y", "--engine", "z"], "local 或 dask", "not one of"),
    (["fields", "--table", "x"], "disclosure、requests 或 remedies", "not one of"),
    (["fields", "--format", "x"], "table 或 csv", "not one of"),
    (["--lang", "fr", "fields"], "zh 或 en", "not one of"),
    (["show", "a", "--page", "x"], "--page 应为页码", "--page"),
    (["show", "a", "b (1)"], "多出了 b (1)。", "unexpected extra argument"),
    (["fields", "a", "b"], "多出了 a b。", "unexpected extra argument"),
]


@pytest.mark.parametrize(("arguments", "chinese", "english"), MISTAKES)
def test_every_kind_of_mistake_in_both_languages(nianbao, arguments, chinese, english):
    said = {lang: nianbao(*arguments, lang=lang) for lang in Lang}
    assert {done.exit_code for done in said.values()} == {2}
    zh, en = (re.sub(r"\x1b\[[\d;]*m", "", said[lang].stderr) for lang in (Lang.ZH, Lang.EN))
    assert chinese in zh
    assert english in en
    assert not re.search(r"Usage|Error|Try|Missing|Invalid|such|Value|unexpected|Did|Option|Got", zh)
    assert not re.search(r"[\u4e00-\u9fff]", en)


def test_a_mistake_of_a_kind_unknown_here_is_still_told():
    from types import SimpleNamespace

    from nianbao.command.usage import describe

    group = get_command(build_app(Lang.ZH))
    odd = SimpleNamespace(param=None, format_message=lambda: "something new")
    assert describe(odd, group) == "命令行有误：something new"


@pytest.mark.parametrize("command", [[], ["run"], ["show"], ["fields"]])
def test_the_frame_of_the_help_is_in_the_language_of_the_rest(nianbao, command):
    zh, en = (nianbao(*command, "--help", lang=lang).stdout for lang in (Lang.ZH, Lang.EN))
    assert "用法：nianbao" in zh or "用法：root" in zh
    assert "选项：" in zh
    assert not re.search(
        r"Usage|Options|OPTIONS|Arguments|Commands|COMMAND|required|default|Show|x>=|<path>", zh
    )
    assert "Usage:" in en
    assert "Options:" in en
    assert not re.search(r"[\u4e00-\u9fff]", en.replace("勾稽问题", ""))


@pytest.mark.parametrize("command", [[], ["run"], ["show"], ["fields"]])
def test_no_line_of_the_help_is_wider_than_a_terminal(nianbao, command):
    shown = nianbao(*command, "--help", lang=Lang.ZH).stdout.splitlines()
    assert max(map(places, shown)) <= 80
    assert not [line for line in shown if line.strip().startswith(tuple("，。、：；）"))]


@pytest.mark.parametrize(("command", "name"), [("run", "INPUT..."), ("show", "FILE")])
@pytest.mark.parametrize("lang", Lang)
def test_names_of_arguments_stand_without_signs_of_a_library(nianbao, command, name, lang):
    lines = nianbao(command, "--help", lang=lang).stdout.splitlines()
    assert lines[0].endswith(f"] {name}")
    assert any(line.startswith(f"  {name}  ") for line in lines)
    assert not any(re.search(r"<(list|path|str|Path)|[{}]", line) for line in lines)


def test_every_option_that_may_be_wrong_or_missing_has_its_sentence():
    group = get_command(build_app(Lang.ZH))
    options = [one for command in (group, *group.commands.values()) for one in command.params]
    required = {one.name for one in options if one.required}
    free = {"inputs", "out", "file", "png", "password_file", "scheduler", "labels"}  # any text will do
    judged = {one.name for one in options if not getattr(one, "is_flag", False)} - free
    assert {key for key in load_words() if key.startswith("missing.")} == {
        f"missing.{name}" for name in required
    }
    assert {key for key in load_words() if key.startswith("wrong.")} == {f"wrong.{name}" for name in judged}


def test_lines_break_between_chinese_signs_but_not_before_a_stop_or_in_a_remark():
    assert wrap("年报文件夹，结果", 10) == ["年报文件", "夹，结果"]
    assert wrap("看 docs/cluster.md 吧  [默认 1；不小于 0]", 20) == [
        "看 docs/cluster.md",
        "吧",
        "[默认 1；不小于 0]",
    ]
    assert wrap("\b\n一  二\n三", 2) == ["一  二", "三"]
