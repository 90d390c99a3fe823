"""File -> `Document`. Knows file formats, knows no Chinese form.

Enters: the bytes of a file. Leaves: paragraphs and tables in reading order (`extract.document`), or one of
`extract.errors`. `read.py` is the door; `sniff.py` says what a file is; a package reads a family of formats.
"""
