"""A report of how a PDF meets the Matterhorn Protocol: ``judged`` makes it, from the finished file alone."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from plainleaf.reading.conformance import (
    annotation_rules,
    file_rules,
    font_rules,
    language_rules,
    letter_rules,
    questions,
    tag_rules,
)
from plainleaf.reading.conformance.answers import Answer, Case, Checks
from plainleaf.reading.conformance.asking import Question
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.objects import get, raw, text
from plainleaf.reading.conformance.protocol import CHECKPOINTS, Condition, Judge
from plainleaf.reading.limits import UnreadableError, guarded

_LOG = logging.getLogger(__name__)

CHECKS: Checks = {
    **file_rules.CHECKS,
    **tag_rules.CHECKS,
    **language_rules.CHECKS,
    **annotation_rules.CHECKS,
    **font_rules.CHECKS,
    **letter_rules.CHECKS,
}
# What a page draws has a say in these; a page that cannot be read leaves them open.
_OF_CONTENT = ("01-003", "01-004", "01-005", "10-", "11-001", "11-002", "17-003", "30-002", "31-")
STUMBLED = "the file has something that this program cannot make sense of"
_WITHOUT_CONTENT = ("26-001", "26-002")  # what can be judged of a file that does not open


class State(StrEnum):
    """What is known of a condition."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"
    HUMAN = "for a human"
    NOT_JUDGED = "not judged"
    NO_TEST = "no test"


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of one condition. ``looked_at``: how many things there were to judge; ``cases``: the first that
    fail, ``more`` are not named; ``why`` it is not judged; ``questions`` for a person, also behind what software has
    judged, where only a person can tell whether it is right."""

    condition: Condition
    state: State
    looked_at: int = 0
    cases: tuple[Case, ...] = ()
    more: int = 0
    why: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All conditions of the protocol for one file. ``part``: of which part of PDF/UA the file says to be, "" if of
    none; ``maker``: the program that it names; ``locked``: why it cannot be decrypted, "" if it can."""

    sha256: str
    size: int
    pages: int
    title: str
    language: str
    part: str
    maker: str
    tagged: bool
    locked: str
    results: tuple[Result, ...]

    def of(self, state: State) -> tuple[Result, ...]:
        return tuple(each for each in self.results if each.state is state)

    @property
    def questions(self) -> tuple[tuple[Condition, Question], ...]:
        return tuple((each.condition, question) for each in self.results for question in each.questions)

    @property
    def good(self) -> bool:
        """Whether software has found no fault, and could look at all that is for it."""
        return not self.of(State.FAILED) and not self.of(State.NOT_JUDGED)


def judged(data: bytes) -> Report:
    """A PDF beside the protocol. Raises ``UnreadableError`` if it cannot be read."""
    with guarded():
        return _judged(Document(data), data)


def _judged(document: Document, data: bytes) -> Report:
    said = file_rules.titles(document)
    info = get(document.trailer, "/Info")
    conditions = (condition for checkpoint in CHECKPOINTS for condition in checkpoint.conditions)
    return Report(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=len(document.pages),
        title=said[0][0] if said else text(raw(info, "/Title")),
        language=document.language,
        part=file_rules.part(document),
        maker=text(raw(info, "/Producer")) or text(raw(info, "/Creator")),
        tagged=document.tagged,
        locked=document.locked,
        results=tuple(_results(document, conditions)),
    )


def _results(document: Document, conditions: Iterable[Condition]) -> Iterable[Result]:
    for condition in conditions:
        if condition.judge is Judge.NOBODY:
            yield Result(condition, State.NO_TEST)
        elif document.locked and condition.id not in _WITHOUT_CONTENT:
            yield Result(condition, State.NOT_JUDGED, why=document.locked)
        elif condition.judge is Judge.HUMAN:
            asked = _asked(document, condition)
            yield Result(condition, State.HUMAN if asked else State.NOT_APPLICABLE, questions=asked)
        else:
            answer = _answer(document, condition)
            asked = () if document.locked else _asked(document, condition)
            yield Result(condition, _state(answer), answer.looked_at, answer.cases, answer.more, answer.unjudged, asked)


def _state(answer: Answer) -> State:
    if answer.cases:
        return State.FAILED
    if answer.unjudged:
        return State.NOT_JUDGED
    return State.PASSED if answer.looked_at else State.NOT_APPLICABLE


def _answer(document: Document, condition: Condition) -> Answer:
    try:
        answer = CHECKS[condition.id](document)
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # over a file that anybody may have written: this condition is not judged, the others are
        _LOG.debug("Condition %s", condition.id, exc_info=True)
        return Answer(0, unjudged=STUMBLED)
    if document.content.unread and condition.id.startswith(_OF_CONTENT):
        pages = ", ".join(map(str, document.content.unread[:20]))
        return replace(answer, unjudged=f"what is drawn on page {pages} cannot be read")
    return answer


def _asked(document: Document, condition: Condition) -> tuple[Question, ...]:
    ask = questions.ASKED.get(condition.id)
    try:
        return tuple(ask(document)) if ask else ()
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # as above; the question is asked without what it is about
        _LOG.debug("Condition %s", condition.id, exc_info=True)
        return (Question(0, f"Does this hold? {condition.text}"),)
