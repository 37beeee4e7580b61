"""Conditions about fonts: what is embedded, its glyphs, widths and tables (31-009 to 31-026, 31-030)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from fontTools.agl import AGL2UV

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.answers import Answer, Case, Check, Checks, of
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.fonts import NOTDEF, Font
from plainleaf.reading.conformance.objects import get, name, raw

_ROUNDING = 1.01  # thousandths: what the standard permits, and what a division by the size of the em adds

# --------------------------------------------------------------------------- each font


def each_font(
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


def codes_of(codes: Iterable[int]) -> str:
    """Some codes as a finding names them, the first five of more."""
    said = sorted(codes)
    return ", ".join(f"{code:#x}" for code in said[:5]) + (" ..." if len(said) > 5 else "")


def composite(font: Font) -> bool:
    """Whether its codes lead to characters by a table of their own (ISO 32000-1, 9.7)."""
    return font.kind == "Type0"


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
    return f"lacks {len(lacks)} of the glyphs that are used ({codes_of(lacks)})" if lacks else None


def _no_missing(font: Font) -> str | None:
    used = [code for code in font.codes if _is_notdef(font, code)]
    return f"is used for {len(used)} codes that it has no glyph for ({codes_of(used)})" if used else None


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
    return f"has {len(off)} glyphs of another width than the file says ({codes_of(off)})" if off else None


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
    return composite(font) and font.embedded and objects.is_stream(raw(font.descriptor, "/CIDSet"))


def _characters(font: Font) -> tuple[set[int], set[int]]:
    """The characters that the file lists, and those that the program has (ISO 32000-1, table 124)."""
    bits = objects.stream(raw(font.descriptor, "/CIDSet")) or b""
    listed = {8 * at + bit for at, byte in enumerate(bits[:8192]) for bit in range(8) if byte & (0x80 >> bit)}
    return listed | {0}, set(font.characters()) | {0}


def _lists_all_characters(font: Font) -> str | None:
    listed, there = _characters(font)
    return f"has the characters {codes_of(there - listed)}, which its list has not" if there - listed else None


def _lists_no_other_characters(font: Font) -> str | None:
    listed, there = _characters(font)
    return f"lists the characters {codes_of(listed - there)}, which it has not" if listed - there else None


def _program_unread(font: Font) -> str:
    return "" if font.program else f"the embedded program of {font.name} cannot be read"


# --------------------------------------------------------------------------- simple TrueType fonts


def of_letters(font: Font) -> bool:
    """Whether it is a simple TrueType font for letters, not for symbols."""
    return font.kind == "TrueType" and not font.symbolic


def _drawn_letters(font: Font) -> bool:
    return of_letters(font) and _with_program(font)


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
    return f"has no letter in its tables for {len(lacks)} codes ({codes_of(lacks)})" if lacks else None


def _is_encoded(font: Font) -> str | None:
    return None if font.encoding is not None else "is for letters, and does not say how it is encoded"


def _has_encoding(font: Font) -> bool:
    return of_letters(font) and font.encoding is not None


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
    return of_letters(font) and bool(font.differences)


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


CHECKS: Checks = {
    "31-009": each_font(_seen, _is_embedded),
    "31-011": each_font(_with_program, _has_glyphs, _unread),
    "31-012": each_font(_lists_names, _lists_all_names, _program_unread),
    "31-013": each_font(_lists_names, _lists_no_others, _program_unread),
    "31-014": each_font(_lists_characters, _lists_all_characters, _program_unread),
    "31-015": each_font(_lists_characters, _lists_no_other_characters, _program_unread),
    "31-016": each_font(_with_program, _as_wide, _no_widths),
    "31-017": each_font(_drawn_letters, _has_letter_table, _program_unread),
    "31-018": each_font(_drawn_letters, _table_has_letters, _program_unread),
    "31-019": each_font(of_letters, _is_encoded),
    "31-020": each_font(_has_encoding_dictionary, _has_base),
    "31-021": each_font(_has_encoding, _common_encoding),
    "31-022": each_font(_differs, _known_names),
    "31-023": each_font(lambda font: _differs(font) and font.embedded, _has_unicode_table, _program_unread),
    "31-024": each_font(_of_symbols, _not_encoded),
    "31-025": each_font(_drawn_symbols, _has_table, _program_unread),
    "31-026": each_font(_drawn_symbols, _has_symbol_table, _program_unread),
    "31-030": each_font(_with_program, _no_missing, _unread),
}
