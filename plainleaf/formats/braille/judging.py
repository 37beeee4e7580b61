"""Is a finished BRF file whole: every text in its order and letter by letter, no character that cannot be read, every
figure, lines and pages no longer than they may be?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from plainleaf.clinics import file as clinicfile
from plainleaf.formats.braille import brf
from plainleaf.formats.braille.liblouis import SPACE
from plainleaf.formats.braille.units import Item, Table, Unit
from plainleaf.formats.braille.writing import Written
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts.reading_order import HEAD
from plainleaf.model import BraillePage, Finding, Location, Severity

Texts = Iterable[tuple[str, str, Location]]
_UNSEEN = re.compile(rf"[\s{ZERO_WIDTH_SPACE}{WORD_JOINER}{BIDI_CONTROLS}]")  # spaces, breaks, directions
_SHOWN = 40  # characters of a text, to name it by


def of_text(unit: Unit, made: Written, language: str, tag: str = "") -> Iterator[Finding]:
    """What is wrong with one text as it was written, in a leaflet of a ``language`` (``tag``: BCP 47)."""
    if made.unknown:
        names = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in made.unknown)
        what = f"the braille of {language} has no {names}, in “{_shown(unit)}”"
        hint = (
            "write it in another way, mark words in another language with [words]{lang=es}, or name a table that has "
            "it in the locale.toml of their language: braille = ..."
        )
        if unit.at.file.startswith(f"{clinicfile.FOLDER.as_posix()}/") and any(map(str.isalpha, made.unknown)):
            hint = _in_other_letters(unit.at.file, language, tag)
        yield Finding("braille-unknown", Severity.ERROR, what, unit.at, hint, unit.po)
    if made.left_out:
        names = ", ".join(f"“{sign}” ({unicodedata.name(sign, 'emoji').lower()})" for sign in made.left_out)
        what = f"the braille of {language} leaves out {names}, in “{_shown(unit)}”"
        hint = "nothing, if it only decorates the text; if it says something, say that in words too"
        yield Finding("braille-emoji", Severity.WARNING, what, unit.at, hint, unit.po)
    if made.figures:
        what = f"the figure {made.figures} of “{_shown(unit)}” is not in its braille"
        hint = "name another table in the language's locale.toml: braille = ..., and report this"
        yield Finding("braille-figure", Severity.ERROR, what, unit.at, hint, unit.po)


def _in_other_letters(file: str, language: str, tag: str) -> str:
    """What to do about a clinic's words in letters that the braille of a language lacks: it has a form that is spelt in
    letters of its own, such as the Latin one."""
    usual = PurePosixPath(file).stem
    own = f"{usual}-{tag.lower()}"
    return (
        f'a help line or service: write its name as {language} spells it below the name, names.{tag} = "..."; the '
        f"clinic's own name or address: copy this file to {clinicfile.FOLDER.as_posix()}/{own}.toml, write them there "
        f'as {language} spells them, set clinic = "{usual}" in the settings, and run plainleaf publish --clinic {own} '
        f"--locale {tag} --format braille"
    )


def of_order(items: Sequence[Item], texts: Texts) -> Iterator[Finding]:
    """Texts of the leaflet (role, words, place) that are not among the items, or not in their order."""
    said, place = _UNSEEN.sub("", "".join(unit.own for unit in units(items))), 0
    for role, text, at in texts:
        wanted = _UNSEEN.sub("", text)
        found = said.find(wanted, 0 if role == HEAD else place)
        if found < 0:
            what = "is in the wrong place" if wanted in said else "is missing"
            hint = "fix the template: it is to print every text once, in the order of the source"
            yield Finding("braille-order", Severity.ERROR, f"“{text[:_SHOWN]}” {what} in the braille file", at, hint)
        elif role != HEAD:
            place = found + len(wanted)


def of_file(
    data: bytes, cells: Iterable[str], feet: Sequence[Sequence[str]], sheet: BraillePage, at: Location
) -> Iterator[Finding]:
    """What is wrong with the file. ``cells``: all that its pages are to hold; ``feet``: what stands at their ends."""
    pages = brf.decoded(data)
    long = [line for page in pages for line in page if len(line) > sheet.cells]
    if long or any(len(page) != sheet.lines for page in pages):
        yield _ours("a line or page of the braille file is too long", at)
    text: list[str] = []
    for number, page in enumerate(pages):
        foot = feet[min(number, len(feet) - 1)]
        body = page[1:] if sheet.numbers == "top" else page[:-1]
        text += body[: len(body) - len(foot)]
    if "".join(text).replace(SPACE, "") != "".join(cells).replace(SPACE, ""):
        yield _ours("the braille file does not hold every text as it was written", at)


def units(items: Iterable[Item]) -> Iterator[Unit]:
    """All texts in their order."""
    for item in items:
        if isinstance(item, Table):
            yield from item.records
        elif isinstance(item, Unit):
            yield item


def _shown(unit: Unit) -> str:
    text = re.sub(rf"[{WORD_JOINER}{ZERO_WIDTH_SPACE}]", "", unit.text)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _ours(what: str, at: Location) -> Finding:
    return Finding("braille-page", Severity.ERROR, what, at, "report this: it is a mistake in Plainleaf")
