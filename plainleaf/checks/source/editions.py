"""Checks on a leaflet and on an edition before anything is rendered: dates, clinic details, glyphs, layout words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from plainleaf.checks.source import doses
from plainleaf.clinics.details import note_of, placeholders
from plainleaf.files.places import locale_file, po_path
from plainleaf.languages import facts
from plainleaf.model import (
    Block,
    Clinic,
    Edition,
    Finding,
    Inline,
    Leaflet,
    Locale,
    Location,
    Message,
    Placeholder,
    Severity,
    State,
    Text,
    plain,
)
from plainleaf.model.phrases import nearest
from plainleaf.translations.po import Catalog
from plainleaf.typesetting import fonts

NEAR = 90  # days before review-by from which we remind


def leaflet(source: Leaflet, clinic: Clinic | None, today: date) -> tuple[Finding, ...]:
    """Is the leaflet still to be believed, are doses safe to read, and can every clinic detail be filled in?"""
    about_clinic = (*_details(source, clinic), *_abroad(source, clinic)) if clinic else ()
    return (*_review(source, today), *doses.leaflet(source, clinic), *about_clinic)


def _review(source: Leaflet, today: date) -> Iterator[Finding]:
    left = (source.meta.review_by - today).days
    hint = "have the facts checked again, then set new dates for written and review-by"
    if left < 0:
        what = f"was to be checked again by {source.meta.review_by}: it may say what is no longer true"
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
                what = f"{{{name}}} is no clinic detail{nearest(name, list(known))}"
                hint = f"known: {', '.join(known)}; helplines stand in {clinic.at}"
                yield Finding("clinic-detail", Severity.ERROR, what, block.at, hint)
            elif not known[name] and printed:
                hint = f"fill it in, in {clinic.at}"
                yield Finding("clinic-detail", Severity.ERROR, f"the clinic has no {name}", block.at, hint)


def _abroad(source: Leaflet, clinic: Clinic) -> Iterator[Finding]:
    """A text written for another country than the clinic's: medicines, approvals and services differ."""
    written = source.meta.country
    if written == clinic.country:
        return
    what = f"this text was written for {written}, and the clinic is in {clinic.country}"
    if lines := dict.fromkeys(block.at.line for block in _for_country(source.blocks, written)):
        what += f"; what is for {written} only is left out (lines {', '.join(map(str, lines))}), all else is printed"
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
            yield inline.name
        elif not isinstance(inline, Text):
            yield from _names(inline.children)


def edition(of: Edition, clinic: Clinic | None) -> tuple[Finding, ...]:
    """Can every word be read? Glyphs in the locale's fonts, message by message; the clinic's words in its language."""
    return (*_glyphs(of, clinic), *(_notes(of, clinic) if clinic else ()))


def _notes(of: Edition, clinic: Clinic) -> Iterator[Finding]:
    """Words beside a help line's number that an edition prints in the source's language, for want of others."""
    where = of.locale
    if not any(block.po for block in of.walk()):
        return  # nothing of it is translated yet: it is not printed
    if where.name in facts.pseudo() or where.tag.partition("-")[0] == of.leaflet.language.partition("-")[0]:
        return
    for line in clinic.helplines:
        if line.note and not note_of(line, where):
            what = f"helplines.{line.key}: “{line.note}” is printed so in {where.english_name}: it has no translation"
            hint = f'add notes.{where.name} = "..." below it, and names.{where.name} if the service has a name there'
            yield Finding("clinic-note", Severity.WARNING, what, line.at or clinic.at, hint)


def _glyphs(of: Edition, clinic: Clinic | None) -> tuple[Finding, ...]:
    """Of a placeholder counts what it prints, not its name: it is the clinic's, and asked of once."""
    texts = [(plain(_without_places(block.inlines)), block.at, block.po) for block in of.walk()]
    if clinic:
        texts += [(value, Location(clinic.at.file), None) for value in placeholders(clinic, of.locale).values()]
    # one question for all; only if the answer is no is it asked where
    try:
        boxes = fonts.uncovered("".join(text for text, _, _ in texts), of.locale.fonts)
    except fonts.FontError as error:
        return (font_failed(error, of.locale),)
    return tuple(
        _boxes(there, of.locale, at, po)
        for text, at, po in (texts if boxes else ())
        if (there := [character for character in boxes if character in text])
    )


def _without_places(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same text without the clinic's details."""
    return tuple(
        inline if isinstance(inline, Text) else replace(inline, children=_without_places(inline.children))
        for inline in inlines
        if not isinstance(inline, Placeholder)
    )


def font_failed(error: fonts.FontError, locale: Locale) -> Finding:
    """A font file of the locale that cannot be used."""
    hint = f"install the font anew, or name another one in {locale_file(Path(), locale.name).as_posix()}"
    return Finding("font-failed", Severity.ERROR, str(error), locale.at, hint)


def _boxes(characters: Sequence[str], locale: Locale, at: Location, po: Location | None) -> Finding:
    listed = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters)
    what = f"would print as an empty box in {locale.english_name}: {listed}"
    hint = f"write it otherwise, or name a font that has it in {locale_file(Path(), locale.name).as_posix()}"
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
