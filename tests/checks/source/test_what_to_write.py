"""What an author reads: how a dose, sign or day is misread, and what to write in its place."""

from __future__ import annotations

import pytest

from plainleaf.checks.source import doses
from plainleaf.checks.source.dose_words import TAKEN, TIMES_OF
from plainleaf.checks.source.passages import Passage
from plainleaf.languages import facts
from plainleaf.model import LanguageFacts, Severity
from plainleaf.typesetting import locales

HARD, SOFT = Severity.ERROR, Severity.WARNING


def said(text: str, country: str = "US", locale: str = "en") -> list[tuple[Severity, str, str]]:
    """What is found in a text of a country's readers: how grave it is, what is misread, and what to write."""
    words = doses.words_of(facts.default(locale, locales.locale(locale).script))
    found = doses.found(Passage.of(text, words, country))
    return [(one.severity, one.message, one.hint) for one in found]


# --------------------------------------------------------------------------- figures


@pytest.mark.parametrize(
    ("text", "misread", "right"),
    [
        ("Take .5 mg.", "“.5” is read as 5: a point alone is overlooked", "write 0.5"),
        ("Take 2.0 mg.", "“2.0” is read as 20 where the point is overlooked", "write 2"),
        ("Take 2.50 mg.", "“2.50” is read as 250 where the point is overlooked", "write 2.5"),
        ("Take 2.0.", "“2.0” is read as 20 where the point is overlooked", "write 2"),
        ("Take 2.0 {dose}", "“2.0” is read as 20 where the point is overlooked", "write 2"),
        ("Take 2,5 mg.", "“2,5” is read as 25", "write 2.5"),
        ("Take 10mg.", "“10mg”: the first letter of a unit is read as a zero", "write 10 mg"),
        ("Depo150 mg", "“Depo150 mg”: the end of the name is read as a figure", "write Depo 150 mg"),
        ("Take 100000 units.", "“100000”: zeros are miscounted", "write 100,000"),
        ("Take 2 50 mg tablets.", "“2 50” is read as 250", "write “2 tablets of 50 mg”"),
        ("Take 2 500 hours", "“2 500” is read as 2500", "write a word between the two"),
        ("Take 2 x 500 mg.", "“2 x 500 mg” is not a dose that one can take", "write “2 tablets of 500 mg”"),
        (
            "Take it x 5 days",
            "“x 5 days” is read as so many doses, or for so many days",
            "write “for 3 days” or “3 times”",
        ),
    ],
)
def test_a_figure_that_is_misread(text: str, misread: str, right: str) -> None:
    assert said(text) == [(HARD, misread, right)]


@pytest.mark.parametrize(
    ("text", "misread", "right"),
    [
        ("Tome ,5 mg.", "“,5” is read as 5", "write 0,5"),
        ("Tome 2,0 mg.", "“2,0” is read as 20 where the point is overlooked", "write 2"),
        ("Tome 2,50 mg.", "“2,50” is read as 250 where the point is overlooked", "write 2,5"),
        ("Tome 100000 unidades.", "“100000”: zeros are miscounted", "write 100.000"),
    ],
)
def test_a_figure_of_a_language_with_a_decimal_comma(text: str, misread: str, right: str) -> None:
    assert said(text, locale="es") == [(HARD, misread, right)]


def test_a_language_that_groups_with_spaces_is_told_to() -> None:
    assert said("Prenez 100000 unités.", locale="fr") == [
        (HARD, "“100000”: zeros are miscounted", "write 100\u00a0000")
    ]


@pytest.mark.parametrize(
    "text",
    ["A level of 5.0 mmol/L", "A level of 5.0 mmol", "Take 2.0 of them.", "Version 2.0", "Take two 2 mg", "Take 5G now",
     "020-3 hours", "Call 030-4 times", "33 C", "43 C", "92F 109F", "5 g/ml", "2 tablets/patient", "2 tablets per day",
     "Take 5 units. twice", "Take 3/2 tablets"],
)  # fmt: skip
def test_what_nobody_misreads(text: str) -> None:
    assert said(text) == []


def test_what_a_language_with_a_decimal_comma_writes_for_a_thousand() -> None:
    assert said("Tome 1,000 mg", locale="es") == []


@pytest.mark.parametrize(
    ("text", "numbers"), [("Take 2 two tablets", "2 two"), ("Take two two times", "two two"), ("1 two drops", "1 two")]
)
def test_two_numbers_in_words(text: str, numbers: str) -> None:
    hint = "write figures, each followed by what is counted"
    assert said(text) == [(SOFT, f"“{numbers}”: two numbers run together", hint)]


# --------------------------------------------------------------------------- fractions, ranges, signs


@pytest.mark.parametrize(
    ("written", "misread", "right"),
    [
        ("1/2", "1 or 2", "half"), ("1 1/2", "11/2", "1 and a half"), ("3/4", "3 or 4", "3 quarters"),
        ("2 1/4", "21/4", "2 and a quarter"), ("1/3", "1 or 3", "a third"), ("2/3", "2 or 3", "2 thirds"),
        ("1/8", "1 or 8", "an eighth"), ("2/4", "2 or 4", "half"),
    ],
)  # fmt: skip
def test_a_fraction_of_a_tablet(written: str, misread: str, right: str) -> None:
    assert said(f"Take {written} tablet.") == [(HARD, f"“{written}” is read as {misread}", f"write “{right}”")]


def test_a_fraction_without_a_word_of_its_own_and_one_of_no_dose() -> None:
    assert said("Take 3/5 tablet.") == [(HARD, "“3/5” is read as 3 or 5", "write the part in words")]
    assert said("About 1/2 full") == [(SOFT, "“1/2” is read as 1 or 2", "write “half”")]


@pytest.mark.parametrize(
    ("written", "right"),
    [("½", "half"), ("2½", "2 and a half"), ("¼", "a quarter"), ("1¾", "1 and 3 quarters"), ("⅓", "a third"),
     ("⅔", "2 thirds"), ("⅛", "an eighth"), ("12 ¼", "12 and a quarter")],
)  # fmt: skip
def test_a_fraction_in_one_sign(written: str, right: str) -> None:
    what = f"“{written}” is small in print, and read as 1 or 2"
    assert said(f"Take {written} tablet.") == [(SOFT, what, f"write “{right}”")]


@pytest.mark.parametrize(
    ("text", "range_", "right"),
    [("Take 2-4 tablets.", "2-4", "2 to 4"), ("Wait 2 – 3 hours.", "2–3", "2 to 3"), ("0-3 hours", "0-3", "0 to 3"),
     ("0.5-1 mg", "0.5-1", "0.5 to 1"), ("02.5~3 mg", "02.5~3", "02.5 to 3")],
)  # fmt: skip
def test_a_dash_between_figures(text: str, range_: str, right: str) -> None:
    assert said(text) == [(SOFT, f"“{range_}”: the dash is overlooked, or read as minus", f"write {right}")]


TURNED, TWO = "is read the wrong way round, or as 7 or 4", "is read as 2"
ARROW = "is read as a figure, or the wrong way round"


@pytest.mark.parametrize(
    ("text", "sign", "why", "right", "severity"),
    [
        ("Wait > 4 hours.", ">", TURNED, "more than", HARD), ("Wait < 4 hours.", "<", TURNED, "less than", HARD),
        ("Wait >= 4 hours.", ">=", TURNED, "at least", HARD), ("Wait ≥ 4 hours.", "≥", TURNED, "at least", HARD),
        ("Wait ≧ 4 hours.", "≧", TURNED, "at least", HARD), ("Wait <= 4 hours.", "<=", TURNED, "at most", HARD),
        ("Wait ≤ 4 hours.", "≤", TURNED, "at most", HARD), ("Wait ≦ 4 hours.", "≦", TURNED, "at most", HARD),
        ("Take 2 @ night.", "@", TWO, "at", HARD), ("Take 2@ night.", "@", TWO, "at", HARD),
        ("~10 mg", "~", "is read as minus", "about", SOFT), ("≈ 10 mg", "≈", "is read as minus", "about", SOFT),
        ("pain ↑ at night", "↑", ARROW, "more, or rises", SOFT), ("pain ↓", "↓", ARROW, "less, or falls", SOFT),
        ("2 + 1 tablets", "+", "is read as 4 or t", "and", SOFT), ("Take 2+1", "+", "is read as 4 or t", "and", SOFT),
        ("Rest & drink", "&", TWO, "and", SOFT),
    ],
)  # fmt: skip
def test_a_sign_for_a_word(text: str, sign: str, why: str, right: str, severity: Severity) -> None:
    assert said(text) == [(severity, f"“{sign}” {why}", f"write “{right}”")]


STROKE, STRONG = "the stroke is read as 1", "strengths as ratios are read ten times too strong"


@pytest.mark.parametrize(
    ("text", "what", "right", "severity"),
    [
        ("Give 10 mg/kg.", "“10 mg/kg” asks readers for a sum", "give the dose itself", HARD),
        ("15 mg per kilogram", "“15 mg per kilogram” asks readers for a sum", "give the dose itself", HARD),
        ("250 mg/5 ml", f"“250 mg/5 ml”: {STROKE}", "write “5 ml (that is 250 mg)”", SOFT),
        ("2 tablets/day", f"“2 tablets/day”: {STROKE}", "write “a day”, “an hour”", SOFT),
        ("2 tablets/d", f"“2 tablets/d”: {STROKE}", "write “a day”, “an hour”", SOFT),
        ("1 tablet/dose", f"“1 tablet/dose”: {STROKE}", "write “a day”, “an hour”", SOFT),
        ("Adrenaline 1:1000", f"“1:1000”: {STRONG}", "write mg in each ml", HARD),
        ("A chance of 1:2,000", "“1:2,000” is read as a time or a dose", "write “1 in 2,000”", SOFT),
        ("Take 5 mg. twice", "“mg.”: the point is read as 1", "write mg without a point", SOFT),
        ("Above 38.5 C call.", "“38.5 C”: a letter alone is not a unit", "write 38.5 °C", HARD),
        ("A fever of 34C", "“34C”: a letter alone is not a unit", "write 34 °C", HARD),
        ("Over 101 F", "“101 F”: a letter alone is not a unit", "write 101 °F", HARD),
        ("Over 93.5 F", "“93.5 F”: a letter alone is not a unit", "write 93.5 °F", HARD),
        ("Over 108F", "“108F”: a letter alone is not a unit", "write 108 °F", HARD),
    ],
)  # fmt: skip
def test_what_stands_between_figures_and_units(text: str, what: str, right: str, severity: Severity) -> None:
    assert said(text) == [(severity, what, right)]


# --------------------------------------------------------------------------- days and hours

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


@pytest.mark.parametrize(("number", "month"), enumerate(MONTHS, 1))
def test_each_month_is_said_as_a_word(number: int, month: str) -> None:
    known = f"“20/{number}/2026”: not all readers know this order"
    assert said(f"On 20/{number}/2026", "GB") == [(SOFT, known, f"write 20 {month} 2026")]
    assert said(f"On 20/{number}/2026", "US") == [(SOFT, known, f"write {month} 20, 2026")]
    if number != 2:
        ((_, what, right),) = said(f"On 2/{number:02}/26", "GB")
        assert what == f"“2/{number:02}/26” is {number} February or 2 {month}"
        assert right == f"write the month as a word, such as 2 {month} 2026"
        ((_, what, right),) = said(f"On {number}/2/26", "US")
        assert right == f"write the month as a word, such as {month} 2, 2026"


@pytest.mark.parametrize(
    ("day", "us", "severity"),
    [
        ("03/04/2026", "March 4, 2026", HARD), ("12/12/2026", "December 12, 2026", SOFT),
        ("1/1/26", "January 1, 2026", SOFT),
        ("12/11/2026", "December 11, 2026", HARD), ("04/13/2026", "April 13, 2026", SOFT),
        ("31.12.2026", "December 31, 2026", SOFT), ("1-31-26", "January 31, 2026", SOFT),
    ],
)  # fmt: skip
def test_a_date_is_read_as_its_country_writes_it(day: str, us: str, severity: Severity) -> None:
    ((how, _, right),) = said(f"Come on {day}.", "US")
    assert (how, right.removeprefix("write ").removeprefix("the month as a word, such as ")) == (severity, us)


@pytest.mark.parametrize(
    "text", ["0/4/2026", "13/14/2026", "32/1/2026", "4/0/2026", "section 3.4.26", "sections 3.4.26"]
)
def test_what_is_no_date(text: str) -> None:
    assert said(f"See {text}") == []


NOON = "is noon for some, and midnight for others"


@pytest.mark.parametrize(
    ("text", "what", "right", "severity"),
    [
        ("at 12 am", f"“12 am” {NOON}", "write “midnight”", HARD),
        ("Eat nothing after 12 am.", f"“12 am” {NOON}", "write “midnight”", HARD),
        ("Eat nothing after 12 a.m.", f"“12 a.m.” {NOON}", "write “midnight”", HARD),
        ("at 12 PM", f"“12 PM” {NOON}", "write “midday”", HARD),
        ("at 12:00 p.m. daily", f"“12:00 p.m.” {NOON}", "write “midday”", HARD),
        ("at 12 at night", "“12 at night” may be either end of the day", "write “midnight”, with the day", HARD),
        ("at 12:00", f"“12:00” {NOON}", "write “midday” or “midnight”", SOFT),
        ("at 00:00", f"“00:00” {NOON}", "write “midday” or “midnight”", SOFT),
        ("at 24:00", f"“24:00” {NOON}", "write “midday” or “midnight”", SOFT),
    ],
)  # fmt: skip
def test_noon_and_midnight(text: str, what: str, right: str, severity: Severity) -> None:
    assert said(f"Come {text}") == [(severity, what, right)]


BOTH = "write both, such as 8 am to 5 pm"


@pytest.mark.parametrize(
    "text", ["We are open 8-5", "Open 8–5 pm", "Open 8 am – 5", "Clinic hours: 9 to 5", "Call 9-12"]
)
def test_hours_without_their_half_of_the_day(text: str) -> None:
    ((severity, what, right),) = said(text)
    assert severity is HARD and what.endswith("”: morning or evening?") and right == BOTH


@pytest.mark.parametrize(
    ("text", "right"), [("Open 8am-5pm", "8am to 5pm"), ("Open 8:30 am – 5:15 pm", "8:30 am to 5:15 pm")]
)
def test_hours_with_a_dash(text: str, right: str) -> None:
    ((severity, what, hint),) = said(text)
    assert severity is SOFT and what.endswith("”: the dash is overlooked") and hint == f"write {right}"


@pytest.mark.parametrize(
    "text",
    ["from 9 to 5", "open from 9 to 5 tablets", "8-5", "open until the pharmacist of the other town has come, 8-5"],
)
def test_figures_that_are_no_opening_hours(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("word", "span"),
    [("bi-weekly", "week"), ("Biweekly", "week"), ("bimonthly", "month"), ("semi-annually", "year"),
     ("biannual", "year"), ("biyearly", "year"), ("bi-daily", "day")],
)  # fmt: skip
def test_a_word_for_two_spans(word: str, span: str) -> None:
    what = f"“{word}” is twice in that time for some, once in two for others"
    assert said(f"Take it {word}") == [(HARD, what, f"write “every 2 {span}s” or “2 times a {span}”")]


@pytest.mark.parametrize("words", ["twice weekly", "every other week", "every other Monday", "alternate days"])
def test_words_that_do_not_name_the_days(words: str) -> None:
    hint = "name the days: “every Monday and Thursday”, “every 2 weeks, on a Monday”"
    assert said(f"Take it {words}") == [(SOFT, f"“{words}” leaves it to readers which days", hint)]


# --------------------------------------------------------------------------- short forms


@pytest.mark.parametrize(
    ("text", "country", "right"),
    [
        ("Give 3 cc.", "US", "write “mL”"), ("Give 3 cc.", "GB", "write “ml”"),
        ("Take 25 µg", "US", "write “micrograms”"),
        ("Take 2 gm", "US", "write “g”"), ("Take 800 IU", "US", "write “international units”"),
        ("Inject 8 U", "US", "write “units”"), ("Take 30 ng", "US", "write “nanograms”"),
        ("Take 50 mcg", "US", "write “micrograms”"), ("Take 50 mcg (micrograms)", "AU", "write “micrograms”"),
        ("Give 2 tsp", "US", "give the dose in mL, with a syringe or spoon from the pharmacy"),
        ("Give 2 tsp", "GB", "give the dose in ml, with a syringe or spoon from the pharmacy"),
        ("Take 1 tablet b.i.d.", "US", "write “2 times a day”"), ("Take 1 tablet qid", "US", "write “4 times a day”"),
        ("Take 1 tablet q.d.", "US", "write “once a day”"), ("Take 5 mg PO", "US", "write “by mouth”"),
        ("5 mg IV", "US", "write “into a vein”"), ("Put 2 drops AU", "US", "write “in both ears”"),
        ("Take 1 tablet w/ food", "US", "write “with”"), ("This was an OD", "US", "write “overdose”"),
        ("Take 5 mg MTX", "US", "write “methotrexate, or mitoxantrone”"),
    ],
)  # fmt: skip
def test_a_short_form_in_full(text: str, country: str, right: str) -> None:
    assert [hint for _, _, hint in said(text, country)] == [right]


@pytest.mark.parametrize(
    "text", ["Take 50 mcg (micrograms)", "Give 2 tsp of sugar", "Henry IV took 5 mg", "stage IV 5 mg", "by mouth (PO)"]
)
def test_a_short_form_that_is_no_dose_or_stands_behind_its_meaning(text: str) -> None:
    assert said(text) == []


SYMBOLS = ("mg", "mcg", "µg", "μg", "ug", "kg", "g", "ng", "ml", "mL", "cl", "dl", "l", "iu", "IU", "mmol", "meq", "gm",
           "cc", "units", "unit")  # fmt: skip


@pytest.mark.parametrize("unit", SYMBOLS)
def test_each_sign_of_a_unit_stands_apart_from_its_figure(unit: str) -> None:
    sign = unit.replace("μ", "µ")
    glued = (HARD, f"“10{sign}”: the first letter of a unit is read as a zero", f"write 10 {sign}")
    assert glued in said(f"Take 10{unit} of it") and glued not in said(f"Take 10 {unit} of it")


@pytest.mark.parametrize(
    ("locale", "text", "right"),
    [("zh_Hans", "服用2-4片。", "write 2 to 4"), ("zh_Hans", "每2-3小时", "write 2 to 3"),
     ("de", "2-4 Tabletten", "write 2 to 4"),
     ("de", "5-10 Milligramm", "write 5 to 10"), ("tr", "5-10 miligramlık", "write 5 to 10"),
     ("ar", "٢-٤ أقراص", "write 2 to 4"),
     ("hi", "2-4 गोलियाँ", "write 2 to 4"), ("de", "2-4 Stunden", "write 2 to 4"), ("de", "2-3 mal", "write 2 to 3")],
)  # fmt: skip
def test_units_are_known_in_the_words_of_each_language(locale: str, text: str, right: str) -> None:
    assert right in [hint for _, _, hint in said(text, locale=locale)]


@pytest.mark.parametrize("text", ["The PO is closed.", "Our PO box", "They are from AU."])
def test_letters_that_could_be_a_short_form_are_none_away_from_doses(text: str) -> None:
    assert said(text) == []


def test_a_stem_of_a_unit_is_known_by_any_of_its_endings() -> None:
    own = LanguageFacts((("units", "times", ("kerta*",)), ("units", "tablet", ("pilleri*",))), ())
    marked = doses.words_of(facts.laid("xx", "Latn", own)).marked("2 kertaa, 3 pilleria, 4 kert")
    assert marked == f"2 {TIMES_OF * 6}, 3 {TAKEN * 8}, 4 kert"
