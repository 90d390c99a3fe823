"""What lies at an address: the files below it, and their bytes.

Enters: addresses. Leaves: more addresses with what the storage says of each, and streams. All storages are
reached through fsspec, which comes with the extra `cluster`; how to log in stands in its own settings.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from nianbao.find.access_fault import AccessFault
from nianbao.machine.address import Address, Seen
from nianbao.refused import Refused

COMMAND: Final = "pip install 'nianbao[cluster]'"
_MARKS: Final = ("ETag", "etag", "md5Hash", "generation")
"""What storages call the mark that changes with the bytes of an object."""
_TIMES: Final = ("mtime", "LastModified", "last_modified", "modified")
"""What they call the time of the last change."""
_SECOND: Final = 10**9

StorageEntry = Mapping[str, Any]


def look_at(address: Address) -> Seen:
    """What the storage says of a file now.

    Raises:
        OSError: it is not there, or cannot be asked.
    """
    with _plain_errors():
        files, name = _reach(address)
        files.invalidate_cache()  # a listing that is remembered says nothing of now
        return read_entry(files.info(name))


@contextmanager
def open_stream(address: Address) -> Iterator[BinaryIO]:
    """The bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    with _plain_errors():
        files, name = _reach(address)
        with files.open(name, "rb") as stream:
            yield stream


def list_files(root: Address, skip: Callable[[str], bool]) -> Iterator[tuple[Address, AccessFault | None]]:
    """Every file below an address, or the one at it, each with its fault.

    Args:
        root: where to begin.
        skip: whether a folder of that name is left out.

    Raises:
        FileNotFoundError: there is nothing.
        Refused: the storage cannot be reached.
    """
    files, top = begin(root)
    if top["type"] == "file":
        yield Address(root.url, read_entry(top)), None
        return
    base = top["name"].rstrip("/")
    folders = [base]
    while folders:
        folder = folders.pop()
        for entry in _list(files, folder):
            name = entry["name"].rstrip("/")
            address = Address(f"{root.url}/{name[len(base) :].lstrip('/')}", read_entry(entry))
            if entry.get("islink") or entry["type"] == "link":
                yield address, AccessFault("link_outside")
            elif entry["type"] == "directory" and name != folder and not skip(address.name):
                folders.append(name)
            elif entry["type"] == "file" and not entry["name"].endswith("/"):  # that marks an empty folder
                yield address, None
            elif entry["type"] == "shut":
                yield (address if name != base else root), AccessFault("not_accessible")


def begin(root: Address) -> tuple[Any, StorageEntry]:
    """The storage, and what it says of where to begin.

    Raises:
        FileNotFoundError: there is nothing.
        Refused: the storage cannot be reached, or what reaches it is not installed.
    """
    try:
        files, name = _reach(root)
        files.invalidate_cache()
        return files, files.info(name)
    except FileNotFoundError:
        raise
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] == "fsspec":
            raise Refused("input.no_fsspec", input=root, command=COMMAND) from error
        raise Refused("input.unreachable", input=root, detail=describe(error)) from error
    except OSError as error:
        raise Refused("input.unreachable", input=root, detail=error) from error
    except Exception as error:  # each storage has errors of its own
        raise Refused("input.unreachable", input=root, detail=describe(error)) from error


def _reach(address: Address) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    files, name = url_to_fs(address.url)
    return files, name


def _list(files: Any, folder: str) -> Iterable[StorageEntry]:  # noqa: ANN401 - fsspec has no types
    try:
        entries: list[StorageEntry] = sorted(files.ls(folder, detail=True), key=lambda entry: entry["name"])
    except Exception:  # each storage has errors of its own
        return [{"name": folder, "type": "shut"}]
    return entries


def read_entry(entry: StorageEntry) -> Seen:
    """What a listing says of a file; no stamp where nothing in it is sure to change with the bytes."""
    size = int(entry.get("size") or 0)
    mark = next((str(entry[name]) for name in _MARKS if entry.get(name)), "")
    if mark and not mark.startswith("W/"):  # weak: bytes may differ
        mark = mark.strip('"')
        return Seen(f"{size} {mark}", 0, size)
    time = next((entry[name] for name in _TIMES if entry.get(name)), None)
    changed = _nanoseconds(time)
    return Seen(f"{size} {changed}" if changed else "", changed, size)


def _nanoseconds(time: object) -> int:
    """Since 1970, 0 where that cannot be told."""
    if isinstance(time, str):
        try:
            time = datetime.datetime.fromisoformat(time)
        except ValueError:
            return 0
    if isinstance(time, datetime.datetime):
        aware = time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
        return int(aware.timestamp() * _SECOND)
    return int(time * _SECOND) if isinstance(time, int | float) else 0


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Storages have errors of their own, which mean the same: the file cannot be opened."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(0, describe(error)) from error


def describe(error: Exception) -> str:
    """What an error says, in one line."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
