"""Where what can be made again is kept from one run to the next. Any of it may be deleted at any time."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

SUPPLIED = "supplied"  # what other machines have sent to be printed here
CACHED = (
    "check",
    "cut",
    "cut/harfbuzz-*",
    "faces",
    "fontconfig",
    "fontconfig/fonts",
    "languages",
    "publish",
    "values",
    SUPPLIED,
)  # the folders of the cache with files of ours, as patterns of ``glob``


def cache_folder() -> Path:
    """Where to keep what can be made again: PLAINLEAF_CACHE, or the user's folder for caches."""
    own = os.environ.get("PLAINLEAF_CACHE")
    return (Path(own) if own else _usual_cache(os.environ.get("XDG_CACHE_HOME"), os.environ.get("HOME"))).absolute()


@lru_cache(maxsize=8)
def _usual_cache(xdg: str | None, home: str | None) -> Path:
    return Path(xdg or Path.home() / ".cache", "plainleaf")
