"""Files of earlier runs that lie in the output folder: of nothing that can be published today, or out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

from plainleaf.actions.naming import in_folder, named
from plainleaf.actions.plan import seconds
from plainleaf.artifacts.manifest import Manifest
from plainleaf.clinics import file as clinicfile
from plainleaf.formats.base import FORMATS
from plainleaf.layouts.file import SOURCE
from plainleaf.model import Artifact, Finding, Location, Severity
from plainleaf.model.tags import language_tag
from plainleaf.project import Project
from plainleaf.typesetting import pseudo


def of_nothing(manifest: Manifest, known: Iterable[Artifact], unread: Collection[str] = ()) -> list[Finding]:
    """Files of leaflets, languages, layouts or looks that are no longer there, or that cannot be read today: one
    finding for those of a leaflet in a language, which is on what people open, not on a font or picture beside that.

    Those in made-up languages, which nobody hands out, are left alone. ``unread``: the leaflets whose source is there
    and cannot be read.
    """
    made_up = {language_tag(name) for name in pseudo.NAMES}
    together: dict[str, tuple[list[str], list[str]]] = {}
    table = dict(FORMATS)
    for path in manifest.left(artifact.path for artifact in known):
        opened = named(path, table)
        found = opened or in_folder(path, table)
        if not found or not made_up.intersection(found.tags.split("+")):
            own = together.setdefault(f"{found.slug}.{found.tags}" if found else path, ([], []))
            own[0 if opened else 1].append(path)
    what = "{files} {lie} in the output folder but {belong} to no leaflet that can be published today"
    gone = "delete what nobody is to hand out any more"
    old = "{files} {are} of the last run in which the leaflet could be read, and {lie} there as before"
    later = "fix the errors in the leaflet's file; until then hand out nothing that they may have made wrong"
    return [
        Finding("left-over", Severity.WARNING, _of(paths, old), Location(paths[0]), later)
        if paths[0].partition("/")[0] in unread
        else Finding("left-over", Severity.WARNING, _of(paths, what), Location(paths[0]), gone)
        for paths in (first + others for first, others in together.values())
    ]


def above(manifest: Manifest, clinic: str) -> list[Finding]:
    """Files of the time when there was one ``clinic`` only, above the folders that several have now: one finding, on
    what people open."""
    table, there = dict(FORMATS), manifest.left(())
    paths = [f"{manifest.output.name}/{path}" for path in sorted(there, key=lambda path: not named(path, table))]
    what = "{files} {lie} above the folders of the clinics, where nothing is made any more"
    stay = f'to keep them up to date at this address, set clinic = "{clinic}" in the settings; ' if clinic else ""
    hint = f"{stay}{'if not, ' if clinic else ''}delete what nobody is to hand out any more"
    return [Finding("left-over", Severity.WARNING, _of(paths, what), Location(paths[0]), hint)] if paths else []


def out_of_date(project: Project, kept: Iterable[Artifact]) -> list[Finding]:
    """Files of earlier runs' options (looks, pairs of languages) or settings that are not what the sources say today.

    One finding for all those that one command makes anew.
    """
    together: dict[str, list[str]] = {}  # by command
    for file in kept:
        if not file.fresh:
            together.setdefault(command(project, file), []).extend([file.path, *([file.press] if file.press else [])])
    return [
        Finding(
            "out-of-date",
            Severity.WARNING,
            _of(paths, "{files} {are} out of date: left from a run with other options"),
            Location(paths[0]),
            f"run {asking}, or delete the old files, so that nobody hands them out",
        )
        for asking, paths in together.items()
    ]


_NAMED = 3  # files that a finding on several names beside the one that it is on


def _of(paths: Sequence[str], what: str) -> str:
    """What is said of some files, of which the first is the finding's own place."""
    others = [_short(PurePosixPath(path)) for path in paths[1:]]
    if len(others) > _NAMED:
        others[_NAMED:] = [f"{len(others) - _NAMED} more"]
    many = bool(others)
    files = f"this file and {', '.join(others)}" if many else "this file"
    verbs = ("lie", "belong", "are") if many else ("lies", "belongs", "is")
    return what.format(files=files, lie=verbs[0], belong=verbs[1], are=verbs[2])


def _short(path: PurePosixPath) -> str:
    """A file's name; with the folder that an edition has for itself."""
    return "/".join(path.parts[1:]) or path.name


def command(project: Project, file: Artifact) -> str:
    """The command that makes a file in its look and with its second language."""
    usual = (project.layouts[file.layout].beside,) if file.layout else seconds(project)
    own = project.leaflets[file.slug].own_locale
    options = []
    if project.clinic_name != clinicfile.standard(project.clinics, project.settings.clinic):
        options.append(f"--clinic {project.clinic_name}")
    if file.format not in project.settings.formats:
        options.append(f"--format {file.format}")
    if file.layout and project.settings.layouts and file.layout not in project.settings.layouts:
        options.append(f"--layout {file.layout}")
    if project.settings.locales and file.locale not in project.settings.locales:
        options.append(f"--locale {file.locale.replace('_', '-')}")
    if file.looks:
        options.append(f"--look {'+'.join(file.looks)}")
    if file.beside and file.beside not in (own if each == SOURCE else each for each in usual):
        options.append(f"--beside {file.beside.replace('_', '-')}")
    return " ".join(["plainleaf publish", *options])
