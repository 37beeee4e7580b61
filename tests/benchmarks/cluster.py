"""What a cluster costs beside the same cores without it: 200 wallet cards by the workers of this machine, and by
one of dask with as many threads.

    ./.venv/bin/python -m tests.benchmarks.cluster [--pdfs 200] [--layout wallet-card]

What is measured is making the files: from tasks to bytes, with the scheduler, the workers and the client. Starting
these is told beside it. The files must have the same bytes.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from plainleaf.artifacts import cluster, manifest, schedulers, workers
from plainleaf.artifacts.limits import Task
from plainleaf.formats.base import Limits
from plainleaf.typesetting import fontconfig
from tests.benchmarks import engine, measuring
from tests.benchmarks.measuring import Spent

QUIET = {  # as docs/scale.md has it: the scheduler and its workers do not watch themselves a hundred times a second
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
LIMITS = Limits(120, 4000)
PRELOAD = ("plainleaf.formats.pdf.render",)


def tasks(pdfs: int, layout: str) -> dict[str, Task]:
    """As many tasks as are asked for: the cards of all languages, again and again."""
    asked = argparse.Namespace(layouts=[layout], locale=None, leaflet=None)
    jobs = list(engine.jobs(asked).values())
    some = (jobs[number % len(jobs)] for number in range(pdfs))
    return {str(number): Task(job.prepared, job.form.write, manifest.reads(job)) for number, job in enumerate(some)}


def digests(results: workers.Results) -> dict[str, str]:
    found = {name: sha256(b"".join(made.files.values())).hexdigest() for name, made in results}
    assert all(found.values())
    return found


def locally(todo: dict[str, Task]) -> tuple[Spent, dict[str, str]]:
    """By the workers of this machine, one for each core."""
    begun, before = time.perf_counter(), measuring.alive([os.getpid()])
    environment = {"FONTCONFIG_FILE": str(fontconfig.written())}
    found = digests(workers.made(todo, LIMITS, PRELOAD, environment))
    return Spent(measuring.alive([os.getpid()]) - before, time.perf_counter() - begun), found


def there(todo: dict[str, Task], cores: int, folder: Path) -> tuple[Spent, float, dict[str, str]]:
    """By a scheduler and as many workers; with the CPU seconds that these took to start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    own = {"PYTHONPATH": str(measuring.ROOT), "PLAINLEAF_CACHE": str(folder / "there")}
    environment = {**os.environ, **QUIET, **own}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    own_work = ["--nthreads", str(cores), "--memory-limit", "0", "--no-dashboard"]
    work = [sys.executable, "-m", "distributed.cli.dask_worker", address, *own_work]
    with (folder / "log").open("ab") as log:
        started = [subprocess.Popen(each, env=environment, cwd=folder, stdout=log, stderr=log) for each in (dask, work)]
        try:
            schedulers.PATIENCE = 120.0
            with cluster.connected(schedulers.Place(address)) as crew:
                while sum(crew.threads().values()) < cores:
                    time.sleep(0.1)
                start = measuring.alive(each.pid for each in started)
                begun, before = time.perf_counter(), measuring.alive([os.getpid()])
                found = digests(crew.made(todo, LIMITS, PRELOAD))
                spent = Spent(measuring.alive([os.getpid()]) - before, time.perf_counter() - begun)
        finally:
            for each in started:
                each.terminate()
                each.wait()
    return spent, start, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdfs", type=int, default=200)
    parser.add_argument("--layout", default="wallet-card")
    asked = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        todo = tasks(asked.pdfs, asked.layout)
        print(f"{measuring.machine()}; load {measuring.load():.1f}")
        far, start, theirs = there(todo, cores, Path(folder))
        print(f"cluster of {cores}: {far.cpu:.1f} CPU s, {far.wall:.1f} s (started in {start:.1f} CPU s)", flush=True)
        near, ours = locally(todo)
        print(f"{cores} local workers: {near.cpu:.1f} CPU s, {near.wall:.1f} s; load {measuring.load():.1f}")
        assert ours == theirs, "other bytes"
        print(f"{asked.pdfs} PDFs: efficiency {near.cpu / far.cpu:.0%} by CPU, {near.wall / far.wall:.0%} by the clock")


if __name__ == "__main__":
    main()
