"""What other readers take from the pages of a PDF, and what of a text they lose or give in another order.

Two readers, which between them are behind most of what people copy and search with: poppler (``pdftotext``) and PDFium
(Chrome, Edge; by pypdfium2). Both read the pages, not the tags.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2

from plainleaf.languages.invisible import JOINERS

Reader = Callable[[Path], str]

_CONTROLS = re.compile(r"[\u200b\u200e\u200f\u061c\u2060\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_AROUND = re.compile(rf"^[^\w{JOINERS}]+|[^\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670{JOINERS}]+$")


def poppler(path: Path) -> str:
    """All pages as ``pdftotext`` gives them."""
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pdfium(path: Path) -> str:
    """All pages as Chrome copies them."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\f".join(page.get_textpage().get_text_range() for page in pdf)


READERS: dict[str, Reader] = {"poppler": poppler, "pdfium": pdfium}


def found_by_search(path: Path, words: Iterable[str]) -> set[str]:
    """The words that PDFium's own search finds on some page."""
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage() for page in pdf]
        return {word for word in words if any(page.search(word).get_next() for page in pages)}


@dataclass(frozen=True, slots=True)
class Lost:
    """What a reader lacks of some texts.

    ``words``: those that it does not have as often as the texts do, of ``of`` words. ``disordered``: figures with what
    stands around them that do not come out in reading order. ``blocks``: texts that do not come out as a whole.
    """

    words: tuple[str, ...]
    of: int
    disordered: tuple[str, ...]
    blocks: tuple[str, ...]

    @property
    def kept(self) -> float:
        """The share of words that came out."""
        return 1 - len(self.words) / max(self.of, 1)


def lost(texts: Iterable[str], read: str) -> Lost:
    """Compare texts with what a reader took from the page."""
    texts = [clean(text) for text in texts]
    whole, read = clean(_without_running_lines(read)), clean(read)
    wanted, there = Counter(word for text in texts for word in words(text)), Counter(words(read))
    squeezed = "".join(f"{read} {whole}".split())
    disordered = [part for text in texts for part in figures(text) if "".join(part.split()) not in squeezed]
    blocks = [text for text in texts if "".join(text.split()) not in squeezed]
    return Lost(tuple((wanted - there).elements()), wanted.total(), tuple(disordered), tuple(blocks))


def _without_running_lines(read: str) -> str:
    """The text without the lines at the heads and feet of pages, so that a sentence goes on over the pages' ends."""
    pages = [page.splitlines() for page in read.split("\f")]
    often = Counter(line for page in pages for line in {_without_figures(line) for line in page})
    kept = ([line for line in page if len(pages) < 3 or often[_without_figures(line)] < 3] for page in pages)
    return "\n".join(line for page in kept for line in page)


def _without_figures(line: str) -> str:
    return re.sub(r"\d+", "0", _CONTROLS.sub("", line)).strip()


def clean(text: str) -> str:
    """Without characters that only steer lines, in one spelling; a joiner of Persian is spelling and stays."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


def words(text: str) -> list[str]:
    """The words of a text without the signs around them."""
    return [word for word in (_AROUND.sub("", part) for part in text.split()) if word]


def marked(text: str) -> list[str]:
    """Those with a sign of its own above or below a letter: vowel signs, doubled letters."""
    return [word for word in words(clean(text)) if any(unicodedata.combining(letter) for letter in word)]


def figures(text: str) -> Iterator[str]:
    """Each word with a figure, once with the word before and once with the word after it."""
    parts = text.split()
    if len(parts) == 1 and has_figure(text):
        yield text
    for one, other in pairwise(parts):
        if has_figure(one) or has_figure(other):
            yield f"{one} {other}"


def has_figure(text: str) -> bool:
    """Whether there is a digit in a text, of whatever script."""
    return any(letter.isdigit() for letter in text)
