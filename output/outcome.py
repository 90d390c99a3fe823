"""What became of one file of a run.

Enters: a report or the reason there is none. Leaves: `Outcome`, the input of every table that is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Source
from normalize.report import Report

READ = frozenset({"ok", "flagged"})
"""The statuses of files whose report is in the tables."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file found, and what became of it.

    Attributes:
        source: the file (path relative to the run's folder, digest, size).
        status: `ok`, `flagged`, `not_a_report`, `duplicate` or `failed`.
        format: detected from the bytes, "" where even that failed.
        report: the reading; None for `duplicate` and `failed`.
        pages: number of pages where there is no report to say it (images), else None.
        duplicate_of: path of the file that carries the report, "" if none.
        version_reason: why this file or another is used, one plain Chinese sentence, "" if there is no other.
        versions: how many files are this report, None where nothing was to compare.
        error_code, error: stable code and one plain Chinese sentence, "" where all went well.
        error_en: the same sentence in English, for the terminal only.
        traceback: only for a bug of ours, kept for run.json and the terminal, never in the tables.
    """

    source: Source
    status: str
    format: str = ""
    report: Report | None = None
    pages: int | None = None
    duplicate_of: str = ""
    error_code: str = ""
    error: str = ""
    error_en: str = ""
    traceback: str = ""
    version_reason: str = ""
    versions: int | None = None
