"""The stub of table 三: observed row labels aligned with the form's rows, in order.

Enters: rows of the table. Leaves: for every row its labels, its value cells and the form row it stands
for, with the similarity and the doubts. 其他 and 总计 are told apart by their place and their group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from extract.document import Cell
from normalize.align.sequence import align
from normalize.form.confidence import IN_DOUBT, NEAR_ENOUGH
from normalize.form.labels import NEAR, SAME, find_hits, strip_groups
from normalize.form.loader import FORM
from normalize.rows.row import Row
from normalize.words.fold import fold
from normalize.words.quantity import is_blank, is_quantity

TEMPLATE = FORM.templates["requests"]
FIELDS = TEMPLATE.names
_INDEX = {name: i for i, name in enumerate(FIELDS)}
_GROUPS = frozenset(filter(None, TEMPLATE.groups.values()))

SURE = 0.6
"""Similarity below which a placing rests on order alone and is doubtful.

At 0.42 the case layout_labels_paraphrased loses doubts, at 0.84 layout_long_seq_prefix loses 65 numbers.
"""
SKIP_ROW, SKIP_FIELD = 2.0, 0.6
"""Leaving a printed row unplaced is worse than a form row missing: rows are lost more often than invented.

Where hardly any row may be left (60), numbers of five documents change (text_bare_label,
xlsx_zero_height_row); where the form misses one more lightly (0.42), those of the case layout_div_flex.
"""
SKIP_OTHER = 0.05
"""The same for （六）: the row of 2019 and the three of 2021 exclude each other, some are always missing.

At the price of the others numbers of the case layout_div_flex change.
"""
SHORTEST = 5
"""Folded characters of the shortest label that says by itself which row it is (3.其他 does not).

At 2 numbers of the case text_bare_label and of the real report of shuyang change.
"""
ANOTHER_ROW = -4.0
"""A label that is plainly another row's does not go here, whatever the order says.

At -1 the case text_bare_label changes.
"""
NO_LIKENESS, NO_LABEL = -1.5, -0.4
"""A row whose label is past reading is placed by order; one without a label at less cost.

At -6 eleven documents lose 199 numbers, at -0.4 the case layout_t3_transposed changes.
"""
PER_LIKENESS, EVEN = 10, 0.5
"""What a likeness counts beside the prices above: nothing where half of the characters differ.

Where that is 0.3 numbers of the case layout_div_flex change, at 0.7 those of layout_t3_transposed.
"""
NUMERAL_AGREES, NUMERAL_DIFFERS = 0.03, -0.1
"""What the numeral before a label adds to its likeness, or takes from it.

Without the first numbers of the real report of shuyang change, at 0.2 those of the case
layout_prev_year_interleaved.
"""
GROUP_AGREES, GROUP_DIFFERS = 1.0, -2.0
"""What it counts that the group named beside a row is that of a row of the form, or another.

At -8 the case layout_t3_transposed loses numbers.
"""


@dataclass(frozen=True, slots=True)
class StubRow:
    """A row taken apart.

    Attributes:
        row: the row; number: its position in the stitched table.
        labels: its label cells' texts, outermost first, group labels that reach down included.
        values: the cells after the labels.
        field: the form row, "" where unplaced.
        doubts: reading doubts of the placing.
    """

    row: Row
    number: int
    labels: tuple[str, ...]
    values: tuple[Cell, ...]
    field: str = ""
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The innermost label as printed."""
        return self.labels[-1] if self.labels else ""


@lru_cache(maxsize=8192)
def _row_hits(text: str) -> dict[str, tuple[float, bool | None]]:
    return {h.name: (h.similarity, h.numeral) for h in find_hits(text) if h.axis == "requests.row"}


@lru_cache(maxsize=8192)
def _group_of(text: str) -> str:
    for hit in find_hits(text):
        if hit.similarity >= 0.7 and FORM.is_group(hit.axis, hit.name):
            return hit.name if hit.name in _GROUPS else ""
    return ""


@lru_cache(maxsize=8192)
def _is_stub(text: str) -> bool:
    return any(h.similarity >= SURE for h in find_hits(text) if h.axis in {"requests.row", "requests.group"})


def label_end(cells: Sequence[Cell]) -> int:
    """Index after the last label cell of a row; 0 for a row without labels."""
    texts = [c.text for c in cells]
    first_number = next((i for i, t in enumerate(texts) if is_quantity(t)), len(texts))
    numbers = list(accumulate(is_quantity(t) for t in texts))  # behind two of them no label begins: 总计8
    stubs = [
        i
        for i, t in enumerate(texts)
        if numbers[i] < 2 and not is_blank(t) and not is_quantity(t) and _is_stub(t)
    ]
    if stubs:
        return stubs[-1] + 1
    printed = [i for i in range(first_number) if not is_blank(texts[i])]
    return printed[-1] + 1 if printed else 0


def take_apart(row: Row, number: int) -> StubRow:
    """The labels and value cells of a row."""
    end = label_end(row.cells)
    own = [c.text for c in row.cells[:end] if not is_blank(c.text) and not is_quantity(c.text)]
    above = [c.text for c in row.covering if not is_blank(c.text) and not is_quantity(c.text)]
    return StubRow(row, number, (*above, *own), row.cells[end:])


def _own_labels(stub: StubRow) -> tuple[str, ...]:
    above = sum(1 for c in stub.row.covering if not is_blank(c.text) and not is_quantity(c.text))
    return stub.labels[above:]


@lru_cache(maxsize=8192)
def _likeness(labels: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Similarity of a row's labels with each form row, 0 to 1.03; wrapped labels count joined."""
    best: dict[str, float] = {}
    candidates = {labels[-1], "".join(labels[-2:]), "".join(labels), strip_groups("".join(labels))}
    for text in sorted(candidates):
        for name, (similarity, numeral) in _row_hits(text).items():
            value = similarity + (NUMERAL_AGREES if numeral else NUMERAL_DIFFERS if numeral is False else 0.0)
            best[name] = max(best.get(name, 0.0), value)
    return tuple(sorted(best.items(), key=lambda item: -item[1]))


def _scores(stub: StubRow, group: str) -> list[float]:
    own = _own_labels(stub)
    if not own:
        base = [NO_LABEL] * len(FIELDS)
    else:
        likeness = _likeness(own)
        known = bool(likeness) and likeness[0][1] >= NEAR
        base = [ANOTHER_ROW if known else NO_LIKENESS] * len(FIELDS)
        for name, value in likeness:
            base[_INDEX[name]] = max(NO_LIKENESS, PER_LIKENESS * (value - EVEN))
    if group:
        for i, name in enumerate(FIELDS):
            base[i] += GROUP_AGREES if name.startswith(group + ".") else GROUP_DIFFERS
    return base


def _group_label(stub: StubRow) -> str:
    """The group that the row itself names, outside its innermost own label."""
    own = _own_labels(stub)
    outer = stub.labels[: len(stub.labels) - 1] if own else stub.labels
    return next((g for g in (_group_of(t) for t in reversed(outer)) if g), "")


def _skip_costs() -> list[float]:
    """What each row of the form costs where it is missing."""
    return [SKIP_OTHER if name.startswith("outcome.other") else SKIP_FIELD for name in FIELDS]


def _judge(stub: StubRow, field: str) -> StubRow:
    """The row placed on `field`, with the doubts that its label leaves."""
    own = _own_labels(stub)
    if not own:
        return replace(stub, field=field, confidence=IN_DOUBT, doubts=("doubt.alignment",))
    likeness = dict(_likeness(own))
    mine, best = likeness.get(field, 0.0), max(likeness.values(), default=0.0)
    if mine < SURE or mine + 0.02 < best:
        return replace(stub, field=field, confidence=IN_DOUBT, doubts=("doubt.alignment",))
    return replace(stub, field=field, confidence=1.0 if mine >= SAME else NEAR_ENOUGH)


def _out_of_place(stub: StubRow, free: set[str]) -> StubRow:
    """A row that order leaves unplaced, put where its own label says if that is beyond doubt."""
    own = _own_labels(stub)
    likeness = _likeness(own) if own else ()
    if not likeness or likeness[0][1] < NEAR or likeness[0][0] not in free:
        return stub
    field = likeness[0][0]
    if any(value > likeness[0][1] - 0.1 for _, value in likeness[1:]) or len(fold(own[-1])) < SHORTEST:
        return replace(stub, field=field, confidence=IN_DOUBT, doubts=("doubt.alignment",))
    return replace(stub, field=field, confidence=NEAR_ENOUGH)


def place_rows(stubs: Sequence[StubRow]) -> tuple[StubRow, ...]:
    """Every row with the form row that it stands for; `field` "" where none can be said."""
    scores = [_scores(s, _group_label(s)) for s in stubs]
    aligned = align(scores, [SKIP_ROW] * len(stubs), _skip_costs())
    placed = [_judge(s, FIELDS[j]) if j is not None else s for s, j in zip(stubs, aligned, strict=True)]
    free = set(FIELDS) - {s.field for s in placed}
    first: dict[str, int] = {}
    for i, stub in enumerate(placed):
        if stub.field:
            first.setdefault(fold(stub.label), i)
    for i, stub in enumerate(placed):
        if not stub.field:
            placed[i] = _out_of_place(stub, free)
            free.discard(placed[i].field)
            if not placed[i].field:
                own = _own_labels(stub)
                at = first.get(fold(own[-1])) if own else None
                placed[i] = _repeated(stub, placed[at].field if at is not None else "")
            if placed[i].field:
                label = fold(stub.label)
                first[label] = min(i, first.get(label, i))
    return _two_editions(placed)


def _repeated(stub: StubRow, alike: str) -> StubRow:
    """A row that is printed a second time: whether the two agree is seen when they are brought together.

    Args:
        stub: the row.
        alike: the field of the first row that has the same label, "" if there is none.
    """
    if alike:
        return replace(stub, field=alike, confidence=NEAR_ENOUGH)
    own = _own_labels(stub)
    likeness = _likeness(own) if own else ()
    if likeness and likeness[0][1] >= NEAR and len(fold(own[-1])) >= SHORTEST:
        return replace(stub, field=likeness[0][0], confidence=NEAR_ENOUGH)
    return stub


def _two_editions(placed: Sequence[StubRow]) -> tuple[StubRow, ...]:
    """（六） beside its three rows: their heading where it is empty, else one of the readings is wrong."""
    if not any(s.field.startswith("outcome.other.") for s in placed):
        return tuple(placed)
    return tuple(_beside_its_rows(s) if s.field == "outcome.other" else s for s in placed)


def _beside_its_rows(stub: StubRow) -> StubRow:
    if all(is_blank(c.text) for c in stub.values):
        return replace(stub, field="")
    return replace(stub, confidence=IN_DOUBT, doubts=("doubt.alignment",))
