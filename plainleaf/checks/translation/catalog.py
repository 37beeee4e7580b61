"""All translations of one catalog against their messages; every current one is checked, printed today or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from plainleaf.checks.translation import every as translation
from plainleaf.checks.translation import names
from plainleaf.checks.translation.registry import Found
from plainleaf.languages import facts
from plainleaf.model import Finding, Leaflet, Locale, Message, State, Translation
from plainleaf.translations import messages, notes
from plainleaf.translations.po import Catalog


def check(
    leaflet: Leaflet, locale: Locale, catalog: Catalog, words: Sequence[Message], layouts: Catalog | None, root: Path
) -> tuple[Finding, ...]:
    """Findings on a leaflet's catalog and on the layouts' words in the same locale."""
    data = facts.of(locale)
    _, found = facts.own(locale, root / "locales" / locale.name, root)
    terms, brands = _known(leaflet, catalog)
    begun = any(entry.state is State.CURRENT for file in (catalog, layouts) if file for entry in file.live.values())
    findings = [*found, *(facts.unmeasured(locale) if begun else ())]  # else there is nothing to compare yet
    for message, said, comments in _current(leaflet, catalog, words, layouts):
        findings += translation.findings(message, said, locale, data, terms, comments, brands)
    return tuple(findings)


def waived(
    leaflet: Leaflet, locale: Locale, catalog: Catalog, words: Sequence[Message], layouts: Catalog | None, root: Path
) -> tuple[tuple[Message, Found], ...]:
    """What is set aside of the same, each with the message that it was found on."""
    data = facts.of(locale)
    terms, brands = _known(leaflet, catalog)
    return tuple(
        (message, one)
        for message, said, comments in _current(leaflet, catalog, words, layouts)
        if comments
        for one in translation.check(message, said.text, locale, data, terms, comments, brands)
        if one.waived
    )


def _known(leaflet: Leaflet, catalog: Catalog) -> tuple[dict[str, str], frozenset[str]]:
    """The leaflet's words to know with their translations, and its brand names."""
    return translation.terms(leaflet, catalog.lookup), names.brands(messages.extract(leaflet))


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
