"""The names that the lines of the dictionary may use: editions, tables, fields, applicants and axes.

Enters: lines of fields.csv, applicants.csv and axes.csv. Leaves: `KnownNames`, and the faults of axes.csv.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from normalize.words.csv_lines import Line

MADE_OF = ("fields", "beginnings", "blocks", "parts", "applicants", "")
"""What the names of an axis are: fields, their beginnings before any dot, before the first, what follows it,
the applicants; or nothing but what is listed."""
_WHOLE = ("fields", "blocks", "parts", "applicants")
"""Axes of which every name needs a label."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What may be named.

    Attributes:
        fields, applicants: by table.
        units, editions_of: by table and field.
        axes: the names of each.
        labelled: axis and name of everything that needs a label.
    """

    editions: tuple[str, ...]
    tables: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    applicants: dict[str, tuple[str, ...]]
    units: dict[tuple[str, str], str]
    editions_of: dict[tuple[str, str], frozenset[str]]
    axes: dict[str, frozenset[str]]
    labelled: tuple[tuple[str, str], ...]


def make_names(
    editions: tuple[str, ...],
    tables: tuple[str, ...],
    fields: Sequence[Line],
    applicants: Sequence[Line],
    axes: Sequence[Line],
) -> KnownNames:
    """The names that the lines give."""
    by_table = {t: tuple(dict.fromkeys(r["field"] for r in fields if r["table"] == t)) for t in tables}
    for_people = find_applicant_tables(axes)
    people = {t: tuple(r["applicant"] for r in applicants) if t in for_people else () for t in tables}
    editions_of: dict[tuple[str, str], set[str]] = {}
    for row in fields:
        editions_of.setdefault((row["table"], row["field"]), set()).update(row["form"].split("|"))
    made = {row["axis"]: _make(row, by_table, people) for row in axes}
    listed = {row["axis"]: frozenset(row["listed"].split()) for row in axes}
    whole = [row["axis"] for row in axes if row["made_of"] in _WHOLE]
    return KnownNames(
        editions,
        tables,
        by_table,
        people,
        {(row["table"], row["field"]): row["unit"] for row in fields},
        {key: frozenset(found) for key, found in editions_of.items()},
        {axis: names | listed[axis] for axis, names in made.items()},
        tuple((axis, name) for axis in dict.fromkeys(whole) for name in sorted(made[axis])),
    )


def find_applicant_tables(axes: Sequence[Line]) -> frozenset[str]:
    """The tables that have a column for each kind of applicant."""
    return frozenset(row["table"] for row in axes if row["made_of"] == "applicants")


def _make(
    row: Line, fields: dict[str, tuple[str, ...]], applicants: dict[str, tuple[str, ...]]
) -> frozenset[str]:
    names = fields.get(row["table"], ())
    if row["made_of"] == "applicants":
        return frozenset(applicants.get(row["table"], ()))
    if row["made_of"] == "fields":
        return frozenset(names)
    if row["made_of"] == "blocks":
        return frozenset(name.partition(".")[0] for name in names)
    if row["made_of"] == "parts":
        return frozenset(name.partition(".")[2] for name in names)
    if row["made_of"] == "beginnings":
        return frozenset(".".join(p[:i]) for n in names for p in [n.split(".")] for i in range(1, len(p)))
    return frozenset()


def find_axis_faults(axes: Sequence[Line], tables: Collection[str]) -> Iterator[str]:
    """What is wrong with axes.csv."""
    seen: set[str] = set()
    for row in axes:
        if not row["axis"]:
            yield row.say("the axis has no name")
        elif row["axis"] in seen:
            yield row.say(f"axis {row['axis']!r} stands twice")
        seen.add(row["axis"])
        if row["made_of"] not in MADE_OF:
            yield row.say(f"made_of {row['made_of']!r} is none of {', '.join(filter(None, MADE_OF))}")
        elif row["table"] not in tables and (row["table"] or row["made_of"]):
            yield row.say(f"table {row['table']!r} is none of {', '.join(tables)}")
