"""A message as a catalog writes it, read back into the inline content that it was cut from."""

from __future__ import annotations

import re

from plainleaf.model import Emphasis, Inline, Link, Placeholder, Strong, Text

_INLINE = re.compile(r"<(?P<tag>b|em|a\d)>(?P<inside>.*?)</(?P=tag)>|\{(?P<name>\w+)\}")


def inlines(text: str) -> tuple[Inline, ...]:
    """A message's text as the inline content that it was cut from."""
    parts: list[Inline] = []
    end = 0
    for found in _INLINE.finditer(text):
        parts.append(Text(text[end : found.start()]))
        end = found.end()
        inside = inlines(found["inside"]) if found["tag"] else ()
        if found["name"]:
            parts.append(Placeholder(found["name"]))
        elif found["tag"][0] == "a":
            parts.append(Link(inside, "https://example.org"))
        else:
            parts.append(Strong(inside) if found["tag"] == "b" else Emphasis(inside))
    return tuple(part for part in (*parts, Text(text[end:])) if part != Text(""))
