"""Checks on words: negation, words of direction, what was left in English, doubled words, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from plainleaf.checks.translation.cases import Case
from plainleaf.checks.translation.limits import turned_limits
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.facts import english
from plainleaf.languages.folding import HOLE, fold
from plainleaf.languages.letters import LETTER
from plainleaf.languages.scripts import scripts_of
from plainleaf.model import Severity

# Who says one and reads the other is turned round.
OPPOSITES = (
    ("more", "less"), ("before", "after"), ("start", "stop"), ("least", "most"), ("raise", "lower"), ("high", "low"),
    ("morning", "evening"), ("left", "right"), ("hot", "cold"), ("always", "never"), ("safe", "unsafe"),
    ("high", "less"), ("low", "more"),
)  # fmt: skip
# Read the wrong way round where a limit is one word, as "nicht mehr als" is: "more than 8" of "not more than 8".
_TURNED = (("most", "more"), ("least", "less"))
_LOOSE = frozenset({("high", "less"), ("low", "more")})
_LIMITS = ("word:more", "word:less", "word:most", "word:least")
_REVERSIBLE = frozenset({"always", "safe", "unsafe"})
_WORD = re.compile(rf"{LETTER}+(?:['’]{LETTER}+)*")
_LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SYMBOL = 3  # letters of a unit's short form, which is international: ml, mg, kg, mcg
_SHORT = 40  # characters; shorter texts vary too much in length to judge
_MIDDLE = 60, 50  # characters, from which on lengths vary less: without spaces, with them
_LEAST, _LONG = (0.5, 0.55), 2.1  # of the length that one expects: 0.3 % of 2,300 right texts are shorter
_VERBATIM = 4  # words in a row that no translation shares with its source
_LIMIT = re.compile(r"max-length:\s*(\d+)")


# --------------------------------------------------------------------------- negation and direction


def _negation(case: Case) -> Iterator[Problem]:
    if not case.language.knows("word:not") or case.respelling:
        return
    pairs = case.paired
    lost = any(source["word:not"] - _ended(source, target) > _negations(target, source) for source, target in pairs)
    if lost:
        yield Problem("a “not”, “no” or “never” of the source seems to be missing", "read every negation again")
    elif "?" not in case.source.text and any(to["word:not"] and not _negations(at, to) for at, to in pairs):
        yield Problem("the translation says “not” where the source does not", "read every negation again")


def _negations(tags: Counter[str], other: Counter[str]) -> int:
    """Words that may carry a negation of the other side; "at most 8" is "not more than 8"."""
    limits = tags["word:most"] + tags["word:least"] if any(other[limit] for limit in _LIMITS) else 0
    return tags["word:not"] + tags["word:maybe-not"] + tags["word:unsafe"] + limits


def _ended(source: Counter[str], target: Counter[str]) -> int:
    """How often the translation stops what the source is "without": a time without it, a time after stopping it."""
    return min(source["word:without"], max(0, target["word:stop"] - source["word:stop"]))


def _direction(case: Case) -> Iterator[Problem]:
    yield from turned_limits(case)
    told: set[str] = set()
    for source, target in case.paired:
        source, target = _limited(source), _limited(target)
        for pair in (*OPPOSITES, *_TURNED):
            for one, other in (pair, pair[::-1]) if pair in OPPOSITES else (pair,):
                if pair in _TURNED and _may_limit(target):
                    continue
                here, there = f"word:{one}", f"word:{other}"
                if one in _REVERSIBLE and (source["word:not"] or target["word:not"]):
                    continue  # "not safe" is unsafe
                if one == "never" and target["word:not"]:
                    continue  # "do not always"
                if pair in _LOOSE and (source["word:lower"] or source["word:raise"]):
                    continue  # to lower a dose over 4 weeks
                turned = source[here] and not target[here] and target[there] > source[there]
                if turned and one not in told and case.language.knows(here):
                    told.add(one)
                    what = f"the source says “{one}”, the translation “{other}”{case.target.said(there)}"
                    yield Problem(what, "read it against the source", soft=not case.language.sure_of(one, other))


def _limited(tags: Counter[str]) -> Counter[str]:
    """The same with what a negated comparison amounts to: "do not take more than" is "at most", and no "more"."""
    if not tags["word:not"] or bool(tags["word:more"]) == bool(tags["word:less"]):
        return tags
    here, limit = ("word:more", "word:most") if tags["word:more"] else ("word:less", "word:least")
    return tags + Counter({limit: 1}) - Counter({here: 1})


def _may_limit(target: Counter[str]) -> bool:
    """Whether a comparison may be negated; "more than" alone, which may say "not only", is none."""
    doubtful = target["word:maybe-not"] - target["word:more"] - target["word:less"]
    return bool(target["word:not"] or target["word:most"] or target["word:least"] or doubtful > 0)


# --------------------------------------------------------------------------- left in English


def _untranslated(case: Case) -> Iterator[Problem]:
    if case.respelling or case.language.base == case.source.data.base:
        return
    source, text = case.source.text.strip(), case.target.text.strip()
    if text.casefold() == source.casefold():
        yield from _same(case, source)
        return
    run = _english_run(source, text)
    if run:
        yield Problem(f"“{run}” is still in English", "translate it")


def _same(case: Case, source: str) -> Iterator[Problem]:
    words = [word for word in _LATIN.findall(source.replace(HOLE, " ")) if word not in case.names]
    allowed = case.language.folded("exceptions", "same")
    allowed |= _units(case)
    left = [word for word in words if fold(word) not in allowed and not _is_name(word)]
    if not left:
        return
    common = any(fold(word) in english().folded("words", "english") for word in left)
    latin = case.locale.script == "Latn"
    certain = common or case.message.safety or (not latin and any(word.islower() for word in left))
    sure = certain or len(left) > 2
    danger = ", and it is a safety message" if case.message.safety else ""
    yield Problem(
        f"is the same as the source{danger}", "translate it; if it is right so, waive “untranslated”", not sure
    )


def _units(case: Case) -> set[str]:
    """Units that the language writes as the source does: 5 ml is 5 ml."""
    units = (hit for hit in case.target.hits if any(tag.startswith("unit:") for tag in hit.tags))
    return {word for hit in units if len(word := case.target.folded[hit.start : hit.end]) <= _SYMBOL}


def _is_name(word: str) -> bool:
    """A word that is written alike everywhere: OxyContin, FDA."""
    return word.isupper() or any(letter.isupper() for letter in word[1:])


def _english_run(source: str, text: str) -> str:
    """Three or more words in a row that the source has too, two of them small words of English."""
    if not _LATIN.search(text):
        return ""
    common = english().folded("words", "english")
    whole = " " + " ".join(_LATIN.findall(source.lower())) + " "
    words = _LATIN.findall(text)
    for start in range(len(words) - _VERBATIM + 1):  # "Avoid alcohol for 24 hours" has one small word
        run = words[start : start + _VERBATIM]
        plain = [word for word in run[1:] if word.islower()]
        if len(plain) == len(run) - 1 and any(word in common for word in run) and f" {' '.join(run).lower()} " in whole:
            return " ".join(run)
    for start in range(len(words) - 2):
        run = words[start : start + 3]
        if sum(word in common for word in run) > 1 and f" {' '.join(run).lower()} " in whole:
            return " ".join(run)
    return ""


# --------------------------------------------------------------------------- doubled, length


def _doubled(case: Case) -> Iterator[Problem]:
    if case.respelling or not case.language.has_script:
        return
    allowed = case.language.folded("exceptions", "doubled")
    if not case.language.spaced:
        yield from _doubled_letters(case, allowed)
        return
    words = list(_WORD.finditer(case.target.folded))
    for one, other in pairwise(words):
        between = case.target.folded[one.end() : other.start()]
        if one[0] == other[0] and between.isspace() and one[0] not in allowed and not _doubled_in_source(case, one[0]):
            yield Problem(f"“{one[0]}” appears twice", "delete one of them")


def _doubled_in_source(case: Case, word: str) -> bool:
    return f"{word} {word}" in case.source.folded


def _doubled_letters(case: Case, allowed: frozenset[str]) -> Iterator[Problem]:
    for match in re.finditer(r"([^\W\d_a-z]{2,6}?)\1", case.target.folded):
        if match[1] not in allowed and len(set(match[1])) > 1:
            yield Problem(f"“{match[1]}” appears twice", "delete one of them")
    for letter in case.language.list("exceptions", "never-doubled"):
        for _ in range(case.target.folded.count(letter * 2)):
            yield Problem(f"“{letter}” appears twice", "delete one of them")


# A name that the source has, in brackets behind what another script makes of it: 納洛酮（naloxone）.
_BESIDE = re.compile(r"(?<![a-z ])[（(]([a-z]+)")


def _length(case: Case) -> Iterator[Problem]:
    source, target = len(case.source.text), len(case.target.text)
    limits = [int(found[1]) for told in (*case.message.flags, *case.message.comments) if (found := _LIMIT.search(told))]
    if limits and target > min(limits):
        yield Problem(f"has {target} characters, the layout has room for {min(limits)}", "shorten it")
    if source < _SHORT or case.respelling or not case.language.has_script:
        return
    beside = sum(len(name) for name in _BESIDE.findall(case.target.folded) if name in case.source.folded)
    ratio = (target - beside) / source / case.language.value("length", 1.15 if case.language.spaced else 0.4)
    fewer = len(case.target.sentences) < len(case.source.sentences)
    if ratio > _LONG:
        yield Problem("is far longer than one expects", "is something in it that the source does not say?")
    elif ratio < _LEAST[source >= _MIDDLE[case.language.spaced]] or (fewer and ratio < 0.75):
        yield Problem("is far shorter than one expects", "is a sentence missing?")


def _script(case: Case) -> Iterator[Problem]:
    """A translation with no letter of its own script."""
    wanted = {entry for entry in case.language.list("", "scripts") if entry != "LATIN"}
    if not wanted or case.respelling:
        return
    text = case.target.text
    if not scripts_of(text) & wanted and text.strip() != case.source.text.strip():
        words = [word for word in _LATIN.findall(text) if word not in case.names and word.islower()]
        if len(words) > 1:
            yield Problem("is not written in the letters of its language", "write it in the script of the locale")


CHECKS = (
    Check(
        "po-negation",
        Severity.WARNING,
        "One dropped “not” turns advice into danger. Word lists cannot read, so this asks for a second look.",
        _negation,
        (
            Example("es", "Do not start before that.", "Empiece antes."),
            Example("zh_Hans", "Do not stop on your own.", "请自行停止。"),
            Example("fr", "Take it with food.", "Ne le prenez pas avec de la nourriture."),
        ),
        (
            Example("es", "Do not start before that.", "No empiece antes."),
            Example("fr", "Avoid alcohol.", "Ne buvez pas d’alcool."),
        ),
    ),
    Check(
        "po-direction",
        Severity.ERROR,
        "Less for more, before for after, stop for start: the sentence still reads well, and is the opposite. A warning"
        " where only one source has the words of the language.",
        _direction,
        (
            Example("es", "Your body can stand less opioid.", "Su cuerpo aguanta más opioide."),
            Example("de", "Take it before a meal.", "Nehmen Sie es nach dem Essen ein."),
            Example("de", "For children from 12 years", "Für Kinder bis 12 Jahre"),
        ),
        (
            Example("es", "Your body can stand less opioid.", "Su cuerpo aguanta menos opioide."),
            Example("de", "Take it before a meal.", "Nehmen Sie es vor dem Essen ein."),
        ),
    ),
    Check(
        "po-untranslated",
        Severity.ERROR,
        "A line in English is lost on a reader who does not read English; in a warning it can cost a life.",
        _untranslated,
        (
            Example("es", "Tell your family where you keep it.", "Tell your family where you keep it."),
            Example("es", "Confused", "Confused", safety=True),
            Example("ar", "Ask your doctor. Do not stop on your own.", "اسأل طبيبك. Do not stop on your own."),
        ),
        (
            Example("es", "placebo", "placebo"),
            Example("zh_Hans", "Depade, ReVia", "Depade, ReVia", names=frozenset({"Depade", "ReVia"}), safety=True),
            Example("es", "nal-TREX-own", "nal-TREX-own"),
        ),
        "WCAG 2.2, 3.1.2 Language of Parts",
    ),
    Check(
        "po-script",
        Severity.ERROR,
        "Hindi typed in Latin letters is hard to read for most, and a screen reader spells it in English.",
        _script,
        (Example("hi", "Ask your doctor.", "Apne doctor se poochhein."),),
        (
            Example("hi", "Ask your doctor.", "अपने डॉक्टर से पूछें।"),
            Example("hi", "Vivitrol", "Vivitrol"),
            Example("hi", "ReVia tablets", "ReVia goli"),
        ),
        "WCAG 2.2, 3.1.1 Language of Page",
    ),
    Check(
        "po-doubled",
        Severity.WARNING,
        "A word typed twice makes poor readers lose the thread. Where a language doubles words, its list allows it.",
        _doubled,
        (
            Example("es", "Tell your doctor.", "Dígale a su su médico."),
            Example("zh_Hans", "your doctor", "您的的医生"),
            Example("zh_Hans", "Ask the doctor.", "请问医生医生。"),
        ),
        (
            Example("fr", "We wash.", "Nous nous lavons."),
            Example("hi", "slowly", "धीरे धीरे"),
            Example("zh_Hans", "Speak slowly.", "请慢慢说，哈哈哈哈。"),
            Example("es", "It hurts very, very much.", "Duele muy, muy fuerte."),
            Example("es", "no, no", "no, no"),
        ),
    ),
    Check(
        "po-length",
        Severity.WARNING,
        "A text far longer than its source does not fit its box; one far shorter has lost a sentence.",
        _length,
        (
            Example("es", "Tip", "Consejo para usted", flags=("max-length:10",)),
            Example(
                "es",
                "Ask your care team what is true where you live.",
                "Pregunte a su equipo qué es lo que vale en el lugar donde usted vive y donde vive toda su familia,"
                " pues cada lugar tiene sus reglas y sus costumbres, y su equipo las conoce.",
            ),
            Example(
                "es",
                "The implant is not a cure. It works only along with your own wish to recover.",
                "El implante no cura.",
            ),
        ),
        (
            Example(
                "zh_Hant",
                "Naloxone is not naltrexone (another medicine).",
                "納洛酮（naloxone）不是納曲酮（naltrexone，另一種藥）。",
            ),
            Example(
                "es",
                "Ask your care team what is true where you live.",
                "Pregunte a su equipo qué es válido donde vive.",
            ),
        ),
    ),
)
