"""The only one to call liblouis, the library that translates text into braille; a part of the system, never bundled.

It is loaded as it is on this computer (``ctypes``: LGPL 2.1 or later, no Python package), which costs 0.02 ms a text;
its program ``lou_translate`` would cost a start for each language, and says nothing of where a character went to.

liblouis 3.24 to 3.33 (Debian 12 and 13), ``liblouis.h``: ``lou_translate``, ``lou_backTranslate``, ``lou_charSize``.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PACKAGES = {"linux": ("liblouis20", "liblouis-data"), "darwin": ("liblouis", "liblouis")}
"""By system, what has the library and its tables."""
_NAMES = {"linux": ("liblouis.so.20",), "darwin": ("liblouis.dylib", "/opt/homebrew/lib/liblouis.dylib",
                                                   "/usr/local/lib/liblouis.dylib")}  # fmt: skip
_DATA = ("/usr/share/liblouis/tables", "/opt/homebrew/share/liblouis/tables", "/usr/local/share/liblouis/tables")
_DOTS, _UNICODE, _NO_UNDEFINED = 4, 64, 128  # dotsIO, ucBrl, noUndefined: dots as U+2800 to U+28FF
_OWN = 0x8000  # how liblouis marks dots that come in
_BOLD = 4  # emph_3, which tables of liblouis call bold
_ROOM = 12  # cells that one character takes at most, as a capital letter with a sign and an accent
_NEVER = "\ufdd0"  # no character, so no table has it
SPACE = "\u2800"  # the blank cell


class TableError(ValueError):
    """A table that liblouis does not have, or cannot read."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A text in braille: ``cells`` of U+2800 to U+28FF; ``starts``: for each character of the text the cell at which it
    begins; ``undefined``: the characters that the table does not know, each once."""

    cells: str
    starts: tuple[int, ...]
    undefined: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[int, ...]:
        """For each character of the text the cell behind its last one."""
        found, end, start = list[int](), len(self.cells), len(self.cells)
        for each in reversed(self.starts):
            start, end = each, end if each == start else start
            found.append(end)
        return tuple(reversed(found))


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL | None:
    """liblouis, ``None`` if it is not on this computer."""
    for name in _NAMES.get(sys.platform, ()):
        with suppress(OSError):
            found = ctypes.CDLL(name)
            found.lou_version.restype = ctypes.c_char_p
            found.lou_setLogLevel(60000)  # off: what is wrong is said in findings
            return found
    return None


def version() -> str:
    """As the library says it ("3.24.0"), "" without one."""
    louis = library()
    return louis.lou_version().decode() if louis else ""


def tables() -> Path | None:
    """The folder of the tables, ``None`` if there is none."""
    return next((Path(each) for each in _DATA if Path(each).is_dir()), None)


def has(table: str) -> bool:
    """Whether there is a table of this name, and liblouis can read it."""
    louis = library()
    return bool(louis and louis.lou_checkTable(_name(table)))


def _name(table: str) -> bytes:
    return table.encode()


@lru_cache(maxsize=64)
def _marks_unknown(table: str) -> str | None:
    """What a table writes for any character that it does not know; ``None`` where each has an escape of its own."""
    found = _translated(table, _NEVER, (), 0)[0]
    return found if found == _translated(table, "\ufdd1", (), 0)[0] else None


def translate(table: str, text: str, bold: Sequence[bool] = ()) -> Cells:
    """A text in braille by a table; ``bold``: for each character whether it is set off. Raises ``TableError``."""
    cells, starts = _translated(table, text, bold, 0)
    mark = _marks_unknown(table)
    suspicious = mark is not None or cells != _translated(table, text, bold, _NO_UNDEFINED)[0]
    return Cells(cells, starts, tuple(_unknown(table, text)) if suspicious else ())


def _unknown(table: str, text: str) -> Iterator[str]:
    """The characters that a table does not know."""
    mark = _marks_unknown(table)
    for sign in dict.fromkeys(text.replace(" ", "")):
        alone = _translated(table, sign, (), 0)[0]
        if alone == mark if mark is not None else alone != _translated(table, sign, (), _NO_UNDEFINED)[0]:
            yield sign


def _translated(table: str, text: str, bold: Sequence[bool], mode: int) -> tuple[str, tuple[int, ...]]:
    louis, unit, coding = _loaded()
    source = text.encode(coding, "surrogatepass")
    length, room = len(source) // unit, _ROOM * len(text) + 64
    out = ctypes.create_string_buffer(room * unit)
    typed = (ctypes.c_ushort * room)(*(_BOLD if each else 0 for each in bold)) if any(bold) else None
    taken, made = ctypes.c_int(length), ctypes.c_int(room)
    starts, backs = (ctypes.c_int * (length + 1))(), (ctypes.c_int * room)()
    if not louis.lou_translate(_name(table), source, ctypes.byref(taken), out, ctypes.byref(made), typed, None,
                               starts, backs, None, mode | _DOTS | _UNICODE):  # fmt: skip
        raise TableError(table)
    if taken.value < length:
        raise TableError(f"{table} stops at character {taken.value} of {length}")
    cells = out.raw[: made.value * unit].decode(coding, "surrogatepass")
    return cells, _by_character(text, [min(start, len(cells)) for start in starts[:length]], unit)


def _by_character(text: str, starts: Sequence[int], unit: int) -> tuple[int, ...]:
    """What liblouis says of its units for each character: one outside the first plane may be two of them."""
    if unit == 4:
        return tuple(starts)
    found, at = [], 0
    for sign in text:
        found.append(starts[at])
        at += 2 if ord(sign) > 0xFFFF else 1
    return tuple(found)


def back(table: str, cells: str) -> str:
    """The text of cells by a table. Raises ``TableError``."""
    louis, unit, coding = _loaded()
    source = "".join(chr(_OWN | ord(cell) & 0xFF) for cell in cells).encode(coding)
    room = _ROOM * len(cells) + 64
    out = ctypes.create_string_buffer(room * unit)
    taken, made = ctypes.c_int(len(cells)), ctypes.c_int(room)
    if not louis.lou_backTranslate(_name(table), source, ctypes.byref(taken), out, ctypes.byref(made), None, None,
                                   None, None, None, _DOTS):  # fmt: skip
        raise TableError(table)
    return out.raw[: made.value * unit].decode(coding, "surrogatepass")


def _loaded() -> tuple[ctypes.CDLL, int, str]:
    louis = library()
    if louis is None:
        raise TableError("liblouis is not on this computer")
    unit = int(louis.lou_charSize())
    return louis, unit, ("utf-32" if unit == 4 else "utf-16") + ("-le" if sys.byteorder == "little" else "-be")
