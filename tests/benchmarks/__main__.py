"""The table of what things cost: ``python -m tests.benchmarks``, written into docs/performance.md.

    ./.venv/bin/python -m tests.benchmarks [ROW ...] [--short] [--whole] [--root DIR] [--into FILE]

Rows are measured one after the other, and what is compared in turns. ``--short`` measures each once; ``--whole`` also
makes every file of the repository, which takes some minutes. With ``--short``, one string is changed in the smallest
library. What is not installed is skipped, with the reason.
"""

from __future__ import annotations

import argparse
import importlib
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from plainleaf.provenance import statement
from tests.benchmarks import idle, measuring, others, warm
from tests.benchmarks.measuring import ROOT

BEGIN = "<!-- what follows, up to the next mark, is written by: python -m tests.benchmarks -->"
END = "<!-- end of what python -m tests.benchmarks writes -->"
TARGETS = (36, 144, 396)
LEAFLET, LOCALE, LAYOUT = "naltrexone-implants", "en", "a4"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured: the leaflets of a ``root``, each figure so many times; ``targets``: sizes of libraries."""

    root: Path = ROOT
    rounds: int = 3
    targets: tuple[int, ...] = TARGETS
    leaflet: str = LEAFLET


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, and the figure in words."""

    what: str
    figure: str


def _idle(asked: Asked) -> Iterator[Row]:
    found = {targets: idle.measured(targets, asked.rounds) for targets in asked.targets}
    said = " / ".join(f"{seconds:.2f}" for seconds in found.values())
    what = f"nothing changed, library of {' / '.join(map(str, found))} files"
    line = ""
    if len(found) > 1:
        slope = idle.slope(found)  # may be below 0, by chance
        line = f"; {f'{slope:.2f}' if slope >= 0.01 else 'less than 0.01'} ms for each file more"
    yield Row(what, f"{said} CPU s{line}")


def _one_string(asked: Asked) -> Iterator[Row]:
    try:
        one_string = importlib.import_module("tests.benchmarks.one_string")
    except ModuleNotFoundError as error:
        raise others.MissingError("tests/benchmarks/one_string.py is missing") from error
    targets = (min if asked.rounds == 1 else max)(one_string.SETTINGS)
    found = one_string.measured(targets, "")
    what = f"one string changed, library of {found['files']} files, {found['made']} to make, without laying these out"
    yield Row(what, f"{found['string']:.2f} CPU s")


def _alone(asked: Asked) -> Iterator[Row]:
    """One PDF by a command of its own, beside the command line of WeasyPrint for the same page."""
    chosen = ("--locale", LOCALE, "--layout", LAYOUT, "--format", "pdf")
    words = ("publish", asked.leaflet, *chosen, "--root", str(asked.root))
    ours, theirs = list[measuring.Spent](), list[measuring.Spent]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = measuring.plainleaf(folder / "cache", *words, "--output", str(folder / "first"))
        for turn in range(asked.rounds):
            for job in _jobs(asked, LAYOUT).values():
                ours.append(measuring.plainleaf(folder / "cache", *words, "--output", str(folder / f"out-{turn}")))
                theirs.append(warm.command_line(job.prepared.content, folder))
    alone, wall = (statistics.median(getattr(each, name) for each in ours) for name in ("cpu", "wall"))
    other = statistics.median(each.cpu for each in theirs)
    yield Row("one PDF alone, the very first command on a machine", f"{first.cpu:.2f} CPU s")
    yield Row("one PDF alone, by a later command", f"{alone:.2f} CPU s, {wall:.1f} s by the clock")
    yield Row("the same page by the command line of WeasyPrint", f"{other:.2f} CPU s; ratio {alone / other:.2f}")
    yield Row("memory of the largest process for that", f"{max(each.peak for each in ours):.0f} MB")


def _jobs(asked: Asked, *layouts: str) -> dict[str, warm.Job]:
    return dict(warm.jobs(warm.chosen(layouts, [LOCALE], [asked.leaflet]), asked.root))


def _warm(asked: Asked) -> Iterator[Row]:
    found = list(warm.measured(_jobs(asked, LAYOUT, "trifold", "wallet-card"), asked.rounds))
    for each in found:
        said = f"{each.whole:.2f} CPU s for all; laid out once {each.once:.2f}, by the bare library {each.library:.2f}"
        yield Row(f"a warm worker, {each.path}, {each.pages} pages", said)
    like, ratio = (math.exp(statistics.fmean(map(math.log, column))) for column in _columns(found))
    said = f"like against like {like:.2f}; all a worker does, to one process of WeasyPrint's command line {ratio:.2f}"
    yield Row("mean ratio of these (geometric)", said)


def _columns(found: list[warm.Row]) -> tuple[list[float], list[float]]:
    return [each.like for each in found], [each.ratio for each in found]


def _typst(asked: Asked) -> Iterator[Row]:
    """The same text without layouts or checks, for what its compiler and make cost by themselves."""
    text = others.typst_text((asked.root / f"sources/{asked.leaflet}.md").read_text(encoding="utf-8"))
    targets = max(asked.targets)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make = others.made_with(folder, text, targets)
        measuring.command(*others.typst(), "0.typ", "alone.pdf", cwd=folder)  # its fonts are read from the disk once
        alone = [measuring.command(*others.typst(), "0.typ", "alone.pdf", cwd=folder) for _ in range(asked.rounds)]
        for number in range(targets):  # as if all were made
            (folder / f"{number}.pdf").touch()
        nothing = [measuring.command(*make, cwd=folder) for _ in range(asked.rounds)]
        changed = list[measuring.Spent]()
        for _ in range(asked.rounds):
            (folder / "text-0.typ").write_text(text + "\nMore.\n", encoding="utf-8")
            changed.append(measuring.command(*make, cwd=folder))
    said = " / ".join(f"{min(each.cpu for each in some):.2f}" for some in (alone, nothing, changed))
    yield Row(f"Typst and make: one PDF / nothing changed / one text of {targets} files, 3 to make", f"{said} CPU s")


def _chromium(asked: Asked) -> Iterator[Row]:
    """A browser that stays open, beside a warm worker, for the same pages and fonts."""
    with tempfile.TemporaryDirectory() as name, others.chromium(Path(name)) as browser:
        for path, job in _jobs(asked, LAYOUT).items():
            page = warm.page(job.prepared.content, Path(name))
            browser.printed(page)
            warm.whole(job)
            turns = list[tuple[float, float]]()
            for _ in range(asked.rounds):
                before = browser.cpu()
                browser.printed(page)
                turns.append((browser.cpu() - before, measuring.here(lambda: warm.whole(job)).cpu))  # noqa: B023
            theirs, ours = (statistics.median(column) for column in zip(*turns, strict=True))
            said = f"{theirs:.2f} CPU s, neither checked nor fitted; a warm worker takes {ours / theirs:.1f} times that"
            yield Row(f"a Chromium that stays open, {path}", said)


def _whole(asked: Asked) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        options = ("--root", str(asked.root), "--output", str(folder / "out"), "--quiet")
        spent = measuring.plainleaf(folder / "cache", "publish", *options)
        made = statement.parsed((folder / "out" / statement.FILE).read_bytes()).artifacts.values()
        files = sum(each.format == "pdf" for each in made)
    said = f"{spent.cpu:.0f} CPU s, {spent.wall:.0f} s by the clock, {spent.cpu / files:.2f} CPU s a PDF"
    yield Row(f"everything, {files} PDFs, nothing cached", said)


ROWS: dict[str, Callable[[Asked], Iterator[Row]]] = {
    "idle": _idle, "one-string": _one_string, "alone": _alone, "warm": _warm, "typst": _typst, "chromium": _chromium,
    "whole": _whole,
}  # fmt: skip


def rows(name: str, asked: Asked) -> list[Row]:
    """What was measured under a name; why nothing was, for what is not installed or fails."""
    try:
        return list(ROWS[name](asked))
    except others.MissingError as missing:
        return [Row(name, f"skipped: {missing}")]
    except subprocess.CalledProcessError as error:
        return [Row(name, f"failed: {' '.join(str(error.output).strip().splitlines()[-1:])}")]


def table(found: list[Row], rounds: int, busiest: float) -> str:
    """Rows in Markdown, with what they were measured on; ``busiest``: how many processes wanted a processor at most."""
    others_too = f" Others used it too: up to {busiest:.0f} processes wanted a processor."
    shared = others_too if busiest > measuring.cores() + 2 else ""
    day = datetime.now(UTC).date().isoformat()
    about = f"Measured on {day}, each figure {counted(rounds)}: {measuring.machine()}.{shared}"
    return "\n".join([about, "", "| what | cost |", "|---|---|", *(f"| {row.what} | {row.figure} |" for row in found)])


def counted(rounds: int) -> str:
    return "once" if rounds == 1 else f"{rounds} times"


def written(document: str, table: str) -> str:
    """A document with the table between the two marks. Raises ``ValueError`` if these are not there once each."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in after:
        raise ValueError(f"the document has not once each of {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)} (default: all but whole)")
    parser.add_argument("--short", action="store_true", help="each figure once")
    parser.add_argument("--whole", action="store_true", help="also every file of the repository")
    parser.add_argument("--root", type=Path, default=ROOT, help="whose leaflets (default: the repository's)")
    parser.add_argument("--leaflet", default=LEAFLET)
    parser.add_argument("--targets", type=int, nargs="+", default=TARGETS, help="sizes of libraries")
    parser.add_argument("--into", type=Path, default=ROOT / "docs/performance.md", help="where the table goes")
    given = parser.parse_args(arguments)
    if unknown := set(given.rows) - set(ROWS):
        parser.error(f"there is no row {', '.join(sorted(unknown))}")
    names = given.rows or [name for name in ROWS if name != "whole" or given.whole]
    document = given.into.read_text(encoding="utf-8")
    written(document, "")  # before an hour of measuring
    asked = Asked(given.root.resolve(), 1 if given.short else 3, tuple(given.targets), given.leaflet)
    found, busiest = list[Row](), measuring.load()
    for name in names:  # a run that is stopped leaves what it has measured
        found += rows(name, asked)
        busiest = max(busiest, measuring.load())
        made = table(found, asked.rounds, busiest)
        given.into.write_text(written(given.into.read_text(encoding="utf-8"), made), encoding="utf-8")
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
