"""Outcomes -> workbook.xlsx, for people.

Outcomes enter one by one at the door, `writer`. `all_sheets` lists the sheets, of which `overview`,
`form_sheets` and `problems` know the contents, as plain values; `sheet_writer` puts them into the file.
"""
