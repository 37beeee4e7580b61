"""The names that a cut font keeps, found without a look at how its letters are put together.

fontTools looks for the numbers of names through all of a font, which takes a fifth of the time of a cut. In the tables
of letter forms only features have names, by their parameters (OpenType 1.9.1, GSUB and GPOS); rules have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

_PLACE = "NameRecordVisitor"
_RULES = "LookupList"


@contextmanager
def found_quickly() -> Iterator[None]:
    """While it lasts, fonts are cut so; by a fontTools that looks for names in another way, as it does."""
    from fontTools import subset

    usual = getattr(subset, _PLACE, None)
    if usual:
        setattr(subset, _PLACE, _visitor(usual))
    try:
        yield
    finally:
        if usual:
            setattr(subset, _PLACE, usual)


@lru_cache(maxsize=1)
def _visitor(usual: Any) -> Any:
    """One like the usual that passes over rules."""

    class Quick(usual):  # type: ignore[misc]
        def visitAttr(self, obj: Any, attr: str, value: Any, *others: Any, **named: Any) -> None:  # noqa: N802
            if attr != _RULES:
                super().visitAttr(obj, attr, value, *others, **named)

    return Quick
