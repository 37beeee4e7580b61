"""The objects of a PDF that anybody may have made: nothing in it needs to be of the kind that the standard asks for.

Each function gives an empty value of its kind where the file has something else, so that no reader needs to ask.
"""

from __future__ import annotations

import zlib
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

MOST_UNPACKED = 75_000_000  # bytes of a stream
Key = tuple[str, int]  # an object: by its number in the file, or where it lies in memory
_FAULTS = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError)


def resolved(value: object) -> object:
    """What a reference leads to, ``None`` if nowhere."""
    for _ in range(20):  # references to references
        if not isinstance(value, IndirectObject):
            return value
        try:
            value = value.get_object()
        except _FAULTS:
            return None
    return None


def raw(holder: object, key: str) -> Any:
    """A value of a dictionary as it is written, perhaps a reference; ``None`` if it has none."""
    held = resolved(holder)
    return dict.get(held, key) if isinstance(held, DictionaryObject) else None


def get(holder: object, *keys: str) -> object:
    """The value at the end of a way through dictionaries, ``None`` if there is none."""
    for key in keys:
        holder = resolved(raw(holder, key))
    return holder


def dictionary(value: object) -> DictionaryObject:
    """A dictionary, an empty one for anything else."""
    held = resolved(value)
    return held if isinstance(held, DictionaryObject) else DictionaryObject()


def array(value: object) -> list[Any]:
    """The items of an array as they are written; a single value is an array of its own, nothing an empty one."""
    held = resolved(value)
    if isinstance(held, ArrayObject):
        return list(held)
    return [] if held is None else [value]


def name(value: object) -> str:
    """A name without its slash."""
    held = resolved(value)
    return str(held)[1:] if isinstance(held, NameObject) else ""


def text(value: object) -> str:
    """A text string, "" if there is none."""
    held = resolved(value)
    if isinstance(held, NameObject):
        return ""
    if isinstance(held, ByteStringObject):
        return bytes(held).decode("utf-8", "replace")
    return str(held) if isinstance(held, TextStringObject) else ""


def octets(value: object) -> bytes:
    """A string as the bytes that are in the file, as text is shown by them."""
    held = resolved(value)
    if isinstance(held, TextStringObject):
        return bytes(held.original_bytes)
    return bytes(held) if isinstance(held, bytes) else b""


def number(value: object, default: float = 0) -> float:
    """A number, ``default`` for anything else."""
    held = resolved(value)
    if isinstance(held, bool | BooleanObject) or not isinstance(held, int | float):
        return default
    return float(held)


def whole(value: object, default: int = -1) -> int:
    """A whole number, ``default`` for anything else."""
    held = resolved(value)
    return int(held) if isinstance(held, int) and not isinstance(held, bool | BooleanObject) else default


def true(value: object) -> bool | None:
    """A truth value, ``None`` if it is none."""
    held = resolved(value)
    return bool(held.value) if isinstance(held, BooleanObject) else None


def stream(value: object) -> bytes | None:
    """The content of a stream without its compression; ``None`` if it is no stream or cannot be unpacked."""
    held = resolved(value)
    if not isinstance(held, StreamObject):
        return None
    try:
        return bytes(held.get_data())
    except _FAULTS:
        return None


def unpacks(value: object) -> bool:
    """Whether all of a stream can be unpacked, as far as its usual compression alone tells."""
    held = resolved(value)
    if not isinstance(held, StreamObject) or [name(each) for each in array(raw(held, "/Filter"))] != ["FlateDecode"]:
        return True
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(held._data, MOST_UNPACKED)
    except zlib.error:
        return False
    return unpacking.eof


def is_stream(value: object) -> bool:
    """Whether it is a stream: a dictionary with bytes."""
    return isinstance(resolved(value), StreamObject)


def key(value: object) -> Key:
    """What tells an object from others: its number, or for one inside another its place in memory."""
    if isinstance(value, IndirectObject):
        return "object", value.idnum
    reference = getattr(value, "indirect_reference", None)
    if isinstance(reference, IndirectObject):
        return "object", reference.idnum
    return "inside", id(value)
