"""The colours of screens, sRGB, as an ICC profile: what archives must know to show a file's colours as they are today.

Made of the numbers of IEC 61966-2-1, so that anybody may copy it. ICC.1:2010, 7 (a profile), 8.3.3 (a display of three
colours), 10 (its parts).
"""

from __future__ import annotations

from functools import cache
from struct import pack

_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # (ax + b) ** g from d on, cx below
_WHITE = (0.9642, 1.0, 0.8249)  # D50, the white of all profiles
_COLOURS = {  # red, green and blue of sRGB as they look in that light
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
_ADAPTED = (1.04791, 0.02293, -0.0502, 0.0296, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179)  # from D65, by Bradford
_MADE = (2026, 1, 1, 0, 0, 0)
_VERSION = 0x04200000
NAME = "sRGB IEC61966-2.1"


@cache
def profile() -> bytes:
    """The profile, some 500 bytes."""
    curve = b"para" + bytes(4) + pack(">HH", 3, 0) + _fixed(*_CURVE)
    parts = {
        "desc": _text(NAME),
        "cprt": _text("No copyright, use freely"),
        "wtpt": _xyz(_WHITE),
        "chad": b"sf32" + bytes(4) + _fixed(*_ADAPTED),
        **{name: _xyz(colour) for name, colour in _COLOURS.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    places, data = dict[bytes, int](), b""
    table = pack(">I", len(parts))
    begin = 128 + 4 + 12 * len(parts)
    for name, part in parts.items():
        if part not in places:
            places[part] = begin + len(data)
            data += part + bytes(-len(part) % 4)
        table += name.encode() + pack(">II", places[part], len(part))
    size = begin + len(data)
    head = pack(">I4xI4s4s4s6H4s4x", size, _VERSION, b"mntr", b"RGB ", b"XYZ ", *_MADE, b"acsp")
    return head + bytes(24) + _fixed(*_WHITE) + bytes(48) + table + data


def _fixed(*numbers: float) -> bytes:
    return pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(colour: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*colour)


def _text(text: str) -> bytes:
    words = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + pack(">II2s2sII", 1, 12, b"en", b"US", len(words), 28) + words
