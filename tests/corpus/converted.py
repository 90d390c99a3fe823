"""Reports in the formats of other office programs, converted by LibreOffice.

Enters: Word files and spreadsheets. Leaves: .doc, .rtf, .odt, .xls, .ods, .html and .xml as LibreOffice writes them.
Needs `soffice`; the bytes depend on its version and on the hour, so they are never compared or committed.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from corpus.sheets import Sheeting, draw_sheeting
from corpus.wordtable import Wording, draw_wording
from corpus.wordxml import flat_package, word_2003

FILTERS: Final = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "html": "html:HTML (StarWriter)",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "calc_html": "html:HTML (StarCalc)",
}
"""Formats with suffix and name of LibreOffice's filter; the kinds of XML need none."""
SUFFIXES: Final = {
    "doc": (".doc", ".doc", ".wps"),
    "xls": (".xls", ".et"),
    "rtf": (".rtf", ".doc"),
    "html": (".html", ".doc"),
    "calc_html": (".html", ".xls"),
    "wordml": (".xml", ".doc"),
    "excelml": (".xml", ".xls"),
    "flat": (".xml", ".doc"),
}
XML_WRITERS: Final = {"flat": flat_package, "wordml": word_2003}
SPREADSHEETS: Final = ("xls", "ods", "calc_html")
WEIGHTS: Final = {
    "doc": 6,
    "rtf": 2,
    "odt": 2,
    "html": 2,
    "xls": 3,
    "ods": 1,
    "wordml": 1,
    "calc_html": 1,
    "excelml": 1,
    "flat": 1,
}


def convert(drafts: Mapping[str, bytes], target: str) -> dict[str, bytes]:
    """Files by name (`7.docx`) in another format, all in one start; names lose their suffix."""
    if target in XML_WRITERS:
        return {Path(name).stem: XML_WRITERS[target](data) for name, data in drafts.items()}
    suffix = FILTERS[target].partition(":")[0]
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "source", Path(folder) / "out"
        source.mkdir()
        for name, data in drafts.items():
            (source / name).write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        paths = [str(source / name) for name in drafts]
        subprocess.run(
            [*command, "--convert-to", FILTERS[target], "--outdir", str(out), *paths],
            check=True,
            capture_output=True,
            timeout=60 + 5 * len(drafts),
        )
        return {Path(name).stem: (out / f"{Path(name).stem}.{suffix}").read_bytes() for name in drafts}


def draw_target(rng: Random) -> str:
    """A format."""
    return rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def draw_convertible_word(rng: Random) -> Wording:
    """A Word file that LibreOffice carries over without loss: no tracked changes, no controls, no text boxes."""
    how = draw_wording(rng)
    merges = how.merges if how.merges in ("spans", "unmerged") else "spans"
    return replace(
        how, merges=merges, control="", revisions=0, box=False, nest="" if how.nest == "all" else how.nest
    )


def draw_convertible_sheet(rng: Random) -> Sheeting:
    """A workbook; nothing hidden, as not every format can hide."""
    return replace(draw_sheeting(rng), hidden=False)
