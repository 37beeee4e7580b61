"""A mistake of our own is one line and exit code 70; with --debug its traceback lies in a file that is named."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest

from plainleaf.artifacts import workers
from plainleaf.artifacts.limits import Task
from plainleaf.cli import main as cli
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model import Location


def broken(options: object) -> int:
    raise KeyError("a line\nand another")


def failing(prepared: Prepared, limits: Limits) -> Made:
    raise LookupError("in a worker")


def in_workers(options: object) -> int:
    task = Task(Prepared("a.pdf", Location("sources/a.md")), failing)
    with workers.in_this_process():
        ((_, made),) = workers.made({"a": task}, Limits(1, 4096))
    assert "failed: LookupError: in a worker" in made.findings[0].message
    return 1


def test_without_debug_it_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(cli._COMMANDS, "doctor", broken)
    assert cli.main(["doctor"]) == 70
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "KeyError" in err and "run it again with --debug" in err
    assert not logging.getLogger("plainleaf").handlers and logging.getLogger("plainleaf").propagate


@pytest.mark.parametrize(("name", "code"), [("babel.core", 3), ("plainleaf.babel", 70), (None, 70)])
def test_a_package_that_is_not_installed_is_no_mistake_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str | None, code: int
) -> None:
    def lacking(options: object) -> int:
        raise ModuleNotFoundError(f"No module named {name}", name=name)

    monkeypatch.setitem(cli._COMMANDS, "doctor", lacking)
    assert cli.main(["doctor"]) == code
    assert ("package babel is not installed" in capsys.readouterr().err) == (code == 3)


@pytest.mark.parametrize(("command", "code", "where"), [(broken, 70, "in broken"), (in_workers, 1, "in failing")])
def test_with_debug_the_traceback_is_in_the_file_that_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: object, code: int, where: str
) -> None:
    monkeypatch.setitem(cli._COMMANDS, "doctor", command)
    for arguments in (["doctor", "--debug"], ["--debug", "doctor"]):
        assert cli.main(arguments) == code
        err = capsys.readouterr().err
        found = re.search(r"is in (\S+\.log): send it", err)
        assert found and "Traceback" not in err and "run it again" not in err
        log = Path(found[1])
        text = log.read_text(encoding="utf-8")
        log.unlink()
        assert "Traceback (most recent call last)" in text and where in text and text.startswith("plainleaf ")


def test_nothing_is_written_where_nothing_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli._COMMANDS, "doctor", lambda options: 0)
    assert cli.main(["doctor", "--debug"]) == 0 and capsys.readouterr() == ("", "")
