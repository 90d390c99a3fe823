"""The form as data: editions, tables, their templates, labels and relations, loaded and validated once.

Enters: the CSV files beside this module, or those of another folder, and labels of the user's. Leaves:
`FORM`. All faults of the dictionary are listed at once, each with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from normalize.form.form_faults import (
    find_applicant_faults,
    find_example_faults,
    find_field_faults,
    find_label_faults,
)
from normalize.form.known_names import has_applicants, list_fields, make_names, name_columns
from normalize.form.relation import Relation, parse_sum
from normalize.form.relation_faults import WORDS, find_relation_faults
from normalize.form.template import Applicant, Edition, Field, FormTable, Template
from normalize.form.template_faults import (
    find_axis_faults,
    find_edition_faults,
    find_table_faults,
    find_template_faults,
)
from normalize.words.csv_lines import Line, read_lines, refuse
from normalize.words.fold import fold, split_enumerator
from normalize.words.own_lines import NO_LINES, OwnLines, find_in_place, read_own_lines

FOLDER: Final = Path(__file__).parent
"""Where the dictionary lies."""

_COLUMNS: Final = {
    "editions.csv": ("edition", "tables", "since", "zh", "en"),
    "tables.csv": (
        *("table", "section", "short_zh", "short_en", "heading_zh", "heading_en"),
        *("title_zh", "title_en", "sheet_zh"),
    ),
    "templates.csv": ("template", "table", "edition", "reader", "closing"),
    "fields.csv": ("form", "table", "order", "field", "label_zh", "group_zh", "unit", "also_seen_as"),
    "applicants.csv": ("order", "applicant", "label_zh"),
    "axes.csv": ("axis", "template", "made_of", "listed"),
    "labels.csv": ("axis", "name", "label", "edition", "example", "source", "note"),
    "relations.csv": ("check", "table", "scope", "edition", "left", "right", *WORDS),
}
OWN_COLUMNS: Final = ("axis", "name", "label")
OWN_OPTIONAL: Final = ("edition", "note")
"""What a user says of a label, and may say."""
_SEEN: Final = "seen"
"""The source of every label of a user's: it stands in a document."""


@dataclass(frozen=True, slots=True)
class Label:
    """One spelling of a row, column or heading of the form.

    Attributes:
        axis: `requests.row`, `disclosure.column`, ...: a template and what of it is named.
        name: what it stands for on that axis.
        core: folded, without its numeral.
        enumerator: the numeral, "" if none.
    """

    axis: str
    name: str
    text: str
    edition: str
    core: str
    enumerator: str


@dataclass(frozen=True, slots=True)
class Form:
    """The whole dictionary.

    Attributes:
        editions: newest first. tables: in the order of the form.
        templates: what is printed as which table, by name.
        fields: of all tables and editions, in official order.
        table_names: in the order of the form.
        homes: the template that a field of a table stands in, the first of several.
    """

    editions: tuple[Edition, ...]
    tables: tuple[FormTable, ...]
    templates: Mapping[str, Template]
    fields: tuple[Field, ...]
    applicants: tuple[Applicant, ...]
    labels: tuple[Label, ...]
    relations: tuple[Relation, ...]
    table_names: tuple[str, ...]
    homes: Mapping[tuple[str, str], Template]

    def table(self, name: str) -> FormTable:
        """One table.

        Raises:
            KeyError: there is none of that name.
        """
        found = next((table for table in self.tables if table.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def templates_of(self, table: str) -> tuple[Template, ...]:
        """The templates of one table, in the order of templates.csv."""
        return tuple(t for t in self.templates.values() if t.table == table)

    def fields_of(self, table: str) -> tuple[Field, ...]:
        """Fields of one table in official order, all editions."""
        return tuple(f for f in self.fields if f.table == table)

    def place_of(self, axis: str) -> tuple[Template | None, str]:
        """The template that an axis belongs to, None for words of none, and its role there (`row`, ...)."""
        template, _, role = axis.rpartition(".")
        return self.templates.get(template), role

    def is_group(self, axis: str, name: str) -> bool:
        """What is named stands over rows: a group, or a row that some editions print over others (（六）)."""
        template, role = self.place_of(axis)
        above = template is not None and template.groups.get(name) == name
        return role == "group" or (above and role == "row")

    def template_of(self, table: str, field: str) -> Template:
        """The template that a field stands in, the first of several.

        Raises:
            KeyError: there is no such field.
        """
        return self.homes[table, field]

    def template_with(self, field: Field) -> Template:
        """The template that prints a line of fields.csv, the first of several."""
        return next(one for one in self.templates_of(field.table) if field in one.fields)


def _editions(rows: Sequence[Line]) -> tuple[Edition, ...]:
    return tuple(
        Edition(r["edition"], r["tables"], int(r["since"]) if r["since"] else None, (r["zh"], r["en"]))
        for r in rows
    )


def _table(row: Line) -> FormTable:
    short, heading, title = ((row[f"{name}_zh"], row[f"{name}_en"]) for name in ("short", "heading", "title"))
    section = int(row["section"]) if row["section"] else None
    return FormTable(row["table"], section, short, heading, title, row["sheet_zh"])


def _field(row: Line) -> Field:
    return Field(
        edition=row["form"],
        table=row["table"],
        order=int(row["order"]),
        field=row["field"],
        label_zh=row["label_zh"],
        group_zh=row["group_zh"],
        unit=row["unit"],
        also_seen_as=row["also_seen_as"],
    )


def _template(row: Line, applicants: tuple[Applicant, ...], lines: Mapping[str, Sequence[Line]]) -> Template:
    name, axes = row["template"], lines["axes.csv"]
    fields = tuple(map(_field, list_fields(row, lines["fields.csv"])))
    return Template(
        name,
        row["table"],
        tuple(row["edition"].split("|")),
        row["reader"],
        row["closing"],
        next((axis["made_of"] for axis in axes if axis["axis"] == f"{name}.row"), ""),
        fields,
        applicants if has_applicants(name, axes) else (),
        name_columns(name, [f.field for f in fields], axes, lines["labels.csv"]),
    )


def _label(row: Line) -> Label:
    enumerator, core = split_enumerator(fold(row["label"]))
    return Label(row["axis"], row["name"], row["label"], row["edition"], core, enumerator)


def _relation(row: Line) -> Relation:
    left, right, more = ((row[f"{part}_zh"], row[f"{part}_en"]) for part in ("left", "right", "more"))
    return Relation(
        *(row["check"], row["table"], row["scope"], row["edition"]),
        *(parse_sum(row["left"]), parse_sum(row["right"])),
        *((row["name_zh"], row["name_en"]), (left, right, more)),
    )


def _find_faults(lines: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    """What the lines of all files have wrong, taken together."""
    names = make_names(lines)
    yield from find_edition_faults(lines["editions.csv"])
    yield from find_table_faults(lines["tables.csv"])
    yield from find_template_faults(lines["templates.csv"], lines["axes.csv"], lines["relations.csv"], names)
    yield from find_field_faults(lines["fields.csv"], names)
    yield from find_applicant_faults(lines["applicants.csv"])
    yield from find_axis_faults(lines["axes.csv"], [t.name for t in names.templates])
    yield from find_label_faults(lines["labels.csv"], names)
    yield from find_example_faults(lines["labels.csv"], names)
    yield from find_relation_faults(lines["relations.csv"], names)


def _read(folder: Path) -> tuple[dict[str, list[Line]], list[str]]:
    """The lines of all files, and what is wrong with those files by themselves."""
    lines, faults = {}, []
    for name, columns in _COLUMNS.items():
        lines[name], found = read_lines(folder, name, columns)
        faults += found
    return lines, faults


def load_form(folder: Path = FOLDER, own: OwnLines = NO_LINES) -> Form:
    """The dictionary.

    Args:
        folder: that holds its CSV files.
        own: labels that the user adds, of which `read_own_labels` has found no fault.

    Raises:
        DictionaryError: with every fault found.
    """
    lines, faults = _read(folder)
    # Without a whole file, what the others say of it would be faults of no line.
    if all(lines.values()):
        faults += _find_faults(lines)
    refuse(faults)
    applicants = tuple(
        Applicant(int(row["order"]), row["applicant"], row["label_zh"]) for row in lines["applicants.csv"]
    )
    templates = [_template(row, applicants, lines) for row in lines["templates.csv"]]
    return Form(
        _editions(lines["editions.csv"]),
        tuple(map(_table, lines["tables.csv"])),
        {template.name: template for template in templates},
        tuple(map(_field, lines["fields.csv"])),
        applicants,
        tuple(map(_label, (*lines["labels.csv"], *own.lines))),
        tuple(map(_relation, lines["relations.csv"])),
        tuple(row["table"] for row in lines["tables.csv"]),
        {(t.table, field): t for t in reversed(templates) for field in t.names},
    )


def read_own_labels(path: Path) -> OwnLines:
    """Labels that the user adds to those of the program, held to the same rules.

    Args:
        path: a CSV file with the columns `OWN_COLUMNS`, and `OWN_OPTIONAL` if the user likes.

    Raises:
        DictionaryError: with every fault found.
    """
    own, faults = read_own_lines(path, OWN_COLUMNS, OWN_OPTIONAL)
    blank = dict.fromkeys(_COLUMNS["labels.csv"], "") | {"source": _SEEN}
    filled = tuple(replace(line, cells=blank | line.cells) for line in own.lines)
    lines, _ = _read(FOLDER)
    # What may be named does not depend on what the user names.
    faults += find_label_faults((*lines["labels.csv"], *filled), make_names(lines))
    refuse(faults)
    return replace(own, lines=filled)


FORM = load_form(own=find_in_place())
