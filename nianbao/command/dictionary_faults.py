"""All faults of the dictionary at once, when one of its files was found faulty.

Enters: a fault. Leaves: those of all files, each with file and line.
"""

from __future__ import annotations

from importlib import import_module

from normalize.words.csv_lines import DictionaryError

HOMES = (
    "normalize.sentences",
    "normalize.words.script",
    "normalize.form.loader",
    "normalize.words.headings",
    "normalize.words.page_words",
    "normalize.identity.agencies",
    "normalize.prose.phrase_words",
    "normalize.prose.figures",
    "normalize.versions.rank",
)
"""The modules that read the files of the dictionary when they are imported, what others need first."""


def list_faults(found: DictionaryError) -> tuple[str, ...]:
    """Every fault of the dictionary.

    Each file is read by the module that uses it, and the first that is faulty ends the import; the others are
    asked for here. What needs a faulty one cannot be asked.

    Args:
        found: what ended the import.
    """
    faults = dict.fromkeys(found.faults)
    for home in HOMES:
        try:
            import_module(home)
        except DictionaryError as error:
            faults |= dict.fromkeys(error.faults)
    return tuple(faults)
