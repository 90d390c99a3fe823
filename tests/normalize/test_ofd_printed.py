"""Reports that LibreOffice and Chromium printed, converted to OFD: real pages, real widths of letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ofd_of_pdf import convert
from scoring import read_bytes, score_cells, show

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TRUTHS = {
    line["source"]: line["observations"]
    for line in map(json.loads, (FIXTURES / "expected/truth.jsonl").read_text("utf-8").splitlines())
    if str(line["source"]).endswith(".pdf")
}


@pytest.mark.parametrize("apart", [False, True], ids=["lines", "characters"])
@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_a_converted_report_gives_the_truth(name: str, apart: bool) -> None:
    report = read_bytes(convert(FIXTURES / "reports" / Path(name).name, apart=apart))
    score = score_cells(report, TRUTHS[name])
    assert not score.wrong, show(score.wrong)
    assert not score.missing, show(score.missing)
    assert all(o.page and o.bbox for o in report.observations if o.value is not None)


def test_there_are_reports_to_convert() -> None:
    assert len(TRUTHS) >= 5
