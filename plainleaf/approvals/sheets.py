"""What ties a signature on paper to the texts that were reviewed: a digest of all that an approval covers.

It is printed on each page of the review sheet, and typed when the approval is noted: sixteen hexadecimal digits in four
groups. That is 64 bits, so that nobody can find another text with the same ones.
"""

from __future__ import annotations

from plainleaf.approvals import records
from plainleaf.approvals.contents import Subject

DIGITS, _GROUP = 16, 4


def digest(about: Subject, slug: str, locale: str) -> str:
    """Of all that is covered, as it is now: "1a2b 3c4d 5e6f 7a8b"."""
    texts = [[[*said.key, said.text] for said in part] for part in (about.texts, about.words)]
    whole = records.digest([slug, locale, str(about.written), [detail.pair for detail in about.content], *texts])
    return " ".join(whole[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))


def same(typed: str, known: str) -> bool:
    """Whether somebody has typed the digest of a sheet, with or without the spaces."""
    return "".join(filter(str.isalnum, typed)).casefold() == known.replace(" ", "")
