"""The editions of a project, each a leaflet in a language, with all that is found on their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from plainleaf.actions import approve as approving
from plainleaf.actions import completeness, languages_line
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions.choice import Choice
from plainleaf.actions.memory import Memory
from plainleaf.actions.page_words import Shared, shared
from plainleaf.checks.readability.verdicts import NOT_BEGUN
from plainleaf.checks.source import editions as checks
from plainleaf.checks.translation import catalog as checks_of_catalog
from plainleaf.checks.translation import clinics as checks_of_clinic
from plainleaf.files import shelf
from plainleaf.files.places import WORDS, po_path
from plainleaf.formats.base import FORMATS, Missing
from plainleaf.languages import facts
from plainleaf.layouts import excerpts
from plainleaf.model import Approval, Clinic, Edition, Finding, Layout, Leaflet, Locale, Message, Severity, State
from plainleaf.project import Project
from plainleaf.translations import messages, regional
from plainleaf.translations.po import Catalog
from plainleaf.typesetting import locales, pseudo

T = TypeVar("T")
Found = tuple[Edition, tuple[Finding, ...]]  # an edition with what was found on it


def languages(project: Project, with_pseudo: bool = False) -> tuple[Locale, ...]:
    """Every locale that is set in type: the sources' own, the translations', the made-up ones if they are asked for."""
    own = {leaflet.own_locale for leaflet in project.leaflets.values()}
    others = [locales.locale(name) for name in sorted(own) if name not in project.locales]
    made_up = [pseudo.locale(name) for name in pseudo.NAMES] if with_pseudo else []
    return (*others, *project.locales.values(), *made_up)


def missing(project: Project, choice: Choice) -> tuple[Missing, ...]:
    """Parts of the system without which nothing can be written of what is chosen. What one language alone lacks, such
    as a font, stops that language (``plan``), unless each of those that are chosen lacks something."""
    where = languages(project, choice.pseudo) or (locales.locale("en"),)
    chosen = [locale for locale in where if not choice.locales or locale.name in choice.locales] or where
    gone = {locale.name: tuple(_lacking(project, choice, locale)) for locale in chosen}
    if all(gone.values()):
        return tuple(dict.fromkeys(part for parts in gone.values() for part in parts))
    return tuple(dict.fromkeys(part for parts in gone.values() for part in parts if not part.locale))


def lacking(project: Project, choice: Choice) -> tuple[Missing, ...]:
    """All parts of the system that the chosen formats lack, for any of the languages that there are."""
    where = languages(project, choice.pseudo) or (locales.locale("en"),)
    return tuple(dict.fromkeys(part for locale in where for part in _lacking(project, choice, locale)))


def _lacking(project: Project, choice: Choice, locale: Locale) -> Iterator[Missing]:
    table = dict(FORMATS)
    for name in choice.formats or project.settings.formats:
        if name in table:
            yield from table[name].needs(locale)


def editions(project: Project, choice: Choice, today: date, memory: Memory | None = None) -> Iterator[Found]:
    """Every chosen edition with its findings: the source's language first, then the translations by name. ``memory``:
    of what was found on catalogs."""
    words = shared(project)
    for leaflet in by_name(project.leaflets, choice.leaflets):
        own = locales.locale(leaflet.own_locale)
        standing = signing_off.standing(project, leaflet, words, today)
        fault, signed = (standing.fault, standing.held) if standing else (None, None)
        own = project.locales.get(own.name, own)
        look = partial(checks.leaflet, leaflet, project.clinic, today, facts.of(own))
        judged = shelf.kept(f"judged {project.clinic_name} {leaflet.slug}", (leaflet, project.clinic, today, own), look)
        about = (*judged, *([fault] if fault else ()))
        there = {own.name: own} | dict(project.locales)
        there = {name: locale for name, locale in there.items() if leaflet.meant_for(name)}
        usual = project.settings.locales or _of_country(there, project.clinic)
        asked = choice.locales or usual
        named = languages_line.is_in(leaflet)
        every = by_name(there, (*asked, *usual) if named else asked)
        made = (
            _kept(
                project,
                (leaflet, locale, choice.layouts, today, signed),
                partial(_edition, project, choice, leaflet, locale, words, today, signed, memory),
            )
            for locale in every
        )
        if named:
            texts = list(made)
            published = _published(project, (each for each in texts if each[0].locale.name in usual))
            about = (*about, *languages_line.nothing(leaflet, published))
            made = ((languages_line.filled(edition, published), found) for edition, found in texts)
        yield from ((edition, (*about, *found)) for edition, found in made if edition.locale.name in asked)


def _kept(
    project: Project,
    asked: tuple[Leaflet, Locale, tuple[str, ...], date, Approval | None],
    make: Callable[[], Found],
) -> Found:
    """What ``make`` gives for a leaflet in a language, layouts, a day and a sign-off; or what an earlier run has."""
    leaflet, locale, layouts, *_ = asked
    there = [project.catalogs.get((locale.name, domain)) for domain in (leaflet.slug, WORDS)]
    signatures = (project.approvals.get(locale.name), project.sign_offs)
    broken = (locale.name, leaflet.slug) in project.broken
    what = f"edition {project.clinic_name} {leaflet.slug} {locale.name} {' '.join(layouts)}"
    terms = sorted(project.terms.get(locale.name, {}).items())
    return shelf.kept(what, (*asked, project.clinic, *there, *signatures, broken, terms), make)


def _edition(
    project: Project,
    choice: Choice,
    leaflet: Leaflet,
    locale: Locale,
    words: Shared,
    today: date,
    signed: Approval | None,
    memory: Memory | None,
) -> Found:
    """A leaflet in a language, with what is found on that alone."""
    if locale.name == leaflet.own_locale or _is_as_written(project, leaflet, locale):
        edition, found = messages.localize(leaflet, locale, _country(project), None, draft=False)
        found = (*found, *_own_words(project, leaflet, locale, words.words))
    else:
        edition, found = _translated(project, leaflet, locale, words, today, memory)
    edition = replace(edition, sign_off=signed)
    if any(finding.check == NOT_BEGUN for finding in found):
        return edition, found
    asked = layouts_of(project, choice)
    about = (excerpts.missing, excerpts.astray, excerpts.without_red_box, excerpts.without_panel)
    lacking = [finding for each in about for finding in each(edition, asked)]
    return edition, (*found, *lacking, *checks.edition(edition, project.clinic, project.locales))


def _published(project: Project, found: Iterable[Found]) -> list[Locale]:
    """The languages of those editions that readers can have."""
    files = ((edition, (*found_in_files(project, edition), *about)) for edition, about in found)
    return [edition.locale for edition, about in files if languages_line.is_published(edition, about)]


def _own_words(project: Project, leaflet: Leaflet, locale: Locale, words: Sequence[Message]) -> tuple[Finding, ...]:
    """What is lacking of the layouts' words in the language that a leaflet is written in, if that is not English."""
    catalog = project.catalogs.get((locale.name, WORDS))
    if locale.name == facts.ENGLISH:
        return ()
    if locale.name in project.locales:
        return checks.words(words, catalog, locale)
    if catalog:
        return ()
    what = f"the words that layouts print, such as “Page”, are not translated into {locale.english_name}"
    hint = f"run “plainleaf init {locale.name}”, and translate {po_path(Path(), locale.name, WORDS).as_posix()}"
    return (Finding("layout-words", Severity.WARNING, what, leaflet.at, hint),)


def _of_country(there: Mapping[str, Locale], clinic: Clinic | None) -> list[str]:
    """The languages that a clinic gets if nobody names any: as its country writes them, and none as another does."""
    names = []
    for name in there:
        near = [other for other in there if regional.parent(other, (name,)) and regional.country(other)]
        here = clinic.country if clinic else ""
        regionally = regional.parent(name, [other for other in there if other != name])
        if (not regionally or regional.country(name) == here) and here not in map(regional.country, near):
            names.append(name)
    return names


def _is_as_written(project: Project, leaflet: Leaflet, locale: Locale) -> bool:
    """Whether a leaflet is the same as a country writes the source's own language: then it is no translation."""
    own = regional.own_entries(project.catalogs.get((locale.name, leaflet.slug)))
    return bool(regional.parent(locale.name, (leaflet.own_locale,))) and not own


def _translated(
    project: Project, leaflet: Leaflet, locale: Locale, of_layouts: Shared, today: date, memory: Memory | None
) -> Found:
    """A translation with what is found on it; a draft, unless somebody has approved exactly this."""
    catalog = project.catalogs.get((locale.name, leaflet.slug))
    po_file = po_path(project.root, locale.name, leaflet.slug).relative_to(project.root).as_posix()
    begun = catalog is not None and any(entry.state is State.CURRENT for entry in catalog.live.values())
    show_source = begun and project.shows_source
    lookup = project.lookup(locale.name, leaflet.slug)
    edition, found = messages.localize(leaflet, locale, _country(project), lookup, True, po_file, show_source)
    if (locale.name, leaflet.slug) in project.broken:
        found = ()  # the file's one finding says it all; not one more for each message
    elif catalog is None and not _is_signed(project, leaflet, locale):
        return edition, (replace(completeness.not_begun(leaflet, locale), severity=Severity.ERROR),)
    words = of_layouts.words
    standing = approving.standing(project, leaflet, locale, of_layouts, today)
    if standing and standing.held:
        edition = replace(edition, draft=False, approval=standing.held)
    fault = standing.fault if standing else None
    own_words = project.catalogs.get((locale.name, WORDS))
    about_words = checks.words(words, own_words, locale)
    about = _on_catalog(project, leaflet, locale, catalog, words, memory) if catalog else ()
    about_clinic = checks_of_clinic.check(project.clinic, locale) if project.clinic else ()
    return edition, (*found, *about_words, *about, *about_clinic, *([fault] if fault else ()))


def _on_catalog(
    project: Project,
    leaflet: Leaflet,
    locale: Locale,
    catalog: Catalog,
    words: Sequence[Message],
    memory: Memory | None,
) -> tuple[Finding, ...]:
    """What is found on all translations of a catalog."""
    values = (leaflet, locale, catalog, words, project.catalogs.get((locale.name, WORDS)))
    terms = project.terms.get(locale.name, {})
    look = partial(checks_of_catalog.check, checks_of_catalog.Subject(*values, project.root, terms))
    return memory.found(leaflet.slug, locale.name, (*values, sorted(terms.items())), look) if memory else look()


def _is_signed(project: Project, leaflet: Leaflet, locale: Locale) -> bool:
    approved = project.approvals.get(locale.name)
    return approved is not None and (leaflet.slug in approved.records or approved.fault(leaflet.slug) is not None)


def pseudo_editions(project: Project, choice: Choice, today: date) -> Iterator[Found]:
    """Every leaflet in the made-up languages. Findings on the source are those of its own edition."""
    for leaflet in by_name(project.leaflets, choice.leaflets):
        real = editions(project, Choice((leaflet.slug,)), today) if languages_line.is_in(leaflet) else ()
        published = _published(project, real)
        for name in pseudo.NAMES:
            locale = pseudo.locale(name)
            edition, found = messages.localize(leaflet, locale, _country(project), pseudo.Catalog(name).lookup, True)
            edition = languages_line.filled(edition, published)
            yield edition, (*found, *checks.edition(edition, project.clinic, project.locales))


def _country(project: Project) -> str:
    return project.clinic.country if project.clinic else ""


def with_files(project: Project, found: Iterable[Found]) -> list[Found]:
    """Editions with all that was found on them, also when their files were read."""
    return [(edition, (*found_in_files(project, edition), *findings)) for edition, findings in found]


def found_in_files(project: Project, edition: Edition) -> list[Finding]:
    """What was found in the files of an edition when they were read: its source, locale.toml and catalogs."""
    paths = [po_path(project.root, edition.locale.name, domain) for domain in (edition.slug, WORDS)]
    own = {path.relative_to(project.root).as_posix() for path in paths}
    own |= {edition.leaflet.at.file, edition.locale.at.file}
    return [finding for finding in project.findings if finding.at.file in own]


def by_name(there: Mapping[str, T], names: Sequence[str]) -> list[T]:
    """Those of a mapping's values that are asked for, in its own order; all if no name is."""
    return [value for name, value in there.items() if not names or name in names]


def layouts_of(project: Project, choice: Choice) -> list[Layout]:
    """The layouts that are asked for, by the command or by the settings."""
    return by_name(project.layouts, choice.layouts or project.settings.layouts)
