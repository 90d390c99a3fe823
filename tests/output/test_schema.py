"""The columns of the contract, as spec has them."""

import pytest

from normalize.words.csv_lines import DictionaryError
from output import schema

CONTRACT = {
    "observations": "report_id source agency year table field applicant value unit status raw label page "
    "x0 top x1 bottom row column reader confidence flags",
    "reports": "report_id source format bytes pages title agency year document_number issued_on "
    "period_start period_end form values absent checks_failed status duplicate_of error",
    "checks": "report_id source agency year check scope left right difference verdict origin message",
    "narrative": "report_id source section heading text",
    "mentions": "report_id source section phrase value unit sentence",
    "wide": "source agency year",
}


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_contract_columns_come_first_and_in_order(table):
    promised = CONTRACT.get(table.name, "").split()
    assert list(table.names[: len(promised)]) == promised
    if table.name not in ("wide", "issues"):
        assert [column.name for column in table.columns if column.contract] == promised


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_names_are_unique_and_described(table):
    assert len(set(table.names)) == len(table.names)
    assert all(column.zh and column.en for column in table.columns)


def test_wide_follows_the_form():
    names = schema.WIDE.names
    assert names[3:6] == ("rules.issued", "rules.repealed", "rules.in_force")
    assert names.index("new.natural_person") + 6 == names.index("new.total")
    numbers = 29 + 26 * 7 + 15
    assert names[2 + numbers] == "litigation_after_reconsideration.total"
    assert names[3 + numbers :] == (
        *("charges.amount.unit", "charges.amount.wan_yuan"),
        *("procurement.amount.unit", "procurement.amount.wan_yuan"),
        *("form", "status", "flags", "report_id"),
    )


def test_faults_are_listed_all_at_once(tmp_path):
    head = "table,column,kind,required,choices,least,most,contract,zh,en\n"
    lines = "x,a,y,no,z,one,1.5,ja,,\n" * 2
    (tmp_path / "columns.csv").write_text(head + lines, encoding="utf-8")
    with pytest.raises(DictionaryError) as caught:
        schema.load_columns(tmp_path)
    faults = caught.value.faults
    assert faults[0] == "columns.csv:3: x a stands twice, first in line 2"
    assert len([fault for fault in faults if fault.startswith("columns.csv:2: ")]) == 8
    assert "columns.csv:3: least 'one' is no number" in faults
    assert "columns.csv:1: no columns of the table wide" in faults
