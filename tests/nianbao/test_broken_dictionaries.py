"""Broken CSV files through the real program: each fault with file and line, and no document is opened."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from dictionaries import ROOT, copy_program

FORM, WORDS = "normalize/form", "normalize/words"
REPORT = ROOT / "fixtures" / "reports" / "gangcha_2021.txt"
JOURNAL = "out.journal.sqlite"
SENTENCES = "甲,a,乙,丙,丁,b,c,d"


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to break the dictionary.

    Attributes:
        file: that is broken.
        old: what is replaced there, "" for the end of the file.
        new: what stands there instead.
        fault: as it is told, with file and line; `{last}` is the last line of the broken file.
    """

    file: str
    old: str
    new: str
    fault: str


def at_end(file: str, line: str, fault: str) -> Kind:
    """A line more."""
    return Kind(file, "", line + "\n", f"{Path(file).name}:{{last}}: {fault}")


KINDS = {
    "an unknown column": Kind(
        f"{FORM}/labels.csv",
        ",source,note\n",
        ",source,note,colour\n",
        "labels.csv:1: unknown column 'colour'",
    ),
    "an unknown axis": at_end(
        f"{FORM}/labels.csv", "requests.rows,new,新收,,新收,seen,", "axis 'requests.rows' is none of"
    ),
    "an unknown name": at_end(
        f"{FORM}/labels.csv", "requests.row,newer,新收,,新收,seen,", "'newer' is no name of requests.row"
    ),
    "an unknown edition": at_end(
        f"{FORM}/labels.csv", "requests.row,new,新收,2031,新收,seen,", "edition '2031' is unknown"
    ),
    "a label that misses its example": at_end(
        f"{FORM}/labels.csv",
        "requests.row,new,新收,,今年收到多少,seen,",
        "'新收' misses its example '今年收到多少'",
    ),
    "a label without an example": at_end(
        f"{FORM}/labels.csv", "requests.row,new,新收,,,seen,", "'新收' misses its example ''"
    ),
    "an example of another name": at_end(
        f"{FORM}/labels.csv",
        "requests.row,outcome.granted,同意公开,,不同意公开,seen,\nrequests.row,outcome.other,不同意公开,,不同意公开,seen,",
        "its example '不同意公开' is as near to line",
    ),
    "a label twice after folding": at_end(
        f"{FORM}/labels.csv",
        "remedies.column,upheld,結果 維持,,结果维持,seen,",
        "'結果 維持' stands twice, first in",
    ),
    "a label of two names": at_end(
        f"{FORM}/labels.csv",
        "remedies.column,corrected,结果维持,,结果维持,seen,",
        "'结果维持' is corrected here and upheld",
    ),
    "one wording of two names": at_end(
        f"{FORM}/labels.csv",
        "remedies.column,corrected,2.结果维持,,结果维持,seen,",
        "'2.结果维持' is corrected here and upheld",
    ),
    "a unit that nothing is counted in": Kind(
        f"{FORM}/fields.csv",
        "第二十条第（五）项,件,\n2021,disclosure,8",
        "第二十条第（五）项,个,\n2021,disclosure,8",
        "fields.csv:8: unit '个' is none of",
    ),
    "fields of two tables with one column": Kind(
        f"{FORM}/fields.csv",
        "2021,disclosure,2,rules.repealed,",
        "2021,disclosure,2,new.total,",
        "fields.csv:34: field 'new' makes column 'new.total' of `wide` twice",
    ),
    "a field with another column's name": Kind(
        f"{FORM}/fields.csv",
        "2021,disclosure,2,rules.repealed,",
        "2021,disclosure,2,status,",
        "fields.csv:3: field 'status' makes column 'status' of `wide` twice",
    ),
    "an applicant twice": Kind(
        f"{FORM}/applicants.csv",
        "3,research_institution,",
        "3,business,",
        "applicants.csv:4: applicant 'business' stands twice, first in line 3",
    ),
    "an axis made of nothing known": Kind(
        f"{FORM}/axes.csv",
        "remedies.column,remedies,parts,",
        "remedies.column,remedies,pieces,",
        "axes.csv:10: made_of 'pieces' is none of",
    ),
    "an edition without a year": Kind(
        f"{FORM}/editions.csv", "2019,form,2019,", "2019,form,,", "editions.csv:3: since is empty"
    ),
    "a table of no section": Kind(
        f"{FORM}/tables.csv", "requests,3,", "requests,9,", "tables.csv:3: section '9' is none of 1 to 6"
    ),
    "a line without the name of its table": Kind(
        f"{FORM}/tables.csv",
        "table,section,",
        "section,table\n3\ntable,section,",
        "tables.csv:1: column 'short_zh' is missing",
    ),
    "a template that nobody reads": Kind(
        f"{FORM}/templates.csv",
        "2019|2021,requests,",
        "2019|2021,request,",
        "templates.csv:3: reader 'request' is none of",
    ),
    "an unknown scope": at_end(
        f"{FORM}/relations.csv",
        f"made.up,requests,cell,,new,carried_in,{SENTENCES}",
        "scope 'cell' is none of",
    ),
    "a misspelt operand": at_end(
        f"{FORM}/relations.csv",
        f"made.up,requests,applicant,,new,caried_in,{SENTENCES}",
        "operand 'caried_in' is no",
    ),
    "the id of another check": at_end(
        f"{FORM}/relations.csv",
        f"versions.differ,requests,applicant,,new,carried_in,{SENTENCES}",
        "check 'versions.differ' is that of files of one report",
    ),
    "the id of a code": at_end(
        f"{FORM}/relations.csv",
        f"row.absent,requests,applicant,,new,carried_in,{SENTENCES}",
        "check 'row.absent' is a code of codes.csv",
    ),
    "a word of an unknown kind": at_end(f"{FORM}/table_words.csv", "colour,红,", "kind 'colour' is none of"),
    "a word twice after folding": at_end(
        f"{WORDS}/page_words.csv", "self,本 機關,", "self 本 機關 stands twice, first in line"
    ),
    "a phrase of an unknown kind": at_end(
        f"{WORDS}/phrase_words.csv", "colour,红,", "kind 'colour' is none of"
    ),
    "a heading of no section": at_end(f"{WORDS}/headings.csv", "某某情况,9,,", "section '9' is none of"),
    "words that miss their example": at_end(
        f"{WORDS}/heading_words.csv",
        "成绩 不足,5,五、成绩与经验,",
        "成绩 不足 misses its example '五、成绩与经验'",
    ),
    "words that hit another's example": at_end(
        f"{WORDS}/heading_words.csv",
        "问题,6,六、问题的整改,",
        "its example '六、问题的整改' is also that of line 10",
    ),
    "a title without an example": at_end(
        f"{WORDS}/report_titles.csv", "公开 总结,,", "公开 总结 misses its example ''"
    ),
    "an ending of unknown strength": at_end(
        f"{WORDS}/agency_endings.csv", "某某,7,", "strong '7' is none of"
    ),
    "a line too short": at_end(f"{WORDS}/measure_words.csv", "件,1", "2 columns where 3 are due"),
    "a word that two scripts spell": at_end(
        f"{WORDS}/quantity_words.csv", "nothing,無,", "nothing 無 stands twice"
    ),
    "a unit worth nothing": at_end(f"{WORDS}/units.csv", "两,much,", "yuan 'much' is no number"),
    "a version neither later nor earlier": at_end(
        f"{WORDS}/version_words.csv", "新版,2,", "later '2' is none of"
    ),
    "two sides of unlike length": at_end(
        f"{WORDS}/script.csv", "資料,料,", "資料 and 料 are not of one length"
    ),
    "a sentence in one language": at_end(
        "normalize/sentences.csv", "list.then,甲,", "list.then: a sentence is missing"
    ),
    "a misspelt code": at_end("output/codes.csv", "Row,甲,a", "code 'Row' is misspelt"),
    "a column of an unknown type": at_end(
        "output/columns.csv", "wide,new,colour,,,,,,甲,a", "kind 'colour' is none of"
    ),
    "a description with unknown places": at_end(
        "output/columns.csv", "wide,new,text,,,,,,甲{x},a", "a description with other places than tables"
    ),
    "a message with other places": at_end(
        "nianbao/messages.csv", "a.b,甲{x},a {y}", "a.b: the placeholders differ"
    ),
    "messages without a language": Kind(
        "nianbao/messages.csv", "key,zh,en\n", "key,zh\n", "messages.csv:1: column 'en' is missing"
    ),
    "a brace without its other": at_end(
        "nianbao/command/usage.csv", "a.b,甲{x", "a.b: a brace without its other"
    ),
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_program(tmp_path_factory.mktemp("program"))


@contextmanager
def broken(program: Path, kind: Kind) -> Iterator[str]:
    """The program meanwhile broken, and the fault due."""
    path = program / kind.file
    text = path.read_text(encoding="utf-8")
    assert text.count(kind.old) == 1 or not kind.old
    path.write_text(text.replace(kind.old, kind.new) if kind.old else text + kind.new, encoding="utf-8")
    try:
        yield kind.fault.replace("{last}", str(text.count("\n") + 1))
    finally:
        path.write_text(text, encoding="utf-8")


def call(program: Path, folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from nianbao.entry import main; main()", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def count_rows(journal: Path) -> int:
    """What a journal knows of documents; words that only the reading processes load are checked beside it."""
    if not journal.exists():
        return 0
    with closing(sqlite3.connect(journal)) as base:
        tables = ("files", "lists", "outcomes", "readings")
        return sum(base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)  # noqa: S608


def test_the_kinds_are_many_and_in_every_file() -> None:
    packages = [ROOT / name for name in ("normalize", "output", "nianbao")]
    files = {str(file.relative_to(ROOT)) for package in packages for file in package.rglob("*.csv")}
    assert {kind.file for kind in KINDS.values()} == files
    assert len(KINDS) >= 25


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_broken_dictionary_is_told_with_file_and_line_and_reaches_no_document(
    program: Path, tmp_path: Path, kind: Kind
) -> None:
    with broken(program, kind) as fault:
        done = call(program, tmp_path, "--lang", "en", "run", REPORT, "-o", tmp_path / "out")
    assert done.returncode == 2
    head, *faults = done.stderr.splitlines()
    assert head.endswith("Please correct:")
    assert [line for line in faults if line.startswith(fault)], done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} <= {JOURNAL}
    assert count_rows(tmp_path / JOURNAL) == 0


@pytest.mark.parametrize(
    "arguments", [["--help"], ["fields"], ["show", REPORT], ["run", REPORT, "--log-json"]]
)
def test_messages_that_are_broken_end_every_command(
    program: Path, tmp_path: Path, arguments: list[str | Path]
) -> None:
    both = KINDS["messages without a language"], KINDS["a misspelt operand"]
    with broken(program, both[0]) as first, broken(program, both[1]) as second:
        done = call(program, tmp_path, *arguments)
    assert done.returncode == 2
    said = json.loads(done.stderr.splitlines()[0])["text"] if "--log-json" in arguments else done.stderr
    assert first in said
    assert second in said
    assert "Traceback" not in done.stderr


def test_fields_of_a_broken_form_are_not_listed(program: Path, tmp_path: Path) -> None:
    with broken(program, KINDS["an applicant twice"]) as fault:
        done = call(program, tmp_path, "--lang", "en", "fields", "--format", "csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert fault in done.stderr
