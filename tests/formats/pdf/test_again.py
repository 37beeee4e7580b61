"""Pages are taken over from one layout of a sheet to the next where nothing on them differs, and only there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import again, engine

BASE = (
    "@page { size: 60mm 40mm; margin: 8mm 3mm }"
    "@page { @top-left { content: element(head) } @bottom-left { content: counter(page) } }"
    "html { font-size: 10pt } body { margin: 0 } .head { position: running(head) } h2 { break-after: avoid }"
    "[data-to]::after { content: target-counter(attr(data-to url), page) } li::marker { color: red }"
)
TEXT = "".join(f"<h2 id=part-{number}>Part {number}</h2><p>Some words of part {number}.</p>" for number in range(12))
PAGE = (
    f"<html lang=en><body><div class=head>Sample</div><p class=first>First</p><ul><li>A point</ul>{TEXT}"
    "<div class=box><p class=above>Above</p><p class=end>End</p><p class=below>Below</p></div>"
)
LISTED = PAGE.replace("First", "Part 10, page <span data-to='#part-10'></span>", 1)


def closer(root: Any) -> None:
    root.find("body").set("class", "closer")


def laid_out(
    rules: str, source: str = PAGE, change: Callable[[Any], None] = closer
) -> tuple[list[int], weasyprint.Document, weasyprint.Document]:
    """A page that is laid out, changed and laid out again: the numbers of the pages that are taken over, the second
    layout, and the same without a first one."""
    html, fonts = weasyprint.HTML(string=source), FontConfiguration()
    css = [weasyprint.CSS(string=BASE + rules, font_config=fonts)]
    layout = again.Layout(sheets=css)
    with engine.tuned():
        with again.noted(layout):
            first = html.render(stylesheets=css, font_config=fonts)
        change(html.etree_element)
        with again.noted(layout.next(css)):
            second = html.render(stylesheets=css, font_config=fonts)
        alone = html.render(stylesheets=css, font_config=fonts)
    bodies = [[page._page_box.children[0].children[0] for page in document.pages] for document in (first, second)]
    same = [number for number, (then, now) in enumerate(zip(*bodies, strict=False), 1) if then is now]
    return same, second, alone


def written(document: weasyprint.Document) -> bytes:
    data: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return data


END = ".closer .end { margin: 0; color: blue }"


def test_pages_before_what_is_set_closer_are_taken_over_with_the_same_bytes() -> None:
    same, second, alone = laid_out(END)
    assert same == list(range(1, len(second.pages))) != []
    assert written(second) == written(alone)


@pytest.mark.parametrize(
    "rules",
    [
        ".closer p { line-height: 1 }",
        ".closer { line-height: 1 }",
        ".closer .first { color: blue }",
        ".closer li::marker { color: blue }",
        ".closer .head { font-weight: bold }",
    ],
    ids=["all", "inherited", "the first page", "a pseudo-element", "the head of pages"],
)
def test_nothing_is_taken_over_where_the_first_page_differs(rules: str) -> None:
    same, second, alone = laid_out(rules)
    assert same == []
    assert written(second) == written(alone)


@pytest.mark.parametrize(
    "rules",
    [
        ".closer .end { display: inline }",
        ".closer .end { float: left }",
        ".closer .end { break-before: page }",
        ".closer .box { display: flex }",
        ".closer .end { position: absolute }",
        ".closer .end { break-before: avoid } .closer .above { break-before: avoid }",
        ".closer .box { break-inside: avoid } .closer .end { font-size: 4em }",
    ],
)
def test_an_end_that_is_put_together_otherwise_gives_what_it_gives_without_a_layout_before(rules: str) -> None:
    _, second, alone = laid_out(rules)
    assert written(second) == written(alone)


def test_a_page_that_waits_for_the_numbers_of_others_is_laid_out_again() -> None:
    same, second, alone = laid_out(END, LISTED)
    assert same
    assert 1 not in same
    assert written(second) == written(alone)


def test_pages_before_another_text_are_taken_over() -> None:
    def change(root: Any) -> None:
        next(each for each in root.iter() if each.get("class") == "end").text = "Another end"

    same, second, alone = laid_out("", change=change)
    assert same
    assert written(second) == written(alone)


def test_nothing_is_taken_over_where_an_element_has_come_or_gone() -> None:
    def change(root: Any) -> None:
        body = root.find("body")
        body.remove(body[-1])

    same, second, alone = laid_out("", change=change)
    assert same == []
    assert written(second) == written(alone)


@pytest.mark.parametrize(
    ("rules", "same"),
    [(".other .end { margin: 0 }", True), (END, False), (".closer li::marker { color: blue }", False)],
)
def test_a_layout_in_which_nothing_differs_is_not_made(rules: str, same: bool) -> None:
    html, css = weasyprint.HTML(string=PAGE), [weasyprint.CSS(string=BASE + rules)]
    layout = again.Layout(sheets=css)
    with engine.tuned():
        with again.noted(layout):
            layout.document = html.render(stylesheets=css)
        closer(html.etree_element)
        with again.noted(layout.next(css)), pytest.raises(again.SameError) if same else nullcontext():
            html.render(stylesheets=css)


@pytest.mark.parametrize(
    ("source", "count"), [(PAGE, 2), (LISTED, 4)], ids=["at once", "not before numbers are on them"]
)
def test_what_the_first_pages_say_for_sure_ends_a_layout(source: str, count: int) -> None:
    question = again.Question(4, lambda begun: True, lambda begun: len(begun.pages) > 1)
    layout = again.Layout(question=question)
    with engine.tuned(), again.noted(layout), pytest.raises(again.BegunError) as stopped:
        weasyprint.HTML(string=source).render(stylesheets=[weasyprint.CSS(string=BASE)])
    assert len(stopped.value.begun.pages) == count


def test_without_a_note_nothing_is_kept() -> None:
    html, fonts = weasyprint.HTML(string=PAGE), FontConfiguration()
    with engine.tuned():
        one, other = (html.render(stylesheets=[], font_config=fonts) for _ in range(2))
    assert again.current() is None
    assert one.pages[0]._page_box.children[0] is not other.pages[0]._page_box.children[0]


@pytest.mark.parametrize("most", [1, 3])
def test_a_layout_that_has_more_pages_than_are_of_use_ends_there(most: int) -> None:
    html, fonts = weasyprint.HTML(string=PAGE), FontConfiguration()
    layout = again.Layout(most=most)
    with engine.tuned(), again.noted(layout), pytest.raises(again.TooManyError):
        html.render(stylesheets=[weasyprint.CSS(string=BASE)], font_config=fonts)
    assert list(layout.pages) == list(range(1, most + 1))


def test_a_layout_in_which_pages_wait_for_numbers_of_others_is_made_to_its_end() -> None:
    html, fonts = weasyprint.HTML(string=LISTED), FontConfiguration()
    with engine.tuned(), again.noted(again.Layout(most=1)):
        assert len(html.render(stylesheets=[weasyprint.CSS(string=BASE)], font_config=fonts).pages) > 1
