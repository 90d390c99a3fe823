"""Outcomes -> workbook.xlsx, for people."""
