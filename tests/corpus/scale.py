"""Reports of every format in any number, each distinct, and some broken on purpose: what bench/scale.py reads.

    python -m corpus.scale OUT --count 5000 --seed 1 [--pdf 400] [--faulty 15]

Enters: a folder, how many, a seed. Leaves: OUT/FORMAT/ for each format; with --pdf also so many printed PDFs in
OUT-pdf/. Text, Word, web pages, saved pages, spreadsheets and archives are drawn one by one by the generator
of this folder, each report with an agency of its own (15 ms a file). Half of the PDFs are drawn likewise
(20 ms); printing the other half would take long, so LibreOffice prints `TEMPLATES` of them in one start, and
the rest are copies of these and of the printed fixtures with one comment more after %%EOF: other bytes, the same
report, and so versions of one another. Needs `soffice`.

Everywhere else four reports in ten have planted faults, and more have oddities; of the printed ones only
--faulty in a hundred do, because whatever is in doubt in a PDF is read twice, and this decides its speed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from archive_making import lock_members, zip_of
from hostile_files import flat_bomb, nested_bomb, overlapping_bomb, page, quine, zipped

from corpus.__main__ import generate, generate_family, write
from corpus.bodies import draw_body, draw_identity
from corpus.families import draw_draft
from corpus.figures import draw_numbers, draw_size
from corpus.labels import Lettering
from corpus.layout import Plan
from corpus.page import Page, compose
from corpus.paper import Ruling, write_paper
from corpus.printed import print_files
from corpus.printing import Hand, print_numbers
from corpus.truth import ReportTruth
from corpus.variants import Made, draw_editions
from corpus.word import draw_wording, write_word

REPORTS = Path(__file__).resolve().parents[2] / "fixtures" / "reports"
SHARES = {"text": 20, "docx": 20, "html": 20, "saved": 8, "sheet": 10, "pdf": 12, "bundle": 8, "broken": 2}
"""Parts of a hundred files; archives count as one, whatever is in them."""
TEMPLATES = 60
RULINGS = (
    Ruling(),
    Ruling("fill"),
    Ruling("double"),
    Ruling("boxes"),
    Ruling(gap=0.4),
    Ruling(ends="no_bottom"),
)


def make_all(folder: Path, number: int, seed: int, faulty: int) -> None:
    """`number` files below `folder`, a folder for each format."""
    for file_format, share in SHARES.items():
        wanted = number * share // 100
        if file_format == "pdf":
            write_drawn(folder / file_format, wanted // 2, seed)
            write_printed(folder / file_format, wanted - wanted // 2, seed, faulty)
        else:
            write(folder / file_format, _make(file_format, wanted, seed))


def _make(file_format: str, wanted: int, seed: int) -> Iterator[Made]:
    if file_format in ("text", "docx"):
        return generate(seed, wanted, (file_format,))
    if file_format == "broken":
        return (Made(name, content, {}) for name, content in break_files(wanted, seed))
    return generate_family(seed, wanted, file_format)


def write_drawn(folder: Path, wanted: int, seed: int) -> None:
    """PDFs drawn line by line."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(wanted):
        page = draw_draft(Random(f"{seed}-drawn-{n}")).page
        (folder / f"drawn_{n:05}.pdf").write_bytes(write_paper(page, RULINGS[n % len(RULINGS)]))


def write_printed(folder: Path, wanted: int, seed: int, faulty: int) -> None:
    """PDFs printed by real programs, and copies of such."""
    folder.mkdir(parents=True, exist_ok=True)
    templates = print_templates(min(TEMPLATES, wanted), seed, faulty)
    for n in range(wanted):
        turn, which = divmod(n, len(templates))
        more = b"%%%d\n" % turn if turn else b""
        (folder / f"printed_{n:05}.pdf").write_bytes(templates[which] + more)


def print_templates(wanted: int, seed: int, faulty: int) -> list[bytes]:
    """The printed fixtures, and reports that LibreOffice prints; tracked changes and boxes print otherwise."""
    fixtures = sorted(REPORTS.glob("*_w[eo]*.pdf"))[:wanted]
    drafts = []
    with TemporaryDirectory() as place:
        for n in range(wanted - len(fixtures)):
            rng = Random(f"{seed}-printed-{n}")
            page = draw_draft(rng).page if n * faulty // 100 < (n + 1) * faulty // 100 else draw_sound(rng)
            how = replace(draw_wording(rng), revisions=0, box=False, roomy=True, nest="", broken_numbers=0)
            drafts.append(Path(place, f"{n:03}.docx"))
            drafts[-1].write_bytes(write_word(rng, page, how))
        if drafts:
            print_files(drafts, Path(place))
        return [path.read_bytes() for path in (*fixtures, *sorted(Path(place).glob("*.pdf")))]


def draw_sound(rng: Random) -> Page:
    """A report without a fault or an oddity."""
    editions, year = draw_editions(rng)
    facts = print_numbers(rng, Hand(), editions, draw_numbers(rng, editions, draw_size(rng)))
    truth = ReportTruth(draw_identity(rng, year, draw_body(rng)), editions, facts)
    return compose(rng, truth, Lettering(), Plan(), 0)


Break = Callable[[Random, dict[str, bytes]], tuple[str, bytes]]


def _cut(file_format: str) -> Break:
    return lambda rng, sound: (
        file_format,
        sound[file_format][: rng.randrange(8, len(sound[file_format]) - 8)],
    )


def _noise(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    return rng.choice(("pdf", "docx", "txt", "html", "zip")), rng.randbytes(rng.randrange(1, 20_000))


def _flipped(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    file_format = rng.choice(sorted(sound))
    data = bytearray(sound[file_format])
    for _ in range(30):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return file_format, bytes(data)


def _wrong_suffix(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    file_format = rng.choice(("docx", "pdf", "xlsx"))
    return rng.choice(("txt", "html", "zip", "doc")), sound[file_format] + b"%%%d" % rng.randrange(1 << 30)


def _locked(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    return "zip", lock_members(zip_of({f"年报{rng.randrange(1 << 30)}.docx": sound["docx"]}))


def _bomb(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    inner = rng.choice(
        (overlapping_bomb(200), quine(), nested_bomb(zipped({"a.txt": b"a"}), 4, 6), flat_bomb())
    )
    return "zip", zip_of({f"{rng.randrange(1 << 30)}.txt": b"x", "b.zip": inner})


def _soup(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    tags = (
        "<table>",
        "<tr>",
        "<td colspan=9>",
        "</div>",
        "<p>",
        "<b>",
        "</table>",
        "<!--",
        "]]>",
        "&#x110000;",
        "年报",
    )
    return "html", page("".join(rng.choices(tags, k=20_000)))


def _huge_cell(rng: Random, sound: dict[str, bytes]) -> tuple[str, bytes]:
    cell = f"{rng.randrange(1 << 30)}号公开事项，" * 200_000
    return rng.choice(
        (("html", page(f"<table><tr><td>{cell}</td></tr></table>")), ("txt", f"项目\t{cell}\n".encode()))
    )


WAYS: dict[str, Break] = {
    "cut_docx": _cut("docx"),
    "cut_pdf": _cut("pdf"),
    "cut_xlsx": _cut("xlsx"),
    "noise": _noise,
    "empty": lambda rng, sound: ("docx", b""),
    "blank": lambda rng, sound: ("txt", b" " * rng.randrange(1, 1000)),
    "flipped": _flipped,
    "wrong_suffix": _wrong_suffix,
    "locked": _locked,
    "bomb": _bomb,
    "soup": _soup,
    "huge_cell": _huge_cell,
}


def break_files(wanted: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; the name begins with the way in which the file was broken."""
    names = ("hongze_2023.docx", "pingtan_2019_drawn.pdf", "hongze_2023.xlsx")
    sound = {name.rpartition(".")[2]: (REPORTS / name).read_bytes() for name in names}
    for n, way in enumerate(islice(cycle(WAYS), wanted)):
        suffix, content = WAYS[way](Random(f"{seed}-broken-{n}"), sound)
        yield f"{way}_{n:04}.{suffix}", content


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m corpus.scale")
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pdf", type=int, default=0)
    parser.add_argument("--faulty", type=int, default=15)
    args = parser.parse_args()
    make_all(args.out, args.count, args.seed, args.faulty)
    if args.pdf:
        write_printed(args.out.with_name(f"{args.out.name}-pdf"), args.pdf, args.seed, args.faulty)


if __name__ == "__main__":
    main()
