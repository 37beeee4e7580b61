"""The files of a root as they change: saved by an editor, by Poedit, by a pull from Weblate. Only importer of
watchfiles."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch, watch

from plainleaf.files import marks
from plainleaf.files.settings import FILES

_ENDS = (".md", ".po", ".toml", ".html", ".css", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf")
_STEP = 10  # ms of quiet after which a save is taken to be whole
_MOST = 200  # ms after which what has changed is told anyway


class _Filter(DefaultFilter):
    """Files that pages are made from; none that a save leaves for a moment."""

    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith(_ENDS) and super().__call__(change, path)


async def changes(root: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[str]]:
    """The files that have changed, each time, and folders that are new: paths from the root."""
    before = _settings(root)
    while not stop.is_set():
        there = _folders(root)
        async for found in awatch(
            *there, watch_filter=_Filter(), debounce=_MOST, step=_STEP, stop_event=stop, rust_timeout=_LOOK,
            yield_on_timeout=True,
        ):  # fmt: skip
            now = _settings(root)
            folders = _folders(root)
            new = {folder.name for folder in folders if folder not in there}  # nobody has watched what is in it by now
            if saved := _saved(root, found, before, now) | new:
                yield saved
            before = now
            if there != folders:
                break


_FOLDERS = ("sources", "locales", "layouts")
_QUIET, _LONGEST = 100, 1000  # ms without a save after which what was saved is made; ms after which it is anyway
_LOOK = 500  # ms after which the settings, and folders that are new, are looked for


def saves(root: Path) -> Iterator[frozenset[str]]:
    """The files that were saved (paths from the root), each time that nobody saves any more; first none, as soon as
    saves are noticed. For those who wait for nothing else."""
    begun, before = False, _settings(root)
    while True:
        there = _folders(root)
        for found in watch(
            *there, watch_filter=_Filter(), debounce=_LONGEST, step=_QUIET, rust_timeout=_LOOK, yield_on_timeout=True
        ):
            now = _settings(root)
            saved = _saved(root, found, before, now)
            before = now
            if saved or not begun:
                begun = True
                yield saved
            if there != _folders(root):
                break


def _saved(
    root: Path, found: Iterable[tuple[Change, str]], before: Mapping[str, str], now: Mapping[str, str]
) -> frozenset[str]:
    """What was saved: files that were watched, and settings whose marks are others than before."""
    watched = {os.path.relpath(path, root) for _, path in found}
    return frozenset(watched | {name for name in now if now[name] != before[name]})


def _folders(root: Path) -> list[Path]:
    return [root / name for name in _FOLDERS if (root / name).is_dir()]


def _settings(root: Path) -> dict[str, str]:
    """The marks of the settings' files. These are looked at by themselves, as a save may put another file in the place
    of the one that is watched."""
    found = {}
    for name in FILES:
        try:
            found[name] = marks.mark(os.lstat(root / name))
        except OSError:
            found[name] = ""
    return found
