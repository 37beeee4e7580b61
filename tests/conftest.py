"""What many tests share: a fixed day, a private cache, and the shipped leaflets published once for the whole run."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from plainleaf.artifacts import processes, store
from plainleaf.cli import main as cli
from plainleaf.files import places
from plainleaf.formats.base import FORMATS
from tests.renders import (  # noqa: F401 - pytest finds its hooks here
    pytest_collection_finish,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

TESTS = Path(__file__).parent
ROOT = TESTS.parent
TODAY = date(2026, 12, 1)  # the shipped leaflet is to be checked again a year later: the tests must not depend on today
os.environ["SOURCE_DATE_EPOCH"] = "1796083200"  # TODAY, for commands that tests run

# Code is compiled once, not in each of the many processes that tests start, whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine fails no test; in CI each run draws the same examples. By hand, `--hypothesis-profile=wild` draws more.
_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("plainleaf", _NO_CLOCK, max_examples=30, derandomize=bool(os.environ.get("CI")))
settings.register_profile("wild", _NO_CLOCK, max_examples=1000)
settings.load_profile("plainleaf")

# The fork server that renders looks for our code where it was started, unless it is told.
OURS = {"PYTHONPATH": str(ROOT)}


# Files that take long begin first, that no worker is left with one at the end; the very first has all that is published
# made, and the others need none of it.
LONG = (
    "test_published", "test_first_danger", "test_any_content", "test_library", "test_changes", "test_adding",
    "test_looks", "test_fonts",
)  # fmt: skip


# Rooms whose tests lay out no page and start few processes: what `./do test --fast` runs.
FAST = (
    "checks/source", "checks/translation", "languages", "model",
    "readability", "sources", "terms",
)  # fmt: skip
FAST_FILES = ("test_architecture.py", "test_words.py")


@pytest.fixture
def slow() -> None:
    """Marks a test that takes many seconds: `./do test --fast` leaves it out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="only the tests that lay out no page: half a minute")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``--fast``, files of other rooms are not even read."""
    if (
        not config.getoption("--fast")
        or collection_path.suffix != ".py"
        or not collection_path.name.startswith("test_")
    ):
        return None
    here = collection_path.relative_to(TESTS).as_posix()
    return None if here in FAST_FILES or here.startswith(tuple(f"{room}/" for room in FAST)) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--fast"):
        items[:] = [item for item in items if not {"published", "slow"} & {*item.fixturenames}]  # type: ignore[attr-defined]
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What was collected stays: it is not walked through again with each search for garbage, which comes as seldom as
    in the workers that render (``artifacts/rendering.py``)."""
    from tests import once

    once.begin()
    _wait_for_no_disk()
    _load_for_workers_once()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _wait_for_no_disk() -> None:
    """What a test writes need not outlive a power cut: a test that publishes would wait for the disk as long as it
    computes."""
    opened = store._database

    def unsynced(path: Path, new: bool, remote: bool) -> sqlite3.Connection:
        database = opened(path, new, remote)
        database.execute("PRAGMA synchronous = OFF")
        return database

    store._database = unsynced
    os.fsync = lambda _: None


def _load_for_workers_once() -> None:
    """The fork server loads what any format needs: it is started by whichever test comes first, also by one that makes
    no PDF, and each worker of all later runs would load the rest by itself."""
    forked = processes.forked

    def loaded(office: processes.Office) -> processes.Worker:
        needed = (module for form in FORMATS.values() for module in (*form.preload, form.write.__module__))
        return forked(replace(office, preload=tuple(dict.fromkeys((*needed, *office.preload)))))

    processes.forked = loaded


def needs(tool: str, there: bool | None = None) -> None:
    """Skip the test on a user's machine that lacks a program, saying so; in CI that is a failure. ``there``: whether
    it has what is no program."""
    if shutil.which(tool) if there is None else there:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{tool} is not installed; ./do test installs it")
    pytest.skip(f"{tool} is not installed")


def plainleaf(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command from the folder ``root``, but in this process: libraries are loaded once for all tests, also for
    the workers that render, which all come from one fork server."""
    out, err = StringIO(), StringIO()
    with patch.dict(os.environ, OURS), chdir(root), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.main(arguments)
        except SystemExit as wrong_usage:
            code = int(wrong_usage.code or 0)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def plainleaf_process(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would, in a process of its own: also what its workers say is heard."""
    command = [sys.executable, str(ROOT / "publish.py"), *arguments]
    environment = os.environ | OURS
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=900, check=False)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The output folder with what ``tests/shipped.py`` says of the shipped leaflets; made once, also for parallel
    workers, and in one run. What ``./do test`` has just published is taken from there, as any run takes what is up to
    date."""
    from tests import shipped

    base = tmp_path_factory.getbasetemp()
    output = (base if worker_id == "master" else base.parent) / "published"
    with (output.parent / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not output.exists():
            shipped.take(ROOT / "build", output)
            # not measured by ./do cover: it would take half as long again, and smaller builds run the same lines
            part = patch("plainleaf.pipeline.is_chosen", lambda _, __, artifact: artifact.path in shipped.covered())
            with patch.dict(os.environ), part, shipped.unchecked():
                os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
                done = plainleaf("--quiet", "build", "--output", str(output))
            assert done.returncode == 0, done.stderr
    return output


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder of its own with one small leaflet in English and Spanish, to be broken at will."""
    root = tmp_path / "my leaflets"
    shutil.copytree(TESTS / "content", root)
    return root


@pytest.fixture(scope="session")
def small_tool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the shipped one, with two layouts: a4, and one that sets two languages side by side."""
    tool = tmp_path_factory.mktemp("tool")
    for layout in ("base", "a4", "bilingual"):
        shutil.copytree(ROOT / "layouts" / layout, tool / "layouts" / layout)
    leaflets = {f"{path.stem}.po" for path in (ROOT / "sources").glob("*.md")}
    shutil.copytree(ROOT / "locales", tool / "locales", ignore=lambda _, names: leaflets & {*names})
    return tool


@pytest.fixture
def two_layouts(small_tool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool comes with two layouts, for tests of what is the same with any: each run loads and fills all."""
    monkeypatch.setattr(places, "PACKAGE", small_tool / "plainleaf")


@pytest.fixture
def replaced() -> Iterator[Callable[[Path, str, str], None]]:
    """Edits a file: ``replaced(path, old, new)``; the old text must be there once."""

    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    yield edit
