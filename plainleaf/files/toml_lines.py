"""Where heads and keys are written in a file of TOML, and whether it is one of settings at all: no deeper nested, no
larger, no longer numbers than anybody writes.

A file is gone through once for all its lines: a thousand mistakes in it take no longer to place than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

DEEPEST = 20  # tables and lists in one another; good settings have 6
MOST_KEYS = 100_000  # recorded scores of 500 leaflets in 20 languages have 40,000
LARGEST = 2**63  # numbers of TOML have 64 bits

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_DOTTED = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_WRITTEN = re.compile(
    rf"^[ \t]*+(?:\[++[ \t]*+(?P<head>{_DOTTED})[ \t]*+\]++[ \t\r]*+(?:#|$)|(?P<key>{_DOTTED})[ \t]*+=)"
    rf"|[{{,][ \t\n]*+(?P<inner>{_DOTTED})[ \t]*+=",
    re.MULTILINE,
)
_PARTS = re.compile(_PART)
_NO_KEY = re.compile(rf"(?:^[ \t]*+\[*+[ \t]*+|[{{,][ \t\n]*+)(?:{_PART}[ \t]*+\.[ \t]*+){{100}}", re.MULTILINE)


class BeyondError(Exception):
    """What no file of settings has, in words, and its line."""

    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.hint = line, hint


@dataclass(slots=True)
class Places:
    """The lines of a text: of heads by name, of keys by the head above them (0: none) and their dotted name, of keys of
    inline tables by name. A name is without quotes: "a.b" of ``[a."b"]``."""

    heads: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # the number of the head, its line
    keys: dict[tuple[int, str], int] = field(default_factory=dict)
    inner: dict[str, int] = field(default_factory=dict)

    def line(self, tables: Sequence[str], key: str, there: bool, index: int) -> int:
        """The line of a key below the tables, or of its own head; else that of the table's head, 1 if it has none.

        ``there``: whether the table has it; ``index``: which it is of several tables of this name.
        """
        for depth in range(len(tables), -1, -1) if there else ():  # below its own head, or as a.b.key further out
            if (head := self._head(tables[:depth], index)) and (
                found := self.keys.get((head[0], ".".join((*tables[depth:], key))))
            ):
                return found
        if own := self.heads.get(".".join((*tables, key))):
            return own[0][1]
        if there and key in self.inner:
            return self.inner[key]
        head = self._head(tables, index)
        return head[1] if head else 1

    def _head(self, tables: Sequence[str], index: int) -> tuple[int, int] | None:
        if not tables:
            return 0, 1
        mine = self.heads.get(".".join(tables))
        return mine[min(index, len(mine) - 1)] if mine else None


@lru_cache(maxsize=8)
def places(text: str) -> Places:
    """Where everything in a text is written. Raises ``BeyondError`` for a dotted key of too many parts."""
    if long := _NO_KEY.search(text):  # whether a "=" follows or not: tomllib reads all of it before it looks
        raise _deep(text.count("\n", 0, long.end()) + 1)
    found = Places()
    line, seen, head = 1, 0, 0
    for written in _WRITTEN.finditer(text):
        line += text.count("\n", seen, written.end())
        seen = written.end()
        dotted = written["head"] or written["key"] or written["inner"]
        names = [part.strip("\"'") for part in _PARTS.findall(dotted)]
        if len(names) > DEEPEST:
            raise _deep(line)
        name = ".".join(names)
        if written["head"]:
            head += 1
            found.heads.setdefault(name, []).append((head, line))
        elif written["key"]:
            found.keys.setdefault((head, name), line)
        else:
            for each in (name, *names):
                found.inner.setdefault(each, line)
    return found


def _deep(line: int) -> BeyondError:
    what = f"more than {DEEPEST} tables or lists are nested in one another here"
    return BeyondError(line, what, "nest them no deeper than in the guide's example")


def too_deep(text: str) -> BeyondError:
    """What is wrong with a text that is nested too deep to be read, at the line with the most brackets."""
    lines = text.splitlines() or [""]
    return _deep(1 + max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{")))


def check(data: dict[str, object], text: str) -> None:
    """Raises ``BeyondError`` for the first value that is too large or too deep, and for too many keys."""
    count = 0
    for path, value in _walk(data):
        count += isinstance(path[-1], str)
        if count > MOST_KEYS:
            raise BeyondError(1, f"the file has more than {MOST_KEYS:,} keys", "split it, or delete what is not needed")
        if len(path) > DEEPEST:
            raise _deep(_line(text, path))
        if isinstance(value, int) and abs(value) >= LARGEST:
            raise BeyondError(_line(text, path), "a number has more than 18 digits", "write the number that is meant")


def _line(text: str, path: Sequence[str | int]) -> int:
    names = [part for part in path if isinstance(part, str)]
    index = next((part for part in path if isinstance(part, int)), 0)
    return places(text).line(names[:-1], names[-1], True, index)


def _walk(data: dict[str, object]) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value with the keys, and the numbers in lists, that lead to it. Without calling itself: it may be deep."""
    left: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while left:
        path, value = left.pop()
        if path:
            yield path, value
        if isinstance(value, dict):
            left += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            left += [((*path, number), inner) for number, inner in enumerate(value)]
