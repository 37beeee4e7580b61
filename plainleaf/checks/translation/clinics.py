"""A clinic's own words in another language beside its first ones: the same checks as on a leaflet's translations."""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.checks.translation import every
from plainleaf.clinics.details import note_of, translated
from plainleaf.languages import facts
from plainleaf.model import Clinic, Finding, Locale, Message, Severity

# What a name of its own may do in any language: stay as it is, and be much longer or shorter.
_NAMES_MAY = frozenset({"po-untranslated", "po-length", "po-brands"})


def check(clinic: Clinic, locale: Locale) -> tuple[Finding, ...]:
    """Findings on the names and notes that a clinic's file gives for a locale, each at its line there."""
    data = facts.of(locale)
    return tuple(
        Finding(
            one.check,
            one.severity,
            f"{said.key}.{locale.name}: {one.message} ({locale.english_name}: “{said.source}”)",
            said.at,
            one.hint,
        )
        for said in translated(clinic, locale)
        for one in every.check(Message(said.source, (said.at,)), said.text, locale, data, {})
        if not (said.key.endswith(".names") and one.check in _NAMES_MAY)
    )


def missing(clinic: Clinic, locale: Locale) -> Iterator[Finding]:
    """Notes that are printed as they stand, for want of words in the locale's language."""
    for table, contact in clinic.contacts:
        if contact.note and not note_of(contact, locale):
            what = f"{table}: “{contact.note}” is printed so in {locale.english_name}: it has no translation"
            own = f", and names.{locale.name} if the service has a name there" if contact.name else ""
            hint = f'add notes.{locale.name} = "..." below it{own}'
            yield Finding("clinic-note", Severity.WARNING, what, contact.at or clinic.at, hint)
