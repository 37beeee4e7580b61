"""``publish --watch`` in a process of its own: a save is published, a mistake stops nothing, Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import OURS, ROOT

WAITING = "Waiting for a file to be saved. Ctrl-C ends this."


def _heeds_ctrl_c() -> None:
    """As in a terminal: what is started in the background of a script is told to ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Watching:
    """A run in a folder, whose lines are read as they come."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, str(ROOT / "publish.py"), "publish", "--watch", "--locale", "en", "--layout", "a4"]
        self.errors = root.parent / "stderr"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                command, cwd=root, env=os.environ | OURS, stdout=subprocess.PIPE, stderr=errors, text=True,
                start_new_session=True, preexec_fn=_heeds_ctrl_c,
            )  # fmt: skip
        self.end = threading.Timer(300, self.process.kill)  # whatever it waits for: the suite goes on
        self.end.start()

    def until(self, part: str) -> str:
        """The next line that has this in it."""
        assert self.process.stdout
        for line in self.process.stdout:
            if part in line:
                return line
        raise AssertionError(f"it ended without “{part}”: {self.errors.read_text()}")

    def ended(self, number: int) -> tuple[int, str]:
        """The exit code after a signal, and what was said until then."""
        os.killpg(self.process.pid, number)  # as a terminal sends Ctrl-C: to the workers too
        rest = self.process.stdout.read() if self.process.stdout else ""
        return self.process.wait(300), rest


@pytest.fixture
def watching(content: Path) -> Iterator[Watching]:
    run = Watching(content)
    try:
        yield run
    finally:
        run.end.cancel()
        if run.process.poll() is None:
            os.killpg(run.process.pid, signal.SIGKILL)
            run.process.wait()
        if run.process.stdout:
            run.process.stdout.close()


def test_each_save_is_published_and_a_mistake_keeps_the_last_good_file(content: Path, watching: Watching) -> None:
    source, made = content / "sources" / "inhaler.md", content / "build" / "inhaler" / "inhaler.en.a4.pdf"
    watching.until(WAITING)
    first, text = made.read_bytes(), source.read_text(encoding="utf-8")

    source.write_text(text.replace("## ", "## Now: ", 1), encoding="utf-8")
    assert watching.until("inhaler.md").startswith("sources/inhaler.md saved: 1 file made again; no errors")
    second = made.read_bytes()
    assert second != first

    source.write_text(text.replace("---", "----", 1), encoding="utf-8")
    assert "nothing to make again" in watching.until("inhaler.md saved")
    assert made.read_bytes() == second
    assert "sources/inhaler.md" in watching.errors.read_text()
    assert "How to fix" in watching.errors.read_text()

    for name in ("a.tmp", ".inhaler.md.swp", "inhaler.md~"):  # as editors leave for a moment
        (source.parent / name).write_text("x")
    half = source.with_suffix(".new")
    half.write_text(text, encoding="utf-8")
    half.replace(source)
    assert watching.until("saved").startswith("sources/inhaler.md saved: 1 file made again; no errors")
    assert made.read_bytes() == first

    (content / "plainleaf.toml").write_text('layouts = ["nowhere"]\n')
    assert watching.until("saved").startswith("plainleaf.toml saved: ")

    code, rest = watching.ended(signal.SIGINT)
    assert (code, rest) == (0, "stopped watching; files that were finished are complete, and nothing is half-written\n")
    assert "Traceback" not in watching.errors.read_text()


def test_several_saves_at_once_are_one_run(content: Path, watching: Watching) -> None:
    watching.until(WAITING)
    source = content / "sources" / "inhaler.md"
    text = source.read_text(encoding="utf-8")
    for number in range(5):
        source.write_text(text.replace("## ", f"## {number} ", 1), encoding="utf-8")  # one straight after the other
    assert "1 file made again" in watching.until("saved")
    code, rest = watching.ended(signal.SIGTERM)
    assert code == 0
    assert "saved" not in rest


def test_what_cannot_be_watched_is_said_at_once(content: Path) -> None:
    command = [sys.executable, str(ROOT / "publish.py"), "publish", "--watch", "nothing"]
    done = subprocess.run(command, cwd=content, env=os.environ | OURS, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is no leaflet “nothing”" in done.stderr
