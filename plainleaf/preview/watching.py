"""The files of a root as they change: saved by an editor, by Poedit, by a pull from Weblate. Only importer of
watchfiles."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

_WATCHED = ("sources", "locales", "layouts", "plainleaf.toml", "pyproject.toml")
_ENDS = (".md", ".po", ".toml", ".html", ".css", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
_STEP = 10  # ms of quiet after which a save is taken to be whole
_MOST = 200  # ms after which what has changed is told anyway


class _Filter(DefaultFilter):
    """Files that pages are made from; none that a save leaves for a moment."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith(_ENDS) and super().__call__(change, path)


async def changes(root: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[str]]:
    """The files that have changed, each time: paths from the root."""
    there = [root / name for name in _WATCHED if os.path.lexists(root / name)]
    async for found in awatch(*there, watch_filter=_Filter(), debounce=_MOST, step=_STEP, stop_event=stop):
        yield frozenset(os.path.relpath(path, root) for _, path in found)
