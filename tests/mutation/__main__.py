"""Try a sample of mutants: ``python tests/mutation --sample 300 --seed 1``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from covering import Lines, Map
from drawing import Room, drawn
from mutants import Mutant
from running import ROOT, Copy, Trial, limit

# Where a mistake can reach a patient: what compares a translation, what a signature covers, what turns, cuts or hides.
ROOMS = (
    "plainleaf.approvals.contents",
    "plainleaf.approvals.keys",
    "plainleaf.approvals.records",
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
    "plainleaf.checks.source.doses",
    "plainleaf.checks.source.editions",
    "plainleaf.checks.source.figures",
    "plainleaf.checks.source.passages",
    "plainleaf.checks.source.short_forms",
    "plainleaf.checks.source.signs",
    "plainleaf.checks.source.times",
    "plainleaf.languages.addresses",
    "plainleaf.languages.cldr",
    "plainleaf.languages.folding",
    "plainleaf.languages.naming",
    "plainleaf.languages.schema",
    "plainleaf.checks.translation.ignoring",
    "plainleaf.languages.facts",
    "plainleaf.languages.lexicon",
    "plainleaf.checks.translation.marks",
    "plainleaf.checks.translation.names",
    "plainleaf.checks.translation.numbers",
    "plainleaf.checks.translation.numerals",
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
# What is asked of these rooms' own tests: a mistake that only a rendered leaflet shows is found late, and by chance.
OWN_TESTS = (
    "tests/approvals",
    "tests/checks",
    "tests/clinics",
    "tests/languages",
    "tests/readability",
    "tests/translations",
    "tests/actions/test_sign_off.py",
    "tests/typesetting/test_bidi.py",
    "tests/formats/pdf/test_cutting.py",
    "tests/formats/pdf/test_imposition.py",
    "tests/formats/pdf/test_sheets.py",
    "tests/formats/pdf/test_trimming.py",
)
GOAL = 0.9
# Loaded once, before the forks; nothing of ours.
LIBRARIES = ("hypothesis", "weasyprint", "babel.messages.pofile", "jinja2", "markdown_it", "PIL.Image", "pypdfium2",
             "pypdf", "pdfplumber", "pikepdf", "fontTools.ttLib", "rich.console", "phonenumbers",
             "rapidfuzz")  # fmt: skip


def main() -> int:
    asked = _arguments()
    for library in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(library)
    with tempfile.TemporaryDirectory(prefix="plainleaf-mutants-") as folder:
        copy = Copy(Path(folder))
        if asked.tests or not asked.map.exists():
            print("Which tests meet which lines ...", flush=True)
            new = Path(folder) / "map.json"
            copy.map(new, asked.tests or OWN_TESTS)
            old = Map.load(asked.map) if asked.map.exists() else Map({}, {})
            old.renewed(Map.load(new)).save(asked.map)
        known = Map.load(asked.map)
        there, early = copy.tests(known.files)
        known = known.among(there)
        rooms = [Room.read(ROOT, name) for name in ROOMS]
        sample = drawn(rooms, asked.seed, asked.sample, asked.least)
        rooms = [room for room in rooms if not asked.room or any(room.name.endswith(name) for name in asked.room)]
        chosen = {room.file for room in rooms}
        sample = [mutant for mutant in sample if mutant.file in chosen]
        print(f"{sum(room.size for room in rooms)} mutants in {len(rooms)} rooms; {len(sample)} are tried.", flush=True)
        survivors = asked.map.with_name("mutation-survivors.json")
        if asked.again:
            last = {tuple(each) for each in json.loads(survivors.read_text(encoding="utf-8"))}
            sample = [mutant for mutant in sample if _name(mutant) in last]
        lived = _tried(copy, known, early, sample, asked)
        survivors.write_text(json.dumps(sorted(map(_name, lived))), encoding="utf-8")
        return _told(rooms, sample, lived)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="how many mutants (default: %(default)s)")
    parser.add_argument("--least", type=int, default=3, help="of each room, if it has so many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default: %(default)s)")
    parser.add_argument("--budget", type=float, default=20, help="seconds of tests for each (default: %(default)s)")
    parser.add_argument(
        "--room", action="append", help="of the sample, only rooms whose name ends so; can be given again"
    )
    parser.add_argument("--again", action="store_true", help="of the sample, only what survived the last time")
    parser.add_argument("--map", type=Path, default=Path("build/mutation-map.json"), help="made if it is not there")
    parser.add_argument("tests", nargs="*", help="of these the map is made (anew); without it, of the rooms' own")
    return parser.parse_args()


def _name(mutant: Mutant) -> tuple[str, str, str]:
    """What a mutant is known by from run to run: no number of a line, which changes."""
    return mutant.file, mutant.text, mutant.change


def _tried(copy: Copy, known: Map, early: Lines, sample: Sequence[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    """Those that survive in a fork, and where that does not say all, with a fresh start."""
    trials = []
    for number, mutant in enumerate(sample):
        tests = known.tests(mutant.file, mutant.lines, asked.budget)
        trials.append(Trial(number, mutant, tuple(tests), limit(known, tests)))
    lives, failing = copy.swapped([trial for trial in trials if trial.tests], early)
    for test in failing:
        print(f"fails without a mistake: {test}", flush=True)
    left = [trial for trial in trials if lives.get(trial.number, True) is not False]
    unsure = sum(lives.get(trial.number, True) is None for trial in left)
    print(f"{len(sample) - len(left)} killed in a fork; {unsure} are tried from the start.", flush=True)
    lived = []
    for trial in left:
        tests = [test for test in trial.tests if test not in failing]
        if not tests or lives.get(trial.number, True) or copy.survives(trial.mutant, tests, trial.seconds):
            lived.append(trial.mutant)
            place = f"{trial.mutant.file}:{trial.mutant.line}"
            print(f"survived: {place}: {trial.mutant.change}  ({len(tests)} tests)", flush=True)
    return lived


def _told(rooms: Sequence[Room], sample: Sequence[Mutant], lived: Collection[Mutant]) -> int:
    """Prints a table of the rooms; 1 if fewer were killed than the goal asks."""
    tried: dict[str, list[bool]] = defaultdict(list)
    for mutant in sample:
        tried[mutant.file].append(mutant in lived)
    print(f"\n{'room':45} {'tried':>8} {'killed':>8} {'survived':>8} {'equivalent':>10}")
    for room in rooms:
        each = tried[room.file]
        name = room.name.removeprefix("plainleaf.")
        print(f"{name:45} {len(each):8} {len(each) - sum(each):8} {sum(each):8} {room.equivalent:10}")
    equal = sum(room.equivalent for room in rooms)
    print(f"{'in all':45} {len(sample):8} {len(sample) - len(lived):8} {len(lived):8} {equal:10}")
    print("Equivalent: mutants that change nothing that anybody could see (equivalent.toml); they are never tried.")
    rate = 1 - len(lived) / max(1, len(sample))
    print(f"{rate:.1%} killed; the goal is {GOAL:.0%}.")
    return int(rate < GOAL)


if __name__ == "__main__":
    sys.exit(main())
