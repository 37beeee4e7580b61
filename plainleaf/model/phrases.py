"""Phrases that findings, reports and pages share: a count with its noun, the known word nearest to a wrong one, a text
cut short to name it by. All in English, which is what the tool speaks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

_MOST = 100  # characters of a wrong word that are compared: what is longer is no misspelt name


def counted(number: int, one: str, many: str = "") -> str:
    """``no errors``, ``1 error``, ``2 errors``; ``many`` where the plural is not ``one`` with an s."""
    return f"{number or 'no'} {one if number == 1 else many or f'{one}s'}"


def listed(names: Sequence[str], last: str = "or") -> str:
    """Names in a row of words: ``a``, ``a or b``, ``a, b or c``."""
    *first, end = names
    return f"{', '.join(first)} {last} {end}" if first else end


def closest(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known word that is most like ``word``, "" if none is near. Capitals do not count: "A4" is near to "a4".

    ``least``: how like it must be, from 0 to 1, as ``difflib`` measures it.
    """
    plain = {name.casefold(): name for name in reversed([*known])}
    found = difflib.get_close_matches(word[:_MOST].casefold(), list(plain), n=1, cutoff=least)
    return plain[found[0]] if found else ""


def meant(name: str) -> str:
    """The question whether a name was meant."""
    return f"did you mean “{name}”?"


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence's end that names the known word closest to ``word`` ("; did you mean “phone”?"), or ""."""
    close = closest(word, known)
    return f"; {meant(close)}" if close else ""


def hint_at(word: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the known word closest to ``word`` ("did you mean “phone”?"); ``otherwise`` if none is near."""
    close = closest(word, known)
    return meant(close) if close else otherwise


def shortened(text: str, most: int, end: str = "...") -> str:
    """A text of at most ``most`` characters, ``end`` among them where it is cut."""
    return text if len(text) <= most else text[: most - len(end)].rstrip() + end


def clipped(text: str, most: int) -> str:
    """A text of at most ``most`` characters, which keeps its beginning and its end: what is left out is in between."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 3]}...{text[-end:]}"
