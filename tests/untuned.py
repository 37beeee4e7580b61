"""WeasyPrint without our shortcuts, to compare with: as in a version that they are not for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from plainleaf.formats.pdf import engine


@contextmanager
def untuned(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is no shortcut is in place: notes of where lines end, fonts with a space."""
    with monkeypatch.context() as patched:
        patched.setattr(engine, "KNOWN", "another")
        with engine.tuned():
            yield
