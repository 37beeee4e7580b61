"""What a text's counts say in its language: which formula, which target, how sure.

Targets and limits are those of the language's data ([readability]). A language without a validated formula is not
scored: that is a result of its own and never a pass. LIX holds for Swedish, Danish and Norwegian only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from itertools import pairwise

from plainleaf.languages.facts import LocaleData
from plainleaf.model import Edition, plain
from plainleaf.readability import fog, syllables
from plainleaf.readability.formulas import FORMULAS, Counts, Formula
from plainleaf.readability.sentences import Prose, Sentence, Word, prose
from plainleaf.readability.splitting import counts_characters
from plainleaf.readability.syllables import Method

NO_GRADE = 10  # sentences below which a formula says nothing
NOISY = 30  # sentences below which the noise is told
# Standard deviation of the Flesch-Kincaid grade of an excerpt, by its sentences.
_NOISE = ((5, 2.2), (10, 1.5), (30, 0.5))
LONG_LETTERS = 7
HARD = 3  # syllables of a hard word

Rules = Mapping[str, float]  # what a language or a project sets anew: "sentence-warn", "target.smog" (``rules.read``)


@dataclass(frozen=True, slots=True)
class Goal:
    """A formula's target in a language; beyond ``fail`` is an error (``None``: only ever a warning)."""

    formula: str
    target: float
    fail: float | None = None


def goals(language: LocaleData) -> tuple[Goal, ...]:
    """The validated formulas of a language with their targets, the one that counts first; none: it is not scored."""
    targets = {name: target for name, target in language.values.items() if name.startswith("target.")}
    return tuple(
        Goal(name.removeprefix("target."), target, language.value(name.replace("target.", "fail."), None))
        for name, target in targets.items()
    )


@dataclass(frozen=True, slots=True)
class Limits:
    """The countable rules of a language: words (characters where there are no spaces) of one piece."""

    sentence_warn: int = 15
    sentence_fail: int = 20
    point_warn: int = 12
    heading: int = 8
    section_mean: int = 15


def limits(language: LocaleData) -> Limits:
    """The countable rules of a language."""
    usual = Limits()
    return Limits(**{
        each.name: int(language.value(f"readability.{each.name.replace('_', '-')}", getattr(usual, each.name)))
        for each in fields(Limits)
    })  # fmt: skip


class State(Enum):
    """What a score means against its goal."""

    PASS = "pass"
    WARN = "warning"
    FAIL = "fail"
    SHOWN = "shown"  # no goal
    TOO_SHORT = "too few sentences"


@dataclass(frozen=True, slots=True)
class Score:
    """One formula's value. ``masked``: with the leaflet's explained words counted as easy; ``noise`` in its unit."""

    formula: Formula
    value: float
    masked: float
    goal: Goal | None
    state: State
    noise: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition measured. ``scores`` is empty for a language without a validated formula ("not scored")."""

    slug: str
    language: str
    locale: str
    prose: Prose
    counts: Counts
    scores: tuple[Score, ...]
    method: Method
    limits: Limits
    terms: frozenset[str]  # words that the leaflet explains in its words to know, in small letters
    version: str = syllables.VERSION

    @property
    def data(self) -> LocaleData:
        """What is known of its language."""
        return self.prose.data

    @property
    def unit(self) -> str:
        """What sentences are measured in."""
        return "characters" if counts_characters(self.data) else "words"

    @property
    def scored(self) -> bool:
        """Whether there is a validated formula for the language."""
        return bool(goals(self.data))

    @property
    def mean(self) -> float:
        """Words (characters) a sentence, 0 without any."""
        return self.counts.words / self.counts.sentences if self.counts.sentences else 0.0

    @property
    def long_rate(self) -> float:
        """How many of a hundred words have more than six letters: the only grade of words without a formula."""
        return self.counts.percent(self.counts.long_words) if self.counts.words else 0.0

    def record(self) -> dict[str, float]:
        """The figures that may not get worse."""
        found = {score.formula.id: round(score.value, 1) for score in self.scores if score.goal}
        return found or {"sentence-mean": round(self.mean, 1)}

    def section_means(self) -> dict[int, float]:
        """Words a sentence of each section that has any."""
        lengths: dict[int, list[int]] = {}
        for sentence in self.prose.scored:
            lengths.setdefault(sentence.section, []).append(sentence.length)
        return {section: sum(all_of) / len(all_of) for section, all_of in lengths.items()}

    def gain(self, sentence: Sentence) -> float:
        """By how much the first formula's value would come nearer to its goal if this sentence, one of those that are
        scored, were easier.

        Easier: cut into sentences of at most the limit, its hard words (but those explained) put in easy ones.
        """
        if not self.scores or not self.counts.words:
            return 0.0
        formula = self.scores[0].formula
        pieces = -(-sentence.length // self.limits.sentence_warn)
        easy = replace(sentence, words=tuple(_eased(word, self.terms) for word in sentence.words))
        easier = _changed(
            self.counts, tally([sentence], self.data), replace(tally([easy], self.data), sentences=pieces)
        )
        difference = formula.score(easier) - formula.score(self.counts)
        return difference if formula.rises else -difference

    def long_words(self, sentence: Sentence) -> tuple[Word, ...]:
        """Its hard words, as ``gain`` means them: of three syllables or more, unless the leaflet explains them.

        Where syllables are not counted, words of seven letters or more; where characters are, none.
        """
        if counts_characters(self.data):
            return ()
        by_letters = self.method is Method.NONE
        return tuple(word for word in sentence.words if _is_hard(word, self.terms, by_letters))

    def worst(self, most: int = 10) -> tuple[tuple[Sentence, float], ...]:
        """The sentences whose mending gains most, worst first."""
        gains = [(sentence, self.gain(sentence)) for sentence in self.prose.scored]
        gains.sort(key=lambda pair: (-pair[1], -pair[0].length))
        return tuple(pair for pair in gains[:most] if pair[1] > 0 or pair[0].length > self.limits.sentence_warn)


def _eased(word: Word, terms: frozenset[str]) -> Word:
    hard = _is_hard(word, terms)
    return replace(word, syllables=2, letters=min(word.letters, LONG_LETTERS - 1)) if hard else word


def _is_hard(word: Word, terms: frozenset[str], by_letters: bool = False) -> bool:
    long = word.letters >= LONG_LETTERS if by_letters else word.syllables >= HARD
    return long and word.text.lower() not in terms


def _changed(whole: Counts, out: Counts, into: Counts) -> Counts:
    names = Counts.__slots__
    return Counts(*(getattr(whole, name) - getattr(out, name) + getattr(into, name) for name in names))


def tally(sentences: Iterable[Sentence], language: LocaleData) -> Counts:
    """The counts of some sentences; Gunning's hard words only where a language is scored by them."""
    gunning = "gunning-fog" in (*language.list("readability", "beside"), *(goal.formula for goal in goals(language)))
    total = words = syllable_sum = letters = one = three = four = foggy = long_words = 0
    for sentence in sentences:
        total += 1
        words += len(sentence.words)
        for position, word in enumerate(sentence.words):
            count = word.syllables
            syllable_sum += count
            letters += word.letters
            long_words += word.letters >= LONG_LETTERS
            if count == 1:
                one += 1
            elif count >= 3:
                three += 1
                four += count >= 4
                foggy += gunning and _is_fog(word, position)
    return Counts(total, words, syllable_sum, letters, one, three, four, foggy, long_words)


def _is_fog(word: Word, position: int) -> bool:
    is_name = position and word.text[:1].isupper()
    return not is_name and fog.is_hard(word.text.lower())


def measure(edition: Edition) -> Reading:
    """Everything that can be counted in an edition, and the scores of its language, by its locale's own rules."""
    text = prose(edition)
    return ruled(reading(text, edition.slug, edition.locale.name, _terms(edition)), edition.locale.readability)


def ruled(reading: Reading, rules: Rules) -> Reading:
    """A reading judged by other rules, where these say something.

    A target that is set anew is judged by the error of before: what was an error stays one, unless the new target
    allows it.
    """
    if not rules:
        return reading
    own = {key.replace("-", "_"): int(value) for key, value in rules.items() if "." not in key}
    scores = tuple(_aimed(score, rules, reading.counts.sentences) for score in reading.scores)
    return replace(reading, limits=replace(reading.limits, **own), scores=scores)


def _aimed(score: Score, rules: Rules, sentences: int) -> Score:
    target = rules.get(f"target.{score.formula.id}")
    if target is None or score.goal is None:
        return score
    fail = score.goal.fail
    if fail is not None and worse(score.formula, target, fail):
        fail = target
    goal = Goal(score.goal.formula, target, fail)
    return replace(score, goal=goal, state=_state(score.formula, score.value, goal, sentences))


def reading(text: Prose, slug: str = "", locale: str = "", terms: frozenset[str] = frozenset()) -> Reading:
    """The measures of prepared text."""
    counts = tally(text.scored, text.data)
    method = syllables.method(text.data) if not counts_characters(text.data) else Method.NONE
    scores = tuple(_scores(text, counts, terms))
    name = locale or text.data.base
    return Reading(slug, text.language, name, text, counts, scores, method, limits(text.data), terms)


def _terms(edition: Edition) -> frozenset[str]:
    names = (plain(word.children[0].inlines) for word in edition.meta.terms.children if word.children)
    return frozenset(part.lower() for name in names for part in name.split())


def _scores(text: Prose, counts: Counts, terms: frozenset[str]) -> Iterable[Score]:
    aims = goals(text.data)
    if not aims or not counts.words:
        return
    masked = (replace(s, words=tuple(_masked(word, terms) for word in s.words)) for s in text.scored)
    eased = tally(masked, text.data)
    for goal in aims:
        yield _judged(FORMULAS[goal.formula], counts, eased, goal)
    for name in text.data.list("readability", "beside"):  # shown, without a target
        yield _judged(FORMULAS[name], counts, eased, None)


def _masked(word: Word, terms: frozenset[str]) -> Word:
    return replace(word, syllables=1, letters=1) if word.text.lower() in terms else word


def _judged(formula: Formula, counts: Counts, eased: Counts, goal: Goal | None) -> Score:
    value, masked = formula.score(counts), formula.score(eased)
    spread = noise(counts.sentences) if formula.id == "flesch-kincaid" else 0.0
    return Score(formula, value, masked, goal, _state(formula, value, goal, counts.sentences), spread)


def _state(formula: Formula, value: float, goal: Goal | None, sentences: int) -> State:
    if sentences < NO_GRADE:
        return State.TOO_SHORT
    if goal is None:
        return State.SHOWN
    value = round(value, 1)  # as it is printed
    if goal.fail is not None and worse(formula, value, goal.fail):
        return State.FAIL
    return State.WARN if worse(formula, value, goal.target) else State.PASS


def worse(formula: Formula | None, value: float, than: float) -> bool:
    """Whether a value is harder to read than another; without a formula more is worse."""
    return value < than if formula and formula.rises else value > than


def noise(sentences: int) -> float:
    """How far a text of so many sentences may be off by chance (standard deviation, in grades); 0 from 30 on."""
    if sentences >= NOISY:
        return 0.0
    for (few, wide), (many, narrow) in pairwise(_NOISE):
        if sentences <= many:
            share = max(0.0, (sentences - few) / (many - few))
            return wide + (narrow - wide) * share
    return 0.0
