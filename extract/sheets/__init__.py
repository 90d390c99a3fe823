"""Spreadsheets (.xlsx, .xls, .et, .ods, Excel's XML) -> `Document`, as they display."""
