"""Which font file sets which script, what each file covers, subsets cut to an edition.

Imports fontTools inside functions only, so that importing this module costs nothing. Font files are read once and
never written; what is learned from them and what is cut from them is kept in a cache that may be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from plainleaf import files
from plainleaf.files import shelf
from plainleaf.files.cache import cache_folder
from plainleaf.model import FontFamily, Locale

MOST_BYTES = 200_000_000  # of a font file; collections of Chinese have 20 million and more
RECIPE = 4  # part of every key in the cache: count it up when the same characters are to be cut in another way


class FontError(Exception):
    """A font file is absent, cannot be read, or does not hold the face that was asked for."""


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


def is_chosen(where: Locale) -> bool:
    """Whether there are fonts for a language's script: we know some, or its file names them."""
    return where.script in FAMILIES or where.fonts != FAMILIES["Latn"]


def folders() -> tuple[Path, ...]:
    """The folders to look for font files in, first the one that PLAINLEAF_FONTS names, if any."""
    own = os.environ.get("PLAINLEAF_FONTS")
    usual = _usual(os.environ.get("HOME"))
    return (Path(own).absolute(), *usual) if own else usual


@lru_cache(maxsize=8)
def _usual(home: str | None) -> tuple[Path, ...]:
    """``home``: what ``Path.home`` goes by; asked for anew only where that changes."""
    if sys.platform == "darwin":
        return Path.home() / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")
    return Path.home() / ".local/share/fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")


@lru_cache(maxsize=8)
def _index(among: tuple[Path, ...]) -> Mapping[str, Path]:
    """Every font file by its name; a file in an earlier folder hides one of the same name in a later."""
    listed = [entry for folder in among for entry in sorted(os.walk(folder))]
    paths = [Path(folder, name) for folder, _, names in listed for name in sorted(names)]
    return {path.name: path for path in reversed(paths) if path.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")}


def find(file_name: str) -> Path | None:
    """Where a font file is installed, or None. A face after "#" is allowed and not looked at."""
    return _index(folders()).get(file_name.partition("#")[0])


def installed(file: str) -> Path:
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


def keep(path: Path, data: bytes, folder: Path) -> None:
    """Write a file below a folder of the cache that a run cannot do without. Raises ``files.UnwrittenError``."""
    other = "name another folder for what can be made again, as PLAINLEAF_CACHE=/tmp/leaflets"
    try:
        files.Root(folder).save(path, data)
    except files.UnwrittenError as error:
        error.hint = "; or ".join(filter(None, (files.way_out(error), other)))
        raise
    except files.RefusedError as error:  # something else lies in the place of a folder of the cache
        unwritten = files.UnwrittenError(errno.ENOTDIR, error.strerror, error.filename)
        unwritten.hint = f"move what is there; or {other}"
        raise unwritten from error


@dataclass(frozen=True, slots=True)
class Face:
    """What we need to know of a face. ``rise`` and ``fall`` are its line above and below, in parts of the em;
    ``licence``: what it may be used for (OpenType, OS/2, fsType); ``number``: of the face in its file, from 0."""

    digest: str
    points: frozenset[int]
    rise: float
    fall: float
    suffix: str
    licence: int
    number: int


def open_face(data: bytes, file: str) -> Any:
    """The face as a fontTools font that reads its tables when they are needed and leaves dates and boxes alone."""
    return _opened(data, file)[1]


def _opened(data: bytes, file: str) -> tuple[int, Any]:
    """The number of a face in its file, from 0, and the face."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    face = file.partition("#")[2]
    how = {"lazy": True, "recalcTimestamp": False, "recalcBBoxes": False}
    try:
        fonts = TTCollection(BytesIO(data), **how).fonts if data[:4] == b"ttcf" else [TTFont(BytesIO(data), **how)]
        for number, font in enumerate(fonts):
            if face in {font["name"].getDebugName(name_id) for name_id in (1, 4, 16)} or (not face and len(fonts) == 1):
                return number, font
    except (TTLibError, KeyError, AssertionError) as error:
        raise FontError(f"{file}: could not be read as a font: {error}") from error
    raise FontError(f"{file}: has no face of this name")


def space_of(data: bytes, number: int = 0) -> tuple[int, int]:
    """The number of a font's space (0 if it has none) and its width in thousandths of an em; ``number``: of the font in
    its file."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), lazy=True, fontNumber=number)
    name = (font.getBestCmap() or {}).get(0x20)
    if name is None:
        return 0, 0
    return font.getGlyphID(name), round(font["hmtx"][name][0] * 1000 / font["head"].unitsPerEm)


@lru_cache(maxsize=256)
def _remembered(path: Path, face: str, mark: tuple[int, ...], cache_dir: Path) -> Face:
    key = hashlib.sha256(f"{RECIPE}|{path}|{face}|{mark}".encode()).hexdigest()[:24]
    note = cache_dir / "faces" / f"{key}.json"
    try:
        known = json.loads(files.ANYWHERE.read(note))
        return Face(**known | {"points": frozenset(known["points"])})
    except (OSError, ValueError, TypeError, KeyError):
        data = files.ANYWHERE.read(path, MOST_BYTES)
        number, font = _opened(data, f"{path}#{face}")
        known = {
            "digest": hashlib.sha256(data + face.encode()).hexdigest(),
            "points": sorted(font.getBestCmap() or ()),
            "rise": round(font["hhea"].ascent / font["head"].unitsPerEm, 4),
            "fall": round(-font["hhea"].descent / font["head"].unitsPerEm, 4),
            "suffix": ".otf" if "CFF " in font else ".ttf",
            "licence": font["OS/2"].fsType if "OS/2" in font else 0,
            "number": number,
        }
        with suppress(OSError):  # a cache that cannot be written costs time, nothing else
            files.Root(cache_dir).save(note, json.dumps(known, separators=(",", ":")).encode())
    return Face(**known | {"points": frozenset(known["points"])})


def face_of(file: str, cache_dir: Path | None = None) -> Face:
    """An installed font file, "name.ttc#1" for one of a collection, read once and remembered until it changes."""
    path = installed(file)
    return _remembered(path, file.partition("#")[2], mark(path.stat()), cache_dir or cache_folder())


def mark(about: os.stat_result) -> tuple[int, ...]:
    """What tells a file from another one put in its place: size, times of change, also that which nobody can set."""
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns


def digest(file: str) -> str:
    """The SHA-256 of an installed font file, with the face in it that is named after "#"; "" if it is not there."""
    try:
        return shelf.of_file(f"font {file.partition('#')[2]}".strip(), installed(file), lambda: face_of(file).digest)
    except (FontError, OSError):
        return ""


def coverage(file: str, cache_dir: Path | None = None) -> frozenset[int]:
    """The code points a font has glyphs for. ``file`` is a path or an installed file's name, with "#face" if a .ttc.

    Kept on disk by the file's path, size and times of change, so that a large collection is read once.
    """
    return face_of(file, cache_dir).points


def covered(family: FontFamily, cache_dir: Path | None = None) -> frozenset[int]:
    """What both weights of a family cover."""
    return _both(coverage(family.regular, cache_dir), coverage(family.bold, cache_dir))


@lru_cache(maxsize=256)
def _both(regular: frozenset[int], bold: frozenset[int]) -> frozenset[int]:
    return regular & bold


# OpenType 1.9.1, OS/2, fsType: what documents may have of a font. Of the first three the most generous counts.
_RESTRICTED, _TO_PRINT, _TO_EDIT, _WHOLE, _PIXELS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200


def forbidden(file: str, cache_dir: Path | None = None) -> str:
    """Why a font may not be cut and put into files that are handed out, as the font itself says; "" if it may."""
    says = face_of(file, cache_dir).licence
    if says & _RESTRICTED and not says & (_TO_PRINT | _TO_EDIT):
        return "it may not be put into documents (its licence is “restricted”)"
    if says & _WHOLE:
        return "it may not be cut to the letters of a text, which is done with every font"
    return "only pictures of its letters may be put into documents" if says & _PIXELS else ""


def for_documents(file: str, cache_dir: Path | None = None) -> bool:
    """Whether a font may be put into documents to read or to edit, and says nothing of other uses, as on web pages."""
    return bool(face_of(file, cache_dir).licence & (_TO_PRINT | _TO_EDIT))


def code_points(ranges: str) -> frozenset[int]:
    """Code points written as in Unicode's tables, "20 2010-2027"."""
    pairs = ((first, last or first) for first, _, last in (part.partition("-") for part in ranges.split()))
    return frozenset(point for first, last in pairs for point in range(int(first, 16), int(last, 16) + 1))


# Measured with Pango 1.50 and fonts that lack them: these characters need no glyph. Joiners, bidi controls, variation
# selectors and so on. Not among them, though Unicode calls them ignorable: the Hangul fillers, drawn as .notdef.
GLYPHLESS = code_points("AD 34F 61C 17B4-17B5 180B-180E 200B-200F 202A-202E 2060-206F FE00-FE0F FEFF E0000-E0FFF")
# HarfBuzz makes every space, U+00A0, U+2009 and U+202F too, from the one at U+0020 where a font has none of its own.
SPACES = code_points("20 A0 1680 2000-200A 202F 205F 3000")
_BLANK = GLYPHLESS | SPACES | code_points("9-A D 2029")
NEVER = code_points("0-8 B-C E-1F 7F-9F 2028")  # .notdef, even U+2028 in a font that has it


def uncovered(text: str, wanted: Iterable[FontFamily], cache_dir: Path | None = None) -> tuple[str, ...]:
    """The characters of a text that would print as an empty box, as no installed family has them in both weights."""
    left = set(map(ord, text)) - _BLANK
    for family in wanted:
        if left and not missing((family,)):
            there = covered(family, cache_dir)
            left = {point for point in left if point not in there or point in NEVER}
    return tuple(map(chr, sorted(left)))
