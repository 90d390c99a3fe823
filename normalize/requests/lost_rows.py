"""Rows of table 三 beside numbers that have no row: what they print may not be all that is theirs.

Enters: the rows in order, each with the form row that it stands for. Leaves: the same, some in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.document import Layout
from normalize.form.confidence import IN_DOUBT
from normalize.requests.head_words import APPLICANTS
from normalize.requests.stub import StubRow
from normalize.words.quantity import is_blank, is_quantity


def doubt_empty(stubs: Sequence[StubRow]) -> tuple[StubRow, ...]:
    """Rows that print nothing beside numbers that have no row: in doubt.

    Where lines alone part the rows that is any such row, in a table the rows above and below the numbers.
    """
    lost = {i for i, s in enumerate(stubs) if not s.field and any(is_quantity(c.text) for c in s.values)}
    return tuple(
        replace(s, confidence=IN_DOUBT, doubts=tuple(sorted({*s.doubts, "doubt.alignment"})))
        if s.field
        and all(is_blank(c.text) for c in s.values)
        and (i - 1 in lost or i + 1 in lost or (lost and s.row.stream))
        else s
        for i, s in enumerate(stubs)
    )


def doubt_torn(stubs: Sequence[StubRow]) -> tuple[StubRow, ...]:
    """Rows above a few numbers that have no label and no row: their digits may go on there."""
    torn = [
        bool(after) and not after[0].field and not after[0].labels and _is_remnant(after[0])
        for after in (stubs[i + 1 : i + 2] for i in range(len(stubs)))
    ]
    return tuple(
        replace(s, confidence=IN_DOUBT, doubts=tuple(sorted({*s.doubts, "doubt.joined"})))
        if t and s.field
        else s
        for s, t in zip(stubs, torn, strict=True)
    )


def _is_remnant(stub: StubRow) -> bool:
    numbers = sum(is_quantity(c.text) for c in stub.values)
    return stub.row.layout is Layout.GRID and 0 < numbers < len(APPLICANTS)
