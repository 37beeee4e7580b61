"""The words of a document one after the other, as the tags part them and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plainleaf.reading.tags import Annotation, Document, Piece, Tag

INLINE = frozenset((
    "Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Form", "Em", "Strong", "Sub",
    "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "NonStruct",
))  # fmt: skip
"""Roles of what stands in a line of text (ISO 32000-1, 14.8.4.4; ISO 32000-2, 14.8.4.7): it parts no words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is read in one go: ``within`` are the tags around all of it, the innermost last."""

    within: tuple[Tag, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words, with the spaces that the tags have."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


def runs(document: Document) -> Iterator[Run]:
    """All texts of a document, in reading order, with what is said of pictures; none for what is blank."""
    for tag in document.tags:
        yield from _runs((tag,), list[Piece]())


def _runs(path: tuple[Tag, ...], run: list[Piece]) -> Iterator[Run]:
    """Those in the last tag of a path; ``run``: what has been read of the text that goes on through it."""
    tag = path[-1]
    if tag.actual is not None:
        run.append(replace(_first(tag), text=tag.actual, language=tag.language))
        return
    for kid in tag.kids:
        if isinstance(kid, Piece):
            run.append(kid)
        elif isinstance(kid, Tag) and kid.role in INLINE:
            yield from _runs((*path, kid), run)
        elif isinstance(kid, Tag):
            yield from _finished(path, run)
            own = list[Piece]()
            if kid.alt:
                yield Run((*path, kid), (replace(_first(kid), text=kid.alt, language=kid.language),))
            yield from _runs((*path, kid), own)
            yield from _finished((*path, kid), own)
    if len(path) == 1:
        yield from _finished(path, run)


def _finished(path: tuple[Tag, ...], run: list[Piece]) -> Iterator[Run]:
    around = tuple(tag for tag in path if tag.role not in INLINE)
    if any(piece.text.strip() for piece in run):
        yield Run(around, tuple(run))
    run.clear()


def _first(tag: Tag) -> Piece:
    """What is on a page first of a tag."""
    return next(_pieces(tag), Piece(0, ""))


def _pieces(tag: Tag) -> Iterator[Piece]:
    for kid in tag.kids:
        if isinstance(kid, Piece):
            yield kid
        elif not isinstance(kid, Annotation):
            yield from _pieces(kid)
