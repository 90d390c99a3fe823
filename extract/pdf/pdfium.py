"""pdfium, called with as little as possible between Python and C.

Enters: bytes. Leaves: pages as integer handles, and typed functions on them. pypdfium2 brings the library;
its own prototypes convert every argument, which costs more than the calls. Here handles and out-arguments
are plain integer addresses; what is called for every character or object takes arguments prepared
beforehand (`prepared`, `Room`). Not thread-safe, and neither is pdfium.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from pypdfium2 import raw  # type: ignore[import-untyped]

from extract.errors import Damaged, Encrypted, TooLarge, both, in_pages

MAX_PAGES: Final = 2000
"""Of a file that holds a report (`test_bounds`)."""
MAX_SIDE: Final = 20_000.0
"""Points; PDF itself allows 14 400 (ISO 32000-1, C.2)."""
PATH: Final = raw.FPDF_PAGEOBJ_PATH
TEXT: Final = raw.FPDF_PAGEOBJ_TEXT
IMAGE: Final = raw.FPDF_PAGEOBJ_IMAGE
FORM_XOBJECT: Final = raw.FPDF_PAGEOBJ_FORM

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int


BATCH: Final = 512
"""Calls whose out-arguments are kept ready; made anew for each call, they cost 6 to 11 % of a page."""


def _function(name: str, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes has no types for these
    """A function; without `arguments` they must come prepared: an address, a place in a `Room`, a C int.

    ctypes passes what is prepared as it is, which halves the cost of a call. Only all or none may be left
    out: some machines pass what follows the stated arguments in another way.
    """
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    # PYFUNCTYPE: letting go of the interpreter's lock costs as much as the shorter calls themselves.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


load_document = _function("FPDF_LoadMemDocument", _ADDRESS, _ADDRESS, _INT, ctypes.c_char_p)
close_document = _function("FPDF_CloseDocument", None, _ADDRESS)
last_error = _function("FPDF_GetLastError", ctypes.c_ulong)
count_pages = _function("FPDF_GetPageCount", _INT, _ADDRESS)
load_page = _function("FPDF_LoadPage", _ADDRESS, _ADDRESS, _INT)
close_page = _function("FPDF_ClosePage", None, _ADDRESS)
page_size = _function("FPDF_GetPageSizeByIndexF", _INT, _ADDRESS, _INT, _ADDRESS)
page_box = _function("FPDF_GetPageBoundingBox", _INT, _ADDRESS, _ADDRESS)
page_rotation = _function("FPDFPage_GetRotation", _INT, _ADDRESS)
get_meta = _function("FPDF_GetMetaText", ctypes.c_ulong, _ADDRESS, ctypes.c_char_p, _ADDRESS, ctypes.c_ulong)

load_text = _function("FPDFText_LoadPage", _ADDRESS, _ADDRESS)
close_text = _function("FPDFText_ClosePage", None, _ADDRESS)
count_chars = _function("FPDFText_CountChars", _INT, _ADDRESS)
get_text = _function("FPDFText_GetText", _INT, _ADDRESS, _INT, _INT, _ADDRESS)
get_unicode = _function("FPDFText_GetUnicode", ctypes.c_uint, _ADDRESS, _INT)
char_box = _function("FPDFText_GetCharBox", _INT)
char_angle = _function("FPDFText_GetCharAngle", ctypes.c_float, _ADDRESS, _INT)
char_object = _function("FPDFText_GetTextObject", _ADDRESS)
has_no_mapping = _function("FPDFText_HasUnicodeMapError", _INT)
is_hyphen = _function("FPDFText_IsHyphen", _INT, _ADDRESS, _INT)

count_objects = _function("FPDFPage_CountObjects", _INT, _ADDRESS)
get_object = _function("FPDFPage_GetObject", _ADDRESS)
count_inside = _function("FPDFFormObj_CountObjects", _INT, _ADDRESS)
get_inside = _function("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_type = _function("FPDFPageObj_GetType", _INT, _ADDRESS)
object_bounds = _function("FPDFPageObj_GetBounds", _INT)
object_matrix = _function("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
fill_colour = _function("FPDFPageObj_GetFillColor", _INT)
stroke_colour = _function("FPDFPageObj_GetStrokeColor", _INT)
render_mode = _function("FPDFTextObj_GetTextRenderMode", _INT)
draw_mode = _function("FPDFPath_GetDrawMode", _INT)
count_segments = _function("FPDFPath_CountSegments", _INT, _ADDRESS)
get_segment = _function("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
segment_point = _function("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type = _function("FPDFPathSegment_GetType", _INT, _ADDRESS)
segment_closes = _function("FPDFPathSegment_GetClose", _INT, _ADDRESS)

prepared: Final[Any] = _ADDRESS.from_param
"""An address as a prepared argument."""


class Room:
    """Room for what a batch of calls writes, with the places of it prepared once.

    Args:
        kind: the C type of each number.
        blank: what stands for the numbers of a call that writes none.
    """

    def __init__(self, kind: Any, blank: tuple[int, ...]) -> None:  # noqa: ANN401
        self._width = len(blank)
        self._blank = (kind * (len(blank) * BATCH))(*blank * BATCH)
        self._numbers = type(self._blank)()
        size = ctypes.sizeof(kind)
        self._places = [
            [ctypes.byref(self._numbers, size * i) for i in range(start, len(blank) * BATCH, len(blank))]
            for start in range(len(blank))
        ]

    def ask(self, function: Any, *arguments: Sequence[Any]) -> list[Any]:  # noqa: ANN401
        """What the calls write, one after the other."""
        out: list[Any] = []
        for first in range(0, len(arguments[0]), BATCH):
            batch = [each[first : first + BATCH] for each in arguments]
            ctypes.memmove(self._numbers, self._blank, ctypes.sizeof(self._blank))
            deque(map(function, *batch, *self._places), maxlen=0)
            out += self._numbers[: self._width * len(batch[0])]
        return out


@contextmanager
def open_document(data: bytes) -> Iterator[int]:
    """The document as a handle.

    Raises:
        Encrypted: the empty password does not open it.
        Damaged: no PDF that could be opened, or one without pages.
        TooLarge: more pages than a report can have.
    """
    held = ctypes.create_string_buffer(data, len(data))  # pdfium reads from it as long as it is open
    handle = load_document(ctypes.addressof(held), len(data), b"")
    if not handle:
        code = last_error()
        if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise Encrypted
        raise Damaged("PDF")
    try:
        pages = count_pages(handle)
        if pages <= 0:
            raise Damaged(both("PDF，0 页", "PDF, 0 pages"))
        if pages > MAX_PAGES:
            raise TooLarge(in_pages(pages))
        yield handle
    finally:
        close_document(handle)
        del held


@contextmanager
def open_page(document: int, index: int) -> Iterator[int]:
    """One page as a handle.

    Raises:
        Damaged: the page cannot be parsed.
        TooLarge: its box is beyond reason.
    """
    size = (ctypes.c_float * 2)()
    if not page_size(document, index, ctypes.addressof(size)):
        raise Damaged(both(f"第 {index + 1} 页", f"page {index + 1}"))
    if not (0 < size[0] <= MAX_SIDE and 0 < size[1] <= MAX_SIDE):
        raise TooLarge(f"{size[0]:.0f} × {size[1]:.0f} pt")
    page = load_page(document, index)
    if not page:
        raise Damaged(both(f"第 {index + 1} 页", f"page {index + 1}"))
    try:
        yield page
    finally:
        close_page(page)


def meta_title(document: int) -> str:
    """The title in the file's properties."""
    size = get_meta(document, b"Title", None, 0)
    if not 2 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get_meta(document, b"Title", ctypes.addressof(buffer), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip("\x00 ")
