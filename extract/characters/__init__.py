"""Bytes -> characters, and what they show: encodings, invisible and raised ones, lost glyphs."""
