"""Relations on the cells of the form: which cells each is about, column by column or row by row.

Enters: a `Form`. Leaves: `Instance`s, found from its own fields and applicants; no table is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.form.in_sentences import name_row, spell
from normalize.form.loader import Form
from normalize.form.relation import BY_APPLICANT, Relation, Term
from normalize.form.template import Field, FormTable, Template
from normalize.report import CellKey
from normalize.sentences import Both, say_both


@dataclass(frozen=True, slots=True)
class Operand:
    """One cell of a sum.

    Attributes:
        key: the cell.
        negative: it is taken away.
    """

    key: CellKey
    negative: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """Operands that a wildcard stands for in some editions only: one row of （六）, or three."""

    editions: tuple[str, ...]
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Operands:
    """One side of a relation in one place.

    Attributes:
        always: what counts in every document.
        alternatives: what counts where a document has it, the latest first; () where editions do not differ.
        covers_all: every edition of the relation has one of them.
    """

    always: tuple[Operand, ...]
    alternatives: tuple[Alternative, ...]
    covers_all: bool


@dataclass(frozen=True, slots=True)
class Instance:
    """A relation in one place.

    Attributes:
        scope: the applicant, field, block or table that it is tested for.
        place: how a sentence names it, Chinese and English.
    """

    relation: Relation
    scope: str
    place: Both
    left: Operands
    right: Operands


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a relation may be tested: the cells there by the names that its terms use."""

    scope: str
    words: Both
    cells: Mapping[str, CellKey]


def list_instances(form: Form) -> tuple[Instance, ...]:
    """Every place in which the form's relations are tested, in the order of relations.csv and of the form.

    Two templates of a table that print the same cells have their place in common.
    """
    return tuple(dict.fromkeys(one for relation in form.relations for one in _instances(form, relation)))


def _instances(form: Form, relation: Relation) -> Iterator[Instance]:
    for template in form.templates_of(relation.table):
        named = relation.edition.split("|")
        asked = tuple(e for e in template.editions if not relation.edition or e in named)
        if asked:
            yield from _instances_of(relation, template, form.table(relation.table), asked)


def _instances_of(
    relation: Relation, template: Template, table: FormTable, asked: tuple[str, ...]
) -> Iterator[Instance]:
    editions = {name: tuple(e for e in asked if e in own) for name, own in template.editions_of.items()}
    for place in _places(template, relation.scope, table.short):
        if relation.named <= place.cells.keys():
            left, right = (
                _group(_parts(side, relation.named, place.cells, editions, asked), asked)
                for side in (relation.left, relation.right)
            )
            yield Instance(relation, place.scope, place.words, left, right)


def _places(template: Template, scope: str, words: Both) -> Iterator[_Place]:
    """Where a relation of that scope may be tested; `words` is the table in a sentence."""
    if (scope in BY_APPLICANT) != bool(template.applicants):
        return
    table = template.table
    if scope == "applicant":
        for one in template.applicants:
            column = one.label_zh.split(" / ")[-1], spell(one.applicant)
            place = say_both("place.column", table=words, column=column)
            yield _Place(one.applicant, place, {f: (table, f, one.applicant) for f in template.names})
    elif scope == "row":
        for name in template.names:
            place = say_both("place.row", table=words, row=(name_row(template.first(name)), spell(name)))
            yield _Place(name, place, {one: (table, name, one) for one in template.columns})
    elif scope == "block":
        for block in dict.fromkeys(name.partition(".")[0] for name in template.names):
            own = [name for name in template.names if name.startswith(f"{block}.")]
            if own:
                named = _name_block(template.first(own[0])), spell(block)
                place = say_both("place.block", table=words, block=named)
                yield _Place(block, place, {name.partition(".")[2]: (table, name, "") for name in own})
    else:
        yield _Place(table, words, {name: (table, name, "") for name in template.names})


def _name_block(field: Field) -> str:
    """A block as the labels of its fields name it, its second level in brackets."""
    above, _, below = field.label_zh.rpartition(" / ")[0].partition(" / ")
    return f"{above}（{below}）" if below else above


def _parts(
    terms: Sequence[Term],
    named: frozenset[str],
    cells: Mapping[str, CellKey],
    editions: Mapping[str, tuple[str, ...]],
    asked: tuple[str, ...],
) -> Iterator[tuple[tuple[str, ...], Operand]]:
    """The operands with their editions: () where it counts in all of them, or the relation names it."""
    for term in terms:
        for name in term.find(tuple(cells), named):
            own = editions[cells[name][1]]
            if own:
                yield () if own == asked or not term.is_wild else own, Operand(cells[name], term.negative)


def _group(parts: Iterable[tuple[tuple[str, ...], Operand]], asked: tuple[str, ...]) -> Operands:
    groups: dict[tuple[str, ...], list[Operand]] = defaultdict(list)
    for own, operand in parts:
        groups[own].append(operand)
    if len(groups) == 1:  # nothing to choose from
        return Operands(tuple(*groups.values()), (), covers_all=False)
    always = tuple(groups.pop((), ()))
    alternatives = tuple(Alternative(own, tuple(groups[own])) for own in sorted(groups, reverse=True))
    return Operands(always, alternatives, covers_all={e for own in groups for e in own} >= set(asked))
