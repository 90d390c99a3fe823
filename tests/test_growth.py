"""Reading costs as much as there is to read: four times the text at most 2.3 times twice what a quarter costs.

Time is compared with time in one run, at sizes where nothing that is done once counts; a machine that is busy with
something else is asked again.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Callable
from time import process_time

import pytest
from costly_texts import NAMES, TITLE, costly_text
from word_package import source_of

from extract.read import read_document
from nianbao.reading.outcomes import judge_report
from normalize.read import read_report
from output.tables.render import render

SIZE = 20_000
MOST = 2.3**2
"""How many times as long four times as much may take."""
TRIES = 4


def read_and_render(data: bytes) -> float:
    """Seconds of this process from bytes to rows."""
    gc.collect()
    gc.disable()
    began = process_time()
    try:
        render([judge_report(read_report(read_document(data, source_of(data))))])
        return process_time() - began
    finally:
        gc.enable()


def assert_linear(write: Callable[[int, int], bytes], size: int) -> None:
    """Four times the size costs about four times as much, in one of a few tries."""
    small = large = math.inf
    for attempt in range(TRIES):
        small = min(small, read_and_render(write(size, 1000 * attempt)))
        large = min(large, read_and_render(write(4 * size, 1000 * attempt)))
        if large <= MOST * small:
            return
    pytest.fail(f"{small:.3f} s for {size}, {large:.3f} s for four times as much")


@pytest.mark.parametrize("name", NAMES)
def test_a_text_costs_no_more_than_its_length(name: str) -> None:
    assert_linear(lambda size, first: costly_text(name, size, first).encode(), SIZE)


@pytest.mark.parametrize(
    "name", ["misprinted_titles", "misprints_in_one_line", "titles_in_one_line", "prose"]
)
def test_a_text_without_a_right_title_costs_no_more_either(name: str) -> None:
    """A title with a letter wrong is looked for where there is no other."""
    assert_linear(lambda size, first: costly_text(name, size, first).removeprefix(TITLE).encode(), SIZE)


def page(body: str) -> bytes:
    return f"<html><meta charset=utf-8><body><h1>{TITLE}</h1>{body}</body></html>".encode()


def row(*cells: object) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


PAGES: dict[str, Callable[[int], str]] = {
    "tables": lambda i: f"<table>{row('予以公开', i)}{row(1, 2)}</table>",
    "paragraphs": lambda i: f"<p>予以公开 {i} 0 0 0 0 0 {i}</p>",
}
TABLES: dict[str, Callable[[int], str]] = {
    "rows": lambda i: row("予以公开", i, 0, 0, 0, 0, 0, i),
    "unlike": lambda i: row(f"第{i}号", i, 0, 0, 0, 0, 0, i),
    "heads": lambda i: row("自然人", "商业企业", "科研机构", "其他", "总计", f"备注{i}"),
    "blocks": lambda i: row("行政复议", "结果维持", f"第{i}") if i % 2 else row(i, 0, i),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_no_more_than_its_length(name: str) -> None:
    piece = PAGES[name]
    assert_linear(lambda size, first: page("".join(map(piece, range(first, first + size)))), 1000)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_costs_no_more_than_its_rows(name: str) -> None:
    piece = TABLES[name]
    assert_linear(
        lambda size, first: page(f"<table>{''.join(map(piece, range(first, first + size)))}</table>"), 1000
    )
