"""Broken OFD files: each is read or refused, and what is left of a table keeps its numbers in their places."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random

import pytest
from pdf_mutations import cut_out, flip_bits, truncate
from scoring import NEW, distinct, page_of, read_bytes, tables

from corpus.ofd import OfdDrawing, write_ofd
from corpus.package import zip_bytes
from corpus.paper import Ruling
from extract.errors import ReadError

COUNT = 180
WAYS = (
    OfdDrawing(template=True, watermark=True, seal=True, documents=2),
    OfdDrawing(pieces="char", scaled=True),
    OfdDrawing(Ruling("boxes"), turned=True, pieces="line"),
)
HUGE = ("99999999999", "-1", "0", "1e38", "NaN", "0.0000001", "1" * 400, "", "g 99999999 1", "x")
_VALUE = re.compile(rb'="([^"]*)"')
_ELEMENT = re.compile(rb"<[\w:]+[^<>]*/>|<[\w:]+[^<>]*>[^<>]*</[\w:]+>")


@cache
def sound(way: int) -> bytes:
    truth = distinct(NEW)
    return write_ofd(page_of(truth, tables(truth)), WAYS[way])


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(change: Callable[[Random, bytes], bytes]) -> Callable[[Random, bytes], bytes]:
    """A change of one part, packed again properly."""

    def changed(rng: Random, data: bytes) -> bytes:
        found = members(data)
        name = rng.choice([n for n in found if n.endswith(".xml")])
        return zip_bytes({**found, name: change(rng, found[name])})

    return changed


def other_value(rng: Random, part: bytes) -> bytes:
    """Attributes say something absurd, or what another says."""
    for _ in range(rng.choice((1, 3, 20))):
        places = list(_VALUE.finditer(part))
        if not places:
            break
        place = rng.choice(places)
        value = rng.choice((rng.choice(HUGE).encode(), rng.choice(places)[1]))
        part = part[: place.start(1)] + value + part[place.end(1) :]
    return part


def lose_elements(rng: Random, part: bytes) -> bytes:
    """Elements are missing, or stand twice."""
    for _ in range(rng.choice((1, 5, 50))):
        places = list(_ELEMENT.finditer(part))
        if not places:
            break
        place = rng.choice(places)
        part = part[: place.start()] + place[0] * rng.choice((0, 2)) + part[place.end() :]
    return part


def swap_parts(rng: Random, data: bytes) -> bytes:
    """Two parts have each other's name."""
    found = members(data)
    a, b = rng.sample(list(found), 2)
    return zip_bytes({**found, a: found[b], b: found[a]})


def lose_part(rng: Random, data: bytes) -> bytes:
    """A part is missing."""
    found = members(data)
    del found[rng.choice(list(found))]
    return zip_bytes(found)


MUTATIONS: dict[str, Callable[[Random, bytes], bytes]] = {
    "bits": flip_bits,
    "cut": truncate,
    "hole": cut_out,
    "part_bits": with_part(flip_bits),
    "values": with_part(other_value),
    "elements": with_part(lose_elements),
    "swap": swap_parts,
    "lose": lose_part,
}


def fate(seed: int) -> tuple[str, str]:
    """(what was done, what became of it)."""
    rng = Random(f"ofd-{seed}")
    kind = list(MUTATIONS)[seed % len(MUTATIONS)]
    data = MUTATIONS[kind](rng, sound(rng.randrange(len(WAYS))))
    try:
        report = read_bytes(data)
    except ReadError as error:
        return kind, error.code
    return kind, "read" if report.is_report else "no_report"


@pytest.fixture(scope="module")
def fates() -> list[tuple[str, str]]:
    return [fate(seed) for seed in range(COUNT)]


def test_every_broken_file_is_read_or_refused(fates: list[tuple[str, str]]) -> None:
    assert len(fates) == COUNT
    assert {state for _, state in fates} <= {
        "read", "no_report", "damaged", "too_large", "encrypted", "no_text", "unknown_format", "unsupported_format",
        "text_layer_unreadable",
    }  # fmt: skip


def test_the_mutations_do_something(fates: list[tuple[str, str]]) -> None:
    states = Counter(state for _, state in fates)
    assert states["read"] > COUNT / 5
    assert states["damaged"] > COUNT / 10
    assert {kind for kind, _ in fates} == set(MUTATIONS)


@pytest.mark.parametrize("seed", range(24))
def test_a_file_without_some_rulings_or_texts_says_no_wrong_number(seed: int) -> None:
    """What is left is as printed: a number in another place than its own is flagged."""
    truth = {(o.table, o.field, o.applicant): o.value for o in read_bytes(sound(0)).observations}
    rng = Random(f"lost-{seed}")
    found = members(sound(0))
    name = rng.choice([n for n in found if "Pages/" in n])
    part = found[name]
    for _ in range(3):
        texts = [m for m in _ELEMENT.finditer(part) if b"TextCode" in m[0] and not re.search(rb">\d", m[0])]
        place = rng.choice(texts)
        part = part[: place.start()] + part[place.end() :]
    report = read_bytes(zip_bytes({**found, name: part}))
    wrong = [
        o
        for o in report.observations
        if o.value is not None
        and o.value != truth[o.table, o.field, o.applicant]
        and not o.flags
        and o.confidence >= 0.9
    ]
    assert not wrong
