"""An encrypted PDF and passwords -> the same PDF without encryption.

Enters: bytes and the passwords that a person gave. Leaves: bytes that every reader of PDF can open.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from extract.errors import Encrypted


def unlock_pdf(data: bytes, passwords: Sequence[str]) -> bytes:
    """The document as it is after opening it with the first password that fits.

    Raises:
        Encrypted: none of them fits.
    """
    for password in passwords:
        try:
            document = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError:
            continue
        opened = io.BytesIO()
        with document:
            document.save(opened, flags=raw.FPDF_REMOVE_SECURITY)
        return opened.getvalue()
    raise Encrypted
