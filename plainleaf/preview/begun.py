"""Errands that begin something: a language, as ``plainleaf init`` does, or a leaflet, as ``plainleaf new leaflet``; and
``plainleaf update``, by which a translation has the texts of a source that has grown since."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import choosing, files, project
from plainleaf.actions import update as catalogs
from plainleaf.beginning import answers, making
from plainleaf.clinics import file as clinicfile
from plainleaf.files.places import WORDS
from plainleaf.languages import naming
from plainleaf.model.phrases import closest, counted
from plainleaf.model.usage import UsageError
from plainleaf.preview import refusals, titles
from plainleaf.project import Only

Answer = dict[str, Any]


def language(root: Path, clinic: str, today: date, called: str, leaflet: str) -> Answer:
    """Begin a language that somebody has ``called`` by its name, its own name or its code. ``several``: those that may
    be meant; else nothing, and why, or ``written``, and the leaflet that can be translated into it now."""
    word = " ".join(called.split())
    if not word:
        raise UsageError("no language is named", "type its name in English, or in the language itself")
    with files.locked(root, files.TEXTS, patience=refusals.PATIENCE):
        there = project.load(root, clinic)
        try:
            name = choosing.translation(word, [*there.locales])
        except UsageError:
            return {"several": _named(naming.named(word))}
        done = catalogs.init(there, (name,))
    findings = [each.as_json() for each in done.findings]
    begun = [path.stem for path in done.changed if path.suffix == ".po" and path.stem != WORDS]
    here = (name, leaflet) in there.catalogs or leaflet in begun or not begun
    at = leaflet if here else begun[0]
    notes = [*done.notes, *_drafts(done)]
    if not done.changed:
        if name in there.locales and not done.findings:
            notes = [f"{naming.english_name(name)} is there already: nothing was written.", *notes]
        unknown = any(each.check == "locale-unknown" for each in done.findings)
        if near := naming.named(closest(word, naming.english_names(), 0.75)) if unknown else ():
            return {"failed": f"“{word}” is not a known language", "near": _named(near)}
        return {"findings": findings, "notes": notes, "locale": name if name in there.locales else "", "leaflet": at}
    written = [path.relative_to(root).as_posix() for path in done.changed]
    english = naming.english_name(name)
    return {
        "locale": name, "leaflet": at, "english": english, "written": written, "findings": findings, "notes": notes
    }  # fmt: skip


def texts(root: Path, clinic: str, today: date, locale: str) -> Answer:
    """Bring the catalogs of a language up to date with their sources."""
    with files.locked(root, files.TEXTS, patience=refusals.PATIENCE):
        done = catalogs.update(project.load(root, clinic), (locale,))
    written = [path.relative_to(root).as_posix() for path in done.changed]
    return {"written": written, "findings": [each.as_json() for each in done.findings], "notes": [*done.notes]}


def _named(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": each, "english": naming.english_name(each)} for each in names]


def _drafts(done: catalogs.Written) -> list[str]:
    """What to know of texts that were filled in."""
    count = sum(map(len, done.drafts.values()))
    texts = f"{counted(count, 'text')} {'is' if count == 1 else 'are'}"
    return [f"{texts} filled in from other leaflets of this language, still to check"] if count else []


def leaflet(root: Path, clinic: str, today: date, called: str) -> Answer:
    """Begin a leaflet with the title that it is ``called`` by; its file has a name that none has."""
    try:
        title = answers.line(called)
    except answers.AnswerError as error:
        raise UsageError(f"the title cannot be used: {error}", error.hint) from error
    with files.locked(root, files.TEXTS, patience=refusals.PATIENCE):
        known = titles.titles(root)
        if any(each.title.casefold() == title.casefold() for each in known.values()):
            raise UsageError(f"there is a leaflet “{title}” already", "give the new one another title")
        taken = {*known, *clinicfile.names(root)}
        base = answers.file_name(title, "leaflet")
        names = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
        name = next(each for each in names if each not in taken)
        made = making.leaflet(root, name, title, today)
    begun = project.load(root, clinic, Only((name,), ())).leaflets[name]
    return {"leaflet": name, "locale": begun.own_locale, "written": list(made.paths)}
