"""Grammars as data: rules with alternatives, from which texts are drawn that look like a file and go wrong inside.

``⟨rule⟩`` in an alternative stands for one text of that rule, ``⟨rule?⟩`` for one or none, ``⟨rule*⟩`` for a few, and
now and then for thousands. The first alternative of a rule ends: it is taken where a text has become deep or long.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

Drawn = str | Callable[[random.Random], str]
Rules = Mapping[str, Sequence[Drawn]]

DEEPEST = 40  # rules in one another; deeper texts are made by ``deep``
USUAL, LARGEST = 3_000, 200_000  # characters of most texts, and of the few large ones
_PLACE = re.compile(r"⟨(?P<rule>[a-z-]+)(?P<many>[*?]?)⟩")


def draw(chance: random.Random, rules: Rules, start: str) -> str:
    """A text of a rule. The same state of ``chance`` gives the same text."""
    room = LARGEST if chance.random() < 0.01 else USUAL
    return _Drawing(chance, {**SHARED, **rules}, room).text(start)


class _Drawing:
    def __init__(self, chance: random.Random, rules: Rules, room: int) -> None:
        self.chance, self.rules, self.room = chance, rules, room
        self.made: list[str] = []

    def text(self, rule: str) -> str:
        self._draw(rule, 0)
        return "".join(self.made)

    def _draw(self, rule: str, depth: int) -> None:
        ways = self.rules[rule]
        way = ways[0] if depth > DEEPEST or self.room < 0 else ways[int(self.chance.random() * len(ways))]
        if callable(way):
            made = way(self.chance)
            self.room -= len(made)
            self.made.append(made)
            return
        self.room -= len(way)
        for part, inner, many in _parts(way):
            self.made.append(part)
            for _ in range(self._times(many) if inner else 0):
                self._draw(inner, depth + 1)

    def _times(self, many: str) -> int:
        if not many:
            return 1
        drawn = self.chance.random()
        if many == "?":
            return int(drawn < 0.5)
        return self.chance.choice((20, 200, 2000)) if drawn < 0.01 else int(drawn * 4)


@cache
def _parts(way: str) -> tuple[tuple[str, str, str], ...]:
    """An alternative in parts: a text, the rule in the place behind it ("" at the end), how many of that."""
    texts = _PLACE.split(way)  # a text, a rule, how many, a text, ...
    return tuple(zip(texts[::3], (*texts[1::3], ""), (*texts[2::3], ""), strict=True))


def deep(*sides: tuple[str, str]) -> Callable[[random.Random], str]:
    """What is nested in itself, as [[[[ ]]]], from a few times to thousands; at times nothing closes it."""

    def made(chance: random.Random) -> str:
        times = chance.choice((*(3, 7, 30, 101) * 2, 400, 1200, 5000))
        begin, end = chance.choice(sides)
        return begin * times + "x" + end * (times if chance.random() < 0.7 else 0)

    return made


def again(*parts: str) -> Callable[[random.Random], str]:
    """The same a great many times, as whoever looks ahead for an end reads over and over."""

    def made(chance: random.Random) -> str:
        return chance.choice(parts) * chance.choice((*(5, 60, 600) * 3, 6000))

    return made


def _character(chance: random.Random) -> str:
    return chance.choice((
        "\0", "\ufeff", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1b[31m", "\x1b]0;x\x07", "\x7f",
        "\x9b1m",
        "\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\u00a0", "\u034f", "\u061c", "\ufffd",
        "\ufffe", "\U000e0041", "\U0010ffff", "\ue000", "e\u0301", "\u0301", "İ", "ß", "ﬁ", "ŉ", "ſ", "Ⅷ", "½", "²",
        "٣",
        "۴", "७", "𝟗", "１", "👩‍👩‍👧", "🇳🇴", "漢", "ا", "ก", "ॐ", "ﷺ", "\t", "\\", '"', "'", "`", "\ud800", "\udfff",
    ))  # fmt: skip


SHARED: Rules = {
    "odd": (_character, lambda chance: chr(chance.choice((chance.randrange(0x3000), chance.randrange(0x110000))))),
    "word": (
        "not", "take", "⟨int⟩ mg", "⟨odd⟩", "naltrexone", "{clinic_phone}", "{0}", "{", "}", "{{", "}}", "{x!r}",
        "{:>9}",
        "%s", "%(a)s", "%", "$x", "&amp;", "&#0;", "&#x110000;", "&#55296;", "&nbsp;", "<b>", "</b>", "<br/>", "<!--",
        "]]>", "0.5", "5,5", "½", "1/0", "1e999", "nan", "twice a day", "8–17", "24 hours", "https://a.example/x",
        "http://[::1", "mailto:a@b", "tel:+1-202", "../../x", "con", "a.b", "A", "é", "नहीं", "لا", "50 ملغ",
    ),
    "words": ("word", "⟨word⟩", "⟨word⟩ ⟨word⟩", "⟨word⟩ ⟨word⟩ ⟨word⟩. ⟨word⟩", "⟨word⟩⟨word⟩", again(
        "a", "no ", "50 mg ", "é", "\u202e", "(", "”", "。", "1", "1.", ", ", "- ", "A. ", "«", "0x", "{a}", "--",
        "@", ":/", "x@x."
    )),
    "int": (
        "5", "0", "-1", "2147483648", "1" * 25, "1" * 5000, "00007", "1_000", "1.5", "1e5", "1e400", "٣", "²", "³⁄₄",
        "∞",
        "٠٫٥", "1 000", "1\u202f000", "1,000.5", "1.000,5",
    ),
    "name": ("a", "a-b", "es", "inhaler", "__class__", "0", "⟨odd⟩", "A" * 300, "é", "x.y", "constructor"),
    "date": ("2026-11-01", "2026-02-30", "0000-00-00", "9999-12-31", "2026-11-01T00:00:00", "⟨int⟩-01-01",
        "0001-01-01"),
    "nl": ("\n", "\r\n", "\r", "\n\n", "\u2028"),
}  # fmt: skip


def spoilt(chance: random.Random, text: str) -> bytes:
    """A text as bytes, and at times as no editor should have saved it."""
    if chance.random() < 0.3:
        lines = text.split("\n")
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        change = chance.randrange(6)
        if change == 0:
            lines[at], lines[other] = lines[other], lines[at]
        elif change == 1:
            lines.insert(at, lines[other])
        elif change == 2:
            del lines[at]
        elif change == 3:
            lines[at] = (lines[at][: 1 + chance.randrange(40)] or "x") * chance.choice((2, 50, 3000))
        elif change == 4:
            lines[at] = lines[at][: chance.randrange(1 + len(lines[at]))] + _character(chance) + lines[other]
        else:
            del lines[at:]
        text = "\n".join(lines)
    if chance.random() < 0.05:
        text = text.replace("\n", chance.choice(("\r\n", "\r", "\u2028", "\n\n")))
    if chance.random() < 0.03:
        text = "\ufeff" * chance.randint(1, 2) + text
    kind = chance.choice(("utf-8",) * 30 + ("utf-16", "latin-1", "utf-8-sig"))
    surrogates = "surrogatepass" if chance.random() < 0.1 and kind != "latin-1" else "replace"
    return text.encode(kind, surrogates)
