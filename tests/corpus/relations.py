"""The arithmetic of the form on printed cells: what fails for certain, and what may be called either way.

Enters: facts by key. Leaves: two lists of {check, left, right, scope} as the scorer reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from corpus.official import (
    APPLICANTS,
    REQUEST_ROWS,
    RESULTS_OF_REVIEW,
    REVIEW_BLOCKS,
    Editions,
    Key,
    outcome_leaves,
)


class Printed(Protocol):
    """The two things that matter of a cell."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def status(self) -> str: ...


Relation = tuple[str, str, tuple[Key, ...], tuple[Key, ...]]
"""Check, scope, keys on the left, keys on the right."""


def relations(editions: Editions) -> Iterator[Relation]:
    """All relations inside one report."""
    leaves = outcome_leaves(editions.requests)
    for row in REQUEST_ROWS[editions.requests]:
        parts = tuple(("requests", row.field, a) for a in APPLICANTS[:-1])
        yield "row_total", row.field, parts, (("requests", row.field, "total"),)
    for a in APPLICANTS:
        yield (
            "column_total",
            a,
            tuple(("requests", f, a) for f in leaves),
            (("requests", "outcome.total", a),),
        )
        yield (
            "balance",
            a,
            (("requests", "new", a), ("requests", "carried_in", a)),
            (("requests", "outcome.total", a), ("requests", "carried_out", a)),
        )
    for block, _, _ in REVIEW_BLOCKS:
        parts = tuple(("remedies", f"{block}.{x}", "") for x in RESULTS_OF_REVIEW[:-1])
        yield "review_total", block, parts, (("remedies", f"{block}.total", ""),)


def _sum(facts: Mapping[Key, Printed], keys: Sequence[Key]) -> Decimal:
    values = (facts[k].value for k in keys if k in facts)
    return sum((v for v in values if v is not None), Decimal(0))


def failed_checks(
    facts: Mapping[Key, Printed], editions: Editions
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(certain failures, failures that hang on a blank).

    A relation with a blank that does not close with blanks as 0 may be left alone or reported: the
    second list. One with an unreadable operand may only be reported if it is over-full already.
    """
    certain: list[dict[str, str]] = []
    optional: list[dict[str, str]] = []
    for check, scope, lefts, rights in relations(editions):
        left, right = _sum(facts, lefts), _sum(facts, rights)
        operands = [facts.get(k) for k in (*lefts, *rights)]
        if left == right or all(o is None or o.value is None for o in operands):
            continue
        entry = {"check": check, "left": f"{left:f}", "right": f"{right:f}", "scope": scope}
        gaps = [o for o in operands if o is None or o.value is None]
        if not gaps:
            certain.append(entry)
        elif left > right or not any(o is not None and o.status == "unreadable" for o in gaps):
            optional.append(entry)
    return certain, optional
