"""Paragraphs -> the six sections, and the figures said in them.

Enters: paragraphs outside every table. Leaves: `Section`s and `Mention`s. The doors are
`sections.read_sections` and `mentions.read_mentions`. Knows nothing of the tables.
"""
