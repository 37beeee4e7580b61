"""One kill: a command in a process of its own, ended in the midst of its work, and what is found afterwards.

The process is forked from one that has loaded everything, so that a moment drawn at random falls into the work and not
into the loading of libraries. Half of the moments are drawn by the clock, the others among the calls that open, make,
rename or take away files, which is where a file could be lost.
"""

from __future__ import annotations

import multiprocessing.util
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from plainleaf import library
from plainleaf.artifacts import inputs
from plainleaf.artifacts.store import STORE, Store
from plainleaf.cli import main as cli
from plainleaf.formats.base import FORMATS
from tests.conftest import OURS, TESTS

WHO = ("Ana Sample, translator", "Ben Sample, family doctor")
BEFORE = [  # signatures that no later run may lose
    ["approve", "es", "inhaler", "--by", WHO[0]],
    ["sign-off", "inhaler", "--by", WHO[1]],
]
COMMANDS = {
    "extract": ["extract"],
    "update": ["update"],
    "init": ["init", "fr", "de"],
    "approve": ["approve", "es", "puffer", "--by", WHO[0]],
    "sign-off": ["sign-off", "puffer", "--by", WHO[1]],
    "publish": ["publish", "inhaler", "--locale", "en", "--layout", "a4"],
}
LEFT = re.compile(r"\.plainleaf-|\.sqlite-|plainleaf-run-|pymp-|\.new$")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.chmod", "os.rmdir", "fcntl.flock"}

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Reference:
    """An unbroken run: all files before and after it, its seconds, and its calls that touch files."""

    start: Path
    before: Files
    after: Files
    seconds: float
    calls: int


@dataclass(frozen=True, slots=True)
class Kill:
    """What came of a kill. ``code``: how the run ended, negative for a signal; lists of what is wrong, by kind."""

    command: str
    when: str
    code: int
    partial: tuple[str, ...]
    lost: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def good(self) -> bool:
        return not (self.partial or self.lost or self.left)


def world(at: Path) -> None:
    """A root with two leaflets, one of them signed, with its own cache and temporary folder beside it."""
    root = at / "root"
    library.check(TESTS / "content")  # loads what runs need: those that are forked from here have it
    shutil.copytree(TESTS / "content", root)
    for file in ("sources/{}.md", "locales/es/LC_MESSAGES/{}.po"):
        shutil.copy(root / file.format("inhaler"), root / file.format("puffer"))
    for folder in ("cache", "temporary"):
        (at / folder).mkdir()
    for each in BEFORE:
        assert ended(begun(at, each)) == 0, (at / "said.txt").read_text()


def code() -> str:
    """What is noted of the code that files are made with, our own and that of libraries."""
    return inputs.versions(FORMATS["pdf"])


def _nothing() -> None:
    pass


def begun(
    at: Path, command: list[str], before: Callable[[], None] = _nothing, after: Callable[[], None] = _nothing
) -> int:
    """A process that runs a command in a world; ``before`` and ``after``: what it does
    besides."""
    child = os.fork()
    if child:
        return child
    try:
        os.environ |= {**OURS, "PLAINLEAF_CACHE": str(at / "cache"), "TMPDIR": str(at / "temporary")}
        os.environ["SOURCE_DATE_EPOCH"] = "1796083200"
        tempfile.tempdir = None
        os.chdir(at / "root")
        with (at / "said.txt").open("w") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        before()
        code = cli.main(command, "publish.py")
        after()
        sys.stdout.flush()
        sys.stderr.flush()
        multiprocessing.util._exit_function()  # type: ignore[attr-defined] # as at the end of a program
        os._exit(code)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(99)


def ended(child: int) -> int:
    """How a process ended: its exit code, or the signal's number below zero."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def files(at: Path) -> Files:
    """All files of a world by their paths, but for what the processes said."""
    return dict(sorted(_files(at)))


def _files(at: Path) -> Iterator[tuple[str, bytes]]:
    for folder, inner, names in os.walk(at):
        for name in (*names, *(each for each in inner if LEFT.search(each))):
            path = Path(folder, name)
            if path.name != "said.txt" and not path.is_socket():
                data = _noted(path) if path.name == STORE else path.read_bytes() if path.is_file() else b""
                yield path.relative_to(at).as_posix(), data.replace(bytes(at), b"@")  # settings of fonts name folders


def _noted(path: Path) -> bytes:
    """What a store says of the files beside it, whatever its bytes; read from a copy, so as to change nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for each in path.parent.glob(f"{STORE}*"):
            shutil.copy(each, folder)
        entries = Store(Path(folder)).entries
    plain = {name: replace(file, mark="") for entry in entries.values() for name, file in entry.files.items()}
    return repr(
        (sorted((key, replace(each, files={})) for key, each in entries.items()), sorted(plain.items()))
    ).encode()


class Calls:
    """Counts a process's calls that touch files, and has it do something at the nth."""

    def __init__(self, stop: int = 0, what: Callable[[], None] = lambda: None) -> None:
        self.seen, self._stop, self._what = 0, stop, what

    def count(self) -> None:
        """Begin to."""
        sys.addaudithook(self._hook)

    def _hook(self, event: str, given: tuple[object, ...]) -> None:
        if event in _EVENTS or (event == "open" and isinstance(given[2], int) and given[2] & _WRITING):
            self.seen += 1
            if self.seen == self._stop:
                self._what()


def reference(first: Path, folder: Path, command: str) -> Reference:
    """Runs a command in two copies of a world, undisturbed: to see what it makes, and to count its calls."""
    start = folder / "start"
    shutil.copytree(first, start)
    if command == "update":
        with (start / "root/sources/puffer.md").open("a", encoding="utf-8") as leaflet:
            leaflet.write("\nAsk us if you are not sure.\n")
    done = folder / "done"
    shutil.copytree(start, done)
    began = time.monotonic()
    code = ended(begun(done, COMMANDS[command]))
    seconds = time.monotonic() - began
    assert code == 0, (command, code, (done / "said.txt").read_text())
    counted = folder / "counted"
    shutil.copytree(start, counted)
    note, calls = folder / "calls", Calls()
    assert ended(begun(counted, COMMANDS[command], calls.count, lambda: note.write_bytes(b"%d" % calls.seen))) == 0
    return Reference(start, files(start), files(done), seconds, int(note.read_text()))


def kill(about: Reference, command: str, at: Path, chance: random.Random, number: int = signal.SIGKILL) -> Kill:
    """End a run at a moment that is drawn, look, run the command again, and look again."""
    shutil.copytree(about.start, at)
    if chance.random() < 0.5:
        stop = chance.randint(1, about.calls)
        when = f"call {stop} of {about.calls}"
        child = begun(at, COMMANDS[command], Calls(stop, lambda: os.kill(os.getpid(), number)).count)
    else:
        seconds = chance.uniform(0, about.seconds)
        when = f"{seconds:.2f} s of {about.seconds:.2f}"
        child = begun(at, COMMANDS[command])
        time.sleep(seconds)
        os.kill(child, number)
    code = ended(child)
    partial = list(_partial(files(at), about))
    if code > 0 and code != 128 + number:
        partial.append(f"ended with {code}: {(at / 'said.txt').read_text()[-300:]}")
    lost = [f"{path} is gone" for path in about.before if path not in files(at) and path.startswith("root/")]
    again = ended(begun(at, COMMANDS[command]))
    now = files(at)
    if again:
        lost.append(f"the next run ended with {again}: {(at / 'said.txt').read_text()[-300:]}")
    lost += [f"{path} is not as after an unbroken run" for path in about.after if _differs(path, now, about.after)]
    left = [path for path in now if LEFT.search(path.rpartition("/")[2]) and path not in about.after]
    shutil.rmtree(at)
    return Kill(command, when, code, tuple(partial), tuple(lost), tuple(left))


def _partial(now: Files, about: Reference) -> Iterator[str]:
    """Files that are neither as they were nor as they are to become."""
    for path, data in now.items():
        if LEFT.search(path):
            continue
        if path.endswith(STORE):
            continue  # grows with each file: what it holds in between is no half of it
        if data not in (about.before.get(path), about.after.get(path)) and path in about.after:
            yield f"{path} is half-written"
        elif path.startswith("root/") and path not in about.before and path not in about.after:
            yield f"{path} belongs to nothing"


def _differs(path: str, now: Files, after: Files) -> bool:
    return path.startswith("root/") and now.get(path) != after[path]
