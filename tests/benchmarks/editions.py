"""What an edition costs to make and check as HTML and as EPUB, once its fonts are cut, in a process that has made one.

    ./.venv/bin/python -m tests.benchmarks.editions [LEAFLET ...] [--locale NAME ...] [--format NAME ...] [--rounds N]

For each file: CPU ms, the median of all rounds; how many of these are spent to prepare it; and the beginning of a
digest of all its bytes, by which one version of Plainleaf is compared with another. Fonts are cut, and all that a
process makes once is made, before anything is measured.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from plainleaf import pipeline
from plainleaf.actions import linking, naming, printing
from plainleaf.actions import plan as planning
from plainleaf.actions.naming import Page
from plainleaf.artifacts.rendering import search_seldom
from plainleaf.formats.base import FORMATS, Format, Limits, Made, Prepared
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import has_error
from plainleaf.project import Project
from tests import shipped
from tests.benchmarks.measuring import here
from tests.conftest import TODAY

_LIMITS = Limits(60, 4000)
_DIGITS = 16


class File:
    """One file: an edition in a format, alone or with the one that stands beside it."""

    def __init__(self, project: Project, form: Format, page: Page) -> None:
        self.name = naming.artifact(page, form).path
        self._project, self._form, self._page = project, form, page

    def prepared(self) -> Prepared:
        """All that it is made from."""
        page = self._page
        return self._form.prepare(self._project, page.edition, page.second, None, Texts(), self.name)

    def written(self, prepared: Prepared) -> Made:
        """It, checked. Raises ``ValueError`` if it has faults."""
        made = self._form.write(prepared, _LIMITS)
        if not made.files:
            raise ValueError(f"{self.name}: {made.findings}")
        return made


def digest(made: Made) -> str:
    """Of all bytes of a file, and of those beside it."""
    whole = hashlib.sha256()
    for name, data in made.files.items():
        whole.update(f"{name} {len(data)}\n".encode() + data)
    return whole.hexdigest()[:_DIGITS]


def spent(file: File, rounds: int) -> tuple[float, float, str]:
    """CPU seconds to make a file, and to prepare it alone (medians); a digest of its bytes."""
    said = digest(file.written(file.prepared()))
    all_, first = [], []
    for _ in range(rounds):
        kept: list[Prepared] = []
        first.append(here(lambda kept=kept: kept.append(file.prepared())).cpu)  # type: ignore[misc]
        all_.append(first[-1] + here(lambda kept=kept: file.written(kept[0])).cpu)  # type: ignore[misc]
    return median(all_), median(first), said


def files(leaflets: tuple[str, ...], locales: list[str], formats: list[str]) -> Iterator[File]:
    """Those of the shipped editions that can be printed, as they lie beside all others."""
    content = shipped.content()
    with shipped.unchecked():
        found = list(pipeline.editions(content, pipeline.Choice(leaflets), TODAY))
    known = {printing.key(each): each for each, about in found if not has_error(about)}
    for form in map(FORMATS.__getitem__, formats):
        lying = {f"{slug}/{each.locale.tag}/{form.index}" for (slug, _), each in known.items() if form.index}
        for key, edition in known.items():
            if form.wanted(edition) or (locales and edition.locale.name not in locales):
                continue
            links = {key: linking.links(content, edition, form.index, lying)} if form.index else {}
            for second in ("", *(planning.seconds(content) if form.pairs else ())):
                page, why = printing.page(edition, None, known, second)
                if not why:
                    yield File(replace(content, links=links), form, page)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("leaflets", nargs="*")
    parser.add_argument("--locale", nargs="*", default=[])
    parser.add_argument("--format", nargs="*", default=["html", "epub"])
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    search_seldom()  # as a worker does
    for file in files(tuple(asked.leaflets), asked.locale, asked.format):
        whole, first, said = spent(file, asked.rounds)
        print(f"{file.name:60} {whole * 1000:6.1f} CPU ms, {first * 1000:5.1f} to prepare  {said}", flush=True)


if __name__ == "__main__":
    main()
