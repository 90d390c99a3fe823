"""One document of the corpus, drawn whole: facts, page, file, name of the variant.

Enters: seed and serial number. Leaves: `Made`, a file with its answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from corpus.bodies import draw_body, draw_identity
from corpus.figures import draw_numbers, draw_size, plant_faults
from corpus.flatten import STYLES, Flattening, draw_flattening
from corpus.labels import draw_lettering
from corpus.layout import Plan, draw_plan
from corpus.names import file_name
from corpus.official import Editions
from corpus.page import Page, compose
from corpus.printing import Hand, draw_hand, print_numbers
from corpus.text import draw_writing, write_text
from corpus.truth import ReportTruth
from corpus.word import draw_wording, write_word

WEIGHTS = (6, 3, 2, 3, 2, 2, 5, 1, 1)
EXTRA_COLUMNS = {"empty_column", "serial_column", "remark_column", "subtotal_column"}


@dataclass(frozen=True, slots=True)
class Made:
    """A file and its line of truth.

    Attributes:
        source: path below the folder of the corpus.
        content: the bytes.
        line: its line of truth, {} for none.
        more: further lines (the members of an archive).
        beside: files that come along and have no line (the resources of a saved page).
    """

    source: str
    content: bytes
    line: dict[str, Any]
    more: tuple[dict[str, Any], ...] = ()
    beside: tuple[tuple[str, bytes], ...] = ()


def draw_editions(rng: Random) -> tuple[Editions, int]:
    """Editions of the parts, and a year that goes with them (or does not)."""
    kind = rng.choices(
        ("2021", "2019", "item_one", "narrow_three", "late_2019", "new_three"), (55, 22, 8, 5, 5, 5)
    )[0]
    if kind == "2019":
        return Editions("2019", "2019", "2019"), rng.choice((2019, 2020))
    year = rng.choice((2021, 2022, 2023, 2024))
    if kind == "late_2019":
        return Editions("2019", "2019", "2019"), year
    if kind == "item_one":
        return Editions("2019", "2021", rng.choice(("2019", "2021"))), year
    if kind == "narrow_three":
        return Editions("2021", "2021", "2019"), year
    if kind == "new_three":
        return Editions("2019", "2019", "2021"), year
    return Editions("2021", "2021", "2021"), year


def draw_truth(rng: Random, hand: Hand) -> ReportTruth:
    """A report's truth."""
    editions, year = draw_editions(rng)
    numbers = draw_numbers(rng, editions, draw_size(rng))
    planted = plant_faults(rng, editions, numbers, rng.choices((0, 1, 2, 4), (60, 22, 12, 6))[0])
    identity = draw_identity(rng, year, draw_body(rng))
    return ReportTruth(identity, editions, print_numbers(rng, hand, editions, numbers), planted)


def make_text(rng: Random, serial: int, style: str = "") -> Made:
    """A report as a text file."""
    style = style or rng.choices(STYLES, WEIGHTS)[0]
    hand = draw_hand(rng)
    truth = draw_truth(rng, hand)
    lettering, plan = draw_lettering(rng, breaks=style == "aligned"), draw_plan(rng)
    flattening = draw_flattening(rng, style)
    page = compose(rng, truth, lettering, plan, rng.choice((0, 0.3, 0.6, 0.9)))
    content = write_text(rng, page, flattening, draw_writing(rng, style))
    variant = variant_name([flattening.name, *page.quirks, plan.name, hand.name, lettering.name])
    if is_ambiguous(page, flattening, hand, plan):
        variant += ".ambiguous"
    source = file_name(rng, serial, truth.identity, ".txt" if style != "markdown" else ".md")
    return Made(source, content, truth.line(source, "gen_text", variant, page.keys))


def make_word(rng: Random, serial: int) -> Made:
    """A report as a Word file."""
    hand = draw_hand(rng)
    truth = draw_truth(rng, hand)
    wording = draw_wording(rng)
    lettering, plan = draw_lettering(rng, breaks=True), draw_plan(rng)
    page = compose(rng, truth, lettering, plan, rng.choice((0, 0.3, 0.6, 0.9)))
    content = write_word(rng, page, wording)
    variant = variant_name([wording.name, *page.quirks, plan.name, hand.name, lettering.name])
    source = file_name(rng, serial, truth.identity, ".docx")
    return Made(source, content, truth.line(source, "gen_docx", variant, page.keys))


def variant_name(parts: list[str]) -> str:
    """The file's own kind and the first oddity; `+` stands for more of them."""
    first, *odd = [p for p in parts if p]
    return ".".join([first, *odd[:1]]) + ("+" if len(odd) > 1 else "")


def is_ambiguous(page: Page, how: Flattening, hand: Hand, plan: Plan) -> bool:
    """Whether no reader could tell some cells from the page alone."""
    blanks = {c.key[0] for b in page.tables for c in b.contents if c.key and not c.text.strip()}
    lone = any(b.kind == "page" and b.text.isdigit() for b in page.lines)
    wide = plan.disclosure == "wide" and how.style != "boxes"
    return (
        how.style == "joined"
        or (how.style in ("lines", "web") and lone)  # a page number alone on its line is one more cell
        or (how.option == "narrow" and bool(hand.spaced))
        # heads and rows span differently: their order alone says which is which
        or (wide and (how.across == "repeat" or "disclosure" in blanks))
        or (bool(blanks) and _loses_blanks(page, how, hand))
    )


def _loses_blanks(page: Page, how: Flattening, hand: Hand) -> bool:
    """Whether an empty cell leaves no certain trace."""
    extra = bool(EXTRA_COLUMNS & set(page.quirks))
    if how.style in ("lines", "web"):
        return how.option == "blank_lost" or extra
    if how.style in ("tabs", "pipes", "comma") and "collapse" in (how.across, how.head_across):
        return extra or "shifted" in how.noise or ("stripped" in how.noise and hand.blank_totals)
    return how.option == "narrow"


def with_wrong_suffix(rng: Random, made: Made) -> Made:
    """The same file under a suffix that lies about it."""
    stem, _, suffix = made.source.rpartition(".")
    wrong = rng.choice(("txt", "doc", "wps") if suffix.lower() == "docx" else ("docx", "doc", "log"))
    source = f"{stem}.{wrong}"
    return Made(
        source,
        made.content,
        {**made.line, "source": source, "variant": made.line["variant"] + ".wrong_suffix"},
    )
