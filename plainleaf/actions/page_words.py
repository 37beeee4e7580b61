"""What every page prints beside its leaflet: words of layouts, of the clinic's file, of the locale. All is signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from plainleaf.actions import languages_line
from plainleaf.approvals.contents import Said
from plainleaf.clinics import file as clinicfile
from plainleaf.clinics.details import translated
from plainleaf.clinics.signed import details
from plainleaf.files.places import WORDS
from plainleaf.languages.facts import FILE, english
from plainleaf.layouts import literals
from plainleaf.model import Clinic, Leaflet, Locale, Location, Message, State, Translation
from plainleaf.project import Project
from plainleaf.translations import layout_words, regional
from plainleaf.typesetting import locales


@dataclass(frozen=True)  # without slots: read once, and only if anybody has signed
class Shared:
    """The words of layouts (``words``), and what templates and style sheets print by themselves (``added``)."""

    words: Sequence[Message]
    folders: tuple[Path, ...]
    root: Path

    @cached_property
    def added(self) -> tuple[Said, ...]:
        return tuple(Said(message, None) for message in literals.messages(self.folders, self.root))


def shared(project: Project) -> Shared:
    """What the layouts of a project print with every leaflet."""
    return Shared(layout_words.messages(project.layout_folders, project.root), project.layout_folders, project.root)


def of_translation(
    project: Project, leaflet: Leaflet, locale: Locale, of_layouts: Shared, clinics: Iterable[str]
) -> Iterator[Said]:
    """What is printed beside a translation in its language. ``clinics``: names of those whose words count."""
    word = project.lookup(locale.name, WORDS)
    yield from (Said(message, word(message.context, message.text)) for message in of_layouts.words)
    yield from of_layouts.added
    for key, text in (("own-name", locale.own_name), ("digits", locale.digits)):
        yield Said(Message(text, (locale.at,), context=f"locale: {key}"), None)
    for key, text in _words(locale):
        yield Said(Message(text, (locale.at,), context=f"locale: {key}"), None)
    if fonts := _fonts(locale):
        yield Said(Message(fonts, (locale.at,), context="locale: fonts"), None)
    yield from _own_pattern(locale)
    yield from _own_names(project, leaflet, locale.name)
    for name in clinics:
        yield from _in_language(project, name, locale)


def of_source(project: Project, leaflet: Leaflet, of_layouts: Shared, clinics: Iterable[str]) -> Iterator[Said]:
    """What is printed beside a leaflet as it is written, also as other countries write its language."""
    yield from of_layouts.added
    yield from _own_names(project, leaflet)
    for locale in _as_written(project, leaflet):
        if locale in project.locales:
            yield from _own_pattern(project.locales[locale])
        word, own = project.lookup(locale, WORDS), locale == leaflet.own_locale
        for message in of_layouts.words:
            said = None if locale == english().name else word(message.context, message.text)
            if own or (said and said.text != message.text):
                context = message.context if own else f"{locale} {message.context}".strip()
                plain = Message(message.text, message.at, context=context)
                yield Said(plain, said)
    for name in clinics:
        clinic = _clinic(project, name)
        for each in details(clinic, leaflet.slug, project.root) if clinic else ():
            yield Said(Message(each.text, (each.at,), context=f"{of_clinic(name)}{each.key}"), None)
        for locale in _as_written(project, leaflet):
            if locale in project.locales:
                yield from _in_language(project, name, project.locales[locale])


def _own_names(project: Project, leaflet: Leaflet, but: str = "") -> Iterator[Said]:
    """What a root's ``locale.toml`` files say of other languages than ``but`` and of the leaflet's own: names that a
    line of languages prints, and the digits of the language that it is written in."""
    for name, locale in project.locales.items():
        usual = locales.locale(name)
        if name != but and locale.own_name != usual.own_name and languages_line.is_in(leaflet):
            yield Said(Message(locale.own_name, (locale.at,), context=f"locale {name}: own-name"), None)
        if name != but and locale.digits != usual.digits and name == leaflet.own_locale:
            yield Said(Message(locale.digits, (locale.at,), context=f"locale {name}: digits"), None)
        if name != but and name == leaflet.own_locale and (fonts := _fonts(locale)):
            yield Said(Message(fonts, (locale.at,), context=f"locale {name}: fonts"), None)


def _own_pattern(locale: Locale) -> Iterator[Said]:
    """How a root's ``checks.toml`` says from which day to which, as opening hours print it."""
    if pattern := dict(locale.own.values).get("days.from-to") if locale.own else None:
        at = Location(f"locales/{locale.name}/{FILE}")
        yield Said(Message(str(pattern), (at,), context=f"locale {locale.name}: days.from-to"), None)


def _words(locale: Locale) -> Iterator[tuple[str, str]]:
    """What a root's ``locale.toml`` says of days, months and dates, by key, where that differs from what is shipped."""
    usual, own = locales.locale(locale.name).words, locale.words
    names = {each.name for each in fields(own)} - {"own_name", "english_name", "plural"}
    for name in sorted(names):
        if (said := getattr(own, name)) != getattr(usual, name):
            yield name, said if isinstance(said, str) else "; ".join(map(str, said))


def _fonts(locale: Locale) -> str:
    """The files of fonts that a root's ``locale.toml`` chooses, as another one may draw a figure as another; "" if it
    leaves them as they usually are."""
    if locale.fonts == locales.locale(locale.name).fonts:
        return ""
    return ", ".join(f"{each.name} ({each.regular}, {each.bold})" for each in locale.fonts)


def of_clinic(name: str) -> str:
    """How the contexts of a clinic's words begin."""
    return f"clinic {name}: "


def complete(project: Project) -> tuple[str, ...]:
    """How the contexts of words begin of which none may go: the clinic's, and what the root's own layouts hold."""
    return (literals.WHOLE, *([of_clinic(project.clinic_name)] if project.clinic else []))


def _as_written(project: Project, leaflet: Leaflet) -> tuple[str, ...]:
    """The locales in which a leaflet is no translation."""
    others = (name for name in project.locales if regional.parent(name, (leaflet.own_locale,)))
    return (leaflet.own_locale, *others)


def _in_language(project: Project, name: str, locale: Locale) -> Iterator[Said]:
    """What a clinic's file says in a language; nothing if it cannot be read."""
    clinic = _clinic(project, name)
    for each in translated(clinic, locale) if clinic else ():
        message = Message(each.source, (each.at,), context=f"{of_clinic(name)}{each.key}")
        yield Said(message, Translation(each.text, State.CURRENT, each.at))


def _clinic(project: Project, name: str) -> Clinic | None:
    return project.clinic if name == project.clinic_name else clinicfile.load(project.root, name)[0]
