"""One start of LibreOffice: where the program is, a profile of its own, and what became of its files.

Enters: files in a folder, all of one input filter. Leaves: how far it came. The process, with all it starts,
ends when this one does (`guard.py`).
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
from typing import Final

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


def find_soffice() -> Path | None:
    """The program, None where LibreOffice or its Writer is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
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
class Run:
    """What became of the files of one start, in the order they were given.

    Attributes:
        outputs: the file written for each, None where none was.
        at: position of the file in work when it ended, or beyond the last.
        timed_out: it was ended because of the file in work.
    """

    outputs: tuple[Path | None, ...]
    at: int
    timed_out: bool


class Soffice:
    """LibreOffice with a profile in a folder of its own; one start at a time.

    Attributes:
        time_limit: seconds for one file.
    """

    def __init__(self, program: Path, folder: Path, time_limit: float) -> None:
        self._program = program
        self._folder = folder
        self.time_limit = time_limit
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

    def run(self, named: Sequence[tuple[str, bytes]], input_filter: str) -> Run:
        """Convert files of these names, in order; ended when one takes longer than the time limit."""
        files = self._lay_out(named)
        out = self._folder / "out"
        self._make_profile()
        outputs = [out / f"{file.stem}.docx" for file in files]
        self._process = self._start(files, input_filter, out)
        timed_out = self._wait(self._process, out)
        at = self._position(outputs)
        if timed_out or at < len(files):
            shutil.rmtree(self._profile, ignore_errors=True)  # locks and half-written settings
        return Run(tuple(path if _is_whole(path) else None for path in outputs), at, timed_out)

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

    def _wait(self, process: subprocess.Popen[bytes], out: Path) -> bool:
        """Until it ends, or nothing new was written for longer than the limit: then True, and it is ended."""
        seen, since = (0, 0), time.monotonic()
        try:
            while not self._stopped:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_EVERY)
                    return False
                now = (sum(1 for _ in out.iterdir()), self._refused())
                if now != seen:
                    seen, since = now, time.monotonic()
                elif time.monotonic() - since > self.time_limit:
                    return True
            return False
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
