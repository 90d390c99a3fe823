"""Printing where not every sign can be shown.

Enters: standard output and standard error as Python opened them. Leaves: streams that no text can break, and
on which nothing is lost: what their encoding lacks is spelt out. Windows gives a file or a pipe the old code
page of its language, such as GBK, which has no emoji and no ballot mark.
"""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, TextIO

SPELT_OUT: Final = "nianbao.spelt_out"
LOOKALIKES: Final = {"✗": "x", "…": "...", "–": "-", "—": "-"}
"""Signs of our own sentences; "?" must not stand for the first, for it marks a doubt."""
SAMPLE: Final = "政府信息公开年报"


def prepare(streams: Iterable[object] = ()) -> None:
    """Have the streams of the process, or those given, spell out what they cannot write."""
    codecs.register_error(SPELT_OUT, spell_out)
    for stream in streams or (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # ASCII only says that no locale is set: Python (PEP 540) and click then write UTF-8 as well.
            nothing_known = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if nothing_known else None, errors=SPELT_OUT)


def spell_out(error: UnicodeError) -> tuple[str, int]:
    """What to write instead of signs that an encoding lacks: one that looks like it, else its number.

    Raises:
        UnicodeError: it is none of writing.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(LOOKALIKES.get(sign) or escape(sign) for sign in signs), error.end


def escape(sign: str) -> str:
    """A sign as Python would write it in a string, in ASCII."""
    return sign.encode("ascii", "backslashreplace").decode("ascii")


def shows_chinese(stream: TextIO | None = None) -> bool:
    """Whether Chinese can be written to a stream, standard output unless another is given."""
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    try:
        SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def tell(line: str) -> None:
    """Write a line to standard error; where nobody reads it any more, the run goes on all the same."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)  # noqa: T201
