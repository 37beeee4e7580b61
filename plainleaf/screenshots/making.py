"""Writes the pictures of an edition's messages, with a manifest that says which is whose.

    build/screenshots/es/manifest.json
    build/screenshots/es/<leaflet>/<digest of context and text>.png

Pictures are cut out of the finished PDFs. The manifest is described in ``docs/screenshots.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf import pipeline
from plainleaf.actions.choice import Choice
from plainleaf.artifacts.manifest import Result
from plainleaf.editions import editions
from plainleaf.files import RefusedError, Root, make_folder
from plainleaf.files.places import WORDS, po_path
from plainleaf.formats.pdf.format import FORMAT as PDF
from plainleaf.model import Artifact, Edition, Finding, Layout, Locale, Location, Message, State, has_error
from plainleaf.project import Project
from plainleaf.reading import tags
from plainleaf.reading.limits import MOST_BYTES, UnreadableError
from plainleaf.reading.places import Cut, Pages, Part, united
from plainleaf.screenshots import matching, wording
from plainleaf.screenshots.matching import Key, Seen
from plainleaf.screenshots.wording import Word
from plainleaf.translations import messages

VERSION = 2
FOLDER = "screenshots"
MANIFEST = "manifest.json"
WEBLATE = "weblate.json"

_PER_PT = 96 / 72  # pixels
_ABOVE = 72.0  # pt of the page that are shown above a text and below it
_TEXTS = ("full", "easy", "short", "short-or-full", "card")  # of a leaflet, in the order in which they are looked for
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a message: its path in the folder, the layout that it is cut from, the pages that it is on."""

    path: str
    layout: str
    seen: Seen
    cut: Cut


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a language: its folder, how many messages of leaflets have a picture, and which have none, with
    why. ``findings``: of the run that made the PDFs. ``words``: how many of the layouts' words have a picture, and how
    many there are."""

    folder: Path
    pictured: int
    unprinted: tuple[tuple[Location, str], ...]
    findings: tuple[Finding, ...]
    words: tuple[int, int] = (0, 0)


def make(
    project: Project,
    choice: Choice,
    output: Path,
    pdfs: Path,
    today: date,
    told: Callable[[int, Result], None] = lambda total, result: None,
) -> Iterator[Made]:
    """The pictures of each chosen language, in ``output``/<locale>. The PDFs that they are cut from are made in the
    folder ``pdfs``, where they are out of date. Raises ``files.BusyError``, ``OSError``."""
    layouts = _layouts(project, choice)
    wanted = replace(choice, layouts=tuple(layouts), formats=(PDF.name,), looks=("",))
    outcome = pipeline.publish(project, wanted, pdfs, today, told)
    found = list(editions(project, choice, today))
    for locale in dict.fromkeys(edition.locale.name for edition, _ in found):
        make_folder(output / locale)
        root = Root(output / locale)
        own = [each for each in found if each[0].locale.name == locale]
        artifacts = _of(outcome.artifacts, locale, layouts)
        yield _language(project, own, artifacts, pdfs, root, output / locale, outcome.findings)


def _layouts(project: Project, choice: Choice) -> tuple[str, ...]:
    """The layouts that are asked for; without any, one for each text of a leaflet, on the paper that comes first."""
    asked = choice.layouts or project.settings.layouts
    there = [layout for name, layout in project.layouts.items() if not asked or name in asked]
    if choice.layouts:
        return tuple(layout.name for layout in sorted(there, key=_order))
    first: dict[str, str] = {}
    for layout in sorted(there, key=lambda each: (_order(each), bool(each.beside), each.name)):
        first.setdefault(layout.text, layout.name)
    return tuple(first.values())


def _order(layout: Layout) -> int:
    return _TEXTS.index(layout.text) if layout.text in _TEXTS else len(_TEXTS)


def _of(artifacts: Iterable[Artifact], locale: str, layouts: Sequence[str]) -> list[Artifact]:
    """The PDFs of a language, in the order of their layouts."""
    own = [each for each in artifacts if each.locale == locale and each.made and each.fresh and each.format == PDF.name]
    return sorted(own, key=lambda each: (layouts.index(each.layout), each.path))


def _language(
    project: Project,
    found: Sequence[tuple[Edition, Sequence[Finding]]],
    artifacts: Sequence[Artifact],
    pdfs: Path,
    root: Root,
    folder: Path,
    findings: tuple[Finding, ...],
) -> Made:
    leaflets, unprinted, kept = [], list[tuple[Location, str]](), set[str]()
    locale = found[0][0].locale
    lacking_words = {_key(each.message): each for each in wording.words(project, locale)}
    words = dict[Key, Picture]()
    for edition, about in found:
        own = [artifact for artifact in artifacts if artifact.slug == edition.slug]
        pictures = _pictures(project, edition, own, pdfs, lacking_words, words)
        for picture in pictures.values():
            root.save(folder / picture.path, picture.cut.png)
            kept.add(picture.path)
        every = messages.extract(edition.leaflet)
        lacking = [each for each in every if _key(each) not in pictures]
        why = {_key(each): _why(project, edition, each, has_error(about), bool(own)) for each in lacking}
        leaflets.append(_leaflet(project, edition, every, pictures, why))
        unprinted += [(each.at[0], why[_key(each)]) for each in lacking]
    pictured = len(kept)
    for picture in words.values():
        root.save(folder / picture.path, picture.cut.png)
        kept.add(picture.path)
    _tidy(root, folder, kept)
    manifest = _manifest(project, found[0][0], leaflets, _words(project, locale, words))
    root.save(folder / MANIFEST, _as_json(manifest))
    root.save(folder / WEBLATE, _as_json(_for_weblate(manifest)))
    return Made(folder, pictured, tuple(unprinted), findings, (len(words), len(wording.messages(project))))


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _pictures(
    project: Project,
    edition: Edition,
    artifacts: Iterable[Artifact],
    pdfs: Path,
    lacking: dict[Key, Word],
    words: dict[Key, Picture],
) -> dict[Key, Picture]:
    """A picture of each message that one of these PDFs prints, from the first that does. ``lacking``: words of layouts
    that have none yet; those that are found go from there into ``words``."""
    found: dict[Key, Picture] = {}
    for artifact in artifacts:
        data = Root(pdfs).read(pdfs / artifact.path, MOST_BYTES)
        try:
            document = tags.read(data)
        except UnreadableError:  # a look that leaves the tags out
            continue
        with Pages(data) as pages:
            text = project.layouts[artifact.layout].text
            for seen in matching.find(edition, project.clinic, text, document, pages):
                if seen.text.key not in found:
                    found[seen.text.key] = _picture(edition.slug, artifact.layout, seen, pages)
            own = [each.printed for each in matching.texts(edition, project.clinic, text)]
            for seen in wording.find([*lacking.values()], document, pages, edition.locale.tag, own):
                words[seen.text.key] = _picture(WORDS, artifact.layout, seen, pages)
                del lacking[seen.text.key]
    return found


def _picture(folder: str, layout: str, seen: Seen, pages: Pages) -> Picture:
    return Picture(f"{folder}/{_name(seen.text.key)}.png", layout, seen, pages.cut(_parts(seen, pages), _PER_PT))


def _parts(seen: Seen, pages: Pages) -> list[Part]:
    """What to cut out: the whole width of each page that a text is on, with some of what is above and below it."""
    parts = []
    for number in seen.pages:
        (wide, high), marked = pages.sizes[number - 1], seen.boxes[number]
        _, top, _, bottom = united(marked)
        parts.append(Part(number, (0.0, max(0.0, top - _ABOVE), wide, min(high, bottom + _ABOVE)), marked))
    return parts


def _name(key: Key) -> str:
    """The name of a message's picture: the same as long as the message is."""
    return hashlib.sha256("\x04".join(key).encode()).hexdigest()[:_DIGITS]


def _key(message: Message) -> Key:
    return message.context, message.text


def _why(project: Project, edition: Edition, message: Message, wrong: bool, made: bool) -> str:
    """Why a message has no picture, in words."""
    here = project.clinic.country if project.clinic else ""
    if all(at in _elsewhere(edition, here) for at in message.at):
        return f"it is not printed for a clinic in {here}"
    if edition.locale.name != edition.leaflet.own_locale:
        translation = project.lookup(edition.locale.name, edition.slug)(*_key(message))
        if translation is None or translation.state is State.UNTRANSLATED:
            return "it is not translated"
        if translation.state is State.FUZZY:
            return wording.FUZZY
    if not made:
        return "no PDF could be made: fix the errors first" if wrong else "no PDF of this leaflet was made"
    return "no layout that was asked for prints it"


def _elsewhere(edition: Edition, country: str) -> frozenset[Location]:
    """The places of what is printed in other countries only."""
    others = [block for block in edition.leaflet.walk() if not block.printed_in(country)]
    return frozenset(inner.at for block in others for inner in block.walk())


def _leaflet(
    project: Project,
    edition: Edition,
    every: Sequence[Message],
    pictures: dict[Key, Picture],
    why: dict[Key, str],
) -> dict[str, Any]:
    """What the manifest says of a leaflet."""
    path = po_path(project.root, edition.locale.name, edition.slug).relative_to(project.root).as_posix()
    printed = [_entry(each, pictures[_key(each)]) for each in every if _key(each) in pictures]
    others = [{**_about(each), "why": why[_key(each)]} for each in every if _key(each) in why]
    translated = edition.locale.name != edition.leaflet.own_locale
    return {
        "leaflet": edition.slug,
        "title": next((each.text for each in every), ""),
        "po": path if translated else None,
        "messages": printed,
        "unprinted": others,
    }


def _words(project: Project, locale: Locale, pictures: dict[Key, Picture]) -> dict[str, Any]:
    """What the manifest says of the words of layouts."""
    every = wording.messages(project)
    catalog = project.words(locale.name)
    return {
        "catalog": WORDS,
        "po": catalog.file if catalog and catalog.file else None,
        "messages": [_entry(each, pictures[_key(each)]) for each in every if _key(each) in pictures],
        "unprinted": [
            {**_about(each), "why": wording.why(project, locale, each)} for each in every if _key(each) not in pictures
        ],
    }


def _for_weblate(manifest: dict[str, Any]) -> dict[str, Any]:
    """What Weblate's API asks for, screenshot by screenshot: the fields of the form but for the project, and the source
    string that it belongs to."""
    parts = [(each["leaflet"], each["messages"]) for each in manifest["leaflets"]]
    parts.append((manifest["words"]["catalog"], manifest["words"]["messages"]))
    return {
        "format": "plainleaf-screenshots-for-weblate",
        "version": 1,
        "screenshots": [
            {
                "form": {
                    "image": each["picture"],
                    "name": each["picture"].removesuffix(".png"),
                    "component_slug": component,
                    "language_code": manifest["locale"],
                },
                "unit": {"source": each["source"], "context": each["context"]},
            }
            for component, messages in parts
            for each in messages
        ],
    }


def _about(message: Message) -> dict[str, Any]:
    return {
        "context": message.context,
        "source": message.text,
        "id": message.id,
        "safety": message.safety,
        "at": [at.as_json() for at in message.at],
    }


def _entry(message: Message, picture: Picture) -> dict[str, Any]:
    seen, cut = picture.seen, picture.cut
    return {
        **_about(message),
        "po": seen.text.po.as_json() if seen.text.po else None,
        "printed": seen.text.printed,
        "picture": picture.path,
        "width": cut.width,
        "height": cut.height,
        "boxes": [list(box) for box in cut.boxes],
        "layout": picture.layout,
        "pages": list(seen.pages),
    }


def _manifest(
    project: Project, edition: Edition, leaflets: list[dict[str, Any]], words: dict[str, Any]
) -> dict[str, Any]:
    return {
        "format": "plainleaf-screenshots",
        "version": VERSION,
        "locale": edition.locale.name,
        "language": edition.locale.tag,
        "clinic": project.clinic_name,
        "leaflets": leaflets,
        "words": words,
    }


def _tidy(root: Root, folder: Path, kept: set[str]) -> None:
    """Delete the pictures of an earlier run that its manifest lists and this one does not."""
    try:
        before = json.loads(root.read(folder / MANIFEST, MOST_BYTES))
        parts = [*before["leaflets"], before.get("words", {"messages": []})]
        listed = [str(entry["picture"]) for part in parts for entry in part["messages"]]
    except (FileNotFoundError, RefusedError, ValueError, LookupError, TypeError, AttributeError):
        return
    for path in listed:
        if path not in kept and path.endswith(".png"):
            root.delete(folder / path)
