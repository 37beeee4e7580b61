"""The shipped leaflets as they leave the press: every locale, every layout, asked by other programs than ours."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import tagtree
import verapdf
from conftest import ROOT, TODAY, needs

from plainleaf import clinics, layouts, pipeline, planning, project
from plainleaf.formats import validation
from plainleaf.model import Edition, plain

LOCALES = ("en", "ar", "es", "hi", "zh-Hans")
LAYOUTS = layouts.names([ROOT / "layouts"])
SLUG = "naltrexone-implants"
EVERY = [(locale, layout) for locale in LOCALES for layout in LAYOUTS]

# What must not appear anywhere: a help leaflet is no advertisement.
OUT = re.compile(
    r"1?[- .]?888[- .]?744[- .]?0789|who answers|luxury|click to call|call now|verify (your )?(benefits|insurance)"
    r"|check online now|american addiction centers|within 24 hours|insurance may cover",
    re.IGNORECASE,
)


@cache
def content() -> project.Project:
    return project.load(ROOT)


@cache
def editions() -> dict[str, Edition]:
    return {edition.locale.tag: edition for edition, _ in pipeline.editions(content(), pipeline.Choice(), TODAY)}


def pdf(published: Path, locale: str, layout: str) -> Path:
    return published / SLUG / f"{SLUG}.{locale}.{layout}.pdf"


def squeezed(text: str) -> str:
    """Without white space and without the direction marks that poppler adds to right-to-left lines."""
    return re.sub(r"[\s\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)


def blocks(locale: str) -> list[str]:
    """The text of each block of an edition, clinic details filled in, in reading order."""
    edition, clinic = editions()[locale], content().clinic
    assert clinic
    texts = (plain(clinics.fill(block.inlines, clinic, edition.locale)) for block in edition.walk())
    return [text for text in map(squeezed, texts) if text]


def extracted(path: Path, *options: str) -> str:
    needs("pdftotext")
    return subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"], capture_output=True, text=True, check=True
    ).stdout


def test_every_locale_and_layout_is_there(published: Path) -> None:
    assert {path.name for path in (published / SLUG).iterdir()} == {f"{SLUG}.{a}.{b}.pdf" for a, b in EVERY}
    assert len(EVERY) == 5 * len(LAYOUTS) >= 15


def test_nothing_is_found_on_any_printed_page(published: Path) -> None:
    """Contrast, sizes, breaks and all else that ``checks/page`` measures; what is found is kept with the artifact."""
    made = json.loads((published / ".plainleaf.json").read_text(encoding="utf-8"))["artifacts"]
    assert made
    assert not {path: entry["findings"] for path, entry in made.items() if "findings" in entry}


@pytest.mark.parametrize(("locale", "layout"), EVERY)
def test_a_pdf_is_valid_for_both_validators(published: Path, locale: str, layout: str) -> None:
    data = pdf(published, locale, layout).read_bytes()
    assert not validation.validate(data)
    if reason := verapdf.available():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    assert not verapdf.validate(data)


@pytest.mark.parametrize(("locale", "layout"), EVERY)
def test_the_tags_hold_the_whole_text_in_order(published: Path, locale: str, layout: str) -> None:
    """What a screen reader gets, from the tag tree: every block of the edition, word for word, one after the other."""
    text = squeezed(tagtree.text(pdf(published, locale, layout).read_bytes()))
    position = 0
    for number, block in enumerate(blocks(locale)):
        # the audience (third in an edition) is printed at the end, "About this leaflet"
        found = text.find(block, 0 if number == 2 else position)
        assert found >= 0, block
        position = position if number == 2 else found + len(block)


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "ar"])
def test_text_copied_from_a_pdf_is_the_text_of_the_edition(published: Path, locale: str) -> None:
    text = squeezed(extracted(pdf(published, locale, "a4"), "-raw"))
    parts = [re.escape(part) for block in blocks(locale) for part in [block[:12], block[-12:]]]
    missing = [part for part in parts if not re.search(part, text)]
    assert not missing


def test_no_plain_letter_of_the_arabic_text_is_lost_when_it_is_copied(published: Path) -> None:
    """Poppler orders lam-alef by position and knows one text for each glyph, so a letter that the font sets in two
    parts (yeh with hamza) comes out without its mark: the exact text stands in the tags, as tested above."""
    text = extracted(pdf(published, "ar", "a4"))
    letters = {letter for block in blocks("ar") for letter in block if unicodedata.normalize("NFD", letter) == letter}
    for letter in sorted(letters):
        needed = sum(block.count(letter) for block in blocks("ar"))
        assert text.count(letter) >= needed, f"U+{ord(letter):04X}"


@pytest.mark.parametrize(("locale", "layout"), EVERY)
def test_a_draft_says_so_on_every_page_and_in_its_metadata(published: Path, locale: str, layout: str) -> None:
    edition = editions()[locale]
    assert edition.draft == (locale != "en")
    path = pdf(published, locale, layout)
    with pikepdf.open(path) as opened:
        pages = len(opened.pages)
        said = str(opened.docinfo.get("/Subject", "")) + str(opened.docinfo.get("/Keywords", ""))
        assert str(opened.Root.Lang) == locale
    assert ("Draft translation" in said) == edition.draft
    for page in range(1, pages + 1):
        text = " ".join(extracted(path, "-f", str(page), "-l", str(page)).split())
        assert ("Draft translation: not yet checked by a clinical translator" in text) == edition.draft
    catalog = content().catalogs.get((edition.locale.name, project.WORDS))
    line = planning.Words(catalog).here("Draft translation: not yet checked by a clinical translator")
    # once at the foot of each page, and once in the text, where screen readers find it
    if locale not in ("ar", "en"):
        assert squeezed(extracted(path)).count(squeezed(line)) >= pages + 1


@pytest.mark.parametrize(("locale", "layout"), EVERY)
def test_only_the_chosen_fonts_are_embedded_and_cut_down(published: Path, locale: str, layout: str) -> None:
    chosen = {family.name.replace(" ", "") for family in editions()[locale].locale.fonts}
    with pikepdf.open(pdf(published, locale, layout)) as opened:
        fonts = [str(font.BaseFont) for page in opened.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        name = re.sub("[^A-Za-z0-9]", "", font.partition("+")[2] or font)
        assert any(name.startswith(family) for family in chosen), font


@pytest.mark.parametrize(("locale", "layout"), EVERY)
def test_nothing_on_the_out_list_is_printed_or_in_the_metadata(published: Path, locale: str, layout: str) -> None:
    path = pdf(published, locale, layout)
    with pikepdf.open(path) as opened:
        facts = " ".join(str(value) for value in opened.docinfo.values()) + str(opened.Root.get("/Metadata", ""))
        assert not OUT.search(opened.Root.Metadata.read_bytes().decode())
        links = [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
    assert not OUT.search(" ".join([extracted(path), facts, *links]))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_metadata_names_title_author_subject_and_dates(published: Path, locale: str) -> None:
    with pikepdf.open(pdf(published, locale, "letter")) as opened:
        info = opened.docinfo
        assert str(info.Title) == plain(editions()[locale].meta.title.inlines)
        assert str(info.Author) == "Sample Clinic"
        assert plain(editions()[locale].meta.summary.inlines) in str(info.Subject)
        assert str(info.CreationDate).startswith("D:20261122")
        assert opened.Root.Outlines.Count != 0


def test_the_catalogue_names_each_language_in_its_own_script_and_direction(published: Path) -> None:
    page = (published / "index.html").read_text(encoding="utf-8")
    for tag, direction, name in [("ar", "rtl", "العربية"), ("zh-Hans", "ltr", "中文 (简体)"), ("hi", "ltr", "हिन्दी")]:
        assert f'lang="{tag}" dir="{direction}">{name}<' in page
    assert page.count("Draft translation: not yet checked") == 4
    for locale, layout in EVERY:
        assert f'href="{SLUG}/{SLUG}.{locale}.{layout}.pdf"' in page
    assert not OUT.search(page)
