"""The dictionary of labels: every spelling finds its own field, and a faulty dictionary says all that is wrong."""

from __future__ import annotations

import csv
import pickle
from pathlib import Path
from typing import Any

import pytest
from dictionaries import copy_form
from hypothesis import given
from hypothesis import strategies as st

from corpus.official import APPLICANT_LABELS, REQUEST_ROWS, REVIEW_LABELS
from normalize.form import loader
from normalize.form.labels import FAINT, SAME, best_hit, find_composite, find_hits, is_label, strip_groups
from normalize.form.loader import FORM, Label, load_form
from normalize.words.csv_lines import DictionaryError

LABELS = Path(loader.__file__).with_name("labels.csv")
SHARED = {"其他", "总计", "合计"}
"""Words that more than one row or column has: their place decides."""


@pytest.mark.parametrize("label", FORM.labels, ids=lambda x: f"{x.axis}-{x.text[:12]}")
def test_every_label_is_found_as_its_own_field(label: Label) -> None:
    names = {x.name for x in FORM.labels if x.axis == label.axis and x.core == label.core}
    hit = best_hit(label.text, label.axis)
    assert hit is not None
    assert hit.similarity == 1
    assert hit.name in names
    own = [h for h in find_hits(label.text) if (h.axis, h.name) == (label.axis, label.name)]
    assert [h.similarity for h in own] == [1]


def test_labels_shared_by_two_fields_are_few() -> None:
    seen: dict[tuple[str, str], set[str]] = {}
    for label in FORM.labels:
        seen.setdefault((label.axis, label.core), set()).add(label.name)
    assert {core for (_, core), names in seen.items() if len(names) > 1} <= SHARED


@pytest.mark.parametrize(
    "row", {r.label: r for e in REQUEST_ROWS.values() for r in e}.values(), ids=lambda r: r.field
)
def test_rows_of_the_official_form_are_in_the_dictionary(row: Any) -> None:
    assert (row.field, 1.0) in [
        (h.name, h.similarity) for h in find_hits(row.label) if h.axis == "requests.row"
    ]


def test_columns_of_the_official_form_are_in_the_dictionary() -> None:
    for name, text in APPLICANT_LABELS.items():
        assert best_hit(text, "requests.column").name == name  # type: ignore[union-attr]
    assert [best_hit(x, "remedies.column").similarity for x in REVIEW_LABELS] == [1] * 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("printed", "axis", "name"),
    [
        ("2.其他法律行政止公开", "requests.row", "outcome.denied.prohibited_by_law"),
        ("结 果\n维 持", "remedies.column", "upheld"),
        ("行政法复议", "remedies.block", "reconsideration"),
        ("规范性文件", "disclosure.row", "normative_documents"),
        ("本年公开数量", "disclosure.column", "newly_published"),
        ("３．危及「三安全一稳定」", "requests.row", "outcome.denied.security_and_stability"),
        ("社会公益\n组织", "requests.column", "public_interest_org"),
    ],
)
def test_labels_as_real_documents_print_them(printed: str, axis: str, name: str) -> None:
    hit = best_hit(printed, axis)
    assert hit is not None
    assert hit.name == name
    assert hit.similarity > 0.7


EXPLAINED = {
    "规章（设区的市、自治州人民政府应当提供）": ("disclosure.row", "rules"),
    "规范性文件（" + "本机关制定发布的决定、公告、通告、意见" * 5 + "）": (
        "disclosure.row",
        "normative_documents",
    ),
    "现行有效件数（历史累计）": ("disclosure.column", "in_force"),
    "（七）总计(件)": ("requests.row", "outcome.total"),
}


@pytest.mark.parametrize("printed", EXPLAINED)
def test_a_note_in_brackets_behind_a_label_changes_nothing(printed: str) -> None:
    axis, name = EXPLAINED[printed]
    hit = best_hit(printed, axis)
    assert hit is not None
    assert (hit.name, hit.similarity) == (name, SAME)


def test_a_note_makes_no_label_of_other_words() -> None:
    assert find_hits("其他主动公开文件（" + "以本单位名义签发的公文" * 7 + "）") == ()


@pytest.mark.parametrize("text", ["", " ", "12", "—", "根据条例编制本报告，" * 12])
def test_no_label_at_all(text: str) -> None:
    assert [h for h in find_hits(text) if h.similarity >= 0.6] == []


@given(st.text(max_size=80))
def test_any_text_is_compared_without_error(text: str) -> None:
    hits = find_hits(text)
    assert list(hits) == sorted(hits, key=lambda h: -h.similarity)
    assert all(0 < h.similarity <= 1 for h in hits)


def test_head_of_table_four_in_one_cell() -> None:
    assert find_composite("行政复议-结果维持")
    assert not find_composite("行政复议")
    assert not find_composite("结果维持")


def test_group_labels_before_a_row_label() -> None:
    assert strip_groups("三、本年度办理结果（三）不予公开1.属于国家秘密").endswith("属于国家秘密")
    assert strip_groups("1.属于国家秘密") == ""


def rows_of(name: str) -> list[dict[str, str]]:
    with LABELS.with_name(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_form(folder: Path, changed: dict[str, list[dict[str, str]]]) -> Path:
    """A dictionary with other rows in some of its files."""
    copy = copy_form(folder)
    for name, rows in changed.items():
        with (copy / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return copy


def label(axis: str, name: str, text: str, edition: str = "2021", source: str = "form") -> dict[str, str]:
    printed = {"label": text, "edition": edition, "example": text}
    return {"axis": axis, "name": name, **printed, "source": source, "note": ""}


def test_faults_of_the_dictionary_are_listed_all_at_once(tmp_path: Path) -> None:
    labels, fields = (rows_of(n) for n in ("labels.csv", "fields.csv"))
    labels = [r for r in labels if r["name"] != "carried_in"]
    labels += [
        label("requests.row", "outcome.unknown", "九、不存在的行"),
        label("requests.row", "new", "新收", source="hearsay"),
        label("requests.row", "new", "另一种写法", edition="2031"),
        label("requests.row", "new", "  "),
        label("requests.row", "new", "一、本年新收政府信息公开申请数量"),
    ]
    fields[3] = {**fields[3], "order": "99"}
    fields.append({**fields[0], "order": str(len(fields) + 1), "form": "1999"})
    folder = write_form(tmp_path, {"labels.csv": labels, "fields.csv": fields})
    with pytest.raises(DictionaryError) as caught:
        load_form(folder)
    faults = "\n".join(caught.value.faults)
    for part in (
        "'outcome.unknown' is no name of requests.row",
        "source 'hearsay'",
        "edition '2031'",
        "empty label",
        "'一、本年新收政府信息公开申请数量' stands twice",
        "no label for requests.row carried_in",
        "order 99 where 4 is due",
        "edition '1999' is unknown",
    ):
        assert part in faults
    assert str(caught.value) == "; ".join(caught.value.faults)


def test_a_field_twice_in_one_edition_is_a_fault(tmp_path: Path) -> None:
    fields = rows_of("fields.csv")
    twice = {"fields.csv": [*fields, {**fields[0], "order": str(len(fields) + 1)}]}
    folder = write_form(tmp_path, twice)
    with pytest.raises(DictionaryError, match="stands twice"):
        load_form(folder)


def test_faults_survive_pickling() -> None:
    error = pickle.loads(pickle.dumps(DictionaryError(("one", "two"))))  # noqa: S301 - what a process pool does
    assert error.faults == ("one", "two")


def test_the_shipped_dictionary_has_no_fault() -> None:
    assert load_form() == FORM


PIECES = st.sampled_from([label.text for label in FORM.labels])
TEXTS = st.one_of(
    PIECES,
    st.tuples(PIECES, PIECES).map("".join),
    st.tuples(PIECES, st.integers(0, 30)).map(lambda drawn: drawn[0][: drawn[1]]),
    st.tuples(PIECES, st.integers(0, 30)).map(lambda drawn: drawn[0][drawn[1] :]),
    st.text("".join(label.text for label in FORM.labels)[:200] + "（一）1.、 ", max_size=80),
)


@given(TEXTS)
def test_a_label_as_spelt_is_one_whose_first_hit_is_certain(text: str) -> None:
    hits = find_hits(text)
    assert is_label(text) == (bool(hits) and hits[0].similarity == 1)
    assert all(hit.similarity >= FAINT for hit in hits)


@given(
    st.sampled_from([label for label in FORM.labels if len(label.core) > 3]), st.text("甲乙丙丁", max_size=4)
)
def test_a_label_with_an_addition_is_found(label: Label, addition: str) -> None:
    for longer in (addition + label.core, label.core + addition):
        assert (label.axis, label.name) in {(hit.axis, hit.name) for hit in find_hits(longer)}


def test_groups_without_end_are_no_labels() -> None:
    assert strip_groups("不予公开" * 1000) == ""
