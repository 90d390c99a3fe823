"""Outcomes -> workbook.xlsx, for people, as a stream.

Enters: runs of outcomes in the final order. Leaves: one file, whose bytes do not depend on how the outcomes
were cut into runs. Rows go to temporary files beside the workbook as they come, so that no more than one row
of a sheet is held in memory.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from output.outcome import Outcome
from output.workbook.all_sheets import build_entry, build_sheets
from output.workbook.overview import count_entry
from output.workbook.sheet_writer import BOOK_TITLE, CellFormats, OpenSheet

FONT = {"font_name": "宋体", "font_size": 10}
"""In it a digit is half as wide as a sign of Chinese, on which widths of columns are reckoned."""
CREATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""Any day that stays: that of the run would make other bytes of equal outcomes."""


class BookWriter:
    """A context in which outcomes become workbook.xlsx."""

    def __init__(self, path: Path) -> None:
        """Nothing is written before the context is entered.

        Args:
            path: the file to write.
        """
        self._path = path
        self._opened = ExitStack()
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        """Open the sheets.

        Raises:
            OSError: the folder of the file cannot be written to.
        """
        with ExitStack() as opened:
            scratch = self._path.with_name(f".{self._path.name}-rows")
            # It is there if a process was killed while it wrote this file.
            shutil.rmtree(scratch, ignore_errors=True)
            scratch.mkdir()
            opened.callback(shutil.rmtree, scratch, ignore_errors=True)
            self._file = _Target(self._path)
            opened.callback(self._file.give_up)
            self._book = _open_book(self._file, scratch)
            opened.callback(_close_quietly, self._book)
            formats = CellFormats(self._book)
            self._sheets = [OpenSheet(self._book, formats, sheet) for sheet in build_sheets()]
            self._opened = opened.pop_all()
        return self

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Write the rows of some outcomes below those before them.

        Args:
            outcomes: the next ones in the final order.

        Raises:
            OSError: the disk is full, or the like.
        """
        for outcome in outcomes:
            entry = build_entry(outcome)
            self._counts.update(count_entry(entry))
            for opened in self._sheets:
                opened.write_rows(opened.sheet.rows_of(entry))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file together; after an error only clear away.

        Raises:
            OSError: the disk is full, or the like.
        """
        with self._opened:
            if error is None:
                self._finish()

    def _finish(self) -> None:
        for opened in self._sheets:
            opened.finish(self._counts)
        try:
            self._book.close()
        except FileCreateError as error:  # XlsxWriter's name for any OSError
            raise error.args[0] from None
        self._file.close()


class _Target:
    """The file that the workbook goes to, as far as zipfile uses it.

    What comes after it was given up is only counted: zipfile tries to end a file that it could not write
    when it is collected, and would then print a second error.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._place = 0

    def write(self, content: bytes) -> int:
        if not self._file.closed:
            return self._file.write(content)
        self._place += len(content)
        return len(content)

    def tell(self) -> int:
        return self._place if self._file.closed else self._file.tell()

    def seek(self, place: int) -> int:
        self._place = place if self._file.closed else self._file.seek(place)
        return self._place

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        self._file.close()

    def give_up(self) -> None:
        with suppress(OSError):
            self._file.close()


def _open_book(file: _Target, scratch: Path) -> Workbook:
    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    font = dict(FONT)  # XlsxWriter writes into it
    # Zip64 is used where a sheet has over 4 GB only.
    options = {"constant_memory": True, "tmpdir": str(scratch), "use_zip64": True}
    book = Workbook(file, {**texts, **options, "default_format_properties": font})
    book.set_properties({"title": BOOK_TITLE, "created": CREATED})
    return book


def _close_quietly(book: Workbook) -> None:
    """Close the temporary files, which XlsxWriter does for a book that was written only."""
    for sheet in book.worksheets():
        with suppress(OSError):
            sheet.row_data_fh.close()
