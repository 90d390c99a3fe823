"""An OFD file's bytes -> `Document`: ruled tables with their cells, prose as paragraphs, margins apart.

Enters: bytes and where they came from. Leaves: a `Document`, or one of `extract.errors`. The documents of one
file are read one after the other, their pages counted on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from extract.characters.plausible import is_plausible
from extract.characters.unmapped import UNKNOWN
from extract.document import BBox, Document, Source
from extract.errors import Damaged, NoText, TooLarge, UnreadableText, both, in_pages
from extract.ofd.attributes import box, child, children, name_of, switch
from extract.ofd.canvas import Allowance, Canvas
from extract.ofd.chars import set_text
from extract.ofd.parts import MAX_PAGES, POINTS, Body, OfdPackage, size_of
from extract.ofd.resources import Resources
from extract.page.blocks import put_together, remarks_on
from extract.page.frame import Frame
from extract.page.one_page import FoundPage, read_page
from extract.page.paths import THIN, Matrix
from extract.page.seen import each_as_seen, turn_to_read

NOT_OF_THE_TEXT: Final = frozenset({"stamp", "watermark"})
"""Annotations that lie over a page and are no part of what it says."""

MOST_SHAPES: Final = 1000
"""A drawing has more; looking through all of them for each cell would take for ever."""


def read_ofd(data: bytes, source: Source) -> Document:
    """The document of an OFD file.

    Raises:
        Encrypted: parts of it, or the archive, need a password.
        Damaged: no pages, or parts that are missing or broken.
        TooLarge: more bytes, pages, objects or characters than a report can have.
        NoText: pictures only.
        UnreadableText: the characters are not those on the page.
    """
    try:
        return _read(OfdPackage(data), source)
    except (RecursionError, OverflowError) as fault:
        detail = both("嵌套过深", "nested too deeply")
        raise Damaged(detail) from fault


def _read(package: OfdPackage, source: Source) -> Document:
    pages: list[FoundPage] = []
    allowance = Allowance()
    title = ""
    for body in package.bodies():
        title = title or body.title
        reader = _BodyReader(package, body, allowance)
        for page in reader.pages(len(pages) + 1):
            pages.append(page)
            if len(pages) > MAX_PAGES:
                raise TooLarge(in_pages(len(pages)))
    if not pages:
        raise Damaged(both("OFD，0 页", "OFD, 0 pages"))
    if not any(page.characters for page in pages):
        raise NoText(in_pages(len(pages)))
    blocks, margins = put_together(pages)
    return Document(
        source,
        "ofd",
        "ofd",
        blocks,
        margins=margins,
        pages=len(pages),
        properties_title=title,
        remarks=tuple(sorted({*remarks_on(pages), *package.remarks})),
    )


class _BodyReader:
    """The pages of one document, with the templates that several of them share."""

    def __init__(self, package: OfdPackage, body: Body, allowance: Allowance) -> None:
        self.package, self.body, self.allowance = package, body, allowance
        self._templates: dict[str, _Element | None] = {}
        roots = (package.optional(part) for part in dict.fromkeys(body.resources))
        self._resources = Resources()
        self._resources.add(root for root in roots if root is not None)

    def pages(self, first: int) -> Iterator[FoundPage]:
        for number, (name, page) in enumerate(self.body.pages, first):
            yield self._page(name, page.part, number)

    def _page(self, name: str, part: str, number: int) -> FoundPage:
        root = self.package.needed(part)
        self._add_resources(root, part)
        width, height = self._size(root)
        space: Matrix = (POINTS, 0.0, 0.0, -POINTS, 0.0, height)
        canvas = Canvas(self._resources, self.allowance)
        above = []
        for template, is_above in self._templates_of(root):
            if is_above:
                above.append(template)
            else:
                canvas.draw(template, space)
        for item in (root, *above):
            canvas.draw(item, space)
        for appearance in self._appearances(name):
            canvas.draw(appearance, _moved(space, appearance))
        if canvas.misplaced:
            self.package.remarks.add("damaged_parts")
        return _finish(canvas, width, height, number)

    def _add_resources(self, root: _Element, part: str) -> None:
        """What a page defines for itself."""
        for item in children(root, "PageRes"):
            found = self.package.optional(self.package.resolve(item.text or "", part, self.body.folder))
            if found is not None:
                self._resources.add([found])

    def _size(self, root: _Element) -> tuple[float, float]:
        area = child(root, "Area")
        width, height = (size_of(area) if area is not None else None) or self.body.size
        return width * POINTS, height * POINTS

    def _templates_of(self, root: _Element) -> Iterator[tuple[_Element, bool]]:
        for item in children(root, "Template"):
            template = self.body.templates.get(item.get("TemplateID", ""))
            if template is None:
                continue
            if template.part not in self._templates:
                self._templates[template.part] = self._template(template.part)
            found = self._templates[template.part]
            order = item.get("ZOrder", "").strip().lower()
            if found is not None:
                yield found, order == "foreground" if order else template.above

    def _template(self, part: str) -> _Element | None:
        root = self.package.optional(part)
        if root is not None:
            self._add_resources(root, part)
        return root

    def _appearances(self, name: str) -> Iterator[_Element]:
        for part in self.body.annotations.get(name, ()):
            root = self.package.optional(part)
            for item in () if root is None else root.iter():
                if name_of(item) != "Annot" or item.get("Type", "").lower() in NOT_OF_THE_TEXT:
                    continue
                if item.get("Subtype", "").lower() in NOT_OF_THE_TEXT or not switch(
                    item, "Visible", default=True
                ):
                    continue
                yield from children(item, "Appearance")


def _moved(space: Matrix, appearance: _Element) -> Matrix:
    """The space of an appearance, which has its own origin."""
    a, b, c, d, e, f = space
    x, y, _, _ = box(appearance.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return a, b, c, d, a * x + c * y + e, b * x + d * y + f


def _finish(canvas: Canvas, width: float, height: float, number: int) -> FoundPage:
    text = set_text(canvas, width, height)
    if not is_plausible(text.text):
        raise UnreadableText(both(f"第 {number} 页", f"page {number}"))
    frame, runs = turn_to_read(text, Frame(0.0, 0.0, width, height))
    runs = each_as_seen(text, frame, runs)
    rulings = [frame.box(*segment) for segment in canvas.rulings]
    page = read_page(text, frame, runs, rulings, number, len(canvas.images))
    _mark_unread(page, [frame.displayed(frame.box(*b)) for b in (*canvas.letters, *canvas.images)])
    return page


def _mark_unread(page: FoundPage, shapes: list[BBox]) -> None:
    """An empty cell in which a letter stands as a shape, or a picture, is not blank but cannot be read."""
    large = [s for s in shapes if s.x1 - s.x0 >= THIN and s.bottom - s.top >= THIN][:MOST_SHAPES]
    for cell in (cell for piece in page.pieces for cell in piece.cells if large):
        box = cell.bbox
        if not cell.text and any(
            box.x0 <= s.x0 and s.x1 <= box.x1 and box.top <= s.top and s.bottom <= box.bottom for s in large
        ):
            cell.text = UNKNOWN
