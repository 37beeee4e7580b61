"""Limits on a render are the same on a busy machine; a worker that is killed takes nothing with it."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from multiprocessing.util import Finalize
from pathlib import Path

import pytest

from plainleaf.artifacts import processes, workers
from plainleaf.artifacts.processes import Worker
from plainleaf.artifacts.workers import Task
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.formats.pdf import shortening
from plainleaf.model import Location
from tests.conftest import plainleaf


def task(name: str, todo: str) -> Task:
    """A task whose content says what ``rendering`` is to do, and in which folder it leaves traces."""
    return Task(Prepared(name, Location(f"sources/{name}.md"), todo), rendering)


def rendering(asked: Prepared, limits: Limits) -> Made:
    """In the worker: what a render may do, without a page."""
    what, _, folder = asked.content.partition(" ")
    traces = Path(folder) / asked.name
    traces.write_text((traces.read_text() if traces.exists() else "") + "x")
    if what == "sleep":
        time.sleep(1.2)
    while what == "spin":
        pass
    while what == "spin-in-a-library":
        sum(range(10**9))
    begun = time.process_time()
    while what == "compute" and time.process_time() < begun + 0.45:
        pass
    if what.startswith("SIG") and (not what.endswith("-once") or len(traces.read_text()) == 1):
        os.kill(os.getpid(), signal.Signals[what.removesuffix("-once")])
    if what == "leave":
        os._exit(3)
    if what == "last-words":
        Finalize(None, traces.with_suffix(".ended").touch, exitpriority=1)
    if what == "memory":
        bytearray(2**40)
    if what == "open":
        there = [each for each in Path("/proc/self/fd").iterdir() if each.exists()]
        traces.write_text(" ".join(str(each.readlink()) for each in there))
    if what == "rubbish":
        return None  # type: ignore[return-value]
    return Made({".pdf": b"%PDF"})


def outcome(folder: Path, *todo: str, seconds: int = 1) -> dict[str, Made]:
    tasks = {f"{number}-{what}": task(f"{number}-{what}", f"{what} {folder}") for number, what in enumerate(todo)}
    return dict(workers.made(tasks, Limits(seconds, 4096)))


def said(made: Made) -> str:
    (finding,) = made.findings
    assert finding.check == "render-limit" and not made.files
    return f"{finding.at}: {finding.message} ({finding.hint})"


# --------------------------------------------------------------------------- time


def test_a_render_that_only_waits_is_not_refused(tmp_path: Path) -> None:
    assert outcome(tmp_path, "sleep")["0-sleep"].files


@pytest.mark.parametrize("what", ["spin", "spin-in-a-library"])
def test_a_render_that_computes_too_long_is_refused_with_the_setting_and_what_was_measured(
    tmp_path: Path, what: str
) -> None:
    made = outcome(tmp_path, what, "quick", "quick", "quick")
    text = said(made.pop(f"0-{what}"))
    assert text.startswith(f"sources/0-{what}.md: 0-{what}: took more than 1 s of processor time")
    assert "time-limit = 1" in text and "[tool.plainleaf] in pyproject.toml" in text
    assert all(each.files for each in made.values()) and len(made) == 3
    assert (tmp_path / f"0-{what}").read_text() == "x"  # the text is to blame: it is not tried again


def test_each_sheet_has_all_of_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    made = outcome(tmp_path, *["compute"] * 3)
    assert all(each.files for each in made.values())


def test_a_worker_that_hangs_is_given_up_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "GRACE", -5)
    made = outcome(tmp_path, "SIGSTOP", "quick")
    text = said(made["0-SIGSTOP"])
    assert "did not finish in 5 s" in text and "time-limit" in text
    assert made["1-quick"].files


def test_laying_out_again_is_limited_by_computing_not_by_the_clock() -> None:
    patience = shortening.Patience(0.2)
    time.sleep(0.2)
    assert patience.one_more()
    end = time.process_time() + 0.1
    while time.process_time() < end:
        pass
    assert not patience.one_more()


# --------------------------------------------------------------------------- death


@pytest.mark.parametrize("how", ["SIGKILL", "SIGTERM", "SIGSEGV"])
def test_a_sheet_whose_worker_is_killed_is_tried_once_more(tmp_path: Path, how: str) -> None:
    made = outcome(tmp_path, f"{how}-once", "quick", "quick")
    assert all(each.files for each in made.values()) and len(made) == 3
    assert (tmp_path / f"0-{how}-once").read_text() == "xx"


TWICE = {
    "SIGKILL": "its worker was killed twice from outside (SIGKILL): is the machine out of memory?",
    "SIGSEGV": "crashed the renderer twice (SIGSEGV)",
    "leave": "crashed the renderer twice (exit code 3)",
}


@pytest.mark.parametrize(("how", "told"), TWICE.items(), ids=TWICE)
def test_killed_twice_is_said_and_the_others_go_on(tmp_path: Path, how: str, told: str) -> None:
    made = outcome(tmp_path, how, "quick", how, "quick")
    assert told in said(made[f"0-{how}"]) and told in said(made[f"2-{how}"])
    assert made["1-quick"].files and made["3-quick"].files
    assert (tmp_path / f"0-{how}").read_text() == "xx"


def test_files_whose_workers_were_killed_once_are_all_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 3)
    made = outcome(tmp_path, *["SIGKILL-once"] * 3, "quick", "quick")
    assert all(each.files for each in made.values()) and len(made) == 5
    assert all((tmp_path / f"{number}-SIGKILL-once").read_text() == "xx" for number in range(3))


def test_workers_killed_at_every_file_are_told_of_once_and_no_text_is_blamed(tmp_path: Path) -> None:
    made = outcome(tmp_path, *["SIGKILL"] * 5)
    findings = {finding for each in made.values() for finding in each.findings}
    (finding,) = findings
    assert len(made) == 5 and not any(each.files for each in made.values())
    assert str(finding.at) == "pyproject.toml" and "no text is to blame" in finding.message
    assert "memory-limit than 4096" in finding.hint
    tries = sorted(len((tmp_path / f"{number}-SIGKILL").read_text()) for number in range(5))
    assert tries == [1, 1, 2, 2, 2], "no more is tried once three died again, one at a time"


def test_too_little_memory_names_the_setting(tmp_path: Path) -> None:
    text = said(outcome(tmp_path, "memory")["0-memory"])
    assert "4096 MB" in text and "memory-limit" in text and "pyproject.toml" in text


def test_what_a_format_gives_instead_of_files_is_a_finding(tmp_path: Path) -> None:
    made = outcome(tmp_path, "rubbish", "quick")
    assert "NoneType" in said(made["0-rubbish"]) and made["1-quick"].files


Start = Callable[..., Worker]


@pytest.mark.parametrize(("times", "code"), [(1, 0), (2, 1)])
def test_a_build_whose_worker_is_killed_from_outside(
    content: Path, monkeypatch: pytest.MonkeyPatch, times: int, code: int
) -> None:
    start: Start = workers._Run._start
    left = [times]

    def killing(*arguments: object) -> Worker:
        worker = start(*arguments)
        if left[0] and worker.name.endswith(".es.a4.pdf"):
            left[0] -= 1
            os.kill(worker.process.pid or 0, signal.SIGKILL)
        return worker

    monkeypatch.setattr(workers._Run, "_start", killing)
    done = plainleaf("build", "--layout", "a4", root=content)
    assert done.returncode == code
    assert (content / "build/inhaler/inhaler.en.a4.pdf").is_file()
    assert (content / "build/inhaler/inhaler.es.a4.pdf").is_file() == (code == 0)
    assert ("inhaler.es.a4.pdf: its worker was killed twice" in done.stderr) == (code == 1)


def test_a_worker_that_is_done_ends_by_itself(tmp_path: Path) -> None:
    """So that what was measured in it, as by `./do cover`, is written."""
    assert outcome(tmp_path, "last-words")["0-last-words"].files
    assert (tmp_path / "0-last-words.ended").exists()


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="needs Linux")
@pytest.mark.parametrize(("share", "started"), [(0.0, 3), (0.6, 1)])
def test_a_worker_that_holds_too_much_makes_room_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float, started: int
) -> None:
    monkeypatch.setattr(processes, "_FULL", share)
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    begun, start = list[Worker](), processes.forked
    monkeypatch.setattr(processes, "forked", lambda office: (begun.append(start(office)), begun[-1])[1])
    made = outcome(tmp_path, "write", "write", "write")
    assert len(made) == 3 and all(each.files for each in made.values())
    assert len(begun) == started


# --------------------------------------------------------------------------- a copy of this process, for one file


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
def test_a_worker_that_is_a_copy_keeps_the_limits_and_none_of_the_files_that_are_open_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "for_few", lambda tasks: processes.copied)
    assert "took more than 1 s of processor time" in said(outcome(tmp_path, "spin")["0-spin"])
    with (tmp_path / "lock").open("w"):
        assert outcome(tmp_path, "open")["0-open"].files
    assert str(tmp_path / "lock") not in (tmp_path / "0-open").read_text()


def test_only_the_first_run_of_a_process_copies_it_and_only_for_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen(*runs: int, platform: str = "linux") -> list[bool]:
        monkeypatch.setattr(processes, "_RUNS", count())
        monkeypatch.setattr(processes, "_threads", lambda: 1)
        monkeypatch.setattr(processes.sys, "platform", platform)
        return [processes.for_few(tasks) is processes.copied for tasks in runs]

    assert chosen(1, 1) == [True, False]
    assert chosen(2, 1) == [False, False]
    assert chosen(1, platform="darwin") == [False]


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_a_process_with_threads_is_not_copied_those_of_compiled_libraries_count_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "_RUNS", count())
    waiting = _thread.allocate_lock()
    with waiting:
        _thread.start_new_thread(waiting.acquire, ())  # ``threading`` sees none of these
        assert processes.for_few(1) is processes.forked
