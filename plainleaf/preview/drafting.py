"""A source as somebody is writing it: what is wrong in it and where, how long its sentences are, its outline, and what
each layout leaves out. In the warm process; nothing is saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from plainleaf.checks.readability import judge
from plainleaf.checks.readability.judge import Options
from plainleaf.checks.source import editions as checks
from plainleaf.languages import facts
from plainleaf.layouts import excerpts
from plainleaf.model import Edition, Finding, Kind, Leaflet, Severity, plain
from plainleaf.preview.reading import Reader
from plainleaf.readability.scores import Reading
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales

MOST_MARKS = 2000
_QUOTED = re.compile(r"“([^“”]{1,200})”")
_LONG = ("readability-sentence", "readability-point")
_TEXTS = {
    "full": "The whole text",
    "short-or-full": "One sheet",
    "short": "Folded leaflet",
    "easy": "Easy read",
    "card": "Wallet card",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of the source to be marked: where it begins and ends (characters of the text), what it is ("error",
    "warning", "long", "hard"), and what is said of it."""

    start: int
    end: int
    kind: str
    what: str
    how: str
    line: int
    check: str


def look(reader: Reader, leaflet: str, text: str, **_: Any) -> dict[str, Any]:
    """All that the writer's view shows of a text that is being written."""
    path = f"sources/{leaflet}.md"
    source, faults = markdown.parse(path, text)
    places = _Places(text)
    marks = [_mark(each, places) for each in faults]
    about: dict[str, Any] = {"outline": [], "layouts": [], "sentences": [], "score": []}
    if source:
        there = reader.project(leaflet, source.own_locale)
        clinic = there.clinic
        own = locales.locale(source.own_locale)
        own = there.locales.get(own.name, own)
        edition, _told = messages.localize(source, own, clinic.country if clinic else "", None, draft=False)
        reading = judge.measure(edition)
        judged = judge.judged(edition, reading, Options(reader.today))
        more = [*checks.leaflet(source, clinic, reader.today, facts.of(own)), *judged.findings]
        whole = {one.finding: one.text for one in judged.too_long}
        marks += [_mark(each, places, whole.get(each, "")) for each in more if each.at.file == path]
        about = {
            "outline": list(_outline(source)),
            "layouts": list(_left_out(edition, there.layouts.values())),
            "sentences": list(_sentences(judged.reading, places)),
            "score": _score(judged.reading),
        }
    shown = sorted(dict.fromkeys(marks), key=lambda mark: (mark.start, -mark.end))[:MOST_MARKS]
    return {"marks": [_plain(mark) for mark in shown], **about}


def _plain(mark: Mark) -> dict[str, Any]:
    return {name: getattr(mark, name) for name in Mark.__slots__}


def _mark(finding: Finding, places: _Places, words: str = "") -> Mark:
    """Where a finding is in the text: its ``words``, else those that it quotes, else its line."""
    kind = (
        "long"
        if finding.check in _LONG
        else "hard"
        if finding.check.startswith("readability-")
        else finding.severity.key
    )
    line = min(max(1, finding.at.line), places.lines)
    quoted = _QUOTED.search(finding.message)
    said = words or (quoted[1].removesuffix("…") if quoted else "")
    start, end = places.find(said, line) or places.line(line)
    return Mark(start, end, kind, finding.message, finding.hint, line, finding.check)


class _Places:
    """A source, in which texts are found again by their letters: between these are marks of Markdown, and line ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.letters = [at for at, letter in enumerate(text) if letter.isalnum()]
        self.said = "".join(text[at] for at in self.letters).casefold()
        self.exact = len(self.said) == len(self.letters)

    @property
    def lines(self) -> int:
        return len(self.starts)

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends, without the spaces around it."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        whole = self.text[start:end]
        return start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())

    def find(self, words: str, line: int) -> tuple[int, int] | None:
        """Where words are, from a line on; ``None`` if they are not there as they are read, as where a number of the
        clinic's is filled in."""
        wanted = "".join(filter(str.isalnum, words)).casefold()
        begin = self.starts[line - 1]
        first = next((at for at, place in enumerate(self.letters) if place >= begin), None)
        if not wanted or first is None or not self.exact:
            return None
        at = self.said.find(wanted, first)
        if at < 0:
            return None
        return self.letters[at], self.letters[at + len(wanted) - 1] + 1


def _outline(source: Leaflet) -> Iterator[dict[str, Any]]:
    yield {"level": 1, "line": source.meta.title.at.line, "text": plain(source.meta.title.inlines), "kind": "title"}
    level = 1
    for block in source.walk():
        if block.kind is Kind.HEADING:
            level = int(block.options["level"])
            yield {"level": level, "line": block.at.line, "text": plain(block.inlines), "kind": "heading"}
        elif block.kind in (Kind.CALLOUT, Kind.PART):
            yield {"level": level + 1, "line": block.at.line, "text": block.options["name"], "kind": "box"}


def _sentences(reading: Reading, places: _Places) -> Iterator[dict[str, Any]]:
    """How long each sentence is, where it can be found again."""
    for sentence in reading.prose.pieces:
        limit, severity = judge.passed(sentence, reading.limits)
        found = places.find(sentence.text, min(max(1, sentence.at.line), places.lines))
        yield {
            "line": sentence.at.line,
            "start": found[0] if found else None,
            "length": sentence.length,
            "most": limit or reading.limits.sentence_warn,
            "state": ("error" if severity is Severity.ERROR else "warning") if limit else "good",
        }


def _score(reading: Reading) -> list[dict[str, Any]]:
    """The formulas that have a target, and the mean length of sentences."""
    told = [
        {
            "name": each.formula.name,
            "value": round(each.value, 1),
            "target": each.goal.target,
            "state": each.state.value,
        }
        for each in reading.scores
        if each.goal
    ]
    return [
        *told,
        {"name": f"{reading.unit} a sentence", "value": round(reading.mean, 1), "target": None, "state": "shown"},
    ]


def _left_out(edition: Edition, layouts: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """What the layouts of each text leave out, by the lines of the source."""
    every = [block for block in edition.walk() if block.inlines and messages.has_words(block.inlines)]
    by_text: dict[str, list[Any]] = {}
    for layout in layouts:
        by_text.setdefault(layout.text, []).append(layout)
    for text, those in by_text.items():
        names = ", ".join(each.title for each in those)
        if lack := excerpts.lack(edition.blocks, text):
            yield {
                "text": _TEXTS.get(text, text),
                "layouts": names,
                "lack": lack,
                "lines": [],
                "printed": 0,
                "of": len(every),
            }
            continue
        there = {inner.at for block in excerpts.printed(edition, text) for inner in block.walk()}
        head = {block.at for block in (edition.meta.title, edition.meta.summary, edition.meta.audience)}
        gone = [block for block in every if block.at not in there and block.at not in head]
        yield {
            "text": _TEXTS.get(text, text),
            "layouts": names,
            "lack": "",
            "lines": [{"line": each.at.line, "text": plain(each.inlines)[:80]} for each in gone],
            "printed": len(every) - len(gone),
            "of": len(every),
        }
