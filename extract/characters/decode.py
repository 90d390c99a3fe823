r"""Bytes of a text file -> text, whatever it was saved as.

Enters: bytes. Leaves: the text with "\n" as its only line break and without control characters, and
the encoding. Encodings are never declared reliably in these files (GBK saved with a UTF-8 mark is
real), so every candidate is decoded and judged by what comes out: Chinese reports consist of common
characters, and a wrong decoding does not.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from functools import lru_cache
from typing import Final

from charset_normalizer import from_bytes

from extract.characters.invisible import INVISIBLE
from extract.errors import TooLarge, UnknownFormat, in_megabytes

# A report as text has some 10 kB, with every enclosure hardly 1 MB; 20 MB of table cost 10 s and 1 GB.
MAX_TEXT_BYTES: Final = 5 * 1000 * 1000
# Enough to judge by, and what `sniff` looks at; whole files are decoded once, with the encoding that won.
SAMPLE: Final = 4 * 1024
_GOOD_ENOUGH: Final = 0.75
"""Quality from which bytes are text at all; 0.9 refuses `test_characters_that_print_nothing_are_left_out`."""
# Measured on 178 texts: well-formed UTF-8 that is right reads at 0.978 and more.
_SURE: Final = 0.95
# More than 1 is only reached where nearly all is well-formed and most characters are everyday ones: GB 18030
# that is right reads at 1.014 and more, and what is wrong at 0.963 and less.
_CERTAIN: Final = 1.0
# A few bytes pass for text in some encoding of the world.
_FEWEST_BYTES: Final = 64
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# The order breaks ties: well-formed UTF-8 is hardly ever an accident.
_CANDIDATES: Final = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5")
# The commonest characters of Chinese prose and of the form, in both scripts.
_EVERYDAY: Final = frozenset(
    "的一是不在有和大这中人上为个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    "还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没"
    "结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府信息开政收到申请公开主动"
    "总量数报告工作依规范性文件许可处罚年度收费复议诉讼其他监督保障平台标题附注零六七八百千万元市县省局厅街镇乡办"
    "這個國時來們發動學會對過後經進電現實體當業應開間關與報據處監標題總數結訴訟許罰務辦縣區廳資訊請議規範"
)
_PUNCTUATION: Final = frozenset(
    "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～％－＋／\u3000①②③④⑤⑥⑦⑧⑨⑩│─┃━┌┐└┘├┤┬┴┼〔〕"
)
_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL: Final = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff{INVISIBLE}]")


def decode_text(data: bytes) -> tuple[str, str]:
    """Decodes the bytes of a text file.

    Returns:
        The text, and a codec name (`utf-8`, `utf-8-sig`, `gb18030`, `utf-16-le`, `big5`, ...).

    Raises:
        TooLarge: more bytes than `MAX_TEXT_BYTES`.
        UnknownFormat: no encoding makes text of these bytes.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise TooLarge(in_megabytes(len(data)))
    encoding = find_encoding(data)
    if encoding is None:
        raise UnknownFormat
    mark = len(codecs.BOM_UTF8) if encoding != "utf-8-sig" and data.startswith(codecs.BOM_UTF8) else 0
    return _tidy(data[mark:].decode(encoding, errors="replace")), encoding


def find_encoding(data: bytes) -> str | None:
    """The encoding that makes text of the bytes, judged on their beginning; None if none does."""
    sample = data[:SAMPLE]
    if len(data) > SAMPLE and sample.isascii() and b"\x00" not in sample and not data.isascii():
        return _later_evidence(data)
    return _judge(sample)


@lru_cache(maxsize=2)  # `sniff` and then `decode_text` ask about the same beginning
def _judge(sample: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if sample.startswith(mark) and _quality(_decode_sample(sample, encoding)) >= _GOOD_ENOUGH:
            return encoding
    sample = sample.removeprefix(codecs.BOM_UTF8)  # a mark put before bytes of another encoding
    if sample.isascii() and b"\x00" not in sample:
        return "utf-8" if _quality(sample.decode("ascii")) >= _GOOD_ENOUGH else None
    return _by_quality(sample) or _last_resort(sample)


def _by_quality(sample: bytes) -> str | None:
    """The candidate that reads best. The clear cases come first: decoding with faults is slow."""
    if _is_well_formed(sample) and _quality(_decode_sample(sample, "utf-8")) >= _SURE:
        return "utf-8"
    qualities = {"gb18030": _quality(_decode_sample(sample, "gb18030"))}
    if qualities["gb18030"] > _CERTAIN:
        return "gb18030"
    qualities["utf-8"] = _quality(_decode_sample(sample, "utf-8"))
    if qualities["utf-8"] >= _SURE:
        return "utf-8"
    for name in _CANDIDATES:
        if name not in qualities:
            qualities[name] = _quality(_decode_sample(sample, name))
    best = max(_CANDIDATES, key=qualities.__getitem__)
    return best if qualities[best] >= _GOOD_ENOUGH else None


def _later_evidence(data: bytes) -> str | None:
    """Judges on the first bytes beyond ASCII where the beginning has none."""
    first = re.search(rb"[\x80-\xff]", data)
    return find_encoding(data[first.start() : first.start() + SAMPLE]) if first else "utf-8"


def _last_resort(sample: bytes) -> str | None:
    if len(sample) < _FEWEST_BYTES or b"\x00" in sample:
        return None
    match = from_bytes(sample[: 8 * 1024], threshold=0.1).best()
    if match is None or match.encoding.startswith("utf"):
        return None
    text = _decode_sample(sample, match.encoding)
    broken = sum(not _is_printable(char) for char in text)
    return match.encoding if text and broken * 100 <= len(text) else None


def _is_well_formed(sample: bytes) -> bool:
    """Whether it is UTF-8 without a fault, apart from a cut end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _decode_sample(sample: bytes, encoding: str) -> str:
    """Decodes without a fault at the cut end, and with U+FFFD for every other fault."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)


def _quality(text: str) -> float:
    """How much like a Chinese or plain ASCII text it reads: 1.3 at best, below 0 for junk."""
    if not text:
        return 0.0
    total = sum(_weight(char) * count for char, count in Counter(text).items())
    return total / (10 * len(text))


@lru_cache(maxsize=32_768)  # a text has some hundred different characters, and they are the same everywhere
def _weight(char: str) -> int:
    """What a character says for a text, in tenths."""
    if "\u4e00" <= char <= "\u9fff":
        return (10 if _in_gb2312(char) else 3) - 2 + (5 if char in _EVERYDAY else 0)
    if char in _PUNCTUATION or char in "\t\n\r\f" or " " <= char <= "~":
        return 10
    if "\uff00" <= char <= "\uffef" or "\u3000" <= char <= "\u303f" or "\u2010" <= char <= "\u2642":
        return 9
    if char in "\xa0\xad\xb7\xd7\xf7\u200b\ufeff":
        return 5
    return -2 if _is_printable(char) else -30


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in _EVERYDAY
    return True


def _is_printable(char: str) -> bool:
    if char in "\t\n\r\f":
        return True
    return char != "\ufffd" and char.isprintable()


def _tidy(text: str) -> str:
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", text))
