"""Braille as a BRF file, and back: North American Braille ASCII, a character for each of the 64 cells of six dots.

The same for every language, as embossers and displays take it (liblouis: ``en-us-brf.dis``). Lines end with CR and LF,
pages with a form feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SUFFIX = ".brf"
_SIGNS = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_TO = {0x2800 + dots: sign for dots, sign in enumerate(_SIGNS)}
_FROM = {ord(sign): chr(cell) for cell, sign in _TO.items()}
_LINE_END, _PAGE_END = "\r\n", "\f"


def encoded(pages: Iterable[Sequence[str]]) -> bytes:
    """Pages of lines of cells (U+2800 to U+283F) as a file."""
    text = "".join("".join(line + _LINE_END for line in page) + _PAGE_END for page in pages)
    return text.translate(_TO).encode("ascii")


def decoded(data: bytes) -> tuple[tuple[str, ...], ...]:
    """The pages of a file, each line in cells. Raises ``ValueError`` for what is no BRF file."""
    text = data.decode("ascii").upper()
    pages = text.removesuffix(_PAGE_END).split(_PAGE_END)
    lines = [page.replace(_LINE_END, "\n").removesuffix("\n").split("\n") for page in pages]
    if strange := {sign for page in lines for line in page for sign in line if ord(sign) not in _FROM}:
        raise ValueError(f"no braille: {sorted(strange)}")
    return tuple(tuple(line.translate(_FROM) for line in page) for page in lines)
