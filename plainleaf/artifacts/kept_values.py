"""The values of a root that are worked out once (``files.shelf``), in the user's cache."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from pathlib import Path

from plainleaf.artifacts import surroundings
from plainleaf.files import shelf
from plainleaf.files.cache import cache_folder


def values_kept(root: Path) -> AbstractContextManager[None]:
    """While it lasts, what is worked out of a root is kept, and what earlier runs have kept is not worked out again."""
    name = hashlib.sha256(str(root).encode(errors="surrogatepass")).hexdigest()[:24]
    watch = surroundings.Watch(root, surroundings.is_of_one_leaflet)

    def look() -> tuple[str, str]:
        return ("", "") if watch.changed() else surroundings.grounds(root)

    return shelf.opened(cache_folder() / "values" / f"{name}.values", look)
