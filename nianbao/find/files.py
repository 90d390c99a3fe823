"""Which files a run is about.

Enters: the folders and files given on the command line. Leaves: every file below them with its `source`,
sorted, and a row for what stands there but must not or cannot be opened.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from extract.distinct_names import make_unique
from nianbao.find.access_fault import AccessFault
from nianbao.find.litter import drop_litter, is_litter
from nianbao.find.page_images import group_pages
from nianbao.find.remote_storage import list_files
from nianbao.machine.address import Address, Place, encode_place
from nianbao.machine.paths import reach, resolve, spell
from nianbao.refused import Refused
from output.values import spell_path

INSIDE: Final = "!/"
"""Between an archive and what is in it, in the paths of sources."""


class InputMissing(Refused):
    """A path or address given on the command line does not exist."""

    def __init__(self, path: Place) -> None:
        super().__init__("input.missing", path=path)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of a run.

    Attributes:
        path: where it is.
        source: its name in the tables, "/" separators.
        fault: why it must not or cannot be opened, None if it may be tried.
        pages: for a folder of page images, the images in the order of the pages; else none.
    """

    path: Place
    source: str
    fault: AccessFault | None = None
    pages: tuple[Place, ...] = ()


def find_files(inputs: Sequence[Place]) -> tuple[FoundFile, ...]:
    """All files below the inputs, sorted by `source`; one that two inputs reach stands once.

    Images that are the pages of one document are one of them.

    Raises:
        InputMissing: one of the inputs does not exist.
        Refused: one of them cannot be reached.
    """
    found: dict[Place, tuple[Place, AccessFault | None]] = {}
    for given in inputs:
        root, files = walk_address(given) if isinstance(given, Address) else walk_path(given)
        for path, fault in files:
            found.setdefault(path, (root, fault))
    named = name_files(found, 0 if len(inputs) == 1 else 1)
    gathered = gather_pages(named, _root(inputs[0]).name) if inputs else named
    spelt = (replace(file, source=spell_path(file.source)) for file in gathered)
    return tuple(sorted(spelt, key=lambda file: file.source))


def _root(given: Place) -> Place:
    return given if isinstance(given, Address) else resolve(reach(given))


def walk_path(given: Path) -> tuple[Place, Iterable[tuple[Place, AccessFault | None]]]:
    """An input on the disk, and the files below it.

    Raises:
        InputMissing: it does not exist.
    """
    if not os.path.lexists(reach(given)):
        raise InputMissing(given)
    root = resolve(reach(given))
    return root, walk(root)


def walk_address(given: Address) -> tuple[Place, Iterable[tuple[Place, AccessFault | None]]]:
    """An input elsewhere, and the files below it.

    Raises:
        InputMissing: it does not exist.
        Refused: it cannot be reached.
    """
    try:
        listed = list(list_files(given, is_litter))
    except FileNotFoundError:
        raise InputMissing(given) from None
    files = {address.url.removeprefix(given.url).lstrip("/"): (address, fault) for address, fault in listed}
    return given, [files[name] for name in drop_litter(files)]


def name_files(found: Mapping[Place, tuple[Place, AccessFault | None]], depth: int) -> list[FoundFile]:
    """The files under names that tell them apart, with as much of where their inputs are as that needs."""

    def name_all(depth: int) -> list[str]:
        return [name_source(path, root, depth) for path, (root, _) in found.items()]

    names = name_all(depth)
    if len(set(names)) < len(names):  # inputs of the same name: say more of where each of them is
        longest = max(len(root.parts) for root, _ in found.values())
        names = max(map(name_all, range(depth, longest + 1)), key=lambda names: len(set(names)))
    # What is the same even so is one name in two encodings, in one folder.
    named = sorted(zip(names, found, strict=True), key=lambda pair: (pair[0], encode_place(pair[1])))
    unique = make_unique(name for name, _ in named)
    return [FoundFile(path, name, found[path][1]) for (_, path), (name, _) in zip(named, unique, strict=True)]


def gather_pages(files: Sequence[FoundFile], top: str) -> list[FoundFile]:
    """The files with each set of page images as one; `top` names a set that lies in no folder."""
    by_source = {file.source: file for file in files}
    gathered = dict(by_source)
    groups = group_pages([file.source for file in files if not file.fault])
    for group, names in groups.items():
        if len(names) > 1:
            pages = tuple(by_source[name].path for name in names)
            for name in names:
                del gathered[name]
            source = group or top
            free = source not in gathered
            gathered[source if free else names[0]] = FoundFile(
                pages[0].parent, source if free else names[0], pages=pages
            )
    return list(gathered.values())


def walk(root: Path) -> Iterator[tuple[Path, AccessFault | None]]:
    """Each file below `root` (or `root` itself) with its fault; links are not followed out of it."""
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except OSError as error:
        yield root, AccessFault("not_accessible", error.errno or 0)
        return
    if not is_folder:
        yield root, None
        return
    found = {path.relative_to(root).as_posix(): (path, fault) for path, fault in _walk_all(root)}
    if (shut := found.pop(".", None)) is not None:
        yield shut
    yield from (found[name] for name in drop_litter(found))


def _walk_all(root: Path) -> Iterator[tuple[Path, AccessFault | None]]:
    """All that is no folder, and each folder that cannot be listed; whatever the operating system says."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listed:
                entries = list(listed)
        except OSError as error:
            yield folder, AccessFault("not_accessible", error.errno or 0)
            continue
        for entry in entries:
            path = folder / entry.name
            look = look_at(path, root)
            if look == "folder":
                # What a link leads to is found by itself.
                if not path.is_symlink() and not is_litter(entry.name):
                    folders.append(path)
            elif look != "no file":
                yield path, look


def look_at(path: Path, root: Path) -> AccessFault | Literal["folder", "no file"] | None:
    """What stands at a path: None for a file that can be tried, else why not.

    Sockets, pipes and devices are no files at all.
    """
    outside = False
    try:
        outside = path.is_symlink() and not path.resolve().is_relative_to(root)
        mode = path.stat().st_mode
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        number = (error.errno or 0) if isinstance(error, OSError) else errno.ELOOP
        if number in {errno.ENOENT, errno.ENOTDIR} and path.is_symlink():
            return AccessFault("link_gone")
        return AccessFault("link_outside") if outside else AccessFault("not_accessible", number)
    if outside:
        return AccessFault("link_outside")
    if stat.S_ISDIR(mode):
        return "folder"
    return None if stat.S_ISREG(mode) else "no file"


def name_source(path: Place, root: Place, depth: int) -> str:
    """The path from `root` on, led by the last `depth` parts of `root` itself.

    A file given on the command line is named by its own name.
    """
    if root == path:
        parts = path.parts[-max(depth, 1) :]
    else:
        parts = (*root.parts[max(len(root.parts) - depth, 0) :], *path.parts[len(root.parts) :])
    return "/".join(spell(part) for part in parts if part != path.anchor)
