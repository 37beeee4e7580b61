"""The shipped leaflets as they leave the press, asked by other programs than ours: every script, every layout, every
leaflet, in a part that ``tests/shipped.py`` chooses."""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pdfminer.high_level import extract_text

from plainleaf.artifacts.store import Store
from plainleaf.files import places
from plainleaf.formats.pages import Words
from plainleaf.formats.pdf import validation
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_CONTROLS
from plainleaf.languages.punctuation import WIDE_SCRIPTS
from plainleaf.layouts.reading_order import reading_order
from plainleaf.model import USUAL_PROFILE, Block, Edition, Kind, Layout, plain
from plainleaf.model.tags import language_tag
from plainleaf.reading import flow, tags
from plainleaf.reading.conformance import report as conformance
from tests import extraction, heard, shipped, verapdf
from tests.conftest import needs
from tests.shipped import content

LOCALES = ("en", "ar", "es", "hi", "zh_Hans")
FILES = {Path(path).name: artifact for path, artifact in shipped.covered().items()}
EVERY = sorted(FILES)
FOOTED = (".a4.pdf", ".letter.pdf", ".large-print.pdf", ".large-print-letter.pdf")
PAGES = [name for name in EVERY if name.endswith(FOOTED)]

# What must not appear anywhere: a help leaflet is no advertisement.
OUT = re.compile(
    r"1?[- .]?888[- .]?744[- .]?0789|who answers|luxury|click to call|call now|verify (your )?(benefits|insurance)"
    r"|check online now|american addiction centers|within 24 hours|insurance may cover",
    re.IGNORECASE,
)


def edition(name: str, beside: bool = False) -> Edition:
    """What is printed in a file, or what is printed beside it."""
    artifact = FILES[name]
    return shipped.editions()[artifact.slug, artifact.beside if beside else artifact.locale]


def on_a4(locale: str) -> str:
    """The name of a file with a whole leaflet in a language."""
    return Path(shipped.on_a4(locale).path).name


def squeezed(text: str) -> str:
    """Without white space, the places where Khmer may part a line, and the direction marks that poppler adds."""
    return re.sub(r"[\s\u200b\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)


def blocks(edition: Edition, text: str = "full", heard: bool = True) -> list[str]:
    """The text of each block that a layout of this text prints, clinic details filled in, in reading order; not for
    whom it is written, which is said at the end. ``heard``: with what is said of pictures, which nobody sees."""
    clinic = content().clinic
    assert clinic
    aside = {Kind.AUDIENCE.value, *([Kind.TITLE.value, Kind.SUMMARY.value] if text == "card" else [])}
    aside |= set() if heard else {Kind.ALT.value}
    texts = (said.text for said in reading_order(edition, clinic, text) if said.role not in aside)
    return [said for said in map(squeezed, texts) if said]


def column_heads(edition: Edition) -> set[str]:
    """The texts at the heads of a table's columns."""
    rows = (block for block in edition.walk() if block.kind is Kind.ROW and block.options["header"] == "yes")
    return {squeezed(plain(cell.inlines)) for row in rows for cell in row.children}


def optional(edition: Edition, layout: Layout) -> set[str]:
    """The texts that a layout may leave out where a language is too long for it."""
    marked = [block for block in edition.walk() if "optional" in block.options] if layout.fit == "shrink" else []
    return {squeezed(plain(inner.inlines)) for block in marked for inner in block.walk() if inner.inlines}


def languages(edition: Edition) -> set[str]:
    """The locales that the edition names as others to ask for it in."""
    return set(shipped.content().locales) if names_of_languages(edition) else set()


def names_of_languages(edition: Edition) -> set[str]:
    lines = (block.children for block in edition.walk() if block.kind is Kind.LANGUAGES)
    return {squeezed(plain(line[-1].inlines)) for line in lines if line}


def extracted(path: Path, *options: str) -> str:
    needs("pdftotext")
    return subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"], capture_output=True, text=True, check=True
    ).stdout


def devanagari(text: str) -> Counter[str]:
    return Counter(re.findall("[\u0900-\u0963\u0966-\u097f\u200c\u200d]+", unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("name", [name for name in EVERY if ".hi." in name or ".hi+" in name])
def test_hindi_is_the_same_words_in_readers_with_and_without_actualtext(published: Path, name: str) -> None:
    """poppler and PDFium heed ActualText, pdfminer and pypdf join what the glyphs say."""
    path = published / FILES[name].path
    words = devanagari(extracted(path))
    assert words.total() > 20
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    assert devanagari("\n".join(pages)) == words
    assert devanagari(extract_text(path)) == words
    assert devanagari("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)) == words


def test_every_script_and_layout_is_published(published: Path) -> None:
    found = {path.relative_to(published).as_posix() for path in published.glob("*/*.pdf")}
    assert found == {file for each in FILES.values() for file in (each.path, each.press) if file}
    assert {each.layout for each in FILES.values()} == set(content().layouts)
    assert {each.slug for each in FILES.values()} == set(content().leaflets)
    scripts = {edition.locale.name: edition.locale.script for edition in shipped.editions().values()}
    locales = {each.locale for each in FILES.values()}
    assert {scripts[locale] for locale in locales} == {scripts[each.locale] for each in shipped.wanted()}
    assert locales > set(LOCALES)
    made = {(each.locale, each.layout) for each in shipped.wanted() if each.slug == shipped.FIRST}
    pairs = {(locale, layout) for locale in LOCALES for layout in content().layouts}
    assert pairs - made == {("en", "bilingual"), ("en", "bilingual-letter")}  # English beside English says nothing


def test_nothing_is_found_on_any_printed_page(published: Path) -> None:
    """Contrast, sizes, breaks and all else that ``checks/page`` measures; what is found is kept with the artifact."""
    made = Store(published).entries
    assert made
    assert not {path: entry.findings for path, entry in made.items() if entry.findings != ()}


@pytest.mark.parametrize("name", EVERY)
def test_a_pdf_is_valid_for_both_validators(published: Path, name: str) -> None:
    """All but the imposed files for the press, which say of themselves that they are not the accessible ones."""
    data = (published / FILES[name].path).read_bytes()
    profile = content().layouts[FILES[name].layout].profile or USUAL_PROFILE
    assert not validation.problems(data, profile)
    if reason := verapdf.available():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    assert {each: verapdf.validate(data, each) for each in ("ua1", "2a")} == {"ua1": (), "2a": ()}


@pytest.mark.parametrize("name", EVERY)
def test_software_finds_no_fault_by_the_matterhorn_protocol(published: Path, name: str) -> None:
    """By a reader of its own, which has looked at all that software can judge."""
    report = conformance.judged((published / FILES[name].path).read_bytes())
    assert report.good, [(each.condition.id, each.cases, each.why) for each in report.results if each.cases or each.why]
    assert report.questions


@pytest.mark.parametrize("name", EVERY)
def test_a_file_is_called_and_dated_as_its_leaflet_is(published: Path, name: str) -> None:
    """For catalogues and archives; a file for the press names the accessible one."""
    said = [edition(name), *([edition(name, beside=True)] if FILES[name].beside else [])]
    day = said[0].changed.isoformat()
    with pikepdf.open(published / FILES[name].path) as file, file.open_metadata() as told:
        assert {*told["dc:language"]} == {each.locale.tag for each in said}
        assert str(told["dc:title"]) == str(file.docinfo.Title)
        assert str(file.docinfo.ModDate) == f"D:{day.replace('-', '')}" and told["xmp:ModifyDate"] == day
        assert {*file.docinfo.keys()} == {
            "/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate"
        }  # fmt: skip
        assert not {*"".join(map(str, file.docinfo.values()))} & {*WORD_CONTROLS, *BIDI_CONTROLS}
    if FILES[name].press:
        with pikepdf.open(published / FILES[name].press) as file:
            assert f"the accessible file is {name}" in str(file.docinfo.Title)


@pytest.mark.parametrize("name", EVERY)
def test_links_are_called_what_the_page_says(published: Path, name: str) -> None:
    with pikepdf.open(published / FILES[name].path) as file:
        links = [link for page in file.pages for link in page.get("/Annots", [])]
        for link in links:
            said, target = str(link.Contents), str(link.A.URI) if "/A" in link and "/URI" in link.A else ""
            assert said.strip() and not {*said} & {*WORD_CONTROLS, *BIDI_CONTROLS}
            assert not target or (
                target not in said and "tel:" not in said
            )  # each address of the shipped leaflets is on the page


@pytest.mark.parametrize("name", EVERY)
def test_the_tags_hold_the_whole_text_in_order(published: Path, name: str) -> None:
    """What a screen reader gets, from the tag tree: every block of the edition, word for word, one after the other."""
    artifact = FILES[name]
    runs = flow.runs(tags.read((published / artifact.path).read_bytes()))
    text = squeezed("".join(run.text for run in runs))
    for said in (edition(name), *([edition(name, beside=True)] if artifact.beside else [])):
        position = 0
        heads, may_go = column_heads(said), optional(said, content().layouts[artifact.layout])
        for block in blocks(said, content().layouts[artifact.layout].text):
            if block in heads and block in text:
                continue  # a narrow layout says it before each cell of its column
            if block in names_of_languages(said) and artifact.beside:
                continue  # the language beside this one is on the page already
            found = text.find(block, position)
            if found < 0 and artifact.layout.startswith(("trifold", "bilingual", "sheet")):
                found = text.find(block)  # the red box stands before the main message there
            if found < 0 and block in may_go:
                continue
            assert found >= 0, block
            position = found + len(block)


@pytest.mark.parametrize("name", EVERY)
def test_every_word_is_heard_as_it_is_written(published: Path, name: str) -> None:
    """No two words are one, none is in two parts, no hyphen is there that only ends a line: joined without a look at
    where glyphs are."""
    artifact, text = FILES[name], content().layouts[FILES[name].layout].text
    for said in (edition(name), *([edition(name, beside=True)] if artifact.beside else [])):
        found = Counter(heard.facts(published / artifact.path, said, content().clinic, text))
        assert not [each for each in found if each[0] in ("missing", "too many", "hyphen")]
        assert found["break", ""] or said.locale.script in WIDE_SCRIPTS


def red(name: str) -> list[Block]:
    return [block for block in edition(name).walk() if block.options.get("name") == "urgent"]


RED = [
    name for name in EVERY if ".ar" not in name and content().layouts[FILES[name].layout].text in ("full", "short")
    and red(name)
]  # fmt: skip


@pytest.mark.parametrize("name", RED)
def test_a_red_box_stands_on_one_page_and_the_first_no_later_than_on_the_second(published: Path, name: str) -> None:
    pages = [squeezed(page) for page in extracted(published / FILES[name].path, "-raw").split("\f")]
    for number, box in enumerate(red(name)):
        texts = [plain(block.inlines) for block in box.walk()]
        ends = [squeezed(text)[-8:] for text in texts if text and "{" not in text]
        whole = [at for at, page in enumerate(pages) if all(end in page for end in ends)]
        assert whole, ends
        assert number or whole[0] < 2


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "ar"])
def test_text_copied_from_a_pdf_is_the_text_of_the_edition(published: Path, locale: str) -> None:
    name = on_a4(locale)
    text = squeezed(extracted(published / FILES[name].path, "-raw"))
    parts = [re.escape(part) for block in blocks(edition(name), heard=False) for part in [block[:12], block[-12:]]]
    missing = [part for part in parts if not re.search(part, text)]
    assert not missing


LEFTWARD = [name for name in EVERY if re.search(r"[.](ar|fa|he|ps|ur)[.+]", name)]
KEPT = {"pdfium": 0.99, "poppler": 0.96}


def printed(name: str) -> list[str]:
    """The texts that are printed in a file, as they are written; those that it may leave out are not among them."""
    layout = content().layouts[FILES[name].layout]
    aside = {
        Kind.AUDIENCE.value,
        Kind.ALT.value,
        *([Kind.TITLE.value, Kind.SUMMARY.value] if layout.text == "card" else []),
    }
    editions = [edition(name), *([edition(name, beside=True)] if FILES[name].beside else [])]
    return [
        said.text
        for each in editions
        for said in reading_order(each, content().clinic, layout.text)
        if said.role not in aside and squeezed(said.text) not in optional(each, layout)
    ]


@pytest.mark.parametrize("reader", extraction.READERS)
@pytest.mark.parametrize("name", LEFTWARD)
def test_text_from_right_to_left_comes_out_in_order(published: Path, name: str, reader: str) -> None:
    """Each figure, dose, range, date and phone with the words around it; no file loses more than one word in a hundred
    (poppler: four)."""
    needs("pdftotext")
    found = extraction.lost(printed(name), extraction.READERS[reader](published / FILES[name].path))
    assert not found.disordered
    assert found.kept >= KEPT[reader], found.words


@pytest.mark.parametrize("name", LEFTWARD)
def test_words_with_vowel_signs_are_found_by_search(published: Path, name: str) -> None:
    words = {word for text in printed(name) for word in extraction.marked(text)}
    assert not words - extraction.found_by_search(published / FILES[name].path, words)


@pytest.mark.parametrize("name", PAGES)
def test_a_draft_says_so_on_every_page(published: Path, name: str) -> None:
    artifact = FILES[name]
    assert artifact.draft == (artifact.locale != "en")
    path = published / FILES[name].path
    pages = extracted(path).split("\f")[:-1]
    english = "Draft translation: not yet checked by a clinical translator"
    for page in pages:
        assert (english in " ".join(page.split())) == artifact.draft
    line = Words(content().catalogs.get((artifact.locale, places.WORDS))).here(english)
    # in the bar of the first page, which is text that screen readers find, and at the foot of each other page
    if artifact.locale not in ("ar", "en"):
        assert all(squeezed(line) in squeezed(page) for page in pages)


@pytest.mark.parametrize("name", EVERY)
def test_a_draft_says_so_on_both_sides_of_the_paper_and_in_its_metadata(published: Path, name: str) -> None:
    artifact = FILES[name]
    path = published / FILES[name].path
    with pikepdf.open(path) as opened:
        said = str(opened.docinfo.get("/Subject", "")) + str(opened.docinfo.get("/Keywords", ""))
        assert str(opened.Root.Lang) == artifact.locale.replace("_", "-")
    english = "Draft translation: not yet checked by a clinical translator"
    assert (english in said) == artifact.draft
    sides = extracted(published / artifact.press if artifact.press else path).split("\f")[:-1]
    marked = ["".join(english.split()) in squeezed(side) for side in sides]
    if not artifact.draft:
        assert not any(marked)
    elif artifact.layout.startswith("wallet-card"):
        assert marked == [False, True]  # behind; the front has the line in the patient's language
    elif artifact.layout.startswith("booklet"):
        assert marked.count(False) <= 1  # the last sheet may have a side that is empty
    else:
        assert all(marked)


@pytest.mark.parametrize("name", EVERY)
def test_only_the_chosen_fonts_are_embedded_and_cut_down(published: Path, name: str) -> None:
    artifact = FILES[name]
    printed = [edition(name), *([edition(name, beside=True)] if artifact.beside else [])]
    named = [shipped.content().locales[name] for each in printed for name in languages(each)]
    families = [family for locale in (*(each.locale for each in printed), *named) for family in locale.fonts]
    chosen = {family.name.replace(" ", "").replace("-", "") for family in families}
    with pikepdf.open(published / FILES[name].path) as opened:
        fonts = [str(font.BaseFont) for page in opened.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        family = re.sub("[^A-Za-z0-9]", "", font.partition("+")[2] or font)
        assert any(family.startswith(one) for one in chosen), font


@pytest.mark.parametrize("name", EVERY)
def test_nothing_on_the_out_list_is_printed_or_in_the_metadata(published: Path, name: str) -> None:
    path = published / FILES[name].path
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


@pytest.mark.parametrize("name", [name for name in EVERY if FILES[name].press])
def test_an_imposed_file_says_that_it_is_for_the_press(published: Path, name: str) -> None:
    with pikepdf.open(published / FILES[name].press) as opened:
        assert "for the printing press" in str(opened.docinfo.Title) + str(opened.docinfo.get("/Subject", ""))
        assert "/StructTreeRoot" not in opened.Root and "/MarkInfo" not in opened.Root


@pytest.mark.parametrize("locale", LOCALES)
def test_the_metadata_names_title_author_subject_and_dates(published: Path, locale: str) -> None:
    name = on_a4(locale)
    meta = edition(name).meta
    with pikepdf.open(published / FILES[name].path) as opened:
        info = opened.docinfo
        assert str(info.Title) == plain(meta.title.inlines)
        assert str(info.Author) == "Sample Clinic"
        assert plain(meta.summary.inlines) in str(info.Subject)
        assert str(info.CreationDate).startswith(f"D:{meta.written:%Y%m%d}")
        assert opened.Root.Outlines.Count != 0


def test_the_catalogue_names_each_language_in_its_own_script_and_direction(published: Path) -> None:
    page = (published / "index.html").read_text(encoding="utf-8")
    assert not OUT.search(page)
    for tag, direction, name in [("ar", "rtl", "العربية"), ("zh-Hans", "ltr", "中文（简体）"), ("hi", "ltr", "हिन्दी")]:
        assert f'lang="{tag}" dir="{direction}">{name}<' in page
    drafts = {(each.slug, each.locale) for each in shipped.wanted() if each.draft}
    assert len(drafts) > 4 * 4
    for each in shipped.wanted():
        tag = language_tag(each.locale)
        page = (published / f"staff/print-list/{each.slug}/{tag}.html").read_text(encoding="utf-8")
        assert ("Draft translation: not yet checked" in page) is ((each.slug, each.locale) in drafts)
        assert f'href="../../../{each.press or each.path}"' in page or each.path not in shipped.covered()
        assert not OUT.search(page)
