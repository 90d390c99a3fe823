"""The form as data: fields, applicants, labels and relations, loaded and validated once.

Enters: the CSV files beside this module, or those of another folder. Leaves: `FORM`. All faults of the
dictionary are listed at once, each with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from normalize.form.form_faults import find_applicant_faults, find_field_faults, find_label_faults
from normalize.form.known_names import find_applicant_tables, find_axis_faults, make_names
from normalize.form.relation import Relation, parse_sum
from normalize.form.relation_faults import WORDS, find_relation_faults
from normalize.words.csv_lines import Line, read_lines, refuse
from normalize.words.fold import fold, split_enumerator

FOLDER: Final = Path(__file__).parent
"""Where the dictionary lies."""

EDITIONS = ("2019", "2021")
TABLES = ("disclosure", "requests", "remedies")
"""Tables 二, 三 and 四, in the order of the form."""
_COLUMNS: Final = {
    "fields.csv": ("form", "table", "order", "field", "label_zh", "group_zh", "unit", "also_seen_as"),
    "applicants.csv": ("order", "applicant", "label_zh"),
    "axes.csv": ("axis", "table", "made_of", "listed"),
    "labels.csv": ("axis", "name", "label", "edition", "source", "note"),
    "relations.csv": ("check", "table", "scope", "edition", "left", "right", *WORDS),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field of the form (fields.csv, fixed by the output contract)."""

    edition: str
    table: str
    order: int
    field: str
    label_zh: str
    group_zh: str
    unit: str
    also_seen_as: str

    @property
    def editions(self) -> tuple[str, ...]:
        """Editions that have this field."""
        return _editions(self.edition)


@dataclass(frozen=True, slots=True)
class Applicant:
    """One column of a table that has one for each kind of applicant (applicants.csv)."""

    order: int
    applicant: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class Label:
    """One spelling of a row, column or heading of the form.

    Attributes:
        axis: `requests.row`, `disclosure.column`, ...
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
    """The whole dictionary; `applicant_tables` have a column for each kind of applicant (axes.csv)."""

    fields: tuple[Field, ...]
    applicants: tuple[Applicant, ...]
    applicant_tables: frozenset[str]
    labels: tuple[Label, ...]
    relations: tuple[Relation, ...]

    def fields_of(self, table: str) -> tuple[Field, ...]:
        """Fields of one table in official order, all editions."""
        return _of_table(self.fields, table)

    def applicants_of(self, table: str) -> tuple[Applicant, ...]:
        """The columns of a table that has one for each kind of applicant, () for others."""
        return self.applicants if table in self.applicant_tables else ()


@cache
def _editions(edition: str) -> tuple[str, ...]:
    return tuple(edition.split("|"))


@cache
def _of_table(fields: tuple[Field, ...], table: str) -> tuple[Field, ...]:
    return tuple(f for f in fields if f.table == table)


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


def _label(row: Line) -> Label:
    enumerator, core = split_enumerator(fold(row["label"]))
    return Label(row["axis"], row["name"], row["label"], row["edition"], core, enumerator)


def _relation(row: Line) -> Relation:
    zh, en = ((row[f"left_{lang}"], row[f"right_{lang}"], row[f"more_{lang}"]) for lang in ("zh", "en"))
    return Relation(
        *(row["check"], row["table"], row["scope"], row["edition"]),
        *(parse_sum(row["left"]), parse_sum(row["right"])),
        *((row["name_zh"], row["name_en"]), (zh, en)),
    )


def _find_faults(lines: Mapping[str, Sequence[Line]]) -> Iterator[str]:
    """What the lines of all files have wrong, taken together."""
    fields, applicants, axes, labels, relations = (lines[name] for name in _COLUMNS)
    names = make_names(EDITIONS, TABLES, fields, applicants, axes)
    yield from find_field_faults(fields, names)
    yield from find_applicant_faults(applicants)
    yield from find_axis_faults(axes, TABLES)
    yield from find_label_faults(labels, names)
    yield from find_relation_faults(relations, names)


def load_form(folder: Path = FOLDER) -> Form:
    """The dictionary.

    Args:
        folder: that holds its CSV files.

    Raises:
        DictionaryError: with every fault found.
    """
    lines, faults = {}, []
    for name, columns in _COLUMNS.items():
        lines[name], own = read_lines(folder, name, columns)
        faults += own
    # Without a whole file, what the others say of it would be faults of no line.
    if all(lines.values()):
        faults += _find_faults(lines)
    refuse(faults)
    return Form(
        tuple(map(_field, lines["fields.csv"])),
        tuple(
            Applicant(int(row["order"]), row["applicant"], row["label_zh"]) for row in lines["applicants.csv"]
        ),
        find_applicant_tables(lines["axes.csv"]),
        tuple(map(_label, lines["labels.csv"])),
        tuple(map(_relation, lines["relations.csv"])),
    )


FORM = load_form()
