"""OFD files drawn by hand, so that every line and letter stands exactly where a test wants it.

Enters: page objects, in millimetres from the top left of the page. Leaves: their XML, and the bytes of a file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from extract.document import Document, Paragraph, Source, Table
from extract.ofd import read_ofd

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 4.0
XS, YS = (20.0, 60.0, 100.0, 140.0), (40.0, 50.0, 60.0)
ROWS = (("甲乙", "12", "本年"), ("丙", "3", "总计"))
FLAT = [text for row in ROWS for text in row]


def steps(content: str, size: float = SIZE) -> str:
    """Offsets as they are usually stated."""
    return " ".join(f"{size / 2 if c.isascii() else size:g}" for c in content[:-1])


def text(x: float, y: float, content: str, size: float = SIZE, attributes: str = "", inside: str = "") -> str:
    """A text object whose first glyph stands on the base line `y`."""
    offsets = f'DeltaX="{steps(content, size)}"' if len(content) > 1 else ""
    return codes(
        x, y, f'<TextCode X="0" Y="0" {offsets}>{escape(content)}</TextCode>', size, attributes, inside
    )


def codes(
    x: float, y: float, content: str, size: float = SIZE, attributes: str = "", inside: str = ""
) -> str:
    """A text object with these text codes."""
    return f'<TextObject Boundary="{x} {y} 50 {size}" Font="1" Size="{size}" {attributes}>{inside}{content}</TextObject>'


def path(x: float, y: float, data: str, attributes: str = "", inside: str = "") -> str:
    """A path from (x, y) on."""
    return (
        f'<PathObject Boundary="{x} {y} 100 100" LineWidth="0.2" {attributes}>{inside}'
        f"<AbbreviatedData>{data}</AbbreviatedData></PathObject>"
    )


def line(x0: float, y0: float, x1: float, y1: float, attributes: str = "", inside: str = "") -> str:
    """A stroke."""
    return path(x0, y0, f"M 0 0 L {x1 - x0} {y1 - y0}", attributes, inside)


def fill(x0: float, y0: float, x1: float, y1: float, value: str = "0 0 0", attributes: str = "") -> str:
    """A filled rectangle."""
    w, h = x1 - x0, y1 - y0
    return path(
        x0,
        y0,
        f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C",
        f'Stroke="false" Fill="true" {attributes}',
        f'<FillColor Value="{value}"/>',
    )


def grid(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> str:
    """Rulings."""
    across = "".join(line(xs[0], y, xs[-1], y) for y in ys)
    return across + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def cells(rows: Sequence[Sequence[str]] = ROWS, xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> str:
    """Texts in their cells."""
    return "".join(
        text(x + 2, y - 3, content)
        for row, y in zip(rows, ys[1:], strict=False)
        for content, x in zip(row, xs, strict=False)
        if content
    )


def part(root: str, content: str, attributes: str = "") -> str:
    """An XML part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NAMESPACE}" {attributes}>{content}</{root}>'
    )


def layer(*objects: str, attributes: str = "") -> str:
    """The content of a page."""
    return f"<Content><Layer {attributes}>{''.join(objects)}</Layer></Content>"


def parts(
    *pages: str,
    common: str = "",
    more: str = "",
    title: str = "某年报",
    extra: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a file; a page is what stands inside of its root."""
    listed = "".join(f'<Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    area = "<PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
    document = f"<CommonData>{area}{common}</CommonData><Pages>{listed}</Pages>{more}"
    main = (
        f"<DocBody><DocInfo><Title>{title}</Title></DocInfo><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>"
    )
    return {
        "OFD.xml": part("OFD", main, 'DocType="OFD" Version="1.0"'),
        "Doc_0/Document.xml": part("Document", document),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": part("Page", page) for i, page in enumerate(pages)},
        **(extra or {}),
    }


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes | Mapping[str, str | bytes]) -> Document:
    """The document of a file or of its parts."""
    data = data if isinstance(data, bytes) else zipped(data)
    return read_ofd(data, Source("a.ofd", "0" * 64, len(data)))


def read_objects(*objects: str, **options: str) -> Document:
    """The document of one page with these objects."""
    return read(parts(layer(*objects), **options))  # type: ignore[arg-type]


def tables(document: Document) -> list[Table]:
    """Its tables."""
    return [b for b in document.blocks if isinstance(b, Table)]


def texts(document: Document) -> list[str]:
    """The cells of its only table."""
    (table,) = tables(document)
    return [c.text for c in table.cells]


def prose(document: Document) -> list[str]:
    """Its paragraphs."""
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]
