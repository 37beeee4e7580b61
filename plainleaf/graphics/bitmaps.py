"""Pictures made of pixels (PNG, JPEG): whole, to the last row? With ``photos`` the importer of Pillow.

Pillow alone does not tell: it takes pixels that end early for black ones if only the checksums are right. So a PNG's
rows are counted here, and then Pillow decodes all of them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

MOST_PIXELS = 10_000  # on a side
MOST_AREA = 40_000_000  # pixels in all: A4 at 600 dots to the inch has 35 million

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_BLOCK = 1 << 16  # bytes that are looked at together
_DAMAGED = "it is damaged"


class _DamagedError(Exception):
    """What is wrong with a picture, as the end of a sentence."""


def fault(data: bytes) -> str:
    """What is wrong with a PNG or JPEG, as the end of a sentence ("it is cut off ..."); "" if it is whole."""
    try:
        if data.startswith(_SIGNATURE):
            _png(data)
            _decoded(data, "PNG")
        elif data.startswith(b"\xff\xd8"):
            if data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda"):
                raise _DamagedError("it is cut off before its end")
            _decoded(data, "JPEG")
        else:
            return "it is no PNG or JPEG file, whatever its name says"
    except _DamagedError as error:
        return str(error)
    return ""


def _decoded(data: bytes, kind: str) -> None:
    """All pixels, by Pillow, which is to bear with nothing; raises ``_DamagedError``."""
    from PIL import Image

    try:
        with _strict(), Image.open(BytesIO(data), formats=[kind]) as picture:
            _check_size(*picture.size)
            picture.load()
            if picture.mode == "P" and (colours := picture.getpalette()):
                highest = picture.getextrema()[1]
                if isinstance(highest, int | float) and highest >= len(colours) // 3:
                    raise _DamagedError(f"{_DAMAGED}: pixels ask for a colour that its palette lacks")
    except (_DamagedError, MemoryError):
        raise
    except Exception as error:  # a decoder at work on foreign data may raise anything
        raise _DamagedError(f"{_DAMAGED}: its pixels cannot be decoded ({error})") from error


@contextmanager
def _strict() -> Iterator[None]:
    """WeasyPrint has Pillow bear with pictures that end early."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise _DamagedError(f"it is {width} by {height} pixels; at most {MOST_PIXELS} on a side")
    if width * height > MOST_AREA:
        raise _DamagedError(f"it is {width} by {height} pixels; at most {MOST_AREA // 1_000_000} million in all")


# --------------------------------------------------------------------------- PNG


def _png(data: bytes) -> None:
    """PNG (ISO/IEC 15948): a signature, then chunks of length, name, content, checksum; IHDR first, IEND last."""
    chunks: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while not chunks or chunks[-1][0] != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if at + 12 > len(data) or end > len(data):
            raise _DamagedError("it is cut off before its end")
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise _DamagedError(f"{_DAMAGED}: the checksum of a part ({name.decode('ascii', 'replace')}) is wrong")
        chunks.append((name, data[at + 8 : end - 4]))
        if len(chunks) == 1:
            _check_header(*chunks[0])
        at = end
    _check_order([name for name, _ in chunks])
    head, parts = chunks[0][1], dict(chunks)
    _check_colours(head, parts.get(b"PLTE"), parts.get(b"tRNS"))
    _check_rows(head, b"".join(content for name, content in chunks if name == b"IDAT"))


def _check_header(name: bytes, content: bytes) -> None:
    if name != b"IHDR" or len(content) != 13:
        raise _DamagedError(f"{_DAMAGED}: it does not say its size")
    _check_size(int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big"))
    depth, colours, compression, filters, interlaced = content[8:]
    if depth not in _DEPTHS.get(colours, ()) or compression or filters or interlaced > 1:
        raise _DamagedError(f"{_DAMAGED}: its head says what no PNG is (colours {colours}, {depth} bits)")


def _check_order(names: list[bytes]) -> None:
    if b"IDAT" not in names:
        raise _DamagedError("it holds no picture")
    first, count = names.index(b"IDAT"), names.count(b"IDAT")
    strange = [name for name in names if name[:1].isupper() and name not in _CRITICAL]
    if strange:
        raise _DamagedError(f"{_DAMAGED}: it has a part that no reader knows ({strange[0].decode('ascii', 'replace')})")
    if names.count(b"IHDR") > 1 or names.count(b"PLTE") > 1 or set(names[first : first + count]) != {b"IDAT"}:
        raise _DamagedError(f"{_DAMAGED}: its parts are in disorder")
    if b"PLTE" in names[first:] or b"tRNS" in names[first:]:
        raise _DamagedError(f"{_DAMAGED}: its colours come behind its pixels")


def _check_colours(head: bytes, palette: bytes | None, clear: bytes | None) -> None:
    depth, colours = head[8:10]
    if colours == 3 and palette is None:
        raise _DamagedError(f"{_DAMAGED}: its palette is missing")
    if palette is not None and (colours in (0, 4) or len(palette) % 3 or not 0 < len(palette) // 3 <= 256):
        raise _DamagedError(f"{_DAMAGED}: its palette cannot be right")
    if colours == 3 and palette and len(palette) // 3 > 1 << depth:
        raise _DamagedError(f"{_DAMAGED}: its palette has more colours than its pixels can name")
    if clear is not None:
        right = {0: len(clear) == 2, 2: len(clear) == 6, 3: len(clear) <= len(palette or b"") // 3}
        if not right.get(colours, False):
            raise _DamagedError(f"{_DAMAGED}: what is transparent in it cannot be told")


def _check_rows(head: bytes, packed: bytes) -> None:
    """Exactly the rows that the head announces, each begun by a filter that there is, and the checksum behind them."""
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    bits = head[8] * _CHANNELS[head[9]]
    passes = list(_passes(width, height)) if head[12] else [(width, height)]
    done, rows = 0, sum(count for _, count in passes)
    unpacked = _Unpacked(packed)
    try:
        for across, count in passes:
            stride = 1 + (across * bits + 7) // 8
            while count:
                some = min(count, max(1, _BLOCK // stride))
                block = unpacked.take(some * stride)
                if len(block) < some * stride:
                    raise _DamagedError(f"{_DAMAGED}: it holds {done + len(block) // stride} of {rows} rows of pixels")
                if max(block[::stride]) > 4:
                    raise _DamagedError(f"{_DAMAGED}: its pixels are spoilt")
                count, done = count - some, done + some
        if unpacked.take(1):
            raise _DamagedError(f"{_DAMAGED}: it holds more pixels than its head says")
    except zlib.error as error:
        raise _DamagedError(f"{_DAMAGED}: its pixels are spoilt") from error
    if not unpacked.ended:
        raise _DamagedError(f"{_DAMAGED}: its pixels are cut off before their end")


class _Unpacked:
    """What deflated data hold, taken as it is asked for: a small file may unpack to more than there is memory."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._unpacker = zlib.decompressobj()

    @property
    def ended(self) -> bool:
        """Whether the data had an end, with a checksum that is right."""
        return self._unpacker.eof

    def take(self, size: int) -> bytes:
        """The next bytes, fewer only where there are no more. Raises ``zlib.error``."""
        parts, left = list[bytes](), size
        while left and not self.ended:
            part = self._unpacker.decompress(self._packed, left)
            if not part and not self._packed:
                break
            self._packed = self._unpacker.unconsumed_tail
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


def _passes(width: int, height: int) -> Iterator[tuple[int, int]]:
    """Of an interlaced picture, the width and height of each pass that has pixels."""
    for left, top, across, down in _ADAM7:
        size = (width - left + across - 1) // across, (height - top + down - 1) // down
        if min(size) > 0:
            yield size


# --------------------------------------------------------------------------- for others


def plain(data: bytes) -> bytes:
    """A whole picture as WeasyPrint prints it rightly: grey in 16 bits, which it prints black, in 8; others untouched.

    Pillow gives the alpha of a grey value that is to be clear as RGBA; here it is worked out byte by byte.
    """
    if data[:8] != _SIGNATURE or data[24:26] != b"\x10\0":
        return data
    from PIL import Image, ImageChops

    with _strict(), Image.open(BytesIO(data)) as picture:
        picture.load()
        size, values, clear = picture.size, picture.tobytes("raw", "I;16"), picture.info.get("transparency")
    low, high = values[::2], values[1::2]
    grey = Image.frombytes("L", size, high)
    if isinstance(clear, int):
        others = [bytes(255 * (value != part) for value in range(256)) for part in (clear & 255, clear >> 8)]
        masks = [Image.frombytes("L", size, b.translate(t)) for b, t in zip((low, high), others, strict=True)]
        grey.putalpha(ImageChops.lighter(*masks))
    out = BytesIO()
    grey.save(out, "PNG")
    return out.getvalue()


def on_ground(data: bytes, ground: str, side: int) -> list[tuple[tuple[int, ...], int]]:
    """The colours of a picture on a ground, each with its number of pixels, when it is ``side`` pixels long at most.

    Raises what Pillow raises for a picture that is not whole.
    """
    from PIL import Image

    with Image.open(BytesIO(plain(data))) as picture:
        inked = picture.convert("RGBA")
    whole = Image.alpha_composite(Image.new("RGBA", inked.size, ground), inked).convert("RGB")
    whole.thumbnail((side, side), Image.Resampling.BOX)
    return [(colour, count) for count, colour in whole.getcolors(side * side) or [] if isinstance(colour, tuple)]


def colour(name: str) -> tuple[int, ...]:
    """A colour of CSS as red, green, blue and maybe alpha, 0 to 255. Raises ``ValueError`` if it is not known."""
    from PIL import ImageColor

    return ImageColor.getrgb(name)
