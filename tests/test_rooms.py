"""The rules of the house hold for every source file, and each of them would be heard if it did not.

A rule enters as a function from modules to faults. To bear with a fault, name it in `EXCEPTIONS` with the
reason.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from shape import (  # noqa: E402 - after the path is set
    PACKAGES,
    Module,
    count_folders,
    list_functions,
    list_types,
    load_modules,
    make_module,
)

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60
MOST_MODULES = 15
VAGUE = {"utils", "helpers", "common", "data", "info", "manager", "misc"}

EXCEPTIONS: dict[str, str] = {}
"""What a rule says, and why it may be so."""


def say_long_files(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        if module.lines > MOST_LINES:
            yield f"{module.path} has {module.lines} lines"


def say_long_functions(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        for function in list_functions(module):
            if function.lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{function.name} in {module.path} has {function.lines} lines"


def say_full_folders(modules: Sequence[Module]) -> Iterator[str]:
    for folder, number in count_folders(modules).items():
        if number > MOST_MODULES:
            yield f"{folder} holds {number} modules"


def say_types_of_one_name(modules: Sequence[Module]) -> Iterator[str]:
    homes = defaultdict(list)
    for module in modules:
        for name in list_types(module):
            homes[name].append(module.path)
    for name, paths in homes.items():
        if len(paths) > 1:
            yield f"{name} is a type in {' and '.join(paths)}"


def say_silent_modules(modules: Sequence[Module]) -> Iterator[str]:
    """A module says what enters and what leaves; a package without code may say it with an arrow."""
    for module in modules:
        said = ast.get_docstring(module.tree) or ""
        is_package = module.path.endswith("__init__.py")
        if not ("Enter" in said and "eave" in said) and not (is_package and " -> " in said):
            yield f"{module.path} does not say what enters and what leaves"


def say_vague_names(modules: Sequence[Module]) -> Iterator[str]:
    for module in modules:
        if vague := VAGUE & set(module.name.split(".")):
            yield f"{module.path} is called {', '.join(vague)}, which says nothing"


def say_written_from_inside(modules: Sequence[Module]) -> Iterator[str]:
    """A value that a closure changes behind the back of its maker."""
    for module in modules:
        if any(isinstance(node, ast.Nonlocal) for node in ast.walk(module.tree)):
            yield f"{module.path} has nonlocal"


def say_other_forms(modules: Sequence[Module]) -> Iterator[str]:
    """The form is that of the State Council's office; of a year it is an edition, of a file a format."""
    for module in modules:
        of_form = set()
        for node in ast.walk(module.tree):
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "Form":
                of_form.add(node.target)
            if isinstance(node, ast.arg):
                found = node.arg == "form" and ast.unparse(node.annotation or node) != "Form"
            else:
                found = isinstance(node, ast.Name) and node.id == "form" and isinstance(node.ctx, ast.Store)
            if found and node not in of_form:
                yield f"{module.path}:{node.lineno} calls something else a form"


Rule = Callable[[Sequence[Module]], Iterator[str]]

PLANTED: dict[Rule, Sequence[tuple[str, str]]] = {
    say_long_files: [("extract/a.py", "\n" * 301)],
    say_long_functions: [("bench/a.py", "class A:\n    def b(self):\n" + "        b()\n" * 60)],
    say_full_folders: [(f"output/{n}.py", "") for n in "abcdefghijklmnop"],
    say_types_of_one_name: [
        ("nianbao/a.py", "class Clock: ..."),
        ("bench/b.py", "Clock = Callable[[], int]"),
    ],
    say_silent_modules: [("normalize/a.py", '"""Tables -> rows."""')],
    say_vague_names: [("extract/utils.py", "")],
    say_written_from_inside: [
        ("a.py", "def a():\n    b = 1\n    def c():\n        nonlocal b\n        b = 2\n")
    ],
    say_other_forms: [("output/a.py", "def a(form: str, other: Form):\n    return FORM")],
}
INNOCENT = [
    ("extract/__init__.py", '"""Bytes -> documents."""\n' + "def a():\n" + "    b()\n" * 59),
    *(
        (f"extract/{n}.py", '"""A.\n\nEnters: a. Leaves: b.\n"""\nA = 1\n_B = int\n')
        for n in "abcdefghijklmn"
    ),
    ("bench/c.py", '"""A.\n\nEnters: a. Leaves: b.\n"""\nclass _C: ...\nclass D: ...\nform: Form = 1\n'),
    ("bench/d.py", '"""A.\n\nEnters: a. Leaves: b.\n"""\nclass _C: ...\n' + "\n" * 295),
]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    return load_modules(ROOT)


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule, modules):
    assert [fault for fault in rule(modules) if fault not in EXCEPTIONS] == []


@pytest.mark.parametrize("rule", PLANTED, ids=lambda rule: rule.__name__)
def test_the_rule_hears_what_breaks_it_and_nothing_else(rule):
    assert len(list(rule([make_module(*file) for file in PLANTED[rule]]))) == 1
    assert list(rule([make_module(*file) for file in INNOCENT])) == []


def test_every_exception_is_still_one(modules):
    assert EXCEPTIONS.keys() <= {fault for rule in PLANTED for fault in rule(modules)}


def test_every_package_has_its_floors_and_no_circle():
    """What `lint-imports` then holds: a new room must be given its floor, and imports go down only."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = [c for c in contracts if c["type"] == "layers" and "containers" in c]
    assert sorted(name for c in floors for name in c["containers"]) == sorted(PACKAGES)
    assert all(c["exhaustive"] for c in floors)
    (circles,) = (c for c in contracts if c["type"] == "acyclic_siblings")
    assert sorted(circles["ancestors"]) == sorted(PACKAGES)
    allowed = {c["name"] for c in contracts if c.get("ignore_imports") or c.get("skip_descendants")}
    assert not allowed
