"""Outcomes -> workbook.xlsx, for people.

Enters: outcomes in their final order. Leaves: the file. Door: `writer`. The sheets are listed in
`all_sheets`; `overview`, `form_sheets` and `problems` know what stands in them, `sheet_writer` writes it.
"""
