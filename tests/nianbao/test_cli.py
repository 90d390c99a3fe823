import csv
import subprocess
import sys
import time

import pytest

from nianbao.command.cli import build_app
from nianbao.messages import Lang
from nianbao.version import VERSION

PROGRAM = [sys.executable, "-c", "from nianbao.entry import main; main()"]


def start(*arguments, **environment):
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "", "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_version_agrees_with_the_package():
    from importlib.metadata import version

    assert start("--version").stdout.strip() == f"nianbao {VERSION}"
    assert version("nianbao") == VERSION


@pytest.mark.parametrize("command", [[], ["run"], ["show"], ["fields"]])
def test_help_in_both_languages_with_an_example(command):
    zh, en = (start(*command, "--help", "--lang", lang).stdout for lang in ("zh", "en"))
    assert "示例" in zh
    assert "Example" in en
    assert "nianbao" in zh
    assert "示例" not in en


@pytest.mark.parametrize("lang", list(Lang))
def test_the_help_of_run_lists_every_exit_code(nianbao, lang):
    from nianbao.exit_codes import Exit

    listed = nianbao("run", "--help", lang=lang).stdout.split()
    assert all(str(int(code)) in listed for code in Exit)


def test_help_follows_the_locale():
    assert "Read reports" in start("--help", LANG="en_GB.UTF-8").stdout
    assert "读取年报" in start("--help", LANG="zh_CN.UTF-8").stdout


def test_help_does_not_wait_for_pandas():
    code = "import sys; from nianbao.command.cli import build_app; build_app('zh'); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"pandas", "pyarrow", "lxml", "rich.console", "extract.read"} & set(loaded)
    started = time.perf_counter()
    start("--help")
    assert time.perf_counter() - started < 2  # 0.1 s on an idle machine


def test_a_run_begins_without_what_reads():
    code = "import sys, nianbao.run.run; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    readers = {"extract.read", "extract.sniff", "extract.archive", "normalize.read", "output.tables.render"}
    assert not {"pandas", "pyarrow", "lxml", "charset_normalizer", *readers} & set(loaded)


def test_a_terminal_that_cannot_show_chinese_gets_no_traceback():
    done = start("fields", "--table", "remedies", "--lang", "en", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "reconsideration.upheld" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["run"], ["run", "x"], ["nothing"], ["fields", "--table", "x"], ["show"]]
)
def test_mistakes_on_the_command_line(nianbao, arguments):
    assert nianbao(*arguments).exit_code == 2


def test_fields_as_csv(nianbao):
    rows = list(csv.DictReader(nianbao("fields", "--format", "csv").stdout.splitlines()))
    assert len(rows) == 73
    assert [row["field"] for row in rows][:2] == ["rules.issued", "rules.repealed"]
    only = nianbao("fields", "--format", "csv", "--table", "remedies").stdout.splitlines()
    assert len(only) == 16


def test_fields_as_table_never_cuts_a_name(nianbao):
    shown = nianbao("fields", "--table", "requests").stdout
    assert "outcome.not_available.unclear_after_correction" in shown
    assert "public_interest_org" in shown


@pytest.mark.parametrize("lang", list(Lang))
def test_nothing_in_the_table_of_fields_is_cut_and_choices_are_words(nianbao, lang):
    shown = nianbao("fields", lang=lang).stdout
    assert "…" not in shown
    assert "|" not in shown
    assert ("2019或2021" if lang is Lang.ZH else "2019 or 2021") in shown
    assert "（三）不予公开 5.属于三类内部事务信息" in shown


def test_the_app_can_be_built_in_both_languages():
    assert {build_app(lang).info.name for lang in Lang} == {"nianbao"}
