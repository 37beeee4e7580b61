"""What is somebody's own stays in the copy alone: findings without it, files that only their owner can read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from plainleaf import files
from plainleaf.artifacts.store import STORE
from plainleaf.model import Finding
from plainleaf.model.usage import UsageError

_LOG = logging.getLogger("plainleaf")

FOLDER = "filled"
IGNORED = ".gitignore"
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
_NEW = ".new"  # behind the name of a copy until all are written
_QUOTED = re.compile(r"“[^”]*+(?:”|\Z)")  # one that is not closed goes on to the end
_QUOTED_WITH_MARKS = re.compile(r"“.*”", re.DOTALL)  # where a value has such marks itself, too
_WORD = re.compile(r"\w+")
HIDDEN = "“...”"
_TELLING = 3  # characters: what is shorter, as a "2", stands in many a text by chance


def without(finding: Finding, values: Iterable[str]) -> Finding:
    """A finding on a page without what was filled in there: a quotation that shares a word with it is left out whole,
    also where the word is cut short."""
    values = {*values}
    own = {word.casefold() for value in values for word in _WORD.findall(value)}
    quotation = _QUOTED_WITH_MARKS if any(mark in value for value in values for mark in "“”") else _QUOTED

    def quoted(found: re.Match[str]) -> str:
        words = {word.casefold() for word in _WORD.findall(found[0])}
        return HIDDEN if any(mine.startswith(word) for mine in own for word in words) else found[0]

    def bare(text: str) -> str:
        text = quotation.sub(quoted, text)
        for value in sorted(values, key=len, reverse=True):
            text = text.replace(value, HIDDEN) if len(value) >= _TELLING else text
        return text

    return replace(finding, message=bare(finding.message), hint=bare(finding.hint))


@contextmanager
def unlogged(values: Iterable[str]) -> Iterator[None]:
    """While it lasts, tracebacks of our own mistakes are kept without the words that were filled in."""
    words = {word for value in values for word in (value, *_WORD.findall(value)) if len(word) >= _TELLING}
    hidden = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")

    def bare(record: logging.LogRecord) -> bool:
        record.msg, record.args = hidden.sub(HIDDEN, record.getMessage()), ()
        return True

    _LOG.addFilter(bare)
    try:
        yield
    finally:
        _LOG.removeFilter(bare)


def place(output: Path, root: Path, build: Path) -> Path:
    """The folder for copies, as asked for. Raises ``UsageError`` if others read it: that of the sources, or of what is
    published."""
    folder = output.resolve()
    kept = [build, *(root / top for top in files.TOPS)]
    if folder == root or any(folder.is_relative_to(each) or each.is_relative_to(folder) for each in kept):
        what = f"{folder} is not a safe place for filled copies: what is there is published, or kept with the sources"
        raise UsageError(what, f"use a separate folder, or leave --output out: then it is {FOLDER}/")
    if any((each / STORE).is_file() for each in (folder, *folder.parents)):
        what = f"{folder} is not a safe place for filled copies: leaflets for everybody were published there"
        raise UsageError(what, "use a separate folder")
    return folder


def save(made: Mapping[str, bytes], folder: Path, slug: str) -> tuple[tuple[Path, ...], int]:
    """Write all copies of a leaflet, by their names, or none; gives their paths, and how many of an earlier run were
    taken away, which nobody is to hand out any more. Raises ``OSError``."""
    files.make_folder(folder)
    folder.chmod(_FOLDER_MODE)
    root = files.Root(folder)
    with files.locked(folder, (".",)):
        root.save(folder / IGNORED, b"*\n", _FILE_MODE)
        former = _copies(folder, slug)
        waiting: list[Path] = []
        try:
            for name, data in made.items():
                waiting.append(folder / (name + _NEW))
                root.save(waiting[-1], data, _FILE_MODE)
                waiting[-1].chmod(_FILE_MODE)
        except BaseException:
            for path in waiting:
                root.delete(path)
            raise
        for path in former:  # first: no copy of today is to be beside one of another table, named alike
            root.delete(path)
        written = [root.rename(path, path.name.removesuffix(_NEW)) for path in waiting]
    return tuple(written), len({*former} - {*written})


def name(slug: str, row: int, rest: str) -> str:
    """The name of a copy's file, which says nothing of whom it is for."""
    return f"{slug}.row-{row:03}.{rest}"


def _copies(folder: Path, slug: str) -> list[Path]:
    """What an earlier run has left here."""
    named = re.compile(rf"{re.escape(slug)}\.row-\d+\.[^/]+")
    return [path for path in sorted(folder.iterdir()) if named.fullmatch(path.name) and path.is_file()]
