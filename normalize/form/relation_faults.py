"""What is wrong with the relations of a dictionary.

Enters: the lines of relations.csv, and the names that are known. Leaves: faults, each with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from normalize.form.form_faults import say_unknown_editions
from normalize.form.known_names import KnownNames, TemplateNames
from normalize.form.relation import BETWEEN_FILES, BY_APPLICANT, SCOPES, Term, parse_sum
from normalize.words.csv_lines import Line

WORDS = ("name_zh", "name_en", "left_zh", "right_zh", "more_zh", "left_en", "right_en", "more_en")
_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


def find_relation_faults(rows: Sequence[Line], names: KnownNames) -> Iterator[str]:
    """What is wrong with relations.csv."""
    seen: dict[str, int] = {}
    for row in rows:
        check = row["check"]
        if not _ID.fullmatch(check):
            yield row.say(f"check {check!r} is no id such as requests.balance")
        if check == BETWEEN_FILES:
            yield row.say(f"check {check!r} is that of files of one report")
        if check in seen:
            yield row.say(f"check {check!r} stands twice, first in line {seen[check]}")
        seen.setdefault(check, row.number)
        for column in WORDS:
            if not row[column].strip():
                yield row.say(f"{column} is empty")
        if row["edition"]:
            yield from say_unknown_editions(row, row["edition"], names.editions)
        yield from _place_faults(row, names)


def _place_faults(row: Line, names: KnownNames) -> Iterator[str]:
    table, scope = row["table"], row["scope"]
    if table not in names.tables:
        yield row.say(f"table {table!r} is none of {', '.join(names.tables)}")
    if scope not in SCOPES:
        yield row.say(f"scope {scope!r} is none of {', '.join(SCOPES)}")
    sides = {side: parse_sum(row[side]) for side in ("left", "right")}
    for side, terms in sides.items():
        if not terms:
            yield row.say(f"{side} {row[side]!r} is no sum such as new + carried_in")
    if table not in names.tables or scope not in SCOPES or not all(sides.values()):
        return
    templates = names.templates_of(table, row["edition"])
    if not templates:
        return
    if not any((scope in BY_APPLICANT) == bool(t.applicants) for t in templates):
        has = "columns of applicants" if templates[0].applicants else "no columns of applicants"
        yield row.say(f"scope {scope!r} does not fit table {table!r}, which has {has}")
        return
    yield from _operand_faults(row, [*sides["left"], *sides["right"]], names)


def _operand_faults(row: Line, terms: Sequence[Term], names: KnownNames) -> Iterator[str]:
    places = _list_places(row, names)
    everywhere = list(dict.fromkeys(name for place in places for name in place))
    named = [term.name for term in terms if not term.is_wild]
    unknown = [t.name for t in terms if not t.find(everywhere, frozenset(named))]
    for name in unknown:
        yield row.say(f"operand {name!r} is no name of table {row['table']!r} in scope {row['scope']!r}")
    for name in sorted({t.name for t in terms if [u.name for u in terms].count(t.name) > 1}):
        yield row.say(f"operand {name!r} stands twice")
    wild = dict.fromkeys(t.name[:-1] for t in terms if t.is_wild)
    for one, other in permutations(wild, 2):
        if one.startswith(other):
            yield row.say(f"operand '{one}*' is part of '{other}*'")
    if unknown:
        return
    if not any(set(named) <= set(place) for place in places):
        yield row.say(f"no {row['scope']} has all of {', '.join(named)}")
    elif row["scope"] != "row":
        yield from _unlike_faults(row, places, terms, names)


def _list_places(row: Line, names: KnownNames) -> list[dict[str, str]]:
    """For each place of the scope, the fields by the names that the relation uses for them."""
    return [p for t in names.templates_of(row["table"], row["edition"]) for p in _places_of(t, row["scope"])]


def _places_of(template: TemplateNames, scope: str) -> list[dict[str, str]]:
    if (scope in BY_APPLICANT) != bool(template.applicants):
        return []
    if scope == "row":
        return [dict.fromkeys(template.applicants, "")]
    if scope != "block":
        return [{name: name for name in template.fields}]
    blocks = dict.fromkeys(name.partition(".")[0] for name in template.fields)
    return [{n.partition(".")[2]: n for n in template.fields if n.startswith(f"{b}.")} for b in blocks]


def _unlike_faults(
    row: Line, places: Sequence[dict[str, str]], terms: Sequence[Term], names: KnownNames
) -> Iterator[str]:
    """Operands that no edition has together, or that are not counted in one unit."""
    named = frozenset(term.name for term in terms if not term.is_wild)
    every = frozenset(names.editions)
    asked = every.intersection(row["edition"].split("|")) or every
    together, units = frozenset[str](), set[str]()
    for place in places:
        if not named <= place.keys():
            continue
        found = [[(row["table"], place[n]) for n in t.find(tuple(place), named)] for t in terms]
        own = [frozenset[str]().union(*(names.editions_of[key] for key in keys)) for keys in found]
        together |= asked.intersection(*own)
        units |= {names.units[key] for keys in found for key in keys}
    if not together:
        every_term = sorted(term.name for term in terms)
        yield row.say(f"no edition of the relation has all of {', '.join(every_term)}")
    if len(units) > 1:
        yield row.say(f"its operands are in {' and '.join(sorted(units))}, which do not add up")
