"""What is wrong with the fields, the applicants and the labels of a dictionary.

Enters: their lines, and the names that are known. Leaves: faults, each with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalize.form.known_names import KnownNames
from normalize.form.table_words import TABLE_WORDS
from normalize.words.csv_lines import Line
from normalize.words.fold import fold, split_enumerator

LABEL_SOURCES = ("form", "seen", "variant")
UNITS = TABLE_WORDS["field_unit"]
NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")


def say_unknown_editions(row: Line, edition: str, known: Sequence[str]) -> Iterator[str]:
    """A fault where `2019|2021` names an edition that there is not."""
    unknown = [e for e in edition.split("|") if e not in known]
    if unknown:
        yield row.say(f"edition {edition!r} is unknown; there are {', '.join(known)}")


def find_field_faults(rows: Sequence[Line], names: KnownNames) -> Iterator[str]:
    """What is wrong with fields.csv."""
    seen: dict[tuple[str, str, str], int] = {}
    homes: dict[str, Line] = {}
    yield from _find_order_faults(rows)
    for row in rows:
        home = homes.setdefault(row["field"], row)
        if home["table"] != row["table"]:  # in the table `wide` a field has its name alone
            yield row.say(f"field {row['field']!r} is one of table {home['table']!r} in line {home.number}")
        yield from say_unknown_editions(row, row["form"], names.editions)
        if row["table"] not in names.tables:
            yield row.say(f"table {row['table']!r} is none of {', '.join(names.tables)}")
        else:
            yield from _find_homeless(row, names)
        if not NAME.fullmatch(row["field"]):
            yield row.say(f"field {row['field']!r} is no name of small letters, digits, _ and dots")
        if not row["label_zh"].strip():
            yield row.say("label_zh is empty")
        if UNITS and row["unit"] not in UNITS:  # none are known where table_words.csv itself is faulty
            yield row.say(f"unit {row['unit']!r} is none of {', '.join(UNITS)}")
        for edition in row["form"].split("|"):
            key = (row["table"], row["field"], edition)
            if key in seen:
                yield row.say(f"{row['field']!r} of {edition} stands twice, first in line {seen[key]}")
            seen.setdefault(key, row.number)


def find_applicant_faults(rows: Sequence[Line]) -> Iterator[str]:
    """What is wrong with applicants.csv."""
    yield from _find_order_faults(rows)
    yield from find_repeats(rows, "applicant")
    for row in rows:
        if not NAME.fullmatch(row["applicant"]):
            yield row.say(f"applicant {row['applicant']!r} is no name of small letters, digits and _")
        if not row["label_zh"].strip():
            yield row.say("label_zh is empty")


def find_repeats(rows: Sequence[Line], column: str) -> Iterator[str]:
    """A fault for each line whose name stands in another line before it."""
    seen: dict[str, int] = {}
    for row in rows:
        if row[column] in seen:
            yield row.say(f"{column} {row[column]!r} stands twice, first in line {seen[row[column]]}")
        seen.setdefault(row[column], row.number)


def _find_homeless(row: Line, names: KnownNames) -> Iterator[str]:
    """Editions in which no template of its table prints the field."""
    for edition in row["form"].split("|"):
        if edition in names.editions and not names.templates_of(row["table"], edition):
            yield row.say(f"templates.csv has none of table {row['table']!r} in edition {edition!r}")


def _find_order_faults(rows: Sequence[Line]) -> Iterator[str]:
    """Numbers out of order; one that is right behind the last is no further fault."""
    last = ""
    for due, row in enumerate(rows, 1):
        order = row["order"]
        if order != str(due) and not (last.isdecimal() and order == str(int(last) + 1)):
            yield row.say(f"order {order} where {due} is due")
        last = order


def find_label_faults(rows: Sequence[Line], names: KnownNames) -> Iterator[str]:
    """What is wrong with labels.csv, and with lines that the user adds to it."""
    for row in rows:
        if row["axis"] not in names.axes:
            yield row.say(f"axis {row['axis']!r} is none of {', '.join(names.axes)}")
        elif row["name"] not in names.axes[row["axis"]]:
            yield row.say(f"{row['name']!r} is no name of {row['axis']}")
        if row["source"] not in LABEL_SOURCES:
            yield row.say(f"source {row['source']!r} is none of {', '.join(LABEL_SOURCES)}")
        if row["edition"]:
            yield from say_unknown_editions(row, row["edition"], names.editions)
        if not split_enumerator(fold(row["label"]))[1]:
            yield row.say("empty label")
    yield from _find_ties(rows, names.editions)
    labelled = {(row["axis"], row["name"]) for row in rows}
    for axis, name in names.labelled:
        if (axis, name) not in labelled:
            last = max((row.number for row in rows if not row.own), default=1)
            yield f"labels.csv:{last}: no label for {axis} {name} up to here"


def _find_ties(rows: Sequence[Line], editions: Sequence[str]) -> Iterator[str]:
    """A spelling that stands twice, or that two names of one axis and edition claim."""
    seen: dict[tuple[str, str, str], Line] = {}
    claimed: dict[tuple[str, str, str], Line] = {}
    for row in rows:
        text, spelling = row["label"], fold(row["label"])
        first = seen.setdefault((row["axis"], row["name"], spelling), row)
        if first is not row:
            yield row.say(f"{text!r} stands twice, first in {row.refer_to(first)}")
        of = row["edition"].split("|") if row["edition"] else editions
        others = [claimed.setdefault((row["axis"], spelling, edition), row) for edition in of]
        ties = {row.refer_to(other): other for other in others if other["name"] != row["name"]}
        for place, other in ties.items():
            yield row.say(f"{text!r} is {row['name']} here and {other['name']} in {place}")
