"""Documents of the corpus that are pages: PDF and OFD drawn line by line.

Enters: a random source and a serial number. Leaves: `Made` files with their answers.
"""

from __future__ import annotations

from random import Random
from typing import Final

from corpus.families import draw_draft
from corpus.names import file_name
from corpus.ofd import OfdDrawing, write_ofd
from corpus.paper import Ruling, write_paper
from corpus.variants import Made

RULINGS: Final = {
    "": Ruling(),
    "fill": Ruling("fill"),
    "double": Ruling("double"),
    "boxes": Ruling("boxes"),
    "gaps": Ruling(gap=0.4),
    "backs": Ruling("fill", backs=True),
    "open": Ruling(sides=False, ends="no_bottom"),
}


def make_paged(rng: Random, serial: int) -> Made:
    """A report as a PDF, or, four times in ten, as an OFD."""
    draft = draw_draft(rng)
    name = rng.choice(list(RULINGS))
    if rng.random() < 0.6:
        suffix, content = "pdf", write_paper(draft.page, RULINGS[name])
    else:
        pieces = rng.choice(("line", "run", "char"))
        how = OfdDrawing(RULINGS[name], pieces, scaled=rng.random() < 0.3, template=rng.random() < 0.3)
        suffix, content = "ofd", write_ofd(draft.page, how)
    source = file_name(rng, serial, draft.truth.identity, f".{suffix}")
    line = draft.truth.line(source, f"gen_{suffix}", draft.variant(name or "plain"), draft.page.keys)
    return Made(source, content, line)
