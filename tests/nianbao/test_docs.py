"""What the documents say about the command line is what it does."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from nianbao.exit_codes import Exit
from nianbao.messages import Lang

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CLI = (ROOT / "docs" / "cli.md").read_text("utf-8")


def test_readme_lists_every_exit_code_in_both_languages():
    chinese, english = README.split("## English")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", chinese, re.MULTILINE)} == set(Exit)
    sentence = re.search(r"\*\*Exit codes\*\*:(.*?)After", english, re.DOTALL)
    assert {int(code) for code in re.findall(r"(?:^|·)\s*(\d+) ", sentence[1])} == set(Exit)


@pytest.mark.parametrize("command", ["run", "show", "fields"])
def test_the_documents_name_every_option_and_no_other(nianbao, command):
    has = set(re.findall(r"--[a-z][a-z-]+", nianbao(command, "--help", lang=Lang.EN).stdout)) - {"--help"}
    sections = [part for part in CLI.split("\n## ") if part.startswith(f"`nianbao {command}")]
    assert len(sections) == 2  # Chinese and English
    for section in sections:
        assert set(re.findall(r"--[a-z][a-z-]+", section)) == has


def test_links_in_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#][^)]*)\)", README):
        assert (ROOT / target).exists(), target


def test_the_two_commands_are_the_same_in_both_languages_and_read_what_is_there():
    blocks = [block for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if "venv .venv" in block]
    assert len(blocks) == 2
    assert blocks[0] == blocks[1]
    (folder,) = re.findall(r"nianbao run (\S+)", blocks[0])
    assert any((ROOT / folder).iterdir())


@pytest.mark.parametrize("script", sorted((ROOT / "bench").glob("*.py")), ids=lambda path: path.stem)
def test_every_measurement_that_the_documents_name_starts(script):
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage" in done.stdout


def test_the_picture_in_the_readme_shows_what_the_program_says(tmp_path):
    """Otherwise: python docs/picture.py."""
    spec = importlib.util.spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    drawing.run("run", drawing.REPORT, "-o", tmp_path / "out", "--no-workbook")
    with Image.open(drawing.PICTURE) as picture:
        assert picture.text["lines"] == drawing.say_lines(list(drawing.list_lines(tmp_path / "out")))
    assert drawing.PICTURE.stat().st_size < 150_000
    assert "docs/picture.png" in README.split("## ")[0]


def test_the_readme_says_at_the_top_what_was_never_run():
    chinese, english = README.split("## English")
    assert "没有在 Windows 和 macOS 上运行过" in chinese.split("## ")[0]
    assert "Nothing has been run on Windows or macOS" in english.split("**Two commands**")[0]


def sections_of(text):
    """The parts of a document below their headings, without code, names of files and words in quotation marks."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`|\]\([^)]*\)|“[^”\n]*”", "", text)
    return re.split(r"^#+ ", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
)
def test_no_section_mixes_chinese_and_english(name):
    for section in sections_of((ROOT / name).read_text("utf-8")):
        prose = section
        if name == "docs/codebook.md":  # its tables have a column for each language
            prose = "\n".join(line for line in section.splitlines() if not line.startswith("|"))
        chinese = re.search(r"[\u4e00-\u9fff]{2,}[，。：；][\u4e00-\u9fff]*", prose)
        english = re.search(r"(?:\b[A-Za-z]+ ){4}[a-z]+", prose)
        assert not (chinese and english), (section.splitlines()[0], chinese[0], english[0])
