"""What a run of ``publish`` costs in which nothing has changed, for a library of so many files.

The library is made up: inputs and files that were made are there in full number, as plain files, and what an earlier
run would have kept of them. What is measured is the whole command, with all that it starts: it looks at each input and
at each file.

Run: python -m tests.benchmarks.idle [targets ...] (default: 36 144 396 10000)
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import linear_regression
from unittest.mock import patch

from plainleaf.artifacts.store import Entry, File, Store
from plainleaf.artifacts.surroundings import Around
from plainleaf.cli import names, options
from plainleaf.cli import publish_cache as cache
from plainleaf.files import marks
from plainleaf.model import Artifact
from tests.benchmarks import measuring
from tests.benchmarks.measuring import ROOT

PER_INPUT = 3  # files that are made of one input: 3,332 for 10,000
ROUNDS = 7
PAGE = b"x" * 5000


def made_up(targets: int, root: Path, output: Path) -> tuple[Artifact, ...]:
    """A root and an output folder of so many files, and these as a run would list them."""
    shutil.copytree(ROOT / "tests/content", root)
    for number in range(targets // PER_INPUT):
        path = root / f"sources/pictures/{number // 100}/{number}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
    artifacts = []
    for number in range(targets):
        slug, locale = f"leaflet-{number // 300}", f"l{number % 300 // 10}"
        artifact = Artifact(f"{slug}/{number}.html", 4, slug, locale, "a4", True, True, made=True, size="4 pages")
        path = output / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PAGE)
        artifacts.append(artifact)
    for name in cache.PAGES:
        (output / name).write_bytes(PAGE)
    return tuple(artifacts)


def kept(root: Path, output: Path, artifacts: tuple[Artifact, ...], command: list[str]) -> None:
    """Keep what a run would have kept, once the files have lain there for long enough."""
    time.sleep(2 * marks.STEADY_NS / 1e9)
    began = marks.now()
    entries = {
        each.path: Entry("f", "html", files={each.path: File("0", marks.marked(str(output / each.path), began))})
        for each in artifacts
    }
    with closing(Store(output)) as store:
        store.keep_all(entries)
    given, today = options.parser().parse_args(command), date.today()
    asked = cache.asked(given, "", several=False)
    cache.keep(
        root, asked, cache.key(Around(root), asked, today), cache.Made(output, artifacts, (), 0, (), frozenset(), {})
    )


def cost(root: Path, command: list[str], rounds: int) -> float:
    """The least CPU seconds of a few runs, with all processes that they start."""
    spent = [measuring.command(sys.executable, "-m", "plainleaf", *command, cwd=root) for _ in range(rounds)]
    assert all(" 0 of them made now" in each.output for each in spent), spent[0].output
    return min(each.cpu for each in spent)


def measured(targets: int, rounds: int = ROUNDS) -> float:
    """CPU seconds of a run in which nothing has changed, for so many files."""
    own = {names.VARIABLE: names.PACKAGE, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder, names.called_by(names.PACKAGE), patch.dict(os.environ, own):
        os.environ["PLAINLEAF_CACHE"] = f"{folder}/cache"
        os.environ.pop("SOURCE_DATE_EPOCH", None)  # what is kept, is kept for today
        root, output = Path(folder, "root"), Path(folder, "out")
        command = ["publish", "--root", str(root), "--output", str(output)]
        kept(root, output, made_up(targets, root, output), command)
        return cost(root, command, rounds)


def slope(found: Mapping[int, float]) -> float:
    """CPU milliseconds for each file more, by the line that lies nearest to all (least squares)."""
    return linear_regression(list(found), list(found.values())).slope * 1000


def main() -> None:
    """The table, and the slope of the line through its rows."""
    found = dict[int, float]()
    print(f"{'targets':>8} {'inputs':>8} {'CPU s':>8}")
    for targets in [int(each) for each in sys.argv[1:]] or [36, 144, 396, 10_000]:
        found[targets] = measured(targets)
        print(f"{targets:>8} {targets // PER_INPUT:>8} {found[targets]:>8.2f}", flush=True)
    if len(found) > 1:
        print(f"slope: {slope(found):.3f} CPU ms a target")


if __name__ == "__main__":
    main()
