"""What the program says to people, in Chinese and in English.

Enters: messages.csv (key, zh, en) and the wish for a language. Leaves: `Messages`, the filled-in sentences.
"""

from __future__ import annotations

import csv
import locale
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path

from nianbao.machine.address import Address
from nianbao.machine.os_errors import OTHER, SystemFault, name_fault
from nianbao.machine.paths import show_path
from normalize.words.sentence_pairs import find_pair_fault

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""All but the tab and the end of a line."""


class Lang(StrEnum):
    """The languages of the messages."""

    ZH = "zh"
    EN = "en"


class MessageFault(Exception):
    """The table of messages is wrong; carries all of its faults."""


@dataclass(frozen=True, slots=True)
class Messages:
    """The sentences of one language.

    Attributes:
        lang: the language.
        texts: sentence by key, with `{placeholders}`.
    """

    lang: Lang
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of `key` with the values filled in."""
        return self.texts[key].format(**{name: self._print(value) for name, value in values.items()})

    def pick(self, words: tuple[str, str]) -> str:
        """Of words in Chinese and in English, those of the language."""
        return words[list(Lang).index(self.lang)]

    def _print(self, value: object) -> object:
        return self.describe(value) if isinstance(value, SystemFault) else printable(value)

    def describe(self, fault: SystemFault) -> str:
        """What the operating system says, with its number, by which it can be looked up."""
        key, number = name_fault(fault)
        if not number:  # of a library that has words only
            return without_controls(str(fault))
        if key not in self.texts or key == OTHER:
            return self.texts[OTHER].format(number=number)
        return self.texts["os.numbered"].format(text=self.texts[key], number=number)

    def name(self, kind: str, code: str) -> str:
        """The name of an error; the code itself where it has none."""
        return self.texts.get(f"{kind}.{code}", code)


def printable(value: object) -> object:
    """What may stand in a sentence: names of files as people know them, and no orders to the terminal."""
    if isinstance(value, Path):
        value = show_path(value)
    elif isinstance(value, Address):
        value = str(value)
    return without_controls(value) if isinstance(value, str) else value


def without_controls(text: str) -> str:
    """The text without signs that a terminal takes for orders; files hold them, and so do their names."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def load_messages(lang: Lang) -> Messages:
    """Read and validate the table of messages.

    Raises:
        MessageFault: with every fault of the table at once.
    """
    text = resources.files("nianbao").joinpath("messages.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    if faults := find_faults(rows):
        raise MessageFault("; ".join(faults))
    return Messages(lang, {row["key"]: unescape(row[lang]) for row in rows})


def find_faults(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """List what is wrong: keys twice, sentences missing, placeholders that differ between the languages."""
    faults: list[str] = []
    seen: set[str] = set()
    for row in rows:
        key = row["key"]
        if key in seen:
            faults.append(f"{key}: twice")
        seen.add(key)
        if fault := "too many cells" if None in row else find_pair_fault(row["zh"], row["en"]):
            faults.append(f"{key}: {fault}")
    return faults


def unescape(sentence: str) -> str:
    """Line ends and the mark for "do not fill this paragraph", each two characters in the CSV."""
    return sentence.replace("\\n", "\n").replace("\\b", "\b")


def choose_language(
    arguments: Sequence[str], environment: Mapping[str, str], *, chinese: bool = True
) -> Lang:
    """`--lang`, else NIANBAO_LANG, else the locale; Chinese where none of them says anything.

    The command line is looked at before it is parsed, because the help is built in that language.

    Args:
        arguments: the command line.
        environment: the variables of the environment.
        chinese: whether the console can show it; who does not ask for Chinese gets English where it cannot.
    """
    wishes = [environment.get("NIANBAO_LANG", "")]
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wishes.insert(0, argument.removeprefix("--lang="))
        elif argument == "--lang" and index + 1 < len(arguments):
            wishes.insert(0, arguments[index + 1])
    for wish in wishes:
        if wish in tuple(Lang):
            return Lang(wish)
    return language_of_locale(environment) if chinese else Lang.EN


def language_of_locale(environment: Mapping[str, str]) -> Lang:
    """The language of the locale; `C` and `POSIX` name none, which leaves Chinese."""
    name = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    if not name and os.name == "nt":  # Windows keeps it elsewhere: "Chinese (Simplified)_China"
        name = locale.getlocale()[0] or ""
    plain = name.partition(".")[0].lower()
    return Lang.ZH if plain in {"", "c", "posix"} or plain.startswith(("zh", "chinese")) else Lang.EN
