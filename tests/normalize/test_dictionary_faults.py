"""Broken dictionaries: each names file, line and fault, all at once, and none reaches a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from dictionaries import add_line, copy_form, edit

from normalize.form.loader import FORM, load_form
from normalize.words.csv_lines import DictionaryError

FIRST_FIELD = "2021,disclosure,1,rules.issued,规章 / 本年制发件数,第二十条第（一）项,件,"
WORDS = "甲＝乙,a = b,各项相加为,合计印,合计,the parts come to,the sum is printed as,the sum is"
TABLES = "is none of disclosure, requests, remedies"
COUNTED = len(FORM.labels) + 1
"""The last line of labels.csv."""

EDITS = {
    "an unknown column": (
        "labels.csv",
        "axis,name,label,edition,example,source,note",
        "axis,name,label,edition,example,source,note,colour",
        "1: unknown column 'colour'",
    ),
    "a column that is missing": (
        "axes.csv",
        "axis,template,made_of,listed",
        "axis,template,made_of",
        "1: column 'listed' is missing",
    ),
    "columns in another order": (
        "applicants.csv",
        "order,applicant,label_zh",
        "applicant,order,label_zh",
        "1: the columns are not order, applicant, label_zh, in this order",
    ),
    "a line too long": (
        "fields.csv",
        FIRST_FIELD,
        FIRST_FIELD + ",x",
        "2: 9 columns where 8 are due",
    ),
    "columns parted by another sign": (
        "applicants.csv",
        "order,applicant,label_zh",
        "order;applicant;label_zh",
        "1: its columns are parted by ';', not by commas",
    ),
    "a line that a spreadsheet left empty": (
        "fields.csv",
        FIRST_FIELD + "\n",
        ",,,,,,,\n" + FIRST_FIELD + "\n",
        "2: an empty line",
    ),
    "an edition of no field": (
        "fields.csv",
        FIRST_FIELD,
        FIRST_FIELD.replace("2021,", "2021|2030,", 1),
        "2: edition '2021|2030' is unknown; there are 2021, 2019",
    ),
    "a unit that nothing is counted in": (
        "fields.csv",
        FIRST_FIELD,
        FIRST_FIELD.replace("件,", "个,"),
        "2: unit '个' is none of 件, 项, 万元, 元|万元 as printed",
    ),
    "an order that skips": (
        "fields.csv",
        FIRST_FIELD,
        FIRST_FIELD.replace(",1,", ",7,"),
        "2: order 7 where 1 is due",
    ),
    "a field without a label": (
        "fields.csv",
        FIRST_FIELD,
        FIRST_FIELD.replace("规章 / 本年制发件数", ""),
        "2: label_zh is empty",
    ),
    "an applicant twice": (
        "applicants.csv",
        "3,research_institution,",
        "3,business,",
        "4: applicant 'business' stands twice, first in line 3",
    ),
    "an applicant whose name is none": (
        "applicants.csv",
        "3,research_institution,",
        "3,Research Institution,",
        "4: applicant 'Research Institution' is no name of small letters, digits and _",
    ),
    "an axis made of nothing known": (
        "axes.csv",
        "remedies.column,remedies,parts,",
        "remedies.column,remedies,pieces,",
        "10: made_of 'pieces' is none of fields, beginnings, blocks, parts, applicants",
    ),
    "an axis twice": (
        "axes.csv",
        "remedies.column,remedies,parts,",
        "remedies.block,remedies,parts,",
        "10: axis 'remedies.block' stands twice, first in line 9",
    ),
    "an axis of another template": (
        "axes.csv",
        "remedies.column,remedies,parts,",
        "remedies.column,requests,parts,",
        "10: axis 'remedies.column' is no requests.row|group|column|heading|block",
    ),
    "an edition whose tables are unknown": (
        "editions.csv",
        "2019,form,",
        "2019,forms,",
        "3: tables 'forms' is none of form, several, statistics, none",
    ),
    "an edition since no year": (
        "editions.csv",
        "2019,form,2019,",
        "2019,form,soon,",
        "3: since 'soon' is no year",
    ),
    "two editions since one year": (
        "editions.csv",
        "2019,form,2019,",
        "2019,form,2021,",
        "3: since 2021 as in line 2",
    ),
    "a table of no section": (
        "tables.csv",
        "requests,3,",
        "requests,9,",
        "3: section '9' is none of 1 to 6",
    ),
    "two sheets of one name": (
        "tables.csv",
        "申请办理情况",
        "主动公开",
        "3: sheet_zh '主动公开' as in line 2",
    ),
    "sheets that differ in capitals alone": (
        "tables.csv",
        "title_en,sheet_zh\n",
        "title_en,sheet_zh\nfirst,,a,a,a,a,a,a,Table\nsecond,,a,a,a,a,a,a,TABLE\n",
        "3: sheet_zh 'TABLE' as in line 2",
    ),
    "a sheet of too many signs": (
        "tables.csv",
        "申请办理情况",
        "申" * 32,
        f"3: sheet_zh '{'申' * 32}' is over 31 signs, has one of []:*?/\\ or a ' at an end",
    ),
    "a sheet with a sign that Excel refuses": (
        "tables.csv",
        "申请办理情况",
        "申请/办理",
        "3: sheet_zh '申请/办理' is over 31 signs, has one of []:*?/\\ or a ' at an end",
    ),
    "a field of two tables": (
        "fields.csv",
        "2019|2021,remedies,59,reconsideration.upheld,",
        "2019|2021,remedies,59,rules.issued,",
        "60: field 'rules.issued' is one of table 'disclosure' in line 2",
    ),
    "a template of no table": (
        "templates.csv",
        "remedies,remedies,2019|2021,",
        "remedies,appeals,2019|2021,",
        "4: table 'appeals' is none of disclosure, requests, remedies",
    ),
    "a template read by nobody": (
        "templates.csv",
        "2019|2021,requests,",
        "2019|2021,request,",
        "3: reader 'request' is none of disclosure, requests, remedies, any_table",
    ),
    "a template without an edition of its fields": (
        "templates.csv",
        "remedies,remedies,2019|2021,",
        "remedies,remedies,2021,",
        "fields.csv:60: templates.csv has none of table 'remedies' in edition '2019'",
    ),
    "a sum that closes no table": (
        "templates.csv",
        "requests.outcome_sum",
        "remedies.sum",
        "3: closing 'remedies.sum' is no relation of table 'requests'",
    ),
}
LABELS = {
    "an unknown axis": ("requests.rows,new,新收,,新收,seen,", "axis 'requests.rows' is none of"),
    "no name of requests.group": (
        "requests.group,outcome.refused,不予,,不予,seen,",
        "'outcome.refused' is no name of requests.group",
    ),
    "no name of a heading": (
        "disclosure.heading,paragraph,第一条,,第一条,seen,",
        "'paragraph' is no name of disclosure.heading",
    ),
    "no name of disclosure.column": (
        "disclosure.column,isued,制发,,制发,seen,",
        "'isued' is no name of disclosure.column",
    ),
    "no name of remedies.block": (
        "remedies.block,arbitration,仲裁,,仲裁,seen,",
        "'arbitration' is no name of remedies.block",
    ),
    "no word that is ignored": ("ignored,colour,颜色,,颜色,seen,", "'colour' is no name of ignored"),
    "an unknown source": (
        "ignored,remark,附注,,附注,hearsay,",
        "source 'hearsay' is none of form, seen, variant",
    ),
    "an unknown edition": ("ignored,remark,附注,2031,附注,seen,", "edition '2031' is unknown"),
    "a label of signs alone": ("ignored,remark, “” ,, “” ,seen,", "empty label"),
    "a label twice after folding": (
        "remedies.column,upheld,結果 維持,2021,結果 維持,seen,",
        "'結果 維持' stands twice, first in line 92",
    ),
    "a label that two names claim": (
        "remedies.column,corrected,结果维持,,结果维持,seen,",
        "'结果维持' is corrected here and upheld in line 92",
    ),
}
SUM = "rules.issued + rules.repealed"
RELATIONS = {
    "an id twice": (
        f"requests.balance,disclosure,table,,{SUM},rules.in_force",
        "check 'requests.balance' stands twice, first in line 2",
    ),
    "an unknown table": (f"made.up,appeals,table,,{SUM},rules.in_force", f"table 'appeals' {TABLES}"),
    "an unknown scope": (
        f"made.up,disclosure,cell,,{SUM},rules.in_force",
        "scope 'cell' is none of applicant, row, block, table",
    ),
    "a scope of another table": (
        "made.up,disclosure,row,,*,total",
        "scope 'row' does not fit table 'disclosure', which has no columns of applicants",
    ),
    "a misspelt operand": (
        "made.up,requests,applicant,,new + caried_in,outcome.total",
        "operand 'caried_in' is no name of table 'requests' in scope 'applicant'",
    ),
    "a wildcard for nothing": (
        "made.up,requests,applicant,,outcome.refused.*,outcome.total",
        "operand 'outcome.refused.*' is no name of table 'requests' in scope 'applicant'",
    ),
    "an operand twice": (
        "made.up,requests,row,,business + business,total",
        "operand 'business' stands twice",
    ),
    "an operand within another": (
        "made.up,requests,applicant,,outcome.denied.* + outcome.*,outcome.total",
        "operand 'outcome.denied.*' is part of 'outcome.*'",
    ),
    "a wildcard for nothing in its edition": (
        "made.up,requests,applicant,2019,outcome.other.*,outcome.total",
        "no edition of the relation has all of outcome.other.*, outcome.total",
    ),
    "no sum": ("made.up,requests,row,,business plus total,total", "left 'business plus total' is no sum"),
    "an edition that there is not": (
        f"made.up,disclosure,table,2030,{SUM},rules.in_force",
        "edition '2030' is unknown; there are 2021, 2019",
    ),
    "operands of no edition": (
        "made.up,disclosure,table,,rules.issued,rules.created",
        "no edition of the relation has all of rules.created, rules.issued",
    ),
    "money and counts": (
        "made.up,disclosure,table,,rules.issued + charges.amount,rules.in_force",
        "its operands are in 万元 and 件, which do not add up",
    ),
    "no block with all operands": (
        "made.up,disclosure,block,,issued,decisions",
        "no block has all of issued, decisions",
    ),
}


def find_faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(DictionaryError) as caught:
        load_form(folder)
    return caught.value.faults


@pytest.mark.parametrize(("file", "old", "new", "fault"), EDITS.values(), ids=EDITS)
def test_an_edit_that_breaks_it_is_told_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, fault: str
) -> None:
    form = copy_form(tmp_path)
    edit(form / file, old, new)
    assert (fault if ".csv:" in fault else f"{file}:{fault}") in find_faults(form)


@pytest.mark.parametrize(("line", "fault"), LABELS.values(), ids=LABELS)
def test_a_faulty_label_is_told_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    form = copy_form(tmp_path)
    add_line(form / "labels.csv", line)
    (found,) = find_faults(form)
    assert found.startswith(f"labels.csv:{COUNTED + 1}: {fault}")


@pytest.mark.parametrize(("line", "fault"), RELATIONS.values(), ids=RELATIONS)
def test_a_faulty_relation_is_told_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    form = copy_form(tmp_path)
    add_line(form / "relations.csv", f"{line},{WORDS}")
    (found,) = find_faults(form)
    assert found.startswith(f"relations.csv:{len(FORM.relations) + 2}: {fault}")


def test_a_relation_without_a_word_is_told(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    add_line(form / "relations.csv", f"made.up,disclosure,table,,{SUM},rules.in_force,{WORDS}"[:-10])
    assert find_faults(form) == ("relations.csv:6: more_en is empty",)


def test_a_file_that_has_nothing_but_its_head_is_told(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    head, *_ = (form / "relations.csv").read_text(encoding="utf-8").splitlines()
    (form / "relations.csv").write_text(head + "\n", encoding="utf-8")
    assert find_faults(form) == ("relations.csv:1: no line below the head",)


def test_a_name_without_a_label_is_told(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    edit(
        form / "labels.csv",
        "requests.row,carried_out,四、结转下年度继续办理,2019|2021,四、结转下年度 继续办理,form,\n",
        "",
    )
    assert find_faults(form) == (
        f"labels.csv:{COUNTED - 1}: no label for requests.row carried_out up to here",
    )


def test_a_line_that_is_lost_puts_only_the_next_out_of_order(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    edit(form / "fields.csv", FIRST_FIELD, FIRST_FIELD + ",x")
    assert [fault for fault in find_faults(form) if fault.startswith("fields.csv")] == [
        "fields.csv:2: 9 columns where 8 are due",
        "fields.csv:3: order 2 where 1 is due",
    ]


@pytest.mark.parametrize("place", ['form,"x\n', 'form,""x\n'])
def test_a_quotation_mark_without_its_other_is_told_where_it_stands(tmp_path: Path, place: str) -> None:
    form = copy_form(tmp_path)
    line = "requests.row,carried_out,四、结转下年度继续办理,2019|2021,四、结转下年度 继续办理,form,\n"
    number = (form / "labels.csv").read_text(encoding="utf-8").splitlines().index(line[:-1]) + 1
    edit(form / "labels.csv", line, line.replace("form,\n", place))
    (fault,) = find_faults(form)
    assert fault.startswith(f"labels.csv:{number}: is no line of a CSV file")


def test_a_quotation_mark_that_finds_one_further_down_hides_no_line(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    add_line(form / "labels.csv", 'ignored,remark,附注,,附注,seen,"')
    add_line(form / "labels.csv", "ignored,colour,颜色,,颜色,seen,")
    add_line(form / "labels.csv", '"')
    assert f"labels.csv:{COUNTED + 1}: a quotation mark has no other in this line" in find_faults(form)


def test_a_file_that_is_no_text_or_not_there_is_told(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    (form / "axes.csv").write_bytes(b"\xff\xfe")
    (form / "fields.csv").unlink()
    assert find_faults(form) == (
        "fields.csv:1: there is no such file",
        "axes.csv:1: cannot be read as UTF-8 text (UnicodeDecodeError)",
    )


def test_the_same_spelling_in_two_editions_is_no_tie(tmp_path: Path) -> None:
    form = copy_form(tmp_path)
    add_line(form / "labels.csv", "disclosure.column,issued,制发件数,2021,制发件数,seen,")
    add_line(form / "labels.csv", "disclosure.column,created,制发件数,2019,制发件数,seen,")
    assert len(load_form(form).labels) == len(FORM.labels) + 2
