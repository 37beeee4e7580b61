"""A language that CLDR has no words of is printed by what files say of it; what is wrong in them is found by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf.languages import cldr, facts, naming, own_words
from plainleaf.languages.scripts import RIGHT_TO_LEFT
from plainleaf.model import Finding, Locale, Opening, Severity
from plainleaf.typesetting import fonts, locales

DAY = date(2026, 11, 22)
WEEK = [Opening((0, 1, 2), "08:30", "17:00"), Opening((5,), *locales.ALL_DAY)]
KAREN_DAYS = '"မုၢ်ဆၣ်", "မုၢ်ယူာ်", "မုၢ်ပျဲၤ", "မုၢ်လ့ၤဧိၤ", "မုၢ်ဖီဖး", "မုၢ်ဘူၣ်", "မုၢ်ဒဲး"'  # fmt: skip


def load(name: str, text: str, root: Path) -> tuple[Locale, list[Finding]]:
    folder = root / "locales" / name
    folder.mkdir(parents=True)
    (folder / "locale.toml").write_text(text, encoding="utf-8")
    locale, found = locales.load(name, folder, root)
    return locale, list(found)


@pytest.mark.parametrize(
    ("name", "tag", "own", "direction", "day", "days"),
    [
        ("hmn", "hmn", "Hmoob", "ltr", "Lub Kaum Ib Hlis tim 22, 2026", "Hnub Monday txog Hnub Wednesday"),
        ("hmn_Latn", "hmn-Latn", "Hmoob", "ltr", "Lub Kaum Ib Hlis tim 22, 2026", "Hnub Monday txog Hnub Wednesday"),
        ("ht", "ht", "Kreyòl Ayisyen", "ltr", "22 novanm 2026", "Lendi – mèkredi"),
        ("prs", "prs", "دری", "rtl", "۲۲ نومبر ۲۰۲۶", "دوشنبه – چهارشنبه"),
        ("haz", "haz", "هزارگی", "rtl", "۲۲ نومبر ۲۰۲۶", "دوشنبه – چهارشنبه"),
        ("ksw", "ksw", "ကညီကျိာ်", "ltr", "2026-11-22", "Monday – Wednesday"),
        ("chk", "chk", "Chuukese", "ltr", "2026-11-22", "Monday – Wednesday"),
        ("ilo", "ilo", "Ilokano", "ltr", "Nobiembre 22, 2026", "Lunes – Mierkoles"),
    ],
)
def test_a_language_that_cldr_lacks_is_printed(
    name: str, tag: str, own: str, direction: str, day: str, days: str
) -> None:
    where = locales.locale(name)
    assert (where.tag, where.own_name, where.direction) == (tag, own, direction)
    assert locales.long_date(DAY, where, "US") == day
    assert locales.opening_hours(WEEK, where, "US")[0][0] == days
    assert locales.plural_forms(where).startswith("nplurals=") and locales.country_name("US", where) != "US"


def test_a_file_gives_all_that_a_page_prints_of_a_language(tmp_path: Path) -> None:
    text = f"""
        own-name = "ကညီ"
        script = "Mymr"
        direction = "ltr"
        days = [{KAREN_DAYS}]
        months = [{", ".join(f'"m{number}"' for number in range(1, 13))}]
        date = "{{year}}, {{month}}'s {{day}}"
        clock = 12
        am-pm = ["a", "p"]
        24-hours = "always"
        and = "{{}} & {{}}"
        plural = "nplurals=2; plural=(n > 1);"
        digits = "mymr"
        [countries]
        US = "U-S"
    """
    where, found = load("ksw", text, tmp_path)
    assert not found
    assert (where.own_name, where.script, where.fonts[0].name) == ("ကညီ", "Mymr", "Noto Sans Myanmar")
    assert locales.long_date(DAY, where) == "၂၀၂၆, m၁၁'s ၂၂"
    hours = locales.opening_hours(WEEK, where, "DE")
    assert hours[0] == ("မုၢ်ဆၣ် – မုၢ်ပျဲၤ", ("၈:၃၀ a – ၅:၀၀ p",))
    assert hours[1] == ("မုၢ်ဘူၣ်", ("always",))
    assert locales.and_list(["1", "2", "3"], where) == "1, 2 & 3"
    assert locales.plural_forms(where) == "nplurals=2; plural=(n > 1);"
    assert locales.country_name("US", where) == "U-S" and locales.country_name("FR", where) == "France"


def test_what_a_file_says_changes_no_other_language(tmp_path: Path) -> None:
    before = locales.long_date(DAY, locales.locale("es")), locales.long_date(DAY, locales.locale("es_MX"))
    months = ", ".join(f'"m{number}"' for number in range(1, 13))
    where, found = load("es", f'months = [{months}]\ndate = "{{month-number}}/{{day}}/{{year}}"', tmp_path)
    assert not found and locales.long_date(DAY, where) == "11/22/2026"
    assert (locales.long_date(DAY, locales.locale("es")), locales.long_date(DAY, locales.locale("es_MX"))) == before


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("ksw", 'day = ["a"]', "day: unknown key; did you mean “days”?"),
        ("ksw", 'months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]', "months: 11 names; there are 12"),
        ("ksw", 'days = ["a", "b", "c", "d", "e", "f", ""]', "days: “” is not a name"),
        ("ksw", 'days = ["a", "b", "c", "d", "e", "f", "a"]', "days: “a” appears twice"),
        ("ksw", 'days = ["a", "b", "c", "d", "e", "f", "g\\nh"]', "days: “g\nh” is not a name"),
        ("ksw", "days = 7", "days: 7 is not a list of texts in quotes"),
        ("ksw", 'direction = "rtl"', "direction: the script Mymr is written from left to right"),
        ("prs", 'direction = "ltr"', "direction: the script Arab is written from right to left"),
        ("ksw", 'direction = "up"', "direction: “up” is not known"),
        ("ksw", 'script = "Karen"', "script: there is no script “Karen”"),
        ("ksw_Mymr", 'script = "Latn"', "script: the folder's name says Mymr"),
        ("ksw", 'plural = "nplurals=2; plural=n;"', "gives some numbers form 1000000, and there are 2"),
        ("ksw", 'plural = "many"', "plural: “many” is not a plural rule"),
        ("ksw", f'plural = "nplurals=2; plural={"(" * 900}n{")" * 900};"', "cannot be worked out"),
        ("ksw", 'plural = "nplurals=2; plural=n/0;"', "is not a plural rule"),
        ("ksw", 'plural = "nplurals=2; plural=__import__(1);"', "is not a plural rule"),
        ("ksw", 'date = "{day} {month}"', "date: “{day} {month}” is not how a date is written"),
        ("ksw", 'date = "{day} {month} {year.__class__}"', "is not how a date is written"),
        ("ksw", 'and = "{} {x}"', "and: “{} {x}” does not join two words"),
        ("ksw", "clock = 13", "clock: 13 is not a clock"),
        ("ksw", 'like = "klingon"', "like: CLDR has no words of “klingon”"),
        ("ksw", 'own-name = " "', "own-name: not a name"),
        ("ksw", 'own-name = "a\\u202eb"', "own-name: not a name"),  # it would turn round what is printed behind it
        ("ksw", '[countries]\nUSA = "a"', "countries.USA: not the code of a country"),
    ],
)
def test_what_a_file_says_wrong_is_found_with_its_line_and_changes_nothing(
    name: str, line: str, said: str, tmp_path: Path
) -> None:
    where, found = load(name, f"# a language\n{line}\n", tmp_path)
    wrong = [finding for finding in found if finding.severity is Severity.ERROR]
    assert [said in finding.message for finding in wrong] == [True], [finding.message for finding in wrong]
    assert wrong[0].at.file == f"locales/{name}/locale.toml" and wrong[0].at.line in (2, 3) and wrong[0].hint
    assert where.words == own_words.shipped(name)


def test_what_nobody_says_of_a_language_is_told_once(tmp_path: Path) -> None:
    _, found = load("chk", "", tmp_path)
    assert [each.check for each in found] == ["locale-words"]
    assert "Chuukese: missing: own-name, days, months" in found[0].message
    _, found = load("hnj", "", tmp_path)
    assert "font-none" in [each.check for each in found]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Hmong", "hmn"), ("karen", "ksw"), ("Dari", "prs"), ("Ilocano", "ilo"), ("Samoan", "sm"), ("Hazaragi", "haz"),
        ("Tagalog", "fil"), ("Farsi", "fa"), ("Chuukese", "chk"), ("Marshallese", "mh"), ("Mam", "mam"),
    ],
)  # fmt: skip
def test_languages_that_cldr_lacks_are_found_by_their_names(word: str, name: str) -> None:
    assert naming.named(word) == (name,)


@pytest.mark.parametrize(("word", "name"), [("tl", "fil"), ("iw", "he"), ("kmr", "ku"), ("jp", "ja"), ("spa", "es")])
def test_an_older_or_wrong_code_is_answered_with_the_right_one(word: str, name: str) -> None:
    assert not naming.known(word) and f"“{name}”" in naming.question(word)


@pytest.mark.parametrize("word", ["xx", "zz", "xyz", "klingon", "und", "hmn_Abcd", "hmn_ZZZ", "HMN", "hmn_latn", ""])
def test_what_is_no_language_stays_none(word: str) -> None:
    assert not naming.known(word)


def test_a_script_says_the_direction_of_all_languages_of_cldr() -> None:
    names = cldr.identifiers()
    differ = [n for n in names if (cldr.language(n).text_direction == "rtl") != (cldr.script_of(n) in RIGHT_TO_LEFT)]
    assert names and not differ


@pytest.mark.parametrize("name", sorted(own_words.outside()))
def test_what_is_shipped_of_a_language_is_sound_and_needed(name: str) -> None:
    assert naming.known(name) and own_words.shipped(name) != own_words.OwnWords()
    assert naming.english_name(name) not in ("", name)


def test_every_name_of_a_language_leads_to_it() -> None:
    lost = [
        (word, name) for name, words in own_words.names().items() for word in words if naming.named(word) != (name,)
    ]
    assert not lost


def test_every_script_that_a_font_is_chosen_for_has_rules_for_its_marks() -> None:
    assert {script.partition("-")[0] for script in fonts.FAMILIES} <= facts.scripts()


def test_a_script_without_a_font_or_rules_is_not_judged_by_those_of_another() -> None:
    where = locales.locale("hnj")
    assert where.script == "Hmnp" and not facts.of(where).has_script
    assert not fonts.is_chosen(where) and fonts.is_chosen(replace(where, fonts=fonts.families("Thai")))
    (finding,) = facts.unmeasured(where)
    assert "no rules for the script Hmnp" in finding.message


def test_karen_ends_sentences_as_karen_does_though_its_letters_are_burmese() -> None:
    where = locales.locale("ksw")
    assert facts.of(where).list("marks", "stops")[0] == "." and "။" in facts.of(where).list("marks", "stops")


def test_months_without_a_pattern_are_written_between_day_and_year(tmp_path: Path) -> None:
    months = ", ".join(f'"m{number}"' for number in range(1, 13))
    where, _ = load("ksw", f"months = [{months}]", tmp_path)
    assert locales.long_date(DAY, where) == "22 m11 2026"
