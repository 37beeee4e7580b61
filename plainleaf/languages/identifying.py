"""Which language a text is in, as its letters say: py3langid's model of some 130 languages, read when it is needed."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import lru_cache


@lru_cache(maxsize=16384)
def _scores(text: str) -> tuple[tuple[str, float], ...]:
    """The likeliest languages by ISO 639 code, best first, with logarithms to the base of 10 that texts of any length
    can be compared by."""
    import py3langid  # takes 0.2 s and 90 MB, so not before a text is long enough to ask

    by = math.sqrt(len(text.encode("utf-8"))) * math.log(10)  # letters that follow one another are not independent
    return tuple((code, score / by) for code, score in py3langid.rank(text))


def rival(text: str, own: Collection[str], among: Collection[str]) -> tuple[str, float]:
    """The likeliest language of a text that is none of its ``own`` codes, and how far it is ahead of these.

    ``among`` are the codes that count as others. 1.0 is ten times as likely; "" and 0.0 where the model has none of
    its own codes, as it can tell nothing then.
    """
    scores = _scores(text)
    mine = max((score for code, score in scores if code in own), default=None)
    if mine is None:
        return "", 0.0
    code, best = next((entry for entry in scores if entry[0] in among and entry[0] not in own), ("", mine))
    return code, best - mine
