"""Content streams as pdfminer reads them, with the commonest tokens taken by one regular expression.

Enters: content streams. Leaves: what pdfminer makes of them. pdfminer looks at each token in some twenty
calls, which is most of the time of a second reading. Here numbers, operators, plain names and strings, and
arrays of these are taken at once where they end within the piece of the stream at hand; whatever is anything
else (comments, escapes, dictionaries, inline images, nonsense) is left to pdfminer, at the same place.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import KWD, LIT, PSKeyword, keyword_name

_END: Final = rb"#/%\[\]()<>{}\s"
_INTEGER: Final = rb"[-+]?+\d{1,99}+(?!\d)"
_FLOAT: Final = rb"[-+]?+(?:\d++\.\d*+|\.\d++)"
_HEX: Final = rb"<((?:[0-9a-fA-F]{2})*+)>(?!>)"
_STRING: Final = rb"\(([^()\\]*+)\)"
_ITEM: Final = re.compile(rb"(%b)(?![.\d])|(%b)|%b|%b" % (_INTEGER, _FLOAT, _HEX, _STRING))
_ITEMS: Final = rb"(?:%b|%b|<(?:[0-9a-fA-F]{2})*+>(?!>)|\([^()\\]*+\)|\s++)*+" % (_FLOAT, _INTEGER)
_TOKEN: Final = re.compile(
    rb"\s*+(?:"
    + rb"|".join(
        (
            rb"(%b)(?=[^.\d])" % _INTEGER,
            rb"(%b)(?=\D)" % _FLOAT,
            rb"(?!(?:BI|ID|true|false)[%b])([A-Za-z][^%b]*+)(?=[%b])" % (_END, _END, _END),
            rb"%b(?=.)" % _HEX,
            rb"/([^%b]*+)(?=[^#])" % _END,
            _STRING,
            rb"\[(%b)\]" % _ITEMS,
        )
    )
    + rb")",
    re.DOTALL,
)
"""A token that is seen to end, each kind in a group of its own."""


def _name(token: bytes) -> Any:  # noqa: ANN401 - pdfminer's literals
    try:
        return LIT(token.decode())
    except UnicodeDecodeError:
        return LIT(token)


def _array(items: bytes) -> list[Any]:
    kinds = ((found.lastindex or 0, found) for found in _ITEM.finditer(items))
    return [_MADE[kind](found[kind]) for kind, found in kinds]


_MADE: Final[Sequence[Callable[[bytes], Any]]] = (bytes, int, float, unhexlify, bytes)
"""What becomes of the kinds of items, by the numbers of their groups."""
_MAKE: Final[Sequence[Callable[[bytes], Any]]] = (bytes, int, float, KWD, unhexlify, _name, bytes, _array)
"""What becomes of each kind, by the number of its group."""


class Scanner(PDFContentParser):
    """Gives the objects that pdfminer's parser gives."""

    def objects(self) -> Iterator[Any]:
        """Operands and operators, as they come."""
        while True:
            inside = self.context or self.results  # of something, or more was found at once
            found = None if inside else _TOKEN.match(self.buf, self.charpos)
            if found is not None:
                self.charpos = found.end()
                kind = found.lastindex or 0
                yield _MAKE[kind](found[kind])
                continue
            try:
                _, item = self.nextobject()
            except PSEOF:
                return
            yield item


class Interpreter(PDFPageInterpreter):
    """Does what pdfminer's does, from objects that `Scanner` gives."""

    def execute(self, streams: Sequence[object]) -> None:
        """Draw the contents of some streams, of which those that are being drawn are left out."""
        self.stream_ids.clear()
        fresh = []
        for stream in map(stream_value, streams):
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                fresh.append(stream)
                self.stream_ids.add(stream.objid)
        try:
            scanner = Scanner(fresh)
        except PSEOF:  # nothing is drawn
            return
        for item in scanner.objects():
            if not isinstance(item, PSKeyword):
                self.argstack.append(item)
            elif (operator := _operator(item)) is not None:
                operate, number = operator
                operands = self.pop(number)
                if len(operands) == number:
                    operate(self, *operands)


@lru_cache(1000)
def _operator(keyword: PSKeyword) -> tuple[Callable[..., None], int] | None:
    """What draws it, and how many operands that takes."""
    name = str(keyword_name(keyword)).replace("*", "_a").replace('"', "_w").replace("'", "_q")
    operate = getattr(Interpreter, f"do_{name}", None)
    return (operate, operate.__code__.co_argcount - 1) if operate else None
