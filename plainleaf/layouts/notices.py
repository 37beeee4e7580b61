"""What every page says of an edition that nobody has checked yet. Whoever holds such a page must see it."""

from __future__ import annotations

from plainleaf.model import Edition

DRAFT = "Draft translation: not yet checked by a clinical translator"
SAMPLE = "Sample for review by the clinic's own clinicians"
"""Messages of ``layouts/base/parts.html``."""


def of(edition: Edition) -> tuple[str, ...]:
    """The messages that every page of an edition has to carry."""
    return (*([DRAFT] if edition.draft else []), *([SAMPLE] if not edition.sign_off else []))


def letters(text: str) -> str:
    """Letters and figures alone, to look for a notice in: where lines break, and what joins their ends, does not
    count."""
    return "".join(filter(str.isalnum, text))
