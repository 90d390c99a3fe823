"""Paragraphs -> the six sections, and the figures said in them."""
