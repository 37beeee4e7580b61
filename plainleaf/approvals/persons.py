"""Are two signatures those of two persons? Names are compared as people mistype and disguise them; a key tells more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from plainleaf.approvals import keys
from plainleaf.approvals.records import Record
from plainleaf.languages.invisible import ATTACHED
from plainleaf.languages.lookalikes import LIKE_LATIN

_LIKE_LETTERS = str.maketrans("01358|", "olebsl") | dict.fromkeys(map(ord, ATTACHED))
_TITLE = re.compile(r"\b[^\W\d_]{2,5}\.")  # "Dr.", "Prof."
_VOWELS = frozenset("aeiouyæøœ")
_LEAST = 4  # letters of a word in which one may be mistyped; shorter names that differ are two ("Jan", "Jon")


def same(one: Record, other: Record) -> bool:
    """Whether two signatures are one person's: by one name, in whichever spelling, or by one key.

    Names that differ by a letter are one, as a slip of the hand makes no second person, unless each has signed with a
    key of their own.
    """
    first, second = (words(each.approval.by.partition(",")[0]) for each in (one, other))
    own = [keys.key_of(each.signature) for each in (one, other)]
    if own[0] == own[1] != b"" or one_name(first, second):
        return True
    return not all(own) and one_name(first, second, slips=True)


def words(name: str) -> list[str]:
    """The words of a name, without accents and titles; what looks like a Latin letter is taken as that."""
    plain = unicodedata.normalize("NFKC", name).translate(LIKE_LATIN).translate(_LIKE_LETTERS)
    untitled = _parts(_TITLE.sub(" ", plain), short=False)
    return [word for word in untitled if word not in _WRITTEN_OUT] or untitled or _parts(plain, short=True)


def _parts(name: str, short: bool) -> list[str]:
    """Words in small letters; with ``short`` also those without a vowel, such as "Dr" and "RN"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(LIKE_LATIN)
    letters = "".join(char if char.isalpha() else " " for char in plain if not unicodedata.combining(char)).split()
    return [word for word in letters if short or len(word) == 1 or not word.isascii() or _VOWELS.intersection(word)]


_WRITTEN_OUT = frozenset(
    _parts(
        "doctor doctora doktor docteur docteure dottore dottoressa doutor doutora doc prof professor professora "
        "profesor profesora professeur professore nurse sister matron miss madam señor señora señorita herr "
        "frau madame monsieur signor signora senhor senhora доктор профессор лікар",
        short=True,
    )
)
"""Titles without a full stop, left out of a name as long as there is more to it."""


def one_name(one: Sequence[str], other: Sequence[str], slips: bool = False) -> bool:
    """Whether of two names, in words, either is the other one or a part of it: “A. Sample”, “Ana Sample” and “ASample”
    are one person, “A. Sample” and “B. Sample” are two. ``slips``: a word may differ by a letter."""
    return _within(one, other, slips) or _within(other, one, slips)


def _within(one: Sequence[str], other: Sequence[str], slips: bool) -> bool:
    if "".join(one) == "".join(other):
        return True
    short = [word for word in one if not any(_alike(word, each, slips) for each in other)]
    spare = [word for word in other if not any(_alike(word, each, slips) for each in one)]
    initials = all(any(word[0] == long[0] and 1 in (len(word), len(long)) for long in spare) for word in short)
    return initials and len(short) < len(one)


def _alike(one: str, other: str, slips: bool) -> bool:
    return one == other or (slips and min(len(one), len(other)) >= _LEAST and _one_off(one, other))


def _one_off(one: str, other: str) -> bool:
    """Whether one letter more, less or exchanged, or two that change places, make one word of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    ends = (one[start:], other[start:])
    tails = [(ends[0][cut:], ends[1][off:]) for cut, off in ((1, 1), (1, 0), (0, 1))]
    swapped = ends[0][:2] == ends[1][:2][::-1] and ends[0][2:] == ends[1][2:]
    return swapped or any(a == b for a, b in tails)
