"""What WeasyPrint warns of as it sets a page, and fonts that nobody chose, as findings with their place in the CSS."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from plainleaf.files.places import LOCALE_FILE
from plainleaf.model import Finding, Location, Severity, Sheet

FOREIGN_FONT = "font-fallback"


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """Collects what WeasyPrint warns of; it prints nothing by itself."""
    records: list[logging.LogRecord] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    logger = logging.getLogger("weasyprint")
    keeper = Keeper(logging.WARNING)
    before, logger.propagate = (list(logger.handlers), logger.propagate), False
    logger.handlers = [keeper]
    try:
        yield records
    finally:
        logger.handlers, logger.propagate = before


def finding(sheet: Sheet, record: logging.LogRecord) -> Finding:
    """A warning of WeasyPrint's as a finding: all of them mean that the page is not what was asked for."""
    message = record.getMessage()
    check, hint = "render-warning", "fix the layout's template or CSS"
    if ".notdef" in message:
        check, hint = (
            "glyph-missing",
            f"add a font that has it to the language's {LOCALE_FILE}, or write it in another way",
        )
    elif "Failed to load image" in message:
        check, hint = "image-failed", "check the picture's name, and that it opens in a browser"
    elif "Font-face" in message:
        check, hint = "font-failed", "install the font again: plainleaf doctor says which are missing"
    message, at = _placed(sheet, message)
    return Finding(check, Severity.ERROR, f"{sheet.name}: {message}", at, hint)


_PLACE = re.compile(r" at (\d+):(\d+)(?=[.,:]|$)")
_SELECTOR = re.compile(r"selector, '(.+?)\s*'$")  # is told of without a place


def _placed(sheet: Sheet, message: str) -> tuple[str, Location]:
    """A message on a place in the joined CSS, with the file and line that it means; others are on the whole sheet."""
    line = 0
    if found := _PLACE.search(message):
        line = int(found[1])
    elif named := _SELECTOR.search(message):
        line = sheet.css.count("\n", 0, sheet.css.find(named[1])) + 1
    at = css_place(sheet, line)
    return (_PLACE.sub("", message, count=1), at) if at else (message, sheet.at)


def css_place(sheet: Sheet, line: int) -> Location | None:
    """The file and line that a line of the joined CSS is from; ``None`` for what no file says."""
    first, file = next((part for part in reversed(sheet.css_origins) if part[0] <= line), (1, ""))
    return Location(file, line - first + 1) if file else None


def foreign_fonts(sheet: Sheet, document: Any) -> list[Finding]:
    """The fonts of a finished document that the sheet does not name."""
    used = {font.family for font in document.fonts.values()}
    hint = "a character has no glyph in the locale's fonts: plainleaf check names it"
    return [
        Finding(
            FOREIGN_FONT,
            Severity.ERROR,
            f"{sheet.name}: the font {family} was used, which nobody chose",
            sheet.at,
            hint,
        )
        for family in sorted(map(str, used - set(sheet.families)))
    ]
