"""Fields that print the day of the conversion are emptied: no such date stands in the file.

Enters: the .docx that LibreOffice made. Leaves: the same, and whether a field was emptied. LibreOffice counts
`DATE` and `TIME` anew; what the file itself kept as their last result is lost by then.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from extract.xml.office_package import Package

_PART: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_INSTRUCTION: Final = re.compile(rb"<w:instrText[^>]*>\s*(?:DATE|TIME)\b")
_END: Final = b'w:fldCharType="end"'
_TEXT: Final = re.compile(rb"<w:t(?: [^>]*)?>[^<]*</w:t>")


def empty_live_fields(docx: bytes) -> tuple[bytes, bool]:
    """The document without the results of such fields.

    Raises:
        ReadError: the package cannot be read.
    """
    Package(docx).check_sizes()
    package = Package(docx)
    parts = {name: package.read(name) for name in package.names if _PART.fullmatch(name)}
    emptied = {name: _empty(part) for name, part in parts.items() if _INSTRUCTION.search(part)}
    if not emptied:
        return docx, False
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in package.names:
            archive.writestr(name, emptied.get(name) or package.read(name))
    return stream.getvalue(), True


def _empty(part: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    for field in _INSTRUCTION.finditer(part):
        end = part.find(_END, field.end())
        if field.start() < at or end < 0:
            continue
        pieces += [part[at : field.end()], _TEXT.sub(b"", part[field.end() : end])]
        at = end
    return b"".join([*pieces, part[at:]])
