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
from typing import Final

from charset_normalizer import from_bytes

from extract.errors import TooLarge, UnknownFormat

MAX_TEXT_BYTES: Final = 20 * 1024 * 1024
# Enough to judge by; whole files are decoded once, with the encoding that won.
_SAMPLE: Final = 64 * 1024
_GOOD_ENOUGH: Final = 0.75
_SURE: Final = 0.95
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
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def decode_text(data: bytes) -> tuple[str, str]:
    """Decodes the bytes of a text file.

    Returns:
        The text, and a codec name (`utf-8`, `utf-8-sig`, `gb18030`, `utf-16-le`, `big5`, ...).

    Raises:
        TooLarge: more bytes than `MAX_TEXT_BYTES`.
        UnknownFormat: no encoding makes text of these bytes.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise TooLarge(str(len(data)))
    encoding = find_encoding(data)
    if encoding is None:
        detail = "binary"
        raise UnknownFormat(detail)
    mark = len(codecs.BOM_UTF8) if encoding != "utf-8-sig" and data.startswith(codecs.BOM_UTF8) else 0
    return _tidy(data[mark:].decode(encoding, errors="replace")), encoding


def find_encoding(data: bytes) -> str | None:
    """The encoding that makes text of the bytes, judged on their beginning; None if none does."""
    sample = data[:_SAMPLE]
    for mark, encoding in _MARKS:
        if sample.startswith(mark) and _quality(_decode_sample(sample, encoding)) >= _GOOD_ENOUGH:
            return encoding
    sample = sample.removeprefix(codecs.BOM_UTF8)  # a mark put before bytes of another encoding
    if sample.isascii() and b"\x00" not in sample:
        if len(data) > _SAMPLE and not data.isascii():
            return _later_evidence(data)
        return "utf-8" if _quality(sample.decode("ascii")) >= _GOOD_ENOUGH else None
    if _quality(_decode_sample(sample, "utf-8")) >= _SURE:
        return "utf-8"
    best = max(_CANDIDATES, key=lambda name: _quality(_decode_sample(sample, name)))
    if _quality(_decode_sample(sample, best)) >= _GOOD_ENOUGH:
        return best
    return _last_resort(sample)


def _later_evidence(data: bytes) -> str | None:
    """Judges on the first bytes beyond ASCII where the beginning has none."""
    first = re.search(rb"[\x80-\xff]", data)
    return find_encoding(data[first.start() : first.start() + _SAMPLE]) if first else "utf-8"


def _last_resort(sample: bytes) -> str | None:
    if len(sample) < 64 or b"\x00" in sample:  # a few bytes pass for text in some encoding of the world
        return None
    match = from_bytes(sample[: 8 * 1024], threshold=0.1).best()
    if match is None or match.encoding.startswith("utf"):
        return None
    text = _decode_sample(sample, match.encoding)
    broken = sum(not _is_printable(char) for char in text)
    return match.encoding if text and broken * 100 <= len(text) else None


def _decode_sample(sample: bytes, encoding: str) -> str:
    """Decodes without a fault at the cut end, and with U+FFFD for every other fault."""
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)


def _quality(text: str) -> float:
    """How much like a Chinese or plain ASCII text it reads: 1 at best, below 0 for junk."""
    if not text:
        return 0.0
    counts = Counter(text)
    score = sum(_worth(char) * count for char, count in counts.items())
    hanzi = sum(count for char, count in counts.items() if "\u4e00" <= char <= "\u9fff")
    everyday = sum(count for char, count in counts.items() if char in _EVERYDAY)
    return (score + 0.5 * everyday - 0.2 * hanzi) / len(text)


def _worth(char: str) -> float:
    if char in _PUNCTUATION or char in "\t\n\r\f" or " " <= char <= "~":
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 1.0 if _in_gb2312(char) else 0.3
    if "\uff00" <= char <= "\uffef" or "\u3000" <= char <= "\u303f" or "\u2010" <= char <= "\u2642":
        return 0.9
    if char in "\xa0\xad\xb7\xd7\xf7\u200b\ufeff":
        return 0.5
    return -0.2 if _is_printable(char) else -3.0


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
