"""What makes a sentence harder than its words: two negations, letters for a name, an action before its condition.

Each finder takes a text and the data of its language, and gives what it found as it stands, with what to write. A
language without the lists has nothing found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from plainleaf.languages.digits import ROMAN
from plainleaf.languages.facts import LocaleData
from plainleaf.readability.wording import either, spellings

Hit = tuple[str, str]  # as it stands, what to write


def _whole(alternatives: str) -> str:
    return rf"(?<!\w)(?:{alternatives})(?!\w)"


# --------------------------------------------------------------------------- two negations


@lru_cache(maxsize=64)
def _negatives(data: LocaleData) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    nots, words, breaks, fine = (either(data.list("negatives", key)) for key in ("nots", "words", "breaks", "fine"))
    if not (nots and words):
        return None
    between = rf"(?:\s+(?!(?:{breaks})(?!\w))[\w'’-]+)" if breaks else r"(?:\s+[\w'’-]+)"
    pattern = rf"{_whole(nots)}{between}{{0,5}}?\s+(?P<other>{words})(?!\w)"
    return re.compile(pattern, re.IGNORECASE), re.compile(_whole(fine) if fine else "(?!)", re.IGNORECASE)


def double_negatives(text: str, data: LocaleData) -> Iterator[str]:
    """A negation with another one in the same clause: "do not stop unless", "not uncommon"."""
    patterns = _negatives(data)
    text = text.replace("’", "'")
    for found in patterns[0].finditer(text) if patterns else ():
        if patterns and not any(fine.start() <= found.start() < fine.end() for fine in patterns[1].finditer(text)):
            yield found[0]


# --------------------------------------------------------------------------- letters for a name

_LETTERS = re.compile(
    r"(?<![\w@./&'’-])(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,4}|(?:[A-Z]\.){2,5})s?(?![\w@&]|-\d|\.\w|\s\d{5})"
)


def short_words(text: str) -> Iterator[str]:
    """Words of capitals, such as COPD or NSAIDs; a text all in capitals has none."""
    small = sum(character.islower() for character in text)
    for found in _LETTERS.finditer(text) if small > 1 else ():
        word = found[0].removesuffix("s").replace(".", "")
        if not ROMAN.fullmatch(word):
            yield word


def spelt_out(word: str, texts: Iterable[str], data: LocaleData) -> bool:
    """Whether any of the texts says what the letters mean: "... (COPD)", "COPD (...)", "COPD means ...".

    A bracket of some letters must follow words; "(COPD, asthma)" is an example and no name.
    """
    means = either(data.list("short-words", "explained-by"))
    spelt = r"\.?".join(map(re.escape, word))
    pattern = rf"\w[”\"’]?\s*[(（][“\"‘]?{spelt}s?[”\"’]?[)）]|(?<!\w){spelt}s?\s*[(（]\w"
    pattern += rf"|(?<!\w){spelt}s?[”\"’]?,?\s+(?:{means})(?!\w)" if means else ""
    return any(re.search(pattern, text) for text in texts)


# --------------------------------------------------------------------------- figures


@lru_cache(maxsize=64)
def _figures(data: LocaleData) -> tuple[re.Pattern[str], ...]:
    people, counted, ordinary = (either(data.list("figures", key)) for key in ("people", "counted", "ordinary"))
    numbers = "|".join(re.escape(entry.partition("=")[0]) for entry in data.list("figures", "numbers"))
    if not (people and numbers and counted):
        return ()
    of_people = rf"\s+(?:of\s+(?:all\s+|the\s+)?)?(?:\w+\s+)?(?:{people})(?!\w)"
    either_way = rf"{numbers}|one|\d+"
    word = rf"(?:(?!(?:{ordinary})\s)\w+\s+)?" if ordinary else ""
    percent = rf"(?<![\w.,])(?P<figure>\d+(?:\.\d+)?)\s?(?:%|percent|per cent)(?={of_people})"
    chance = rf"(?<![\w-])(?P<one>{either_way})\s+(?:in|out of|of)\s+(?:every\s+)?(?P<of>{numbers})(?![\w-])"
    named = rf"(?<![\w-])(?:{numbers})(?=\s+{word}(?:{counted})(?!\w))"
    patterns = (percent, chance, named, rf"(?<![\w.,:/-])(?!0)\d{{5,}}(?=\s+(?:{people}|{counted})(?!\w))")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def figures(text: str, data: LocaleData) -> Iterator[Hit]:
    """Chances as percentages or words, numbers in words, long figures without a mark: each with a plainer form."""
    patterns = _figures(data)
    if not patterns:
        return
    percent, chance, word, long = patterns
    values = dict(entry.partition("=")[::2] for entry in data.list("figures", "numbers"))
    for found in percent.finditer(text):
        if right := natural(float(found["figure"])):
            yield found[0], right
    chances = [*chance.finditer(text)]
    for found in chances:
        one, of = (values.get(found[name].lower(), found[name]) for name in ("one", "of"))
        yield found[0], f"{one} in {of}"
    for found in word.finditer(text):
        if not any(each.start() <= found.start() < each.end() for each in chances):
            yield found[0], values[found[0].lower()]
    for found in long.finditer(text):
        yield found[0], f"{int(found[0]):,}"


def natural(percent: float) -> str:
    """A share as a count of people that readers can see: 5 % is 1 in 20. "" for none or all."""
    if not 0 < percent < 100:
        return ""
    for whole in (2, 3, 4, 5, 8, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000):
        part = percent * whole / 100
        if abs(part - round(part)) < 0.01 * whole / 100 + 1e-9 and round(part) >= 1:
            return f"{round(part)} in {whole:,}"
    return f"about {round(percent)} in 100" if percent >= 1 else ""


# --------------------------------------------------------------------------- action and condition


@lru_cache(maxsize=64)
def _order(data: LocaleData) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    actions, conditions, fine = (either(data.list("order", key)) for key in ("actions", "conditions", "fine"))
    if not (actions and conditions):
        return None
    late = rf"^[\W\d]*(?:{actions})(?!\w)[^,;:.!?]*?,?\s(?P<condition>(?:{conditions})(?!\w).*)"
    return re.compile(late, re.IGNORECASE), re.compile(rf"(?:{fine})(?!\w)" if fine else "(?!)", re.IGNORECASE)


def late_conditions(text: str, data: LocaleData) -> Iterator[str]:
    """A condition behind what it is for: readers have taken the tablets before they come to it."""
    patterns = _order(data)
    found = patterns[0].match(text) if patterns else None
    if patterns and found and not patterns[1].match(found["condition"]):
        yield found["condition"].rstrip(" .!?")


# --------------------------------------------------------------------------- one word for one thing


@lru_cache(maxsize=64)
def _same(data: LocaleData) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each thing the pattern of its words; the group that matched is the word's number."""
    made = []
    for forms in data.texts("same-thing"):
        words = [
            [*form.split("|"), *(other for each in form.split("|") for other in spellings(each, data))]
            for form in forms.split(" / ")
        ]
        groups = "|".join(f"(?P<w{number}>{either(group)})" for number, group in enumerate(words))
        made.append((forms, re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])", re.IGNORECASE)))
    return tuple(made)


def same_things(texts: Iterable[tuple[int, str]], data: LocaleData) -> Iterator[tuple[int, str, str]]:
    """Where one thing has a second name: the number of the text, the word there, the word that most texts use.

    Words that stand in brackets, or that brackets explain, are two names on purpose.
    """
    texts = tuple(texts)
    for _, pattern in _same(data):
        found: dict[str, list[tuple[int, str]]] = {}
        explained: set[str] = set()
        for number, text in texts:
            for match in pattern.finditer(text):
                name = str(match.lastgroup)
                found.setdefault(name, []).append((number, match[0]))
                before, after = text[: match.start()], text[match.end() :]
                if before.count("(") > before.count(")") or re.match(r"\s*\(", after):
                    explained.add(name)
        if len(found) > 1 and not explained:
            most = max(found, key=lambda name: (len(found[name]), -found[name][0][0]))
            for name, places in found.items():
                if name != most:
                    yield *places[0], found[most][0][1]
