"""Conditions about letters and fonts (checkpoints 10, 17-003 and 31)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fontTools.agl import AGL2UV

from plainleaf.languages.invisible import BYTE_ORDER_MARK
from plainleaf.reading.conformance import cmaps, objects
from plainleaf.reading.conformance.answers import Answer, Case, Check, Checks, of
from plainleaf.reading.conformance.cmaps import PREDEFINED, CMap
from plainleaf.reading.conformance.content import Drawn
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.fonts import NOTDEF, Font
from plainleaf.reading.conformance.objects import get, name, raw, text, whole

_ROUNDING = 1.01  # thousandths: what the standard permits, and what a division by the size of the em adds

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
            Case(page, f"{len(codes)} codes of the font {font} are no letters ({_codes(codes)})")
            for (page, font), codes in unknown.items()
        ),
    )


def _codes(codes: Iterable[int]) -> str:
    said = sorted(codes)
    return ", ".join(f"{code:#x}" for code in said[:5]) + (" ..." if len(said) > 5 else "")


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


# --------------------------------------------------------------------------- each font


def _each(
    choose: Callable[[Font], bool], fault: Callable[[Font], str | None], unjudged: Callable[[Font], str] = lambda _: ""
) -> Check:
    """A check of each font that is chosen: ``fault`` says what is wrong, ``unjudged`` why it cannot be told."""

    def check(document: Document) -> Answer:
        every = [font for font in document.fonts if choose(font)]
        reasons = {font.key: reason for font in every if (reason := unjudged(font))}
        faults = ((font, fault(font)) for font in every if font.key not in reasons)
        cases = (Case(0, f"the font {font.name or 'without a name'} {what}") for font, what in faults if what)
        why = "; ".join(dict.fromkeys(reasons.values()))
        return of(len(every), cases, why)

    return check


def _composite(font: Font) -> bool:
    return font.kind == "Type0"


def _with_own_cmap(font: Font) -> bool:
    return _composite(font) and objects.is_stream(font.encoding)


def _with_named_cmap(font: Font) -> bool:
    return _composite(font) and name(font.encoding) in cmaps.ORDERINGS


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
    return _composite(font) and name(raw(font.descendant, "/Subtype")) == "CIDFontType2" and font.embedded


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


# --------------------------------------------------------------------------- embedded programs


def _seen(font: Font) -> bool:
    return bool(font.seen) and font.kind != "Type3"


def _with_program(font: Font) -> bool:
    return _seen(font) and font.embedded


def _unread(font: Font) -> str:
    if font.program is None:
        return f"the embedded program of {font.name} cannot be read"
    if font.kind == "Type0" and font.cmap is None:
        return f"how {name(font.encoding)} makes characters of codes is not known here"
    if font.kind == "Type0" and not font.readable:
        return f"the table of codes of {font.name} builds on another one, which is not known here"
    return ""


def _is_embedded(font: Font) -> str | None:
    return None if font.embedded else "is not embedded"


def _has_glyphs(font: Font) -> str | None:
    lacks = [code for code in font.seen if font.glyph(code) == -1]
    return f"lacks {len(lacks)} of the glyphs that are used ({_codes(lacks)})" if lacks else None


def _no_missing(font: Font) -> str | None:
    used = [code for code in font.codes if _is_notdef(font, code)]
    return f"is used for {len(used)} codes that it has no glyph for ({_codes(used)})" if used else None


def _is_notdef(font: Font, code: int) -> bool:
    number, program = font.glyph(code), font.program
    if program is None or number is None or number < 0:
        return font.kind in ("Type1", "MMType1") and font.names.get(code, NOTDEF) == NOTDEF
    return number == 0 if program.outlines == "TrueType" or font.kind == "Type0" else program.names[number] == NOTDEF


def _as_wide(font: Font) -> str | None:
    program = font.program
    if program is None:
        return None
    off = []
    for code in font.seen:
        number, said = font.glyph(code), font.width(code)
        drawn = program.widths.get(number) if number is not None and number >= 0 else None
        if drawn is not None and (said is None or abs(said - drawn) > _ROUNDING):
            off.append(code)
    return f"has {len(off)} glyphs of another width than the file says ({_codes(off)})" if off else None


def _no_widths(font: Font) -> str:
    reason = _unread(font)
    if not reason and font.program and any(number not in font.program.widths for number in _used(font)):
        return f"some glyphs of {font.name} cannot be drawn"
    return reason


def _used(font: Font) -> Iterable[int]:
    """The glyphs that are seen, as far as the font has them."""
    return (number for code in font.seen if (number := font.glyph(code)) is not None and number >= 0)


# --------------------------------------------------------------------------- lists of glyphs

_GLYPH = re.compile(r"/([^/\s]{1,100})")


def _lists_names(font: Font) -> bool:
    return font.kind in ("Type1", "MMType1") and font.embedded and raw(font.descriptor, "/CharSet") is not None


def _listed(font: Font) -> tuple[set[str], set[str]]:
    """The glyphs that the file lists, and those that the program has."""
    held = objects.octets(raw(font.descriptor, "/CharSet")).decode("latin-1")
    return set(_GLYPH.findall(held)) | {NOTDEF}, set(font.program.names if font.program else ()) | {NOTDEF}


def _lists_all_names(font: Font) -> str | None:
    listed, there = _listed(font)
    return f"has the glyphs {_some(there - listed)}, which its list has not" if there - listed else None


def _lists_no_others(font: Font) -> str | None:
    listed, there = _listed(font)
    return f"lists the glyphs {_some(listed - there)}, which it has not" if listed - there else None


def _some(names: set[str]) -> str:
    said = sorted(names)
    return ", ".join(said[:5]) + (" ..." if len(said) > 5 else "")


def _lists_characters(font: Font) -> bool:
    return _composite(font) and font.embedded and objects.is_stream(raw(font.descriptor, "/CIDSet"))


def _characters(font: Font) -> tuple[set[int], set[int]]:
    """The characters that the file lists, and those that the program has (ISO 32000-1, table 124)."""
    bits = objects.stream(raw(font.descriptor, "/CIDSet")) or b""
    listed = {8 * at + bit for at, byte in enumerate(bits[:8192]) for bit in range(8) if byte & (0x80 >> bit)}
    return listed | {0}, set(font.characters()) | {0}


def _lists_all_characters(font: Font) -> str | None:
    listed, there = _characters(font)
    return f"has the characters {_codes(there - listed)}, which its list has not" if there - listed else None


def _lists_no_other_characters(font: Font) -> str | None:
    listed, there = _characters(font)
    return f"lists the characters {_codes(listed - there)}, which it has not" if listed - there else None


def _program_unread(font: Font) -> str:
    return "" if font.program else f"the embedded program of {font.name} cannot be read"


# --------------------------------------------------------------------------- simple TrueType fonts


def _of_letters(font: Font) -> bool:
    return font.kind == "TrueType" and not font.symbolic


def _drawn_letters(font: Font) -> bool:
    return _of_letters(font) and _with_program(font)


def _of_symbols(font: Font) -> bool:
    return font.kind == "TrueType" and font.symbolic


def _drawn_symbols(font: Font) -> bool:
    return _of_symbols(font) and _with_program(font)


def _tables(font: Font) -> set[tuple[int, int]]:
    return set(font.program.tables) if font.program else set()


def _has_letter_table(font: Font) -> str | None:
    return (
        None if any(each != (3, 0) for each in _tables(font)) else "is for letters, and has no table of codes for them"
    )


def _table_has_letters(font: Font) -> str | None:
    lacks = [code for code in font.seen if font.looked_up(code) is None]
    return f"has no letter in its tables for {len(lacks)} codes ({_codes(lacks)})" if lacks else None


def _is_encoded(font: Font) -> str | None:
    return None if font.encoding is not None else "is for letters, and does not say how it is encoded"


def _has_encoding(font: Font) -> bool:
    return _of_letters(font) and font.encoding is not None


def _has_encoding_dictionary(font: Font) -> bool:
    return _has_encoding(font) and not name(font.encoding)


def _has_base(font: Font) -> str | None:
    return (
        None if get(font.encoding, "/BaseEncoding") is not None else "does not say from which encoding its own differs"
    )


def _common_encoding(font: Font) -> str | None:
    base = name(font.encoding) or name(get(font.encoding, "/BaseEncoding"))
    return None if base in ("MacRomanEncoding", "WinAnsiEncoding") else f"is encoded as “{base}”"


def _differs(font: Font) -> bool:
    return _of_letters(font) and bool(font.differences)


def _known_names(font: Font) -> str | None:
    other = {named for named in font.differences.values() if named not in AGL2UV and named != NOTDEF}
    return f"names the glyphs {_some(other)}, which are not in the Adobe Glyph List" if other else None


def _has_unicode_table(font: Font) -> str | None:
    return None if (3, 1) in _tables(font) else "is encoded in its own way, and has no Unicode table (cmap 3,1)"


def _not_encoded(font: Font) -> str | None:
    return None if font.encoding is None else "is for symbols, and is encoded besides"


def _has_table(font: Font) -> str | None:
    return None if _tables(font) else "is for symbols, and has no table of codes"


def _has_symbol_table(font: Font) -> str | None:
    tables = _tables(font)
    return (
        None if len(tables) < 2 or (3, 0) in tables else "has several tables of codes, and none for symbols (cmap 3,0)"
    )


# --------------------------------------------------------------------------- ToUnicode


def _says_letters(font: Font) -> str | None:
    if font.to_unicode is not None:
        return None
    if font.kind == "Type0":
        return None if font.known_collection else _SILENT
    base = name(font.encoding) or name(get(font.encoding, "/BaseEncoding"))
    if base in ("MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding") or _of_letters(font):
        return None
    known = font.kind in ("Type1", "MMType1", "Type3") and all(font.names.get(code) in AGL2UV for code in font.codes)
    return None if known else _SILENT


_SILENT = "does not say which letters its codes are"


def _no_letter(*wrong: str) -> Callable[[Font], str | None]:
    def fault(font: Font) -> str | None:
        letters = font.to_unicode.letters if font.to_unicode else {}
        codes = [code for code, said in letters.items() if any(letter in said for letter in wrong)]
        return f"says that {len(codes)} codes are such a letter ({_codes(codes)})" if codes else None

    return fault


def _has_to_unicode(font: Font) -> bool:
    return font.to_unicode is not None


CHECKS: Checks = {
    "10-001": _all_letters,
    "17-003": _formula_letters,
    "31-001": _each(_not_identity, _same("Registry")),
    "31-002": _each(_not_identity, _same("Ordering")),
    "31-003": _each(_with_own_cmap, _supplement),
    "31-004": _each(_second_kind, _map_is_good),
    "31-005": _each(_second_kind, _map_is_there),
    "31-006": _each(_composite, _cmap_is_known),
    "31-007": _each(_with_own_cmap, _one_direction),
    "31-008": _each(lambda font: _with_own_cmap(font) and bool(_builds_on(font)), _builds_on_known),
    "31-009": _each(_seen, _is_embedded),
    "31-011": _each(_with_program, _has_glyphs, _unread),
    "31-012": _each(_lists_names, _lists_all_names, _program_unread),
    "31-013": _each(_lists_names, _lists_no_others, _program_unread),
    "31-014": _each(_lists_characters, _lists_all_characters, _program_unread),
    "31-015": _each(_lists_characters, _lists_no_other_characters, _program_unread),
    "31-016": _each(_with_program, _as_wide, _no_widths),
    "31-017": _each(_drawn_letters, _has_letter_table, _program_unread),
    "31-018": _each(_drawn_letters, _table_has_letters, _program_unread),
    "31-019": _each(_of_letters, _is_encoded),
    "31-020": _each(_has_encoding_dictionary, _has_base),
    "31-021": _each(_has_encoding, _common_encoding),
    "31-022": _each(_differs, _known_names),
    "31-023": _each(lambda font: _differs(font) and font.embedded, _has_unicode_table, _program_unread),
    "31-024": _each(_of_symbols, _not_encoded),
    "31-025": _each(_drawn_symbols, _has_table, _program_unread),
    "31-026": _each(_drawn_symbols, _has_symbol_table, _program_unread),
    "31-027": _each(lambda _: True, _says_letters),
    "31-028": _each(_has_to_unicode, _no_letter("\0")),
    "31-029": _each(_has_to_unicode, _no_letter(BYTE_ORDER_MARK, "\ufffe")),
    "31-030": _each(_with_program, _no_missing, _unread),
}
