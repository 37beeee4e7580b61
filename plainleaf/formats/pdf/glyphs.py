"""How tall letters are in the face that they are set in, asked of Pango as WeasyPrint asks it."""

from __future__ import annotations

from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from plainleaf.checks.page.boxes import FEATURES

_EM = 1000
_FACE = ("font_family", "font_weight", "font_style", "font_stretch")


def extents(style: Any, text: str, featured: bool = True) -> tuple[float, float]:
    """How far a text's ink goes above and below the baseline, in em, in the font of a box's style.

    ``featured``: with the font features that the style asks for (such as small raised figures), or in the plain face.
    """
    asked = tuple(style[name] if featured else "normal" for name in FEATURES)
    key = (*(style[name] for name in _FACE), asked, text)
    known = style.cache.setdefault("plainleaf-extents", {})
    if key not in known:
        known[key] = _measured(style, text, asked)
    above, below = known[key]
    return above, below


def _measured(style: Any, text: str, asked: tuple[Any, ...]) -> tuple[float, float]:
    plain = style.copy()
    plain["letter_spacing"], plain["word_spacing"], plain["font_size"] = "normal", 0, _EM
    for name, value in zip(FEATURES, asked, strict=True):
        plain[name] = value
    layout = Layout(plain)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    ink = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
    return float(-ink.y * FROM_UNITS / _EM), float((ink.y + ink.height) * FROM_UNITS / _EM)
