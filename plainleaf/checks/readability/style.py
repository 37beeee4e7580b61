"""Checks on how it is said: filler, words that talk down, hidden verbs, double negatives, letters, figures, order.

All are warnings; each looks into every text that is printed or read aloud.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainleaf.model import Finding, Severity
from plainleaf.readability import style
from plainleaf.readability.scores import Reading
from plainleaf.readability.sentences import Sentence
from plainleaf.readability.wording import wording

Found = tuple[Finding, str]  # with the id of its block, for waivers
NAMES = ("filler", "tone", "noun", "negative", "letters", "figure", "order", "same-thing")


def check(reading: Reading) -> Iterator[Found]:
    """All findings on an edition, text by text in reading order, then those that need all of it."""
    yield from texts(reading)
    yield from _letters(reading)
    yield from _same_things(reading)


def texts(reading: Reading) -> Iterator[Found]:
    """What each text shows by itself."""
    for sentence in reading.prose.texts:
        yield from _phrases(sentence, reading)
        yield from _sentence(sentence, reading)


def _phrases(sentence: Sentence, reading: Reading) -> Iterator[Found]:
    lists = wording(reading.data)
    for phrase, better in lists.filler.find(sentence.text):
        yield _found("filler", sentence, f"“{phrase}” is not needed", f"write: {better}")
    for phrase, better in lists.condescending.find(sentence.text):
        yield _found("tone", sentence, f"“{phrase}” can sound condescending", better)
    for phrase, verb in lists.made_of_verbs.find(sentence.text):
        yield _found("noun", sentence, f"“{phrase}” hides a verb in a noun", f"say it with the verb: “{verb}”")


def _sentence(sentence: Sentence, reading: Reading) -> Iterator[Found]:
    text, data = sentence.text, reading.data
    for phrase in style.double_negatives(text, data):
        what = f"“{phrase}” has two negations: readers lose one"
        yield _found("negative", sentence, what, "say what is so, or what to do first")
    for phrase, better in style.figures(text, data):
        yield _found("figure", sentence, f"“{phrase}” is harder to grasp than figures", f"write “{better}”")
    for phrase in style.late_conditions(text, data):
        what = f"the condition “{phrase}” comes after what it is for: readers may have done it by then"
        yield _found("order", sentence, what, "begin with the condition: “If ..., take ...”")


def _letters(reading: Reading) -> Iterator[Found]:
    """Letters for a name that nothing in the leaflet spells out; each once, where it is first used."""
    known = reading.data.list("short-words", "known")
    if not known:
        return
    sentences = reading.prose.texts
    texts = [sentence.text for sentence in sentences]
    seen = set(known)
    for sentence in sorted(sentences, key=lambda each: each.at):
        for word in style.short_words(sentence.text):
            if word in seen:
                continue
            seen.add(word)
            if word.lower() not in reading.terms and not style.spelt_out(word, texts, reading.data):
                what = f"“{word}” is not spelt out anywhere in the leaflet"
                hint = f"write the name in full, with the letters after it: “... ({word})”"
                yield _found("letters", sentence, what, hint)


def _same_things(reading: Reading) -> Iterator[Found]:
    sentences = reading.prose.texts
    texts = enumerate(sentence.text for sentence in sentences)
    for number, word, usual in style.same_things(texts, reading.data):
        what = f"“{word}” here is “{usual}” elsewhere: readers take them for two things"
        yield _found(
            "same-thing", sentences[number], what, "use one word for one thing, or explain the other in brackets"
        )


def _found(name: str, sentence: Sentence, what: str, hint: str) -> Found:
    return Finding(f"readability-{name}", Severity.WARNING, what, sentence.at, hint, sentence.po), sentence.block
