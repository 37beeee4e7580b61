"""The job sheet for the desk: which file goes on which paper, how many sheets, where to fold, staple and cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.model import Approval, Artifact, Edition, Finding, Location, Severity
from plainleaf.site import print_list
from tests import shipped
from tests.conftest import TODAY

SLUG = shipped.FIRST
LONG, SHORT = (f"both sides, flip on the {edge} edge" for edge in ("long", "short"))


@pytest.fixture(scope="module")
def content() -> project.Project:
    return shipped.content()


@pytest.fixture(scope="module")
def editions(content: project.Project) -> list[Edition]:
    return [edition for (slug, _), edition in shipped.editions().items() if slug == SLUG]


def made(
    layout: str = "a4", locale: str = "en", pages: int = 13, beside: str = "", imposed: bool = False, looks: str = ""
) -> Artifact:
    """A file as it lies in the output folder today."""
    path = f"{SLUG}/{SLUG}.{locale}{'+' + beside if beside else ''}.{layout}{'.' * bool(looks)}{looks}"
    press, worn = f"{path}-print.pdf" if imposed else "", tuple(filter(None, looks.split("+")))
    return Artifact(
        f"{path}.pdf",
        pages,
        SLUG,
        locale,
        layout,
        draft=False,
        fresh=True,
        beside=beside,
        press=press,
        looks=worn,
        made=pages > 0,
    )


class Page(HTMLParser):
    """The page read for its links, headings and rows; tags must close in order."""

    VOID = ("meta", "br", "link")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.rows: list[list[str]] = []
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [str(values["href"])] if tag == "a" else []
        self.ids += [str(values["id"])] if "id" in values else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            assert tag == "td" or values.get("scope")
        assert tag != "svg" or values.get("aria-hidden") == "true", "the words beside a diagram say it all"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """<path/> and its kin inside pictures."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def html(
    content: project.Project, editions: list[Edition], *artifacts: Artifact, problems: Sequence[Finding] = ()
) -> str:
    """The page of an edition."""
    found = {(SLUG, artifact.locale): problems for artifact in artifacts}
    (group,) = print_list.groups(content, artifacts, editions, found)
    return print_list.of_edition(content, group).replace('href="../../../', 'href="')


def how_to(content: project.Project, editions: list[Edition], *artifacts: Artifact, today: date = TODAY) -> str:
    """The page that says how to print."""
    return print_list.overview(content, print_list.groups(content, artifacts, editions, {}), today)


def rows(page: str) -> list[list[str]]:
    """The list's lines, without those that name a language: format, paper, sheets, then."""
    return [[" ".join(cell.split()) for cell in row] for row in Page(page).rows if len(row) > 1][1:]


@pytest.mark.parametrize(
    ("artifact", "paper", "sheets", "then"),
    [
        (made("a4", pages=13), f"A4, {LONG}", "7 sheets a copy", "Staple in the upper left corner"),
        (made("a4", pages=2), f"A4, {LONG}", "1 sheet a copy", "Nothing more to do"),
        (made("letter", "ar", 15), f"US letter, {LONG}", "8 sheets a copy", "upper right corner"),
        (made("bilingual", "es", 3, beside="en"), f"A4, {SHORT}", "2 sheets a copy", "Staple"),
        (
            made("booklet", pages=18, imposed=True), f"A4, {SHORT}",
            "5 sheets a copy, 2 blank pages before the back cover", "left",
        ),
        (made("booklet", "ar", 24, imposed=True), f"A4, {SHORT}", "6 sheets a copy", "fold on the right"),
        (made("booklet", pages=4, imposed=True), f"A4, {SHORT}", "1 sheet a copy", "Fold in the middle"),
        (made("trifold-letter", pages=6, imposed=True), f"US letter, {SHORT}", "1 sheet a copy", "Fold in three"),
        (made("wallet-card", pages=2, imposed=True), f"A4, {LONG}", "1 sheet gives 8 cards", "Cut along"),
        (made("wallet-card-letter", pages=2, imposed=True), f"US letter, {LONG}", "1 sheet gives 8 cards", "Cut"),
        (made("wallet-card", "es", 4, beside="en", imposed=True), f"A4, {LONG}", "1 sheet gives 4 cards", "outside"),
        (made("wallet-card", "ar", 4, beside="en", imposed=True), f"A4, {LONG}", "1 sheet gives 4 cards", "right"),
        (made("a4", pages=3, looks="marks"), f"A larger sheet (228 × 315 mm), cut to A4, {LONG}", "2 sheets a copy",
         "Cut along the marks, then staple in the upper left corner"),
        (made("a4", pages=2, looks="marks"), f"A larger sheet (228 × 315 mm), cut to A4, {LONG}", "1 sheet a copy",
         "Cut along the marks"),
        (made("trifold", pages=6, imposed=True, looks="marks"), f"A larger sheet (315 × 228 mm), cut to A4, {SHORT}",
         "1 sheet a copy", "Cut along the marks, then fold in three: the narrow panel"),
        (made("wallet-card", pages=2, imposed=True, looks="marks"), f"A4, {LONG}", "1 sheet gives 8 cards", "Cut"),
        (made("trifold", pages=6, imposed=True, looks="dyslexia"), f"A3, {SHORT}", "1 sheet a copy", "Fold in three"),
        (made("wallet-card", "es", 4, beside="en", imposed=True, looks="dyslexia"), f"A4, {SHORT}",
         "1 sheet gives 2 cards", "Fold"),
    ],
    ids=lambda value: f"{value.locale} {value.label} {value.pages}" if isinstance(value, Artifact) else "",
)  # fmt: skip
def test_a_line_says_which_paper_how_many_sheets_and_what_to_do_then(
    content: project.Project, editions: list[Edition], artifact: Artifact, paper: str, sheets: str, then: str
) -> None:
    page = html(content, editions, artifact)
    ((named, on, many, after),) = rows(page)
    assert (on, many) == (paper, sheets) and then in after
    assert (artifact.press or artifact.path) in Page(page).links
    assert (artifact.press or artifact.path).rpartition("/")[2] in named


def test_a_text_on_larger_paper_or_with_texts_left_out_is_told_of(
    content: project.Project, editions: list[Edition]
) -> None:
    file = made("trifold", pages=6, imposed=True)
    larger = replace(file, note="in a larger size: Folded leaflet (A3)", larger=True)
    ((named, on, *_),) = rows(html(content, editions, larger))
    assert on == f"A3, {SHORT}" and "Folded leaflet (A3)" in named
    ((named, on, *_),) = rows(
        html(content, editions, replace(file, note="lines 1.2 of 1.36, to fit 6 pages; left out: “Drive”"))
    )
    assert on == f"A4, {SHORT}" and "left out: “Drive”" in named and "1.36" not in named
    ((named, *_),) = rows(html(content, editions, replace(file, note="lines 1.2 of 1.36, to fit 6 pages")))
    assert "1.36" not in named


def test_the_file_for_the_printer_is_offered_and_never_the_accessible_one_beside_it(
    content: project.Project, editions: list[Edition]
) -> None:
    booklet = made("booklet", imposed=True)
    links = Page(html(content, editions, booklet, made("a4"))).links
    assert booklet.press in links and booklet.path not in links and made("a4").path in links
    assert not [link for link in links if ":" in link or link.startswith("/")], "relative, wherever the folder lies"


def test_what_is_out_of_date_or_not_made_has_no_link_and_says_why(
    content: project.Project, editions: list[Edition]
) -> None:
    old = replace(made("booklet", imposed=True), fresh=False, since=date(2026, 11, 24))
    missing = replace(made("a4"), fresh=False, made=False, size="")
    error = Finding("x", Severity.ERROR, "a dose differs", Location("s.md", 3), "", Location("a.po", 9))
    warning = Finding("y", Severity.WARNING, "a long line", Location("s.md", 4))
    page = html(content, editions, old, missing, made("letter"), problems=[warning, error])
    (offered, *refused) = rows(page)
    assert "US letter" in offered[0], "what can be printed stands first"
    assert [link for link in Page(page).links if link.endswith(".pdf")] == [made("letter").path]
    assert refused[0][1].startswith("Do not print. Out of date since November 24, 2026, because a.po:9: a dose differs")
    assert "Do not hand it out" in refused[0][1]
    assert refused[1][1].startswith("Do not print. Not made, because a.po:9: a dose differs")
    forgotten = rows(html(content, editions, old))[0][1]
    assert "has changed since it was made: run plainleaf publish" in forgotten
    looked = rows(html(content, editions, replace(made("a4", looks="dyslexia"), fresh=False)))[0][1]
    assert "run plainleaf publish --look dyslexia" in looked


def test_drafts_and_samples_are_told_apart_from_what_patients_may_have(
    content: project.Project, editions: list[Edition]
) -> None:
    spanish = next(edition for edition in editions if edition.locale.name == "es")
    page = html(content, editions, made("a4", "es"))
    assert "Draft translation" in page and "Sample for review" in page and "Not for patients yet" in page
    signed = replace(spanish, draft=False, sign_off=Approval("A. Sample, clinician", TODAY, TODAY))
    page = html(content, [signed], made("a4", "es"))
    assert "Draft translation" not in page and "Sample for review" not in page and "Not for patients yet" not in page


def test_the_sheet_is_offered_first(content: project.Project, editions: list[Edition]) -> None:
    files = made("a4"), made("letter"), made("sheet", pages=2), made("sheet-letter", pages=2)
    page = Page(html(content, editions, *files))
    offered = [link.rpartition(".en.")[2] for link in page.links if link.endswith(".pdf")]
    assert offered == ["sheet-letter.pdf", "letter.pdf", "sheet.pdf", "a4.pdf"], "on the paper of the clinic's country"


def test_each_way_of_printing_is_explained_once_with_its_formats(
    content: project.Project, editions: list[Edition]
) -> None:
    files = [
        made("a4"), made("letter"), made("booklet", imposed=True), made("wallet-card", pages=2, imposed=True),
        made("wallet-card", "ar", 4, beside="en", imposed=True), made("trifold", pages=6, imposed=True),
    ]  # fmt: skip
    page = how_to(content, editions, *files)
    ways = [name for name in Page(page).ids if name.startswith("way-")]
    assert ways == ["way-pages", "way-saddle-stitch", "way-trifold", "way-cards", "way-folded-cards"]
    assert "<h3>A4; US letter</h3>" in page and "<h3>Wallet card, two languages</h3>" in page
    assert page.count("<svg") == 5
    assert "way-cards" not in how_to(content, editions, made("a4"))


def test_the_page_warns_of_scaling_and_is_sound_for_readers_and_paper(
    content: project.Project, editions: list[Edition]
) -> None:
    overview = how_to(content, editions, made("a4"), made("a4", "ar"), made("booklet", "hi", imposed=True))
    assert "“Actual size”" in overview and "Never “Fit to page”" in overview
    arabic = html(content, editions, made("a4", "ar"))
    assert 'lang="ar" dir="rtl">العربية<' in arabic
    for page in (overview, arabic):
        read = Page(page)
        assert read.headings[0] == 1 and read.headings.count(1) == 1 and max(read.headings) <= 3
        assert len(read.ids) == len(set(read.ids))
        assert "@media print" in page and '<html lang="en">' in page
        assert "://" not in page, "nothing is fetched from elsewhere"


def test_a_paper_without_a_name_is_called_by_its_usual_one_or_its_size(
    content: project.Project, editions: list[Edition]
) -> None:
    poster = replace(content.layouts["a4"], name="poster", page_width_mm=297, page_height_mm=420.4)
    odd = replace(content.layouts["a4"], name="odd", page_width_mm=200, page_height_mm=200)
    more = replace(content, layouts={**content.layouts, "poster": poster, "odd": odd})
    papers = [row[1].partition(",")[0] for row in rows(html(more, editions, made("poster"), made("odd")))]
    assert papers == ["A3", "200 × 200 mm"]


@pytest.mark.parametrize(
    ("country", "first", "other", "day"),
    [("US", "US letter", "on A4 and its kin", "November 25, 2026"), ("GB", "A4", "on US paper", "25 November 2026")],
)
def test_paper_and_dates_are_those_of_the_clinics_country(
    content: project.Project, editions: list[Edition], country: str, first: str, other: str, day: str
) -> None:
    assert content.clinic
    there = replace(content, clinic=replace(content.clinic, country=country))
    files = made("a4"), made("letter")
    page = html(there, editions, *files)
    assert rows(page)[0][1].startswith(first)
    assert page.index(first + ", both sides") < page.index("O" + other[1:])
    assert f"As of {day}." in how_to(there, editions, *files, today=date(2026, 11, 25))


def test_a_build_writes_pages_whose_links_lead_to_files(published: Path) -> None:
    folder = published / "staff/print-list"
    pages = [*folder.glob("*/*.html")]
    links = [page.parent / link for page in pages for link in Page(page.read_text(encoding="utf-8")).links]
    files = [link for link in links if link.suffix == ".pdf"]
    assert files and all(link.is_file() for link in links)
    assert 'href="print-list/index.html"' in (published / "staff/index.html").read_text(encoding="utf-8")
    imposed = sorted(path.resolve() for path in published.glob("*/*-print.pdf"))
    assert imposed == sorted(link.resolve() for link in files if link.name.endswith("-print.pdf"))
    assert max(page.stat().st_size for page in pages) < 100_000
