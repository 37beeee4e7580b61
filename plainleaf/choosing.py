"""What is asked for, from names to values: leaflets, languages, layouts, looks. Wrong ones raise ``UsageError``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from plainleaf import files
from plainleaf.actions.choice import Choice
from plainleaf.files.places import PAGE_MARK
from plainleaf.formats.base import FORMATS
from plainleaf.languages import facts
from plainleaf.languages.naming import all_names, english_name, english_names, known, listed, named, question
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks as all_looks
from plainleaf.layouts.looks import clash, parts
from plainleaf.model import Finding
from plainleaf.model.phrases import nearest
from plainleaf.model.tags import language_tag, locale_name
from plainleaf.model.usage import UsageError
from plainleaf.project import Project, languages, leaflet_files


def choose(
    project: Project,
    leaflets: Sequence[str] = (),
    locales: Sequence[str] = (),
    layouts: Sequence[str] = (),
    looks: Sequence[str] = (),
    *,
    beside: str = "",
    pseudo: bool = False,
    complete: bool = False,
    formats: Sequence[str] = (),
) -> Choice:
    """A choice by name. Raises ``UsageError`` for names of nothing, for looks that exclude each other.

    ``locales``: Babel's names, tags, or the names of languages in English or in the language itself.
    """
    names = [locale_name(name) for name in (*locales, beside)]
    spoken = sorted({*languages(project.root, project.leaflets, names), *(facts.pseudo() if pseudo else ())})
    chosen = tuple(dict.fromkeys(language(name, spoken) for name in locales))
    second = language(beside, spoken) if beside else ""
    _there("leaflet", leaflets, [path.stem for path in leaflet_files(project.root)])
    _there("format", formats, list(FORMATS))
    worn = [name for look in looks for name in parts(look)]
    _there("look", worn, all_looks.names(project.layout_folders))
    for name in layouts:
        if name not in project.layouts:
            raise _no_layout(project, name)
    for name in worn:
        if name not in project.looks:
            raise _unusable(project, "look", name, "layouts/base/looks/")
    for look in looks:
        if why := clash([project.looks[name] for name in parts(look)]):
            raise UsageError(f"--look {look}: {why}", "use only one of them")
    _meant(project, leaflets, [name for name in chosen if name not in facts.pseudo()])
    return Choice(tuple(leaflets), chosen, tuple(layouts), pseudo, tuple(looks), second, complete, tuple(formats))


def output(project: Project, folder: Path, replaces: bool = True) -> None:
    """Raises ``UsageError`` if a folder to write into (absolute, links followed) is where leaflets lie or, if what is
    made ``replaces`` its first page, has one of somebody else's."""
    own = [project.root / name for name in ("sources", "locales", "layouts", ".git")]
    if folder == project.root or any(folder.is_relative_to(each) for each in own):
        what = f"output: {folder} is where your own files are, and what is made would lie among them"
        raise UsageError(what, "name a folder of its own, such as build or public")
    if replaces and files.there(folder / "index.html") and not _is_ours(folder):
        what = f"output: {folder / 'index.html'} is not Plainleaf's, and would be overwritten"
        raise UsageError(what, "name an empty folder, or move that page")


def _is_ours(folder: Path) -> bool:
    """Whether the first page of a folder is one that was published here, or damaged: as long as it is no other's."""
    try:
        page = files.Root(folder).read(folder / "index.html")
    except OSError:
        return True  # what is wrong with it is said where it is written
    return not page.strip() or PAGE_MARK in page


def language(name: str, there: Sequence[str]) -> str:
    """The one of these languages that somebody names. Raises ``UsageError`` if it is none, or may be several."""
    if locale_name(name) in there:
        return locale_name(name)
    found = named(name, there)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"“{name}” can be {' or '.join(found)}", "name one of them")
    hint = f"there are: {', '.join(there) or 'none'}"
    if begun := new_language(name, hint):
        what = f"no leaflet is in {english_name(begun)} yet"
        raise UsageError(what, f"{hint}; to start a translation: plainleaf init {begun}")
    if listed(name)[0]:  # a language, though not by a name that it can have here
        near = f"; {asked}" if (asked := question(name)) else ""
    else:
        near = nearest(name, [*there, *all_names(there), *english_names()])
    raise UsageError(f"there is no language “{name}”{near}", hint)


def translation(name: str, there: Sequence[str]) -> str:
    """The Babel name of a translation that is there or could be; what CLDR knows nothing of stays as it was written.

    Raises ``UsageError`` for the name of a language that may be several.
    """
    written = locale_name(name)
    if written in there or known(written):
        return written
    found = named(name, there)
    return found[0] if len(found) == 1 else new_language(name) or written


def new_language(name: str, hint: str = "name one of them") -> str:
    """The Babel name of a language that CLDR knows, "" for none. Raises ``UsageError`` if it may be several."""
    found = named(name)
    if len(found) > 1:
        raise UsageError(f"“{name}” can be {' or '.join(found)}", hint)
    return "".join(found)


def _there(what: str, asked: Iterable[str], there: Sequence[str]) -> None:
    """What is there with mistakes of its own is told with these, not here."""
    for name in asked:
        if name not in there:
            hint = f"there are: {', '.join(there) or 'none'}"
            raise UsageError(f"there is no {what} “{name}”{nearest(name, there)}", hint)


def _meant(project: Project, leaflets: Sequence[str], locales: Sequence[str]) -> None:
    """Raises ``UsageError`` if none of the leaflets asked for is meant for any of the languages asked for."""
    chosen = [leaflet for slug, leaflet in project.leaflets.items() if slug in (leaflets or project.leaflets)]
    if locales and chosen and not any(leaflet.meant_for(name) for leaflet in chosen for name in locales):
        tags = " or ".join(language_tag(name) for name in locales)
        heads = ", ".join(str(leaflet.meta.languages_at or leaflet.at) for leaflet in chosen)
        raise UsageError(f"none of these leaflets is meant to be in {tags}", f"{heads}: this line lists its languages")


def _no_layout(project: Project, name: str) -> UsageError:
    """That a layout is not there, or what keeps it from being used."""
    if name in layoutfile.names(project.layout_folders):
        return _unusable(project, "layout", name, f"layouts/{name}/")
    return UsageError(*layoutfile.unknown(name, project.layout_folders))


def _unusable(project: Project, what: str, name: str, folder: str) -> UsageError:
    """What keeps a layout or look from being used: what is wrong in its own folder, else in all that layouts share."""
    places = (f"{folder}{name}." if what == "look" else folder, "layouts/")
    about = next((some for place in places if (some := _findings_below(project, place))), ())
    return UsageError(f"the {what} “{name}” cannot be used", "fix what is listed above", about)


def _findings_below(project: Project, place: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in project.findings if finding.at.file.startswith(place))


def unread(project: Project, leaflets: Iterable[str]) -> tuple[Finding, ...]:
    """What is wrong with leaflets that are asked for by name and that nobody can read."""
    return tuple(
        finding
        for slug in leaflets
        if slug not in project.leaflets
        for finding in _findings_below(project, f"sources/{slug}.md")
    )
