"""All faults of the dictionary at once, when one of its files was found faulty.

Enters: a fault. Leaves: those of all files, each with file and line.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from normalize.words.csv_lines import DictionaryError, gather_faults

HOMES = (
    "normalize.sentences",
    "normalize.words.script",
    "normalize.words.units",
    "normalize.words.quantity",
    "normalize.form.table_words",
    "normalize.form.loader",
    "normalize.words.page_words",
    "normalize.words.headings",
    "normalize.identity.agencies",
    "normalize.prose.phrase_words",
    "normalize.prose.figures",
    "normalize.versions.rank",
    "normalize.checks.is_report",
)
"""The modules that read the files of the dictionary when they are imported, what others need first."""


def list_faults(found: DictionaryError) -> tuple[str, ...]:
    """Every fault of the dictionary; the program is of no use afterwards.

    Each file is read by the module that uses it, and the first that is faulty ends the import; here the
    others are asked as well.

    Args:
        found: what ended the import.
    """
    with gather_faults() as faults:
        for home in HOMES:
            with suppress(Exception):  # a module that cannot be made of what is left of a file
                import_module(home)
    return tuple(dict.fromkeys((*found.faults, *faults)))
