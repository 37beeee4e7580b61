"""Small pictures of first pages, kept beside the PDFs; one is made only when its PDF has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from plainleaf import files
from plainleaf.site.offers import File, Offer, Picture

WIDTH = 320  # px: sharp at half of that
_MADE_AS = "1"  # to be raised when pictures come out otherwise
_MOST_BYTES = 100_000_000  # of a PDF
_NAME = re.compile(r"[0-9a-f]{16}-(\d{1,4})\.webp")


def added(offered: Iterable[Offer], output: Path, digest_of: Callable[[str], str]) -> Iterator[Offer]:
    """Offers with the picture of the PDF that people are offered first. ``digest_of``: that of a file in the output
    folder, by its path, as it was noted; "" if nobody knows."""
    folders = dict[str, list[str]]()
    for offer in offered:
        if offer.slug not in folders:
            folders[offer.slug] = [path.name for path in files.Root(output).listed(output / offer.slug)]
        shown = next((file for file in offer.current if file.media == "application/pdf" and not file.looks), None)
        digest = digest_of(shown.path) if shown else ""
        made = _picture(offer, shown, digest, output, folders[offer.slug]) if shown and digest else None
        yield replace(offer, picture=made)


def _picture(offer: Offer, file: File, digest: str, output: Path, there: Iterable[str]) -> Picture | None:
    start = f"{offer.slug}.{offer.tongue.tag}."
    mark = hashlib.sha256(f"{_MADE_AS} {WIDTH} {digest}".encode()).hexdigest()[:16]
    folder, root = output / offer.slug, files.Root(output)
    known = [name for name in there if name.startswith(start) and _NAME.fullmatch(name.removeprefix(start))]
    current = next((name for name in known if name.removeprefix(start).startswith(mark)), "")
    if not current:
        current = _drawn(root, folder, start + mark, output / file.path)
    for old in known:
        if old != current:
            root.delete(folder / old)
    found = _NAME.fullmatch(current.removeprefix(start))
    return Picture(f"{offer.slug}/{current}", WIDTH, int(found[1])) if found else None


def _drawn(root: files.Root, folder: Path, start: str, pdf: Path) -> str:
    """Draw a picture; gives its name, which has its height in px, or "" if the PDF cannot be drawn."""
    from plainleaf.reading.pictures import first_page  # PDFium is loaded only where there is something to draw

    data, height = first_page(root.read(pdf, _MOST_BYTES), WIDTH)
    if not data:
        return ""
    name = f"{start}-{height}.webp"
    root.save(folder / name, data)
    return name
