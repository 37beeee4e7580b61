"""The parts that pip cannot install: shared libraries and fonts. What is missing."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from plainleaf.formats.base import Missing
from plainleaf.model import Locale
from plainleaf.typesetting import fonts

# Library by system: (name as the linker knows it, Debian package). Without libharfbuzz-subset WeasyPrint embeds whole
# fonts and takes 2.5 times as long for Latin, 20 times for Chinese: we do not start without it.
LIBRARIES = {
    "linux": (
        ("libpango-1.0.so.0", "libpango-1.0-0"),
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    ),
    "darwin": (("libpango-1.0.dylib", "pango"), ("libharfbuzz-subset.dylib", "harfbuzz")),
}

# What sets and cuts type, with a function of each by which its file is found: those above and what they work with.
TYPESETTING = {
    "pango-1.0": "pango_version",
    "pangoft2-1.0": "pango_ft2_font_map_get_type",
    "harfbuzz": "hb_version",
    "harfbuzz-subset": "hb_subset_input_create_or_fail",
    "fontconfig": "FcGetVersion",
    "fribidi": "fribidi_get_bidi_type",
    "freetype": "FT_Init_FreeType",
}
_ABI = {"fontconfig": 1, "freetype": 6}  # where it is not 0


def missing(locale: Locale) -> tuple[Missing, ...]:
    """Shared libraries, and the fonts of a locale, that are not installed."""
    libraries = LIBRARIES.get(sys.platform, ())
    what = "making PDFs and covers of e-books"
    gone = [Missing(name, what, package) for name, package in libraries if not _has(name)]
    for file in fonts.missing(locale.fonts):
        package = next(iter(fonts.apt_packages([file])), "")
        gone.append(Missing(file.partition("#")[0], f"printing {locale.english_name}", package, locale.name))
    return tuple(gone)


def typesetting() -> Iterator[str]:
    """The shared libraries that set and cut type, each by its file's name, size and time of change: another version, or
    the same one built anew by the distribution, is another line. One that is not found is a line too."""
    for name, file in libraries():
        if file:
            about = file.stat()
            yield f"{name} {file.name} {about.st_size} {about.st_mtime_ns}"
        else:
            yield f"{name} unknown"


def libraries() -> Iterator[tuple[str, Path | None]]:
    """The shared libraries that set and cut type, each with its file; ``None`` if that is not found."""
    for name, function in TYPESETTING.items():
        abi = _ABI.get(name, 0)
        library = _loaded(f"lib{name}.{abi}.dylib" if sys.platform == "darwin" else f"lib{name}.so.{abi}")
        yield name, _file_of(library, function) if library else None


class _Symbol(ctypes.Structure):
    """``Dl_info`` of dladdr(3)."""

    _fields_ = (
        ("file", ctypes.c_char_p),
        ("base", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
    )


def _file_of(library: ctypes.CDLL, function: str) -> Path | None:
    """The file that a library was loaded from; ``None`` if the system does not tell."""
    found = _Symbol()
    with suppress(AttributeError, OSError):
        address = ctypes.cast(getattr(library, function), ctypes.c_void_p)
        if ctypes.CDLL(None).dladdr(address, ctypes.byref(found)) and found.file:
            file = Path(found.file.decode()).resolve()  # its name says the version
            return file if file.is_file() else None
    return None


def _has(library: str) -> bool:
    return _loaded(library) is not None


def _loaded(library: str) -> ctypes.CDLL | None:
    folders = ("", "/opt/homebrew/lib/", "/usr/local/lib/") if sys.platform == "darwin" else ("",)
    for folder in folders:
        with suppress(OSError):
            return ctypes.CDLL(folder + library)
    return None
