"""What lies among the files and is none: traces of programs, and what stands beside a saved page.

Enters: names, "/" between folders. Leaves: those that a person would call a file. The same rules hold for
folders of the disk and for members of an archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LITTER: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})
"""What Windows and macOS leave in folders of their own accord (lower case)."""
RESOURCES: Final = frozenset(
    {"bmp", "css", "cur", "download", "emz", "gif", "ico", "jpeg", "jpg", "js", "json", "map", "mso", "png"}
    | {"svg", "thmx", "ttf", "webp", "wmz", "woff", "woff2", "xml"}
)
"""Suffixes of what a browser or Word stores beside a page; pages and documents there are files like any."""
_RESOURCE_FOLDER: Final = re.compile(r"(?P<page>.+?)(?:_files|\.files|_文件|_file)", re.IGNORECASE)
_PAGE_SUFFIXES: Final = (".htm", ".html", ".xhtml", ".shtml", ".doc", ".xls")


def is_litter(name: str) -> bool:
    """Hidden files, lock files of Word and WPS, and what operating systems leave behind."""
    return name.startswith((".", "~$")) or name.lower() in LITTER


def drop_litter(names: Iterable[str]) -> list[str]:
    """The names without litter, and without the pictures and scripts of saved pages among them."""
    kept = [name for name in names if not any(map(is_litter, name.split("/")))]
    known = set(kept)
    return [name for name in kept if not _is_resource(name, known)]


def _is_resource(name: str, known: set[str]) -> bool:
    """A picture, style or script below `年报_files`, where `年报.html` is there too."""
    if name.rpartition(".")[2].lower() not in RESOURCES:
        return False
    folders = name.split("/")[:-1]
    for depth, folder in enumerate(folders):
        match = _RESOURCE_FOLDER.fullmatch(folder)
        beside = "/".join((*folders[:depth], match["page"])) if match else ""
        if match and any(beside + suffix in known for suffix in _PAGE_SUFFIXES):
            return True
    return False
