"""The rows and columns of the three tables, worded as the form does or as bodies do.

Enters: a draft. Leaves: crosses in the official order, for others to turn, cut and widen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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
    StubRow,
)
from corpus.wild.cross import Cross, Track
from corpus.wild.draft import Draft

PERSONS: Final = "法人或其他组织"
OUTCOMES: Final = dict(zip(RESULTS_OF_REVIEW, REVIEW_LABELS, strict=True))
LEAVES: Final = {"charges.amount": "amount", "procurement.amount": "spent"}
"""Names of heads in the wording where a leaf alone does not say which."""


def applicant_columns(draft: Draft, synonyms: bool = False, umbrella: bool = True) -> tuple[Track, ...]:
    """The seven columns of table 三; `umbrella`: one head stands over all."""
    top = ("申请人情况",) if umbrella else ()
    group = PERSONS
    if synonyms:
        top = (draft.word("applicants"),) if umbrella else ()
        group = draft.word("organisations")
    out = []
    for a in APPLICANTS:
        if a in draft.left_out:
            continue
        label = draft.word("applicant", a) if synonyms else APPLICANT_LABELS[a]
        out.append(Track((*top, *((group,) if a in ORGANISATIONS else ()), label), applicant=a))
    return tuple(out)


def request_rows(draft: Draft, synonyms: bool = False) -> tuple[Track, ...]:
    """The rows of table 三."""
    groups: dict[str, str] = {}
    results = draft.word("group", "results") if synonyms else RESULTS
    out = []
    for row in REQUEST_ROWS[draft.truth.editions.requests]:
        label = draft.word("field", row.field) if synonyms else row.label
        path = [label] if row.level == "top" else [results, label]
        if row.group:
            if row.group not in groups:
                groups[row.group] = draft.word("group", group_of(row)) if synonyms else row.group
            path.insert(1, groups[row.group])
        out.append(Track(tuple(path), row.field))
    return tuple(out)


def group_of(row: StubRow) -> str:
    """`denied` of outcome.denied.state_secret."""
    return row.field.split(".")[1]


def requests(draft: Draft, rows: bool = False, columns: bool = False, umbrella: bool = True) -> Cross:
    """Table 三; `rows`, `columns`: those are worded freely."""
    corner = (CORNER if draft.rng.random() < 0.6 else draft.word("corner", "requests"),)
    return Cross("requests", request_rows(draft, rows), applicant_columns(draft, columns, umbrella), corner)


def disclosure_rows(draft: Draft, synonyms: bool = False) -> tuple[Track, ...]:
    """Every number of table 二 as a row: subject, then what is counted."""
    out = []
    for item in draft.truth.editions.items_of_disclosure():
        for name, fields in item.rows:
            subject = fields[0].partition(".")[0]
            shown = draft.word("subject", subject) if synonyms else name
            for head, field in zip(item.heads, fields, strict=True):
                leaf = LEAVES.get(field, field.partition(".")[2])
                label = draft.word("leaf", leaf) if synonyms else head
                out.append(Track((shown, label), field))
    return tuple(out)


def disclosure_items(draft: Draft, synonyms: bool = False) -> tuple[tuple[str, Cross], ...]:
    """The blocks of table 二 with their titles: subjects are rows, heads are columns."""
    out = []
    for item in draft.truth.editions.items_of_disclosure():
        heads = []
        for head, field in zip(item.heads, item.rows[0][1], strict=True):
            leaf = field.partition(".")[2]
            label = draft.word("leaf", LEAVES.get(field, leaf)) if synonyms else head
            heads.append(Track((label,), leaf=leaf))
        rows = []
        for name, fields in item.rows:
            subject = fields[0].partition(".")[0]
            rows.append(Track((draft.word("subject", subject) if synonyms else name,), subject))
        cross = Cross("disclosure", tuple(rows), tuple(heads), ("信息内容",))
        out.append((item.title, cross))
    return tuple(out)


def review_blocks(draft: Draft, synonyms: bool = False) -> tuple[Track, ...]:
    """The three blocks of table 四."""
    litigation = draft.word("block", "litigation") if synonyms else "行政诉讼"
    out = []
    for name, kind, way in REVIEW_BLOCKS:
        own = draft.word("block", name) if synonyms else way or kind
        out.append(Track((litigation, own) if way else (own,), name))
    return tuple(out)


def review_results(draft: Draft, synonyms: bool = False) -> tuple[Track, ...]:
    """The five results."""
    return tuple(
        Track((draft.word("result", name) if synonyms else label,), leaf=name)
        for name, label in OUTCOMES.items()
    )


def review_cells(blocks: Iterable[Track], results: Iterable[Track]) -> tuple[Track, ...]:
    """Every number of table 四 as one track."""
    results = tuple(results)
    return tuple(Track((*b.path, *r.path), b.field, leaf=r.leaf) for b in blocks for r in results)
