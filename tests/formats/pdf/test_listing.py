"""A list of contents is printed in long leaflets, with the pages that its parts are on, and tagged as one."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import dataclass
from xml.etree import ElementTree

import pikepdf
import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import listing
from tests import sheets

CSS = (
    "h2 { break-after: avoid } .next { break-before: page } .contents ol { list-style: none }"
    " .contents li { display: flex } .page::before { content: '\\a0' target-counter(attr(data-to), page) }"
)
BODY = (
    "<h1>Sample</h1><nav class='contents' data-pages-over='{over}'><h2>In this leaflet</h2><ol role='doc-toc'>"
    "<li><span class='part'><a href='#h-7'>Drink</a></span> <span class='page' data-to='#h-7'></span></li>"
    "<li><span class='part'><a href='#h-9'>Rest</a></span> <span class='page' data-to='#h-9'></span></li></ol></nav>"
    "<h2 id='h-7'>Drink</h2><p>Water.</p><h2 class='next' id='h-9'>Rest</h2><p>In bed.</p>"
)


def test_a_second_layer_has_a_list_of_its_own_where_the_first_is_printed() -> None:
    root = ElementTree.fromstring("<body><nav data-pages-over='8'/><h2/><nav data-pages-over='8'/><p/></body>")
    for pages, tags in ((8, ["h2", "p"]), (9, ["nav", "h2", "nav", "p"])):
        copy = deepcopy(root)
        listing.settled(copy, lambda pages=pages: Document([0] * pages))
        assert [child.tag for child in copy] == tags


@dataclass
class Document:
    pages: list[int]


def text(data: bytes) -> str:
    return pdfium.PdfDocument(data)[0].get_textpage().get_text_range()


def test_a_short_leaflet_has_no_list() -> None:
    assert "In this leaflet" not in text(sheets.printed(BODY.format(over=2), CSS).data)


def test_a_long_leaflet_has_one_with_the_pages_that_its_parts_are_on() -> None:
    data = sheets.printed(BODY.format(over=1), CSS).data
    words = text(data).split()
    assert words[: words.index("Water.")] == ["Sample", "In", "this", "leaflet", "Drink", "1", "Rest", "2", "Drink"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert (tags.count("/TOC"), tags.count("/TOCI"), tags.count("/Reference")) == (1, 2, 2)


@pytest.mark.parametrize("letters", [10, 20_000], ids=["short text", "long text"])
@pytest.mark.parametrize(("bare", "printed"), [(8, False), (9, True), (20, True)])
def test_what_counts_is_how_many_pages_there_are_without_the_list(letters: int, bare: int, printed: bool) -> None:
    root = ElementTree.fromstring(f"<body><nav data-pages-over='8'/><p>{'x' * letters}</p></body>")
    layouts: list[Document] = []

    def lay_out() -> Document:
        layouts.append(Document([0] * (bare + (root.find("nav") is not None))))
        return layouts[-1]

    done = listing.settled(root, lay_out)
    assert (root.find("nav") is not None) is printed and len(done.pages) == bare + printed
    assert len(layouts) <= 2 and [child.tag for child in root][-1] == "p"


POINTER = (
    "<h1 id='b-top'>Sample</h1><p>Read <a href='#b-top'>this</a><span class='on-page' data-to='#b-top' "
    "data-before=' (page&#160;' data-after=')'></span>.</p>"
)
ON_PAGE = ".on-page::before { content: attr(data-before) target-counter(attr(data-to), page) attr(data-after) }"


@pytest.mark.parametrize(
    ("more", "printed"), [("<p class='next'>Rest.</p>", "Read this (page 1)."), ("<p>Rest.</p>", "Read this.")]
)
def test_the_page_of_another_part_is_printed_where_there_are_several_pages(more: str, printed: str) -> None:
    data = sheets.printed(POINTER + more, CSS + ON_PAGE).data
    assert printed in text(data).replace("\xa0", " ")
