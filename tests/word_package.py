"""Builds small Word packages for tests from raw XML. Enters: fragments. Leaves: bytes, or a Document."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

from extract.document import Document, Paragraph, Source, Table
from extract.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def source_of(data: bytes) -> Source:
    """The source of bytes that were never a file."""
    return Source("test.docx", hashlib.sha256(data).hexdigest(), len(data))


def relationships(targets: Mapping[str, str]) -> str:
    """A .rels part; keys are targets, values kinds."""
    items = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def document_xml(body: str) -> str:
    """The main part around a body."""
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def package(body: str, *, side_parts: Mapping[str, tuple[str, str]] | None = None) -> bytes:
    """A .docx; `side_parts` maps a part's file name to its kind of relationship and its XML."""
    side_parts = side_parts or {}
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": relationships({"word/document.xml": "officeDocument"}),
        "word/document.xml": document_xml(body),
        "word/_rels/document.xml.rels": relationships({name: kind for name, (kind, _) in side_parts.items()}),
    }
    parts |= {f"word/{name}": xml for name, (_, xml) in side_parts.items()}
    return zipped(parts)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(data: bytes) -> Document:
    """Reads a package."""
    return read_docx(data, source_of(data))


def read_body(body: str) -> Document:
    """Reads a body."""
    return read(package(body))


def texts(document: Document) -> list[str]:
    """The texts of the paragraphs outside tables."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    """The tables in reading order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def par(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(content: str, properties: str = "") -> str:
    """A cell; content that is no XML becomes a paragraph."""
    inner = content if content.startswith("<") else par(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells (text or `w:tc` elements)."""
    inner = "".join(item if item.startswith("<w:") else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def grid_of(table: Table) -> list[tuple[str, int, int, int, int]]:
    """Each cell's text, row, column and spans."""
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
