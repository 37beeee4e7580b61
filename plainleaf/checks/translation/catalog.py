"""All translations of one catalog against their messages; every current one is checked, printed today or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plainleaf.checks.translation import every as translation
from plainleaf.checks.translation import names
from plainleaf.checks.translation.registry import Found
from plainleaf.files import shelf
from plainleaf.files.places import TERMS_FILE
from plainleaf.languages import facts
from plainleaf.model import Finding, Leaflet, Locale, Message, Severity, State, Translation
from plainleaf.terms import glossary
from plainleaf.terms.entries import key
from plainleaf.translations import messages, notes
from plainleaf.translations.medicines import medicines_in
from plainleaf.translations.po import Catalog

UNLISTED = "po-unlisted"


@dataclass(frozen=True, slots=True)
class Subject:
    """A leaflet's catalog in a language, with what it is checked against: the layouts' ``words`` with their catalog in
    the same language, and ``shared`` English terms with their translations, beside the leaflet's own words to know."""

    leaflet: Leaflet
    locale: Locale
    catalog: Catalog
    words: Sequence[Message]
    layouts: Catalog | None
    root: Path
    shared: Mapping[str, str] = field(default_factory=dict)


def check(subject: Subject) -> tuple[Finding, ...]:
    """Findings on a leaflet's catalog and on the layouts' words in the same locale."""
    locale, root = subject.locale, subject.root
    data = facts.of(locale)
    _, found = facts.own(locale, root / "locales" / locale.name, root)
    terms, brands = _known(subject)
    both = (subject.catalog, subject.layouts)
    begun = any(entry.state is State.CURRENT for file in both if file for entry in file.live.values())
    findings = [*found, *(facts.unmeasured(locale) if begun else ())]  # else there is nothing to compare yet
    findings += _unlisted(subject, terms)
    about = (locale, sorted(terms.items()), sorted(brands))
    known: dict[str, tuple[Found, ...]] = shelf.table(f"texts of {locale.name} {subject.leaflet.slug}", about)
    for message, said, comments in (*_current_own(subject), *_current_words(subject)):
        findings += translation.findings(message, said, locale, data, terms, comments, brands, known)
    return tuple(findings)


def waived(subject: Subject) -> tuple[tuple[Message, Found], ...]:
    """What is set aside of the same, each with the message that it was found on."""
    locale, data = subject.locale, facts.of(subject.locale)
    terms, brands = _known(subject)
    return tuple(
        (message, one)
        for message, said, comments in (*_current_own(subject), *_current_words(subject))
        if comments
        for one in translation.check(message, said.text, locale, data, terms, comments, brands)
        if one.waived
    )


def _known(subject: Subject) -> tuple[dict[str, str], frozenset[str]]:
    """The terms with their translations, first of all the leaflet's own words to know; and its brand names."""
    leaflet = subject.leaflet
    own = glossary.translated(leaflet, subject.catalog.lookup)
    there = {key(term) for term in own}
    others = {term: text for term, text in subject.shared.items() if key(term) not in there}
    return own | (others if glossary.is_of_lists(leaflet) else {}), names.brands(messages.extract(leaflet))


def _unlisted(subject: Subject, terms: Mapping[str, str]) -> Iterator[Finding]:
    """Medicines of which nobody has said what they are called in this language, each once."""
    if not glossary.is_of_lists(subject.leaflet):
        return
    locale, seen = subject.locale, {key(term) for term in terms}
    for message, said, _ in _current_own(subject):
        for name in medicines_in(message.text):
            if name not in seen:
                seen.add(name)
                file = Path("locales", locale.name, TERMS_FILE).as_posix()
                what = f"no list says what the medicine {name} is called in {locale.english_name}"
                hint = f'add it to the words to know, or a line to {file}: "{name}" = "..."'
                yield Finding(UNLISTED, Severity.WARNING, what, message.at[0], hint, said.at)


Current = Iterator[tuple[Message, Translation, Sequence[str]]]  # a message, its translation, the translator's comments


def _current_own(subject: Subject) -> Current:
    return _current(subject.catalog, messages.extract(subject.leaflet))


def _current_words(subject: Subject) -> Current:
    return _current(subject.layouts, subject.words) if subject.layouts else iter(())


def _current(file: Catalog, asked: Iterable[Message]) -> Current:
    """Every message that has a translation in a catalog."""
    for message in asked:
        said = file.lookup(message.context, message.text)
        if said and file.live[message.context, message.text].file:
            continue  # it is of the language's parent, and checked there
        if said and said.state is State.CURRENT:
            yield message, said, notes.others(file.live[message.context, message.text].comments)
