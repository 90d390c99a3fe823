"""Bytes -> characters, and what they show: encodings, invisible and raised ones, lost glyphs.

Enters: bytes of a text, or characters as a format gives them. Leaves: text as printed, U+FFFD for a glyph
that nobody can name. `decode.py` is the door for bytes; the others are asked by the readers of formats.
"""
