"""Random figures that obey the arithmetic, and faults planted into them.

Enters: a random source. Leaves: numbers by key.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random

from corpus.official import (
    APPLICANTS,
    ORGANISATIONS,
    REQUEST_ROWS,
    RESULTS_OF_REVIEW,
    REVIEW_BLOCKS,
    Editions,
    Key,
    Numbers,
    outcome_leaves,
)

SIZES = {"none": (0, 0), "tiny": (1, 4), "small": (3, 30), "medium": (30, 400), "large": (400, 9000)}


def draw_size(rng: Random) -> str:
    """How many requests a body gets; most get few."""
    return rng.choices(list(SIZES), (1, 3, 4, 3, 2))[0]


def draw_numbers(rng: Random, editions: Editions, size: str) -> Numbers:
    """Figures for all cells; every relation holds."""
    numbers: Numbers = {}
    _draw_disclosure(rng, editions, size, numbers)
    _draw_requests(rng, editions, size, numbers)
    _draw_remedies(rng, size, numbers)
    return numbers


def _scaled(rng: Random, low: int, high: int) -> Decimal:
    """Mostly at the low end, sometimes far up."""
    return Decimal(int(low + (high - low) * rng.random() ** 3))


def _draw_disclosure(rng: Random, editions: Editions, size: str, out: Numbers) -> None:
    top = SIZES[size][1]
    big = {"none": 20, "tiny": 90, "small": 900, "medium": 15000, "large": 600000}[size]
    for key in editions.cells():
        if key[0] != "disclosure":
            continue
        name, _, what = key[1].partition(".")
        if name == "rules":
            out[key] = _scaled(rng, 0, 60) if top > 300 else Decimal(0)
        elif name == "normative_documents":
            out[key] = _scaled(rng, 0, 15 + top // 4)
        elif what == "items_change":
            out[key] = Decimal(rng.choice((0, 0, 0, rng.randint(-40, 40), rng.randint(-900, 400))))
        elif what == "items_previous_year":
            out[key] = _scaled(rng, 0, 3000)
        elif what == "amount":
            out[key] = _draw_amount(rng, big)
        else:
            out[key] = _scaled(rng, 0, big) if rng.random() < 0.85 else Decimal(0)


def _draw_amount(rng: Random, big: int) -> Decimal:
    if rng.random() < 0.25:
        return Decimal(0)
    places = rng.choice((0, 0, 1, 2, 2, 4, 6))
    return Decimal(rng.randint(1, big * 10**places)).scaleb(-places)


def _draw_requests(rng: Random, editions: Editions, size: str, out: Numbers) -> None:
    leaves = outcome_leaves(editions.requests)
    weights = [rng.random() ** 4 + (0.6 if i < 2 else 0.01) for i, _ in enumerate(leaves)]
    weights[leaves.index("outcome.not_available.not_held")] += 0.6
    for a in APPLICANTS[:-1]:
        total = _draw_volume(rng, a, size)
        counts = dict.fromkeys(leaves, 0)
        for leaf in rng.choices(leaves, weights, k=total):
            counts[leaf] += 1
        carried_out = int(total * rng.random() ** 4) if rng.random() < 0.5 else 0
        carried_in = (
            min(total + carried_out, int((total + 1) * rng.random() ** 4)) if rng.random() < 0.5 else 0
        )
        values = {
            **counts,
            "new": total + carried_out - carried_in,
            "carried_in": carried_in,
            "outcome.total": total,
            "carried_out": carried_out,
        }
        for field, value in values.items():
            out["requests", field, a] = Decimal(value)
    for row in REQUEST_ROWS[editions.requests]:
        parts = (out["requests", row.field, a] for a in APPLICANTS[:-1])
        out["requests", row.field, "total"] = sum(parts, Decimal(0))


def _draw_volume(rng: Random, applicant: str, size: str) -> int:
    low, high = SIZES[size]
    if applicant in ORGANISATIONS:
        shares = {"business": 0.3, "legal_service": 0.1}
        return int(high * rng.random() ** 3 * shares.get(applicant, 0.03)) if rng.random() < 0.6 else 0
    return rng.randint(low, high) if high < 40 else int(_scaled(rng, low, high))


def _draw_remedies(rng: Random, size: str, out: Numbers) -> None:
    top = SIZES[size][1] // 12 + (2 if rng.random() < 0.4 else 0)
    for block, _, _ in REVIEW_BLOCKS:
        parts = [_scaled(rng, 0, top) if rng.random() < 0.5 else Decimal(0) for _ in range(4)]
        for name, value in zip(RESULTS_OF_REVIEW, [*parts, sum(parts, Decimal(0))], strict=True):
            out["remedies", f"{block}.{name}", ""] = value


def plant_faults(rng: Random, editions: Editions, numbers: Numbers, count: int) -> tuple[str, ...]:
    """Changes `numbers` in place and says what was done."""
    kinds = (
        "row_total",
        "column_total",
        "balance",
        "review_total",
        "transposed",
        "wrong_column",
        "stale_total",
    )
    return tuple(_plant(rng, editions, numbers, rng.choice(kinds)) for _ in range(count))


def _slip(rng: Random, value: Decimal) -> Decimal:
    """The number that a hasty clerk types instead."""
    slips = [value + 1, value - 1, value + 2, value + 10, value * 10, Decimal(0)]
    return rng.choice([x for x in slips if x >= 0 and x != value])


def _plant(rng: Random, editions: Editions, numbers: Numbers, kind: str) -> str:
    rows = [r.field for r in REQUEST_ROWS[editions.requests]]
    applicant = rng.choice(("natural_person", "natural_person", "business", "total", "other_org"))
    key: Key
    if kind == "row_total":
        key = ("requests", rng.choice(rows), "total")
    elif kind in ("column_total", "stale_total"):
        key = ("requests", "outcome.total", applicant)
    elif kind == "balance":
        key = ("requests", rng.choice(("new", "carried_in", "carried_out")), applicant)
    elif kind == "review_total":
        key = ("remedies", f"{rng.choice(REVIEW_BLOCKS)[0]}.total", "")
    elif kind == "transposed":
        swappable = [
            k for k, v in numbers.items() if k[0] != "disclosure" and len(set(str(v))) > 1 and v >= 10
        ]
        if not swappable:
            return _plant(rng, editions, numbers, "balance")
        key = rng.choice(swappable)
        text = str(numbers[key])
        at = next(i for i in range(len(text) - 1) if text[i] != text[i + 1])
        numbers[key] = Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        return f"transposed {'/'.join(key)}"
    else:
        field = rng.choice(rows)
        here, there = ("requests", field, "natural_person"), ("requests", field, rng.choice(ORGANISATIONS))
        numbers[here], numbers[there] = numbers[there], numbers[here]
        return f"wrong_column {field}"
    numbers[key] = _slip(rng, numbers[key])
    return f"{kind} {'/'.join(key)}"
