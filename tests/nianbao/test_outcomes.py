"""What is made of a report, and whether the tables say the same."""

import csv

import pytest
from faults import FIXTURES


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
