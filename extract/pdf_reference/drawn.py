"""What is drawn on a page, as pdfplumber lists it, but only what a second reading looks at.

Enters: a page of pdfplumber. Leaves: its characters and paths, in the order in which they are drawn, with the
names and the places that pdfplumber gives them. pdfplumber lists some thirty things of each, and resolves
each of them for references that no content stream can hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTItem, LTLine, LTRect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from extract.pdf_reference.content_stream import Interpreter

SAME_PLACE: Final = 1.0
"""Points between two prints of one character
(`test_watermarks_hidden_text_and_double_prints_are_left_out`)."""
DrawnObject = dict[str, Any]
"""One thing that is drawn."""


@dataclass(frozen=True, slots=True)
class Items:
    """What is drawn on a page.

    Attributes:
        chars: characters.
        lines, rects, curves: paths of two points, of four square corners, and all others with their points.
    """

    chars: list[DrawnObject] = field(default_factory=list)
    lines: list[DrawnObject] = field(default_factory=list)
    rects: list[DrawnObject] = field(default_factory=list)
    curves: list[DrawnObject] = field(default_factory=list)


def list_items(page: Page) -> Items:
    """What is drawn on a page.

    Raises:
        PdfminerException: it cannot be read.
    """
    resources = page.pdf.rsrcmgr
    device = PDFPageAggregator(resources, page.page_number)
    try:
        Interpreter(resources, device).process_page(page.page_obj)
    except Exception as error:
        raise PdfminerException(error) from error
    items = Items()
    for item in _walk(device.get_result()):
        if isinstance(item, LTChar):
            items.chars.append(_char(item, page))
        elif isinstance(item, LTCurve):
            path = _path(item, page)
            if isinstance(item, LTLine):
                items.lines.append(path)
            elif isinstance(item, LTRect):
                items.rects.append(path)
            else:
                items.curves.append({**path, "points": [page.point2coord(point) for point in item.pts]})
    return items


def _walk(items: Iterable[LTItem]) -> Iterator[LTItem]:
    """Forms and images are parts of the page."""
    for item in items:
        if isinstance(item, LTContainer):
            yield from _walk(item)
        else:
            yield item


def _place(item: LTChar | LTCurve, page: Page) -> DrawnObject:
    left, upper = page.mediabox[:2]
    return {
        "x0": item.x0 + left,
        "x1": item.x1 + left,
        "top": page.height - item.y1 + upper,
        "bottom": page.height - item.y0 + upper,
    }


def _char(item: LTChar, page: Page) -> DrawnObject:
    place = _place(item, page)
    return {
        **place,
        "doctop": page.initial_doctop + place["top"],
        "text": item.get_text(),
        "upright": item.upright,
        "size": item.size,
        "matrix": item.matrix,
        "non_stroking_color": item.graphicstate.ncolor,
    }


def _path(item: LTCurve, page: Page) -> DrawnObject:
    return {
        **_place(item, page),
        "stroke": item.stroke,
        "fill": item.fill,
        "stroking_color": item.stroking_color,
        "non_stroking_color": item.non_stroking_color,
    }


def each_once(chars: Sequence[DrawnObject]) -> list[DrawnObject]:
    """Characters without those that are printed again at the same place, which makes them bold."""
    alike: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for i, char in enumerate(chars):
        alike[char["upright"], char["text"]].append(i)
    tops, lefts = [char["top"] for char in chars], [char["x0"] for char in chars]
    rows = (row for same in alike.values() for row in _neighbours(same, tops))
    spots = (spot for row in rows for spot in _neighbours(row, lefts))
    return [chars[i] for i in sorted(min(spot, key=lambda i: (tops[i], lefts[i], i)) for spot in spots)]


def _neighbours(members: Sequence[int], places: Sequence[float]) -> Iterator[Sequence[int]]:
    """Members, parted where the next is further away than prints of one character."""
    if len(members) < 2:  # most of them
        yield members
        return
    ordered = sorted(members, key=places.__getitem__)
    first = 0
    for n in range(1, len(ordered)):
        if places[ordered[n]] > places[ordered[n - 1]] + SAME_PLACE:
            yield ordered[first:n]
            first = n
    yield ordered[first:]
