"""Faults of all files of the dictionary are told in one go, and nothing is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from dictionaries import ROOT, add_line, copy_program, edit

WORD_LISTS = ("agency_endings.csv", "measure_words.csv")


def test_faults_of_all_files_are_told_in_one_go_and_nothing_is_read(tmp_path: Path) -> None:
    program = copy_program(tmp_path / "program")
    form, words = program / "normalize" / "form", program / "normalize" / "words"
    add_line(form / "labels.csv", "requests.rows,new,新收,,seen,")
    edit(
        form / "relations.csv", "requests.balance,requests,applicant", "requests.balance,requests,applicants"
    )
    add_line(words / "measure_words.csv", "件,1")
    add_line(program / "normalize" / "sentences.csv", "list.then,甲,")
    add_line(words / "agency_endings.csv", "某某,7,")
    report = ROOT / "fixtures" / "reports" / "gangcha_2021.txt"
    out = tmp_path / "out"
    for arguments in (
        ("run", report, "-o", out, "--lang", "en"),
        ("run", report, "-o", out, "--log-json", "--lang", "zh"),
        ("show", report, "--lang", "zh"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", "from nianbao.entry import main; main()", *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        said = json.loads(done.stderr.splitlines()[0])["text"] if "--log-json" in arguments else done.stderr
        head, *faults = said.splitlines()
        assert head.startswith("the dictionary" if "en" in arguments else "字典")
        places = [fault.split(": ")[0].partition(":")[0] for fault in faults]
        assert places == ["labels.csv", "relations.csv", "sentences.csv", "sentences.csv", *WORD_LISTS]
        assert all(fault.split(":")[1].isdigit() for fault in faults)
        assert "Traceback" not in done.stderr + done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["program"]


def test_no_faulty_file_hides_the_faults_of_another(tmp_path: Path) -> None:
    program = copy_program(tmp_path)
    files = sorted((program / "normalize").rglob("*.csv"))
    for file in files:
        add_line(file, "x" + "," * 20)
    assert name_faulty_files(program, tmp_path) == sorted(file.name for file in files)


def test_a_list_that_is_not_there_hides_no_fault_of_the_files_read_with_its_words(tmp_path: Path) -> None:
    program = copy_program(tmp_path)
    form, words = program / "normalize" / "form", program / "normalize" / "words"
    lost = (form / "table_words.csv", words / "page_words.csv", words / "phrase_words.csv")
    for file in lost:
        file.unlink()
    faulty = (
        form / "labels.csv",
        words / "headings.csv",
        words / "agency_endings.csv",
        words / "measure_words.csv",
    )
    for file in faulty:
        add_line(file, "x" + "," * 20)
    assert name_faulty_files(program, tmp_path) == sorted(file.name for file in (*lost, *faulty))


def name_faulty_files(program: Path, folder: Path) -> list[str]:
    """The files whose faults a program tells."""
    code = (
        "import nianbao.command.dictionary_faults as d, normalize.words.csv_lines as c\n"
        "try:\n    import normalize.read\n"
        "except c.DictionaryError as error:\n    print('\\n'.join(d.list_faults(error)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return sorted({fault.partition(":")[0] for fault in done.stdout.splitlines()})
