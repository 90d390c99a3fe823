"""Files of any format broken in a known way: the same seed breaks the same file alike.

Enters: a file's bytes and its format. Leaves: other bytes and the name of what was done to them. A package is
mostly broken inside and packed again properly, or nothing but its checksums would ever be tried.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random
from typing import Final

import pdf_mutations
from pdf_mutations import cut_out, flip_bits, truncate

from corpus.package import zip_bytes

_TAG = re.compile(rb"<[^<>]{1,300}>")
_VALUE = re.compile(rb'="([^"<>]{0,200})"')
_DIGITS = re.compile(rb"(?<![0-9])[0-9]{1,6}(?![0-9])")
_HUGE: Final = (
    *(b"99999999999", b"-1", b"0", b"1e38", b"1e999999999"),
    *(b"NaN", b"0.0000001", b"1" * 400, b"", b"x"),
)
_ODD: Final = tuple(
    sign.encode()
    for sign in (
        *("\0", "\x01", "\x1f", "\x7f", "\ufffd", "\u200b"),
        *("\u202e", "\ufeff", "\u00ad", "\u3000", "\ue000", "¹"),
    )
)

Change = Callable[[Random, bytes], bytes]


def drop_tag(rng: Random, data: bytes) -> bytes:
    """One to three tags are missing."""
    return _with_tags(rng, data, lambda _: b"")


def double_tag(rng: Random, data: bytes) -> bytes:
    """One to three tags stand twice."""
    return _with_tags(rng, data, lambda tag: tag * 2)


def other_tag(rng: Random, data: bytes) -> bytes:
    """One to three tags are others of the same file."""
    tags = _TAG.findall(data)
    return _with_tags(rng, data, lambda _: rng.choice(tags))


def _with_tags(rng: Random, data: bytes, put: Callable[[bytes], bytes]) -> bytes:
    found = list(_TAG.finditer(data))
    chosen = rng.sample(found, min(len(found), rng.choice((1, 1, 2, 3))))
    for place in sorted(chosen, key=lambda m: -m.start()):
        data = data[: place.start()] + put(place[0]) + data[place.end() :]
    return data


def other_value(rng: Random, data: bytes) -> bytes:
    """Attributes say something absurd, or what another says."""
    for _ in range(rng.choice((1, 3, 10))):
        places = list(_VALUE.finditer(data))
        if not places:
            return data
        place = rng.choice(places)
        value = rng.choice(places)[1] if rng.random() < 0.5 else rng.choice(_HUGE)
        data = data[: place.start(1)] + value + data[place.end(1) :]
    return data


def odd_digits(rng: Random, data: bytes) -> bytes:
    """Numbers are absurd, or a sign that nobody can read stands in them or in their place."""
    found = list(_DIGITS.finditer(data))
    chosen = rng.sample(found, min(len(found), rng.choice((1, 3, 10, 50))))
    for place in sorted(chosen, key=lambda m: -m.start()):
        odd = rng.choice((rng.choice(_HUGE), rng.choice(_ODD), place[0] + rng.choice(_ODD)))
        data = data[: place.start()] + odd + data[place.end() :]
    return data


def odd_signs(rng: Random, data: bytes) -> bytes:
    """Signs that nobody sees or can read stand anywhere."""
    for _ in range(rng.choice((1, 5, 50))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_ODD) + data[at:]
    return data


def other_charset(rng: Random, data: bytes) -> bytes:
    """The bytes are written in another encoding, whatever the file says."""
    to = rng.choice(("gb18030", "utf-16", "utf-16-le", "big5", "latin-1", "utf-7"))
    return data.decode("utf-8", "replace").encode(to, "replace")


def repeat(rng: Random, data: bytes) -> bytes:
    """A piece stands many times."""
    start = rng.randrange(len(data))
    piece = data[start : start + rng.choice((1, 20, 300))]
    return data[:start] + piece * rng.choice((10, 100, 1000)) + data[start:]


def swap_lines(rng: Random, data: bytes) -> bytes:
    """Lines stand in each other's place, or one is missing."""
    lines = data.split(b"\n")
    for _ in range(rng.choice((1, 1, 5))):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[a], lines[b] = lines[b], rng.choice((lines[a], b""))
    return b"\n".join(lines)


RAW: Final[tuple[Change, ...]] = (flip_bits, truncate, cut_out)
TEXT: Final[tuple[Change, ...]] = (*RAW, odd_digits, odd_signs, other_charset, repeat, swap_lines)
MARKUP: Final[tuple[Change, ...]] = (*TEXT, drop_tag, double_tag, other_tag, other_value)
CHANGES: Final[dict[str, tuple[Change, ...]]] = {
    "txt": TEXT,
    "md": TEXT,
    "rtf": TEXT,
    "eml": TEXT,
    "html": MARKUP,
    "mht": MARKUP,
    "xml": MARKUP,
    "json": MARKUP,
    **dict.fromkeys(("xls", "doc", "zip", "gz"), RAW),
}
"""By format; of `PACKAGES` a part is broken as markup is."""
PACKAGES: Final = frozenset({"docx", "xlsx", "ofd", "odt", "ods"})


def mutate(data: bytes, file_format: str, seed: object) -> tuple[str, bytes]:
    """(what was done, the broken file)."""
    if file_format == "pdf":
        return pdf_mutations.mutate(data, seed)
    rng = Random(f"mutant-{seed}")
    inside = file_format in PACKAGES and rng.random() < 0.8
    change = rng.choice(MARKUP if inside else CHANGES.get(file_format, RAW))
    return change.__name__, _inside(rng, data, change) if inside else change(rng, data)


def _inside(rng: Random, data: bytes, change: Change) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = [name for name, part in parts.items() if part and name.endswith((".xml", ".rels"))]
    name = rng.choices(names, [len(parts[n]) for n in names])[0] if rng.random() < 0.7 else rng.choice(names)
    return zip_bytes({**parts, name: change(rng, parts[name])})
