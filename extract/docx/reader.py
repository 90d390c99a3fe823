"""A Word file (.docx) -> `Document`.

Enters: the bytes of the package. Leaves: a `Document`. The package is opened with `extract.zip` and lxml,
not with python-docx, whose cells repeat a merged cell at each grid position: here one pass over the
element tree sees spans, revisions and text boxes as stated, and only the parts asked for are parsed. The
tests write their documents with python-docx, so that an independent hand checks this reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from extract.document import Block, Document, Paragraph, Source, Table
from extract.docx.blocks import WordFlow
from extract.docx.numbering import Numbering
from extract.docx.styles import StyleSheet
from extract.errors import Damaged, EmptyFile, Encrypted, both
from extract.ole import is_ole, stream_names
from extract.xml.office_package import Package
from extract.xml.word_names import BODY, DC_NS, w

_MARGIN_KINDS: Final = ("header", "footer", "footnotes", "endnotes")
_NOTES: Final = (w("footnote"), w("endnote"))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The side parts of a document by kind (`styles`, `header`, ...), in the order of their names."""

    by_kind: dict[str, tuple[str, ...]]

    def first(self, kind: str) -> str:
        return next(iter(self.by_kind.get(kind, ())), "")


def read_docx(data: bytes, source: Source) -> Document:
    """Reads a Word document.

    Raises:
        ReadError: a subclass that names the fault; no other exception, whatever the bytes.
    """
    if not data:
        raise EmptyFile
    if is_ole(data) and "EncryptedPackage" in stream_names(data):
        raise Encrypted
    try:
        return _read(Package(data), source)
    except RecursionError as fault:  # lxml allows 256 levels; text boxes within text boxes go deeper here
        detail = both("嵌套过深", "nested too deeply")
        raise Damaged(detail) from fault


def _read(package: Package, source: Source) -> Document:
    main = package.main_part()
    root = package.parse(main)
    body = root.find(BODY)
    if body is None:
        raise Damaged(main)
    remarks: set[str] = {"duplicate_parts"} if package.duplicated else set()
    parts = _side_parts(package, main, remarks)
    styles = StyleSheet(_optional(package, parts.first("styles"), remarks))
    numbering = Numbering(_optional(package, parts.first("numbering"), remarks), styles)
    flow = WordFlow(styles, numbering)
    blocks = tuple(flow.blocks(body))
    margins = tuple(_margins(package, parts, WordFlow(styles, numbering.restarted()), remarks))
    return Document(
        source,
        format="docx",
        reader="docx",
        blocks=blocks,
        margins=margins,
        properties_title=_title(package, remarks),
        remarks=tuple(sorted(remarks | flow.remarks)),
    )


def _side_parts(package: Package, main: str, remarks: set[str]) -> _Parts:
    """Side parts by relationship; by their usual names where the relationships are lost."""
    found: dict[str, list[str]] = {}
    try:
        for relation in package.relations(main):
            found.setdefault(relation.kind, []).append(relation.part)
    except Damaged:
        remarks.add("damaged_parts")
    for kind in ("styles", "numbering"):
        found.setdefault(kind, [f"word/{kind}.xml"])
    return _Parts({kind: tuple(sorted(names)) for kind, names in found.items()})


def _optional(package: Package, part: str, remarks: set[str]) -> _Element | None:
    """A part the document can be read without; a broken one is remarked upon."""
    if part not in package:
        return None
    try:
        return package.parse(part)
    except Damaged:
        remarks.add("damaged_parts")
        return None


def _margins(package: Package, parts: _Parts, flow: WordFlow, remarks: set[str]) -> Iterator[Paragraph]:
    """Headers, footers and notes, each text once: every section repeats them."""
    seen: set[str] = set()
    for kind in _MARGIN_KINDS:
        for part in parts.by_kind.get(kind, ()):
            root = _optional(package, part, remarks)
            for paragraph in _paragraphs(() if root is None else _margin_blocks(root, flow)):
                if paragraph.text.strip() and paragraph.text not in seen:
                    seen.add(paragraph.text)
                    yield paragraph


def _margin_blocks(root: _Element, flow: WordFlow) -> Iterator[Block]:
    notes = list(root.iterchildren(*_NOTES))
    for container in notes or [root]:
        yield from flow.blocks(container)


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (Paragraph(cell.text) for cell in block.cells)
        else:
            yield block


def _title(package: Package, remarks: set[str]) -> str:
    try:
        named = [item.part for item in package.relations() if item.kind == "core-properties"]
    except Damaged:
        remarks.add("damaged_parts")
        named = []
    root = _optional(package, (named or ["docProps/core.xml"])[0], remarks)
    title = None if root is None else root.find(f"{{{DC_NS}}}title")
    return "" if title is None else (title.text or "").strip()
