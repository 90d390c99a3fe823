"""Files that hold no report, or that nothing can be read from.

Enters: a random source. Leaves: `Stray` files with what a run should say about them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from random import Random

from corpus.package import word_bytes, zip_bytes
from corpus.wordtable import run

NOT_A_REPORT = ("not_a_report",)
FAILED = ("failed",)
EITHER = ("failed", "not_a_report")


@dataclass(frozen=True, slots=True)
class Stray:
    """A file, what it is, what statuses are right for it."""

    name: str
    content: bytes
    kind: str
    variant: str
    expect: tuple[str, ...]


def _budget(rng: Random) -> str:
    n = rng.randint(10, 900)
    return (
        f"关于批复2023年部门预算的通知\n\n各科室：\n一、收入预算{n}万元，其中行政事业性收费{n // 9}万元。\n"
        f"项目\t预算数\t决算数\n行政许可窗口经费\t{n}\t{n - 1}\n总计\t{n * 2}\t{n * 2 - 1}\n"
        "财政局\n2023年2月1日\n"
    )


def _recipe(rng: Random) -> str:
    return (
        f"红烧茄子\n材料：茄子{rng.randint(2, 5)}根、蒜{rng.randint(2, 9)}瓣。\n"
        "一、切块。\n二、过油。\n三、收汁。\n"
    )


def _guide(rng: Random) -> str:
    return (
        "政府信息公开申请表\n申请人\t自然人\n姓名\t\n法人或其他组织\t名称\t\n所需信息内容描述\t\n"
        f"办理机构电话：0{rng.randint(10, 999)}-{rng.randint(1000000, 9999999)}\n"
    )


def compound_file(streams: tuple[str, ...]) -> bytes:
    """A small OLE file with empty streams of these names (an encrypted Word file looks like this)."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        1,
        0,
        4096,
        end,
        0,
        end,
        0,
        0,
    ) + struct.pack("<108I", *([free] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, end, *([free] * 126))
    entries = [("Root Entry", 5, 1), *((s, 2, free) for s in streams)]
    directory = b""
    for i, (name, kind, child) in enumerate(entries):
        sibling = i + 1 if 0 < i < len(entries) - 1 else free
        text = name.encode("utf-16-le") + b"\0\0"
        directory += struct.pack(
            "<64sHBBIII16sIQQIQ", text, len(text), kind, 1, free, sibling, child, b"", 0, 0, 0, end, 0
        )
    return header + fat + directory.ljust(512, b"\0")


def _bomb() -> bytes:
    """A Word file whose body unpacks to 60 MB."""
    return zip_bytes(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document>" + b" " * 60_000_000}
    )


def _paragraphs(text: str) -> bytes:
    body = "".join(f"<w:p>{run(line)}</w:p>" for line in text.splitlines())
    return word_bytes(body + "<w:sectPr/>", "", "", "", "")


def draw_strays(rng: Random, word: bytes) -> list[Stray]:
    """One of each; `word` is a sound report to be cut short."""
    noise = bytes(rng.randrange(256) for _ in range(4000))
    return [
        Stray("空文件.txt", b"", "broken", "empty", EITHER),
        Stray("空文件.docx", b"", "broken", "empty", EITHER),
        Stray("只有空格.txt", b" \r\n\t\r\n", "broken", "blank", EITHER),
        Stray("扫描0001.txt", noise, "broken", "noise", EITHER),
        Stray("年报.docx", noise, "broken", "noise_docx", EITHER),
        Stray("截断.docx", word[: len(word) * 2 // 3], "broken", "cut_docx", FAILED),
        Stray("截断2.docx", word[: len(word) - 30], "broken", "cut_directory", FAILED),
        Stray(
            "加密年报.docx",
            compound_file(("EncryptionInfo", "EncryptedPackage")),
            "broken",
            "encrypted",
            FAILED,
        ),
        Stray("压缩.docx", _bomb(), "broken", "bomb", EITHER),
        Stray("其他压缩.docx", zip_bytes({"a.txt": "甲".encode()}), "broken", "other_zip", EITHER),
        Stray("坏XML.docx", _bad_xml(word), "broken", "bad_xml", FAILED),
        Stray("预算批复.txt", _budget(rng).encode("gbk"), "not_a_report", "budget", NOT_A_REPORT),
        Stray("预算批复.docx", _paragraphs(_budget(rng)), "not_a_report", "budget_docx", NOT_A_REPORT),
        Stray("菜谱.txt", _recipe(rng).encode(), "not_a_report", "recipe", NOT_A_REPORT),
        Stray(
            "2022年政府信息公开工作年度报告.txt",
            _recipe(rng).encode("gbk"),
            "not_a_report",
            "recipe_named_report",
            NOT_A_REPORT,
        ),
        Stray("申请表.txt", _guide(rng).encode("gb18030"), "not_a_report", "request_form", NOT_A_REPORT),
    ]


def _bad_xml(word: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    members["word/document.xml"] = members["word/document.xml"][:-200]
    return zip_bytes(members)
