"""Draw many inputs: ``python -m tests.fuzz --runs 100000 --seed 7 --target po --target svg``.

Prints each kind of fault with its first input, which is kept in ``build/fuzz/``, then the figures of each target.
``--again FILE --target po`` runs one input alone.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.running import Fault, many, tried
from tests.fuzz.targets import TARGETS, World

KEPT = ROOT / "build/fuzz"


def main() -> int:
    """Run the targets; 1 if anything is at fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", action="append", choices=[*TARGETS], help="only this one; may be repeated")
    parser.add_argument("--runs", type=int, default=10_000, help="of each target")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=600, help="for each target at most")
    parser.add_argument("--again", type=Path, help="one input, from a file")
    asked = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        world = World(Path(folder))
        for name in asked.target or [*TARGETS]:
            if asked.again:
                print(name, *tried(TARGETS[name], world, asked.again.read_bytes()))
            else:
                failed |= _target(name, world, asked)
    return int(failed)


def _target(name: str, world: World, asked: argparse.Namespace) -> bool:
    begun, runs, seconds, slowest, megabytes = time.monotonic(), 0, 0.0, 0.0, 0.0
    kinds: Counter[str] = Counter()
    for part in many(name, TARGETS[name], world, asked.runs, asked.seed):
        runs, seconds = runs + part.runs, seconds + part.seconds
        slowest, megabytes = max(slowest, part.slowest), max(megabytes, part.megabytes)
        for fault in part.faults:
            kind = re.sub(r"\d+(\.\d+)?", "N", fault.what)[-200:]
            kinds[kind] += 1
            if kinds[kind] == 1:
                print(f"    {fault.what}\n        {_kept(name, fault)}", flush=True)
        if time.monotonic() - begun > 60 * asked.minutes:
            break
    rate = runs / seconds if seconds else 0
    print(f"{name}: {runs} runs, {kinds.total()} faults of {len(kinds)} kinds, slowest {slowest:.2f} CPU s, "
          f"largest {megabytes:.0f} MB, {rate:.0f} a second", flush=True)  # fmt: skip
    return bool(kinds)


def _kept(name: str, fault: Fault) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}-{hashlib.sha256(fault.data).hexdigest()[:12]}"
    path.write_bytes(fault.data)
    return path


if __name__ == "__main__":
    raise SystemExit(main())
