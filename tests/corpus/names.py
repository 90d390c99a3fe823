"""File names that help, mislead, or say nothing.

Enters: a serial number and an identity. Leaves: a path relative to the corpus; the serial keeps it unique.
"""

from __future__ import annotations

from random import Random

from corpus.truth import Identity

_FOLDERS = ("", "", "", "", "收文/", "2024年 汇总/", "a/b/")


def file_name(rng: Random, serial: int, who: Identity, suffix: str) -> str:
    """A path for the file."""
    kind = rng.randrange(8)
    if kind < 3:
        stem = f"{who.agency}{who.year}年政府信息公开工作年度报告_{serial:03}"
    elif kind == 3:
        stem = f"report_{serial:03}"
    elif kind == 4:
        stem = f"新建文档 ({serial})"
    elif kind == 5:  # the year of publication, not of the report
        stem = f"{who.year + 1}{rng.randint(1, 3):02}{rng.randint(10, 28)}_{serial:03}_年报"
    elif kind == 6:
        stem = f"{serial:03} 附件：{who.short}年报（定稿）最终版2" + "　" * rng.randint(0, 1)
    else:
        stem = f"{serial:03}-{who.year - 1}年模板"
    return rng.choice(_FOLDERS) + stem.strip() + rng.choices((suffix, suffix.upper()), (9, 1))[0]
