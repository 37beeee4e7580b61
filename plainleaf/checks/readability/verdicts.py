"""What a run of ``check`` found, as values: findings, how each edition reads, the sentences to fix, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from plainleaf.model import Finding

# Checks that find a text, or a whole edition, that is not translated yet: work that waits, and no fault in itself.
LACKING = frozenset({"po-missing", "po-untranslated", "po-fuzzy"})
NOT_BEGUN = "edition-not-begun"

SLACK = 0.05  # scores are recorded with one decimal


class Outcome(Enum):
    """How an edition stands; in the order of a report, so that what matters most stands last."""

    UNJUDGED = "not judged"  # it has errors, or texts without a translation
    UNSCORED = "not scored"  # there is no validated formula for its language
    SHORT = "too few sentences"
    PASS = "at its target"
    WARN = "short of its target"
    FAIL = "far from its target"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an edition. ``target`` is ``None`` for one that has none; ``was`` what is recorded of it.

    ``noise``: by how much it may be off by chance (standard deviation, in its unit), 0 if the text is long enough.
    ``age``: the reading age in years that a grade of school stands for, in countries that speak of one; else 0.
    """

    name: str
    value: float
    target: float | None
    rises: bool  # more is easier
    noise: float = 0.0
    was: float | None = None
    age: int = 0

    @property
    def trend(self) -> int:
        """1: easier than recorded, -1: harder, 0: as recorded, or nothing is recorded."""
        if self.was is None or abs(self.value - self.was) <= SLACK:
            return 0
        return 1 if (self.value > self.was) == self.rises else -1


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one edition reads. ``second``: textstat's value of the first figure, as it was last recorded
    if it was not asked for now.

    ``waived``: how many of its findings a waiver lets pass. ``share``: which part of all its words the scores see.
    ``unlisted``: kinds of words that nobody looks for, as its language has no list of them.
    """

    slug: str
    locale: str
    outcome: Outcome
    figures: tuple[Figure, ...] = ()
    sentences: int = 0
    second: float | None = None
    waived: int = 0
    share: float = 1.0
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LongSentence:
    """A sentence to fix. ``hard``: its long words; ``gain``: what the whole text gains, in points of ``formula``.

    ``excess``: its length in parts of the limit, to compare languages; ``grades``: the gain in school grades.
    """

    finding: Finding
    locale: str
    text: str
    hard: tuple[str, ...]
    gain: float
    grades: float
    formula: str
    excess: float


@dataclass(frozen=True, slots=True)
class Checked:
    """All that a run of ``check`` found; ``too_long`` the worst first, each with its finding among ``findings``.

    ``files``: the sources and translations that it looked into, relative to the root. ``texts``: one by one, the texts
    without a translation, for which ``findings`` have one for each edition.
    """

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...] = ()
    too_long: tuple[LongSentence, ...] = ()
    files: tuple[str, ...] = ()
    texts: tuple[Finding, ...] = ()
