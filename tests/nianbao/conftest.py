"""A reader that does as its file says, so that the conductor is tested apart from the reading."""

from decimal import Decimal

import pytest
from here import Here
from typer.testing import CliRunner

from extract.document import Document, Paragraph
from extract.errors import Damaged
from nianbao.command.cli import build_app
from nianbao.journal.readings import Readings
from nianbao.messages import Lang
from nianbao.processes import pool
from nianbao.reading import understand, worker_tasks
from nianbao.run import run, single_files
from normalize.report import Check, Identity, Issue, Observation, Origin, Report, Status, Verdict

FAILED = Check(
    "requests.balance",
    "natural_person",
    Decimal(7),
    Decimal(8),
    Decimal(-1),
    Verdict.FAIL,
    Origin.AS_PRINTED,
    "申请办理表“自然人”列：新收与上年结转之和是 7，总计与结转下年之和是 8。",
    "table 3, column “natural person”: 8 against 7, which is 1 less",
)


def make_report(document, **changes):
    """A report with two observations and a relation that holds."""
    seen = (
        Observation(
            "requests", "new", "natural_person", Decimal(7), "件", Status.PRINTED, "7", row=3, column=1
        ),
        Observation("requests", "new", "business", None, "件", Status.BLANK, "", row=3, column=2),
    )
    report = {
        "source": document.source,
        "format": document.format,
        "reader": document.reader,
        "pages": None,
        "identity": Identity(title="某局2023年政府信息公开工作年度报告", agency="某局", year=2023),
        "edition": "2021",
        "observations": seen,
    }
    return Report(**(report | changes))


def fail_with(error):
    def raise_it(document):
        raise error

    return raise_it


WAYS = {
    "flagged": lambda document: make_report(document, checks=(FAILED,)),
    "issue": lambda document: make_report(document, issues=(Issue("row.unplaced", "有一行无法对应"),)),
    "doubt": lambda document: make_report(
        document,
        observations=(
            Observation(
                "requests", "new", "total", Decimal(7), "件", Status.PRINTED, flags=("doubt.alignment",)
            ),
        ),
    ),
    "who": lambda document: make_report(document, identity=Identity(doubts=("year",))),
    "letter": lambda document: make_report(document, is_report=False, reason="这是一封信"),
    "damaged": fail_with(Damaged("少了一半")),
    "bug": fail_with(ZeroDivisionError("x")),
    "deep": fail_with(RecursionError()),
    "memory": fail_with(MemoryError()),
}


def read_first(item, passwords):
    text = item.data.decode("utf-8-sig", "replace").strip()
    return Readings(Document(item.source, "text", "text", (Paragraph(text),)), format="text"), item.data


def read_first_converted(item):
    """What LibreOffice made of a file says how it is after four signs."""
    blocks = (Paragraph(item.data.decode()[4:]),)
    return Readings(Document(item.source, item.format, "libreoffice", blocks), format=item.format)


def obey(document):
    way = document.blocks[0].text.split(" ")[0]
    return WAYS.get(way, make_report)(document)


@pytest.fixture
def here(monkeypatch):
    """Everything is read in this process."""
    monkeypatch.setattr(single_files, "Pool", Here)
    monkeypatch.setattr(pool, "Pool", Here)  # for the command line
    monkeypatch.setattr(run, "Pool", Here)


@pytest.fixture
def obedient(monkeypatch, here):
    """Files whose first word is a key of WAYS come out that way; all others are in order."""
    monkeypatch.setattr(worker_tasks, "read_first", read_first)
    monkeypatch.setattr(worker_tasks, "read_first_converted", read_first_converted)
    monkeypatch.setattr(understand, "read_report", obey)


@pytest.fixture
def nianbao():
    """Run the command line in this process."""

    def invoke(*arguments, lang="zh"):
        return CliRunner().invoke(build_app(Lang(lang)), [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def folder(tmp_path):
    """A folder to fill: `folder(name=text, ...)`, names with "/" as written."""

    def fill(files, name="in"):
        for path, text in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name

    return fill
