"""Fixtures that other programs print: python -m corpus.printed [FOLDER] makes the PDFs again.

Enters: the recipes of `fixtures.PRINTED`. Leaves: FOLDER/reports/*.pdf. Needs `soffice` and `chromium`; the
bytes depend on their versions, so the committed files are kept and only their truth is compared. Two
fonts only (Debian: fonts-droid-fallback, fonts-dejavu-core): their letters take a quarter of the room.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from corpus.fixture_recipes import PRINTED, Recipe
from corpus.fixtures import draw_page
from corpus.web import write_web
from corpus.word import Wording, write_word

FONTS = ("/usr/share/fonts/truetype/droid", "/usr/share/fonts/truetype/dejavu")
BROWSER = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--disable-pdf-tagging",
]


def _run(command: Sequence[str], folder: str) -> None:
    settings = Path(folder) / "fonts.conf"
    places = "".join(f"<dir>{place}</dir>" for place in FONTS)
    settings.write_text(f"<fontconfig>{places}<cachedir>{folder}/cache</cachedir></fontconfig>")
    fonts = {"FONTCONFIG_FILE": str(settings)} if all(Path(place).is_dir() for place in FONTS) else {}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=os.environ | fonts)


def print_files(drafts: Sequence[Path], out: Path) -> None:
    """Word files printed by LibreOffice, all in one start."""
    with TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        _run([*command, "--convert-to", "pdf", "--outdir", str(out), *map(str, drafts)], folder)


def print_word(data: bytes, target: Path) -> None:
    """A Word file printed by LibreOffice."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / f"{target.stem}.docx"
        draft.write_bytes(data)
        print_files([draft], Path(folder))
        target.write_bytes(draft.with_suffix(".pdf").read_bytes())


def print_web(data: bytes, target: Path) -> None:
    """A web page printed by Chromium."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / f"{target.stem}.html"
        draft.write_bytes(data)
        places = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target.absolute()}", draft.as_uri()]
        _run([*BROWSER, *places], folder)


def print_recipe(recipe: Recipe, target: Path) -> None:
    """One fixture."""
    rng = Random(recipe.source)
    page = draw_page(rng, recipe)
    if isinstance(recipe.output, Wording):
        print_word(write_word(rng, page, recipe.output), target)
    else:
        print_web(write_web(page), target)


if __name__ == "__main__":
    reports = Path(sys.argv[1] if len(sys.argv) > 1 else "fixtures") / "reports"
    for each in PRINTED:
        print_recipe(each, reports / each.source)
