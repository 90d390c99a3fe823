"""A page as a Word file.

Enters: a page and a `Wording`. Leaves: the bytes of a .docx.
"""

from __future__ import annotations

import re
from random import Random

from corpus.grid import Grid
from corpus.package import NAMESPACES, word_bytes
from corpus.page import Line, Page
from corpus.wordtable import REVISED, TableWriter, Wording, draw_wording, layout_table, run

__all__ = ["Wording", "draw_wording", "write_word"]

_ALIGN = {"title": "center", "number": "center", "sign": "right", "page": "center"}


def write_word(rng: Random, page: Page, how: Wording) -> bytes:
    """The file."""
    writer = TableWriter(rng, how)
    headings = writer.new_list("%1、", True) if how.numbering else 0
    blocks: list[str] = []
    for block in page.blocks:
        if isinstance(block, Grid):
            # two tables without a paragraph between them become one in Word
            blocks += [writer.table(block), "<w:p/>"]
        elif block.kind == "title" and how.box:
            blocks.append(_boxed(_paragraph(rng, block, 0)))
        elif block.kind == "page" and how.margins:
            blocks.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        else:
            blocks.append(_paragraph(rng, block, headings))
    if how.revisions:
        gone = f"<w:del {REVISED}>{run('此段已删除，原稿误写为 99 件。', 'delText')}</w:del>"
        blocks.insert(len(blocks) // 3, f"<w:p>{gone}</w:p>")
    if how.nest == "all":
        blocks = [layout_table("".join(blocks))]
    numbering = writer.numbering()
    title = (
        page.truth.identity.title
        if rng.random() < 0.4
        else rng.choice(("", "", "年报模板", "2018年政府信息公开年度报告"))
    )
    return word_bytes(
        "".join(blocks) + _section(rng, how.margins),
        f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>" if numbering else "",
        _margin("hdr", run(page.truth.identity.signed)) if how.margins else "",
        _margin(
            "ftr",
            run("— ") + '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>' + run(" —"),
        )
        if how.margins
        else "",
        title,
    )


def _paragraph(rng: Random, line: Line, headings: int) -> str:
    text, properties = line.text, ""
    if line.kind == "heading":
        numeral = re.match(r"^[一二三四五六]、", text)
        if headings and numeral:
            text = text[2:]
            properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{headings}"/></w:numPr>'
        elif rng.random() < 0.4:
            properties = '<w:pStyle w:val="1"/>'
    if line.kind in _ALIGN and rng.random() < 0.8:
        properties += f'<w:jc w:val="{_ALIGN[line.kind]}"/>'
    bold = '<w:b/><w:sz w:val="44"/>' if line.kind == "title" else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text, properties=bold) if text else ''}</w:p>"


def _boxed(paragraph: str) -> str:
    """A text box as Word writes it: once for new readers, once more for old ones."""
    box = f"<w:txbxContent>{paragraph}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        "<a:graphic><a:graphicData "
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )


def _margin(tag: str, inner: str) -> str:
    return f"<w:{tag} {NAMESPACES}><w:p>{inner}</w:p></w:{tag}>"


def _section(rng: Random, margins: bool) -> str:
    refs = (
        '<w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>'
        if margins
        else ""
    )
    turned = ' w:orient="landscape"' if rng.random() < 0.1 else ""
    return f'<w:sectPr>{refs}<w:pgSz w:w="11906" w:h="16838"{turned}/></w:sectPr>'
