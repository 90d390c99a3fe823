"""Relations on the cells of the form: which cells each is about, column by column or row by row.

Enters: a `Form`. Leaves: `Instance`s, found from its own fields and applicants; no table is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.form.in_sentences import TABLE_NAMES, name_row, spell
from normalize.form.loader import EDITIONS, Field, Form
from normalize.form.relation import Relation, Term
from normalize.report import CellKey


@dataclass(frozen=True, slots=True)
class Operand:
    """One cell of a sum.

    Attributes:
        key: the cell.
        negative: it is taken away.
        editions: of a cell that only some editions have and a wildcard stands for; () else.
    """

    key: CellKey
    negative: bool
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A relation in one place.

    Attributes:
        scope: the applicant, field, block or table that it is tested for.
        editions: of the relation.
        place: how a sentence names it, Chinese and English.
    """

    relation: Relation
    scope: str
    editions: tuple[str, ...]
    place: tuple[str, str]
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a relation may be tested: the cells there by the names that its terms use."""

    scope: str
    words: tuple[str, str]
    cells: Mapping[str, CellKey]


def list_instances(form: Form) -> tuple[Instance, ...]:
    """Every place in which the form's relations are tested, in the order of relations.csv and of the form."""
    return tuple(instance for relation in form.relations for instance in _instances(form, relation))


def _instances(form: Form, relation: Relation) -> Iterator[Instance]:
    fields = form.fields_of(relation.table)
    asked = tuple(relation.edition.split("|")) if relation.edition else EDITIONS
    editions = {
        name: tuple(e for e in asked if any(e in f.editions for f in fields if f.field == name))
        for name in dict.fromkeys(f.field for f in fields)
    }
    for place in _places(form, relation, {name: fields[_first(fields, name)] for name in editions}):
        if relation.named <= place.cells.keys():
            left, right = (
                tuple(_parts(side, relation.named, place.cells, editions, asked))
                for side in (relation.left, relation.right)
            )
            yield Instance(relation, place.scope, asked, place.words, left, right)


def _first(fields: Sequence[Field], name: str) -> int:
    return next(i for i, field in enumerate(fields) if field.field == name)


def _places(form: Form, relation: Relation, fields: Mapping[str, Field]) -> Iterator[_Place]:
    table = relation.table
    zh, en = TABLE_NAMES[table]
    applicants = form.applicants_of(table)
    if relation.scope == "applicant":
        for one in applicants:
            words = f"{zh}“{one.label_zh.split(' / ')[-1]}”列", f"{en}, column “{spell(one.applicant)}”"
            yield _Place(one.applicant, words, {f: (table, f, one.applicant) for f in fields})
    elif relation.scope == "row":
        for name, field in fields.items():
            words = f"{zh}“{name_row(field)}”行", f"{en}, row “{spell(name)}”"
            cells = {a.applicant: (table, name, a.applicant) for a in applicants}
            yield _Place(name, words, cells)
    elif relation.scope == "block":
        for block in dict.fromkeys(name.partition(".")[0] for name in fields):
            own = [name for name in fields if name.startswith(f"{block}.")]
            if own:
                words = f"{zh}{_name_block(fields[own[0]])}", f"{en}, {spell(block)}"
                cells = {name.partition(".")[2]: (table, name, "") for name in own}
                yield _Place(block, words, cells)
    else:
        yield _Place(table, (zh, en), {name: (table, name, "") for name in fields})


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
) -> Iterator[Operand]:
    for term in terms:
        for name in term.find(tuple(cells), named):
            own = editions[cells[name][1]]
            if own:
                yield Operand(cells[name], term.negative, () if own == asked or not term.is_wild else own)
