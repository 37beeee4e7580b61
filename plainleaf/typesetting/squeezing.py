"""Chinese and Japanese marks that follow one another, set as closely as their printers set them.

A full-width mark stands in one half of its square and leaves the other half white. Where two meet, as in ``）。`` or
``”（``, there would be a gap of a whole character. Fonts know the half widths (``halt``) but few say where they are due
(``chws``, contextual half-width spacing), so the cut font is told that here: as kerning, which needs no style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def squeeze(font: Any) -> None:
    """Let a mark that is followed by another one lose its white half. A font without half widths stays as it is.

    ``font``: a fontTools.ttLib.TTFont with its ``halt``; its kerning gets one more lookup.
    """
    if "GPOS" not in font or not font["GPOS"].table.FeatureList:
        return
    table = font["GPOS"].table
    kerning = [each.Feature for each in table.FeatureList.FeatureRecord if each.FeatureTag == "kern"]
    half = font["head"].unitsPerEm // 2
    halves = dict(_halves(table))
    closing = [glyph for glyph, at in halves.items() if at == (0, -half)]  # the white half is behind it
    opening = [glyph for glyph, at in halves.items() if at == (-half, -half)]  # before it
    if not kerning or not closing:
        return
    for feature in kerning:
        feature.LookupListIndex.append(len(table.LookupList.Lookup))
        feature.LookupCount = len(feature.LookupListIndex)
    table.LookupList.Lookup.append(_lookup(font, tuple(closing), tuple(opening), half))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)


def _halves(table: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    """The glyphs that have a half width, with how far they move and by how much they get wider then."""
    features = (each.Feature for each in table.FeatureList.FeatureRecord if each.FeatureTag == "halt")
    numbers = dict.fromkeys(number for feature in features for number in feature.LookupListIndex)
    for lookup in (table.LookupList.Lookup[number] for number in numbers):
        for rule in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if type(rule).__name__ != "SinglePos":
                continue
            for number, glyph in enumerate(rule.Coverage.glyphs):
                value = rule.Value if rule.Format == 1 else rule.Value[number]
                yield glyph, (getattr(value, "XPlacement", 0) or 0, getattr(value, "XAdvance", 0) or 0)


def _lookup(font: Any, closing: tuple[str, ...], opening: tuple[str, ...], half: int) -> Any:
    """Pairs of marks of which the first one is narrower: all but one that opens before one that closes."""
    from fontTools.otlLib.builder import PairPosBuilder
    from fontTools.ttLib.tables.otBase import ValueRecord

    builder = PairPosBuilder(font, None)
    narrower = ValueRecord()
    narrower.XAdvance = -half
    pairs = [(closing, closing), *([(closing, opening), (opening, opening)] if opening else [])]
    for first, second in pairs:
        builder.addClassPair(None, first, narrower, second, None)
    return builder.build()
