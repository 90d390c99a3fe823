"""What only a PDF can be: pages without text, or with text that is not what they show.

Enters: a detail for people. Leaves: exceptions of the same kind as in `extract.errors`.
"""

from __future__ import annotations

from extract.errors import ReadError


class UnreadableText(ReadError):
    """There is text, but its characters are not those on the page (fonts without a usable encoding)."""

    code = "text_layer_unreadable"
    zh = "文字层无法识别（字体没有可用的编码），需要扫描识别：{detail}"
    en = "the text layer is unreadable (its fonts have no usable encoding) and needs a scan reader: {detail}"


class NoText(ReadError):
    """Pictures of pages."""

    code = "no_text"
    zh = "是扫描件，没有文字层，需要扫描识别"
    en = "a scan without a text layer; it needs a scan reader"
