"""Pictures: what they show, their captions, and what the numbers in a drawing mean."""

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
    About(Kind.DRAWING, box=True),
    About(Kind.ALT, "What a picture shows (read aloud)", printed="figure"),
    About(Kind.CAPTION, "Caption", printed="figure"),
)

FEWEST, MOST = 2, 3  # pictures in a row: more are too small to see on A5

_DRAWING = "source-drawing"
_PICTURE = re.compile(r"(?!/)(?:[^%\\:?#{}]|%(?![0-9A-Fa-f]{2}))+")  # a path: no root, no drive, no address
_SIGN = re.compile(r"[?#{}]|%[0-9A-Fa-f]{2}")


def figure(body: Body, image: Token, line: int, marks: Marks) -> list[Block]:
    """A picture that stands alone in its paragraph."""
    src = _source(body, str(image.attrs.get("src", "")), line)
    shows = inlines.alt(body.notes, image, line)
    if not shows:
        hint = "say in the square brackets what it shows, for people who cannot see it"
        body.notes.error("source-picture-alt", line, "a picture has no description", hint)
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
    if sign := _SIGN.search(src):
        what = f"the picture “{src[:60]}” has “{sign[0]}” in its name, which means something else in an address"
        hint = "give the file a name of letters, figures, “-” and “_”, and write that here"
    body.notes.error("source-picture-path", line, what, hint)
    return ""


def row(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """Two or three pictures in a row, such as right and wrong, or steps: nothing else."""
    inside = body.blocks(fence.parts)
    for other in (block for block in inside if block.kind is not Kind.FIGURE):
        hint = "write what belongs to a picture as its caption, and everything else above or below the block"
        what = "“::: pictures” contains more than pictures"
        body.notes.error("source-pictures", other.at.line, what, hint)
    figures = [block for block in inside if block.kind is Kind.FIGURE]
    if inside and not FEWEST <= len(figures) <= MOST:
        what = (
            f"“::: pictures” contains {len(figures)} picture{'' if len(figures) == 1 else 's'}, not {FEWEST} or {MOST}"
        )
        hint = "put a single picture into its own paragraph, without the block; start a new block for a fourth"
        body.notes.error("source-pictures", fence.line, what, hint)
    return [body.made(Kind.PICTURES, fence.line, marks, (), figures, count=str(len(figures)))] if figures else []


def drawing(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """A picture with numbers in it, and a numbered list that says what stands where."""
    inside = body.blocks(fence.parts)
    figures = [block for block in inside if block.kind is Kind.FIGURE]
    lists = [block for block in inside if block.kind is Kind.LIST and block.options == {"ordered": "yes"}]
    if inside and not (figures and lists and figures[0].at.line < lists[0].at.line):
        what = "“::: drawing” has no picture with a numbered list below it"
        hint = "write the picture, an empty line, then a list of what its numbers mean: 1. The skin"
        body.notes.error(_DRAWING, fence.line, what, hint)
        return []
    for other in (block for block in inside if block not in (*figures[:1], *lists[:1])):
        hint = "write one picture, then one list numbered 1, 2, 3; put everything else above or below the block"
        what = "“::: drawing” contains more than a picture and its numbered labels"
        body.notes.error(_DRAWING, other.at.line, what, hint)
    for label in (label for each in lists[:1] for label in each.children if label.children):
        what = "a label of a drawing contains a list or a picture"
        body.notes.error(_DRAWING, label.at.line, what, "write a few words or a short sentence for each number")
    for label in (label for each in lists[:1] for label in each.children if "optional" in label.options):
        hint = "write it after the block's name, ::: drawing {.short .optional}: a drawing is left out as a whole"
        body.notes.error(_DRAWING, label.at.line, "“.optional” is on one label of a drawing", hint)
    made = (*figures[:1], *lists[:1])
    return [body.made(Kind.DRAWING, fence.line, marks, (), made)] if made else []


FENCED = (
    Fenced(
        "pictures",
        row,
        '::: pictures\n![A straight wrist](pictures/a.svg "Right")\n\n![A bent wrist](pictures/b.svg "Wrong")\n:::',
        Options(like=("images", "photos", "figures", "pair", "row", "side-by-side")),
    ),
    Fenced(
        "drawing",
        drawing,
        "::: drawing\n![A cut through the skin: small pellets lie in the fat below it](drawings/under-the-skin.svg)\n\n"
        "1. Skin\n2. Fat below the skin\n3. The implant\n:::",
        Options(like=("diagram", "figure", "labelled", "labeled", "labels", "chart", "graph", "key", "legend")),
        alone=True,
    ),
)
