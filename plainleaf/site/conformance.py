"""A conformance report as a page to keep: what fails, what a person has to answer beside the page, and every condition.

Prepares values for ``layouts/base/conformance.html``; what is met is decided by ``reading.conformance``, never here.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plainleaf.files.places import shipped
from plainleaf.layouts import templates
from plainleaf.model.phrases import counted
from plainleaf.reading.conformance.asking import Item, Question
from plainleaf.reading.conformance.language_rules import determined
from plainleaf.reading.conformance.protocol import CHECKPOINTS, CONDITIONS, Condition
from plainleaf.reading.conformance.report import Report, Result, State


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on the page, with a number of its own."""

    number: int
    condition: Condition
    question: Question


@dataclass(frozen=True, slots=True)
class _Page:
    """The questions about one page of the PDF, with its picture as a data: address, "" if there is none."""

    number: int
    picture: str
    asked: tuple[_Asked, ...]


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    id: str
    name: str
    results: tuple[Result, ...]


def page(report: Report, file: str, pictures: Mapping[int, bytes], problems: Sequence[str]) -> str:
    """The page as HTML. ``pictures``: pages of the PDF as PNG, by number; ``problems``: what page-validation finds."""
    folders = (shipped("layouts"),)  # a report is about a file, and of no clinic
    asked = [_Asked(number, *each) for number, each in enumerate(report.questions, 1)]
    pages = sorted({each.question.page for each in asked if each.question.page})
    results = {result.condition.id: result for result in report.results}
    return templates.screen(
        folders,
        "conformance",
        report=report,
        file=file,
        verdict=_verdict(report),
        tally=[(state.value, len(report.of(state))) for state in State],
        faults=(*report.of(State.FAILED), *(() if report.locked else report.of(State.NOT_JUDGED))),
        whole=[each for each in asked if not each.question.page],
        pages=[_page(number, pictures, asked) for number in pages],
        checkpoints=[
            _Checkpoint(each.id, each.name, tuple(results[condition.id] for condition in each.conditions))
            for each in CHECKPOINTS
        ],
        conditions=len(CONDITIONS),
        problems=problems,
        language=_language,
        answers={each.condition.id: each.number for each in reversed(asked)},
    )


def _page(number: int, pictures: Mapping[int, bytes], asked: Sequence[_Asked]) -> _Page:
    data = pictures.get(number)
    picture = f"data:image/png;base64,{b64encode(data).decode('ascii')}" if data else ""
    return _Page(number, picture, tuple(each for each in asked if each.question.page == number))


def _language(item: Item) -> str:
    """The language of a text, "" where the file names none that a browser would know."""
    return item.language if determined(item.language) else ""


def _verdict(report: Report) -> str:
    failed, open_ = len(report.of(State.FAILED)), len(report.of(State.NOT_JUDGED))
    if report.locked:
        return f"What is inside cannot be judged: {report.locked}."
    said = f"Software finds faults in {counted(failed, 'condition')}" if failed else "Software finds no fault"
    said += f", and cannot judge {counted(open_, 'condition')}." if open_ else "."
    if not report.tagged:
        said += " The file has no tags: a screen reader can only guess what it says."
    questions = len(report.questions)
    return f"{said} {counted(questions, 'question')} to a person {'is' if questions == 1 else 'are'} open."
