"""LibreOffice, for runs that may not need it.

Enters: old Office files. Leaves: what LibreOffice makes of them; it is loaded and started for the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from nianbao.limits import LIMITS, Limits

if TYPE_CHECKING:
    from extract.errors import ReadError
    from extract.office.input_check import Checked
    from extract.office.libreoffice import LibreOffice


class Office:
    """As `extract.office.libreoffice.LibreOffice`, from the first conversion on."""

    def __init__(self, limits: Limits = LIMITS, processes: int | None = None) -> None:
        """LibreOffice that is yet to start.

        Args:
            limits: for each file.
            processes: at most so many at a time; None for what suits this machine.
        """
        self._limits = limits
        self._processes = processes
        self._stack = ExitStack()
        self._office: LibreOffice | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def convert(self, files: Sequence[Checked]) -> list[bytes | ReadError]:
        """The .docx of each file, or the error that it earned, in the same order."""
        if self._office is None:
            from extract.office.libreoffice import LibreOffice

            limits = self._limits.seconds, self._limits.megabytes
            self._office = self._stack.enter_context(LibreOffice(*limits, processes=self._processes))
        return self._office.convert_checked(files)
