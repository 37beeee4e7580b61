"""A small leaflet on which a statement is written. It is made for screens, as no page has to be laid out for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import plainleaf

MADE = ("publish", "--format", "html")
EN, ES = Path("inhaler/en/index.html"), Path("inhaler/es/index.html")


def publish(root: Path, *more: str) -> None:
    done = plainleaf(*MADE, *more, root=root)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def made(content: Path) -> Path:
    """A root whose leaflet was published in both its languages."""
    publish(content)
    return content
