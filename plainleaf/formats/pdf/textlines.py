"""Lines of text as Pango cuts them, each asked for once for a whole sheet; and what else is asked of text all the time.

A text is cut into lines to measure it, to try it on a page and to set it, and all that again each time that its sheet
is laid out: with the lines closer, with the end closer. What comes of it hangs on the text, the room and some
properties of the style alone, so it is kept under those.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from itertools import count
from operator import itemgetter
from typing import Any

from weasyprint.css.functions import check_math
from weasyprint.layout import inline

MOST = 30_000  # lines that are kept; a book has so many

_FACE = "plainleaf-face"
_STRUT = "plainleaf-strut"

# All that is asked of a style while a text is cut.
_PROPERTIES = (
    "font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning", "font_variant_ligatures",
    "font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
    "font_variant_east_asian", "font_feature_settings", "font_variation_settings", "font_language_override", "lang",
    "direction", "white_space", "letter_spacing", "word_spacing", "tab_size", "overflow_wrap", "word_break", "hyphens",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "text_decoration_line",
)  # fmt: skip
_asked = itemgetter(*_PROPERTIES)

_split = inline.split_first_line
_strut = inline.strut
_can_break = inline.can_break_text

_numbers = count()
_faces: dict[Any, int] = {}
_lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}


def forget() -> None:
    """Forget all lines: they go with the sheet that they are of."""
    _lines.clear()
    _faces.clear()


def face(style: Any) -> int:
    """A number for how a style sets text: the same for all styles that cut any text into the same lines."""
    known: int | None = style.__dict__.get(_FACE)
    if known is None:
        values = _asked(style)
        try:
            key = (style.font_config, *values)
            hash(key)
        except TypeError:
            key = None
        if key is None or any(map(check_math, values)):  # hangs on the room and on other styles
            known = next(_numbers)
        elif (known := _faces.get(key)) is None:
            known = _faces[key] = next(_numbers)
        style.__dict__[_FACE] = known
    return known


@wraps(_split)
def first_line(
    text: str, style: Any, context: Any, max_width: Any, justification_spacing: Any, is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:  # fmt: skip
    """The first line that a text has in a width."""
    key = (face(style), text, max_width, justification_spacing, is_line_start, minimum)
    known = _lines.get(key)
    if known is None:
        known = _split(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        if known[2] is not None and text.endswith(" ") and style["white_space"] == "normal":
            known = _hanging(known, text, style, context, max_width, justification_spacing, is_line_start)
        if len(_lines) >= MOST:
            forget()
        _lines[key] = known
    line, *about = known
    return (twin(line), *about)


def _hanging(cut: tuple[Any, ...], text: str, style: Any, context: Any, width: Any, *others: Any) -> tuple[Any, ...]:
    """A text ``cut`` in a width, or the whole of it where all but its last space has room: WeasyPrint 70 would end the
    line behind the first word then. The space hangs over, and goes if the line ends there."""
    if " " in text.encode()[: cut[2]].decode().rstrip():
        return cut
    fits = _split(text.rstrip(" "), style, context, width, *others)[2] is None
    return _split(text, style, context, None, *others) if fits else cut


def twin(line: Any) -> Any:
    """A line of its own for each box: drawing writes into it."""
    made = object.__new__(type(line))
    made.__dict__.update(line.__dict__)
    return made


@wraps(_strut)
def strut(style: Any) -> tuple[float, float]:
    """The height of a line without text and its baseline, which every line asks for; kept with the style."""
    known: tuple[float, float] | None = style.__dict__.get(_STRUT)
    if known is None:
        known = style.__dict__[_STRUT] = _strut(style)
    return known


can_break = lru_cache(maxsize=10_000)(_can_break)
"""Whether a line may end within two characters, in a language."""
