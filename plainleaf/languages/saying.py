"""Where a text says one of some words, as a list explains them: whole, as it is written, or in a form of it that can be
no other word.

- A small first letter may be a capital one, as at the start of a sentence, and the other way round; all others are as
  the list has them: “AIDS” is not “aids”. German tells words apart by it (“Wunde”, “wunde”), so there they are as in
  the list. Turkish has two letters i.
- Plurals that a language makes by a rule: English, Spanish, French, Portuguese.
- Arabic nouns with their article, and with “and”, “so”, “by”, “like” or “for” before that: “والجفاف” and “للجفاف” are
  “جفاف”, letter for letter, and “الجرعة الزائدة” is “جرعة زائدة”. Without an article such a letter is not looked for
  (“وسائل” are no liquids), nor is anything before a short word (“والدين” are parents).
- Nothing else in front or behind is guessed at: an article or ending that other languages write onto a word makes
  another word; so does a hyphen (“non-opioid” is not “opioid”).
- Where no spaces are written, a word is found within others; so one that is a single character is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from plainleaf.languages import letters

_DOTTED = {"i": "İ", "ı": "I", "İ": "i", "I": "ı"}
_TURKIC = ("tr", "az")
_CAPITALS_MATTER = ("de", "lb")
_HYPHENS = ("-", "\u2010", "\u2011")

# How a word ends, and how its plural does; the first that fits. Forms that are no word do no harm: nobody writes them.
_PLURALS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"(?<=s|x|z)$", "es"),
        (r"(?<=ch|sh)$", "es"),
        (r"(?<=[b-df-hj-np-tv-xz])y$", "ies"),
        (r"(?<=[a-z])$", "s"),
    ),
    "es": ((r"z$", "ces"), (r"ión$", "iones"), (r"(?<=[aeiouáéó])$", "s"), (r"(?<=[dljnr])$", "es")),
    "fr": ((r"(?<=eau)$", "x"), (r"(?<=[a-zàâçéèêëîïôûü])(?<![sxz])$", "s")),
    "pt": ((r"ão$", "ões"), (r"m$", "ns"), (r"al$", "ais"), (r"(?<=[rz])$", "es"), (r"(?<=[aeiouáâãéêíóôú])$", "s")),
}
_BETWEEN = {
    "es": ("de", "del", "a", "al", "por", "para", "con", "sin", "en"),
    "fr": ("de", "du", "des", "d’", "à", "au", "en", "pour", "par", "sans", "avec"),
    "pt": ("de", "do", "da", "dos", "das", "a", "ao", "à", "por", "para", "com", "sem", "em"),
}
"""Words behind which a name of several words stays as it is: “síntomas de abstinencia”."""


_ARTICLE, _LAM = "ال", "ل"
_BEFORE = ("", "و", "ف", "ب", "ك", "وب", "وك", "فب")  # what Arabic writes onto an article
_FOR = ("ل", "ول", "فل")  # what it writes in place of the article's first letter
_LONG_ENOUGH = 4  # letters of an Arabic word
_MARKS = re.compile("[\u064b-\u0652\u0640]")


def forms(word: str, tag: str, spaced: bool) -> tuple[str, ...]:
    """How a text may say a word of a language (BCP 47): as it is first. ``spaced``: spaces part its words."""
    word = " ".join(word.split())
    if not word or (not spaced and len(word) < 2):
        return ()
    language = tag.partition("-")[0]
    found = [word, *_plural(word, language), *(_definite(word) if language == "ar" else ())]
    if language not in _CAPITALS_MATTER:
        found += [_turned(each, language) for each in found]
    return tuple(dict.fromkeys(found))


def _turned(word: str, language: str) -> str:
    """A word with its first letter capital or not; one in capitals is as it is ("PEP", "PrEP")."""
    first, rest = word[0], word[1:]
    if any(map(str.isupper, rest.partition(" ")[0])):
        return word
    other = _DOTTED.get(first) if language in _TURKIC else None
    other = other or (first.lower() if first.isupper() else first.title())
    return other + rest if len(other) == 1 else word


def _definite(word: str) -> Iterator[str]:
    """An Arabic name with its article: of a noun with what is said of it, either has one."""
    whole, *others = word.split()
    if len(others) > 1 or any(part.startswith(_ARTICLE) for part in others):
        return
    rest = "".join(f" {_ARTICLE}{part}" for part in others)
    for first in dict.fromkeys((whole, whole.removeprefix(_ARTICLE))):  # it has one, or begins like that: “التهاب”
        if all(len(_MARKS.sub("", part)) >= _LONG_ENOUGH for part in (first, *others)):
            yield from (f"{before}{_ARTICLE}{first}{rest}" for before in _BEFORE)
            joined = first if first.startswith(_LAM) else _LAM + first  # three of this letter are written as two
            yield from (f"{before}{joined}{rest}" for before in _FOR)


def _plural(word: str, language: str) -> Iterator[str]:
    rules = _PLURALS.get(language)
    if not rules:
        return
    parts = word.split()
    between = next((at for at, part in enumerate(parts) if part in _BETWEEN.get(language, ())), len(parts))
    first = len(parts) - 1 if language == "en" else 0
    several = [_several(part, rules) if first <= at < between else part for at, part in enumerate(parts)]
    if all(several):
        yield " ".join(several)


def _several(word: str, rules: tuple[tuple[str, str], ...]) -> str:
    """The plural of a single word, "" if no rule says."""
    return next((re.sub(ending, more, word) for ending, more in rules if re.search(ending, word)), "")


def expression(written: Iterable[str], spaced: bool) -> str:
    """An expression that finds any of these, the first that fits, as words of their own; each is an expression."""
    before, behind = letters.edges(spaced)
    if spaced:
        before += "".join(rf"(?<!\w{hyphen})" for hyphen in _HYPHENS)
        behind += rf"(?![{''.join(_HYPHENS)}]\w)"
    return f"{before}(?:{'|'.join(written) or '(?!)'}){behind}"
