"""Which files WeasyPrint may read: pictures and fonts below some folders, whole ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import weasyprint

from plainleaf import files
from plainleaf.files import supplied
from plainleaf.files.places import MEDIA, around
from plainleaf.graphics import bitmaps, photos, pictures

MOST_DATA = 100_000  # characters of a picture inside CSS
MOST_BYTES = 200_000_000  # of a picture or a font
_NOTHING: Mapping[str, str] = MappingProxyType({})

_Response = weasyprint.urls.URLFetcherResponse


class _Content(weasyprint.urls.URLFetcherResponse):  # type: ignore[misc]
    """A picture as we made it ready: by its file's path WeasyPrint would take what is on disk in its place."""

    path = None


class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
    """Reads pictures and fonts below the given folders, and nothing else: no network, no links out of the root.

    Small pictures that a layout's CSS carries in itself (``data:``) are let through. A file that is another one than
    ``known`` says (its SHA-256 by its path, or how that begins) was exchanged since its signatures were judged, and is
    not read.
    """

    def __init__(self, folders: Sequence[str], known: Mapping[str, str] = _NOTHING) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._known = known
        self._folders = tuple(path for folder in folders for path in {Path(folder), Path(folder).resolve()})

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The file's content; raises ``ValueError`` for anything that may not be read (WeasyPrint logs it)."""
        if url.startswith(("data:image/svg+xml;", "data:image/png;")) and len(url) < MOST_DATA:
            data = super().fetch(url, headers).read()
            return _picture(url, data, ".svg" if url.startswith("data:image/svg") else ".png")
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise ValueError(f"only files of this project are read, not {url[:60]}")
        path = Path(os.path.normpath(url2pathname(unquote(parts.path) if "%" in parts.path else parts.path)))
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise ValueError(f"{path.name} is outside sources/, layouts/ and the fonts")
        sent = supplied.current()
        kind = sent.suffix(path) if sent else path.resolve().suffix.lower()
        if kind not in MEDIA:
            raise ValueError(f"{path.name} is neither a picture nor a font")
        data = sent.read(path, MOST_BYTES) if sent else files.Root(*around(self._folders)).read(path, MOST_BYTES)
        if not hashlib.sha256(data).hexdigest().startswith(self._known.get(str(path), "")):
            raise ValueError(f"{path.name} was replaced during this run: publish again")
        return _picture(path.as_uri(), data, kind) if kind in _TYPES else _Response(path.as_uri(), data)


_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


def _picture(url: str, data: bytes, kind: str) -> Any:
    """A picture, if it is whole: WeasyPrint prints damaged ones as far as they go. Raises ``ValueError``."""
    if wrong := pictures.judged(data, kind):
        raise ValueError(wrong)
    content = data if kind == ".svg" else photos.clean(bitmaps.plain(data))
    return _Content(url, content, {"Content-Type": _TYPES[kind]})
