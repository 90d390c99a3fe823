"""Tables and editions of the form, and the templates that they are built from.

Enters: nothing. Leaves: frozen types. A `Template` is one table as some editions print it: its rows, its
columns and its cells. What it holds comes from the CSV files alone (see `loader`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

READERS: Final = ("disclosure", "requests", "remedies", "any_table")
"""The rooms of `normalize` that read a template: three for the layouts of the form, one for any other."""
KINDS_OF_EDITION: Final = ("form", "several", "statistics", "none")
"""What tables a report of an edition has: those of fields.csv, of several editions, the indicators, none."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the form, or what stands for one in the column `form` (editions.csv).

    Attributes:
        tables: one of `KINDS_OF_EDITION`.
        since: the first year that it is for, None for years before all others.
        words: Chinese and English.
    """

    name: str
    tables: str
    since: int | None
    words: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of the form (tables.csv); words are Chinese and English.

    Attributes:
        section: of the report that it stands in, None for a table of no section.
        short: in sentences (表二). heading: over the table for people. title: in full.
        sheet: of the workbook.
    """

    name: str
    section: int | None
    short: tuple[str, str]
    heading: tuple[str, str]
    title: tuple[str, str]
    sheet: str


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
        return tuple(self.edition.split("|"))


@dataclass(frozen=True, slots=True)
class Applicant:
    """One column of a table that has one for each kind of applicant (applicants.csv)."""

    order: int
    applicant: str
    label_zh: str


@dataclass(frozen=True)
class Template:
    """One table of the form as some editions print it.

    Attributes:
        name: of the template, as in templates.csv and before the dot of its axes.
        editions: that print it so.
        reader: the room that reads it, one of `READERS`.
        closing: the relation that holds where rows are left out on purpose, "" for none.
        rows_are: `fields` (each row is a field), `blocks` (each row is the fields with one beginning, each
            column an ending), or "" (all fields stand in one row, below heads of blocks and columns).
        fields: of its editions, in the order of the form.
        applicants: its columns, where it has one for each kind of applicant.
        part_of: field to its column, where columns are endings of fields.
    """

    name: str
    table: str
    editions: tuple[str, ...]
    reader: str
    closing: str
    rows_are: str
    fields: tuple[Field, ...]
    applicants: tuple[Applicant, ...]
    part_of: Mapping[str, str]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Its rows by their names, each once; where all cells stand in one row, each cell counts as one."""
        return tuple(dict.fromkeys(self.row_of(f.field) for f in self.fields))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its fields by their names, each once."""
        return tuple(dict.fromkeys(f.field for f in self.fields))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Its columns by their names: applicants, or endings of fields; () where a row has one number."""
        if self.applicants:
            return tuple(a.applicant for a in self.applicants)
        return tuple(dict.fromkeys(self.part_of.values()))

    @cached_property
    def editions_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each field the editions of the template that have it."""
        return {
            name: tuple(
                e for e in self.editions if any(e in f.editions for f in self.fields if f.field == name)
            )
            for name in self.names
        }

    @cached_property
    def groups(self) -> Mapping[str, str]:
        """For each row the group that it is left out with, "" for a row that stands alone.

        In a table of fields that is the beginning with two parts at least: the results as a whole are nearly
        the table. In others it is the group that fields.csv names, or else the block.
        """
        if self.rows_are == "fields":
            beginnings = {name.rpartition(".")[0] for name in self.names}
            above = {name: name if name in beginnings else name.rpartition(".")[0] for name in self.names}
            return {name: group if "." in group else "" for name, group in above.items()}
        if self.rows_are == "blocks":
            return {self.row_of(f.field): f.group_zh for f in reversed(self.fields)}
        return {name: name.partition(".")[0] for name in self.names}

    def first(self, name: str) -> Field:
        """A field by its name, as its first edition in fields.csv has it."""
        return next(f for f in self.fields if f.field == name)

    def row_of(self, field: str) -> str:
        """The row that a field stands in."""
        return field.partition(".")[0] if self.rows_are == "blocks" else field

    def edition_of(self, field: str) -> str:
        """The editions that a field gives away (`2021|2030`), "" where all of several have it."""
        own = self.editions_of[field]
        return "|".join(own) if len(own) == 1 or len(own) < len(self.editions) else ""

    def field_at(self, row: str, column: str) -> str:
        """The field of a row and a column, "" where the form has none there."""
        return self._cells.get((row, column), "")

    @cached_property
    def _cells(self) -> Mapping[tuple[str, str], str]:
        if self.rows_are == "fields":
            return {(name, column): name for name in self.names for column in self.columns or ("",)}
        return {(name.partition(".")[0], self.part_of.get(name, "")): name for name in self.names}
