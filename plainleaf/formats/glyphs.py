"""How tall letters are in the face that they are set in, asked of Pango as WeasyPrint asks it."""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

_EM = 1000


def height(style: Any, letter: str) -> float:
    """The height of a letter's ink above the baseline, in em, in the font of a box's style."""
    key = (style["font_family"], style["font_weight"], style["font_style"], style["font_stretch"], letter)
    known = style.cache.setdefault("plainleaf-height", {})
    if key not in known:
        known[key] = _measured(style, letter)
    return float(known[key])


def _measured(style: Any, letter: str) -> float:
    plain = style.copy()
    plain["letter_spacing"], plain["word_spacing"], plain["font_size"] = "normal", 0, _EM
    layout = Layout(plain)
    layout.set_text(letter)
    line, _ = layout.get_first_line()
    ink = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
    return float(-ink.y * FROM_UNITS / _EM)
