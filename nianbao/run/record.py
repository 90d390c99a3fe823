"""run.json: what a run was made of.

Enters: the options, counts and times of a run. Leaves: one file beside the tables. Times stand here and
nowhere else, so that two runs over the same files give identical tables.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
import sys
from importlib import metadata, resources
from pathlib import Path
from typing import Final

import psutil

from nianbao.messages import Lang
from nianbao.options import Options
from nianbao.reading.run_context import Context
from nianbao.results.own_files import PROGRAM, RECORD
from nianbao.results.tally import STATUSES, Tally
from nianbao.version import VERSION
from normalize.words.own_lines import OwnLines

LIBRARIES: Final = (
    "charset-normalizer",
    "libarchive-c",
    "lxml",
    "opencc",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "rapidfuzz",
    "regex",
    "XlsxWriter",
)


def describe_start(options: Options, lang: Lang) -> dict[str, object]:
    """What a run is made of, as far as that is known before it has begun."""
    return {
        "program": PROGRAM,
        "version": VERSION,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "form": digest_form(),
        "options": {
            "inputs": [str(path) for path in options.inputs],
            "out": str(options.out),
            "workbook": options.workbook,
            "parquet_by_year": options.by_year,
            "reread": options.choices.reread.value,
            "passwords": len(options.choices.passwords),
            "labels": _describe_labels(options.labels),
            "workers": options.processes,
            "time_limit": options.limits.seconds,
            "memory_limit": options.limits.megabytes,
            "fresh": options.fresh,
            "engine": options.engine.value,
            "scheduler": options.scheduler,
            "lang": lang.value,
        },
    }


def write_record(folder: Path, context: Context, tally: Tally, code: int, resumed: int) -> None:
    """Write run.json, which also names the files of the results.

    Args:
        folder: of the results.
        context: the run.
        tally: its counts.
        code: its exit code.
        resumed: how many things an earlier run had read.

    Raises:
        OSError: the disk is full, or the like.
    """
    seconds = context.stages.seconds
    record = {
        **describe_start(context.options, context.say.lang),
        "reader": context.job.rules.reader,
        "dictionary": context.job.rules.dictionary,
        "finished": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "seconds": {stage: round(taken, 3) for stage, taken in seconds.items()},
        "peak_megabytes": {"parent": _own_megabytes(), "worker": context.pool.peak >> 20},
        "files_found": tally.total,
        "resumed": resumed,
        "statuses": {status: tally.statuses[status] for status in STATUSES},
        "exit_code": int(code),
        "bugs": [
            {"source": bug.source, "sha256": bug.sha256, "traceback": bug.traceback} for bug in tally.bugs
        ],
        "files": sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()),
    }
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    (folder / RECORD).write_text(text, encoding="utf-8", errors="backslashreplace")


def _describe_labels(labels: OwnLines) -> dict[str, object] | None:
    if not labels.lines:
        return None
    return {"file": labels.file, "lines": len(labels.lines), "sha256": labels.digest}


def _own_megabytes() -> int:
    """The most memory that this process held at a time."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset) >> 20
    import resource  # not there on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak >> (20 if sys.platform == "darwin" else 10)


def digest_form() -> str:
    """SHA-256 over the form's dictionary: results of two runs compare only where it is the same."""
    digest = hashlib.sha256()
    folders = (resources.files("normalize.form"), resources.files("normalize.words"))
    entries = (entry for folder in folders for entry in folder.iterdir())
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.name.endswith(".csv"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()
