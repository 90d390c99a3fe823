"""`--labels`: a run knows the user's labels in every process that reads, and so do journal and run.json."""

import csv
import json
import pickle
from pathlib import Path

import native_faults
import pytest

from nianbao import read
from nianbao.choices import Choices
from nianbao.cluster import worker
from nianbao.exit_codes import Exit
from nianbao.find.files import FoundFile
from nianbao.journal.events import Result
from nianbao.journal.rules import make_rules
from nianbao.limits import LIMITS
from nianbao.processes.child import SMALL
from nianbao.processes.pool import Pool
from nianbao.processes.tasks import Task
from nianbao.reading.dispatch import Todo
from nianbao.reading.job import Job
from normalize.form.loader import read_own_labels
from normalize.words.csv_lines import DictionaryError
from normalize.words.own_lines import NO_LINES, find_in_place

ROOT = Path(__file__).parents[2]
REPORT = (ROOT / "fixtures" / "reports" / "pingtan_2019.md").read_text("utf-8")
STRANGE = REPORT.replace("本年新收政府信息公开申请数量", "当年受理件").replace("行政许可", "审批")
"""A report with two labels that the program does not know."""
LABELS = "axis,name,label\nrequests.row,new,当年受理件\ndisclosure.row,licensing,审批\n"
FAULTY = "axis,name,label\nrequests.row,newer,当年受理件\nrequests.row,new\n"


@pytest.fixture
def reports(folder):
    others = {f"{name}.md": STRANGE.replace("平潭综合实验区", f"{name}县") for name in "甲乙丙"}
    return folder({"known.md": REPORT, **others})


@pytest.fixture
def words(tmp_path):
    def write(text=LABELS, name="my.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def run(nianbao, reports, tmp_path):
    """Runs over the reports into `out`: how many were known before, and what happened."""

    def call(*options, out="out"):
        done = nianbao("run", reports, "-o", tmp_path / out, "--no-workbook", "--log-json", *options)
        assert done.exit_code == Exit.DONE, done.stderr
        events = [json.loads(line) for line in done.stderr.splitlines()]
        return [event["source"] for event in events if event["event"] == "file"]

    return call


def states(out):
    with (out / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["source"]: row["status"] for row in csv.DictReader(stream)}


def tables(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}


def record(out):
    return json.loads((out / "run.json").read_text("utf-8"))


ALL = ["known.md", "丙.md", "乙.md", "甲.md"]
FLAGGED = dict.fromkeys(ALL, "flagged") | {"known.md": "ok"}
GOOD = dict.fromkeys(ALL, "ok")


def test_what_is_flagged_without_the_labels_is_read_with_them_by_any_number_of_processes(
    run, words, tmp_path
):
    run("--workers", "2", out="without")
    assert states(tmp_path / "without") == FLAGGED
    for workers in ("1", "2"):
        assert sorted(run("--workers", workers, "--labels", words(), out=workers)) == ALL
        assert states(tmp_path / workers) == GOOD
    assert tables(tmp_path / "1") == tables(tmp_path / "2")


def test_other_words_are_understood_anew_and_the_same_are_not(run, words, tmp_path):
    out = tmp_path / "out"
    run()
    assert sorted(run("--labels", words())) == ALL
    assert states(out) == GOOD
    before = tables(out)
    assert run("--labels", words(name="other.csv")) == []  # the same words in another file
    assert tables(out) == before
    assert sorted(run("--labels", words(LABELS + "ignored,remark,说明一栏\n"))) == ALL
    assert tables(out) == before
    assert sorted(run()) == ALL
    assert states(out) == FLAGGED


def test_the_record_names_the_file_and_what_it_says_but_not_where_it_lies(run, words, tmp_path):
    out = tmp_path / "out"
    run()
    assert record(out)["options"]["labels"] is None
    for text in (LABELS, LABELS + "ignored,remark,说明一栏\n"):  # the second changes no table
        own = read_own_labels(words(text))
        run("--labels", words(text))
        named = {"file": "my.csv", "lines": len(own.lines), "sha256": own.digest}
        assert record(out)["options"]["labels"] == named
        assert own.digest in record(out)["dictionary"]


def test_a_faulty_file_ends_the_run_before_anything_is_read_or_written(nianbao, reports, words, tmp_path):
    file = words(FAULTY)
    before = sorted(tmp_path.iterdir())
    done = nianbao("run", reports, "-o", tmp_path / "out", "--labels", file, lang="en")
    assert done.exit_code == Exit.USAGE
    head, *faults = done.stderr.splitlines()
    assert "or the file of --labels) is faulty" in head
    assert faults == [
        "my.csv:3: 2 columns where 3 are due",
        "my.csv:2: 'newer' is no name of requests.row",
    ]
    assert sorted(tmp_path.iterdir()) == before


def test_one_report_is_shown_with_them(nianbao, reports, words):
    without = nianbao("show", reports / "甲.md", lang="en")
    with_them = nianbao("show", reports / "甲.md", "--labels", words(), lang="en")
    assert (without.exit_code, with_them.exit_code) == (Exit.DONE, Exit.DONE)
    assert "to be checked" in without.stdout
    assert "to be checked" not in with_them.stdout
    assert nianbao("show", reports / "甲.md", "--labels", words(FAULTY)).exit_code == Exit.USAGE


def test_one_report_is_read_with_them_from_python(reports, words):
    assert read(reports / "甲.md").status == "flagged"
    assert read(reports / "甲.md", labels=words()).status == "ok"
    assert read(reports / "甲.md").status == "flagged"  # nothing is left of them
    with pytest.raises(DictionaryError, match="'newer' is no name"):
        read(reports / "甲.md", labels=words(FAULTY))


def test_a_process_that_takes_the_place_of_one_that_died_knows_them(words):
    own = read_own_labels(words("axis,name,label\n" + "".join(f"ignored,remark,注{i}\n" for i in range(500))))
    assert len(pickle.dumps(own)) > SMALL  # more than a pipe takes at once
    with Pool(1, begin=own.put_in_place) as pool:
        for call, arguments in ((find_in_place, ()), (native_faults.do, ("die",)), (find_in_place, ())):
            pool.submit(Task(call, arguments))
        first, dead, last = (pool.next() for _ in range(3))
    assert (first.value, bool(dead.death), last.value) == (own, True, own)
    assert find_in_place() == NO_LINES


def test_a_worker_of_a_cluster_reads_with_those_of_the_run_that_asks(reports, words, tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "_own_folder", lambda: str(tmp_path))
    todos = (Todo("file", FoundFile(reports / "甲.md", "甲.md")),)
    own = read_own_labels(words())
    found = []
    for labels in (NO_LINES, own, NO_LINES):
        rules = make_rules(Choices(), LIMITS, labels)
        portion = worker.Portion(todos, Job(Choices(), rules, tmp_path), LIMITS, labels)
        events = worker.read_portion(portion)
        found += [event.status for event in events if isinstance(event, Result)]
    worker._close()
    assert found == ["flagged", "ok", "flagged"]
