"""Writes a folder of reports with their answers: python -m corpus OUT --count 300 --seed 1.

Enters: a folder. Leaves: OUT/files/ (what a run reads) and OUT/truth.jsonl.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random

from corpus.broken import draw_strays
from corpus.brokenpages import draw_broken_pages
from corpus.families import draw_draft, make_office, make_saved, make_sheet, make_site
from corpus.handin import make_bundle
from corpus.older import make_older
from corpus.paged import make_paged
from corpus.saved import WAYS
from corpus.sheets import Sheeting, write_sheet
from corpus.site import SiteStyle, write_site
from corpus.truth import other_line
from corpus.variants import Made, make_text, make_word, with_wrong_suffix
from corpus.wild.make import generate_wild
from corpus.wild.wording import SETS, Set


def generate(seed: int, count: int, formats: Sequence[str] = ("text", "docx")) -> Iterator[Made]:
    """`count` reports, each from its own seed; about one in three is a Word file."""
    for serial in range(1, count + 1):
        rng = Random(f"{seed}-{serial}")
        if "text" in formats and rng.random() < 0.03:
            yield Made(*make_older(rng, serial))
            continue
        word = "docx" in formats and ("text" not in formats or rng.random() < 0.35)
        made = make_word(rng, serial) if word else make_text(rng, serial)
        yield with_wrong_suffix(rng, made) if rng.random() < 0.03 else made


FAMILIES = {
    "html": (make_site, 1000),
    "saved": (make_saved, 2000),
    "sheet": (make_sheet, 3000),
    "bundle": (make_bundle, 5000),
    "paged": (make_paged, 6000),
}
"""Makers of the other formats; each counts its files from another number, so that no two have one name."""


def generate_family(seed: int, count: int, family: str, wording: Set = "fit") -> Iterator[Made]:
    """`count` files of one family; only those of `office` differ from one start to the next."""
    if family == "wild":
        return generate_wild(seed, count, wording)
    if family == "office":
        return make_office(seed, count)
    make, first = FAMILIES[family]
    return (make(Random(f"{seed}-{family}-{serial}"), first + serial) for serial in range(1, count + 1))


def generate_all(seed: int, count: int, formats: Sequence[str], wording: Set = "fit") -> Iterator[Made]:
    """`count` text and Word files together, and `count` files of each other family."""
    plain = [f for f in formats if f in ("text", "docx")]
    families = [generate_family(seed, count, f, wording) for f in formats if f not in plain]
    return chain(generate(seed, count, plain) if plain else (), *families)


def strays(seed: int) -> Iterator[Made]:
    """One broken or foreign file of each kind."""
    word = make_word(Random(f"{seed}-word"), 0).content
    broken = draw_strays(Random(f"{seed}-strays"), word)
    for stray in chain(broken, draw_broken_pages(Random(f"{seed}-pages"), *_sound(seed))):
        source = f"杂项/{stray.name}"
        yield Made(source, stray.content, other_line(source, stray.kind, stray.variant, list(stray.expect)))


def _sound(seed: int) -> tuple[bytes, bytes, bytes]:
    """A page in UTF-8, the same page saved, and as a spreadsheet."""
    rng = Random(f"{seed}-sound")
    page, style = draw_draft(rng).page, SiteStyle("trs")
    saved = WAYS["mhtml"].write(rng, page, style)
    return write_site(rng, page, style), saved, write_sheet(rng, page, Sheeting())


def copies(seed: int) -> Iterator[Made]:
    """One report three times, byte for byte; its line of truth names all three."""
    made = make_text(Random(f"{seed}-copies"), 0, "tabs")
    sources = [f"重复/{n}.txt" for n in ("甲", "乙", "丙")]
    line = {**made.line, "source": sources[0], "copies": sources, "variant": "copies"}
    yield Made(sources[0], made.content, line)
    for source in sources[1:]:
        yield Made(source, made.content, {})


def write(folder: Path, made: Iterator[Made]) -> list[str]:
    """Writes the files below `folder`; returns the lines of truth."""
    lines = []
    for one in made:
        for source, content in ((one.source, one.content), *one.beside):
            path = folder / source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        told = [x for x in (one.line, *one.more) if x]
        lines += [json.dumps(x, ensure_ascii=False, sort_keys=True) for x in told]
    return lines


def main(argv: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    names = ("text", "docx", *FAMILIES, "office", "wild")
    parser.add_argument("--formats", default="text,docx", help=f"some of {','.join(names)}")
    parser.add_argument("--wording", choices=SETS, default="fit", help="of the family wild")
    parser.add_argument("--no-strays", action="store_true", help="reports only")
    args = parser.parse_args(argv)
    formats = args.formats.split(",")
    if unknown := set(formats) - set(names):
        parser.error(f"unknown formats: {','.join(sorted(unknown))}")
    lines = write(args.out / "files", generate_all(args.seed, args.count, formats, args.wording))
    if not args.no_strays:
        lines += write(args.out / "files", chain(strays(args.seed), copies(args.seed)))
    (args.out / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
