"""The EPUB of an edition: valid, the same bytes each time, all text in order, its words opened in their place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from markupsafe import Markup
from PIL import Image

from plainleaf import pipeline, project
from plainleaf.formats.base import FORMATS, Made
from plainleaf.formats.epub import judging, package, xhtml
from plainleaf.formats.epub.cover import Shown, Words
from plainleaf.formats.epub.judging import Text
from plainleaf.formats.pdf import covers
from plainleaf.layouts import templates
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import Location
from plainleaf.typesetting import locales
from tests import books, epubcheck, shipped
from tests.conftest import TODAY

Replaced = Callable[[Path, str, str], None]
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
X = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
BOOKS = [("opioid-overdose", "en", ""), (shipped.FIRST, "ar", ""), (shipped.FIRST, "zh_Hans", "en")]


def tree(name: str, *book: str) -> ElementTree.Element:
    return ElementTree.fromstring(books.files(*book)[f"EPUB/{name}"])


@pytest.mark.parametrize("kind", ["a leaflet", "every kind of block"])
def test_the_validator_has_nothing_to_say(kind: str, tmp_path: Path, every_kind: bytes) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(books.made(*BOOKS[1]) if kind == "a leaflet" else every_kind)
    assert epubcheck.messages(path) == []


@pytest.fixture
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return books.every_kind(tmp_path_factory.getbasetemp() / "one-truth")


def test_the_validator_would_say_it(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(books.made(*BOOKS[0]).replace(b"application/epub+zip", b"application/epub-zip"))
    assert epubcheck.messages(path)


def test_the_same_text_gives_the_same_bytes() -> None:
    again = books.made.__wrapped__(*BOOKS[0])
    assert again == books.made(*BOOKS[0])
    with ZipFile(BytesIO(again)) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert {each.date_time for each in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}


def described(*book: str) -> dict[str, list[str]]:
    """What a book says of itself, by the name of the property."""
    found = dict[str, list[str]]()
    for each in tree("package.opf", *book).find("o:metadata", OPF) or ():
        name = each.get("property") or each.tag.replace(f"{{{OPF['dc']}}}", "dc:")
        found.setdefault(name, []).append(each.text or "")
    return found


def test_a_book_says_what_it_is() -> None:
    said, edition = described(shipped.FIRST, "ar"), shipped.editions()[shipped.FIRST, "ar"]
    assert said["dc:language"] == ["ar"] and said["dc:creator"] == ["Sample Clinic"]
    assert said["dcterms:modified"] == [f"{edition.changed.isoformat()}T00:00:00Z"]
    assert said["schema:creativeWorkStatus"] == ["Draft"]
    assert {"textual", "visual"} == set(said["schema:accessMode"])
    assert {"alternativeText", "readingOrder", "tableOfContents"} <= set(said["schema:accessibilityFeature"])
    assert said["schema:accessibilityHazard"] == ["none"] and "dcterms:conformsTo" not in said
    spine = tree("package.opf", shipped.FIRST, "ar").find("o:spine", OPF)
    assert spine is not None and spine.get("page-progression-direction") == "rtl"


def claimed(by: str, unchecked: bool) -> list[str]:
    about = package.About("a", "A", "C", "", "S", ("en",), "ltr", TODAY, TODAY, TODAY, unchecked, True, by)
    metadata = ElementTree.fromstring(package.package(about, ())).iterfind("o:metadata/o:meta", OPF)
    return [each.text or "" for each in metadata if each.get("property") in ("dcterms:conformsTo", "a11y:certifiedBy")]


def test_a_book_claims_to_be_accessible_if_somebody_vouches_for_a_text_that_is_signed() -> None:
    assert claimed("Sample Trust", unchecked=False) == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA", "Sample Trust"]
    assert claimed("", unchecked=False) == claimed("Sample Trust", unchecked=True) == []


def test_identifiers_are_those_of_a_leaflet_and_its_languages() -> None:
    names = [described(*book)["dc:identifier"][0] for book in BOOKS]
    assert len(set(names)) == len(BOOKS) and all(name.startswith("urn:uuid:") for name in names)


def test_two_languages_come_by_turns_the_source_first() -> None:
    root = tree("leaflet.xhtml", *BOOKS[2])
    assert described(*BOOKS[2])["dc:language"] == ["zh-Hans", "en"]
    pairs = [each for each in root.iter(f"{X}div") if each.get("class") == "pair"]
    assert len(pairs) > 20
    assert {tuple(side.get("lang") for side in pair) for pair in pairs} == {("en", "zh-Hans")}
    first = tree("contents.xhtml", *BOOKS[2]).find(f".//{X}a")
    assert first is not None and [each.get("lang") for each in first] == ["en", "zh-Hans"]


def test_nothing_of_paper_or_checks_is_left() -> None:
    page = books.files(shipped.FIRST, "ar")["EPUB/leaflet.xhtml"].decode()
    assert not re.search(r' style="| data-(?!number)|\u2060|viewport', page)


def test_a_word_opens_its_meaning_where_it_is_said_first() -> None:
    for book in BOOKS:
        root = tree("leaflet.xhtml", *book)
        notes = {note.get("id"): note for note in root.iter(f"{X}aside")}
        opened = [link for link in root.iter(f"{X}a") if link.get("class") == "word"]
        assert opened or book[0] != shipped.FIRST
        for link in opened:
            note = notes[(link.get("href") or "")[1:]]
            back = note.find(f"{X}a")
            assert link.get("role") == "doc-noteref" and link.get(TYPE) == "noteref"
            assert note.get("role") == "doc-footnote" and note.get(TYPE) == "footnote"
            assert back is not None and back.get("href") == f"#{link.get('id')}" and back.get("aria-label")


def test_pictures_and_fonts_are_in_the_book_and_listed() -> None:
    there = books.files(*BOOKS[1])
    fonts = [name for name in there if name.endswith(".woff2")]
    assert fonts and all(there[name][:4] == b"wOF2" for name in fonts)
    style = there["EPUB/style.css"].decode()
    assert all(name.removeprefix("EPUB/") in style for name in fonts)
    root = tree("leaflet.xhtml", *BOOKS[1])
    pictures = [each.get("src", "") for each in root.iter(f"{X}img")]
    assert pictures and all(f"EPUB/{name}" in there for name in pictures)


def test_the_cover_is_for_the_shelf_and_says_all_in_words() -> None:
    book = shipped.FIRST, "ar", ""
    items = {each.get("href"): each for each in tree("package.opf", *book).iterfind("o:manifest/o:item", OPF)}
    (entry, text) = tree("package.opf", *book).iterfind("o:spine/o:itemref", OPF)
    assert items["cover.png"].get("properties") == "cover-image"
    assert (entry.get("idref"), entry.get("linear")) == (items["cover.xhtml"].get("id"), "no")
    assert text.get("linear") is None, "a book opens at its text"
    with Image.open(BytesIO(books.files(*book)["EPUB/cover.png"])) as picture:
        assert picture.size == (covers.WIDTH, covers.WIDTH * 3 // 2) and len(picture.getcolors() or ()) > 4
    drawn = tree("cover.xhtml", *book).find(f".//{X}img")
    said = "ترجمة أولية", described(*book)["dc:title"][0], "Sample Clinic"
    assert drawn is not None and all(each in drawn.get("alt", "") for each in said)


@pytest.mark.parametrize("title", ["Ibuprofen", "Acetylsalicylsäuremedikamentenpflaster", "A word " * 40])
def test_a_title_of_any_length_has_its_place_on_the_cover(title: str) -> None:
    html = templates.screen([templates.shipped("layouts")], "cover", cover=Shown(
        (Words(Markup(title), "de", "ltr"),), "Sample Clinic", (), "", locales.locale("de")))  # fmt: skip
    drawn = [covers.fits(covers.laid_out(html, "", (), size)) for size in covers.SIZES]
    assert drawn[-1] and drawn == sorted(drawn), "the smaller it is, the better it fits"
    assert drawn[0] is (title == "Ibuprofen")


# --------------------------------------------------------------------------- faults

AT = Location("sources/sample.md")
GOOD = "<p>One</p><p>Two</p>"
FAULTS = {
    "no alt": ('<img src="pictures/a.png"/>', "no alt"),
    "no picture": ('<img alt="" src="pictures/b.png"/>', "pictures/b.png"),
    "style": ('<p style="color: red">x</p>', "style of its own"),
    "nowhere": ('<a href="#c">See</a>', "#c"),
    "twice": ('<p id="b">x</p><p id="b">y</p>', "“b”"),
    "no note": ('<a href="#b" epub:type="noteref">1</a><p id="b">x</p>', "#b"),
}


def book(body: str) -> bytes:
    about = package.About("a", "A", "C", "", "S", ("en",), "ltr", TODAY, TODAY, TODAY, True, True)
    root = xhtml.document("A", "en", "ltr", "style.css")
    page = xhtml.written(root).replace("</html>", f"<body><main><h1 id='h'>A</h1>{body}</main></body></html>")
    listing = package.package(about, ("contents.xhtml", "leaflet.xhtml", "style.css", "pictures/a.png"))
    contents = package.contents(about, xhtml.Element("h1"), (), ())
    texts = {"package.opf": listing, "contents.xhtml": contents, "leaflet.xhtml": page, "style.css": "p { margin: 0 }"}
    return package.archive({**{name: text.encode() for name, text in texts.items()}, "pictures/a.png": b"x"})


def found(body: str, texts: tuple[str, ...] = (), notices: tuple[str, ...] = ()) -> list[str]:
    stream = tuple(Text(text, Location("sources/sample.md", 7), Location("locales/es/a.po", 9)) for text in texts)
    return [f"{each.message} {each.at} {each.po}" for each in judging.faults(book(body), [stream], notices, AT)]


@pytest.mark.parametrize(("more", "said"), FAULTS.values(), ids=FAULTS)
def test_a_book_that_is_not_whole_is_found(more: str, said: str) -> None:
    assert found(GOOD, ("One", "Two")) == []
    assert said in " ".join(found(GOOD + more))


def test_a_text_that_is_lost_or_misplaced_is_found_at_its_lines() -> None:
    (lost,) = found(GOOD, ("One", "Three"))
    assert "“Three” is missing" in lost and "sample.md:7" in lost and "a.po:9" in lost
    assert "wrong place" in found(GOOD, ("Two", "One"))[0]


@pytest.mark.parametrize(("cells", "faults"), [(("5 mg", "At night"), 0), (("At night", "5 mg"), 1)])
def test_a_table_printed_as_a_list_says_the_head_of_a_column_before_each_cell(
    cells: tuple[str, str], faults: int
) -> None:
    records = book("<p>Dose: 5 mg</p><p>When: At night</p>")
    texts = [Text(words, AT, None, words in ("Dose", "When")) for words in ("Dose", "When", *cells)]
    assert len([*judging.faults(records, [texts], (), AT)]) == faults


def test_a_notice_that_the_style_hides_is_found() -> None:
    assert "does not show “One”" in found(GOOD.replace("<p>One", "<p hidden=''>One"), (), ("One",))[0]


def test_what_is_no_book_is_said() -> None:
    (fault,) = judging.faults(b"PK", [], (), AT)
    assert fault.check == "epub" and "could not be read" in fault.message


# --------------------------------------------------------------------------- bad input


def made(root: Path) -> tuple[Made | None, str]:
    """The book of the English edition of a root, and what was found."""
    content = project.load(root)
    edition, _ = next(iter(pipeline.editions(content, pipeline.Choice(locales=("en",)), TODAY)))
    prepared = FORMATS["epub"].prepare(content, edition, None, None, Texts(), "sample.epub")
    done = FORMATS["epub"].write(prepared, books.LIMITS) if prepared.content else None
    return done, " ".join(each.message for each in (*prepared.findings, *(done.findings if done else ())))


@pytest.mark.usefixtures("two_layouts")
def test_a_title_with_markup_is_text(content: Path, replaced: Replaced) -> None:
    source = content / "sources/inhaler.md"
    title = re.search(r"^title: (.*)$", source.read_text(encoding="utf-8"), re.MULTILINE)
    assert title
    replaced(source, title[0], "title: 'A <b>&amp; \"inhaler\" ]]></title>'")
    done, said = made(content)
    assert done and not said
    with ZipFile(BytesIO(done.files[".epub"])) as archive:
        about = ElementTree.fromstring(archive.read("EPUB/package.opf"))
    assert about.findtext("o:metadata/dc:title", "", OPF) == "A <b>&amp; “inhaler” ]]></title>"


@pytest.mark.usefixtures("two_layouts")
def test_the_smallest_leaflet_is_a_book(content: Path) -> None:
    source = content / "sources/inhaler.md"
    head = source.read_text(encoding="utf-8").split("---")[1]
    head = re.sub(r"^(terms|references):.*?(?=^\S|\Z)", "", head, flags=re.MULTILINE | re.DOTALL)
    source.write_text(f"---{head}---\n\nRest.\n", encoding="utf-8")
    done, said = made(content)
    assert done and not said, said


@pytest.mark.usefixtures("two_layouts")
def test_a_sign_that_no_book_can_hold_is_a_finding(content: Path) -> None:
    loaded = project.load(content)
    assert loaded.clinic
    loaded = replace(loaded, clinic=replace(loaded.clinic, name="A\x07 clinic"))
    edition, _ = next(iter(pipeline.editions(loaded, pipeline.Choice(locales=("en",)), TODAY)))
    prepared = FORMATS["epub"].prepare(loaded, edition, None, None, Texts(), "sample.epub")
    done = FORMATS["epub"].write(prepared, books.LIMITS)
    assert not done.files and "could not be read again" in done.findings[0].message


@pytest.mark.usefixtures("two_layouts")
def test_a_picture_that_fails_is_a_finding_and_no_book(content: Path) -> None:
    (content / "sources/pictures").mkdir()
    picture = content / "sources/pictures/noon.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>', "utf-8")
    with (content / "sources/inhaler.md").open("a", encoding="utf-8") as leaflet:
        leaflet.write("\n![A clock](pictures/noon.svg)\n")
    done, said = made(content)
    assert done and not said
    picture.write_text("<svg", encoding="utf-8")
    done, said = made(content)
    assert done is None and "pictures/noon.svg" in said
