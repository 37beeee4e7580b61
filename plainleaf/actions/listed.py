"""Which editions the pages of an output folder list, so that a later run of a part of them leaves out none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plainleaf.model import Edition

_NAME = "listed"  # in the store, where paths of files and catalogs have an ending


@dataclass(frozen=True, slots=True)
class Listed:
    """The leaflets and locales of the pages that an earlier run has written, by name."""

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()


def read(remembered: Mapping[str, tuple[str, str]]) -> Listed:
    """What an output folder remembers of its pages; nothing if that cannot be read."""
    try:
        leaflets, locales = json.loads(remembered[_NAME][1])
        if all(isinstance(each, str) for each in (*leaflets, *locales)):
            return Listed(tuple(leaflets), tuple(locales))
    except (LookupError, ValueError, TypeError, RecursionError):
        pass
    return Listed()


def written(editions: Iterable[Edition]) -> dict[str, tuple[str, str]]:
    """What is to be remembered of the editions that pages list."""
    named = {(edition.slug, edition.locale.name) for edition in editions}
    both = [sorted({each[place] for each in named}) for place in (0, 1)]
    return {_NAME: ("", json.dumps(both))}
