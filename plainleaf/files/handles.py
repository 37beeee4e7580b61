"""An open folder, by its handle where the system has such: a link put into its place meanwhile leads nowhere."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress


def flags(*names: str) -> int:
    """Those of them that the system has."""
    return sum(getattr(os, name, 0) for name in names)


_STEP = (getattr(os, "O_PATH", os.O_RDONLY)) | flags("O_DIRECTORY", "O_CLOEXEC")
_BY_HANDLE = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")  # else folders are named by their paths


class Folder:
    """An open folder, and what it does with the files in it, by their bare names."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.handle = os.open(path, _STEP) if _BY_HANDLE else None

    def close(self) -> None:
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def named(self, name: str) -> str:
        """What the system is to be asked for, with ``dir_fd``."""
        return name if self.handle is not None else os.path.join(self.path, name)  # noqa: PTH118

    def enter(self, name: str, make: bool) -> None:
        """Go one folder down, which is made if it is not there and ``make`` says so. Raises ``OSError`` at links."""
        try:
            self._enter(name)
        except FileNotFoundError:
            if not make:
                raise
            with suppress(FileExistsError):
                os.mkdir(self.named(name), dir_fd=self.handle)
            self.sync()
            self._enter(name)

    def _enter(self, name: str) -> None:
        path = os.path.join(self.path, name)  # noqa: PTH118
        if self.handle is not None:
            inner = os.open(name, _STEP | os.O_NOFOLLOW, dir_fd=self.handle)
            os.close(self.handle)
            self.handle = inner
        elif os.path.islink(path) or not stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH114, PTH116
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
        self.path = path

    def about(self, name: str) -> os.stat_result:
        """What is known of what has this name, be it a link."""
        return os.stat(self.named(name), dir_fd=self.handle, follow_symlinks=False)

    def open(self, name: str, flags: int, mode: int = 0o600) -> int:
        return os.open(self.named(name), flags, mode, dir_fd=self.handle)

    def rename(self, old: str, new: str) -> None:
        os.replace(self.named(old), self.named(new), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def delete(self, name: str) -> None:
        os.unlink(self.named(name), dir_fd=self.handle)

    def sync(self) -> None:
        """Make what was renamed or made last; where folders cannot be synced, the system does it in its time."""
        with suppress(OSError):
            handle = self.open(".", os.O_RDONLY | flags("O_CLOEXEC"))
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
