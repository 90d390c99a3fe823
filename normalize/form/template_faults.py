"""What is wrong with the editions, the tables, the templates and the axes of a dictionary.

Enters: their lines. Leaves: faults, each with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from normalize.form.form_faults import NAME, find_repeats, say_unknown_editions
from normalize.form.known_names import MADE_OF, KnownNames
from normalize.form.template import KINDS_OF_EDITION, READERS
from normalize.words.csv_lines import Line

_YEAR = re.compile(r"[12][0-9]{3}")
_SHEET = re.compile(r"(?!')[^][:*?/\\]{0,31}(?<!')")
"""What Excel takes for the name of a sheet; it knows no capitals from small letters."""
ROLES = ("row", "group", "column", "heading", "block")
"""What follows the dot of an axis of a template."""


def find_edition_faults(rows: Sequence[Line]) -> Iterator[str]:
    """What is wrong with editions.csv."""
    yield from find_repeats(rows, "edition")
    for row in rows:
        if row["tables"] not in KINDS_OF_EDITION:
            yield row.say(f"tables {row['tables']!r} is none of {', '.join(KINDS_OF_EDITION)}")
        if row["since"] and not _YEAR.fullmatch(row["since"]):
            yield row.say(f"since {row['since']!r} is no year")
        if not (row["since"] or row["tables"] in {"several", "none"}):
            yield row.say("since is empty")
        yield from _find_empty(row, ("zh", "en"))
    years: dict[str, int] = {}
    for row in rows:
        if row["since"] and row["since"] in years:
            yield row.say(f"since {row['since']} as in line {years[row['since']]}")
        years.setdefault(row["since"], row.number)
    for kind in ("form", "several", "none"):
        found = [row for row in rows if row["tables"] == kind]
        if not found:
            yield f"{rows[-1].file}:{rows[-1].number}: no edition with tables {kind!r} up to here"
        for row in found[1:] if kind != "form" else ():
            yield row.say(f"tables {kind!r} as in line {found[0].number}")


def find_table_faults(rows: Sequence[Line]) -> Iterator[str]:
    """What is wrong with tables.csv."""
    yield from find_repeats(rows, "table")
    sheets: dict[str, int] = {}
    for row in rows:
        if not NAME.fullmatch(row["table"]):
            yield row.say(f"table {row['table']!r} is no name of small letters, digits and _")
        if row["section"] and row["section"] not in "123456":
            yield row.say(f"section {row['section']!r} is none of 1 to 6")
        yield from _find_empty(row, [column for column in row.cells if column not in {"table", "section"}])
        sheet = row["sheet_zh"]
        if not _SHEET.fullmatch(sheet):
            yield row.say(f"sheet_zh {sheet!r} is over 31 signs, has one of []:*?/\\ or a ' at an end")
        if sheet.lower() in sheets:
            yield row.say(f"sheet_zh {sheet!r} as in line {sheets[sheet.lower()]}")
        sheets.setdefault(sheet.lower(), row.number)


def find_template_faults(
    rows: Sequence[Line], axes: Sequence[Line], relations: Sequence[Line], names: KnownNames
) -> Iterator[str]:
    """What is wrong with templates.csv, some of it beside the lines of axes.csv and relations.csv."""
    tables = names.tables
    table_of = {relation["check"]: relation["table"] for relation in relations}
    yield from find_repeats(rows, "template")
    taken: dict[tuple[str, str], int] = {}
    for row in rows:
        if row["table"] not in tables:
            yield row.say(f"table {row['table']!r} is none of {', '.join(tables)}")
        if row["reader"] not in READERS:
            yield row.say(f"reader {row['reader']!r} is none of {', '.join(READERS)}")
        elif row["reader"] not in {row["template"], "any_table"}:
            yield row.say(f"reader {row['reader']!r} reads the template of its name; others have any_table")
        if row["closing"] and table_of.get(row["closing"]) != row["table"]:
            yield row.say(f"closing {row['closing']!r} is no relation of table {row['table']!r}")
        yield from say_unknown_editions(row, row["edition"], names.editions)
        for edition in row["edition"].split("|"):
            key = row["table"], edition
            if key in taken:
                yield row.say(f"{row['table']} of {edition} stands twice, first in line {taken[key]}")
            taken.setdefault(key, row.number)
        roles = {a["axis"].rpartition(".")[2] for a in axes if a["template"] == row["template"]}
        if not roles & {"row", "block"}:
            yield row.say(f"axes.csv has neither {row['template']}.row nor {row['template']}.block")
    due = [("table", table) for table in tables] + [("reader", r) for r in READERS if r != "any_table"]
    for column, name in due:
        if not any(row[column] == name for row in rows):
            yield f"{rows[-1].file}:{rows[-1].number}: no template of {column} {name!r} up to here"


def find_axis_faults(axes: Sequence[Line], templates: Collection[str]) -> Iterator[str]:
    """What is wrong with axes.csv."""
    yield from find_repeats(axes, "axis")
    for row in axes:
        template, dot, role = row["axis"].rpartition(".")
        if not row["axis"]:
            yield row.say("the axis has no name")
        elif dot and (template != row["template"] or role not in ROLES):
            yield row.say(f"axis {row['axis']!r} is no {row['template']}.{'|'.join(ROLES)}")
        if row["made_of"] not in MADE_OF:
            yield row.say(f"made_of {row['made_of']!r} is none of {', '.join(filter(None, MADE_OF))}")
        elif not row["made_of"] and not row["listed"]:
            yield row.say(f"axis {row['axis']!r} has no names")
        elif row["template"] not in templates and (row["template"] or row["made_of"]):
            yield row.say(f"template {row['template']!r} is none of {', '.join(templates)}")


def _find_empty(row: Line, columns: Sequence[str]) -> Iterator[str]:
    yield from (row.say(f"{column} is empty") for column in columns if not row[column].strip())
