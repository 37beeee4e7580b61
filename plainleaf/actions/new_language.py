"""What a language that somebody begins needs beside its catalogs: a name that is right, facts that CLDR does not have,
fonts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from plainleaf.files.places import LOCALE_FILE
from plainleaf.formats.base import FORMATS, install
from plainleaf.languages import naming
from plainleaf.languages.cldr import is_outside, lacking
from plainleaf.model import Finding, Locale, Location, OwnWords, Severity
from plainleaf.model.phrases import listed, nearest
from plainleaf.model.tags import language_tag
from plainleaf.typesetting import fonts, locales


def unknown(name: str, there: Iterable[str]) -> Finding:
    """That a name is of no language, or of one that nothing but its code is known of; and which one may be meant."""
    asked, (code, english) = naming.question(name), naming.listed(name)
    if not asked and not code:
        asked = nearest(name, [*there, *naming.english_names()]).removeprefix("; ")
    if naming.known(name):
        what = f"“{name}” is the code of a language that has no English name here"
        own = f'write locales/{name}/{LOCALE_FILE} with its name, english-name = "...", and run this again'
        hint = f"{asked} If not, {own}" if asked else own
    elif code and not asked:
        what = (
            f"{english} ({language_tag(code)}) cannot be begun: its script is not on record, so no font can be chosen"
        )
        hint = "begin another language that its readers read, by its code or its English name"
    else:
        what = f"“{name}” is not a known language"
        own = "write a language code: es, pt_BR, zh_Hans, hmn; or the language's English name"
        hint = f"{asked} If not, {own}" if asked else own
    return Finding("locale-unknown", Severity.ERROR, what, Location("locales"), hint)


def needs_file(where: Locale) -> bool:
    """Whether a language's file has something to say: it is not CLDR's, or CLDR has little of it."""
    name = naming.like(where.name)
    strange = is_outside(name) or not fonts.is_chosen(where)
    return strange or where.words != OwnWords() or bool(lacking(name, where.words))


def settings(where: Locale) -> str:
    """A ``locale.toml`` that says nothing yet: what is known as comments, what is missing as lines to complete."""
    return "\n".join(_lines(where)) + "\n"


def _lines(where: Locale) -> Iterator[str]:
    words, lacks = where.words, lacking(naming.like(where.name), where.words)
    yield f"# {where.english_name} ({where.tag}): what its pages print, and what CLDR does not have or has wrong."
    yield '# Lines that begin with "#" say nothing. To change or to complete one, delete its "# " and correct the rest.'
    yield ""
    yield "# The language's name in the language itself." + _missing("own-name", lacks)
    yield f"# own-name = {_text(words.own_name or where.own_name)}"
    yield f"# english-name = {_text(where.english_name)}"
    yield "# Its script (ISO 15924) says the direction and the fonts."
    yield f'# script = "{where.script}"'
    yield f'# direction = "{where.direction}"'
    yield ""
    yield "# Seven names, from Monday on, for opening hours." + _missing("days", lacks)
    yield f"# days = {_list(words.days, 7)}"
    yield "# Twelve names, from January on, for dates." + _missing("months", lacks)
    yield f"# months = {_list(words.months, 12)}"
    yield "# How a date is written; {month-number} for a figure."
    yield f"# date = {_text(words.date or '{day} {month} {year}')}"
    yield "# 12 or 24 hours; without this line, as the clinic's country has it. The two halves of a day of 12 hours."
    yield f"# clock = {words.clock or 12}"
    yield f"# am-pm = {_list(words.halves or ('AM', 'PM'), 2)}"
    yield "# What is printed for a day on which a clinic never closes, and how two words are joined."
    yield f"# 24-hours = {_text(words.always or '24 h')}"
    yield f"# and = {_text(words.joined or '{}, {}')}"
    yield ""
    yield "# How many forms a counted noun has, as gettext writes it; programs for translators read it in the catalogs."
    yield f"# plural = {_text(words.plural or locales.plural_forms(where))}"
    yield "# Which language's dates and lists to take from CLDR for all that is not said here."
    yield f"# like = {_text(words.like or 'en')}"
    yield ""
    yield "# Names of countries; a leaflet says which one it was written for."
    yield "# [countries]"
    for code, name in words.countries or (("US", locales.country_name("US", where)),):
        yield f"# {code} = {_text(name)}"
    yield ""
    yield "# More keys: digits, size-factor, line-height-factor, hyphenate, [[fonts]], [readability]; see"
    yield "# “plainleaf guide translating”."


def to_write(where: Locale) -> Iterator[str]:
    """What a language's file is to say that nobody else does, in one sentence; nothing if there is nothing."""
    if lacks := lacking(naming.like(where.name), where.words):
        names = listed([_CALLED[key] for key in lacks], "and")
        file = f"locales/{where.name}/{LOCALE_FILE}"
        yield f"{file} lacks {names}: write them there"


_CALLED = {"own-name": "the language's own name", "days": "the days of the week", "months": "the months"}


def _missing(key: str, lacks: tuple[str, ...]) -> str:
    return " MISSING: please write." if key in lacks else ""


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a basic string of TOML has the same escapes


def _list(names: tuple[str, ...], count: int) -> str:
    return f"[{', '.join(map(_text, names or ('',) * count))}]"


def fonts_of(where: Locale) -> str:
    """Which fonts a language is printed in, and whether they are there, in one sentence."""
    if not fonts.is_chosen(where):
        return f"{where.english_name}: no font is chosen for its script ({where.script}): name one in its {LOCALE_FILE}"
    names = [family.name for family in where.fonts if family not in fonts.SYMBOLS]
    gone = fonts.missing(where.fonts)
    said = f"{where.english_name} is printed in {' and '.join(names)}"
    if not gone:
        return f"{said}, which {'are' if len(names) > 1 else 'is'} installed"
    line = install(part for form in FORMATS.values() for part in form.needs(where) if part.what in gone)
    lacks = f"{', '.join(gone)} {'are' if len(gone) > 1 else 'is'} not installed"
    return f"{said}; {lacks}. To install: {line or 'see the README'}"
