"""What the templates of a layout see: an edition with its clinic, each text ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import dropwhile, takewhile

from markupsafe import Markup, escape

from plainleaf.clinics.details import fill
from plainleaf.graphics import codes as qr
from plainleaf.graphics.pictures import Spot, Told
from plainleaf.languages import facts
from plainleaf.layouts import citing, danger, excerpts, foot, markup
from plainleaf.layouts.colophon import ColophonView
from plainleaf.layouts.contacts import LATIN
from plainleaf.layouts.foot import Foot
from plainleaf.layouts.foreign import languages_line
from plainleaf.layouts.heights import fills_page, is_tall
from plainleaf.layouts.lines import Lines, is_to_fill_in
from plainleaf.layouts.pieces import Entry, Idea, Opened, Piece, Pieces, Place, Source
from plainleaf.layouts.signs import BOX, Printer, paged
from plainleaf.layouts.ways import Ways
from plainleaf.model import (
    Block,
    Kind,
    Layout,
    Location,
    foreign,
    plain,
)
from plainleaf.model.citations import cited
from plainleaf.model.tags import locale_name
from plainleaf.typesetting import bidi, locales, typography

MOST_SIGNS = 6
FEWEST_PARTS = 3  # that are worth a list of contents
SHORT_ENOUGH = 6  # pages through which one finds one's way without a list
BESIDE = 28  # ems of a line: a drawing and the meaning of its numbers have room beside one another
_AHEAD = (Kind.CALLOUT.value, Kind.LANGUAGES.value)  # what may stand over all columns of a text
SECOND = "-beside"  # at the end of ids of a page's second language


@dataclass(frozen=True)  # without slots: what templates ask for again and again is worked out once
class View(ColophonView):
    """An edition as its template sees it."""

    layout: Layout
    told: Mapping[str, Told] = field(default_factory=dict)  # what pictures say of themselves, by path
    pieces: Pieces = field(default_factory=dict)  # made so far
    first: bool = True  # whether it is the page's first language, whose blocks have the ids that links lead to
    beside: str = ""  # the tag of the page's other language
    said: Callable[[str], str] = str  # the layouts' words in the language
    ways: Ways | None = None  # from a page for screens to what lies beside it
    order: tuple[Location, ...] = ()  # of the words to know in the language beside whose rows this one's stand

    @cached_property
    def _printer(self) -> Printer:
        return Printer(self.where, self.said, "" if self.first else SECOND, paged(self.layout))

    @cached_property
    def signs(self) -> markup.Signs:
        return self._printer.signs()

    def back(self, piece: Piece) -> Markup:
        """Before a note: its number, and the way back to where it is marked; nothing before one without a mark."""
        return Markup(self._printer.back(mark)) if (mark := piece.options.get("mark")) else Markup("")

    def piece(self, block: Block) -> Piece:
        """A block and all inside it; made once for all views that share ``pieces``."""
        if known := self.pieces.get(id(block)):
            return known[1]
        made = self._piece(block)
        self.pieces[id(block)] = (block, made)
        return made

    def _piece(self, block: Block) -> Piece:
        lines = Lines(self.layout, self.where, self._words)
        picture = self.told.get(block.options.get("src", ""), Told())
        mirrored = self.where.direction == "rtl" and picture.mirrors
        return Piece(
            kind=block.kind.value,
            text=self._text(block),
            words=self._words(block),
            attrs=_attrs(block, self._id(block), self._dangers.get((block.kind, block.at), "")),
            children=tuple(self.piece(child) for child in block.children),
            options=block.options,
            safety=block.safety,
            brief=lines.is_brief(block),
            paired=lines.is_paired(block),
            signs=block.kind is Kind.LIST
            and len(block.children) <= MOST_SIGNS
            and any(item.safety for item in block.children),
            columns=lines.columns(block) if block.kind is Kind.LIST else 0,
            fill=is_to_fill_in(block),
            mirrored=mirrored,
            spots=tuple(self._spot(spot, mirrored) for spot in picture.spots),
            beside=block.kind is Kind.DRAWING and lines.room >= BESIDE,
            wide=block.kind is Kind.TABLE and lines.least_width(block) > lines.room,
            shares=lines.shares(block) if block.kind is Kind.TABLE else (),
            tall=self._tall(block, lines.room),
        )

    def _spot(self, spot: Spot, mirrored: bool) -> Place:
        """Where a number stands in a drawing as it is printed."""
        return Place(self.figure(str(spot.number)), 100 - spot.across if mirrored else spot.across, spot.down)

    def _tall(self, block: Block, room: float) -> bool:
        if self.layout.first_danger == "action" and danger.is_panel(block):
            shared = 2 if self.layout.beside and self.layout.beside_pages == "shared" else 1
            return fills_page(block, self.layout, self.where, room / shared, self._words)
        return is_tall(block, self.layout, self.where, room, self._words)

    @cached_property
    def _dangers(self) -> Mapping[tuple[Kind, Location], str]:
        """What the pieces of panels for an emergency say."""
        return danger.marks(self.edition.walk())

    def _words(self, block: Block) -> str:
        """A block's own words as printed, without markup."""
        return plain(fill(block.inlines, self.clinic, self.where))

    def _text(self, block: Block, href: str = "") -> Markup:
        """A block's words; with ``href``, each piece of them a link to that."""
        if block.language:
            return self._untranslated(block, href)
        inlines = fill(block.inlines, self.clinic, self.where, keep=self._names)
        said = f"{self.where.tag.partition('-')[0]}-{LATIN}" if block.kind is Kind.SAY else ""
        return self._html(typography.with_company(inlines), href, said if self.where.script != LATIN else "")

    def _untranslated(self, block: Block, href: str) -> Markup:
        """Text in the source's language, for want of a translation: marked for eyes and ears."""
        own = locales.locale(locale_name(block.language))
        language = facts.of(own)
        isolated = bidi.isolate(fill(block.inlines, self.clinic, own), own.direction, language)
        inner = markup.html(isolated, own.direction, href, language=language, signs=self.signs)
        opening = Markup('<bdi class="untranslated" dir="{}" lang="{}">').format(own.direction, block.language)
        return opening + Markup(inner) + Markup("</bdi>")

    @property
    def languages(self) -> Markup:
        """The other languages that the leaflet is published in, by their own names; not the one that stands beside it
        here, if there are more."""
        line = next((block for block in self.edition.walk() if "names" in block.options), None)
        return self._html(languages_line([*foreign(line.inlines)] if line else [], self.beside))

    def direction(self, tag: str) -> str:
        """How a language is written: "ltr" or "rtl"."""
        return locales.locale(locale_name(tag)).direction

    def opened(self, options: Mapping[str, str]) -> Opened:
        """What a code to scan opens here: for es_MX its own address, else that for es, else the first."""
        name = self.where.name
        while name and f"href-{name}" not in options:
            name = name.rpartition("_")[0]
        address = options[f"href-{name}" if name else "href"]
        scheme, _, rest = address.partition(":")
        if scheme.lower() == "tel":
            return Opened(qr.picture(address), self._dial(rest))
        shown = rest.partition("?")[0] if scheme.lower() == "mailto" else address
        return Opened(qr.picture(address), self._address(shown, address))

    @property
    def box(self) -> str:
        """A box to tick, as ``src`` of a picture."""
        return BOX

    @property
    def line(self) -> Markup:
        """A line to write on."""
        return Markup(self._printer.line())

    def figure(self, number: str) -> str:
        """A whole number in the digits of the language."""
        return locales.number(int(number), self.where)

    @property
    def partial(self) -> bool:
        """Whether any text stands in the source's language, for want of a translation."""
        return any(block.language for block in self.edition.walk())

    def foot(self, notices: Sequence[str], number: str, share: float = 1.0) -> Foot:
        """The lines at the foot of each page; ``share``: how much of the text's width they have, as a part of 1."""
        return foot.shortest(notices, number, self.layout, self.where, share)

    def cited(self, piece: Piece) -> Markup:
        """What an evidence block rests on, as links to the list of references: "Source 2, page 12"; "" for nothing."""
        return citing.citations(cited(piece.options.get("refs", "")), self.sources, self.where, self.said)

    # ----- the leaflet

    @property
    def title(self) -> Piece:
        return self.piece(self.edition.meta.title)

    @property
    def summary(self) -> Piece:
        return self.piece(self.edition.meta.summary)

    @property
    def audience(self) -> Piece:
        return self.piece(self.edition.meta.audience)

    @cached_property
    def blocks(self) -> tuple[Piece, ...]:
        """What the layout prints of the text, but for what is cut off."""
        return tuple(map(self.piece, (block for block in self._printed if block.kind is not Kind.SLIP)))

    @cached_property
    def slips(self) -> tuple[Piece, ...]:
        """What is to be cut off: the last thing in the leaflet, wherever its author wrote it."""
        return tuple(map(self.piece, (block for block in self._printed if block.kind is Kind.SLIP)))

    @cached_property
    def _printed(self) -> tuple[Block, ...]:
        return excerpts.printed(self.edition, self.layout.text, self.order)

    @property
    def words_in_order(self) -> tuple[Location, ...]:
        """The places of the words to know, in this language's order."""
        return excerpts.words_in_order(self._printed)

    @property
    def both_sides(self) -> bool:
        """Whether its sheets are printed on both sides."""
        return self.layout.press is None or self.layout.press.sides == 2

    @cached_property
    def says_emergency(self) -> bool:
        """Whether the text says the number to call when a life is in danger."""
        number = self.clinic.emergency_number
        return any(number in self._words(each) for block in self._printed for each in block.walk())

    @property
    def panel(self) -> tuple[Piece, ...]:
        """What to do in an emergency, where the text begins with it."""
        return tuple(piece for piece in self.blocks[:1] if piece.options.get("name") == "emergency")

    @property
    def main(self) -> tuple[Piece, ...]:
        """The main message, where the text begins with it, or goes on with it behind that panel."""
        first = len(self.panel)
        return tuple(piece for piece in self.blocks[first : first + 1] if piece.options.get("name") == "summary")

    @property
    def rest(self) -> tuple[Piece, ...]:
        """The blocks behind the panel and the main message."""
        return self.blocks[len(self.panel) + len(self.main) :]

    @property
    def boxes(self) -> tuple[Piece, ...]:
        """The red boxes that follow the main message at once: what can kill stands before a list of contents."""
        return tuple(takewhile(lambda piece: piece.options.get("name") in danger.UNBROKEN, self.rest))

    @cached_property
    def ahead(self) -> tuple[Piece, ...]:
        """The boxes that the text begins with, for layouts that set them apart: the first red one before the others."""
        first = tuple(takewhile(lambda piece: piece.kind in _AHEAD, self.blocks))
        red = tuple(piece for piece in first if piece.options.get("name") in danger.UNBROKEN)[:1]
        return (*red, *(piece for piece in first if piece not in red))

    @property
    def body(self) -> tuple[Piece, ...]:
        """The blocks behind those."""
        return self.rest[len(self.boxes) :]

    @property
    def acting(self) -> tuple[Piece, ...]:
        """Of those, what readers act on: all up to a second layer."""
        return tuple(takewhile(lambda piece: excerpts.MORE not in piece.options, self.body))

    @property
    def reading(self) -> tuple[Piece, ...]:
        """The second layer, which begins with its heading; nothing where the text has none."""
        return self.body[len(self.acting) :]

    @cached_property
    def contents(self) -> tuple[Entry, ...]:
        """The leaflet's parts, for a list of them; none where they are too few, or the layout has no list."""
        if self.layout.contents == "never" or self.layout.text != "full":
            return ()
        parts = [block for block in excerpts.blocks(self.edition.blocks, "full") if block.at in self._part_numbers]
        names = map(self._anchor, parts)
        numbers = (self.figure(part.options["number"]) if "number" in part.options else "" for part in parts)
        texts = (self._text(part, f"#{name}") for part, name in zip(parts, map(self._anchor, parts), strict=True))
        deeper = [not _begins_part(part) for part in parts]
        further = [part.at in self._further for part in parts]
        entries = map(Entry, texts, names, numbers, further, deeper)
        return tuple(entries) if len(parts) >= FEWEST_PARTS else ()

    @property
    def listed_over(self) -> str:
        """In leaflets of more than how many pages the list is printed; "" if in all."""
        return "" if self.layout.contents == "always" else str(SHORT_ENOUGH)

    def _id(self, block: Block) -> str:
        """The ``id`` that a block has on the page: each language has notes of its own, all else has the first's."""
        if block.kind is Kind.NOTE and (mark := block.options.get("mark")):
            return self._printer.note(mark)
        return self._anchor(block) if self.first else ""

    def _anchor(self, block: Block) -> str:
        """What leads to a block, "" if nothing does; headings that begin a part have a name in any case."""
        if block.id:
            return markup.anchor(block.id)
        number = self._part_numbers.get(block.at) if block.kind is Kind.HEADING else None
        return f"h-{number}" if number else ""

    @cached_property
    def _part_numbers(self) -> dict[Location, int]:
        """Which part of the leaflet begins at a place: an address that stays when lines above it move. In a second
        layer what has a heading of the next level is a part too."""
        headings = [block for block in self.edition.walk() if block.kind is Kind.HEADING]
        places = dict.fromkeys((*(block.at for block in headings if _begins_part(block)), *self._further))
        return {place: number for number, place in enumerate(places, 1)}

    @cached_property
    def _further(self) -> tuple[Location, ...]:
        """Where the second layer begins, and its parts."""
        blocks = dropwhile(lambda block: excerpts.MORE not in block.options, self.edition.blocks)
        return tuple(block.at for block in blocks if block.kind is Kind.HEADING and excerpts.level(block) <= 3)

    @property
    def ideas(self) -> tuple[Idea, ...]:
        """The blocks for easy reading: each picture with what is said beside it, the rest alone."""
        found: list[Idea] = []
        headings: list[Piece] = []
        for piece in self.blocks:
            if piece.kind == "heading":
                headings.append(piece)
            elif piece.kind == "paragraph" and not headings and found and found[-1].picture:
                found[-1] = replace(found[-1], said=(*found[-1].said, piece))
            else:
                picture = piece if piece.kind == "figure" else None
                found.append(Idea(tuple(headings), picture, () if picture else (piece,)))
                headings = []
        return (*found, *([Idea(tuple(headings), None, ())] if headings else []))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The references that the printed text cites, counted in the order in which it does so first."""
        return citing.sources(self._printed, self.edition.meta.references)

    @property
    def counter(self) -> str:
        """How lists count in the language, as CSS has it."""
        return locales.counter_style(self.where)


def _begins_part(block: Block) -> bool:
    return block.kind is Kind.HEADING and block.options["level"] == "2"


def _attrs(block: Block, name: str, mark: str) -> Markup:
    """Where a block is from, for the checks that meet it again in a finished page; ``name`` is its id there, or "",
    ``mark`` what it is in a panel for an emergency, or "" (``danger``)."""
    attrs = {"id": name, "data-kind": block.kind.value, "data-at": str(block.at)}
    if block.po:
        attrs["data-po"] = str(block.po)
    if "optional" in block.options:
        attrs["data-optional"] = "yes"
    if block.language and block.kind is Kind.ALT:  # in an attribute there is no other way to say it
        attrs["lang"] = block.language
        attrs["dir"] = locales.locale(locale_name(block.language)).direction
    attrs[danger.PIECE] = mark
    if block.kind is Kind.CALLOUT and block.options["name"] in danger.UNBROKEN:
        attrs[danger.WHOLE] = "yes"
    return Markup("".join(f' {name}="{escape(value)}"' for name, value in attrs.items() if value))
