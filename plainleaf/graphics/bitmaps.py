"""Pictures made of pixels (PNG, JPEG): whole, to the last row? With ``photos`` the importer of Pillow.

Pillow alone does not tell: it takes pixels that end early for black ones if only the checksums are right. So a PNG's
rows are counted here, and then Pillow decodes all of them; of a JPEG, ``jpegs`` tells where its scans end. Sizes and
costs are looked at before anything is decoded.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from plainleaf.graphics import jpegs
from plainleaf.graphics.jpegs import DamagedError

MOST_PIXELS = 10_000  # on a side
MOST_AREA = 40_000_000  # pixels in all: A4 at 600 dots to the inch has 35 million
MOST_UNPACKED = 121_000_000  # bytes of a PNG's pixels: 40 million in 24 bits, with the filter of each row
MOST_TEXT = 1_000_000  # bytes of a PNG's texts and profiles, packed or not: Pillow takes no more
PALEST = 234  # of 255, grey on white paper: lighter has a contrast under 1.2, which nobody sees

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_BLOCK = 1 << 16  # bytes that are looked at together
_DAMAGED = "it is damaged"


# How other kinds of files begin: what people save under the name of a picture.
_KINDS = (
    (_SIGNATURE, "PNG"),
    (b"\xff\xd8", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"8BPS", "Photoshop file"),
    (b"\0\0\x01\0", "icon (ICO)"),
    (b"\0\0\0\x0cjP", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x1f\x8b", "packed file (gzip)"),
    (b"PK", "packed file (ZIP)"),
    (b"<svg", "drawing (SVG)"),
    (b"<?xml", "drawing (SVG)"),
    (b"<", "web page"),
)
_ENDINGS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes, "PNG"; "" if that is not known."""
    if data[4:8] == b"ftyp":
        return "HEIC or AVIF picture"
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((kind for begin, kind in _KINDS if data.startswith(begin) or head.startswith(begin)), "")


def fault(data: bytes, ending: str = "", paper: bool = False) -> str:
    """What is wrong with a PNG or JPEG, as the end of a sentence ("it is cut off ..."); "" if it is whole.

    ``ending``: of its name, ".png", which must fit what it is. With ``paper``, something of it must show on white.
    """
    kind = kind_of(data)
    try:
        if kind not in ("PNG", "JPEG"):
            return f"it is not a PNG or JPEG file, whatever its name says{f': it is a {kind}' if kind else ''}"
        if kind != _ENDINGS.get(ending, kind):
            right = ".png" if kind == "PNG" else ".jpg"
            return f"it is a {kind}, whatever its name says: rename it so that it ends in {right}"
        if kind == "PNG":
            _png(data)
            _decoded(data, kind, paper)
        else:
            _jpeg(data, paper)
    except DamagedError as error:
        return str(error)
    return ""


def area(data: bytes) -> int:
    """How many pixels a PNG or JPEG says that it has, nothing decoded; 0 if it does not say."""
    if data.startswith(_SIGNATURE):
        return int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    try:
        found = jpegs.parts(data)
    except DamagedError:
        return 0
    return found.width * found.height


def _jpeg(data: bytes, paper: bool) -> None:
    """All of its scans are decoded, to a part of the size, with and without more data behind each.

    An eighth shows the first figure of each block, a half also those that come in scans of their own.
    """
    found = jpegs.parts(data)
    _check_size(found.width, found.height)
    jpegs.check_cost(found)
    part = 2 if len(found.ends) > 1 else 8
    if _decoded(data, "JPEG", paper, part) != _decoded(jpegs.overfull(data, found), "JPEG", part=part):
        raise DamagedError(f"{_DAMAGED}: some pixels are missing and would be printed grey")


def _decoded(data: bytes, kind: str, paper: bool = False, part: int = 8) -> bytes:
    """All pixels, by Pillow, which is to bear with nothing; raises ``DamagedError``.

    Gives the pixels of a JPEG, on each side one of ``part``.
    """
    from PIL import Image

    try:
        with _strict(), Image.open(BytesIO(data), formats=[kind]) as picture:
            _check_size(*picture.size)
            picture.draft(None, (picture.width // part, picture.height // part))
            picture.load()
            if picture.mode == "P" and (colours := picture.getpalette()):
                highest = picture.getextrema()[1]
                if isinstance(highest, int | float) and highest >= len(colours) // 3:
                    raise DamagedError(f"{_DAMAGED}: some pixels use a colour that is not in its palette")
            if paper and not _shows(picture):
                raise DamagedError("nothing in it can be seen on white paper: it is blank or transparent")
            return picture.tobytes() if kind == "JPEG" else b""
    except (DamagedError, MemoryError):
        raise
    except Exception as error:  # a decoder at work on foreign data may raise anything
        raise DamagedError(f"{_DAMAGED}: its pixels cannot be decoded ({error})") from error


def _shows(picture: Any) -> bool:
    """Whether any pixel shows on white paper; looked for in strips, as a copy of it all might not fit into memory."""
    from PIL import Image

    if picture.mode.startswith("I"):  # grey in 16 bits
        return bool(picture.getextrema()[0] <= PALEST * 257)
    high = max(1, 1_000_000 // picture.width)
    for top in range(0, picture.height, high):
        strip = picture.crop((0, top, picture.width, min(picture.height, top + high)))
        if "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA"):
            strip = strip.convert("RGBA")
            strip = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
        if strip.convert("L").getextrema()[0] <= PALEST:
            return True
    return False


@contextmanager
def _strict() -> Iterator[None]:
    """WeasyPrint has Pillow bear with pictures that end early. What Pillow warns of is no message for people."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise DamagedError(f"it is {width} by {height} pixels; at most {MOST_PIXELS} on a side")
    if width * height > MOST_AREA:
        raise DamagedError(f"it is {width} by {height} pixels; at most {MOST_AREA // 1_000_000} million in all")


# --------------------------------------------------------------------------- PNG


def _png(data: bytes) -> None:
    """PNG (ISO/IEC 15948): a signature, then chunks of length, name, content, checksum; IHDR first, IEND last."""
    chunks: list[tuple[bytes, bytes]] = []
    at = len(_SIGNATURE)
    while not chunks or chunks[-1][0] != b"IEND":
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if at + 12 > len(data) or end > len(data):
            raise DamagedError("it is cut off before its end")
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise DamagedError(f"{_DAMAGED}: the checksum of a part ({name.decode('ascii', 'replace')}) is wrong")
        _check_beside(name, length, data[at + 8 : end - 4])
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
        raise DamagedError(f"{_DAMAGED}: its size is missing")
    _check_size(int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big"))
    depth, colours, compression, filters, interlaced = content[8:]
    if depth not in _DEPTHS.get(colours, ()) or compression or filters or interlaced > 1:
        raise DamagedError(f"{_DAMAGED}: its header is not that of a PNG (colours {colours}, {depth} bits)")
    width, height = int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big")
    if height * (1 + width * depth * _CHANNELS[colours] // 8) > MOST_UNPACKED:
        size = f"{width} by {height} pixels of {depth * _CHANNELS[colours]} bits"
        most = f"more than {MOST_UNPACKED // 1_000_000} MB once it is unpacked"
        raise DamagedError(f"it is {size}, {most}: save it smaller, or with 8 bits a colour")


def _check_beside(name: bytes, length: int, content: bytes) -> None:
    """What stands beside the pixels: no animation, no text or profile without an end."""
    if name in (b"acTL", b"fcTL", b"fdAT"):
        raise DamagedError("it is an animation: save the one picture that should be printed")
    if name in (b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf"):
        packed = content.partition(b"\0")[2][1:] if name in (b"zTXt", b"iCCP") else b""
        if length > MOST_TEXT or _long(packed):
            where = "colour profile" if name == b"iCCP" else "text about it"
            raise DamagedError(f"its {where} is longer than {MOST_TEXT // 1_000_000} MB: save it again without that")


def _long(packed: bytes) -> bool:
    try:
        return len(_Unpacked(packed).take(MOST_TEXT + 1)) > MOST_TEXT
    except zlib.error:  # then Pillow says so
        return False


def _check_order(names: list[bytes]) -> None:
    if b"IDAT" not in names:
        raise DamagedError("it contains no picture")
    first, count = names.index(b"IDAT"), names.count(b"IDAT")
    strange = [name for name in names if name[:1].isupper() and name not in _CRITICAL]
    if strange:
        raise DamagedError(f"{_DAMAGED}: it has an unknown part ({strange[0].decode('ascii', 'replace')})")
    if names.count(b"IHDR") > 1 or names.count(b"PLTE") > 1 or set(names[first : first + count]) != {b"IDAT"}:
        raise DamagedError(f"{_DAMAGED}: its parts are in the wrong order")
    if b"PLTE" in names[first:] or b"tRNS" in names[first:]:
        raise DamagedError(f"{_DAMAGED}: its colours come after its pixels")


def _check_colours(head: bytes, palette: bytes | None, clear: bytes | None) -> None:
    depth, colours = head[8:10]
    if colours == 3 and palette is None:
        raise DamagedError(f"{_DAMAGED}: its palette is missing")
    if palette is not None and (colours in (0, 4) or len(palette) % 3 or not 0 < len(palette) // 3 <= 256):
        raise DamagedError(f"{_DAMAGED}: its palette is not valid")
    if colours == 3 and palette and len(palette) // 3 > 1 << depth:
        raise DamagedError(f"{_DAMAGED}: its palette has more colours than its pixels can use")
    if clear is not None:
        right = {0: len(clear) == 2, 2: len(clear) == 6, 3: len(clear) <= len(palette or b"") // 3}
        if not right.get(colours, False):
            raise DamagedError(f"{_DAMAGED}: it does not say which parts are transparent")


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
                    raise DamagedError(
                        f"{_DAMAGED}: it has only {done + len(block) // stride} of {rows} rows of pixels"
                    )
                if max(block[::stride]) > 4:
                    raise DamagedError(f"{_DAMAGED}: its pixels are damaged")
                count, done = count - some, done + some
        if unpacked.take(1):
            raise DamagedError(f"{_DAMAGED}: it has more pixels than its header says")
    except zlib.error as error:
        raise DamagedError(f"{_DAMAGED}: its pixels are damaged") from error
    if not unpacked.ended:
        raise DamagedError(f"{_DAMAGED}: its pixels are cut off before their end")


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

    with Image.open(BytesIO(plain(data)), formats=["PNG", "JPEG"]) as picture:
        inked = picture.convert("RGBA")
        picture.close()  # frees its pixels: there may be many
    if (times := max(inked.size) // (4 * side)) > 1:
        inked = inked.reduce(times)
    whole = Image.alpha_composite(Image.new("RGBA", inked.size, ground), inked).convert("RGB")
    whole.thumbnail((side, side), Image.Resampling.BOX)
    return [(colour, count) for count, colour in whole.getcolors(side * side) or [] if isinstance(colour, tuple)]


def colour(name: str) -> tuple[int, ...]:
    """A colour of CSS as red, green, blue and maybe alpha, 0 to 255. Raises ``ValueError`` if it is not known."""
    from PIL import ImageColor

    return ImageColor.getrgb(name)
