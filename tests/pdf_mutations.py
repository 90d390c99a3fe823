"""PDF files broken in a known way: the same seed breaks the same file alike.

Enters: a file's bytes. Leaves: other bytes and the name of what was done to them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

_OBJECT = re.compile(rb"(?<![0-9])([0-9]+) 0 obj\b")
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_HUGE = (
    b"99999999999",
    b"-1",
    b"2147483648",
    b"-2147483649",
    b"0",
    b"1e38",
    b"0.0000001",
    b"65536",
    b"1" * 400,
)


def flip_bits(rng: Random, data: bytes) -> bytes:
    """A few bits anywhere."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def flip_outside_streams(rng: Random, data: bytes) -> bytes:
    """A few bits of the file's structure."""
    inside = [m.span(1) for m in _STREAM.finditer(data)]
    places = (
        [i for i in range(len(data)) if not any(a <= i < b for a, b in inside)] if len(inside) < 80 else []
    )
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 4))):
        out[rng.choice(places) if places else rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def truncate(rng: Random, data: bytes) -> bytes:
    """The end is missing."""
    return data[: rng.choice((rng.randrange(1, len(data)), len(data) - rng.randrange(1, 2000)))]


def cut_out(rng: Random, data: bytes) -> bytes:
    """A piece in the middle is missing, or stands twice, or is zeros."""
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 10, 100, 1000, 10_000)))
    middle = rng.choice((b"", data[start:end] * 2, bytes(end - start)))
    return data[:start] + middle + data[end:]


def swap_objects(rng: Random, data: bytes) -> bytes:
    """Two objects have each other's number."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return flip_bits(rng, data)
    first, second = rng.sample(found, 2)
    if rng.random() < 0.5:  # a reference that leads elsewhere, possibly to itself
        wanted = b"%s 0 R" % first[1]
        return data.replace(wanted, b"%s 0 R" % second[1], 1)
    out = bytearray(data)
    a, b = sorted((first, second), key=lambda m: -m.start())
    out[a.start(1) : a.end(1)] = b[1]
    out[b.start(1) : b.end(1)] = a[1]
    return bytes(out)


def huge_number(rng: Random, data: bytes) -> bytes:
    """A number of the file's structure is beyond reason."""
    inside = [m.span(1) for m in _STREAM.finditer(data)]
    found = [m for m in _NUMBER.finditer(data) if not any(a <= m.start() < b for a, b in inside)]
    for place in sorted(rng.sample(found, min(len(found), rng.choice((1, 1, 3)))), key=lambda m: -m.start()):
        data = data[: place.start()] + rng.choice(_HUGE) + data[place.end() :]
    return data


def change_content(rng: Random, data: bytes) -> bytes:
    """Numbers, operators or bytes inside a stream differ; the stream is packed again properly."""
    streams = list(_STREAM.finditer(data))
    rng.shuffle(streams)
    for place in streams:
        packed = True
        try:
            content = zlib.decompress(place[1])
        except zlib.error:
            content, packed = place[1], False
        if b" Tf" in content or b" re" in content or rng.random() < 0.1:
            changed = _change(rng, content)
            return (
                data[: place.start(1)]
                + (zlib.compress(changed) if packed else changed)
                + data[place.end(1) :]
            )
    return flip_bits(rng, data)


def _change(rng: Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    for _ in range(rng.choice((1, 1, 3, 10))):
        at = rng.randrange(len(lines))
        way = rng.random()
        numbers = list(_NUMBER.finditer(lines[at]))
        if way < 0.3 and numbers:
            place = rng.choice(numbers)
            lines[at] = lines[at][: place.start()] + rng.choice(_HUGE) + lines[at][place.end() :]
        elif way < 0.6:
            lines[at] = b""
        elif way < 0.8:
            lines[at] = lines[rng.randrange(len(lines))]
        elif lines[at]:
            line = bytearray(lines[at])
            line[rng.randrange(len(line))] ^= 1 << rng.randrange(8)
            lines[at] = bytes(line)
    return b"\n".join(lines)


MUTATIONS: dict[str, Callable[[Random, bytes], bytes]] = {
    "flip_bits": flip_bits,
    "flip_structure": flip_outside_streams,
    "truncate": truncate,
    "cut_out": cut_out,
    "swap_objects": swap_objects,
    "huge_number": huge_number,
    "content": change_content,
}


def mutate(data: bytes, seed: object) -> tuple[str, bytes]:
    """(what was done, the broken file)."""
    rng = Random(f"mutation-{seed}")
    kind = rng.choice(list(MUTATIONS))
    return kind, MUTATIONS[kind](rng, data)
