"""From arguments to values: what a command is asked for, and on which day. Wrong ones raise ``UsageError``."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plainleaf.model.usage import UsageError

if TYPE_CHECKING:
    from plainleaf.actions.choice import Choice
    from plainleaf.model import Finding
    from plainleaf.project import Project


def place(path: Path) -> Path:
    """Where a path that somebody typed leads, in full. Links in a circle lead nowhere: what opens the path says so."""
    return Path(os.path.realpath(path))


def root(options: argparse.Namespace) -> Path:
    """The folder with sources/ and locales/."""
    return place(getattr(options, "root", Path.cwd()))


def load(options: argparse.Namespace, clinic: str = "") -> Project:
    """The root folder for one clinic; "" is the one of the settings. Raises ``UsageError`` if there are no sources."""
    from plainleaf import project
    from plainleaf.clinics import contacts

    here, site = root(options), getattr(options, "site_url", "").strip()
    if site and (fault := contacts.wrong_site(site)):
        raise UsageError(f"--site-url: {fault[0]}", fault[1])
    if not (here / "sources").is_dir():
        raise UsageError(f"{here} has no folder sources/", "go to the folder of your leaflets, or name it with --root")
    return project.load(here, clinic, site_url=site)


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

    there = clinicfile.names(root(options))
    clinicfile.asked(there, asked)
    return (there if clinicfile.EVERY in asked else tuple(dict.fromkeys(asked))) or ("",)


def choice(options: argparse.Namespace, project: Project) -> Choice:
    """What is asked for, by name. Raises ``UsageError`` for names of nothing, for looks that exclude each other."""
    from plainleaf import choosing

    if not all(look.strip("+ ") for look in getattr(options, "look", [])):
        raise UsageError("--look is empty", f"there are: {', '.join(project.looks) or 'none'}")
    return choosing.choose(
        project,
        options.leaflets,
        options.locale,
        options.layout,
        _looks(options),
        beside=getattr(options, "beside", ""),
        pseudo=getattr(options, "pseudo", False),
        complete=getattr(options, "require", "") == "complete",
        formats=getattr(options, "formats", ()),
    )


def unread(options: argparse.Namespace, project: Project) -> tuple[Finding, ...]:
    """What is wrong with leaflets that are asked for by name and that nobody can read."""
    from plainleaf import choosing

    return choosing.unread(project, options.leaflets)


def _looks(options: argparse.Namespace) -> tuple[str, ...]:
    """The looks that are asked for, each one or several joined with "+"; ``--marks`` goes with all of them."""
    from plainleaf.layouts.looks import parts

    asked = getattr(options, "look", [])
    if getattr(options, "marks", False):
        asked = [f"{look}+marks" for look in asked or [""]]
    return tuple(dict.fromkeys("+".join(parts(look)) for look in asked))


def output(options: argparse.Namespace, project: Project, several: bool = False) -> Path:
    """Where what is made goes. Of several clinics each has its place below the folder asked for, as below build/.

    The folder asked for may lie anywhere but where leaflets lie. Raises ``files.RefusedError`` if a link leads out of
    the root, or out of it, and ``UsageError`` if something of the user's would be overwritten there.
    """
    from plainleaf import choosing, files

    if not options.output:
        return files.Root(project.root).inside(project.output)
    asked = place(options.output)
    choosing.output(project, asked, replaces=options.command == "publish")
    return files.Root(asked).inside(asked / project.output.relative_to(project.root / "build")) if several else asked


def today() -> date:
    """The day of the run; SOURCE_DATE_EPOCH (seconds, UTC) sets another one for builds that must repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    asked = epoch.isascii() and epoch.isdigit() and len(epoch) < 12
    return datetime.fromtimestamp(int(epoch), UTC).date() if asked else date.today()


def pdf(path: Path) -> bytes:
    """The bytes of a PDF that the user names, of any size that ``plainleaf.reading`` reads. Raises ``UsageError`` if
    there is no such file."""
    from plainleaf import files
    from plainleaf.reading.limits import MOST_BYTES

    try:
        return files.ANYWHERE.read(path, MOST_BYTES)
    except FileNotFoundError as error:
        hint = "name a PDF, such as build/my-leaflet/my-leaflet.en.a4.pdf"
        raise UsageError(f"there is no file {path}", hint) from error
