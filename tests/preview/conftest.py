"""One preview and one browser for the tests of several views: each puts back what it changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser as browsers
from tests.conftest import TESTS
from tests.preview.serving import Running, running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browsers.chromium() as found:
        yield found


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running]]:
    """A preview of a folder of its own."""
    root = tmp_path_factory.mktemp("served") / "my leaflets"
    shutil.copytree(TESTS / "content", root)
    with running(root, "inhaler", "--locale", "es") as it:
        yield root, it


@pytest.fixture
def root(served: tuple[Path, Running]) -> Iterator[Path]:
    """Its folder, which is afterwards as it was."""
    folders = [served[0] / "sources", served[0] / "locales"]
    before = {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
    yield served[0]
    for path in [path for folder in folders for path in folder.rglob("*")]:
        if path.is_file() and path not in before:
            path.unlink()
    for path, data in before.items():
        path.write_bytes(data)


@pytest.fixture
def shared(served: tuple[Path, Running], root: Path) -> Running:
    return served[1]
