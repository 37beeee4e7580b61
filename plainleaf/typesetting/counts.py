"""Which figures of a right-to-left line count what its next word names: "3 times", "2 tablets", "24 hours".

Such a figure reads with that word, whatever stands before it: in "(250 mg) 3 times" it is no part of the dose, and a
run that held both would print the 3 beside the tablets and the 250 mg beside the "times".

What stands before decides how sure the word must make it:

* a dose, unit or percentage: any word will do;
* another word (a medicine's name): any but "and", "in", "daily" and the like, or Arabic words with an article;
* an abbreviation ("MMR 2") or a number (of a telephone): only a word that is known to be counted;
* a word that has its number in its name ("type 2", "omega 3"), or an English month: never.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from plainleaf.languages import facts, phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import skeleton
from plainleaf.languages.invisible import DIRECTION_MARKS
from plainleaf.languages.letters import LETTER

Span = tuple[int, int]

_FIRST = r"[^\W\d_]"
_WORD = rf"({_FIRST}(?:{LETTER}|־|[\"'’״׳](?={_FIRST}))*)"
_NEXT = re.compile(rf"[+°]?[\s{DIRECTION_MARKS}]{{0,20}}(?:[-‐‑־]\s{{0,20}})?[\"«“„״]?{_WORD}")
_NEXT_IN_BRACKETS = re.compile(rf"\s{{0,20}}[(\[]\s{{0,20}}{_WORD}")
_RANGE = re.compile(r"\s+[-–—−]\s+")
_TIMES = re.compile(r"\s+×\s+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3})+(?!\d)")
MIXED = re.compile(r"(?<!\d)\d\s(?:\d/\d+|[¼-¾⅐-⅞])")  # 1 1/2
_X = frozenset({"x", "X"})


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a language from right to left, folded, that tell whether the figure before them counts them.

    ``articles``: beginnings, and ``dual``: endings of words that no figure counts.
    """

    counted: frozenset[str]
    uncounted: frozenset[str]
    articles: tuple[str, ...]
    dual: tuple[str, ...]


@lru_cache(maxsize=64)
def _words(language: LocaleData | None) -> _Words:
    """Those of a language, and of all others: words travel between them. What its own lists say comes first."""
    own, every = {}, {}
    for key in ("words", "uncounted", "articles", "dual"):
        own[key] = frozenset(map(skeleton, language.list("counted", key) if language else ()))
        every[key] = own[key] | frozenset(map(skeleton, facts.everywhere("counted", key)))
    return _Words(
        every["words"] - own["uncounted"],
        every["uncounted"] - own["words"],
        tuple(sorted(every["articles"])),
        tuple(sorted(every["dual"])),
    )


@cache
def _english(section: str, *keys: str) -> frozenset[str]:
    """Words of English, as left-to-right runs have them."""
    lists = facts.english().section(section)
    return frozenset(entry for key in keys or lists for entry in lists.get(key, ()))


def begins(text: str, tokens: list[Span], language: LocaleData | None = None) -> dict[int, int]:
    """Of the left-to-right words and numbers of a right-to-left text, those that begin a figure which its next word
    counts, though another of them stands before it; with the place in ``text`` that parts the two.

    ``language``: the text's own, if it is known.
    """
    words = _words(language)
    found: dict[int, int] = {}
    for last in range(1, len(tokens)):
        end = tokens[last][1]
        if not _figure(text, tokens[last]) or not (_next(_NEXT, text, end) or _next(_NEXT_IN_BRACKETS, text, end)):
            continue
        first = _first(text, tokens, last)
        if first and _counts(text, tokens, first, last, words):
            found[first] = _gap(text, tokens, first)
            if text[slice(*tokens[first - 1])] in _X and first > 1:  # 500 mg x 3 times
                found[first - 1] = _gap(text, tokens, first - 1)
    return found


def _figure(text: str, token: Span) -> bool:
    """Whether a token is a number, or an "x3"."""
    said = text[slice(*token)]
    return bool(re.fullmatch(r"[xX]?\d+", said)) or all(unicodedata.category(char)[0] == "N" for char in said)


def _first(text: str, tokens: list[Span], last: int) -> int:
    """The token that a figure begins with: of 2.5, 1/2, 6–8, 6 – 8, 2 to 3, 10 000, 1 1/2."""
    first, joining = last, _english("between", "to", "or", "and")
    while first:
        start, end = tokens[first - 1]
        between = text[end : tokens[first][0]]
        if _figure(text, (start, end)):
            if re.search(r"[\s()\[\]]", between) and not _one_spaced(text, tokens, first):
                break
            first -= 1
        elif text[start:end] in joining and first > 1 and _figure(text, tokens[first - 2]) and between.isspace():
            first -= 2
        else:
            break
    return first


def _one_spaced(text: str, tokens: list[Span], index: int) -> bool:
    """Whether a number and the one before it are one figure for all the space between them."""
    (start, stop), (begin, end) = tokens[index - 1], tokens[index]
    if _RANGE.fullmatch(text, stop, begin):  # but not "500 – 2 tablets", nor a telephone number before its hours
        whole = (
            text[start:stop].isdecimal() and text[start - 1 : start] not in {".", ","} and text[begin:end].isdecimal()
        )
        rising = not whole or int(text[start:stop]) < int(text[begin:end])
        return rising and _digits_before(text, tokens, index) < 6
    return any((match := whole.match(text, start)) and match.end() > begin for whole in (_THOUSANDS, MIXED))


def _gap(text: str, tokens: list[Span], index: int) -> int:
    """The place that parts a token from the one before it."""
    start, end = tokens[index - 1][1], tokens[index][0]
    return next((at for at in range(start, end) if text[at].isspace()), start)


def _counts(text: str, tokens: list[Span], first: int, last: int, words: _Words) -> bool:
    """Whether a figure begins a run of its own, by what stands before it and after it."""
    start, stop = tokens[first - 1]
    before, between = text[start:stop], text[stop : tokens[first][0]]
    word = skeleton(_next(_NEXT, text, tokens[last][1]))
    dose = _dose(text, tokens, first - 1)
    if not re.search(r"\s", between):
        return bool(word) and between == "/" and dose  # 250 mg/5 ml
    if _figure(text, (start, stop)):
        if _RANGE.fullmatch(between) or _TIMES.fullmatch(between):
            return bool(word)
        short = all(finish - begin <= 2 for begin, finish in tokens[first : last + 1])
        return short and word in words.counted and _digits_before(text, tokens, first) >= 6
    if before.casefold() in _english("months"):  # 12 May 2026, May 5; but "12 May 3 times"
        return word in words.counted and first > 1 and _figure(text, tokens[first - 2])
    if before.casefold() in _english("counted", "numbered"):
        return False
    if dose or before in _X:
        return True  # be the word in brackets
    if before.isupper() and len(before) <= 5:
        return word in words.counted
    if not word or word in words.uncounted:
        return False
    return not (word.startswith(words.articles) or word.endswith(words.dual))


def _next(pattern: re.Pattern[str], text: str, at: int) -> str:
    """The word that follows, if it runs from right to left, or ""."""
    found = pattern.match(text, at)
    return found[1] if found and unicodedata.bidirectional(found[1][0]) in {"R", "AL"} else ""


def _dose(text: str, tokens: list[Span], index: int) -> bool:
    """Whether a word belongs to a number before it: mg in "500 mg", kg in "2 mg/kg", C in "39 °C", "500mg"."""
    while index and not text[tokens[index][0]].isdigit() and not re.search(r"\s", _between(text, tokens, index)):
        index -= 1
    if text[tokens[index][0]].isdigit():
        return True
    return (
        index > 0 and _figure(text, tokens[index - 1]) and bool(re.fullmatch(r"\s+°?", _between(text, tokens, index)))
    )


def _between(text: str, tokens: list[Span], index: int) -> str:
    return text[tokens[index - 1][1] : tokens[index][0]]


def _digits_before(text: str, tokens: list[Span], first: int) -> int:
    """How many digits hang together before a figure, as those of a telephone number or a date: 6 are as good as all."""
    count = 0
    for index in range(first - 1, -1, -1):
        if count >= 6 or not _figure(text, tokens[index]):
            break
        count += tokens[index][1] - tokens[index][0]
        if index and not phone_shapes.GAP.fullmatch(_between(text, tokens, index)):
            break
    return count
