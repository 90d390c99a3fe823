"""LibreOffice as another hand: writes Word files and workbooks in the formats of other programs. Leaves: bytes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path


def convert(
    folder: Path, files: Mapping[str, bytes], writers: Mapping[str, str]
) -> dict[str, dict[str, bytes]]:
    """Each file (`a.docx`) as each writer (suffix and filter) writes it: bytes by stem and suffix."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is required: apt-get install libreoffice-writer libreoffice-calc"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    start = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for suffix, writer in writers.items():
        command = [*start, "--convert-to", f"{suffix}:{writer}", "--outdir", str(folder), *files]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    stems = [Path(name).stem for name in files]
    return {
        stem: {suffix: (folder / f"{stem}.{suffix}").read_bytes() for suffix in writers} for stem in stems
    }
