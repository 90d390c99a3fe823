"""Files that no reader can or should take: one row each with a plain sentence, the rest of the batch done."""

import csv
import io
import random
import zipfile

import pytest

from extract.errors import ReadError
from nianbao.exit_codes import Exit
from nianbao.find import file_bytes

LETTER = "各位同事：\n\n下周三上午九点在三楼会议室开会，请带上笔记本。\n\n办公室\n"


def pack(**parts):
    """A Word file with the given document, as small as it can be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
        )
        with archive.open("word/document.xml", "w") as document:
            for chunk in parts["document"]:
                document.write(chunk)
    return stream.getvalue()


def bomb():
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return pack(document=[head, *[b"<w:p/>" * 170_000] * 300])  # 300 MB from 300 KB


REFUSED = {
    "empty.txt": b"",
    "white.txt": b" \r\n\t \n" * 50,
    "junk.bin": random.Random(1).randbytes(20_000),
    "zeros.bin": bytes(10_000),
    "bomb.docx": bomb(),
    "cut.docx": pack(document=[b"<w:document/>"])[:300],
    "broken.docx": pack(document=[b"<w:document><w:body>"]),
    "page.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 10,
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Rows by source of one run over all of them, with its exit code."""
    from typer.testing import CliRunner

    from nianbao.command.cli import build_app
    from nianbao.messages import Lang

    home = tmp_path_factory.mktemp("refused")
    root = home / "in"
    root.mkdir()
    for name, data in {**REFUSED, "letter.txt": LETTER.encode()}.items():
        (root / name).write_bytes(data)
    done = CliRunner().invoke(build_app(Lang.ZH), ["run", str(root), "-o", str(home / "out")])
    with (home / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        return {row["source"]: row for row in csv.DictReader(stream)}, done


@pytest.mark.parametrize("name", REFUSED)
def test_one_row_with_a_plain_sentence(result, name):
    row = result[0][name]
    assert row["status"] == ("not_a_report" if name == "page.doc" else "failed")
    assert len(row["error"]) > 5
    assert "Error" not in row["error"]
    assert "内部错误" not in row["error"]


def test_what_each_of_them_is(result):
    rows, _ = result
    assert "空" in rows["empty.txt"]["error"]
    assert "空" in rows["white.txt"]["error"]
    assert "过大" in rows["bomb.docx"]["error"]
    assert {name: rows[name]["format"] for name in ("page.pdf", "picture.docx", "cut.docx", "junk.bin")} == {
        "page.pdf": "pdf",
        "picture.docx": "png",
        "cut.docx": "docx",
        "junk.bin": "",
    }


def test_a_letter_is_no_report(result):
    row = result[0]["letter.txt"]
    assert row["status"] == "not_a_report"
    assert row["error"]


def test_the_rest_of_the_batch_is_done_and_the_exit_code_says_so(result):
    rows, done = result
    assert len(rows) == len(REFUSED) + 1
    assert done.exit_code == Exit.SOME_FAILED


def test_a_text_file_of_two_hundred_megabytes(folder, nianbao, tmp_path):
    root = folder({"b.txt": LETTER})
    with (root / "a.txt").open("wb") as stream:
        line = "三、本年度办理结果\t1\t2\t3\t4\t5\t6\t7\n".encode()
        for _ in range(200):
            stream.write(line * (1_000_000 // len(line)))
    done = nianbao("run", root, "-o", tmp_path / "out", "--no-workbook")
    assert done.exit_code == Exit.SOME_FAILED
    assert "a.txt：文件过大" in done.stderr
    assert "b.txt" in (tmp_path / "out" / "reports.csv").read_text("utf-8-sig")


def test_every_refusal_of_a_reader_has_a_name_in_both_languages():
    from nianbao.messages import Lang, load_messages

    codes = {error.code for error in (ReadError, *ReadError.__subclasses__())}
    for lang in Lang:
        assert {f"error.{code}" for code in codes} <= load_messages(lang).texts.keys()


def test_the_limit_is_the_readers_own():
    from extract import read

    assert file_bytes.MAX_FILE_BYTES == read.MAX_FILE_BYTES
