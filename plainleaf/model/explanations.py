"""What one check means to the person who meets its id: the record that ``plainleaf explain`` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """All texts are whole sentences for people. ``id``: as in brackets behind a finding; ``example``: what a file holds
    that gives the finding, or what a finding says, "" where neither helps; ``reference``: the standard that asks for
    it, "" if none does."""

    id: str
    what: str
    why: str
    fix: str
    example: str = ""
    reference: str = ""
