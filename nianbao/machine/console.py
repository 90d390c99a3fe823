"""Printing where not every sign can be shown, and perhaps nobody listens.

Enters: standard output and standard error as Python opened them. Leaves: streams that no text can break, and
on which nothing is lost: what their encoding lacks is spelt out. A reader that is gone (`| head -1`), a full
disk behind them or none of them at all breaks nothing off. Windows gives a file or a pipe the old code
page of its language, such as GBK, which has no emoji and no ballot mark.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

SPELT_OUT: Final = "nianbao.spelt_out"
LOOKALIKES: Final = {"✗": "x", "…": "...", "–": "-", "—": "-"}
"""Signs of our own sentences; "?" must not stand for the first, for it marks a doubt."""
SAMPLE: Final = "政府信息公开年报"


class Outlet(io.FileIO):
    """Where a stream ends. What it does not take is lost, and whoever prints is not told of it.

    Attributes:
        fault: why something was lost, None where nothing was or the reader only had enough.
    """

    fault: OSError | None = None

    def write(self, data: Buffer, /) -> int:
        """Write what can be written."""
        try:
            return super().write(data)
        except OSError as error:
            if error.errno != errno.EPIPE:
                self.fault = error
            return memoryview(data).nbytes


def open_streams() -> None:
    """Have all three standard streams, each of which ends in an `Outlet`.

    One that was closed is opened to nowhere: else the next file takes its number, and what engines print of a
    report goes into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(nowhere, True)  # noqa: FBT003 - as it is called
            setattr(sys, name, open(nowhere, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for good
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            raw = getattr(stream.buffer, "raw", stream.buffer)
            if type(raw) is io.FileIO:  # neither a test's nor the console of Windows
                setattr(sys, name, _end_in_outlet(stream))


def _end_in_outlet(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(Outlet(stream.fileno(), "w", closefd=False)),
        stream.encoding,
        stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def find_loss() -> OSError | None:
    """Why something that was printed to standard output was lost, None where nothing was."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.fault if isinstance(raw, Outlet) else None


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
