"""Checks on a leaflet and on an edition before anything is rendered: dates, clinic details, glyphs, layout words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from plainleaf.checks.source import doses
from plainleaf.checks.translation import clinics as words_of_clinics
from plainleaf.clinics.details import always_open, fill, foreign_names, placeholders
from plainleaf.files.places import locale_file, po_path
from plainleaf.languages import facts
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import fold
from plainleaf.layouts.contacts import in_source_language
from plainleaf.layouts.danger import is_panel
from plainleaf.model import (
    Block,
    Clinic,
    Edition,
    Finding,
    FontFamily,
    Inline,
    Kind,
    Leaflet,
    Locale,
    Location,
    Message,
    Placeholder,
    Severity,
    State,
    Text,
    foreign,
    is_drawn,
    plain,
    without_foreign,
)
from plainleaf.model.phrases import nearest
from plainleaf.model.tags import locale_name
from plainleaf.sources.coherence import RED_BOXES
from plainleaf.translations.po import Catalog
from plainleaf.typesetting import fonts, locales

_NO_LOCALES: Mapping[str, Locale] = MappingProxyType({})
NEAR = 90  # days before review-by from which we remind


def leaflet(
    source: Leaflet, clinic: Clinic | None, today: date, language: LocaleData | None = None
) -> tuple[Finding, ...]:
    """Is the leaflet still to be believed, are doses safe to read, and can every clinic detail be filled in?

    ``language``: the leaflet's own, as its locale has it; as it is shipped if it is not given.
    """
    language = language or facts.named(source.own_locale)
    of_clinic = _of_clinic(source, clinic, language) if clinic else ()
    return (*_review(source, today), *doses.leaflet(source, clinic, language), *of_clinic)


def _of_clinic(source: Leaflet, clinic: Clinic, language: LocaleData) -> Iterator[Finding]:
    """What a leaflet asks of the clinic that hands it out."""
    yield from _details(source, clinic)
    yield from _closed(source, clinic, language)
    yield from _abroad(source, clinic)


def _review(source: Leaflet, today: date) -> Iterator[Finding]:
    left = (source.meta.review_by - today).days
    hint = "have the facts checked again, then set new dates for written and review-by"
    if left < 0:
        what = f"should have been checked again by {source.meta.review_by}: it may no longer be true"
        yield Finding("review-overdue", Severity.ERROR, what, source.at, hint)
    elif left <= NEAR:
        what = f"must be checked again in {left} days, by {source.meta.review_by}"
        yield Finding("review-near", Severity.WARNING, what, source.at, hint)


def _details(source: Leaflet, clinic: Clinic) -> Iterator[Finding]:
    known = placeholders(clinic)
    for block in source.walk():
        printed = block.printed_in(clinic.country)
        for name in _names(block.inlines):
            if not printed and name.startswith("helpline_"):
                continue  # a help line of that country's clinics
            if name not in known:
                what = f"{{{name}}} is not a clinic detail{nearest(name, list(known))}"
                hint = f"known: {', '.join(known)}; services and help lines are in {clinic.at}"
                yield Finding("clinic-detail", Severity.ERROR, what, block.at, hint)
            elif not known[name] and printed:
                hint = f"add it in {clinic.at}"
                yield Finding("clinic-detail", Severity.ERROR, f"the clinic has no {name}", block.at, hint)


def _closed(source: Leaflet, clinic: Clinic, language: LocaleData) -> Iterator[Finding]:
    """A text that sends readers in danger to a clinic of which nobody knows whom to call at night."""
    if clinic.out_of_hours or always_open(clinic.hours):
        return
    urgent = {id(inner) for block in source.walk() if _is_urgent(block) for inner in block.walk()}
    lines = [
        str(block.at.line)
        for block in source.walk()
        if id(block) in urgent and block.printed_in(clinic.country) and _calls_the_clinic(block, language)
    ]
    if lines:
        where = f"{'line' if len(lines) == 1 else 'lines'} {', '.join(dict.fromkeys(lines))} of {source.at.file}"
        what = f"out-of-hours is missing: the text asks readers in danger to call the clinic ({where}), also at night"
        hint = 'add out-of-hours = "..." with the number that answers when the clinic is closed; it is printed below'
        hint += " the clinic's own, and in a text by {out_of_hours}"
        yield Finding("clinic-closed", Severity.WARNING, what, clinic.at, hint)


def _is_urgent(block: Block) -> bool:
    return block.safety or block.options.get("name") in RED_BOXES


def _calls_the_clinic(block: Block, language: LocaleData) -> bool:
    """Whether a text gives the clinic's number, or says in the words of its language to call there."""
    if any(name in ("clinic_phone", "clinic_text") or name.startswith("service_") for name in _names(block.inlines)):
        return True
    said = fold(plain(block.inlines))
    return any(re.search(rf"\b{re.escape(words)}\b", said) for words in language.folded("", "call-us"))


def _abroad(source: Leaflet, clinic: Clinic) -> Iterator[Finding]:
    """A text written for another country than the clinic's: medicines, approvals and services differ."""
    written = source.meta.country
    if written == clinic.country:
        return
    what = f"this text was written for {written}, but the clinic is in {clinic.country}"
    left = tuple(_for_country(source.blocks, written))
    if lines := dict.fromkeys(block.at.line for block in left):
        where = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
        what += f"; what is for {written} only is left out ({where}), all else is printed"
    panels = [each for block in source.blocks if block.kind is not Kind.PART for each in block.walk() if is_panel(each)]
    if panels and not any(panel.printed_in(clinic.country) for panel in panels):
        what += "; the panel for an emergency is left out too, and page 1 does not say what to do"
    hint = f"have a clinician there review it; what differs there belongs in “::: only country={clinic.country}”"
    yield Finding("country-other", Severity.WARNING, what, source.at, hint)


def _for_country(blocks: Iterable[Block], country: str) -> Iterator[Block]:
    """The outermost blocks that are printed in that country only."""
    for block in blocks:
        if block.country == country:
            yield block
        else:
            yield from _for_country(block.children, country)


def _names(inlines: Iterable[Inline]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Placeholder):
            yield from () if is_drawn(inline) else (inline.name,)
        elif not isinstance(inline, Text):
            yield from _names(inline.children)


def edition(of: Edition, clinic: Clinic | None, known: Mapping[str, Locale] = _NO_LOCALES) -> tuple[Finding, ...]:
    """Can every word be read? Glyphs in the locale's fonts, message by message; the clinic's words in its language.

    ``known``: other languages by name, as the content sets them, for words that are in one of them.
    """
    return (*_glyphs(of, clinic), *_foreign_glyphs(of, clinic, known), *(_notes(of, clinic) if clinic else ()))


def _notes(of: Edition, clinic: Clinic) -> Iterator[Finding]:
    """Words beside a number of the clinic's that an edition prints in the source's language, for want of others."""
    where = of.locale
    if not any(block.po for block in of.walk()):
        return  # nothing of it is translated yet: it is not printed
    if where.name in facts.pseudo() or where.tag.partition("-")[0] == of.leaflet.language.partition("-")[0]:
        return
    yield from words_of_clinics.missing(clinic, where)


def _glyphs(of: Edition, clinic: Clinic | None) -> tuple[Finding, ...]:
    """Of a placeholder counts what it prints, not its name: it is the clinic's, and asked of once."""
    own = (block for block in of.walk() if not block.language)
    texts = [(plain(_without_places(without_foreign(block.inlines))), block.at, block.po) for block in own]
    if clinic and fonts.is_chosen(of.locale):  # without any font there is one thing to say
        names = foreign_names(clinic, of.locale)
        texts += [
            (value, Location(clinic.at.file), None)
            for name, value in placeholders(clinic, of.locale).items()
            if name not in names or not in_source_language(of, value)
        ]
    if gone := fonts.missing(of.locale.fonts):
        at = Location(locale_file(Path(), of.locale.name).as_posix())
        return (_no_font(of.locale, gone, Severity.UNMEASURED, "whether its letters can be printed", at),)
    # one question for all; only if the answer is no is it asked where
    try:
        boxes = fonts.uncovered("".join(text for text, _, _ in texts), of.locale.fonts)
    except fonts.FontError as error:
        return (font_failed(error, of.locale),)
    if boxes and not fonts.is_chosen(of.locale):
        file = locale_file(Path(), of.locale.name).as_posix()
        what = f"{of.locale.english_name} cannot be printed: no font is chosen for its script ({of.locale.script})"
        hint = f"name a font that has its letters in {file}: [[fonts]] with name, regular and bold"
        return (Finding("font-none", Severity.ERROR, what, Location(file), hint),)
    return tuple(
        _boxes(there, of.locale, at, po)
        for text, at, po in (texts if boxes else ())
        if (there := [character for character in boxes if character in text])
    )


def _foreign_glyphs(of: Edition, clinic: Clinic | None, known: Mapping[str, Locale]) -> Iterator[Finding]:
    """The same of words in other languages, in the fonts of these; what is not translated, and names of the
    clinic's, are in the source's."""
    for lang, inlines, at, around in _in_others(of, clinic):
        where = known.get(locale_name(lang)) or locales.locale(locale_name(lang))
        text = plain(fill(inlines, clinic, where) if clinic else _without_places(inlines))
        if gone := fonts.missing(where.fonts):
            if lang != of.leaflet.language:  # that those of the source are missing is said of its own edition
                yield _no_font(where, gone, Severity.ERROR, f"“{text[:40]}”", at)
            continue
        try:
            boxes = fonts.uncovered(text, (*where.fonts, *around))
        except fonts.FontError as error:
            yield font_failed(error, where)
            return
        if boxes:
            yield _boxes(boxes, where, at, None)


def _in_others(
    of: Edition, clinic: Clinic | None
) -> Iterator[tuple[str, tuple[Inline, ...], Location, tuple[FontFamily, ...]]]:
    """What an edition says in other languages (BCP 47) than its own, where that is written, and the fonts around it in
    which it may be printed too."""
    for block in of.walk():
        if block.language:
            yield block.language, without_foreign(block.inlines), block.at, ()
        for words in foreign(block.inlines):
            yield words.lang, words.children, block.at, ()
    if clinic and fonts.is_chosen(of.locale):
        for name in foreign_names(clinic, of.locale).values():
            if in_source_language(of, name):
                yield of.leaflet.language, (Text(name),), Location(clinic.at.file), of.locale.fonts


def _without_places(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same text without the clinic's details."""
    return tuple(
        inline if isinstance(inline, Text) else replace(inline, children=_without_places(inline.children))
        for inline in inlines
        if not isinstance(inline, Placeholder)
    )


def _no_font(locale: Locale, gone: Sequence[str], severity: Severity, what: str, at: Location) -> Finding:
    """That fonts of a language are not installed: what cannot be printed, or cannot be said."""
    said = {Severity.ERROR: "cannot be printed"}.get(severity, "is not measured")
    files = " and ".join(gone)
    what = f"{locale.english_name}: {what} {said}: {files} {'are' if len(gone) > 1 else 'is'} not installed"
    return Finding("font-missing", severity, what, at, "“plainleaf doctor” prints the command that installs them")


def font_failed(error: fonts.FontError, locale: Locale) -> Finding:
    """A font file of the locale that cannot be used."""
    hint = f"install the font again, or name another one in {locale_file(Path(), locale.name).as_posix()}"
    return Finding("font-failed", Severity.ERROR, str(error), locale.at, hint)


def _boxes(characters: Sequence[str], locale: Locale, at: Location, po: Location | None) -> Finding:
    listed = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters)
    what = f"would print as an empty box in {locale.english_name}: {listed}"
    hint = (
        "for words in another language write [words]{lang=es}, with that language's code, and its fonts are used; "
        f"else write it otherwise, or name a font that has it in {locale_file(Path(), locale.name).as_posix()}"
    )
    return Finding("glyph-missing", Severity.ERROR, what, at, hint, po)


def words(messages: Sequence[Message], catalog: Catalog | None, locale: Locale) -> tuple[Finding, ...]:
    """Are the layouts' own words ("Page", "Draft translation ...") translated?"""
    findings = []
    file = po_path(Path(), locale.name, "layouts").as_posix()
    for message in messages:
        found = catalog.lookup(message.context, message.text) if catalog else None
        if found is None or found.state is not State.CURRENT:
            state = found.state.value if found else "missing"
            what = f"“{message.text}” (a word of the layouts) is {state} in {locale.english_name}"
            at = found.at if found else Location(file)
            findings.append(Finding(f"po-{state}", Severity.ERROR, what, message.at[0], f"translate it in {file}", at))
    return tuple(findings)
