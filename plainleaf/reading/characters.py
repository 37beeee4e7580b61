"""The fonts of a PDF: which text each code stands for (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from plainleaf.reading.limits import MOST_CODES

UNKNOWN = "\ufffd"

_TOKENS = re.compile(rb"<([0-9a-fA-F\s]*)>|([\[\]])|\b(begin|end)(codespacerange|bfchar|bfrange)\b")


@dataclass(frozen=True, slots=True)
class Font:
    """What the codes of a font stand for. ``sizes``: of its codes in bytes, the first range that holds one counts."""

    texts: dict[int, str]
    ranges: tuple[tuple[int, int, int], ...] = ((1, 0, 0xFF),)  # bytes, first code, last code

    def glyphs(self, data: bytes) -> Iterator[str]:
        """The text of each glyph that a string shows, U+FFFD where the font does not say it."""
        if len(self.ranges) == 1:
            size = self.ranges[0][0]
            for at in range(0, len(data), size):
                yield self.texts.get(int.from_bytes(data[at : at + size], "big"), UNKNOWN)
            return
        at = 0
        while at < len(data):
            size = next((size for size, first, last in self.ranges if _within(data, at, size, first, last)), 1)
            yield self.texts.get(int.from_bytes(data[at : at + size], "big"), UNKNOWN)
            at += size


def _within(data: bytes, at: int, size: int, first: int, last: int) -> bool:
    return at + size <= len(data) and first <= int.from_bytes(data[at : at + size], "big") <= last


def font(dictionary: Any) -> Font:
    """What a font dictionary says of its codes."""
    if not isinstance(dictionary, DictionaryObject):
        return Font({})
    composite = dictionary.get("/Subtype") == "/Type0"
    texts: dict[int, str] = {} if composite else _encoded(dictionary.get("/Encoding"))
    ranges: tuple[tuple[int, int, int], ...] = ((2, 0, 0xFFFF),) if composite else ((1, 0, 0xFF),)
    if isinstance(table := _resolved(dictionary.get("/ToUnicode")), StreamObject):
        spaces, said = _mapped(table.get_data())
        texts |= said
        if composite and spaces:
            ranges = spaces
    if composite and isinstance(encoding := _resolved(dictionary.get("/Encoding")), StreamObject):
        ranges = _mapped(encoding.get_data())[0] or ranges
    elif composite and str(_resolved(dictionary.get("/Encoding"))).startswith("/Identity"):
        ranges = ((2, 0, 0xFFFF),)
    return Font(texts, ranges)


def _resolved(item: Any) -> Any:
    return item.get_object() if item is not None else None


def _mapped(data: bytes) -> tuple[tuple[tuple[int, int, int], ...], dict[int, str]]:
    """The ranges of codes in a CMap, and the texts that it gives to codes."""
    texts: dict[int, str] = {}
    ranges: list[tuple[int, int, int]] = []
    section, row = b"", list[bytes]()
    listed: list[bytes] | None = None
    for found in _TOKENS.finditer(data):
        code, bracket, edge, kind = found.groups()
        if edge:
            section, row, listed = (kind if edge == b"begin" else b""), [], None
        elif bracket == b"[":
            listed = []
        elif bracket == b"]":
            if listed is not None and len(row) == 2:
                first = int.from_bytes(row[0], "big")
                texts |= {first + step: _text(item) for step, item in enumerate(listed)}
            row, listed = [], None
        elif section:
            item = _bytes(code)
            (row if listed is None else listed).append(item)
            if section == b"codespacerange" and len(row) == 2:
                ranges.append((max(len(row[0]), 1), int.from_bytes(row[0], "big"), int.from_bytes(row[1], "big")))
                row = []
            elif section == b"bfchar" and len(row) == 2:
                texts[int.from_bytes(row[0], "big")] = _text(row[1])
                row = []
            elif section == b"bfrange" and len(row) == 3:
                texts |= _counted(*row)
                row = []
        if len(texts) > MOST_CODES:
            break
    return tuple(ranges), texts


def _counted(first: bytes, last: bytes, text: bytes) -> dict[int, str]:
    """The texts of a range of codes, whose last character counts on."""
    start, said = int.from_bytes(first, "big"), _text(text)
    count = int.from_bytes(last, "big") - start + 1
    if not said or not 0 < count <= 0x10000:
        return {}
    head, end = said[:-1], ord(said[-1])
    return {start + step: head + chr(end + step) for step in range(count) if end + step < 0x110000}


def _bytes(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _text(data: bytes) -> str:
    return data.decode("utf-16-be", "replace") if len(data) > 1 else data.decode("latin-1")


# ---------------------------------------------------------------------- fonts with names for their letters


def _encoded(encoding: Any) -> dict[int, str]:
    """The texts of a simple font's 256 codes by its encoding (ISO 32000-1, 9.6.6)."""
    from fontTools.agl import toUnicode

    encoding = _resolved(encoding)
    texts = dict(_base(str(encoding)))
    if isinstance(encoding, DictionaryObject):
        texts = dict(_base(str(encoding.get("/BaseEncoding"))))
        code, different = 0, _resolved(encoding.get("/Differences"))
        for item in different[:1000] if isinstance(different, ArrayObject) else ():
            if isinstance(item, int):
                code = int(item)
            else:
                texts[code] = toUnicode(str(item).removeprefix("/")) or UNKNOWN
                code += 1
    return texts


@cache
def _base(name: str) -> dict[int, str]:
    if name in ("/WinAnsiEncoding", "/MacRomanEncoding"):
        codec = "cp1252" if name == "/WinAnsiEncoding" else "mac_roman"
        return {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
    from fontTools.agl import toUnicode
    from fontTools.encodings.StandardEncoding import StandardEncoding

    return {code: toUnicode(name) for code, name in enumerate(StandardEncoding) if name != ".notdef"}
