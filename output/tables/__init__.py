"""Outcomes -> the tables of the contract: rows, CSV, Parquet, data package."""
