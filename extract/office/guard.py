"""Starts a program and ends it, with everything it started, when its own parent is gone.

Enters: a command as arguments, a pipe from the parent as standard input. Leaves: the program's exit code. A
script of its own that needs the standard library only; a signal on the parent's death would reach the
first process and not those behind it, and exists on Linux alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

_LARGEST_FILE = 512 * 1024 * 1024
"""Bytes: no output may fill the disk."""


def main(command: Sequence[str]) -> int:
    """Run the command to its end."""
    _limit()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our parent found the program
    threading.Thread(target=_end_with_parent, args=(child,), daemon=True).start()
    code = child.wait()
    if os.name == "posix":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(0, signal.SIGTERM)  # whatever the program left behind
    return code if 0 <= code < 128 else 128 + abs(code) % 128


def _limit() -> None:
    """No core dumps, and no output that fills the disk."""
    if sys.platform != "win32":
        import resource

        for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, _LARGEST_FILE)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def _end_with_parent(child: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()  # returns when the parent closes the pipe or dies
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], check=False)  # noqa: S603, S607
        os._exit(1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
