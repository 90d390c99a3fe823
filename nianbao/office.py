"""LibreOffice, for runs that may not need it.

Enters: old Office files. Leaves: what LibreOffice makes of them; it is loaded and started for the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from extract.errors import ReadError
    from extract.office.libreoffice import LibreOffice


class Office:
    """As `extract.office.libreoffice.LibreOffice`, from the first conversion on."""

    def __init__(self, processes: int | None = None) -> None:
        """LibreOffice that is yet to start.

        Args:
            processes: at most so many at a time; None for what suits this machine.
        """
        self._processes = processes
        self._stack = ExitStack()
        self._office: LibreOffice | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def convert(self, files: Sequence[tuple[str, bytes]]) -> list[bytes | ReadError]:
        """The .docx of each file, or the error that it earned, in the same order.

        Args:
            files: pairs of a format and the bytes.
        """
        if self._office is None:
            from extract.office.libreoffice import LibreOffice

            self._office = self._stack.enter_context(LibreOffice(processes=self._processes))
        return self._office.convert(files)
