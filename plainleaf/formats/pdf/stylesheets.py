"""Style sheets as WeasyPrint reads them, file by file: most of a layout's sheet is the same for every other layout.

What is read of a file is kept, and put together anew for each sheet. A file counts by its text and by the line on which
it begins, as that is part of what is said of its mistakes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import tinycss2
import weasyprint
from weasyprint import css

Records = tuple[logging.LogRecord, ...]

_END = "plainleaf-end"
_JOINING = frozenset({"charset", "import", "layer", "namespace"})  # rules that are about the rest of a sheet


class _Selectors(list[tuple[Any, Any]]):
    """Takes what a matcher would be given."""

    def add_selector(self, selector: Any, payload: Any) -> None:
        self.append((selector, payload))


@dataclass(frozen=True, slots=True)
class Part:
    """What was read of one file: selectors with what they set, rules for pages, and what was wrong."""

    selectors: _Selectors
    pages: Sequence[Any]
    faults: Records


def part(
    text: str, line: int, fonts: Any, fetcher: Any, base: str, listening: Callable[[], AbstractContextManager[Any]]
) -> Part | None:
    """A part of a sheet that begins on a line of it; ``None`` where it does not stand for itself, as its last bracket
    is not closed, or as it says something of the rest of the sheet."""
    rules = tinycss2.parse_stylesheet("\n" * (line - 1) + text + f"\n{_END} {{}}")
    last = rules.pop() if rules else None
    if last is None or last.type != "qualified-rule" or tinycss2.serialize(last.prelude).strip() != _END:
        return None
    if any(rule.type == "at-rule" and rule.lower_at_keyword in _JOINING for rule in rules):
        return None
    found, pages, layers = _Selectors(), list[Any](), list[Any]()
    with listening() as log:
        css.preprocess_stylesheet("print", base, rules, fetcher, found, pages, layers, fonts, {}, {})
    return None if layers else Part(found, pages, tuple(log))


def joined(parts: Sequence[Part], base: str) -> tuple[weasyprint.CSS, Records]:
    """The sheet that consists of these parts, as if it had been read in one piece, and what was wrong."""
    pages = [rule for each in parts for rule in each.pages]
    sheet = weasyprint.CSS(string="", base_url=base, page_rules=pages)
    for each in parts:
        for selector, payload in each.selectors:
            sheet.matcher.add_selector(selector, payload)
    return sheet, tuple(record for each in parts for record in each.faults)


def cut(text: str, starts: Sequence[int]) -> list[tuple[int, str]]:
    """A sheet in parts, each with the line (from 1) on which it begins; they begin on the lines ``starts``."""
    lines = text.split("\n")
    begins = sorted({1, *(line for line in starts if 1 < line <= len(lines))})
    ends = [*(line - 1 for line in begins[1:]), len(lines)]
    return [(begin, "\n".join(lines[begin - 1 : end])) for begin, end in zip(begins, ends, strict=True)]
