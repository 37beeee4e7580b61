"""Files made by a cluster are those that this machine makes; what goes wrong there costs nothing and is said."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from plainleaf import files
from plainleaf.artifacts import cluster, remote, schedulers
from plainleaf.artifacts.limits import Task
from plainleaf.artifacts.processes import Office, Worker
from plainleaf.artifacts.schedulers import Place
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model import Location
from plainleaf.model.usage import UsageError
from tests.conftest import OURS, plainleaf

if importlib.util.find_spec("distributed") is None:
    assert not os.environ.get("CI"), "distributed is in the lock of the tests"
    pytest.skip("distributed is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
LIMITS = Limits(20, 8000)


class There:
    """A scheduler and its workers, each a process of its own, on this machine's own network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.scheduler = self._start("scheduler", "--host", self.address)
        self.workers = [self.add() for _ in range(2)]

    def add(self) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")

    def _start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
        environment = os.environ | OURS | {"PLAINLEAF_CACHE": str(self.cache)}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, env=environment, cwd=self.folder, stdout=log, stderr=log)

    def sent(self) -> dict[str, int]:
        """What the workers keep of pictures and fonts, with when it came."""
        return {path.name: path.stat().st_mtime_ns for path in (self.cache / "supplied").iterdir()}

    @contextlib.contextmanager
    def connected(self, workers: int = 2) -> Iterator[cluster.Cluster]:
        with cluster.connected(Place(self.address)) as found:
            ends = time.monotonic() + 60
            while len(found.threads()) < workers and time.monotonic() < ends:
                time.sleep(0.1)
            yield found

    @contextlib.contextmanager
    def connected_in_the_end(self, workers: int) -> Iterator[cluster.Cluster]:
        """The same where patience is short: a busy machine is asked again."""
        ends = time.monotonic() + 120
        with contextlib.ExitStack() as stack:
            while True:
                try:
                    found = stack.enter_context(self.connected(workers))
                    break
                except UsageError:
                    assert time.monotonic() < ends
            yield found


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[There]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schedulers, "PATIENCE", 60.0)  # on a busy machine
        found = There(tmp_path_factory.mktemp("cluster"))
        try:
            yield found
        finally:
            for process in (*found.workers, found.scheduler):
                process.kill()
                process.wait()


def doing(asked: Prepared, limits: Limits) -> Made:
    """At a worker, in the process that makes files: what a render may do, without a page."""
    what, _, folder = asked.content.partition(" ")
    traces = Path(folder, asked.name)
    traces.write_text((traces.read_text() if traces.exists() else "") + "x")
    first = traces.read_text() == "x"
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "kill-the-worker" and first:
        os.kill(os.getppid(), signal.SIGKILL)
    if what == "wait":
        time.sleep(120)
    if what == "full":
        raise OSError(28, os.strerror(28), "/somewhere/font.ttf")
    return Made({".pdf": what.encode()})


def tasks(folder: Path, *todo: str) -> dict[str, Task]:
    names = {f"{number}-{what}": what for number, what in enumerate(todo)}
    at = Location("sources/a.md")
    return {name: Task(Prepared(name, at, f"{what} {folder}"), doing) for name, what in names.items()}


def outcome(there: cluster.Cluster, folder: Path, *todo: str) -> dict[str, Made]:
    results = list(there.made(tasks(folder, *todo), LIMITS, ()))
    assert len(results) == len(todo)  # none is lost, none comes twice
    return dict(results)


def said(made: Made) -> str:
    (finding,) = made.findings
    assert finding.check == "render-limit" and not made.files
    return f"{finding.at}: {finding.message} ({finding.hint})"


# --------------------------------------------------------------------------- the same files


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#036"/></svg>'


def test_files_have_the_same_bytes_and_what_they_need_is_sent_once(
    content: Path, there: There, replaced: Callable[[Path, str, str], None], two_layouts: None
) -> None:
    (content / "sources/blue.svg").write_text(PICTURE, "utf-8")
    leaflet = content / "sources/inhaler.md"
    leaflet.write_text(leaflet.read_text("utf-8") + "\n![A blue square](blue.svg)\n", "utf-8")
    asked = ("publish", "--locale", "en", "--layout", "a4", "--output")
    there_too = ("--scheduler", there.address)
    assert (done := plainleaf(*asked, "here", root=content)).returncode == 0, done.stderr
    assert (done := plainleaf(*asked, "there", *there_too, root=content)).returncode == 0, done.stderr
    name = "inhaler/inhaler.en.a4.pdf"
    assert (content / "there" / name).read_bytes() == (content / "here" / name).read_bytes()
    once = there.sent()
    assert len(once) > 1  # the picture and fonts
    (content / "there" / name).unlink()
    assert plainleaf(*asked, "there", *there_too, root=content).returncode == 0
    assert (content / "there" / name).read_bytes() == (content / "here" / name).read_bytes()
    assert there.sent() == once


# --------------------------------------------------------------------------- what goes wrong at workers


def test_what_fails_there_is_named_and_the_others_are_made(there: There, tmp_path: Path) -> None:
    """A process that dies each time it is tried, and a machine without room."""
    with there.connected() as workers:
        made = outcome(workers, tmp_path, "die", "full", *["quick"] * 4)
    text = said(made.pop("0-die"))
    assert "0-die: crashed its worker 3 times (tcp://" in text and "SIGKILL" in text
    assert (tmp_path / "0-die").read_text() == "xxx"
    text = said(made.pop("1-full"))
    assert "/somewhere/font.ttf" in text and "disk is full" in text
    assert all(each.files == {".pdf": b"quick"} for each in made.values())


class Killing:
    """A cluster of one worker, in which tasks whose names are among these are killed each time."""

    def __init__(self, *names: str) -> None:
        self.names, self.known, self.client = names, {"tcp://a:1": None}, self

    def threads(self) -> dict[str, int]:
        return {"tcp://a:1": 4}

    def come(self, _: object) -> None: ...

    def send_files(self, *_: object) -> None: ...

    def cancel(self, *_: object, **__: object) -> None: ...

    def submit(self, _: object, name: str, **__: object) -> SimpleNamespace:
        answer = remote.Answer(None, "SIGKILL") if name in self.names else remote.Answer(Made({".pdf": b"x"}))
        future = SimpleNamespace(key=name, result=lambda timeout: answer, release=lambda: None)
        future.add_done_callback = lambda then: then(future)
        return future


def killed(*names: str) -> dict[str, Made]:
    todo = tasks(Path(), *"abcdef")
    run = cluster._Run(cast("cluster.Cluster", Killing(*names)), todo, lambda task, _: task.prepared.name)
    results = list(run.made())
    run.give_up()
    assert sorted(name for name, _ in results) == sorted(todo)  # none is lost, none comes twice
    return dict(results)


def test_machines_that_kill_several_tasks_are_to_blame_and_no_text() -> None:
    made = killed("1-b", "2-c", "4-e")
    said = {name: made[name].findings for name in ("1-b", "2-c", "4-e")}
    (finding,), *_ = said.values()
    assert set(said.values()) == {(finding,)}, "said once"
    assert finding.check == "machine" and "at tcp://a:1 (the process that made it ended by SIGKILL)" in finding.message
    assert "no text is to blame" in finding.message and "see what these machines lack" in finding.hint
    assert all(made[name].files for name in made.keys() - said.keys())


def test_two_texts_that_are_killed_each_time_are_named() -> None:
    made = killed("0-a", "3-d")
    assert "0-a: crashed its worker 3 times" in said(made["0-a"]) and "3-d: crashed" in said(made["3-d"])


def test_a_lost_file_is_sent_again(there: There, tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_bytes(os.urandom(50))
    task = Task(Prepared("a", Location("a.md"), f"quick {tmp_path}"), doing, (str(tmp_path / "font.ttf"),))
    with there.connected() as workers:
        assert dict(workers.made({"a": task}, LIMITS, ()))["a"].files
        for path in (there.cache / "supplied").iterdir():
            path.unlink()
        assert dict(workers.made({"a": task}, LIMITS, ()))["a"].files
    assert len(there.sent()) == 1


def test_what_is_no_longer_wanted_is_not_made(there: There, tmp_path: Path) -> None:
    """As after Ctrl-C, or when the disk that takes the files is full."""
    with there.connected() as workers:
        results = workers.made(tasks(tmp_path, *["quick"] * 40), LIMITS, ())
        next(results)
        results.close()  # type: ignore[attr-defined]
        time.sleep(0.5)
        assert len(list(tmp_path.iterdir())) < 10
        assert outcome(workers, tmp_path / "..", "quick")["0-quick"].files


def test_a_full_disk_here_leaves_what_is_whole_and_says_so(
    content: Path, there: There, two_layouts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, room = files.Root.save, list[tuple[Path, bytes]]()

    def full(root: files.Root, path: Path, data: bytes, mode: int = 0o644) -> bool:
        """There is room for one edition."""
        if path.name == "index.html" and path.parent.parent.name == "inhaler":
            if room:
                raise files.UnwrittenError(28, os.strerror(28), str(path))
            room.append((path, data))
        return save(root, path, data, mode)

    monkeypatch.setattr(files.Root, "save", full)
    done = plainleaf("publish", "--format", "html", "--scheduler", there.address, root=content)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "No space left" in done.stderr and "How to fix:" in done.stderr
    made = list(content.glob("build/inhaler/*/index.html"))
    assert [(path.relative_to(content), path.read_bytes()) for path in made] == [
        (Path("build/inhaler", path.parent.name, path.name), data) for path, data in room
    ]
    assert len(made) == 1, "the other one has no file at all"


@pytest.mark.parametrize("full", [False, True])
def test_a_process_that_holds_too_much_there_makes_room_for_another(full: bool) -> None:
    class One:
        process = SimpleNamespace(is_alive=lambda: True)
        is_full = full
        ended = False

        def end(self, *_: object) -> None:
            self.ended = True

    one, idle, office = One(), remote._Idle(), Office(LIMITS, "", (), {})
    idle.give_back(office, cast("Worker", one))
    assert one.ended == full
    idle.end()
    assert one.ended


# --------------------------------------------------------------------------- who is not let in


def test_a_worker_with_other_versions_is_refused_by_name_before_any_task(
    content: Path, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = remote.versions()
    monkeypatch.setattr(remote, "versions", lambda: own | {"weasyprint": "1.2", "plainleaf": f"9 sha256:{'a' * 64}"})
    done = plainleaf("publish", "--format", "html", "--scheduler", there.address, root=content)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert f"weasyprint {own['weasyprint']} (here 1.2)" in done.stderr and "(here 9 sha256:aaaaaaaaaaaa)" in done.stderr
    assert "tcp://127.0.0.1:" in done.stderr and "How to fix: install the same versions" in done.stderr
    assert not list(content.glob("build/*/*"))


def refused(address: str, **tls: str) -> str:
    with pytest.raises(UsageError) as error, cluster.connected(schedulers.checked(Place(address, **tls))):
        pass
    assert "How to fix:" in error.value.hint
    return f"{error.value} | {error.value.hint}"


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedulers, "PATIENCE", 1.0)


@contextlib.contextmanager
def listening(answer: bytes) -> Iterator[str]:
    """Something that listens and says the same to everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    found, _ = server.accept()
                    found.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_a_scheduler_that_is_not_there(hasty: None) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        assert f"no scheduler answers at {address}" in refused(address)


def test_a_scheduler_is_asked_for_also_where_a_loop_is_running_as_in_a_notebook(hasty: None) -> None:
    async def asked() -> str:
        return refused("tcp://127.0.0.1:9")

    with ThreadPoolExecutor(1) as apart:
        assert "no scheduler answers at tcp://127.0.0.1:9" in apart.submit(asyncio.run, asked()).result()


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 64, b"\0" * 64])
def test_what_is_no_scheduler(hasty: None, answer: bytes) -> None:
    with listening(answer) as address:
        text = refused(address)
        assert address in text and ("no scheduler answers" in text or "is not a dask scheduler" in text)


def test_a_scheduler_without_workers(hasty: None) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=False, protocol="tcp://", dashboard_address="127.0.0.1:0") as empty:
        ends = time.monotonic() + 120
        while "no scheduler answers" in (text := refused(empty.scheduler_address)) and time.monotonic() < ends:
            pass  # in a second, on a busy machine
        assert "has no workers" in text and "dask worker tcp://" in text


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://10.0.0.5", "tcp://a:99999", "-"])
def test_what_is_no_address(address: str) -> None:
    assert f"“{address}” is not the address of a scheduler" in refused(address)


def test_certificates_that_cannot_be_used(tmp_path: Path) -> None:
    assert "could not be read" in refused("tls://10.0.0.5:8786", authority=str(tmp_path / "ca.pem"))
    (tmp_path / "ca.pem").touch()
    assert "is not encrypted" in refused("tcp://10.0.0.5:8786", authority=str(tmp_path / "ca.pem"))


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedulers, "find_spec", lambda _: None)
    assert "pip install 'plainleaf[cluster]'" in refused("tcp://10.0.0.5:8786")


def test_what_is_somebodys_own_goes_to_no_other_machine(content: Path) -> None:
    done = plainleaf("publish", "inhaler", "--fill", "x.csv", "--scheduler", "tcp://10.0.0.5:8786", root=content)
    assert done.returncode == 2 and "never sent to another machine" in done.stderr


def test_a_run_without_a_scheduler_imports_nothing_of_all_this(content: Path, small_tool: Path) -> None:
    code = (
        f"import sys; from plainleaf.files import places as p; p.PACKAGE = p.Path({str(small_tool)!r}, 'plainleaf')"
        "; from plainleaf.cli.main import main; done = main(['publish', '--format', 'html', '--locale', 'es', '-q']);"
        " print(sorted({'dask', 'distributed', 'tornado', 'msgpack', 'cloudpickle'} & {*sys.modules}), done)"
    )
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nclinic = "sample"\nformats = ["html"]\n', "utf-8")
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=content, env=os.environ | OURS, capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("[] 0"), done.stdout + done.stderr


# --------------------------------------------------------------------------- what is lost on the way; they come last


def test_a_task_whose_worker_is_lost_is_made_elsewhere(there: There, tmp_path: Path) -> None:
    asked = list[str]()  # to rest in the end: one that is gone would be waited for
    with there.connected() as workers, pytest.MonkeyPatch.context() as patch:
        made = outcome(workers, tmp_path, "quick", "kill-the-worker", "quick", "quick")
        patch.setattr(type(workers.client), "run", lambda _, __, workers, **___: asked.extend(workers))
        workers.close()
    assert len(asked) == 1
    assert all(each.files for each in made.values())
    assert (tmp_path / "1-kill-the-worker").read_text() == "xx"
    assert sum(worker.poll() is not None for worker in there.workers) == 1


def test_a_scheduler_that_ends_meanwhile_is_named(
    there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    with there.connected(1):  # it is waited for here, and no longer when it is gone
        monkeypatch.setattr(schedulers, "PATIENCE", 3.0)
    with there.connected_in_the_end(1) as workers, pytest.raises(UsageError) as error:
        workers.client.loop.call_later(2, there.scheduler.kill)
        made.extend(workers.made(tasks(tmp_path, "quick", "wait"), LIMITS, ()))
    assert f"the scheduler at {there.address} has stopped" in str(error.value)
    assert "finished files are complete" in str(error.value) and "How to fix:" in error.value.hint
