"""Sound files of every format, to be broken.

Enters: a folder of reports and a number. Leaves: names and bytes.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Final

from corpus.__main__ import FAMILIES, generate, generate_family

SEED: Final = 7301


def gather(folder: Path, each: int, *, office: bool = True) -> dict[str, bytes]:
    """The files of a folder and `each` generated reports of every family.

    Args:
        folder: of reports.
        each: how many of a family.
        office: also what LibreOffice writes and reads, which takes its time.
    """
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    families = [*FAMILIES, *(["office"] if office else [])]
    made = chain(generate(SEED, 2 * each), *(generate_family(SEED, each, family) for family in families))
    for n, one in enumerate(made):
        if not one.beside:
            found[f"{n}_{Path(one.source).name}"] = one.content
    return found
