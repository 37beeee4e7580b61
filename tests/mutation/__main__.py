"""Try a sample of mutants: ``python tests/mutation --sample 300 --seed 1``."""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from covering import Map
from mutants import Mutant, mutants
from running import ROOT, Copy, limit

# Where a mistake can reach a patient: what compares a translation, what a signature covers, what turns, cuts or hides.
ROOMS = (
    "plainleaf.approvals.seals",
    "plainleaf.approvals.signatures",
    "plainleaf.actions.approve",
    "plainleaf.typesetting.bidi",
    "plainleaf.checks.translation.cases",
    "plainleaf.checks.translation.catalog",
    "plainleaf.checks.translation.characters",
    "plainleaf.checks.translation.comparing",
    "plainleaf.checks.source.dose_words",
    "plainleaf.checks.source.dropped",
    "plainleaf.checks.source.figures",
    "plainleaf.checks.source.short_forms",
    "plainleaf.checks.source.signs",
    "plainleaf.checks.source.times",
    "plainleaf.languages.folding",
    "plainleaf.checks.translation.ignoring",
    "plainleaf.languages.facts",
    "plainleaf.languages.lexicon",
    "plainleaf.checks.translation.marks",
    "plainleaf.checks.translation.names",
    "plainleaf.checks.translation.numbers",
    "plainleaf.checks.translation.pairs",
    "plainleaf.checks.translation.quantities",
    "plainleaf.checks.readability.ratchet",
    "plainleaf.checks.readability.judge",
    "plainleaf.checks.translation.every",
    "plainleaf.checks.translation.units",
    "plainleaf.checks.readability.waivers",
    "plainleaf.checks.translation.words",
    "plainleaf.typesetting.counts",
    "plainleaf.checks.page.boxes",
    "plainleaf.checks.page.contrast",
    "plainleaf.checks.page.excess",
    "plainleaf.checks.page.fit",
    "plainleaf.checks.page.geometry",
    "plainleaf.checks.page.ink",
    "plainleaf.checks.page.linebreaks",
    "plainleaf.checks.page.paging",
    "plainleaf.checks.page.scripts",
    "plainleaf.checks.page.setting",
    "plainleaf.checks.page.style",
    "plainleaf.checks.page.walking",
    "plainleaf.formats.pdf.imposition",
    "plainleaf.formats.pdf.sheets",
    "plainleaf.formats.pdf.trimming",
    "plainleaf.checks.readability.gate",
    "plainleaf.translations.memory",
    "plainleaf.translations.merge",
    "plainleaf.clinics.phones",
)
CONTROLS = range(0, 300, 10)  # before these mutants their tests are run on what is right
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
# Loaded once, before the forks; nothing of ours.
LIBRARIES = ("hypothesis", "weasyprint", "babel.messages.pofile", "jinja2", "markdown_it", "PIL.Image", "pypdfium2",
             "pypdf", "pdfplumber", "pikepdf", "fontTools.ttLib", "rich.console", "phonenumbers",
             "rapidfuzz")  # fmt: skip


def main() -> int:
    asked = _arguments()
    rooms = [room for room in ROOMS if not asked.room or any(room.endswith(name) for name in asked.room)]
    for library in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(library)
    with tempfile.TemporaryDirectory(prefix="plainleaf-mutants-") as folder:
        copy = Copy(Path(folder))
        if asked.tests or not asked.map.exists():
            print("Which tests meet which lines ...", flush=True)
            new = Path(folder) / "map.json"
            copy.map(new, asked.tests or ["tests"])
            old = Map.load(asked.map) if asked.map.exists() else Map({}, {})
            old.renewed(Map.load(new)).save(asked.map)
        known = Map.load(asked.map)
        known = known.among(copy.tests(known.files))
        sample = _sample(rooms, random.Random(asked.seed), asked.sample)
        return _tried(copy, known, sample, asked.budget)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many mutants (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default: %(default)s)")
    parser.add_argument("--budget", type=float, default=20, help="seconds of tests for each (default: %(default)s)")
    parser.add_argument("--room", action="append", help="only rooms whose name ends so; can be given again")
    parser.add_argument("--map", type=Path, default=Path("build/mutation-map.json"), help="made if it is not there")
    parser.add_argument("tests", nargs="*", help="of these the map is made (anew); without it, of all")
    return parser.parse_args()


def _sample(rooms: Iterable[str], chance: random.Random, size: int) -> list[Mutant]:
    """One mutant each of so many lines: a long table weighs no more than its lines."""
    equal = _equivalent()
    by_line: dict[tuple[str, int], list[Mutant]] = defaultdict(list)
    for room in rooms:
        source = (ROOT / _file(room)).read_bytes()
        text = source.decode().splitlines()
        for mutant in mutants(_file(room), source):
            if (text[mutant.line - 1].strip(), mutant.change) not in equal:
                by_line[mutant.file, mutant.line].append(mutant)
    lines = list(by_line.values())
    print(f"{sum(map(len, lines))} mutants in {len(lines)} lines; {len(equal)} are left out.", flush=True)
    chance.shuffle(lines)
    chosen: list[Mutant] = []
    while lines and len(chosen) < size:
        mutant = chance.choice(lines.pop())
        if mutant.compiles((ROOT / mutant.file).read_bytes()):
            chosen.append(mutant)
    return chosen


def _equivalent() -> set[tuple[str, str]]:
    """Mutants that change nothing that anybody could see, listed by hand: the line, and what changes in it."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    assert all(entry["reason"] for entry in entries)
    return {(entry["line"], entry["change"]) for entry in entries}


def _file(room: str) -> str:
    return room.replace(".", "/") + ".py"


def _tried(copy: Copy, known: Map, sample: list[Mutant], budget: float) -> int:
    survived = 0
    killed: dict[str, list[bool]] = defaultdict(list)
    for number, mutant in enumerate(sample):
        if number % 25 == 24:
            print(f"{number + 1} of {len(sample)} tried", flush=True)
        lines = range(mutant.line, mutant.line + mutant.old.count("\n") + 1)
        tests = known.tests(mutant.file, lines, budget)
        if tests and number in CONTROLS:
            copy.check(tests, limit(known, tests))
        lives = not tests or copy.survives(mutant, tests, limit(known, tests))
        killed[mutant.file].append(not lives)
        if lives:
            survived += 1
            print(f"survived: {mutant.file}:{mutant.line}: {mutant.change}  ({len(tests)} tests)", flush=True)
    for file, each in sorted(killed.items()):
        print(f"{sum(each):4} of {len(each):4} killed in {file}")
    print(f"{len(sample) - survived} of {len(sample)} killed: {1 - survived / max(1, len(sample)):.1%}")
    return int(survived > 0.1 * len(sample))


if __name__ == "__main__":
    sys.exit(main())
