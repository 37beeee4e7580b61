"""Pictures: what they show, and their captions."""

from __future__ import annotations

import posixpath
import re

from plainleaf.model import Block, Kind
from plainleaf.sources import inlines
from plainleaf.sources.body import About, Body, handed_down
from plainleaf.sources.characters import visible
from plainleaf.sources.fences import Marks

KINDS = (
    About(Kind.FIGURE),
    About(Kind.ALT, "What a picture shows (read aloud)", printed="figure"),
    About(Kind.CAPTION, "Caption", printed="figure"),
)

_PICTURE = re.compile(r"[^/\\:?#{}][^\\:?#{}]*")  # a path: no root, no drive, no address


def figure(body: Body, image: inlines.Token, line: int, marks: Marks) -> list[Block]:
    """A picture that stands alone in its paragraph."""
    src = _source(body, str(image.attrs.get("src", "")), line)
    shows = inlines.alt(body.notes, image, line)
    if not shows:
        hint = "say in the square brackets what it shows, for those who do not see it"
        body.notes.error("source-picture-alt", line, "a picture has no text", hint)
    children = [body.made(Kind.ALT, line, None, shows)]
    if caption := body.inlines(str(image.attrs.get("title", "")), line):
        children.append(body.made(Kind.CAPTION, line, None, caption))
    made = body.made(Kind.FIGURE, line, marks, (), children, src=src)
    return [handed_down(made, marks.safety)] if src else []


def _source(body: Body, src: str, line: int) -> str:
    """The path of a picture from the root; "" if it is not below the folder of the leaflet."""
    folder = posixpath.dirname(body.notes.path)
    path = posixpath.normpath(src)
    if _PICTURE.fullmatch(src) and path.split("/")[0] not in (".", ".."):
        return visible(body.notes, line, posixpath.join(folder, path))
    what = f"the picture “{src[:60]}” is not below {folder or 'the folder of the leaflet'}/"
    hint = "put it there and write its path, such as pictures/name.svg"
    body.notes.error("source-picture-path", line, what, hint)
    return ""
