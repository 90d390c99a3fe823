"""pdfium, called with as little as possible between Python and C.

Enters: bytes. Leaves: pages as integer handles, and typed functions on them. pypdfium2 brings the library;
its own prototypes convert every argument, which costs more than the calls. Here handles and out-arguments
are plain integer addresses. Not thread-safe, and neither is pdfium.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pypdfium2 import raw  # type: ignore[import-untyped]

from extract.errors import Damaged, Encrypted, TooLarge

MAX_PAGES: Final = 2000
MAX_SIDE: Final = 20_000.0
"""Points; PDF itself allows 14 400."""
PATH: Final = raw.FPDF_PAGEOBJ_PATH
TEXT: Final = raw.FPDF_PAGEOBJ_TEXT
IMAGE: Final = raw.FPDF_PAGEOBJ_IMAGE
FORM: Final = raw.FPDF_PAGEOBJ_FORM

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int


def _function(name: str, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - ctypes has no types for these
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
char_box = _function("FPDFText_GetCharBox", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
char_angle = _function("FPDFText_GetCharAngle", ctypes.c_float, _ADDRESS, _INT)
char_object = _function("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)

count_objects = _function("FPDFPage_CountObjects", _INT, _ADDRESS)
get_object = _function("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
count_inside = _function("FPDFFormObj_CountObjects", _INT, _ADDRESS)
get_inside = _function("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_type = _function("FPDFPageObj_GetType", _INT, _ADDRESS)
object_bounds = _function("FPDFPageObj_GetBounds", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
object_matrix = _function("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
fill_colour = _function("FPDFPageObj_GetFillColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
stroke_colour = _function(
    "FPDFPageObj_GetStrokeColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
render_mode = _function("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
draw_mode = _function("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
count_segments = _function("FPDFPath_CountSegments", _INT, _ADDRESS)
get_segment = _function("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
segment_point = _function("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_type = _function("FPDFPathSegment_GetType", _INT, _ADDRESS)
segment_closes = _function("FPDFPathSegment_GetClose", _INT, _ADDRESS)


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
            raise Damaged("PDF, 0 页 / pages")
        if pages > MAX_PAGES:
            raise TooLarge(f"{pages} 页 / pages")
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
        raise Damaged(f"第 {index + 1} 页 / page {index + 1}")
    if not (0 < size[0] <= MAX_SIDE and 0 < size[1] <= MAX_SIDE):
        raise TooLarge(f"{size[0]:.0f} × {size[1]:.0f} pt")
    page = load_page(document, index)
    if not page:
        raise Damaged(f"第 {index + 1} 页 / page {index + 1}")
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
