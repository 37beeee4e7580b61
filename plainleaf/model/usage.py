"""Something is asked for that cannot be done: no mistake in a text, and none of ours."""

from __future__ import annotations

from plainleaf.model import Finding


class UsageError(Exception):
    """Something that cannot be done as it was asked for, and what to ask instead; ``about``: what stands behind it."""

    def __init__(self, what: str, hint: str, about: tuple[Finding, ...] = ()) -> None:
        super().__init__(what)
        self.hint, self.about = hint, about
