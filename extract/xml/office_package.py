"""The zip package around a Word document: parts found by relationship.

Enters: the bytes of the file. Leaves: parsed parts.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from extract.errors import Damaged
from extract.xml.package import ZipPackage
from extract.xml.word_names import REL_NS, STRICT_NAMESPACES, TYPES_NS


@dataclass(frozen=True, slots=True)
class Relationship:
    """One internal relationship: the last segment of its type, the part it leads to, and its id."""

    kind: str
    part: str
    id: str = ""


class Package(ZipPackage):
    """An opened package."""

    def _before_parsing(self, data: bytes) -> bytes:
        for strict, transitional in STRICT_NAMESPACES:
            data = data.replace(strict, transitional)
        return data

    def relations(self, part: str = "") -> Iterator[Relationship]:
        """The internal relationships of a part, or of the package itself."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return
        for item in self.parse(rels).iter(f"{{{REL_NS}}}Relationship"):
            target = item.get("Target", "")
            if target and item.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target))
                kind = item.get("Type", "").rpartition("/")[2]
                yield Relationship(kind, path.lstrip("/"), item.get("Id", ""))

    def main_part(self) -> str:
        """The name of the document part: by relationship, by content type, by habit."""
        for name in self._candidates():
            if name in self:
                return name
        raise Damaged("word/document.xml")

    def _candidates(self) -> Iterator[str]:
        try:
            yield from [item.part for item in self.relations() if item.kind == "officeDocument"]
            yield from self._by_content_type()
        except Damaged:  # a broken index does not matter while the part itself is there
            pass
        yield "word/document.xml"

    def _by_content_type(self) -> Iterator[str]:
        if "[Content_Types].xml" not in self:
            return
        for item in self.parse("[Content_Types].xml").iter(f"{{{TYPES_NS}}}Override"):
            kind = item.get("ContentType", "")
            if kind.endswith("main+xml") and "word" in kind:
                yield item.get("PartName", "").lstrip("/")
