"""What travels between the server and the workshop: what a window looks at, what is told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sight:
    """What a window looks at: a leaflet in a language, in a layout, and the page of it (from 1)."""

    leaflet: str
    locale: str
    layout: str
    page: int = 1

    @property
    def text(self) -> tuple[str, str]:
        """The leaflet and the language."""
        return self.leaflet, self.locale


@dataclass(frozen=True, slots=True)
class News:
    """What a window is to hear: a ``kind`` ("edition", "picture", "page", "findings", "trouble") and what JSON can hold
    of it. ``blob``: bytes that the server keeps and hands out under ``name``. ``sight.layout`` is "" for what concerns
    each layout of a text."""

    kind: str
    sight: Sight
    about: Mapping[str, Any]
    name: str = ""
    blob: bytes = b""
    media: str = ""

    def is_for(self, sight: Sight) -> bool:
        """Whether a window with this in view wants to hear it."""
        return self.sight.text == sight.text and self.sight.layout in ("", sight.layout)


def digest(data: bytes | str) -> str:
    """A short name for a content: 16 hexadecimal digits."""
    return hashlib.sha256(data.encode(errors="surrogatepass") if isinstance(data, str) else data).hexdigest()[:16]
