"""Word files as XML, and old Office files by way of LibreOffice.

Enters: bytes. Leaves: a `Document` each; `wordxml.py` and `converted.py` are the doors, and `libreoffice.py`
for many old files at once.
"""
