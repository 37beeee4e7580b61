"""The leaflet that a new one begins as: its text, and which sentences of it the writer is to replace."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from string import Template

from plainleaf import files

CHECK = "template-text"  # what names them
_PATH = Path(__file__).parent / "data" / "leaflet.md"
_TO_REPLACE = ("Write ", "Say ")  # what the template's sentences for writers begin with
_YEARS = 2  # until a leaflet is to be reviewed


@cache
def _text() -> str:
    return files.ANYWHERE.read(_PATH).decode("utf-8")


@cache
def guidance() -> frozenset[str]:
    """The texts of the template that speak to the writer, as they are printed as long as nobody replaces them."""
    lines = (re.sub(r"^(?:- |\d\. |summary: |audience: )", "", line) for line in _text().splitlines())
    texts = (line.partition(" {.")[0].strip('"') for line in lines)  # without marks
    return frozenset(text for text in texts if text.startswith(_TO_REPLACE))


def begun(title: str, country: str, layouts: Sequence[str], day: date) -> str:
    """The text of a new leaflet, written on that ``day``; ``country``: ISO 3166; ``layouts``: named as an example."""
    return Template(_text()).substitute(
        title=json.dumps(title, ensure_ascii=False),
        country=country,
        written=day.isoformat(),
        review=_later(day).isoformat(),
        layouts=", ".join(layouts),
    )


def _later(day: date) -> date:
    """The same day some years later; 28 February for the 29th, which that year lacks."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + _YEARS, day=28 if leap else day.day)
