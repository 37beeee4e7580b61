"""Pictures: drawings from a grammar of SVG; PNG and JPEG put together from parts of which any may be wrong."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image

from tests.fuzz.grammar import Rules, again, deep

SVG: Rules = {
    "drawing": (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90">⟨part*⟩<path d="M1 1h80v80z"/></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" ⟨about*⟩>⟨part*⟩⟨part⟩</svg>',
        '<?xml version="1.0"⟨about*⟩?><svg xmlns="http://www.w3.org/2000/svg" viewBox="⟨list⟩">⟨part*⟩</svg>',
            '<svg xmlns="⟨name⟩" viewBox="0 0 9 9">⟨part⟩</svg>',
        '<!DOCTYPE svg [<!ENTITY a "⟨words⟩"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg" vie'
        'wBox="0 0 9 9">&b;</svg>',
    ),
    "about": ('viewBox="0 0 90 90" ', 'viewBox="⟨list⟩" ', 'width="⟨length⟩" ', 'height="⟨length⟩" ',
        'preserveAspectRatio="⟨name⟩" ', 'data-mirror="rtl" ', 'encoding="⟨name⟩" ', ' encoding="utf-7"',
            "⟨attribute⟩"),
    "part": (
        '<rect width="9" height="9"/>', "<⟨shape⟩ ⟨attribute*⟩/>",
            "<⟨shape⟩ ⟨attribute*⟩⟨attribute*⟩>⟨part*⟩</⟨shape⟩>", "<g ⟨attribute*⟩>⟨part*⟩</g>",
            '<path d="⟨path⟩" ⟨attribute*⟩/>', '<polygon points="⟨list⟩"/>',
        '<g id="⟨id⟩">⟨part*⟩</g>', '<use href="#⟨id⟩" ⟨attribute*⟩/>',
            '<pattern id="⟨id⟩" width="⟨length⟩" height="1">⟨part*⟩</pattern>', '<mask id="⟨id⟩">⟨part*⟩</mask>',
                '<clipPath id="⟨id⟩">⟨part*⟩</clipPath>',
        '<marker id="⟨id⟩" orient="⟨length⟩">⟨part*⟩</marker>',
            '<linearGradient id="⟨id⟩" href="#⟨id⟩" ⟨attribute*⟩><stop offset="⟨length⟩" stop-color="⟨colour⟩"'
            '/></linearGradient>', "<style>⟨css⟩</style>",
        '<image href="data:image/png;base64,⟨data⟩" width="9" height="9"/>', "<text>⟨words⟩</text>",
            "<title>⟨words⟩</title>", "<!-- ⟨words⟩ -->", "<![CDATA[⟨words⟩]]>", "⟨words⟩", "<⟨name⟩/>",
            "<symbol id='⟨id⟩' viewBox='⟨list⟩'>⟨part*⟩</symbol>",
        '<svg viewBox="⟨list⟩">⟨part*⟩</svg>', "<switch>⟨part*⟩</switch>",
            '<filter id="⟨id⟩"><feGaussianBlur stdDeviation="⟨length⟩"/></filter>',
        deep(("<g>", "</g>"), ('<svg viewBox="0 0 9 9">', "</svg>"), ('<g transform="scale(9)">', "</g>"), ("<defs>",
            "</defs>")),
        again('<use href="#a"/>', "<g/>", '<path d="M0 0h9v9z"/>', '<rect width="9" height="9" fill="url(#a)"/>',
            "&#65;", "<!---->"), lambda chance: bomb(chance),
    ),
    "id": ("a", "b", "c", "⟨name⟩"),
    "shape": ("rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "g", "use", "image", "a", "defs",
        "radialGradient", "stop", "script", "foreignObject", "animate", "⟨name⟩"),
    "attribute": (
        'fill="red" ', 'x="⟨length⟩" ', 'y="⟨length⟩" ', 'width="⟨length⟩" ', 'height="⟨length⟩" ', 'r="⟨length⟩" ',
            'rx="⟨length⟩" ', 'points="⟨list⟩" ', 'd="⟨path⟩" ', 'transform="⟨move⟩" ', 'patternTransform="⟨move⟩" ',
                'fill="⟨colour⟩" ',
        'stroke="⟨colour⟩" ', 'stroke-width="⟨length⟩" ', 'stroke-dasharray="⟨list⟩" ', 'opacity="⟨length⟩" ',
            'style="⟨css⟩" ', 'class="⟨name⟩" ', 'href="⟨link⟩" ', 'xlink:href="#a" ', 'mask="url(#⟨id⟩)" ',
                'clip-path="url(#⟨id⟩)" ',
        'marker-mid="url(#⟨id⟩)" ', 'filter="url(#⟨id⟩)" ', 'display="none" ', 'visibility="hidden" ', 'id="⟨id⟩" ',
            'onclick="a" ', '⟨name⟩="⟨words⟩" ', 'viewBox="⟨list⟩" ', 'gradientUnits="userSpaceOnUse" ',
                'patternUnits="⟨name⟩" ',
    ),
    "link": ("#a", "#⟨id⟩", "https://a.example", "data:image/png;base64,⟨data⟩", "data:image/svg+xml;base64,⟨data⟩",
        "file:///etc/passwd", " #a", "//a.example"),
    "data": (lambda chance: base64.b64encode(png(chance)).decode(), "⟨words⟩", "AAAA", ""),
    "length": ("9", "-1", "⟨figure⟩", "⟨figure⟩%", "⟨figure⟩mm", "⟨figure⟩em", "auto", "calc(1px)", ""),
    "figure": ("5", "0", "-0", "1e8", "1e9", "1e-400", "1e400", ".5", "5.", "--5", "nan", "inf", "1" * 400, "٣",
        "0x10", "1e", "9" * 20 + ".5e-9", "1e-9"),
    "list": ("0 0 9 9", "⟨figure⟩ ⟨figure⟩ ⟨figure⟩ ⟨figure⟩", "⟨figure⟩,⟨list⟩", "⟨figure⟩", "", ",", again("1 ",
        "1,", "-1", "1.", ".1", "1e1 ", "  ", "+")),
    "path": ("M0 0h9v9z", "M⟨list⟩", "M0 0⟨step*⟩⟨step*⟩", "m⟨figure⟩⟨figure⟩⟨step⟩z", "⟨words⟩", "",
        "M0 0" + "z" * 30, again("M0 0", "L1 1", "z", "a1 1 0 0 1 1 1", "h", "M0 0h9", "1 ")),
    "step": ("L5 5", "l⟨list⟩", "h⟨figure⟩", "c⟨list⟩", "a⟨list⟩", "A5 5 0 01 9 9", "q⟨list⟩", "t1 1", "z", "⟨odd⟩"),
    "move": ("rotate(5)", "scale(⟨list⟩)", "matrix(⟨list⟩)", "translate(⟨list⟩) ⟨move⟩", "skewX(⟨figure⟩)",
        "⟨words⟩", "none", "scale(0)", again("scale(9)", "rotate(1) ", "(", "a(", " ")),
    "colour": ("red", "#fff", "#12345", "url(#⟨id⟩)", "none", "currentColor", "rgb(⟨list⟩)", "hsl(⟨figure⟩,1%,1%)",
        "white", "transparent", "⟨words⟩", "url(#a) red", "inherit", "rgba(0,0,0,0)"),
    "css": ("fill:red", "rect{fill:⟨colour⟩}", "fill:⟨colour⟩;opacity:⟨figure⟩", ".⟨name⟩{⟨css⟩}", "@import 'a'",
        "url(⟨link⟩)", "@media print{⟨css⟩}", "\\75rl(a)", "display:none", "* {display:none}", "/*", "⟨words⟩",
        "⟨css⟩;⟨css⟩",
            deep(("{", "}"), ("a{", "}"), ("(", ")"), ("@media a{", "}")), again("a{}", "a ", "{", "/*", "\\", ":",
                ";", "url(", "a,")),
}  # fmt: skip


def bomb(chance: random.Random) -> str:
    """What is used again and again, each time more often."""
    levels, times = chance.choice((2, 5, 9, 30)), chance.choice((1, 3, 10))
    kind, use = chance.choice((
        ('<g id="n{}">', '<use href="#n{}"/>'), ('<pattern id="n{}" width="1" height="1">',
        '<rect width="9" height="9" fill="url(#n{})"/>'), ('<mask id="n{}">',
            '<g mask="url(#n{})"><path d="M0 0h9v9z"/></g>'),
        ('<clipPath id="n{}">', '<path clip-path="url(#n{})" d="M0 0h9v9z"/>'), ('<marker id="n{}">',
        '<path marker-mid="url(#n{})" d="M0 0L1 1L2 2L3 3"/>'),
    ))  # fmt: skip
    end = f"</{kind[1:].split()[0]}>"
    made = "".join(kind.format(level) + use.format(level - 1) * times + end for level in range(1, levels))
    return f'<g id="n0"><path d="M0 0h9v9z"/></g>{made}{use.format(levels - 1)}'


# --------------------------------------------------------------------------- pixels

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _chunk(chance: random.Random, name: bytes, content: bytes) -> bytes:
    length, check = len(content), zlib.crc32(name + content)
    if chance.random() < 0.02:
        length = chance.choice((0, length + 1, 0x7FFFFFFF, 0xFFFFFFFF))
    if chance.random() < 0.02:
        check ^= 1
    return struct.pack(">I", length) + name + content + struct.pack(">I", check)


def png(chance: random.Random) -> bytes:
    """A PNG of any kind, with parts that are missing, doubled, out of place, too long or full of nothing."""
    colours, depth = chance.choice(((0, 1), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 8), (4, 8), (6, 8), (6, 16)))
    width, height = chance.choice((1, 2, 3, 8, 9, 33, 100)), chance.choice((1, 2, 3, 8, 9, 33, 100))
    stride = 1 + (width * depth * _CHANNELS[colours] + 7) // 8
    pixels = b"".join(bytes([chance.choice((0, 1, 2, 3, 4, 4, 4, 4) if chance.random() < 0.99 else (5,
        255))]) + chance.randbytes(stride - 1)
                      for _ in range(height))  # fmt: skip
    said = [width, height, depth, colours, 0, 0, 0]
    if chance.random() < 0.2:
        field = chance.randrange(7)
        said[field] = chance.choice((0, 1, 3, 5, 7, 255) if field > 1 else (0, 1, 65535, 2**31 - 1, 2**32 - 1, 10_000))
    if chance.random() < 0.1:
        pixels = chance.choice((pixels[:-1], pixels + b"\0", b"", pixels * 2, bytes(3_000_000)))
    packed = zlib.compress(pixels, chance.choice((0, 1, 9)))
    if chance.random() < 0.1:
        packed = chance.choice(
            (packed[:-4], packed[: len(packed) // 2], packed + b"x", b"", packed[2:], b"\x78\x9c" * 9)
        )
    parts = [(b"IHDR", struct.pack(">IIBBBBB", *said))]
    if colours == 3 or chance.random() < 0.1:
        parts.append(
            (
                b"PLTE",
                chance.randbytes(3 * chance.choice((1, 2, 1 << min(depth, 8), 256, 257)) - (chance.random() < 0.1)),
            )
        )
    size = chance.choice((len(packed) or 1, 7, 1000))
    parts += [(b"IDAT", packed[at : at + size]) for at in range(0, len(packed), size)]
    for _ in range(chance.randint(0, 3)):
        parts.insert(chance.randrange(len(parts) + 1), _beside(chance))
    parts.append((b"IEND", b""))
    if chance.random() < 0.1:
        at = chance.randrange(len(parts))
        parts = chance.choice((parts[:at], parts[:at] + parts[at + 1 :], parts[: at + 1] + parts[at:], parts[::-1]))
    return _cut(chance, b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(chance, *part) for part in parts))


def _beside(chance: random.Random) -> tuple[bytes, bytes]:
    name = chance.choice((b"tEXt", b"zTXt", b"iTXt", b"iCCP", b"eXIf", b"tRNS", b"gAMA", b"cHRM", b"pHYs", b"sRGB",
        b"acTL", b"fcTL", b"tIME", b"abcd", b"ABCD", b"bKGD", b"\0\0\0\0"))  # fmt: skip
    packed = _nothing(chance.choice((5, 2_000_000, 9_000_000)) if chance.random() < 0.1 else 5)
    content = (
        b"",
        b"\0",
        chance.randbytes(6),
        b"a\0\0" + packed,
        b"a\0\1\0\0\0" + packed,
        b"II*\0\x08\0\0\0" + chance.randbytes(30),
    )
    return name, chance.choice(content)


@cache
def _nothing(length: int) -> bytes:
    return zlib.compress(bytes(length))


@cache
def _jpegs() -> tuple[bytes, ...]:
    made = []
    for mode, options in (
        ("L", {}),
        ("RGB", {"progressive": True}),
        ("RGB", {"subsampling": 2}),
        ("CMYK", {}),
        ("RGB", {"restart_marker_blocks": 1}),
    ):
        out = BytesIO()
        Image.effect_noise((40, 33), 90).convert(mode).save(out, "JPEG", **options)
        made.append(out.getvalue())
    return tuple(made)


def jpeg(chance: random.Random) -> bytes:
    """A JPEG whose segments are changed, doubled, left out, or say other sizes, tables and lengths than they have."""
    parts = _segments(chance.choice(_jpegs()))
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(parts))
        change = chance.randrange(7)
        if change == 0:
            del parts[at]
            parts = parts or [b"\xff\xd8"]
        elif change == 1:
            parts.insert(chance.randrange(len(parts)), parts[at])
        elif change == 2 and len(parts[at]) > 4:
            place = chance.randrange(2, len(parts[at]))
            parts[at] = (
                parts[at][:place] + bytes([chance.choice((0, 1, 255, chance.randrange(256)))]) + parts[at][place + 1 :]
            )
        elif change == 3:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        elif change == 4:
            marker = chance.choice((0xE1, 0xE2, 0xC0, 0xC2, 0xDB, 0xC4, 0xDD, 0xFE, 0xD9, 0xD0, 0xDA, 0xCC, 0xF0))
            content = chance.choice(
                (
                    b"Exif\0\0II*\0\x08\0\0\0" + chance.randbytes(40),
                    b"ICC_PROFILE\0\1\1" + chance.randbytes(40),
                    chance.randbytes(20),
                )
            )
            parts.insert(
                at, bytes([0xFF, marker]) + struct.pack(">H", chance.choice((len(content) + 2, 0, 1, 65535))) + content
            )
        elif change == 5:
            parts[at] = parts[at] * chance.choice((2, 30, 300))
        else:
            parts[at] = parts[at][: chance.randrange(1 + len(parts[at]))]
    return _cut(chance, b"".join(parts))


def _segments(data: bytes) -> list[bytes]:
    """The parts of a JPEG: each marker with what belongs to it; the coded pixels are with the marker of their"
    " scan."""
    starts = [
        at
        for at in range(len(data) - 1)
        if data[at] == 0xFF and data[at + 1] >= 0xC0 and not 0xD0 <= data[at + 1] <= 0xD7
    ]
    return [data[at:end] for at, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def _cut(chance: random.Random, data: bytes) -> bytes:
    if chance.random() < 0.05:
        data = data[: chance.randrange(1 + len(data))]
    return data + chance.randbytes(5) if chance.random() < 0.05 else data
