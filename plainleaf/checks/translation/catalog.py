"""All translations of one catalog against their messages; every current one is checked, printed today or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from plainleaf.checks.translation import every as translation
from plainleaf.checks.translation import names
from plainleaf.checks.translation.registry import Found
from plainleaf.files.places import TERMS_FILE
from plainleaf.languages import facts
from plainleaf.model import Finding, Leaflet, Locale, Message, Severity, State, Translation
from plainleaf.terms import glossary
from plainleaf.terms.entries import key
from plainleaf.translations import messages, notes
from plainleaf.translations.medicines import medicines_in
from plainleaf.translations.po import Catalog

UNLISTED = "po-unlisted"


def check(
    leaflet: Leaflet,
    locale: Locale,
    catalog: Catalog,
    words: Sequence[Message],
    layouts: Catalog | None,
    root: Path,
    shared: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """Findings on a leaflet's catalog and on the layouts' words in the same locale. ``shared``: English terms with
    their translations beside the leaflet's own words to know."""
    data = facts.of(locale)
    _, found = facts.own(locale, root / "locales" / locale.name, root)
    terms, brands = _known(leaflet, catalog, shared)
    begun = any(entry.state is State.CURRENT for file in (catalog, layouts) if file for entry in file.live.values())
    findings = [*found, *(facts.unmeasured(locale) if begun else ())]  # else there is nothing to compare yet
    findings += _unlisted(leaflet, locale, catalog, terms)
    for message, said, comments in _current(leaflet, catalog, words, layouts):
        findings += translation.findings(message, said, locale, data, terms, comments, brands)
    return tuple(findings)


def waived(
    leaflet: Leaflet,
    locale: Locale,
    catalog: Catalog,
    words: Sequence[Message],
    layouts: Catalog | None,
    root: Path,
    shared: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[Message, Found], ...]:
    """What is set aside of the same, each with the message that it was found on."""
    data = facts.of(locale)
    terms, brands = _known(leaflet, catalog, shared)
    return tuple(
        (message, one)
        for message, said, comments in _current(leaflet, catalog, words, layouts)
        if comments
        for one in translation.check(message, said.text, locale, data, terms, comments, brands)
        if one.waived
    )


def _known(leaflet: Leaflet, catalog: Catalog, shared: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """The terms with their translations, first of all the leaflet's own words to know; and its brand names."""
    own = glossary.translated(leaflet, catalog.lookup)
    there = {key(term) for term in own}
    others = {term: text for term, text in shared.items() if key(term) not in there}
    return own | (others if glossary.is_of_lists(leaflet) else {}), names.brands(messages.extract(leaflet))


def _unlisted(leaflet: Leaflet, locale: Locale, catalog: Catalog, terms: Mapping[str, str]) -> Iterator[Finding]:
    """Medicines of which nobody has said what they are called in this language, each once."""
    if not glossary.is_of_lists(leaflet):
        return
    seen = {key(term) for term in terms}
    for message, said, _ in _current(leaflet, catalog, (), None):
        for name in medicines_in(message.text):
            if name not in seen:
                seen.add(name)
                file = Path("locales", locale.name, TERMS_FILE).as_posix()
                what = f"no list says what the medicine {name} is called in {locale.english_name}"
                hint = f'add it to the words to know, or a line to {file}: "{name}" = "..."'
                yield Finding(UNLISTED, Severity.WARNING, what, message.at[0], hint, said.at)


def _current(
    leaflet: Leaflet, catalog: Catalog, words: Sequence[Message], layouts: Catalog | None
) -> Iterator[tuple[Message, Translation, Sequence[str]]]:
    """Every message that has a translation, with that and the translator's comments."""
    pairs = [(catalog, message) for message in messages.extract(leaflet)]
    pairs += [(layouts, message) for message in words] if layouts else []
    for file, message in pairs:
        said = file.lookup(message.context, message.text)
        if said and file.live[message.context, message.text].file:
            continue  # it is of the language's parent, and checked there
        if said and said.state is State.CURRENT:
            yield message, said, notes.others(file.live[message.context, message.text].comments)
