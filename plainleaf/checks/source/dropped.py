"""Does a layout's template print all of the text that it is given? Asked of the HTML, before anything is laid out.

A template may leave out what it likes; what it leaves out by mistake no reader misses. What is in the HTML and does not
reach the paper is found on the page (``checks.page.fit``).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from plainleaf.files.places import is_ours
from plainleaf.layouts.reading_order import HEAD, reading_order
from plainleaf.layouts.templates import fault_of_ours
from plainleaf.model import Block, Edition, Finding, Kind, Layout, Severity, plain
from plainleaf.model.phrases import shortened

_PLACE = re.compile(r'\sdata-kind="([^"]*)"\s+data-at="([^"]*)"(?:\s+data-po="([^"]*)")?')
_ELSEWHERE = {HEAD, Kind.TITLE.value, Kind.SUMMARY.value, Kind.AUDIENCE.value}  # a template may set these otherwise
_SHOWN = 50  # characters of a text, to name it by


def check(page: str, editions: Sequence[Edition], layout: Layout, root: Path) -> Iterator[Finding]:
    """Texts of the editions (a page may hold two) that the layout is to print and that its HTML does not hold.

    Each piece is known by ``{{ piece.attrs }}`` in its tag; cells of a row share their place, and are counted. Safety
    texts that are gone are an error, others a warning.
    """
    there = Counter(tuple(map(html.unescape, found)) for found in _PLACE.findall(page))
    for edition in editions:
        asked = [*_texts(edition, layout)]
        gone = [block for block in asked if _key(block) not in there]
        gone += [block for block in _short(asked, there) if block not in gone]
        for severity, lost in (
            (Severity.ERROR, [block for block in gone if block.safety]),
            (Severity.WARNING, [block for block in gone if not block.safety]),
        ):
            if lost:
                yield _finding(severity, lost, layout, is_ours(Path(layout.folder), root))


def _texts(edition: Edition, layout: Layout) -> Iterator[Block]:
    """What has words of its own; not the heads of tables, which stand in each row where rows are records."""
    for said in reading_order(edition, text=layout.text):
        if said.role not in _ELSEWHERE:
            yield said.block


def _short(asked: Sequence[Block], there: Counter[tuple[str, ...]]) -> Iterator[Block]:
    """The last of the blocks that share a place, if fewer of them are on the page than the edition has."""
    wanted = Counter(map(_key, asked))
    last = {_key(block): block for block in asked}
    yield from (last[key] for key, count in wanted.items() if there[key] < count)


def _key(block: Block) -> tuple[str, ...]:
    return block.kind.value, str(block.at), str(block.po or "")


def _finding(severity: Severity, lost: Sequence[Block], layout: Layout, ours: bool) -> Finding:
    first, safety = lost[0], severity is Severity.ERROR
    text = " ".join(plain(first.inlines).split())
    said = shortened(text, _SHOWN) or "a line to write on"
    picture = " (what a picture shows)" if first.kind is Kind.ALT else ""
    what = f"layouts/{layout.name} does not print {len(lost)} {'safety ' * safety}text{'s' * (len(lost) > 1)}"
    what += f", {'the first: ' * (len(lost) > 1)}“{said}”{picture}"
    mend = "print every piece in the layout's template, with {{ piece.attrs }} in its tag"
    return Finding("layout-dropped", severity, what, first.at, fault_of_ours() if ours else mend, first.po)
