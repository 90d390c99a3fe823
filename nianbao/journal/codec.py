"""Frozen types as plain lists, and back: what the journal keeps is data, and nothing but our types comes out.

Enters: a type hint of ours. Leaves: a `Codec`, which turns things of that type into lists, texts and numbers,
and lists into things again; whatever is not as the hint says is refused. Many things of one type stand column
by column, a list for each field: so most of the work is done by loops in C, and they pack well.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from extract import errors


class Malformed(Exception):
    """What was stored is nothing that is stored under that type."""


@dataclass(frozen=True, slots=True)
class Codec:
    """Between things of one type and plain lists.

    Attributes:
        encode: a column of things as something for JSON.
        decode: the same column again, of so many things; raises `Malformed`.
    """

    encode: Callable[[Sequence[Any]], Any]
    decode: Callable[[Any, int], Sequence[Any]]


@cache
def codec_of(hint: Any) -> Codec:  # noqa: ANN401 - a type, or what stands for one
    """The codec for a type: ours, one of Python's plain types, or tuples, lists and unions of them.

    Raises:
        TypeError: that type is not stored.
    """
    if hint in _PLAIN:
        return _plain(_PLAIN[hint])
    if hint in _SPELT:
        return _spelt(*_SPELT[hint])
    if make := _MADE_OF.get(get_origin(hint)):
        return make(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _spelt(attrgetter("value"), {member.value: member for member in hint}.__getitem__)
    if is_dataclass(hint):
        return _dataclass(hint)
    raise TypeError(f"{hint!r} is not stored")


_PLAIN: Final = {
    str: frozenset({str}),
    int: frozenset({int, bool}),
    float: frozenset({float, int}),
    bool: frozenset({bool}),
}
"""What Python and JSON have alike; JSON knows no fractions that are whole."""


def _plain(kinds: frozenset[type]) -> Codec:
    def encode(column: Sequence[Any]) -> list[Any]:
        for kind in set(map(type, column)):
            if not any(issubclass(kind, known) for known in kinds):
                raise TypeError(f"{kind!r} among {kinds}")
        return list(column)

    def decode(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
        if set(map(type, _column(data, size))) <= kinds:
            return list(data)
        raise Malformed

    return Codec(encode, decode)


def _column(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
    if type(data) is list and len(data) == size:
        return data
    raise Malformed


def _spelt(spell: Callable[[Any], str], read: Callable[[str], Any]) -> Codec:
    """Things that a text stands for."""
    texts = _plain(_PLAIN[str])

    def decode(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
        try:
            return list(map(read, texts.decode(data, size)))
        except (ValueError, ArithmeticError, LookupError) as error:
            raise Malformed from error

    return Codec(lambda column: list(map(spell, column)), decode)


_ERRORS: Final = {
    kind.__name__: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.ReadError)
}


def _spell_error(error: errors.ReadError) -> str:
    name = next(kind.__name__ for kind in type(error).__mro__ if kind in _ERRORS.values())
    return f"{name} {error.detail}"


def _read_error(text: str) -> errors.ReadError:
    name, _, detail = text.partition(" ")
    return _ERRORS[name](detail)


_SPELT: Final[dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]]] = {
    Decimal: (str, Decimal),
    datetime.date: (str, datetime.date.fromisoformat),
    errors.ReadError: (_spell_error, _read_error),
}


def _union(kinds: Sequence[Any]) -> Codec:
    """Things of several types, those of each together, led by which is which; None stands for nothing."""
    known = [kind for kind in kinds if kind is not NoneType]
    if len(known) < len(kinds) and len(known) == 1 and known[0] in _PLAIN:
        return _plain(_PLAIN[known[0]] | {NoneType})
    codecs = [codec_of(kind) for kind in known]
    nothing = len(known) if len(known) < len(kinds) else -1

    def which(thing: object) -> int:
        if thing is None:
            return nothing
        return next(n for n, kind in enumerate(known) if isinstance(thing, kind))

    def encode(column: Sequence[Any]) -> Any:  # noqa: ANN401 - for JSON
        if len(known) == 1:
            kept = [nothing if thing is None else 0 for thing in column]
        else:
            kept = list(map(which, column))
        parts = (
            [thing for thing, own in zip(column, kept, strict=True) if own == n] for n in range(len(known))
        )
        return [kept, *(codec.encode(part) for codec, part in zip(codecs, parts, strict=True))]

    def decode(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
        kept, *parts = _column(data, len(known) + 1)
        places = numbers.decode(kept, size)
        if not (found := set(places)) <= {*range(len(known)), max(nothing, 0)}:
            raise Malformed
        if found == {nothing}:
            return [None] * size
        things: list[Iterator[Any]] = [
            iter(codec.decode(part, places.count(n)))
            for n, (codec, part) in enumerate(zip(codecs, parts, strict=True))
        ]
        return [None if n == nothing else next(things[n]) for n in places]

    numbers = codec_of(int)
    return Codec(encode, decode)


def _tuple(parts: Sequence[Any]) -> Codec:
    if parts[-1] is Ellipsis:
        return _several(codec_of(parts[0]), tuple)
    return _record([codec_of(part) for part in parts], zip, lambda columns: list(zip(*columns, strict=True)))


def _several(one: Codec, build: Callable[[Iterable[Any]], Any]) -> Codec:
    """Lists or tuples of any length: how long each is, then what is in all of them."""
    numbers = codec_of(int)

    def encode(column: Sequence[Any]) -> Any:  # noqa: ANN401 - for JSON
        return [list(map(len, column)), one.encode(list(chain.from_iterable(column)))]

    def decode(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
        lengths, flat = _column(data, 2)
        sizes = numbers.decode(lengths, size)
        if min(sizes, default=0) < 0:
            raise Malformed
        things = iter(one.decode(flat, sum(sizes)))
        return [build(islice(things, length)) for length in sizes]

    return Codec(encode, decode)


def _counter(parts: Sequence[Any]) -> Codec:
    pairs = codec_of(list[tuple[parts[0], int]])  # type: ignore[valid-type]  # known only now

    def decode(data: Any, size: int) -> list[Counter[Hashable]]:  # noqa: ANN401 - out of JSON
        return [Counter(dict(counts)) for counts in pairs.decode(data, size)]

    return Codec(lambda column: pairs.encode([list(counts.items()) for counts in column]), decode)


def _dataclass(kind: Any) -> Codec:  # noqa: ANN401 - a dataclass
    hints, names = get_type_hints(kind), [field.name for field in fields(kind)]
    take = [attrgetter(name) for name in names]
    return _record(
        [codec_of(hints[name]) for name in names],
        lambda *things: [list(map(one, things)) for one in take],
        lambda columns: list(map(kind, *columns)),
    )


def _record(
    codecs: Sequence[Codec],
    split: Callable[..., Iterable[Sequence[Any]]],
    join: Callable[[Sequence[Sequence[Any]]], list[Any]],
) -> Codec:
    """Things with so many parts, as a column for each part."""

    def encode(column: Sequence[Any]) -> Any:  # noqa: ANN401 - for JSON
        return (
            [codec.encode(part) for codec, part in zip(codecs, split(*column), strict=True)] if column else []
        )

    def decode(data: Any, size: int) -> list[Any]:  # noqa: ANN401 - out of JSON
        if not size:
            return list(_column(data, 0))
        parts = zip(codecs, _column(data, len(codecs)), strict=True)
        return join([codec.decode(part, size) for codec, part in parts])

    return Codec(encode, decode)


_MADE_OF: Final[dict[Any, Callable[[Sequence[Any]], Codec]]] = {
    Literal: lambda parts: _spelt(str, {part: part for part in parts}.__getitem__),
    Union: _union,
    UnionType: _union,
    tuple: _tuple,
    list: lambda parts: _several(codec_of(parts[0]), list),
    Counter: _counter,
}
"""By what a type is made of others."""
