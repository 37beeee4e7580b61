"""Results that are asked for again at once, by which values these came from: our values are large, and to compare two
of them takes longer than many an answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``most`` results of a function of values that never change. Texts are compared; of all else the
    very same value gives the same result, an equal one may have it worked out again."""

    def keeping(function: Callable[P, T]) -> Callable[P, T]:
        known = dict[Hashable, tuple[T, object]]()  # with the arguments: ids of values that are gone come again

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> T:
            key = tuple(each if isinstance(each, str) else id(each) for each in (*args, *named, *named.values()))
            if key not in known:
                made = function(*args, **named)
                while len(known) >= most:
                    known.pop(next(iter(known)), None)
                known[key] = made, (args, named)
            return known[key][0]

        return asked

    return keeping
