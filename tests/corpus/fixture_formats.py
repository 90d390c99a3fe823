"""Fixtures in the formats that archives hold besides text, Word and PDF: pages, sheets, OFD, a zip.

Enters: recipes of other fixtures, whose figures they carry. Leaves: recipes with a writer each, and what the
zip holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from corpus.charset import Charset
from corpus.ofd import OfdDrawing, write_ofd
from corpus.page import Page
from corpus.savedpage import blink_archive
from corpus.sheets import Sheeting, write_sheet
from corpus.site import SiteStyle, site_text, write_site
from corpus.word import Wording, write_word

Write = Callable[[Random, Page], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format with its group in the truth."""

    group: str
    write: Write


def _saved(rng: Random, page: Page) -> bytes:
    return blink_archive(rng, site_text(rng, page, SiteStyle("word")), page.truth.identity.title)


LYING_PAGE = Format(
    "fixture_html",
    lambda rng, page: write_site(rng, page, SiteStyle("trs", charset=Charset("gb18030", "utf-8"))),
)
SAVED_PAGE = Format("fixture_html", _saved)
SHEETS = Format("fixture_sheet", lambda rng, page: write_sheet(rng, page, Sheeting(split=True, prose="all")))
OFD = Format("fixture_ofd", lambda _, page: write_ofd(page, OfdDrawing()))
OLD_PAGE = Format("fixture_zip", lambda rng, page: write_site(rng, page, SiteStyle("layout")))
WORD = Format("fixture_zip", lambda rng, page: write_word(rng, page, Wording()))
