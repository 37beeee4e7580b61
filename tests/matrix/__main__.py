"""Try leaflets of any content in any layout: ``python -m tests.matrix --sample 100 --seed 1 --layout a4``.

Without ``--sample`` all of the matrix: each block first and last in each layout, and alone in each language. Each case
is written down when it is done; a run that was stopped, or has used up its ``--minutes``, goes on where it was, and
``--again`` tries those anew that failed. Prints how many were made, are valid, have all their text on a page, and have
a heading with nothing below it.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Collection
from itertools import islice
from pathlib import Path

from plainleaf.layouts import file as layoutfile
from plainleaf.model import Severity
from tests.conftest import ROOT
from tests.matrix import cases

DONE = ROOT / "build/matrix.jsonl"
TOO_LONG = "fit-pages"  # a text that has no room in a layout of few pages is refused, as it should be
INVALID = ("pdf-ua",)
LOST = ("fit-lost", "fit-overflow", "fit-covered", "layout-dropped")
ALONE = ("fit-heading",)
SECONDS = 60  # of computing for each case


def main() -> None:
    """Run the sample, and print what failed and how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layout", action="append", help="only this layout; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, help="so many cases of it, or more than it has; without this all")
    parser.add_argument("--minutes", type=float, default=60, help="begin no case after so long; what is done is kept")
    parser.add_argument("--anew", action="store_true", help="forget what earlier runs have done")
    parser.add_argument("--again", action="store_true", help="try those anew in which anything was found")
    asked = parser.parse_args()
    if asked.anew:
        DONE.unlink(missing_ok=True)
    DONE.parent.mkdir(exist_ok=True)
    done: dict[str, list[list[str]]] = {}
    spent: dict[str, float] = {}
    for line in DONE.read_text(encoding="utf-8").splitlines() if DONE.exists() else ():
        name, found, seconds = json.loads(line)
        spent[name] = seconds
        if found and asked.again:
            done.pop(name, None)
        else:
            done[name] = found
    names = asked.layout or list(layoutfile.names([ROOT / "layouts"]))
    clinics = sorted(path.stem for path in (ROOT / "sources/clinics").glob("*.toml"))
    with tempfile.TemporaryDirectory() as folder, DONE.open("a", encoding="utf-8") as log:
        root = Path(folder)
        there = [cases.content(root, clinics[0]).layouts[name] for name in names]
        whole = len(cases.everywhere(there, clinics, random.Random(asked.seed)))
        sample = list(islice(cases.drawn(there, clinics, asked.seed), asked.sample or whole))
        begun = time.monotonic()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)  # as workers have it: a quarter of the time
        for case in sample:
            if case.name not in done and time.monotonic() - begun < 60 * asked.minutes:
                before = time.process_time()
                done[case.name] = tried(case, root)
                spent[case.name] = round(time.process_time() - before, 2)
                log.write(json.dumps((case.name, done[case.name], spent[case.name])) + "\n")
                log.flush()
    results = {case.name: done[case.name] for case in sample if case.name in done}
    report(results, len(sample))
    if results:
        total, slowest = sum(spent[name] for name in results), max(results, key=lambda name: spent[name])
        print(f"{total:.0f} s of computing, {total / len(results):.1f} s a case; {spent[slowest]:.0f} s: {slowest}")


def tried(case: cases.Case, root: Path) -> list[list[str]]:
    """What is found on a case, as severity, check and message."""
    try:
        return [[each.severity.value, each.check, each.message] for each in cases.printed(case, root, SECONDS)]
    except Exception as error:  # a case that fails is what is looked for
        return [["error", type(error).__name__, str(error)[:300]]]


def report(results: dict[str, list[list[str]]], asked: int) -> None:
    """The figures, and what failed, the most frequent first."""
    failed = {name: found for name, found in results.items() if any(each[1] != TOO_LONG for each in found)}
    refused = [name for name, found in results.items() if found and name not in failed]
    counts = Counter(check for found in failed.values() for check in {(each[0], each[1]) for each in found})
    for (severity, check), count in counts.most_common():
        print(f"{count:5} {severity:8} {check}")
        shown = [(name, each[2]) for name, found in failed.items() for each in found if each[1] == check][:3]
        for name, message in shown:
            print(f"        {name}\n            {message}")
    made = [f for f in results.values() if not any(each[0] == Severity.ERROR.value for each in f)]

    def having(checks: Collection[str]) -> int:
        return sum(any(each[1] in checks for each in found) for found in results.values())

    print(
        f"{len(results)} of {asked} cases tried: {len(made)} made, {len(refused)} refused as too long, "
        f"{len(results) - len(made) - len(refused)} not made; {len(failed)} with findings; "
        f"{having(INVALID)} not valid, {having(LOST)} with text that is on no page, "
        f"{having(ALONE)} with a heading that has nothing below it"
    )


if __name__ == "__main__":
    main()
