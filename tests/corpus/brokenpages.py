"""Pages, spreadsheets and archives that hold no report, or that nothing can be read from.

Enters: a random source and sound files to spoil. Leaves: `Stray` files with what a run should say about them.
"""

from __future__ import annotations

import io
import json
from random import Random

import xlsxwriter

from corpus.broken import EITHER, FAILED, NOT_A_REPORT, Stray
from corpus.bundle import write_zip
from corpus.sheets import CREATED

_LOGIN = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>统一身份认证</title></head><body><form><label>用户名"
    "<input name=u></label><label>密码<input type=password></label><p>验证码 7 + 5 = <input></p></form></body></html>"
)
_REDIRECT = (
    '<html><head><meta http-equiv="refresh" content="0;url=./t20230118_4411.html"></head>'
    '<body><script>location.href="./t20230118_4411.html"</script></body></html>'
)
_EMPTY = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body></body></html>'
_RENDERED = (
    "<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>政府信息公开年报</title></head><body><noscript>"
    "We're sorry but this page doesn't work properly without JavaScript enabled.</noscript><div id=\"app\"></div>"
    '<script src="/static/js/chunk-vendors.3f2a.js"></script></body></html>'
)


def _workbook(rows: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet()
    for r, row in enumerate(rows):
        sheet.write_row(r, 0, row)
    book.close()
    return buffer.getvalue()


def _budget(rng: Random) -> bytes:
    n = rng.randint(10, 900)
    return _workbook(
        [
            ["2023年部门预算公开表"],
            ["项目", "预算数", "行政事业性收费", "总计"],
            ["行政许可窗口", n, n // 3, n + n // 3],
            ["行政处罚案件办理", n * 2, 0, n * 2],
        ]
    )


def _directory(rng: Random) -> str:
    rows = "".join(
        f"<tr><td>{i}</td><td>行政许可事项{i}</td><td>第二十条第（五）项</td><td>{rng.randint(1, 90)}</td></tr>"
        for i in range(1, 9)
    )
    return f"<html><body><table><tr><td>序号</td><td>名称</td><td>依据</td><td>数量</td></tr>{rows}</table></body></html>"


def draw_broken_pages(rng: Random, page: bytes, saved: bytes, sheet: bytes) -> list[Stray]:
    """One of each; `page` (UTF-8), `saved` (MHTML) and `sheet` (.xlsx) are sound reports to be spoiled."""
    mojibake = page.decode("gb18030", "replace").encode()
    error = json.dumps({"code": 500, "msg": "系统繁忙，请稍后再试", "data": None}, ensure_ascii=False)
    return [
        Stray("空页面.html", _EMPTY.encode(), "broken", "empty_page", EITHER),
        Stray("登录.html", _LOGIN.encode(), "not_a_report", "login", NOT_A_REPORT),
        Stray("跳转.htm", _REDIRECT.encode(), "not_a_report", "redirect", EITHER),
        Stray("前端渲染.html", _RENDERED.encode(), "not_a_report", "rendered", EITHER),
        Stray("目录.xls", _directory(rng).encode("gbk"), "not_a_report", "directory_page", NOT_A_REPORT),
        # UTF-8 once read as GBK and kept: the labels are lost for good, no number may be placed
        Stray("转码错误.html", mojibake, "broken", "mojibake", (*EITHER, "flagged")),
        Stray("截断.mht", saved[:400], "broken", "cut_mhtml", EITHER),
        Stray("接口错误.json", error.encode(), "not_a_report", "error_json", EITHER),
        Stray("截断.xlsx", sheet[: len(sheet) // 2], "broken", "cut_xlsx", FAILED),
        Stray("空表.xlsx", _workbook([]), "broken", "empty_xlsx", EITHER),
        Stray("预算公开表.xlsx", _budget(rng), "not_a_report", "budget_xlsx", NOT_A_REPORT),
        Stray("空.zip", write_zip({}), "broken", "empty_zip", EITHER),
    ]
