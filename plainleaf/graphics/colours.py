"""Colours and how well they can be told apart, as WCAG 2 measures it."""

from __future__ import annotations

import re

AAA = 7.0  # least contrast of text, WCAG 2.2, success criterion 1.4.6
GRAPHICS = 3.0  # least contrast of a picture's parts that must be seen, WCAG 2.2, success criterion 1.4.11
GROUNDS = {
    "white": "#ffffff",
    "the calm ground": "#eaf3f4",
    "the ground of red boxes": "#fdf3f0",
    "the ground of boxes for caution": "#fdf6e8",
    "the ground of boxes for what is safe": "#eef6ee",
    "the ground of untranslated text": "#f1efe4",
}
"""What the text of our layouts stands on; the same as in ``layouts/base/base.css``."""


def known(colour: str) -> bool:
    """Whether this is a colour as ``#rrggbb``."""
    return bool(re.fullmatch("#[0-9a-fA-F]{6}", colour))


def luminance(colour: str) -> float:
    """WCAG's relative luminance of ``#rrggbb``: 0 (black) to 1 (white)."""
    channels = [value / 255 for value in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours: 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str) -> tuple[str, float]:
    """The ground on which text of this colour is hardest to read, and the contrast there."""
    return min(((name, contrast(colour, ground)) for name, ground in GROUNDS.items()), key=lambda pair: pair[1])


def darkened(colour: str) -> str:
    """The lightest shade of a colour that has ``AAA`` on every ground; the colour itself if it has."""
    channels = _channels(colour)
    for part in range(255, 0, -1):
        shade = "#" + "".join(f"{round(value * part / 255):02x}" for value in channels)
        if worst(shade)[1] >= AAA:
            return shade
    return "#000000"


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
