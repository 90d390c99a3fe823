"""Text comes out the same whatever it was saved as."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.characters import decode as decode_module
from extract.characters.decode import decode_text
from extract.errors import ReadError, TooLarge, UnknownFormat

REPORT = (
    "某市某局2021年政府信息公开工作年度报告\n"
    "一、总体情况\n"
    "本年度共收到政府信息公开申请12件，其中自然人申请10件；予以公开8件，部分公开2件。\n"
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t3\n"
)
TRADITIONAL = "政府資訊公開工作年度報告\n一、總體情況\n本年度共收到申請，均已辦理；沒有收取費用。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [REPORT, REPORT[:20], "规章 3 件", "，".join([REPORT] * 50)])
def test_every_encoding_gives_the_same_text(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gbk", "utf-16-le"])
def test_traditional_script(encoding: str) -> None:
    text = TRADITIONAL.encode(encoding, errors="ignore").decode(encoding)
    assert decode_text(text.encode(encoding))[0] == text


@given(st.integers(0, len(REPORT) - 12), st.sampled_from(ENCODINGS))
def test_any_stretch_of_a_report_is_enough(start: int, encoding: str) -> None:
    stretch = REPORT[start : start + 40].strip()
    assert decode_text(stretch.encode(encoding))[0] == stretch


def test_a_mark_of_another_encoding_is_not_believed() -> None:
    assert decode_text(b"\xef\xbb\xbf" + REPORT.encode("gbk")) == (REPORT, "gb18030")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_bad_bytes_cost_no_more_than_themselves(encoding: str) -> None:
    data = bytearray((REPORT * 4).encode(encoding))
    data[data.index("规章".encode(encoding))] = 0xFF
    text, found = decode_text(bytes(data))
    assert found == encoding
    assert text.count("现行有效件数") == 4
    assert "\ufffd" in text


def test_a_file_cut_within_a_character() -> None:
    text, encoding = decode_text(REPORT.strip().encode() + "章".encode()[:2])
    assert encoding == "utf-8"
    assert text.startswith(REPORT.strip())


def test_the_famous_short_word_is_not_taken_for_another_script() -> None:
    assert decode_text("联通".encode("gbk"))[0] == "联通"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\f", "\u2028", "\x0b", "\x85"])
def test_line_breaks_become_one_kind(line_break: str) -> None:
    assert decode_text(REPORT.replace("\n", line_break).encode())[0] == REPORT


def test_control_characters_are_dropped() -> None:
    assert decode_text((REPORT + "\x00\x1a").encode())[0] == REPORT
    assert decode_text(("\ufeff" + REPORT).encode("utf-8-sig"))[0] == REPORT


def test_plain_ascii_is_text_even_before_a_late_chinese_word() -> None:
    assert decode_text(b"a,b\r\n1,2\r\n") == ("a,b\n1,2\n", "utf-8")
    late = b"1,2\n" * 40_000 + REPORT.encode("gbk")
    assert decode_text(late)[0].endswith(REPORT)


@pytest.mark.parametrize(
    "data", [b"", bytes(range(256)) * 3, b"\x7fELF" + bytes(60), b"\x89PNG\r\n\x1a\n\x00"]
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        decode_text(data)


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "MAX_TEXT_BYTES", 100)
    with pytest.raises(TooLarge):
        decode_text(b"a" * 101)


def test_a_large_file_is_judged_by_its_beginning() -> None:
    data = REPORT.encode("gbk") * 10_000
    began = time.perf_counter()
    decode_text(data)
    assert time.perf_counter() - began < 5


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        text, encoding = decode_text(data)
    except ReadError:
        return
    assert encoding
    assert not {"\r", "\x00", "\u2028"} & set(text)


@pytest.mark.parametrize("mark", ["\ufe0e", "\ufe0f", "\u034f", "\U000e0101"])
def test_characters_that_print_nothing_are_left_out(mark: str) -> None:
    assert decode_text(f"规章      1{mark} 2 3{mark}\n".encode())[0] == "规章      1 2 3\n"
