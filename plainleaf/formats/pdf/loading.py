"""WeasyPrint, imported without asking compiler and linker where its shared libraries lie.

It tries each library by several names in turn. For those without a suffix cffi asks ``ctypes.util.find_library``, which
on Linux runs ldconfig, gcc and ld: 22 times, 0.15 CPU seconds of each run that makes anything. The names by which the
loader itself finds them are tried last, and lead to the same files.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from plainleaf.formats.pdf import system


@contextmanager
def _by_their_own_names() -> Iterator[None]:
    """While it lasts, libraries are looked for by no other name than that of their file, if all are found so."""
    search = ctypes.util.find_library
    if sys.platform == "linux" and all(file for _, file in system.libraries()):
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _by_their_own_names():
    import_module("weasyprint")
