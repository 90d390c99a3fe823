"""A Word document that is one XML file (flat OPC, Word 2003 XML) -> `Document`.

Enters: bytes. Leaves: a `Document` under the format `xml-word`, read by the reader of .docx from the package
that the file stands for.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.document import Document, Source
from extract.docx import read_docx
from extract.errors import Damaged, both
from extract.office.word_2003 import is_wordml, to_parts
from extract.xml.local_names import attribute, local, parse_flat

_FLAT: Final = "{http://schemas.microsoft.com/office/2006/xmlPackage}package"


def read_word_xml(data: bytes, source: Source) -> Document:
    """Reads a Word document written as XML.

    Raises:
        ReadError: a subclass that names the fault; no other exception, whatever the bytes.
    """
    try:
        root = parse_flat(data, "XML")
        if root.tag == _FLAT:
            parts = _flat_parts(root)
        elif is_wordml(root):
            parts = to_parts(root)
        else:
            raise Damaged(local(root))
        return replace(read_docx(_zip(parts), source), format="xml-word")
    except RecursionError as fault:
        raise Damaged(both("嵌套过深", "nested too deeply")) from fault


def _flat_parts(root: _Element) -> dict[str, bytes]:
    """The XML parts; pictures are not read."""
    parts: dict[str, bytes] = {}
    for part in root:
        name = attribute(part, "name").lstrip("/")
        for held in part:
            if local(held) == "xmlData" and len(held):
                parts[name] = etree.tostring(held[0], encoding="utf-8", with_tail=False)
            elif local(held) == "binaryData" and name.endswith((".xml", ".rels")):
                parts[name] = _decode(held.text or "", name)
    return parts


def _decode(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError) as fault:
        raise Damaged(name) from fault


def _zip(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
