"""All translations of one catalog against their messages; every current one is checked, printed today or not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plainleaf import messages
from plainleaf.catalogs import Catalog
from plainleaf.checks import language, names, translation
from plainleaf.model import Finding, Leaflet, Locale, Message, Severity, State


def check(
    leaflet: Leaflet, locale: Locale, catalog: Catalog, words: Sequence[Message], layouts: Catalog | None, root: Path
) -> tuple[Finding, ...]:
    """Findings on a leaflet's catalog and on the layouts' words in the same locale."""
    data, found = language.load(locale, root / "locales" / locale.name, root)
    own = messages.extract(leaflet)
    terms, brands = translation.terms(leaflet, catalog.lookup), names.brands(own)
    begun = any(entry.state is State.CURRENT for file in (catalog, layouts) if file for entry in file.live.values())
    findings = [each for each in found if begun or each.severity is not Severity.UNMEASURED]  # nothing to compare yet
    pairs = [(catalog, message) for message in own]
    pairs += [(layouts, message) for message in words] if layouts else []
    for file, message in pairs:
        said = file.lookup(message.context, message.text)
        if said and said.state is State.CURRENT:
            comments = file.live[message.context, message.text].comments
            findings += translation.findings(message, said, locale, data, terms, comments, brands)
    return tuple(findings)
