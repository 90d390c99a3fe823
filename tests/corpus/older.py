"""Reports of earlier years: the statistics table of 2014 to 2018, and prose alone before that.

Enters: a random source. Leaves: text files that hold no cell of the present form.
"""

from __future__ import annotations

from random import Random
from typing import Any

from corpus.bodies import draw_body, draw_identity
from corpus.names import file_name
from corpus.text import draw_writing, encode
from corpus.truth import Identity

_INDICATORS = (
    ("一、主动公开情况", "——"),
    ("（一）主动公开政府信息数", "条"),
    ("其中：主动公开规范性文件数", "条"),
    ("制发规范性文件总数", "件"),
    ("（二）通过不同渠道和方式公开政府信息的情况", "——"),
    ("1.政府公报公开政府信息数", "条"),
    ("2.政府网站公开政府信息数", "条"),
    ("三、依申请公开情况", "——"),
    ("（一）收到申请数", "件"),
    ("1.当面申请数", "件"),
    ("2.传真申请数", "件"),
    ("（三）申请答复数", "件"),
    ("1.属于已主动公开范围数", "件"),
    ("2.同意公开答复数", "件"),
    ("4.不同意公开答复数", "件"),
    ("四、行政复议数量", "件"),
    ("（一）维持具体行政行为数", "件"),
    ("（二）被依法纠错数", "件"),
    ("五、行政诉讼数量", "件"),
    ("（一）维持具体行政行为或者驳回原告诉讼请求数", "件"),
    ("七、依申请公开信息收取的费用", "万元"),
)


def _table(rng: Random) -> list[str]:
    lines = ["政府信息公开情况统计表", "统计指标\t单位\t统计数"]
    for label, unit in _INDICATORS:
        lines.append(f"{label}\t{unit}\t{'' if unit == '——' else rng.randint(0, 3000)}")
    return lines


def _text(rng: Random, who: Identity, edition: str) -> str:
    year, n = who.year, rng.randint(0, 40)
    lines = [
        *([who.number_printed] if who.number_printed else []),
        *who.title_lines,
        f"根据《中华人民共和国政府信息公开条例》编制本报告，统计期限为{year}年1月1日至{year}年12月31日。",
        "一、概述",
        f"全年召开专题会{rng.randint(1, 9)}次，公开栏更新{rng.randint(9, 400)}次。",
        "二、主动公开政府信息情况",
        f"主动公开信息{rng.randint(90, 9000)}条，占{rng.randint(1, 99)}.{rng.randint(0, 9)}%。",
        f"其中规范性文件{rng.randint(1, 60)}件，行政许可类{rng.randint(1, 900)}条。",
        "三、依申请公开政府信息情况",
        f"受理申请{n}件，其中自然人{n}件，均已答复。",
        "四、复议、诉讼情况",
        "没有发生行政复议和行政诉讼。",
        "五、主要问题和改进措施",
        "公开渠道仍显单一。",
    ]
    lines += _table(rng) if edition == "2014" else []
    return "\n".join([*lines, who.signed, who.date_printed]) + "\n"


def make_older(rng: Random, serial: int) -> tuple[str, bytes, dict[str, Any]]:
    """(path, bytes, line of truth)."""
    edition, year = rng.choice((("2014", rng.randint(2014, 2018)), ("prose", rng.randint(2008, 2013))))
    who = draw_identity(rng, year, draw_body(rng))
    source = file_name(rng, serial, who, ".txt")
    line = {
        "source": source,
        "kind": "report",
        "group": "gen_older",
        "variant": edition,
        "agency": who.agency,
        "agency_accept": list(who.accept),
        "year": year,
        "document_number": who.document_number or None,
        "issued_on": who.issued_on or None,
        "form": edition,
        "form_accept": [edition],
        "expect_status": ["ok", "flagged"],
        "observations": [],
        "checks_failed": [],
        "checks_optional": [],
        "cross_failed": [],
        "planted": [],
        "prefix": False,
        "title": who.title,
    }
    return source, encode(_text(rng, who, edition), draw_writing(rng, "tabs").encoding), line
