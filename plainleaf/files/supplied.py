"""Files of another machine, by their content: what is made elsewhere reads these in place of those that it names."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from plainleaf.files.root import Root


@dataclass(frozen=True, slots=True)
class Supplied:
    """Where files of another machine lie on this one: in a ``folder``, each by the SHA-256 of its content.

    ``files``: that digest, and the suffix of the file behind any link (".png"), by the path that it has there.
    """

    folder: str
    files: Mapping[str, tuple[str, str]]

    def read(self, path: Path, most: int) -> bytes:
        """The content of a file of at most so many bytes. Raises ``FileNotFoundError`` for one that is not among them,
        other ``OSError`` as ``Root.read`` does."""
        if str(path) not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        digest, _ = self.files[str(path)]
        return Root(Path(self.folder)).read(Path(self.folder, digest), most)

    def suffix(self, path: Path) -> str:
        """The suffix of a file behind any link; that of its name if it is not among them."""
        return self.files.get(str(path), ("", path.suffix.lower()))[1]


_instead: ContextVar[Supplied | None] = ContextVar("instead", default=None)


@contextmanager
def instead(supplied: Supplied | None) -> Iterator[None]:
    """While it lasts, ``current`` gives these."""
    mark = _instead.set(supplied)
    try:
        yield
    finally:
        _instead.reset(mark)


def current() -> Supplied | None:
    """What is to be read in place of the files of this machine; ``None`` if these are what is meant."""
    return _instead.get()
