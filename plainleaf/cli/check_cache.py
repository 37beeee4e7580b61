"""What ``check`` found last time, as JSON, for as long as it is true (``kept_runs``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from plainleaf.artifacts.surroundings import Around
from plainleaf.checks.readability.verdicts import Checked, Figure, LongSentence, Outcome, Verdict
from plainleaf.cli import kept_runs
from plainleaf.model import Finding

KIND = "check"


def recall(root: Path, asked: Sequence[str], today: date) -> Checked | None:
    """What a run would find; ``None`` if that is not known."""
    wanted, result = kept_runs.recall(KIND, root, asked)
    if not wanted or kept_runs.key(Around(root), asked, today) != wanted:
        return None
    try:
        return _checked(result)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def keep(root: Path, asked: Sequence[str], wanted: str, checked: Checked) -> None:
    """Keep a result under the key that it had before the run and has after it."""
    kept_runs.keep(KIND, root, asked, wanted, _plain(checked))


def _plain(checked: Checked) -> dict[str, Any]:
    places_of = {finding: number for number, finding in enumerate(checked.findings)}
    return {
        "findings": [found.as_json() for found in checked.findings],
        "texts": [found.as_json() for found in checked.texts],
        "verdicts": [
            [each.slug, each.locale, each.outcome.name, each.sentences, each.second, each.waived, each.share,
             [[f.name, f.value, f.target, f.rises, f.noise, f.was] for f in each.figures]]
            for each in checked.verdicts
        ],
        "too_long": [
            [places_of[each.finding], each.locale, each.text, list(each.hard), each.gain, each.grades, each.formula,
             each.excess]
            for each in checked.too_long
        ],
        "files": list(checked.files),
    }  # fmt: skip


def _checked(data: dict[str, Any]) -> Checked:
    findings, texts = (tuple(map(Finding.from_json, data[key])) for key in ("findings", "texts"))
    verdicts = tuple(
        Verdict(slug, locale, Outcome[outcome], _figures(figures), sentences, second, waived, share)
        for slug, locale, outcome, sentences, second, waived, share, figures in data["verdicts"]
    )
    too_long = tuple(
        LongSentence(findings[number], locale, text, tuple(hard), gain, grades, formula, excess)
        for number, locale, text, hard, gain, grades, formula, excess in data["too_long"]
    )
    return Checked(findings, verdicts, too_long, tuple(data["files"]), texts)


def _figures(figures: Iterable[list[Any]]) -> tuple[Figure, ...]:
    return tuple(Figure(*figure) for figure in figures)
