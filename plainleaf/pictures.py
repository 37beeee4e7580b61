"""Is a picture whole and harmless? Told from its structure, without drawing it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from plainleaf import files

MOST_BYTES = {".svg": 500_000, ".png": 4_000_000}
MOST_PIXELS = 10_000  # on a side

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"}
_OUTSIDE = re.compile(r"""url\(\s*["']?(?!\s*#)|@import""", re.IGNORECASE)


def fault(path: Path, *roots: Path) -> str:
    """What is wrong with an SVG or PNG file, as the end of a sentence ("it is cut off ..."); "" if nothing is."""
    kind = path.suffix.lower()
    if kind not in MOST_BYTES:
        return "it is neither SVG nor PNG"
    try:
        data = files.read(path, *roots, most=MOST_BYTES[kind])
    except files.RefusedError as error:
        return f"it {error.strerror}"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return _png(data) if kind == ".png" else _svg(data)


def mirrors(path: Path, *roots: Path) -> bool:
    """Whether a picture says of itself that it turns round on right-to-left pages: ``<svg data-mirror="rtl">``."""
    try:
        head = files.read(path, *roots)[:2000] if path.suffix.lower() == ".svg" else b""
    except OSError:
        return False
    return re.search(rb"<svg\b[^>]*\sdata-mirror=\"rtl\"", head) is not None


# --------------------------------------------------------------------------- PNG


def _png(data: bytes) -> str:
    """PNG (ISO/IEC 15948): a signature, then chunks of length, name, content, checksum; IHDR first, IEND last."""
    if not data.startswith(_SIGNATURE):
        return "it is no PNG file, whatever its name says"
    at = len(_SIGNATURE)
    names: list[bytes] = []
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            break
        if zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return f"it is damaged: the checksum of a part ({name.decode('ascii', 'replace')}) is wrong"
        if not names and (wrong := _header(name, data[at + 8 : end - 4])):
            return wrong
        names.append(name)
        at = end
        if name == b"IEND":
            return "" if b"IDAT" in names else "it holds no picture"
    return "it is cut off before its end"


def _header(name: bytes, content: bytes) -> str:
    if name != b"IHDR" or len(content) != 13:
        return "it is damaged: its size is not told"
    width, height = int.from_bytes(content[:4], "big"), int.from_bytes(content[4:8], "big")
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        return f"it is {width} by {height} pixels; at most {MOST_PIXELS} on a side"
    return ""


# --------------------------------------------------------------------------- SVG


class _UnsafeError(Exception):
    """Something in an SVG that could run, or would be fetched from elsewhere."""


def _svg(data: bytes) -> str:
    """Well-formed XML with ``<svg>`` outside, without entities, programs, or anything that lies elsewhere."""
    parser = expat.ParserCreate(namespace_separator=" ")
    styles: list[str] = []
    root: list[str] = []
    inside: list[str] = []

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not root:
            root.append(tag)
            if tag != f"{_SVG} svg":
                raise _UnsafeError(f'it begins with <{name}>, not with <svg xmlns="{_SVG}">')
            if "viewBox" not in attributes and not {"width", "height"} <= attributes.keys():
                raise _UnsafeError("it does not tell its size: give <svg> a viewBox")
        if name in _FORBIDDEN:
            raise _UnsafeError(f"it holds <{name}>")
        if name == "text":
            raise _UnsafeError("it holds letters, which need a font: turn them into paths (outlines)")
        inside.append(name)
        for key, value in attributes.items():
            _attribute(key.rpartition(" ")[2], value)

    def end(_: str) -> None:
        inside.pop()

    def said(text: str) -> None:
        if inside[-1:] == ["style"]:
            styles.append(text)

    def doctype(*_: object) -> None:
        raise _UnsafeError("it holds a DOCTYPE: save it as “plain SVG”")

    def instruction(target: str, _: str) -> None:
        raise _UnsafeError(f"it holds <?{target}>")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = said
    parser.StartDoctypeDeclHandler, parser.ProcessingInstructionHandler = doctype, instruction
    try:
        parser.Parse(data, True)
    except _UnsafeError as error:
        return str(error)
    except expat.ExpatError as error:
        return f"it is no XML that can be read: {expat.ErrorString(error.code)}, line {error.lineno}"
    except (LookupError, ValueError):
        return "its encoding is not known: save it as UTF-8"
    return "its style asks for something outside the file" if _OUTSIDE.search("".join(styles)) else ""


def _attribute(key: str, value: str) -> None:
    if key.lower().startswith("on"):
        raise _UnsafeError(f"it holds a program ({key}=...)")
    within = ("#", "data:image/png;base64,", "data:image/jpeg;base64,")
    if key.lower() in ("href", "src") and not value.strip().startswith(within):
        raise _UnsafeError(f"it asks for something outside the file: {value.strip()[:60]}")
    if _OUTSIDE.search(value):
        raise _UnsafeError(f"it asks for something outside the file ({key}=...)")
