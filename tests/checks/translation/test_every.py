"""Checks on translations: each record's own examples, the corpus of errors and good strings, the shipped catalogs."""

from __future__ import annotations

import os
import textwrap
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import babel
import babel.localedata
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.checks.translation import ignoring
from plainleaf.checks.translation.every import CHECKS, IDS, WAIVED, check, findings
from plainleaf.checks.translation.names import brands
from plainleaf.checks.translation.registry import Check, Example, Found
from plainleaf.languages import digits, facts
from plainleaf.languages.folding import fold, tokens
from plainleaf.languages.lexicon import Lexicon
from plainleaf.model import (
    Leaflet,
    Location,
    Message,
    Severity,
    State,
    Translation,
)
from plainleaf.sources import markdown as sources
from plainleaf.terms import glossary
from plainleaf.translations import markup, messages
from plainleaf.translations import po as catalogs
from plainleaf.typesetting import fonts, locales
from tests.conftest import ROOT, TESTS
from tests.strings import inlines

CORPUS = TESTS / "corpus"
AT = Location("sources/leaflet.md", 7)


def run(example: Example, comments: Iterable[str] = ()) -> tuple[Found, ...]:
    locale = locales.locale(example.locale)
    message = Message(example.source, (AT,), flags=example.flags, safety=example.safety)
    data = facts.default(locale.name, locale.script)
    return check(message, example.translation, locale, data, example.terms, comments, example.names)


# --------------------------------------------------------------------------- the registry


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_a_check_fires_on_its_examples_and_on_no_others(record: Check) -> None:
    for example in record.fires_on:
        assert record.id in {found.check for found in run(example)}, example.translation
    for example in record.passes_on:
        assert record.id not in {found.check for found in run(example)}, example.translation


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.id)
def test_a_check_gives_its_reasons(record: Check) -> None:
    assert record.id.startswith("po-") and record.rationale.endswith(".")
    assert record.fires_on and record.passes_on


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("locale", "source", "translation", "check", "severity"),
    [
        ("es", "Take two tablets a day.", "Tome tres tabletas al día.", "po-number-words", ERROR),
        ("es", "Take two tablets a day.", "Tome las tabletas cada día.", "po-number-words", WARNING),
        ("es", "Take three tablets a day.", "Tome las tabletas cada día.", "po-number-words", WARNING),
        ("es", "Take tablets each day.", "Tome tres tabletas cada día.", "po-number-words", WARNING),
        ("es", "Tablet (50 mg)", "Tableta (50 g)", "po-units", ERROR),
        ("es", "Take 2 tablets.", "Tome 2 cápsulas.", "po-units", WARNING),
        ("fa", "It takes 45 days.", "۴٥ روز طول می‌کشد.", "po-digits", ERROR),
        ("es", "It takes 45 days.", "Tarda ४५ días.", "po-digits", WARNING),
        ("es", "It takes 45 days.", "Tarda ๔๕ días.", "po-digits", WARNING),
        ("hi", "It takes 45 days.", "४५ দিন ৪৫", "po-digits", WARNING),
        ("es", "Is it approved here?", "Está aprobado aquí.", "po-end-mark", ERROR),
        ("es", "Get help at once for:", "Pida ayuda de inmediato si nota", "po-end-mark", ERROR),
        ("es", "Take it with a full glass of water.", "Tómelo con un vaso de agua", "po-end-mark", WARNING),
        ("es", "Take it now.", "Tómelo ahora", "po-end-mark", WARNING),
        ("es", "How to use it", "Cómo usarlo.", "po-end-mark", WARNING),
        ("ar", "red, hot and swollen", "أحمر, وساخن ومتورّم", "po-wrong-mark", WARNING),
        ("ar", "Is it red? Ask.", "هل هو أحمر? اسأل.", "po-wrong-mark", ERROR),
    ],
)
def test_what_may_be_right_is_a_warning_and_what_cannot_be_is_an_error(
    locale: str, source: str, translation: str, check: str, severity: Severity
) -> None:
    found = run(Example(locale, source, translation))
    assert {one.severity for one in found if one.check == check} == {severity}


@pytest.mark.parametrize("name", ["bn", "gu", "hi", "km", "kn", "lo", "ml", "my", "pa", "ta", "te", "th"])
def test_digits_of_a_languages_own_script_are_right(name: str) -> None:
    data = facts.default(name, locales.locale(name).script)
    zero = digits.ZEROS[data.list("", "digits")[0]]
    assert "po-digits" not in {one.check for one in run(Example(name, "45 mg", f"{chr(zero + 4)}{chr(zero + 5)} mg"))}


@pytest.mark.parametrize(
    ("text", "comment", "names"),
    [
        ("oxycodone (brand name OxyContin)", "", {"OxyContin"}),
        ("Brand names: Depade, Zolpi and None", "", {"Depade", "Zolpi"}),
        ("It is sold as ReVia.", "", {"ReVia"}),
        ("Zolpi® helps.", "", {"Zolpi"}),
        ("Zolpi helps.", "", set()),
        ("Depade, Zolpi", " Cell, in the column “Brand names”", {"Depade", "Zolpi"}),
        ("None approved (as of 2019)", " Cell, in the column “Brand names”", set()),
        ("Depade, Zolpi", " Cell, in the column “Where”", set()),
    ],
)
def test_brand_names_are_known_by_how_they_are_called_or_written(text: str, comment: str, names: set[str]) -> None:
    assert brands([Message(text, (AT,), comments=(comment,))]) == names
    assert brands([Message(text, (AT,)), Message("Take ReVia.", (AT,))]) >= {"ReVia"}


def test_an_untranslated_safety_message_is_told_as_one() -> None:
    for safety in (True, False):
        (one,) = run(Example("es", "Confused and sleepy now", "Confused and sleepy now", safety=safety))
        assert one.message.endswith(", and it is a safety message") is safety


def test_ids_are_unique() -> None:
    assert not [name for name, count in Counter(IDS).items() if count > 1]


def test_good_examples_have_no_error_of_any_check() -> None:
    errors = [
        (example.translation, found.check, found.message)
        for record in CHECKS
        for example in record.passes_on
        for found in run(example)
        if found.severity is Severity.ERROR
    ]
    assert not errors


# --------------------------------------------------------------------------- waivers


@pytest.mark.parametrize(("comments", "wrong"), ignoring.EXAMPLES)
def test_a_waiver_needs_a_known_check_and_a_reason(comments: tuple[str, ...], wrong: bool) -> None:
    assert bool(ignoring.read(comments, IDS)[1]) is wrong


TEN = Example("es", "Wait 7 to 10 days.", "Espere de 7 a 100 días.")


def test_a_waived_finding_is_listed_and_stops_nothing() -> None:
    found = run(TEN, [" plainleaf: ignore numbers because the clinic counts otherwise"])
    assert [(one.check, one.waived) for one in found] == [("po-numbers", "the clinic counts otherwise")]
    translation = Translation(TEN.translation, State.CURRENT, Location("locales/es/LC_MESSAGES/leaflet.po", 9))
    locale = locales.locale("es")
    data = facts.default("es", "Latn")
    comments = [" plainleaf: ignore numbers because the clinic counts otherwise"]
    listed = findings(Message(TEN.source, (AT,)), translation, locale, data, {}, comments)
    assert [(one.check, one.severity, one.at, one.po) for one in listed] == [
        (WAIVED, Severity.UNMEASURED, AT, translation.at)
    ]
    assert "because the clinic counts otherwise" in listed[0].message


def test_an_unused_waiver_is_found() -> None:
    good = Example("es", "Wait 10 days.", "Espere 10 días.")
    assert [one.check for one in run(good, [" plainleaf: ignore numbers because the clinic counts otherwise"])] == [
        "po-waiver"
    ]


def test_a_waiver_without_reason_waives_nothing() -> None:
    assert {one.check for one in run(TEN, [" plainleaf: ignore numbers"]) if not one.waived} == {
        "po-numbers",
        "po-waiver",
    }


SIGNED = " plainleaf: ignore numbers because the clinic counts otherwise; signed: A. Sample, nurse; text: {text}"


def ten_on_a_safety_text(comments: Iterable[str]) -> list[tuple[str, str, str]]:
    return [(one.check, one.waived, one.by) for one in run(replace(TEN, safety=True), comments)]


def test_a_waiver_on_a_safety_text_is_to_be_signed() -> None:
    code = ignoring.code(Message(TEN.source, (AT,)), TEN.translation)
    waived = ("po-numbers", "the clinic counts otherwise", "A. Sample, nurse")
    assert ten_on_a_safety_text([SIGNED.format(text=code)]) == [waived]
    unsigned = SIGNED.partition(";")[0]
    assert ten_on_a_safety_text([unsigned]) == [(*waived[:2], ""), ("po-waiver", "", "")]


@pytest.mark.parametrize("width", [30, 50, 76])
def test_a_program_may_wrap_a_signed_waiver(width: int) -> None:
    code = ignoring.code(Message(TEN.source, (AT,)), TEN.translation)
    first, because, rest = SIGNED.format(text=code).partition("because")
    comments = ["another note", first + because, *textwrap.wrap(rest, width), "a note below it"]
    assert ten_on_a_safety_text(comments) == [("po-numbers", "the clinic counts otherwise", "A. Sample, nurse")]


@pytest.mark.parametrize("safety", [True, False])
@pytest.mark.parametrize("field", ["source", "translation"])
def test_a_signed_waiver_lapses_with_its_text(field: str, safety: bool) -> None:
    code = ignoring.code(Message(TEN.source, (AT,)), TEN.translation)
    changed = replace(TEN, safety=safety, **{field: getattr(TEN, field).replace(".", "!")})
    found = run(changed, [SIGNED.format(text=code)])
    assert {(one.check, one.waived) for one in found} >= {("po-numbers", ""), ("po-waiver", "")}
    assert "has lapsed" in found[-1].message


# --------------------------------------------------------------------------- data


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(facts.SHIPPED.glob("*.toml")) if babel.localedata.exists(path.stem)],
    ids=lambda path: path.stem,
)
def test_shipped_marks_and_months_agree_with_cldr(path: Path) -> None:
    cldr = babel.Locale.parse(path.stem)
    data = facts.default(path.stem, locales.locale(path.stem).script)
    symbols = cldr.number_symbols.get("latn", {})
    if "decimal" in symbols and data.list("", "conventions"):
        assert symbols["decimal"] in {convention[0] for convention in data.list("", "conventions")}
    for month, name in cldr.months["format"]["wide"].items():
        entries = data.list("months", str(month))
        if entries and not any(character.isdigit() for character in name):
            hits = data.lexicon.find(fold(name), tuple(tokens(fold(name))))
            assert f"month:{month}" in {tag for hit in hits for tag in hit.tags}, name


@pytest.mark.parametrize(
    ("text", "found"), [("服5mg", 1), ("服 mg", 1), ("服mg药", 1), ("omg", 0), ("ómg", 0), ("mgé", 0)]
)
def test_a_latin_form_is_no_part_of_a_latin_word_in_text_without_spaces(text: str, found: int) -> None:
    assert len(Lexicon({"unit:mg": ["mg"]}, spaced=False).find(text, ())) == found


def test_an_entry_that_is_empty_or_no_pair_of_quotes_is_found_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "es"
    folder.mkdir(parents=True)
    text = 'conventions = [""]\ndual-endings = [" "]\n[marks]\nquotes = ["", "x", "‹›"]\n[words]\nnot = ["jamás", ""]\n'
    (folder / "checks.toml").write_text(text, encoding="utf-8")
    where, found = locales.load("es", folder, tmp_path)
    data = facts.of(where)
    assert sorted(one.at.line for one in found) == [1, 2, 4, 4, 6]
    assert {len(pair) for pair in data.list("marks", "quotes")} == {2} and "‹›" in data.list("marks", "quotes")
    message = Message("Say “2 pills” and wait.", (AT,))
    assert not check(message, "Diga ‹2 pastillas› y espere.", locales.locale("es"), data, {})


def test_a_content_folder_overrides_key_by_key(tmp_path: Path) -> None:
    folder = tmp_path / "locales" / "es"
    folder.mkdir(parents=True)
    (folder / "checks.toml").write_text(
        'length = 1.4\n[units]\ntablet = ["pastillita", "!pastilla*"]\n[numbrs]\n"2" = ["par"]\n', encoding="utf-8"
    )
    where, found = locales.load("es", folder, tmp_path)
    data = facts.of(where)
    assert "pastillita" in data.list("units", "tablet") and "comprimido*" in data.list("units", "tablet")
    assert "pastilla*" not in data.list("units", "tablet")
    assert data.value("length", 0) == 1.4
    assert [(one.at.file, one.at.line) for one in found] == [("locales/es/checks.toml", 4)]
    assert "did you mean “numbers”" in found[0].message


def test_a_language_without_data_is_not_measured() -> None:
    data, found = facts.named("mi"), facts.unmeasured(locales.locale("mi"))
    assert not data.known and [one.severity for one in found] == [Severity.UNMEASURED]
    message = Message("Wait 10 days.", (AT,))
    assert {one.check for one in check(message, "Taria kia 100 ra.", locales.locale("mi"), data, {})} == {"po-numbers"}


# --------------------------------------------------------------------------- words of meaning, with what follows

LIMITS = {  # "not more than": with "not", with a word of its own, and turned round by leaving "not" out
    "de": ("Nehmen Sie nicht mehr als 3 am Tag.", "Nehmen Sie höchstens 3 am Tag.", "Nehmen Sie mehr als 3 am Tag."),
    "fr": ("Ne prenez pas plus de 3 par jour.", "Prenez-en au plus 3 par jour.", "Prenez plus de 3 par jour."),
    "es": ("No tome más de 3 al día.", "Tome como máximo 3 al día.", "Tome más de 3 al día."),
    "pt_BR": ("Não tome mais de 3 por dia.", "Tome no máximo 3 por dia.", "Tome mais de 3 por dia."),
    "pl": ("Proszę brać nie więcej niż 3 dziennie.", "Najwyżej 3 dziennie.", "Proszę brać więcej niż 3 dziennie."),
    "ru": ("Принимайте не более 3 в день.", "Максимум 3 в день.", "Принимайте более 3 в день."),
    "uk": ("Приймайте не більше 3 на день.", "Щонайбільше 3 на день.", "Приймайте більше 3 на день."),
    "vi": ("Uống không quá 3 viên mỗi ngày.", "Uống tối đa 3 viên mỗi ngày.", "Uống hơn 3 viên mỗi ngày."),
    "ar": ("لا تتناول أكثر من 3 في اليوم.", "تناول 3 في اليوم كحد أقصى.", "تناول أكثر من 3 في اليوم."),
    "zh_Hans": ("每天不要超过3片。", "每天最多3片。", "每天超过3片。"),
}


@pytest.mark.parametrize("source", ["Do not take more than 3 a day.", "Take no more than 3 a day."])
@pytest.mark.parametrize("locale", LIMITS)
def test_a_limit_with_a_figure_is_no_lost_negation_unless_its_not_is_left_out(locale: str, source: str) -> None:
    told = [{found.check for found in run(Example(locale, source, text))} for text in LIMITS[locale]]
    assert [bool(checks & {"po-negation", "po-direction"}) for checks in told] == [False, False, True]


@pytest.mark.parametrize(
    ("locale", "source", "translation", "found"),
    [
        ("de", "Not yet read by a doctor.", "Noch nicht von einem Arzt gelesen.", set()),
        ("de", "You no longer need the drops.", "Sie brauchen die Tropfen nicht mehr.", set()),
        ("de", "You no longer need the drops.", "Sie brauchen die Tropfen.", {"po-negation"}),
        ("es", "You no longer need the drops.", "Ya no necesita las gotas.", set()),
        ("pl", "Do not drive any more.", "Proszę już nie prowadzić.", set()),
        ("fr", "Do not drive any more.", "Ne conduisez plus.", set()),
        ("ru", "Do not drive any more.", "Больше не водите машину.", set()),
        ("es", "Use at most 4 drops.", "No use menos de 4 gotas.", {"po-direction"}),
        ("de", "Use at least 4 drops.", "Nehmen Sie nicht mehr als 4 Tropfen.", {"po-direction"}),
        ("hi", "Ask her if you can drive.", "उससे पूछें कि आप गाड़ी चला सकते हैं या नहीं।", set()),
        ("de", "Ask if you can drive.", "Fragen Sie, ob Sie fahren dürfen oder nicht.", set()),
        ("hi", "It is more than the liver can bear.", "यह इतना है कि जिगर सह नहीं सकता।", set()),
        ("ar", "You felt well without them.", "شعرت بتحسن من دونهم.", set()),
        ("zh_Hans", "The pain came back after weeks without it.", "停用几周后，疼痛又出现了。", set()),
        ("zh_Hans", "Do not stop without asking us.", "询问我们后再停药。", {"po-negation"}),
        ("zh_Hans", "You cannot wake the person.", "您无法叫醒这个人。", set()),
        ("es", "Think of non-opioid relief.", "Piense en alivio sin opioides.", set()),
    ],
)
def test_words_of_meaning_are_read_with_what_stands_beside_them(
    locale: str, source: str, translation: str, found: set[str]
) -> None:
    told = {one.check for one in run(Example(locale, source, translation))}
    assert told & {"po-negation", "po-direction"} == found


# --------------------------------------------------------------------------- quotes and scripts

QUOTED = [  # each sign opens here, and closes elsewhere
    ("de", "Sagen Sie „Ich ersticke“ und setzen Sie sich."),
    ("de", "Sagen Sie »Ich ersticke« und setzen Sie sich."),
    ("de", "Sagen Sie «Ich ersticke» und setzen Sie sich."),
    ("de", "Er sagt: „Sie hat ‚Hilfe‘ gerufen“ und geht."),
    ("cs", "Řekněte „dusím se“ a sedněte si."),
    ("sk", "Povedzte „dusím sa“ a sadnite si."),
    ("sl", "Recite »dušim se« in sedite."),
    ("hr", "Recite „gušim se“ i sjednite."),
    ("sr", "Реците „гушим се“ и седите."),
    ("bg", "Кажете „задушавам се“ и седнете."),
    ("ka", "თქვით „ვიხრჩობი“ და დაჯექით."),
    ("pl", "Proszę powiedzieć „duszę się” i usiąść."),
    ("ro", "Spuneți „mă sufoc” și așezați-vă."),
    ("hu", "Mondja: „fulladok”, és üljön le."),
    ("sv", "Säg ”jag kvävs” och sätt dig."),
    ("fi", "Sano ”tukehdun” ja istu."),
    ("da", "Sig »jeg kvæles« og sæt dig."),
    ("nb", "Si «jeg kveles» og sett deg."),
    ("fr", "Dites « j’étouffe » et asseyez-vous."),
    ("it", "Dica «soffoco» e si sieda."),
    ("nl", "Zeg ‘ik stik’ en ga zitten."),
    ("es", "Diga «me ahogo» y siéntese."),
    ("ru", "Скажите «я задыхаюсь» и сядьте."),
    ("el", "Πείτε «πνίγομαι» και καθίστε."),
    ("ur", "کہیں ”میرا دم گھٹ رہا ہے“ اور بیٹھ جائیں۔"),
    ("he", 'אמרו "אני נחנק" ושבו.'),
    ("he", 'אמרו ”אני נחנק” ושבו ליד המד"א.'),
    ("ja", "「苦しい」と言って座ってください。"),
    ("zh_Hans", "说“我噎住了”，然后坐下。"),
]


@pytest.mark.parametrize(("locale", "text"), QUOTED)
def test_the_quotes_of_a_language_stand_as_it_writes_them(locale: str, text: str) -> None:
    told = [one for one in run(Example(locale, "Say “I choke” and sit down.", text)) if one.check != "po-length"]
    assert not told


@pytest.mark.parametrize(
    ("locale", "text", "check"),
    [
        ("de", "Sagen Sie „ Ich ersticke“ und setzen Sie sich.", "po-spaces"),
        ("de", "Sagen Sie „Ich ersticke “ und setzen Sie sich.", "po-spaces"),
        ("sv", "Säg ” jag kvävs” och sätt dig.", "po-spaces"),
        ("es", "Diga “ me ahogo” y siéntese.", "po-spaces"),
        ("cs", "Řekněte „dusím se„ a sedněte si.", "po-quotes"),
        ("de", "Sagen Sie “Ich ersticke„ und setzen Sie sich.", "po-quotes"),
        ("ka", "თქვით ვიხრჩობი“ და დაჯექით.", "po-quotes"),
        ("sv", "Säg ”jag kvävs och sätt dig.", "po-quotes"),
        ("pl", "Proszę powiedzieć «duszę się” i usiąść.", "po-quotes"),
    ],
)
def test_a_quote_that_is_turned_or_alone_or_stands_apart_is_found(locale: str, text: str, check: str) -> None:
    assert check in {one.check for one in run(Example(locale, "Say “I choke” and sit down.", text))}


ASKED = {  # "Do you have a cough?" in a language of each script that a font is chosen for
    "Latn": "Avez-vous de la toux ?", "Cyrl": "У вас кашель?", "Grek": "Έχετε βήχα;", "Arab": "هل لديك سعال؟",
    "Armn": "Դուք հազո՞ւմ եք։", "Beng": "আপনার কি কাশি আছে?", "Deva": "क्या आपको खाँसी है?", "Ethi": "ሳል አለዎት?",
    "Geor": "ახველებთ?", "Gujr": "શું તમને ઉધરસ છે?", "Guru": "ਕੀ ਤੁਹਾਨੂੰ ਖੰਘ ਹੈ?", "Hebr": "יש לכם שיעול?",
    "Khmr": "តើអ្នកក្អកទេ?", "Knda": "ನಿಮಗೆ ಕೆಮ್ಮು ಇದೆಯೇ?", "Laoo": "ທ່ານໄອບໍ?", "Mlym": "നിങ്ങൾക്ക് ചുമ ഉണ്ടോ?",
    "Mymr": "ချောင်းဆိုးနေပါသလား။", "Sinh": "ඔබට කැස්ස තිබේද?", "Taml": "உங்களுக்கு இருமல் இருக்கிறதா?",
    "Telu": "మీకు దగ్గు ఉందా?", "Thaa": "ކެއްސުން އެބަހުރިތަ؟", "Thai": "คุณไอไหม", "Tibt": "ཁྱེད་ལ་གློ་རྒྱག་གི་འདུག་གམ།",
    "Hans": "您咳嗽吗？", "Hant": "您咳嗽嗎？", "Jpan": "咳が出ますか？", "Kore": "기침이 나세요?",
}  # fmt: skip


def in_script(script: str, source: str, text: str) -> tuple[Found, ...]:
    """What is found in a language of the script that has no word lists."""
    locale = replace(locales.locale("mi"), script=script)
    data = facts.default("fr" if script == "Latn" else "xx", script)
    return check(Message(source, (AT,)), text, locale, data, {})


@pytest.mark.parametrize("script", sorted(set(fonts.FAMILIES) - {"Hant-HK"}))
def test_every_script_with_a_font_may_ask_a_question_and_is_measured(script: str) -> None:
    assert facts.default("xx", script).has_script
    assert not in_script(script, "Do you have a cough?", ASKED[script])
    if script != "Thai":  # where a word may ask as well
        statement = ASKED[script].rstrip("?？؟;։།။ ") + "…,"
        assert {one.check for one in in_script(script, "Do you have a cough?", statement)} == {"po-end-mark"}


@pytest.mark.parametrize("locale", ["si", "hi", "bn", "gu", "pa", "kn", "ml", "ta", "te", "mr", "ne"])
def test_joiners_are_part_of_the_spelling_in_scripts_of_india(locale: str) -> None:
    assert "po-zero-width" not in {one.check for one in run(Example(locale, "dose", "x\u200dy\u200cz"))}


@pytest.mark.parametrize("end", ["?", "？", "။", "᱿"])
def test_a_script_of_which_nothing_is_known_is_left_alone(end: str) -> None:
    text = "ꯅꯍꯥꯛ\u200dꯀꯤ\u200c ꯂꯣꯛ ꯂꯣꯛ ꯈꯨꯔꯤ" + end
    assert not in_script("Mtei", "Do you have a cough that lasts for more than a week?", text)
    assert {one.check for one in in_script("Mtei", "Do you cough?", "\ufeff" + text)} == {"po-zero-width"}
    found = facts.unmeasured(replace(locales.locale("mi"), script="Mtei"))
    assert "no rules for the script Mtei" in found[0].message


# --------------------------------------------------------------------------- figures and what they count


@pytest.mark.parametrize("safety", [True, False])
@pytest.mark.parametrize(
    ("locale", "source", "translation"),
    [
        ("es", "Use 3 sprays 6 times a day.", "Use 6 pulverizaciones 3 veces al día."),
        ("pt_BR", "Take two capsules three times a day.", "Tome três cápsulas duas vezes ao dia."),
        ("ro", "Chew 2 gums 8 times a day.", "Mestecați 8 gume de 2 ori pe zi."),  # a language without word lists
        ("bg", "Use 1 cup for 9 days.", "Използвайте 9 чаши 1 ден."),
        ("de", "Adults: 3 drops. Children: 2 drops.", "Erwachsene: 2 Tropfen. Kinder: 3 Tropfen."),
    ],
)
def test_figures_that_exchange_what_they_count_are_an_error(
    locale: str, source: str, translation: str, safety: bool
) -> None:
    told = run(Example(locale, source, translation, safety=safety))
    assert [one.check for one in told if one.severity is Severity.ERROR] == ["po-pairs"]


@pytest.mark.parametrize(
    ("locale", "source", "translation"),
    [
        ("fr", "Take 2 tablets at night and 1 in the morning.", "Prenez 1 comprimé le matin et 2 le soir."),  # elided
        ("de", "2 of the 9 tablets were red.", "Von 9 Tabletten waren 2 rot."),  # a part and its whole
        ("zh_Hans", "Take 4 tablets once a day.", "每天一次，每次4片。"),  # "each time" is no figure
        ("sw", "Take 2 tablets 4 times a day.", "Mara 4 kwa siku, meza vidonge 2."),  # the noun stands first
        ("de", "2 tablets 3 x a day", "3 x täglich 2 Tabletten"),
    ],
)
def test_figures_may_come_in_any_order(locale: str, source: str, translation: str) -> None:
    assert not run(Example(locale, source, translation))


DUALS = [
    ("ar", "2 implants", "غرستان"), ("ar", "They used two implants.", "استخدموا غرستين."),
    ("ar", "It was done in 2 hospitals.", "أُجري ذلك في مستشفيين."), ("ar", "Wait 2 weeks.", "انتظر أسبوعين."),
    ("ar", "Call the 2 clinics.", "اتصل بالعيادتين."), ("ar", "Use 2 sprayers.", "استعمل رشاشتين."),
    ("ar", "After 14 days (2 weeks)", "بعد 14 يومًا (أسبوعين)"), ("he", "Wait 2 days.", "חכו יומיים."),
    ("he", "Wait two weeks.", "חכו שבועיים."), ("he", "Use it 2 times a day.", "השתמשו בו פעמיים ביום."),
    ("he", "Wait 2 hours.", "חכו שעתיים."),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "source", "translation"), DUALS)
def test_a_dual_is_the_number_two_and_not_three(locale: str, source: str, translation: str) -> None:
    assert not run(Example(locale, source, translation))
    three = source.replace("2 ", "3 ").replace("two", "three")
    assert Severity.ERROR in {one.severity for one in run(Example(locale, three, translation))}


@pytest.mark.parametrize(
    ("locale", "source", "translation"),
    [
        ("ar", "2 implants for addicts", "غرسة للمدمنين"),
        ("ar", "Millions had 2 visits.", "أجرى الملايين زيارة."),
        ("ar", "Wear 2 nicotine patches.", "ضع لصقة النيكوتين."),
        ("he", "Wait 2 days.", "חכו יום."),
    ],
)
def test_words_that_only_end_like_a_dual_are_not_the_number_two(locale: str, source: str, translation: str) -> None:
    assert "po-numbers" in {one.check for one in run(Example(locale, source, translation))}


# --------------------------------------------------------------------------- the corpus


@dataclass(frozen=True)
class Line:
    """One string of the corpus; see corpus/README.md."""

    locale: str
    source: str
    translation: str
    kind: str
    terms: Mapping[str, str]
    safety: bool
    names: frozenset[str]
    flags: tuple[str, ...]

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """What all checks find on it."""
        return run(Example(self.locale, self.source, self.translation, self.terms, self.safety, self.flags, self.names))


# What an error of a kind is called by the checks, and whether a warning is enough (the check cannot be certain).
WARNINGS = frozenset({
    "number-format", "negation", "direction", "term", "opening-mark", "spacing", "french-spacing", "quote", "doubled",
    "length", "nfc", "letter", "markup", "end-mark", "number-word", "script-mark",
})  # fmt: skip


@cache
def read(path: Path) -> list[Line]:
    """The strings of a file, the same ones for all tests."""
    return [_line(entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def _line(entry: Mapping[str, Any]) -> Line:
    known = {"locale", "source", "translation", "kind", "terms", "safety", "names", "flags", "note"}
    assert set(entry) <= known, f"unknown keys {set(entry) - known} in {entry}"
    return Line(
        entry["locale"], entry["source"], entry["translation"], entry["kind"], entry.get("terms", {}),
        entry.get("safety", False), frozenset(entry.get("names", ())), tuple(entry.get("flags", ())),
    )  # fmt: skip


def is_caught(line: Line) -> bool:
    if line.kind.startswith(("tag-", "placeholder-")):  # compared when a translation is put back into its blocks
        return bool(markup.from_text(line.translation, inlines(line.source))[1])
    enough = {Severity.ERROR, Severity.WARNING} if line.kind in WARNINGS else {Severity.ERROR}
    return any(found.severity in enough for found in line.found)


def report(lines: list[Line]) -> tuple[float, float, str]:
    """The share of errors caught, of good strings flagged as errors, and a table by kind with all that went wrong."""
    bad = [line for line in lines if line.kind != "good"]
    good = [line for line in lines if line.kind == "good"]
    kinds: dict[str, list[bool]] = defaultdict(list)
    told = []
    for line in bad:
        kinds[line.kind].append(is_caught(line))
        if not kinds[line.kind][-1]:
            told.append(f"  missed {line.kind} {line.locale}: {line.source} -> {line.translation}")
    flagged = [(line, found) for line in good for found in line.found if found.severity is Severity.ERROR]
    for line, found in flagged:
        told.append(f"  false {found.check} {line.locale}: {found.message}: {line.source} -> {line.translation}")
    warned = {id(line) for line in good for found in line.found if found.severity is Severity.WARNING}
    rate = sum(sum(caught) for caught in kinds.values()) / max(1, len(bad))
    false = len({id(line) for line, _ in flagged}) / max(1, len(good))
    table = "\n".join(f"  {kind:16} {sum(caught)}/{len(caught)}" for kind, caught in sorted(kinds.items()))
    head = f"{rate:.1%} of {len(bad)} errors caught, {false:.1%} of {len(good)} good strings flagged"
    head += f", {len(warned)} with a warning"
    return rate, false, "\n".join([head, table, *told])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.toml")), ids=lambda path: path.stem)
def test_corpus(path: Path) -> None:
    rate, false, told = report(read(path))
    assert rate >= 0.95, told
    assert false <= 0.02, told


def outcomes(lines: list[Line]) -> str:
    """Each string with what the checks say of it, the errors by kind; a mistake of the checks is in capitals."""
    told = []
    for kind, group in groupby(sorted(lines, key=lambda line: line.kind), key=lambda line: line.kind):
        told.append(f"\n{kind}\n")
        for line in group:
            found = sorted({(one.severity.value, one.check) for one in line.found})
            wrong = any(severity == Severity.ERROR.value for severity, _ in found)
            if kind == "good":
                outcome = "FLAGGED" if wrong else "warned" if found else "silent"
            else:
                outcome = "caught" if is_caught(line) else "MISSED"
            by = "".join(f" {check}{'' if severity == Severity.ERROR.value else '?'}" for severity, check in found)
            told.append(f"{outcome}{by} | {line.locale}: {line.source} | {line.translation}\n")
    return "".join(told)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.toml")), ids=lambda path: path.stem)
def test_what_is_caught_and_missed_is_known_string_by_string(path: Path) -> None:
    golden = ROOT / "tests" / "golden" / f"corpus-{path.stem}.txt"
    text = outcomes(read(path))
    if os.environ.get("PLAINLEAF_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert golden.exists() and text == golden.read_text(encoding="utf-8"), "another outcome: see corpus/README.md"


def test_the_corpus_is_broad() -> None:
    lines = read(CORPUS / "seen.toml")
    kinds = Counter(line.kind for line in lines)
    assert kinds.pop("good") >= 160
    assert kinds.total() >= 90 and len(kinds) >= 25
    assert len({line.locale for line in lines}) >= 12


# --------------------------------------------------------------------------- the shipped translations


def _shipped() -> list[tuple[str, str]]:
    return [(path.parent.parent.name, path.stem) for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))]


@cache
def _leaflet(slug: str) -> Leaflet:
    text = (ROOT / "sources" / f"{slug}.md").read_text(encoding="utf-8")
    leaflet, _ = sources.parse(f"sources/{slug}.md", text)
    assert leaflet
    return leaflet


@pytest.mark.parametrize(("name", "slug"), [pair for pair in _shipped() if pair[1] != "layouts"])
def test_shipped_translations_have_no_error_and_no_warning(name: str, slug: str) -> None:
    leaflet = _leaflet(slug)
    catalog, _ = catalogs.read(ROOT / "locales" / name / "LC_MESSAGES" / f"{slug}.po", ROOT)
    assert catalog
    locale, wrong = locales.load(name, ROOT / "locales" / name, ROOT)
    data = facts.of(locale)
    extracted = messages.extract(leaflet)
    known, words = glossary.translated(leaflet, catalog.lookup), brands(extracted)
    found = [
        one
        for message in extracted
        if (translation := catalog.lookup(message.context, message.text)) and translation.state is State.CURRENT
        for one in findings(message, translation, locale, data, known, (), words)
    ]
    assert not wrong
    assert not [str(one.message) for one in found], "nobody reads warnings that are wrong"


# --------------------------------------------------------------------------- whatever a translator types

SAMPLES = [line for line in read(CORPUS / "seen.toml") if line.kind == "good"]


@given(
    line=st.sampled_from(SAMPLES),
    locale=st.sampled_from(sorted({line.locale for line in SAMPLES})),
    typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    at=st.integers(0, 60),
)
def test_nothing_that_is_typed_breaks_a_check(line: Line, locale: str, typed: str, at: int) -> None:
    text = line.translation[:at] + typed + line.translation[at:]
    run(Example(locale, line.source, text, line.terms, line.safety, line.flags, line.names), [typed])
    run(Example(locale, text, line.source, {typed or "a": typed}, line.safety))


@pytest.mark.parametrize(
    "typed", ["1" * 5000, "1 " * 5000, "a." * 5000, "(" * 5000, "1,234" * 1000, "brand name " + "A" * 5000]
)
def test_a_hostile_text_takes_no_time(typed: str) -> None:
    begun = time.process_time()
    for locale in ("es", "ar", "zh_Hans"):
        run(Example(locale, typed, typed))
        run(Example(locale, "Take 2 tablets (brand name OxyContin).", typed))
    assert time.process_time() - begun < 20, "a square takes minutes; a second is usual, five where lines are measured"
