"""Words that the tables of every edition print and that are no label of one cell.

Enters: table_words.csv. Leaves: `TABLE_WORDS`, by kind, in the order of the file.
"""

from __future__ import annotations

from pathlib import Path

from normalize.words.fold import fold
from normalize.words.word_list import read_kinds

KINDS = frozenset(
    (
        "total",  # the two words for one column or row
        "rest",  # what is none of those named
        "numbering",  # stands beside the numbers of columns: 甲 乙 1 2 3
        "stub_title",  # over the labels of table 二
        "applicants_title",  # over groups of columns of table 三
        "remedies_title",  # over the blocks of table 四
        "part_of",  # before a row that counts a part of the one above
        "unit",  # of the form, in heads and behind numbers
        "unit_apart",  # one blank behind its number
        "year_of_column",  # of columns of several years: 2023年 and, behind it or another word, 数
        "column_of_numbers",
        "this_year",
        "last_year",
        "comparison",  # of this year with another
        "caption",  # in a line above a table that says of which year it is
        "void",  # above a table that is void, and "valid" above the one in its place
        "valid",
        "annex",  # begins a line above the tables of an annex
        "change",  # before a number that is a change
        "unit_label",  # before one in a head
        "earlier_years",  # in a head, or over it: a column beside those of the report's year
        "field_unit",  # what a line of fields.csv may be counted in
    )
)

TABLE_WORDS = read_kinds("table_words.csv", KINDS, Path(__file__).parent, same=fold)
