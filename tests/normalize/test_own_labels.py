"""Labels that a user brings: held to the rules of labels.csv, each fault with the user's file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from normalize.form.loader import FORM, load_form, read_own_labels
from normalize.words.csv_lines import DictionaryError

HEAD = "axis,name,label\n"
LONG = "axis,name,label,edition,note\n"
UPHELD = next(i for i, x in enumerate(FORM.labels, 2) if (x.axis, x.name) == ("remedies.column", "upheld"))
"""The line of labels.csv that has 结果维持."""
UNREADABLE = "1: cannot be read as UTF-8 text"
FAULTS = {
    "an unknown axis": (HEAD + "requests.rows,new,当年受理件\n", "2: axis 'requests.rows' is none of"),
    "an unknown name": (
        HEAD + "requests.row,new,当年受理件\nrequests.row,newer,今年受理件\n",
        "3: 'newer' is no name of requests.row",
    ),
    "a name that only a label of its own makes one": (
        HEAD + "remedies.column,reconsideration.upheld,复议维持\n",
        "2: 'reconsideration.upheld' is no name of remedies.column",
    ),
    "an unknown edition": (
        LONG + "requests.row,new,当年受理件,2031,\n",
        "2: edition '2031' is unknown; there are 2021, 2019",
    ),
    "a spelling of another name in the program": (
        HEAD + "remedies.column,corrected,结果维持\n",
        f"2: '结果维持' is corrected here and upheld in line {UPHELD} of the program's labels.csv",
    ),
    "a spelling of another name in the file": (
        HEAD + "requests.row,new,当年受理件\nrequests.row,carried_in,當年受理 件\n",
        "3: '當年受理 件' is carried_in here and new in line 2",
    ),
    "a label of the program": (
        HEAD + "remedies.column,upheld,結果 維持\n",
        f"2: '結果 維持' stands twice, first in line {UPHELD} of the program's labels.csv",
    ),
    "a label twice in the file": (
        HEAD + "requests.row,new,当年受理件\nrequests.row,new,當年受理件\n",
        "3: '當年受理件' stands twice, first in line 2",
    ),
    "a label of signs alone": (HEAD + "ignored,remark, “” \n", "2: empty label"),
    "a line too long": (HEAD + "requests.row,new,当年受理件,\n", "2: 4 columns where 3 are due"),
    "a column that nobody reads": (
        "axis,name,label,source\nrequests.row,new,当年受理件,seen\n",
        "1: unknown column 'source'",
    ),
    "a column that is missing": ("axis,label\nrequests.row,当年受理件\n", "1: column 'name' is missing"),
    "columns in another order": (
        "axis,name,label,note,edition\nrequests.row,new,当年受理件,,2021\n",
        "1: the columns are not axis, name, label, edition, note, in this order",
    ),
    "no line": (HEAD, "1: no line below the head"),
    "an unpaired quotation mark": (HEAD + 'requests.row,new,"当年受理件\n', "2: is no line of a CSV file"),
    "nothing": ("", "1: column 'axis' is missing, column 'name' is missing, column 'label' is missing"),
    "bytes of no text": (b"PK\3\4" + bytes(range(256)) * 8, f"{UNREADABLE} (U"),
    "UTF-8 with a broken character": (
        HEAD.encode() + "requests.row,new,当年受理件\n".encode()[:-2] + b"\n",
        f"{UNREADABLE} (UnicodeDecodeError)",
    ),
}


def write(folder: Path, content: str | bytes, name: str = "my.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def find_faults(file: Path) -> tuple[str, ...]:
    with pytest.raises(DictionaryError) as caught:
        read_own_labels(file)
    return caught.value.faults


@pytest.mark.parametrize(("content", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_the_users_file_and_line(
    tmp_path: Path, content: str | bytes, fault: str
) -> None:
    (found,) = find_faults(write(tmp_path, content))
    assert found.startswith(f"my.csv:{fault}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert find_faults(tmp_path / "my.csv") == ("my.csv:1: there is no such file",)


def test_a_fault_of_a_folder_names_it() -> None:
    assert find_faults(Path())[0].startswith(f".:{UNREADABLE}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    content = HEAD + "requests.rows,new,甲乙\n,,\nrequests.row,new\n"
    lines = [fault.split(": ")[0] for fault in find_faults(write(tmp_path, content))]
    assert sorted(set(lines)) == ["my.csv:2", "my.csv:3", "my.csv:4"]


def test_a_file_called_as_that_of_the_program_is_not_taken_for_it(tmp_path: Path) -> None:
    (found,) = find_faults(write(tmp_path, HEAD + "remedies.column,upheld,结果维持\n", "labels.csv"))
    assert found == (
        f"labels.csv:2: '结果维持' stands twice, first in line {UPHELD} of the program's labels.csv"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_is_read_in_whatever_excel_saves(tmp_path: Path, encoding: str) -> None:
    content = (LONG + "requests.row,new,当年受理件,2021,某县\n").replace("\n", "\r\n").encode(encoding)
    (line,) = read_own_labels(write(tmp_path, content)).lines
    assert (line["name"], line["label"], line["edition"], line["note"]) == (
        "new",
        "当年受理件",
        "2021",
        "某县",
    )
    assert (line.file, line.number) == ("my.csv", 2)


def test_the_labels_stand_behind_those_of_the_program(tmp_path: Path) -> None:
    own = read_own_labels(write(tmp_path, HEAD + "requests.row,new,一、当年受理件\n"))
    form = load_form(own=own)
    assert form.labels[:-1] == FORM.labels
    assert (form.labels[-1].name, form.labels[-1].core, form.labels[-1].enumerator) == (
        "new",
        "当年受理件",
        "一",
    )
    assert form.templates == FORM.templates


def test_the_digest_is_that_of_what_the_lines_say(tmp_path: Path) -> None:
    line = "requests.row,new,当年受理件"
    one = read_own_labels(write(tmp_path, f"{HEAD}{line}\n"))
    same = read_own_labels(write(tmp_path, f"{LONG}{line},,\n".encode("gb18030"), "other.csv"))
    other = read_own_labels(write(tmp_path, f"{HEAD}{line}数\n"))
    assert one.digest == same.digest != other.digest


def test_the_example_in_the_documents_is_in_order_in_both_languages(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    chinese, english = re.findall(r"```\n(axis,.*?)```", page, re.DOTALL)
    assert chinese == english
    assert len(read_own_labels(write(tmp_path, chinese)).lines) == 3
