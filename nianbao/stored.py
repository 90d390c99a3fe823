"""Documents and outcomes as bytes, for the journal and between processes.

Enters: our own frozen types. Leaves: bytes, and the same again. Bytes from a file that somebody else made can
build nothing but those types: they are data, never a program.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from dataclasses import fields
from enum import Enum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, Final

MODULES: Final = frozenset(
    {"extract.document", "extract.errors", "normalize.report", "normalize.versions", "output.outcome"}
    | {"nianbao.plan", "nianbao.tally", "nianbao.understand"}
)
"""Where the types come from that may be stored."""
_VALUES: Final = {("decimal", "Decimal"), ("datetime", "date"), ("collections", "Counter")}
_LEVEL: Final = 1
"""Of zlib: a quarter of the size in a tenth of a millisecond; more takes longer than it saves."""


class NotStored(Exception):
    """The bytes are not what was stored: cut, changed, or of an older version."""


def pack(thing: object) -> bytes:
    """The thing as bytes, about 5 kB for a report."""
    stream = io.BytesIO()
    _Pickler(stream, protocol=5).dump(thing)
    return zlib.compress(stream.getbuffer(), _LEVEL)


def unpack(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """The thing that was packed.

    Raises:
        NotStored: the bytes are damaged, or name a type that is not stored.
    """
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError) as error:
        raise NotStored(str(error)) from error


class _Pickler(pickle.Pickler):
    """Writes a dataclass as its type and values: what `dataclass(slots=True)` brings takes twice as long."""

    def reducer_override(self, thing: object) -> Any:  # noqa: ANN401 - as the base class has it
        kind: Any = type(thing)
        if not hasattr(kind, "__dataclass_fields__"):
            return NotImplemented
        return kind, _values_of(kind)(thing)


@cache
def _values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401 - a dataclass
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda thing: tuple(getattr(thing, name) for name in names)


class _Unpickler(pickle.Unpickler):  # noqa: S301 - it finds no class but ours
    """Finds our types and three values of the standard library."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        return _find(module, name)


@cache
def _find(module: str, name: str) -> Any:  # noqa: ANN401
    if (module, name) == ("builtins", "getattr"):
        return _member  # how Python 3.11 pickles the members of an enumeration
    if (module, name) in _VALUES:
        return getattr(import_module(module), name)
    if module in MODULES:
        found = getattr(import_module(module), name)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _member(kind: object, name: str) -> Enum:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{kind!r}")
