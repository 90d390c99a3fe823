"""Who reports, about which year, under which number and when.

Enters: paragraphs, margins, the title in the file's properties, the path. Leaves: an `Identity` that says
where each fact was found. `read.read_identity` is the door; `file_names` serves files that could not be
read as well. Knows titles, letterheads, signatures and the names of files, and no table.
"""
