"""What a person is told about a file that cannot be read."""

from __future__ import annotations

import pickle
import re

import pytest
from word_package import document_xml, package, par, read, zipped

from extract.characters import decode as decode_module
from extract.characters.decode import decode_text
from extract.errors import Damaged, NoText, ReadError, TooLarge, both, in_megabytes, in_pages
from extract.xml import package as package_module


@pytest.mark.parametrize(
    ("size", "shown"), [(5_242_881, "5.2 MB"), (10_000_000, "10 MB"), (12, "0.0 MB"), (210_400_000, "210 MB")]
)
def test_sizes_are_in_megabytes(size: int, shown: str) -> None:
    assert in_megabytes(size) == shown


def test_a_text_beyond_all_reports_is_refused_with_its_size() -> None:
    with pytest.raises(TooLarge) as caught:
        decode_text(b"a" * (decode_module.MAX_TEXT_BYTES + 100_000))
    assert caught.value.sentence("zh") == "文件过大或解压后过大，不像年度报告，没有读取，请核对原件：5.1 MB"


def test_a_bomb_is_named_with_its_size() -> None:
    with pytest.raises(TooLarge) as caught:
        read(zipped({"word/document.xml": b" " * (package_module.MAX_PART_BYTES // 2)}))
    assert caught.value.detail == "word/document.xml, 34 MB"


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (package(par("a"))[:200], "zip"),
        (zipped({"a.txt": "a"}), "word/document.xml"),
        (zipped({"word/document.xml": "<"}), "word/document.xml"),
        (zipped({"word/document.xml": "<a/>"}), "word/document.xml"),
        (
            zipped({"word/document.xml": "<!DOCTYPE d>" + document_xml(par("a"))}),
            "word/document.xml, DOCTYPE",
        ),
    ],
)
def test_a_damaged_file_is_named_by_its_part_not_in_a_librarys_words(data: bytes, detail: str) -> None:
    with pytest.raises(Damaged) as caught:
        read(data)
    assert caught.value.detail == detail
    assert caught.value.sentence("zh") == "文件打不开或不完整（下载或传输中断），请重新下载，或请报送单位重发"
    assert caught.value.sentence("en").endswith(f": {detail}")
    assert not re.search("[\u4e00-\u9fff]", caught.value.sentence("en"))


@pytest.mark.parametrize("kind", ReadError.__subclasses__())
@pytest.mark.parametrize("detail", ["", "a / b.zip", both("第 3 页", "page 3")])
def test_a_sentence_is_whole_and_in_one_language(kind: type[ReadError], detail: str) -> None:
    zh, en = (kind(detail).sentence(lang) for lang in ("zh", "en"))
    assert re.search("[\u4e00-\u9fff]", zh)
    assert not re.search("[\u4e00-\u9fff]", en)
    assert not re.search("page|[\x1f{}]|（）|[：:]$", zh)
    assert not re.search(r"[\x1f{}]|\(\)|[：:]$", en)
    if "{detail}" in kind.en:
        assert {"": "", "a / b.zip": "a / b.zip"}.get(detail, "page 3") in en


def test_a_scan_says_how_many_pages_and_what_to_do() -> None:
    assert (
        NoText(in_pages(4)).sentence()
        == "是扫描件（共 4 页），没有文字可读，请改用 Word 版、网页版或有文字的 PDF"
    )
    assert "a scan (1 page) without text" in NoText(in_pages(1)).sentence("en")
    assert NoText().sentence().startswith("是扫描件，没有文字")


def test_errors_survive_pickling() -> None:
    for kind in ReadError.__subclasses__():
        copy = pickle.loads(pickle.dumps(kind("a")))  # noqa: S301 - its own bytes
        assert (type(copy), copy.detail, copy.sentence("en")) == (kind, "a", kind("a").sentence("en"))
