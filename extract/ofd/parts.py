"""The parts of an OFD package: documents, their pages, templates, resources and annotations.

Enters: the bytes of the file. Leaves: `Body`s, which name the parts of each page. Paths are relative to the
part they stand in or absolute, and some writers mean the document's folder or the package.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from extract.errors import Damaged, Encrypted, TooLarge, in_pages
from extract.ofd.attributes import box, children, name_of, text_at
from extract.xml.package import ZipPackage

MAX_PAGES: Final = 2000
"""Of a file that holds a report, as for PDF (`test_more_pages_than_a_report_has`)."""
MAX_SIDE: Final = 20_000.0
"""Points, as for PDF (`test_a_page_beyond_reason`)."""
POINTS: Final = 72 / 25.4
"""In a millimetre."""
A4: Final = (210.0, 297.0)
"""Millimetres of a page where nothing states its size."""
MAIN: Final = "OFD.xml"
LOCKS: Final = ("Encryptions.xml", "decryptseed.dat", "entriesmap.dat")

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page of a document, or a template.

    Attributes:
        part: its content.
        above: it is drawn over what refers to it (templates).
    """

    part: str
    above: bool = False


@dataclass(slots=True)
class Body:
    """One document of the file.

    Attributes:
        title: as its properties have it.
        size: of its pages in millimetres, where they do not say so themselves.
        pages: (id, part) of each in order.
        templates: by id.
        resources: parts with what pages refer to.
        annotations: parts by the page's id.
        folder: where the document lies.
    """

    title: str = ""
    size: Size = A4
    pages: list[tuple[str, PagePart]] = field(default_factory=list)
    templates: dict[str, PagePart] = field(default_factory=dict)
    resources: list[str] = field(default_factory=list)
    annotations: dict[str, list[str]] = field(default_factory=dict)
    folder: str = ""


class OfdPackage(ZipPackage):
    """An opened package.

    Attributes:
        remarks: what a person should know.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.remarks: set[str] = {"duplicate_parts"} if self.duplicated else set()

    @property
    def is_locked(self) -> bool:
        """Whether parts of it are encrypted."""
        return any(name in self for name in LOCKS)

    def needed(self, part: str) -> _Element:
        """The root of a part that the document cannot be read without.

        Raises:
            Encrypted: it is one of the encrypted parts.
            Damaged: it is missing or broken.
        """
        try:
            return self.parse(part)
        except Damaged:
            if self.is_locked:
                raise Encrypted(part) from None
            raise

    def optional(self, part: str) -> _Element | None:
        """The root of a part the pages can be read without; a broken or missing one is remarked upon."""
        try:
            return self.parse(part)
        except Damaged:
            self.remarks.add("damaged_parts")
            return None

    def resolve(self, place: str, base: str, folder: str = "") -> str:
        """The part that `place` means where it stands in the part `base`."""
        place = place.strip().replace("\\", "/")
        folders = ("",) if place.startswith("/") else (posixpath.dirname(base), folder, "")
        tried = [posixpath.normpath(posixpath.join("/", f, place)).lstrip("/") for f in folders]
        return next((part for part in tried if part in self), tried[0])

    def bodies(self) -> Iterator[Body]:
        """The documents of the file, in order."""
        root = self.needed(MAIN)
        found = False
        for item in children(root, "DocBody"):
            place = text_at(item, "DocRoot")
            if place:
                found = True
                yield self._body(self.resolve(place, ""), text_at(item, "DocInfo", "Title"))
        if not found:
            raise Damaged(MAIN)

    def _body(self, part: str, title: str) -> Body:
        root = self.needed(part)
        body = Body(title, folder=posixpath.dirname(part))
        for item in root:
            name = name_of(item)
            if name == "CommonData":
                self._common(item, part, body)
            elif name == "Pages":
                for page in children(item, "Page"):
                    place = self.resolve(page.get("BaseLoc", ""), part)
                    body.pages.append((page.get("ID", ""), PagePart(place)))
            elif name == "Annotations":
                self._annotations((item.text or "").strip(), part, body)
        if len(body.pages) > MAX_PAGES:
            raise TooLarge(in_pages(len(body.pages)))
        return body

    def _common(self, common: _Element, part: str, body: Body) -> None:
        for item in common:
            name = name_of(item)
            if name == "PageArea":
                body.size = size_of(item) or body.size
            elif name == "TemplatePage":
                place = self.resolve(item.get("BaseLoc", ""), part)
                template = PagePart(place, _is_above(item))
                body.templates.setdefault(item.get("ID", ""), template)
            elif name in {"PublicRes", "DocumentRes"}:
                body.resources.append(self.resolve(item.text or "", part))

    def _annotations(self, place: str, part: str, body: Body) -> None:
        if not place:
            return
        index = self.resolve(place, part)
        root = self.optional(index)
        for page in () if root is None else children(root, "Page"):
            for location in children(page, "FileLoc"):
                found = self.resolve(location.text or "", index, body.folder)
                body.annotations.setdefault(page.get("PageID", ""), []).append(found)


def size_of(area: _Element) -> Size | None:
    """Width and height in millimetres that an area states.

    Raises:
        TooLarge: beyond reason.
    """
    for name in ("PhysicalBox", "ApplicationBox"):
        found = box(text_at(area, name))
        if found and found[2] > 0 and found[3] > 0:
            if max(found[2], found[3]) * POINTS > MAX_SIDE:
                raise TooLarge(f"{found[2]:.0f} × {found[3]:.0f} mm")
            return found[2], found[3]
    return None


def _is_above(item: _Element) -> bool:
    return item.get("ZOrder", "").strip().lower() == "foreground"
