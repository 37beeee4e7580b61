"""A language's plural rule as gettext writes it: ``nplurals=2; plural=(n != 1);``."""

from __future__ import annotations

import gettext
import re

MOST = 6  # forms: Arabic; no language of CLDR has more
_TRIED = (*range(0, 130), 1000, 1001, 1_000_000)  # every rule of CLDR repeats after 100


def is_sound(header: str) -> bool:
    """GNU gettext's form, with a believable number; nothing is divided but by a figure that is not 0."""
    return _read(header) is not None


def fault(header: str) -> str:
    """What is wrong with a rule, in words; "" if it can be worked out and gives each number one of its forms."""
    read = _read(header)
    if read is None:
        return f"“{header[:60]}” is not a plural rule as gettext writes it"
    forms, expression = read
    try:
        chosen = gettext.c2py(expression)  # takes 1000 signs at most, and nothing that is too deep
        found = {int(chosen(number)) for number in _TRIED}
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        return f"“{header[:60]}” cannot be worked out"
    if not found <= {*range(forms)}:
        return f"“{header[:60]}” gives some numbers form {max(found | {forms})}, and there are {forms}, counted from 0"
    return ""


def form(header: str, number: int) -> int:
    """Which of its forms a rule gives a number, counted from 0; the first where the rule cannot be worked out."""
    read = _read(header)
    try:
        return min(max(int(gettext.c2py(read[1])(number)), 0), read[0] - 1) if read else 0
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        return 0


def examples(header: str, most: int = 5) -> tuple[tuple[int, ...], ...]:
    """The first few numbers that take each of a rule's forms; none for a form that no usual number takes."""
    read = _read(header)
    if read is None or fault(header):
        return ((),)
    chosen = gettext.c2py(read[1])
    taken: list[list[int]] = [[] for _ in range(read[0])]
    for number in _TRIED:
        if len(own := taken[int(chosen(number))]) < most:
            own.append(number)
    return tuple(map(tuple, taken))


def _read(header: str) -> tuple[int, str] | None:
    found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([n0-9\s()?:<>=!&|%*/+-]{1,4000});?\s*", header)
    if not found or not 1 <= int(found[1][:9]) <= MOST:
        return None
    return None if re.search(r"[/%](?!\s*0*[1-9])", found[2]) else (int(found[1]), found[2].strip())
