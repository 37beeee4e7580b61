"""``terms``: what medicines and other fixed terms are called, out to other programs and back in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plainleaf import files
from plainleaf.files.places import shown
from plainleaf.languages import naming
from plainleaf.model import Finding, Location, Severity
from plainleaf.model.phrases import nearest
from plainleaf.model.usage import UsageError
from plainleaf.project import Project
from plainleaf.terms import glossary, table, tbx, termlist
from plainleaf.terms.entries import MOST_BYTES, Entry, key
from plainleaf.typesetting import locales

SUFFIXES = (".csv", ".tbx")


@dataclass(frozen=True, slots=True)
class Imported:
    """The lists that were written; how many terms are new or other in them, how many were known; what was found."""

    changed: tuple[Path, ...]
    new: int
    known: int
    findings: tuple[Finding, ...]


def suffix(file: Path) -> str:
    """How a file of terms ends. Raises ``UsageError`` for another one."""
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{file} is no file of terms", f"name a file that ends in {' or '.join(SUFFIXES)}")
    return file.suffix.lower()


def exported(project: Project, names: Sequence[str], ending: str) -> tuple[bytes, int]:
    """All terms in these languages (in all, if none is named) as CSV or TBX, and how many there are."""
    lists = {name: project.lists.get(name, {}) for name in names or sorted(project.locales)}
    found = glossary.concepts(project.leaflets.values(), project.catalogs, lists)
    writes = tbx.written if ending == ".tbx" else table.written
    return writes(found, list(lists)), len(found)


def read(project: Project, file: Path, replace: bool) -> Imported:
    """Put the terms of a file into the lists of their languages. A list keeps its own translation of a term unless it
    is to ``replace`` it, and what leaflets say among their words to know is never changed. All of it or nothing."""
    ending, name = suffix(file), shown(file, project.root)
    try:
        data = files.ANYWHERE.read(file, MOST_BYTES)
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}", "name the file that was exported as TBX or CSV") from None
    given = (tbx.read if ending == ".tbx" else table.read)(data, name)
    if given.findings:
        return Imported((), 0, 0, given.findings)
    asked = {tag: naming.spelt(tag) for tag in given.languages}
    found = list(_strange(project, given.languages, asked))
    with files.locked(project.root, files.TEXTS):
        changed, new, known = list[Path](), 0, 0
        for locale in sorted({asked[tag] for tag in asked} & set(project.locales)):
            own = [entry for entry in given.entries if asked[entry.language] == locale]
            added, faults, same = _wanted(project, locale, own, replace)
            found += faults
            known += same
            if added and _save(project, locale, added, found, changed):
                new += len(added)
    return Imported(tuple(changed), new, known, tuple(found))


def _strange(project: Project, named: Mapping[str, Location], asked: Mapping[str, str]) -> Iterator[Finding]:
    """Languages of a file that the leaflets do not have."""
    for tag, at in named.items():
        if asked[tag] not in project.locales:
            begin = f"start it: plainleaf init {asked[tag]}"
            hint = begin if naming.known(asked[tag]) else "write its tag: es, pt-BR, zh-Hans"
            what = f"“{tag}” is no language of these leaflets{nearest(asked[tag], list(project.locales))}"
            yield Finding("terms-language", Severity.WARNING, f"{what}; its terms are left out", at, hint)


def _wanted(
    project: Project, locale: str, entries: Sequence[Entry], replace: bool
) -> tuple[dict[str, str], list[Finding], int]:
    """What is to go into a list, what differs from what is known, and how many terms are known as they are."""
    listed = termlist.read(project.root, locale)
    there = {key(term): text for term, text in listed.terms.items()}
    own = {
        key(term): (text, catalog.lookup("", term))
        for leaflet in project.leaflets.values()
        if glossary.is_of_lists(leaflet) and (catalog := project.catalogs.get((locale, leaflet.slug)))
        for term, text in glossary.translated(leaflet, catalog.lookup).items()
    }
    added, found, same = dict[str, str](), list[Finding](), 0
    for entry in entries:
        name = key(entry.term)
        if name in own and own[name][0] != entry.text:
            text, said = own[name]
            found.append(
                _differs(entry, text, said.at if said else None, "change the leaflet's translation, or the file")
            )
        elif name in own or there.get(name) == entry.text:
            same += 1
        elif name in there and not replace:
            hint = "to take that of the file: plainleaf terms import --replace"
            found.append(_differs(entry, there[name], listed.places.get(name), hint))
        else:
            added[entry.term] = entry.text
    return added, found, same


def _differs(entry: Entry, text: str, at: Location | None, hint: str) -> Finding:
    where = f" ({at})" if at else ""
    what = f"“{entry.term}” is “{entry.text}” in the file, and “{text}” here{where}; nothing was changed"
    return Finding("terms-differ", Severity.WARNING, what, entry.at, hint)


def _save(project: Project, locale: str, added: Mapping[str, str], found: list[Finding], changed: list[Path]) -> bool:
    """Write a list; whether it could be written."""
    path = termlist.path(project.root, locale)
    if any(each.at.file == path.relative_to(project.root).as_posix() for each in project.findings):
        what, hint = (
            "the list of terms has errors, so nothing was added to it",
            "correct it: plainleaf check lists them",
        )
        found.append(Finding("terms-file", Severity.ERROR, what, Location(shown(path, project.root)), hint))
        return False
    was = files.Root(project.root).read(path) if files.there(path) else None
    text = termlist.added((was or b"").decode("utf-8-sig"), added, locales.locale(locale).english_name)
    try:
        if files.Root(project.root).save(path, text.encode(), was=was):
            changed.append(path)
    except (files.RefusedError, files.UnwrittenError) as error:
        found.append(files.finding(error, project.root))
        return False
    return True
