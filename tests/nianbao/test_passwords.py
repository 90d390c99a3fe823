"""Files with a password: read with `--password-file` like any other, refused by name without."""

import csv

import pytest
from pdf_drawing import Sheet, write_pdf

HEAD = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
VALUES = ["1", "2", "0", "", "3"]


def drawn(password: str = "") -> bytes:
    sheet = Sheet()
    sheet.text(90, 60, "某市某局2023年政府信息公开工作年度报告", 14)
    sheet.text(70, 110, "四、政府信息公开行政复议、行政诉讼情况", 12)
    sheet.table([70, 130, 190, 250, 310, 370], [140, 160, 180], [HEAD, VALUES])
    sheet.text(150, 135, "行政复议", 10)
    return write_pdf(sheet, password=password) if password else write_pdf(sheet)


@pytest.fixture
def run(nianbao, folder, tmp_path):
    """Runs on one PDF; its row of reports.csv, its observations without the file's hash, and run.json."""

    def call(data: bytes, *options: object):
        out = tmp_path / "out"
        nianbao("run", folder({"a.pdf": data}), "-o", out, "--no-workbook", *options)
        with (out / "reports.csv").open(encoding="utf-8-sig") as stream:
            (row,) = csv.DictReader(stream)
        with (out / "observations.csv").open(encoding="utf-8-sig") as stream:
            seen = [
                (o["field"], o["applicant"], o["raw"], o["status"], o["page"]) for o in csv.DictReader(stream)
            ]
        return row, seen, (out / "run.json").read_text("utf-8")

    return call


@pytest.fixture
def passwords(tmp_path):
    path = tmp_path / "passwords.txt"
    path.write_text("\ufeffwrong\n\nkey of the archive\n", "utf-8")
    return path


def test_without_a_password_it_is_refused_by_name(run):
    row, seen, _ = run(drawn("key of the archive"))
    assert (row["status"], row["error_code"]) == ("failed", "encrypted")
    assert not seen


@pytest.mark.parametrize("reread", ["never", "always"])
def test_with_the_password_it_reads_as_if_it_had_none(run, passwords, reread):
    _, expected, _ = run(drawn(), "--reread", reread)
    row, seen, record = run(drawn("key of the archive"), "--reread", reread, "--password-file", passwords)
    assert [raw for _, _, raw, status, _ in seen if status == "printed"] == [v for v in VALUES if v]
    assert seen == expected
    assert row["pages"] == "1"
    assert "key of the archive" not in record


def test_a_password_that_does_not_fit_opens_nothing(run, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("wrong\n", "utf-8")
    row, _, _ = run(drawn("key of the archive"), "--password-file", other)
    assert row["error_code"] == "encrypted"


def test_a_page_is_drawn_with_the_password(nianbao, folder, passwords, tmp_path):
    file = folder({"a.pdf": drawn("key of the archive")}) / "a.pdf"
    target = tmp_path / "page.png"
    shown = ("show", file, "--page", 1, "--png", target)
    assert nianbao(*shown).exit_code == 1
    assert not target.exists()
    assert nianbao(*shown, "--password-file", passwords).exit_code == 0
    assert target.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_password_file_that_cannot_be_read_is_a_usage_error(nianbao, folder, tmp_path, content):
    path = tmp_path / "none.txt"
    if content is not None:
        path.write_bytes(content)
    root = folder({"a.pdf": drawn()})
    done = nianbao("run", root, "-o", tmp_path / "out", "--password-file", path)
    assert done.exit_code == 2
    assert str(path) in done.stderr
    assert not (tmp_path / "out").exists()
