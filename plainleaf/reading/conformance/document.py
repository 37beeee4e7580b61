"""A finished PDF, read for its conformance: opened, bounded, its parts read once."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from plainleaf.reading.conformance import content, fonts, objects, structure
from plainleaf.reading.conformance.fonts import Font
from plainleaf.reading.conformance.objects import Key, array, dictionary, get, name, raw
from plainleaf.reading.conformance.structure import NO_STRUCTURE
from plainleaf.reading.content import Fonts, Sequence, sequences
from plainleaf.reading.limits import MOST_BYTES, MOST_PAGES, Budget, UnreadableError, broken, guarded, too_much

MOST_OBJECTS = 500_000


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation of a page; ``key`` is what tags name it by."""

    page: int
    key: Key
    held: DictionaryObject
    kind: str
    drawn: bool  # not one that is hidden, beside the page, or for popping up


class Document:
    """A PDF with its parts, each read at the first question for it. ``locked``: why it cannot be
    decrypted, "" if it can; only what lies outside its content can be judged of such a file."""

    def __init__(self, data: bytes) -> None:
        """Raises ``UnreadableError``."""
        if len(data) > MOST_BYTES:
            raise too_much(f"more than {MOST_BYTES // 1_000_000} MB")
        if b"%PDF-" not in data[:1024]:
            raise UnreadableError("it is no PDF", "name a file that ends in .pdf")
        with guarded():
            self.reader = _Reader(io.BytesIO(data), strict=False)
            self.trailer = dictionary(self.reader.trailer)
            self.encryption = get(self.trailer, "/Encrypt")
            self.locked = self.reader.shut
            self.catalog = dictionary(raw(self.trailer, "/Root"))
            held = [] if self.locked else list(_pages(self.catalog))
            if not self.locked and not held:
                raise broken("no page of it can be found")
            self.pages = tuple(dictionary(page) for page in held)
            self.page_numbers: Mapping[Key, int] = {objects.key(page): at for at, page in enumerate(held, 1)}
            self.structure = structure.read(self.catalog, self.page_numbers) or NO_STRUCTURE
            self.content = content.read(self.pages, self.reader)

    @property
    def tagged(self) -> bool:
        return bool(self.structure.elements)

    @cached_property
    def fonts(self) -> tuple[Font, ...]:
        """The fonts in which text is drawn, on pages or by annotations, with the codes that it uses."""
        return fonts.used(self.content, *self.looks)

    @cached_property
    def looks(self) -> tuple[content.Content, ...]:
        """What each annotation draws that is drawn."""
        streams = (stream for each in self.annotations if each.drawn for stream in appearances(each.held))
        return tuple(content.of_stream(stream, self.reader) for stream in streams)

    @cached_property
    def language(self) -> str:
        return objects.text(raw(self.catalog, "/Lang"))

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        return tuple(
            Annotation(number, objects.key(item), held, kind := name(raw(held, "/Subtype")), _drawn(held, kind, page))
            for number, page in enumerate(self.pages, 1)
            for item in array(raw(page, "/Annots"))
            if (held := dictionary(item))
        )

    @cached_property
    def tagged_objects(self) -> Mapping[Key, structure.Element]:
        """The tag of each annotation that one names."""
        return {
            kid.key: element
            for element in self.structure.elements
            for kid in element.kids
            if isinstance(kid, structure.Referred)
        }

    @cached_property
    def tagged_pieces(self) -> Mapping[tuple[structure.Owner, int], structure.Element]:
        """The tag of each piece of marked content that one names."""
        return {
            (kid.owner, kid.number): element
            for element in self.structure.elements
            for kid in element.kids
            if isinstance(kid, structure.Piece)
        }

    @cached_property
    def dictionaries(self) -> tuple[DictionaryObject, ...]:
        """Every dictionary that the file leads to from its catalog, streams among them. Raises ``UnreadableError``."""
        return tuple(_everything(self.catalog))

    def text(self, element: structure.Element, most: int = 200) -> str:
        """The beginning of the text of an element, as its letters or what is given in their place."""
        words, length = list[str](), 0
        waiting: list[int | structure.Piece | structure.Referred] = [element.number]
        while waiting and length <= 4 * most:
            kid = waiting.pop()
            said: str | None = None
            if isinstance(kid, structure.Piece):
                said = self._texts.get((kid.owner, kid.number))
            elif isinstance(kid, int):
                said = self.structure.elements[kid].actual
                waiting += reversed(self.structure.elements[kid].kids if said is None else ())
            if said:
                words.append(said)
                length += len(said)
        said = " ".join(" ".join(words).split())
        return said if len(said) <= most else said[: most - 1].rstrip() + "…"

    def own_text(self, element: structure.Element, most: int = 120) -> str:
        """The text of an element without that of those in it."""
        pieces = (kid for kid in element.kids if isinstance(kid, structure.Piece))
        words = " ".join(self._texts.get((piece.owner, piece.number), "") for piece in pieces)
        said = " ".join((words if element.actual is None else element.actual).split())
        return said if len(said) <= most else said[: most - 1].rstrip() + "…"

    @cached_property
    def sequences(self) -> tuple[tuple[int, Sequence], ...]:
        """What each marked sequence of each page says."""
        found: list[tuple[int, Sequence]] = []
        budget, known = Budget(), Fonts()
        for number, held in enumerate(self.pages, 1):
            page = PageObject(self.reader)
            page.update(held)
            page[NameObject("/Resources")] = dictionary(content.inherited(held, "/Resources"))
            try:
                found += ((number, each) for each in sequences(page, self.reader, budget, known))
            except Exception:  # of pypdf; what is drawn there is judged by ``content``
                continue
        return tuple(found)

    @cached_property
    def _texts(self) -> Mapping[tuple[structure.Owner, int], str]:
        """The text of each marked sequence with a number."""
        numbered = ((page, each) for page, each in self.sequences if each.number >= 0)
        return {
            (("form", each.stream) if each.stream else ("page", page), each.number): each.text
            for page, each in numbered
        }


_PASSWORD = "the file is encrypted, and does not open without a password"


class _Reader(PdfReader):
    """A reader that is content with the trailer of a file that it cannot decrypt. ``shut``: why it cannot, "" if it
    can."""

    shut = ""

    def _handle_encryption(self, password: str | bytes | None) -> None:
        try:
            super()._handle_encryption(password)
            self.shut = _PASSWORD if self.decrypt("") is PasswordType.NOT_DECRYPTED else ""
        except (DependencyError, NotImplementedError):
            self.shut = "the file is encrypted by a cipher that this program does not have: save it without encryption"
        except Exception:  # what its dictionary lacks
            self.shut = "the file is encrypted in a way that does not let it be opened"


def _pages(catalog: DictionaryObject) -> Iterator[object]:
    """The pages in order, as they are referred to."""
    waiting, seen, found = [raw(catalog, "/Pages")], set[Key](), 0
    while waiting:
        item = waiting.pop()
        held = dictionary(item)
        if not held or (key := objects.key(item)) in seen:
            continue
        seen.add(key)
        if raw(held, "/Kids") is not None:
            waiting += reversed(array(raw(held, "/Kids")))
            continue
        found += 1
        if found > MOST_PAGES:
            raise too_much(f"more than {MOST_PAGES:,} pages")
        yield item


def _drawn(held: DictionaryObject, kind: str, page: DictionaryObject) -> bool:
    hidden = objects.whole(raw(held, "/F"), 0) & 2
    return not hidden and kind != "Popup" and _on_page(held, page)


def _on_page(held: DictionaryObject, page: DictionaryObject) -> bool:
    """Whether any of an annotation is on the part of its page that is shown."""
    shown = content.inherited(page, "/CropBox") or content.inherited(page, "/MediaBox")
    box, own = ([objects.number(edge) for edge in array(each)] for each in (shown, raw(held, "/Rect")))
    if len(box) != 4 or len(own) != 4:
        return True
    return all(
        min(own[at], own[at + 2]) <= max(box[at], box[at + 2])
        and max(own[at], own[at + 2]) >= min(box[at], box[at + 2])
        for at in (0, 1)
    )


def appearances(annotation: DictionaryObject) -> tuple[object, ...]:
    """The streams that an annotation may look like, such as a box with and without its tick."""
    looks = get(annotation, "/AP", "/N")
    if objects.is_stream(looks):
        return (looks,)
    return tuple(form for state in dictionary(looks) if objects.is_stream(form := get(looks, state)))


def _everything(catalog: DictionaryObject) -> Iterator[DictionaryObject]:
    waiting: list[object] = [catalog]
    seen: set[Key] = set()
    while waiting:
        item = waiting.pop()
        held = objects.resolved(item)
        if not isinstance(held, DictionaryObject | ArrayObject):
            continue
        if (key := objects.key(item)) in seen:
            continue
        seen.add(key)
        if len(seen) > MOST_OBJECTS:
            raise too_much(f"more than {MOST_OBJECTS:,} objects")
        if isinstance(held, ArrayObject):
            waiting += held
            continue
        yield held
        waiting += dict.values(held)
