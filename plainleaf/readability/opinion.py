"""textstat's second opinion on the same prepared text; the only importer of textstat.

The language is passed as an argument (its ``set_lang`` is global). English syllables come from our own data: textstat
would download them. Sentences are handed over as it understands them: one line, one full stop, no other marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from plainleaf.languages import facts
from plainleaf.readability import english
from plainleaf.readability.scores import Reading

# Our formula, its function in textstat.backend.metrics; those whose counts mean the same there.
_METRICS = {
    "flesch-kincaid": "flesch_kincaid_grade",
    "szigriszt": "szigriszt_pazos",
    "amstad": "flesch_reading_ease",
    "douma": "flesch_reading_ease",
    "kandel-moles": "flesch_reading_ease",
    "oborneva": "flesch_reading_ease",
    "lix": "lix",
    "gulpease": "gulpease_index",
}
# What one school grade is worth in the unit of each formula.
GRADE = {"flesch-kincaid": 1.0, "wiener-1": 1.0, "fog-pl": 1.0, "lix": 5.0, "gulpease": 10.0}
_EASE_GRADE = 10.0  # the scales of reading ease


@dataclass(frozen=True, slots=True)
class Opinion:
    """textstat's value beside ours, in the formula's unit; ``grades`` is how far apart, in school grades."""

    formula: str
    ours: float
    theirs: float

    @property
    def grades(self) -> float:
        return abs(self.ours - self.theirs) / grade(self.formula)


def grade(formula: str) -> float:
    """What one school grade is worth in the unit of a formula."""
    return GRADE.get(formula, _EASE_GRADE)


def second(reading: Reading) -> Opinion | None:
    """textstat on the first formula of a reading; ``None`` if it has no such formula or no text."""
    for score in reading.scores:
        if score.formula.id in _METRICS and score.goal and reading.counts.words:
            return Opinion(score.formula.id, score.value, _theirs(_METRICS[score.formula.id], reading))
    return None


def _refuse(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("Plainleaf downloads no data for textstat")


def _theirs(metric: str, reading: Reading) -> float:
    from nltk import data, downloader
    from textstat.backend import metrics
    from textstat.backend.counts import _count_syllables

    downloader.urlopen = data._secure_urlopen = _refuse  # whatever asks: nothing comes from the internet
    if not isinstance(_count_syllables.get_cmudict, _Offline):
        _count_syllables.get_cmudict = _Offline(_count_syllables.get_cmudict)
    lines = (" ".join(_plain(word.text) for word in sentence.words) for sentence in reading.prose.scored)
    text = ". ".join(line for line in lines if line) + "."
    return float(getattr(metrics, metric)(text, reading.data.base))


def _plain(word: str) -> str:
    """A word without marks that end sentences there; a detail of the clinic or a figure stands as "one"."""
    if word.startswith("{") or word[0].isdigit():
        return "I"
    return re.sub(r"[.!?]", "", word)


class _Phones(dict[str, list[list[str]]]):
    """CMUdict as textstat reads it, made from our counts."""

    def __missing__(self, word: str) -> list[list[str]]:
        return [["0"] * english.dictionary()[word]]


class _Offline:
    """Stands for textstat's own look-up, which would ask the internet."""

    def __init__(self, other: object) -> None:
        self.other = other

    def __call__(self, language: str) -> _Phones | None:
        return _Phones() if facts.named(language).base == facts.english().base else None
