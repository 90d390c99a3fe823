"""Archives, mails and sets of page images: what becomes of each thing inside."""

import csv
import io
import tarfile
import zipfile
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest

from extract.errors import Damaged, NeedsLibreOffice, TimedOut
from extract.office import libreoffice
from extract.office.input_check import Checked
from extract.sniff import sniff
from nianbao.find.files import find_files
from nianbao.reading import dispatch, items, worker_tasks
from nianbao.reading.items import Budget
from nianbao.run.single_files import read_found

FIXTURES = Path(__file__).parents[2] / "fixtures" / "reports"
obedient = pytest.mark.usefixtures("obedient")
PNG = b"\x89PNG\r\n\x1a\n"
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\x00" + bytes(16)


def zipped(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def mailed(body, files):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "年报"
    mail.set_content(body)
    for name, data in files.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def read(root):
    return {o.source.path: o for o in read_found(find_files([root]))}


def states(root):
    return {path: outcome.status for path, outcome in read(root).items()}


@obedient
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_every_member_is_a_row_and_the_archive_is_none(folder, pack):
    inner = zipped({"乙局.txt": b"flagged", "甲局.txt": b"damaged"})
    files = {"某局.txt": b"fine", "下级/县.zip": inner, "Thumbs.db": b"x", "__MACOSX/._某局.txt": b"y"}
    root = folder({"a.zip": pack(files), "b.txt": "fine b"})
    assert states(root) == {
        "a.zip!/下级/县.zip!/乙局.txt": "flagged",
        "a.zip!/下级/县.zip!/甲局.txt": "failed",
        "a.zip!/某局.txt": "ok",
        "b.txt": "ok",
    }


@obedient
def test_a_copy_inside_an_archive_is_a_duplicate_of_the_first_in_order(folder):
    root = folder({"a.zip": zipped({"x.txt": b"fine"}), "b.txt": "fine", "c.zip": zipped({"x.txt": b"fine"})})
    outcomes = read(root)
    assert {path: o.duplicate_of for path, o in outcomes.items()} == {
        "a.zip!/x.txt": "",
        "b.txt": "a.zip!/x.txt",
        "c.zip!/x.txt": "a.zip!/x.txt",
    }


def test_a_mail_is_its_body_and_its_attachments_are_its_members(folder):
    report = (FIXTURES / "云台县林业局年报.txt").read_bytes()
    other = (FIXTURES / "pingtan_2019.md").read_bytes()
    files = {"某局.txt": report, "附.zip": zipped({"乙.md": other})}
    outcomes = read(folder({"年报.eml": mailed("各位同事：年报见附件。", files)}))
    assert {path: o.status for path, o in outcomes.items()} == {
        "年报.eml": "not_a_report",
        "年报.eml!/某局.txt": "ok",
        "年报.eml!/附.zip!/乙.md": "ok",
    }
    assert outcomes["年报.eml"].format == "eml"


@obedient
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({}), "empty_archive"),
        (zipped({"Thumbs.db": b"x"}), "empty_archive"),
        (b"PK\x03\x04" + bytes(40), "damaged"),
    ],
)
def test_an_archive_that_yields_nothing_is_one_failed_row(folder, data, code):
    outcome = read(folder({"a.zip": data, "b.txt": "fine"}))["a.zip"]
    assert (outcome.status, outcome.error_code, outcome.format) == ("failed", code, "zip")


@obedient
def test_archives_too_deep_in_each_other_cost_one_row(folder):
    data = b"fine"
    for _ in range(items.MAX_DEPTH + 2):
        data = zipped({"a.zip" if data[:2] == b"PK" else "a.txt": data})
    (outcome,) = read(folder({"top.zip": data})).values()
    assert (outcome.error_code, outcome.source.path) == (
        "nested_archives",
        "top.zip" + "!/a.zip" * items.MAX_DEPTH,
    )


@obedient
def test_a_spent_budget_costs_one_row_and_keeps_what_was_read(folder, monkeypatch):
    monkeypatch.setattr(items, "Budget", lambda: Budget(unpacked=100, members=2))
    root = folder({"a.zip": zipped({f"{n}.txt": f"fine {n}" for n in range(4)}), "b.txt": "fine"})
    assert states(root) == {"a.zip!/0.txt": "ok", "a.zip!/1.txt": "ok", "a.zip": "failed", "b.txt": "ok"}


@obedient
def test_a_bug_while_an_archive_is_opened_is_recorded_and_the_run_goes_on(folder, monkeypatch):
    def fall_over(*_):
        raise ZeroDivisionError("x")

    monkeypatch.setattr(items, "open_archive", fall_over)
    outcomes = read(folder({"a.zip": zipped({"1.txt": b"1"}), "b.txt": "fine"}))
    assert outcomes["a.zip"].error_code == "bug"
    assert "fall_over" in outcomes["a.zip"].traceback
    assert outcomes["b.txt"].status == "ok"


def test_page_images_are_one_source_named_by_their_folder(folder):
    pages = {f"某局2021/第{n}页.png": PNG + bytes([n]) for n in range(1, 13)}
    archive = zipped({f"某县/{n}.jpg": b"\xff\xd8\xff" + bytes([n]) for n in range(3)})
    root = folder({**pages, "单张.png": PNG, "a.zip": archive})
    outcomes = read(root)
    seen = {path: (o.status, o.error_code, o.pages) for path, o in outcomes.items()}
    assert seen == {
        "a.zip!/某县": ("failed", "no_text", 3),
        "单张.png": ("failed", "no_text", 1),
        "某局2021": ("failed", "no_text", 12),
    }
    assert outcomes["某局2021"].source.size == 12 * 9
    assert "12 页" in outcomes["某局2021"].error


def test_a_page_that_cannot_be_read_does_not_take_the_others_with_it(folder):
    data = bytearray(zipped({f"第{n}页.jpg": b"\xff\xd8\xff" + bytes([n]) * 9 for n in range(1, 4)}))
    data[data.index(bytes([2]) * 9)] = 7
    outcomes = read(folder({"a.zip": bytes(data)}))
    assert {path: (o.error_code, o.pages) for path, o in outcomes.items()} == {
        "a.zip!/第2页.jpg": ("damaged", None),
        "a.zip": ("no_text", 2),
    }


@obedient
@pytest.mark.parametrize("pack", [dict, lambda files: {"a.zip": zipped(files)}])
def test_pictures_and_scripts_of_a_saved_page_are_no_files(folder, pack):
    files = {
        "年报.html": b"fine",
        "年报_files/1.png": PNG,
        "年报_files/jquery.js": b"js",
        "年报_files/附件.docx": b"fine 2",
        "别的_files/3.png": PNG,
    }
    found = {path.removeprefix("a.zip!/") for path in read(folder(pack(files)))}
    assert found == {"年报.html", "年报_files/附件.docx", "别的_files/3.png"}


@obedient
def test_members_that_cannot_be_read_spend_the_budget_too(folder, monkeypatch):
    monkeypatch.setattr(items, "Budget", lambda: Budget(members=2))
    links = io.BytesIO()
    with tarfile.open(fileobj=links, mode="w") as archive:
        for n in range(9):
            member = tarfile.TarInfo(f"{n}.txt")
            member.type, member.linkname = tarfile.SYMTYPE, "x"
            archive.addfile(member)
    outcomes = read(folder({"a.tar": links.getvalue()}))
    assert [(path, o.error_code) for path, o in outcomes.items()] == [
        ("a.tar", "too_large"),
        ("a.tar!/0.txt", "member_link"),
        ("a.tar!/1.txt", "member_link"),
    ]


@pytest.mark.parametrize("big", [False, True])
def test_a_tiff_says_how_many_pages_it_has(folder, big):
    from PIL import Image

    stream = io.BytesIO()
    first, *more = (Image.new("1", (20, 30), n % 2) for n in range(4))
    first.save(stream, "TIFF", save_all=True, append_images=more, big_tiff=big)
    data = stream.getvalue()
    outcome = read(folder({"扫描.tif": data, "坏.tif": data[:60], "空.tif": data[:8]}))
    assert {path: (o.pages, o.format) for path, o in outcome.items()} == {
        "扫描.tif": (4, "tiff"),
        "坏.tif": (1, "tiff"),
        "空.tif": (1, "tiff"),
    }


def test_directories_of_a_tiff_that_run_in_a_circle_end(folder):
    data = b"MM\x00*" + bytes([0, 0, 0, 8]) + bytes([0, 0, 0, 0, 0, 14]) + bytes([0, 0, 0, 0, 0, 8])
    (outcome,) = read(folder({"a.tif": data})).values()
    assert outcome.pages == 2


class Office:
    """Converts files in groups as they say."""

    groups: list[int]

    def __init__(self):
        self.groups = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def convert_checked(self, files):
        self.groups.append(len(files))
        return [self.answer(file.data) for file in files]

    @staticmethod
    def answer(data):
        if b"hang" in data:
            return TimedOut("1 s")
        if b"none" in data:
            return NeedsLibreOffice()
        return Damaged("x") if b"bad" in data else data


@pytest.fixture
def office(monkeypatch, obedient):
    office = Office()
    monkeypatch.setattr(libreoffice, "LibreOffice", lambda *_, **__: office)
    monkeypatch.setattr(worker_tasks, "check", lambda name, data: Checked(name, data, "a filter"))
    monkeypatch.setattr(items, "sniff", lambda data: "doc" if data.startswith(b"doc") else sniff(data))
    return office


def test_old_office_files_are_converted_together_and_each_has_its_row(folder, office, monkeypatch):
    monkeypatch.setattr(dispatch, "MOST_WAITING", 3)
    words = ["fine 1", "hang", "none", "bad", "flagged", "fine 1", "hang", "bug"]
    root = folder({f"{n}.doc": f"doc {word}" for n, word in enumerate(words)} | {"9.txt": "fine"})
    outcomes = read(root)
    assert {path: (o.status, o.error_code) for path, o in outcomes.items()} == {
        "0.doc": ("ok", ""),
        "1.doc": ("failed", "timed_out"),
        "2.doc": ("failed", "needs_libreoffice"),
        "3.doc": ("failed", "damaged"),
        "4.doc": ("flagged", ""),
        "5.doc": ("duplicate", ""),
        "6.doc": ("failed", "timed_out"),
        "7.doc": ("failed", "bug"),
        "9.txt": ("ok", ""),
    }
    assert sorted(office.groups) == [2, 3, 3]
    assert {o.format for path, o in outcomes.items() if path.endswith("doc")} == {"doc"}


def test_a_copy_of_a_file_that_waits_fares_as_it_does(folder, office):
    outcomes = read(folder({"a.doc": "doc damaged", "b.doc": "doc damaged", "c.doc": "doc fine"}))
    assert [o.error_code for o in outcomes.values()] == ["damaged", "damaged", ""]


def test_libreoffice_is_not_started_for_nothing(folder, office):
    read(folder({"a.txt": "fine"}))
    assert office.groups == []


def test_an_archive_without_a_report_has_a_row_that_says_so(folder, nianbao, tmp_path):
    letter = "各位同事：周三开会。".encode()
    root = folder({"a.zip": zipped({"x!/信.txt": letter}), "b.zip": zipped({"信.txt": letter + b"1"})})
    done = nianbao("run", root, root / "b.zip", "-o", tmp_path / "out", "--no-workbook")
    assert done.exit_code == 0
    with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {
            row["source"]: (row["error_code"], row["format"], row["bytes"]) for row in csv.DictReader(stream)
        }
    size = {name: str((root / name).stat().st_size) for name in ("a.zip", "b.zip")}
    assert rows == {
        "in/a.zip": ("barren", "zip", size["a.zip"]),
        "in/a.zip!/x!/信.txt": ("not_a_report", "text", str(len(letter))),
        "in/b.zip": ("barren", "zip", size["b.zip"]),
        "in/b.zip!/信.txt": ("not_a_report", "text", str(len(letter) + 1)),
    }


@obedient
def test_processes_of_one_id_do_not_overwrite_what_waits(folder, monkeypatch):
    open_archive = worker_tasks.open_archive_file

    def open_in_new_process(file, job):
        monkeypatch.setattr(worker_tasks, "_number", count())
        return open_archive(file, job)

    monkeypatch.setitem(dispatch._CALLS, "archive", open_in_new_process)
    root = folder({"a.zip": zipped({"x.txt": b""}), "b.zip": zipped({"y.txt": b"damaged"})})
    assert states(root) == {"a.zip!/x.txt": "ok", "b.zip!/y.txt": "failed"}
