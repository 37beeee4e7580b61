"""What is made of a leaflet: editions, the sheets that a format renders, artifacts; and what is found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from plainleaf.model.phrases import clipped
from plainleaf.model.settings import (
    USUAL_FORMAT,
    USUAL_PROFILE,
    FirstDanger,
    Fit,
    LanguageFacts,
    Locale,
    Profile,
    Scheme,
)
from plainleaf.model.texts import Block, Direction, Leaflet, Location, Meta

LONGEST = 1000  # characters of what is said of one thing
_LAYOUTS = Location("layouts")


@dataclass(frozen=True, slots=True)
class Approval:
    """Who checked a text ("Name, role"), on which day; ``source`` is the date of the source that was read.

    ``signed``: with a key of theirs, which was verified; else it is only noted that they did. ``second``: the other one
    of two persons.
    """

    by: str
    on: date
    source: date
    signed: bool = False
    second: Approval | None = None

    @property
    def all(self) -> tuple[Approval, ...]:
        """This one, and the second person's."""
        return (self, self.second) if self.second else (self,)


@dataclass(frozen=True, slots=True)
class Edition:
    """A leaflet in one locale for one clinic's country; each block has its source line and its .po line.

    ``draft``: no clinical translator has approved this translation as it is now; else ``approval`` says who has.
    ``sign_off``: which clinician has signed the source as it is now; without one every page says that it is a sample.
    ``filled``: the day on which its lines were filled in for one person, ``None`` if it is for everybody.
    """

    leaflet: Leaflet
    locale: Locale
    draft: bool
    meta: Meta
    blocks: tuple[Block, ...]
    approval: Approval | None = None
    sign_off: Approval | None = None
    filled: date | None = None

    @property
    def slug(self) -> str:
        return self.leaflet.slug

    @property
    def changed(self) -> date:
        """The last day on which anything that its pages say became so: it was written, signed, or filled in."""
        signed = [each.on for one in (self.approval, self.sign_off) if one for each in one.all]
        return max((self.meta.written, *signed, *([self.filled] if self.filled else [])))

    @property
    def version(self) -> str:
        """What staff quote to order this very leaflet again: "asthma es 2026-05-01"."""
        return f"{self.slug} {self.locale.tag} {self.meta.written.isoformat()}"

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
    ``own``: what the locale's own file says of its language, as far as pages are held to it. ``notices``: what every
    page has to say, or one of them where they stay ``together``, as panels and sides of one sheet. ``first_danger``:
    what of a panel for an emergency page 1 holds; ``pages_to_act``: the page on which the layer to act on ends at the
    latest, 0 for any; ``fine_pt``: the least type of what no patient acts on, 0 for ``least_pt``; ``least_body_pt``:
    text is set no smaller to make it fit, 0 for ``least_pt`` too; ``own_pages``: whether a second language has pages of
    its own.
    ``grey``: all that is drawn is set in grey, as a look asks. ``profile``: the standards that its PDF follows.
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
    at: Location = _LAYOUTS
    others: tuple[tuple[str, float], ...] = ()
    least_line: float = 0.0
    own: LanguageFacts | None = None
    notices: tuple[str, ...] = ()
    together: bool = False
    first_danger: FirstDanger = "whole"
    pages_to_act: int = 0
    fine_pt: float = 0.0
    least_body_pt: float = 0.0
    own_pages: bool = False
    grey: bool = False
    profile: Profile = USUAL_PROFILE


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a printed text is to be corrected that is none of the leaflet's: a fact of the clinic's, a layout's words.

    ``usual``: the characters that such a text has at most in most clinics, so that layouts have room for them; ``None``
    for one that nobody can shorten.
    """

    text: str
    at: Location
    po: Location | None = None
    usual: int | None = None

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
    and the file that it is from, "" if it is made of settings. ``larger``: the same on larger paper, which is taken
    where the text does not fit this one however it is set; ``title``: what people call that, "" for the usual paper.
    ``parted``: the same with its panel for an emergency in two boxes, taken where page 1 does not hold all of it.
    ``titles``: pairs of a language (BCP 47) and the leaflet's title in it, the edition's own first.
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
    larger: Sheet | None = None
    title: str = ""
    parted: Sheet | None = None
    titles: tuple[tuple[str, str], ...] = ()


LARGER = "larger"
"""How ``fitted`` begins where the text is on its layout's larger paper."""

_AS_SET = re.compile(r"(?:type|lines|space) [^“”]{1,100}, to fit \d+ pages?")  # as ``formats.pdf.shrinking`` says it

LEFT_OUT = "left out"
"""How ``note`` tells of texts that had no room."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a format made of a sheet, and what was found on it; ``data`` is empty if any finding is an error.

    ``note`` says what was done to make the text fit, "" for nothing. ``press``: the same pages imposed on sheets, empty
    where the layout has no scheme for that. ``fitted``: the step in which the text fits, "" for the layout's own;
    on larger paper with ``LARGER`` before it.
    """

    data: bytes
    pages: int
    findings: tuple[Finding, ...]
    note: str = ""
    press: bytes = b""
    fitted: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of an edition on disk, in a format. ``path`` is relative to the output folder.

    ``made``: there is one. ``fresh``: it is what the sources say today. An artifact that is not fresh is the last good
    one, kept because today's has errors; ``since``: the day when a run first found it so. ``layout`` is "" in formats
    without pages. ``size`` in words ("12 pages", "14 KB"), and ``pages`` where it has some.
    ``reviewed``: a clinician has signed the source off; until then it is a sample. ``beside`` names the locale of the
    second language on its pages, "" for none. ``note``: what was done to make the text fit.
    ``press``: the path of the file with its pages imposed on sheets, "" for none. ``larger``: it is on its layout's
    larger paper, as the text does not fit the usual one.
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
    made: bool = False
    size: str = ""
    format: str = USUAL_FORMAT
    larger: bool = False

    @property
    def changed(self) -> str:
        """What of ``note`` is more than how the text is set, for those who hand the file out; else ""."""
        return "; ".join(part for part in self.note.split("; ") if not _AS_SET.fullmatch(part))

    @property
    def label(self) -> str:
        """The layout with its looks and its second language, and the format unless it is the usual one: "a4.dyslexia",
        "bilingual+en", "html"."""
        pair = f"+{self.beside}" if self.beside else ""
        page = self.layout + pair + ("." + "+".join(self.looks) if self.looks else "")
        return " ".join(filter(None, (page, "" if page and self.format == USUAL_FORMAT else self.format)))


# --------------------------------------------------------------------------- findings


class Severity(Enum):
    """ERROR stops the artifact; WARNING is printed; UNMEASURED says that a check could not be made; NOTE is a state of
    the work that is no fault."""

    ERROR = "error"
    WARNING = "warning"
    UNMEASURED = "not measured"
    NOTE = "note"

    @property
    def key(self) -> str:
        """Its name for programs, in one word: "error", "unmeasured"."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix: which check, what is wrong, where (source and .po), how to fix it. ``waived``: the finding that
    it stands in the place of, as somebody has let that pass.

    The message keeps ``LONGEST`` characters: it may quote what somebody wrote, at any length.
    """

    check: str
    severity: Severity
    message: str
    at: Location
    hint: str = ""
    po: Location | None = None
    waived: Waived | None = None

    def __post_init__(self) -> None:
        if len(self.message) > LONGEST:
            object.__setattr__(self, "message", clipped(self.message, LONGEST))

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold of it, all of it; the shape is that of the entries "findings" in ``reports/json.py``."""
        said = {
            "check": self.check,
            "severity": self.severity.key,
            "message": self.message,
            "hint": self.hint,
            "at": self.at.as_json(),
            "po": self.po.as_json() if self.po else None,
        }
        return said | ({"waived": self.waived.as_json()} if self.waived else {})

    @classmethod
    def from_json(cls, value: object) -> Finding:
        """The finding that ``as_json`` gave this for. Raises ``ValueError`` for anything else, of whatever shape."""
        keys = {"check", "severity", "message", "hint", "at", "po"}
        if not isinstance(value, dict) or value.keys() - {"waived"} != keys:
            raise ValueError("no finding")
        severity, (check, message, hint) = _said(value, "check", "message", "hint")
        po = None if value["po"] is None else Location.from_json(value["po"])
        waived = Waived.from_json(value["waived"]) if "waived" in value else None
        return cls(check, severity, message, Location.from_json(value["at"]), hint, po, waived)

    @property
    def unwaived(self) -> Finding:
        """The finding that was let pass, in the same place; itself where none was."""
        if not self.waived:
            return self
        return replace(
            self,
            check=self.waived.check,
            severity=self.waived.severity,
            message=self.waived.message,
            hint=self.waived.hint,
        )


def _said(value: Mapping[str, object], *keys: str) -> tuple[Severity, list[str]]:
    """A severity, and the texts with these keys. Raises ``ValueError`` where one is none."""
    severity = next((each for each in Severity if each.key == value["severity"]), None)
    texts = [text for key in keys if isinstance(text := value[key], str)]
    if severity is None or len(texts) < len(keys):
        raise ValueError("no finding")
    return severity, texts


@dataclass(frozen=True, slots=True)
class Waived:
    """What a waiver lets pass: a check and what it says, the reason, ``by`` whom ("" if nobody has signed). ``at``: the
    waiver's line where that is in another file, as in the settings; ``None`` where it is beside the text."""

    check: str
    severity: Severity
    message: str
    hint: str
    reason: str
    by: str = ""
    at: Location | None = None

    def as_json(self) -> dict[str, Any]:
        """What JSON can hold of it, all of it; the shape is in ``reports/json.py``."""
        return {
            "check": self.check,
            "severity": self.severity.key,
            "message": self.message,
            "hint": self.hint,
            "reason": self.reason,
            "by": self.by,
            "at": self.at.as_json() if self.at else None,
        }

    @classmethod
    def from_json(cls, value: object) -> Waived:
        """What ``as_json`` gave this for. Raises ``ValueError`` for anything else, of whatever shape."""
        keys = ("check", "message", "hint", "reason", "by")
        if not isinstance(value, dict) or value.keys() != {*keys, "severity", "at"}:
            raise ValueError("no finding")
        severity, (check, message, hint, reason, by) = _said(value, *keys)
        at = None if value["at"] is None else Location.from_json(value["at"])
        return cls(check, severity, message, hint, reason, by, at)


def has_error(found: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in found)
