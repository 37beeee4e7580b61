"""Tables of codes (CMaps): from codes to characters of a font, and to Unicode (ISO 32000-1, 9.7.5 and 9.10.3).

Only what the conditions ask for is read, by patterns that take no longer than the text is long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

MOST_CODES = 70_000  # of one table: a font has no more glyphs
MOST_BYTES = 4_000_000

_SECTION = re.compile(rb"begin(codespacerange|bfchar|bfrange|cidchar|cidrange)\b")
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]{0,600})>|(-?\d{1,10})|([\[\]])|/([^\s<>\[\]()/%]{1,100})")
_WMODE = re.compile(rb"/WMode\s{1,9}(\d)\s{1,9}def")
_USED = re.compile(rb"/([^\s<>\[\]()/%]{1,100})\s{1,9}usecmap\b")

# ISO 32000-1, table 118, by the character collection that each belongs to.
_PREDEFINED = {
    "GB1": """GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16""",
    "CNS1": """B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 UniCNS-UTF16""",
    "Japan1": """83pv-RKSJ 90ms-RKSJ 90msp-RKSJ 90pv-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW
        UniJIS-UTF16""",
    "Korea1": """KSC-EUC KSCms-UHC KSCms-UHC-HW KSCpc-EUC UniKS-UCS2 UniKS-UTF16""",
}
_NOT_SIDEWAYS = {"83pv-RKSJ-V", "90pv-RKSJ-V", "KSCpc-EUC-V"}
ORDERINGS: Mapping[str, str] = {
    f"{stem}-{way}": ordering
    for ordering, stems in _PREDEFINED.items()
    for stem in stems.split()
    for way in "HV"
    if f"{stem}-{way}" not in _NOT_SIDEWAYS
} | {"H": "Japan1", "V": "Japan1"}
PREDEFINED = frozenset(ORDERINGS) | {"Identity-H", "Identity-V"}


@dataclass(frozen=True, slots=True)
class CMap:
    """A table of codes. ``spaces``: lengths of codes in bytes, with their first and last; ``cids``: characters of the
    font by code; ``letters``: Unicode text by code."""

    spaces: tuple[tuple[int, int, int], ...] = ()
    cids: Mapping[int, int] = field(default_factory=dict)
    letters: Mapping[int, str] = field(default_factory=dict)
    direction: int = 0
    used: tuple[str, ...] = ()

    def codes(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The codes in a string, each with its length in bytes (9.7.6.2); of two bytes where the table says nothing."""
        at, lengths = 0, sorted({length for length, _, _ in self.spaces}) or [2]
        while at < len(data):
            for length in lengths:
                code = int.from_bytes(data[at : at + length], "big")
                if any(size == length and _inside(code, low, high, size) for size, low, high in self.spaces):
                    break
            else:
                length = lengths[0]
                code = int.from_bytes(data[at : at + length], "big")
            yield code, length
            at += length


IDENTITY = CMap(spaces=((2, 0, 0xFFFF),))


def _inside(code: int, low: int, high: int, size: int) -> bool:
    """Each byte lies between those of the ends (9.7.5.3)."""
    ends = zip(code.to_bytes(size, "big"), low.to_bytes(size, "big"), high.to_bytes(size, "big"), strict=True)
    return all(first <= each <= last for each, first, last in ends)


def read(data: bytes) -> CMap:
    """A table as it is written in a file, as far as one may be long."""
    data = data[:MOST_BYTES]
    spaces: list[tuple[int, int, int]] = []
    cids: dict[int, int] = {}
    letters: dict[int, str] = {}
    for kind, tokens in _sections(data):
        if kind == b"codespacerange":
            pairs = zip(tokens[::2], tokens[1::2], strict=False)
            spaces += [(len(a), _number(a), _number(b)) for a, b in pairs if _are_ends(a, b)]
        elif kind in (b"bfchar", b"cidchar"):
            _singles(tokens, cids, letters)
        else:
            _ranges(tokens, cids, letters)
    found = _WMODE.search(data)
    return CMap(
        spaces=tuple(spaces),
        cids=cids,
        letters=letters,
        direction=int(found[1]) if found else 0,
        used=tuple(name.decode("latin-1") for name in _USED.findall(data)),
    )


_Token = bytes | int | str | list["_Token"]


def _sections(data: bytes) -> Iterator[tuple[bytes, list[_Token]]]:
    for begin in _SECTION.finditer(data):
        end = data.find(b"end" + begin[1], begin.end())
        yield begin[1], _tokens(data[begin.end() : end if end >= 0 else len(data)])


def _tokens(data: bytes) -> list[_Token]:
    found: list[_Token] = []
    inner: list[_Token] | None = None
    for token in _TOKEN.finditer(data):
        code, number, bracket, named = token.groups()
        if bracket is not None:
            if bracket == b"[":
                inner = []
            elif inner is not None:
                found.append(inner)
                inner = None
            continue
        value: _Token = named.decode("latin-1") if named else int(number) if number else _bytes(code or b"")
        (found if inner is None else inner).append(value)
    return found


def _bytes(digits: bytes) -> bytes:
    joined = b"".join(digits.split())
    return bytes.fromhex((joined + b"0" * (len(joined) % 2)).decode("ascii"))


def _are_ends(first: _Token, last: _Token) -> TypeGuard[bytes]:
    return isinstance(first, bytes) and isinstance(last, bytes) and 0 < len(first) == len(last) < 5


def _number(token: _Token) -> int:
    return int.from_bytes(token, "big") if isinstance(token, bytes) else -1


def _text(token: _Token) -> str:
    return token.decode("utf-16-be", "replace") if isinstance(token, bytes) else ""


def _singles(tokens: list[_Token], cids: dict[int, int], letters: dict[int, str]) -> None:
    for code, value in zip(tokens[::2], tokens[1::2], strict=False):
        if isinstance(value, int):
            cids[_number(code)] = value
        else:
            letters[_number(code)] = _text(value)


def _ranges(tokens: list[_Token], cids: dict[int, int], letters: dict[int, str]) -> None:
    for first, last, value in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
        low, high = _number(first), _number(last)
        if not 0 <= low <= high or high - low > MOST_CODES or len(cids) + len(letters) > MOST_CODES:
            continue
        if isinstance(value, int):
            cids.update((code, value + code - low) for code in range(low, high + 1))
        elif isinstance(value, list):
            letters.update((low + at, _text(each)) for at, each in enumerate(value[: high - low + 1]))
        elif isinstance(value, bytes) and value:
            units = int.from_bytes(value[-2:], "big")
            start = value[:-2]
            letters.update(
                (code, _text(start + ((units + code - low) & 0xFFFF).to_bytes(2, "big")))
                for code in range(low, high + 1)
            )
