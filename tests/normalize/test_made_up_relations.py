"""A relation is one line of relations.csv: made-up ones, over any table and scope, without any Python."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from dictionaries import ROOT, add_line, copy_form, copy_program

from normalize.checks.relations import check_relations
from normalize.form.instances import list_instances
from normalize.form.loader import load_form
from normalize.report import CellKey, Check, Observation, Status, Verdict

WORDS = "甲＝乙,a = b,各项相加为,合计印,合计,the parts come to,the sum is printed as,the sum is"
RULES = "rules.issued + rules.repealed,rules.in_force"


def check_line(
    folder: Path, line: str, cells: dict[CellKey, int | None], edition: str = ""
) -> dict[str, Check]:
    """The checks of a dictionary with that line more, by scope; None is a blank."""
    form = copy_form(folder)
    add_line(form / "relations.csv", f"made.up,{line},{WORDS}")
    observations = [
        Observation(*key, None, "件", Status.BLANK, "")
        if number is None
        else Observation(*key, Decimal(number), "件", Status.PRINTED, str(number))
        for key, number in cells.items()
    ]
    tested = check_relations(observations, edition, list_instances(load_form(form)))
    return {check.scope: check for check, _ in tested if check.check == "made.up"}


def of_table_two(**numbers: int | None) -> dict[CellKey, int | None]:
    return {("disclosure", name.replace("__", "."), ""): number for name, number in numbers.items()}


def test_a_sum_over_table_two_is_tested_and_told_in_its_own_words(tmp_path: Path) -> None:
    cells = of_table_two(rules__issued=2, rules__repealed=1, rules__in_force=4)
    (check,) = check_line(tmp_path, f"disclosure,table,,{RULES}", cells).values()
    assert (check.scope, check.verdict, check.difference) == ("disclosure", Verdict.FAIL, -1)
    assert check.message == "表二：合计印 4，各项相加为 3（2＋1），合计多 1，请对照原件。"
    assert check.message_en == (
        "table 2: the sum is printed as 4, the parts come to 3 (2 + 1): the sum is 1 more; compare the original"
    )


def test_a_sum_that_holds_passes(tmp_path: Path) -> None:
    cells = of_table_two(rules__issued=2, rules__repealed=1, rules__in_force=3)
    (check,) = check_line(tmp_path, f"disclosure,table,,{RULES}", cells).values()
    assert check.verdict is Verdict.PASS


def test_a_block_of_table_two_is_every_item_that_has_the_operands(tmp_path: Path) -> None:
    cells = of_table_two(
        rules__created=3,
        rules__newly_published=1,
        rules__total_published=2,
        normative_documents__created=5,
        normative_documents__newly_published=4,
        normative_documents__total_published=3,
        licensing__decisions=7,
    )
    checks = check_line(tmp_path, "disclosure,block,,created - newly_published,total_published", cells)
    assert {scope: check.verdict for scope, check in checks.items()} == {
        "rules": Verdict.PASS,
        "normative_documents": Verdict.FAIL,
    }
    message = checks["normative_documents"].message
    assert message == "表二行政规范性文件：合计印 3，各项相加为 1（5－4），合计多 2，请对照原件。"
    assert "come to 1 (5 - 4)" in checks["normative_documents"].message_en


@pytest.mark.parametrize(
    ("created", "published", "total", "verdict"),
    [
        (5, None, 3, Verdict.NOT_APPLICABLE),  # what is taken away may be 2
        (5, None, 6, Verdict.FAIL),  # nothing that is taken away makes it more
        (None, 4, 3, Verdict.NOT_APPLICABLE),
        (5, 4, None, Verdict.NOT_APPLICABLE),
        (5, 5, None, Verdict.PASS),
    ],
)
def test_a_blank_that_is_taken_away_leaves_less(
    tmp_path: Path, created: int | None, published: int | None, total: int | None, verdict: Verdict
) -> None:
    cells = of_table_two(
        rules__created=created, rules__newly_published=published, rules__total_published=total
    )
    line = "disclosure,block,,created - newly_published,total_published"
    assert check_line(tmp_path, line, cells)["rules"].verdict is verdict


def test_a_row_of_table_three_may_leave_columns_out(tmp_path: Path) -> None:
    cells: dict[CellKey, int | None] = {("requests", "new", a): 1 for a in ("business", "total")}
    cells |= {("requests", "carried_in", "business"): 2, ("requests", "carried_in", "total"): 1}
    checks = check_line(tmp_path, "requests,row,,business,total", cells)
    assert [(s, c.verdict) for s, c in checks.items()] == [
        ("new", Verdict.PASS),
        ("carried_in", Verdict.FAIL),
    ]


def test_a_column_of_table_three_may_have_any_beginning(tmp_path: Path) -> None:
    cells: dict[CellKey, int | None] = {
        ("requests", "outcome.not_available.not_held", "business"): 3,
        ("requests", "outcome.not_available.requires_creation", "business"): 2,
        ("requests", "outcome.not_available.unclear_after_correction", "business"): 0,
        ("requests", "outcome.total", "business"): 4,
    }
    (check,) = check_line(
        tmp_path, "requests,applicant,,outcome.not_available.*,outcome.total", cells
    ).values()
    assert (check.scope, check.verdict, check.left) == ("business", Verdict.FAIL, 5)


@pytest.mark.parametrize(("edition", "tested"), [("2021", 1), ("2019", 0), ("mixed", 0), ("", 0)])
def test_a_relation_of_one_edition_is_not_asked_of_another(tmp_path: Path, edition: str, tested: int) -> None:
    cells = of_table_two(rules__issued=2, rules__repealed=1, rules__in_force=4)
    assert len(check_line(tmp_path, f"disclosure,table,2021,{RULES}", cells, edition)) == tested


@pytest.mark.parametrize(("edition", "verdict"), [("2021", Verdict.NOT_APPLICABLE), ("2019", Verdict.FAIL)])
def test_rows_that_the_edition_has_and_the_document_lacks_prove_no_fault(
    tmp_path: Path, edition: str, verdict: Verdict
) -> None:
    cells: dict[CellKey, int | None] = {
        ("requests", "outcome.granted", "business"): 3,
        ("requests", "outcome.total", "business"): 4,
    }
    line = "requests,applicant,,outcome.granted + outcome.other.*,outcome.total"
    assert check_line(tmp_path, line, cells, edition)["business"].verdict is verdict


def test_the_program_tests_it_and_says_its_words_wherever_checks_are_named(tmp_path: Path) -> None:
    program = copy_program(tmp_path / "program")
    line = "made.up,disclosure,table,,rules.created + rules.newly_published,rules.total_published"
    add_line(program / "normalize" / "form" / "relations.csv", f"{line},{WORDS}")
    report = ROOT / "fixtures" / "reports" / "gangcha_2021.txt"
    code = (
        "import sys\n"
        "from output import codebook, wording\n"
        "assert '| `made.up` | 甲＝乙 | a = b |' in codebook.build_codebook()\n"
        "sys.argv = ['nianbao', 'run', *sys.argv[1:], '--lang', 'zh', '--no-workbook']\n"
        "from nianbao.entry import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(report), "-o", str(tmp_path / "out")],
        env={**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "checks.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["check"] == "made.up"]
    assert (row["verdict"], row["scope"]) == ("fail", "disclosure")
    assert row["message"] == "表二：合计印 31，各项相加为 20，合计多 11，请对照原件。"
    assert "甲＝乙" in done.stdout + done.stderr
