"""Fonts cut to the characters of an edition, and the CSS that sets a page in them.

Imports fontTools inside functions only, so that importing this module costs nothing. What is cut is kept in a cache
that may be deleted at any time. Fonts for screens are cut by fontTools alone, so that they have the same bytes on every
computer; those for PDFs, whose bytes depend on HarfBuzz in any case, by HarfBuzz in a tenth of the time.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from sys import byteorder
from typing import Any

from plainleaf import files
from plainleaf.files.cache import cache_folder
from plainleaf.model import FontFamily
from plainleaf.typesetting import fontnames, harfbuzz, squeezing
from plainleaf.typesetting.fonts import (
    GLYPHLESS,
    MOST_BYTES,
    NEVER,
    RECIPE,
    SPACES,
    SYMBOLS,
    Face,
    FontError,
    code_points,
    covered,
    face_of,
    installed,
    keep,
    open_face,
)


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font file cut to some characters: the family it came from and its weight (400 or 700)."""

    family: str
    weight: int
    path: Path


_apart: ContextVar[Path | None] = ContextVar("apart", default=None)


@contextmanager
def cut_into(folder: Path) -> Iterator[None]:
    """While it lasts, fonts are cut into this folder and not into the cache, where their letters would tell of a text
    that nobody may keep: a rare character of Chinese may be somebody's name."""
    mark = _apart.set(folder)
    try:
        yield
    finally:
        _apart.reset(mark)


def cut_folder() -> Path:
    """The folder below which cut fonts lie."""
    return _apart.get() or cache_folder()


# What style sheets and page numbers may add to a text: spaces, hyphens, dashes, quotes, bullet, ellipsis.
_BASIC = code_points("20-7E") | SPACES | set(map(ord, "‐‑–—‘’“”«»•…°×"))
# What a script's family leaves to the Latin one beside it: a dose such as "7.5 mg" then comes from one family, with a
# decimal point as heavy as its digits (Naskh's is a faint one). The script's own commas and stops stay where they are.
_LATIN_SIDE = code_points("21-7E A1-AC AE-2FF 2010-2027 2030-205E 2070-25CB 25CD-2BFF")
# In every subset: spaces take the font of the word before them, and a dotted circle carries marks that stand alone.
_EVERYWHERE = SPACES | GLYPHLESS | {0x25CC}
# Of a Chinese, Japanese or Korean font: what horizontal text needs, and the letter forms of the face's own language (a
# Korean space is wider). All features in all languages would be three times the work.
_CJK_FEATURES = ["calt", "ccmp", "halt", "kern", "liga", "ljmo", "locl", "mark", "mkmk", "palt", "rlig", "tjmo", "vjmo"]
_CJK_SCRIPTS = ("DFLT", "cyrl", "grek", "hang", "hani", "kana", "latn")
_CJK_LANGUAGES = {"HK": "ZHH", "JP": "JAN", "KR": "KOR", "SC": "ZHS", "TC": "ZHT"}
_CJK_GLYPHS = 20_000  # no other font has as many
_DROPPED = ("BASE", "MATH", "VORG", "vhea", "vmtx")  # for vertical lines and formulas
# HarfBuzz takes these apart beyond what Unicode's normal form says.
_PARTS: dict[int, tuple[int, ...]] = dict.fromkeys((0x17BE, 0x17BF, 0x17C0, 0x17C4, 0x17C5), (0x17C1,))
_PARTS |= {0xE33: (0xE4D, 0xE32), 0xEB3: (0xECD, 0xEB2)}

_SYLLABLES = range(0xAC00, 0xD7A4)  # of Korean, composed
_SUM = 0xB1B0AFBA  # of a whole font


@lru_cache(maxsize=1)
def _composites() -> Mapping[int, frozenset[int]]:
    """Each character that is made of others, with those."""
    points = (*range(0xC0, 0x3100), *range(0xAC00, 0xD7A4), *range(0xF900, 0xFB50))
    parts = {point: frozenset(map(ord, unicodedata.normalize("NFD", chr(point)))) for point in points}
    return {point: made_of for point, made_of in parts.items() if point not in made_of}


@lru_cache(maxsize=1)
def _made_with() -> Mapping[int, Sequence[tuple[int, frozenset[int]]]]:
    """The same by one of the others, so that few are looked at for a text."""
    found = dict[int, list[tuple[int, frozenset[int]]]]()
    for point, needs in _composites().items():
        found.setdefault(min(needs), []).append((point, needs))
    return found


@lru_cache(maxsize=200)
def _digits(cover: frozenset[int]) -> frozenset[int]:
    """A script's own digits in what a family covers."""
    return frozenset(point for point in cover - _LATIN_SIDE if chr(point).isdecimal())


def _with_kin(points: frozenset[int], cover: frozenset[int]) -> frozenset[int]:
    """The characters and what a shaper may put in their place: their parts, and what they compose to. Of the parts of
    Korean syllables nearly all syllables could be made: those count that the text spells out itself."""
    composites = _composites()
    parts = {part for point in points for part in (*composites.get(point, ()), *_PARTS.get(point, ()))}
    whole = points | (parts & cover)
    known = _made_with()
    made = (
        point
        for part in known.keys() & whole
        for point, needs in known[part]
        if needs <= (points if point in _SYLLABLES else whole)
    )
    return whole | (frozenset(made) & cover)


def _shares(asked: frozenset[int], covers: tuple[frozenset[int], ...]) -> tuple[frozenset[int], ...]:
    """Which of the characters to cut from each family; a family that nothing is asked of gets none."""
    latin = next((number for number, cover in enumerate(covers) if cover >= code_points("41-5A 61-7A")), 0)
    shares: list[frozenset[int]] = []
    for number, cover in enumerate(covers):
        own = (asked | _BASIC if number <= latin else asked) & cover
        own = own.difference(*shares)
        if number < latin:
            own -= _LATIN_SIDE & covers[latin]
        if number == 0:  # page numbers and numbered lists count in the script's digits without asking
            own |= _digits(cover)
        shares.append(own)
    return tuple(
        _with_kin(own | (_EVERYWHERE & cover), cover) if own - _EVERYWHERE else frozenset()
        for own, cover in zip(shares, covers, strict=True)
    )


def cut(
    wanted: Iterable[FontFamily],
    characters: Iterable[str],
    cache_dir: Path | None = None,
    around: Iterable[FontFamily] = (),
    for_pdf: bool = False,
) -> tuple[CutFont, ...]:
    """One unsplit font file for each family and weight, cut to the characters (and to what style sheets may add).

    Earlier families come first, except that Latin letters, digits and signs all come from the first family that has
    them. All files say the same line height, so that a Latin word in an Arabic line does not push the lines apart;
    that of the families ``around``, if these are given, for words that stand in a text of theirs.
    A file is made once for each set of characters; its bytes depend on the fonts and the characters only, ``for_pdf``
    also on the version of HarfBuzz. One that is damaged since is made anew.
    """
    from fontTools import version

    cutter = harfbuzz.version() if for_pdf else ""
    # Its version is no part of a name: by those, what a file is made from is the same on every computer.
    folder = (cache_dir or cut_folder()).absolute() / "cut" / (f"harfbuzz-{cutter}" if cutter else "")
    wanted = tuple(dict.fromkeys(wanted))
    asked = frozenset(map(ord, set("".join(characters)))) - NEVER
    covers = tuple(covered(family, cache_dir) for family in wanted)
    setting = tuple(around) or wanted
    lines = [face_of(family.regular, cache_dir) for family in setting if family not in SYMBOLS]
    rise, fall = max((line.rise for line in lines), default=1.0), max((line.fall for line in lines), default=0.3)
    fonts = []
    for family, points in zip(wanted, _shares(asked, covers), strict=True):
        for weight, file in ((400, family.regular), (700, family.bold)) if points else ():
            source = face_of(file, cache_dir)
            recipe = [RECIPE, version, source.digest, rise, fall, sorted(points), *(["HarfBuzz"] if cutter else [])]
            key = hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:24]
            path = folder / f"{weight}-{key}{source.suffix}"
            if not _whole(path):
                made = _quickly(file, source, points, rise, fall) if cutter else b""
                keep(path, made or _subset(file, points, rise, fall), folder)
            fonts.append(CutFont(family.name, weight, path))
    return tuple(fonts)


def _whole(path: Path) -> bool:
    """Whether a cut font lies there as it was written: all its words of 32 bits add up to what the OpenType
    specification asks of any font (``checksumAdjustment`` of the head table makes it so)."""
    try:
        data = files.ANYWHERE.read(path, MOST_BYTES)
    except OSError:
        return False
    words = array("I", data + bytes(-len(data) % 4))
    if byteorder == "little":
        words.byteswap()
    return sum(words) % 2**32 == _SUM


def _bytes(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _subset(file: str, points: frozenset[int], rise: float, fall: float) -> bytes:
    """A font file's bytes, cut to the code points and with the given line above and below."""
    from fontTools import subset

    font = open_face(files.ANYWHERE.read(installed(file), MOST_BYTES), file)
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"])
    options.layout_features = ["*"]
    if font["maxp"].numGlyphs > _CJK_GLYPHS:
        tags = ["dflt", _CJK_LANGUAGES.get(file[-2:], "dflt")]
        options.layout_features = _CJK_FEATURES
        options.layout_scripts = [f"{script}.{tag}" for script in _CJK_SCRIPTS for tag in tags]
    options.drop_tables += _DROPPED
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    with fontnames.found_quickly():
        cutter.subset(font)
    return _finished(font, rise, fall)


def _quickly(file: str, face: Face, points: frozenset[int], rise: float, fall: float) -> bytes:
    """The same by HarfBuzz; b"" if it does not manage the font. It knows no languages: those of a Chinese, Japanese or
    Korean font that are not its own are taken out of its rules afterwards, and their letters stay in the file."""
    data = files.ANYWHERE.read(installed(file), MOST_BYTES)
    cjk = len(face.points) > _CJK_GLYPHS
    features, scripts = (_CJK_FEATURES, _CJK_SCRIPTS) if cjk else ((), ())
    made = harfbuzz.cut(data, face.number, points, features, scripts, _DROPPED)
    try:
        font = open_face(made, "")
        if not points <= set(font.getBestCmap()):
            return b""
    except (FontError, KeyError):
        return b""
    own = _CJK_LANGUAGES.get(file[-2:])
    for table in (font[name].table for name in ("GSUB", "GPOS") if cjk and name in font):
        for script in (record.Script for record in table.ScriptList.ScriptRecord):
            script.LangSysRecord = [each for each in script.LangSysRecord if each.LangSysTag.strip() == own]
            script.LangSysCount = len(script.LangSysRecord)
    return _finished(font, rise, fall, squeezed=b"halt" in made)


def _finished(font: Any, rise: float, fall: float, squeezed: bool = True) -> bytes:
    """The bytes of a font that is cut, with the given line above and below. One without half widths (``halt``) need not
    be ``squeezed``: its rules are not even read then."""
    if squeezed:
        squeezing.squeeze(font)
    em, line, metrics = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    line.ascent = metrics.sTypoAscender = metrics.usWinAscent = round(rise * em)
    metrics.usWinDescent = round(fall * em)
    line.descent = metrics.sTypoDescender = -metrics.usWinDescent
    line.lineGap = metrics.sTypoLineGap = 0
    return _in_order(_bytes(font)) if "CFF " in font else _bytes(font)


def _in_order(data: bytes) -> bytes:
    """The same font with its CIDs counted anew, each equal to the glyph's number.

    A PDF names a glyph of such a font by its CID, WeasyPrint writes the glyph's number: where a cut makes the two
    differ, strict viewers show other characters. Only the table of names is touched.
    """
    font = open_face(data, "")
    top = font["CFF "].cff.topDictIndex[0]
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    glyphs = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: glyphs[old] for old, new in zip(top.charset, names, strict=True)}
    top.charset = names
    return _bytes(font)


def aliases(fonts: Sequence[CutFont]) -> tuple[str, ...]:
    """The families' names in style sheets, in the order to try them; a document must have been set in no others.

    Each ends in six letters for these very files, so that two editions never share a name. Letters, as a number or a
    word such as "bold" at the end of a name means something to Pango.
    """
    digest = hashlib.sha256("|".join(font.path.name for font in fonts).encode()).digest()
    ending = "".join(chr(ord("a") + byte % 26) for byte in digest[:6])
    return tuple(dict.fromkeys(f"{font.family} {ending}" for font in fonts))


def _quoted(text: str) -> str:
    return '"' + re.sub(r"[^\w .,:/%~+-]", lambda found: f"\\{ord(found.group()):x} ", text) + '"'


def families_css(fonts: Sequence[CutFont]) -> str:
    """The value of ``font-family``."""
    return ", ".join(map(_quoted, aliases(fonts)))


def face_css(fonts: Sequence[CutFont], selector: str = "html", folder: str = "", last: str = "") -> str:
    """A @font-face rule for each file, and the rule that sets the whole page (or what is selected) in them.

    ``folder``: where the files lie as the style sheet sees them ("fonts/"), "" for where they are on this machine;
    ``last``: a family to try when they fail ("sans-serif").
    """
    ending = aliases(fonts)[0].removeprefix(fonts[0].family) if fonts else ""
    rules = [
        f"@font-face {{ font-family: {_quoted(font.family + ending)}; font-weight: {font.weight};"
        f" src: url({_quoted(folder + font.path.name if folder else font.path.absolute().as_uri())}); }}\n"
        for font in fonts
    ]
    families = ", ".join(filter(None, (families_css(fonts), last)))
    return "".join(rules) + f"{selector} {{ font-family: {families}; }}\n" if fonts else ""


def cut_folders(fonts: Iterable[CutFont]) -> tuple[Path, ...]:
    """The folders that a renderer must be allowed to read these files from."""
    return tuple(sorted({font.path.parent for font in fonts}))
