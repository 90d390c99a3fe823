"""The codebook is generated, complete and current."""

from normalize.form.loader import FORM
from output import codebook, wording
from output.schema import CHOICES, TABLES


def test_docs_codebook_is_current():
    assert not codebook.is_stale(codebook.PATH), "run: python -m output.codebook"
    assert codebook.main(["--check"]) == 0


def test_check_fails_when_stale(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(codebook, "PATH", tmp_path / "codebook.md")
    assert codebook.main(["--check"]) == 1
    assert "stale" in capsys.readouterr().err
    assert codebook.main([]) == 0
    assert codebook.main(["--check"]) == 0


def test_every_field_column_and_code_is_explained():
    text = codebook.build_codebook()
    names = {field.field for field in FORM.fields} | {one.applicant for one in FORM.applicants}
    names |= {column.name for table in TABLES if table.name != "wide" for column in table.columns}
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_every_choice_has_words():
    words = {
        "table": wording.TABLES,
        "edition": wording.EDITIONS,
        "file_status": wording.FILE_STATUSES,
        "status": wording.STATUSES,
        "verdict": wording.VERDICTS,
        "origin": wording.ORIGINS,
        "": {},
    }
    assert {name: set(known) for name, known in words.items()} == {
        name: set(one) for name, one in CHOICES.items()
    }
