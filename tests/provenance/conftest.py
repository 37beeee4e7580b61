"""A small leaflet on which a statement is written. It is made for screens, as no page has to be laid out for that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf.files import places
from tests.conftest import TESTS, plainleaf

MADE = ("publish", "--format", "html")
EN, ES = Path("inhaler/en/index.html"), Path("inhaler/es/index.html")


def publish(root: Path, *more: str) -> None:
    done = plainleaf(*MADE, *more, root=root)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def made_once(small_tool: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root whose leaflet was published in both its languages, with two layouts; to be copied."""
    root = tmp_path_factory.mktemp("provenance") / "my leaflets"
    shutil.copytree(TESTS / "content", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "PACKAGE", small_tool / "plainleaf")
        publish(root)
    return root


@pytest.fixture
def made(made_once: Path, two_layouts: None, tmp_path: Path) -> Path:
    """The same as one's own."""
    root = tmp_path / "my leaflets"
    shutil.copytree(made_once, root)
    return root
