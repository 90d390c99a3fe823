"""A second reader for PDF, by pdfplumber: no engine and no way of finding tables in common with the first."""
