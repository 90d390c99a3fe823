"""Which images of a folder are the pages of one document, and in which order.

Enters: names of files, "/" between folders; nothing is opened. Leaves: groups of names in the order of their
pages. Images of a folder whose names differ in their numbers only are one sequence; a year is no page number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SUFFIXES: Final = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "bmp", "gif", "webp"})
FIRST: Final = ("封面", "首页", "扉页", "目录", "cover")
"""Words for pages before the first number, in their order."""
LAST: Final = ("末页", "尾页", "封底", "backcover", "back cover")
"""Words for pages after the last number, in their order."""
PAGE_WORDS: Final = (
    "第", "页", "頁", "页面", "张", "張", "幅", "扫描", "扫描件", "掃描", "图片", "图像", "照片", "微信图片",
    "截图", "未标题", "未命名", "no", "page", "pages", "pg", "p", "img", "image", "images", "scan", "photo",
    "pic", "picture", "dsc", "dscn", "dscf", "doc", "mmexport", "screenshot",
)  # fmt: skip
"""Words that say "page" or "picture" and tell no document from another."""
NUMERALS: Final = "〇零一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰两"
_VALUES: Final = dict(zip(NUMERALS, (0, *range(10), 10, 100, *range(1, 11), 100, 2), strict=True))

_SEPARATORS: Final = r"[\W_]"
_ENDS: Final = "|".join(
    (_SEPARATORS, *(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word for word in PAGE_WORDS))
)
_AT_ENDS: Final = re.compile(rf"^(?:{_ENDS})|(?:{_ENDS})$")
_NUMBER: Final = re.compile(
    rf"[0-9]+|(?<=第)[{NUMERALS}]+|[{NUMERALS}]+(?=[页頁张張])|[{NUMERALS}]+(?=[\W_]*$)"
)
_YEAR: Final = re.compile(r"20[0-4][0-9]")

Natural = tuple[int, str]
"""A number of any length that compares as one: how many digits, and the digits."""


@dataclass(frozen=True, slots=True)
class _Image:
    """What the name of an image says.

    Attributes:
        name: the path as given.
        folder: the part before the last "/", "" at the top.
        words: all but the numbers, for comparing.
        title: the words without those that only say "page".
        numbers: as printed, in order; years are words.
        cover: below 0 before the first page, above 0 after the last, 0 for a page.
    """

    name: str
    folder: str
    words: str
    title: str
    numbers: tuple[Natural, ...]
    cover: int = 0

    @property
    def place(self) -> tuple[int, tuple[Natural, ...], str]:
        return self.cover, self.numbers, self.name


def group_pages(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Groups the images among the names of one folder tree.

    Returns:
        For each document its images in the order of their pages. A document is named by its folder ("" at the
        top), with the words of its images where the folder holds several; an image that belongs to no
        sequence is a group of its own under its own name.
    """
    folders: defaultdict[str, list[_Image]] = defaultdict(list)
    for name in sorted(set(names)):
        if is_image(name):
            image = _read_name(name)
            folders[image.folder].append(image)
    groups: dict[str, tuple[str, ...]] = {}
    for folder in sorted(folders):
        for title, images in _name_sequences(folder, _find_sequences(folders[folder])):
            groups[_make_unique(title, groups)] = tuple(image.name for image in images)
    return dict(sorted(groups.items()))


def is_image(name: str) -> bool:
    """Whether a file is called like an image."""
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    return bool(stem and dot) and suffix.lower() in SUFFIXES


def _read_name(name: str) -> _Image:
    folder, _, last = name.rpartition("/")
    stem = unicodedata.normalize("NFKC", last.rpartition(".")[0]).casefold()
    found = list(_NUMBER.finditer(stem))
    pages = [number for number in found if not _is_year(number, stem, len(found))]
    words = _without(stem, pages)
    numbers = tuple(_natural(number[0]) for number in pages)
    cover, rest = _find_cover(words)
    return _Image(name, folder, re.sub(_SEPARATORS, "", rest), _strip(rest), numbers, cover)


def _is_year(number: re.Match[str], stem: str, count: int) -> bool:
    """Four digits that a year has, unless a camera counted them: `IMG_2021` alone is a picture."""
    if not _YEAR.fullmatch(number[0]):
        return False
    around = stem[: number.start()] + stem[number.end() :]
    return count > 1 or not around or bool(_strip(around))


def _without(stem: str, numbers: Iterable[re.Match[str]]) -> str:
    place, kept = 0, ""
    for number in numbers:
        kept += stem[place : number.start()]
        place = number.end()
    return kept + stem[place:]


def _strip(words: str) -> str:
    while (shorter := _AT_ENDS.sub("", words)) != words:
        words = shorter
    return words


def _find_cover(words: str) -> tuple[int, str]:
    """Where a page stands that has a word for a number, and what else its name says."""
    words = words.strip()
    for rank, word in enumerate((*FIRST, *LAST)):
        place = rank - len(FIRST) if rank < len(FIRST) else rank + 1
        trimmed = re.sub(rf"^{_SEPARATORS}+|{_SEPARATORS}+$", "", words)
        if trimmed.endswith(word) and not (word.isascii() and re.search(rf"[a-z]{word}$", trimmed)):
            return place, trimmed.removesuffix(word)
        if trimmed.startswith(word) and not word.isascii():
            return place, trimmed.removeprefix(word)
    return 0, words


def _natural(digits: str) -> Natural:
    if not digits.isascii():
        digits = str(_value(digits))
    digits = digits.lstrip("0")
    return len(digits), digits


def _value(numeral: str) -> int:
    """A Chinese numeral below a thousand, in words (二十一) or digit by digit (二一)."""
    values = [_VALUES[sign] for sign in numeral]
    if max(values) < 10:
        return int("".join(map(str, values)))
    total = digit = 0
    for value in values:
        if value < 10:
            digit = value
        else:
            total += (digit or 1) * value
            digit = 0
    return total + digit


def _find_sequences(images: Iterable[_Image]) -> list[list[_Image]]:
    """The images of one folder by their words; covers go to the pages that they belong to."""
    pages: defaultdict[str, list[_Image]] = defaultdict(list)
    covers: defaultdict[str, list[_Image]] = defaultdict(list)
    for image in images:
        (covers if image.cover else pages)[image.title if image.cover else image.words].append(image)
    numbered = [group for group in pages.values() if any(image.numbers for image in group)]
    alone: list[list[_Image]] = []
    for title, group in covers.items():
        own = [pages for pages in numbered if pages[0].title == title] or ([] if title else numbered)
        if len(own) == 1:
            own[0].extend(group)
        else:
            alone.append(group)
    return [sorted(group, key=lambda image: image.place) for group in (*pages.values(), *alone)]


def _name_sequences(folder: str, sequences: list[list[_Image]]) -> Iterator[tuple[str, list[_Image]]]:
    several = sum(len(images) > 1 for images in sequences) > 1
    for images in sorted(sequences, key=lambda images: images[0].name):
        if len(images) == 1:
            yield images[0].name, images
        elif several:
            title = images[0].title or images[0].words
            yield "/".join(part for part in (folder, title) if part), images
        else:
            yield folder, images


def _make_unique(title: str, taken: dict[str, tuple[str, ...]]) -> str:
    unique, count = title, 1
    while unique in taken:
        count += 1
        unique = f"{title} ({count})"
    return unique
