"""A page of a PDF as a picture, with what was recognised drawn over it.

Enters: the file's bytes, its `Document` and its `Report`. Leaves: an image in which every cell that became an
observation has its table's colour and its canonical name, and a cell with a number that went nowhere is grey.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extract.document import BBox, Document, Source, Table
from extract.errors import Encrypted
from nianbao.command.fonts import find_chinese
from nianbao.exit_codes import Exit
from nianbao.machine.paths import reach
from nianbao.messages import Lang, Messages, load_messages
from nianbao.processes.tasks import Task
from nianbao.reading.dispatch import name_death
from nianbao.reading.outcomes import fail
from nianbao.run.summary import describe_failure
from normalize.form.loader import FORM
from normalize.report import Observation, Report
from output.outcome import Outcome
from output.wording import FLAG

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

    Font = FreeTypeFont | ImageFont

SCALE: Final = 2.5
"""Pixels a point: the names are smaller than anything printed, and have to be read."""
LARGEST: Final = 6000
"""Pixels of the longer side: a poster is drawn smaller."""
NAME_SIZE, LEAST_SIZE = 5.0, 3.0
"""Points of the names, and of a name in a cell that is too narrow for it."""
PALETTE: Final = ((0, 130, 60), (0, 90, 200), (130, 50, 170), (0, 130, 140), (120, 80, 30), (190, 0, 120))
COLOURS: Final = dict(zip(FORM.table_names, cycle(PALETTE), strict=False))
"""The colours of the tables, by their place in the form."""
GREY, RED, ORANGE = (120, 120, 120), (215, 0, 0), (230, 130, 0)
NUMBER = re.compile(r"[-−]?[\d,，. ]*\d[\d,，. ]*[件项条万元个宗]*")
LEGEND = (("unplaced", GREY), ("failed", RED), ("doubt", ORANGE))
"""The keys of the words in the legend, behind those for the tables."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in points.

    Attributes:
        draw: the image's own pen.
        scale: pixels a point.
        face: the font of what it writes; pillow's own where there is none, which is Latin only.
        fonts: by name and size in pixels, filled as needed.
    """

    draw: ImageDraw
    scale: float
    fonts: dict[tuple[Path | None, int], Font]
    face: Path | None = None

    def box(self, box: BBox, colour: Colour, fill: int, width: float) -> None:
        """A frame inside the cell, clear of its neighbours' frames, and a glaze over it of opacity `fill`."""
        x0, top = int(box.x0 * self.scale) + 1, int(box.top * self.scale) + 1
        x1, bottom = int(box.x1 * self.scale) - 1, int(box.bottom * self.scale) - 1
        if x0 < x1 and top < bottom:
            lines = max(1, round(width * self.scale))
            self.draw.rectangle((x0, top, x1, bottom), (*colour, fill), (*colour, 255), lines)

    def name(self, x: float, y: float, lines: Sequence[str], colour: Colour, size: float = NAME_SIZE) -> None:
        """Lines of small text from a point downwards, on white, so that print below does not blur them."""
        font = self.font(size)
        for i, line in enumerate(lines):
            at = (x * self.scale, (y + i * size) * self.scale)
            box = self.draw.textbbox(at, line, font)
            self.draw.rectangle(box, (255, 255, 255, 160))
            self.draw.text(at, line, (*colour, 255), font)

    def width(self, lines: Sequence[str], size: float = NAME_SIZE) -> float:
        """Points of the longest line."""
        return max(self.font(size).getlength(line) for line in lines) / self.scale

    def font(self, size: float) -> Font:
        """The font in a size."""
        from PIL import ImageFont  # half of the time that --help would take

        key = self.face, max(6, round(size * self.scale))
        if key not in self.fonts:
            face, pixels = key
            self.fonts[key] = ImageFont.truetype(face, pixels) if face else ImageFont.load_default(pixels)
        return self.fonts[key]


def draw_page(data: bytes, document: Document, report: Report, page: int, say: Messages) -> Image:
    """The picture of one page (from 1) of a PDF that was read.

    Raises:
        IndexError: the document has no such page.
    """
    from PIL import Image, ImageDraw  # half of the time that --help would take

    picture, scale = render(data, page)
    glaze = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = Pen(ImageDraw.Draw(glaze), scale, {})
    seen = [o for o in report.observations if o.page == page and o.bbox is not None]
    taken = {o.bbox for o in seen}
    for text, box in cells_of(document, page):
        if box not in taken:
            pen.box(box, GREY, 90 if NUMBER.fullmatch(text.strip()) else 0, 0.3)
    for observation in seen:
        draw_cell(pen, observation)
    for observation in seen:
        if not observation.applicant:
            draw_name(pen, observation)
    for table in COLOURS:
        draw_rows_and_columns(pen, table, [o for o in seen if o.table == table and o.applicant])
    draw_legend(pen, say)
    return Image.alpha_composite(picture, glaze).convert("RGB")


def render(data: bytes, page: int) -> tuple[Image, float]:
    """The page as it prints, and the pixels a point."""
    import pypdfium2  # type: ignore[import-untyped] # loads an engine of some megabytes

    document = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        sheet = document[page - 1]
        scale = min(SCALE, LARGEST / max(sheet.get_size()))
        return sheet.render(scale=scale).to_pil().convert("RGBA"), scale
    finally:
        document.close()


def cells_of(document: Document, page: int) -> Iterator[tuple[str, BBox]]:
    """The cells on a page, each with its text."""
    for block in document.blocks:
        for cell in block.cells if isinstance(block, Table) else ():
            if cell.page == page and cell.bbox is not None:
                yield cell.text, cell.bbox


def draw_cell(pen: Pen, seen: Observation) -> None:
    """The glaze in the table's colour; red where a relation fails, orange where the reading is doubted."""
    box = seen.bbox
    if box is None:
        return
    pen.box(box, COLOURS.get(seen.table, GREY), 45, 0.5)
    if any(not flag.startswith(FLAG) for flag in seen.flags):
        pen.box(box, RED, 40, 1.2)
    elif seen.flags:
        pen.box(box, ORANGE, 40, 1.2)


def draw_name(pen: Pen, seen: Observation) -> None:
    """The field's name along the top of its cell; above it in short lines where the cell is narrow."""
    box = seen.bbox
    if box is None:
        return
    room, size, top = box.x1 - box.x0 - 1.5, NAME_SIZE, box.top + 0.5
    lines = [seen.field]
    if pen.width(lines) > room:
        lines = re.findall(r"[^._]+[._]?", seen.field)
        size = max(LEAST_SIZE, min(size, size * room / pen.width(lines)))
        top = box.top - 1 - len(lines) * size
    pen.name(box.x0 + 1, top, lines, COLOURS.get(seen.table, GREY), size)


def draw_rows_and_columns(pen: Pen, table: str, seen: Sequence[Observation]) -> None:
    """A table with applicants: the field right of each row, the applicant above each column."""
    rows: dict[str, BBox] = {}
    columns: dict[str, BBox] = {}
    for observation in seen:
        box, field, applicant = observation.bbox, observation.field, observation.applicant
        if box is None:
            continue
        if field not in rows or rows[field].x1 < box.x1:
            rows[field] = box
        if applicant not in columns or columns[applicant].top > box.top:
            columns[applicant] = box
    colour = COLOURS[table]
    for field, box in rows.items():
        lines = re.findall(r"[^.]+\.?", field)
        pen.name(box.x1 + 1, (box.top + box.bottom - len(lines) * NAME_SIZE) / 2, lines, colour)
    for applicant, box in columns.items():
        lines = re.findall(r"[^_]+_?", applicant)
        pen.name(box.x0 + 1, box.top - 1 - len(lines) * NAME_SIZE, lines, colour)


def draw_legend(pen: Pen, say: Messages) -> None:
    """What the colours mean, along the top edge; in English where no font has Chinese."""
    face = find_chinese() if say.lang is Lang.ZH else None
    say = say if face else load_messages(Lang.EN)
    pen, x = replace(pen, face=face), 8.0
    tables = [(say.pick(FORM.table(table).short), colour) for table, colour in COLOURS.items()]
    for name, colour in (*tables, *((say(f"legend.{key}"), colour) for key, colour in LEGEND)):
        pen.box(BBox(x, 5, x + 7, 12), colour, 90, 0.5)
        pen.name(x + 9, 5.5, [name], colour, 6)
        x += 15 + pen.width([name], 6)


def make_picture(
    file: Path, source: Source, report: Report, page: int, passwords: Sequence[str], lang: Lang
) -> bytes | None:
    """The picture of a page as PNG, None where the file has no such page; asked of a process of its own."""
    from extract.read import read_document, unlock_document  # read no more than the command did before

    data = file.read_bytes()
    try:
        document = read_document(data, source, report.format)
    except Encrypted:
        data = unlock_document(data, report.format, passwords)
        document = read_document(data, source, report.format)
    stream = BytesIO()
    try:
        draw_page(data, document, report, page, load_messages(lang)).save(stream, "PNG")
    except IndexError:
        return None
    return stream.getvalue()


def save_picture(
    file: Path, outcome: Outcome, page: int, target: Path, say: Messages, passwords: Sequence[str] = ()
) -> Exit:
    """Write the picture of a page of a file that was read, or say why there is none."""
    from nianbao.processes.pool import Pool

    place = reach(file)
    if not place.is_file():
        return complain(say("picture.inside", path=file), Exit.USAGE)
    if outcome.format != "pdf":
        return complain(say("picture.not_pdf", path=file), Exit.USAGE)
    if outcome.report is None:
        return complain(describe_failure(outcome, say), Exit.SOME_FAILED)
    with Pool(1) as pool:
        asked = (place, outcome.source, outcome.report, page, passwords, say.lang)
        pool.submit(Task(make_picture, asked))
        answer = pool.next()
    if answer.death:
        failed = fail(outcome.source, name_death(answer.death, pool.limits))
        return complain(describe_failure(failed, say), Exit.SOME_FAILED)
    if answer.error:
        raise answer.error
    if answer.value is None:
        return complain(say("picture.no_page", page=page, pages=outcome.report.pages or 0), Exit.USAGE)
    try:
        target.write_bytes(answer.value)
    except OSError as error:
        return complain(say("picture.unwritable", path=target, detail=error), Exit.OUTPUT)
    print(say("picture.written", path=target))  # noqa: T201
    return Exit.DONE


def complain(sentence: str, code: Exit) -> Exit:
    """Say on standard error why there is no picture."""
    print(sentence, file=sys.stderr)  # noqa: T201
    return code
