"""Traditional characters as the Simplified ones that the words of the form are written in.

Enters: text in either script. Leaves: text of the same length, for comparison only: what is printed stays
as printed. OpenCC knows the characters; `script.csv` has those that converted pages use beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import opencc

from normalize.words.csv_lines import Line
from normalize.words.word_list import read_rows

_FIRST, _LAST = 0x4E00, 0x9FFF
"""The block of CJK Unified Ideographs."""
_COLUMNS = ("printed", "same_as", "note")


def load_script() -> tuple[dict[str, str], dict[str, str]]:
    """Characters, and words of several characters, each with what it is the same as.

    One character for one character, whatever stands around it: 復, 複 and 覆 are all 复, for converters
    that know no words mix them up.

    Raises:
        DictionaryError: where the two sides of a row of script.csv differ in length.
    """
    characters = _ask_opencc()
    rows = read_rows("script.csv", _COLUMNS, find_faults=_find_length_faults)
    own = {row["printed"]: row["same_as"] for row in rows}
    characters |= {a: b for a, b in own.items() if len(a) == 1}
    characters = {a: characters.get(b, b) for a, b in characters.items()}
    return characters, {a: b for a, b in own.items() if len(a) > 1}


def _find_length_faults(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if len(line["printed"]) != len(line["same_as"]):
            yield line.say(f"{line['printed']} and {line['same_as']} are not of one length")


def _ask_opencc() -> dict[str, str]:
    """What OpenCC turns each single character into, where that is another."""
    asked = [chr(code) for code in range(_FIRST, _LAST + 1)]
    # By its path: the name alone, "t2s", is looked for in the current folder first.
    steps = Path(opencc.__file__).parent / "clib" / "share" / "opencc" / "t2s.json"
    answers = opencc.OpenCC(str(steps)).convert("\n".join(asked)).split("\n")
    return {a: b for a, b in zip(asked, answers, strict=True) if a != b and len(b) == 1}


CHARACTERS, WORDS = load_script()
_OTHER = re.compile("[" + "".join(CHARACTERS) + "]")


def _one(match: re.Match[str]) -> str:
    return CHARACTERS[match[0]]


def unify_words(text: str, words: Mapping[str, str] = WORDS) -> str:
    """The text with words that only Traditional pages use (資訊) as the form's own, of the same length."""
    for printed, same in words.items():
        text = text.replace(printed, same)
    return text


def simplify(text: str) -> str:
    """The text in Simplified characters, letter for letter; itself where it holds no others."""
    return _OTHER.sub(_one, unify_words(text)) if _OTHER.search(text) else text
