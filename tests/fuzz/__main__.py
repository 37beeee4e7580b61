"""Draw many inputs: ``python -m tests.fuzz --runs 100000 --seed 7 --target po --target svg``.

Prints each kind of fault with its first input, which is kept in ``build/fuzz/``, and how to repeat it; then the figures
of each target. ``--again FILE --target po`` runs one input alone; ``--share`` makes the runs that fit three minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.running import Fault, Figures, in_process, parts, seeds, tried
from tests.fuzz.targets import TARGETS, World

KEPT = ROOT / "build/fuzz"
_worlds: list[World] = []  # of this process


def main() -> int:
    """Run the targets; 1 if anything is at fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--target", action="append", choices=[*TARGETS], help="only this one; may be repeated")
    parser.add_argument("--runs", type=int, default=10_000, help="of each target")
    parser.add_argument("--first", type=int, default=0, help="the number of the first run")
    parser.add_argument("--share", action="store_true", help="of each target as many runs as fit three minutes for all")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument("--again", type=Path, help="one input, from a file")
    asked = parser.parse_args()
    names = asked.target or [*TARGETS]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        if asked.again:
            world = World(Path(folder))
            said = {name: tried(TARGETS[name], world, asked.again.read_bytes()) for name in names}
            print(*(f"{name}: {seconds:.2f} CPU s {what}" for name, (seconds, what) in said.items()), sep="\n")
            return int(any(what for _, what in said.values()))
        # each process has a root of its own, and forks another for some runs
        begun = get_context("fork")
        with ProcessPoolExecutor(asked.jobs, begun, initializer=_begin, initargs=(folder,)) as pool:
            doing = {
                pool.submit(_part, name, numbers, asked.seed): name
                for name in names
                for numbers in _numbers(name, asked)
            }
            return int(_summed(names, doing, asked.seed))


def _numbers(name: str, asked: argparse.Namespace) -> Iterator[range]:
    """The runs that are asked for, in parts, after those of the kept seeds."""
    if kept := seeds(name):
        yield range(-len(kept), 0)
    yield from parts(TARGETS[name].share if asked.share else asked.runs, asked.first)


def _begin(folder: str) -> None:
    _worlds.append(World(Path(tempfile.mkdtemp(dir=folder))))
    _worlds[0].warm()


def _part(name: str, numbers: range, seed: int) -> Figures:
    return in_process(name, TARGETS[name], _worlds[0], numbers, seed)


def _summed(names: Iterable[str], doing: dict[Future[Figures], str], seed: int) -> bool:
    """Print what is found as it is found, and each target's figures once all its runs are made; whether any failed."""
    figures = dict.fromkeys(names, Figures())
    left, kinds = Counter(doing.values()), Counter[tuple[str, str]]()
    for done in as_completed(doing):
        name, part = doing[done], done.result()
        for fault in part.faults:
            kind = (name, re.sub(r"\d+(\.\d+)?", "N", fault.what)[-200:])
            kinds[kind] += 1
            if kinds[kind] == 1:
                path = _kept(name, fault)
                print(f"    {name}, seed {seed}, {fault.what}\n        input: {path}\n"
                      f"        again: python -m tests.fuzz --target {name} --again {path}", flush=True)  # fmt: skip
        figures[name] = now = figures[name].with_those(part)
        left[name] -= 1
        if not left[name]:
            several = sum(each == name for each, _ in kinds)
            print(
                f"{name}: {now.runs} runs, {len(now.faults)} faults of {several} kinds, slowest {now.slowest:.2f} CPU "
                f"s, largest {now.megabytes:.0f} MB, {1000 * now.seconds / now.runs:.1f} ms each",
                flush=True,
            )
    return bool(kinds)


def _kept(name: str, fault: Fault) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}-{hashlib.sha256(fault.data).hexdigest()[:12]}"
    path.write_bytes(fault.data)
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


if __name__ == "__main__":
    raise SystemExit(main())
