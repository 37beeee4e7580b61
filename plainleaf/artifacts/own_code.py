"""Our own code that takes part in something: the modules that it imports, and those that these import."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from plainleaf.files import shelf
from plainleaf.files.places import PACKAGE

_OURS = rf"({PACKAGE.name}[\w.]*)"
_IMPORT = re.compile(
    rf"^[ \t]*(?:from[ \t]+{_OURS}[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+{_OURS})", re.MULTILINE
)
_NAME = re.compile(r"(\w+)(?:[ \t]+as[ \t]+\w+)?")
_LAZY = "__init__.py"  # of the package itself: it imports what a program asks of it
_COMMENT = re.compile(r"#[^\n]*")


def digest(modules: Iterable[str]) -> str:
    """Of the code of our modules with these dotted names and all that they import, wherever the import stands; with the
    data of languages, which any of them may ask for. Those of other packages count for nothing."""
    names = tuple(sorted(set(modules)))
    return shelf.kept(f"code of {' '.join(names)}", (), partial(_digest, names), narrow=True)


def _digest(modules: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(closure(PACKAGE, modules).items()):
        found.update(f"{name} {content}\n".encode())
    return found.hexdigest()


@cache
def closure(package: Path, modules: tuple[str, ...]) -> dict[str, str]:
    """The digest of each file that takes part, by its path in the package, which lies there."""
    waiting, seen = list(modules), dict[str, str]()
    while waiting:
        path = _file(package, waiting.pop())
        name = path.relative_to(package).as_posix() if path else ""
        if path and name not in seen:
            data = path.read_bytes()
            seen[name] = hashlib.sha256(data).hexdigest()
            waiting += _imported(data.decode()) if name != _LAZY else ()
    for path in (package / "languages").rglob("*.toml"):
        seen[path.relative_to(package).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return seen


def _imported(code: str) -> Iterator[str]:
    """The modules of ours that some code may import: those it names, their packages, and what it takes from these."""
    for found in _IMPORT.finditer(code):
        name = found[1] or found[3]
        yield from (name[: end.start()] for end in re.finditer(r"\.|$", name))
        for part in _NAME.finditer(_COMMENT.sub("", found[2] or "")):
            yield f"{name}.{part[1]}"


def _file(package: Path, module: str) -> Path | None:
    """Where a module of ours lies; ``None`` for any other name."""
    parts = module.split(".")
    if parts[0] != PACKAGE.name:
        return None
    path = package.joinpath(*parts[1:])
    return next((each for each in (path / "__init__.py", path.with_suffix(".py")) if each.is_file()), None)
