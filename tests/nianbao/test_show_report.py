import re
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.command.line_breaks import places
from nianbao.command.show_report import show
from nianbao.messages import Lang, load_messages
from nianbao.reading.outcomes import judge_report
from normalize.report import Check, Identity, Issue, Observation, Origin, Report, Status, Verdict

REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"


def look(capsys, report, lang="zh"):
    show(judge_report(report), load_messages(Lang(lang)))
    return capsys.readouterr().out


@pytest.fixture
def report(obedient, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")

    def cell(table, field, applicant, raw, row, **more):
        return Observation(
            table, field, applicant, Decimal(raw) if raw else None, "件",
            Status.PRINTED if raw else Status.BLANK, raw=raw, row=row, column=1, **more,
        )  # fmt: skip

    from extract.document import Source

    return Report(
        Source("某局.txt", "0" * 64, 1),
        "text",
        "text",
        None,
        Identity(title="某局2023年政府信息公开工作年度报告", agency="某局", year=2023, doubts=("year",)),
        "2021",
        observations=(
            cell("disclosure", "rules.issued", "", "1", 1),
            cell("disclosure", "rules.repealed", "", "", 1),
            cell("requests", "new", "natural_person", "7", 3, label="一、新收", flags=("requests.balance",)),
            cell("requests", "new", "total", "9", 3, label="一、新收", flags=("doubt.alignment",)),
            Observation("remedies", "reconsideration.upheld", "", None, "件", Status.ABSENT),
        ),
        checks=(
            Check(
                "requests.balance", "natural_person", Decimal(7), Decimal(8), Decimal(-1),
                Verdict.FAIL, Origin.AS_PRINTED, "自然人列多 1", "column “natural person”: 1 more",
            ),
        ),
        issues=(Issue("row.unplaced", "有一行无法对应", table="requests"), Issue("odd", "别处的事")),
    )  # fmt: skip


def test_who_and_when_and_the_tables_with_marks_in_place(report, capsys):
    shown = look(capsys, report)
    assert "某局2023年政府信息公开工作年度报告" in shown
    assert "年度：2023" in shown
    (line,) = [line for line in shown.splitlines() if "一、新收" in line]
    assert "7 ✗" in line
    assert "9 ?" in line
    assert "✗ 自然人列多 1" in shown
    assert "有一行无法对应" in shown
    assert "别处的事" in shown
    (heads,) = [line for line in shown.splitlines() if "本年制发件数" in line]
    assert "本年废止件数" in heads
    assert "文件中没有这张表" in shown


def test_in_english(report, capsys):
    shown = look(capsys, report, "en")
    assert "✗ column “natural person”: 1 more" in shown
    assert "the form of 2021 · plain text" in shown
    (line,) = [line for line in shown.splitlines() if "7 ✗" in line]
    assert line.startswith("│ new ")
    assert all(
        word in shown for word in ("natural person", "issued", "repealed", "the row or column is in doubt")
    )
    own_words = shown.replace("某局2023年政府信息公开工作年度报告", "").replace("某局", "")
    assert not re.search(r"[\u4e00-\u9fff]|[a-z]_[a-z]|\bmixed\b", own_words)


def test_the_edition_and_the_format_are_words(report, capsys):
    from dataclasses import replace

    mixed = replace(report, edition="mixed", format="docx")
    assert "表样：混用 2019、2021 版 · 格式：DOCX" in look(capsys, mixed)
    assert "heads of both forms · DOCX" in look(capsys, mixed, "en")
    assert "格式：纯文本" in look(capsys, report)


def test_an_issue_in_english_names_its_table_and_ends_as_a_sentence(report, capsys):
    from dataclasses import replace

    lost = Issue("table.absent", "没有找到统计表", "", "remedies")
    odd = Issue("row.unplaced", "有一行无法对应", "其 它 5", "requests")
    shown = look(capsys, replace(report, issues=(lost, odd)), "en")
    assert "? table 4, a table of the form is missing\n" in shown
    assert "? table 3, a row that fits none of the form: 其 它 5" in shown


def test_long_sentences_break_within_the_terminal_and_hang(report, capsys, monkeypatch):
    from dataclasses import replace

    monkeypatch.setenv("COLUMNS", "60")
    told = replace(report.checks[0], message="表三“自然人”列：" + "总计印 773，各项相加为 737，" * 4)
    lines = look(capsys, replace(report, checks=(told,))).splitlines()
    (first,) = [number for number, line in enumerate(lines) if line.startswith("  ✗ 表三")]
    assert all(places(line) <= 60 for line in lines)
    assert lines[first + 1].startswith("    ")
    assert not lines[first + 1].lstrip().startswith("，")


def test_square_brackets_are_printed_as_they_are(report, capsys):
    from dataclasses import replace

    seen = replace(report.observations[2], label="[bold]一、新收", raw="[red]7")
    shown = look(capsys, replace(report, observations=(seen,)))
    assert "[bold]一、新收" in shown
    assert "[red]7" in shown


@pytest.mark.parametrize(
    ("text", "code"), [("fine", 0), ("flagged", 0), ("letter", 1), ("damaged", 1), ("bug", 70)]
)
def test_exit_codes(folder, nianbao, obedient, text, code):
    assert nianbao("show", folder({"a.txt": text}) / "a.txt").exit_code == code


def test_no_such_file(tmp_path, nianbao, obedient):
    done = nianbao("show", tmp_path / "nothing.txt")
    assert done.exit_code == 2
    assert "nothing.txt" in done.stderr


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        ("en", "natural person business research institution public interest legal service other total"),
        ("zh", "自然人 商业企业 科研机构 社会公益 法律服务 其他 总计"),
    ],
)
def test_heads_are_whole_words_on_a_terminal_of_80_columns(nianbao, monkeypatch, lang, heads):
    monkeypatch.setenv("COLUMNS", "80")
    shown = nianbao("show", str(REPORTS / "pingtan_2020.docx"), lang=lang).output
    lines = [line for line in shown.splitlines() if line.startswith("┃") and line.count("┃") == 9]
    words = {word for line in lines for cell in line.split("┃") for word in cell.split()}
    assert set(heads.split()) <= words
    assert max(map(places, shown.splitlines())) <= 80
