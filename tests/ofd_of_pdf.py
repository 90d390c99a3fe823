"""A PDF that another program printed, as the OFD that converters make of it: an object a line or a character.

Enters: a PDF. Leaves: the bytes of an OFD with the same characters and rulings in the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pdfplumber
from ofd_drawing import part, zipped

MM = 25.4 / 72
SCALED = 'CTM="0.352778 0 0 0.352778 0 0"'
Drawn = dict[str, Any]


def convert(path: Path, *, apart: bool) -> bytes:
    """The file; `apart`: every character is an object."""
    with pdfplumber.open(path) as document:
        pages = [(page.width, page.height, "".join(_objects(page, apart))) for page in document.pages]
    listed = "".join(f'<Page ID="{i}" BaseLoc="Page_{i}.xml"/>' for i in range(len(pages)))
    members = {
        "OFD.xml": part("OFD", "<DocBody><DocInfo/><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>"),
        "Doc_0/Document.xml": part("Document", f"<CommonData/><Pages>{listed}</Pages>"),
    }
    for i, (width, height, objects) in enumerate(pages):
        area = f"<Area><PhysicalBox>0 0 {width * MM:.4f} {height * MM:.4f}</PhysicalBox></Area>"
        content = f"{area}<Content><Layer>{objects}</Layer></Content>"
        members[f"Doc_0/Page_{i}.xml"] = part("Page", content)
    return zipped(members)


def _objects(page: Any, apart: bool) -> Iterator[str]:
    for rect in page.rects:
        w, h = rect["x1"] - rect["x0"], rect["bottom"] - rect["top"]
        ink = f'Stroke="{str(rect["stroke"]).lower()}" Fill="{str(rect["fill"]).lower()}"'
        colour = f'<FillColor Value="{_value(rect["non_stroking_color"])}"/>'
        yield _path(rect, f"M 0 0 L {w:.3f} 0 L {w:.3f} {h:.3f} L 0 {h:.3f} L 0 0 C", ink, colour)
    for line in page.lines:
        yield _path(line, f"M 0 0 L {line['x1'] - line['x0']:.3f} {line['bottom'] - line['top']:.3f}")
    for run in _runs(page.chars, apart):
        yield _text(run, float(page.height))


def _value(colour: Any) -> str:
    """Grey or RGB as three numbers of 255."""
    values = [float(v) for v in (colour if isinstance(colour, list | tuple) else [colour or 0])]
    return " ".join(str(round(255 * v)) for v in (values * 3)[:3])


def _path(item: Drawn, data: str, ink: str = "", colour: str = "") -> str:
    place = f"{item['x0'] * MM:.4f} {item['top'] * MM:.4f} {item['width'] * MM:.4f} {item['height'] * MM:.4f}"
    return (
        f'<PathObject Boundary="{place}" {SCALED} {ink} LineWidth="{item["linewidth"]}">{colour}'
        f"<AbbreviatedData>{data}</AbbreviatedData></PathObject>"
    )


def _runs(chars: Sequence[Drawn], apart: bool) -> Iterator[list[Drawn]]:
    run: list[Drawn] = []
    for char in chars:
        before = run[-1] if run else None
        if before and (
            apart
            or abs(char["matrix"][5] - before["matrix"][5]) > 0.1
            or char["size"] != before["size"]
            or not -1 < char["x0"] - before["x1"] < 40
        ):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _text(run: Sequence[Drawn], height: float) -> str:
    first = run[0]
    size, x, y = first["size"], first["x0"], height - first["matrix"][5]
    steps = " ".join(f"{b['x0'] - a['x0']:.4f}" for a, b in pairwise(run))
    offsets = f'DeltaX="{steps}"' if steps else ""
    shown = escape("".join(char["text"][:1] for char in run))
    return (
        f'<TextObject Boundary="{x * MM:.4f} {(y - size) * MM:.4f} 100 9" {SCALED} Font="1" Size="{size:.3f}">'
        f'<TextCode X="0" Y="{size:.3f}" {offsets}>{shown}</TextCode></TextObject>'
    )
