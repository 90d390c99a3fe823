"""Documents of unusual layout: python -m corpus OUT --formats wild --count 300 --seed 1 --wording test.

Enters: a seed, a number and a wording. Leaves: `Made` files with their answers; the same seed gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Final

from corpus import prose
from corpus.flatten import Flattening, Span
from corpus.grid import Grid
from corpus.page import HEADINGS, Block, Line, Page, assemble
from corpus.sheets import Sheeting, sheet_line, write_sheet
from corpus.site import SiteStyle, site_line, write_site
from corpus.text import Writing, write_text
from corpus.variants import Made
from corpus.wild.disclosure import DISCLOSURE
from corpus.wild.documents import Sections
from corpus.wild.draft import Draft, draw_report
from corpus.wild.kinds import ALL_REQUESTS, SEVERAL, Kind, deck
from corpus.wild.landscape import write_landscape
from corpus.wild.remedies import REMEDIES
from corpus.wild.wording import Set, load_wordings
from corpus.wild.years import TABLES, official
from corpus.word import Wording, write_word

FORMATS: Final = ("html", "docx", "xlsx", "pdf", "txt")
TEXTS: Final = ("tabs", "pipes", "boxes", "aligned")
MOST_ALIGNED: Final = 15
"""Columns up to which gaps alone can be told apart on a line of text."""


def deal(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Kinds from a shuffled deck, each with a format: in turn for each kind."""
    dealt: Counter[str] = Counter()
    cards: list[str] = []
    for serial in range(1, count + 1):
        if not cards:
            cards = deck()
            Random(f"{seed}-wild-deck-{serial}").shuffle(cards)
        name = cards.pop()
        turn = dealt[name] + sum(map(ord, name))
        dealt[name] += 1
        yield name, FORMATS[turn % len(FORMATS)]


def generate_wild(seed: int, count: int, wording: Set = "fit") -> Iterator[Made]:
    """`count` documents, each from its own seed."""
    for serial, (name, file_format) in enumerate(deal(seed, count), 1):
        rng = Random(f"{seed}-wild-{wording}-{serial}")
        yield make_wild(rng, serial, _choose(rng, name), file_format, wording)


def _choose(rng: Random, name: str) -> Kind:
    if name != SEVERAL:
        return Kind(name, (name,))
    parts = [rng.choice(list(kinds)) for kinds in (DISCLOSURE, ALL_REQUESTS, REMEDIES)]
    annex = ["x_annex_of_another"] if rng.random() < 0.25 else []
    return Kind(name, (*parts, *annex))


def make_wild(rng: Random, serial: int, kind: Kind, file_format: str, wording: Set) -> Made:
    """One document."""
    page = draw_wild_page(rng, kind, file_format, wording)
    source = f"{kind.name}_{serial:04}.{file_format}"
    content, line = _write(rng, page, file_format, source)
    line["variant"] = f"{kind.name}.{line['variant']}"
    line["layouts"] = list(kind.parts)
    line["touched"] = [t for t in TABLES if kind.touches(t)]
    return Made(source, content, {**line, "group": f"wild_{file_format}"})


def draw_wild_page(rng: Random, kind: Kind, file_format: str, wording: Set) -> Page:
    """The page, not yet in its format."""
    draft = draw_report(rng, load_wordings(wording), kind.wish, file_format)
    return _compose(draft, kind.draw(draft))


def _compose(draft: Draft, drawn: Sections) -> Page:
    """Tables that no layout claims are official; an annex stands before the signature or behind it."""
    rng, truth = draft.rng, draft.truth
    tables = [drawn.get(t) or official(draft, t) for t in TABLES]
    annex, inside = drawn.get("annex", ()), rng.random() < 0.4
    sections: list[Sequence[Block]] = [
        [Line(t) for t in prose.general(rng, truth)],
        *tables,
        [Line(t) for t in prose.problems(rng, truth)],
        [*(Line(t) for t in prose.others(rng, truth)), *(annex if inside else ())],
    ]
    page = assemble(rng, truth, HEADINGS, sections)
    return page if inside else replace(page, blocks=(*page.blocks, *annex))


def _write(rng: Random, page: Page, file_format: str, source: str) -> tuple[bytes, dict[str, object]]:
    """(bytes, line of truth) in a plain way of writing: only the layout is out of the ordinary."""
    if file_format == "html":
        style = SiteStyle(rng.choice(("trs", "plain", "modern")), chrome=rng.choice(("none", "bare")))
        return write_site(rng, page, style), site_line(page, style, source, style.base)
    if file_format == "xlsx":
        how = Sheeting(split=rng.random() < 0.2, prose="all")
        return write_sheet(rng, page, how), sheet_line(page, how, source, "split" if how.split else "one")
    if file_format == "docx":
        content, name = write_word(rng, page, Wording()), "spans"
    elif file_format == "pdf":
        content, name = write_landscape(rng, page), "lines"
    else:
        flattening = _draw_text(rng, page)
        writing = Writing(loose=rng.random() < 0.5)
        content, name = write_text(rng, page, flattening, writing), flattening.style
    return content, page.truth.line(source, "", name, page.keys)


def _draw_text(rng: Random, page: Page) -> Flattening:
    """Tabs and bars keep the grid; so do boxes; gaps only where there are few columns."""
    widest = max(b.n_columns for b in page.blocks if isinstance(b, Grid))
    styles = TEXTS if widest <= MOST_ALIGNED else TEXTS[:-1]
    style = rng.choice(styles)
    down: Span = rng.choice(("empty", "empty", "repeat")) if style in ("tabs", "pipes") else "empty"
    option = {"pipes": "edges", "aligned": "wide"}.get(style, "")
    return Flattening(style, "empty", down, "empty", option)
