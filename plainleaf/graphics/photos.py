"""Photographs as they go on a page: upright, in the colours of every screen, without what they tell of their owner."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

DPI = 300  # dots to the inch that are printed: an eye at reading distance sees no more
LEAST_DPI = 150  # fewer look coarse on paper
MOST_SIDE = 3508  # dots: the long side of A4 at ``DPI``
SCREEN_SIDE = 1600  # dots: what a screen shows of a picture
_QUALITY = 90  # of JPEG, 1 to 95
_TOLD = ("eXIf", "tEXt", "zTXt", "iTXt", "tIME", "iCCP")  # chunks of a PNG that say more than its pixels do


def clean(data: bytes, most: int = MOST_SIDE) -> bytes:
    """A whole PNG or JPEG with nothing but its pixels; the same bytes for the same picture.

    A JPEG, and a PNG that has metadata or more than ``most`` dots on a side, is turned as its camera says (EXIF
    orientation), brought from its colour profile to sRGB, and made no larger than ``most`` by ``most`` dots. Place,
    time, maker and profile are gone. Any other PNG stays byte for byte. Raises what Pillow raises for damaged pictures.
    """
    from PIL import Image

    if not data.startswith(b"\xff\xd8") and not _asks(data, most):
        return data
    with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as opened:
        kind = "PNG" if data.startswith(b"\x89PNG") else "JPEG"
        profile = opened.info.get("icc_profile")
        opened.draft(opened.mode, (most, most))  # a large JPEG is decoded no larger than it is asked for
        picture = _upright(opened)
    if kind == "PNG" and ("transparency" in picture.info or picture.mode == "P"):
        picture = picture.convert("RGBA")
    picture = _in_srgb(picture, profile, kind)
    picture.thumbnail((most, most), Image.Resampling.LANCZOS)
    picture.info.clear()
    out = BytesIO()
    picture.save(out, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


def grey_jpeg(data: bytes) -> bytes:
    """A whole JPEG in shades of grey."""
    out = BytesIO()
    _grey(data).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def grey_pixels(png: bytes) -> bytes:
    """The grey values of a whole PNG, 0 to 255, row by row."""
    pixels: bytes = _grey(png).tobytes()
    return pixels


def _grey(data: bytes) -> Any:
    from PIL import Image

    with Image.open(BytesIO(data), formats=["JPEG", "PNG"]) as opened:
        return opened.convert("L")


def _upright(picture: Any) -> Any:
    """As its camera says; what it says may be spoilt, and then the picture is taken as it lies."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # EXIF is TIFF, of which any byte may be wrong: structs, keys, offsets
        return picture.copy()


def _asks(png: bytes, most: int) -> bool:
    """Whether a PNG is to be written anew: it has too many dots, or tells more than its pixels do."""
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    at = 8
    while at < len(png):
        if png[at + 4 : at + 8].decode("ascii", "replace") in _TOLD:
            return True
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return max(width, height) > most


def _in_srgb(picture: Any, profile: bytes | None, kind: str) -> Any:
    """The picture in grey or sRGB; a profile that cannot be read is as good as none."""
    from PIL import ImageCms

    alike = picture.mode in ("L", "LA", "RGB", "RGBA")
    mode = picture.mode if alike and (kind == "PNG" or picture.mode in ("L", "RGB")) else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            made = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
            return made or picture.convert(mode)
        except (OSError, ImageCms.PyCMSError):
            pass
    return picture if picture.mode == mode else picture.convert(mode)
