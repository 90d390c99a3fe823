"""The figures of the structure: files, functions, rooms, import arrows, constants that say why.

    python bench/shape.py [ROOT] [--silent]

Enters: a source tree (this one, if none is named), read and never run. Leaves: printed tables, and the
functions by which `tests/test_rooms.py` holds the tree to its rules. A room is a package or module directly
below one of the four packages; an arrow is one module (or room) that imports from another, wherever in the
module the import stands. Lines are those of the file, blank ones and comments included; a function has the
lines from its `def` to its end. A constant is a name in capitals at the top of a module; it has a reason
where a comment stands on its line or above it, or a string below it; --silent lists the numbers without one.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "normalize", "output", "nianbao")
SOURCES = (*PACKAGES, "bench")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: its path below the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Lines of the file."""
        return len(self.text.splitlines())

    @property
    def folder(self) -> str:
        """Where it lies."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """What an import calls it."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method, nested ones too."""

    path: str
    name: str
    lines: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A name in capitals at the top of a module."""

    path: str
    name: str
    is_number: bool
    has_reason: bool


def make_module(path: str, text: str) -> Module:
    """A module from its text."""
    return Module(path, text, ast.parse(text))


def load_modules(root: Path, folders: Sequence[str] = SOURCES) -> list[Module]:
    """All modules below these folders of a tree, by path."""
    paths = sorted(path for folder in folders for path in (root / folder).rglob("*.py"))
    return [make_module(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in paths]


def list_functions(module: Module) -> Iterator[Function]:
    """The functions of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(module.path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1)


def list_types(module: Module) -> Iterator[str]:
    """The public classes and names for types at the top of a module; such a name is no constant: `Timed`."""
    for node in module.tree.body:
        name = ""
        if isinstance(node, ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            name = _target_of(node)
        if name[:1].isupper() and (isinstance(node, ast.ClassDef) or not name.isupper()):
            yield name


def list_constants(module: Module) -> Iterator[Constant]:
    """The constants of a module."""
    lines = module.text.splitlines()
    body = module.tree.body
    for node, below in pairwise((*body, None)):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        name = _target_of(node)
        if name.strip("_").isupper():
            above = lines[node.lineno - 2].lstrip() if node.lineno > 1 else ""
            beside = lines[(node.end_lineno or node.lineno) - 1].encode()[node.end_col_offset or 0 :].decode()
            said = re.search(r"#(?! (noqa|type:))", beside)
            reason = above.startswith("#") or bool(said) or _is_string(below)
            yield Constant(module.path, name, _is_number(node.value), reason)


def list_imports(module: Module, names: frozenset[str]) -> set[str]:
    """The modules among `names` from which this one imports, itself left out."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            wholes = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= wholes & names
            if wholes - names:
                found.add(node.module)
    return (found & names) - {module.name}


def find_arrows(modules: Sequence[Module]) -> set[tuple[str, str]]:
    """Who imports from whom, by the names of modules."""
    names = frozenset(module.name for module in modules)
    return {(module.name, other) for module in modules for other in list_imports(module, names)}


def count_folders(modules: Sequence[Module]) -> Counter[str]:
    """How many modules lie directly in each folder."""
    return Counter(module.folder for module in modules)


def _target_of(node: ast.Assign | ast.AnnAssign) -> str:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _is_string(node: ast.stmt | None) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_number(node: ast.expr) -> bool:
    """A number, or one reckoned from numbers: `64 * 1024`, `Decimal("0.5")`."""
    if isinstance(node, ast.Call):
        called = node.func
        return isinstance(called, ast.Name) and called.id in {"Decimal", "Fraction"}
    if isinstance(node, ast.BinOp):
        return _is_number(node.left) and _is_number(node.right)
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in {int, float}


def _room(name: str) -> str:
    return ".".join(name.split(".")[:2])


def print_sizes(console: Console, modules: Sequence[Module]) -> None:
    """Files, lines, functions and constants, by package and altogether."""
    head = ("files", "lines", "longest", "functions", "mean", "longest", "constants", "said why", "numbers")
    table = Table("package", *head, "said why", "fullest folder", title="sizes")
    groups = {name: [m for m in modules if m.path.split("/")[0] == name] for name in SOURCES}
    for name, group in {**groups, "altogether": list(modules)}.items():
        if not group:
            continue
        functions = [f for module in group for f in list_functions(module)]
        constants = [c for module in group for c in list_constants(module)]
        numbers = [c for c in constants if c.is_number]
        folder, most = count_folders(group).most_common(1)[0]
        cells = (
            *(len(group), sum(m.lines for m in group), max(m.lines for m in group), len(functions)),
            *(f"{mean(f.lines for f in functions):.1f}", max(f.lines for f in functions)),
            *(len(constants), sum(c.has_reason for c in constants)),
            *(len(numbers), sum(c.has_reason for c in numbers), f"{folder} {most}"),
        )
        table.add_row(name, *map(str, cells))
    console.print(table)


def print_arrows(console: Console, modules: Sequence[Module]) -> None:
    """Arrows inside each package, between its modules and between its rooms, and between packages."""
    table = Table("package", "modules", "arrows", "rooms", "arrows between rooms", title="imports inside")
    arrows = find_arrows([module for module in modules if module.path.split("/")[0] in PACKAGES])
    between: defaultdict[tuple[str, str], int] = defaultdict(int)
    for package in PACKAGES:
        own = [m.name for m in modules if m.name.split(".")[0] == package and m.name != package]
        inside = {(a, b) for a, b in arrows if a.split(".")[0] == b.split(".")[0] == package}
        inside = {(a, b) for a, b in inside if package not in {a, b}}
        rooms = {_room(name) for name in own}
        steps = {(_room(a), _room(b)) for a, b in inside if _room(a) != _room(b)}
        table.add_row(package, *map(str, (len(own), len(inside), len(rooms), len(steps))))
    for a, b in arrows:
        if (ends := (a.split(".")[0], b.split(".")[0])) and ends[0] != ends[1]:
            between[ends] += 1
    console.print(table)
    console.print(
        "between packages: " + ", ".join(f"{a} -> {b} {n}" for (a, b), n in sorted(between.items()))
    )


def main() -> None:
    """Print the figures of a tree."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--silent", action="store_true", help="list the numbers that do not say why")
    options = parser.parse_args()
    modules = load_modules(options.root)
    console = Console(width=160)
    print_sizes(console, modules)
    print_arrows(console, modules)
    for constant in (c for m in modules for c in list_constants(m) if options.silent):
        if constant.is_number and not constant.has_reason:
            print(constant.path, constant.name)


if __name__ == "__main__":
    main()
