"""What is wrong with the fields, the applicants and the labels of a dictionary.

Enters: their lines, and the names that are known. Leaves: faults, each with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from normalize.form.known_names import KnownNames
from normalize.form.table_words import TABLE_WORDS
from normalize.words.csv_lines import Line
from normalize.words.fold import fold, level_of, split_enumerator, without_note

LABEL_SOURCES = ("form", "seen", "variant")
UNITS = TABLE_WORDS["field_unit"]
ALIKE = 0.6
"""Likeness from which a text is an example of a label: an example may be misprinted, but not unlike."""
_HEADED = (".row", ".group")
"""Axes whose names may be the group of rows: （六）其他处理 is a row of 2019 and a group of 2021."""
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


def find_example_faults(rows: Sequence[Line], names: KnownNames) -> Iterator[str]:
    """Examples of labels.csv that are no nearer to their own label than to that of another name.

    Only edits are counted here, which costs nothing; a test asks the whole matching of `labels`.
    """
    cores = {row.number: split_enumerator(fold(row["label"]))[1] for row in rows}
    for row in rows:
        core, own = split_enumerator(fold(row["example"]))[1], cores[row.number]
        if core == own:  # nothing is nearer, and who else has it is a tie
            continue
        editions = _editions_of(row, names.editions)
        rivals = [
            (_liken(core, cores[other.number]), other)
            for other in rows
            if other["axis"] == row["axis"] and other["name"] != row["name"]
            if editions & _editions_of(other, names.editions)
        ]
        likeness = _liken(core, own)
        rival = max(rivals, key=lambda pair: pair[0], default=None)
        if likeness < ALIKE:
            yield row.say(f"{row['label']!r} misses its example {row['example']!r}")
        elif rival and rival[0] >= likeness:
            yield row.say(f"its example {row['example']!r} is as near to line {rival[1].number}")


def _liken(core: str, label: str) -> float:
    return 1.0 if label == without_note(core) else Levenshtein.normalized_similarity(core, label)


def _editions_of(row: Line, editions: Sequence[str]) -> frozenset[str]:
    return frozenset(row["edition"].split("|") if row["edition"] else editions)


def _find_ties(rows: Sequence[Line], editions: Sequence[str]) -> Iterator[str]:
    """A spelling that stands twice, or that two names of one axis and edition claim with nothing between."""
    seen: dict[tuple[str, str, str], Line] = {}
    claimed: dict[tuple[str, str, str], list[Line]] = {}
    heads = {(row["axis"].rpartition(".")[0], row["name"]) for row in rows if row["axis"].endswith(_HEADED)}
    for row in rows:
        text, spelling = row["label"], fold(row["label"])
        first = seen.setdefault((row["axis"], row["name"], spelling), row)
        if first is not row:
            yield row.say(f"{text!r} stands twice, first in {row.refer_to(first)}")
        core = split_enumerator(spelling)[1]
        others: dict[tuple[str, int], Line] = {}
        for edition in _editions_of(row, editions):
            same = claimed.setdefault((row["axis"], core, edition), [])
            others |= {(x.file, x.number): x for x in same if x["name"] != row["name"]}
            same.append(row)
        for _, other in sorted(others.items()):
            if not _are_told_apart(row, other, heads):
                as_spelt = "" if fold(other["label"]) == spelling else f" as {other['label']!r}"
                of_other = f"{other['name']} in {row.refer_to(other)}{as_spelt}"
                yield row.say(f"{text!r} is {row['name']} here and {of_other}")


def _are_told_apart(one: Line, other: Line, heads: Collection[tuple[str, str]]) -> bool:
    """Whether two labels of one wording differ in their numerals, or stand below two groups that have labels.

    A numeral decides only if both have one: the one that has none here leaves open which is meant.
    """
    numerals = [level_of(split_enumerator(fold(row["label"]))[0]) for row in (one, other)]
    if all(numerals) and numerals[0] != numerals[1]:
        return True
    groups = [row["name"].rpartition(".")[0] for row in (one, other)]
    template, _, role = one["axis"].rpartition(".")
    return role == "row" and groups[0] != groups[1] and all((template, group) in heads for group in groups)
