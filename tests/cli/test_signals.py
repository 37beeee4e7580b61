"""SIGTERM and SIGHUP end a run as Ctrl-C does; what the system refuses is one line that says what to do."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plainleaf import files
from plainleaf.cli import main as cli
from plainleaf.cli import signals
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def as_in_a_terminal() -> Iterator[None]:
    """Nothing is ignored, even where the tests themselves run behind ``nohup`` (SIGHUP) or ``&`` (SIGINT)."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in signals.ENDING}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(command: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of a command that does this."""

    def does(_: argparse.Namespace) -> int:
        command()
        return 0

    monkeypatch.setitem(cli._COMMANDS, "doctor", does)
    return cli.main(["doctor"])


def raised(error: BaseException) -> Callable[[], object]:
    def throw() -> None:
        raise error

    return throw


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_run_with_one_line(
    number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    put_away = []

    def work() -> None:
        try:
            os.kill(os.getpid(), number)
            time.sleep(60)
        finally:
            put_away.append(number)

    assert run(work, monkeypatch) == code
    assert capsys.readouterr().err == "stopped; files that were finished are complete, and nothing is half-written\n"
    assert put_away == [number] and signal.getsignal(number) == before


def test_a_second_signal_does_not_disturb_what_is_put_away(monkeypatch: pytest.MonkeyPatch) -> None:
    put_away = []

    def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(60)
        finally:
            os.kill(os.getpid(), signal.SIGHUP)
            put_away.append(True)

    assert run(work, monkeypatch) == 143 and put_away


def test_what_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as under nohup
    try:
        assert run(lambda: os.kill(os.getpid(), signal.SIGHUP), monkeypatch) == 0
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_terminal_that_is_gone_changes_no_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def write(self, _: str) -> int:
            raise OSError(errno.EIO, "Input/output error")

        def flush(self) -> None:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("sys.stderr", Gone())
    assert run(raised(signals.Stopped(signal.SIGHUP)), monkeypatch) == 129


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_written_is_named_with_a_way_out(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "locales/es/approvals.toml")
    error = files.UnwrittenError(code, os.strerror(code), path)
    assert run(raised(error), monkeypatch) == 1
    err = capsys.readouterr().err
    assert path in err and os.strerror(code) in err and "unchanged" in err and "How to fix: " in err
    assert "Traceback" not in err


def test_no_memory_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(raised(MemoryError()), monkeypatch) == 1
    err = capsys.readouterr().err
    assert "no memory left" in err and "How to fix: close other programs" in err


def test_a_report_that_finds_no_room_is_said_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(cli._COMMANDS, "doctor", lambda _: raised(KeyError("x"))())
    monkeypatch.setattr("tempfile.mkstemp", lambda **_: raised(OSError(errno.ENOSPC, "full"))())
    assert cli.main(["doctor", "--debug"]) == 70
    assert "for your report:" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a console, not to a process")
def test_ctrl_c_before_the_command_is_there_says_nothing() -> None:
    start = "import signal, os, sys; from plainleaf.__main__ import main; sys.meta_path.insert(0, Stop()); main()"
    stop = (
        "class Stop:\n def find_spec(self, name, *_):\n  os.kill(os.getpid(), 2) if name == 'plainleaf.cli' else None\n"
    )
    code = f"import os\n{stop}{start}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")
