"""The names that the lines of the dictionary may use: editions, tables, templates, fields, applicants, axes.

Enters: lines of the files of the form. Leaves: `KnownNames`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalize.words.csv_lines import Line

MADE_OF = ("fields", "beginnings", "blocks", "parts", "applicants", "")
"""What the names of an axis are: fields, their beginnings before any dot, before the first, what follows it,
the applicants; or nothing but what is listed."""
_WHOLE = ("fields", "blocks", "parts", "applicants")
"""Axes of which every name needs a label."""


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """What belongs to one template.

    Attributes:
        editions: that print it.
        fields, applicants: its own; () where it has no columns of applicants.
    """

    name: str
    table: str
    editions: frozenset[str]
    fields: tuple[str, ...]
    applicants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What may be named.

    Attributes:
        editions: those with tables of the form.
        templates: what each has.
        units, editions_of: by table and field.
        axes: the names of each.
        labelled: axis and name of everything that needs a label.
    """

    editions: tuple[str, ...]
    tables: tuple[str, ...]
    templates: tuple[TemplateNames, ...]
    units: Mapping[tuple[str, str], str]
    editions_of: Mapping[tuple[str, str], frozenset[str]]
    axes: Mapping[str, frozenset[str]]
    labelled: tuple[tuple[str, str], ...]

    def templates_of(self, table: str, edition: str) -> tuple[TemplateNames, ...]:
        """Those of a table in some of `2019|2021`, in any edition for ""."""
        asked = frozenset(edition.split("|") if edition else self.editions)
        return tuple(t for t in self.templates if t.table == table and t.editions & asked)


def make_names(lines: Mapping[str, Sequence[Line]]) -> KnownNames:
    """The names that the lines give.

    Args:
        lines: by the name of their file.
    """
    fields, axes = lines["fields.csv"], lines["axes.csv"]
    people = tuple(row["applicant"] for row in lines["applicants.csv"])
    templates = {row["template"]: _name(row, fields, axes, people) for row in lines["templates.csv"]}
    editions_of: dict[tuple[str, str], set[str]] = {}
    for row in fields:
        editions_of.setdefault((row["table"], row["field"]), set()).update(row["form"].split("|"))
    made = {row["axis"]: _make(row, templates.get(row["template"])) for row in axes}
    whole = [row["axis"] for row in axes if row["made_of"] in _WHOLE]
    own = {row["axis"]: _own_columns(row, templates, lines["labels.csv"]) for row in axes}
    return KnownNames(
        tuple(row["edition"] for row in lines["editions.csv"] if row["tables"] == "form"),
        tuple(row["table"] for row in lines["tables.csv"]),
        tuple(templates.values()),
        {(row["table"], row["field"]): row["unit"] for row in fields},
        {key: frozenset(found) for key, found in editions_of.items()},
        {row["axis"]: made[row["axis"]] | own[row["axis"]] | {*row["listed"].split()} for row in axes},
        tuple((axis, name) for axis in dict.fromkeys(whole) for name in sorted(made[axis])),
    )


def list_fields(template: Line, fields: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of fields.csv that belong to a template: of its table, in one of its editions."""
    editions = {*template["edition"].split("|")}
    return tuple(
        f for f in fields if f["table"] == template["table"] and editions.intersection(f["form"].split("|"))
    )


def has_applicants(template: str, axes: Iterable[Line]) -> bool:
    """Whether a template has a column for each kind of applicant."""
    return any(row["template"] == template and row["made_of"] == "applicants" for row in axes)


def name_columns(
    template: str, fields: Sequence[str], axes: Sequence[Line], labels: Iterable[Line]
) -> dict[str, str]:
    """For each field its column, where columns are what follows the first dot of fields.

    A field that has labels of its own on that axis is a column of its own: 本年收费金额 and
    采购总金额 are both an `amount`.
    """
    axis = next((a["axis"] for a in axes if a["template"] == template and a["made_of"] == "parts"), "")
    own = {row["name"] for row in labels if row["axis"] == axis}
    return {f: f if f in own else f.partition(".")[2] for f in fields} if axis else {}


def _name(
    template: Line, fields: Sequence[Line], axes: Sequence[Line], people: tuple[str, ...]
) -> TemplateNames:
    name = template["template"]
    return TemplateNames(
        name,
        template["table"],
        frozenset(template["edition"].split("|")),
        tuple(dict.fromkeys(f["field"] for f in list_fields(template, fields))),
        people if has_applicants(name, axes) else (),
    )


def _own_columns(
    axis: Line, templates: Mapping[str, TemplateNames], labels: Sequence[Line]
) -> frozenset[str]:
    """Fields that have labels of their own on an axis of parts."""
    template = templates.get(axis["template"])
    if axis["made_of"] != "parts" or template is None:
        return frozenset()
    named = {row["name"] for row in labels if row["axis"] == axis["axis"]}
    return frozenset(named.intersection(template.fields))


def _make(row: Line, template: TemplateNames | None) -> frozenset[str]:
    if template is None:
        return frozenset()
    names = template.fields
    made = {
        "applicants": template.applicants,
        "fields": names,
        "blocks": [name.partition(".")[0] for name in names],
        "parts": [name.partition(".")[2] for name in names],
        "beginnings": [".".join(p[:i]) for n in names for p in [n.split(".")] for i in range(1, len(p))],
    }
    return frozenset(made.get(row["made_of"], ()))
