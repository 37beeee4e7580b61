"""The values of a root that are worked out once (``files.shelf``), in the user's cache."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plainleaf.artifacts import surroundings
from plainleaf.artifacts.surroundings import Around
from plainleaf.files import shelf
from plainleaf.files.cache import cache_folder


@contextmanager
def values_kept(root: Path, before: Around | None = None) -> Iterator[None]:
    """While it lasts, what is worked out of a root is kept, and what earlier runs have kept is not worked out again.
    ``before``: what lies around, if a run has looked just now."""
    name = hashlib.sha256(str(root).encode(errors="surrogatepass")).hexdigest()[:24]
    before = before or Around(root)
    looks = [before]

    def look() -> tuple[str, str]:
        if before.changed(surroundings.is_of_one_leaflet):
            return "", ""
        return (looks.pop() if looks else Around(root)).grounds()

    with shelf.opened(cache_folder() / "values" / f"{name}.values", look), surroundings.held(before):
        yield
