"""PDF/UA for print and for screen readers, one file for each layout: what it is made from, and its record."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plainleaf.checks.page.boxes import squeezed
from plainleaf.checks.source import editions as checks
from plainleaf.clinics import details as clinics
from plainleaf.formats import pages
from plainleaf.formats.base import Format, Limits, Made, Parts, Prepared, Root
from plainleaf.formats.pdf import system
from plainleaf.layouts import danger, foreign, styles
from plainleaf.layouts import templates as layouts
from plainleaf.model import Clinic, Edition, Finding, Layout, Locale, Location, Origin, Sheet, State, digests, plain
from plainleaf.typesetting import fonts, subsets, typography

PRESS = "-print.pdf"
_FOLDER = re.compile(r'file:[^"]*/')  # where cut fonts lie
_CUTS = re.compile(r'file:[^"]*| [a-z]{6}(?=")')  # cut fonts' files, and what their names end in
_CUT = re.compile(r'file:[^"]*')  # a cut font
_FOR_FINDINGS = re.compile(r' data-(?:at|po)="[^"]*"')  # lines of sources, which change where no page does

# All that takes part between a leaflet and its PDF, with what that needs itself.
LIBRARIES = (
    "babel", "cffi", "cssselect2", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "mdurl", "page-validation",
    "phonenumberslite", "pillow", "pycparser", "pydyf", "pypdf", "pypdfium2", "pyphen", "segno", "tinycss2",
    "tinyhtml5", "weasyprint", "webencodings",
)  # fmt: skip

CODE = ("plainleaf.formats.pdf.render", "plainleaf.typesetting.fontconfig")  # what makes a PDF of a sheet


def prepare(
    project: Root, edition: Edition, second: Edition | None, layout: Layout | None, texts: layouts.Prepared, name: str
) -> Prepared:
    """The sheet of an edition in a layout, with the fonts cut to what it says. Raises ``TemplateError``."""
    assert layout and project.clinic
    html, found = pages.html(project, edition, second, layout, texts, digest=True)
    if not html:
        return Prepared(name, edition.leaflet.at, findings=found)
    larger = layout.roomy if layout.fit == "shrink" else None
    on_larger, _ = pages.html(project, edition, second, larger, texts, digest=True) if larger else ("", ())
    whole = replace(layout, first_danger="whole") if layout.first_danger == "action" and danger.PIECE in html else None
    on_cover = pages.html(project, edition, second, whole, texts, digest=True)[0] if whole else ""
    letters = digests.lettered(html + on_larger + on_cover)
    try:
        cuts = subsets.cut(edition.locale.fonts, letters, for_pdf=True)
        others = subsets.cut(second.locale.fonts, letters, for_pdf=True) if second else ()
        words = foreign.typeset(letters, edition, second, project.locales)
    except fonts.FontError as error:
        return Prepared(name, edition.leaflet.at, findings=(checks.font_failed(error, edition.locale),))
    sources, other = project.root / "sources", second.locale if second else None
    font_css = subsets.face_css(cuts) + subsets.face_css(others, ".beside") + words.css

    def sheet(
        layout: Layout, html: str, larger: Sheet | None = None, title: str = "", parted: Sheet | None = None
    ) -> Sheet:
        assert project.clinic
        style = styles.pieces(
            layout, edition.locale, project.layout_folders, project.clinic.colour, other, texts.styles
        )
        return Sheet(
            name=name,
            html=html,
            css=styles.joined(style),
            css_origins=styles.origins(style, project.root),
            font_css=font_css,
            families=(*subsets.aliases(cuts), *subsets.aliases(others), *words.families),
            folders=tuple(str(folder) for folder in (sources, *project.layout_folders, subsets.cut_folder())),
            base=project.root.as_uri() + "/",
            at=edition.leaflet.at,
            rules=replace(
                layouts.rules(layout, edition.locale, other, words.languages),
                notices=pages.notices_of(project, edition, second),
            ),
            scheme=layouts.scheme(layout, languages=2 if second else 1),
            direction=edition.locale.direction,
            origins=_origins(project, project.clinic, layout, [each.locale for each in (edition, second) if each]),
            larger=larger,
            title=title,
            parted=parted,
            titles=tuple((each.locale.tag, plain(each.meta.title.inlines)) for each in (edition, second) if each),
        )

    roomy = sheet(larger, on_larger, title=larger.title) if larger and on_larger else None
    made = sheet(layout, html, roomy)
    if whole and on_cover not in ("", html):  # by its words it may be too high: that is tried
        made = sheet(whole, on_cover, roomy, parted=made)
    return prepared(made, found)


def prepared(sheet: Sheet, found: tuple[Finding, ...] = ()) -> Prepared:
    """A sheet with what its PDF depends on; fonts count by the digests in their files' names, places in the sources and
    comments in style sheets not at all."""
    sheets = [each for each in (sheet, sheet.larger, sheet.parted) if each]
    cuts = _FOLDER.sub("", sheet.font_css)
    html = tuple(_FOR_FINDINGS.sub("", each.html) for each in sheets)
    css = tuple(styles.bare(each.css) for each in sheets)
    rules = repr([replace(each.rules, at=Location("")) for each in sheets])
    facts = tuple((each.text, each.usual) for each in sheet.origins)
    about = repr((rules, [each.scheme for each in sheets], sheet.direction, sheet.titles, facts, cuts))
    printed = (*html, *css, _CUTS.sub("", sheet.font_css), rules)
    return Prepared(sheet.name, sheet.at, sheet, found, html, css, about, printed, places=tuple(_places(sheet)))


def _places(sheet: Sheet) -> Iterator[str]:
    """Whatever a finding on the PDF may name: where its texts, facts and rules stand."""
    yield from _FOR_FINDINGS.findall(sheet.html)
    yield repr((sheet.at, sheet.rules.at, sheet.css_origins, [(each.at, each.po) for each in sheet.origins]))


def _origins(project: Root, clinic: Clinic, layout: Layout, where: Iterable[Locale]) -> tuple[Origin, ...]:
    """Where the clinic's facts and the layouts' words in these languages are to be corrected."""
    found: list[Origin] = []
    for locale in where:
        facts = [fact for fact in clinics.written(clinic, locale) if fact.text]
        found += [Origin(squeezed(fact.text), fact.at, usual=fact.usual) for fact in facts]
        if catalog := project.words(locale.name):
            entries = [entry for entry in catalog.live.values() if entry.state is State.CURRENT]
            found += [
                Origin(
                    squeezed(typography.words(entry.string, locale)),
                    layout.at,
                    Location(entry.file or catalog.file, entry.line),
                )
                for entry in entries
            ]
    return tuple(dict.fromkeys(found))


def write(prepared: Prepared, limits: Limits) -> Made:
    """The PDF, checked and validated, and its pages imposed where the layout has them so."""
    from plainleaf.formats.pdf import render

    printed = render.write(prepared.content, limits.seconds, prepared.digest, prepared.read, prepared.near)
    files = {FORMAT.suffix: printed.data, PRESS: printed.press} if printed.data else {}
    size = f"{printed.pages} page{'s' * (printed.pages != 1)}"
    return Made({suffix: data for suffix, data in files.items() if data}, printed.findings, size, printed.note,
                printed.pages, printed.fitted)  # fmt: skip


def _path(url: str) -> str:
    """Where a font lies, by its address."""
    path = unquote(urlsplit(url).path)
    return str(Path(path[1:] if os.name == "nt" else path))  # "/C:/fonts"


def reads(prepared: Prepared) -> tuple[str, ...]:
    """The fonts that were cut for it."""
    sheet: Sheet = prepared.content
    return tuple(dict.fromkeys(_path(url) for url in _CUT.findall(sheet.font_css)))


FORMAT = Format(
    name="pdf",
    title="PDF for print and for screen readers",
    suffix=".pdf",
    media="application/pdf",
    kind="paged",
    prepare=prepare,
    write=write,
    for_printer=True,
    needs=system.missing,
    reads=reads,
    parts=Parts(LIBRARIES, code=CODE, system=system.typesetting, files=system.libraries),
    press=PRESS,
    preload=("plainleaf.formats.pdf.loading", "plainleaf.formats.pdf.render"),
)
