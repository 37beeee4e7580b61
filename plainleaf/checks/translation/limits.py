"""Figures that are the least in one language and the most in the other: "from 12 years" that became "up to 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plainleaf.checks.translation.cases import Case, Side
from plainleaf.checks.translation.registry import Problem
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import SPACES

_KINDS = (("from", "least"), ("to", "most"))
_FIGURE = r"(?<![\d.,])\d{1,9}(?:[.,]\d{1,3})?(?!\d)"


def turned_limits(case: Case) -> Iterator[Problem]:
    """Limits turned round. Where one side alone negates, it may say the same: "not under 12", "only from 12"."""
    if case.source.has("word:not") != case.target.has("word:not"):
        return
    source, target = _limits(case.source), _limits(case.target)
    for figure in sorted(source.keys() & target.keys()):
        here, there = source[figure], target[figure]
        if len(here) == len(there) == 1 and here != there:
            (own,), (other,) = here, there
            what = f"{figure} is the {own} in the source and the {other} in the translation"
            yield Problem(what, "read it against the source")


def _limits(side: Side) -> dict[str, set[str]]:
    """The figures of a text that are a "least" or a "most", or by two readings both."""
    found: dict[str, set[str]] = {}
    for key, name in _KINDS:
        for match in _pattern(side.data, key).finditer(side.folded):
            if any(hit.start < match.start() < hit.end for hit in side.hits):
                continue  # "al menos de 7" is no "menos de 7"
            figure = next(part for part in match.groups() if part)
            found.setdefault(figure.replace(",", "."), set()).add(name)
    return found


@cache  # one entry for each list of a language
def _pattern(data: LocaleData, key: str) -> re.Pattern[str]:
    """What a figure is a limit by; looked for at every place, since "up to 12 or more" is both."""
    ways = [_way(phrase, data.spaced) for phrase in sorted(data.folded("limits", key)) if phrase.count("{}") == 1]
    return re.compile(f"(?=(?:{'|'.join(ways)}))" if ways else "(?!)")


def _way(phrase: str, spaced: bool) -> str:
    before, after = (re.sub(r"(?:\\?\s)+", f"[{SPACES}]", re.escape(part)) for part in phrase.split("{}"))
    start, end = (r"(?<!\w)" if spaced and before else "", r"(?!\w)" if spaced and after else "")
    return f"{start}{before}({_FIGURE}){after}{end}"
