"""The tags of a finished PDF, read from the tags alone: ``read`` (ISO 32000-1, 14.7 and 14.8).

    document = read(Path("leaflet.pdf").read_bytes())
    for tag in document.walk():
        print(tag.role, tag.language, tag.text)

For any tagged PDF, whoever made it. ``UnreadableError`` says in plain words why a file cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NumberObject

from plainleaf.reading import content
from plainleaf.reading.content import Sequence, language_of, text_of
from plainleaf.reading.limits import (
    MOST_BYTES,
    MOST_DEPTH,
    MOST_PAGES,
    Budget,
    UnreadableError,
    broken,
    guarded,
    too_much,
)

Value = str | float | tuple["Value", ...]

_MOST_ROLES = 20  # names that stand for each other, one after the other


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on a page, counted from 1; ``language`` as for a tag. ``number``: of its marked sequence on the page, by
    which ``places`` says where that is; -1 for none, and for what is in a drawing of its own."""

    page: int
    text: str
    language: str = ""
    number: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link, a field of a form or a comment in a tag. ``kind``: its subtype, such as Link; ``name``: what it says of
    itself; ``address``: where it leads, "" if it does not leave the file; ``to_page``: 0 if it does."""

    page: int
    kind: str
    name: str = ""
    address: str = ""
    to_page: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element. ``role``: the standard type that its ``name`` stands for; ``language``: BCP 47, its own or
    that of the tag around it; ``own_language``: "" where it says none; ``attributes``: values by "Owner.Name", such as
    "Table.Scope". Strings are "" where the file says nothing; ``actual`` is None then."""

    role: str
    name: str = ""
    language: str = ""
    own_language: str = ""
    title: str = ""
    alt: str = ""
    actual: str | None = None
    expansion: str = ""
    identifier: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)
    kids: tuple[Tag | Piece | Annotation, ...] = ()

    @property
    def text(self) -> str:
        """Its words with those of all tags in it, and nothing between them that is not in the tags."""
        if self.actual is not None:
            return self.actual
        return "".join(kid.text for kid in self.kids if not isinstance(kid, Annotation))

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags right in it."""
        return tuple(kid for kid in self.kids if isinstance(kid, Tag))

    def walk(self) -> Iterator[Tag]:
        """This tag and all in it, in reading order."""
        yield self
        for kid in self.tags:
            yield from kid.walk()

    def says(self, attribute: str) -> Value | None:
        """An attribute by its name, whoever owns it."""
        ends = f".{attribute}"
        return next((value for key, value in self.attributes.items() if key.endswith(ends)), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A tagged PDF: its tags, and the texts on its pages that are in none: ``artifacts`` by intent, ``loose`` ones
    by mistake."""

    title: str
    language: str
    pages: int
    tags: tuple[Tag, ...]
    artifacts: tuple[Piece, ...] = ()
    loose: tuple[Piece, ...] = ()

    def walk(self) -> Iterator[Tag]:
        """All tags, in reading order."""
        for tag in self.tags:
            yield from tag.walk()


def read(data: bytes) -> Document:
    """The tags of a PDF. Raises ``UnreadableError`` if it is no PDF, locked, without tags, damaged, or far larger than
    any leaflet."""
    with guarded():
        return _Tree(opened(data)).document()


def opened(data: bytes) -> PdfReader:
    """A PDF as pypdf reads it. Raises ``UnreadableError``."""
    if len(data) > MOST_BYTES:
        raise too_much(f"more than {MOST_BYTES // 1_000_000} MB")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("it is no PDF", "name a file that ends in .pdf; `plainleaf publish` makes them")
    with guarded():
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("it is locked with a password", "save it without the password, and try again")
        root = reader.root_object
        if "/StructTreeRoot" not in root:
            why = "it has no tags: a screen reader can only guess what it says"
            raise UnreadableError(
                why, "name the accessible file (the one without -print in its name), or have it tagged"
            )
        if not _dictionary(root.get("/StructTreeRoot")):
            raise broken("its tags are no tree")
        if len(reader.pages) > MOST_PAGES:
            raise too_much(f"more than {MOST_PAGES:,} pages")
    return reader


class _Tree:
    """Reads the tree of one file."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader
        self._root = _dictionary(reader.root_object.get("/StructTreeRoot"))
        self._budget = Budget()
        self._pages: dict[int, int] = {}  # object number of each page -> its number, from 1
        self._sequences: dict[tuple[int, int, int], Sequence] = {}  # by page, form and number
        self._used: set[tuple[int, int, int]] = set()
        self._seen: set[int] = set()  # object numbers of tags
        self._roles = _dictionary(self._root.get("/RoleMap"))
        self._artifacts: list[Piece] = []
        self._loose: list[Piece] = []
        self._named: Mapping[str, Any] | None = None  # destinations by name
        self._read_pages()

    def document(self) -> Document:
        root = self._reader.root_object
        language = language_of(root)
        tags = tuple(kid for kid in self._kids(self._root, 0, language, 0) if isinstance(kid, Tag))
        for key, sequence in self._sequences.items():
            if key not in self._used and sequence.text.strip():
                self._loose.append(Piece(key[0], sequence.text, language))
        title = self._reader.metadata.title if self._reader.metadata else ""
        if not title and (xmp := self._reader.xmp_metadata) and xmp.dc_title:
            title = next(iter(xmp.dc_title.values()), "")
        return Document(title or "", language, len(self._pages), tags, tuple(self._artifacts), tuple(self._loose))

    def _read_pages(self) -> None:
        fonts: content.Fonts = {}
        for number, page in enumerate(self._reader.pages, 1):
            if page.indirect_reference is not None:
                self._pages[page.indirect_reference.idnum] = number
            for each in content.sequences(page, self._reader, self._budget, fonts):
                if each.artifact:
                    self._artifacts += [Piece(number, each.text)] if each.text.strip() else []
                elif each.number >= 0:
                    self._sequences.setdefault((number, each.stream, each.number), each)
                elif each.text.strip():
                    self._loose.append(Piece(number, each.text))

    def _kids(self, of: DictionaryObject, page: int, language: str, depth: int) -> tuple[Tag | Piece | Annotation, ...]:
        if depth > MOST_DEPTH:
            raise too_much(f"tags in more than {MOST_DEPTH} others")
        found: list[Tag | Piece | Annotation] = []
        stack = [of.raw_get("/K")] if "/K" in of else []
        while stack:  # a list in a list is no kid of its own
            item = stack.pop()
            self._budget.tag()
            number = getattr(item, "idnum", 0)
            kid = item.get_object()
            if isinstance(kid, ArrayObject):
                stack += reversed(kid)
            elif isinstance(kid, NumberObject):
                found += self._pieces(page, 0, int(kid), language)
            elif isinstance(kid, DictionaryObject):
                found += self._kid(kid, number, page, language, depth)
        return tuple(found)

    def _kid(
        self, kid: DictionaryObject, number: int, page: int, language: str, depth: int
    ) -> list[Tag | Piece | Annotation]:
        kind = kid.get("/Type")
        if kind == "/MCR":
            stream = getattr(kid.raw_get("/Stm"), "idnum", 0) if "/Stm" in kid else 0
            return [*self._pieces(self._page(kid) or page, stream, _number(kid.get("/MCID")), language)]
        if kind == "/OBJR":
            return [self._annotation(_dictionary(kid.get("/Obj")), self._page(kid) or page)]
        if number:
            if number in self._seen:
                raise broken("a tag is in the tree twice")
            self._seen.add(number)
        return [self._tag(kid, page, language, depth)]

    def _tag(self, item: DictionaryObject, page: int, around: str, depth: int) -> Tag:
        own = language_of(item)
        language = own or around
        say, name = self._budget.say, str(item.get("/S", "")).removeprefix("/")
        return Tag(
            self._role(name, item),
            name,
            language,
            own,
            say(text_of(item.get("/T", ""))),
            say(text_of(item.get("/Alt", ""))),
            say(text_of(item["/ActualText"])) if "/ActualText" in item else None,
            say(text_of(item.get("/E", ""))),
            text_of(item.get("/ID", "")),
            self._attributes(item),
            self._kids(item, self._page(item) or page, language, depth + 1),
        )

    def _page(self, item: DictionaryObject) -> int:
        reference = item.raw_get("/Pg") if "/Pg" in item else None
        return self._pages.get(getattr(reference, "idnum", 0), 0)

    def _pieces(self, page: int, stream: int, number: int, language: str) -> Iterator[Piece]:
        key = (page, stream, number)
        if key not in self._sequences:
            return
        if key in self._used:
            raise broken("a text is in two tags")
        self._used.add(key)
        place = -1 if stream else number
        for said in self._sequences[key].said:
            yield Piece(page, said.text, said.language or language, place)
        if not self._sequences[key].said:  # what is drawn, and says nothing
            yield Piece(page, "", language, place)

    def _annotation(self, item: DictionaryObject, page: int) -> Annotation:
        action = _dictionary(item.get("/A"))
        name = text_of(item.get("/Contents", "")) or text_of(item.get("/TU", ""))
        address = text_of(action["/URI"]) if "/URI" in action else ""
        leads = action.get("/D") if action.get("/S") == "/GoTo" else item.get("/Dest")
        kind = str(item.get("/Subtype", "")).removeprefix("/")
        return Annotation(page, kind, self._budget.say(name), address, self._destination(leads))

    def _destination(self, leads: Any) -> int:
        """The page that a destination is on, 0 if none."""
        leads = leads.get_object() if leads is not None else None
        if isinstance(leads, str | bytes):
            self._named = self._reader.named_destinations if self._named is None else self._named
            leads = self._named.get(text_of(leads))
            page = leads.raw_get("/Page") if leads is not None and "/Page" in leads else None
        else:
            leads = leads.get("/D") if isinstance(leads, DictionaryObject) else leads
            page = next(iter(leads), None) if isinstance(leads, list) else None
        return self._pages.get(getattr(page, "idnum", 0), 0)

    def _role(self, name: str, item: DictionaryObject) -> str:
        """The type that a name stands for (14.7.3), or that its own namespace maps it to (ISO 32000-2, 14.7.4)."""
        space = _dictionary(item.get("/NS"))
        mapped = _dictionary(space.get("/RoleMapNS")).get(f"/{name}")
        if mapped is not None:
            mapped = mapped.get_object()
            return str(mapped[0] if isinstance(mapped, ArrayObject) else mapped).removeprefix("/")
        for _ in range(_MOST_ROLES):
            other = self._roles.get(f"/{name}")
            if other is None or other == f"/{name}":
                break
            name = str(other).removeprefix("/")
        return name

    def _attributes(self, item: DictionaryObject) -> dict[str, Value]:
        classes = _dictionary(self._root.get("/ClassMap"))
        named = [classes.get(name) for name in _items(item.get("/C")) if isinstance(name, str)]
        found: dict[str, Value] = {}
        for owned in [each for some in (*named, item.get("/A")) for each in _items(some)]:
            self._budget.describe(1)
            if isinstance(owned, DictionaryObject):
                self._budget.describe(len(owned))
                owner = str(owned.get("/O", "")).removeprefix("/")
                found |= {f"{owner}.{key[1:]}": _value(owned[key]) for key in list(owned)[:100] if key != "/O"}
        return found


def _dictionary(item: Any) -> DictionaryObject:
    """A dictionary, or an empty one in place of anything else."""
    item = item.get_object() if item is not None else None
    return item if isinstance(item, DictionaryObject) else DictionaryObject()


def _number(item: Any) -> int:
    item = item.get_object() if item is not None else None
    return int(item) if isinstance(item, NumberObject) else -1


def _items(item: Any) -> list[Any]:
    """What a list holds, or one thing that stands in place of a list; nothing for nothing."""
    item = item.get_object() if item is not None else None
    if item is None:
        return []
    return [each.get_object() for each in list(item)[:1000]] if isinstance(item, ArrayObject) else [item]


def _value(item: Any, depth: int = 0) -> Value:
    item = item.get_object() if item is not None else ""
    if isinstance(item, ArrayObject):
        return tuple(_value(each, depth + 1) for each in list(item)[:1000]) if depth < 3 else ()
    if isinstance(item, NumberObject | FloatObject):
        return float(item)
    return text_of(item).removeprefix("/")
