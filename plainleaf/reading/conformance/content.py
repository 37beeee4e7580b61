"""What the pages draw: marked content, text by its codes, other marks of ink (ISO 32000-1, 8.2, 9.4 and 14.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf.generic import ContentStream, DictionaryObject, StreamObject

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.objects import Key, dictionary, get, name, raw, text, whole
from plainleaf.reading.conformance.structure import Owner
from plainleaf.reading.limits import too_much

MOST_OPERATORS = 2_000_000  # of all pages together
MOST_DRAWN = 20_000_000  # bytes of all pages together, each part as often as it is drawn
MOST_DEPTH = 20  # of forms within forms
_PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "INLINE IMAGE"}
_UNSEEN = 3  # the mode of text that is not drawn


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked sequence. ``above``: the one that it lies in, ``None`` if in none; ``number``: its MCID, -1 if it has
    none; ``said``: whether a text is given in place of what it draws."""

    tag: str
    page: int
    owner: Owner
    number: int
    above: Mark | None
    kind: str
    subtype: str
    language: str
    actual: str | None
    alternate: str | None
    expansion: str | None

    @property
    def artifact(self) -> bool:
        return self.tag == "Artifact"

    def outward(self) -> Iterator[Mark]:
        """Itself and those that it lies in."""
        held: Mark | None = self
        while held is not None:
            yield held
            held = held.above


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn: ``font`` and ``codes`` of text, empty of anything else; ``seen``: not of an invisible kind."""

    page: int
    mark: Mark | None
    font: Key | None = None
    codes: bytes = b""
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """All that pages draw, in the order of drawing. ``fonts``: those in which text is drawn; ``forms``: how often each
    form (a part of a page, XObject) is drawn; ``places``: the number of each page and form in the parent tree, -1 if it
    has none; ``unread``: the pages with content that cannot be read."""

    marks: tuple[Mark, ...]
    drawn: tuple[Drawn, ...]
    fonts: Mapping[Key, DictionaryObject]
    forms: Mapping[Key, int]
    places: Mapping[Owner, int]
    unread: tuple[int, ...] = ()

    @property
    def texts(self) -> Iterator[tuple[Key, Drawn]]:
        return ((each.font, each) for each in self.drawn if each.font is not None)


def read(pages: Sequence[DictionaryObject], reader: Any) -> Content:
    """The content of all pages, from page 1 on. Raises ``UnreadableError``."""
    walk = _Walk(reader)
    for number, page in enumerate(pages, 1):
        walk.page(number, page)
    return walk.content()


def of_stream(form: object, reader: Any) -> Content:
    """The content of a form by itself, such as what an annotation looks like."""
    walk = _Walk(reader)
    walk.form(0, objects.resolved(form), None)
    return walk.content()


@dataclass(slots=True)
class _Text:
    """How text is drawn now."""

    font: Key | None = None
    mode: int = 0


@dataclass(slots=True)
class _Walk:
    """A walk through all pages, with what it has met."""

    reader: Any
    operators: int = 0
    drawing: int = 0
    marks: list[Mark] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    fonts: dict[Key, DictionaryObject] = field(default_factory=dict)
    forms: Counter[Key] = field(default_factory=Counter)
    places: dict[Owner, int] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)

    def content(self) -> Content:
        unread = tuple(dict.fromkeys(self.unread))
        return Content(tuple(self.marks), tuple(self.drawn), self.fonts, self.forms, self.places, unread)

    def page(self, number: int, page: DictionaryObject) -> None:
        self.places["page", number] = whole(raw(page, "/StructParents"))
        self._stream(number, get(page, "/Contents"), inherited(page, "/Resources"), ("page", number), None, 0)

    def form(self, number: int, form: object, mark: Mark | None, depth: int = 0) -> None:
        """What a form draws, inside ``mark``."""
        if not isinstance(form, StreamObject):
            return
        key = objects.key(form)
        self.forms[key] += 1
        self.places["form", key[1]] = whole(raw(form, "/StructParents"))
        self._stream(number, form, get(form, "/Resources"), ("form", key[1]), mark, depth + 1)

    def _stream(self, page: int, held: object, resources: object, owner: Owner, outer: Mark | None, depth: int) -> None:
        if held is None:
            return
        self.drawing += sum(len(objects.stream(each) or b"") for each in objects.array(held))
        if self.drawing > MOST_DRAWN:
            raise too_much(f"more than {MOST_DRAWN // 1_000_000} MB of drawing")
        try:
            operations = ContentStream(held, self.reader).operations
        except Exception:  # of pypdf, over content that anybody may have written
            self.unread.append(page)
            return
        if not all(objects.unpacks(each) for each in objects.array(held)):
            self.unread.append(page)  # pypdf gives what it could unpack, if only nothing
        self.operators += len(operations)
        if self.operators > MOST_OPERATORS or depth > MOST_DEPTH:
            raise too_much(f"more than {MOST_OPERATORS:,} drawing operators, or {MOST_DEPTH} parts in each other")
        here = _Here(self, page, resources, owner, outer, depth)
        for operands, operator in operations:
            here.operator(operator.decode("latin-1") if isinstance(operator, bytes) else str(operator), operands)


@dataclass(slots=True)
class _Here:
    """One content stream of the walk."""

    walk: _Walk
    page: int
    resources: object
    owner: Owner
    outer: Mark | None
    depth: int
    opened: list[Mark] = field(default_factory=list)
    text: _Text = field(default_factory=_Text)
    kept: list[_Text] = field(default_factory=list)

    @property
    def mark(self) -> Mark | None:
        return self.opened[-1] if self.opened else self.outer

    def operator(self, operator: str, operands: Any) -> None:
        if operator in _PAINTING:
            self.walk.drawn.append(Drawn(self.page, self.mark))
        elif act := _ACTS.get(operator):
            act(self, list(operands) if isinstance(operands, list) else [operands])

    def open(self, operands: list[Any]) -> None:
        held = operands[1] if len(operands) > 1 else None
        named = name(held)
        properties = get(self.resources, "/Properties", f"/{named}") if named else held
        said = {key: text(raw(properties, key)) if raw(properties, key) is not None else None for key in _SAID}
        mark = Mark(
            tag=name(operands[0]) if operands else "",
            page=self.page,
            owner=self.owner,
            number=whole(raw(properties, "/MCID")),
            above=self.mark,
            kind=name(raw(properties, "/Type")),
            subtype=name(raw(properties, "/Subtype")),
            language=text(raw(properties, "/Lang")),
            actual=said["/ActualText"],
            alternate=said["/Alt"],
            expansion=said["/E"],
        )
        self.opened.append(mark)
        self.walk.marks.append(mark)

    def close(self, _: list[Any]) -> None:
        if self.opened:
            self.opened.pop()

    def save(self, _: list[Any]) -> None:
        if len(self.kept) < 1000:
            self.kept.append(_Text(self.text.font, self.text.mode))

    def restore(self, _: list[Any]) -> None:
        if self.kept:
            self.text = self.kept.pop()

    def font(self, operands: list[Any]) -> None:
        held = raw(get(self.resources, "/Font"), f"/{name(operands[0])}") if operands else None
        self._takes(held)

    def graphics(self, operands: list[Any]) -> None:
        """A state of graphics may bring a font with it."""
        state = get(self.resources, "/ExtGState", f"/{name(operands[0])}") if operands else None
        if font := objects.array(raw(state, "/Font")):
            self._takes(font[0])

    def _takes(self, held: Any) -> None:
        font = objects.resolved(held)
        self.text.font = objects.key(held) if isinstance(font, DictionaryObject) else None
        if self.text.font is not None:
            self.walk.fonts.setdefault(self.text.font, dictionary(font))

    def mode(self, operands: list[Any]) -> None:
        self.text.mode = whole(operands[0], 0) if operands else 0

    def show(self, operands: list[Any]) -> None:
        """Text of one string, or of the strings of an array."""
        held = objects.array(operands[-1]) if operands else []
        codes = b"".join(objects.octets(item) for item in held)
        if codes:
            key = self.text.font
            self.walk.drawn.append(Drawn(self.page, self.mark, key, codes, self.text.mode != _UNSEEN))

    def place(self, operands: list[Any]) -> None:
        """Draw a picture or a form."""
        held = get(self.resources, "/XObject", f"/{name(operands[0])}") if operands else None
        if name(raw(held, "/Subtype")) == "Form":
            if self.walk.forms[objects.key(held)] < 10_000:
                self.walk.form(self.page, held, self.mark, self.depth)
        elif held is not None:
            self.walk.drawn.append(Drawn(self.page, self.mark))


_SAID = ("/ActualText", "/Alt", "/E")
_ACTS: Mapping[str, Callable[[_Here, list[Any]], None]] = {
    "BMC": _Here.open,
    "BDC": _Here.open,
    "EMC": _Here.close,
    "q": _Here.save,
    "Q": _Here.restore,
    "Tf": _Here.font,
    "gs": _Here.graphics,
    "Tr": _Here.mode,
    "Tj": _Here.show,
    "TJ": _Here.show,
    "'": _Here.show,
    '"': _Here.show,
    "Do": _Here.place,
}


def inherited(page: DictionaryObject, key: str) -> object:
    """A value that a page may have from the nodes above it (ISO 32000-1, 7.7.3.4)."""
    held: object = page
    for _ in range(50):
        if (value := get(held, key)) is not None:
            return value
        held = get(held, "/Parent")
        if held is None:
            return None
    return None
