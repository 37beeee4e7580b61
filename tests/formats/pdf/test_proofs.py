"""A printed page to look at while its text is written: the page in view, where its texts are, what is found on it."""

from __future__ import annotations

from xml.etree import ElementTree

from plainleaf.formats.pdf import listing, proofs
from plainleaf.formats.pdf.proofs import Proof
from plainleaf.model import Location, Printed
from tests.sheets import sheet

BODY = (
    '<h1 data-at="sources/a.md:2" data-po="locales/es/LC_MESSAGES/a.po:22">Sample</h1>'
    '<p data-at="sources/a.md:9">One text.</p><p style="break-before: page" data-at="sources/a.md:11">Another text.</p>'
)


def made(body: str, page: int, before: proofs.How | None = None) -> tuple[list[Proof], list[Printed]]:
    shown, checked = list[Proof](), list[Printed]()
    proofs.make(sheet(body), page, shown.append, checked.append, before)
    return shown, checked


def test_the_page_in_view_comes_first_with_the_places_of_its_texts() -> None:
    shown, checked = made(BODY, 2)
    assert [(each.number, each.pages, each.final) for each in shown] == [(2, 2, True), (1, 2, True)]
    assert all(each.png.startswith(b"\x89PNG") and each.width and each.height for each in shown)
    assert len(checked) == 1
    first, second = shown[1].spots
    assert (first.at, first.po) == (Location("sources/a.md", 2), Location("locales/es/LC_MESSAGES/a.po", 22))
    assert second.at == Location("sources/a.md", 9) and second.po is None
    ((left, top, width, height),) = second.boxes
    assert 0.1 < left < 0.11 and first.boxes[0][1] < top < 0.2 and 0 < width < 0.5 and 0 < height < 0.03


def test_a_text_is_shown_at_once_as_it_was_set_before_and_then_as_it_is_printed() -> None:
    before, _ = made(BODY, 1)
    changed = BODY.replace("One text", "One other text")
    shown, _ = made(changed, 1, before[0].how)
    assert [(each.number, each.final) for each in shown] == [(1, False), (1, True), (2, True)]
    assert shown[0].png == shown[1].png != before[0].png
    longer = BODY + '<p style="break-before: page" data-at="sources/a.md:13">A third page.</p>'
    assert [each.final for each in made(longer, 1, before[0].how)[0]] == [True, True, True]  # not before it is fitted


def test_a_page_that_is_no_longer_there_is_the_last_one() -> None:
    shown, _ = made(BODY, 9)
    assert [each.number for each in shown] == [2, 1]


def test_lists_of_parts_are_arranged_as_they_were_in_the_end() -> None:
    text = '<body><p/><div class="contents brief"/><p/><ol data-pages-over="8"/></body>'
    fitted, fresh = ElementTree.fromstring(text), ElementTree.fromstring(text)
    for each in listing.of(fitted):
        each.take_out()
    brief = fitted[1]
    fitted.remove(brief)
    fitted.insert(0, brief)
    listing.arrange(fresh, listing.arranged(fitted))
    assert ElementTree.tostring(fresh) == ElementTree.tostring(fitted) != text.encode()
