import csv
import json

import pytest

from nianbao.exit_codes import Exit
from nianbao.messages import Lang, load_messages
from nianbao.options import Options
from nianbao.processes.pool import Pool
from nianbao.run import run as run_module

pytestmark = pytest.mark.usefixtures("obedient")


def rows(out, name="reports"):
    with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_file_gets_its_row_and_the_gravest_thing_decides_the_exit_code(folder, tmp_path, nianbao):
    root = folder(
        {"a.txt": "fine", "b.txt": "flagged", "c.txt": "letter", "d.txt": "fine", "e/f.txt": "damaged"}
    )
    done = nianbao("run", root, "-o", tmp_path / "out")
    assert done.exit_code == Exit.SOME_FAILED
    assert [(row["source"], row["status"]) for row in rows(tmp_path / "out")] == [
        ("a.txt", "ok"),
        ("b.txt", "flagged"),
        ("c.txt", "not_a_report"),
        ("d.txt", "duplicate"),
        ("e/f.txt", "failed"),
    ]
    assert "共 5 个文件：正常 1，需核对 1，非年报 1，重复 1，失败 1。" in done.stdout
    assert "先看 b.txt：申请办理表“自然人”列：" in done.stdout
    assert "workbook.xlsx" in done.stdout
    assert "e/f.txt：文件打不开或不完整" in done.stderr


def test_summary_in_english(folder, tmp_path, nianbao):
    root = folder({"b.txt": "flagged", "e/f.txt": "damaged"})
    done = nianbao("run", root, "-o", tmp_path / "out", lang="en")
    assert "2 files: 1 to check, 1 failed." in done.stdout
    assert "1 ×  does not hold: new + carried in = outcome total + carried out" in done.stdout
    assert "the file is damaged" in done.stderr


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a": "fine", "b": "letter", "c": "flagged"}, Exit.DONE),
        ({"a": "fine", "b": "damaged"}, Exit.SOME_FAILED),
        ({"a": "fine", "b": "bug", "c": "damaged"}, Exit.BUG),
        ({}, Exit.NOTHING),
    ],
)
def test_exit_codes(folder, tmp_path, nianbao, files, code):
    out = tmp_path / "out"
    assert nianbao("run", folder(files), "-o", out, "--no-workbook").exit_code == code
    assert len(rows(out)) == len(files)
    assert json.loads((out / "run.json").read_text("utf-8"))["exit_code"] == code


def test_the_process_that_is_warming_up_is_the_one_that_reads(folder, tmp_path, monkeypatch):
    started = []
    start = Pool._start
    monkeypatch.setattr(Pool, "_start", lambda pool: started.append(pool) or start(pool))
    options = Options((folder({"a.txt": "fine"}),), tmp_path / "out", workbook=False, quiet=True, workers=2)
    with Pool(2, options.limits) as pool:
        pool.warm_up()
        run_module.run(options, load_messages(Lang.ZH), pool)
    assert started == [pool]


def test_an_empty_folder_is_said_in_a_sentence(folder, tmp_path, nianbao):
    done = nianbao("run", folder({}), "-o", tmp_path / "out")
    assert "输入中没有文件" in done.stdout
    assert rows(tmp_path / "out", "observations") == []


def test_two_runs_give_identical_bytes_but_for_the_record(folder, tmp_path, nianbao):
    root = folder({"a.txt": "fine", "b.txt": "flagged", "c.txt": "bug", "e/f.txt": "damaged"})
    for name in ("one", "two"):
        nianbao("run", root, "-o", tmp_path / name)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")
    )
    assert one.keys() == two.keys()
    assert {"observations.csv", "wide.parquet", "workbook.xlsx", "datapackage.json", "run.json"} <= one.keys()
    assert [name for name in one if one[name] != two[name]] in ([], ["run.json"])


def test_a_bug_is_recorded_with_its_traceback_and_kept_out_of_the_tables(folder, tmp_path, nianbao):
    out = tmp_path / "out"
    done = nianbao("run", folder({"a.txt": "bug"}), "-o", out)
    (bug,) = json.loads((out / "run.json").read_text("utf-8"))["bugs"]
    assert bug["source"] == "a.txt"
    assert "ZeroDivisionError" in bug["traceback"]
    assert "Traceback" not in (out / "reports.csv").read_text("utf-8-sig")
    assert "run.json" in done.stdout


def test_the_record_says_what_the_run_was_made_of(folder, tmp_path, nianbao):
    out = tmp_path / "out"
    nianbao("run", folder({"a.txt": "fine"}), "-o", out)
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert record["statuses"]["ok"] == record["files_found"] == 1
    assert len(record["form"]) == 64
    assert {"find", "open", "read", "understand", "write"} <= record["seconds"].keys()
    assert set(record["files"]) | {"run.json"} == {path.name for path in out.iterdir()}


def test_a_full_disk_leaves_the_old_results(folder, tmp_path, nianbao, monkeypatch):
    root, out = folder({"a.txt": "fine"}), tmp_path / "out"
    nianbao("run", root, "-o", out)
    before = (out / "run.json").read_bytes()

    def fail(rows, journal, target, *_, **__):
        (target / "reports.csv").write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "write_tables", fail)
    done = nianbao("run", root, "-o", out, "--fresh")
    assert done.exit_code == Exit.OUTPUT
    assert "磁盘已满（错误 28）" in done.stderr
    assert (out / "run.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", "out.journal.sqlite"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_what_nobody_foresaw_leaves_the_old_results(folder, tmp_path, nianbao, monkeypatch, error):
    root, out = folder({"a.txt": "fine"}), tmp_path / "out"
    nianbao("run", root, "-o", out)
    before = (out / "run.json").read_bytes()

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(run_module, "write_tables", fail)
    done = nianbao("run", root, "-o", out, "--fresh")
    assert done.exit_code == (Exit.INTERRUPTED if error is KeyboardInterrupt else Exit.BUG)
    assert (out / "run.json").read_bytes() == before


def test_output_in_the_input_is_refused_before_anything_is_read(folder, nianbao):
    root = folder({"a.txt": "fine"})
    done = nianbao("run", root, "-o", root / "out")
    assert done.exit_code == Exit.OUTPUT
    assert "重叠" in done.stderr
    assert [path.name for path in root.iterdir()] == ["a.txt"]


def test_a_missing_input_is_a_mistake_on_the_command_line(tmp_path, nianbao):
    done = nianbao("run", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert done.exit_code == Exit.USAGE
    assert "nowhere" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_quiet_says_nothing(folder, tmp_path, nianbao):
    done = nianbao("run", folder({"a.txt": "damaged"}), "-o", tmp_path / "out", "--quiet")
    assert (done.exit_code, done.stdout, done.stderr) == (Exit.SOME_FAILED, "", "")


def test_no_workbook(folder, tmp_path, nianbao):
    done = nianbao("run", folder({"a.txt": "flagged"}), "-o", tmp_path / "out", "--no-workbook")
    assert not (tmp_path / "out" / "workbook.xlsx").exists()
    assert "下一步" not in done.stdout


def test_only_the_first_failures_are_named_on_the_way(folder, tmp_path, nianbao):
    root = folder({f"{n:02}.txt": f"damaged {n:02}" for n in range(25)})
    done = nianbao("run", root, "-o", tmp_path / "out", "--no-workbook")
    assert "19.txt" in done.stderr
    assert "20.txt" not in done.stderr
    assert "另有 5 个文件未能读取" in done.stderr


def test_on_a_terminal_the_bar_shows_counts_and_rate(folder, tmp_path, monkeypatch, capsys):
    import sys

    from nianbao.messages import Lang, load_messages
    from nianbao.options import Options
    from nianbao.run.run import run

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    root = folder({f"{n}.txt": f"fine {n}" for n in range(5)} | {"bad.txt": "damaged"})
    run(Options((root,), tmp_path / "out", workbook=False), load_messages(Lang.ZH))
    shown = capsys.readouterr().err
    assert "6/6" in shown
    assert "正常 5 · 需核对 0 · 失败 1" in shown
    assert "bad.txt：文件打不开" in shown
