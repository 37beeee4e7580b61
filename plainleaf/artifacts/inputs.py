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
from dataclasses import replace
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from plainleaf import __version__, files
from plainleaf.artifacts import own_code
from plainleaf.files import shelf
from plainleaf.files.places import MEDIA, PACKAGE, around
from plainleaf.formats.base import Format, Prepared, Read
from plainleaf.model import digests


class Inputs:
    """What is looked up once a run for all fingerprints: versions, and the files of some folders, read when needed."""

    def __init__(self, folders: Iterable[Path]) -> None:
        folders = tuple(folders)
        self._roots = around(folders)
        self._versions = dict[str, str]()  # by format
        self._media = dict[str, set[Path]]()  # by name
        for folder in folders:
            for path in folder.rglob("*"):
                if path.suffix.lower() in MEDIA or (path.is_symlink() and path.resolve().suffix.lower() in MEDIA):
                    self._media.setdefault(_same(path.name), set()).add(path)
        self._digests = dict[Path, bytes]()
        self._named = dict[str, frozenset[str]]()

    def fingerprint(self, form: Format, prepared: Prepared) -> str:
        """A digest of all that a file depends on: what it is prepared from, the files that this names, versions."""
        return self.versioned(form, self.content(prepared, self.named(prepared)))

    def versioned(self, form: Format, content: str) -> str:
        """The fingerprint of what has this ``content``."""
        if form.name not in self._versions:
            self._versions[form.name] = versions(form)
        return hashlib.sha256(f"{content} {self._versions[form.name]}".encode()).hexdigest()

    def placed(self, fingerprint: str, prepared: Prepared) -> str:
        """The fingerprint of what also names places in the sources."""
        whole = "\n".join((fingerprint, *prepared.places))
        return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()

    def short(self, prepared: Prepared, named: Iterable[Path]) -> str:
        """The digest that is printed: of what readers see, the same on every machine. It knows no lines of sources, no
        versions of fonts or tools, and nothing of what is made from the page."""
        if not prepared.printed:
            return digests.short(self.content(prepared, named))
        return digests.short(self.content(replace(prepared, texts=prepared.printed, shared=(), about=""), named))

    def content(self, prepared: Prepared, named: Iterable[Path]) -> str:
        """A digest of what a file says and looks like, the same on every machine: what it is prepared from, and the
        files that this names; no versions, no folders."""
        digest = hashlib.sha256()
        for part in (*prepared.texts, *prepared.shared, prepared.about):
            digest.update(part.encode(errors="surrogatepass"))
            digest.update(b"\0")
        for content in sorted(map(self._content, named)):
            digest.update(content)
        return digest.hexdigest()

    def read(self, named: Iterable[Path]) -> Read:
        """Files with the digests that they count by."""
        return tuple((str(path), self._content(path).hex()) for path in named)

    def named(self, prepared: Prepared) -> list[Path]:
        """The files whose names stand anywhere in the texts, or in a drawing that these name."""
        names = set[str]()
        new = frozenset[str]().union(*map(self._names, prepared.shared), *map(self._names_in, prepared.texts))
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
            return files.Root(*self._roots).read(path, _MOST_BYTES)
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


def versions(form: Format) -> str:
    """All that is not content, in words: our version, and our code that writes such files; the format's; Python,
    libraries, shared ones too."""
    parts = form.parts
    code = [own_code.digest(parts.code)] if parts.code else _code()
    others = map(_module, (form.prepare.__module__, form.write.__module__, *parts.modules))
    about = (*code, *others, sys.version, *map(_version, parts.distributions), *parts.system())
    return " ".join([form.name, __version__, *about])


def _code() -> Iterator[str]:
    """Digests of all our code, and of the data of languages: what a sheet is printed by is spread over many rooms."""
    for path in sorted((*PACKAGE.rglob("*.py"), *(PACKAGE / "languages").rglob("*.toml"))):
        yield _digest(path)


def tools(form: Format) -> dict[str, str]:
    """What a format's files are made with, by name: versions, and digests ("sha256:...") of code and shared libraries.

    The same as ``versions`` without what differs where the same files lie on another machine.
    """
    modules = "".join(map(_module, (form.prepare.__module__, form.write.__module__, *form.parts.modules)))
    code = "\n".join((*shelf.kept("all code", (), lambda: tuple(_code()), narrow=True), modules))
    found = {"plainleaf": f"{__version__} sha256:{hashlib.sha256(code.encode()).hexdigest()}"}
    found["python"] = ".".join(map(str, sys.version_info[:3]))
    for library in form.parts.distributions:
        name, _, version = _version(library).partition(" ")
        found[name] = version
    for name, path in form.parts.files():
        digest = shelf.of_file("digest", path.resolve(), partial(_digest, path)) if path else ""
        found[f"lib{name}"] = f"{path.name} sha256:{digest}" if path else "unknown"
    return found


def _module(name: str) -> str:
    """The digest of a module's code, by its dotted name; "" for our own, and for what no file holds."""
    file = module_file(name)
    return _digest(file) if file else ""


def module_file(name: str) -> Path | None:
    """Where a module's code lies, by its dotted name; ``None`` for our own, and for what no file holds."""
    spec = None if name.partition(".")[0] == PACKAGE.name else find_spec(name)
    file = Path(spec.origin) if spec and spec.origin else None
    return file if file and file.is_file() else None


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {metadata.version(library)}"
    except metadata.PackageNotFoundError:
        return f"{library} none"
