"""Files that are no sound PDF: each ends in a document or in one of the readers' own errors."""

from __future__ import annotations

import pickle
import random

import pytest
from pdf_drawing import Sheet, write_pdf

from extract.characters.plausible import is_plausible
from extract.characters.radicals import fold_radicals
from extract.document import Source
from extract.errors import Damaged, Encrypted, NoText, ReadError, TooLarge, UnreadableText, both
from extract.pdf import pdfium, read_pdf, rulings

SOURCE = Source("a.pdf", "0" * 64, 1)


def sound() -> bytes:
    sheet = Sheet()
    sheet.table((50, 150, 250), (100, 120, 140), (("甲乙", "12"), ("丙", "3")))
    sheet.text(50, 80, "表前的一行话。")
    return write_pdf(sheet, title="题名")


def test_an_empty_password_opens() -> None:
    sheet = Sheet()
    sheet.text(50, 80, "一行话。")
    assert read_pdf(write_pdf(sheet, password=""), SOURCE).pages == 1


def test_a_password_is_named() -> None:
    with pytest.raises(Encrypted):
        read_pdf(write_pdf(Sheet(), password="secret"), SOURCE)  # noqa: S106


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4\n", b"\0" * 5000, b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"]
)
def test_what_cannot_be_opened_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_pdf(data, SOURCE)


def test_no_pages() -> None:
    with pytest.raises(Damaged):
        read_pdf(write_pdf(), SOURCE)


def test_a_scan_has_no_text() -> None:
    sheet = Sheet(image=True)
    with pytest.raises(NoText):
        read_pdf(write_pdf(sheet), SOURCE)


def test_a_page_without_text_among_others_is_remarked() -> None:
    sheet = Sheet()
    sheet.text(50, 80, "一行话。")
    assert read_pdf(write_pdf(sheet, Sheet(image=True)), SOURCE).remarks == ("pages.without_text",)


def test_a_text_layer_that_lies_is_named() -> None:
    sheet = Sheet()
    for i in range(5):
        sheet.raw(f"BT /F3 10 Tf 50 {700 - 20 * i} Td <D5FECEF1D0C5CFA2B9ABBFAAC4EAB1A8> Tj ET")
    with pytest.raises(UnreadableText):
        read_pdf(write_pdf(sheet), SOURCE)


def test_plausible_text() -> None:
    assert is_plausible("某县人民政府2023年报告，共12件（含转办3件）。" * 3)
    assert is_plausible("\ue000\ue001")
    assert not is_plausible("\ue000\ue001\ue002" * 20)
    assert not is_plausible("ÕþÎñÐÅÏ¢" * 10)
    assert not is_plausible("\ufffd" * 40)


def test_radicals_are_characters() -> None:
    assert fold_radicals("⼆⼀⾏⻚⻓") == "二一行页长"
    assert fold_radicals("第１页①㎡") == "第１页①㎡"


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge):
        read_pdf(write_pdf(Sheet(width=90_000, height=90_000)), SOURCE)
    monkeypatch.setattr(rulings, "MAX_OBJECTS", 3)
    with pytest.raises(TooLarge):
        read_pdf(sound(), SOURCE)
    monkeypatch.setattr(pdfium, "MAX_PAGES", 1)
    with pytest.raises(TooLarge):
        read_pdf(write_pdf(Sheet(), Sheet()), SOURCE)


@pytest.mark.parametrize("error", [NoText(), UnreadableText(both("第 1 页", "page 1"))])
def test_errors_survive_a_process_and_say_what_to_do(error: ReadError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), again.detail) == (type(error), error.detail)
    assert "请改用" in error.sentence("zh")
    assert "use the Word file" in error.sentence("en")


def test_a_damaged_file_never_raises_anything_else() -> None:
    data = sound()
    for seed in range(300):
        rng = random.Random(seed)
        broken = bytearray(data)
        for _ in range(rng.choice((1, 4, 30))):
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
        if seed % 3 == 0:
            del broken[rng.randrange(len(broken)) :]
        try:
            read_pdf(bytes(broken), SOURCE)
        except ReadError:
            continue
