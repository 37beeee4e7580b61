"""Numbers with their units, phone numbers and addresses that are broken over two lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from plainleaf.checks.page.boxes import Line, Printout, Run, given, short
from plainleaf.checks.page.registry import Example, PageCheck, Problem
from plainleaf.languages import facts
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.invisible import SOFT_HYPHEN, WORD_JOINER, ZERO_WIDTH_SPACE
from plainleaf.layouts import markup
from plainleaf.model import Severity
from plainleaf.model.tags import locale_name

_FORCED = "\0"  # where the text itself asks for a new line

_HINTS = ZERO_WIDTH_SPACE + WORD_JOINER  # where a line may break and where not

# A figure of any length, with the marks inside it; an address that is typed, with or without a link.
_FIGURE = re.compile(r"\d(?:[.,:٫٬\u202f\u00a0\-\u2010-\u2013]?\d)+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\0]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|(?<![\w{_HINTS}-])\w[\w{_HINTS}-]{{,126}}(?:\.[\w{_HINTS}-]{{1,126}}){{1,10}}/[^\s\0]*"
)
# What a link of words has and an address has not: spaces, or letters of a script that puts none between words.
_WORDS = re.compile(r"[\s\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\uffef]")
# Where an address may go on in the next line, as nobody takes the break for a hyphen or a full stop of its own.
_CLEAR = re.compile(r"[/?&=#@]\0|\0[-._~?&=#]")
_UNSEEN = re.compile(f"[{_HINTS}]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run, and which part of its block's text it is."""

    line: Line
    run: Run
    start: int
    end: int


def _broken(printout: Printout) -> Iterator[Problem]:
    lines = (line for page in printout.pages for line in page.lines if line.runs)
    for element, group in groupby(lines, key=lambda line: (line.element, line.margin, line.page * line.margin)):
        own = [line for line in group if not all(run.generated for run in line.runs)]
        if len(own) > 1:
            text = " ".join("".join(given(element[0], _FORCED)).split())
            rules = (markup.whole(_facts(printout, printout.language(element[0]))), _FIGURE)
            yield from _in(element[0], text, _placed(text, own), rules)


def _facts(printout: Printout, tag: str) -> LocaleData:
    """What is known of a language on the page; of the page's own, with what its locale says."""
    rules = printout.rules
    return facts.laid(locale_name(tag), rules.script, rules.own) if tag == rules.tag else facts.named(tag)


def _placed(text: str, lines: list[Line]) -> list[_Piece]:
    """The runs of some lines, each with its place in their text; none if they are not found there.

    What stands in boxes of its own inside the text is passed over, a hyphen at the end of a line left out.
    """
    places = [at for at, char in enumerate(text) if char not in (" ", _FORCED, SOFT_HYPHEN)]
    bare = "".join(text[at] for at in places)
    pieces, done = [], 0
    for line in lines:
        for run in line.runs:
            letters = "".join(run.text.split()).replace(SOFT_HYPHEN, "")
            if run.generated or not letters:
                continue
            start = bare.find(letters, done)
            if start < 0:
                letters = letters.removesuffix(run.style["hyphenate_character"])
                start = bare.find(letters, done)
            if start < 0:
                return []
            done = start + len(letters)
            if letters:
                pieces.append(_Piece(line, run, places[start], places[done - 1] + 1))
    return pieces


@dataclass(frozen=True, slots=True)
class _Whole:
    """A part of a text that should stand on one line. ``typed``: an address or number that readers copy."""

    start: int
    end: int
    element: Any
    typed: bool = False

    def within(self, other: _Whole) -> bool:
        return other.start <= self.start and self.end <= other.end


def _wholes(element: Any, text: str, pieces: list[_Piece], rules: tuple[re.Pattern[str], ...]) -> list[_Whole]:
    """What should not be broken; what lies within a larger such part is left to it."""
    found = [_Whole(*match.span(), element, typed=True) for match in _ADDRESS.finditer(text)]
    links = groupby((piece for piece in pieces if piece.run.element.tag == "a"), key=lambda piece: piece.run.element)
    for link, group in links:
        parts = list(group)
        start, end = parts[0].start, parts[-1].end
        if link.get("href", "").startswith("tel:") or not _WORDS.search(text[start:end]):
            found.append(_Whole(start, end, link, typed=True))
    found += [_Whole(*match.span(), element) for rule in rules for match in rule.finditer(text)]
    kept: list[_Whole] = []
    for each in sorted(found, key=lambda whole: whole.start - whole.end):  # the longest first
        if not any(each.within(other) for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda whole: whole.start)


def _in(element: Any, text: str, pieces: list[_Piece], rules: tuple[re.Pattern[str], ...]) -> Iterator[Problem]:
    """Breaks inside what should be whole."""
    breaks = [(before, after) for before, after in pairwise(pieces) if before.line is not after.line]
    for whole in _wholes(element, text, pieces, rules) if breaks else ():
        inside = [(one, two) for one, two in breaks if whole.start < two.start < whole.end and one.end > whole.start]
        inside = [(one, two) for one, two in inside if _FORCED not in text[one.end : two.start]]
        if not inside:
            continue
        words = text[whole.start : whole.end]
        if not whole.typed or _width(whole, pieces) <= _room(inside[0][0]):
            hint = "keep it together: a no-break space in the text, or white-space: nowrap in the CSS"
            if not any(sign.isspace() for sign in words):
                hint = "write it shorter, or an address as a link: [words that say where it leads](https://...)"
            yield Problem(whole.element, _said(inside[0][0], words), hint)
        elif unclear := [one for one, two in inside if not _clear(text, one, two)]:
            what = f"{_said(unclear[0], words)} after “{_UNSEEN.sub('', text[whole.start : unclear[0].end])[-12:]}”"
            hint = "print a shorter address, or let it break after slashes: a hyphen is taken for that of a broken word"
            yield Problem(whole.element, what, hint)


def _clear(text: str, one: _Piece, two: _Piece) -> bool:
    around = _UNSEEN.sub("", text[: one.end])[-1:] + "\0" + _UNSEEN.sub("", text[two.start :])[:1]
    return _CLEAR.search(around) is not None


def _said(piece: _Piece, words: str) -> str:
    return f"page {piece.line.page}: “{short(_UNSEEN.sub('', words))}” is broken over two lines"


def _width(whole: _Whole, pieces: list[_Piece]) -> float:
    """About how wide a part of a text is, in px."""
    width = 0.0
    for piece in pieces:
        common = min(whole.end, piece.end) - max(whole.start, piece.start)
        if common > 0:
            width += (piece.run.edges[2] - piece.run.edges[0]) * common / (piece.end - piece.start)
    return width


def _room(piece: _Piece) -> float:
    """How wide a line can be, in px."""
    left, _, right, _ = piece.run.panels[-1].edges
    return max(piece.line.edges[2] - piece.line.edges[0], right - left)


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
            Example(_P.format("Our address: <b>a.example/b</b>"), _BREAK.replace("45", "38")),
            Example(_P.format("Take 1000000000000 of it"), "p { width: 22mm; overflow-wrap: anywhere }"),
            Example(_P.format("Now take un&shy;com&shy;mon&shy;ly 250 mg"), "p { width: 26mm }"),
            Example(_P.format("Take now 250 mg <span>then</span>"), _NARROW + "span { display: inline-block }"),
            Example(_P.format("www.a.example/naltrexone-implants/b"), "p { width: 45mm }"),
        ),
        (
            Example(_P.format("Take now 250&nbsp;mg"), _NARROW),
            Example(_P.format("Take now 250&nbsp;mg"), _NARROW + "p::before { content: '! ' }"),
            Example(_P.format("Call us: <b>+1 202-555-0142</b>"), "p { width: 45mm } b { white-space: nowrap }"),
            Example(_P.format(_LINK.format("what our pages say of it")), _NARROW),
            Example(_P.format("www.a.example/&#8203;naltrexone&#8203;-&#8288;implants/&#8203;b"), "p { width: 45mm }"),
        ),
        "ISMP: figures and units stay together",
        what="A figure and its unit, a phone number or an address is split over two lines in a misleading place.",
        fix="Rephrase the text a little, or give it more room.",
    ),
)
