"""What a second reading takes from pdfminer and pdfplumber by a shorter way, against their own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_drawing import Sheet, write_pdf
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSBaseParser
from pdfplumber.utils import dedupe_chars

from extract.pdf_reference.content_stream import Scanner
from extract.pdf_reference.drawn import each_once, list_items

FIXTURES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "reports").glob("*.pdf"))
FRAGMENTS = [
    *(b"0", b"12", b"-3", b"+4", b"1.5", b"-.5", b"+.25", b"1.", b"--5", b"-", b"+", b".", b"1.2.3", b"5-", b"1e5"),
    *(b"9" * 99, b"9" * 100, b"9" * 5000, b"BT", b"ET", b"Tj", b"T*", b"'", b'"', b"b*", b"true", b"false", b"ID"),
    *(b"BIx", b"d0", b"/F1", b"/", b"/A#42", b"/A#4", b"/\xff\xfe", b"/\xe4\xb8\xad", b"(plain)", b"()", b"(a\\)b)"),
    *(b"(a(b)c)", b"(\\101\\5\\1234)", b"(\\\r\nx)", b"(open", b")", b"<4142>", b"<414>", b"<41 42>", b"<>", b"<4x>"),
    *(b"<41>>", b"<</A 1/B<41>>>", b"<</A[1 2]>>", b"<<", b">>", b"[1 -2.5(a)<41>]", b"[1.2.3 .5.]", b"[]", b"[/A 1]"),
    *(b"[(a\\)b)]", b"[1[2]3]", b"[1", b"]", b"{1 2}", b"{", b"}", b"% a comment\n", b"%", b"\x00", b"\x00T", b"#", b"\xff"),
    *(b"BI /W 1 /H 1 ID \x00\xff EI", b"BI /W 1/F/A85 ID abc~>", b"BI /W 1 ID ", b"EI", b"q\x00q", b"[+-1]", b"[<41>>]"),
]  # fmt: skip
GAPS = [b" ", b"\n", b"\r\n", b"\t", b"\x0c", b"", b"", b""]


def drain(following: Callable[[], Any]) -> Iterator[tuple[str, str]]:
    """What is given until the end, or until something is raised."""
    try:
        while True:
            item = following()
            shown = (item.attrs, item.rawdata) if isinstance(item, PDFStream) else item
            yield type(item).__name__, repr(shown)
    except (PSEOF, StopIteration):
        return
    except Exception as error:
        yield "raised", repr(error)


def streams_of(contents: list[bytes]) -> list[PDFStream]:
    return [PDFStream({}, content) for content in contents]


def by_pdfminer(contents: list[bytes]) -> list[tuple[str, str]]:
    with suppress(PSEOF):
        parser = PDFContentParser(streams_of(contents))
        return list(drain(lambda: parser.nextobject()[1]))
    return []


def by_us(contents: list[bytes]) -> list[tuple[str, str]]:
    with suppress(PSEOF):
        objects = Scanner(streams_of(contents)).objects()
        return list(drain(lambda: next(objects)))
    return []


@st.composite
def contents(draw: st.DrawFn) -> list[bytes]:
    pieces = st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(GAPS)).map(b"".join)
    stream = st.lists(pieces, max_size=20).map(b"".join)
    return draw(st.lists(stream | st.binary(max_size=40), min_size=1, max_size=3))


@settings(max_examples=400)
@given(contents(), st.sampled_from([1, 2, 3, 7, 16, 4096]))
def test_every_token_is_what_pdfminer_makes_of_it(streams, size):
    with patch.object(PSBaseParser, "BUFSIZ", size):
        assert by_us(streams) == by_pdfminer(streams)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_every_fragment_alone_and_before_another(fragment):
    for content in (
        fragment,
        fragment + b"\n",
        fragment + b" 1 Td",
        b"1 " + fragment + b"Tj",
        b"[" + fragment + b" 1]TJ",
    ):
        assert by_us([content, content]) == by_pdfminer([content, content])


def test_most_tokens_are_not_left_to_pdfminer():
    content = b"q 1 0 0 RG 10.5 -20 Td /F1 12 Tf <4142>Tj (a b)Tj [<41>-20(b)3.5]TJ T* Q\n"
    slow = PDFContentParser.nextobject
    with patch.object(PDFContentParser, "nextobject", autospec=True, side_effect=slow) as left:
        assert len(by_us([content])) == 19
    assert left.call_count == 2  # for the first, before the stream is opened, and for the end


def strip(thing: dict[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(tuple(thing[name]) if isinstance(thing[name], list) else thing[name] for name in names)


PLACE = ("x0", "x1", "top", "bottom")
PAINT = ("stroke", "fill", "stroking_color", "non_stroking_color")


def colour(value: Any) -> Any:
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_a_page_holds_what_pdfplumber_lists(path):
    with pdfplumber.open(path) as document:
        for page in document.pages:
            items = list_items(page)
            names = (*PLACE, "doctop", "text", "upright", "size", "matrix")
            assert [strip(c, names) for c in items.chars] == [strip(c, names) for c in page.chars]
            colours = [colour(c["non_stroking_color"]) for c in items.chars]
            assert colours == [c["non_stroking_color"] for c in page.chars]
            for ours, theirs in (
                (items.lines, page.lines),
                (items.rects, page.rects),
                (items.curves, page.curves),
            ):
                assert [strip(p, PLACE + PAINT) for p in ours] == [strip(p, PLACE + PAINT) for p in theirs]
            assert [c["points"] for c in items.curves] == [c["pts"] for c in page.curves]


def test_a_page_whose_box_begins_elsewhere_with_a_form_on_it():
    sheet = Sheet(origin=(5.0, 7.0))
    sheet.line(10, 10, 100, 10)
    sheet.forms.append(("1 0 0 1 0 20", "0 0 m 50 0 l S"))
    sheet.raw("/X0 Do")
    with pdfplumber.open(io.BytesIO(write_pdf(sheet))) as document:
        (page,) = document.pages
        items = list_items(page)
        assert [strip(p, PLACE) for p in items.lines] == [strip(p, PLACE) for p in page.lines]
        assert len(items.lines) == 2


CHARS = st.builds(
    lambda text, upright, x0, top: {"text": text, "upright": upright, "x0": x0, "top": top, "doctop": top},
    st.sampled_from("一二"),
    st.booleans(),
    *[st.integers(0, 24).map(lambda n: n / 4)] * 2,
)


@given(st.lists(CHARS, max_size=30))
def test_each_character_once_is_what_pdfplumber_makes_of_it(chars):
    numbered = [{**char, "n": n} for n, char in enumerate(chars)]
    assert each_once(numbered) == dedupe_chars(numbered, extra_attrs=())
