"""Cells of a page that no rulings enclose: read, and never with full confidence."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from ofd_drawing import grid, layer, parts, text, zipped
from pdf_drawing import Sheet, write_pdf
from scoring import read_bytes

ROWS = (
    ("项目", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
    ("一、本年新收政府信息公开申请数量", "9", "2", "1", "3", "4", "5", "24"),
    ("二、上年结转政府信息公开申请数量", "6", "7", "8", "1", "2", "3", "27"),
    ("（一）予以公开", "3", "4", "5", "1", "1", "2", "16"),
    ("（二）部分公开", "1", "2", "2", "1", "3", "4", "13"),
    ("（七）总计", "4", "6", "7", "2", "4", "6", "29"),
    ("四、结转下年度继续办理", "11", "3", "2", "2", "2", "2", "22"),
)
EDGES = [30, 190, 240, 290, 340, 410, 480, 520, 560]


TITLES = (
    (90, 60, "某市某局2023年政府信息公开工作年度报告", 14),
    (70, 100, "三、收到和处理政府信息公开申请情况", 12),
)
HEIGHTS = [130 + 20 * i for i in range(len(ROWS) + 1)]


def as_pdf(ruled: bool) -> bytes:
    sheet = Sheet()
    for title in TITLES:
        sheet.text(*title)
    if ruled:
        sheet.grid(EDGES, HEIGHTS)
    for row, y in zip(ROWS, HEIGHTS, strict=False):
        for x, content in zip(EDGES, row, strict=False):
            sheet.text(x + 2, y + 15, content, 9)
    return write_pdf(sheet)


def as_ofd(ruled: bool) -> bytes:
    mm = 25.4 / 72
    objects = [text(x * mm, y * mm, content, size * mm) for x, y, content, size in TITLES]
    if ruled:
        objects.append(grid([x * mm for x in EDGES], [y * mm for y in HEIGHTS]))
    for row, (y, _) in zip(ROWS, pairwise(HEIGHTS), strict=True):
        for x, content in zip(EDGES, row, strict=False):
            objects.append(text((x + 2) * mm, (y + 15) * mm, content, 9 * mm))
    return zipped(parts(layer(*objects)))


@pytest.mark.parametrize("write", [as_pdf, as_ofd])
def test_the_numbers_are_the_same_and_the_confidence_is_not(write: Callable[[bool], bytes]) -> None:
    enclosed, loose = (
        [(o.raw, o.confidence) for o in read_bytes(write(ruled)).observations if o.value is not None]
        for ruled in (True, False)
    )
    assert (
        [raw for raw, _ in enclosed] == [raw for raw, _ in loose] == [n for row in ROWS[1:] for n in row[1:]]
    )
    assert {confidence for _, confidence in enclosed} == {1.0}
    assert all(confidence < 0.9 for _, confidence in loose)
