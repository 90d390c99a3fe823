"""Word files of the corpus printed by LibreOffice, and read off again by pdftotext: real pages, real gaps.

    python -m corpus.press OUT --count 60 --seed 1

Enters: a seed. Leaves: OUT/files/*.pdf and *.txt with OUT/truth.jsonl. Needs `soffice` and `pdftotext`; the
bytes depend on their versions and fonts, so nothing of this is committed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from corpus.labels import draw_lettering
from corpus.layout import draw_plan
from corpus.page import Page, compose
from corpus.printing import draw_hand
from corpus.truth import ReportTruth
from corpus.variants import draw_truth, variant_name
from corpus.word import draw_wording, write_word


def _draft(folder: Path, seed: int, serial: int) -> tuple[str, ReportTruth, str, Page]:
    """Writes one Word file; returns its stem, truth, variant and page."""
    rng = Random(f"{seed}-press-{serial}")
    hand = draw_hand(rng)
    truth = draw_truth(rng, hand)
    # revisions, hMerge and boxes without a size print differently from what they mean
    how = replace(draw_wording(rng), revisions=0, box=False, roomy=True, nest="", broken_numbers=0)
    how = replace(how, merges=rng.choice(("spans", "spans", "spans", "unmerged")))
    plan, lettering = draw_plan(rng), draw_lettering(rng, breaks=True)
    page = compose(rng, truth, lettering, plan, rng.choice((0, 0.3, 0.6)))
    stem = f"press_{serial:03}"
    (folder / f"{stem}.docx").write_bytes(write_word(rng, page, how))
    variant = variant_name([how.merges, *page.quirks, plan.name, hand.name, lettering.name])
    if plan.disclosure == "wide" and hand.leaves_blanks:
        variant += ".ambiguous"  # heads and rows span differently and some cells are empty
    return stem, truth, variant, page


def press(out: Path, seed: int, count: int) -> list[str]:
    """Prints `count` reports below `out`; returns the lines of truth."""
    files, drafts = out / "files", out / "drafts"
    for folder in (files, drafts):
        folder.mkdir(parents=True, exist_ok=True)
    made = [_draft(drafts, seed, serial) for serial in range(1, count + 1)]
    names = [str(drafts / f"{stem}.docx") for stem, *_ in made]
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(files), *names]
    subprocess.run(command, check=True, capture_output=True)
    lines = []
    for stem, truth, variant, page in made:
        pdf, text = files / f"{stem}.pdf", files / f"{stem}.txt"
        subprocess.run(["pdftotext", "-layout", str(pdf), str(text)], check=True)
        blanks = any(f.status == "blank" for f in truth.facts.values())
        for path, group in ((pdf, "press_pdf"), (text, "press_layout")):
            # a gap between narrow columns belongs to one of several
            vague = ".ambiguous" if path is text and blanks and not variant.endswith(".ambiguous") else ""
            line = truth.line(path.name, group, variant + vague, page.keys)
            lines.append(json.dumps(line, ensure_ascii=False, sort_keys=True))
    return lines


def main(argv: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m corpus.press")
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    lines = press(args.out, args.seed, args.count)
    (args.out / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
