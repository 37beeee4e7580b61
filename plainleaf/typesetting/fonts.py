"""Which font file sets which script, what each file covers, subsets cut to an edition.

Imports fontTools inside functions only, so that importing this module costs nothing. Font files are read once and
never written; what is learned from them and what is cut from them is kept in a cache that may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.model import FontFamily

_MOST_BYTES = 200_000_000  # of a font file; collections of Chinese have 20 million and more
RECIPE = 3  # part of every key in the cache: count it up when the same characters are to be cut in another way


class FontError(Exception):
    """A font file is absent, cannot be read, or does not hold the face that was asked for."""


@dataclass(frozen=True, slots=True)
class CutFont:
    """A font file cut to some characters: the family it came from and its weight (400 or 700)."""

    family: str
    weight: int
    path: Path


def _family(name: str, file: str = "") -> FontFamily:
    file = file or name.replace(" ", "") + "-{}.ttf"
    return FontFamily(name, file.format("Regular"), file.format("Bold"))


LATIN = _family("Noto Sans")
SYMBOLS = (  # signs that Noto Sans lacks: the first has arrows, minus, at most; the second boxes to tick and dingbats
    _family("Noto Sans Math", "NotoSansMath-Regular.ttf"),
    _family("Noto Sans Symbols 2", "NotoSansSymbols2-Regular.ttf"),
)

# Seen in Debian 12's files: in Noto Sans Arabic the dots of peh run into the letter, which makes Urdu and Persian words
# hard to tell apart; Noto Looped Thai and Lao put tone marks over the vowels; Noto Sans Oriya moves vowel signs to the
# next word (so Orya has no default). Text set in Nastaliq cannot be extracted.
_OWN: Mapping[str, str] = {
    "Arab": "Naskh Arabic", "Armn": "Sans Armenian", "Beng": "Sans Bengali", "Deva": "Sans Devanagari",
    "Ethi": "Sans Ethiopic", "Geor": "Sans Georgian", "Gujr": "Sans Gujarati", "Guru": "Sans Gurmukhi",
    "Hebr": "Sans Hebrew", "Khmr": "Sans Khmer", "Knda": "Sans Kannada", "Laoo": "Sans Lao",
    "Mlym": "Sans Malayalam", "Mymr": "Sans Myanmar", "Sinh": "Sans Sinhala",
    "Taml": "Sans Tamil", "Telu": "Sans Telugu", "Thaa": "Sans Thaana", "Thai": "Sans Thai",
    "Tibt": "Serif Tibetan",
}  # fmt: skip
_CJK: Mapping[str, str] = {
    "Hans": "Noto Sans CJK SC", "Hant": "Noto Sans CJK TC", "Hant-HK": "Noto Sans CJK HK",
    "Jpan": "Noto Sans CJK JP", "Kore": "Noto Sans CJK KR",
}  # fmt: skip

FAMILIES: Mapping[str, tuple[FontFamily, ...]] = (
    dict.fromkeys(("Latn", "Cyrl", "Grek"), (LATIN, *SYMBOLS))
    | {script: (_family(f"Noto {name}"), LATIN, *SYMBOLS) for script, name in _OWN.items()}
    | {script: (_family(name, f"NotoSansCJK-{{}}.ttc#{name}"), LATIN, *SYMBOLS) for script, name in _CJK.items()}
)
"""The families of each script (ISO 15924), in the order they are tried. All are in Debian 12's Noto packages."""


def families(script: str, territory: str = "") -> tuple[FontFamily, ...]:
    """The families for a script as a territory writes it; none if we know no font for the script."""
    if script == "Hant" and territory in ("HK", "MO"):
        script = "Hant-HK"
    return FAMILIES.get(script, ())


def folders() -> tuple[Path, ...]:
    """The folders to look for font files in, first the one that PLAINLEAF_FONTS names, if any."""
    if sys.platform == "darwin":
        usual = (Path.home() / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    else:
        usual = (Path.home() / ".local/share/fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
    own = os.environ.get("PLAINLEAF_FONTS")
    return (Path(own).absolute(), *usual) if own else usual


@lru_cache(maxsize=8)
def _index(among: tuple[Path, ...]) -> Mapping[str, Path]:
    """Every font file by its name; a file in an earlier folder hides one of the same name in a later."""
    listed = [entry for folder in among for entry in sorted(os.walk(folder))]
    paths = [Path(folder, name) for folder, _, names in listed for name in sorted(names)]
    return {path.name: path for path in reversed(paths) if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")}


def find(file_name: str) -> Path | None:
    """Where a font file is installed, or None. A face after "#" is allowed and not looked at."""
    return _index(folders()).get(file_name.partition("#")[0])


def _installed(file: str) -> Path:
    """The path of a file given by its path or by its name."""
    path = Path(file.partition("#")[0])
    found = path if path.is_absolute() else find(file)
    if found is None or not found.is_file():
        raise FontError(f"{path}: this font file is not installed")
    return found


def missing(wanted: Iterable[FontFamily]) -> tuple[str, ...]:
    """The names of the files that these families need and that are not installed."""
    needed = {file.partition("#")[0] for family in wanted for file in (family.regular, family.bold)}
    return tuple(sorted(file for file in needed if find(file) is None))


def apt_packages(file_names: Iterable[str]) -> tuple[str, ...]:
    """The Debian packages that hold these files, as far as we know them."""
    noto = [file for file in file_names if file.startswith("Noto")]
    return tuple(sorted({"fonts-noto-cjk" if "CJK-" in file else "fonts-noto-core" for file in noto}))


CACHED = ("check", "cut", "faces", "fontconfig", "fontconfig/fonts")  # the folders of the cache with files of ours


def cache_folder() -> Path:
    """Where to keep what can be made again: PLAINLEAF_CACHE, or the user's folder for caches."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "plainleaf")
    return Path(os.environ.get("PLAINLEAF_CACHE") or usual).absolute()


def keep(path: Path, data: bytes, folder: Path) -> None:
    """Write a file below a folder of the cache that a run cannot do without. Raises ``files.UnwrittenError``."""
    try:
        files.Root(folder).save(path, data)
    except files.UnwrittenError as error:
        other = "name another folder for what can be made again, as PLAINLEAF_CACHE=/tmp/leaflets"
        error.hint = "; or ".join(filter(None, (files.way_out(error), other)))
        raise


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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What we need to know of a face. ``rise`` and ``fall`` are its line above and below, in parts of the em."""

    digest: str
    points: frozenset[int]
    rise: float
    fall: float
    suffix: str


def _open(data: bytes, file: str) -> Any:
    """The face as a fontTools font that reads its tables when they are needed and leaves dates and boxes alone."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    face = file.partition("#")[2]
    how = {"lazy": True, "recalcTimestamp": False, "recalcBBoxes": False}
    try:
        fonts = TTCollection(BytesIO(data), **how).fonts if data[:4] == b"ttcf" else [TTFont(BytesIO(data), **how)]
        for font in fonts:
            if face in {font["name"].getDebugName(name_id) for name_id in (1, 4, 16)} or (not face and len(fonts) == 1):
                return font
    except (TTLibError, KeyError, AssertionError) as error:
        raise FontError(f"{file}: cannot be read as a font: {error}") from error
    raise FontError(f"{file}: holds no face of this name")


@lru_cache(maxsize=256)
def _remembered(path: Path, face: str, mark: tuple[int, ...], cache_dir: Path) -> _Facts:
    key = hashlib.sha256(f"{RECIPE}|{path}|{face}|{mark}".encode()).hexdigest()[:24]
    note = cache_dir / "faces" / f"{key}.json"
    try:
        known = json.loads(files.ANYWHERE.read(note))
        return _Facts(**known | {"points": frozenset(known["points"])})
    except (OSError, ValueError, TypeError, KeyError):
        data = files.ANYWHERE.read(path, _MOST_BYTES)
        font = _open(data, f"{path}#{face}")
        known = {
            "digest": hashlib.sha256(data + face.encode()).hexdigest(),
            "points": sorted(font.getBestCmap() or ()),
            "rise": round(font["hhea"].ascent / font["head"].unitsPerEm, 4),
            "fall": round(-font["hhea"].descent / font["head"].unitsPerEm, 4),
            "suffix": ".otf" if "CFF " in font else ".ttf",
        }
        with suppress(OSError):  # a cache that cannot be written costs time, nothing else
            files.Root(cache_dir).save(note, json.dumps(known, separators=(",", ":")).encode())
    return _Facts(**known | {"points": frozenset(known["points"])})


def _facts(file: str, cache_dir: Path | None = None) -> _Facts:
    path = _installed(file)
    return _remembered(path, file.partition("#")[2], mark(path.stat()), cache_dir or cache_folder())


def mark(about: os.stat_result) -> tuple[int, ...]:
    """What tells a file from another one put in its place: size, times of change, also that which nobody can set."""
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns


def digest(file: str) -> str:
    """The SHA-256 of an installed font file, with the face in it that is named after "#"; "" if it is not there."""
    try:
        return _facts(file).digest
    except (FontError, OSError):
        return ""


def coverage(file: str, cache_dir: Path | None = None) -> frozenset[int]:
    """The code points a font has glyphs for. ``file`` is a path or an installed file's name, with "#face" if a .ttc.

    Kept on disk by the file's path, size and times of change, so that a large collection is read once.
    """
    return _facts(file, cache_dir).points


def _covers(family: FontFamily, cache_dir: Path | None = None) -> frozenset[int]:
    """What both weights of a family cover."""
    return coverage(family.regular, cache_dir) & coverage(family.bold, cache_dir)


def _points(ranges: str) -> frozenset[int]:
    """Code points written as in Unicode's tables, "20 2010-2027"."""
    pairs = ((first, last or first) for first, _, last in (part.partition("-") for part in ranges.split()))
    return frozenset(point for first, last in pairs for point in range(int(first, 16), int(last, 16) + 1))


# Measured with Pango 1.50 and fonts that lack them: these characters need no glyph. Joiners, bidi controls, variation
# selectors and so on. Not among them, though Unicode calls them ignorable: the Hangul fillers, drawn as .notdef.
_GLYPHLESS = _points("AD 34F 61C 17B4-17B5 180B-180E 200B-200F 202A-202E 2060-206F FE00-FE0F FEFF E0000-E0FFF")
# HarfBuzz makes every space, U+00A0, U+2009 and U+202F too, from the one at U+0020 where a font has none of its own.
_SPACES = _points("20 A0 1680 2000-200A 202F 205F 3000")
_BLANK = _GLYPHLESS | _SPACES | _points("9-A D 2029")
_NEVER = _points("0-8 B-C E-1F 7F-9F 2028")  # .notdef, even U+2028 in a font that has it


def uncovered(text: str, wanted: Iterable[FontFamily], cache_dir: Path | None = None) -> tuple[str, ...]:
    """The characters of a text that would print as an empty box, as no installed family has them in both weights."""
    left = set(map(ord, text)) - _BLANK
    for family in wanted:
        if left and not missing((family,)):
            left -= _covers(family, cache_dir) - _NEVER
    return tuple(map(chr, sorted(left)))


# What style sheets and page numbers may add to a text: spaces, hyphens, dashes, quotes, bullet, ellipsis.
_BASIC = _points("20-7E") | _SPACES | set(map(ord, "‐‑–—‘’“”«»•…°×"))
# What a script's family leaves to the Latin one beside it: a dose such as "7.5 mg" then comes from one family, with a
# decimal point as heavy as its digits (Naskh's is a faint one). The script's own commas and stops stay where they are.
_LATIN_SIDE = _points("21-7E A1-AC AE-2FF 2010-2027 2030-205E 2070-25CB 25CD-2BFF")
# In every subset: spaces take the font of the word before them, and a dotted circle carries marks that stand alone.
_EVERYWHERE = _SPACES | _GLYPHLESS | {0x25CC}
# Of a Chinese, Japanese or Korean font: what horizontal text needs, and the letter forms of the face's own language (a
# Korean space is wider). All features in all languages would be three times the work.
_CJK_FEATURES = ["calt", "ccmp", "kern", "liga", "ljmo", "locl", "mark", "mkmk", "palt", "rlig", "tjmo", "vjmo"]
_CJK_SCRIPTS = ("DFLT", "cyrl", "grek", "hang", "hani", "kana", "latn")
_CJK_LANGUAGES = {"HK": "ZHH", "JP": "JAN", "KR": "KOR", "SC": "ZHS", "TC": "ZHT"}
# HarfBuzz takes these apart beyond what Unicode's normal form says.
_PARTS: dict[int, tuple[int, ...]] = dict.fromkeys((0x17BE, 0x17BF, 0x17C0, 0x17C4, 0x17C5), (0x17C1,))
_PARTS |= {0xE33: (0xE4D, 0xE32), 0xEB3: (0xECD, 0xEB2)}


@lru_cache(maxsize=1)
def _composites() -> Mapping[int, frozenset[int]]:
    """Each character that is made of others, with those."""
    points = (*range(0xC0, 0x3100), *range(0xAC00, 0xD7A4), *range(0xF900, 0xFB50))
    parts = {point: frozenset(map(ord, unicodedata.normalize("NFD", chr(point)))) for point in points}
    return {point: made_of for point, made_of in parts.items() if point not in made_of}


def _with_kin(points: frozenset[int], cover: frozenset[int]) -> frozenset[int]:
    """The characters and what a shaper may put in their place: their parts, and what they compose to."""
    composites = _composites()
    parts = {part for point in points for part in (*composites.get(point, ()), *_PARTS.get(point, ()))}
    whole = points | (parts & cover)
    return whole | {point for point, needs in composites.items() if needs <= whole and point in cover}


def _shares(asked: frozenset[int], covers: tuple[frozenset[int], ...]) -> tuple[frozenset[int], ...]:
    """Which of the characters to cut from each family; a family that nothing is asked of gets none."""
    latin = next((number for number, cover in enumerate(covers) if cover >= _points("41-5A 61-7A")), 0)
    shares: list[frozenset[int]] = []
    for number, cover in enumerate(covers):
        own = (asked | _BASIC if number <= latin else asked) & cover
        own = own.difference(*shares)
        if number < latin:
            own -= _LATIN_SIDE & covers[latin]
        if number == 0:  # page numbers and numbered lists count in the script's digits without asking
            own |= {point for point in cover - _LATIN_SIDE if chr(point).isdecimal()}
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
) -> tuple[CutFont, ...]:
    """One unsplit font file for each family and weight, cut to the characters (and to what style sheets may add).

    Earlier families come first, except that Latin letters, digits and signs all come from the first family that has
    them. All files say the same line height, so that a Latin word in an Arabic line does not push the lines apart;
    that of the families ``around``, if these are given, for words that stand in a text of theirs.
    A file is made once for each set of characters; its bytes depend on the fonts and the characters only.
    """
    from fontTools import version

    folder = (cache_dir or cut_folder()).absolute() / "cut"
    wanted = tuple(dict.fromkeys(wanted))
    asked = frozenset(map(ord, "".join(characters))) - _NEVER
    covers = tuple(_covers(family, cache_dir) for family in wanted)
    setting = tuple(around) or wanted
    lines = [_facts(family.regular, cache_dir) for family in setting if family not in SYMBOLS]
    rise, fall = max((line.rise for line in lines), default=1.0), max((line.fall for line in lines), default=0.3)
    fonts = []
    for family, points in zip(wanted, _shares(asked, covers), strict=True):
        for weight, file in ((400, family.regular), (700, family.bold)) if points else ():
            source = _facts(file, cache_dir)
            recipe = [RECIPE, version, source.digest, rise, fall, sorted(points)]
            key = hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:24]
            path = folder / f"{weight}-{key}{source.suffix}"
            if not path.is_file():
                keep(path, _subset(file, points, rise, fall), folder)
            fonts.append(CutFont(family.name, weight, path))
    return tuple(fonts)


def _bytes(font: Any) -> bytes:
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _subset(file: str, points: frozenset[int], rise: float, fall: float) -> bytes:
    """A font file's bytes, cut to the code points and with the given line above and below."""
    from fontTools import subset

    font = _open(files.ANYWHERE.read(_installed(file), _MOST_BYTES), file)
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"])
    options.layout_features = ["*"]
    if font["maxp"].numGlyphs > 20_000:
        tags = ["dflt", _CJK_LANGUAGES.get(file[-2:], "dflt")]
        options.layout_features = _CJK_FEATURES
        options.layout_scripts = [f"{script}.{tag}" for script in _CJK_SCRIPTS for tag in tags]
    options.drop_tables += ["BASE", "MATH", "VORG", "vhea", "vmtx"]  # for vertical lines and formulas
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
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
    font = _open(data, "")
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


def face_css(fonts: Sequence[CutFont], selector: str = "html") -> str:
    """A @font-face rule for each file, and the rule that sets the whole page (or what is selected) in them."""
    ending = aliases(fonts)[0].removeprefix(fonts[0].family) if fonts else ""
    rules = [
        f"@font-face {{ font-family: {_quoted(font.family + ending)}; font-weight: {font.weight};"
        f" src: url({_quoted(font.path.absolute().as_uri())}); }}\n"
        for font in fonts
    ]
    return "".join(rules) + f"{selector} {{ font-family: {families_css(fonts)}; }}\n" if fonts else ""


def cut_folders(fonts: Iterable[CutFont]) -> tuple[Path, ...]:
    """The folders that a renderer must be allowed to read these files from."""
    return tuple(sorted({font.path.parent for font in fonts}))
