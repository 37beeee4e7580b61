"""What files are made from beside their leaflet: pictures and fonts that a page may read, our own code, libraries.

Until it is known what each page has read, what it names counts: rather a file too many is made than one too few.
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote

from plainleaf import __version__
from plainleaf.artifacts import system
from plainleaf.files import writing as files
from plainleaf.files.places import MEDIA, PACKAGE, around
from plainleaf.model import Sheet

# All that takes part between a leaflet and its PDF, with what that needs itself.
LIBRARIES = (
    "babel", "cffi", "cssselect2", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "page-validation",
    "phonenumberslite", "pillow", "pycparser", "pydyf", "pypdf", "pypdfium2", "pyphen", "segno", "tinycss2",
    "tinyhtml5", "weasyprint", "webencodings",
)  # fmt: skip
# Our code that runs when a sheet is printed; what runs before that shows in the sheet.
_CODE = (
    "formats",
    "checks",
    "cldr",
    "model",
    "readability",
    "scripts",
    "bitmaps",
    "figures",
    "pictures",
    "drawings",
    "graphics",
    "files",
    "languages",
    "typesetting",
    "layouts/markup",
)


class Inputs:
    """What is looked up once a run for all fingerprints: versions, and the files of some folders, read when needed."""

    def __init__(self, folders: Iterable[Path]) -> None:
        folders = tuple(folders)
        self._versions, self._roots = versions(), around(folders)
        self._media = dict[str, set[Path]]()  # by name
        for folder in folders:
            for path in folder.rglob("*"):
                if path.suffix.lower() in MEDIA or (path.is_symlink() and path.resolve().suffix.lower() in MEDIA):
                    self._media.setdefault(_same(path.name), set()).add(path)
        self._digests = dict[Path, bytes]()
        self._named = dict[str, frozenset[str]]()

    def fingerprint(self, sheet: Sheet) -> str:
        """A digest of all that a PDF depends on: its sheet (with fonts by their digests), what it names, versions."""
        digest = hashlib.sha256()
        about = (sheet.rules, sheet.scheme, sheet.direction, sheet.origins, sheet.css_origins, sheet.at)
        for part in (sheet.html, sheet.css, sheet.font_css, repr(about), self._versions):
            digest.update(part.encode(errors="surrogatepass"))
            digest.update(b"\0")
        for path in self._named_by(sheet):
            digest.update(self._content(path))
        return digest.hexdigest()

    def _named_by(self, sheet: Sheet) -> list[Path]:
        """The files whose names stand anywhere in a sheet, or in a drawing that it names."""
        names, new = set[str](), self._names(sheet.css) | self._names_in(sheet.html)
        while new:
            names |= new
            drawings = [path for name in new if name.endswith(".svg") for path in self._media[name]]
            texts = [self._read(path).decode(errors="replace") for path in drawings]
            new = frozenset[str]().union(*map(self._names, texts)) - names
        return sorted(path for name in names for path in self._media[name])

    def _names(self, text: str) -> frozenset[str]:
        """Those in a text that many sheets share."""
        if text not in self._named:
            self._named[text] = self._names_in(text)
        return self._named[text]

    def _names_in(self, text: str) -> frozenset[str]:
        plain = _plain(text)
        if all(name.endswith(_ENDINGS) for name in self._media):  # links may have any name
            plain = "\n".join(plain[max(0, found.start() - _LONGEST) : found.end()] for found in _END.finditer(plain))
        plain = _same(plain)
        return frozenset(name for name in self._media if name in plain)

    def _content(self, path: Path) -> bytes:
        """The digest of a file's content; of one that cannot be read, that of an empty one: no page has read it."""
        if path not in self._digests:
            self._digests[path] = hashlib.sha256(self._read(path)).digest()
        return self._digests[path]

    def _read(self, path: Path) -> bytes:
        try:
            return files.read(path, *self._roots, most=_MOST_BYTES)
        except OSError:
            return b""


_MOST_BYTES = 200_000_000  # of a picture or a font
_ENDINGS = tuple(sorted(MEDIA))
_END = re.compile("|".join(map(re.escape, _ENDINGS)), re.IGNORECASE)
_LONGEST = 255  # of a file's name
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


def _plain(text: str) -> str:
    """A text in which a file's name reads the same however it was written: in HTML, as an address, in CSS."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), sys.maxunicode)), text)
    return unquote(html.unescape(text))


def _same(text: str) -> str:
    """A text as file systems see it that take capitals and accents as equal, whichever way they are written."""
    return unicodedata.normalize("NFC", text).casefold()


def versions() -> str:
    """All that is not content, in words: our version and code, Python, libraries, shared ones too."""
    return " ".join([__version__, *_code(), sys.version, *map(_version, LIBRARIES), *system.typesetting()])


def _code() -> Iterator[str]:
    for name in _CODE:
        own = PACKAGE / f"{name}.py"
        for path in [own] if own.is_file() else sorted((PACKAGE / name).rglob("*.py")):
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {metadata.version(library)}"
    except metadata.PackageNotFoundError:
        return f"{library} none"
