"""A page drawn as OFD (GB/T 33190), in the ways in which its writers differ.

Enters: a page and an `OfdDrawing`. Leaves: the bytes of an .ofd, the same on every machine; no font is embedded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal
from xml.sax.saxutils import escape

from corpus.package import zip_bytes
from corpus.page import Page
from corpus.paper import Ruling, lay_out

MM = 25.4 / 72
WIDTH, HEIGHT = 595.0, 842.0
ASCENT = 0.8
NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(frozen=True, slots=True)
class OfdDrawing:
    """How the file is written.

    Attributes:
        ruling: how tables are ruled.
        pieces: an object for each line, each run of one script, or each character.
        offsets: every offset written out, or repetitions as `g 3 1.5`.
        scaled: objects are drawn in points under a matrix.
        turned: everything is drawn sideways on a page that lies.
        twice: text is printed twice, a little apart, for bold.
        template: header and letterhead line stand in a template that every page refers to.
        watermark: an annotation on every page with numbers across the tables.
        seal: a signed seal, as annotation and as signature.
        documents: the sheets are spread over so many documents in the file.
        locations: how parts name each other.
        prefix: namespace prefix; "" for the default namespace.
    """

    ruling: Ruling = field(default_factory=Ruling)
    pieces: Literal["line", "run", "char"] = "run"
    offsets: Literal["list", "g"] = "g"
    scaled: bool = False
    turned: bool = False
    twice: bool = False
    template: bool = False
    watermark: bool = False
    seal: bool = False
    documents: int = 1
    locations: Literal["relative", "absolute", "backslash"] = "relative"
    prefix: str = "ofd"


class OfdSheet:
    """One page; y counts from the top, in points."""

    def __init__(self, how: OfdDrawing) -> None:
        self.how = how
        self.objects: list[str] = []

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Its first glyph stands on the base line `y`."""
        for shift in (0.0, 0.3) if self.how.twice else (0.0,):
            at = x + shift
            for piece in _pieces(text, self.how.pieces):
                self._text(at, y, piece, size)
                at += sum(advance(c, size) for c in piece)

    def _text(self, x: float, y: float, text: str, size: float) -> None:
        scale = 1.0 if self.how.scaled else MM
        steps = [round(advance(c, size) * scale, 4) for c in text[:-1]]
        offsets = f' DeltaX="{_offsets(steps, self.how.offsets)}"' if steps else ""
        width = sum(advance(c, size) for c in text)
        place = self._place(x, y - ASCENT * size, width, size)
        self.objects.append(
            f'<TextObject {place} Font="3" Size="{size * scale:.4f}">'
            f'<TextCode X="0" Y="{ASCENT * size * scale:.4f}"{offsets}>{escape(text)}</TextCode></TextObject>'
        )

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> None:
        """A stroke."""
        scale = 1.0 if self.how.scaled else MM
        place = self._place(x0, y0, x1 - x0, y1 - y0)
        self.objects.append(
            f'<PathObject {place} LineWidth="{width * scale:.4f}"><StrokeColor Value="0 0 0"/>'
            f"<AbbreviatedData>M 0 0 L {(x1 - x0) * scale:.4f} {(y1 - y0) * scale:.4f}</AbbreviatedData></PathObject>"
        )

    def box(self, x0: float, y0: float, x1: float, y1: float, paint: str, colour: str) -> None:
        """A rectangle."""
        scale = 1.0 if self.how.scaled else MM
        wide, tall = f"{(x1 - x0) * scale:.4f}", f"{(y1 - y0) * scale:.4f}"
        value = "255 255 255" if colour.startswith("1") else "0 0 0"
        ink = 'Stroke="false" Fill="true"' if paint == "f" else ""
        child = "FillColor" if paint == "f" else "StrokeColor"
        self.objects.append(
            f'<PathObject {self._place(x0, y0, x1 - x0, y1 - y0)} {ink}><{child} Value="{value}"/>'
            f"<AbbreviatedData>M 0 0 L {wide} 0 L {wide} {tall} L 0 {tall} C</AbbreviatedData></PathObject>"
        )

    def _place(self, x: float, y: float, width: float, height: float) -> str:
        """Boundary and matrix of what is drawn from (x, y) on, in its own space."""
        scale = MM if self.how.scaled else 1.0
        if self.how.turned:  # a quarter clockwise: right becomes down, down becomes left
            bounds = (HEIGHT - y, x, height, width)
            matrix = f' CTM="0 {scale:.6f} {-scale:.6f} 0 0 0"'
        else:
            bounds = (x, y, width, height)
            matrix = f' CTM="{scale:.6f} 0 0 {scale:.6f} 0 0"' if self.how.scaled else ""
        return f'Boundary="{" ".join(f"{v * MM:.4f}" for v in bounds)}"{matrix}'


def advance(letter: str, size: float) -> float:
    """How wide a character is set."""
    return size / 2 if letter.isascii() else size


def _pieces(text: str, pieces: str) -> Iterator[str]:
    if pieces == "char":
        yield from text
    elif pieces == "run":
        yield from ("".join(part) for _, part in groupby(text, key=str.isascii))
    else:
        yield text


def _offsets(steps: Sequence[float], spelling: str) -> str:
    if spelling == "list":
        return " ".join(f"{step:g}" for step in steps)
    groups = ((step, len(list(part))) for step, part in groupby(steps))
    return " ".join(f"g {count} {step:g}" if count > 1 else f"{step:g}" for step, count in groups)


def write_ofd(page: Page, how: OfdDrawing | None = None) -> bytes:
    """The file."""
    how = how or OfdDrawing()
    sheets = lay_out(page, how.ruling, lambda: OfdSheet(how))
    return _File(how, page.truth.identity.title).write(sheets)


class _File:
    def __init__(self, how: OfdDrawing, title: str) -> None:
        self.how, self.title = how, title
        self.parts: dict[str, bytes] = {}

    def write(self, sheets: Sequence[OfdSheet]) -> bytes:
        count = self.how.documents
        share = -(-len(sheets) // count)
        bodies = ""
        for number in range(count):
            mine = sheets[number * share : (number + 1) * share]
            if mine:
                self._document(f"Doc_{number}", mine)
                bodies += self._body(number)
        self._add("OFD.xml", "OFD", bodies, 'Version="1.0" DocType="OFD"')
        return zip_bytes(self.parts)

    def _body(self, number: int) -> str:
        signatures = f"<Signatures>Doc_{number}/Signs/Signatures.xml</Signatures>" if self.how.seal else ""
        root = self._location("", f"Doc_{number}/Document.xml").replace("//", "/")
        return (
            f"<DocBody><DocInfo><DocID>{number:032}</DocID><Title>{escape(self.title)}</Title>"
            f"<Creator>corpus</Creator></DocInfo><DocRoot>{root}</DocRoot>{signatures}</DocBody>"
        )

    def _location(self, folder: str, place: str) -> str:
        if self.how.locations == "absolute":
            return f"/{folder}/{place}"
        return place.replace("/", "\\") if self.how.locations == "backslash" else place

    def _add(self, part: str, root: str, content: str, attributes: str = "") -> None:
        prefix = self.how.prefix
        declared = f'xmlns:{prefix}="{NAMESPACE}"' if prefix else f'xmlns="{NAMESPACE}"'
        text = f"<{root} {declared} {attributes}>{content}</{root}>"
        if prefix:
            text = text.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
        self.parts[part] = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()

    def _document(self, folder: str, sheets: Sequence[OfdSheet]) -> None:
        how = self.how
        width, height = (HEIGHT, WIDTH) if how.turned else (WIDTH, HEIGHT)
        box = f"<PhysicalBox>0 0 {width * MM:.4f} {height * MM:.4f}</PhysicalBox>"
        where = self._location(folder, "Tpls/Tpl_0/Content.xml")
        template = f'<TemplatePage ID="2" BaseLoc="{where}"/>' if how.template else ""
        pages = ""
        for i, sheet in enumerate(sheets):
            place = f"Pages/Page_{i}/Content.xml"
            pages += f'<Page ID="{100 + i}" BaseLoc="{self._location(folder, place)}"/>'
            used = '<Template TemplateID="2" ZOrder="Background"/>' if how.template else ""
            layer = f'<Content><Layer ID="4" Type="Body">{"".join(sheet.objects)}</Layer></Content>'
            self._add(f"{folder}/{place}", "Page", used + layer)
        annotations = self._annotations(folder, len(sheets))
        common = (
            f"<CommonData><MaxUnitID>9999</MaxUnitID><PageArea>{box}</PageArea>"
            f"<PublicRes>{self._location(folder, 'PublicRes.xml')}</PublicRes>{template}</CommonData>"
        )
        self._add(f"{folder}/Document.xml", "Document", f"{common}<Pages>{pages}</Pages>{annotations}")
        fonts = '<Fonts><Font ID="3" FontName="宋体" FamilyName="SimSun"/></Fonts>'
        self._add(f"{folder}/PublicRes.xml", "Res", fonts, 'BaseLoc="Res"')
        if how.template:
            self._template(folder)
        if how.seal:
            self._signatures(folder)

    def _template(self, folder: str) -> None:
        sheet = OfdSheet(self.how)
        sheet.text(240, 36, "内部文件格式", 9)
        sheet.line(60, 44, 535, 44, 1.5)
        content = f'<Content><Layer ID="5" Type="Background">{"".join(sheet.objects)}</Layer></Content>'
        self._add(f"{folder}/Tpls/Tpl_0/Content.xml", "Page", content)

    def _annotations(self, folder: str, pages: int) -> str:
        kinds = [k for k, wanted in (("Watermark", self.how.watermark), ("Stamp", self.how.seal)) if wanted]
        if not kinds:
            return ""
        index = ""
        for i in range(pages):
            annots = "".join(
                f'<Annot ID="{900 + i}" Type="{kind}" Creator="corpus"><Appearance Boundary="0 0 210 297">'
                f"{''.join(_overlay(kind))}</Appearance></Annot>"
                for kind in kinds
            )
            self._add(f"{folder}/Annots/Page_{i}/Annotation.xml", "PageAnnot", annots)
            place = f"Page_{i}/Annotation.xml"
            where = place if self.how.locations == "relative" else self._location(f"{folder}/Annots", place)
            index += f'<Page PageID="{100 + i}"><FileLoc>{where}</FileLoc></Page>'
        self._add(f"{folder}/Annots/Annotations.xml", "Annotations", index)
        return f"<Annotations>{self._location(folder, 'Annots/Annotations.xml')}</Annotations>"

    def _signatures(self, folder: str) -> None:
        signed = '<MaxSignId>1</MaxSignId><Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/>'
        self._add(f"{folder}/Signs/Signatures.xml", "Signatures", signed)
        stamp = '<SignedInfo><StampAnnot ID="1" PageRef="100" Boundary="120 200 40 40"/></SignedInfo>'
        self._add(f"{folder}/Signs/Sign_0/Signature.xml", "Signature", stamp)
        self.parts[f"{folder}/Signs/Sign_0/SignedValue.dat"] = b"\x30\x82\x00\x00"


def _overlay(kind: str) -> Iterator[str]:
    """Numbers all over the page, level as the tables are."""
    for y in range(20, 290, 9):
        for x in range(15, 190, 14):
            shown = 'Alpha="60"' if kind == "Watermark" else ""
            yield (
                f'<TextObject Boundary="{x} {y} 12 4" Font="3" Size="3" {shown}>'
                '<TextCode X="0" Y="3" DeltaX="g 2 1.5">987</TextCode></TextObject>'
            )
