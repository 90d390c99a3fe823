"""The three tables of the form, drawn as grids.

Enters: facts, editions, a lettering. Leaves: grids whose number cells know which cell of the form they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from corpus.grid import Content, Drawing, Grid
from corpus.labels import Lettering, letter
from corpus.official import (
    APPLICANT_LABELS,
    APPLICANTS,
    CORNER,
    ORGANISATIONS,
    REQUEST_ROWS,
    RESULTS,
    RESULTS_OF_REVIEW,
    REVIEW_BLOCKS,
    REVIEW_LABELS,
    Item,
    Key,
    StubRow,
)
from corpus.truth import ReportTruth

Entry = tuple[Content, int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the tables are drawn.

    Attributes:
        disclosure: `one` table, `several`, `wide` spans (heads and rows span differently), or `stacked`
            (one table, item titles as lines between).
        requests: `official`, `single_stub` (groups as rows of their own), `joined_stub` (group and entry in
            one label), or `one_head` (one head row, stub of three columns).
        remedies: `official`, `two_heads`, `flat` (one head row), `cut` (three tables).
    """

    disclosure: str = "one"
    requests: str = "official"
    remedies: str = "official"

    @property
    def name(self) -> str:
        """A word for the variant, "" for the official drawing."""
        named = (
            ("d", self.disclosure, "one"),
            ("q", self.requests, "official"),
            ("r", self.remedies, "official"),
        )
        return "_".join(f"{letter}{value}" for letter, value, usual in named if value != usual)


def draw_plan(rng: Random) -> Plan:
    """A plan; most are official or nearly so."""
    if rng.random() < 0.4:
        return Plan()
    return Plan(
        rng.choices(("one", "several", "wide"), (4, 3, 3))[0],
        rng.choices(("official", "single_stub", "joined_stub", "one_head"), (7, 1, 1, 1))[0],
        rng.choices(("official", "two_heads", "flat", "cut"), (5, 1, 1, 2))[0],
    )


class Draughtsman:
    """Draws the tables of one report."""

    def __init__(self, rng: Random, truth: ReportTruth, lettering: Lettering) -> None:
        self.rng, self.truth, self.lettering = rng, truth, lettering

    def head(self, label: str, rows: int = 1, columns: int = 1) -> Entry:
        """A column head."""
        return Content(letter(self.rng, self.lettering, label) if label else "", "head"), rows, columns

    def stub(self, label: str, rows: int = 1, columns: int = 1) -> Entry:
        """A row label."""
        return Content(letter(self.rng, self.lettering, label) if label else "", "stub"), rows, columns

    def number(self, key: Key, rows: int = 1, columns: int = 1) -> Entry:
        """A cell of the form."""
        return Content(self.truth.facts[key].raw, "number", key), rows, columns

    def numbers(self, field: str) -> list[Entry]:
        """The seven numbers of a row of table 三."""
        return [self.number(("requests", field, a)) for a in APPLICANTS]


def draw_disclosure(pen: Draughtsman, plan: Plan) -> list[Grid]:
    """Table 二."""
    items = pen.truth.editions.items_of_disclosure()
    if plan.disclosure == "several":
        grids = []
        for item in items:
            drawing = Drawing("disclosure", 1 + len(item.heads))
            _draw_item(pen, drawing, item, [1] * len(item.heads))
            grids.append(drawing.grid(2))
        return grids
    width = 5 if plan.disclosure == "wide" else 4
    drawing = Drawing("disclosure", width)
    for item in items:
        _draw_item(
            pen,
            drawing,
            item,
            _spread(len(item.heads), width - 1),
            _spread(len(item.heads), width - 1, plan.disclosure == "wide"),
        )
    return [drawing.grid(2)]


def _spread(parts: int, width: int, late: bool = False) -> list[int]:
    """`width` columns over `parts` cells; the spare ones go to the last cell (or the first)."""
    spans = [1] * parts
    spans[0 if late else -1] += width - parts
    return spans


def _draw_item(
    pen: Draughtsman, drawing: Drawing, item: Item, heads: Sequence[int], cells: Sequence[int] = ()
) -> None:
    drawing.row(pen.head(item.title, 1, drawing.width))
    drawing.row(pen.head("信息内容"), *(pen.head(h, 1, n) for h, n in zip(item.heads, heads, strict=True)))
    for name, fields in item.rows:
        spans = cells or heads
        drawing.row(
            pen.stub(name),
            *(pen.number(("disclosure", f, ""), 1, n) for f, n in zip(fields, spans, strict=True)),
        )


def draw_requests(pen: Draughtsman, plan: Plan) -> Grid:
    """Table 三."""
    rows = REQUEST_ROWS[pen.truth.editions.requests]
    if plan.requests in ("single_stub", "joined_stub"):
        return _draw_narrow(pen, rows, plan.requests == "joined_stub")
    drawing = Drawing("requests", 10)
    heads = 1 if plan.requests == "one_head" else 3
    _draw_request_heads(pen, drawing, 3, heads)
    _draw_stub(pen, drawing, rows)
    return drawing.grid(heads)


def _draw_request_heads(pen: Draughtsman, drawing: Drawing, stub: int, rows: int) -> None:
    labels = APPLICANT_LABELS
    corner = (
        CORNER
        if pen.rng.random() < 0.8
        else pen.rng.choice(("", "项目", CORNER.replace("勾", "钩"), "办理情况"))
    )
    if rows == 1:
        drawing.row(pen.head(corner, 1, stub), *(pen.head(labels[a]) for a in APPLICANTS))
        return
    drawing.row(pen.head(corner, 3, stub), pen.head("申请人情况", 1, 7))
    drawing.row(
        pen.head(labels["natural_person"], 2), pen.head("法人或其他组织", 1, 5), pen.head(labels["total"], 2)
    )
    drawing.row(*(pen.head(labels[a]) for a in ORGANISATIONS))


def _draw_stub(pen: Draughtsman, drawing: Drawing, rows: tuple[StubRow, ...]) -> None:
    inner = [r for r in rows if r.level != "top"]
    seen = ""
    for row in rows:
        numbers = pen.numbers(row.field)
        if row.level == "top":
            drawing.row(pen.stub(row.label, 1, 3), *numbers)
            continue
        lead = [pen.stub(RESULTS, len(inner))] if row is inner[0] else []
        if row.level == "mid":
            drawing.row(*lead, pen.stub(row.label, 1, 2), *numbers)
            continue
        if row.group != seen:
            lead.append(pen.stub(row.group, sum(r.group == row.group for r in rows)))
            seen = row.group
        drawing.row(*lead, pen.stub(row.label), *numbers)


def _draw_narrow(pen: Draughtsman, rows: tuple[StubRow, ...], joined: bool) -> Grid:
    drawing = Drawing("requests", 8)
    _draw_request_heads(pen, drawing, 1, 3)
    seen: set[str] = set()
    gaps: list[Entry] = [(Content("", "filler"), 1, 1)] * 7
    for row in rows:
        if not joined:
            for title in (RESULTS if row.level != "top" else "", row.group):
                if title and title not in seen:
                    seen.add(title)
                    drawing.row(pen.stub(title), *gaps)
        prefix = RESULTS if joined and row.field == "outcome.granted" else ""
        drawing.row(pen.stub(prefix + (row.group if joined else "") + row.label), *pen.numbers(row.field))
    return drawing.grid(3)


def draw_remedies(pen: Draughtsman, plan: Plan) -> list[Grid]:
    """Table 四."""
    cells = [
        [pen.number(("remedies", f"{b}.{x}", "")) for x in RESULTS_OF_REVIEW] for b, _, _ in REVIEW_BLOCKS
    ]
    if plan.remedies == "cut":
        return [_draw_block(pen, i, cells[i]) for i in range(3)]
    drawing = Drawing("remedies", 15)
    flat = [c for block in cells for c in block]
    if plan.remedies == "flat":
        glue = pen.rng.choice(("", "-", "——", "："))
        titles = [a + (glue + b if b else "") for _, a, b in REVIEW_BLOCKS]
        drawing.row(*(pen.head(t + glue + x) for t in titles for x in REVIEW_LABELS))
        drawing.row(*flat)
        return [drawing.grid(1)]
    if plan.remedies == "two_heads":
        drawing.row(*(pen.head(a + b, 1, 5) for _, a, b in REVIEW_BLOCKS))
        drawing.row(*(pen.head(x) for _ in range(3) for x in REVIEW_LABELS))
        drawing.row(*flat)
        return [drawing.grid(2)]
    drawing.row(pen.head("行政复议", 1, 5), pen.head("行政诉讼", 1, 10))
    drawing.row(
        *(pen.head(x, 2) for x in REVIEW_LABELS),
        pen.head("未经复议直接起诉", 1, 5),
        pen.head("复议后起诉", 1, 5),
    )
    drawing.row(*(pen.head(x) for _ in range(2) for x in REVIEW_LABELS))
    drawing.row(*flat)
    return [drawing.grid(3)]


def _draw_block(pen: Draughtsman, index: int, cells: list[Entry]) -> Grid:
    _, kind, way = REVIEW_BLOCKS[index]
    drawing = Drawing("remedies", 5)
    drawing.row(pen.head(kind, 1, 5))
    if way:
        drawing.row(pen.head(way, 1, 5))
    drawing.row(*(pen.head(x) for x in REVIEW_LABELS))
    drawing.row(*cells)
    return drawing.grid(3 if way else 2)
