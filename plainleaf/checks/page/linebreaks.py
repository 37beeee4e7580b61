"""Numbers with their units, phone numbers and addresses that are broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from plainleaf import markup
from plainleaf.checks.page.boxes import Line, Printout, given, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.model import Severity

_FORCED = "\0"  # where the text itself asks for a new line


def _broken(printout: Printout) -> Iterator[Problem]:
    lines = (line for page in printout.pages for line in page.lines if line.runs)
    for element, group in groupby(lines, key=lambda line: (line.element, line.margin, line.page * line.margin)):
        own = [line for line in group if not all(run.generated for run in line.runs)]
        if len(own) > 1:
            yield from _addresses(own)
            yield from _numbers(element[0], own, printout.language(element[0]))


def _numbers(element: Any, lines: list[Line], language: str) -> Iterator[Problem]:
    """Breaks inside what ``markup`` would keep whole."""
    text = " ".join(_text(element).split())
    places = [at for at, char in enumerate(text) if char not in (" ", _FORCED)]
    counts = [len("".join("".join(run.text for run in line.runs if not run.generated).split())) for line in lines]
    if sum(counts) != len(places):
        return  # other boxes stand inside this one: their lines are looked at by themselves
    breaks = [places[sum(counts[:number])] for number in range(1, len(lines))]
    for found in markup.whole(language).finditer(text):
        for line, at in zip(lines, breaks, strict=False):
            if found.start() < at < found.end() and _FORCED not in found[0]:
                yield _problem(element, line, found[0])


def _text(element: Any) -> str:
    return "".join(given(element, _FORCED))


def _addresses(lines: list[Line]) -> Iterator[Problem]:
    """Links to be typed or dialled that are broken though they would fit into one line."""
    parts: dict[Any, list[tuple[Line, float, str]]] = {}
    for line in lines:
        for run in line.runs:
            if run.element.tag == "a" and run.element.get("href"):
                parts.setdefault(run.element, []).append((line, run.edges[2] - run.edges[0], run.text))
    for link, pieces in parts.items():
        whole = " ".join("".join(link.itertext()).split())
        typed = link.get("href").startswith("tel:") or not re.search(r"\s", whole)
        room = pieces[0][0].edges[2] - pieces[0][0].edges[0]
        panel = pieces[0][0].runs[0].panels[-1]
        room = max(room, panel[2] - panel[0])
        if len({id(line) for line, _, _ in pieces}) > 1 and typed and sum(width for _, width, _ in pieces) <= room:
            yield _problem(link, pieces[0][0], whole)


def _problem(element: Any, line: Line, whole: str) -> Problem:
    what = f"page {line.page}: “{short(whole)}” is broken over two lines"
    return Problem(element, what, "keep it together: a no-break space in the text, or white-space: nowrap in the CSS")


_P = "<p data-at='sources/a.md:7'>{}</p>"
_NARROW = "p { width: 20mm; font-size: 14pt }"
_BREAK = "p { width: 45mm; word-break: break-all }"
_LINK = "Our address is <a href='https://a.example/b'>{}</a>"

CHECKS = (
    PageCheck(
        "fit-broken",
        Severity.WARNING,
        "A figure parted from its unit, or half a phone number, is misread: 2 | 50 mg.",
        _broken,
        (
            Example(_P.format("Take now 250 mg"), _NARROW),
            Example(_P.format("Wait 7 to 10 days"), "p { width: 30mm; font-size: 14pt }"),
            Example(_P.format("انتظر 10 أيام"), _NARROW, tag="ar"),
            Example(_P.format("等待7到10天再开始"), _NARROW, tag="zh_Hans"),
            Example(_P.format("Call +1 202-555-0142"), "p { width: 32mm }"),
            Example(_P.format(_LINK.format("a.example/b")), _BREAK),
        ),
        (
            Example(_P.format("Take now 250&nbsp;mg"), _NARROW),
            Example(_P.format("Call us: <b>+1 202-555-0142</b>"), "p { width: 45mm } b { white-space: nowrap }"),
            Example(_P.format(_LINK.format("what our pages say of it")), _NARROW),
        ),
        "ISMP: figures and units stay together",
    ),
)
