"""The tags of a PDF as a flat list in the order of reading (ISO 32000-1, 14.7): all that the conditions ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pypdf.generic import DictionaryObject

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.objects import Key, array, dictionary, get, name, raw, text, whole
from plainleaf.reading.limits import MOST_DEPTH, MOST_TAGS, Budget, too_much

# ISO 32000-1, 14.8.4.
_NAMES = """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI
    Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu RB RT RP
    WT WP Figure Formula Form"""
STANDARD = frozenset(_NAMES.split())
# What ISO 32000-2 has besides, for elements that name its namespace.
STANDARD_2 = STANDARD | {"DocumentFragment", "Aside", "Title", "FENote", "Sub", "Em", "Strong", "Artifact"}
_NAMESPACE_2 = "http://iso.org/pdf2/ssn"

Owner = tuple[str, int]  # whose marked content a number is of: ("page", its number from 1) or ("form", its object)


@dataclass(frozen=True, slots=True)
class Piece:
    """Marked content of an element: whose number it is."""

    owner: Owner
    number: int


@dataclass(frozen=True, slots=True)
class Referred:
    """An annotation or a picture that an element holds, as an object."""

    key: Key
    page: int


@dataclass(frozen=True, slots=True)
class Element:
    """A tag. ``type``: the standard one that its ``role`` is mapped to, "" if none; ``parent``: its number in the list,
    -1 for those at the top; ``kids`` in order: numbers of elements, pieces, objects. ``language``: its own or that of
    the nearest one above, "" if none has any; ``page``: that of its marked content, 0 if it names none."""

    number: int
    role: str
    type: str
    parent: int
    kids: tuple[int | Piece | Referred, ...]
    page: int
    language: str
    own_language: str
    alt: str | None
    actual: str | None
    expansion: str | None
    id: str
    attributes: Mapping[str, object]
    namespace: str = ""

    @property
    def elements(self) -> Iterator[int]:
        return (kid for kid in self.kids if isinstance(kid, int))


@dataclass(frozen=True, slots=True)
class Structure:
    """All elements; ``roles``: the mapping of tags, as the file has it; ``owned``: the marked content that the
    parent tree gives to a tag (14.7.4.4), by the number that its page or form has there and its own; ``pages``: of
    each element the first with any of it."""

    elements: tuple[Element, ...]
    roles: Mapping[str, str]
    owned: frozenset[tuple[int, int]] = frozenset()
    pages: tuple[int, ...] = ()

    def children(self, element: Element) -> tuple[Element, ...]:
        return tuple(self.elements[kid] for kid in element.elements)

    def parent(self, element: Element) -> Element | None:
        return self.elements[element.parent] if element.parent >= 0 else None

    def above(self, element: Element) -> Iterator[Element]:
        """Those that an element lies in, the nearest first."""
        held = self.parent(element)
        while held is not None:
            yield held
            held = self.parent(held)

    def within(self, element: Element, apart: str = "") -> Iterator[Element]:
        """An element and all those in it, in order; not those of the type ``apart`` and what is in them."""
        waiting = [element.number]
        while waiting:
            here = self.elements[waiting.pop()]
            if here.type == apart and here is not element:
                continue
            yield here
            waiting += reversed(tuple(here.elements))

    def page(self, element: Element) -> int:
        """The first page with any of an element; where it has nothing on a page, that of what is read before it, 0 if
        nothing is."""
        return self.pages[element.number]

    def of(self, *types: str) -> Iterator[Element]:
        return (element for element in self.elements if element.type in types)


NO_STRUCTURE = Structure((), {})


def standard(role: str, roles: Mapping[str, str], names: frozenset[str] = STANDARD) -> str:
    """The standard tag that a role leads to, "" if to none (ISO 32000-1, 14.7.3)."""
    seen: set[str] = set()
    while role not in names and role in roles and role not in seen:
        seen.add(role)
        role = roles[role]
    return role if role in names else ""


def read(catalog: DictionaryObject, pages: Mapping[Key, int]) -> Structure | None:
    """The tags of a file, ``None`` if it has none. ``pages``: the number of each page from 1.

    Raises ``UnreadableError``.
    """
    root = get(catalog, "/StructTreeRoot")
    if not isinstance(root, DictionaryObject):
        return None
    roles = {str(role)[1:]: name(to) for role, to in dictionary(raw(root, "/RoleMap")).items()}
    elements = tuple(_Walk(roles, pages, dictionary(raw(root, "/ClassMap"))).elements(root))
    return Structure(elements, roles, frozenset(_owned(root)), tuple(_pages(elements)))


def _pages(elements: tuple[Element, ...]) -> list[int]:
    found = [element.page for element in elements]
    for element in reversed(elements):  # what lies in it comes behind it
        found[element.number] = found[element.number] or next((found[kid] for kid in element.elements if found[kid]), 0)
    for number in range(1, len(found)):
        found[number] = found[number] or found[number - 1]
    return found


def _owned(root: DictionaryObject) -> Iterator[tuple[int, int]]:
    waiting, seen, found = [raw(root, "/ParentTree")], set[Key](), 0
    while waiting:
        item = waiting.pop()
        if (key := objects.key(item)) in seen:
            continue
        seen.add(key)
        waiting += array(raw(item, "/Kids"))
        numbers = array(raw(item, "/Nums"))
        for number, entry in zip(numbers[::2], numbers[1::2], strict=False):
            for place, owner in enumerate(array(entry)):
                found += 1
                if found > MOST_TAGS:
                    raise too_much(f"more than {MOST_TAGS:,} entries in its parent tree")
                if isinstance(objects.resolved(owner), DictionaryObject):
                    yield whole(number), place


class _Walk:
    """One walk through the tree, with what it has met."""

    def __init__(self, roles: Mapping[str, str], pages: Mapping[Key, int], classes: DictionaryObject) -> None:
        self._roles, self._pages, self._classes = roles, pages, classes
        self._seen: set[Key] = set()
        self._made: list[Element] = []
        self._budget = Budget()

    def elements(self, root: DictionaryObject) -> list[Element]:
        kids: dict[int, list[int | Piece | Referred]] = {}
        tops = array(raw(root, "/K"))
        self._budget.tag(len(tops))
        waiting = [(kid, -1, 0, "", 0) for kid in reversed(tops)]
        while waiting:
            item, parent, page, language, depth = waiting.pop()
            held = objects.resolved(item)
            if not isinstance(held, DictionaryObject):
                if parent >= 0 and (number := whole(held)) >= 0:
                    kids[parent].append(Piece(("page", page), number))
                continue
            here = self._pages.get(objects.key(raw(held, "/Pg")), page)
            kind = name(raw(held, "/Type"))
            if kind == "MCR" and parent >= 0:
                form = raw(held, "/Stm")
                owner = ("form", objects.key(form)[1]) if form is not None else ("page", here)
                kids[parent].append(Piece(owner, whole(raw(held, "/MCID"))))
            elif kind == "OBJR" and parent >= 0:
                kids[parent].append(Referred(objects.key(raw(held, "/Obj")), here))
            elif (key := objects.key(item)) not in self._seen and raw(held, "/S") is not None:
                self._seen.add(key)
                if depth > MOST_DEPTH:
                    raise too_much(f"tags in more than {MOST_DEPTH} others")
                element = self._element(held, parent, here, language)
                self._made.append(element)
                kids[element.number] = []
                if parent >= 0:
                    kids[parent].append(element.number)
                below = array(raw(held, "/K"))
                self._budget.tag(len(below))
                waiting += ((kid, element.number, here, element.language, depth + 1) for kid in reversed(below))
        return [_with(element, tuple(kids[element.number])) for element in self._made]

    def _element(self, held: DictionaryObject, parent: int, page: int, language: str) -> Element:
        role = name(raw(held, "/S"))
        own = text(raw(held, "/Lang"))
        namespace = text(get(held, "/NS", "/NS"))
        names = STANDARD_2 if namespace == _NAMESPACE_2 else STANDARD
        said = {key: text(raw(held, key)) if raw(held, key) is not None else None for key in _TEXTS}
        return Element(
            number=len(self._made),
            role=role,
            type=standard(role, self._roles, names),
            parent=parent,
            kids=(),
            page=page,
            language=own or language,
            own_language=own,
            alt=said["/Alt"],
            actual=said["/ActualText"],
            expansion=said["/E"],
            id=text(raw(held, "/ID")),
            attributes=self._attributes(held),
            namespace=namespace,
        )

    def _attributes(self, held: DictionaryObject) -> dict[str, object]:
        """All attributes of an element, those of its classes first, as the element's own go before them."""
        entries = [entry for each in array(raw(held, "/C")) for entry in array(raw(self._classes, f"/{name(each)}"))]
        found: dict[str, object] = {}
        for entry in (*entries, *array(raw(held, "/A"))):
            self._budget.describe(1 + len(dictionary(entry)))
            found.update({str(key)[1:]: objects.resolved(value) for key, value in dictionary(entry).items()})
        return found


_TEXTS = ("/Alt", "/ActualText", "/E")


def _with(element: Element, kids: tuple[int | Piece | Referred, ...]) -> Element:
    return replace(element, kids=kids)
