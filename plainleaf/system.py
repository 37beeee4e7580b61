"""The parts that pip cannot install: shared libraries and fonts. What is missing, and the one line that mends it."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from plainleaf import fonts
from plainleaf.model import Locale

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


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that is not there, who needs it, and the package that has it ("" if we know none)."""

    what: str
    needed_for: str
    package: str


def missing(locales: Iterable[Locale]) -> tuple[Missing, ...]:
    """Shared libraries, and the fonts of the given locales, that are not installed."""
    libraries = LIBRARIES.get(sys.platform, ())
    gone = [Missing(name, "making PDFs", package) for name, package in libraries if not _has(name)]
    for locale in locales:
        for file in fonts.missing(locale.fonts):
            package = next(iter(fonts.apt_packages([file])), "")
            gone.append(Missing(file.partition("#")[0], f"printing {locale.english_name}", package))
    return tuple(dict.fromkeys(gone))


def mend(gone: Iterable[Missing]) -> str:
    """The one line to run; "" if no package is known for any of the parts."""
    packages = sorted({part.package for part in gone if part.package})
    if not packages:
        return ""
    if sys.platform == "darwin":
        return f"brew install {' '.join(packages)}"
    return f"sudo apt-get install -y {' '.join(packages)}"


def _has(library: str) -> bool:
    folders = ("", "/opt/homebrew/lib/", "/usr/local/lib/") if sys.platform == "darwin" else ("",)
    for folder in folders:
        try:
            ctypes.CDLL(folder + library)
        except OSError:
            continue
        return True
    return False
