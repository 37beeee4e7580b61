"""What templates were compiled to: kept for all root folders of a process, and of those that come with the package also
for later processes, where Python keeps the code of our modules (``__pycache__``) and as far as it may write there.

Whoever can write there can have Python run anything, so that code from there is run as it is. Templates of a root are
compiled by each process anew: nothing of what they become is read from a disk.
"""

from __future__ import annotations

import atexit
import hashlib
import marshal
import sys
from contextlib import suppress
from functools import cached_property
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from plainleaf import files
from plainleaf.files.places import shipped

Codes = dict[tuple[str, str], CodeType]
_MOST = 256  # templates
_MOST_BYTES = 20_000_000


class Compiled(BytecodeCache):
    """Codes by the place and the text of their templates."""

    def __init__(self, path: Path | None, version: str) -> None:
        """``path``: where codes are kept for later processes; ``version``: of all that compiles them."""
        self._path, self._version = path, version
        self._codes, self._new = Codes(), Codes()
        self._lasting = set[str]()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The place of a template's code, with the code if there is any."""
        if filename and Path(filename).is_relative_to(shipped("layouts")):
            self._lasting.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code of a template that was compiled before."""
        about = bucket.key, bucket.checksum
        bucket.code = self._codes.get(about) or (self._kept.get(about) if bucket.key in self._lasting else None)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if not bucket.code:
            return
        if len(self._codes) >= _MOST:
            self._codes.clear()
        self._codes[bucket.key, bucket.checksum] = bucket.code
        if bucket.key in self._lasting and self._path and not sys.dont_write_bytecode:
            if not self._new:
                atexit.register(self.save)
            self._new[bucket.key, bucket.checksum] = bucket.code

    @cached_property
    def _kept(self) -> Codes:
        """What an earlier process has kept."""
        return self._read()

    def _read(self) -> Codes:
        """What the file holds; nothing if there is none, or it is damaged, or of another version."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            if self._path:
                digest, body = files.Root(self._path.parent).read(self._path, _MOST_BYTES).split(b"\n", 1)
                if digest == self._digest(body):
                    return dict(marshal.loads(body))
        return {}

    def save(self) -> None:
        """Keep for later processes what this one has compiled. A folder that cannot be written is no fault."""
        if self._path and self._new:
            there = {**self._read(), **self._new}
            body = marshal.dumps(dict([*there.items()][-_MOST:]))
            with suppress(OSError):
                files.Root(self._path.parent).save(self._path, self._digest(body) + b"\n" + body)
            self._new = {}

    def _digest(self, body: bytes) -> bytes:
        return hashlib.sha256(self._version.encode() + body).hexdigest().encode()


def beside(module: str) -> Compiled:
    """For templates that a module of ours has compiled, by its file: kept beside the code of that module."""
    code = Path(module).read_bytes()
    version = f"{MAGIC_NUMBER.hex()} {jinja2.__version__} {hashlib.sha256(code).hexdigest()}"
    path = Path(cache_from_source(module)).with_suffix(".templates")
    return Compiled(path if path.parent.is_dir() else None, version)
