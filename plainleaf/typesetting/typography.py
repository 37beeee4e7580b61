"""Marks as a language prints them: quotation marks, apostrophes and dashes, from what is typed on a keyboard.

Texts are written, translated, compared and signed as they were typed; this is done once, where a text goes to a page
(``clinics.details.fill``) and for the layouts' own words. It changes straight quotes (``"`` and ``'``), the hyphen of a
range (``7-10``), a hyphen between spaces and, where marks stand apart from words as in French, the space before them
(and after «), at which no line may end; and nothing else: not what is an address, a file's name, a telephone
number, a date, a code, a prime behind a figure, nor a quote without its partner. References are data, and stay so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from plainleaf.languages import cldr, facts, naming, phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.invisible import WORD_JOINER
from plainleaf.languages.punctuation import CLOSERS, OPENERS
from plainleaf.model import Foreign, Inline, Isolate, Locale, Placeholder, Text

Pair = tuple[str, str]

APOSTROPHE, DASH, _SPACE = "’", "–", "\u00a0"
_ATOM = "\ufffc"  # stands for what a placeholder becomes, or for words in another language
_USUAL: tuple[str, ...] = ("“”", "‘’")  # CLDR's root has these, for languages of which nothing is known

_MOST, _MOST_QUOTES = 20_000, 400  # characters and straight quotes of a text that somebody has written to be read
_TYPED = re.compile("[\"'-]|[«‹] | [»›:;!?]")
# What is written letter by letter: addresses, files' names.
_ADDRESS = re.compile(
    r"(?<![^\s\"'()])[^\s\"'()]*(?:://|@|\w\.[a-z]{2,}|www\.)(?:[^\s\"()]*[^\s\"'().,;:!?])?", re.IGNORECASE
)
_FIGURE = r"(?:\d{1,3}(?:[.,]\d{1,2})?|\d{4}|\d{1,2}:\d\d)"
_LETTER = r"[^\W\u0e00-\uffff]"  # of scripts with spaces between words: in others a figure touches the next word
_RANGE = re.compile(
    rf"(?<!{_LETTER})(?<![.,:/+)~#&@–—-])(?P<least>{_FIGURE})(?:\s?[%٪])?(?P<dash>-)(?P<most>{_FIGURE})"
    rf"(?!{_LETTER})(?![/:(~#@–—-]|[.,]\d)"
)
_BETWEEN_WORDS = re.compile(r"(?<=[^\s-]) - (?=[^\s-])(?!(?<=\d - )\d)")  # between two figures it may be a minus
_JOINED_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "MODIFIER")  # they write the apostrophe


def typeset(inlines: tuple[Inline, ...], where: Locale) -> tuple[Inline, ...]:
    """A text with the marks of its language; the very same tuple where nothing is to be changed.

    Words in another language stay as they are: whoever goes into them sets them in their own.
    """
    text = _flat(inlines)
    if not _TYPED.search(text):
        return inlines
    changes = _changes(text, where.name, facts.of(where))
    return _rebuilt(inlines, changes, 0) if changes else inlines


_LINE = 4  # characters: what is shorter has one line in any column
_CHARACTER = re.compile("[\u3041-\u30ff\u3400-\u9fff]")  # of Chinese or Japanese: a line may break around each


def with_company(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A text whose last character goes on no line alone, in Chinese and Japanese; what is read is the same."""
    text = _flat(inlines)
    last = len(text.rstrip()) - 1
    while last > 0 and not text[last].isalnum():
        last -= 1
    if last < _LINE or not _CHARACTER.match(text[last]) or text[last - 1].isspace() or text[last - 1] == _ATOM:
        return inlines
    return _rebuilt(inlines, {last: WORD_JOINER + text[last]}, 0)


def words(text: str, where: Locale) -> str:
    """The same of words without markup."""
    if not _TYPED.search(text):
        return text
    changes = _changes(text, where.name, facts.of(where))
    return "".join(changes.get(at, sign) for at, sign in enumerate(text))


def quotes(language: LocaleData) -> tuple[Pair, Pair]:
    """What opens and closes a quotation in a language, and one within it, with the spaces that belong to them."""
    outer, *others = language.list("marks", "quotes") or _USUAL
    apart = (pair for pair in others if not set(pair) & set(outer))
    inner = next(iter(language.list("marks", "nested")), "") or next(apart, outer)
    space = _SPACE if "»" in language.list("marks", "spaced") else ""
    return _pair(outer, space), _pair(inner, space)


def _pair(marks: str, space: str) -> Pair:
    return (marks[0] + space, space + marks[1]) if marks in ("«»", "‹›") else (marks[0], marks[1])


# --------------------------------------------------------------------------- what is changed


@lru_cache(maxsize=4096)
def _changes(text: str, name: str, language: LocaleData) -> Mapping[int, str]:
    """What is printed in place of the characters at some places of a text."""
    made: dict[int, str] = {}
    if len(text) > _MOST or text.count('"') + text.count("'") > _MOST_QUOTES:
        return made
    while found := _once(text, name, language):  # what was a quote alone may be one of a pair beside a printed mark
        made |= found
        text = "".join(found[at].strip(_SPACE) if at in found else sign for at, sign in enumerate(text))
    return dict.fromkeys(_before_marks(text, language), _SPACE) | made


def _before_marks(text: str, language: LocaleData) -> Iterator[int]:
    """The spaces that belong to a mark, as in « ainsi » : of the words before it, or behind what opens."""
    for mark in language.list("marks", "spaced"):
        yield from (found.start() for found in re.finditer(rf"(?<=[^\s]) (?={re.escape(mark)})", text))
        opening = {"»": "«", "›": "‹"}.get(mark)
        yield from (found.start() for found in re.finditer(rf"(?<={opening}) (?=\S)", text) if opening)


def _once(text: str, name: str, language: LocaleData) -> Mapping[int, str]:
    kept = {at for found in _ADDRESS.finditer(text) for at in range(*found.span())}
    kept |= {at for found in _phones(text) for at in range(*found.span())}
    made = dict(_quoted(text, kept, language))
    for found in _RANGE.finditer(text):
        if found.start("dash") not in kept and _ascends(found["least"], found["most"]):
            made[found.start("dash")] = cldr.range_dash(naming.like(name)) or DASH
    if language.spaced:
        made |= {found.start() + 1: DASH for found in _BETWEEN_WORDS.finditer(text) if found.start() not in kept}
    return {at: instead for at, instead in made.items() if instead != text[at]}


def _phones(text: str) -> Iterator[re.Match[str]]:
    for found in phone_shapes.IN_TEXT.finditer(text):
        if not phone_shapes.OTHER_FIGURE.fullmatch(found[0]):
            yield found


def _ascends(least: str, most: str) -> bool:
    """Whether two figures are the ends of a range: times, or numbers of which the second is larger; 24-7 is none, nor
    is 555-0100."""
    if (":" in least) != (":" in most) or (re.match(r"0\d", most.partition(":")[0]) and ":" not in most):
        return False
    if ":" in least:
        return True
    if (len(least) == 4) != (len(most) == 4) and least.isdecimal() and most.isdecimal():
        return False
    return float(least.replace(",", ".")) < float(most.replace(",", "."))


def _quoted(text: str, kept: set[int], language: LocaleData) -> Iterator[tuple[int, str]]:
    """The marks in place of straight quotes that pair, and apostrophes."""
    pairs, alone = _paired(text, kept, language)
    marks = quotes(language)
    for opened, closed in pairs:
        around = [pair for pair in pairs if pair[0] < opened and closed < pair[1]]
        first = min(around, default=(opened, closed))
        level = (len(around) + (text[first[0]] == "'" or _is_quoted(text, opened, marks[0]))) % 2
        yield opened, marks[level][0]
        yield closed, marks[level][1]
    for at in alone:
        if _is_apostrophe(text, at):
            yield at, APOSTROPHE


def _is_quoted(text: str, at: int, marks: Pair) -> bool:
    """Whether a place is within a quotation whose marks were typed as they are printed."""
    opens, closes = (mark.strip() for mark in marks)
    return opens != closes and text.count(opens, 0, at) > text.count(closes, 0, at) and closes in text[at:]


def _paired(text: str, kept: set[int], language: LocaleData) -> tuple[list[tuple[int, int]], list[int]]:
    """The places of straight quotes that open and close a quotation, and of those that do neither."""
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    alone: list[int] = []
    for at, sign in enumerate(text):
        if sign not in "\"'" or at in kept:
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if _within_word(before, after, language.spaced):
            alone.append(at)
            continue
        closes = bool(before.strip()) and (not language.spaced or _ends(after))
        opens = bool(after.strip()) and (not language.spaced or _begins(before))
        partner = next((place for place in reversed(waiting) if text[place] == sign), None)
        if closes and partner is not None and partner != at - 1:
            while (last := waiting.pop()) != partner:
                alone.append(last)
            pairs.append((partner, at))
        elif opens and not (before.isdecimal() and language.spaced):
            waiting.append(at)
        else:
            alone.append(at)
    return pairs, [*alone, *waiting]


def _within_word(before: str, after: str, spaced: bool) -> bool:
    """Whether a sign stands within a word: an apostrophe, or what parts the letters of a Hebrew abbreviation."""
    both = before.isalnum() and after.isalnum()
    return both and (spaced or (_joins(before) and _joins(after)))


def _begins(before: str) -> bool:
    """Whether a quotation may begin behind a sign."""
    return not before.strip() or before in OPENERS or unicodedata.category(before) in ("Pd", "Ps", "Pi")


def _ends(after: str) -> bool:
    """Whether one may end before a sign."""
    return not after.strip() or not (after.isalnum() or after == _ATOM or after in "¿¡" or _opens_only(after))


def _opens_only(sign: str) -> bool:
    return sign in OPENERS and sign not in CLOSERS


def _is_apostrophe(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return text[at] == "'" and (_joins(before) or ((_joins(after) or after.isdecimal()) and not before.isalnum()))


def _joins(letter: str) -> bool:
    """Whether it is a letter of a script that writes the apostrophe."""
    return letter.isalpha() and unicodedata.name(letter, "").startswith(_JOINED_SCRIPTS)


# --------------------------------------------------------------------------- inline content


def _flat(inlines: Iterable[Inline]) -> str:
    """The characters of a text; what is printed in place of a placeholder, or in another language, counts as one."""
    return "".join(
        inline.text
        if isinstance(inline, Text)
        else _ATOM
        if isinstance(inline, Placeholder | Foreign | Isolate)
        else _flat(inline.children)
        for inline in inlines
    )


def _rebuilt(inlines: tuple[Inline, ...], changes: Mapping[int, str], start: int) -> tuple[Inline, ...]:
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            text = "".join(changes.get(start + at, sign) for at, sign in enumerate(inline.text))
            made.append(inline if text == inline.text else Text(text))
        elif isinstance(inline, Placeholder | Foreign | Isolate):
            made.append(inline)
        else:
            made.append(replace(inline, children=_rebuilt(inline.children, changes, start)))
        start += len(_flat((inline,)))
    return tuple(made)
