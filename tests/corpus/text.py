"""A page as a text file: lines, line ends, encodings.

Enters: a page. Leaves: bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from corpus.flatten import Flattening, flatten
from corpus.grid import Grid
from corpus.page import Line, Page

ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "gbk",
    "gbk",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-16-be-sig",
)


@dataclass(frozen=True, slots=True)
class Writing:
    """Encoding and line ends of a file, and how paragraphs stand."""

    encoding: str = "utf-8"
    newline: str = "\n"
    indent: str = ""
    loose: bool = True
    wrap: int = 0


def draw_writing(rng: Random, style: str) -> Writing:
    """How the file is written; one cell a line leaves no blank lines between paragraphs."""
    return Writing(
        rng.choice(ENCODINGS),
        rng.choices(("\n", "\r\n", "\r"), (6, 5, 1))[0],
        rng.choice(("", "　　", "    ")),
        style not in ("lines", "joined") and rng.random() < 0.6,
        30 if style == "aligned" or rng.random() < 0.1 else 0,
    )


def encode(text: str, encoding: str) -> bytes:
    """Bytes; what GBK cannot hold is written in GB18030."""
    if encoding == "utf-16-be-sig":
        return b"\xfe\xff" + text.encode("utf-16-be")
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("gb18030")


def _paragraph(line: Line, how: Writing, style: str) -> list[str]:
    if line.kind == "heading" and style == "markdown":
        return [f"## {line.text}"]
    if line.kind in ("title", "number", "page", "sign"):
        shift = {"title": 12, "number": 16, "page": 30, "sign": 34}[line.kind] if style == "aligned" else 0
        return [" " * shift + line.text]
    text = how.indent + line.text
    if not how.wrap or line.kind != "text":
        return [text]
    return [text[i : i + how.wrap] for i in range(0, len(text), how.wrap)] or [""]


def write_text(rng: Random, page: Page, flattening: Flattening, how: Writing) -> bytes:
    """The file."""
    lines: list[str] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            lines += flatten(rng, block, flattening)
        else:
            lines += _paragraph(block, how, flattening.style)
        airy = isinstance(block, Grid) and flattening.style in ("tabs", "web", "pipes", "markdown")
        if how.loose or (airy and rng.random() < 0.3):
            lines.append("")
    return encode(how.newline.join(lines) + how.newline, how.encoding)
