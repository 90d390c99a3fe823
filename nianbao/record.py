"""run.json: what a run was made of.

Enters: the options, counts and times of a run. Leaves: one file beside the tables. Times stand here and
nowhere else, so that two runs over the same files give identical tables.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import VERSION
from nianbao.batch import Stages
from nianbao.messages import Lang
from nianbao.store import PROGRAM, RECORD
from nianbao.tally import STATUSES, Tally
from output.outcome import Outcome

if TYPE_CHECKING:
    from nianbao.run import Options

LIBRARIES = (
    "charset-normalizer",
    "libarchive-c",
    "lxml",
    "opencc",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "XlsxWriter",
)


def write_record(
    folder: Path,
    options: Options,
    tally: Tally,
    outcomes: Sequence[Outcome],
    stages: Stages,
    code: int,
    lang: Lang,
) -> None:
    """Write run.json, which also names the files of the results."""
    record = {
        "program": PROGRAM,
        "version": VERSION,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "form": digest_form(),
        "options": {
            "inputs": [str(path) for path in options.inputs],
            "out": str(options.out),
            "workbook": options.workbook,
            "reread": options.choices.reread.value,
            "passwords": len(options.choices.passwords),
            "lang": lang.value,
        },
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "seconds": {stage: round(seconds, 3) for stage, seconds in stages.seconds.items()},
        "files_found": tally.total,
        "statuses": {status: tally.statuses[status] for status in STATUSES},
        "exit_code": int(code),
        "bugs": [
            {"source": outcome.source.path, "sha256": outcome.source.sha256, "traceback": outcome.traceback}
            for outcome in outcomes
            if outcome.traceback
        ],
        "files": sorted(path.name for path in folder.iterdir()),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", errors="backslashreplace")


def digest_form() -> str:
    """SHA-256 over the form's dictionary: results of two runs compare only where it is the same."""
    digest = hashlib.sha256()
    folder = resources.files("normalize").joinpath("form")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".csv"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()
