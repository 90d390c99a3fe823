"""Encrypted PDFs open with the passwords that a person gives, and are read like any other."""

from __future__ import annotations

import pytest
from pdf_drawing import Sheet, write_pdf

from extract.document import Source
from extract.errors import Encrypted
from extract.pdf import read_pdf
from extract.pdf.unlock import unlock_pdf

SOURCE = Source("a.pdf", "0" * 64, 1)


def locked(password: str) -> bytes:
    sheet = Sheet()
    sheet.table((50, 150, 250), (100, 120, 140), (("甲乙", "12"), ("丙", "3")))
    return write_pdf(sheet, password=password)


def test_the_password_that_fits_opens_it() -> None:
    opened = unlock_pdf(locked("secret"), ("wrong", "secret"))
    texts = [c.text for block in read_pdf(opened, SOURCE).blocks for c in getattr(block, "cells", ())]
    assert texts == ["甲乙", "12", "丙", "3"]


def test_none_that_fits_is_refused_by_name() -> None:
    with pytest.raises(Encrypted):
        unlock_pdf(locked("secret"), ("wrong",))
