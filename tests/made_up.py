"""A table of the form and an edition of another that there are not: lines of CSV, and documents that print them.

Enters: a folder with a copy of the program. Leaves: its dictionary with lines more; bytes of Word files, pages
and texts with a table.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from dictionaries import add_line

ROWS = {
    "received": "甲一、新到件",
    "settled": "甲二、办结件",
    "returned": "甲三、退回件",
    "open": "甲四、在办件",
}
COLUMNS = {"online": "网络渠道", "counter": "窗口渠道", "all": "各渠道合计"}
GROUP = "来件渠道"
"""Over the first two columns."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """What the made-up table is called in the dictionary and on paper.

    Attributes:
        template, table, edition: as in templates.csv.
        heading: of the section that it stands in.
    """

    template: str
    table: str
    edition: str
    heading: str


EDITION = MadeUp("requests_2031", "requests", "2031", "三、收到和处理政府信息公开申请情况")
TABLE = MadeUp("training", "training", "2021", "三之二、培训情况")


def add_lines(program: Path, made_up: MadeUp) -> None:
    """Give the dictionary of a copied program the made-up table or edition: lines of CSV, no Python."""
    form = program / "normalize" / "form"
    if made_up is EDITION:
        path = form / "editions.csv"
        head, *others = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, "2031,form,2031,2031 版,the form of 2031", *others, ""]), "utf-8")
    else:
        add_line(
            form / "tables.csv",
            "training,,培训表,training table,培训情况,Training,培训情况,training held,培训",
        )
    name, table, edition = made_up.template, made_up.table, made_up.edition
    add_line(form / "templates.csv", f"{name},{table},{edition},any_table,")
    for axis in ("row,{},blocks,", "column,{},parts,", "heading,{},,channels"):
        add_line(form / "axes.csv", f"{name}.{axis.format(name)}")
    order = len((form / "fields.csv").read_text(encoding="utf-8").splitlines())
    for row, label in ROWS.items():
        add_line(form / "labels.csv", f"{name}.row,{row},{label},{edition},{label},form,")
        for column, head in COLUMNS.items():
            add_line(form / "fields.csv", f"{edition},{table},{order},{row}.{column},{label} / {head},,件,")
            order += 1
    for column, head in COLUMNS.items():
        add_line(form / "labels.csv", f"{name}.column,{column},{head},{edition},{head},form,")
    add_line(form / "labels.csv", f"{name}.heading,channels,{GROUP},{edition},{GROUP},form,")
    words = "各渠道合计＝网络＋窗口,all = online + counter,两个渠道相加为,合计印,合计,the two come to,it is printed as,it is"
    add_line(form / "relations.csv", f"{table}.channels,{table},block,{edition},online + counter,all,{words}")


Numbers = dict[str, Sequence[str]]
"""What each row prints, from left to right."""


def make_docx(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A Word file with the table; its head has two rows, with merged cells."""
    document = docx.Document()
    document.add_paragraph(title)
    document.add_paragraph(made_up.heading)
    table = document.add_table(rows=2 + len(ROWS), cols=1 + len(COLUMNS))
    online, counter, all_ = COLUMNS.values()
    table.cell(0, 0).merge(table.cell(1, 0)).text = "事项"
    table.cell(0, 1).merge(table.cell(0, 2)).text = GROUP
    table.cell(0, 3).merge(table.cell(1, 3)).text = all_
    table.cell(1, 1).text, table.cell(1, 2).text = online, counter
    for at, (row, label) in enumerate(ROWS.items(), 2):
        for column, text in enumerate((label, *numbers[row])):
            table.cell(at, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_page(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A web page with the table."""
    online, counter, all_ = COLUMNS.values()
    rows = [
        f"<td rowspan=2>事项</td><td colspan=2>{GROUP}</td><td rowspan=2>{all_}</td>",
        f"<td>{online}</td><td>{counter}</td>",
        *("".join(f"<td>{text}</td>" for text in (ROWS[row], *own)) for row, own in numbers.items()),
    ]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    body = f"<h1>{title}</h1><p>{made_up.heading}</p><table border=1>{table}</table>"
    return f"<!DOCTYPE html><html><meta charset=utf-8><body>{body}</body></html>".encode()


def list_lines(made_up: MadeUp, numbers: Numbers) -> list[tuple[str, ...]]:
    """The rows of the table, a merged cell at its first place."""
    online, counter, all_ = COLUMNS.values()
    rows = [("事项", GROUP, "", all_), ("", online, counter, "")]
    return rows + [(ROWS[row], *own) for row, own in numbers.items()]


def make_text(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A text with the table, its cells parted by tabs."""
    rows = ("\t".join(row) for row in list_lines(made_up, numbers))
    return "\n".join([title, "", made_up.heading, "", *rows, ""]).encode()


def make_markdown(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A text with the table, its cells parted by bars."""
    rows = [f"| {' | '.join(row)} |" for row in list_lines(made_up, numbers)]
    rows.insert(1, "|---|---|---|---|")
    return "\n".join([title, "", made_up.heading, "", *rows, ""]).encode()


def make_aligned(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A text with the table, its columns made with spaces."""
    rows = ("".join(_pad(text) for text in row).rstrip() for row in list_lines(made_up, numbers))
    return "\n".join([title, "", made_up.heading, "", *rows, ""]).encode()


def _pad(text: str) -> str:
    return text + " " * (16 - 2 * len(text) if text and not text.isascii() else 16 - len(text))


def make_stacked(made_up: MadeUp, title: str, numbers: Numbers) -> bytes:
    """A text with one cell of the table a line, an empty one as an empty line."""
    cells = ("\n".join(row) for row in list_lines(made_up, numbers))
    return "\n".join([title, "", made_up.heading, *cells, ""]).encode()
