"""The site of an output folder: which pages there are, written where they differ, and taken away where nothing is left
to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plainleaf import files
from plainleaf.actions import status
from plainleaf.files.places import PAGE_MARK
from plainleaf.layouts.templates import TemplateError
from plainleaf.model import Artifact, Edition, Finding, Location
from plainleaf.project import Project
from plainleaf.site import catalogue, desk, moved, offers, patients, pictures, print_list, readability, sitemap
from plainleaf.site import status as status_pages
from plainleaf.site.patients import Page
from plainleaf.site.print_list import Problems

_OURS = (PAGE_MARK, sitemap.MARK.encode(), b"window.plainleafWords = ")
_MOST_BYTES = 10_000_000  # of a page
Worded = Callable[[str], str]
Found = tuple[Edition, Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run has made, as the pages show it. ``artifacts``: those that are listed; ``found``: editions with what
    was found on their texts; ``problems``: what was found on each edition and its files, by (leaflet, locale name);
    ``digest_of``: the digest of a file in the output folder, as it was noted; "" if nobody knows."""

    artifacts: Sequence[Artifact]
    editions: Sequence[Edition]
    found: Sequence[Found]
    problems: Problems
    digest_of: Callable[[str], str]


def pages(project: Project, run: Run, output: Path, today: date) -> Iterator[Page]:
    """All pages and what they load, each with its path below the output folder."""
    written, table = status.sources(project, today=today), status.rows(project, today=today)
    lapsed = status.lapsed(written, table)
    offered = tuple(pictures.added(offers.of(project, run.artifacts, run.editions), output, run.digest_of))
    groups = print_list.groups(project, run.artifacts, run.editions, run.problems, lapsed)
    taken = [path for each in run.artifacts for path in (each.path, each.press) if path]
    yield from patients.pages(project, offered)
    yield from desk.pages(project, groups, offered, today)
    yield from print_list.pages(project, groups, today)
    near = {f"{print_list.FOLDER}/{group.edition.slug}/index.html" for group in groups}
    near |= {f"{readability.FOLDER}/{edition.slug}/index.html" for edition, _ in run.found}
    near |= {f"{desk.FOLDER}/index.html", f"{readability.FOLDER}/index.html"}
    yield from status_pages.pages(
        project, written, table, lambda: status.forms(project, output), today, near.__contains__
    )
    yield from readability.pages(project, run.found, output, today)
    yield from catalogue.pages(project, offered, run.digest_of)
    yield from sitemap.pages(project, offered)
    yield from moved.pages(project, offered, taken, output)


def write(root: Path, output: Path, made: Iterable[Page], worded: Worded) -> tuple[list[Finding], tuple[str, ...]]:
    """Write pages that differ from what lies there. Gives what is wrong with their templates and places, and the paths
    of all, below the output folder. ``worded``: a page for staff as they may do what it says."""
    faults, paths, place = list[Finding](), list[str](), files.Root(output)
    for path, make in made:
        paths.append(path)
        try:
            page = make()
            if isinstance(page, str):
                page = (worded(page) if path.startswith(f"{desk.FOLDER}/") else page).encode()
            place.save(output / path, page)
        except TemplateError as error:
            faults.append(error.finding(root, Location("layouts")))
        except files.RefusedError as error:
            faults.append(files.finding(error, output))
    return list(dict.fromkeys(faults)), tuple(dict.fromkeys(paths))


def sweep(output: Path, known: Iterable[str], more: Iterable[str] = ()) -> None:
    """Take away pages of ours of which nothing is left to show: of leaflets and languages that are gone; and ``more``
    pages that are always there where leaflets are."""
    wanted, place = set(known), files.Root(output)
    there = [path for path in (output / name for name in more) if files.there(path)]
    for path in sorted([*_left(place, output), *there]):
        name = path.relative_to(output).as_posix()
        if name not in wanted and _is_ours(place, path):
            place.delete(path)


def _left(place: files.Root, output: Path) -> Iterator[Path]:
    """Where pages of ours may lie that are not written any more."""
    yield from (path for path in place.listed(output / patients.FOLDER) if path.suffix in (".html", ".js"))
    for folder in (print_list.FOLDER, status_pages.FOLDER, readability.FOLDER):
        for leaflet in place.listed(output / folder):
            yield from (path for path in place.listed(leaflet) if path.suffix == ".html")
    yield from (path for path in place.listed(output) if path.match("sitemap*.xml"))
    for leaflet in place.listed(output):
        if leaflet.name not in (patients.FOLDER, desk.FOLDER):
            for folder_of_language in place.listed(leaflet):
                path = folder_of_language / "formats.html"
                if files.there(path):
                    yield path


def _is_ours(place: files.Root, path: Path) -> bool:
    try:
        data = place.read(path, _MOST_BYTES)
    except OSError:
        return False
    return any(mark in data for mark in _OURS)
