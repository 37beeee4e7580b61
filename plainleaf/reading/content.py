"""The content of a page: its marked sequences (ISO 32000-1, 14.6), each with the text that its glyphs stand for.

What a sequence says comes from its ``/ActualText``, else from the tables of the fonts. Nothing is taken from where
glyphs stand: two words that no space keeps apart are one word here, as they are for a screen reader.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import ByteStringObject, ContentStream, DictionaryObject, StreamObject, TextStringObject

from plainleaf.reading import characters
from plainleaf.reading.limits import MOST_TAGS, Budget, too_much

Fonts = dict[int, tuple[Any, characters.Font]]
"""The fonts of a file that were read, by the identity of their dictionaries, which are kept for that."""

_MOST_FORMS = 12  # drawings in each other
_MOVES = {b"Td", b"TD", b"T*", b"Tm", b"Do"}
_STRONG = {"L", "R", "AL", "EN", "AN"}
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a sequence, in reading order; ``language``: "" where the content does not say one."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A marked sequence: its tag in the content, and what it says. ``number``: its MCID, -1 for an artifact or for what
    no mark is around. ``stream``: the object number of the form that it is in, 0 for the page itself."""

    tag: str
    number: int
    stream: int
    said: tuple[Said, ...]
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def artifact(self) -> bool:
        """Whether it is no part of the document's text."""
        return self.tag == "Artifact"

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(each.text for each in self.said)


@dataclass(slots=True, eq=False)
class _Open:
    """A sequence that has begun and not ended. ``outer``: the one that its text belongs to, if it is not its own."""

    tag: str = ""
    number: int = -1
    stream: int = 0
    language: str = ""
    actual: str | None = None
    silent: bool = False  # an ActualText says its text
    properties: dict[str, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    outer: _Open | None = None

    @property
    def into(self) -> _Open:
        """The sequence that its text belongs to."""
        return self if self.outer is None else self.outer


class _Reader:
    """Reads the content of one page; ``done``: its sequences, in the order in which they end."""

    def __init__(self, budget: Budget, fonts: Fonts) -> None:
        self.done: list[Sequence] = []
        self._budget, self._fonts = budget, fonts
        self._page = _Open()
        self._opened: list[_Open] = [self._page]
        self._glyphs: list[str] = []
        self._at: tuple[float, float] | None = None  # height and side of the last place that was set

    def finish(self) -> list[Sequence]:
        """All sequences; last what no mark is around, if it says anything."""
        while len(self._opened) > 1:  # ends that are missing
            self._end()
        self._flush()
        if self._page.said:
            self.done.append(Sequence("", -1, 0, tuple(self._page.said)))
        return self.done

    def draw(self, stream: Any, resources: Any, reader: Any, number: int = 0, depth: int = 0) -> None:
        """Read a content stream: a page's, or (``number`` > 0) a form's."""
        content = stream if isinstance(stream, ContentStream) else ContentStream(stream, reader)
        self._budget.draw(len(content.get_data()))
        font, fonts, base = characters.Font({}), list[characters.Font](), len(self._opened)
        for operands, operator in content.operations:
            if operator in _MOVES and not self._stays(operator, operands):
                self._flush()
            if operator in _SHOWS:
                self._show(operands, font)
            elif operator == b"Tf" and operands:
                font = self._font(resources, operands[0])
            elif operator == b"q":
                fonts.append(font)
            elif operator == b"Q":
                font = fonts.pop() if fonts else font
            elif operator in (b"BDC", b"BMC"):
                self._begin(operands, resources, number)
            elif operator == b"EMC" and len(self._opened) > base:
                self._end()
            elif operator == b"Do" and operands and depth < _MOST_FORMS:
                self._form(_named(resources, "/XObject", operands[0]), resources, reader, depth)
        while len(self._opened) > base:
            self._end()

    def _stays(self, operator: bytes, operands: list[Any]) -> bool:
        """Whether a move stays on its line and goes to the right, as from one glyph to the next: which of the two
        directions a text has is known of a whole line only. Lines part no words."""
        if operator == b"Tm" and len(operands) == 6:
            before, self._at = self._at, (float(operands[5]), float(operands[4]))
            return before is not None and before[0] == self._at[0] and before[1] <= self._at[1]
        return operator in (b"Td", b"TD") and len(operands) == 2 and operands[1] == 0 and operands[0] >= 0

    def _form(self, form: Any, resources: Any, reader: Any, depth: int) -> None:
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            own, reference = form.get("/Resources"), form.indirect_reference
            inner = resources if own is None else own.get_object()
            self.draw(form, inner, reader, reference.idnum if reference else 0, depth + 1)

    def _font(self, resources: Any, name: Any) -> characters.Font:
        dictionary = _named(resources, "/Font", name)
        known = id(dictionary)
        if known not in self._fonts:
            self._fonts[known] = dictionary, characters.font(dictionary)
        return self._fonts[known][1]

    def _show(self, operands: list[Any], font: characters.Font) -> None:
        if not operands or self._opened[-1].silent:
            return
        strings = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
        for item in strings:
            if isinstance(item, TextStringObject | ByteStringObject):
                self._glyphs += font.glyphs(bytes(item.original_bytes))

    def _begin(self, operands: list[Any], resources: Any, stream: int) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, str):
            properties = _named(resources, "/Properties", properties)
        if not isinstance(properties, DictionaryObject):
            properties = DictionaryObject()
        outer, tag = self._opened[-1], str(operands[0]).removeprefix("/") if operands else ""
        number = properties.get("/MCID")
        actual = properties.get("/ActualText")
        if len(self._opened) > MOST_TAGS:
            raise too_much(f"more than {MOST_TAGS:,} marks in each other")
        whole = isinstance(number, int) or tag == "Artifact"
        if whole or language_of(properties) not in ("", outer.language):
            self._flush()
        self._opened.append(
            _Open(
                tag,
                int(number) if isinstance(number, int) else -1,
                stream,
                language_of(properties) or outer.language,
                None if actual is None else text_of(actual),
                outer.silent or actual is not None,
                {key.removeprefix("/"): text_of(value) for key, value in properties.items()},
                outer=None if whole else outer.into,
            )
        )

    def _end(self) -> None:
        ended, around = self._opened[-1], self._opened[-2]
        if ended.actual is not None and not around.silent:
            self._glyphs.append(ended.actual)  # in place of the glyphs, of one line with those beside it
        if ended.outer is None or ended.language != around.language:
            self._flush()
        self._opened.pop()
        if ended.outer is None:
            self.done.append(Sequence(ended.tag, ended.number, ended.stream, tuple(ended.said), ended.properties))

    def _flush(self) -> None:
        """Give the glyphs that were shown to the sequence that they are in."""
        if self._glyphs:
            inner = self._opened[-1]
            inner.into.said.append(Said(self._budget.say(logical(self._glyphs)), inner.language))
            self._glyphs = []


def sequences(page: Any, reader: Any, budget: Budget, fonts: Fonts) -> list[Sequence]:
    """The marked sequences of a page of pypdf's. ``fonts``: those of the file that were read already."""
    found = _Reader(budget, fonts)
    content = page.get_contents()
    if content is not None:
        found.draw(content, page.get("/Resources", DictionaryObject()).get_object(), reader)
    return found.finish()


def logical(glyphs: list[str]) -> str:
    """The texts of glyphs from left to right, as text in reading order: turned round, but for figures and words from
    left to right, where any of it is right-to-left."""
    if not any(_leftwards(letter) for glyph in glyphs if not glyph.isascii() for letter in glyph):
        return "".join(glyphs)
    turned = glyphs[::-1]
    runs: list[list[str]] = []
    before = False
    for glyph, forward in zip(turned, _forward(turned), strict=True):
        if forward and before:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        before = forward
    return "".join("".join(reversed(run)) for run in runs)


def _forward(glyphs: list[str]) -> list[bool]:
    """Which of the glyphs of a right-to-left line run to the right: Latin letters with the signs between them, and
    figures with the sign between two (Unicode Standard Annex 9, W4, W5 and N1)."""
    kinds = [unicodedata.bidirectional(glyph[0]) if glyph else "" for glyph in glyphs]
    after, strong = list[str](), ""
    for kind in reversed(kinds):
        strong = kind if kind in _STRONG else strong
        after.append(strong)
    after.reverse()
    found, strong = list[bool](), ""
    for at, kind in enumerate(kinds):
        beside = (kinds[at - 1 : at] or [""])[0], (kinds[at + 1 : at + 2] or [""])[0]
        if kind in _STRONG:
            strong = kind
            found.append(kind in ("L", "EN", "AN"))
        elif kind in ("ES", "CS") and beside in (("EN", "EN"), ("AN", "AN")):
            found.append(kind == "CS" or beside[0] == "EN")
        else:
            found.append((kind == "ET" and "EN" in beside) or strong == after[at] == "L")
    return found


def _leftwards(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def _named(resources: Any, kind: str, name: Any) -> Any:
    """What a name stands for in a dictionary of resources, or None."""
    group = resources.get(kind) if isinstance(resources, DictionaryObject) else None
    group = group.get_object() if group is not None else None
    item = group.get(name) if isinstance(group, DictionaryObject) else None
    return item.get_object() if item is not None else None


def text_of(value: Any) -> str:
    """A string of a PDF as text, anything else as it is written."""
    value = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(value, bytes):  # in no encoding that a PDF may have
        return value.decode("latin-1")
    return str(value)


def language_of(dictionary: DictionaryObject) -> str:
    """The language that a dictionary names, "" if none."""
    return text_of(dictionary["/Lang"]).strip() if "/Lang" in dictionary else ""
