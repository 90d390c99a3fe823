"""An encrypted PDF and passwords -> the same PDF without encryption.

Enters: bytes and the passwords that a person gave. Leaves: bytes that every reader of PDF can open.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

from extract.errors import Damaged, Encrypted


def unlock_pdf(data: bytes, passwords: Sequence[str]) -> bytes:
    """The document as it is after opening it with the first password that fits.

    Raises:
        Encrypted: none of them fits.
        Damaged: one fits, and what it opens cannot be written anew.
    """
    for password in passwords:
        try:
            document = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError:
            continue
        opened = io.BytesIO()
        with document:
            try:
                document.save(opened, flags=raw.FPDF_REMOVE_SECURITY)
            except pypdfium2.PdfiumError as error:
                raise Damaged("PDF") from error
        return opened.getvalue()
    raise Encrypted
