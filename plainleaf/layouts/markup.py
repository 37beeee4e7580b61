"""Inline content as HTML: one function, so that nothing reaches a page unescaped or in a form that breaks its tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from types import MappingProxyType

from plainleaf.languages import facts, phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.schema import DOSE, SIZES, TIMES
from plainleaf.languages.scripts import scripts_of
from plainleaf.model import (
    NOTE,
    TICK,
    Direction,
    Emphasis,
    Foreign,
    Inline,
    Isolate,
    Link,
    Placeholder,
    Strong,
    Text,
    is_line,
    plain,
)
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import bidi, locales

_NO_NAMES: Mapping[str, Name] = MappingProxyType({})
SCHEMES = ("https:", "http:", "mailto:", "tel:")

_NUMBER = r"\d+(?:[.,:٫\u202f\u00a0]\d+)*"


def _either(words: Iterable[str]) -> str:
    """One of some words, the longest first; what is nowhere found if there are none."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) or "(?!)"


_LETTERS = r"\w*"  # what "*" stands for behind a unit
_MEASURED = (*DOSE, *SIZES, *TIMES)  # "2 puffs" may be parted, as "2 people" may


def _units(language: LocaleData) -> str:
    """Units behind a number, as an expression: CLDR's of time, mass, volume and length, and those of the language's
    data, in all their forms ("milligram*"). Where no spaces stand between words, the next one follows at once."""
    known = {form for unit in _MEASURED for form in language.list("units", unit)}
    own = {*language.list("no-break", "units"), *locales.unit_words(language.name), *known}
    own -= {word for key in ("to", "or", "and") for word in language.list("between", key)}
    ending = r"(?!\w)" if language.spaced else "(?![A-Za-z])"
    return rf"(?:{_either(own).replace(re.escape('*'), _LETTERS)}){ending}"


_SHORT = 4  # letters of a word for half a day that stays with its time: "pm", "утра"; not "in the morning"


def _halves(language: LocaleData) -> str:
    """What says behind a time which half of the day it is in, as an expression."""
    said = (word for key in ("am", "pm") for word in language.list("words", key))
    own = {word for word in said if len(word) <= _SHORT and " " not in word and "*" not in word}
    return rf"(?:[APap]\.?[ \u00a0\u202f]?[Mm]\.?|(?:{_either(own)})\.?)(?!\w)"


_WORD = r"[^\s\d–]{1,10}"  # of a time or a unit in a range: "am", "Uhr", "mg"


@lru_cache(maxsize=256)
def whole(language: LocaleData) -> re.Pattern[str]:
    """What must stay on one line in a text of this language: a phone number; a number with spaces in it; a range or a
    number with its unit; a time with "am" or "pm", also with the dash behind it: none begins a line in a range."""
    to = _either(language.list("between", "to"))
    figure = rf"{_NUMBER}(?:\s?(?:[-–~～]|{to})\s?{_NUMBER})?"
    dashed = rf"\s?{_WORD}\s–(?=\s(?:{_WORD}\s)?\d)|\s–(?=\s{_WORD}\s\d)"
    return re.compile(
        rf"{phone_shapes.GROUPED}|{_NUMBER}(?:{dashed})|\d{{1,3}}(?: \d{{3}})+(?!\d)"
        rf"|{figure}\s?(?:{_units(language)}|{_either(language.list('no-break', 'counted'))}|{_halves(language)})"
        rf"|{_NUMBER}\s?(?:[–~～]|{to})\s?{_NUMBER}"
    )


@lru_cache(maxsize=256)
def _parted(language: LocaleData) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Spaces where a line could break beside a number in an isolate of its own: before its unit, within a range."""
    number, to = r"(\d(?:</strong>|</em>)?</bdi>)", _either(language.list("between", "to"))
    return re.compile(rf"{number} (?={_units(language)})"), re.compile(rf"{number} ({to}) (?=<bdi)")


# Words in Latin letters: names that a text in another script keeps, or how one of its own is said.
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LATIN = re.compile(
    rf"[{_LETTER}](?:[{_LETTER}\d'’&/+.-]*[{_LETTER}\d])?(?: [{_LETTER}](?:[{_LETTER}\d'’&/+.-]*[{_LETTER}\d])?)*"
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a placeholder stands for, in a language other than the text's."""

    text: str
    lang: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text holds beside its words, as HTML: ``mark`` of a note, by the name of its placeholder; ``page``: what
    stands behind the words of a link to the part with this ``id``, for readers on paper; ``tick``: a box to tick;
    ``line``: a line to write on."""

    mark: Callable[[str], str]
    page: Callable[[str], str]
    tick: Callable[[], str]
    line: Callable[[], str]


NO_SIGNS = Signs(lambda _: "", lambda _: "", lambda: "", lambda: '<span class="line"></span>')


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is around a piece of content, as ``html`` takes it."""

    direction: Direction
    href: str
    names: Mapping[str, Name]
    language: LocaleData
    signs: Signs
    latin: str


def html(
    inlines: tuple[Inline, ...],
    direction: Direction = "ltr",
    href: str = "",
    names: Mapping[str, Name] = _NO_NAMES,
    language: LocaleData | None = None,
    signs: Signs = NO_SIGNS,
    latin: str = "",
) -> str:
    """The HTML of inline content, in text that runs in ``direction``, inside a link to ``href`` if there is one.

    A link's tag holds text only (PDF/UA has no room for more there), so the tags of its bold words go outside it.
    ``names`` are printed in place of the placeholders that they are for. ``language`` tells its units; English ones
    hold without it. ``latin``: the language (BCP 47) of words in Latin letters, in a text of another script.
    """
    return _html(inlines, _Setting(direction, href, names, language or facts.english(), signs, latin))


def _html(inlines: tuple[Inline, ...], within: _Setting) -> str:
    made = "".join(_one(inline, within) for inline in inlines)
    if within.direction == "rtl":
        unit, between = _parted(within.language)
        made = between.sub("\\1\u00a0\\2\u00a0", unit.sub("\\1\u00a0", made))
    return made


def _one(inline: Inline, within: _Setting) -> str:
    match inline:
        case Text(text):
            return _text(text, within)
        case Strong(children):
            return f"<strong>{_html(children, within)}</strong>"
        case Emphasis(children):
            return f"<em>{_html(children, within)}</em>"
        case Link(children, target) if target.startswith("#") and not within.href:
            name = anchor(target[1:])
            return _html(children, replace(within, href=f"#{name}")) + within.signs.page(name)
        case Link(children, target):
            to = within.href or (target if target.lower().startswith(SCHEMES) else "")
            return _html(children, replace(within, href=to))
        case Isolate(children, own):
            lang = f' lang="{within.latin}"' if own != within.direction and _is_latin(plain(children), within) else ""
            turned = replace(within, direction=own, latin="" if lang else within.latin)
            return f'<bdi dir="{own}"{lang}>{_html(children, turned)}</bdi>'
        case Foreign(children, lang):
            return _foreign(children, lang, within)
        case Placeholder(name) if is_line(name):
            return within.signs.line()
        case Placeholder(name) if name == TICK:
            return within.signs.tick()
        case Placeholder(name) if name.startswith(NOTE):
            return within.signs.mark(name)
        case Placeholder(name):
            if found := within.names.get(name):
                theirs = replace(within, direction=found.direction, language=facts.named(found.lang), latin="")
                inner = _text(found.text, theirs)
                return f'<bdi dir="{found.direction}" lang="{escape(found.lang)}">{inner}</bdi>'
            return _text("{" + name + "}", within)


_HEADING = re.compile(r"<(?P<end>/?)h(?P<level>[1-6])(?=[\s>])")


def levelled(page: str) -> str:
    """A page whose headings go down one level at a time, as PDF/UA-1 (7.4.2) wants them: where a layout prints a box
    without the heading that stands above it in the text, the box's own is one level below what is above it there."""
    above: list[tuple[int, int]] = []  # the headings that the next one may stand below: as written, as printed

    def put(found: re.Match[str]) -> str:
        level = int(found["level"])
        if not found["end"]:
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, min(level, above[-1][1] + 1 if above else level)))
        return f"<{found['end']}h{above[-1][1] if above else level}"

    return _HEADING.sub(put, page)


def anchor(name: str) -> str:
    """The ``id`` on a page of the block that its author gave this name."""
    return f"b-{name}"


def _foreign(children: tuple[Inline, ...], lang: str, within: _Setting) -> str:
    """Words in another language: they run in their own direction, and a screen reader says them in their own voice."""
    own, language = locales.locale(locale_name(lang)).direction, facts.named(lang)
    inner = _html(bidi.isolate(children, own, language), replace(within, direction=own, language=language, latin=""))
    return f'<bdi class="foreign" dir="{own}" lang="{escape(lang)}">{inner}</bdi>'


def _text(text: str, within: _Setting) -> str:
    if within.href:
        return f'<a href="{escape(within.href)}">{escape(text, quote=False)}</a>'
    kept = whole(within.language)
    if (
        within.direction == "rtl"
    ):  # a box of its own would part a number from its sentence there; bidi isolates doses instead
        return escape(kept.sub(lambda found: found[0].replace(" ", "\u00a0"), text), quote=False)
    if not within.latin:
        return kept.sub(lambda found: _unbroken(found[0]), escape(text, quote=False))
    made, at = "", 0
    for found in kept.finditer(text):
        made += _named(text[at : found.start()], within.latin) + _unbroken(escape(found[0], quote=False))
        at = found.end()
    return made + _named(text[at:], within.latin)


def _named(text: str, latin: str) -> str:
    """A text with the language of its words in Latin letters."""
    made, at = "", 0
    for found in _LATIN.finditer(text):
        words = escape(found[0], quote=False)
        made += f'{escape(text[at : found.start()], quote=False)}<span lang="{latin}">{words}</span>'
        at = found.end()
    return made + escape(text[at:], quote=False)


def _is_latin(text: str, within: _Setting) -> bool:
    """Whether a text is words in Latin letters, in one of another script, and not just a dose."""
    named = bool(within.latin) and scripts_of(text) == {"LATIN"}
    return named and not whole(within.language).fullmatch(text.strip())


# Text in which a line breaks at spaces alone.
_SPACED = re.compile("[^-‐-―/\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]*")


_LONGEST_DATE = 24  # characters: in the narrowest column it has a line's room, beside the last word of its label
_BESIDE_DAY = re.compile(r"^\d{1,2}[^\d\s]? | (?=\d{1,2}(?!\d))")


def dated(text: str) -> str:
    """A date that stays on one line by its spaces; of a longer one, as of made-up months, the day and what it is of."""
    if len(text) <= _LONGEST_DATE:
        return text.replace(" ", "\u00a0")
    return _BESIDE_DAY.sub(lambda found: found[0].replace(" ", "\u00a0"), text)


def date_html(made: str, text: str, direction: str) -> str:
    """The markup of a date that is ``dated``; where lines also break elsewhere, as between the signs of 11月, in a box.
    Not from right to left: see ``_text``."""
    short = len(text) <= _LONGEST_DATE and direction == "ltr"
    return f'<span class="nb">{made}</span>' if short and not _SPACED.fullmatch(text) else made


def _unbroken(text: str) -> str:
    """A figure that stays on one line: by its spaces, as WeasyPrint may break the text before a box too early. On a
    narrow screen a box breaks, but never before its dash."""
    if _SPACED.fullmatch(text) or text.endswith("–"):
        return text.replace(" ", "\u00a0")
    dashed = text.replace(" –", "\u00a0–")
    return f'<span class="nb">{dashed}</span>'
