"""Why a page that holds no report is none, in one sentence that says where to look.

Enters: a document and its paragraphs outside the form's tables. Leaves: the reason, "" where the page
has a body.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.document import Document, Paragraph
from normalize.page_words import words_of
from normalize.plain import plain
from normalize.prose import read_sections

_NOTICE = 400
"""Characters up to which a text beside a link to a file only announces it."""
_SECTIONS = 2
"""Headings of the report from which even a short text is one."""
_REASONS = {
    "page.list": "页面是年报目录，没有年报正文，请打开其中的年报页面后另存",
    "page.script": "页面内容由脚本生成，保存的文件里没有正文，请在浏览器中显示后另存",
}


def reason_of_page(document: Document, paragraphs: Sequence[Paragraph]) -> str:
    """The reason of a page without a body."""
    named = "；".join(link.replace(" (", "（").replace(")", "）") for link in document.links[:3])
    if "page.frames" in document.remarks:
        return f"页面只是框架，正文在别的文件里：{named}，请打开该文件后另存"
    if named and _is_notice(paragraphs):
        return f"页面没有正文，只链接了文件：{named}，请下载该文件后再读"
    for remark, reason in _REASONS.items():
        if remark in document.remarks:
            return reason
    if not _is_notice(paragraphs):
        return ""
    if "pictures.unread" in document.remarks:
        return "页面正文只有图片，没有文字，请另找文字版，或把图片识别成文字后再读"
    if "page.empty" in document.remarks:
        return "页面没有年报正文，可能是出错页或空白页，请重新保存"
    return ""


def _is_notice(paragraphs: Sequence[Paragraph]) -> bool:
    return _length(paragraphs) < _NOTICE and len(_sections(paragraphs)) < _SECTIONS


def _sections(paragraphs: Sequence[Paragraph]) -> list[int]:
    return [section.number for section in read_sections(paragraphs) if section.number]


def _length(paragraphs: Sequence[Paragraph]) -> int:
    """Characters of the text, without lines that label a page: its dates, its source, its counters."""
    labels = (*words_of("page_date_label"), *words_of("agency_label"), *words_of("footer"))
    lines = [plain(line) for p in paragraphs if p.text for line in p.text.split("\n")]
    return sum(len(line) for line in lines if not line.startswith(labels))
