"""A file that the machine has no room for: the message says what is full and what to do, and blames no text."""

from __future__ import annotations

import errno
import os
import pickle
import resource

import pytest

from plainleaf.artifacts.limits import Task, packed, within
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model import Location

LIMITS = Limits(9, 4000)


def failing(prepared: Prepared, limits: Limits) -> Made:
    raise prepared.content


def said(error: BaseException) -> tuple[str, str, str]:
    """What is said, what to do, and the traceback that is kept."""
    made, trace = within(Task(Prepared("a.pdf", Location("sources/a.md"), error), failing), LIMITS)
    (finding,) = made.findings
    assert not made.files
    return finding.message, finding.hint, trace


def test_a_full_disk_for_temporary_files() -> None:
    what, hint, trace = said(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/somewhere/font.ttf"))
    assert "/somewhere/font.ttf" in what and "disk is full" in hint and not trace
    what, hint, _ = said(OSError(errno.EROFS, os.strerror(errno.EROFS)))
    assert "a.pdf: could not be made" in what and "read-only" in hint


def test_another_failure_of_the_system_is_to_be_reported() -> None:
    what, hint, trace = said(OSError("odd"))
    assert "OSError: odd" in what and "report this" in hint and "Traceback" in trace


def test_the_lower_limit_on_memory_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    what, hint, _ = said(MemoryError())
    assert "4000 MB" in what and "memory-limit" in hint
    monkeypatch.setattr(resource, "getrlimit", lambda which: (700 * 1024**2, resource.RLIM_INFINITY))
    what, hint, _ = said(MemoryError())
    assert "700 MB" in what and "ulimit -v" in what and "memory-limit" not in hint


def test_what_says_whether_a_file_is_out_of_date_does_not_go_to_a_worker() -> None:
    whole = Prepared("a.pdf", Location("a.md"), "page", texts=("text",), shared=("css",), about="x", places=("a.md:3",))
    sent = pickle.loads(packed(Task(whole, failing)))
    assert sent == Task(Prepared("a.pdf", Location("a.md"), "page"), failing)
