"""The form as data: fields, applicants and labels, loaded and validated once.

Enters: the CSV files beside this module. Leaves: `FORM`. All faults of the dictionary are listed at once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalize.words.fold import fold, split_enumerator

EDITIONS = ("2019", "2021")
TABLES = ("disclosure", "requests", "remedies")
"""Tables 二, 三 and 四, in the order of the form."""
LABEL_SOURCES = ("form", "seen", "variant")


class FormError(Exception):
    """The dictionary is faulty; `faults` lists everything found."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


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
    """One column of table `requests` (applicants.csv)."""

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
    """The whole dictionary."""

    fields: tuple[Field, ...]
    applicants: tuple[Applicant, ...]
    labels: tuple[Label, ...]

    def fields_of(self, table: str) -> tuple[Field, ...]:
        """Fields of one table in official order, all editions."""
        return _of_table(self.fields, table)


@cache
def _editions(edition: str) -> tuple[str, ...]:
    return tuple(edition.split("|"))


@cache
def _of_table(fields: tuple[Field, ...], table: str) -> tuple[Field, ...]:
    return tuple(f for f in fields if f.table == table)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("normalize.form").joinpath(name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def _field(row: dict[str, str]) -> Field:
    return Field(
        edition=row["form"],
        table=row["table"],
        order=int(row["order"]),
        field=row["field"],
        label_zh=row["label_zh"],
        group_zh=row["group_zh"],
        unit=row["unit"],
        also_seen_as=row["also_seen_as"] or "",
    )


def _label(row: dict[str, str]) -> Label:
    enumerator, core = split_enumerator(fold(row["label"]))
    return Label(row["axis"], row["name"], row["label"], row["edition"], core, enumerator)


def _label_faults(rows: list[dict[str, str]], known: dict[str, set[str]]) -> Iterator[str]:
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(rows, 2):
        where = f"labels.csv:{number}"
        if row["axis"] in known and row["name"] not in known[row["axis"]]:
            yield f"{where}: {row['name']!r} is no name of {row['axis']}"
        if row["source"] not in LABEL_SOURCES:
            yield f"{where}: source {row['source']!r} is none of {', '.join(LABEL_SOURCES)}"
        if any(e not in EDITIONS for e in row["edition"].split("|") if e):
            yield f"{where}: edition {row['edition']!r} is unknown"
        core = split_enumerator(fold(row["label"]))[1]
        if not core:
            yield f"{where}: empty label"
        key = (row["axis"], row["name"], fold(row["label"]))
        if key in seen:
            yield f"{where}: {row['label']!r} stands twice"
        seen.add(key)
    for axis, names in known.items():
        for missing in sorted(names - {r["name"] for r in rows if r["axis"] == axis}):
            yield f"labels.csv: no label for {axis} {missing}"


def _field_faults(fields: tuple[Field, ...]) -> Iterator[str]:
    for position, field in enumerate(fields, 1):
        if field.order != position:
            yield f"fields.csv: order {field.order} where {position} is due"
        if any(e not in EDITIONS for e in field.editions):
            yield f"fields.csv: {field.field}: edition {field.edition!r} is unknown"
    names = [(edition, f.table, f.field) for f in fields for edition in f.editions]
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"fields.csv: {name} stands twice"


def _known_names(fields: tuple[Field, ...], applicants: tuple[Applicant, ...]) -> dict[str, set[str]]:
    by_table = {t: [f.field for f in fields if f.table == t] for t in TABLES}
    return {
        "requests.row": set(by_table["requests"]),
        "requests.column": {a.applicant for a in applicants},
        "disclosure.row": {f.split(".")[0] for f in by_table["disclosure"]},
        "remedies.column": {f.split(".")[1] for f in by_table["remedies"]},
    }


def load_form() -> Form:
    """The dictionary.

    Raises:
        FormError: with every fault found.
    """
    fields = tuple(_field(r) for r in _rows("fields.csv"))
    applicants = tuple(
        Applicant(int(r["order"]), r["applicant"], r["label_zh"]) for r in _rows("applicants.csv")
    )
    label_rows = _rows("labels.csv")
    faults = [*_field_faults(fields), *_label_faults(label_rows, _known_names(fields, applicants))]
    if faults:
        raise FormError(tuple(faults))
    return Form(fields, applicants, tuple(_label(r) for r in label_rows))


FORM = load_form()
