"""What documents and docstrings say of files, modules and names is true of the tree.

Enters: README, docs/*.md and the docstrings at the head of modules. A path may leave out where it begins, as far
as the text around it says.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from shape import PACKAGES, load_modules  # noqa: E402 - after the path is set

from output.schema import TABLES  # noqa: E402

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ABOUT_THE_CODE = [ROOT / "docs" / f"{name}.md" for name in ("design", "run", "reading", "differences")]
ELSEWHERE = {*(f"{table.name}.csv" for table in TABLES), "NAME.csv", "out/", "socket.py"}
"""Files that a run writes, and a module of Python's own."""


@cache
def paths() -> frozenset[str]:
    """All files of the tree, and its folders with a "/" behind; each begins with "/"."""
    found = set()
    for name in (*PACKAGES, "bench", "docs", "fixtures", "tests"):
        for path in (ROOT / name).rglob("*"):
            if "__pycache__" not in path.parts:
                found.add("/" + path.relative_to(ROOT).as_posix() + "/" * path.is_dir())
        found.add(f"/{name}/")
    return frozenset(found)


def is_path(said: str, package: str) -> bool:
    """A file or folder of ours, or the end of its path; below `package`, if that is named."""
    return any(path.endswith("/" + said) and path.startswith(f"/{package}") for path in paths())


def is_name(said: str) -> bool:
    """`extract.read.read_document`: a module, or something that a module speaks of."""
    parts = said.split(".")
    for end in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:end])
        module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module.exists():
            words = set(re.findall(r"\w+", module.read_text("utf-8")))
            return words.issuperset(parts[end:])
    return False


def say_untrue(text: str, package: str = "") -> Iterator[str]:
    """What a text, written in a package or anywhere, names and the tree does not have."""
    for said in re.findall(r"(?<![\w*/.{-])[\w./]+\.(?:py|csv)\b|(?<=`)[\w./]+/(?=`)", text):
        if said not in ELSEWHERE and not is_path(said, "" if "/" in said else package):
            yield said
    for said in re.findall(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`", text):
        if not said.endswith((".py", ".csv")) and not is_name(said):
            yield said


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_what_is_there(path):
    assert list(say_untrue(path.read_text("utf-8"))) == []


def test_the_head_of_a_module_names_what_is_there():
    heads = [(module.path, ast.get_docstring(module.tree) or "") for module in load_modules(ROOT)]
    assert [(path, say) for path, head in heads for say in say_untrue(head, path.split("/")[0] + "/")] == []


@pytest.mark.parametrize("path", ABOUT_THE_CODE, ids=lambda path: path.name)
def test_names_of_the_code_are_spelt_as_in_the_code(path):
    files = [ROOT / said[1:] for said in paths() if said.endswith((".py", ".csv")) and "/docs/" not in said]
    words = {word for file in files for word in re.findall(r"\w+", file.read_text("utf-8-sig"))}
    said = set(re.findall(r"`(?:[A-Za-z]\w*\.)?([A-Za-z_]\w+)`", path.read_text("utf-8")))
    assert {name for name in said if re.search(r"[a-z][A-Z]|_", name)} <= words


def test_what_is_not_there_is_noticed():
    text = "`normalize/forms/` `extract.read.read_nothing` (`gone.py`), `words/nothing.csv`; `reports.csv`, `extract/read.py`"
    assert list(say_untrue(text)) == [
        "normalize/forms/",
        "gone.py",
        "words/nothing.csv",
        "extract.read.read_nothing",
    ]
    assert list(say_untrue("`labels.csv`", "output/")) == ["labels.csv"]


def test_the_design_fits_one_printed_page():
    assert len((ROOT / "docs/design.md").read_text("utf-8").splitlines()) <= 75
