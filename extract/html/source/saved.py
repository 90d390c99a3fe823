"""A page in another wrapping -> the source of the page.

Enters: text. Leaves: markup. Known wrappings: the browser's view of a page's source saved as a page, source
whose signs are escaped, JSON with markup in its strings, and scripts that write a page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Final

from extract.html.source.parse import MAX_CHARACTERS, parse_page, without_pictures

_DEEPEST: Final = 4
"""Wrappings within each other."""
_MARKUP: Final = re.compile(
    r"<\s*(?:table|tbody|tr|td|p|div|span|br|h[1-6]|html|body)\b[^<>]*>", re.IGNORECASE
)
_ESCAPED: Final = re.compile(r"&lt;\s*/?\s*(?:td|tr|p|div|table)\b", re.IGNORECASE)
_TAG_START: Final = re.compile(r"\s*(?:<|\ufeff)")
_VIEW: Final = re.compile(r"class=[\"']?line-content[\"'\s>]|id=[\"']?viewsource")
_LITERAL: Final = re.compile(
    r"'((?:[^'\\\n]|\\(?:\r\n|.|\n))*)'|\"((?:[^\"\\\n]|\\(?:\r\n|.|\n))*)\"|`((?:[^`\\]|\\.)*)`", re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.|\n)", re.DOTALL)
_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": ""}
_JSONP: Final = re.compile(r"^[\s;/*]*[\w$.]+\s*\(\s*(?=[{\[])")
_ASSIGNED: Final = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*(?=[{\[])")
_ATTRIBUTE: Final = re.compile(
    r"\b(?:srcdoc|value|content|data-[\w-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
_CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_GOES_ON: Final = re.compile(r"\)?\s*;?\s*(?:document\.write(?:ln)?\s*\(|[\w$.]+\s*\+=)")
"""Between two strings of a script that write one page, piece by piece; a tag may be cut between them."""
_TITLE_KEY: Final = re.compile(r"(?:^|[_a-z])title$", re.IGNORECASE)
_LOST: Final = "\ufffd"
"""Stands for what a script computes: a cell with it cannot be read as a number by mistake."""


_XML_ROWS: Final = re.compile(
    r"<!\[CDATA\[[^\]]*?<(?:table|tr|td|p)\b|&lt;(?:table|tr|td|p)\b", re.IGNORECASE
)


def unwrap(text: str) -> str:
    """The source of the page in the text; the text itself where nothing is wrapped around."""
    for _ in range(_DEEPEST):
        inner = _unwrapped(text)
        if inner is None:
            return text
        text = inner
    return text


def holds_page(text: str) -> bool:
    """Whether a text that does not begin with a tag is a page in a wrapping known here."""
    start = text.lstrip("\ufeff \t\r\n;")
    if start.startswith("<?xml"):
        return bool(_XML_ROWS.search(text))
    if _has_markup(text) and any(_MARKUP.search(s) for s in _json_strings(text) or ()):
        return True
    if start.startswith(("{", "[")):
        return False
    if start.startswith("&lt;"):
        return len(_ESCAPED.findall(text)) >= 2
    return bool(_SCRIPT.match(start)) and any(_MARKUP.search(s) for s in _script_strings(text))


_SCRIPT: Final = re.compile(
    r"(?:/\*.*?\*/\s*|//[^\n]*\n\s*)*(?:(?:var|let|const)\s+[\w$]+\s*=|document\.write(?:ln)?\s*\(|[\w$.]+\s*\(\s*[{\[\"'`]"
    r"|[\w$.]+\s*=\s*[{\[\"'`]|export\s|module\.|!?function\b|\(function\b|\(\s*\(\)\s*=>|[\"']use strict)",
    re.DOTALL,
)


def strings_of(text: str) -> list[str]:
    """Strings with markup of a script, titles of what it holds as headings."""
    body = _ASSIGNED.sub("", text, count=1)
    strings = _json_strings(body)
    if strings is None:
        strings = [s for s in map(_unescaped, _script_strings(text)) if _MARKUP.search(s)]
    return strings


def _unwrapped(text: str) -> str | None:
    if _VIEW.search(text, 0, 20_000):
        return _viewed(text)
    if _TAG_START.match(text):
        plain = _CDATA.sub(r"\1", text)
        plain = html.unescape(plain) if _is_escaped(plain) else plain
        return plain if plain != text else None
    if text.lstrip().startswith("&lt;"):
        return html.unescape(text)
    if not _has_markup(text):
        return None
    strings = _json_strings(text)
    if strings is None and _SCRIPT.match(text.lstrip("\ufeff \t\r\n;")):
        strings = list(_script_strings(text))
    if not strings:
        return None
    pages = [s for s in map(_unescaped, strings) if _MARKUP.search(s)]
    return "\n".join(pages) if pages else None


def _has_markup(text: str) -> bool:
    return bool(_MARKUP.search(text) or re.search(r"\\u003c|&lt;|\\x3c", text, re.IGNORECASE))


def _unescaped(text: str) -> str:
    return html.unescape(text) if not _MARKUP.search(text) and _ESCAPED.search(text) else text


def _is_escaped(text: str) -> bool:
    """A page that shows the source of another: far more cells are escaped than are real."""
    if text.count("&lt;/") < 4:
        return False
    text = _ATTRIBUTE.sub("", text)
    escaped = len(re.findall(r"&lt;/t[dr]\b", text, re.IGNORECASE))
    return escaped >= 4 and escaped > 2 * len(re.findall(r"</t[dr]\b", text, re.IGNORECASE))


def _viewed(text: str) -> str | None:
    """The source that a browser's view of it shows, line by line."""
    root = parse_page(text)
    if root is None:
        return None
    cells = [e for e in root.iter("td") if "line-content" in (e.get("class") or "").split()]
    shown = cells or list(root.iter("pre"))
    source = "\n".join("".join(map(str, element.itertext())) for element in shown)
    return source if _MARKUP.search(source) else None


def _json_strings(text: str) -> list[str] | None:
    """Strings with markup in JSON or JSONP, titles as headings; None where the text is no JSON."""
    start = _JSONP.match(text)
    body = text[start.end() :].rstrip("\ufeff \t\r\n;)") if start else text.lstrip("\ufeff")
    if body.lstrip()[:1] not in {"{", "["} or len(body) > 4 * MAX_CHARACTERS:
        return None
    try:
        content = json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None
    return [shown for key, value in _strings(content) if (shown := _shown(key, value))]


def _shown(key: str, value: str) -> str:
    text = _unescaped(value)
    if _MARKUP.search(text):
        return f"<div>{text}</div>"
    title = _TITLE_KEY.search(key) and 4 <= len(text) <= 120
    return f"<h1>{html.escape(text)}</h1>" if title else ""


def _strings(content: object) -> Iterator[tuple[str, str]]:
    """Every string with the name it has, in order."""
    stack: list[tuple[str, object]] = [("", content)]
    while stack:
        key, value = stack.pop()
        inner = _parsed(value) if isinstance(value, str) else None
        if inner is not None:
            stack.append((key, inner))
        elif isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            stack += reversed([(str(k), v) for k, v in value.items()])
        elif isinstance(value, list):
            stack += reversed([(key, v) for v in value])


def _parsed(text: str) -> object:
    """What JSON inside a string of JSON holds, None where the string is none."""
    if text.lstrip()[:1] not in {"{", "["} or not _has_markup(text):
        return None
    try:
        content: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict | list) else None


def _script_strings(text: str) -> Iterator[str]:
    """The strings of a script; those joined with `+`, or written one after the other, as one."""
    joined: list[str] = []
    end = 0
    listed = ".join(" in text
    for match in _LITERAL.finditer(without_pictures(text)):
        between = match.string[end : match.start()].strip()
        if joined and (_GOES_ON.fullmatch(between) or (listed and between == ",")):
            joined += ["\n"] if "writeln" in between else []
        elif joined and between.startswith("+") and between.endswith("+"):
            joined += [_LOST] if len(between) > 1 else []
        elif joined:
            yield "".join(joined)
            joined = []
        joined.append(_ESCAPE.sub(_character, next(g for g in match.groups() if g is not None)))
        end = match.end()
    if joined:
        yield "".join(joined)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "ux" and len(code) > 1:
        number = int(code.strip("ux{}"), 16)
        return chr(number) if number < 0x110000 else _LOST
    return _SIMPLE.get(code, code)
