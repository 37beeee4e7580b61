"""Markdown leaflet -> ``Leaflet``: the door to this room.

``parse`` is pure and never raises: an author's mistake is a finding with its line, and reading goes on behind it. The
syntax is told in ``sources/README.md``. What a leaflet means is read in steps: its characters (``characters``), its
head (``front_matter``), its ``:::`` blocks and marks (``fences``), and the Markdown between them (``body`` with the
table of ``blocks``, ``commonmark`` and ``inlines``).
"""

from __future__ import annotations

from pathlib import PurePosixPath

from plainleaf.model import Block, Finding, Kind, Leaflet, Meta, Text
from plainleaf.sources import coherence, fences, pointers
from plainleaf.sources import front_matter as frontmatter
from plainleaf.sources.blocks import FENCED, NODES
from plainleaf.sources.blocks.notes import notes as footnoted
from plainleaf.sources.body import Body
from plainleaf.sources.characters import Notes, read_lines
from plainleaf.sources.front_matter import FRONT_MATTER, Entry, Head

__all__ = ["FRONT_MATTER", "parse"]

LARGEST_FILE = 1_000_000  # bytes
MOST_LINES = 5000  # of a file; the longest leaflets have 1,000
MOST_BLOCKS = 5000  # of a leaflet, each point and cell among them; the longest have 500


def parse(path: str, text: str) -> tuple[Leaflet | None, tuple[Finding, ...]]:
    """The leaflet in ``text`` and all findings by line; ``path`` is relative to the root, with "/" between parts.

    There is no leaflet if its head lacks a fact that every leaflet needs. With an error among the findings, the
    leaflet is what could be understood: fit for further checks, not for print.
    """
    notes = Notes(path)
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_FILE:
        notes.error("source-too-large", 0, "the file is larger than 1 MB", "a leaflet has a few pages: split the text")
        return None, notes.in_order()
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES or len(text.splitlines()) > MOST_LINES:
        _too_many(notes, MOST_LINES + 1, f"{MOST_LINES:,} lines")
        return None, notes.in_order()
    lines = read_lines(notes, text)
    head, start = frontmatter.read(notes, lines)
    if start is None:
        return None, notes.in_order()
    body = Body(notes, head, FENCED, NODES)
    parts = fences.read(notes, lines[start:], start + 1, FENCED)
    if not parts:
        notes.error("source-text-missing", head.at.line, "the leaflet has no text", "write it below the front matter")
    blocks = tuple(body.blocks(parts))
    every = [inner for block in blocks for inner in block.walk()]
    if len(every) > MOST_BLOCKS:
        _too_many(notes, every[MOST_BLOCKS].at.line, f"{MOST_BLOCKS:,} texts, points and cells")
        return None, notes.in_order()
    coherence.check(notes, head, blocks)
    blocks = pointers.resolved(notes, (*blocks, *footnoted(body, blocks)), body.pointers)
    meta = _meta(head, body.terms)
    if meta is None or head.language is None:
        return None, notes.in_order()
    return Leaflet(PurePosixPath(path).stem, head.language, meta, blocks, head.at), notes.in_order()


def _too_many(notes: Notes, line: int, most: str) -> None:
    what = f"the file has more than {most}; the rest is not read"
    notes.error("source-too-large", line, what, "a leaflet has a few pages: split the text")


def _meta(head: Head, terms: Block) -> Meta | None:
    if not (head.title and head.summary and head.audience and head.written and head.review_by and head.country):
        return None
    return Meta(
        title=_leaf(Kind.TITLE, head.title),
        summary=_leaf(Kind.SUMMARY, head.summary),
        audience=_leaf(Kind.AUDIENCE, head.audience),
        written=head.written,
        review_by=head.review_by,
        country=head.country,
        references=head.references,
        terms=terms,
        layouts=head.layouts,
        layouts_at=head.layouts_at,
        languages=head.languages,
        languages_at=head.languages_at,
        formerly=head.formerly,
    )


def _leaf(kind: Kind, entry: Entry) -> Block:
    return Block(kind, entry.at, (Text(entry.text),))
