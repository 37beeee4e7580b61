"""What many tests would have worked out again is worked out once in a run: it depends on its arguments alone, or on
files that come with the tool.

Most tests load a small root, and each would read all layouts of the tool for it and compare their words with the same
translations. What is remembered is known by the files' sizes and times too, so that a test may change them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

from plainleaf import project
from plainleaf.artifacts import inputs, surroundings
from plainleaf.checks.translation import every
from plainleaf.files import places
from plainleaf.layouts import literals, styles
from plainleaf.translations import layout_words
from plainleaf.typesetting import fonts

MOST = 20_000  # values that one function has remembered; then it begins anew


def begin() -> None:
    """From now on; to be called once in a process."""
    every.check = _remembered(every.check, _of_check)  # type: ignore[assignment]
    inputs._version = _remembered(
        inputs._version, lambda library: (library, inputs.metadata.version), lambda found: not found.endswith(" none")
    )
    literals.messages = _remembered(literals.messages, _of_literals)
    faults = styles.faults
    of_system, installed = fonts.folders(), surroundings._fonts
    surroundings._fonts = _remembered(
        lambda: tuple(installed()), lambda: of_system if fonts.folders() == of_system else None
    )
    styles.faults = _remembered(lambda *asked: tuple(faults(*asked)), _of_sheet, lambda found: not found)
    layout_words.read = _remembered(layout_words.read, lambda folders, _: _of_tool(folders), _is_right)
    project._layouts = _remembered(  # type: ignore[assignment]
        project._layouts, lambda root: _of_tool(project.folders(root, "layouts")), _is_right
    )


def _remembered(
    function: Callable[..., Any], key: Callable[..., Hashable], keeps: Callable[[Any], bool] = lambda _: True
) -> Callable[..., Any]:
    """``function`` that answers from memory where ``key`` gives one that it knows; ``None`` is no key."""
    known: dict[Hashable, Any] = {}

    @wraps(function)
    def remembered(*arguments: Any, **named: Any) -> Any:
        asked = key(*arguments, **named)
        if asked is not None and asked in known:
            return known[asked]
        value = function(*arguments, **named)
        if asked is not None and keeps(value):
            if len(known) > MOST:
                known.clear()
            known[asked] = value
        return value

    return remembered


def _of_check(
    message: Any,
    text: str,
    locale: Any,
    data: Any,
    terms: Mapping[str, str],
    comments: Any = (),
    names: frozenset[str] = frozenset(),
) -> Hashable:
    return every.CHECKS, message, text, locale, data, tuple(terms.items()), tuple(comments), names


def _of_tool(folders: tuple[Path, ...]) -> Hashable:
    """The files of the tool's own layouts, where a root has none of its own."""
    if list(folders) != [places.shipped("layouts")]:
        return None
    return str(folders[0]), tuple(_files(str(folders[0])))


def _of_sheet(path: Path, _: Path) -> Hashable:
    """A style sheet that comes with the tool."""
    if not path.is_relative_to(places.shipped("layouts")) or not path.is_file():
        return None
    about = path.stat()
    return str(path), about.st_size, about.st_mtime_ns, about.st_ino


def _of_literals(folders: tuple[Path, ...], root: Path | None = None) -> Hashable:
    """Those of the tool are not the root's own, unless they lie in it."""
    own = root is not None and places.shipped("layouts").is_relative_to(root)
    return (own, known) if (known := _of_tool(folders)) else None


def _files(folder: str) -> Iterator[tuple[str, int, int, int]]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            about = entry.stat()
            yield entry.path, about.st_size, about.st_mtime_ns, about.st_ino


def _is_right(found: tuple[Any, Any]) -> bool:
    """Whether nothing is wrong with it: what is, is said of the root that asked."""
    return not found[1]
