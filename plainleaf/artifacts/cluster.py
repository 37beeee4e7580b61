"""Files made by the workers of a ``dask.distributed`` cluster, which may be on many machines; this process alone writes
them down.

What goes there: frozen values, pictures and fonts by their content. What comes back: the bytes of files, and findings.
A worker with other versions is given nothing. Whoever runs the scheduler and its workers can run anything here and
there: they belong in a network that one trusts, or behind TLS with certificates of one's own (docs/scale.md).
"""

from __future__ import annotations

import queue
import re
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.artifacts import deaths, processes, remote, schedulers
from plainleaf.artifacts.crew import MOST_FALLS, Crew
from plainleaf.artifacts.limits import Task, packed, unmade
from plainleaf.artifacts.remote import About, Answer, Order
from plainleaf.artifacts.schedulers import START, Place
from plainleaf.files.supplied import Supplied
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model.phrases import counted
from plainleaf.model.usage import UsageError

REPLACED = 60.0  # seconds for another worker to come when all are lost
_GLANCE = 1.0  # seconds between two looks at which workers there are
_FETCH = 60.0  # seconds for a result to come over
_MOST_BYTES = 200_000_000  # of a picture or a font
_MOST_SENDS = 3  # of the same files to the same worker

_LOST = "the worker was lost"


@contextmanager
def connected(place: Place) -> Iterator[Cluster]:
    """The cluster behind a scheduler. Raises ``UsageError`` if it does not answer, has no workers, or one of them is
    not as this machine is."""
    with schedulers.quiet():
        cluster = Cluster(place, schedulers.client(place))
        try:
            cluster.look_over()
            yield cluster
        finally:
            cluster.close()


class Cluster:
    """A scheduler that answered, and those of its workers that are as this machine is."""

    def __init__(self, place: Place, client: Any) -> None:
        self.place, self.client = place, client
        self.known = dict[str, About]()  # workers that were looked over, by address
        self.others = dict[str, str]()  # those that came later and are not as this machine is, and why
        self.kept = dict[tuple[str, str], set[str]]()  # digests of what each folder of a machine keeps
        self._digests = dict[str, tuple[str, str]]()  # of files here, with the suffix behind any link
        self._own = remote.versions()

    def close(self) -> None:
        """Let the workers' processes rest, and leave. One that was lost is not asked: it would be waited for."""
        with suppress(Exception):  # the cluster may be gone
            if self.client.status == "running" and (there := [each for each in self.threads() if each in self.known]):
                self.client.run(remote.rest, workers=there, on_error="ignore")
        with suppress(Exception):
            self.client.close(timeout=2)

    # ----------------------------------------------------------------------- who is there

    def look_over(self) -> None:
        """Wait for a first worker, and see whether all are as this machine is. Raises ``UsageError``."""
        self._judge_scheduler()
        ends = time.monotonic() + schedulers.PATIENCE
        while not (there := self.threads()):
            if time.monotonic() > ends:
                hint = f"How to fix: start some, as in: dask worker {self.place.address}; {START}"
                raise UsageError(f"the scheduler at {self.place.address} has no workers", hint)
            time.sleep(0.1)
        if wrong := self.come(there):
            together: dict[str, list[str]] = {}
            for address, why in wrong.items():
                together.setdefault(why, []).append(address)
            said = "; ".join(f"{', '.join(where)} {why}" for why, where in together.items())
            what = f"nothing is made: {counted(len(wrong), 'worker')} of {self.place.address} would print other files"
            raise UsageError(f"{what}: {said}", _SAME)

    def threads(self) -> dict[str, int]:
        """The workers that the scheduler has now, with how many tasks each makes at a time. Raises ``UsageError`` if it
        is gone."""
        try:
            return dict(self.client.nthreads())
        except Exception as error:
            why = schedulers.said(error)
            what = f"the scheduler at {self.place.address} has stopped ({why}); finished files are complete"
            hint = "How to fix: start it and its workers again, then run the command again: it makes what is left"
            raise UsageError(what, hint) from error

    def come(self, addresses: Iterable[str]) -> dict[str, str]:
        """Look workers over; gives those that are not as this machine is, and why."""
        new = [each for each in addresses if each not in self.known and each not in self.others]
        said = self.client.run(remote.about, workers=new, on_error="return") if new else {}
        wrong = dict[str, str]()
        for address, about in said.items():
            if not isinstance(about, About):
                why = schedulers.said(about)
                wrong[address] = f"cannot report its versions ({why}): is this version of Plainleaf installed there?"
            elif differing := _differing(about.versions, self._own):
                wrong[address] = f"({about.host}) has {differing}"
            else:
                self.known[address] = about
                self._kept(address).update(about.kept)
        self.others |= wrong
        return wrong

    def _judge_scheduler(self) -> None:
        try:
            said = self.client.get_versions()["scheduler"]["packages"]
            theirs = {name: str(said.get(name)) for name in ("dask", "distributed") if said.get(name)}
        except Exception as error:
            what = f"what answers at {self.place.address} is not a dask scheduler, or one of another version"
            raise UsageError(f"{what} ({schedulers.said(error)})", schedulers.unreachable(self.place)) from error
        own = {name: self._own[name] for name in theirs}
        if differing := _differing(theirs, own):
            raise UsageError(f"nothing is made: the scheduler at {self.place.address} has {differing}", _SAME)

    # ----------------------------------------------------------------------- what goes there

    def order(self, task: Task, address: str, limits: Limits, preload: tuple[str, ...]) -> Order:
        """A task for a worker."""
        found = self._files(task)
        there = replace(task, supplied=Supplied(self.known[address].folder, found))
        content = zlib.compress(packed(there), zlib.Z_BEST_SPEED)  # a fifth of it, all of which the scheduler passes on
        needed = frozenset(digest for digest, _ in found.values())
        return Order(Prepared(task.prepared.name, task.prepared.at), content, limits, preload, needed)

    def _files(self, task: Task) -> dict[str, tuple[str, str]]:
        """Digest and suffix of the files that a task reads; those that cannot be read it will miss, as here."""
        found = dict[str, tuple[str, str]]()
        for name in task.reads:
            with suppress(OSError):
                if name not in self._digests:
                    self._digests[name] = sha256(_content(name)).hexdigest(), Path(name).resolve().suffix.lower()
                found[name] = self._digests[name]
        return found

    def send_files(self, task: Task, address: str) -> None:
        """Send a worker what it does not keep of the files of a task. Raises ``OSError`` if one was exchanged."""
        kept = self._kept(address)
        missing = {digest: name for name, (digest, _) in self._files(task).items() if digest not in kept}
        contents = list[bytes]()
        for digest, name in missing.items():
            contents.append(_content(name))
            if sha256(contents[-1]).hexdigest() != digest:
                raise OSError(None, "was replaced during this run: publish again", name)
        if contents:
            self.client.run(remote.accept, contents, workers=[address])
            kept.update(missing)

    def lacks(self, address: str, digests: Iterable[str]) -> None:
        """A worker has not what it was thought to keep."""
        self._kept(address).difference_update(digests)

    def _kept(self, address: str) -> set[str]:
        about = self.known[address]
        return self.kept.setdefault((about.host, about.folder), set())

    def made(self, tasks: Mapping[str, Task], limits: Limits, preload: tuple[str, ...]) -> Iterator[tuple[str, Made]]:
        """Each task's name with what became of it, as they are done (``workers.made``). Raises ``UsageError`` if the
        scheduler is gone, or no worker is left."""
        run = _Run(self, tasks, partial(self.order, limits=limits, preload=preload))
        try:
            yield from run.made()
        finally:
            run.give_up()


_SAME = (
    "How to fix: install the same versions on this machine and at the scheduler and all workers, from the same lock or "
    "image, and start these again"
)


def _differing(theirs: Mapping[str, str], own: Mapping[str, str]) -> str:
    """What is of another version, in words; "" if nothing is."""
    names = [name for name in sorted({*theirs, *own}) if theirs.get(name) != own.get(name)]
    return ", ".join(f"{name} {_short(theirs.get(name))} (here {_short(own.get(name))})" for name in names)


def _short(version: str | None) -> str:
    """A version with no more of a digest than tells it apart."""
    return re.sub(r"(?<=sha256:)([0-9a-f]{12})[0-9a-f]*", r"\1", version) if version else "none"


def _content(name: str) -> bytes:
    return files.ANYWHERE.read(Path(name), _MOST_BYTES)


@dataclass(slots=True)
class _Flight:
    """A task that is at a worker, and how often its files were sent there."""

    name: str
    address: str
    future: Any


class _Run:
    """Tasks on their way to workers and back."""

    def __init__(self, cluster: Cluster, tasks: Mapping[str, Task], order: Any) -> None:
        self.cluster, self.tasks, self.order = cluster, tasks, order
        self.crew = Crew(tasks)
        self.flights = dict[str, _Flight]()  # by the key of the future
        self.back = queue.SimpleQueue[str]()  # keys of those that are done
        self.sends = dict[str, int]()  # how often files of a task were found lacking
        self.killed = dict[str, list[str]]()  # where workers of a task were killed from outside, each time
        self.hopeless: Made | None = None  # what is said of all that is left, as machines let nobody make it
        self.alone_since = 0.0  # when the last worker was lost; 0 while there are some

    def made(self) -> Iterator[tuple[str, Made]]:
        looked = -_GLANCE
        while self.crew.busy:
            if self.hopeless:
                yield from [(name, self.hopeless) for name in self.crew.left()]
                return
            if time.monotonic() >= looked + _GLANCE:
                yield from self._look()
                looked = time.monotonic()
            for name, address in self.crew.given():
                if made := self._begin(name, address):
                    self.crew.done(name)
                    yield name, made
            with suppress(queue.Empty):
                flight = self.flights.pop(self.back.get(timeout=_GLANCE), None)
                if flight and (made := self._landed(flight)):
                    yield flight.name, made

    def give_up(self) -> None:
        """Nothing of what is still being made is wanted."""
        if self.flights:
            with suppress(Exception):  # the cluster may be gone
                self.cluster.client.cancel([flight.future for flight in self.flights.values()], force=True)

    def _look(self) -> Iterator[tuple[str, Made]]:
        """See who has come and who was lost; gives the tasks that are given up by that."""
        there = self.cluster.threads()
        for address, names in self.crew.lost(there):
            for key in [key for key, flight in self.flights.items() if flight.address == address]:
                self._drop(self.flights.pop(key))
            for name in names:
                if made := self._fallen(name, address, _LOST):
                    yield name, made
        self.cluster.come(there)
        self.crew.come({each: threads for each, threads in there.items() if self._new(each)})
        if self.crew.hands:
            self.alone_since = 0.0
            return
        self.alone_since = self.alone_since or time.monotonic()
        if time.monotonic() > self.alone_since + REPLACED:
            what = f"no worker is left at {self.cluster.place.address}; files that were finished are complete"
            others = "".join(f"; {address} {why}" for address, why in self.cluster.others.items())
            hint = "How to fix: start workers again, then run the command again: it makes what is left"
            raise UsageError(f"{what}{others}", hint)

    def _new(self, address: str) -> bool:
        return address in self.cluster.known and address not in self.crew.hands

    def _begin(self, name: str, address: str) -> Made | None:
        """Let a worker begin a task; what became of it if it cannot even begin."""
        task = self.tasks[name]
        try:
            self.cluster.send_files(task, address)
        except OSError as error:
            if error.errno is None and error.filename:
                return _failed(task.prepared, f"{Path(error.filename).name} {error.strerror}")
            self._mark_sent(name)  # the worker is lost, which the next look finds, or has no room, which it says
        except Exception:  # a worker that is lost while files are sent
            self._mark_sent(name)
        future = self.cluster.client.submit(
            remote.write, self.order(task, address), workers=[address], allow_other_workers=False, pure=False, retries=0
        )
        self.flights[future.key] = _Flight(name, address, future)
        future.add_done_callback(lambda done: self.back.put(done.key))
        return None

    def _mark_sent(self, name: str) -> None:
        self.sends[name] = self.sends.get(name, 0) + 1

    def _landed(self, flight: _Flight) -> Made | None:
        """What came of a task; ``None`` if it is to be made again."""
        prepared = self.tasks[flight.name].prepared
        try:
            answer = flight.future.result(timeout=_FETCH)
        except Exception as error:
            ours = flight.future.status == "error" and type(error).__name__ != "KilledWorker"
            self._drop(flight)
            if not ours:
                return self._fallen(flight.name, flight.address, _LOST)
            self.crew.done(flight.name)
            return _failed(prepared, f"failed at the worker {flight.address}: {schedulers.said(error)}")
        self._drop(flight)
        return self._answered(flight, answer, prepared)

    def _answered(self, flight: _Flight, answer: Answer, prepared: Prepared) -> Made | None:
        for trace in answer.traces:
            processes.note(trace)
        if answer.lacking:
            self.cluster.lacks(flight.address, answer.lacking)
            self._mark_sent(flight.name)
            if self.sends[flight.name] >= _MOST_SENDS:
                self.crew.done(flight.name)
                return _failed(prepared, f"the worker {flight.address} could not store its pictures and fonts")
            self.crew.again(flight.name)
        elif answer.made is None:
            how, outside = f"the process that made it ended by {answer.died}", answer.died in deaths.FROM_OUTSIDE
            return self._fallen(flight.name, flight.address, how, outside)
        else:
            self.crew.done(flight.name)
        return answer.made

    def _fallen(self, name: str, address: str, how: str, outside: bool = True) -> Made | None:
        """A task whose worker was lost is made again (``None``); one that has brought several down is given up.

        Each is tried a second time with nothing beside it. If several were killed even so, it is the machines; all
        have been tried again before the first is given up.
        """
        if outside:
            self.killed.setdefault(name, []).append(address)
        if not self.crew.fallen(name, address):
            return None
        alone = [places for places in self.killed.values() if len(places) > 1]
        if outside and len(alone) >= deaths.SEVERAL:
            self.hopeless = deaths.of_machines(how, {place for places in alone for place in places})
            return self.hopeless
        where = ", ".join(dict.fromkeys(self.crew.falls[name]))
        what = f"crashed its worker {MOST_FALLS} times ({where}; the last time, {how})"
        return unmade(
            self.tasks[name].prepared, what, "look for a huge text or picture; is that machine short of memory?"
        )

    def _drop(self, flight: _Flight) -> None:
        with suppress(Exception):  # the cluster may be gone
            flight.future.release()


def _failed(prepared: Prepared, what: str) -> Made:
    return unmade(prepared, what, "run the command again; if it happens again, check that worker, or report this")
