"""Texts of any size whose reading could cost more than their length, by what they repeat.

Enters: a name and a size in characters. Leaves: a text that begins with a title of a report and goes on with one
kind of line for as long as wanted, each line numbered where a cache would hide the cost of the next.
"""

from __future__ import annotations

from collections.abc import Callable

TITLE = "某县某局2022年政府信息公开工作年度报告\n"
_NUMERALS = "一二三四五六七八九十"
_LABELS = (
    "本年新收政府信息公开申请数量",
    "上年结转政府信息公开申请数量",
    "予以公开",
    "部分公开",
    "属于国家秘密",
    "重复申请",
    "结转下年度继续办理",
    "行政许可",
    "行政处罚",
    "规章",
)
_HEAD = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"


def _chinese(i: int) -> str:
    """A number that no other line prints, in Chinese digits."""
    return "".join(_NUMERALS[int(d)] for d in str(i))


_LINES: dict[str, Callable[[int], str]] = {
    "rows": lambda i: f"{_LABELS[i % 10]}\t{i % 7}\t{i}\t0\t0\t0\t0\t{i}\n",
    "same_row": lambda _: "（一）予以公开\t3\t0\t0\t0\t0\t0\t3\n",
    "labels": lambda i: f"{_LABELS[i % 10]}\n",
    "labels_all_different": lambda i: f"{_LABELS[i % 10]}第{_chinese(i)}\n",
    "digits_with_blanks": lambda i: f"{i % 10} ",
    "numbers_with_blanks": lambda i: f"{i} ",
    "dates": lambda i: f"20{i % 90 + 10}年{i % 12 + 1}月{i % 28 + 1}日 ",
    "dates_a_line": lambda i: f"20{i % 90 + 10}年{i % 12 + 1}月{i % 28 + 1}日\n",
    "years": lambda i: f"{i % 90 + 1950}年度",
    "years_a_line": lambda i: f"{i % 90 + 1950}年度\n",
    "cells": lambda i: f"{i % 1000}\t",
    "cells_a_line": lambda i: f"{_LABELS[i % 10]}\n{i}\n" if i % 3 else f"{i}\n\n",
    "numbers_a_line": lambda i: f"{i}\n",
    "numbers_beside_labels": lambda i: f"{_LABELS[i % 10]} {i} 0 0 0 0 0 {i}\n",
    "aligned_rows": lambda i: f"{_LABELS[i % 10]:<20}   {i:>6}     0     0      0     0      0  {i:>6}\n",
    "titles": lambda i: f"某县第{_chinese(i)}局{i % 90 + 1950}年政府信息公开工作年度报告\n",
    "titles_in_one_line": lambda _: "某局2022年政府信息公开工作年度报告",
    "misprinted_titles": lambda i: f"某县第{_chinese(i)}局{i % 90 + 1950}年政府信息公幵工作年度报告\n",
    "misprints_in_one_line": lambda _: "某局2022年政府信息公幵工作季度报告",
    "brackets": lambda i: "（" if i % 2 else "(",
    "closed_brackets": lambda i: f"（{i}）[{i}]【{i}】",
    "pipes": lambda i: f"| {i} " if i % 20 else "|\n",
    "pipes_in_one_line": lambda _: "|",
    "tabs": lambda i: "\t" if i % 50 else "\n",
    "tabs_in_one_line": lambda _: "\t",
    "markdown": lambda i: (
        f"| {_LABELS[i % 10]} | {i} | 0 | 0 |\n" if i else "| a | b | c | d |\n|---|---|---|---|\n"
    ),
    "stars": lambda i: f"**{i}" if i % 30 else "## 标题\n",
    "digits": lambda i: str(i % 10),
    "one_word": lambda _: "公开\n",
    "punctuation": lambda i: "，。；：！？、"[i % 7],
    "dots": lambda _: ".",
    "dashes": lambda _: "—",
    "full_width": lambda i: chr(0xFF10 + i % 10) + "，",
    "traditional": lambda i: f"政府資訊公開第{_chinese(i)}條規範性文件，行政許可{i}件。\n",
    "traditional_in_one_line": lambda i: "資訊開國際規範"[i % 7],
    "sections": lambda i: f"{_NUMERALS[i % 10]}、总体情况\n",
    "section_numbers": lambda i: f"{_NUMERALS[i % 10]}、",
    "units": lambda i: "件次项条万元"[i % 6],
    "unit_words": lambda i: f"{i}件{i}项{i}条{i}万元",
    "quotes": lambda i: "“”‘’「」"[i % 6],
    "quotes_a_line": lambda i: f"“第{_chinese(i)}项”\n",
    "prose": lambda i: f"本年度共受理政府信息公开申请{i}件，办结{i}件，其中予以公开{i % 9}件。\n",
    "prose_in_one_line": lambda i: f"受理申请{i}件，",
    "prose_without_figures": lambda i: f"本机关认真贯彻落实条例第{_chinese(i)}款要求，持续推进公开工作。\n",
    "letters": lambda _: "公",
    "blanks": lambda i: " " if i % 2 else "\u3000",
    "blank_lines": lambda _: "\n",
    "commas": lambda i: f"{_LABELS[i % 10]},{i},0,0\n",
    "commas_in_one_line": lambda i: f"{i},",
    "document_numbers": lambda i: f"某政办发〔20{i % 90 + 10}〕{i}号\n",
    "slashes": lambda i: f"{i % 31}/{i % 12}",
    "addresses": lambda i: f"http://www.example.gov.cn/{i}.html ",
    "bodies": lambda i: f"某市某县第{_chinese(i)}人民政府办公室\n",
    "bodies_in_one_line": lambda _: "某市人民政府办公室",
    "pages": lambda i: f"— {i % 9000} —\n",
    "table_four": lambda i: f"行政复议\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n{i}\t0\t0\t0\t{i}\n",
    "heads_of_table_four": lambda i: f"行政复议\t结果维持\t结果纠正\t第{_chinese(i)}\n",
    "table_two": lambda i: _HEAD if i % 3 == 0 else f"规章\t{i}\t0\t{i}\n",
    "heads_of_table_two": lambda i: f"本年增减   第{_chinese(i)}\n",
    "heads_in_one_line": lambda i: f"信息内容  本年制发件数  {_chinese(i)}  ",
    "heads_of_table_three": lambda i: f"自然人\t商业企业\t科研机构\t其他\t总计\t备注{_chinese(i)}\n",
    "unlike_rows": lambda i: f"甲乙丙丁第{_chinese(i)}号\t{i}\t0\t0\t0\t0\t0\t{i}\n",
    "many_tables": lambda i: f"予以公开\t{i}\t0\t0\t0\t0\t0\t{i}\n\n四、存在的问题\n\n",
    "blank_rows": lambda i: "\t\t\t\t\t\n" if i else f"{_HEAD}行政复议\t结果维持\t结果纠正\n",
    "wide_rows": lambda i: f"予以公开  {'0  ' * 200}{i}\n",
    "wandering_rows": lambda i: f"予以公开{' ' * (i % 60 + 2)}{i}  0  0  0  0  0  {i}\n",
    "set_wide": lambda i: f"{'结果维持'[i % 4]}  ",
    "groups_in_one_line": lambda _: "不予公开",
    "word_before_tabs": lambda i: "\t" if i else f"规章{'。' * 5000}",
    "headings_in_one_line": lambda i: f"{_NUMERALS[i % 6]}、总体情况 {i % 90 + 1950}年。",
    "breaks": lambda i: "<br>1" if i else "## 标题\n## 标题\n",
    "label_and_numbers": lambda i: f"第{_chinese(i)} " if i % 9 else f"  {i}  {i}  ",
}
NAMES = tuple(_LINES)
"""Every kind of text."""


def costly_text(name: str, size: int, first: int = 0) -> str:
    """A report that goes on with one kind of line, from the `first` of them on, until it has `size` characters."""
    line, parts, length, i = _LINES[name], [TITLE], len(TITLE), first
    while length < size:
        parts.append(line(i))
        length += len(parts[-1])
        i += 1
    return "".join(parts)[:size]
