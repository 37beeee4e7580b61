"""Writes a new folder of leaflets, or a new leaflet: all of it or nothing, and nothing over what is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from string import Template

from plainleaf import files, project
from plainleaf.actions import update as catalogs
from plainleaf.beginning import hosts
from plainleaf.beginning.answers import Answers, file_name
from plainleaf.clinics.file import FOLDER
from plainleaf.files.ignored import IGNORED
from plainleaf.files.settings import OWN
from plainleaf.model import Finding, has_error
from plainleaf.model.usage import UsageError
from plainleaf.sources import template

_DATA = Path(__file__).parent / "data"
_MAY_BE_THERE = frozenset((".git", ".gitattributes", "LICENSE"))  # of a repository that was only just begun


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: paths from the folder, with "/" between parts; and what is wrong with it, if anything is."""

    paths: tuple[str, ...]
    leaflet: str = ""
    findings: tuple[Finding, ...] = ()


def texts(answers: Answers, day: date) -> Mapping[str, str]:
    """The files of a new folder: their text, by their path from it."""
    slug = file_name(answers.title, "leaflet")
    clinic = file_name(answers.clinic, "clinic")
    if clinic == slug:
        clinic = f"{clinic}-clinic"
    quoted = {key: _quoted(getattr(answers, key)) for key in ("phone", "emergency", "country")}
    made = {
        OWN: _filled("plainleaf.toml", layouts=_quoted(answers.layouts)),
        f"sources/{slug}.md": template.begun(answers.title, answers.country, answers.layouts, day),
        (FOLDER / f"{clinic}.toml").as_posix(): _filled(
            "clinic.toml", name=_quoted(answers.clinic), address=_quoted(answers.address), **quoted
        ),
        "README.md": _filled("README.md", name=answers.clinic),
        ".gitignore": "".join(f"{line}\n" for line in ("# Made by plainleaf", *IGNORED)),
    }
    return made | ({hosts.PATHS[answers.host]: hosts.workflow(answers.host)} if answers.host else {})


def _filled(file: str, **values: str) -> str:
    return Template(files.ANYWHERE.read(_DATA / file).decode("utf-8")).substitute(values)


def _quoted(text: str | Sequence[str]) -> str:
    """A text, or a list of them, as TOML and YAML write it, in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def folder(target: Path, answers: Answers, day: date) -> Begun:
    """Begin a folder of leaflets at ``target``. It is made elsewhere, read as any other is, and only then put there.

    With ``findings`` that are errors nothing was written. Raises ``UsageError`` if the folder is there with anything in
    it, ``files.RefusedError`` and ``files.UnwrittenError``.
    """
    refuse_full(target)
    made = texts(answers, day)
    with files.scratch() as place:
        root = place / "folder"  # not the name of the target: that may be too long, or none
        files.make_folder(root)
        for path, text in made.items():
            files.Root(root).save(root / path, text.encode("utf-8"))
        findings = project.load(root).findings
        if answers.locales and not has_error(findings):
            findings = (*findings, *catalogs.init(project.load(root), answers.locales).findings)
        if has_error(findings):
            return Begun((), findings=findings)
        written = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        _put(root, target, written)
    slug = next(PurePosixPath(path).stem for path in made if path.startswith("sources/") and path.endswith(".md"))
    return Begun(tuple(written), slug, findings)


def refuse_full(target: Path) -> None:
    """Raises ``UsageError`` if something is in the place of a new folder that is not to be written over."""
    there = files.ANYWHERE.listed(target)
    if files.there(target) and not target.is_dir():
        raise UsageError(f"{target} is there, and is not a folder", "name another folder")
    if any(path.name not in _MAY_BE_THERE for path in there):
        hint = "name a new folder; for another leaflet in this one: plainleaf new leaflet NAME"
        raise UsageError(f"{target} is not empty", hint)


def repository(target: Path) -> Path | None:
    """The top of the git repository that a folder is in; ``None`` if it is in none."""
    return next((each for each in (target, *target.parents) if files.there(each / ".git")), None)


def _put(root: Path, target: Path, paths: Sequence[str]) -> None:
    """Copy what was made to its place. What cannot be finished is taken back."""
    new = not files.there(target)
    done: list[str] = []
    try:
        files.make_folder(target)
        for path in paths:
            files.Root(target).save(target / path, files.Root(root).read(root / path), was=None)
            done.append(path)
    except OSError:
        if new:
            shutil.rmtree(target, ignore_errors=True)
        else:
            for path in done:
                files.Root(target).delete(target / path)
        raise


def leaflet(root: Path, name: str, title: str, day: date) -> Begun:
    """Begin another leaflet, ``sources/<name>.md``, in a folder of leaflets. Raises ``UsageError`` if it is there."""
    loaded = project.load(root)
    path = root / "sources" / f"{name}.md"
    if files.there(path):
        raise UsageError(f"there is a leaflet sources/{name}.md already", "give the new one another name")
    if name in loaded.clinics:
        raise UsageError(f"“{name}” is the name of a clinic's file", "give the leaflet another name")
    country = loaded.clinic.country if loaded.clinic else next(iter(_countries(loaded)), "US")
    names = list(loaded.settings.layouts or loaded.layouts)[:3]
    text = template.begun(title, country, names, day)
    with files.locked(root, files.TEXTS):
        files.Root(root).save(path, text.encode("utf-8"), was=None)
    return Begun((path.relative_to(root).as_posix(),), name)


def _countries(loaded: project.Project) -> Sequence[str]:
    """The countries that the folder's leaflets are written for."""
    return [leaflet.meta.country for leaflet in loaded.leaflets.values()]
