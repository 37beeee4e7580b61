"""At a worker of a cluster: what a client asks of it. Nothing here imports the cluster's library.

A worker keeps the pictures and fonts that it was sent, by the digest of their content, so that each is sent once. Files
are written by processes beside it, within the limits of the client's settings, as on the client's own machine.
"""

from __future__ import annotations

import atexit
import re
import socket
import threading
import zlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from plainleaf import files
from plainleaf.artifacts import inputs, processes
from plainleaf.artifacts.limits import unmade
from plainleaf.artifacts.processes import Office, Worker
from plainleaf.files.cache import SUPPLIED, cache_folder
from plainleaf.formats.base import FORMATS, Limits, Made, Prepared
from plainleaf.typesetting import fontconfig
from plainleaf.typesetting.fonts import keep

LIBRARIES = ("cloudpickle", "dask", "distributed")  # what jobs and results travel by
MOST_BYTES = 2_000_000_000  # of what is kept of pictures and fonts; then the oldest go
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Order:
    """A task with what it needs at another machine. ``task``: it, packed (``limits.packed``) and compressed, as nobody
    looks at it before the process that does it; it reads files from where they lie at that machine. ``prepared``: what
    it is made from, without any content. ``needed``: digests of the files that it reads."""

    prepared: Prepared
    task: bytes
    limits: Limits
    preload: tuple[str, ...]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an order: the files with findings; or ``None``, with what the process died of, or with the digests
    of files that are ``lacking`` here. ``traces``: tracebacks of our own mistakes."""

    made: Made | None
    died: str = ""
    lacking: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """A worker as it says of itself: its machine, the folder of what it keeps (several workers may share one), digests
    of that, and versions by name."""

    host: str
    folder: str
    kept: frozenset[str]
    versions: Mapping[str, str]


def about() -> About:
    """What a client asks first. The oldest of what is kept goes if that has become too much."""
    files.sweep_scratch()
    folder = _folder()
    files.Root(folder.parent).sweep([folder.name])
    _thin(folder)
    kept = frozenset(path.name for path in files.Root(folder).listed(folder) if _DIGEST.fullmatch(path.name))
    return About(socket.gethostname(), str(folder), kept, versions())


def _thin(folder: Path) -> None:
    """The oldest of what is kept goes if all is more than there is room for; whoever needs it again sends it again."""
    with suppress(OSError):  # another worker of this machine does the same
        sizes = sorted((path.stat().st_mtime, path.stat().st_size, path) for path in files.Root(folder).listed(folder))
        left = sum(size for _, size, _ in sizes)
        for _, size, path in sizes:
            if left > MOST_BYTES:
                files.Root(folder).delete(path)
                left -= size


def versions() -> dict[str, str]:
    """All that what is made depends on beside its content, by name: our code, Python, libraries, shared ones too."""
    found = {name: metadata.version(name) for name in LIBRARIES}
    for form in FORMATS.values():
        for name, version in inputs.tools(form).items():
            same = found.setdefault(name, version) == version
            if not same:
                found[f"{name} ({form.name})"] = version
    return found


def accept(contents: Iterable[bytes]) -> None:
    """Keep pictures and fonts. Raises ``OSError``."""
    folder = _folder()
    for content in contents:
        keep(folder / sha256(content).hexdigest(), content, folder)


def write(order: Order) -> Answer:
    """Carry an order out; failures of this machine are findings that name it."""
    try:
        return _written(order)
    except OSError as error:  # a full disk, no more processes
        what = f"could not be made on {socket.gethostname()}: {error.strerror or error} ({error.filename})"
        hint = files.way_out(error) or "check that machine, then run the command again"
        return Answer(unmade(order.prepared, what, hint))


def _written(order: Order) -> Answer:
    folder = _folder()
    if lacking := tuple(sorted(digest for digest in order.needed if not files.there(folder / digest))):
        return Answer(None, lacking=lacking)
    environment = {"FONTCONFIG_FILE": str(_fontconfig())}
    office = Office(order.limits, str(_scratch()), order.preload, environment)
    worker, traces = _idle.take(office), list[str]()
    try:
        worker.give(order.prepared.name, zlib.decompress(order.task))
        ((_, late),) = processes.ready([worker])
        made = worker.answer(order.prepared, late, traces.append)
        died = "" if made else processes.ended_how(worker.process.exitcode)
    except BaseException:
        worker.end(0.0)
        raise
    _idle.give_back(office, worker)
    return Answer(made, died, traces=tuple(filter(None, traces)))


def rest() -> None:
    """End the processes that have nothing to do."""
    _idle.end()


class _Idle:
    """Processes that wait for the next order; each thread of the worker takes one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._workers: list[tuple[Office, Worker]] = []

    def take(self, office: Office) -> Worker:
        """One of these, or a new one; those that were started for other limits end."""
        with self._lock:
            fit = [each for each in self._workers if each[0] == office and each[1].process.is_alive()]
            if fit:
                self._workers.remove(fit[-1])
        return fit[-1][1] if fit else processes.apart(office)

    def give_back(self, office: Office, worker: Worker) -> None:
        """Keep one for the next order, if it lives and has room for that."""
        if not worker.process.is_alive() or worker.is_full:
            worker.end()
            return
        with self._lock:
            others = [each for each in self._workers if each[0] != office]
            self._workers = [each for each in self._workers if each[0] == office] + [(office, worker)]
        for _, other in others:
            other.end(0.0)

    def end(self) -> None:
        with self._lock:
            ended, self._workers = self._workers, []
        for _, worker in ended:
            worker.end()


_idle = _Idle()


def _folder() -> Path:
    return cache_folder() / SUPPLIED


@cache
def _scratch() -> Path:
    """A folder for what processes leave behind, as long as this worker lives."""
    lasting = ExitStack()
    atexit.register(lasting.close)
    return lasting.enter_context(files.scratch())


_fontconfig = cache(partial(fontconfig.written))
