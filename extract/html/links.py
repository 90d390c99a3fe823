"""Files that a page links to or shows in a frame.

Enters: links, frames and the source of the page. Leaves: "words (address)" of document files, each once.
Addresses are given as they stand; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

_FILE: Final = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|ceb|zip|rar|7z)(?![A-Za-z0-9.])", re.IGNORECASE
)
_QUOTED_FILE: Final = re.compile(
    r"""["'(=]([^"'()<>\s=]{1,300}\.(?:pdf|docx?|wps|xlsx?|ofd|ceb))(?=["')?#&])""", re.IGNORECASE
)
_SCHEME: Final = re.compile(r"^(?:javascript|mailto|tel|data|about):", re.IGNORECASE)
_MOST: Final = 20
"""Files of one page that are worth a line in a report."""
_LONGEST: Final = 300
"""Characters of words or of an address."""


def file_links(links: Iterable[tuple[str, str]]) -> list[str]:
    """The links whose address or words name a document file."""
    found: list[str] = []
    for words, address in links:
        named = _FILE.search(unquote(address)) or _FILE.search(words)
        if named and not (_SCHEME.match(address) and not _FILE.search(address)):
            found.append(_shown(words, address))
    return list(dict.fromkeys(found))[:_MOST]


def quoted_files(source: str) -> list[str]:
    """Files that scripts of the page name, for pages that show them in a viewer."""
    found = (match[1] for match in _QUOTED_FILE.finditer(source))
    return list(dict.fromkeys(_shown("", address) for address in found))[:_MOST]


def frame_links(frames: Iterable[str]) -> list[str]:
    """Whatever the frames of a page show."""
    return list(dict.fromkeys(_shown("", address) for address in frames if not _SCHEME.match(address)))[
        :_MOST
    ]


def _shown(words: str, address: str) -> str:
    plain = unquote(address)
    name = re.split(r"[/\\=]", re.split(r"[?#](?!.*\.(?:pdf|doc|ofd))", plain)[0])[-1]
    return f"{(words or name)[:_LONGEST]} ({address[:_LONGEST]})"
