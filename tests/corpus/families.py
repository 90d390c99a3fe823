"""Documents of the corpus that are pages of a web site, saved pages, spreadsheets, or other programs' files.

Enters: a random source and a serial number. Leaves: `Made` files with their answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final

from corpus.converted import (
    SPREADSHEETS,
    SUFFIXES,
    convert,
    draw_convertible_sheet,
    draw_convertible_word,
    draw_target,
)
from corpus.labels import Lettering, draw_lettering
from corpus.layout import Plan, draw_plan
from corpus.names import file_name
from corpus.page import Page, compose
from corpus.printing import Hand, draw_hand
from corpus.saved import WAYS, draw_saved_style, draw_way, saved_line, write_without_report
from corpus.sheets import Sheeting, draw_sheeting, sheet_line, write_sheet
from corpus.sheetxml import write_sheet_xml
from corpus.site import SiteStyle, draw_site, site_line, write_site
from corpus.sitetext import PREFORMATTED
from corpus.truth import ReportTruth, other_line
from corpus.variants import Made, draw_truth, is_ambiguous, variant_name
from corpus.word import write_word

_FRAME: Final = b"<html><body><p>\xe6\x94\xbf\xe5\xba\x9c\xe7\xbd\x91\xe7\xab\x99\xe6\x89\xbe\xe9\x94\x99</p></body></html>"
_GIF: Final = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@dataclass(frozen=True, slots=True)
class Draft:
    """A page and the habits of the people behind it."""

    page: Page
    truth: ReportTruth
    hand: Hand
    plan: Plan
    lettering: Lettering

    def variant(self, name: str) -> str:
        """The name of the variant that begins with this."""
        return variant_name([name, *self.page.quirks, self.plan.name, self.hand.name, self.lettering.name])

    @property
    def spanless(self) -> bool:
        """Cells would be in doubt where merged ones are only empty."""
        return is_ambiguous(self.page, PREFORMATTED, self.hand, self.plan)


def draw_draft(rng: Random) -> Draft:
    """A report, not yet in any format."""
    hand = draw_hand(rng)
    truth = draw_truth(rng, hand)
    lettering, plan = draw_lettering(rng, breaks=True), draw_plan(rng)
    page = compose(rng, truth, lettering, plan, rng.choice((0, 0.3, 0.6, 0.9)))
    return Draft(page, truth, hand, plan, lettering)


def make_site(rng: Random, serial: int) -> Made:
    """A report as a web page."""
    draft = draw_draft(rng)
    style = draw_site(rng)
    content = write_site(rng, draft.page, style)
    variant = draft.variant(style.name)
    if (style.base in ("blocks", "pre") or style.join) and draft.spanless:
        variant += ".ambiguous"
    suffix = _site_suffix(rng, style)
    source = file_name(rng, serial, draft.truth.identity, suffix)
    made = Made(source, content, site_line(draft.page, style, source, variant))
    return _with_resources(rng, made) if suffix in (".html", ".htm") and rng.random() < 0.08 else made


def _site_suffix(rng: Random, style: SiteStyle) -> str:
    if rng.random() < 0.08:
        return rng.choice(
            (".xls", ".et") if style.base == "sheet" else (".doc", ".doc", ".wps", ".txt", ".docx", ".shtml")
        )
    return rng.choice((".html", ".html", ".htm", ".shtml"))


def _with_resources(rng: Random, made: Made) -> Made:
    """The page as browsers save it whole: a folder of what it shows beside it."""
    folder = made.source.rpartition(".")[0] + rng.choice(("_files", "_files", ".files"))
    files = (
        ("style.css", b"body { margin: 0 }"),
        ("logo.png.gif", _GIF),
        ("saved_resource.html", _FRAME),
        ("share.js", b"var a = 12;"),
    )
    return replace(made, beside=tuple((f"{folder}/{name}", data) for name, data in files))


def make_saved(rng: Random, serial: int) -> Made:
    """A page saved by a program; one in four holds no report."""
    draft = draw_draft(rng)
    if rng.random() < 0.25:
        name, content = write_without_report(rng, draft.page)
        source = file_name(rng, serial, draft.truth.identity, rng.choice((".html", ".htm")))
        return Made(source, content, other_line(source, "not_a_report", f"page_{name}", ["not_a_report"]))
    way = draw_way(rng)
    style = draw_saved_style(rng, way)
    content = WAYS[way].write(rng, draft.page, style)
    variant = draft.variant(f"{way}-{style.name}")
    if (style.base in ("blocks", "pre") or style.join) and draft.spanless:
        variant += ".ambiguous"
    source = file_name(rng, serial, draft.truth.identity, rng.choice(WAYS[way].suffixes))
    return Made(source, content, saved_line(draft.page, style, source, variant))


def make_sheet(rng: Random, serial: int) -> Made:
    """A report as a spreadsheet."""
    draft = draw_draft(rng)
    how = draw_sheeting(rng)
    content = write_sheet(rng, draft.page, how)
    source = file_name(
        rng, serial, draft.truth.identity, rng.choices((".xlsx", ".xlsx", ".et", ".xls"), (8, 4, 1, 1))[0]
    )
    return Made(source, content, sheet_line(draft.page, how, source, sheet_variant(draft, how)))


def sheet_variant(draft: Draft, how: Sheeting) -> str:
    """The name of a spreadsheet's variant."""
    return draft.variant(how.name) + (".ambiguous" if how.spread == "empty" and draft.spanless else "")


def make_office(seed: int, count: int) -> Iterator[Made]:
    """Reports as LibreOffice writes other programs' files, one start a format."""
    waiting: dict[str, dict[str, bytes]] = {}
    made: dict[str, Made] = {}
    for serial in range(1, count + 1):
        rng = Random(f"{seed}-office-{serial}")
        target, draft = draw_target(rng), draw_draft(rng)
        suffix = rng.choice(SUFFIXES.get(target, (f".{target}",)))
        source = file_name(rng, serial + 4000, draft.truth.identity, suffix)
        name, content, line = _office_draft(rng, draft, target, source, serial)
        made[str(serial)] = Made(source, content, {**line, "group": "gen_office"})
        if target == "excelml":
            yield made[str(serial)]
            continue
        waiting.setdefault(target, {})[name] = content
    for target, drafts in waiting.items():
        for serial_name, content in convert(drafts, target).items():
            yield replace(made[serial_name], content=content)


def _office_draft(
    rng: Random, draft: Draft, target: str, source: str, serial: int
) -> tuple[str, bytes, dict[str, Any]]:
    """(name, bytes, line of truth) of what is to be converted."""
    if target in (*SPREADSHEETS, "excelml"):
        how = draw_convertible_sheet(rng)
        how = replace(how, spread="merge") if target == "excelml" else how
        line = sheet_line(draft.page, how, source, f"{target}-{sheet_variant(draft, how)}")
        write = write_sheet_xml if target == "excelml" else write_sheet
        return f"{serial}.xlsx", write(rng, draft.page, how), line
    wording = draw_convertible_word(rng)
    if target == "wordml":
        wording = replace(wording, numbering=False)
    line = draft.truth.line(source, "", draft.variant(f"{target}-{wording.name}"), draft.page.keys)
    return f"{serial}.docx", write_word(rng, draft.page, wording), line
