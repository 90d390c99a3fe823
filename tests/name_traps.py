"""Files that bear the names of modules, as may lie where a command is typed. Each leaves a mark if it is executed.

One more, `t2s.json`, is none of code: a library took it for its own settings.

Enters: a folder. Leaves: the traps, a command that is typed among them, and whether one was sprung.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from faults import ROOT

NAMES = (
    *("extract", "normalize", "output", "nianbao", "pandas", "numpy", "pyarrow", "lxml", "typer", "click"),
    *("rich", "psutil", "regex", "multiprocessing", "socket", "pickle", "signal", "threading", "queue"),
    *("json", "sqlite3", "decimal", "subprocess", "tempfile", "typing", "runpy", "sitecustomize"),
    *("distributed", "dask", "tornado", "asyncio"),
)
LINE = "with open({mark!r}, 'a') as mark:\n    mark.write(__name__ + ' ')\n"


@dataclass
class Traps:
    """A folder of them, below one that also has the mark and the script of the command."""

    home: Path

    def __post_init__(self):
        self.folder.mkdir()
        for name in NAMES:
            (self.folder / f"{name}.py").write_text(LINE.format(mark=str(self.mark)), "utf-8")
        (self.folder / "t2s.json").write_text("{}", "utf-8")
        self.script.parent.mkdir()
        self.script.write_text("from nianbao.entry import main\nmain()\n", "utf-8")

    @property
    def folder(self):
        return self.home / "there"

    @property
    def mark(self):
        return self.home / "mark"

    @property
    def script(self):
        """As an installation makes it."""
        return self.home / "bin" / "nianbao"

    def type(self, *arguments):
        """Run the command there, to its exit code."""
        done = subprocess.run(
            [sys.executable, self.script, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NIANBAO_LANG": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode

    def sprung(self):
        """The names of the files that were executed."""
        return sorted(set(self.mark.read_text("utf-8").split())) if self.mark.exists() else []
