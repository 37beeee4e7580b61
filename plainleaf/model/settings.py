"""What a leaflet is printed in and by whom: locales, layouts, looks, clinics. Lengths in mm, type in pt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from plainleaf.model.texts import Direction, Location

_NOWHERE = Location("")
USUAL_FORMAT = "pdf"  # what is on paper, and made for one person if nobody asks for another one
USUAL_FORMATS = (USUAL_FORMAT, "html")  # what is made if nobody says otherwise

Fit = Literal["refuse", "shrink"]  # what is done about text that is too long for its layout
Listing = Literal["auto", "always", "never"]  # whether a layout has a list of contents; auto: in long leaflets
Profile = Literal["ua-1 + a-2a", "ua-2 + wtpdf + a-4"]  # the standards that a PDF follows
FirstDanger = Literal["whole", "action"]  # what of a panel for an emergency is on page 1: all, or its heading and steps

USUAL_PROFILE: Profile = "ua-1 + a-2a"
PROFILES: Mapping[str, Profile] = {USUAL_PROFILE: USUAL_PROFILE, "ua-2 + wtpdf + a-4": "ua-2 + wtpdf + a-4"}


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family as printed: its name and the file of each weight (file name, found in the font folders)."""

    name: str
    regular: str
    bold: str


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """What one file says of a language: lists by section and key, single values by key (``languages.schema``)."""

    lists: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    values: tuple[tuple[str, bool | float | str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What files say of a language that CLDR does not have, or has little of (``languages.own_words``); "" and empty
    for what they leave to CLDR.

    ``days``: seven, from Monday on; ``months``: twelve. ``date``: "{day} {month} {year}"; ``clock``: "12" or "24";
    ``halves``: of a day ("AM", "PM"); ``always``: "24 hours"; ``joined``: "{} and {}"; ``countries``: pairs of an ISO
    3166 code and a name; ``plural``: a rule as gettext writes it. ``like``: the language whose data CLDR has for all
    else, by Babel's name ("fa_AF" of Dari). ``script``: by ISO 15924.
    """

    own_name: str = ""
    english_name: str = ""
    script: str = ""
    days: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    date: str = ""
    clock: str = ""
    halves: tuple[str, ...] = ()
    always: str = ""
    joined: str = ""
    countries: tuple[tuple[str, str], ...] = ()
    plural: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language as printed. ``name`` is Babel's ("zh_Hans"), ``tag`` BCP 47's ("zh-Hans").

    ``size_factor`` and ``line_height_factor`` scale a layout's figures; ``digits`` is a CLDR numbering system;
    ``readability`` holds the rules for its texts that differ from the shipped ones (``readability.rules``);
    ``own``: what the content's ``checks.toml`` says of the language, ``None`` without one (``languages.facts.of``);
    ``words``: what is said of it in CLDR's place. ``braille``: its table of liblouis, "" for the
    usual one, "none" for no braille.
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
    at: Location = _NOWHERE
    own: LanguageFacts | None = None
    words: OwnWords = OwnWords()
    braille: str = ""

    def __hash__(self) -> int:
        """Of what tells languages apart: values are kept by them, and asked for thousands of times for a page."""
        return hash((self.name, self.at))


@dataclass(frozen=True, slots=True)
class BraillePage:
    """How much braille a page holds: ``cells`` in a line, ``lines``; where its ``numbers`` are."""

    cells: int = 40
    lines: int = 25
    numbers: Literal["bottom", "top"] = "bottom"


Imposition = Literal["saddle-stitch", "trifold", "cards"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How pages in reading order are put on sheets for a press (``formats/pdf/imposition.py``); lengths in mm.

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

    ``text``: what of a leaflet it prints (see ``excerpts``), in so many ``text_columns``.
    ``leaves_out``: what every page is to say of its leaflet,
    and this layout does not ("version", "review-by", "emergency-number"). ``contents``: whether the leaflet's parts are
    listed.
    ``beside``: the locale that stands beside an edition's own on the same page, "source" for the language the
    leaflet is written in, "" for none; ``order``: whether screen readers read the two block by block
    ("alternating") or one after the other ("whole", the usual). ``beside_pages``: where that language has pages of its
    "own" rather than "shared" ones, the layout is made for the source's language alone too, and ``max_pages`` counts
    for each. ``like``: the layout that it takes templates and CSS from. ``looks`` name the style sheets of
    ``base/looks/`` that it is printed in on top of its own. ``fit``: what is done about text that is too long for
    ``max_pages``. ``least_contrast``: text that stands out less from its ground is warned of. ``least_line``: lines
    move no closer than that to make a text fit. ``around_mm``: how much larger than the page the paper is on each
    side, to be cut off. ``first_danger``: what of a panel for an emergency its page 1 holds. ``pages_to_act``: on how
    many pages readers are to find all that they act on, 0 for any number. ``fine_pt``: the least
    type of what no patient acts on, 0 for ``least_pt``; ``least_body_pt``: that of text set smaller to fit. ``grey``: a
    look prints it with black ink alone. ``roomy``: the same layout with more room, for looks that ask for it.
    ``profile``: the standards that its PDFs follow, "" for those of the settings. ``purpose``: what it is to people
    (``layouts.purposes``), "" if its title has to say it.
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
    at: Location = _NOWHERE
    text: str = "full"
    text_columns: int = 1
    leaves_out: tuple[str, ...] = ()
    contents: Listing = "auto"
    beside: str = ""
    beside_pages: Literal["shared", "own"] = "shared"
    order: str = "whole"
    like: str = ""
    press: Press | None = None
    looks: tuple[str, ...] = ()
    fit: Fit = "refuse"
    least_contrast: float = 4.5
    least_line: float = 0.0
    around_mm: float = 0.0
    first_danger: FirstDanger = "whole"
    pages_to_act: int = 0
    fine_pt: float = 0.0
    least_body_pt: float = 0.0
    grey: bool = False
    roomy: Layout | None = None
    profile: Profile | Literal[""] = ""
    purpose: str = ""

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
    ``grey``: all that it prints is grey, pictures too.
    """

    name: str
    title: str
    sets: str = ""
    least_contrast: float = 0.0
    line_height: float = 0.0
    around_mm: float = 0.0
    more_room: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening hours on one or more days; ``days`` as 0 (Monday) to 6, times as "HH:MM", "24:00" at a day's end."""

    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A number to call with its name: a help line, a service of the clinic's, whom to call while it is closed.

    ``name`` and ``note`` are printed as the clinic wrote them. ``names`` and ``notes``: the same in other languages, as
    pairs of a locale's name ("zh_Hans") and words. ``at`` is its line in the clinic's file; ``lines`` are those of its
    keys ("phone", "notes.es").
    """

    key: str
    name: str
    phone: str
    note: str = ""
    names: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    at: Location | None = None
    lines: tuple[tuple[str, int], ...] = ()

    def place(self, key: str, whole: Location) -> Location:
        """Where one of its keys is written, else where it is itself, else ``whole``."""
        own = self.at or whole
        return Location(own.file, dict(self.lines).get(key, own.line))


@dataclass(frozen=True, slots=True)
class Clinic:
    """Who hands the leaflet out. ``logo`` is a path relative to sources/, "" for none; so is ``second_logo``.

    ``colour``: "#0b4a57", the accent of its leaflets, "" for the layouts' own. ``leaflets``: the web address of a
    leaflet in a language, with ``{leaflet}`` and ``{language}`` in it, "" if they are not on the web.
    ``text``: the number for text messages; ``relay``: what people dial who do not hear or speak; ``sign_language``: the
    web address of a sign-language service. ``order_numbers``: pairs of a leaflet's name and the number to order it by.
    ``certified_by``: who has compared the pictures of its e-books with their words and vouches for them, "" for nobody.
    ``lines``: where each key is written in the file ``at``.
    """

    name: str
    address: tuple[str, ...]
    phone: str
    web: str
    hours: tuple[Opening, ...]
    logo: str
    logo_alt: str
    emergency_number: str
    helplines: tuple[Contact, ...]
    country: str
    at: Location
    colour: str = ""
    leaflets: str = ""
    email: str = ""
    fax: str = ""
    text: str = ""
    relay: str = ""
    sign_language: str = ""
    out_of_hours: Contact | None = None
    services: tuple[Contact, ...] = ()
    second_logo: str = ""
    second_logo_alt: str = ""
    imprint: str = ""
    certified_by: str = ""
    order_numbers: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()

    def __hash__(self) -> int:
        """Of what tells clinics apart, as for ``Locale``."""
        return hash((self.name, self.phone, self.at))

    def place(self, key: str) -> Location:
        """Where a key ("address") is written, else the file."""
        return Location(self.at.file, dict(self.lines).get(key, 0))

    @property
    def contacts(self) -> tuple[tuple[str, Contact], ...]:
        """Every contact with words of its own, by the name of its table in the file."""
        closed = (("out-of-hours", self.out_of_hours),) if self.out_of_hours else ()
        services = tuple((f"services.{each.key}", each) for each in self.services)
        return (*closed, *services, *((f"helplines.{each.key}", each) for each in self.helplines))


def lead_pt(body_pt: float, least_pt: float) -> float:
    """The type size of the lead, the sentence below the title: a little smaller than the text where that may be."""
    return max(least_pt, 0.93 * body_pt)
