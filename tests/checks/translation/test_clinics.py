"""A clinic's words in other languages pass the checks that translations pass, each at its line of the clinic's file."""

from __future__ import annotations

import pytest

from plainleaf.checks.translation import clinics
from plainleaf.clinics import file as clinicfile
from plainleaf.model import Clinic, Contact, Finding, Location, Severity
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import ROOT

AT = Location("sources/clinics/sample.toml")
OF_ALL = ("ar", "es", "hi", "zh_Hans")
"""Languages that each sample clinic has words in; the one that the shipped leaflets are for has them in all."""


def said(source: str, locale: str, words: str, kind: str = "notes") -> tuple[Finding, ...]:
    """What is found on one note (or name) of a help line in a language."""
    line = Contact("crisis", source if kind == "names" else "A", "988", source if kind == "notes" else "",
                   at=Location(AT.file, 7), lines=((f"{kind}.{locale}", 9),), **{kind: ((locale, words),)})  # type: ignore[arg-type]  # fmt: skip
    clinic = Clinic("A", (), "1", "", (), "", "", "911", (line,), "US", AT)
    return clinics.check(clinic, locales.locale(locale))


@pytest.mark.parametrize(
    ("source", "locale", "words", "check"),
    [
        ("free, 24 hours", "es", "gratis, 42 horas", "po-numbers"),
        ("not at night", "es", "por la noche", "po-negation"),
        ("free, day and night", "es", "free, day and night", "po-untranslated"),
        ("free, day and night", "ar", "gratis, de día y de noche", "po-script"),
        ("free, day and night", "es", "gratis, dіa y noche", "po-lookalikes"),
        ("free, day and night", "es", "gratis , de día y de noche", "po-spaces"),
        ("free (day and night)", "es", "gratis (de día y de noche", "po-brackets"),
        ("free, day and night", "ar", "مجاني\u202e نهارًا وليلًا", "po-bidi"),
    ],
)
def test_a_note_is_held_to_what_a_translation_is_held_to(source: str, locale: str, words: str, check: str) -> None:
    found = {finding.check: finding for finding in said(source, locale, words)}
    assert check in found, found
    assert found[check].at == Location(AT.file, 9)
    assert found[check].message.startswith(f"helplines.crisis.notes.{locale}: ")


@pytest.mark.parametrize("name", ["NHS 111", "Samaritans", "TelefonSeelsorge"])
def test_a_name_may_stay_as_it_is(name: str) -> None:
    assert not said(name, "es", name, "names")


def test_but_its_figures_stay_too() -> None:
    assert {finding.check for finding in said("NHS 111", "es", "NHS 112", "names")} == {"po-numbers"}


@pytest.mark.parametrize("name", clinicfile.names(ROOT))
def test_the_samples_have_words_in_every_language_and_nothing_is_wrong_with_them(name: str) -> None:
    clinic, findings = clinicfile.load(ROOT, name)
    assert clinic and not findings and clinic.out_of_hours
    others = [*shipped.content().locales] if name == "sample-us" else OF_ALL
    for locale in map(locales.locale, (other for other in others if other != "en_GB")):
        assert not clinics.check(clinic, locale) and not list(clinics.missing(clinic, locale))
        assert all(dict(contact.names).get(locale.name) for contact in clinic.helplines)


def test_a_note_without_words_in_a_language_is_told_with_the_keys_to_add() -> None:
    closed = Contact("out-of-hours", "", "2", "ask for the nurse", at=Location(AT.file, 4))
    clinic = Clinic("A", (), "1", "", (), "", "", "911", (), "US", AT, out_of_hours=closed)
    (found,) = clinics.missing(clinic, locales.locale("es"))
    assert found.severity is Severity.WARNING and found.at == Location(AT.file, 4)
    assert found.message.startswith("out-of-hours: “ask for the nurse” is printed so in Spanish")
    assert found.hint == 'add notes.es = "..." below it'
