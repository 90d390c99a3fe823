"""Reports in the formats of other office programs, converted by LibreOffice.

Enters: Word files and spreadsheets. Leaves: .doc, .rtf, .odt, .xls, .ods, .html and .xml as LibreOffice writes them.
Needs `soffice`; the bytes depend on its version and on the hour, so they are never compared or committed.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from corpus.sheets import Sheeting, draw_sheeting
from corpus.wordtable import Wording, draw_wording

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
FILTERS: Final = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "html": "html:HTML (StarWriter)",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "wordml": "xml:MS Word 2003 XML",
    "calc_html": "html:HTML (StarCalc)",
}
"""Formats with suffix and name of LibreOffice's filter; `flat` and `excelml` need none."""
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
    if target == "flat":
        return {Path(name).stem: flat_package(data) for name, data in drafts.items()}
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


_PARTS: Final = {
    "/word/document.xml": "wordprocessingml.document.main",
    "/word/styles.xml": "wordprocessingml.styles",
    "/word/numbering.xml": "wordprocessingml.numbering",
    "/word/header1.xml": "wordprocessingml.header",
    "/word/footer1.xml": "wordprocessingml.footer",
}
_PACKAGE: Final = "http://schemas.microsoft.com/office/2006/xmlPackage"
_OPEN_XML: Final = "application/vnd.openxmlformats-"


def flat_package(word: bytes) -> bytes:
    """A .docx as one file of XML (Word's "Word XML document")."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    out = [f'{head}<pkg:package xmlns:pkg="{_PACKAGE}">']
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        for name in archive.namelist():
            if name.startswith("["):
                continue
            kind = _PARTS.get(f"/{name}")
            kind = f"officedocument.{kind}+xml" if kind else "package.relationships+xml"
            data = _DECLARATION.sub("", archive.read(name).decode())
            out.append(
                f'<pkg:part pkg:name="/{name}" pkg:contentType="{_OPEN_XML}{kind}">'
                f"<pkg:xmlData>{data}</pkg:xmlData></pkg:part>"
            )
    return "".join([*out, "</pkg:package>"]).encode()


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
