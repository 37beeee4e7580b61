"""What ``check`` says to people: findings, how each text reads, the sentences to fix. Makes strings, as ``terminal``.

What matters most stands last, above the prompt: warnings, the scores (what is not scored above what passes), the worst
sentences, errors. Wordy findings are cut short to the worst ten; formats for programs get them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from plainleaf.checks.readability.verdicts import Checked, Figure, LongSentence, Outcome, Verdict
from plainleaf.model import Finding, Severity
from plainleaf.model.phrases import counted
from plainleaf.reports import terminal

MOST = 10  # sentences
ALL = "plainleaf check --all"
# Findings that there can be dozens of in one text. The rest is shown whole.
_WORDY = {f"readability-{name}" for name in ("sentence", "point", "heading", "passive", "jargon", "term")}
_TOLD = {"readability-unscored", "readability-short", "readability-unlisted"}  # by the lines on the scores
_ORDER = tuple(Outcome)

Mark = Callable[[str], str]


def starred(word: str) -> str:
    """A long word in plain text."""
    return f"*{word}*"


def underlined(word: str) -> str:
    """A long word on a terminal: bold and underlined."""
    return f"\x1b[1;4m{word}\x1b[0m"


def text(checked: Checked, mark: Mark = starred, everything: bool = False, quiet: bool = False) -> str:
    """The whole report but for the tally. ``quiet``: without what is only good to know."""
    too_long = {one.finding: one for one in checked.too_long}
    wordy = [found for found in checked.findings if found.check in _WORDY and found not in too_long]
    others = [found for found in checked.findings if found.check not in _WORDY | (set() if quiet else _TOLD)]
    others += checked.texts if everything else ()
    others = [*terminal.wrong(others)] if quiet else others
    grave = [found for found in others if found.severity is Severity.ERROR]
    parts = [
        terminal.findings((found for found in others if found.severity is not Severity.ERROR), everything),
        "" if quiet else scores(checked.verdicts),
        to_fix(checked.too_long, wordy, mark, everything),
        terminal.findings(grave, everything),
    ]
    return "\n\n".join(part for part in parts if part)


# --------------------------------------------------------------------------- scores


def scores(verdicts: Sequence[Verdict]) -> str:
    """For each leaflet a heading and a line for each language; what passes below what nobody measured."""
    parts = []
    for slug in dict.fromkeys(verdict.slug for verdict in verdicts):
        own = sorted((each for each in verdicts if each.slug == slug), key=lambda each: _ORDER.index(each.outcome))
        width = max(len(verdict.locale) for verdict in own) + 1
        lines = [f"  {f'{verdict.locale}:':{width}} {_standing(verdict)}" for verdict in own]
        parts.append("\n".join([f"How {slug} reads: {_summary(own)}", *lines]))
    return "\n\n".join(parts)


def _summary(own: Sequence[Verdict]) -> str:
    measured = [verdict for verdict in own if verdict.outcome in (Outcome.PASS, Outcome.WARN, Outcome.FAIL)]
    good = [verdict.locale for verdict in measured if verdict.outcome is Outcome.PASS]
    missed = [verdict.locale for verdict in measured if verdict.outcome is not Outcome.PASS]
    harder = [verdict.locale for verdict in own if any(figure.trend < 0 for figure in verdict.figures)]
    parts = []
    if missed:
        parts.append(f"not at its target in {', '.join(missed)}")
    elif good:
        parts.append(f"at its target wherever there is a score ({', '.join(good)})")
    else:
        parts.append("no score")
    if harder:
        parts.append(f"harder than recorded in {', '.join(harder)}")
    return "; ".join(parts)


def _standing(verdict: Verdict) -> str:
    figures = "; ".join(_figure(figure) for figure in verdict.figures)
    if verdict.outcome is Outcome.UNJUDGED:
        return f"{verdict.outcome.value}: fix its errors first"
    if verdict.outcome is Outcome.UNSCORED:
        line = f"not scored: there is no validated formula; have a native reader judge it; {figures}"
    elif verdict.outcome is Outcome.SHORT:
        line = f"not scored: {verdict.sentences} sentences are too few for a score; {figures}"
    else:
        line = figures
    if verdict.share < 0.995 and verdict.outcome in (Outcome.PASS, Outcome.WARN, Outcome.FAIL):
        line += f"; scored on {verdict.share:.0%} of its words"
    if verdict.unlisted:
        line += f"; not measured: {', '.join(verdict.unlisted)}"
    if verdict.second is not None:
        line += f"; textstat says {verdict.second:.1f}"
    if verdict.waived:
        line += f"; {counted(verdict.waived, 'finding')} allowed by a waiver"
    return line


def _figure(figure: Figure) -> str:
    if figure.target is None:
        told = f"{figure.value:.1f} {figure.name}"
    else:
        told = f"{figure.name} {figure.value:.1f}"
        told += f" ±{figure.noise:.1f} by chance" if figure.noise else ""
        told += f", reading age {figure.age}" if figure.age else ""
        told += f" (target at {'least' if figure.rises else 'most'} {figure.target:g})"
    if figure.was is None:
        return f"{told}, not recorded"
    return told + {0: ", as recorded", 1: f", easier than recorded ({figure.was:.1f})",
                   -1: f", harder than recorded ({figure.was:.1f})"}[figure.trend]  # fmt: skip


# --------------------------------------------------------------------------- sentences


def to_fix(too_long: Sequence[LongSentence], wordy: Sequence[Finding], mark: Mark, everything: bool) -> str:
    """The worst sentences first, then other findings on words while there is room; the rest is counted."""
    number = len(too_long) + len(wordy)
    if not number:
        return ""
    room = number if everything else MOST
    shown = [_shown(one, mark) for one in too_long[:room]]
    left = wordy[: room - len(shown)]
    grave = sum(one.finding.severity is Severity.ERROR for one in too_long[room:])
    parts = [f"To fix, the worst first ({min(room, number)} of {number}):" if number > room else
             "To fix, the worst first:", *shown, *([terminal.findings(left)] if left else [])]  # fmt: skip
    if more := number - len(shown) - len(left):
        errors = f", {grave} of them {'an error' if grave == 1 else 'errors'}" if grave else ""
        parts.append(f"and {more} more{errors}: {ALL}")
    return "\n".join(parts)


def _shown(one: LongSentence, mark: Mark) -> str:
    found = one.finding
    what = found.message.partition(": “")[0]
    lines = [f"{found.at}: {found.severity.value}: {one.locale}: {what} [{found.check}]"]
    if found.po and found.po != found.at:
        lines.append(f"    translation: {found.po}")
    lines.append(f"    “{marked(one.text, one.hard, mark)}”")
    lines.append(f"    {'; '.join(_gain(one))}")
    return "\n".join(lines)


def _gain(one: LongSentence) -> Iterator[str]:
    yield f"cut it in two{', and use easier words for the marked ones' if one.hard else ''}"
    if one.gain >= 0.005:
        yield f"the whole text gains {one.gain:.2f} points ({one.formula})"


def marked(sentence: str, words: Iterable[str], mark: Mark) -> str:
    """A sentence with some of its words marked."""
    longest = sorted(words, key=len, reverse=True)
    if not longest:
        return sentence
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"
    return re.sub(pattern, lambda found: mark(found[0]), sentence)
