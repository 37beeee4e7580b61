"""The review sheet: what a clinical translator reads, ticks and signs, on paper (PDF/UA) or on a screen (HTML).

Prepares values for ``layouts/base/review.html``; its paper is that of the clinic's country. English around the texts is
for staff, as on all pages for them; each text is in its own language, script and direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from markupsafe import Markup

from plainleaf.actions import reviewing
from plainleaf.actions.reviewing import Review, Row
from plainleaf.formats.base import Prepared
from plainleaf.formats.pdf import format as pdf
from plainleaf.languages import facts
from plainleaf.layouts import markup, templates
from plainleaf.layouts.signs import BOX
from plainleaf.model import Edition, Finding, Inline, Locale, Location, Rules, Severity, Sheet, State, Text, plain
from plainleaf.model.papers import us_paper
from plainleaf.model.phrases import counted
from plainleaf.project import Project
from plainleaf.typesetting import bidi, locales, subsets, typography

# What a comment for translators says of a text: what it is, in which box, under which heading, its name.
_ABOUT = re.compile(
    r"(?P<kind>.*?)(?:, in the box “(?P<box>[^”]*)”)?(?:, under “(?P<heading>.*)”)?\.(?: Name: (?P<name>\S+))?",
    re.DOTALL,
)
BODY, LEAST, LINE = 10.5, 9.0, 1.3  # pt, pt, and lines in parts of the type size
_STATES = {State.UNTRANSLATED: "not translated", State.FUZZY: "a draft that nobody has checked", None: "missing"}
_SEVERITIES = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.UNMEASURED: "Note"}


@dataclass(frozen=True, slots=True)
class _Said:
    """A finding in words."""

    kind: str
    what: str
    hint: str
    grave: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as the template prints it."""

    number: int
    source: Markup
    said: Markup
    back: Markup
    about: str
    heading: str
    box: str
    state: str
    found: tuple[_Said, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that lie under one ``heading``, in one ``box``; "" for none."""

    heading: str
    box: str
    lines: tuple[_Line, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A table of rows. ``boxes``: each has a box to tick; ``literal``: whether each is to have its back-translation."""

    id: str
    title: str
    lead: str
    groups: tuple[_Group, ...]
    boxes: bool = False
    literal: bool = False

    @property
    def has_back(self) -> bool:
        """Whether there is a column for back-translations: where nobody has written any, and none is asked for, its
        room is for the others."""
        return self.literal or any(line.back for group in self.groups for line in group.lines)

    @property
    def size(self) -> int:
        """How many rows it has."""
        return sum(len(group.lines) for group in self.groups)


def page(project: Project, edition: Edition, review: Review, paper: bool) -> str:
    """The sheet as HTML, for ``paper`` or for a screen. Raises ``TemplateError``."""
    source = locales.locale(edition.leaflet.own_locale)
    values = {
        "paper": paper,
        "title": plain(edition.leaflet.meta.title.inlines),
        "edition": edition,
        "source": source,
        "where": edition.locale,
        "clinic": project.clinic.name if project.clinic else "",
        "parts": _parts(review, source, edition.locale),
        "whole": [_finding(each, at=True) for each in review.whole],
        "obstacles": "; ".join(review.obstacles),
        "texts": len(review.rows),
        "errors": review.count(Severity.ERROR),
        "warnings": review.count(Severity.WARNING),
        "missing_back": sum(not row.back for row in review.safety),
        "digest": review.digest,
        "signers": _signers(project, review),
        "box": BOX,
        "counted": counted,
    }
    return templates.screen(project.layout_folders, "review", **values)


def _signers(project: Project, review: Review) -> tuple[str, ...]:
    two = project.settings.signatures == 2 and review.safety
    return ("First translator", "Second translator") if two else ("Clinical translator",)


def _parts(review: Review, source: Locale, where: Locale) -> list[_Part]:
    told = (
        ("safety", "Texts that can harm", review.safety, True, True,
         "Tick each one only if every figure, “not”, “before” and “after” is right."),
        ("others", "All other texts", review.others, True, False, ""),
        ("terms", "Words to know", review.terms, True, False, "Their translations are what the checks compare with."),
        ("words", "Words that every page prints", review.words, False, False,
         "They are the same for all leaflets, and your signature covers them too."),
    )  # fmt: skip
    return [
        _Part(name, title, lead, _grouped(_line(row, source, where) for row in rows), boxes, literal)
        for name, title, rows, boxes, literal, lead in told
        if rows
    ]


def _grouped(lines: Iterable[_Line]) -> tuple[_Group, ...]:
    parted = groupby(lines, key=lambda line: (line.heading, line.box))
    return tuple(_Group(heading, box, tuple(own)) for (heading, box), own in parted)


def _line(row: Row, source: Locale, where: Locale) -> _Line:
    said = Markup(escape(row.raw)) if row.raw else _html(row.said, where)
    state = "" if row.state is State.CURRENT else _STATES[row.state]
    found = tuple(_finding(each) for each in row.found)
    about = _ABOUT.fullmatch(row.about)
    kind, box, heading, name = about.group("kind", "box", "heading", "name") if about else (row.about, "", "", "")
    heading = plain(row.source) if kind == "Heading" else heading or ""
    kind = " · ".join(filter(None, (kind, name)))
    return _Line(
        row.number,
        _html(row.source, source),
        said,
        _html((Text(row.back),), source),
        kind,
        heading,
        box or "",
        state,
        found,
    )


def _html(inlines: tuple[Inline, ...], where: Locale) -> Markup:
    """A text as its pages set it, its placeholders by their names."""
    language = facts.of(where)
    inlines = typography.typeset(inlines, where)
    return Markup(markup.html(bidi.isolate(inlines, where.direction, language), where.direction, language=language))


def _finding(finding: Finding, at: bool = False) -> _Said:
    what = reviewing.said_of(finding) + (f" ({finding.po or finding.at})" if at else "")
    return _Said(_SEVERITIES[finding.severity], what, finding.hint, finding.severity is Severity.ERROR)


def prepared(project: Project, edition: Edition, html: str, css: str, name: str) -> Prepared:
    """The sheet ready to be written as a PDF. Raises ``FontError``."""
    where, source = edition.locale, locales.locale(edition.leaflet.own_locale)
    staff = locales.locale("en")
    families = [subsets.cut(fonts, html, for_pdf=True) for fonts in ((*staff.fonts, *source.fonts), where.fonts)]
    font_css = subsets.face_css(families[0]) + subsets.face_css(families[1], ".said")
    sheet = Sheet(
        name=name,
        html=html,
        css=_page_css(project, edition) + css,
        css_origins=(),
        font_css=font_css,
        families=tuple(family for each in families for family in subsets.aliases(each)),
        folders=(*(str(folder) for folder in project.layout_folders), str(subsets.cut_folder())),
        base=project.root.as_uri() + "/",
        at=Location(edition.leaflet.at.file),
        rules=_rules(where, source),
        direction="ltr",
        titles=(),
    )
    return pdf.prepared(sheet)


def _page_css(project: Project, edition: Edition) -> str:
    """The paper: on its side, as the three texts lie beside each other."""
    size = "279.4mm 215.9mm" if us_paper(project.clinic.country if project.clinic else "") else "297mm 210mm"
    where = edition.locale
    return (
        f"@page {{ size: {size}; margin: 13mm 14mm 17mm }}\n"
        f":root {{ --body: {BODY}pt; --least: {LEAST}pt; --line: {LINE};"
        f" --said: {BODY * where.size_factor:.4g}pt; --said-line: {LINE * where.line_height_factor:.4g} }}\n"
    )


def _rules(where: Locale, source: Locale) -> Rules:
    others = tuple((each.script, each.size_factor) for each in (where, source))
    return Rules("review", "English", "en", "Latn", BODY, LEAST, LINE, others=others, least_contrast=4.5)
