"""One start of LibreOffice: where the program is, a profile of its own, and what became of its files.

Enters: files in a folder, all of one input filter. Leaves: how far it came. The process, with all it starts,
ends when this one does (`guard.py`). Its first file is ours and empty: once that is done, it has started,
and the time it takes from then on is that of the file in work.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

_HERE: Final = Path(__file__).parent
_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_OUTPUT: Final = "docx:MS Word 2007 XML"
_NOT_LOADED: Final = b"Error: "
_ROOM: Final = 20 * 1000 * 1000
"""Bytes: a profile takes a few million."""
_LOOK_EVERY: Final = 0.05
"""Seconds between two looks at what is written."""
_WEIGH_EVERY: Final = 0.25
"""Seconds between two looks at the memory held: a file may eat all there is."""
_START_LIMIT: Final = 60.0
"""Seconds in which it has to start, on a machine busy with others (`test_the_time_to_start_is_no_files`)."""
_FIRST: Final = "first"
"""The name of our own file."""

ConversionFault = Literal["", "timed_out", "out_of_memory"]


def find_soffice() -> Path | None:
    """The program, None where LibreOffice or its Writer is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found and Path(found).is_absolute():  # Windows looks in the current folder first
            return Path(found) if _has_writer(Path(found)) else None
    for place in _PLACES:
        path = Path(place)
        for candidate in sorted(path.parents[1].parent.glob(str(path.relative_to(path.parents[1].parent)))):
            if candidate.is_file() and _has_writer(candidate):
                return candidate
    return None


def _has_writer(program: Path) -> bool:
    """Debian installs the spreadsheet without the word processor; every file would then seem damaged."""
    folder = program.resolve().parent
    return not (folder / "libmergedlo.so").exists() or (folder / "libswlo.so").exists()


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of the files of one start, in the order they were given.

    Attributes:
        outputs: the file written for each, None where none was.
        at: position of the file in work when it ended, beyond the last if it had done all, -1 if it had not
            started.
        fault: why it was ended, "" if it ended by itself.
    """

    outputs: tuple[Path | None, ...]
    at: int
    fault: ConversionFault


class Soffice:
    """LibreOffice with a profile in a folder of its own; one start at a time.

    Attributes:
        time_limit: seconds for one file.
        memory_limit: megabytes that the program and all that it starts may hold.
    """

    def __init__(self, program: Path, folder: Path, time_limit: float, memory_limit: int) -> None:
        self._program = program
        self._folder = folder
        self.time_limit = time_limit
        self.memory_limit = memory_limit
        self._log = folder / "log.txt"
        self._profile = folder / "profile"
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def stop(self) -> None:
        """End the program, whatever it is doing; it is not started again."""
        self._stopped = True
        if self._process:
            _kill(self._process)

    def is_cramped(self) -> bool:
        """Whether the folder has so little room left that the program dies of it."""
        return shutil.disk_usage(self._folder).free < _ROOM

    def run(self, named: Sequence[tuple[str, bytes]], input_filter: str) -> Conversion:
        """Convert files of these names, in order; ended when one takes more than the limits."""
        first = f"{_FIRST}{Path(named[0][0]).suffix}"
        files = self._lay_out([(first, b""), *named])
        out = self._folder / "out"
        self._make_profile()
        outputs = [out / f"{file.stem}.docx" for file in files]
        self._process = self._start(files, input_filter, out)
        fault = self._wait(self._process, outputs)
        at = self._position(outputs) - 1
        if at < len(named):
            shutil.rmtree(self._profile, ignore_errors=True)  # locks and half-written settings
        return Conversion(tuple(path if _is_whole(path) else None for path in outputs[1:]), at, fault)

    def _lay_out(self, named: Sequence[tuple[str, bytes]]) -> list[Path]:
        """The files in an empty folder, beside another for what is made of them."""
        for name in ("in", "out"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            (self._folder / name).mkdir()
        files = [self._folder / "in" / name for name, _ in named]
        for path, (_, data) in zip(files, named, strict=True):
            path.write_bytes(data)
        return files

    def _make_profile(self) -> None:
        user = self._profile / "user"
        if not user.exists():
            user.mkdir(parents=True)
            shutil.copyfile(_HERE / "profile.xcu", user / "registrymodifications.xcu")

    def _start(self, files: Sequence[Path], input_filter: str, out: Path) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-I", str(_HERE / "guard.py"),
            str(self._program), f"-env:UserInstallation={self._profile.as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
            f"--infilter={input_filter}", "--convert-to", _OUTPUT, "--outdir", str(out), *map(str, files),
        ]  # fmt: skip
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - a program found above, files that we named
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=self._environment(),
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        """One language, no display, no home but the folder, no network."""
        kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE"}}
        folder = str(self._folder)
        closed = "http://127.0.0.1:9"
        return kept | {
            "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp",
            "http_proxy": closed, "https_proxy": closed, "no_proxy": "",
        }  # fmt: skip

    def _wait(self, process: subprocess.Popen[bytes], outputs: Sequence[Path]) -> ConversionFault:
        """Until it ends, or the file in work has taken too much: then it is ended."""
        at, since, weighed = 0, time.monotonic(), time.monotonic()
        try:
            while not self._stopped:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_EVERY)
                    return ""
                now = time.monotonic()
                if (position := self._position(outputs)) > at:
                    at, since = position, now
                elif now - since > (self.time_limit if at else _START_LIMIT):
                    return "timed_out"
                if now - weighed > _WEIGH_EVERY:
                    weighed = now
                    if _weigh(process) > self.memory_limit << 20:
                        return "out_of_memory"
            return ""
        finally:
            _kill(process)

    def _position(self, outputs: Sequence[Path]) -> int:
        """Which file was in work: after the last output, and after those that could not be loaded since."""
        last = max((i for i, path in enumerate(outputs) if path.exists()), default=-1)
        gaps = sum(not path.exists() for path in outputs[: max(last, 0)])
        if last >= 0 and not _is_whole(outputs[last]):
            return last
        return min(last + 1 + max(self._refused() - gaps, 0), len(outputs))

    def _refused(self) -> int:
        """Files that could not be loaded or stored: the program says so and goes on."""
        return self._log.read_bytes().count(_NOT_LOADED)


def _weigh(process: subprocess.Popen[bytes]) -> int:
    """Bytes that the guard and everything it started hold."""
    import psutil  # few folders hold a file for LibreOffice

    held = 0
    with suppress(psutil.Error):
        guard = psutil.Process(process.pid)
        for each in (guard, *guard.children(recursive=True)):
            with suppress(psutil.Error):  # it has ended meanwhile
                held += each.memory_info().rss
    return held


def _is_whole(path: Path) -> bool:
    return path.is_file() and zipfile.is_zipfile(path)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the guard and everything it started."""
    if process.poll() is None and os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()  # elsewhere the guard does it
    process.wait()
