"""What a person is told about a file that cannot be read."""

from __future__ import annotations

import pickle
import re

import pytest
from word_package import document_xml, package, par, read, zipped

from extract import decode as decode_module
from extract import package as package_module
from extract.decode import decode_text
from extract.errors import Damaged, ReadError, TooLarge, in_megabytes


@pytest.mark.parametrize(
    ("size", "shown"), [(5_242_881, "5.2 MB"), (10_000_000, "10 MB"), (12, "0.0 MB"), (210_400_000, "210 MB")]
)
def test_sizes_are_in_megabytes(size: int, shown: str) -> None:
    assert in_megabytes(size) == shown


def test_a_text_beyond_all_reports_is_refused_with_its_size() -> None:
    with pytest.raises(TooLarge) as caught:
        decode_text(b"a" * (decode_module.MAX_TEXT_BYTES + 100_000))
    assert caught.value.sentence("zh") == "文件过大或解压后过大，不像年度报告：5.1 MB"


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
    assert caught.value.sentence("zh") == f"文件已损坏或不完整，请重新获取原件：{detail}"
    assert not re.search("[\u4e00-\u9fff]", caught.value.sentence("en"))


def test_errors_survive_pickling() -> None:
    for kind in ReadError.__subclasses__():
        copy = pickle.loads(pickle.dumps(kind("a")))  # noqa: S301 - its own bytes
        assert (type(copy), copy.detail, copy.sentence("en")) == (kind, "a", kind("a").sentence("en"))
