"""The form and the schema -> docs/codebook.md, Chinese and English.

Enters: fields.csv, applicants.csv, `schema`, `wording`. Leaves: the codebook. `python -m output.codebook`
writes it; with `--check` the exit code is 1 when the file is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from normalize.form.loader import FORM
from output import wording
from output.official_form import full_label
from output.schema import TABLES, WIDE_HEAD, Kind, TableSchema

PATH = Path(__file__).parent.parent / "docs" / "codebook.md"

TYPE_NAMES = {
    Kind.TEXT: "text",
    Kind.INTEGER: "integer (Int64)",
    Kind.DECIMAL: "decimal(38, 10)",
    Kind.FLOAT: "float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
}

INTRODUCTION = """\
# 编码手册 Codebook

由 `python -m output.codebook` 生成，请勿手改。 Generated; do not edit by hand.

每张表有 CSV（UTF-8，带 BOM，行尾 CR LF）和 Parquet 两份，列名、行、顺序相同。
用 `--parquet-by-year` 时，有 `year` 列的表的 Parquet 是一个文件夹，每年一个文件
（`observations.parquet/2023.parquet`，年度不明的在 `unknown.parquet`），列不变，按文件夹的路径读取即可。
空单元格在 Parquet 中是 null。数值照文件所印：CSV 不补零、不用指数；Parquet 为 decimal(38, 10)。
整数部分超过 28 位或小数超过 10 位的数字不存入 `value`：
该行 `status` 为 `unreadable`，`flags` 含 `doubt.value_range`，`raw` 保留原文。
NUL 和不成对的代理字符写作 `\\x00`、`\\udcff` 等。
CSV 单元格逐字照录，可能以 `=`、`+`、`-`、`@` 开头；
用电子表格查看请打开 workbook.xlsx，其中文字一律是文字，绝无公式。
正文可能超过 131072 字，用 Python 的 csv 模块读取前须调大 `csv.field_size_limit`。

Every table exists as CSV (UTF-8 with BOM, rows end in CR LF) and as Parquet: same columns, rows and
order. With `--parquet-by-year`, the Parquet of a table that has a column `year` is a folder with one file a
year (`observations.parquet/2023.parquet`, `unknown.parquet` where it is not known): same columns, read by
the folder's path. An empty cell is null in Parquet. Numbers stand as printed; one of more than 28 integer
digits or 10 decimals is not stored in `value`: its row is `unreadable`, flagged `doubt.value_range`, and
keeps `raw`. NUL and lone surrogates are written as visible escapes. CSV cells are verbatim and may begin
with `=`, `+`, `-` or `@`; for looking at them use workbook.xlsx, where text is always text. A section of
prose may exceed the 131072 characters at which Python's csv module stops: raise `csv.field_size_limit` first.
"""


def build_codebook() -> str:
    """The whole codebook.

    Returns:
        Markdown.
    """
    lines: list[str] = [INTRODUCTION]
    lines += ["## 文件 Files", ""]
    for schema in TABLES:
        lines += _table_section(schema)
    lines += ["## 指标 Fields", "", *_fields(), ""]
    lines += ["## 申请人 Applicants", "", *_applicants(), ""]
    lines += ["## 取值 Values", ""]
    for title, words in _closed_sets():
        lines += [f"### {title}", "", *_words(words), ""]
    lines += ["## 勾稽关系 Relations", "", *_words(wording.CHECKS)]
    return "\n".join(lines) + "\n"


def _closed_sets() -> tuple[tuple[str, wording.Words], ...]:
    return (
        ("observations.table", wording.TABLES),
        ("observations.status", wording.STATUSES),
        ("observations.flags（另有勾稽关系 and relations）, reports.doubts, issues.code", wording.CODES),
        ("reports.status", wording.FILE_STATUSES),
        ("reports.form", wording.EDITIONS),
        ("checks.verdict", wording.VERDICTS),
        ("checks.origin", wording.ORIGINS),
    )


def _markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _table_section(schema: TableSchema) -> list[str]:
    lines = [f"### {schema.name}.csv, {schema.name}.parquet", "", f"{schema.zh}。 {schema.en}.", ""]
    columns = schema.columns
    if schema.name == "wide":
        columns = WIDE_HEAD.columns
        lines += ["其余各列为下列指标（requests 表为 `field.applicant`）。 The rest: the fields below.", ""]
    rows = ((f"`{column.name}`", TYPE_NAMES[column.kind], column.zh, column.en) for column in columns)
    return [*lines, *_markdown_table(("列 column", "类型 type", "说明", "description"), rows), ""]


def _fields() -> Iterator[str]:
    head = ("序 order", "表 table", "版本 edition", "名称 field", "表中文字 label", "单位 unit", "说明 note")
    rows = (
        (
            *(str(field.order), field.table, ", ".join(field.editions), f"`{field.field}`"),
            *(full_label(field), field.unit.replace(" as printed", "（照所印 as printed）")),
            "；".join(_notes(field.group_zh if field.table == "disclosure" else "", field.also_seen_as)),
        )
        for field in FORM.fields
    )
    return _markdown_table(head, rows)


def _notes(group: str, spelling: str) -> Iterator[str]:
    if group:
        yield group
    if spelling:
        yield f"也写作 also seen as：{spelling}"


def _applicants() -> Iterator[str]:
    rows = ((str(one.order), f"`{one.applicant}`", one.label_zh) for one in FORM.applicants)
    return _markdown_table(("序 order", "名称 applicant", "表中文字 label"), rows)


def _words(words: wording.Words) -> Iterator[str]:
    rows = ((f"`{code}`", zh, en) for code, (zh, en) in words.items())
    return _markdown_table(("代码 code", "说明", "description"), rows)


def is_stale(path: Path) -> bool:
    """Whether the codebook on disk differs from what would be written.

    Args:
        path: the file.

    Returns:
        True when it is missing or differs.
    """
    return not path.is_file() or path.read_text(encoding="utf-8") != build_codebook()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the codebook, or check it.

    Args:
        arguments: of the command line.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m output.codebook", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 when docs/codebook.md is stale")
    if parser.parse_args(arguments).check:
        if is_stale(PATH):
            sys.stderr.write("docs/codebook.md is stale; run: python -m output.codebook\n")
            return 1
        return 0
    PATH.write_text(build_codebook(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
