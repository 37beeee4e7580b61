"""The fonts in which a PDF draws text, with the codes that it uses of them: from a code to a glyph and to a letter.

ISO 32000-1, 9.6 (simple fonts), 9.7 (composite fonts), 9.10 (letters).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fontTools.agl import UV2AGL, toUnicode
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import cmaps, objects, programs
from plainleaf.reading.conformance.cmaps import IDENTITY, CMap
from plainleaf.reading.conformance.content import Content
from plainleaf.reading.conformance.objects import Key, array, dictionary, get, name, number, raw, text, whole
from plainleaf.reading.conformance.programs import Program

NOTDEF = ".notdef"
COLLECTIONS = ("GB1", "CNS1", "Japan1", "Korea1")  # of Adobe, whose characters are known letters (9.10.2)
_SYMBOLIC = 4  # flags of a descriptor (9.8.2)


_UNICODE = ((3, 1), (0, 3), (0, 4), (3, 10), (0, 1), (0, 0), (0, 2), (0, 6))  # tables of codes that are letters
_MAC_CODES = {glyph: code for code, glyph in enumerate(MacRoman)}


def _win_ansi() -> dict[int, str]:
    letters = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    names = {code: UV2AGL.get(ord(letter), "bullet") for code, letter in letters.items()}
    return names | {0xA0: "space", 0xAD: "hyphen"}


_ENCODINGS: Mapping[str, Mapping[int, str]] = {
    "WinAnsiEncoding": _win_ansi(),
    "MacRomanEncoding": dict(enumerate(MacRoman)),
    "StandardEncoding": dict(enumerate(StandardEncoding)),
}


@dataclass(frozen=True)
class Font:
    """A font as a page names it. ``codes``: those that text uses; ``seen``: those of text that is not invisible."""

    key: Key
    held: DictionaryObject
    codes: frozenset[int]
    seen: frozenset[int]

    @cached_property
    def kind(self) -> str:
        return name(raw(self.held, "/Subtype"))

    @cached_property
    def name(self) -> str:
        """Its name without the letters of a subset."""
        said = name(raw(self.held, "/BaseFont")) or name(raw(self.held, "/Name"))
        return said[7:] if said[6:7] == "+" else said

    @cached_property
    def descendant(self) -> DictionaryObject:
        """The font of characters below a composite font; a simple one itself."""
        if self.kind != "Type0":
            return self.held
        below = array(raw(self.held, "/DescendantFonts"))
        return dictionary(below[0]) if below else DictionaryObject()

    @cached_property
    def descriptor(self) -> DictionaryObject:
        return dictionary(raw(self.descendant, "/FontDescriptor"))

    @cached_property
    def embedded(self) -> bool:
        return programs.embedded(self.descriptor)

    @cached_property
    def program(self) -> Program | None:
        return programs.read(self.descriptor)

    @cached_property
    def symbolic(self) -> bool:
        return bool(whole(raw(self.descriptor, "/Flags"), 0) & _SYMBOLIC)

    # ------------------------------------------------------------------- codes

    @cached_property
    def encoding(self) -> object:
        return get(self.held, "/Encoding")

    @cached_property
    def cmap(self) -> CMap | None:
        """How a composite font's codes become characters; ``None`` if by one of the standard's many tables."""
        if name(self.encoding) in ("Identity-H", "Identity-V"):
            return IDENTITY
        data = objects.stream(self.encoding)
        return cmaps.read(data) if data is not None else None

    def split(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The codes of a shown string, each with its length in bytes."""
        if self.kind != "Type0":
            return ((code, 1) for code in data)
        return (self.cmap or IDENTITY).codes(data)

    def cid(self, code: int) -> int | None:
        """The character of a composite font for a code, ``None`` if that is not known."""
        if self.cmap is IDENTITY:
            return code
        if self.cmap is None or not self.readable:
            return None
        return self.cmap.cids.get(code, code if self.cmap.used else 0)

    @cached_property
    def readable(self) -> bool:
        """Whether it is known what becomes of a composite font's codes: its table builds on no other that counts."""
        return self.cmap is not None and all(each.startswith("Identity-") for each in self.cmap.used)

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The names of a simple font's glyphs by code: its encoding, and where that differs (9.6.6)."""
        base = name(self.encoding) or name(get(self.encoding, "/BaseEncoding"))
        found = dict(_ENCODINGS.get(base, {}))
        if not base:
            built_in = self.program.encoding if self.program else {}
            found = dict(built_in) if built_in else {} if self.symbolic else dict(_ENCODINGS["StandardEncoding"])
        found.update(self.differences)
        return found

    @cached_property
    def differences(self) -> Mapping[int, str]:
        found, at = dict[int, str](), 0
        for item in array(raw(self.encoding, "/Differences")):
            if said := name(item):
                found[at] = said
                at += 1
            else:
                at = whole(item, at)
        return found

    # ------------------------------------------------------------------- letters

    @cached_property
    def to_unicode(self) -> CMap | None:
        data = objects.stream(raw(self.held, "/ToUnicode"))
        return cmaps.read(data) if data is not None else None

    def letter(self, code: int) -> str | None:
        """The text of a code (9.10.2), ``None`` if the file does not say."""
        if self.to_unicode is not None and (said := self.to_unicode.letters.get(code)):
            return said
        if self.kind == "Type0":
            return "\ufffd" if self.known_collection else None
        named = self.names.get(code, NOTDEF)
        return toUnicode(named) or None

    @cached_property
    def known_collection(self) -> bool:
        """Whether a composite font's characters are letters known to all (9.10.2)."""
        info = get(self.descendant, "/CIDSystemInfo")
        return text(raw(info, "/Registry")) == "Adobe" and text(raw(info, "/Ordering")) in COLLECTIONS

    # ------------------------------------------------------------------- glyphs

    @cached_property
    def _glyphs(self) -> bytes | None:
        """The table from characters to glyphs, ``None`` if they are the same."""
        return objects.stream(raw(self.descendant, "/CIDToGIDMap"))

    def glyph(self, code: int) -> int | None:
        """The number of the glyph for a code: -1 if the font has none, ``None`` if that cannot be told."""
        if (program := self.program) is None:
            return None
        if self.kind == "Type0":
            return self._of_character(code, program)
        if self.kind == "TrueType":
            return self._of_truetype(code, program)
        named = self.names.get(code, NOTDEF)
        return program.numbers.get(named, -1)

    def _of_character(self, code: int, program: Program) -> int | None:
        cid = self.cid(code)
        if cid is None:
            return None
        if program.cids is not None:
            return program.cids.get(cid, -1)
        if self._glyphs is not None:
            pair = self._glyphs[2 * cid : 2 * cid + 2]
            cid = int.from_bytes(pair, "big") if len(pair) == 2 else 0
        return cid if cid < program.count else -1

    def _of_truetype(self, code: int, program: Program) -> int | None:
        tables, named = program.tables, self.names.get(code, NOTDEF)
        found: str | None = None
        if not self.symbolic:
            found = self.looked_up(code)
            if found is None and named != NOTDEF and named in program.names:
                found = named
        else:
            for at in (code, 0xF000 + code, 0xF100 + code, 0xF200 + code):
                found = found or tables.get((3, 0), {}).get(at)
            found = found or tables.get((1, 0), {}).get(code)
        return program.numbers.get(found, -1) if found else -1

    def looked_up(self, code: int) -> str | None:
        """The glyph that a TrueType font for letters finds by its tables of codes (9.6.6.4), ``None`` if none."""
        tables, named = self.program.tables if self.program else {}, self.names.get(code, NOTDEF)
        found: str | None = None
        if letter := toUnicode(named):
            found = next((glyph for at in _UNICODE if (glyph := tables.get(at, {}).get(ord(letter[0])))), None)
        if found is None and (1, 0) in tables and named in _MAC_CODES:
            found = tables[1, 0].get(_MAC_CODES[named])
        return found

    def characters(self) -> frozenset[int]:
        """The characters of a composite font that its program has glyphs for."""
        if (program := self.program) is None:
            return frozenset()
        if program.cids is not None:
            return frozenset(program.cids)
        if self._glyphs is None:
            return frozenset(range(program.count))
        pairs = (self._glyphs[at : at + 2] for at in range(0, min(len(self._glyphs), 2 * cmaps.MOST_CODES), 2))
        glyphs = (int.from_bytes(pair, "big") for pair in pairs)
        return frozenset(cid for cid, glyph in enumerate(glyphs) if 0 < glyph < program.count)

    # ------------------------------------------------------------------- widths

    def width(self, code: int) -> float | None:
        """How wide the file says that the glyph of a code is, in thousandths of the size; ``None`` if it does not."""
        if self.kind == "Type0":
            cid = self.cid(code)
            return None if cid is None else self._widths.get(cid, number(raw(self.descendant, "/DW"), 1000))
        widths = array(raw(self.held, "/Widths"))
        at = code - whole(raw(self.held, "/FirstChar"), 0)
        return number(widths[at]) if 0 <= at < len(widths) else number(raw(self.descriptor, "/MissingWidth"))

    @cached_property
    def _widths(self) -> Mapping[int, float]:
        """Widths by character (9.7.4.3)."""
        found: dict[int, float] = {}
        items = array(raw(self.descendant, "/W"))
        at = 0
        while at + 1 < len(items) and len(found) < cmaps.MOST_CODES:
            first, second = whole(items[at]), objects.resolved(items[at + 1])
            if isinstance(second, list):
                found.update((first + place, number(each)) for place, each in enumerate(second))
                at += 2
            elif at + 2 < len(items):
                last = min(whole(second), first + cmaps.MOST_CODES)
                found.update(dict.fromkeys(range(first, last + 1), number(items[at + 2])))
                at += 3
            else:
                break
        return found


def used(*contents: Content) -> tuple[Font, ...]:
    """The fonts of all text, in the order of their first use."""
    shown: dict[Key, tuple[set[bytes], set[bytes]]] = {}
    held: dict[Key, DictionaryObject] = {}
    for content in contents:
        held.update(content.fonts)
        for key, drawn in content.texts:
            every, seen = shown.setdefault(key, (set(), set()))
            every.add(drawn.codes)
            if drawn.seen:
                seen.add(drawn.codes)
    found = []
    for key, (every, seen) in shown.items():
        bare = Font(key, held[key], frozenset(), frozenset())
        sets = (frozenset(code for data in each for code, _ in bare.split(data)) for each in (every, seen))
        found.append(Font(key, held[key], *sets))
    return tuple(found)
