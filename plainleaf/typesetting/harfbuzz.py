"""Fonts cut by HarfBuzz, in a tenth of the time that Python takes for it; where its library is, which PDFs need anyway.

HarfBuzz manual, "hb-subset"; the numbers of its sets and flags are those of hb-subset.h, which stay as they are.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache

_UNICODE, _TABLES_LEFT_OUT, _NAMES, _FEATURES, _SCRIPTS = 1, 3, 4, 6, 7  # hb_subset_sets_t
_NO_HINTING, _NOTDEF_OUTLINE = 0x1, 0x40  # hb_subset_flags_t
_COPIED = 0  # hb_memory_mode_t: HarfBuzz works on a copy of what it is given
_OLDEST = 5  # the first version that can be asked for scripts

_LIBRARIES = {
    "linux": ("libharfbuzz-subset.so.0",),
    "darwin": ("libharfbuzz-subset.0.dylib", "/opt/homebrew/lib/libharfbuzz-subset.0.dylib",
               "/usr/local/lib/libharfbuzz-subset.0.dylib"),
    "win32": ("libharfbuzz-subset-0.dll",),
}  # fmt: skip


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    """HarfBuzz with what cuts fonts; ``None`` if it is not there, or too old to be asked for all we need."""
    for name in _LIBRARIES.get(sys.platform, ()):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            pointer, number = ctypes.c_void_p, ctypes.c_uint
            for function, result, *given in (
                ("hb_version_string", ctypes.c_char_p),
                ("hb_blob_create", pointer, ctypes.c_char_p, number, ctypes.c_int, pointer, pointer),
                ("hb_blob_destroy", None, pointer),
                ("hb_blob_get_data", pointer, pointer, ctypes.POINTER(number)),
                ("hb_blob_get_length", number, pointer),
                ("hb_face_create", pointer, pointer, number),
                ("hb_face_destroy", None, pointer),
                ("hb_face_reference_blob", pointer, pointer),
                ("hb_face_reference_table", pointer, pointer, number),
                ("hb_set_add", None, pointer, number),
                ("hb_set_clear", None, pointer),
                ("hb_set_invert", None, pointer),
                ("hb_subset_input_create_or_fail", pointer),
                ("hb_subset_input_destroy", None, pointer),
                ("hb_subset_input_set", pointer, pointer, ctypes.c_int),
                ("hb_subset_input_set_flags", None, pointer, number),
                ("hb_subset_or_fail", pointer, pointer, pointer),
            ):
                called = getattr(library, function)
                called.restype, called.argtypes = result, given
            return library if int(library.hb_version_string().partition(b".")[0]) >= _OLDEST else None
    return None


def version() -> str:
    """Of the library, "6.0.0"; "" if fonts cannot be cut by it."""
    library = _library()
    return library.hb_version_string().decode() if library else ""


def _tag(name: str) -> int:
    """Four letters as HarfBuzz has them."""
    return int.from_bytes(name.encode().ljust(4), "big")


def cut(
    data: bytes,
    number: int,
    points: Iterable[int],
    features: Iterable[str],
    scripts: Iterable[str],
    drop: Iterable[str],
) -> bytes:
    """A font file's bytes, cut to code points; b"" if HarfBuzz does not manage it, or leaves out what shows: distances
    of letters in a ``kern`` table where there are none in ``GPOS``, drawings in an ``SVG`` table.

    ``number``: of the font in its file; ``features`` and ``scripts``: the OpenType tags of those to keep, all if there
    are none; ``drop``: tables to leave out.
    """
    library = _library()
    if not library:
        return b""
    blob = library.hb_blob_create(data, len(data), _COPIED, None, None)
    face = library.hb_face_create(blob, number)
    asked = library.hb_subset_input_create_or_fail()
    made = None
    try:
        if _has(library, face, "SVG") or (_has(library, face, "kern") and not _has(library, face, "GPOS")):
            return b""
        for kind, wanted in (
            (_UNICODE, tuple(points)),
            (_FEATURES, tuple(map(_tag, features))),
            (_SCRIPTS, tuple(map(_tag, scripts))),
            (_NAMES, ()),
        ):
            chosen = library.hb_subset_input_set(asked, kind)
            library.hb_set_clear(chosen)
            for each in wanted:
                library.hb_set_add(chosen, each)
            if not wanted:
                library.hb_set_invert(chosen)
        for table in drop:
            library.hb_set_add(library.hb_subset_input_set(asked, _TABLES_LEFT_OUT), _tag(table))
        library.hb_subset_input_set_flags(asked, _NO_HINTING | _NOTDEF_OUTLINE)
        made = library.hb_subset_or_fail(face, asked)
        return _bytes(library, made) if made else b""
    finally:
        if made:
            library.hb_face_destroy(made)
        library.hb_subset_input_destroy(asked)
        library.hb_face_destroy(face)
        library.hb_blob_destroy(blob)


def _has(library: ctypes.CDLL, face: int, table: str) -> bool:
    blob = library.hb_face_reference_table(face, _tag(table))
    try:
        return bool(library.hb_blob_get_length(blob))
    finally:
        library.hb_blob_destroy(blob)


def _bytes(library: ctypes.CDLL, face: int) -> bytes:
    blob, length = library.hb_face_reference_blob(face), ctypes.c_uint()
    try:
        start = library.hb_blob_get_data(blob, ctypes.byref(length))
        return ctypes.string_at(start, length.value) if start else b""
    finally:
        library.hb_blob_destroy(blob)
