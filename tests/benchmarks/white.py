"""White at the ends of pages, and where the panel for an emergency stands: what a person sees of each file at a glance.

    ./.venv/bin/python -m tests.benchmarks.white [LAYOUT ...] [--locale NAME ...] [--leaflet SLUG ...] [--pages]

For each file: pages; white at the ends of all but the last, summed in pages; the page of the emergency's heading; the
share of lines of more than 70 characters (35 Chinese, Japanese or Korean ones, 85 of Arabic's narrow ones); CPU
seconds, how often it was laid out, and what was found. ``--pages`` also prints the white of each page, with what begins
the next one.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from unittest.mock import patch

from plainleaf.checks.page import printed, white
from plainleaf.checks.page.boxes import Printout, short
from plainleaf.checks.page.scripts import length
from plainleaf.formats.pdf import render
from plainleaf.typesetting import fontconfig
from tests.benchmarks.engine import jobs, timed

LONG, LONG_OF_NARROW = 70, 85
NARROW = ("Arab", "Hebr")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen on the pages of a file; ``white``: of each page but the last, with what follows it."""

    pages: int
    white: tuple[tuple[int, float, str], ...]
    emergency: int
    long_lines: float
    findings: tuple[str, ...] = ()

    @property
    def summed(self) -> float:
        """In pages."""
        return sum(share for _, share, _ in self.white)


def seen(printout: Printout) -> Seen:
    """What a person would see on the pages of a file."""
    ends = ((end.page, end.white, short(end.following.text) or "a picture") for end in white.ends(printout))
    panel = next((each for each in printout.root.iter() if "emergency" in (each.get("class") or "").split()), None)
    inside = {} if panel is None else dict.fromkeys(panel.iter())
    page = next((line.page for each in printout.pages for line in each.seen if line.element in inside), 0)
    lines = [line for each in printout.pages for line in each.seen if line.runs]
    most = LONG_OF_NARROW if printout.rules.script in NARROW else LONG
    longer = sum(length(line.text) > most for line in lines)
    return Seen(len(printout.pages), tuple(ends), page, longer / max(1, len(lines)))


def measured(asked: argparse.Namespace) -> Iterator[tuple[str, Seen, float, int]]:
    """Each file with its path, CPU seconds and the number of its layouts."""
    looks = list[Seen]()
    counts = list[int]()
    check, lay_out = printed.check, render.Setter.laid_out

    def noted(printout: Printout) -> object:
        looks.append(seen(printout))
        return check(printout)

    def counted(*arguments: object, **named: object) -> object:
        counts.append(1)
        return lay_out(*arguments, **named)  # type: ignore[arg-type]

    with patch.object(printed, "check", noted), patch.object(render.Setter, "laid_out", counted):
        for path, job in jobs(asked).items():
            looks.clear(), counts.clear()
            seconds, made = timed(job)
            found = looks[0]
            yield (
                path,
                Seen(
                    found.pages,
                    found.white,
                    found.emergency,
                    found.long_lines,
                    tuple(f"{each.check}: {each.message}" for each in made.findings),
                ),
                seconds,
                len(counts),
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("layouts", nargs="*")
    parser.add_argument("--locale", nargs="*")
    parser.add_argument("--leaflet", nargs="*")
    parser.add_argument("--pages", action="store_true")
    asked = parser.parse_args()
    os.environ["FONTCONFIG_FILE"] = str(fontconfig.written())
    for path, found, seconds, layouts in measured(asked):
        worst = max((share for _, share, _ in found.white), default=0.0)
        about = (
            f"{found.pages} pages, white {found.summed:.2f} (most {worst:.0%}), emergency on {found.emergency or '-'}"
        )
        print(f"{path}: {about}, {found.long_lines:.0%} long lines, {seconds:.1f} CPU s, {layouts} layouts", flush=True)
        for finding in found.findings:
            print(f"    {finding}")
        if asked.pages:
            for page, share, text in found.white:
                print(f"    page {page}: {share:.0%}, then {text}")


if __name__ == "__main__":
    main()
