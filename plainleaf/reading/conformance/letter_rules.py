"""Conditions about letters: what a font's codes mean (10-001, 17-003, 31-001 to 31-008, 31-027 to 31-029)."""

from __future__ import annotations

from collections.abc import Callable

from fontTools.agl import AGL2UV

from plainleaf.languages.invisible import BYTE_ORDER_MARK
from plainleaf.reading.conformance import cmaps, objects
from plainleaf.reading.conformance.answers import Answer, Case, Checks, of
from plainleaf.reading.conformance.cmaps import PREDEFINED, CMap
from plainleaf.reading.conformance.content import Drawn
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.font_rules import codes_of, composite, each_font, of_letters
from plainleaf.reading.conformance.fonts import Font
from plainleaf.reading.conformance.objects import get, name, raw, text, whole

# --------------------------------------------------------------------------- letters


def _letters(document: Document, chosen: Callable[[Drawn], bool]) -> Answer:
    """Whether the codes of some text can be told to be letters, unless a text is given in their place."""
    fonts = {font.key: font for font in document.fonts}
    every, unknown = 0, dict[tuple[int, str], set[int]]()
    for key, drawn in document.content.texts:
        marks = list(drawn.mark.outward()) if drawn.mark else []
        if not chosen(drawn):
            continue
        every += 1
        if any(mark.artifact or mark.actual is not None for mark in marks):
            continue
        lost = {code for code, _ in fonts[key].split(drawn.codes) if not fonts[key].letter(code)}
        if lost:
            unknown.setdefault((drawn.page, fonts[key].name), set()).update(lost)
    return of(
        every,
        (
            Case(page, f"{len(codes)} codes of the font {font} are no letters ({codes_of(codes)})")
            for (page, font), codes in unknown.items()
        ),
    )


def _all_letters(document: Document) -> Answer:
    return _letters(document, lambda _: True)


def _formula_letters(document: Document) -> Answer:
    tags = document.tagged_pieces

    def chosen(drawn: Drawn) -> bool:
        marks = drawn.mark.outward() if drawn.mark else ()
        element = next((tags[place] for mark in marks if (place := (mark.owner, mark.number)) in tags), None)
        within = (element, *document.structure.above(element)) if element else ()
        return any(each.type == "Formula" for each in within)

    return _letters(document, chosen)


# --------------------------------------------------------------------------- tables of codes


def _with_own_cmap(font: Font) -> bool:
    return composite(font) and objects.is_stream(font.encoding)


def _with_named_cmap(font: Font) -> bool:
    return composite(font) and name(font.encoding) in cmaps.ORDERINGS


def _not_identity(font: Font) -> bool:
    return _with_own_cmap(font) or _with_named_cmap(font)


def _same(key: str) -> Callable[[Font], str | None]:
    def fault(font: Font) -> str | None:
        info, other = get(font.descendant, "/CIDSystemInfo"), get(font.encoding, "/CIDSystemInfo")
        own = text(raw(info, f"/{key}"))
        if objects.is_stream(font.encoding):
            table = text(raw(other, f"/{key}"))
        else:
            table = "Adobe" if key == "Registry" else cmaps.ORDERINGS[name(font.encoding)]
        return None if own == table else f"is of “{own}”, its table of codes of “{table}” ({key})"

    return fault


def _supplement(font: Font) -> str | None:
    own = whole(get(font.descendant, "/CIDSystemInfo", "/Supplement"), 0)
    table = whole(get(font.encoding, "/CIDSystemInfo", "/Supplement"), 0)
    return None if own >= table else f"is of supplement {own}, its table of codes of {table}"


def _second_kind(font: Font) -> bool:
    return composite(font) and name(raw(font.descendant, "/Subtype")) == "CIDFontType2" and font.embedded


def _map_is_good(font: Font) -> str | None:
    held = get(font.descendant, "/CIDToGIDMap")
    good = objects.is_stream(held) or name(held) == "Identity"
    return None if good else "says neither by a table nor as Identity which glyphs its characters are"


def _map_is_there(font: Font) -> str | None:
    return None if get(font.descendant, "/CIDToGIDMap") is not None else "does not say which glyphs its characters are"


def _cmap_is_known(font: Font) -> str | None:
    known = objects.is_stream(font.encoding) or name(font.encoding) in PREDEFINED
    return (
        None if known else f"has a table of codes “{name(font.encoding)}” that is neither embedded nor the standard's"
    )


def _own(font: Font) -> CMap:
    return font.cmap or CMap()


def _one_direction(font: Font) -> str | None:
    outside = whole(get(font.encoding, "/WMode"), 0)
    inside = _own(font).direction
    return (
        None if inside == outside else f"is written in direction {outside} by the file, {inside} by its table of codes"
    )


def _builds_on(font: Font) -> tuple[str, ...]:
    named = name(get(font.encoding, "/UseCMap"))
    return (*_own(font).used, *([named] if named else []))


def _builds_on_known(font: Font) -> str | None:
    other = [each for each in _builds_on(font) if each not in PREDEFINED]
    return f"has a table of codes that builds on “{other[0]}”, which is not the standard's" if other else None


# --------------------------------------------------------------------------- ToUnicode


def _says_letters(font: Font) -> str | None:
    if font.to_unicode is not None:
        return None
    if font.kind == "Type0":
        return None if font.known_collection else _SILENT
    base = name(font.encoding) or name(get(font.encoding, "/BaseEncoding"))
    if base in ("MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding") or of_letters(font):
        return None
    known = font.kind in ("Type1", "MMType1", "Type3") and all(font.names.get(code) in AGL2UV for code in font.codes)
    return None if known else _SILENT


_SILENT = "does not say which letters its codes are"


def _no_letter(*wrong: str) -> Callable[[Font], str | None]:
    def fault(font: Font) -> str | None:
        letters = font.to_unicode.letters if font.to_unicode else {}
        codes = [code for code, said in letters.items() if any(letter in said for letter in wrong)]
        return f"says that {len(codes)} codes are such a letter ({codes_of(codes)})" if codes else None

    return fault


def _has_to_unicode(font: Font) -> bool:
    return font.to_unicode is not None


CHECKS: Checks = {
    "10-001": _all_letters,
    "17-003": _formula_letters,
    "31-001": each_font(_not_identity, _same("Registry")),
    "31-002": each_font(_not_identity, _same("Ordering")),
    "31-003": each_font(_with_own_cmap, _supplement),
    "31-004": each_font(_second_kind, _map_is_good),
    "31-005": each_font(_second_kind, _map_is_there),
    "31-006": each_font(composite, _cmap_is_known),
    "31-007": each_font(_with_own_cmap, _one_direction),
    "31-008": each_font(lambda font: _with_own_cmap(font) and bool(_builds_on(font)), _builds_on_known),
    "31-027": each_font(lambda _: True, _says_letters),
    "31-028": each_font(_has_to_unicode, _no_letter("\0")),
    "31-029": each_font(_has_to_unicode, _no_letter(BYTE_ORDER_MARK, "\ufffe")),
}
