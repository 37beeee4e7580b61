"""A conformance report as JSON, and in a few lines for people.

Version 1 of the JSON; keys may be added, and if one changes or goes, the version rises::

    {"version": 1,
     "protocol": {"name": "Matterhorn Protocol", "version": "1.1", "standard": "ISO 14289-1 (PDF/UA-1)",
                  "checkpoints": 31, "conditions": 137},
     "file": {"name": "x.pdf", "sha256": "...", "bytes": 123, "pages": 2, "title": "...", "language": "en" ("" if none),
              "claims": "1" (the part of PDF/UA that it says to be, "" if none), "maker": "...", "tagged": true,
              "locked": "" (why it cannot be decrypted)},
     "tally": {"passed": 40, "failed": 0, "not applicable": 65, "for a human": 30, "not judged": 0, "no test": 2},
     "checkpoints": [{"id": "13", "name": "Graphics", "conditions": [
        {"id": "13-004", "clause": "7.3-3", "judge": "software" | "human" | "nobody", "holds": "what is asked for",
         "state": a key of "tally", "looked_at": 3 (how many things software had to judge),
         "failures": [{"page": 2 (0: of no page), "what": "..."}], "more": 0 (failures that are not listed),
         "why": "..." (of "not judged", else ""),
         "questions": [{"page": 2 (0: of the whole), "question": "...", "about": [{"page": 2, "text": "...",
                        "language": "es", "note": "H2"}], "more": 0}]}]}],
     "second_opinion": {"program": "page-validation", "problems": ["PDF/UA 7.3: ..."]}}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plainleaf.model.phrases import counted
from plainleaf.reading.conformance.protocol import CHECKPOINTS, CONDITIONS
from plainleaf.reading.conformance.protocol import VERSION as PROTOCOL
from plainleaf.reading.conformance.report import Report, Result, State
from plainleaf.reports.run import dumped

VERSION = 1


def as_json(report: Report, file: str, problems: Sequence[str]) -> str:
    """The whole report. ``problems``: what page-validation finds, line by line."""
    results = {result.condition.id: result for result in report.results}
    return dumped(
        {
            "version": VERSION,
            "protocol": {
                "name": "Matterhorn Protocol",
                "version": PROTOCOL,
                "standard": "ISO 14289-1 (PDF/UA-1)",
                "checkpoints": len(CHECKPOINTS),
                "conditions": len(CONDITIONS),
            },
            "file": {
                "name": file,
                "sha256": report.sha256,
                "bytes": report.size,
                "pages": report.pages,
                "title": report.title,
                "language": report.language,
                "claims": report.part,
                "maker": report.maker,
                "tagged": report.tagged,
                "locked": report.locked,
            },
            "tally": {state.value: len(report.of(state)) for state in State},
            "checkpoints": [
                {
                    "id": checkpoint.id,
                    "name": checkpoint.name,
                    "conditions": [_result(results[condition.id]) for condition in checkpoint.conditions],
                }
                for checkpoint in CHECKPOINTS
            ],
            "second_opinion": {"program": "page-validation", "problems": list(problems)},
        }
    )


def _result(result: Result) -> dict[str, object]:
    condition = result.condition
    return {
        "id": condition.id,
        "clause": condition.clause,
        "judge": condition.judge.value,
        "holds": condition.text,
        "state": result.state.value,
        "looked_at": result.looked_at,
        "failures": [{"page": case.page, "what": case.what} for case in result.cases],
        "more": result.more,
        "why": result.why,
        "questions": [
            {
                "page": question.page,
                "question": question.text,
                "about": [
                    {"page": item.page, "text": item.text, "language": item.language, "note": item.note}
                    for item in question.items
                ],
                "more": question.more,
            }
            for question in result.questions
        ],
    }


def rows(report: Report) -> Iterator[tuple[str, str]]:
    """How many conditions are in each state."""
    return ((state.value, str(len(report.of(state)))) for state in State)


def head(report: Report, file: str) -> str:
    """Which file this is about, in a line."""
    if report.locked:
        return f"{file}: {report.locked}"
    said = [counted(report.pages, "page")] if report.pages else []
    said.append(f"language {report.language}" if report.language else "no language")
    said.append(f"says to be PDF/UA-{report.part}" if report.part else "does not say to be PDF/UA")
    said += [] if report.tagged else ["no tags: a screen reader can only guess"]
    return f"{file}: {', '.join(said)}"


def faults(report: Report) -> Iterator[str]:
    """What fails, and what could not be judged, each in a paragraph; not what is in a file that does not open."""
    for result in (*report.of(State.FAILED), *(() if report.locked else report.of(State.NOT_JUDGED))):
        condition = result.condition
        lines = [f"{result.state.value}: {condition.id} ({condition.clause}) {condition.text}"]
        lines += [f"page {case.page}: {case.what}" if case.page else case.what for case in result.cases]
        lines += [f"and {result.more} more"] if result.more else []
        lines += [result.why] if result.why else []
        yield "\n    ".join(lines)


def opinion(problems: Iterable[str]) -> str:
    """What the second program finds."""
    lines = list(problems)
    if not lines:
        return "A second program (page-validation) finds no fault either."
    return "\n    ".join(["A second program (page-validation) finds:", *lines])
