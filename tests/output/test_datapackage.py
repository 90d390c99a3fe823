"""The package describes the CSV files, and frictionless agrees."""

import csv
import json
import shutil

import frictionless
import pytest

from output.schema import TABLES

# Two libraries under frictionless announce changes of their own with each import or call.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_frictionless_validates(written):
    report = frictionless.validate(str(written / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]


def test_frictionless_notices_a_broken_status(written, tmp_path):
    for path in [*written.glob("*.csv"), written / "datapackage.json"]:
        shutil.copy(path, tmp_path)
    checks = tmp_path / "checks.csv"
    checks.write_bytes(checks.read_bytes().replace(b"not_applicable", b"perhaps"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert [kind for (kind,) in report.flatten(["type"])] == ["constraint-error"]


def test_frictionless_notices_an_id_that_a_spreadsheet_took_for_a_number(written, tmp_path):
    for path in [*written.glob("*.csv"), written / "datapackage.json"]:
        shutil.copy(path, tmp_path)
    wide = tmp_path / "wide.csv"
    wide.write_bytes(wide.read_bytes().replace(b"r" + b"a" * 16, b"6.12345E+15"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["type", "fieldName"]) == [["constraint-error", "report_id"]]


def test_fields_are_the_heads_of_the_files(written):
    package = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (written / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in resource["schema"]["fields"]]
