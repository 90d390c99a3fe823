"""The tables' schema -> a Frictionless Data Package (v1).

Enters: `schema`. Leaves: datapackage.json, the same for every run.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from output.schema import TABLES, Column, Kind, TableSchema

FIELD_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "number",
    Kind.FLOAT: "number",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
}


def describe_package() -> dict[str, Any]:
    """The descriptor of a run's CSV files.

    Returns:
        The descriptor, ready for JSON.
    """
    return {
        "profile": "tabular-data-package",
        "name": "nianbao",
        "title": "政府信息公开工作年度报告数据",
        "description": (
            "从政府信息公开工作年度报告读出的表格。"
            " Tables read from Chinese annual reports on open government."
        ),
        "resources": [_describe_table(schema) for schema in TABLES],
    }


def _describe_table(schema: TableSchema) -> dict[str, Any]:
    table_schema: dict[str, Any] = {
        "fields": [_describe_column(column) for column in schema.columns],
        "missingValues": [""],
    }
    if schema.key:
        table_schema["primaryKey"] = list(schema.key)
    else:
        reference = {"resource": "reports", "fields": ["source"]}
        table_schema["foreignKeys"] = [{"fields": ["source"], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": schema.name,
        "path": f"{schema.name}.csv",
        "title": schema.zh,
        "description": schema.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": table_schema,
    }


def _describe_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES[column.kind],
        "title": column.zh,
        "description": column.en,
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.least is not None:
        constraints["minimum"] = column.least
    if column.most is not None:
        constraints["maximum"] = column.most
    return {**described, "constraints": constraints} if constraints else described


def write_datapackage(path: Path) -> None:
    """Write datapackage.json.

    Args:
        path: the file to write.
    """
    text = json.dumps(describe_package(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
