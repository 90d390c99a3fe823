"""Glyphs that a page shows and its text layer has no character for."""

from __future__ import annotations

from pathlib import Path

import ofd_drawing
import pytest
from pdf_mapping import Remap, remap

from extract.characters.unmapped import UNKNOWN, mark_unknown
from extract.document import Cell, Document, Source, Table
from extract.pdf import read_pdf
from extract.pdf_reference.reader import read_pdf_reference

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "reports").glob("*.pdf"))
SOURCE = Source("a.pdf", "0" * 64, 1)
DIGITS = "0123456789"
BOX = [0.0, 5.0, 0.0, 8.0]


def cells(document: Document) -> list[Cell]:
    return [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]


def web() -> bytes:
    return next(path for path in FIXTURES if "2020_web" in path.name).read_bytes()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
@pytest.mark.parametrize("read", [read_pdf, read_pdf_reference])
def test_sound_files_have_none(path, read):
    document = read(path.read_bytes(), SOURCE)
    assert not [block for block in document.blocks if UNKNOWN in repr(block)]


WAYS: dict[str, Remap] = {
    "lost": lambda letter: None if letter in DIGITS else letter,
    "control": lambda letter: chr(3 + DIGITS.index(letter)) if letter in DIGITS else letter,
    "line end": lambda letter: "\r" if letter in DIGITS else letter,
    "hyphen of the engine": lambda letter: "\x02" if letter in DIGITS else letter,
    "no width": lambda letter: "\u200b" if letter in DIGITS else letter,
    "soft hyphen": lambda letter: "\u00ad" if letter in DIGITS else letter,
    "none": lambda letter: "\0" if letter in DIGITS else letter,
}


@pytest.mark.parametrize("change", WAYS.values(), ids=WAYS)
def test_a_number_of_such_glyphs_is_neither_blank_nor_a_dash(change):
    shown = [cell.text for cell in cells(read_pdf(web(), SOURCE))]
    found = [cell.text for cell in cells(read_pdf(remap(web(), change), SOURCE))]
    assert found == ["".join(UNKNOWN if letter in DIGITS else letter for letter in text) for text in shown]


def test_the_second_reader_says_so_too():
    shown = [cell.text for cell in cells(read_pdf_reference(web(), SOURCE))]
    found = [cell.text for cell in cells(read_pdf_reference(remap(web(), WAYS["lost"]), SOURCE))]
    assert found == ["".join(UNKNOWN if letter in DIGITS else letter for letter in text) for text in shown]


def test_one_such_glyph_among_others_stays_where_it_stands():
    found = [cell.text for cell in cells(read_pdf(remap(web(), lambda c: None if c == "0" else c), SOURCE))]
    assert f"2{UNKNOWN}" in found
    assert UNKNOWN in found


@pytest.mark.parametrize("letter", ["\x03", "\r", "\u200d", "\u00ad", " ", "\u3000"])
def test_what_prints_nothing_has_no_ink(letter):
    boxes = [*BOX, 6.0, 11.0, 0.0, 8.0]
    assert mark_unknown(f"1{letter}", boxes) == f"1{UNKNOWN}"
    assert mark_unknown(f"1{letter}", [*BOX, 6.0, 11.0, 0.0, 0.02]) == f"1{letter}"
    assert mark_unknown(f"1{letter}", [*BOX, 6.0, 6.0, 0.0, 8.0]) == f"1{letter}"


def test_a_joiner_that_takes_no_room_is_not_drawn():
    boxes = [*BOX, 6.0, 11.0, 0.0, 8.0, 6.0, 11.0, 0.0, 8.0]
    assert mark_unknown("1\u200d2", boxes) == "1\u200d2"
    assert mark_unknown("1\u200d\u200d", boxes) == f"1{UNKNOWN * 2}"  # printed twice for bold


def test_a_character_that_is_made_up_is_unknown_whatever_it_is():
    assert mark_unknown("12", [*BOX, *BOX], [1]) == f"1{UNKNOWN}"


@pytest.mark.parametrize(("step", "shown"), [(2, f"1{UNKNOWN}5"), (0, "15")])
def test_a_character_without_width_is_drawn_on_a_page_of_ofd_where_it_has_room(step, shown):
    code = f'<TextCode X="0" Y="0" DeltaX="2 {step}">1\u200b5</TextCode>'
    found = ofd_drawing.texts(ofd_drawing.read_objects(ofd_drawing.grid(), ofd_drawing.codes(62, 47, code)))
    assert found[1] == shown


VARIANTS = {
    "behind": "{}\ufe0f",
    "before": "\ufe0e{}",
    "joiner": "{}\u034f",
}


@pytest.mark.parametrize("way", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("read", [read_pdf, read_pdf_reference])
def test_choices_of_a_variant_change_no_number(way, read):
    shown = [cell.text for cell in cells(read(web(), SOURCE))]
    data = remap(web(), lambda letter: way.format(letter) if letter in "05" else letter)
    assert [cell.text for cell in cells(read(data, SOURCE))] == shown


@pytest.mark.parametrize("letter", ["\ufe0f", "\u034f", "\U000e0101"])
def test_a_digit_that_is_called_a_variant_is_unknown(letter):
    found = {
        cell.text for cell in cells(read_pdf(remap(web(), lambda c: letter if c in DIGITS else c), SOURCE))
    }
    assert any(text and not text.strip(UNKNOWN) for text in found)
    assert not [text for text in found if letter in text]
