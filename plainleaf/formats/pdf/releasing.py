"""What was laid out for a file goes with it, and not when Python looks for garbage, which took a tenth of all time.

Some small things in WeasyPrint hold themselves, and through these all boxes of a file are held: a style and that of the
boxes without an element in it, what makes styles later, and errors by which a calculation says that it has to wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

from weasyprint import css
from weasyprint.css.tokens import PercentageInMath, RelativeLengthInMath

_sum = css._resolve_calc_sum
_now = local()


@contextmanager
def at_end() -> Iterator[None]:
    """Take apart what this thread notes while it lasts. Nothing that was laid out meanwhile is of use afterwards."""
    before: list[Any] | None = getattr(_now, "noted", None)
    noted = _now.noted = list[Any]()
    try:
        yield
    finally:
        _now.noted = before
    for each in noted:  # what fails is left to the search for garbage: pictures may hold some of it yet
        each.__dict__.clear()


def note(*held: Any) -> None:
    """Note what holds itself by its attributes."""
    noted: list[Any] | None = getattr(_now, "noted", None)
    if noted is not None:
        noted += held


def calc_sum(*arguments: Any) -> Any:
    """A sum as WeasyPrint works it out. Errors come without the calls that led to them, whose variables hold them."""
    try:
        return _sum(*arguments)
    except (RelativeLengthInMath, PercentageInMath) as error:
        error.__traceback__ = error.__context__ = None
        kind = type(error)
    raise kind
