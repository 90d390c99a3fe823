from dataclasses import replace
from pathlib import Path

import native_faults
import pytest
from PIL import Image

from extract.document import Source
from extract.errors import Crashed
from extract.pdf import read_pdf
from nianbao.command import picture
from nianbao.command.fonts import find_chinese
from nianbao.command.picture import COLOURS, GREY, RED, SCALE, Pen, cells_of, draw_page, render, save_picture
from nianbao.exit_codes import Exit
from nianbao.messages import Lang, load_messages
from normalize.read import read_report
from output.outcome import Outcome

SAY = load_messages(Lang.ZH)
REPORTS = Path(__file__).resolve().parents[2] / "fixtures/reports"
FILE = REPORTS / "hongze_2023_word.pdf"  # two relations of table 四 fail as published


@pytest.fixture(scope="module")
def data():
    return FILE.read_bytes()


@pytest.fixture(scope="module")
def document(data):
    return read_pdf(data, Source(FILE.name, "0" * 64, len(data)))


@pytest.fixture(scope="module")
def report(document):
    return read_report(document)


def border(picture, box):
    """The pixel in the middle of a cell's lower edge, where no name is written."""
    return picture.getpixel((round((box.x0 + box.x1) / 2 * SCALE), int(box.bottom * SCALE) - 1))


def near(pixel, colour, most=60):
    return all(abs(a - b) <= most for a, b in zip(pixel, colour, strict=True))


def test_the_picture_has_the_size_of_the_page(data, document, report):
    plain, scale = render(data, 1)
    assert scale == SCALE
    assert near(plain.size, (595 * SCALE, 842 * SCALE), 2)
    assert draw_page(data, document, report, 1, SAY).size == plain.size


@pytest.mark.parametrize("page", [1, 2, 3])
def test_every_observation_has_a_box_in_the_colour_of_its_table(data, document, report, page):
    picture = draw_page(data, document, report, page, SAY)
    plain = render(data, page)[0].convert("RGB")
    seen = [o for o in report.observations if o.page == page]
    assert seen
    for observation in seen:
        box = observation.bbox
        corner = (round(box.x1 * SCALE) - 6, round(box.bottom * SCALE) - 6)
        assert picture.getpixel(corner) != plain.getpixel(corner)
        expected = RED if observation.flags else COLOURS[observation.table]
        assert near(border(picture, box), expected), observation


def test_a_failed_relation_is_red_and_its_neighbours_are_not(data, document, report):
    cells = {o.field: o.bbox for o in report.observations if o.table == "remedies"}
    picture = draw_page(data, document, report, 3, SAY)
    assert near(border(picture, cells["reconsideration.other"]), RED)
    assert not near(border(picture, cells["litigation_direct.other"]), RED)


def test_a_number_that_went_nowhere_is_grey(data, document, report):
    lost = next(o for o in report.observations if o.field == "rules.issued")
    rest = replace(report, observations=tuple(o for o in report.observations if o is not lost))
    inside = (round(lost.bbox.x1 * SCALE) - 6, round(lost.bbox.bottom * SCALE) - 6)
    red, green, blue = draw_page(data, document, rest, lost.page, SAY).getpixel(inside)
    assert red == green == blue < 230
    assert red > GREY[0]
    assert ("0", lost.bbox) in list(cells_of(document, lost.page))


def test_the_command_writes_it(nianbao, tmp_path):
    target = tmp_path / "page.png"
    done = nianbao("show", FILE, "--page", 2, "--png", target, "--reread", "never")
    assert done.exit_code == 0
    assert str(target) in done.stdout.replace("\n", "")
    with Image.open(target) as picture:
        assert picture.format == "PNG"


@pytest.mark.parametrize(
    ("name", "options", "code", "words"),
    [
        ("hongze_2023_word.pdf", ("--page", "4", "--png", "x.png"), 2, ("第 4 页", "共 3 页")),
        ("hongze_2023_word.pdf", ("--page", "0", "--png", "x.png"), 2, ("第 0 页",)),
        ("hongze_2023_word.pdf", ("--page", "1"), 2, ("--png",)),
        ("hongze_2023_word.pdf", ("--png", "x.png"), 2, ("--page",)),
        ("hongze_2023_word.pdf", ("--page", "1", "--png", "no/x.png"), 4, ("no/x.png",)),
        ("hongze_2023.docx", ("--page", "1", "--png", "x.png"), 2, ("不是 PDF",)),
    ],
)
def test_why_there_is_no_picture(nianbao, tmp_path, monkeypatch, name, options, code, words):
    monkeypatch.chdir(tmp_path)
    done = nianbao("show", REPORTS / name, *options)
    assert done.exit_code == code
    for word in words:
        assert word in done.stderr
    assert not list(tmp_path.rglob("*.png"))


def test_why_there_is_no_picture_in_english(nianbao, tmp_path):
    done = nianbao("show", REPORTS / "hongze_2023.docx", "--page", 1, "--png", tmp_path / "x.png", lang="en")
    assert "no PDF" in done.stderr


def test_a_damaged_pdf_has_no_picture(nianbao, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4\nnothing")
    done = nianbao("show", broken, "--page", 1, "--png", tmp_path / "x.png")
    assert done.exit_code == 1
    assert "broken.pdf" in done.stderr


def written(monkeypatch, call):
    """What is written by a call, and in which font."""
    found = []
    name = Pen.name

    def write(pen, x, y, lines, *rest):
        found.append((pen.face, *lines))
        name(pen, x, y, lines, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Pen, "name", write)
        call()
    return found


def test_the_legend_is_in_the_language_of_who_asks(data, document, report, monkeypatch):
    face = find_chinese()
    assert face, "the tests need fonts-droid-fallback"
    for lang, words, font in ((Lang.ZH, "未采用的数字", face), (Lang.EN, "number not used", None)):
        say = load_messages(lang)
        assert (font, words) in written(
            monkeypatch, lambda say=say: draw_page(data, document, report, 1, say)
        )


def test_without_a_chinese_font_the_legend_is_english_and_not_boxes(data, document, report, monkeypatch):
    monkeypatch.setattr("nianbao.command.picture.find_chinese", lambda: None)
    assert (None, "relation fails") in written(monkeypatch, lambda: draw_page(data, document, report, 1, SAY))


def test_a_font_is_taken_from_the_system_and_not_from_the_folder_at_hand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"no font")
    find_chinese.cache_clear()
    monkeypatch.setattr("nianbao.command.fonts.list_folders", lambda: (tmp_path / "none",))
    assert find_chinese() is None
    find_chinese.cache_clear()
    (tmp_path / "fonts" / "x").mkdir(parents=True)
    for name in ("simsun.ttc", "NotoSansCJK-Regular.ttc"):
        (tmp_path / "fonts" / "x" / name).write_bytes(b"")
    monkeypatch.setattr("nianbao.command.fonts.list_folders", lambda: (tmp_path / "fonts",))
    assert find_chinese() == tmp_path / "fonts" / "x" / "NotoSansCJK-Regular.ttc"
    find_chinese.cache_clear()


def test_a_page_that_its_process_dies_of_is_a_sentence(report, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(picture, "make_picture", native_faults.end_at_once)
    outcome = Outcome(report.source, "flagged", "pdf", report)
    code = save_picture(FILE, outcome, 1, tmp_path / "page.png", load_messages(Lang.EN))
    assert code == Exit.SOME_FAILED
    assert Crashed().sentence("en") in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
