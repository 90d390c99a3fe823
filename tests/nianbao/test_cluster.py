"""Reading on a cluster: a scheduler and workers as processes of this machine, started as the documents say."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from name_traps import Traps
from preload_faults import POISON

from corpus.__main__ import generate, write
from nianbao.choices import Choices
from nianbao.cluster import worker
from nianbao.cluster.dask import check_workers
from nianbao.cluster.portions import MOST_BYTES, MOST_FILES, make_portions
from nianbao.exit_codes import Exit
from nianbao.find.files import FoundFile
from nianbao.journal.rules import make_rules
from nianbao.limits import LIMITS
from nianbao.options import Options
from nianbao.reading.dispatch import Todo
from nianbao.reading.job import Job
from nianbao.refused import Refused

ROOT = Path(__file__).parents[2]
PRELOAD = ROOT / "tests" / "preload_faults.py"
RTF = rb"{\rtf1\ansi\ansicpg936 \u24180?\u25253? 2023\par}"
PROGRAM = [sys.executable, "-c", "from nianbao.entry import main; main()", "run"]
SETTINGS = os.environ | {
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "NIANBAO_LANG": "en",
}


@contextlib.contextmanager
def processes():
    """Starts processes, and ends them and all that they started."""
    started = []

    def start(*command, **settings):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(psutil.Popen([sys.executable, "-m", *command], env=SETTINGS | settings, **quiet))
        return started[-1]

    try:
        yield start
    finally:
        family = [child for one in started if one.is_running() for child in one.children(recursive=True)]
        for process in (*started, *family):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([*started, *family], 10)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def cluster(folder, workers, **settings):
    """The address of a scheduler, and its workers' nannies."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with processes() as start:
        scheduler = ["distributed.cli.dask_scheduler", "--host", address, "--no-dashboard", "--no-show"]
        worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        start(*scheduler, **settings)
        yield (
            address,
            [
                start(*worker, "--local-directory", str(folder), "--preload", str(PRELOAD), **settings)
                for _ in range(workers)
            ],
        )


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports of many formats, an archive, a file for LibreOffice, and one that workers die of."""
    root = tmp_path_factory.mktemp("reports")
    write(root / "made", generate(5, 12))
    for path in (ROOT / "fixtures" / "reports").iterdir():
        (root / path.name).write_bytes(path.read_bytes())
    (root / "旧.rtf").write_bytes(RTF)
    (root / POISON).write_bytes((root / "gangcha_2021.txt").read_bytes() + b"\n")
    return root


@pytest.fixture(scope="module")
def wanted(reports, tmp_path_factory):
    """The tables that this machine alone makes of them."""
    out = tmp_path_factory.mktemp("local") / "out"
    assert nianbao(reports, out).returncode == Exit.SOME_FAILED
    return tables(out)


def nianbao(inputs, out, *options):
    command = [*PROGRAM, inputs, "-o", out, "--no-workbook", "--workers", "1", *options]
    return subprocess.run(command, env=SETTINGS, capture_output=True, encoding="utf-8", check=False)


def on(address):
    return "--engine", "dask", "--scheduler", address


def tables(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "run.json"}


def test_a_cluster_gives_the_same_bytes_whatever_its_workers_die_of(reports, wanted, tmp_path):
    with cluster(tmp_path, 2) as (address, nannies):
        command = [*PROGRAM, reports, "-o", tmp_path / "out", "--no-workbook", *on(address)]
        run = subprocess.Popen(command, env=SETTINGS, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        readers = [kill_busy_worker(nannies) for _ in range(2)]
        said = run.communicate(timeout=100)[1].decode()
        assert run.returncode == Exit.SOME_FAILED, said
        assert re.search(r"\d+ files are too much for workers of the cluster \(KilledWorker\)", said)
        assert tables(tmp_path / "out") == wanted
        assert not psutil.wait_procs(readers, 10)[1]  # what reads ends with its worker
        again = nianbao(reports, tmp_path / "out", *on(address))
        assert "nothing has changed" in again.stderr


def kill_busy_worker(nannies):
    """Kill a worker once it has a process that reads; that process."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for nanny in nannies:
            with contextlib.suppress(psutil.NoSuchProcess):
                for worker in nanny.children():
                    for reader in worker.children():
                        if "spawn_main" in " ".join(reader.cmdline()):
                            worker.kill()
                            worker.wait(10)
                            return reader
        time.sleep(0.05)
    raise AssertionError("no worker began to read")


def test_a_cluster_knows_the_labels_of_the_run(folder, tmp_path):
    report = (ROOT / "fixtures" / "reports" / "pingtan_2019.md").read_text("utf-8")
    reports = folder({"a.md": report.replace("本年新收政府信息公开申请数量", "当年受理件")})
    own = folder({"my.csv": "axis,name,label\nrequests.row,new,当年受理件\n"}, "words") / "my.csv"
    nianbao(reports, tmp_path / "without")
    nianbao(reports, tmp_path / "local", "--labels", own)
    with cluster(tmp_path / "dask", 1) as (address, _):
        done = nianbao(reports, tmp_path / "out", "--labels", own, *on(address))
    assert done.returncode == Exit.DONE, done.stderr
    assert tables(tmp_path / "out") == tables(tmp_path / "local") != tables(tmp_path / "without")


def test_no_file_where_workers_are_started_is_taken_for_code(tmp_path, monkeypatch):
    """With the environment that docs/cluster.md asks for."""
    assert "PYTHONSAFEPATH=1" in (ROOT / "docs" / "cluster.md").read_text("utf-8")
    traps = Traps(tmp_path)
    monkeypatch.chdir(traps.folder)
    with cluster(tmp_path / "local", 1, PYTHONSAFEPATH="1") as (address, _):
        inputs = ROOT / "fixtures" / "reports" / "pingtan_2020_web.pdf"
        code = traps.type("run", str(inputs), "-o", str(tmp_path / "out"), "--reread", "always", *on(address))
    assert (code, traps.sprung()) == (Exit.DONE, [])


def test_a_worker_of_another_version_is_refused(folder, tmp_path):
    with cluster(tmp_path, 1, FAULT="old") as (address, _):
        done = nianbao(folder({"a.txt": "x"}), tmp_path / "out", *on(address))
    assert done.returncode == Exit.USAGE, done.stderr
    assert (
        "has version 0.0.9 (0123456789ab, cdef01234567) of the program, this machine 0.1.0 (" in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_worker_that_changes_its_version_later_reads_nothing(monkeypatch, tmp_path):
    rules = make_rules(Choices(), LIMITS)
    portion = worker.Portion((), Job(Choices(), rules, tmp_path), LIMITS)
    monkeypatch.setattr(worker, "_own_address", lambda: "tcp://worker:1")
    monkeypatch.setattr(worker, "_own_folder", lambda: str(tmp_path))
    assert worker.read_portion(portion) == ()
    old = replace(portion, job=replace(portion.job, rules=replace(rules, dictionary="another")))
    assert worker.read_portion(old) == worker.Stranger(worker.describe_version(rules), "tcp://worker:1")
    worker._close()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Exception("ModuleNotFoundError('nianbao')"), "engine.no_program"),
        ("0.0.9 (x, y)", "engine.other_version"),
        (OSError("gone"), None),
    ],
)
def test_what_a_worker_that_has_just_come_answers(answer, said, tmp_path):
    client = SimpleNamespace(run=lambda *_, **__: {"tcp://worker:1": answer})
    job = Job(Choices(), make_rules(Choices(), LIMITS), tmp_path)
    context = SimpleNamespace(options=Options((), tmp_path), job=job)
    with pytest.raises(Refused) if said else contextlib.nullcontext() as refusal:
        check_workers(client, context, ["tcp://worker:1"])
    assert (refusal.value.key if refusal else None) == said


def begin(reports, out, address):
    """A run that has read something."""
    command = [*PROGRAM, reports, "-o", out, *on(address), "--log-json"]
    run = subprocess.Popen(command, env=SETTINGS, stderr=subprocess.PIPE, encoding="utf-8")
    while '"event": "file"' not in run.stderr.readline():
        pass
    return run


def test_after_an_interrupt_or_the_loss_of_the_scheduler_the_same_command_goes_on(reports, wanted, tmp_path):
    with cluster(tmp_path, 1) as (address, _):
        run = begin(reports, tmp_path / "one", address)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
        assert run.returncode == Exit.INTERRUPTED, said
        other = nianbao(reports / "gangcha_2021.txt", tmp_path / "other", *on(address))
        assert other.returncode == Exit.DONE, other.stderr  # the cluster serves the next
        run = begin(reports, tmp_path / "two", address)
    _, said = run.communicate(timeout=60)
    assert run.returncode == Exit.USAGE, said
    assert "is lost" in said
    assert "Traceback" not in said
    for out in (tmp_path / "one", tmp_path / "two"):
        done = nianbao(reports, out, "--log-json")
        assert '"event": "resume"' in done.stderr
        assert tables(out) == wanted


@pytest.mark.parametrize("options", [("--engine", "dask"), ("--scheduler", "tcp://x:1")])
def test_engine_and_scheduler_go_together(folder, nianbao, tmp_path, options):
    done = nianbao("run", folder({}), "-o", tmp_path / "out", *options)
    assert done.exit_code == Exit.USAGE
    assert "--engine dask" in done.stderr


def test_without_dask_the_command_that_installs_it_is_said(folder, nianbao, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = nianbao("run", folder({"a.txt": "x"}), "-o", tmp_path / "out", *on("tcp://x:1"))
    assert done.exit_code == Exit.USAGE
    assert "pip install 'nianbao[cluster]'" in done.stderr


def todos(*sizes, suffix="pdf"):
    names = [f"{number}.{suffix}" for number in range(len(sizes))]
    return [Todo("file", FoundFile(Path(name), name), size) for name, size in zip(names, sizes, strict=True)]


def test_portions_have_everything_once_and_the_large_first():
    some = todos(*range(1000)) + todos(*range(10), suffix="doc")
    portions = list(make_portions(some, 2))
    assert sorted(map(id, sum(portions, ()))) == sorted(map(id, some))
    assert max(map(len, portions)) == MOST_FILES
    assert {todo.file.source[-3:] for todo in portions[0]} == {"doc"}
    sizes = [todo.size for portion in portions for todo in portion if todo.file.source.endswith("pdf")]
    assert sizes == sorted(sizes, reverse=True)


def test_large_files_go_alone_and_few_files_to_all_workers():
    assert [len(portion) for portion in make_portions(todos(MOST_BYTES, MOST_BYTES + 1, 1), 1)] == [1, 1, 1]
    assert len(list(make_portions(todos(*[1] * 20), 4))) == 20
    assert list(make_portions([], 0)) == []
