"""What all tests share: one language, and property tests that do the same on every machine."""

import os

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    """Messages in Chinese whatever the locale; a test that wants English says so."""
    monkeypatch.setenv("NIANBAO_LANG", "zh")
    for name in ("LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        if name in os.environ:
            monkeypatch.delenv(name)
