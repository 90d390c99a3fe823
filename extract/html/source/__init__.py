"""Bytes of a page -> an element tree: encoding, wrappings, markup kept back.

Enters: bytes. Leaves: text (`encoding.py`), the page that a text holds (`saved.py`), its tree (`parse.py`),
and the tree with what a page keeps back (`reveal.py`).
"""
