"""Our own fontconfig file, so that a page is set in the fonts that we chose and in no other of the machine's."""

from __future__ import annotations

import html
from io import BytesIO
from pathlib import Path

from plainleaf import files
from plainleaf.files.cache import CACHED, cache_folder
from plainleaf.typesetting.fonts import keep


def _blank() -> bytes:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "space"])
    font.setupCharacterMap({0x20: "space"})
    font.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "space")})
    font.setupHorizontalMetrics({".notdef": (500, 0), "space": (250, 0)})
    font.setupHorizontalHeader(ascent=1000, descent=-300)
    font.setupNameTable({"familyName": "Plainleaf Blank", "styleName": "Regular"})
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def written(cache_dir: Path | None = None) -> Path:
    """Write a fontconfig file that finds no font of the machine; set FONTCONFIG_FILE to it before WeasyPrint loads.

    A character that our families lack is then reported, where Pango would have taken any font that has it. One blank
    font is listed, because Pango ends the process when there is none at all.
    """
    folder = (cache_dir or cache_folder()).absolute() / "fontconfig"
    blank, config = folder / "fonts/blank.ttf", folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{html.escape(str(blank.parent))}</dir>\n  <cachedir>{html.escape(str(folder / 'cache'))}</cachedir>\n"
        "</fontconfig>\n"
    ).encode()
    if not blank.is_file():
        keep(blank, _blank(), folder)
    keep(config, text, folder)
    files.Root(cache_dir or cache_folder()).sweep(CACHED)
    return config
