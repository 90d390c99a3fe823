"""What is made of a report, and whether the tables say the same."""

import csv

import pytest
from faults import FIXTURES

from normalize.identity import period
from normalize.words import search
from normalize.words.page_words import WORDS


@pytest.mark.parametrize("amount", ["7730.28123456789", "1" * 29])
def test_a_number_that_no_table_holds_makes_its_report_flagged(folder, nianbao, tmp_path, amount):
    text = (FIXTURES / "云台县林业局年报.txt").read_text("gb18030")
    root = folder({"a.txt": text.replace("7730.28", amount)})
    nianbao("run", root, "-o", tmp_path / "out", "--no-workbook", "--reread", "never")
    with (tmp_path / "out" / "observations.csv").open(encoding="utf-8-sig", newline="") as stream:
        doubted = [row for row in csv.DictReader(stream) if "doubt.value_range" in row["flags"]]
    with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        (report,) = csv.DictReader(stream)
    assert len(doubted) == 1
    assert report["status"] == "flagged"


@pytest.fixture
def read(folder, nianbao, tmp_path):
    """The reports and observations of a run over some texts, by file."""

    def run(texts, *options):
        out = tmp_path / "out"
        nianbao("run", folder(texts), "-o", out, "--no-workbook", "--reread", "never", *options)
        found = {}
        for table in ("reports", "observations"):
            with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream):
                    found.setdefault(row["source"], []).append(row)
        return found

    return run


def test_a_search_without_end_ends_its_file_and_changes_no_value(here, read, monkeypatch):
    report = (FIXTURES / "gangcha_2021.txt").read_text("utf-8")
    endless = report.replace("刚察县", "某县") + "公" * 200 + "止示"
    alone = read({"good.txt": report})
    usual = period._PERIOD
    slow = search.Pattern(rf"(?:公|公公)+示|{usual.compile().pattern}", WORDS)
    monkeypatch.setattr(period, "_PERIOD", slow)
    monkeypatch.setattr(search, "SECONDS", 0.05)
    together = read({"good.txt": report, "endless.txt": endless}, "--fresh")
    (failed,) = together.pop("endless.txt")
    assert (failed["status"], failed["error_code"]) == ("failed", "timed_out")
    assert "0.05 s" in failed["error"]
    assert together == alone
    monkeypatch.setattr(period, "_PERIOD", usual)
    assert read({})["endless.txt"] == [failed]  # it is tried again when the limits are others
    assert len(read({}, "--time-limit", "61")["endless.txt"]) == len(alone["good.txt"])
