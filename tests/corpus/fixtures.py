"""The committed fixtures: python -m corpus.fixtures [FOLDER] writes them again, byte for byte, but for PRINTED.

Enters: the recipes of `fixture_recipes`. Leaves: fixtures/reports/ and fixtures/expected/truth.jsonl.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from corpus.bundle import write_zip
from corpus.fixture_formats import Format
from corpus.fixture_recipes import ARCHIVE, PACKED, PRINTED, RECIPES, Recipe
from corpus.layout import Draughtsman, draw_disclosure, draw_remedies, draw_requests
from corpus.page import HEADINGS, Block, Line, Page, assemble
from corpus.paper import Ruling, write_paper
from corpus.printing import plain_facts
from corpus.quirks import cut_at, split_at
from corpus.text import write_text
from corpus.truth import ReportTruth, other_line
from corpus.variants import Made
from corpus.word import Wording, write_word


def draw_page(rng: Random, recipe: Recipe) -> Page:
    """What the fixture shows."""
    editions = recipe.figures.editions
    raws = {
        k: recipe.zero if k[0] != "disclosure" and raw == "0" else raw
        for k, raw in recipe.figures.raws().items()
    }
    truth = ReportTruth(recipe.who, editions, plain_facts(editions, raws))
    pen = Draughtsman(rng, truth, recipe.lettering)
    three = draw_requests(pen, recipe.plan)
    for official, printed in recipe.replaced:
        three = three.with_texts(lambda c, a=official, b=printed: c.text.replace(a, b))  # type: ignore[misc]
    if recipe.again:
        three = split_at(three, recipe.again + 3, 0, again=True)
    tables: list[list[Block]] = [
        [*draw_disclosure(pen, recipe.plan)],
        [three],
        [*draw_remedies(pen, recipe.plan)],
    ]
    if recipe.cut:
        upper, lower = cut_at(three, recipe.cut, again=False, repeated=False)
        tables[1] = [upper, Line("- 3 -", "page"), lower]
    year = recipe.who.year
    sections: list[list[Block]] = [
        [
            Line(f"{year}年按季度检查公开栏目，更新条目1136条，其中解读88篇，占7.7%。"),
            Line("依照国办公开办函〔2021〕30号的格式填报。"),
        ],
        *tables,
        [Line("解读形式偏少，图解仅占一成；来年增加视频解读。")],
        [Line("收取信息处理费0元。")],
    ]
    return assemble(rng, truth, HEADINGS, sections, prose=False)


def _make(recipe: Recipe) -> Made:
    rng = Random(recipe.source)
    page = draw_page(rng, recipe)
    if isinstance(recipe.output, Wording):
        content, group = write_word(rng, page, recipe.output), "fixture_docx"
    elif isinstance(recipe.output, Ruling):
        content, group = write_paper(page, recipe.output), "fixture_pdf"
    elif isinstance(recipe.output, Format):
        content, group = recipe.output.write(rng, page), recipe.output.group
    elif recipe.output == "web":
        raise ValueError(recipe.source)
    else:
        content, group = write_text(rng, page, *recipe.output), "fixture_text"
    return Made(recipe.source, content, page.truth.line(recipe.source, group, recipe.variant, page.keys))


def lines_of_printed() -> Iterator[dict[str, Any]]:
    """The truth of the fixtures that other programs print."""
    for recipe in PRINTED:
        page = draw_page(Random(recipe.source), recipe)
        yield page.truth.line(recipe.source, "fixture_pdf", recipe.variant, page.keys)


def make_fixtures() -> Iterator[Made]:
    """All fixtures in order."""
    for recipe in RECIPES:
        yield _make(recipe)
    packed = [_make(recipe) for recipe in PACKED]
    members = {one.source.partition("!/")[2]: one.content for one in packed}
    yield Made(ARCHIVE, write_zip(members, "gbk"), {})
    yield from (Made("", b"", one.line) for one in packed)
    notice = (
        "关于下达年度部门预算的通知\n各股室：\n一、收入预算812万元，其中行政事业性收费90万元。\n"
        "项目\t预算数\t决算数\n行政许可窗口经费\t40\t39\n总计\t812\t806\n2023年3月1日\n"
    )
    line = other_line("预算通知.txt", "not_a_report", "budget", ["not_a_report"])
    yield Made("预算通知.txt", notice.encode("gbk"), line)
    yield Made("空文件.txt", b"", other_line("空文件.txt", "broken", "empty", ["failed", "not_a_report"]))


def write_fixtures(folder: Path) -> None:
    """Writes folder/reports/* and folder/expected/truth.jsonl."""
    for name in ("reports", "expected"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    lines = []
    for made in make_fixtures():
        if made.source:
            (folder / "reports" / made.source).write_bytes(made.content)
        if made.line:
            lines.append(made.line)
    lines += lines_of_printed()
    (folder / "expected" / "truth.jsonl").write_text("".join(map(_one_line, lines)), encoding="utf-8")


def _one_line(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    write_fixtures(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("fixtures"))
