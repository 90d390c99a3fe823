"""A font of this machine that has Chinese, for pictures: none comes with the program, they are too large.

Enters: the folders where systems keep fonts. Leaves: the path of a font, or nothing.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

NAMES: Final = (
    *(
        "NotoSansCJK-Regular.ttc",
        "NotoSansCJKsc-Regular.otf",
        "NotoSansSC-Regular.otf",
        "SourceHanSansSC-Regular.otf",
    ),
    *("wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf"),
    *("msyh.ttc", "simhei.ttf", "simsun.ttc", "PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Medium.ttc"),
)
"""Those that come with Linux, Windows and macOS, the best to read first."""


@cache
def find_chinese() -> Path | None:
    """The best of the fonts that are installed; the folder at hand is no place for fonts."""
    found: dict[str, Path] = {}
    for folder in list_folders():
        for place, _, files in os.walk(folder):
            found |= {name: Path(place, name) for name in files if name in NAMES}
    return next((found[name] for name in NAMES if name in found), None)


def list_folders() -> tuple[Path, ...]:
    """Where Windows, macOS and Linux keep fonts; those that are not there hold none."""
    return (
        Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"),
        *(Path("/System/Library/Fonts"), Path("/Library/Fonts")),
        *(Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"),
    )
