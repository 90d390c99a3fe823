"""Chinese and English words for the closed sets that the tables, the workbook and the terminal show.

Enters: codes.csv beside this module (the codes of doubts and issues), and the tables, editions and relations
of the form; the smaller sets stand here. Leaves: dictionaries from code to (Chinese, English).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from normalize.form.loader import FORM
from normalize.versions.compare_cells import CHECK as VERSIONS
from normalize.words.csv_lines import refuse

Words = Mapping[str, tuple[str, str]]


class WordingFault(Exception):
    """codes.csv is faulty; `faults` lists everything found."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(self.faults)


TABLES: Words = {table.name: table.title for table in FORM.tables}
"""The tables as tables.csv titles them."""

SHEETS = {"overview": "总览", "problems": "勾稽问题", "unused": "未处理文件", "explanations": "字段说明"}
"""The sheets of the workbook that show no table of the form."""
refuse(
    [
        f"tables.csv:{number}: sheet_zh {table.sheet!r} is one that the workbook has already"
        for number, table in enumerate(FORM.tables, 2)
        if table.sheet in SHEETS.values()
    ]
)

STATUSES: Words = {
    "printed": ("印有数字", "a number is printed"),
    "blank": ("单元格为空", "the cell is there and empty"),
    "dash": ("印有“/”“—”“无”等", "a dash, a slash or the like is printed"),
    "unreadable": ("印有内容但不是数字", "something is there that is not a number"),
    "absent": ("文件中没有表样规定的这一行或列", "the official row or column is not in the document"),
}

FILE_STATUSES: Words = {
    "ok": ("正常", "read, no failed relation, no doubt"),
    "flagged": ("需核对", "read, with failed relations or doubts"),
    "not_a_report": ("不是年度报告", "read, but not such a report"),
    "duplicate": ("重复文件", "byte for byte the same as another file"),
    "failed": ("读取失败", "could not be read"),
}

VERDICTS: Words = {
    "pass": ("相符", "the relation holds"),
    "fail": ("不符", "the relation does not hold"),
    "not_applicable": ("不适用", "operands are missing"),
}

ORIGINS: Words = {
    "as_printed": ("原件即如此", "the original itself says so"),
    "uncertain": ("可能误读，请对照原件", "may be a misreading; compare the original"),
}

EDITIONS: Words = {edition.name: edition.words for edition in FORM.editions}
"""The editions as editions.csv names them."""

CHECKS: Words = {relation.check: relation.name for relation in FORM.relations} | {
    VERSIONS: ("同一报告的几个文件所印数字不同", "files of one report print different numbers"),
}
"""The relations as relations.csv names them, and the comparison of the files of one report."""

_CODE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")


def load_codes(text: str) -> Words:
    """The words of codes.csv.

    Args:
        text: the file's text.

    Returns:
        The words by code, in the order of the file.

    Raises:
        WordingFault: with every fault at once.
    """
    rows = list(csv.DictReader(text.splitlines()))
    faults = find_faults(rows)
    if faults:
        raise WordingFault(tuple(faults))
    return {row["code"]: (row["zh"], row["en"]) for row in rows}


def find_faults(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """What is wrong with the rows of codes.csv: codes twice or misspelt, words missing."""
    faults: list[str] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        code = row.get("code") or ""
        checks = (
            (_CODE.fullmatch(code), f"code {code!r} is misspelt"),
            (code not in seen, f"code {code!r} stands twice"),
            (row.get("zh") and row.get("en"), "a description is missing"),
            (None not in row, "more than three columns"),
        )
        seen.add(code)
        faults += [f"codes.csv:{number}: {fault}" for holds, fault in checks if not holds]
    return faults


CODES: Words = load_codes(files("output").joinpath("codes.csv").read_text(encoding="utf-8-sig"))
"""Everything that `observations.flags` (beside CHECKS), `reports.doubts` and `issues.code` may hold."""
FLAG = "doubt."
"""How the flag of an observation begins that is a doubt about the reading, not a failed relation."""


def failed_word(check: str) -> str:
    """What a failed check of that kind is called in Chinese.

    Args:
        check: its id.

    Returns:
        `版本不一致` for files of one report that differ, `勾稽不符` for arithmetic.
    """
    return "版本不一致" if check == VERSIONS else "勾稽不符"


def in_chinese(words: Words, code: str) -> str:
    """The Chinese words for a code.

    Args:
        words: one of the dictionaries here.
        code: a code, possibly unknown.

    Returns:
        The words, or the code itself.
    """
    return words[code][0] if code in words else code
