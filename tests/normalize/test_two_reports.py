"""Two reports in one file are refused with that reason; one report printed twice is still one report."""

from __future__ import annotations

from pathlib import Path

from extract.document import Source
from extract.text.reader import read_text
from normalize.read import read_report

REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"


def test_two_reports_in_one_file_are_refused() -> None:
    texts = [p for p in sorted(REPORTS.glob("*.txt")) if is_utf8_report(p)]
    first, second = (p.read_text(encoding="utf-8") for p in two_that_differ(texts))
    report = read_report(read_text(first + "\n" + second, Source("both.txt", "0" * 64, 1)))
    assert not report.is_report
    assert "两份年报" in report.reason


def test_the_same_report_twice_is_one() -> None:
    text = next(p for p in sorted(REPORTS.glob("*.txt")) if is_utf8_report(p)).read_text(encoding="utf-8")
    report = read_report(read_text(text + "\n" + text, Source("twice.txt", "0" * 64, 1)))
    assert report.is_report
    assert not any("doubt.repeated" in o.flags for o in report.observations)


def is_utf8_report(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return read_report(read_text(text, Source(path.name, "0" * 64, 1))).is_report


def two_that_differ(paths: list[Path]) -> tuple[Path, Path]:
    """Two reports of different bodies (the same one stands in several layouts)."""
    body = paths[0].name.split("_")[0]
    return paths[0], next(p for p in paths if p.name.split("_")[0] != body)
