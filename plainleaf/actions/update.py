"""The life of the catalogs: templates, new languages, updates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from plainleaf import crosschecks, files
from plainleaf.actions import new_language, style_note
from plainleaf.files.ignored import ignore
from plainleaf.files.places import WORDS, locale_file, po_path, shipped
from plainleaf.languages import naming
from plainleaf.languages.facts import english
from plainleaf.model import Finding, Leaflet, Locale, Location, Message, Severity, plain
from plainleaf.model.phrases import nearest
from plainleaf.model.tags import locale_name
from plainleaf.project import Project, waiting
from plainleaf.terms import termlist
from plainleaf.translations import layout_words, messages, regional, whole
from plainleaf.translations import merge as merging
from plainleaf.translations import po as catalogs
from plainleaf.translations.library import Draft, Library
from plainleaf.translations.memory import HEAVY, Guard
from plainleaf.translations.po import Catalog, write
from plainleaf.typesetting import locales


@dataclass(frozen=True, slots=True)
class Written:
    """What a command wrote: the files that changed, how many it looked at, what was wrong; ``drafts``: what was filled
    in from other leaflets, by file."""

    changed: tuple[Path, ...]
    seen: int
    findings: tuple[Finding, ...]
    drafts: Mapping[Path, tuple[Draft, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # what to know of what was begun, in sentences


@dataclass(frozen=True, slots=True)
class _Domain:
    """What is translated together in one catalog: a leaflet, or the layouts' words.

    ``sound``: its sources have no errors. Half a leaflet must not make the other half's translations obsolete.
    """

    name: str
    language: str
    messages: tuple[Message, ...]
    created: str
    guard: Guard
    sound: bool


def _domains(project: Project) -> tuple[tuple[_Domain, ...], tuple[Finding, ...]]:
    """All domains, and the errors of their sources."""
    words, faults = layout_words.read(project.layout_folders, project.root)
    errors = [finding for finding in project.findings if finding.severity is Severity.ERROR]
    faulty = {finding.at.file for finding in errors}
    domains = [
        _Domain(
            slug,
            leaflet.own_locale,
            messages.extract(leaflet),
            str(leaflet.meta.written),
            Guard(HEAVY | _terms(leaflet)),
            leaflet.at.file not in faulty,
        )
        for slug, leaflet in project.leaflets.items()
    ]
    newest = max((domain.created for domain in domains), default="2000-01-01")
    domains.append(_Domain(WORDS, "en", words, newest, Guard(), not faults))
    told = [
        finding
        for finding in errors
        if finding.check == files.CHECK or re.fullmatch(r"(?s)sources(/.*\.md)?", finding.at.file)
    ]
    return tuple(domains), (*told, *faults)


def _terms(leaflet: Leaflet) -> frozenset[str]:
    """The words that the leaflet explains: medicines and conditions that no proposal may confuse."""
    terms = (plain(word.children[0].inlines) for word in leaflet.meta.terms.children)
    return frozenset(part.lower() for term in terms for part in re.findall(r"[^\W\d_]{2,}", term))


def extract(project: Project) -> Written:
    """Write ``locales/<leaflet>.pot`` and ``locales/layouts.pot``."""
    domains, found = _domains(project)
    texts = {
        project.root / "locales" / f"{domain.name}.pot": write(
            merging.template(domain.messages, domain.name, domain.created)
        )
        for domain in domains
        if domain.sound
    }
    with files.locked(project.root, files.TEXTS):
        return _write(texts, found, project.root)


def update(project: Project, names: tuple[str, ...]) -> Written:
    """Bring the catalogs of the named locales (all if none is named) up to date. No translated word is lost.

    A language that nobody has begun with has the layouts' words alone; a note says so.
    """
    domains, faults = _domains(project)
    chosen = [name for name in names or project.locales if name in project.locales]
    wrong = {
        locale_name(finding.at.file.rpartition("/")[2]): finding
        for finding in project.findings
        if finding.check == "locale-unknown"
    }
    idle = [name for name in waiting(project.root, project.leaflets) if not names or name in names]
    strange = [name for name in names if name not in project.locales and name not in idle]
    found = [*faults, *(wrong.get(name) or _unknown(name, project) for name in strange)]
    for finding in project.findings:
        wrong_folder = finding.check == "locale-unknown" and not names
        broken = finding.check in ("po-syntax", whole.CHECK, crosschecks.UNUSED) and any(
            finding.at.file.startswith(f"locales/{name}/") for name in chosen
        )
        found += [finding] if wrong_folder or broken else []
    asked = [(name, domain) for name in chosen for domain in domains if _is_ours(project, domain, name)]
    asked += [(name, domain) for name in idle for domain in domains if domain.name == WORDS and domain.sound]
    with files.locked(project.root, files.TEXTS):
        return replace(_write_merged(project, asked, found), notes=tuple(_not_begun(idle)))


def _not_begun(idle: Sequence[str]) -> Iterator[str]:
    """What to say of languages that have the layouts' words alone."""
    if idle:
        only = "has only the words that layouts print" if len(idle) == 1 else "have only the words that layouts print"
        named = ", ".join(f"{locales.locale(name).english_name} ({name})" for name in idle)
        yield f"{named} {only}, and no leaflet yet; to begin: plainleaf init {idle[0]}"


def init(project: Project, names: tuple[str, ...]) -> Written:
    """Start the translation into new languages: an empty catalog for each leaflet and for the layouts' words, and for
    one that CLDR has little of its settings: all of these or, where one cannot be written, none. In a git repository
    it keeps out of it what is made."""
    domains, faults = _domains(project)
    found = list(faults)
    asked, notes = [], []
    files_of: dict[Path, str] = {}
    for name in names:
        if name not in project.locales and not naming.usual(name):
            found.append(new_language.unknown(name, project.locales))
            continue
        where = project.locales.get(name) or locales.locale(name)
        ours = [(name, domain) for domain in domains if _is_ours(project, domain, name)]
        if not ours and {leaflet.own_locale for leaflet in project.leaflets.values()} == {name}:
            notes.append(f"every leaflet is written in {where.english_name}: there is nothing to translate into it")
            continue
        asked += ours
        notes.append(new_language.fonts_of(where))
        notes += [*new_language.to_write(where), *_not_meant(project, where)]
        path = locale_file(project.root, name)
        if new_language.needs_file(where) and not files.there(path):
            files_of[path] = new_language.settings(where)
    with files.locked(project.root, files.TEXTS):
        new = [pair for pair in asked if not files.there(po_path(project.root, pair[0], pair[1].name))]
        written = _write_merged(project, new, found)
        settings = _write(files_of, (), project.root)
        made = (*settings.changed, *written.changed)
        if not all(map(files.there, (*files_of, *(po_path(project.root, name, domain.name) for name, domain in new)))):
            files.take_back(project.root, made)
            return Written((), settings.seen + written.seen, (*written.findings, *settings.findings))
        ignored = ignore(project.root) if written.changed else None
        return Written(
            (*made, *filter(None, [ignored])),
            settings.seen + written.seen,
            (*written.findings, *settings.findings),
            written.drafts,
            tuple(notes),
        )


def _not_meant(project: Project, where: Locale) -> Iterator[str]:
    """The leaflets that a language begins without, as they name those that they are meant for."""
    others = [leaflet for leaflet in project.leaflets.values() if not leaflet.meant_for(where.name)]
    others = [leaflet for leaflet in others if leaflet.own_locale != where.name]
    if others:
        files_of = ", ".join(leaflet.at.file for leaflet in others)
        are = "is" if len(others) == 1 else "are"
        how = f"to begin these too, add {where.tag} to “languages” there"
        yield f"{files_of} {are} not meant for {where.english_name}: {how}"


def _is_ours(project: Project, domain: _Domain, locale: str) -> bool:
    """Whether the root's catalog of a domain may be written.

    Not if it cannot be read (its finding is there), not into the source's own language nor into one that the leaflet is
    not meant for, and not the layouts' words where those of the package do: a copy would hide what later versions of it
    bring.
    """
    if not domain.sound or domain.language == locale or (locale, domain.name) in project.broken:
        return False
    leaflet = project.leaflets.get(domain.name)
    if leaflet and not leaflet.meant_for(locale):
        return False
    own = (project.root / "layouts").is_dir() or po_path(project.root, locale, WORDS).exists()
    return domain.name != WORDS or own or not po_path(shipped("locales").parent, locale, WORDS).is_file()


def _write_merged(project: Project, asked: Iterable[tuple[str, _Domain]], found: list[Finding]) -> Written:
    """Write catalogs with the messages of today. Each is read anew: somebody may have translated meanwhile."""
    changed, paths, drafts = list[Path](), set[Path](), dict[Path, tuple[Draft, ...]]()
    shared = _Shared(project)
    for locale, domain in asked:
        path = po_path(project.root, locale, domain.name)
        try:
            written, filled = _brought(project, path, locale, domain, found, shared)
            drafts |= {path: filled} if written and filled else {}
        except (files.RefusedError, files.UnwrittenError) as error:
            written = False
            found.append(files.finding(error, project.root))
        if written is not None:
            paths.add(path)
        if written:
            changed.append(path)
    return Written(tuple(changed), len(paths), tuple(dict.fromkeys(found)), drafts)


class _Shared:
    """The memories of all catalogs, each made when it is first needed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._made: dict[tuple[str, str], Library] = {}
        self.committed = whole.sizes(project.root)  # how many bytes git has of each catalog

    def of(self, locale: str, language: str) -> Library:
        """What is translated from a language into a locale."""
        if (locale, language) not in self._made:
            leaflets = self._project.leaflets
            own = {slug for slug, leaflet in leaflets.items() if leaflet.own_locale == language}
            names = own | ({WORDS} if language == english().name else set())
            there = {name: catalog for (where, name), catalog in self._project.catalogs.items() if where == locale}
            ours = po_path(shipped("locales").parent, locale, WORDS)
            if WORDS not in there and files.there(ours):
                words, _ = catalogs.read(ours, ours.parents[3])
                there |= {WORDS: words} if words else {}
            terms = frozenset[str]().union(*(_terms(leaflets[slug]) for slug in own))
            listed = termlist.read(self._project.root, locale).terms if language == english().name else {}
            known = [(name, there[name]) for name in sorted(names & set(there))]
            self._made[locale, language] = Library(Guard(HEAVY | terms), known, listed)
        return self._made[locale, language]


_TRIES = 5  # to write a catalog that another program saves at the same time


def _brought(
    project: Project, path: Path, locale: str, domain: _Domain, found: list[Finding], shared: _Shared
) -> tuple[bool | None, tuple[Draft, ...]]:
    """Write one catalog, of what it holds at that moment: a program of the translator's may save it at any time, and
    takes no notice of our locks. Whether it changed, ``None`` if it cannot be read; and what was filled in."""
    for left in reversed(range(_TRIES)):
        there: bytes | None = None
        catalog = project.catalogs.get((locale, domain.name))
        regionally = regional.parent(locale, {*project.locales, domain.language})
        catalog = None if regionally else catalog
        if files.there(path):
            there, faults = catalogs.content(path, project.root)
            if there is not None:
                catalog, faults = catalogs.parse(there, path.relative_to(project.root).as_posix())
            if there is not None and catalog and not faults:
                had = len(there), shared.committed.get(catalog.file, 0)
                leaflet = project.leaflets.get(domain.name)
                cut = whole.fault(project.root, locale, leaflet, project.locales, catalog, had)
                faults = (cut,) if cut else ()
            found += faults
            if faults:
                return None, ()
        merged = _merged(catalog, domain, locale, project.locales)
        wanted = {(message.context, message.text) for message in domain.messages}
        drafts: tuple[Draft, ...] = ()
        if regionally:
            merged = regional.shortened(merged, wanted, regional.said(catalog))
        elif any(not entry.string.strip() for entry in merged.live.values()):
            merged, drafts = shared.of(locale, domain.language).filled(merged)
        try:
            return files.Root(project.root).save(path, write(merged).encode(), was=there), drafts
        except files.ChangedError:
            if not left:
                raise
    return None, ()


def _merged(catalog: Catalog | None, domain: _Domain, locale: str, known: Mapping[str, Locale]) -> Catalog:
    where = known.get(locale) or locales.locale(locale)
    plural = locales.plural_forms(where)
    fresh = merging.new(domain.messages, domain.name, domain.created, locale, where.english_name, plural)
    merged = merging.update(catalog, fresh, domain.guard) if catalog else fresh
    return replace(merged, comments=style_note.noted(merged.comments, where))


def _write(texts: dict[Path, str], found: Iterable[Finding], root: Path) -> Written:
    changed, found = [], list(found)
    for path, text in texts.items():
        try:
            if files.Root(root).save(path, text.encode()):
                changed.append(path)
        except (files.RefusedError, files.UnwrittenError) as error:
            found.append(files.finding(error, root))
    return Written(tuple(changed), len(texts), tuple(dict.fromkeys(found)))


def _unknown(name: str, project: Project) -> Finding:
    what = f"there is no language “{name}”{nearest(name, list(project.locales))}"
    return Finding("locale-unknown", Severity.ERROR, what, Location("locales"), f"start it: plainleaf init {name}")
