"""One preview and one browser for the tests of several views: each puts back what it changes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import browser as browsers
from tests.conftest import TESTS
from tests.preview.serving import Running, running


@pytest.fixture(scope="session")
def opened_once() -> Iterator[Browser]:
    with browsers.chromium() as found:
        yield found


@pytest.fixture
def chromium(opened_once: Browser) -> Iterator[Browser]:
    """The windows that a test leaves, as one that fails may, are closed: the preview makes no more pages for them."""
    yield opened_once
    for context in opened_once.contexts:
        context.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running]]:
    """A preview of a folder of its own."""
    root = tmp_path_factory.mktemp("served") / "my leaflets"
    shutil.copytree(TESTS / "content", root)
    with running(root, "inhaler", "--locale", "es") as it:
        yield root, it


@pytest.fixture
def root(served: tuple[Path, Running]) -> Iterator[Path]:
    """Its folder, which is afterwards as it was; also to the preview, which hears of it only after a moment."""
    top, it = served
    before, known = _files(top), it.known()
    yield top
    for path in _files(top).keys() - before.keys():
        path.unlink()
    folders = [path for name in ("sources", "locales") for path in (top / name).rglob("*") if path.is_dir()]
    for path in sorted(folders, reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    changed = [path for path, data in before.items() if not path.is_file() or path.read_bytes() != data]
    for path in changed:
        half = path.with_name(f"{path.name}.half")
        half.write_bytes(before[path])
        half.replace(path)
    end = time.monotonic() + 120
    while (now := it.known()) != known and time.monotonic() < end:
        time.sleep(0.05)
    assert now == known


def _files(top: Path) -> dict[Path, bytes]:
    folders = [top / "sources", top / "locales"]
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def shared(served: tuple[Path, Running], root: Path) -> Running:
    return served[1]
