"""Reading zip archives, whatever they hold: office files, OFD, archives of files.

Enters: bytes. Leaves: what the directory says (`directory.py`), the bytes of single files (`content.py`), and
the document format that an archive is (`document_format.py`). Not by `zipfile`, which is made for archives
that one trusts: it gives up a whole archive for one name in the wrong encoding, takes the directory of a zip
inside for that of a cut one, lists a million files before anybody can stop it, and unpacks bzip2 and LZMA
without a limit.
"""
