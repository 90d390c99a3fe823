"""The picture at the top of the README: a page, what was recognised on it, and the rows that it becomes.

Enters: a report that comes with the project, read by the command line. Leaves: docs/picture.png, in which
nothing is drawn that the program did not say; needs a Chinese font. `python docs/picture.py` makes it anew.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from nianbao.command.fonts import find_chinese

Line = tuple[dict[int, str], tuple[int, int, int]]

DOCS = Path(__file__).parent
PICTURE = DOCS / "picture.png"
REPORT = DOCS.parent / "fixtures/reports/hongze_2023_word.pdf"  # two totals of table 四 are wrong in print
PAGE = 3
SHOWN = 0.44
"""The upper part of the page, in which the tables end."""
WIDTH, LINE, SIZE = 1100, 25, 17
COLUMNS = {"page": 20, "field": 80, "applicant": 310, "value": 410, "unit": 480, "status": 540, "flags": 640}
SAMPLE = ("outcome.total", "total")
BLACK, GREY, RED = (30, 30, 30), (110, 110, 110), (190, 0, 0)


def run(*arguments: str | Path) -> None:
    """Start the program in Chinese."""
    command = [
        sys.executable,
        "-c",
        "from nianbao.command.cli import main; main()",
        *map(str, arguments),
        "--lang",
        "zh",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def read_rows(table: Path) -> list[dict[str, str]]:
    """The rows of a table that was written."""
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def list_lines(out: Path) -> Iterator[Line]:
    """What stands below the page: texts by their place, and the colour."""
    yield {20: "observations.csv"}, GREY
    yield {place: column for column, place in COLUMNS.items()}, GREY
    for row in read_rows(out / "observations.csv"):
        if row["field"].startswith("reconsideration") or (row["field"], row["applicant"]) == SAMPLE:
            yield {place: row[column] for column, place in COLUMNS.items()}, RED if row["flags"] else BLACK
    yield {}, BLACK
    yield {20: "checks.csv"}, GREY
    for row in read_rows(out / "checks.csv"):
        if row["verdict"] == "fail":
            yield {20: row["message"]}, RED


def say_lines(lines: Sequence[Line]) -> str:
    """What stands below the page, as one text."""
    return "\n".join(" ".join(texts.values()) for texts, _ in lines)


def draw(page: Image.Image, lines: Sequence[Line]) -> Image.Image:
    """The page above the lines."""
    top = page.crop((0, 0, page.width, round(page.height * SHOWN)))
    top = top.resize((WIDTH, round(top.height * WIDTH / top.width)), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", (WIDTH, top.height + LINE * (len(lines) + 1)), "white")
    picture.paste(top)
    for number, (texts, colour) in enumerate(lines):
        for place, text in texts.items():
            write(ImageDraw.Draw(picture), (place, top.height + LINE * number), text, colour)
    return picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def write(pen: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: tuple[int, int, int]) -> None:
    """A text in two fonts: some of the Chinese ones have no Latin letters."""
    latin, chinese = ImageFont.load_default(SIZE), ImageFont.truetype(str(find_chinese()), SIZE)
    x, y = at
    for piece in re.findall(r"[!-~ ]+|[^!-~ ]+", text):
        font = latin if piece.isascii() else chinese
        pen.text((x, y + SIZE), piece, colour, font, anchor="ls")
        x += font.getlength(piece)


def main() -> None:
    """Make the picture."""
    with tempfile.TemporaryDirectory() as folder:
        out, page = Path(folder, "out"), Path(folder, "page.png")
        run("run", REPORT, "-o", out, "--no-workbook")
        run("show", REPORT, "--page", str(PAGE), "--png", page)
        lines = list(list_lines(out))
        told = PngInfo()  # what it shows, so that a test can tell when the program says something else
        told.add_itxt("lines", say_lines(lines))
        draw(Image.open(page).convert("RGB"), lines).save(PICTURE, optimize=True, pnginfo=told)


if __name__ == "__main__":
    main()
