"""What a command is asked for, from its arguments to values. Wrong ones raise ``UsageError``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.model.tags import language_tag, locale_name

if TYPE_CHECKING:
    from plainleaf.model import Finding
    from plainleaf.pipeline import Choice
    from plainleaf.project import Project


class UsageError(Exception):
    """Something that cannot be done as it was asked for, and what to ask instead; ``about``: what stands behind it."""

    def __init__(self, what: str, hint: str, about: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.hint, self.about = hint, about


def root(options: argparse.Namespace) -> Path:
    """The folder with sources/ and locales/."""
    found: Path = getattr(options, "root", Path.cwd()).resolve()
    return found


def load(options: argparse.Namespace, clinic: str = "") -> Project:
    """The root folder for one clinic; "" is the one of the settings. Raises ``UsageError`` if there are no sources."""
    from plainleaf import project

    here = root(options)
    if not (here / "sources").is_dir():
        raise UsageError(f"{here} has no folder sources/", "go to the folder of your leaflets, or name it with --root")
    return project.load(here, clinic)


def load_one(options: argparse.Namespace) -> Project:
    """The root folder, for a command for one clinic at a time. Raises ``UsageError`` if it is asked for several."""
    asked = clinics(options)
    if len(asked) > 1:
        raise UsageError(f"{options.command} is for one clinic at a time", f"name one of {', '.join(asked)}")
    return load(options, asked[0])


def clinics(options: argparse.Namespace) -> tuple[str, ...]:
    """The clinics that are asked for, by the names of their files; ("",) if none is named.

    Raises ``UsageError`` for one that is not there.
    """
    asked: list[str] = getattr(options, "clinic", [])
    if not asked:
        return ("",)  # before anything is loaded: a check of what has not changed answers at once

    from plainleaf.clinics import file as clinicfile
    from plainleaf.model.phrases import nearest

    there = clinicfile.names(root(options))
    for name in asked:
        if name not in (*there, clinicfile.EVERY):
            hint = f"there are: {', '.join(there) or 'none'}; each is a file in {clinicfile.FOLDER.as_posix()}/"
            raise UsageError(f"there is no clinic “{name}”{nearest(name, list(there))}", hint)
    return (there if clinicfile.EVERY in asked else tuple(dict.fromkeys(asked))) or ("",)


def choice(options: argparse.Namespace, project: Project) -> Choice:
    """What is asked for, by name. Raises ``UsageError`` for names of nothing, for looks that exclude each other."""
    from plainleaf.formats.base import FORMATS
    from plainleaf.layouts import looks as all_looks
    from plainleaf.layouts.looks import clash, parts
    from plainleaf.model.phrases import nearest
    from plainleaf.pipeline import Choice
    from plainleaf.project import languages, leaflet_files
    from plainleaf.typesetting.locales import PSEUDO

    pseudo = getattr(options, "pseudo", False)
    locales = tuple(locale_name(name) for name in options.locale)
    beside = locale_name(getattr(options, "beside", ""))
    spoken = sorted({*languages(project.root, project.leaflets, (*locales, beside)), *(PSEUDO if pseudo else ())})
    looks = _looks(options)
    if not all(look.strip("+ ") for look in getattr(options, "look", [])):
        raise UsageError("--look names no look", f"there are: {', '.join(project.looks) or 'none'}")
    formats = tuple(getattr(options, "formats", ()))
    for what, asked, there in (  # what is there with mistakes of its own is told with these
        ("leaflet", options.leaflets, [path.stem for path in leaflet_files(project.root)]),
        ("format", formats, list(FORMATS)),
        ("language", locales, spoken),
        ("language", (beside,) if beside else (), spoken),
        ("look", [name for look in looks for name in parts(look)], list(all_looks.names(project.layout_folders))),
    ):
        for name in asked:
            if name not in there:
                raise UsageError(
                    f"there is no {what} “{name}”{nearest(name, there)}", f"there are: {', '.join(there) or 'none'}"
                )
    for name in options.layout:
        if name not in project.layouts:
            raise _no_layout(project, name)
    for name in (name for look in looks for name in parts(look)):
        if name not in project.looks:
            raise _unusable(project, "look", name, "layouts/base/looks/")
    for look in looks:
        if why := clash([project.looks[name] for name in parts(look)]):
            raise UsageError(f"--look {look}: {why}", "take one of them")
    _meant(options, project, [name for name in locales if name not in PSEUDO])
    complete = getattr(options, "require", "") == "complete"
    return Choice(tuple(options.leaflets), locales, tuple(options.layout), pseudo, looks, beside, complete, formats)


def _meant(options: argparse.Namespace, project: Project, locales: Sequence[str]) -> None:
    """Raises ``UsageError`` if none of the leaflets asked for is meant for any of the languages asked for."""
    chosen = [leaflet for slug, leaflet in project.leaflets.items() if slug in (options.leaflets or project.leaflets)]
    if locales and chosen and not any(leaflet.meant_for(name) for leaflet in chosen for name in locales):
        tags = " or ".join(language_tag(name) for name in locales)
        heads = ", ".join(str(leaflet.meta.languages_at or leaflet.at) for leaflet in chosen)
        raise UsageError(
            f"no leaflet that was asked for is meant for {tags}", f"{heads}: this line names its languages"
        )


def _no_layout(project: Project, name: str) -> UsageError:
    """That a layout is not there, or what keeps it from being used."""
    from plainleaf.layouts import file as layoutfile

    if name in layoutfile.names(project.layout_folders):
        return _unusable(project, "layout", name, f"layouts/{name}/")
    return UsageError(*layoutfile.unknown(name, project.layout_folders))


def _unusable(project: Project, what: str, name: str, folder: str) -> UsageError:
    """What keeps a layout or look from being used: what is wrong in its own folder, else in all that layouts share."""
    places = (f"{folder}{name}." if what == "look" else folder, "layouts/")
    about = next((some for place in places if (some := _findings_below(project, place))), ())
    return UsageError(f"the {what} “{name}” cannot be used", "fix what is named above", about)


def _findings_below(project: Project, place: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in project.findings if finding.at.file.startswith(place))


def unread(options: argparse.Namespace, project: Project) -> tuple[Finding, ...]:
    """What is wrong with leaflets that are asked for by name and that nobody can read."""
    return tuple(
        finding
        for slug in options.leaflets
        if slug not in project.leaflets
        for finding in _findings_below(project, f"sources/{slug}.md")
    )


def _looks(options: argparse.Namespace) -> tuple[str, ...]:
    """The looks that are asked for, each one or several joined with "+"; ``--marks`` goes with all of them."""
    from plainleaf.layouts.looks import parts

    asked = getattr(options, "look", [])
    if getattr(options, "marks", False):
        asked = [f"{look}+marks" for look in asked or [""]]
    return tuple(dict.fromkeys("+".join(parts(look)) for look in asked))


def output(options: argparse.Namespace, project: Project, several: bool = False) -> Path:
    """Where what is made goes. Of several clinics each has its place below the folder asked for, as below build/.

    The folder asked for may lie anywhere. Raises ``files.RefusedError`` if a link leads out of the root, or out of it.
    """
    from plainleaf.files import writing as files

    if not options.output:
        return files.inside(project.output, project.root)
    asked: Path = options.output.resolve()
    return files.inside(asked / project.output.relative_to(project.root / "build"), asked) if several else asked
