"""Word 2003 XML (`w:wordDocument`) -> the parts of a .docx.

Enters: the root element. Leaves: parts by name, as far as the reader of .docx looks at them: body, styles,
lists, headers, footers, notes, title. The two languages are nearly one: a namespace, some names, and
tracked changes, which stand here as annotations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element

from extract.xml.elements import whole_number
from extract.xml.local_names import local, named
from extract.xml.word_names import BODY, DC_NS, REL_NS, VAL, W_NS, P, R, T, w

_OLD: Final = "http://schemas.microsoft.com/office/word/2003/wordml"
_HINTS: Final = "http://schemas.microsoft.com/office/word/2003/auxHint"
_NOTES: Final = "http://schemas.microsoft.com/aml/2001/core"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES: Final = {
    "listPr": "numPr",
    "ilfo": "numId",
    "vmerge": "vMerge",
    "hmerge": "hMerge",
    "hlink": "hyperlink",
}
_CHANGES: Final = {"Word.Insertion": w("ins"), "Word.Deletion": w("del")}
_DROPPED: Final = frozenset({w("binData"), w("docOleData"), w("docSuppData"), w("shapeDefaults"), w("docPr")})
_OWN: Final = (W_NS, "urn:schemas-microsoft-com:", "http://schemas.microsoft.com/")
_SMART_TAG: Final = "urn:schemas-microsoft-com:office:smarttags"
_TEXT, _FONT = f"{{{_HINTS}}}t", f"{{{_HINTS}}}font"
_SYMBOL_FONTS: Final = frozenset({"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"})
# ST_NumberFormat in the order of the numbers that `w:nfc` gives.
_NUMERALS: Final = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText",
    "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha",
    "decimalFullWidth", "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand",
    "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero",
    "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified",
    "chineseCountingThousand",
)  # fmt: skip


def is_wordml(root: _Element) -> bool:
    """Whether this is the root of Word 2003 XML."""
    return root.tag == f"{{{_OLD}}}wordDocument"


def to_parts(root: _Element) -> dict[str, bytes]:
    """The parts of the .docx that the document stands for."""
    _rename(root)
    _unwrap(root)
    body = root.find(BODY)
    sides = {} if body is None else dict(_side_parts(body))
    document = etree.Element(w("document"), nsmap={"w": W_NS})
    if body is not None:
        document.append(body)
    parts = {"word/document.xml": document} | sides
    for name in ("styles", "lists"):
        found = root.find(w(name))
        if found is not None:
            parts[f"word/{'numbering' if name == 'lists' else name}.xml"] = (
                _numbering(found) if name == "lists" else found
            )
    written = {name: etree.tostring(part, encoding="utf-8") for name, part in parts.items()}
    title = next((item.text for item in root.iter("{urn:schemas-microsoft-com:office:office}Title")), "")
    return written | {
        "word/_rels/document.xml.rels": _relations(parts),
        "docProps/core.xml": _core(title or ""),
    }


def _rename(root: _Element) -> None:
    """Names and attributes of the old namespace become those of the new one."""
    for element in list(root.iter()):
        tag: object = element.tag
        if not isinstance(tag, str):
            continue
        space, _, name = tag[1:].rpartition("}")
        if space == _OLD:
            element.tag = w(_NAMES.get(name, name))
        for key in [key for key in element.attrib if str(key).startswith(f"{{{_OLD}}}")]:
            element.set(w(str(key).rpartition("}")[2]), element.attrib.pop(key))
        if element.tag in _DROPPED:
            element.clear()


def _unwrap(root: _Element) -> None:
    """Sections, hints, annotations and smart tags give way to what they hold, or to their new names."""
    for element in list(root.iter()):
        tag: object = element.tag
        if not isinstance(tag, str) or element is root:
            continue
        space = tag[1:].rpartition("}")[0]
        if tag == f"{{{_NOTES}}}annotation":
            _change(element)
        elif (space == _HINTS and len(element)) or tag == w("cfChunk"):
            _dissolve(element)
        elif space == _SMART_TAG or not space.startswith(_OWN):
            element.tag = w("customXml")
        elif tag == w("numPr"):
            _print_label(element)


def _change(annotation: _Element) -> None:
    """An insertion or deletion; bookmarks, comments and old formatting go."""
    kind = _CHANGES.get(annotation.get(w("type"), ""))
    content = annotation.find(f"{{{_NOTES}}}content")
    if kind is None:
        parent = annotation.getparent()
        if parent is not None:
            parent.remove(annotation)
        return
    annotation.tag = kind
    if content is not None:
        _dissolve(content)


def _dissolve(element: _Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _print_label(properties: _Element) -> None:
    """Word wrote the label that it prints: it becomes a text; signs of symbol fonts are no words."""
    label, font = properties.find(_TEXT), properties.find(_FONT)
    formats = properties.getparent()
    paragraph = None if formats is None else formats.getparent()
    if label is None or formats is None or paragraph is None or paragraph.tag != P:
        return
    formats.remove(properties)
    text = label.get(f"{{{_HINTS}}}val", "")
    if not text or (font is not None and font.get(f"{{{_HINTS}}}val") in _SYMBOL_FONTS):
        return
    run = etree.Element(R)
    etree.SubElement(run, T).text = f"{text} "
    paragraph.insert(paragraph.index(formats) + 1 if formats.getparent() is paragraph else 0, run)


def _side_parts(body: _Element) -> Iterator[tuple[str, _Element]]:
    """Headers and footers stand in the sections here, notes in the runs that refer to them."""
    for kind in ("hdr", "ftr"):
        for i, element in enumerate(list(body.iter(w(kind)))):
            if (parent := element.getparent()) is not None:
                parent.remove(element)
            yield f"word/{'header' if kind == 'hdr' else 'footer'}{i}.xml", element
    for kind in ("footnote", "endnote"):
        notes = [note for note in body.iter(w(kind)) if note.find(P) is not None]
        if notes:
            part = etree.Element(w(f"{kind}s"))
            part.extend(notes)
            yield f"word/{kind}s.xml", part


def _numbering(lists: _Element) -> _Element:
    """`w:lists` as a numbering part."""
    part = etree.Element(w("numbering"))
    for definition in named(lists, "listDef"):
        definition.tag = w("abstractNum")
        definition.set(w("abstractNumId"), definition.get(w("listDefId"), ""))
        part.append(definition)
    for item in named(lists, "list"):
        number = etree.SubElement(part, w("num"), {w("numId"): item.get(w("ilfo"), item.get(w("numId"), ""))})
        for child in list(item):
            if local(child) == "ilst":
                etree.SubElement(number, w("abstractNumId"), {VAL: child.get(VAL, "")})
            elif local(child) == "lvlOverride":
                number.append(child)
    for code in part.iter(w("nfc")):
        kind = whole_number(code.get(VAL), 0, len(_NUMERALS))
        code.tag = w("numFmt")
        code.set(VAL, (*_NUMERALS, "none")[len(_NUMERALS) if kind is None else kind])
    return part


def _relations(parts: dict[str, _Element]) -> bytes:
    root = etree.Element(f"{{{REL_NS}}}Relationships", nsmap={None: REL_NS})  # type: ignore[dict-item]
    for i, name in enumerate(parts):
        target = name.removeprefix("word/")
        kind = target.removesuffix(".xml").rstrip("0123456789")
        if kind != "document":
            values = {"Id": f"r{i}", "Type": f"{_RELATION}/{kind}", "Target": target}
            etree.SubElement(root, f"{{{REL_NS}}}Relationship", values)
    return etree.tostring(root, encoding="utf-8")


def _core(title: str) -> bytes:
    root = etree.Element("coreProperties")
    etree.SubElement(root, f"{{{DC_NS}}}title").text = title
    return etree.tostring(root, encoding="utf-8")
