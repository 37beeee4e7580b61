"""Reads numbers written in characters, as Chinese and Japanese write them; which they are is the language's data.

A character has a digit's value (三) or a place's (百); 三百五十 adds up to 350. Section ``[numerals]`` of a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from plainleaf.checks.translation.cases import Side
from plainleaf.checks.translation.quantities import Quantity, either, unit_behind
from plainleaf.languages.facts import LocaleData
from plainleaf.languages.folding import HOLE, fold

_LONGEST = 12, 6  # characters of a number, and of what follows "of"
_MYRIAD = 10_000  # from this place on, all that came before is multiplied


@dataclass(frozen=True, slots=True)
class _Known:
    """What a language writes numbers with: ``parts`` take no others (半); ``of`` is between two (分之)."""

    characters: Mapping[str, int]
    parts: Mapping[str, Fraction]
    of: re.Pattern[str]
    number: re.Pattern[str]
    span: re.Pattern[str]
    percents: frozenset[str]


@cache
def _known(data: LocaleData) -> _Known | None:
    """``None`` where a language has no numerals of its own."""
    values = {
        fold(entry): Fraction(key)
        for key, entries in data.section("numerals").items()
        if key[0].isdecimal()
        for entry in entries
    }
    whole = {text: int(value) for text, value in values.items() if len(text) == 1 and value.denominator == 1}
    if not whole:
        return None
    parts = {text: value for text, value in values.items() if text not in whole}
    one = f"[{''.join(map(re.escape, whole))}]"
    of = either(data.folded("numerals", "of"))
    ordinals = "".join(f"(?<!{re.escape(word)})" for word in data.folded("numerals", "ordinal") if word)
    whole_number = rf"{one}{{1,{_LONGEST[0]}}}(?:{of}{one}{{1,{_LONGEST[1]}}})?"
    to = either(data.folded("between", "to") | data.folded("between", "or"))
    return _Known(
        whole,
        parts,
        re.compile(of),
        re.compile(rf"{ordinals}(?<!\d)(?:{either(parts)}|{whole_number})"),
        re.compile(rf"(?:[～~-]|{to}){one}{{1,3}}"),
        data.folded("units", "percent"),
    )


def numerals(side: Side) -> Iterator[Quantity]:
    """Numbers in characters where they can be nothing else: a fraction, or what stands before a counting word."""
    counters, known = side.data.value("counters", ""), _known(side.data)
    folded, masked = side.folded, side.tagged.get("word:neutral", ())
    if not known or not counters:
        return
    for match in known.number.finditer(folded):
        text, start, end = match[0], match.start(), match.end()
        after = folded[end : end + 1]
        counted = bool(known.span.match(folded, end)) or (after != "" and after in counters)  # as in "两到三次"
        if any(hit.start <= start < hit.end for hit in masked):
            continue
        if of := known.of.search(text):
            bottom, top = _value(known, text[: of.start()]), _value(known, text[of.end() :])
            value = Fraction(top, 1 if text[: of.end()] in known.percents else bottom or 1)  # 百分之五 is 5 %
        elif text in known.parts and (counted or len(text) > 1):
            value = known.parts[text]
        elif text not in known.parts and counted and folded[start - 1 : start] != HOLE:
            value = Fraction(_value(known, text))
        else:
            continue
        yield Quantity(value, start, end, text, unit_behind(end, folded, side.starts))


def _value(known: _Known, text: str) -> int:
    """The value of 三百五十: 350."""
    total = section = digit = 0
    for character in text:
        value = known.characters[character]
        if value < 10:
            digit = value
        else:
            if value >= _MYRIAD:
                total = (total + section + digit) * value
                section = 0
            else:
                section += (digit or 1) * value
            digit = 0
    return total + section + digit
