import pickle
import tracemalloc
from pathlib import Path

import pytest

from nianbao.find import file_bytes
from nianbao.find.files import find_files
from nianbao.run.single_files import read_found

pytestmark = pytest.mark.usefixtures("obedient")


def read(root):
    return {outcome.source.path: outcome for outcome in read_found(find_files([root]))}


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("fine", "ok", ""),
        ("flagged", "flagged", ""),
        ("issue", "flagged", ""),
        ("doubt", "flagged", ""),
        ("who", "flagged", ""),
        ("letter", "not_a_report", "not_a_report"),
        ("damaged", "failed", "damaged"),
        ("bug", "failed", "bug"),
        ("deep", "failed", "nested"),
        ("memory", "failed", "out_of_memory"),
    ],
)
def test_status(folder, text, status, code):
    outcome = read(folder({"a.txt": text}))["a.txt"]
    assert (outcome.status, outcome.error_code) == (status, code)
    assert bool(outcome.error) == bool(outcome.error_en) == bool(code)
    assert "ZeroDivisionError" in outcome.traceback or code != "bug"
    assert pickle.loads(pickle.dumps(outcome)) == outcome  # noqa: S301 - outcomes will cross process borders


def test_the_first_of_identical_files_carries_the_report(folder):
    outcomes = read(folder({"b.txt": "fine", "a.txt": "fine", "c/d.txt": "fine"}))
    assert [(path, outcome.status, outcome.duplicate_of) for path, outcome in outcomes.items()] == [
        ("a.txt", "ok", ""),
        ("b.txt", "duplicate", "a.txt"),
        ("c/d.txt", "duplicate", "a.txt"),
    ]
    assert outcomes["b.txt"].format == "text"
    assert outcomes["b.txt"].report is None


def test_a_copy_of_a_failure_fails_too(folder):
    outcomes = read(folder({"a.txt": "damaged", "b.txt": "damaged"}))
    assert outcomes["b.txt"].error == outcomes["a.txt"].error
    assert outcomes["b.txt"].status == "failed"


def test_a_copy_of_what_is_no_report_is_none_either(folder):
    outcomes = read(folder({"a.txt": "letter", "b.txt": "letter"}))
    assert {o.status for o in outcomes.values()} == {"not_a_report"}
    assert outcomes["b.txt"].report.source.path == "b.txt"
    assert outcomes["b.txt"].error == outcomes["a.txt"].error


def test_the_batch_goes_on_after_everything(folder):
    outcomes = read(folder({"a": "bug", "b": "memory", "c": "deep", "d": "damaged", "e": "fine"}))
    assert [outcome.status for outcome in outcomes.values()] == ["failed"] * 4 + ["ok"]


def test_a_file_that_may_not_be_opened(folder, monkeypatch):
    root = folder({"a.txt": "fine", "b.txt": "fine too"})
    open_path = Path.open

    def refuse(self, *arguments, **options):
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return open_path(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    outcomes = read(root)
    assert outcomes["a.txt"].error == "无法打开，请检查权限：没有权限（错误 13）"
    assert outcomes["b.txt"].status == "ok"


def test_two_files_that_may_not_be_opened_are_not_copies_of_each_other(folder, tmp_path):
    root = folder({"x": "fine"})
    for name in "ab":
        (root / name).symlink_to(tmp_path)
    assert [outcome.status for outcome in read(root).values()] == ["failed", "failed", "ok"]


def test_a_file_over_the_limit_is_hashed_but_never_held(folder, monkeypatch):
    monkeypatch.setattr(file_bytes, "MAX_FILE_BYTES", 30_000_000)
    root = folder({})
    for name in ("a.txt", "b.txt"):
        with (root / name).open("wb") as stream:
            stream.truncate(40_000_000)
    tracemalloc.start()
    outcomes = read(root)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000
    for outcome in outcomes.values():
        assert (outcome.error_code, outcome.source.size) == ("too_large", 40_000_000)
        assert len(outcome.source.sha256) == 64
        assert "40 MB" in outcome.error
