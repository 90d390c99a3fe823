"""Broken PDFs read in processes of their own, and what became of each.

Enters: files. Leaves: one `Fate` for each: read, refused, a bug, a hang, a dead process; and the numbers that
differ from those of the sound file although nothing points at them and the page still shows them.
"""

from __future__ import annotations

import io
import logging
import multiprocessing
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from pdf_mutations import mutate

from extract.document import BBox

LIMIT = 10.0
"""Seconds that one file may take."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One cell as read.

    Attributes:
        flagged: something points at it.
    """

    value: Decimal | None = None
    page: int | None = None
    box: BBox | None = None
    flagged: bool = False


Facts = dict[tuple[str, str, str], Seen]
NOTHING = Seen()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one broken file.

    Attributes:
        state: read, no_report, refused, bug, hang, dead.
        detail: the error's code, or what was raised.
        wrong: cells with an unflagged number that is not the sound file's, on a page whose text is unchanged
            and whose picture shows in that place what it showed.
        moved: how many other cells differ.
    """

    source: str
    seed: int
    kind: str
    state: str
    detail: str = ""
    seconds: float = 0.0
    wrong: tuple[str, ...] = ()
    moved: int = 0


def fuzz(files: Sequence[Path], count: int, first: int = 0) -> Iterator[Fate]:
    """The fates of `count` mutations, the files taken in turn."""
    reader = _Reader()
    try:
        for seed in range(first, first + count):
            path = files[seed % len(files)]
            kind, _ = mutate(path.read_bytes(), seed)
            state, detail, seconds, wrong, moved = reader.ask(path, seed)
            yield Fate(path.name, seed, kind, state, detail, seconds, wrong, moved)
    finally:
        reader.stop()


class _Reader:
    """A process that reads, replaced when it hangs or dies."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._process: BaseProcess | None = None
        self._ours: Connection | None = None

    def ask(self, path: Path, seed: int) -> tuple[str, str, float, tuple[str, ...], int]:
        ours = self._start()
        ours.send((str(path), seed))
        start = time.perf_counter()
        if not ours.poll(LIMIT):
            self.stop()
            return "hang", "", LIMIT, (), 0
        try:
            state, detail, seconds, others = ours.recv()
        except EOFError:
            code = self.stop()
            return "dead", f"exit code {code}", time.perf_counter() - start, (), 0
        if not others:
            return state, detail, seconds, (), 0
        ours.send("compare")  # not in the reader's time: pdfplumber is slow, and may hang on its own
        if not ours.poll(6 * LIMIT):
            self.stop()
            return state, "pdfplumber hangs", seconds, (), len(others)
        try:
            wrong = ours.recv()
        except EOFError:
            self.stop()
            return state, "pdfplumber died", seconds, (), len(others)
        return state, detail, seconds, wrong, len(others) - len(wrong)

    def _start(self) -> Connection:
        if self._process is None or self._ours is None or not self._process.is_alive():
            self._ours, theirs = self._context.Pipe()
            self._process = self._context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._ours.send("ready?")
            if not self._ours.poll(60):
                raise TimeoutError("the reading process does not start")
            self._ours.recv()
        return self._ours

    def stop(self) -> int | None:
        """The exit code."""
        if self._process is None:
            return None
        self._process.join(0.2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode
        self._process = None
        return code


def serve(pipe: Connection) -> None:
    """The process that reads: (path, seed) in, the fate out."""
    from extract.pdf import read_pdf  # noqa: F401 - the time of the import is nobody's
    from normalize.read import read_report  # noqa: F401

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sound: dict[str, Facts] = {}
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if asked == "ready?":
            pipe.send(True)
            continue
        path, seed = asked
        data = Path(path).read_bytes()
        if path not in sound:
            sound[path] = _facts(data)[1]
        _, broken = mutate(data, seed)
        start = time.perf_counter()
        state, facts, detail = _read(broken)
        seconds = time.perf_counter() - start
        others = {
            key: seen
            for key, seen in facts.items()
            if seen.value is not None and seen.value != sound[path].get(key, NOTHING).value
        }
        pipe.send((state, detail, seconds, list(others)))
        if others and pipe.recv() == "compare":
            pipe.send(_unexcused(data, broken, others, sound[path]))


def _read(data: bytes) -> tuple[str, Facts, str]:
    from extract.errors import ReadError

    try:
        is_report, facts = _facts(data)
    except ReadError as error:
        return "refused", {}, error.code
    except Exception as error:  # what the tests look for
        return "bug", {}, repr(error)[:200]
    return ("read" if is_report else "no_report"), facts, ""


def _facts(data: bytes) -> tuple[bool, Facts]:
    from extract.document import Source
    from extract.pdf import read_pdf
    from normalize.read import read_report

    report = read_report(read_pdf(data, Source("broken.pdf", "0" * 64, len(data))))
    return report.is_report, {
        (o.table, o.field, o.applicant): Seen(o.value, o.page, o.bbox, bool(o.flags) or o.confidence < 0.9)
        for o in report.observations
    }


def _unexcused(data: bytes, broken: bytes, others: Facts, sound: Facts) -> tuple[str, ...]:
    """Wrong numbers that nothing points at, where the page still shows the right ones.

    A damaged font leaves the text layer of pdfplumber alone and blots out digits, hence the pictures.
    """
    texts = [page_text(data), page_text(broken)]
    wrong = []
    for key, seen in others.items():
        was = sound.get(key, NOTHING)
        page, box = was.page or seen.page, was.box or seen.box
        if seen.flagged or page is None or box is None or texts[0].get(page) != texts[1].get(page):
            continue
        if picture_of(data, page, box) == picture_of(broken, page, box):
            wrong.append(f"{'/'.join(key)}: {was.value} read as {seen.value}")
    return tuple(wrong)


def picture_of(data: bytes, page: int, box: BBox) -> bytes:
    """The pixels of a cell without its borders."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    picture = document[page - 1].render(scale=2, grayscale=True).to_pil()
    inside = (box.x0 + 3, box.top + 3, box.x1 - 3, box.bottom - 3)
    return picture.crop([round(2 * v) for v in inside]).tobytes()


def page_text(data: bytes) -> dict[int, Any]:
    """Every character with its place to the point, by page; nothing of a page that cannot be opened."""
    import pdfplumber

    found: dict[int, Any] = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                found[page.page_number] = tuple(
                    (c["text"], round(c["x0"]), round(c["top"])) for c in page.chars
                )
    except Exception:  # noqa: S110 - pdfplumber raises anything on a broken file
        pass
    return found
