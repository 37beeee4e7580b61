"""Running text cut into sentences, and sentences into words; what ends a sentence differs by language.

A full stop ends none after an abbreviation ("e.g.", "Dr."), an initial, an ordinal ("am 3. Mai") or before a small
letter; "?" and "!" end none before one ("“Why?” she asked"). Chinese, Japanese, Thai, Khmer and Burmese have no spaces
between words: their units are characters, in Khmer and Burmese each letter with the signs and letters on and under it.
Thai and Lao have no full stop either: a space between letters parts sentences and clauses there.
"""

from __future__ import annotations

import re

from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import PLACEHOLDER
from plainleaf.languages.letters import COMBINING, LETTER
from plainleaf.languages.punctuation import CLOSERS, OPENERS, OWN_ENDS, SHARED_ENDS, WIDE_ENDS
from plainleaf.languages.sentence_rules import SentenceRules, sentence_rules

_CJK = "\u3005\u3040-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
_THAI = "\u0e00-\u0e3e\u0e40-\u0e5b\u0e80-\u0eff"
WORD = re.compile(
    rf"{PLACEHOLDER.pattern}"
    rf"|\d+(?:[.,:/’'\u00a0\u202f–-]\d+)*{LETTER}*(?:-{LETTER}+)*"
    rf"|{LETTER}+(?:[.'’ʼ·‐‑-](?:{LETTER}|\d)+)*\d*"
)
_KHMER = "\u1780-\u17b3"
_BURMESE = "\u1000-\u102a\u103f\u104c-\u104f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081"
_STACKED = (  # behind coeng and virama stands a letter that is written under the one before
    rf"[{_KHMER}](?:\u17d2[{_KHMER}]|[\u17b4-\u17d1\u17dd])*|[{_BURMESE}](?:\u1039[{_BURMESE}]|[{COMBINING}])*"
)
_CHARACTER = re.compile(rf"[{_CJK}{_THAI}]|{_STACKED}|{PLACEHOLDER.pattern}|[^\W_{_CJK}{_THAI}{_KHMER}{_BURMESE}]+")

_OPENERS = OPENERS + "–—- "
_END = re.compile(
    rf"(?P<mark>[{WIDE_ENDS}]+|[{OWN_ENDS}]+|[{SHARED_ENDS}]+|;(?=\s))(?P<close>[{CLOSERS}]*)(?P<gap>\s*)"
)
_ONE_LETTER_WORDS = "aáàâãäåæeéèêëiíïîoóòôöøuúùûüyýąęőűавиікосуяєїґё"  # vowels, and words of Slavic languages
_GAP = re.compile(rf"(?<=[{_THAI})”]) (?=[{_THAI}])")  # none beside a figure or a Latin name
_INITIALS = re.compile(rf"(?:{LETTER}\.)+{LETTER}")


def sentences(text: str, language: LocaleData) -> tuple[str, ...]:
    """The sentences of one paragraph, list point or answer, without the space around them."""
    rules = sentence_rules(language)
    text = " ".join(text.split())
    found, start = [], 0
    for end in _END.finditer(text):
        if _ends(text[start : end.start()], end, text[end.end() :], rules):
            found.append(text[start : end.end("close")].strip())
            start = end.end("close")
    found.append(text[start:].strip())
    if rules.spaces:
        found = [part for sentence in found for part in _GAP.split(sentence)]
    return tuple(sentence for sentence in found if sentence)


def _ends(before: str, end: re.Match[str], rest: str, rules: SentenceRules) -> bool:
    """Whether a mark between ``before`` (the sentence so far) and ``rest`` ends the sentence."""
    mark = end["mark"]
    if mark[0] in WIDE_ENDS:
        return not (end["close"] and rest.startswith(("と", "って")))  # 「はい。」と言いました。
    if mark[0] == ";" and ";" not in rules.also_ends:  # the Greek question mark
        return False
    if mark[0] in OWN_ENDS:
        return True
    following = rest.lstrip(_OPENERS)
    if not end["gap"] or not rest or (following[:1].islower()):
        return False
    if mark != ".":
        return True
    chunks = before.split()
    last = chunks[-1].lstrip(_OPENERS) if chunks else ""
    word = WORD.match(following)
    return _full_stop_ends(chunks[:-1], last, word[0] if word else following[:1], rules)


def _full_stop_ends(earlier: list[str], last: str, word: str, rules: SentenceRules) -> bool:
    """Whether a single "." after ``last`` and before ``word`` ends a sentence."""
    low = last.lower()
    bare = re.split("['’]", low)[-1]  # l'ing. Rossi
    if {low, bare} & rules.abbreviations and not (len(last) == 1 and last.isupper()):
        return False
    if {low, bare} & rules.before_figure or (rules.streets and last[:1].isupper() and low.endswith(rules.streets)):
        return not (word[:1].isdigit() or re.fullmatch("[IVXLC]+", word))
    if len(last) == 1 and last.islower() and (found := _small_letter_ends(earlier, last, word, rules)) is not None:
        return found
    if low in rules.last or _INITIALS.fullmatch(last):
        return _starts(word, rules) if "." in last else not word[:1].isdigit()
    if len(last) == 1 and last.isupper():  # "J. Smith" and "z. B.", but "vitamin C. Take it"
        before = earlier[-1].strip(_OPENERS).lower() if earlier else ""
        return before in rules.lettered or (word in rules.starters and not before.endswith("."))
    if last.isdigit() and len(last) <= 2:
        if not earlier:
            return False  # "1. Wash your hands"
        before = earlier[-1].strip(_OPENERS).lower()
        return rules.ordinals is None or not (word.lower() in rules.months or before in rules.ordinals)
    return True


def _small_letter_ends(earlier: list[str], last: str, word: str, rules: SentenceRules) -> bool | None:
    """Whether "h." of "9 h." or "h. c. Meier" ends a sentence: a unit, or half of what is short for two words. None for
    words of one letter."""
    before = earlier[-1].strip(_OPENERS) if earlier else ""
    if before[-1:].isdigit():
        return not word[:1].isdigit()
    if re.fullmatch(rf"{LETTER}\.", before) or last not in _ONE_LETTER_WORDS:
        return word in rules.starters
    return None


def _starts(word: str, rules: SentenceRules) -> bool:
    """Whether a word begins a sentence for sure: with a capital, though it is small inside a sentence."""
    return word in rules.starters if rules.starters else not word[:1].isdigit()


def counts_characters(language: LocaleData) -> bool:
    """Whether a language's sentences are measured in characters."""
    return sentence_rules(language).characters


def words(sentence: str, language: LocaleData) -> tuple[str, ...]:
    """The words of a sentence; characters in languages without spaces (a Latin word or a figure among them is one)."""
    pattern = _CHARACTER if counts_characters(language) else WORD
    return tuple(pattern.findall(sentence))
