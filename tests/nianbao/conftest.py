"""A reader that does as its file says, so that the conductor is tested apart from the reading."""

from decimal import Decimal

import pytest
from typer.testing import CliRunner

from extract.document import Document, Paragraph
from extract.errors import Damaged
from nianbao import batch
from nianbao.cli import build_app
from nianbao.isolate import Reader
from nianbao.messages import Lang
from nianbao.understand import Understood
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
        "form": "2021",
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


class Obedient(Reader):
    """Reads in this process, and as the file says; what LibreOffice made of it says it after four signs."""

    def read(self, data, source):
        return understand(
            Document(source, "text", "text", (Paragraph(data.decode("utf-8-sig", "replace").strip()),))
        )

    def read_converted(self, data, source, form):
        return understand(Document(source, form, "libreoffice", (Paragraph(data.decode()[4:]),)))


def understand(document):
    way = document.blocks[0].text.split(" ")[0]
    return Understood(WAYS.get(way, make_report)(document))


@pytest.fixture
def obedient(monkeypatch):
    """Files whose first word is a key of WAYS come out that way; all others are in order."""
    monkeypatch.setattr(batch, "Reader", Obedient)


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
