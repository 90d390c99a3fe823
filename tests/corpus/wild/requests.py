"""Kinds of layouts of table 三: other orders, other words, columns too many or too few, other cuts.

Enters: a draft. Leaves: blocks of its section.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from corpus.official import APPLICANTS
from corpus.page import Block, Line
from corpus.wild.axes import requests
from corpus.wild.cross import Cross, Stub, Track, beside
from corpus.wild.disclosure import with_serial
from corpus.wild.draft import Draft

BlockDrawer = Callable[[Draft], Sequence[Block]]


def columns_shuffled(draft: Draft) -> Sequence[Block]:
    """The organisations in another order, and the three parts too."""
    cross = requests(draft)
    person, *groups, total = cross.columns
    draft.rng.shuffle(groups)
    parts = draft.rng.choice(([total, *groups, person], [*groups, person, total], [person, total, *groups]))
    return [draft.draw(replace(cross, columns=tuple(parts)))]


def total_first(draft: Draft) -> Sequence[Block]:
    """总计 is the first column; all else as in the form."""
    cross = requests(draft)
    return [draft.draw(replace(cross, columns=(cross.columns[-1], *cross.columns[:-1])))]


def synonym_heads(draft: Draft) -> Sequence[Block]:
    """Applicants in the body's own words."""
    return [draft.draw(requests(draft, columns=True))]


def compound_heads(draft: Draft) -> Sequence[Block]:
    """One head row: 法人或其他组织（商业企业）."""
    cross = requests(draft, umbrella=False)
    return [draft.draw(replace(cross, heads="joined", glue=draft.compound()))]


def column_numbers(draft: Draft) -> Sequence[Block]:
    """A row of column numbers below the head."""
    cross = requests(draft)
    row = Track((draft.word("ordinal", "stub"),), what="ordinal")
    return [draft.draw(replace(cross, rows=(row, *cross.rows)))]


def serial_column(draft: Draft) -> Sequence[Block]:
    """序号 in front."""
    cross = requests(draft, umbrella=draft.rng.random() < 0.5)
    return [with_serial(draft, draft.draw(replace(cross, stub=draft.rng.choice(("tree", "rows", "joined")))))]


def remark_columns(draft: Draft) -> Sequence[Block]:
    """备注 behind, and sometimes one more in between."""
    between = draft.rng.random() < 0.4
    cross = requests(draft, umbrella=not between)
    columns = [*cross.columns, Track((draft.word("remark", "head"),), what="remark")]
    if between:
        columns.insert(1, Track((draft.word("remark", "head"),), what="remark"))
    return [draft.draw(replace(cross, columns=tuple(columns)))]


def share_columns(draft: Draft) -> Sequence[Block]:
    """占比 behind 总计, or behind every applicant."""
    cross = requests(draft, umbrella=False)
    head = draft.word("share", "head")
    shares = [Track((*t.path[:-1], head), applicant=t.applicant, what="share") for t in cross.columns]
    if draft.rng.random() < 0.5:
        columns = [*cross.columns, shares[-1]]
    else:
        columns = [t for pair in zip(cross.columns, shares, strict=True) for t in pair]
    return [draft.draw(replace(cross, columns=tuple(columns)))]


def subtotal_column(draft: Draft) -> Sequence[Block]:
    """小计 of the organisations, before or behind them."""
    cross = requests(draft)
    person, *groups, total = cross.columns
    track = Track((*groups[0].path[:-1], draft.word("subtotal", "head")), what="subtotal")
    inner = [track, *groups] if draft.rng.random() < 0.5 else [*groups, track]
    return [draft.draw(replace(cross, columns=(person, *inner, total)))]


def extra_applicant(draft: Draft) -> Sequence[Block]:
    """An applicant that the form does not know; 总计 counts it in."""
    cross = requests(draft)
    person, *groups, total = cross.columns
    track = Track((*person.path[:-1], draft.word("individual", "head")), what="individual")
    columns = (person, track, *groups, total) if draft.rng.random() < 0.5 else (person, *groups, track, total)
    return [draft.draw(replace(cross, columns=columns))]


def of_which_column(draft: Draft) -> Sequence[Block]:
    """其中 behind 商业企业: a part of it."""
    cross = requests(draft)
    columns = list(cross.columns)
    at = next(i for i, t in enumerate(columns) if t.applicant == "business")
    head = draft.word("of_which", "head")
    part = Track((*columns[at].path[:-1], head), applicant="business", what="of_which")
    columns.insert(at + 1, part)
    return [draft.draw(replace(cross, columns=tuple(columns)))]


def missing_columns(draft: Draft) -> Sequence[Block]:
    """Kinds of applicant that did not apply have no column."""
    return [draft.draw(requests(draft, umbrella=draft.rng.random() < 0.5))]


def total_only(draft: Draft) -> Sequence[Block]:
    """One column: 总计."""
    cross = requests(draft, umbrella=False)
    return [draft.draw(replace(cross, columns=cross.columns[-1:], stub=any_stub(draft), glue=draft.glue()))]


def transposed(draft: Draft) -> Sequence[Block]:
    """Applicants are rows."""
    cross = requests(draft, umbrella=False).flipped()
    return [draft.draw(replace(cross, corner=(draft.word("corner", "applicant"),)))]


def transposed_compound(draft: Draft) -> Sequence[Block]:
    """Applicants are rows, the head is one row of joined labels."""
    cross = requests(draft, umbrella=False).flipped()
    cross = replace(cross, corner=(draft.word("corner", "applicant"),), heads="joined", stub="joined")
    return [draft.draw(replace(cross, glue=draft.glue()))]


def synonym_rows(draft: Draft) -> Sequence[Block]:
    """Rows in the body's own words."""
    return [draft.draw(requests(draft, rows=True))]


def joined_stub(draft: Draft) -> Sequence[Block]:
    """Group and entry in one label, glued by a sign."""
    return [draft.draw(replace(requests(draft), stub="joined", glue=draft.glue()))]


def group_rows(draft: Draft) -> Sequence[Block]:
    """Groups are rows of their own without numbers; one head row."""
    cross = requests(draft, umbrella=False)
    return [draft.draw(replace(cross, stub="rows", heads="joined", glue=draft.compound()))]


def group_subtotals(draft: Draft) -> Sequence[Block]:
    """小计 at the end of each group."""
    cross = requests(draft)
    rows: list[Track] = []
    for i, row in enumerate(cross.rows):
        rows.append(row)
        following = cross.rows[i + 1].path[:-1] if i + 1 < len(cross.rows) else ()
        if len(row.path) == 3 and following != row.path[:-1]:
            group = row.field.rpartition(".")[0] + "."
            label = (*row.path[:-1], draft.word("group_subtotal", "row"))
            rows.append(Track(label, group, what="group_subtotal"))
    return [draft.draw(replace(cross, rows=tuple(rows)))]


def rows_moved(draft: Draft) -> Sequence[Block]:
    """总计 of the results first, or 结转 behind 结转."""
    cross = requests(draft)
    rows = list(cross.rows)
    if draft.rng.random() < 0.6:
        rows.insert(2, rows.pop(-2))
    if rows == list(cross.rows) or draft.rng.random() < 0.4:
        rows.insert(2, rows.pop())
    return [draft.draw(replace(cross, rows=tuple(rows)))]


def rows_left_out(draft: Draft) -> Sequence[Block]:
    """Only the rows that hold something."""
    cross = requests(draft)
    kept = []
    for row in cross.rows:
        values = (draft.value(("requests", row.field, a)) for a in APPLICANTS)
        if any(values) or not row.field.startswith("outcome.") or row.field == "outcome.total":
            kept.append(row)
    return [draft.draw(replace(cross, rows=tuple(kept), stub=draft.rng.choice(("tree", "rows"))))]


def as_list(draft: Draft) -> Sequence[Block]:
    """One number a row: item, applicant, number."""
    cross = requests(draft, umbrella=False)
    columns = [replace(t, path=("".join(t.path[-1:]),)) for t in cross.columns]
    rows = tuple(
        Track(("".join(row.path[-1:]), t.path[0]), row.field, t.applicant)
        for row in cross.rows
        for t in columns
    )
    corner = draft.word("corner", "requests"), draft.word("corner", "applicant")
    return [draft.draw(Cross("requests", rows, (Track((draft.word("amount"),)),), corner))]


def split_applicants(draft: Draft) -> Sequence[Block]:
    """Three tables: persons, organisations, all."""
    cross = requests(draft, umbrella=False)
    parts = (
        ("natural", cross.columns[:1]),
        ("organisations", cross.columns[1:-1]),
        ("total", cross.columns[-1:]),
    )
    out: list[Block] = []
    for name, columns in parts:
        out.append(Line(draft.word("moved", name)))
        out.append(draft.draw(replace(cross, columns=columns, stub=any_stub(draft))))
    return out


def split_groups(draft: Draft) -> Sequence[Block]:
    """Several tables: one for each part of the stub, each with its heads."""
    cross = requests(draft, umbrella=draft.rng.random() < 0.5)
    out: list[Block] = []
    starts = [i for i, r in enumerate(cross.rows) if i and r.path[:2] != cross.rows[i - 1].path[:2]]
    cuts = sorted(draft.rng.sample(starts, draft.rng.randint(1, 3)))
    captions = draft.rng.random() < 0.6
    for n, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(cross.rows)], strict=True), 1):
        if captions or n > 1:
            out.append(Line(draft.word("part", "caption", n=n)))
        out.append(draft.draw(replace(cross, rows=cross.rows[first:last])))
    return out


def halves_beside(draft: Draft) -> Sequence[Block]:
    """The first half of the rows left, the second half right, in one frame."""
    cross = requests(draft, umbrella=False)
    cross = replace(cross, stub="rows", heads="joined", glue=draft.compound())
    cut = next(i for i, r in enumerate(cross.rows) if r.field.startswith("outcome.not_available"))
    parts = cross.rows[:cut], cross.rows[cut:]
    return [beside([draft.draw(replace(cross, rows=rows)) for rows in parts])]


def any_stub(draft: Draft) -> Stub:
    """Where the heads of rows stand, by chance."""
    return draft.rng.choice(("tree", "rows", "joined"))


REQUESTS: Final[dict[str, BlockDrawer]] = {
    "q_columns_shuffled": columns_shuffled,
    "q_total_first": total_first,
    "q_synonym_heads": synonym_heads,
    "q_compound_heads": compound_heads,
    "q_column_numbers": column_numbers,
    "q_serial_column": serial_column,
    "q_remark_columns": remark_columns,
    "q_share_columns": share_columns,
    "q_subtotal_column": subtotal_column,
    "q_extra_applicant": extra_applicant,
    "q_of_which_column": of_which_column,
    "q_missing_columns": missing_columns,
    "q_total_only": total_only,
    "q_transposed": transposed,
    "q_transposed_compound": transposed_compound,
    "q_synonym_rows": synonym_rows,
    "q_joined_stub": joined_stub,
    "q_group_rows": group_rows,
    "q_group_subtotals": group_subtotals,
    "q_rows_moved": rows_moved,
    "q_rows_left_out": rows_left_out,
    "q_list": as_list,
    "q_split_applicants": split_applicants,
    "q_split_groups": split_groups,
    "q_halves_beside": halves_beside,
}
