"""How doses, dates and hours are written in a source: the records' examples, clean lines, every way to write it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from plainleaf.checks.source import doses, editions
from plainleaf.checks.source.dose_words import DOSE_UNIT, dose_words
from plainleaf.checks.source.doses import CHECKS, found
from plainleaf.checks.source.passages import Passage
from plainleaf.checks.source.registry import Check, Example
from plainleaf.languages import facts
from plainleaf.model import Clinic, Contact, Finding, LanguageFacts, Location, Severity
from plainleaf.sources import markdown
from plainleaf.typesetting import locales
from tests.conftest import ROOT, TESTS

CLEAN = (TESTS / "corpus" / "doses-clean.txt").read_text(encoding="utf-8").splitlines()
HEAD = """---
title: Your tablets
summary: How to take your tablets.
audience: Adults
written: 2026-11-02
review-by: 2028-11-02
country: {country}
---

"""


def seen(example: Example) -> set[str]:
    data = facts.default(example.locale, locales.locale(example.locale).script)
    words = doses.words_of(data)
    return {
        one.check for one in found(Passage.of(example.text, words, example.country, example.heads, bool(example.heads)))
    }


def leaflet(body: str, country: str = "US") -> tuple[Finding, ...]:
    source, faults = markdown.parse("sources/tablets.md", HEAD.format(country=country) + body)
    assert source, faults
    return doses.leaflet(source, None)


# --------------------------------------------------------------------------- the registry


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_a_check_fires_on_its_bad_examples(record: Check) -> None:
    for example in record.bad:
        assert record.id in seen(example), example.text


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_no_check_fires_on_good_examples(record: Check) -> None:
    for example in record.good:
        assert not seen(example), example.text


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_a_check_gives_its_reason_the_right_form_and_a_source(record: Check) -> None:
    assert record.id.startswith(("dose-", "date-", "time-", "page-", "template-"))
    assert len(record.rationale) > 20 and record.rationale.endswith(".") and record.write and record.reference


def test_ids_are_unique() -> None:
    assert not [name for name, count in Counter(check.id for check in CHECKS).items() if count > 1]


# --------------------------------------------------------------------------- what is right


@pytest.mark.parametrize("country", ["US", "GB"])
def test_clean_lines_are_let_pass(country: str) -> None:
    assert len(CLEAN) >= 300
    flagged = [line for line in CLEAN if seen(Example(line, country))]
    assert len(flagged) <= 0.02 * len(CLEAN), flagged


def test_the_shipped_leaflets_have_no_error_prone_dose() -> None:
    for path in sorted((ROOT / "sources").glob("*.md")):
        source, _ = markdown.parse(f"sources/{path.name}", path.read_text(encoding="utf-8"))
        assert path.name == "README.md" or (source and not doses.leaflet(source, None)), path.name


def test_a_form_in_quotation_marks_is_what_stands_on_a_pack() -> None:
    assert not seen(Example("On your pack it says “b.i.d.”: 2 times a day."))
    assert not seen(Example("It may say 'IU' there."))
    assert seen(Example("“Take it b.i.d. with food,” she said."))


# --------------------------------------------------------------------------- every way to write it

_FORMS = {
    "dose-naked-point": "Take .5 mg", "dose-trailing-zero": "Take 2.0 mg", "dose-unit-u": "Inject 8 U",
    "dose-unit-iu": "Take 800 IU", "dose-unit-microgram": "Take 25 µg", "dose-unit-nanogram": "Take 30 ng",
    "dose-unit-cc": "Give 3 cc", "dose-medicine-name": "Take 5 mg MTX", "dose-often": "Take 1 tablet b.i.d.",
    "dose-route": "Take 5 mg PO", "dose-eye-ear": "Put 2 drops AU", "dose-letters": "Take 1 tablet w/ food",
    "dose-glued": "Take 10mg", "dose-grouping": "Take 100000 units", "dose-unit-point": "Take 5 mg. at night",
    "dose-fraction": "Take 1/2 tablet", "dose-range": "Take 2-3 tablets", "date-two-ways": "Come on 03/04/2026",
    "time-half": "We are open 8-5", "time-noon": "Come at 12 pm", "dose-multiplied": "Take 2 x 500 mg",
    "dose-spoon": "Give 2 tsp", "dose-ratio": "Adrenaline 1:1000", "dose-weekly": "Take it biweekly",
    "dose-sign": "Wait > 4 hours", "dose-per": "Give 5 mg/kg", "dose-side-by-side": "Take 2 50 mg tablets",
    "dose-decimal-comma": "Take 2,5 mg", "dose-degrees": "Call above 38.5 C", "dose-unit-mcg": "Take 50 mcg",
    "dose-unit-gram": "Take 2 gm", "dose-overdose": "This was an OD", "page-typed": "See page 2",
}  # fmt: skip


def test_every_record_has_a_form_here() -> None:
    whole = {"template-text"}  # a form of a whole text, wherever that is
    assert set(_FORMS) == {check.id for check in CHECKS} - whole


@pytest.mark.parametrize(("check", "text"), _FORMS.items(), ids=_FORMS)
@pytest.mark.parametrize(
    "body",
    [
        "{0}.\n",
        "**{0}**.\n",
        "Sertraline: {0}, please.\n",
        "{{clinic_name}} says: {0}\n",
        "- {0}\n- Rest.\n",
        "## {0}\n\nRest.\n",
        "| When | What |\n|---|---|\n| Now | {0} |\n",
        "![{0}](pictures/x.svg)\n",
        '![A hand](pictures/x.svg "{0}")\n',
        "::: questions\n{0}?\n: {0}.\n:::\n",
        "::: card\n## Front\n\n{0}.\n:::\n",
        "::: only country=AU\n{0}.\n:::\n",
    ],
)
def test_a_form_is_found_wherever_it_stands(check: str, text: str, body: str) -> None:
    assert check in {finding.check for finding in leaflet(body.format(text))}


@pytest.mark.parametrize(("check", "text"), _FORMS.items(), ids=_FORMS)
@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2007"])
def test_a_space_of_another_kind_hides_nothing(check: str, text: str, space: str) -> None:
    assert check in seen(Example(text.replace(" ", space)))


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("dose-naked-point", "Take **.5** mg."),
        ("dose-trailing-zero", "Take **1**.0 mg."),
        ("dose-trailing-zero", "Take 1.0 {clinic_name} mg."),
        ("dose-naked-point", "Take .5 {clinic_name} mg."),
        ("dose-unit-u", "Inject **10** U."),
        ("dose-unit-u", "Inject 10 {clinic_name} U."),
        ("dose-often", "Take it **b.i**.d. now"),
        ("dose-often", "Take 1 tablet {clinic_name} TID."),
        ("dose-unit-cc", "Give 5 {clinic_name} cc."),
        ("dose-glued", "Take 10**mg**."),
    ],
)
def test_markup_and_details_of_the_clinic_hide_nothing(check: str, text: str) -> None:
    assert check in {finding.check for finding in leaflet(f"{text}\n")}


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("TAKE 1 TABLET TID", "dose-often"),
        ("take 1 tablet tid", "dose-often"),
        ("Take 1 Tablet Bid.", "dose-often"),
        ("TAKE .5 MG", "dose-naked-point"),
        ("TAKE 10MG", "dose-glued"),
        ("GIVE 5 CC", "dose-unit-cc"),
        ("INJECT 5 MG SC", "dose-route"),
        ("TAKE 2 TSP", "dose-spoon"),
        ("PUT 2 DROPS OU", "dose-eye-ear"),
        ("TAKE 1/2 TABLET", "dose-fraction"),
        ("inject 10 u", "dose-unit-u"),
    ],
)
def test_capital_letters_hide_nothing(text: str, check: str) -> None:
    assert check in seen(Example(text))


@pytest.mark.parametrize(
    ("heads", "cell", "check"),
    [
        ("Dose (mg) | Morning", "1.0", "dose-trailing-zero"),
        ("Dose in ml | Night", ".5", "dose-naked-point"),
        ("Tablets | Adults", "1-2", "dose-range"),
        ("Tablets | Adults", "1/2", "dose-fraction"),
        ("How often | Aspirin", "BD", "dose-often"),
        ("Route | Aspirin", "IM", "dose-route"),
        ("Units | Vitamin A", "100000", "dose-grouping"),
    ],
)
def test_a_cell_is_read_with_the_heads_of_its_column_and_row(heads: str, cell: str, check: str) -> None:
    assert check in seen(Example(cell, heads=heads))


@pytest.mark.parametrize(
    ("text", "country", "severity"),
    [
        ("Take 50 mcg.", "GB", Severity.WARNING),
        ("50 micrograms (50 mcg)", "US", None),
        ("Take it at 12:00.", "US", Severity.WARNING),
        ("Take it at 12:00.", "FR", None),
        ("Take 1/2 tablet.", "US", Severity.ERROR),
        ("1/3 of people feel better.", "US", Severity.WARNING),
        ("A chance of 1:2000", "US", Severity.WARNING),
        ("On 25/04/2026", "GB", Severity.WARNING),
        ("On 04/05/2026", "GB", Severity.ERROR),
    ],
)
def test_what_can_harm_is_an_error_and_the_country_counts(text: str, country: str, severity: Severity | None) -> None:
    words = doses.words_of(facts.english())
    severities = {one.severity for one in found(Passage.of(text, words, country))}
    assert severities == ({severity} if severity else set())


def test_the_hint_says_what_to_write() -> None:
    hints = [finding.hint for finding in leaflet("Take .5 mg. Come on 03/04/2026. Give 5 cc.\n")]
    assert hints == [
        "write 0.5",
        "write “mL”",
        "write the month as a word, such as March 4, 2026",
    ]
    british = [finding.hint for finding in leaflet("Come on 03/04/2026. Give 5 cc.\n", "GB")]
    assert british == ["write “ml”", "write the month as a word, such as 3 April 2026"]


def test_words_beside_a_help_line_are_judged_in_their_own_language() -> None:
    line = Contact(
        "crisis", "Help", "988", "take 5 mg b.i.d.", notes=(("es", "tome 5 mg c/8 h"),), at=Location("c.toml", 9)
    )
    source, _ = markdown.parse("sources/tablets.md", HEAD.format(country="US") + "Rest.\n")
    clinic = Clinic("Sample", (), "", "", (), "", "", "911", (line,), "US", Location("c.toml"))
    assert source
    findings = [one for one in editions.leaflet(source, clinic, date(2026, 11, 29)) if one.check == "dose-often"]
    assert [finding.hint for finding in findings] == ["write “2 times a day”", "write “cada 8 horas”"]
    assert {finding.at for finding in findings} == {Location("c.toml", 9)}


def test_the_name_of_a_help_line_is_judged_too() -> None:
    line = Contact("crisis", "Help: 5 mg b.i.d.", "988", at=Location("c.toml", 9))
    source, _ = markdown.parse("sources/tablets.md", HEAD.format(country="US") + "Rest.\n")
    clinic = Clinic("Sample", (), "", "", (), "", "", "911", (line,), "US", Location("c.toml"))
    assert source and [(one.check, one.at) for one in doses.leaflet(source, clinic)] == [
        ("dose-often", Location("c.toml", 9))
    ]


def test_a_text_for_one_country_is_judged_by_its_own_rules() -> None:
    noon = "Take it at 12:00.\n"
    for body, country, lines in (
        (noon, "US", [10]),
        (noon, "FR", []),
        (f"{noon}\n::: only country=US\n{noon}:::\n", "FR", [13]),
        (f"{noon}\n::: only country=FR\n{noon}:::\n", "US", [10]),
        (f"::: only country=not-FR\n{noon}:::\n", "US", [11]),
    ):
        assert [one.at.line for one in leaflet(body, country)] == lines, body


@pytest.mark.parametrize(
    "unit", ["mg", "mcg", "µg", "ug", "kg", "g", "ng", "ml", "cl", "dl", "l", "iu", "mmol", "meq", "gm", "cc", "unit"]
)
def test_a_symbol_of_a_unit_is_known_in_any_language(unit: str) -> None:
    assert re.fullmatch(f"5 {DOSE_UNIT}", dose_words(facts.LocaleData("xx")).marked(f"5 {unit}"))


def test_a_unit_in_other_letters_is_known_without_a_space() -> None:
    data = facts.LocaleData("xx", lists={("units", "mg"): ("毫克",)}, values={"word-spaces": False})
    assert re.fullmatch(f"5{DOSE_UNIT}片", dose_words(data).marked("5毫克片"))


def test_a_locales_own_short_forms_are_found_in_the_source_too() -> None:
    own = LanguageFacts((("short.frequency", "every day", ("e.d.",)),))
    source, _ = markdown.parse("sources/tablets.md", HEAD.format(country="US") + "Take 5 mg e.d. with food.\n")
    assert source and not doses.leaflet(source, None)
    found = doses.leaflet(source, None, facts.laid("en", "Latn", own))
    assert [(one.check, one.hint) for one in found] == [("dose-often", "write “every day”")]


def test_a_source_in_another_language_has_its_own_words() -> None:
    assert "dose-often" in seen(Example("Tome 1 tableta c/8 h.", locale="es"))
    assert "dose-naked-point" in seen(Example("Tome ,5 mg.", locale="es"))
    assert not seen(Example("Tome 0,5 mg cada 8 horas.", locale="es"))


def test_a_way_out_of_another_language_than_english_says_what_to_say() -> None:
    head = HEAD.format(country="DE").replace("country: DE", "country: DE\nlanguage: de")
    german, _ = markdown.parse("sources/tablets.md", head + "Nehmen Sie > 4 Tabletten & viel Wasser.\n")
    assert german and german.language == "de"
    hints = {each.hint for each in doses.leaflet(german, None)}
    assert hints == {"write “more than”, in the words of this language", "write “and”, in the words of this language"}
    assert "write “and”" in {each.hint for each in leaflet("Take tea & water.\n")}
