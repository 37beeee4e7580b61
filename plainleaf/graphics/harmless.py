"""Is a drawing (SVG) harmless? Well-formed, small, without programs, and without anything that lies elsewhere."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from xml.parsers import expat

from plainleaf.graphics import bitmaps
from plainleaf.graphics.figures import WrongError

MOST_PARTS = 20_000  # elements
MOST_DEPTH = 60  # of groups in one another
MOST_AREA = 10_000_000  # pixels of all pictures in a drawing

_SVG = "http://www.w3.org/2000/svg"
_FORBIDDEN = {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"}
_MOVING = {"animate", "animateColor", "animateMotion", "animateTransform", "set"}
_OUTSIDE = re.compile(r"""url\(\s*+["']?+(?!\s*#)|@import|\b(?:src|image-set)\(""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_WITHIN = {"data:image/png;base64,": ".png", "data:image/jpeg;base64,": ".jpg"}


def check(data: bytes) -> None:
    """Raises ``WrongError``, or what expat raises for what is no XML."""
    _Reader().read(data)


class _Reader:
    """Goes through a file once, keeping what it needs of it."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self.inside: list[str] = []
        self.count = 0
        self.area = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler = self._said
        parser.StartDoctypeDeclHandler, parser.ProcessingInstructionHandler = _doctype, _instruction
        parser.Parse(data, True)
        if _reaches_out("".join(self.styles)):
            raise WrongError("its style refers to something outside the file")

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if not self.count and tag != f"{_SVG} svg":
            raise WrongError(f'it begins with <{name}>, not with <svg xmlns="{_SVG}">')
        if name in _FORBIDDEN:
            raise WrongError(f"it contains <{name}>")
        if name in _MOVING:
            raise WrongError(f"it is animated (<{name}>): save it as it should be printed")
        if name == "text":
            raise WrongError("it contains text, which needs a font: convert it to paths (outlines)")
        self.count += 1
        self.inside.append(name)
        if self.count > MOST_PARTS:
            raise WrongError(f"it has more than {MOST_PARTS} parts: simplify it, or save it as a PNG")
        if len(self.inside) > MOST_DEPTH:
            raise WrongError(f"it is nested too deeply (more than {MOST_DEPTH} groups in one another): ungroup them")
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _end(self, _: str) -> None:
        self.inside.pop()

    def _said(self, text: str) -> None:
        if "style" in self.inside:
            self.styles.append(text)

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            raise WrongError(f"it contains a script ({key}=...)")
        if key.lower() in ("href", "src"):
            value = value.strip()
            begin = value.partition(",")[0] + ","
            if not value.startswith("#") and begin not in _WITHIN:
                raise WrongError(f"it refers to something outside the file: {value[:60]}")
            if not value.startswith("#"):
                self._picture(value, _WITHIN[begin])
        elif _reaches_out(value):
            raise WrongError(f"it refers to something outside the file ({key}=...)")

    def _picture(self, address: str, ending: str) -> None:
        """A picture in a drawing is whole, and all of them together are not too large."""
        try:
            data = base64.b64decode("".join(address.partition(",")[2].split()), validate=True)
        except binascii.Error as error:
            raise WrongError("a picture in it is damaged: it is not base64") from error
        self.area += bitmaps.area(data)
        if self.area > MOST_AREA:
            most = MOST_AREA // 1_000_000
            raise WrongError(f"the pictures in it have more than {most} million pixels: make them smaller")
        if wrong := bitmaps.fault(data, ending):
            raise WrongError(f"a picture in it cannot be printed: {wrong}")


def _doctype(*_: object) -> None:
    raise WrongError("it contains a DOCTYPE: save it as “plain SVG”")


def _instruction(target: str, _: str) -> None:
    raise WrongError(f"it contains <?{target}>")


def _reaches_out(css: str) -> bool:
    """Whether CSS names something outside the file, also where letters of it are written as escapes."""
    return bool(_OUTSIDE.search(_ESCAPE.sub(_letter, css) if "\\" in css else css))


def _letter(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if number < 0x110000 else "\ufffd"
