"""A Word file as one file of XML: "Word XML document", and the XML of Word 2003.

Enters: the bytes of a .docx of this generator. Leaves: bytes of an .xml, which people also name .doc.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_START: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
)
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
    out = [f'{_START}<pkg:package xmlns:pkg="{_PACKAGE}">']
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        for name in archive.namelist():
            if name.startswith("["):
                continue
            kind = _PARTS.get(f"/{name}")
            other = "core-properties" if name.startswith("docProps") else "relationships"
            kind = f"officedocument.{kind}+xml" if kind else f"package.{other}+xml"
            data = _DECLARATION.sub("", archive.read(name).decode())
            out.append(
                f'<pkg:part pkg:name="/{name}" pkg:contentType="{_OPEN_XML}{kind}">'
                f"<pkg:xmlData>{data}</pkg:xmlData></pkg:part>"
            )
    return "".join([*out, "</pkg:package>"]).encode()


_WORDML: Final = "http://schemas.microsoft.com/office/word/2003/wordml"
_LATER: Final = re.compile(r"<w:sectPr>.*?</w:sectPr>|<w:numPr>.*?</w:numPr>|<w:pStyle [^>]*/>", re.DOTALL)


def word_2003(word: bytes) -> bytes:
    """A .docx as Word 2003 kept it: other names for merged cells, no styles, lists or margins."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        document = archive.read("word/document.xml").decode()
    body = document[document.index("<w:body>") : document.index("</w:body>")]
    body = _LATER.sub("", body).replace("<w:vMerge", "<w:vmerge").replace("<w:hMerge", "<w:hmerge")
    return f'{_START}<w:wordDocument xmlns:w="{_WORDML}" xml:space="preserve">{body}</w:body></w:wordDocument>'.encode()
