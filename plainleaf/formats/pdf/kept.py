"""What a process keeps from one sheet to the next: fonts, parsed style sheets, drawings; and when it forgets them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.base import Read
from plainleaf.formats.pdf import engine, stylesheets, warnings
from plainleaf.formats.pdf.fetching import Fetcher


@cache
def shared() -> tuple[FontConfiguration, dict[str, Any]]:
    """The fonts that are known, and the images by address, as WeasyPrint keeps them."""
    return FontConfiguration(), {}


@cache
def stylesheet(
    css: str, folders: tuple[str, ...], base: str, starts: tuple[int, ...] = ()
) -> tuple[weasyprint.CSS, stylesheets.Records]:
    """The parsed sheet, and what was wrong with it: every document set in it is to hear of that. ``starts``: the lines
    on which its files begin, which other sheets may have too."""
    if starts:
        parts = [_part(text, line, folders, base) for line, text in stylesheets.cut(css, starts)]
        whole = [part for part in parts if part]
        if len(whole) == len(parts):
            return stylesheets.joined(whole, base)
    config, _ = shared()
    with warnings.listening() as log:
        sheet = weasyprint.CSS(string=css, font_config=config, url_fetcher=Fetcher(folders), base_url=base)
    return sheet, tuple(log)


@cache
def _part(css: str, line: int, folders: tuple[str, ...], base: str) -> stylesheets.Part | None:
    return stylesheets.part(css, line, shared()[0], Fetcher(folders), base, warnings.listening)


drawings: dict[str, str] = {}  # digests of what the images that ``shared`` keeps were made from, by path

MOST_STYLES = 120
"""Parsed style sheets that are kept, those of cut fonts too; with more, all is begun anew, the fonts as well."""

MOST_DRAWINGS = 60
"""Drawings that are kept, and pictures of which it is known what they were; with more, these are begun anew."""


def make_room() -> None:
    """Forget what earlier sheets have left where that is much, unless another one is being made at this moment."""
    if engine.users() != 1:
        return
    if stylesheet.cache_info().currsize >= MOST_STYLES:
        forget_all()
    _, images = shared()
    if max(len(images), len(drawings)) >= MOST_DRAWINGS:
        images.clear()
        drawings.clear()


def forget_all() -> None:
    """Forget the fonts and all that was parsed or drawn with them."""
    stylesheet.cache_clear()
    _part.cache_clear()
    shared.cache_clear()
    drawings.clear()


def digests(read: Read) -> Mapping[str, str]:
    """Digests of files by path. Drawings that this process has kept of earlier files are forgotten."""
    _, images = shared()
    for path, digest in read:
        if drawings.get(path, digest) != digest:
            images.pop(Path(path).as_uri(), None)
        drawings[path] = digest
    return dict(read)


def forget_pictures() -> None:
    """Forget those that failed, as they are logged once only, and those of pixels, which WeasyPrint keeps as small as
    this document prints them: the next one is to hear of the first, and to print the others as if it were alone."""
    _, images = shared()
    for name, image in list(images.items()):
        if isinstance(image, weasyprint.images.SVGImage):
            _part_from_document(image)
        else:
            del images[name]


def _part_from_document(image: Any) -> None:
    """Leave a drawing what it is drawn with and no more. It holds the document that it was first printed in: all boxes
    of its pages and what was drawn on them, 2 MB of a leaflet of two pages."""
    first = image._context if weasyprint.__version__ == engine.KNOWN else None
    if first is None or first.style_for is None:
        return
    found = first.get_image_from_uri
    options = {**found.keywords["options"], "stylesheets": None}
    words = {**{key: value for key, value in found.keywords.items() if key != "context"}, "options": options}
    bare = LayoutContext(None, partial(found.func, **words), first.font_config, None, None)
    image._context = image._svg.context = bare
    image._svg.stream = None
