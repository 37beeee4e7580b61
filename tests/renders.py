"""Counts the leaflets that a run of the tests lays out, which takes most of its time: they stay few.

What counts is what a test makes in its own process, and what workers make for it; not the small sheets of
``tests/sheets.py``, and not what a command makes that runs as a process of its own.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest

from plainleaf.artifacts import workers
from plainleaf.model import Sheet

MOST = 160
SMALL = "sample.pdf"

laid_out = Counter[str]()
"""How many leaflets, by the file of the tests that asked for them; in the end of all processes."""


def _count(sheet: object) -> None:
    if isinstance(sheet, Sheet) and sheet.name != SMALL:
        laid_out[os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]] += 1


def _counted(function: Callable[..., Any], sheets: Callable[..., Iterator[object]]) -> Callable[..., Any]:
    @wraps(function)
    def counted(*arguments: Any, **named: Any) -> Any:
        for sheet in sheets(*arguments):
            _count(sheet)
        return function(*arguments, **named)

    return counted


def pytest_collection_finish() -> None:
    if "plainleaf.formats.pdf.render" in sys.modules:  # as some test of a whole run has imported it
        render = sys.modules["plainleaf.formats.pdf.render"]
        render.write = _counted(render.write, lambda sheet, *_: iter([sheet]))  # type: ignore[attr-defined]
    run = workers._Run
    made = _counted(run.made, lambda of: (task.prepared.content for task in of.tasks.values()))
    run.made = made  # type: ignore[method-assign]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    laid_out.update(getattr(node, "workeroutput", {}).get("laid_out", {}))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["laid_out"] = dict(laid_out)
    elif laid_out.total() > MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    total = laid_out.total()
    files = ", ".join(f"{file} {count}" for file, count in laid_out.most_common(8))
    if total > MOST:
        terminalreporter.write_line(f"The tests lay out {total} leaflets, more than {MOST}: {files}.")
        terminalreporter.write_line("Share a render, test a unit, or put what is a matrix into tests/matrix.")
    elif total:
        terminalreporter.write_line(f"{total} leaflets were laid out, of {MOST} at most: {files}")
