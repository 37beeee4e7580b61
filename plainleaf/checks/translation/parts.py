"""Checks on the parts of a text: which words are bold, a sentence that is gone, one that came from another entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainleaf.checks.translation.cases import Case, Side, sentences_of
from plainleaf.checks.translation.registry import Check, Example, Problem
from plainleaf.languages.folding import bare
from plainleaf.languages.letters import LETTER
from plainleaf.model import Severity

_BOLD = re.compile(r"<b>(.*?)</b>")
_TELLING = ("word:not", "word:stop", "word:start", "word:now", "word:never", "word:always", "word:only")
_BREAKS = re.compile("[;:—–；：]")
_SHORT = 30  # characters; of shorter texts how they are cut is a matter of style, and of abbreviations
_GROWN, _WHOLE = 1.25, (1.1, 0.9)  # of the length that one expects: too long; too short, for few sentences and many
_FEW = 3
_TORN = re.compile(rf"{LETTER}{{4}}[.!?] ((?![A-Z]){LETTER}{{2,}})")


# --------------------------------------------------------------------------- bold


def _bold(case: Case) -> Iterator[Problem]:
    here, there = _BOLD.search(case.message.text), _BOLD.search(case.translation)
    if case.respelling or not here or not there or case.translation.count("<b>") != case.message.text.count("<b>"):
        return
    compared = bool(case.language.list("marks", "stops"))  # Thai has none
    moved = compared and _sentence_of(case.message.text, here) != _sentence_of(case.translation, there)
    if moved or _says_less(case, here, there):
        yield Problem("other words are bold than in the source", "put <b> and </b> around the same words")


def _sentence_of(text: str, bold: re.Match[str]) -> int:
    """In which sentence the bold words are; -1 where it cannot be compared: one sentence, or bold of several."""
    parts = sentences_of(bare(text))
    if len(parts) != 2 or len(sentences_of(bare(bold[1]))) > 1 or len(bare(bold[1])) > len(bare(text)) * 0.9:
        return -1
    return len(sentences_of(bare(text[: bold.start()]) + "x")) - 1


def _says_less(case: Case, here: re.Match[str], there: re.Match[str]) -> bool:
    """Whether a word that tells what to do is bold in the source, and only outside of the bold words here."""
    inside, outside = Side(bare(here[1]), case.source.data, True), _outside(case.message.text, here, case.source, True)
    own, rest = Side(bare(there[1]), case.language, False), _outside(case.translation, there, case.target, False)
    return any(
        inside.has(tag) and not outside.has(tag) and rest.has(tag) and not own.has(tag) and not own.has("word:unsafe")
        for tag in _TELLING
    )


def _outside(text: str, bold: re.Match[str], side: Side, is_source: bool) -> Side:
    return Side(bare(f"{text[: bold.start()]} ... {text[bold.end() :]}"), side.data, is_source)


# --------------------------------------------------------------------------- sentences


def _sentences(case: Case) -> Iterator[Problem]:
    if case.respelling or not case.language.list("marks", "stops"):
        return
    torn = _TORN.search(case.target.text) if "." in case.language.list("marks", "stops") else None
    if torn and torn[1][0] != torn[1][0].title() and not _TORN.search(case.source.text):
        yield Problem(f"“{torn[1]}” begins a sentence in small letters", "is this a part of another text?")
        return
    source, target = len(case.source.sentences), len(case.target.sentences)
    ratio = _length(case)
    if target > source and ratio > _GROWN and len(case.source.text) > _SHORT and not _may_be_parted(case):
        yield Problem("has a sentence more than the source", "is this a part of another text?")
    elif target < source and len(case.source.text) > _SHORT and ratio < _WHOLE[source >= _FEW] and not _joins(case):
        yield Problem("has a sentence less than the source", "is a sentence missing?")


def _length(case: Case) -> float:
    expected = case.language.value("length", 1.15 if case.language.spaced else 0.4)
    return float(len(case.target.text) / max(1, len(case.source.text)) / expected)


def _may_be_parted(case: Case) -> bool:
    return bool(_BREAKS.search(case.source.text)) or case.source.has("word:and", "word:or") or "," in case.source.text


def _joins(case: Case) -> bool:
    """Whether two sentences may have become one: a word or mark that the source does not have joins them."""
    breaks = len(_BREAKS.findall(case.target.text)) > len(_BREAKS.findall(case.source.text))
    return breaks or case.target.count("word:and") > case.source.count("word:and") or case.target.has("word:or")


CHECKS = (
    Check(
        "po-bold",
        Severity.ERROR,
        "Who reads only what is bold must read the warning, not what is allowed.",
        _bold,
        (
            Example(
                "es",
                "<b>Do not take this</b> with alcohol. You can drink juice.",
                "No tome esto con alcohol. <b>Puede beber jugo.</b>",
            ),
            Example("sv", "<b>Stop</b> if you feel dizzy, and sit down.", "Sluta om du är yr, <b>och sätt dig</b>."),
        ),
        (
            Example(
                "es",
                "<b>Do not take this</b> with alcohol. You can drink juice.",
                "<b>No tome esto</b> con alcohol. Puede beber jugo.",
            ),
            Example("sv", "<b>Stop</b> if you feel dizzy, and sit down.", "<b>Sluta</b> om du är yr, och sätt dig."),
            Example("th", "<b>Stop.</b> Do what they say.", "<b>หยุด</b> ทำตามที่เจ้าหน้าที่บอก"),
        ),
    ),
    Check(
        "po-sentences",
        Severity.WARNING,
        "A sentence that is gone takes its advice along; one that slid in from another entry gives a wrong one.",
        _sentences,
        (
            Example(
                "de",
                "You may feel sick for a few hours. This is normal. Call us if you vomit blood.",
                "Ihnen kann einige Stunden lang übel sein. Rufen Sie uns an, wenn Sie Blut erbrechen.",
            ),
            Example(
                "pl",
                "Rinse your mouth with water after you use the inhaler.",
                "Po użyciu inhalatora wypłucz usta wodą. przed snem, a drugą tabletkę rano.",
            ),
        ),
        (
            Example(
                "de",
                "You may feel sick for a few hours. This is normal. Call us if you vomit blood.",
                "Ihnen kann einige Stunden lang übel sein. Das ist normal. Rufen Sie uns an, wenn Sie Blut erbrechen.",
            ),
            Example(  # letters without capitals
                "ka",
                "What you tick or write here is not saved and not sent. It is gone when you close this page.",
                "რასაც აქ მონიშნავთ ან ჩაწერთ, არ ინახება და არ იგზავნება. ამ გვერდის დახურვისას ის წაიშლება.",
            ),
            Example(  # a sentence that ends in a vowel sign
                "ta",
                "What you tick or write here is not saved and not sent. It is gone when you close this page.",
                "நீங்கள் இங்கே குறியிடுவதும் எழுதுவதும் சேமிக்கப்படாது, எங்கும் அனுப்பப்படாது. இந்தப் பக்கத்தை மூடியதும் அது அழிந்துவிடும்.",
            ),
        ),
    ),
)
