"""The values that travel between the stages. Frozen, without behaviour beyond small derived facts.

Imports nothing of ours. Lengths are in mm (pages) or pt (type), as each name says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

Direction = Literal["ltr", "rtl"]
Fit = Literal["refuse", "shrink"]  # what is done about text that is too long for its layout


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A line of a file: ``file`` relative to the root with "/" between parts, ``line`` from 1 (0: whole file)."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


# --------------------------------------------------------------------------- inline content


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters, as read (no markup, nothing escaped)."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words, ``**...**`` in a source and ``<b>...</b>`` in a message."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words, ``*...*`` in a source and ``<em>...</em>`` in a message (never printed in italics)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; in a message its target stays outside and the tag is ``<a1>``, ``<a2>``, in order of the source."""

    children: tuple[Inline, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A detail filled in per clinic, ``{clinic_phone}``; ``name`` without the braces."""

    name: str


@dataclass(frozen=True, slots=True)
class Isolate:
    """Text that keeps its own direction inside a line of the other one; made by ``bidi``, never by a parser."""

    children: tuple[Inline, ...]
    direction: Direction


Inline = Text | Strong | Emphasis | Link | Placeholder | Isolate


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text without markup; a placeholder stands as ``{name}``."""
    parts = []
    for inline in inlines:
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Placeholder):
            parts.append("{" + inline.name + "}")
        else:
            parts.append(plain(inline.children))
    return "".join(parts)


# --------------------------------------------------------------------------- blocks


class Kind(Enum):
    """What a block is. The comment says which options and children it carries; see sources/README.md."""

    HEADING = "heading"  # options: level "2".."4"; inlines
    PARAGRAPH = "paragraph"  # inlines
    LIST = "list"  # options: ordered "yes"|"no"; children: ITEM
    ITEM = "item"  # inlines; children: at most one nested LIST
    TABLE = "table"  # children: optional CAPTION, then ROW (the first is the header row)
    ROW = "row"  # options: header "yes"|"no"; children: CELL
    CELL = "cell"  # options: header "yes"|"no"; inlines (may be empty)
    FIGURE = "figure"  # options: src (path relative to root); children: ALT, optional CAPTION
    ALT = "alt"  # inlines: text only; what the picture says to those who do not see it
    CAPTION = "caption"  # inlines
    CALLOUT = "callout"  # options: name urgent|tip|summary|story; children: blocks
    PART = "part"  # options: name short|easy|card; children: blocks; printed only by layouts of that text
    QUESTIONS = "questions"  # children: QUESTION, ANSWER in turn
    QUESTION = "question"  # inlines
    ANSWER = "answer"  # inlines
    EVIDENCE = "evidence"  # options: refs "key key"; children: blocks
    WORDS = "words"  # children: WORD; built from the front matter's terms
    WORD = "word"  # children: TERM, optional SAY, MEANS
    TERM = "term"  # inlines
    SAY = "say"  # inlines: how to say it
    MEANS = "means"  # inlines
    TITLE = "title"  # inlines: text only (front matter)
    SUMMARY = "summary"  # inlines: text only (front matter)
    AUDIENCE = "audience"  # inlines: text only (front matter)


EXCEPT = "not-"  # before a country's code: everywhere else


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a leaflet: its own running text (``inlines``) and the blocks inside it (``children``).

    ``at`` is its line in the source; ``po`` the line of its translation, once localized. ``id`` is the author's
    stable id ("" if none). ``safety``: a wrong or missing translation of it can do harm. ``country``: ISO 3166
    code when it is printed in that country only, "not-US" when it is printed in all but that, else "". ``short``:
    layouts with little room print it too.
    """

    kind: Kind
    at: Location
    inlines: tuple[Inline, ...] = ()
    children: tuple[Block, ...] = ()
    id: str = ""
    safety: bool = False
    short: bool = False
    country: str = ""
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    po: Location | None = None
    context: str = ""  # msgctxt an author asked for ({context="..."})
    note: str = ""  # an author's note to translators ({note="..."})
    language: str = ""  # BCP 47 tag of its own text where that is not the edition's: printed untranslated

    def printed_in(self, country: str) -> bool:
        """Whether it is for readers in that country; "" is one that nobody knows."""
        if self.country.startswith(EXCEPT):
            return self.country != EXCEPT + country
        return self.country in ("", country)

    def walk(self) -> Iterator[Block]:
        """This block and all blocks inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list, printed as it stands (never translated)."""

    key: str
    text: str
    url: str
    at: Location


@dataclass(frozen=True, slots=True)
class Meta:
    """Checked front matter. Dates are calendar dates; ``country`` is the ISO 3166 code the text was written for.

    ``reviewed_by`` names the clinician who signed the source off; while it is "" every page says that the leaflet is
    a sample for review. ``layouts`` names those that the leaflet is meant for; empty: all that have a text for it.
    """

    title: Block
    summary: Block
    audience: Block
    written: date
    review_by: date
    country: str
    references: tuple[Reference, ...]
    terms: Block  # Kind.WORDS, with no children if the leaflet explains no words
    reviewed_by: str = ""
    layouts: tuple[str, ...] = ()
    layouts_at: Location | None = None


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One source, parsed. ``language`` is the BCP 47 tag of the source text."""

    slug: str
    language: str
    meta: Meta
    blocks: tuple[Block, ...]
    at: Location

    def walk(self) -> Iterator[Block]:
        """All blocks in reading order: title, summary, audience, the body."""
        yield self.meta.title
        yield self.meta.summary
        yield self.meta.audience
        for block in self.blocks:
            yield from block.walk()


# --------------------------------------------------------------------------- messages and catalogs


@dataclass(frozen=True, slots=True)
class Message:
    """One translatable string. ``text`` carries inline tags and placeholders; ``at`` every place it is used."""

    text: str
    at: tuple[Location, ...]
    context: str = ""
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    safety: bool = False
    id: str = ""


class State(Enum):
    """What a translation is worth: only CURRENT is ever printed."""

    CURRENT = "current"
    FUZZY = "fuzzy"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalog says for one message; ``at`` is the line of its entry in the .po file."""

    text: str
    state: State
    at: Location


# --------------------------------------------------------------------------- locales, layouts, clinics


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family as printed: its name and the file of each weight (file name, found in the font folders)."""

    name: str
    regular: str
    bold: str


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as printed. ``name`` is Babel's ("zh_Hans"), ``tag`` BCP 47's ("zh-Hans").

    ``size_factor`` and ``line_height_factor`` scale a layout's figures; ``digits`` is a CLDR numbering system;
    ``readability`` holds the rules for its texts that differ from the shipped ones (``readability.rules``).
    """

    name: str
    tag: str
    direction: Direction
    script: str
    own_name: str
    english_name: str
    fonts: tuple[FontFamily, ...]
    size_factor: float = 1.0
    line_height_factor: float = 1.0
    digits: str = "latn"
    hyphenate: bool = False
    readability: Mapping[str, float] = field(default_factory=dict, hash=False)
    at: Location = Location("")


Imposition = Literal["saddle-stitch", "trifold", "cards"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How pages in reading order are put on sheets for the printing press (``formats/imposition.py``); lengths in mm.

    ``columns``, ``rows`` and the ``gap_mm`` between the cards are for cards alone; ``folded``: the cards of a row stay
    together and are folded, not cut. ``marks``: show where to cut and where to fold. ``around_mm``: what the sheet is
    larger by on each side, to be cut off.
    """

    kind: Imposition
    sheet_width_mm: float
    sheet_height_mm: float
    columns: int = 2
    rows: int = 4
    gap_mm: float = 0.0
    folded: bool = False
    marks: bool = True
    around_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Press:
    """How a layout goes to paper: ``sides`` of each sheet (1 or 2), and the edge that the printer turns it on.

    ``scheme``: how the pages, which the PDF has in reading order, are set on sheets in a file of their own; ``None``
    for layouts that are printed page by page.
    """

    paper: str
    sides: int
    flip: Literal["long", "short"]
    scheme: Scheme | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A format to print in. Sizes in mm, type in pt; ``max_pages`` 0 means no limit.

    ``text``: what of a leaflet it prints (see ``excerpts``). ``beside``: the locale that stands beside an edition's own
    on the same page, "source" for the language the leaflet is written in, "" for none; ``order``: whether screen
    readers read the two block by block ("alternating") or one after the other ("whole"). ``beside_pages``: where that
    language has pages of its "own" rather than "shared" ones, the layout is made for the source's language alone too,
    and ``max_pages`` counts for each. ``like``: the layout that it takes templates and CSS from. ``looks`` name the
    style sheets of ``base/looks/`` that it is printed in on top of its own. ``fit``: what is done about text that is
    too long for ``max_pages``. ``least_contrast``: text that stands out less from its ground is warned of.
    ``least_line``: lines move no closer than that to make a text fit. ``around_mm``: how much larger than the page the
    paper is on each side, to be cut off. ``roomy``: the same layout with more room, for looks that ask for it.
    """

    name: str
    title: str
    page_width_mm: float
    page_height_mm: float
    margins_mm: tuple[float, float, float, float]  # top, right, bottom, left
    body_pt: float
    line_height: float
    least_pt: float
    max_pages: int
    folder: str  # absolute path
    at: Location = Location("")
    text: str = "full"
    beside: str = ""
    beside_pages: Literal["shared", "own"] = "shared"
    order: str = "alternating"
    like: str = ""
    press: Press | None = None
    looks: tuple[str, ...] = ()
    fit: Fit = "refuse"
    least_contrast: float = 4.5
    least_line: float = 0.0
    around_mm: float = 0.0
    roomy: Layout | None = None

    @property
    def label(self) -> str:
        """Its name with those of its looks, as in file names: "a4", "a4.dyslexia+ink-saving"."""
        return f"{self.name}.{'+'.join(self.looks)}" if self.looks else self.name


@dataclass(frozen=True, slots=True)
class Look:
    """Another look that any layout can be printed in: the name of its style sheet, and what people call it
    ("yellow on black", to stand after a comma).

    Of looks that set the same thing (``sets``: "colours", say, or "") only one can be worn. ``least_contrast`` and
    ``line_height`` raise those of the layout. ``around_mm``: how much larger it wants the paper on each side.
    ``more_room``: it takes so much that a layout of few pages is printed on larger ones (``Layout.roomy``).
    """

    name: str
    title: str
    sets: str = ""
    least_contrast: float = 0.0
    line_height: float = 0.0
    around_mm: float = 0.0
    more_room: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening hours on one or more days; ``days`` as 0 (Monday) to 6, times as "HH:MM", "24:00" at a day's end."""

    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call for help; ``name`` and ``note`` are printed as the clinic wrote them.

    ``names`` and ``notes``: the same in other languages, as pairs of a locale's name ("zh_Hans") and words. ``at`` is
    its line in the clinic's file.
    """

    key: str
    name: str
    phone: str
    note: str = ""
    names: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who hands the leaflet out. ``logo`` is a path relative to sources/, "" for none.

    ``colour``: "#0b4a57", the accent of its leaflets, "" for the layouts' own. ``leaflets``: the web address of a
    leaflet in a language, with ``{leaflet}`` and ``{language}`` in it, "" if they are not on the web.
    """

    name: str
    address: tuple[str, ...]
    phone: str
    web: str
    hours: tuple[Opening, ...]
    logo: str
    logo_alt: str
    emergency_number: str
    helplines: tuple[Helpline, ...]
    country: str
    at: Location
    colour: str = ""
    leaflets: str = ""
    leaflets_at: Location | None = None


def lead_pt(body_pt: float, least_pt: float) -> float:
    """The type size of the lead, the sentence below the title: a little smaller than the text where that may be."""
    return max(least_pt, 0.93 * body_pt)


# --------------------------------------------------------------------------- editions and artifacts


@dataclass(frozen=True, slots=True)
class Approval:
    """Who checked a translation ("Name, role"), on which day, against the source of which date."""

    by: str
    on: date
    source: date


@dataclass(frozen=True, slots=True)
class Edition:
    """A leaflet in one locale for one clinic's country; each block has its source line and its .po line.

    ``draft``: no clinical translator has approved this translation as it is now; else ``approval`` says who has.
    """

    leaflet: Leaflet
    locale: Locale
    draft: bool
    meta: Meta
    blocks: tuple[Block, ...]
    approval: Approval | None = None

    @property
    def slug(self) -> str:
        return self.leaflet.slug

    def walk(self) -> Iterator[Block]:
        """All blocks in reading order, as ``Leaflet.walk``."""
        yield self.meta.title
        yield self.meta.summary
        yield self.meta.audience
        for block in self.blocks:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Rules:
    """What a printed page is held to: a layout's figures (type in pt, as ``layout.toml`` has them) and the language.

    ``size_factor`` and ``line_factor`` are the locale's: type and lines are printed that much larger. ``language`` is
    the locale's English name, ``at`` the layout's settings. ``others``: the scripts of other languages on the same
    pages, each with its size factor. ``least_line``: lines move no closer to make a text fit, as a look asks.
    """

    layout: str
    language: str
    tag: str
    script: str
    body_pt: float
    least_pt: float
    line_height: float
    size_factor: float = 1.0
    line_factor: float = 1.0
    max_pages: int = 0
    fit: Fit = "refuse"
    least_contrast: float = 4.5
    at: Location = Location("layouts")
    others: tuple[tuple[str, float], ...] = ()
    least_line: float = 0.0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a printed text is to be mended that is none of the leaflet's: a fact of the clinic's, a layout's words."""

    text: str
    at: Location
    po: Location | None = None

    def has(self, text: str) -> bool:
        """Whether a printed text is this one or a part of it, such as a line of the opening hours."""
        return text == self.text or (len(text) > 3 and text in self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a format renders: whole HTML, the layout's CSS, the CSS of the edition's cut fonts.

    ``families`` are the font families that may appear, ``folders`` those that files may be read from (absolute paths),
    ``base`` the URL that relative addresses start from, ``at`` the leaflet's source; ``rules``: what is asked of it.
    ``scheme``: how its pages are imposed for the press, in the ``direction`` of its language. ``origins``: of the texts
    on it that are none of the leaflet's. ``css_origins``: where in the CSS (a line, from 1) each of its parts begins,
    and the file that it is from, "" if it is made of settings.
    """

    name: str
    html: str
    css: str
    font_css: str
    families: tuple[str, ...]
    folders: tuple[str, ...]
    base: str
    at: Location
    rules: Rules
    scheme: Scheme | None = None
    direction: Direction = "ltr"
    origins: tuple[Origin, ...] = ()
    css_origins: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """What a format made of a sheet, and what was found on it; ``data`` is empty if any finding is an error.

    ``note`` says what was done to make the text fit, "" for nothing. ``press``: the same pages imposed on sheets, empty
    where the layout has no scheme for that.
    """

    data: bytes
    pages: int
    findings: tuple[Finding, ...]
    note: str = ""
    press: bytes = b""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of an edition on disk. ``path`` is relative to the output folder.

    ``fresh``: it is what the sources say today. An artifact that is not fresh is the last good one, kept because
    today's has errors (``pages`` is 0 if there never was one); ``since``: the day when a run first found it so.
    ``reviewed``: a clinician has signed the source off; until then it is a sample. ``beside`` names the locale of the
    second language on its pages, "" for none. ``note``: what was done to make the text fit.
    ``press``: the path of the file with its pages imposed on sheets, "" for none.
    """

    path: str
    pages: int
    slug: str
    locale: str
    layout: str
    draft: bool
    fresh: bool
    since: date | None = None
    reviewed: bool = False
    looks: tuple[str, ...] = ()
    beside: str = ""
    note: str = ""
    press: str = ""

    @property
    def label(self) -> str:
        """The layout with its looks and its second language: "a4.dyslexia", "bilingual+en"."""
        pair = f"+{self.beside}" if self.beside else ""
        return self.layout + pair + ("." + "+".join(self.looks) if self.looks else "")


# --------------------------------------------------------------------------- findings


class Severity(Enum):
    """ERROR stops the artifact; WARNING is printed; UNMEASURED says that a check could not be made."""

    ERROR = "error"
    WARNING = "warning"
    UNMEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: which check, what is wrong, where (source and .po), how to mend it."""

    check: str
    severity: Severity
    message: str
    at: Location
    hint: str = ""
    po: Location | None = None
