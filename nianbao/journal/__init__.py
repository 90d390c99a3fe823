"""What was read, kept in one file beside the results, so that nothing is read twice.

Enters: events of the reading. Leaves: the same, to this run and to later ones. Doors: `file` opens the
journal, `journal` is asked, `rules` says by which rules a thing was read.
"""
