"""From the journal to the results: rows, versions, tables, a folder replaced whole or not at all."""
