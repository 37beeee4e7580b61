"""Text of the other direction, kept apart, so that doses, names and phone numbers print in their own order.

Each styled piece of a line is laid out as a box of its own, so in a right-to-left paragraph ``metformin <b>500</b> mg``
prints as "mg 500 metformin", and a bare ``+44 20 7946 0958`` from its end. ``isolate`` wraps every run of the other
direction in ``model.Isolate``, with its bold inside.

In a right-to-left paragraph a run is made of words of left-to-right letters and of Western numbers. What joins them:

* anything without a space (``2.5``, ``7–10``, an address on the web); spaces, dashes, slashes, signs and apostrophes;
  brackets and «», “” if they open and close inside the run, otherwise they stay outside;
* never a comma, semicolon, colon, full stop, "?" or "!" with a space: the names of a list are read one by one;
* two numbers with a mere space between only if they look like a phone number (seven digits, or six in three groups:
  ``13 11 14``), thousands (``10 000``) or ``1 1/2``, or the space is non-breaking: ``2009 56`` is two runs, 2009 read
  first;
* no figure that counts what the next word names: ``(250 mg) 3 times``, "times" in the line's own language, is two runs,
  lest the 3 print beside something else than "times" (``counts``).

Numbers in Arabic or Persian digits are left to Unicode's own rules there: with an en dash ``٧–١٠`` prints with ٧ at the
right, as its readers expect, and an isolate of the other direction would turn that round only for Persian digits.
They neither start a run nor join one, unless they touch a letter (``B١٢``). In a left-to-right paragraph they are part
of the right-to-left run; Western numbers only between two of its words.

An isolate is one character to the rules around it, and nothing joins across one that is there already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import get_args

from plainleaf.languages import phone_shapes
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.invisible import JOINERS
from plainleaf.model import Direction, Emphasis, Inline, Isolate, Link, Strong, Text
from plainleaf.typesetting import counts

Span = tuple[int, int]
Marked = Strong | Emphasis | Link

_ATOM = "\ufffc"  # stands for an isolate or a placeholder in the flat text; nothing joins across it
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_CONTROLS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

# One letter for each character: Core (makes a run), Weak (part of a run only between cores), Native digit, Mark (stays
# with the word before it), Bar (no run crosses it), Space, Other.
_TOKEN = {"rtl": re.compile("N*C[CNM]*"), "ltr": re.compile("W*C[CWM]*|W[WM]*")}

_CLOSING = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”", "（": "）", "［": "］", "【": "】"}
_OPENING = {close: open_ for open_, close in _CLOSING.items()}
_JOINING = frozenset("/.&%‰٪،+@*#_~°·'’‘®™©") | _CLOSING.keys() | _OPENING.keys()  # beside a space, within a run
_JOINING_CATEGORIES = frozenset({"Pd", "Sm", "Sc", "Mn", "Me"})
_SIGNS = frozenset("+-−±×~<>≤≥≈#@$€£¥₹₪")  # before a number or word, touching it
_SUFFIX = {  # after it
    "rtl": re.compile(r"(?:\s?[%‰$€£¥₹₪](?!\w)|[%‰$€£¥₹₪°™®©′″⁺⁻])*(?:[+/](?!\w))?"),
    "ltr": re.compile(r"[٪%]?"),
}
# Between two numbers: a mere breaking space, whatever sign touches the one or the other.
_MERE_SPACE = re.compile(r"(?:[ \t\r\n]?[%‰$€£¥₹₪])?[+°™®]*[()]*[ \t\r\n]+[()]*[+$€£¥₹₪]?")
_THOUSANDS = re.compile(r"\d{1,3}( \d{3})+")


def direction_of(text: str) -> Direction | None:
    """The direction of the first letter that has one; None for a text without (numbers have none)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in _RIGHT_TO_LEFT:
            return "rtl"
    return None


def isolate(inlines: tuple[Inline, ...], base: Direction, language: LocaleData | None = None) -> tuple[Inline, ...]:
    """The same text with each run of the direction opposite to ``base`` in an ``Isolate``.

    ``language``: the text's own, by whose words figures are counted first.

    Isolates that are there already stay as they are. Strong, Emphasis or Link is split in two only if a run begins or
    ends in its middle and goes on outside it. Without a run the very same tuple comes back.
    """
    text = _flat(inlines)
    if base == "ltr" and text.isascii():
        return inlines
    runs = _runs(text, base, language)
    return tuple(_wrapped(inlines, runs, "ltr" if base == "rtl" else "rtl")) if runs else inlines


# --------------------------------------------------------------------------- finding the runs


_MOST = 4096


class _Kinds(dict[int, str]):
    """The class of each character of texts of one direction, for ``str.translate``; begun anew where there are
    ``_MOST``."""

    def __init__(self, base: Direction) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, point: int) -> str:
        if len(self) >= _MOST:
            self.clear()
        kind = self[point] = _kind(chr(point), self._base)
        return kind


_KINDS = {base: _Kinds(base) for base in get_args(Direction)}


def _kind(char: str, base: Direction) -> str:
    """The class of a character, as listed at ``_TOKEN``."""
    bidi = unicodedata.bidirectional(char)
    if char == _ATOM or bidi in _CONTROLS or (bidi == "B" and char not in "\r\n"):
        return "B"
    if bidi == "NSM" or char in JOINERS:
        return "M"
    if bidi == "AN" or "\u06f0" <= char <= "\u06f9":
        return "N" if base == "rtl" else "C"
    if bidi == "L":
        return "C" if base == "rtl" else "B"
    if bidi in _RIGHT_TO_LEFT:
        return "B" if base == "rtl" else "C"
    if bidi == "EN" or unicodedata.category(char) == "No":
        return "C" if base == "rtl" else "W"
    if char.isspace():
        return "S"
    return "B" if char == "،" and base == "rtl" else "O"


def _runs(text: str, base: Direction, language: LocaleData | None) -> list[Span]:
    """Start and end of each run, in order; they never overlap."""
    kinds = text.translate(_KINDS[base])
    if "C" not in kinds:
        return []
    tokens = [found.span() for found in _TOKEN[base].finditer(kinds)]
    inside = {at for start, end in tokens for at in range(start, end)}
    bars = {at for at, kind in enumerate(kinds) if kind in "BN" and at not in inside}
    for (_, start), (end, _) in pairwise(tokens):
        if "S" in kinds[start:end]:
            bars.update(at for at in range(start, end) if not _joins(text, kinds, at))
    counted = counts.begins(text, tokens, language) if base == "rtl" else {}
    bars |= {*counted.values(), *_between_numbers(text, tokens, counted)}
    pairs = _brackets(text, kinds, bars)
    runs: list[Span] = []
    for start, end in _groups(tokens, kinds, bars):
        left = min((opened for opened, closed in pairs if opened < start <= closed < end), default=start)
        right = max((closed + 1 for opened, closed in pairs if start <= opened < end <= closed), default=end)
        if base == "rtl" and left and text[left - 1] in _SIGNS and _stands_free(text, kinds, left - 2):
            left -= 1
        suffix = _SUFFIX[base].match(text, right)
        runs.append((max(left, runs[-1][1] if runs else 0), suffix.end() if suffix else right))
    return runs


def _joins(text: str, kinds: str, at: int) -> bool:
    """Whether a character between two words that are not written as one leaves them in one run."""
    char = text[at]
    if char == "." and kinds[at + 1] == "S":
        return False
    return kinds[at] in "SM" or char in _JOINING or unicodedata.category(char) in _JOINING_CATEGORIES


def _stands_free(text: str, kinds: str, at: int) -> bool:
    """Whether a sign after this place belongs to what follows: "-5", but not the hyphen of "كوفيد-19"."""
    return at < 0 or kinds[at] == "S" or text[at] in _CLOSING


def _between_numbers(text: str, tokens: list[Span], counted: Container[int]) -> set[int]:
    """The spaces that part two unrelated numbers; a number that begins what is ``counted`` ends one of a telephone."""
    numeric = [not any(unicodedata.category(char)[0] == "L" for char in text[start:end]) for start, end in tokens]
    bars: set[int] = set()
    first = 0
    while first < len(tokens):
        last = first  # of a group that may be one phone number
        while last + 1 < len(tokens) and numeric[last] and numeric[last + 1] and last + 1 not in counted:
            if not phone_shapes.GAP.fullmatch(text, tokens[last][1], tokens[last + 1][0]):
                break
            last += 1
        digits = sum(end - start for start, end in tokens[first : last + 1])
        whole = text[tokens[first][0] : tokens[last][1]]
        one = phone_shapes.is_one_number(digits, last - first + 1) or _THOUSANDS.fullmatch(whole)
        for index in range(first, min(last + 1, len(tokens) - 1)):
            start, end = tokens[index][1], tokens[index + 1][0]
            if not (numeric[index] and numeric[index + 1]) or (one and index < last):
                continue
            if _MERE_SPACE.fullmatch(text, start, end) and not counts.MIXED.match(text, tokens[index][0]):
                bars.add(next(at for at in range(start, end) if text[at] in " \t\r\n"))
        first = last + 1
    return bars


def _brackets(text: str, kinds: str, bars: set[int]) -> list[Span]:
    """The pairs of brackets that may lie in a run; every other bracket is added to ``bars``."""
    pairs: list[Span] = []
    opened: list[int] = []
    for at, char in enumerate(text):
        if kinds[at] != "O":
            continue
        if char in _CLOSING:
            opened.append(at)
        elif char in _OPENING:
            match = next((place for place in reversed(opened) if text[place] == _OPENING[char]), None)
            if match is None:
                bars.add(at)
                continue
            while (last := opened.pop()) != match:
                bars.add(last)
            pairs.append((match, at))
    bars.update(opened)
    good = []
    for start, end in pairs:  # an inner pair closes, and so stands, before its outer one
        if any(start < bar < end for bar in bars):
            bars |= {start, end}
        else:
            good.append((start, end))
    return good


def _groups(tokens: list[Span], kinds: str, bars: set[int]) -> Iterator[Span]:
    """The words that hang together, without weak ones at either end."""
    group: Span | None = None
    previous = 0
    for start, end in tokens:
        if group and any(at in bars for at in range(previous, start)):
            yield group
            group = None
        previous = end
        if "C" in kinds[start:end]:
            group = (group[0] if group else start, end)
    if group:
        yield group


# --------------------------------------------------------------------------- rebuilding the tree


def _flat(inlines: Iterable[Inline]) -> str:
    """The characters a run is found in; an atom counts as one."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        else:
            parts.append(_flat(inline.children) if isinstance(inline, Marked) else _ATOM)
    return "".join(parts)


def _spans(inlines: Iterable[Inline], start: int = 0) -> Iterator[tuple[int, int, Inline]]:
    """Each inline with its start and end in the flat text."""
    for inline in inlines:
        end = start + len(_flat((inline,)))
        yield start, end, inline
        start = end


def _cut(inlines: Iterable[Inline], start: int, end: int) -> tuple[Inline, ...]:
    """The inlines from ``start`` to ``end``, those across an edge split there."""
    out: list[Inline] = []
    for left, right, inline in _spans(inlines):
        if right <= start or left >= end:
            continue
        if left >= start and right <= end:
            out.append(inline)
        elif isinstance(inline, Text):
            out.append(Text(inline.text[max(start - left, 0) : end - left]))
        elif isinstance(inline, Marked):
            out.append(replace(inline, children=_cut(inline.children, max(start - left, 0), end - left)))
    return tuple(out)


def _wrapped(inlines: tuple[Inline, ...], runs: list[Span], direction: Direction) -> Iterator[Inline]:
    """The inlines with each run in an isolate: inside Strong, Emphasis or Link if it is a mere part of that one."""
    marked = [(left, right) for left, right, inline in _spans(inlines) if isinstance(inline, Marked)]
    here = [run for run in runs if not any(a <= run[0] and run[1] <= b and run != (a, b) for a, b in marked)]
    done = 0
    for start, end in [*here, (len(_flat(inlines)), -1)]:
        for left, right, piece in _spans(_cut(inlines, done, start), done):
            within = [(first - left, last - left) for first, last in runs if left <= first and last <= right]
            if within and isinstance(piece, Marked):
                yield replace(piece, children=tuple(_wrapped(piece.children, within, direction)))
            else:
                yield piece
        if end >= 0:
            yield Isolate(_cut(inlines, start, end), direction)
        done = end
