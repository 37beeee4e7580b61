"""Pictures of pixels are decoded whole: what is damaged in any part is told, what is whole passes in every kind."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from plainleaf.graphics import bitmaps

KINDS = [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8)]
KINDS += [(4, 8), (4, 16), (6, 8), (6, 16)]
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def header(width: int, height: int, colours: int = 2, depth: int = 8, interlaced: bool = False) -> bytes:
    sizes = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return chunk(b"IHDR", sizes + bytes([depth, colours, 0, 0, interlaced]))


def rows(width: int, height: int, colours: int = 2, depth: int = 8, interlaced: bool = False) -> bytes:
    """Unpacked pixels, of no meaning, in rows that begin with each filter by turns."""
    passes = [(0, 0, 1, 1)] if not interlaced else ADAM7
    found, chance = b"", random.Random(7)
    for left, top, across, down in passes:
        wide, high = len(range(left, width, across)), len(range(top, height, down))
        for number in range(high if wide else 0):
            found += bytes([number % 5]) + chance.randbytes((wide * depth * CHANNELS[colours] + 7) // 8)
    return found


def png(*parts: bytes, before: bytes = b"") -> bytes:
    """A file of a header, pixels, and what comes between."""
    return b"\x89PNG\r\n\x1a\n" + parts[0] + before + b"".join(parts[1:]) + chunk(b"IEND", b"")


def picture(width: int = 60, height: int = 60, colours: int = 2, depth: int = 8, interlaced: bool = False) -> bytes:
    palette = chunk(b"PLTE", bytes(range(3)) * (1 << depth)) if colours == 3 else b""
    shape = (width, height, colours, depth, interlaced)
    return png(header(*shape), chunk(b"IDAT", zlib.compress(rows(*shape))), before=palette)


@pytest.mark.parametrize("interlaced", [False, True], ids=["", "interlaced"])
@pytest.mark.parametrize(("colours", "depth"), KINDS)
def test_every_colour_type_and_depth_passes(colours: int, depth: int, interlaced: bool) -> None:
    for width, height in ((1, 1), (3, 9), (60, 61)):
        assert bitmaps.fault(picture(width, height, colours, depth, interlaced)) == ""


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_what_a_program_saves_passes(mode: str) -> None:
    for options in ({}, {"optimize": True}, {"compress_level": 0}, {"dpi": (300, 300)}):
        out = BytesIO()
        Image.new("RGBA", (50, 40), "teal").convert("L" if mode == "I;16" else mode).convert(mode).save(
            out,
            "PNG",
            **options,  # type: ignore[arg-type]
        )
        assert bitmaps.fault(out.getvalue()) == ""


def test_pixels_may_come_in_many_parts_among_others() -> None:
    packed = zlib.compress(rows(9, 9))
    parts = [chunk(b"IDAT", packed[at : at + 5]) for at in range(0, len(packed), 5)]
    text = chunk(b"tEXt", b"Author\0Sample") + chunk(b"gAMA", (45455).to_bytes(4, "big"))
    assert bitmaps.fault(png(header(9, 9), *parts, chunk(b"tIME", bytes([7, 234, 11, 2, 9, 0, 0])), before=text)) == ""


# --------------------------------------------------------------------------- damaged

SMALL = rows(60, 60)
GREY = rows(60, 60, 0)


def idat(pixels: bytes) -> bytes:
    return chunk(b"IDAT", zlib.compress(pixels))


DAMAGED = {
    "20 of 60 rows, sums right": (png(header(60, 60), idat(SMALL[: len(SMALL) // 3])), "20 of 60 rows"),
    "a row is short by one byte": (png(header(60, 60), idat(SMALL[:-1])), "59 of 60 rows"),
    "no rows": (png(header(60, 60), idat(b"")), "0 of 60 rows"),
    "a row too many": (png(header(60, 59), idat(SMALL)), "more pixels"),
    "packed pixels end early": (png(header(60, 60), chunk(b"IDAT", zlib.compress(SMALL)[:-400])), "rows"),
    "checksum of pixels missing": (png(header(60, 60), chunk(b"IDAT", zlib.compress(SMALL)[:-4])), "cut off"),
    "checksum of pixels wrong": (
        png(header(60, 60), chunk(b"IDAT", zlib.compress(SMALL)[:-4] + b"abcd")),
        "pixels are damaged",
    ),
    "pixels not packed": (png(header(60, 60), chunk(b"IDAT", SMALL)), "pixels are damaged"),
    "a filter that there is not": (png(header(60, 60), idat(b"\x09" + SMALL[1:])), "pixels are damaged"),
    "interlaced, but not so": (png(header(60, 60, interlaced=True), idat(SMALL)), "pixels are damaged"),
    "interlaced, last pass missing": (
        png(header(60, 60, interlaced=True), idat(rows(60, 60, interlaced=True)[:-5430])),
        "rows of pixels",
    ),
    "no palette": (png(header(60, 60, 3), idat(GREY)), "palette is missing"),
    "an empty palette": (png(header(60, 60, 3), idat(GREY), before=chunk(b"PLTE", b"")), "palette"),
    "a palette cut": (png(header(60, 60, 3), idat(GREY), before=chunk(b"PLTE", b"abcd")), "palette"),
    "a palette too small": (png(header(60, 60, 3), idat(GREY), before=chunk(b"PLTE", b"abc")), "not in its palette"),
    "a palette too large": (
        png(header(60, 60, 3, 1), idat(rows(60, 60, 3, 1)), before=chunk(b"PLTE", b"a" * 9)),
        "pal",
    ),
    "a palette of grey": (png(header(60, 60, 0), idat(GREY), before=chunk(b"PLTE", b"abc")), "palette"),
    "a palette too late": (png(header(60, 60, 3), idat(GREY), chunk(b"PLTE", b"a" * 768)), "after its pixels"),
    "16 bits announced, 8 there": (png(header(60, 60, 2, 16), idat(SMALL)), "30 of 60 rows"),
    "a depth that there is not": (png(header(60, 60, 2, 4), idat(SMALL)), "header is not that of a PNG"),
    "a colour type that there is not": (png(header(60, 60, 5), idat(SMALL)), "header is not that of a PNG"),
    "transparency cut": (png(header(60, 60), idat(SMALL), before=chunk(b"tRNS", b"ab")), "transparent"),
    "no pixels": (png(header(60, 60)), "no picture"),
    "pixels in two places": (
        png(header(1, 1), idat(b"\0abc"), chunk(b"tEXt", b"a\0b"), idat(b"")),
        "in the wrong order",
    ),
    "a part that must be known": (png(header(60, 60), idat(SMALL), before=chunk(b"ABCD", b"")), "ABCD"),
    "wide": (png(header(10_001, 1), idat(b"")), "10001 by 1 pixels"),
    "huge": (png(header(9_000, 9_000), idat(b"")), "40 million"),
    "endless": (png(header(2**31 - 1, 2**31 - 1), idat(b"")), "pixels; at most"),
    "empty": (png(header(0, 60), idat(b"")), "0 by 60"),
    "another kind": (b"GIF89a", "not a PNG or JPEG"),
}


@pytest.mark.parametrize(("data", "told"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_damaged_is_told(data: bytes, told: str) -> None:
    assert told in bitmaps.fault(data)


def parts_of(data: bytes) -> Iterator[tuple[int, int]]:
    at = 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield at, end
        at = end


@pytest.mark.parametrize("kind", [(2, 8, False), (3, 4, False), (6, 16, True)])
def test_a_wrong_byte_in_any_part_is_told(kind: tuple[int, int, bool]) -> None:
    data = picture(20, 20, *kind)
    for begin, end in parts_of(data):
        for at in {begin, begin + 4, (begin + end) // 2, end - 1}:
            assert bitmaps.fault(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]), at


shapes = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from(KINDS), st.booleans())


@given(shapes, st.data())
def test_any_cut_is_told(shape: tuple[int, int, tuple[int, int], bool], draw: st.DataObject) -> None:
    width, height, kind, interlaced = shape
    data = picture(width, height, *kind, interlaced)
    assert bitmaps.fault(data) == ""
    assert bitmaps.fault(data[: draw.draw(st.integers(0, len(data) - 1))])


@given(shapes, st.data())
def test_any_cut_of_the_pixels_is_told_also_where_the_checksums_are_right(
    shape: tuple[int, int, tuple[int, int], bool], draw: st.DataObject
) -> None:
    width, height, (colours, depth), interlaced = shape
    pixels = rows(width, height, colours, depth, interlaced)
    shorter = pixels[: draw.draw(st.integers(0, len(pixels) - 1))]
    palette = chunk(b"PLTE", b"abc" * (1 << depth)) if colours == 3 else b""
    assert bitmaps.fault(png(header(width, height, colours, depth, interlaced), idat(shorter), before=palette))


def test_a_small_file_that_unpacks_to_very_much_is_not_unpacked() -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 24)) for _ in range(4)) + packer.flush()  # 64 MB
    assert "more pixels" in bitmaps.fault(png(header(60, 60), chunk(b"IDAT", packed)))


def jpeg() -> bytes:
    out = BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def test_a_jpeg_that_is_cut_is_told() -> None:
    data = jpeg()
    assert bitmaps.fault(data) == ""
    for tenth in range(1, 10):
        assert bitmaps.fault(data[: len(data) * tenth // 10])
    assert "cut off" in bitmaps.fault(data[:-2])


def test_it_is_strict_where_others_have_made_pillow_lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = jpeg()
    with pytest.raises(bitmaps.DamagedError):
        bitmaps._decoded(data[: len(data) // 2], "JPEG")
    assert ImageFile.LOAD_TRUNCATED_IMAGES


# --------------------------------------------------------------------------- 16 bits of grey


def test_grey_in_16_bits_becomes_grey_in_8() -> None:
    pixels = b"".join(b"\0" + b"\x80\x01\x40\x02" for _ in range(2))
    for clear, modes in ((b"", "L"), (chunk(b"tRNS", b"\x80\x01"), "LA")):
        data = png(header(2, 2, 0, 16), idat(pixels), before=clear)
        with Image.open(BytesIO(bitmaps.plain(data))) as made:
            assert made.mode == modes
            assert made.getpixel((0, 0)) == ((0x80, 0) if clear else 0x80)
            assert made.getpixel((1, 0)) == ((0x40, 255) if clear else 0x40)
    other = picture(9, 9)
    assert bitmaps.plain(other) is other
