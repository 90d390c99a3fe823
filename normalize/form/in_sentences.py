"""Cells, sums and differences in words, Chinese and English, for the sentences of checks.

Enters: canonical names and numbers as printed. Leaves: parts of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from normalize.form.loader import FORM
from normalize.form.template import Field
from normalize.sentences import say_both

TABLE_NAMES = {table.name: table.short for table in FORM.tables}
"""How sentences call each table (表二, table 2)."""

_SIGNS = tuple(zip(say_both("sum.plus"), say_both("sum.minus"), strict=True))
"""Plus and minus, in Chinese and in English."""
MOST = 7
"""Parts of a sum that a sentence lists: a row of the form has six."""


def name_row(field: Field) -> str:
    """A row to be quoted: with its group where its number begins anew in each, without its remark."""
    label = re.sub(r"(?<=.{4})（[^（）]*）$", "", field.label_zh)
    name = f"{field.group_zh} {label}" if label[0].isdigit() else label
    return name.replace("“", "‘").replace("”", "’")


def spell(code: str) -> str:
    """A canonical name in plain English: `outcome.denied.repeated` is `outcome / denied / repeated`."""
    return code.replace("_", " ").replace(".", " / ")


def spell_sum(total: Decimal, parts: Sequence[Decimal]) -> tuple[str, str]:
    """A sum, with its parts where there are several that count, or how many they are."""
    counted = [part for part in parts if part]
    if len(counted) < 2:
        return f"{total:f}", f"{total:f}"
    if len(counted) > MOST:
        return say_both("sum.count", total=f"{total:f}", count=len(counted))
    zh, en = (_join(counted, plus, minus) for plus, minus in _SIGNS)
    return say_both("sum.parts", total=f"{total:f}", parts=(zh, en))


def _join(parts: Sequence[Decimal], plus: str, minus: str) -> str:
    first, *others = parts
    return f"{first:f}" + "".join(f"{minus if part < 0 else plus}{part.copy_abs():f}" for part in others)


def weigh(difference: Decimal) -> tuple[str, str]:
    """How much more or less than another a number is; a sign would not say which was taken from which."""
    return say_both("weigh.more" if difference > 0 else "weigh.less", by=f"{difference.copy_abs():f}")
