"""Booklets and wallet cards: what stands on them, in which language and size, and on which sheets they are printed."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import hypot
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.checks.page.scripts import families
from plainleaf.clinics import details as clinics
from plainleaf.formats import pages
from plainleaf.layouts import excerpts, styles
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import templates as layouts
from plainleaf.model import Artifact, Block, Edition, Kind, Layout, Severity, plain
from plainleaf.typesetting import locales
from tests import shipped, tagtree
from tests.conftest import ROOT, TODAY, needs

FOLDERS = [ROOT / "layouts"]
SLUG = shipped.FIRST
LOCALES = ("en", "ar", "es", "hi", "zh_Hans")
CARDS = ("wallet-card", "wallet-card-letter")
BOOKLETS = ("booklet", "booklet-letter")
MM = 72 / 25.4
DRAFT = "Draft translation: not yet checked by a clinical translator"
SAMPLE_TYPED = "Sample for review by the clinic's own clinicians"
SAMPLE = SAMPLE_TYPED.replace("'", "’")  # as it is printed


@cache
def plan() -> planning.Plan:
    found = [(edition, ()) for (slug, _), edition in shipped.editions().items() if slug == SLUG]
    return planning.plan(shipped.content(), found, chosen=lambda each: each.layout in ("trifold", *CARDS))


def layout(name: str) -> Layout:
    found, findings = layoutfile.load(name, FOLDERS, ROOT)
    assert found and not findings
    return found


def edition(locale: str, slug: str = SLUG) -> Edition:
    return shipped.editions()[slug, locale]


def path(locale: str, name: str) -> str:
    pair = "+en" if name in CARDS and locale != "en" else ""
    return f"{SLUG}/{SLUG}.{locale.replace('_', '-')}{pair}.{name}.pdf"


def shown(each: Artifact) -> str:
    """What tells a file from others, in a test's name."""
    return Path(each.path).stem


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)


def on_card(slug: str, locale: str) -> list[str]:
    """The texts of a card in a language, in reading order."""
    there = edition(locale, slug)
    return [text for block in excerpts.blocks(there.blocks, "card") for text in texts(block, there)]


def texts(block: Block, there: Edition) -> list[str]:
    clinic = shipped.content().clinic
    assert clinic
    return [squeezed(plain(clinics.fill(each.inlines, clinic, there.locale))) for each in block.walk() if each.inlines]


def size_mm(page: pikepdf.Page) -> tuple[float, float]:
    _, _, width, height = (float(edge) for edge in page.mediabox)
    return round(width / MM, 1), round(height / MM, 1)


def page_text(pdf: Path, number: int) -> str:
    """As on paper; needs poppler."""
    needs("pdftotext")
    command = ["pdftotext", "-enc", "UTF-8", "-f", str(number), "-l", str(number), str(pdf), "-"]
    return squeezed(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


# --------------------------------------------------------------------------- layouts that share templates and CSS


def written(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).mkdir(parents=True)
    toml = (ROOT / "layouts" / "a4" / "layout.toml").read_text(encoding="utf-8")
    (folder / name / "layout.toml").write_text("\n".join([*lines, toml]), encoding="utf-8")
    return folder / name


def test_a_layout_like_another_takes_its_template_and_css_and_adds_its_own(tmp_path: Path) -> None:
    first = written(tmp_path, "flyer")
    (first / "layout.css").write_text("h1 { color: var(--ink) }")
    (first / "layout.html").write_text('{% extends "base/page.html" %}{% block closing %}The end{% endblock %}')
    second = written(tmp_path, "flyer-letter", 'like = "flyer"')
    (second / "layout.css").write_text("h1 { color: var(--calm) }")
    folders = [tmp_path, *FOLDERS]
    made, findings = layoutfile.load("flyer-letter", folders, tmp_path)
    assert made and not findings
    css = styles.joined(styles.pieces(made, locales.locale("en"), folders))
    assert css.index("h1 { color: var(--ink) }") < css.index("h1 { color: var(--calm) }")
    clinic = shipped.content().clinic
    assert clinic
    assert "The end" in layouts.render(edition("en"), made, clinic, pages.Words(None), folders)


@pytest.mark.parametrize(
    ("like", "said", "hint"),
    [
        ("flier", "there is no layout “flier”; did you mean “flyer”?", "use one that exists"),
        ("copy", "there is no layout “copy”", "use one that exists"),
        ("second", "it is like “flyer”", 'write like = "flyer"'),
    ],
)
def test_a_layout_that_is_like_nothing_of_use_is_a_finding(tmp_path: Path, like: str, said: str, hint: str) -> None:
    written(tmp_path, "flyer")
    written(tmp_path, "second", 'like = "flyer"')
    written(tmp_path, "copy", f'like = "{like}"')
    made, (finding,) = layoutfile.load("copy", [tmp_path, *FOLDERS], tmp_path)
    assert made is None and finding.severity is Severity.ERROR and finding.at.line == 1
    assert said in finding.message and hint in finding.hint


@pytest.mark.parametrize("name", layoutfile.names(FOLDERS))
def test_sheets_are_turned_over_like_pages_of_a_book(name: str) -> None:
    found = layout(name)
    assert found.press
    width, height = found.page_width_mm, found.page_height_mm
    if found.press.scheme:
        width, height = found.press.scheme.sheet_width_mm, found.press.scheme.sheet_height_mm
    assert found.press.flip == ("short" if width > height else "long")


# --------------------------------------------------------------------------- which languages a card is in


@pytest.mark.parametrize("name", CARDS)
def test_a_card_has_a_second_leaf_in_the_sources_language_and_the_sources_own_edition_one_leaf(name: str) -> None:
    own, other = plan().jobs[path("en", name)].prepared.content, plan().jobs[path("es", name)].prepared.content
    assert (own.rules.max_pages, other.rules.max_pages) == (2, 4)
    assert own.scheme and other.scheme and (own.scheme.folded, other.scheme.folded) == (False, True)
    assert 'class="beside" lang="en" dir="ltr"' in other.html and 'class="beside"' not in own.html


def test_two_languages_on_shared_pages_are_still_not_made_of_one() -> None:
    assert not [file for file in plan().wanted if file.layout == "bilingual" and file.locale == "en"]
    assert [file for file in plan().wanted if file.layout == "bilingual" and file.locale == "es"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_cards_ids_are_unique_and_its_headings_step_down_from_one_title(locale: str) -> None:
    html = plan().jobs[path(locale, "wallet-card")].prepared.content.html
    ids = Counter(re.findall(r' id="([^"]+)"', html))
    assert max(ids.values()) == 1 and "b-C01" in ids
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels == ([1, 2] if locale == "en" else [1, 2, 2, 3])


@pytest.mark.parametrize(
    "back", ["", "\n\n## How to use it\n\nShake it first. Then breathe out."], ids=["front alone", "both sides"]
)
def test_a_draft_says_so_on_a_card_of_one_side_too(content: Path, back: str) -> None:
    leaflet = content / "sources/inhaler.md"
    card = f"\n::: card\nWait 4 hours before you use it again.{back}\n:::\n"  # texts that are translated
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + card, encoding="utf-8")
    read = project.load(content)
    made, _ = next(iter(pipeline.editions(read, pipeline.Choice(locales=("es",)), TODAY)))
    assert read.clinic
    page = layouts.render(made, layout("wallet-card"), read.clinic, pages.Words(None), FOLDERS)
    sides = page.split('class="side ')[1:]
    assert [(DRAFT in side, SAMPLE in side) for side in sides] == (
        [(True, False), (False, True)] if back else [(True, True)]
    )


def test_headings_below_the_name_of_a_card_step_down_from_it(content: Path) -> None:
    leaflet = content / "sources/inhaler.md"
    front = "## I have asthma\n\n### By day\n\n#### Each hour\n\nRest."
    card = f"\n::: card\n{front}\n\n## Overleaf\n\n### At night\n\nRest.\n:::\n"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + card, encoding="utf-8")
    read = project.load(content)
    made, _ = next(iter(pipeline.editions(read, pipeline.Choice(locales=("en",)), TODAY)))
    assert read.clinic
    page = layouts.render(made, layout("wallet-card"), read.clinic, pages.Words(None), FOLDERS)
    assert re.findall(r"<h([1-6])", page) == ["1", "2", "3", "2", "3"]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_ends_in_a_colon_has_a_line_to_write_on_and_no_underscores(locale: str) -> None:
    html = plan().jobs[path(locale, "wallet-card")].prepared.content.html
    fields = re.findall(r'<p class="fill"[^>]*>(.*?)</p>', html)
    assert len(fields) == (4 if locale == "en" else 8)
    labels = [label for field in fields for label in re.findall('role="img" aria-label="([^"]+)"></span>$', field)]
    assert len(labels) == len(fields)
    assert (labels[0] == "Line to write on") == (locale == "en")
    assert "_" not in "".join(fields)


# --------------------------------------------------------------------------- what findings on the page are told of


@pytest.mark.parametrize("locale", LOCALES)
def test_every_panel_of_a_folded_leaflet_and_every_side_of_a_card_has_a_name(locale: str) -> None:
    def panels(name: str) -> list[str]:
        marked = re.findall(r'data-panels="([^"]+)"', plan().jobs[path(locale, name)].prepared.content.html)
        return [panel for names in marked for panel in names.split(", ")]

    assert panels("trifold") == ["cover", "flap", "inside 1", "inside 2", "inside 3", "back"]
    assert panels("wallet-card") == ["front", "back"] * (1 if locale == "en" else 2)


def test_a_clinics_facts_and_the_layouts_words_bring_the_files_that_they_are_from() -> None:
    origins = plan().jobs[path("es", "trifold")].prepared.content.origins
    assert any(one.has("8:30 a.m.") and one.at.file.startswith("sources/clinics/") for one in origins)
    assert any(one.has("Su clínica") and one.po and one.po.file.endswith("layouts.po") for one in origins)


# --------------------------------------------------------------------------- cards as printed


MADE_CARDS = shipped.files(*CARDS)
every_card = pytest.mark.parametrize("card", MADE_CARDS, ids=shown)


def test_each_language_has_a_card_that_is_looked_at() -> None:
    assert {card.locale for card in MADE_CARDS} == set(LOCALES) and {card.layout for card in MADE_CARDS} == set(CARDS)


def printed_on(published: Path, card: Artifact) -> Layout:
    """The layout of a card, or that of its larger paper, which a draft may need for what it says of itself."""
    usual = layout(card.layout)
    with pikepdf.open(published / card.path) as pdf:
        (size,) = {size_mm(page) for page in pdf.pages}
    assert usual.roomy
    return next(each for each in (usual, usual.roomy) if size == (each.page_width_mm, each.page_height_mm))


@every_card
def test_a_card_is_of_the_size_of_a_bank_card_or_a_draft_of_a_passport(published: Path, card: Artifact) -> None:
    with pikepdf.open(published / card.path) as pdf:
        assert len(pdf.pages) == (4 if card.beside else 2)
    size = printed_on(published, card).page_width_mm
    assert size == 85.6 or (size == 125 and card.draft)


@every_card
def test_a_card_says_all_of_its_text_in_both_languages_and_nothing_else(published: Path, card: Artifact) -> None:
    data = (published / card.path).read_bytes()
    said = squeezed(tagtree.text(data))
    for label in set(re.findall('Form alt="([^"]*)"', tagtree.dump(data))):
        said = said.replace(squeezed(f"[{label}]"), "")  # what is read out at a line to write on
    wanted = on_card(card.slug, card.locale) + (on_card(card.slug, card.beside) if card.beside else [])
    at = 0
    for text in wanted:
        found = said.find(text, at)
        assert found >= 0, text
        at = found + len(text)
    notices = sum(map(len, map(squeezed, all_notices(card))))
    there = excerpts.blocks(edition(card.locale, card.slug).blocks, "card")
    steps = sum(block.kind is Kind.ITEM for top in there for block in top.walk()) * (2 if card.beside else 1)
    numbers = steps * len("1.")
    assert len(said) <= sum(map(len, wanted)) + notices + numbers


def all_notices(card: Artifact) -> list[str]:
    """What a card says of itself: the last notice on the back and the others on the front, or one on both."""
    here = pages.words_of(shipped.content(), edition(card.locale).locale).here
    return [here(DRAFT), here(SAMPLE_TYPED), DRAFT, SAMPLE, SAMPLE] if card.beside else [SAMPLE] * 2


@pytest.mark.parametrize("card", [card for card in MADE_CARDS if card.locale not in ("en", "ar", "hi")], ids=shown)
def test_a_draft_says_so_on_both_sides_of_its_leaf_and_a_sample_on_each_leaf(published: Path, card: Artifact) -> None:
    own, own_sample, *_ = map(squeezed, all_notices(card))
    front, back, *english = (page_text(published / card.path, number) for number in range(1, 5))
    assert own in front and own_sample in front and squeezed(DRAFT) in back
    for page in english:
        assert squeezed(SAMPLE) in page and squeezed(DRAFT) not in page, "the source is no draft"


@every_card
def test_cards_fill_a_sheet_each_with_its_own_back(published: Path, card: Artifact) -> None:
    with pikepdf.open(published / card.press) as pdf:
        sheet = printed_on(published, card).press
        assert sheet and sheet.scheme
        sides = [(sheet.scheme.sheet_width_mm, sheet.scheme.sheet_height_mm)] * 2
        assert [size_mm(page) for page in pdf.pages] == sides
        drawn = [Counter(re.findall(rb"/P(\d) Do", page.Contents.read_bytes())) for page in pdf.pages]
    places = sheet.scheme.columns * sheet.scheme.rows
    if card.beside:
        half = places // 2
        assert drawn == [{b"1": half, b"3": half}, {b"2": half, b"4": half}]
    else:
        assert drawn == [{b"1": places}, {b"2": places}]


def test_a_row_of_cards_in_two_languages_is_folded_in_the_middle_and_others_are_cut_there(published: Path) -> None:
    beside = set()
    for card in MADE_CARDS:
        with pikepdf.open(published / card.press) as pdf:
            marks, width = pdf.pages[0].Contents.read_bytes().decode(), float(pdf.pages[0].mediabox[2])
        middle = re.escape(f"{width / 2:.3f}".rstrip("0").rstrip("."))
        dashed = bool(re.search(rf"\[[\d.]+\] 0 d {middle} ", marks))
        assert dashed if card.beside else re.search(rf"^{middle} .* l S", marks, re.MULTILINE) and " d " not in marks
        beside.add(card.beside)
    assert beside == {"", "en"}


def test_folding_is_for_cards_of_two_languages_alone() -> None:
    assert layouts.scheme(layout("wallet-card"), languages=2) != layouts.scheme(layout("wallet-card"))
    for name in ("booklet", "trifold", "a4"):
        assert layouts.scheme(layout(name), languages=2) == layouts.scheme(layout(name))


# --------------------------------------------------------------------------- booklets as printed


MADE_BOOKLETS = shipped.files(*BOOKLETS)


@pytest.mark.parametrize("booklet", MADE_BOOKLETS, ids=shown)
def test_a_booklet_has_pages_in_reading_order_and_sheets_of_four_to_print(published: Path, booklet: Artifact) -> None:
    found = layout(booklet.layout)
    with pikepdf.open(published / booklet.path) as pdf:
        pages = len(pdf.pages)
        assert {size_mm(page) for page in pdf.pages} == {(found.page_width_mm, found.page_height_mm)}
    with pikepdf.open(published / booklet.press) as pdf:
        assert len(pdf.pages) == 2 * -(-pages // 4)
        assert {size_mm(page) for page in pdf.pages} == {(round(2 * found.page_width_mm, 1), found.page_height_mm)}


@pytest.mark.parametrize("booklet", [each for each in MADE_BOOKLETS if each.locale not in ("ar", "hi")], ids=shown)
def test_the_cover_has_what_to_do_or_the_main_message_with_the_red_box_whole_behind_it(
    published: Path, booklet: Artifact
) -> None:
    there = edition(booklet.locale, booklet.slug)
    boxes = [block for block in there.blocks if block.kind is Kind.CALLOUT]
    cover, inside = (page_text(published / booklet.path, number) for number in (1, 2))
    if boxes[0].options["name"] == "emergency":
        heading, *_, steps = boxes[0].children
        assert all(text in cover for part in (heading, steps) for text in texts(part, there))
        assert all(text in cover + inside for text in texts(boxes[0], there))
        return
    assert [box.options["name"] for box in boxes[:2]] == ["summary", "urgent"]
    for text in texts(boxes[0], there):
        assert text in cover
    for text in texts(boxes[1], there):
        assert text in inside


@pytest.mark.parametrize("file", [*MADE_CARDS, *MADE_BOOKLETS], ids=shown)
def test_no_type_is_smaller_than_the_layout_allows(published: Path, file: Artifact) -> None:
    """Latin letters and figures keep the layout's size; those of other scripts may have to be larger."""
    where, layout = edition(file.locale).locale, shipped.content().layouts[file.layout]
    least = layout.fine_pt or layout.least_pt  # ``fit-small`` tells what may be so fine
    own_script = set().union(*map(families, where.own_name)) - {"Latn"}  # names of other languages are not in it
    for number, sizes in enumerate(type_sizes(published / file.path), 1):
        own = file.layout not in CARDS or number <= 2
        for char, size in sizes:
            larger = own and families(char) & own_script
            assert size >= least * (where.size_factor if larger else 1) - 0.06, (number, char)


def type_sizes(pdf: Path) -> Iterator[list[tuple[str, float]]]:
    """Each letter with its size as it stands on the paper, in points, page by page."""
    for page in pdfium.PdfDocument(pdf):
        text, turned, sizes = page.get_textpage(), raw.FS_MATRIX(), []
        for at in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text, at))
            if char.strip() and not raw.FPDFText_IsGenerated(text, at):
                raw.FPDFText_GetMatrix(text, at, turned)
                sizes.append((char, raw.FPDFText_GetFontSize(text, at) * hypot(turned.c, turned.d)))
        yield sizes
