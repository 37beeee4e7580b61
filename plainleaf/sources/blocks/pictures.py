"""Pictures: what they show, and their captions."""

from __future__ import annotations

import posixpath
import re

from plainleaf.model import Block, Kind
from plainleaf.sources import inlines
from plainleaf.sources.body import About, Body, Fenced, handed_down
from plainleaf.sources.characters import visible
from plainleaf.sources.fences import Fence, Marks, Options
from plainleaf.sources.leftovers import Token

KINDS = (
    About(Kind.FIGURE),
    About(Kind.PICTURES),
    About(Kind.ALT, "What a picture shows (read aloud)", printed="figure"),
    About(Kind.CAPTION, "Caption", printed="figure"),
)

FEWEST, MOST = 2, 3  # pictures in a row: more are too small to see on A5

_PICTURE = re.compile(r"[^/\\:?#{}][^\\:?#{}]*")  # a path: no root, no drive, no address


def figure(body: Body, image: Token, line: int, marks: Marks) -> list[Block]:
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


def row(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """Two or three pictures in a row, such as right and wrong, or steps: nothing else."""
    inside = body.blocks(fence.parts)
    for other in (block for block in inside if block.kind is not Kind.FIGURE):
        hint = "write what is said of a picture as its caption, the rest above or below the block"
        what = "“::: pictures” holds more than pictures"
        body.notes.error("source-pictures", other.at.line, what, hint)
    figures = [block for block in inside if block.kind is Kind.FIGURE]
    if inside and not FEWEST <= len(figures) <= MOST:
        what = f"“::: pictures” holds {len(figures)} picture{'' if len(figures) == 1 else 's'}, not {FEWEST} or {MOST}"
        hint = "put one alone in its paragraph, without the block; begin a new block for a fourth"
        body.notes.error("source-pictures", fence.line, what, hint)
    return [body.made(Kind.PICTURES, fence.line, marks, (), figures, count=str(len(figures)))] if figures else []


FENCED = (
    Fenced(
        "pictures",
        row,
        '::: pictures\n![A straight wrist](pictures/a.svg "Right")\n\n![A bent wrist](pictures/b.svg "Wrong")\n:::',
        Options(like=("images", "photos", "figures", "pair", "row", "side-by-side")),
    ),
)
