"""Archives as subordinate units hand them in, with what else lies in their folders.

Enters: a random source and a serial number. Leaves: one archive or mail with a line of truth for each member.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final

from corpus.broken import compound_file
from corpus.bundle import NAMINGS, write_mail, write_tar, write_zip
from corpus.charset import Charset
from corpus.families import Draft, draw_draft
from corpus.flatten import Flattening
from corpus.sheets import Sheeting, sheet_line, write_sheet
from corpus.site import SiteStyle, site_line, write_site
from corpus.text import Writing, write_text
from corpus.truth import other_line
from corpus.variants import Made
from corpus.word import write_word
from corpus.wordtable import draw_wording

Line = dict[str, Any]
Box = dict[str, bytes]

_NOTE: Final = "本压缩包为年度报告及附件，联系人：办公室，电话：0731-88812345。\r\n请查收。\r\n"
_LEFTOVERS: Final[dict[str, bytes]] = {
    "Thumbs.db": compound_file(("Catalog", "1", "2")),
    "desktop.ini": b"[.ShellClassInfo]\r\nIconResource=C:\\1.ico,0\r\n",
    ".DS_Store": b"\0\0\0\1Bud1\0\0\x10\0" + bytes(60),
    "~$附件1.docx": b"\x05admin" + bytes(156),
}


def _member(rng: Random, serial: int, n: int) -> tuple[str, bytes, Line]:
    """A report as a member of an archive: name, bytes, line of truth with the name as its source."""
    draft = draw_draft(rng)
    kind = rng.choices(("docx", "html", "xlsx", "txt", "doc"), (5, 3, 2, 2, 1))[0]
    who = draft.truth.identity
    name = rng.choice(
        (
            f"附件{n}：{who.short}{who.year}年报{serial}",
            f"{n}.{who.agency}年度报告",
            f"年报（{who.year}）{serial}-{n}",
        )
    )
    name = f"{name}.{kind}"
    content, line = _written(rng, draft, kind, name)
    return name, content, {**line, "group": "gen_bundle"}


def _written(rng: Random, draft: Draft, kind: str, name: str) -> tuple[bytes, Line]:
    page = draft.page
    if kind == "xlsx":
        how = Sheeting()
        return write_sheet(rng, page, how), sheet_line(page, how, name, draft.variant("xlsx"))
    if kind in ("html", "doc"):
        style = SiteStyle(base="word" if kind == "doc" else "trs", charset=Charset("gbk", "gb2312"))
        return write_site(rng, page, style), site_line(page, style, name, draft.variant(f"{kind}-page"))
    line = draft.truth.line(name, "", draft.variant(kind), page.keys)
    if kind == "txt":
        flattening = Flattening("tabs", "empty", "empty", "empty")
        line["variant"] += ".ambiguous" if draft.spanless else ""
        return write_text(rng, page, flattening, Writing("gbk", "\r\n")), line
    wording = draw_wording(rng)
    return write_word(rng, page, wording), line


def _fill(rng: Random, serial: int, folder: str = "") -> tuple[Box, list[Line]]:
    """A folder of a unit: reports, a note, leftovers."""
    box: Box = {}
    lines: list[Line] = []
    for n in range(1, rng.randint(1, 3) + 1):
        name, content, line = _member(rng, serial, n)
        box[folder + name] = content
        lines.append({**line, "source": folder + name})
    if rng.random() < 0.4:
        box[f"{folder}说明.txt"] = (_NOTE + f"共{len(lines)}份，编号{serial}。\r\n").encode("gbk")
        lines.append(other_line(f"{folder}说明.txt", "not_a_report", "note", ["not_a_report"]))
    for name in rng.sample(sorted(_LEFTOVERS), rng.randint(0, 2)):
        box[folder + name] = _LEFTOVERS[name]
    return box, lines


def _inside(outer: str, lines: list[Line]) -> list[Line]:
    return [{**line, "source": f"{outer}!/{line['source']}"} for line in lines]


Packed = tuple[str, bytes, list[Line]]
"""Suffix, bytes, lines with sources inside the archive."""


def _flat(rng: Random, serial: int) -> Packed:
    names = rng.choice(("gbk", "gbk", "utf-8"))
    box, lines = _fill(rng, serial, rng.choice(("", "", f"{serial}号单位 年报/", "报送材料/定稿/")))
    if names == "utf-8" and rng.random() < 0.5:  # a Mac keeps a second file for each
        box |= {
            f"__MACOSX/._{name.rpartition('/')[2]}": b"\0\5\x16\7\0\2\0\0Mac OS X" + bytes(40)
            for name in list(box)
        }
    return ".zip", write_zip(box, names, folders=rng.random() < 0.5), lines


def _nested(rng: Random, serial: int) -> Packed:
    """A zip of the units' zips."""
    box: Box = {}
    lines: list[Line] = []
    for n in range(1, rng.randint(2, 3) + 1):
        inner, found = _fill(rng, serial * 10 + n)
        name = f"{n}.单位{serial}-{n}.zip"
        box[name] = write_zip(inner, rng.choice(("gbk", "utf-8")))
        lines += _inside(name, found)
    return ".zip", write_zip(box, rng.choice(("gbk", "utf-8"))), lines


def _tar(rng: Random, serial: int) -> Packed:
    box, lines = _fill(rng, serial, rng.choice(("", "年报/")))
    return ".tar.gz", write_tar(box, rng.choice(("utf-8", "utf-8", "gbk"))), lines


def _mail(rng: Random, serial: int) -> Packed:
    box, lines = _fill(rng, serial)
    return ".eml", write_mail(rng, f"报送年报{serial}", _NOTE, box, rng.choice(NAMINGS)), lines


def _mail_of_zip(rng: Random, serial: int) -> Packed:
    box, lines = _fill(rng, serial)
    name = f"年报{serial}.zip"
    packed = {name: write_zip(box, "gbk")}
    return (
        ".eml",
        write_mail(rng, f"报送年报{serial}", _NOTE, packed, rng.choice(NAMINGS)),
        _inside(name, lines),
    )


_KINDS: Final[tuple[tuple[Callable[[Random, int], Packed], int], ...]] = (
    (_flat, 5),
    (_nested, 3),
    (_tar, 2),
    (_mail, 3),
    (_mail_of_zip, 1),
)


def make_bundle(rng: Random, serial: int) -> Made:
    """An archive or a mail."""
    kinds, weights = zip(*_KINDS, strict=True)
    suffix, content, lines = rng.choices(kinds, weights)[0](rng, serial)
    source = f"{rng.choice(('', '', '收文/', '各单位 报送/'))}{rng.choice(('报送材料', '年报汇总', 'batch'))}_{serial:03}{suffix}"
    return Made(source, content, {}, tuple(_inside(source, lines)))
