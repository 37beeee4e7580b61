"""What every page says of an edition that nobody has checked yet. Whoever holds such a page must see it."""

from __future__ import annotations

from plainleaf.model import Edition

DRAFT = "Draft translation: not yet checked by a clinical translator"
SAMPLE = "Sample for review by the clinic's own clinicians"
PARTIAL = "Some of this text is not translated yet"
"""Messages of ``layouts/base/parts.html``."""


def of(edition: Edition) -> tuple[str, ...]:
    """The messages that every page of an edition has to carry."""
    return (*([DRAFT] if edition.draft else []), *([SAMPLE] if not edition.sign_off else []))


def in_full(edition: Edition) -> tuple[str, ...]:
    """The same, with what is said where texts stand in the language of the source."""
    partial = any(block.language for block in edition.walk())
    return (*of(edition), *([PARTIAL] if partial else []))


def letters(text: str) -> str:
    """Letters and figures alone, to look for a notice in: where lines break, and what joins their ends, does not
    count."""
    return "".join(filter(str.isalnum, text))
