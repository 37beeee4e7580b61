"""How far each translation has come, what has changed in its source since, and whether its approval still stands; and
whether the source is signed off."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from plainleaf.actions import approve as approving
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions import signing
from plainleaf.actions.page_words import Shared, shared
from plainleaf.approvals.seals import Lapse, Standing
from plainleaf.artifacts.manifest import Manifest
from plainleaf.files import shelf
from plainleaf.files.places import WORDS
from plainleaf.formats.base import FORMATS, Format
from plainleaf.languages.facts import english
from plainleaf.model import Finding, Leaflet, Locale, Location, Message, State
from plainleaf.project import Project
from plainleaf.translations import diff as changes
from plainleaf.translations import notes
from plainleaf.translations.diff import Piece
from plainleaf.translations.messages import extract
from plainleaf.translations.po import Catalog


@dataclass(frozen=True, slots=True)
class Task:
    """A text that is to be translated, or checked again. ``was``: the source text that its translation was made for,
    or that it comes from; "" for a new one. ``stale``: it was translated, and the source has changed since."""

    state: State
    text: str
    was: str
    safety: bool
    at: Location
    po: Location | None
    stale: bool = False

    @property
    def change(self) -> tuple[Piece, ...]:
        """What has changed in the source, word by word."""
        return changes.words(self.was, self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One catalog, counted in messages; ``words`` are the source's words still to translate.

    ``leaflet`` is ``None`` for the layouts' words, which are approved with each leaflet.
    """

    domain: str
    leaflet: Leaflet | None
    locale: Locale
    messages: int
    tasks: tuple[Task, ...]
    broken: bool
    standing: Standing | None

    @property
    def fault(self) -> Finding | None:
        """Why the approval counts for nothing."""
        return self.standing.fault if self.standing else None

    @property
    def done(self) -> int:
        return self.messages - len(self.tasks)

    @property
    def percent(self) -> int:
        """Rounded down: 100 means all."""
        return self.done * 100 // max(self.messages, 1)

    @property
    def fuzzy(self) -> int:
        return sum(task.state is State.FUZZY for task in self.tasks)

    @property
    def untranslated(self) -> int:
        return len(self.tasks) - self.fuzzy

    @property
    def words(self) -> int:
        return sum(len(task.text.split()) for task in self.tasks)

    @property
    def safety(self) -> int:
        return sum(task.safety for task in self.tasks)

    @property
    def approval(self) -> str:
        """Who has approved it, in one line."""
        return _signature(self.standing) or ("" if self.leaflet is None else "draft")

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        return self.standing.lapses if self.standing else ()


@dataclass(frozen=True, slots=True)
class Source:
    """A leaflet as it is written, and who has signed that off."""

    leaflet: Leaflet
    standing: Standing | None

    @property
    def sign_off(self) -> str:
        """Who has signed it off, in one line."""
        return _signature(self.standing) or "sample for review"

    @property
    def fault(self) -> Finding | None:
        """Why the sign-off counts for nothing."""
        return self.standing.fault if self.standing else None

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        return self.standing.lapses if self.standing else ()


def _signature(standing: Standing | None) -> str:
    """Who has signed or noted it, in one line; "" if nobody has."""
    if standing is None:
        return ""
    if standing.fault:
        return f"does not count: {standing.fault.message}"
    signed = signing.of_name(standing.approval) if standing.approval else ""
    return signed if standing.holds else f"LAPSED: {why_lapsed(standing.lapses)} ({signed})"


def lapsed(written: Iterable[Source], table: Iterable[Row]) -> Mapping[tuple[str, str], str]:
    """The signatures that count no more, each in a line, by leaflet and locale; "" is the leaflet as it is written."""
    found = {(each.leaflet.slug, ""): f"sign-off {each.sign_off}" for each in written if each.fault or each.lapses}
    return found | {
        (row.domain, row.locale.name): f"approval {row.approval}" for row in table if row.fault or row.lapses
    }


def why_lapsed(lapses: Iterable[Lapse]) -> str:
    """What lapsed an approval, counted: "2 × source changed, the texts stand in another order"."""
    counts = Counter(lapse.why for lapse in lapses)
    return ", ".join(f"{number} × {why.value}" if number > 1 else why.value for why, number in counts.items())


def sources(project: Project, leaflets: Sequence[str] = (), today: date = date.max) -> tuple[Source, ...]:
    """Each chosen leaflet as it is written. A signature with a day after ``today`` does not hold."""
    of_layouts = shared(project)
    return tuple(
        Source(leaflet, signing_off.standing(project, leaflet, of_layouts, today))
        for slug, leaflet in project.leaflets.items()
        if not leaflets or slug in leaflets
    )


def rows(
    project: Project, leaflets: Sequence[str] = (), names: Sequence[str] = (), today: date = date.max
) -> tuple[Row, ...]:
    """Each chosen translation, by leaflet and locale; the layouts' words last."""
    of_layouts = shared(project)
    domains: list[tuple[str, Leaflet | None, Sequence[Message]]] = [
        (slug, leaflet, shelf.kept(f"messages of {slug}", (leaflet,), partial(extract, leaflet), narrow=True))
        for slug, leaflet in project.leaflets.items()
    ]
    domains.append((WORDS, None, of_layouts.words))
    return tuple(
        _row(project, domain, leaflet, locale, messages, of_layouts, today)
        for domain, leaflet, messages in domains
        if not leaflets or domain in leaflets
        for name, locale in project.locales.items()
        if name != (leaflet.own_locale if leaflet else english().name) and (not names or name in names)
        if leaflet is None or leaflet.meant_for(name)
    )


def _row(
    project: Project,
    domain: str,
    leaflet: Leaflet | None,
    locale: Locale,
    messages: Sequence[Message],
    of_layouts: Shared,
    today: date,
) -> Row:
    standing = approving.standing(project, leaflet, locale, of_layouts, today) if leaflet else None
    catalog = project.catalogs.get((locale.name, domain))
    about = (catalog, messages, standing.lapses if standing else ())
    tasks = shelf.small("tasks", about, lambda: tuple(_tasks(*about)))
    broken = (locale.name, domain) in project.broken
    return Row(domain, leaflet, locale, len(messages), tasks, broken, standing)


def _tasks(catalog: Catalog | None, messages: Sequence[Message], lapses: Sequence[Lapse]) -> Iterator[Task]:
    """Messages without a checked translation, each with the text it comes from as far as can be told."""
    known = {(message.context, message.text) for message in messages}
    texts = {message.text for message in messages}
    entries = (*catalog.live.items(), *catalog.gone.items()) if catalog else ()
    unused = {key[1]: entry.begun for key, entry in entries if key not in known}  # and whether translated
    approved = {lapse.text: lapse.was for lapse in lapses if lapse.was and lapse.was != lapse.text}
    for message in messages:
        found = catalog.lookup(message.context, message.text) if catalog else None
        if found and found.state is State.CURRENT:
            continue
        was = approving.previous(catalog, (message.context, message.text)) or approved.get(message.text, "")
        stale = bool(was) and was not in texts  # else it is like a text that is there still
        entry = catalog.live.get((message.context, message.text)) if catalog else None
        if entry and any(map(notes.is_draft, entry.comments)):
            stale = False  # it comes from another leaflet, and nothing has changed here
        elif not was and (was := changes.closest(message.text, unused)):
            stale = unused.pop(was) and was not in texts
        state = found.state if found else State.UNTRANSLATED
        yield Task(state, message.text, was, message.safety, message.at[0], found.at if found else None, stale)


# --------------------------------------------------------------------------- out


@dataclass(frozen=True, slots=True)
class Form:
    """A format that editions can be written as: whether the settings ask for it, and the files in the output folder."""

    format: Format
    asked: bool
    files: tuple[str, ...]


def forms(project: Project, output: Path) -> tuple[Form, ...]:
    """Every format there is. Raises ``files.RefusedError`` if a link leads out of the output folder."""
    made = Manifest(output)
    asked = project.settings.formats
    return tuple(Form(form, name in asked, made.written_as(name)) for name, form in FORMATS.items())


def as_json(written: Iterable[Source], table: Iterable[Row], written_as: Iterable[Form]) -> str:
    """The same for programs."""
    return json.dumps(
        {
            "sources": [
                {
                    "leaflet": source.leaflet.slug,
                    "language": source.leaflet.language,
                    "sign-off": _plain_signature(source.standing),
                }
                for source in written
            ],
            "translations": [_plain(row) for row in table],
            "formats": [
                {
                    "format": each.format.name,
                    "title": each.format.title,
                    "suffix": each.format.suffix,
                    "asked": each.asked,
                    "files": list(each.files),
                }
                for each in written_as
            ],
        },
        indent=2,
        ensure_ascii=False,
    )


def _plain(row: Row) -> dict[str, Any]:
    return {
        "leaflet": row.domain,
        "locale": row.locale.name,
        "language": row.locale.english_name,
        "messages": row.messages,
        "done": row.done,
        "percent": row.percent,
        "fuzzy": row.fuzzy,
        "untranslated": row.untranslated,
        "words": row.words,
        "safety": row.safety,
        "unreadable": row.broken,
        "approval": _plain_signature(row.standing),
        "tasks": [
            {
                "state": task.state.value,
                "safety": task.safety,
                "text": task.text,
                "was": task.was or None,
                "change": changes.marked(task.change) if task.was else None,
                "source": str(task.at),
                "translation": str(task.po) if task.po else None,
            }
            for task in row.tasks
        ],
    }


def _plain_signature(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    approval = standing.approval
    if standing.fault or approval is None:
        return {"holds": False, "fault": str(standing.fault.at) if standing.fault else None}
    return {
        "by": approval.by,
        "on": str(approval.on),
        "source": str(approval.source),
        "key": approval.signed,
        "second": {"by": approval.second.by, "on": str(approval.second.on), "key": approval.second.signed}
        if approval.second
        else None,
        "holds": standing.holds,
        "lapses": [
            {
                "why": lapse.why.value,
                "text": lapse.text or None,
                "was": lapse.was or None,
                "change": changes.marked(lapse.change) if lapse.change else None,
                "translation-change": changes.marked(lapse.change_said) if lapse.change_said else None,
                "source": str(lapse.at) if lapse.at else None,
                "translation": str(lapse.po) if lapse.po else None,
            }
            for lapse in standing.lapses
        ],
    }
