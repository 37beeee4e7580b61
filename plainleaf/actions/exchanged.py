"""Was a picture or a layout exchanged while a run was at work? Signatures are judged first, and these are read again
later: what is printed must be what was signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from plainleaf.actions import page_words
from plainleaf.formats.base import Read
from plainleaf.layouts import literals
from plainleaf.model import Edition, Finding, Kind, Location, Severity
from plainleaf.project import Project

CHECK = "picture-exchanged"
_PICTURE = "picture "  # how the names of signed pictures begin (``approvals.contents``)


def signed(project: Project, editions: Iterable[Edition]) -> Read:
    """The pictures that people have signed who answer for these editions, each with the SHA-256 that they saw, or its
    beginning: the leaflet's, the clinic's logos, those of the root's layouts."""
    logos = {f"{page_words.of_clinic(project.clinic_name)}{key}" for key in ("logo", "second-logo")}
    found = dict[str, str]()
    for edition in editions:
        kept = [project.sign_offs.records.get(edition.slug)] if edition.sign_off else []
        approved = project.approvals.get(edition.locale.name)
        kept += [approved.records.get(edition.slug)] if approved and edition.approval else []
        for record in (each for one in kept if one for each in one.all):
            for what, value in record.content:
                if what.startswith(_PICTURE):
                    found[str(project.root / what.removeprefix(_PICTURE))] = value
            for context, text in (checked.key for checked in record.words):
                if context in logos:
                    name, _, digest = text.rpartition(" ")
                    found[str(project.root / "sources" / name)] = digest
                elif context.startswith(literals.WHOLE) and text.startswith(literals.ALL):
                    found[str(project.root / context.removeprefix(literals.WHOLE))] = text.rpartition(" ")[2]
    return tuple(found.items())


def faults(project: Project, editions: Iterable[Edition], read: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Pictures of signed leaflets whose files are others now (``read``) than when their signatures were judged."""
    editions, now = tuple(editions), dict(read)
    figures = (block for edition in editions for block in edition.leaflet.walk() if block.kind is Kind.FIGURE)
    places = {block.options["src"]: block.at for block in figures}
    for path, digest in signed(project, editions):
        if not now.get(path, digest).startswith(digest):
            name = Path(path).relative_to(project.root).as_posix()
            what = f"the picture {name} was replaced during this run: it is not the one that was signed"
            hint = "make sure that nothing writes into the folder, and run the command again"
            yield Finding(CHECK, Severity.ERROR, what, places.get(name, editions[0].leaflet.at), hint)


def layouts(changed: Iterable[str]) -> Iterator[Finding]:
    """What to say of files of layouts that were written while pages were made from them; ``changed``: paths from the
    root."""
    for name in changed:
        if name.partition("/")[0] == "layouts":
            what = f"nothing was made: {name} was changed during this run, and may not be what was signed"
            hint = "make sure that nothing writes into the folder, and run the command again"
            yield Finding("layout-exchanged", Severity.ERROR, what, Location(name), hint)
