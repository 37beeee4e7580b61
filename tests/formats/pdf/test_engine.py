"""The shortcuts through WeasyPrint give what WeasyPrint gives, and ask again whenever another answer is possible."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import Any

import pydyf
import pytest
import weasyprint
from tinyhtml5 import inputstream
from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.layout import inline, preferred
from weasyprint.text.fonts import FontConfiguration

from plainleaf.formats.pdf import engine

# A property in each way that it can get its value: by a rule, a variable, a formula, a logical name, from the parent.
CSS = (
    "@page { size: 90mm 70mm; margin: 12mm 8mm }"
    "@page { @top-center { content: element(head) } @bottom-left { content: 'Foot' } }"
    ":root { --room: 2mm; font-size: 10pt; line-height: calc(1.1em + 1pt) }"
    ".head { position: running(head); display: table; width: 100% } .head span { display: table-cell }"
    ".row { display: flex; gap: var(--room) } .row p { flex: 1 1 0; margin-block: calc(var(--room) / 2) 5% }"
    "table { width: 100%; border-collapse: collapse } td { border: 1px solid; padding-inline: 1mm .5em; width: 40% }"
    "[dir=rtl] { margin-inline-start: 4mm; text-align: start } i { text-decoration: underline; color: inherit }"
    "p { text-indent: calc(2% + 1mm); hyphens: auto; page: auto; --own: 1 } .absent { color: var(--nowhere) }"
)
HTML = (
    "<html lang=en><title>Sample</title><div class=head><span>Sample leaflet</span><span>English</span></div>"
    "<div class=row><p>Take one tablet every morning with a glass of water.</p>"
    "<p>Never take <i>two</i> of them.</p></div>"
    "<table><tr><td>Monday and Tuesday<td>one tablet, in the evening<tr><td>Sunday<td class=absent>none</table>"
    "<p dir=rtl>Left and <b>right</b> change places &amp; so do margins.</p><ul><li>Water<li>Unquestionably</ul>"
)


def laid_out() -> weasyprint.Document:
    return weasyprint.HTML(string=HTML).render(
        stylesheets=[weasyprint.CSS(string=CSS)], font_config=FontConfiguration()
    )


def styles(document: weasyprint.Document) -> list[dict[str, Any]]:
    """All properties of all boxes, also those that nothing has asked for; logical ones are read by physical names."""
    boxes = [box for page in document.pages for box in page._page_box.descendants()]
    logical = {name for ways in engine._LOGICAL.values() for name in ways.values()}
    keys = [*(name for name in INITIAL_VALUES if name not in logical), "__room", "__own", "__nowhere"]
    return [{key: repr(box.style[key]) for key in keys} for box in boxes]


def test_every_property_and_every_byte_is_the_same() -> None:
    usual = laid_out()
    with engine.tuned():
        quick = laid_out()
        found, written = styles(quick), quick.write_pdf(pdf_variant="pdf/ua-1")
    assert len(usual.pages) > 1
    assert found == styles(usual)
    assert written == usual.write_pdf(pdf_variant="pdf/ua-1")


def test_another_version_of_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with engine.tuned():
        assert css.ComputedStyle.__missing__ is not engine.unset
        assert inline.split_first_line is not engine.first_line


def in_place() -> list[Any]:
    return [vars(owner)[name] for owner, name, _ in engine._PLACES]


def test_others_in_the_process_find_weasyprint_as_it_was() -> None:
    before, shortcuts = in_place(), [shortcut for *_, shortcut in engine._PLACES]
    with suppress(ZeroDivisionError), engine.tuned():
        with engine.tuned():
            assert in_place() == shortcuts
        assert in_place() == shortcuts
        raise ZeroDivisionError
    assert in_place() == before


def test_importing_the_renderer_changes_nothing_of_weasyprint() -> None:
    code = (
        "from weasyprint import css; before = css.ComputedStyle.__missing__;"
        "import plainleaf.formats.pdf.render; assert css.ComputedStyle.__missing__ is before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_installed_version_is_the_one_that_the_shortcuts_were_written_for() -> None:
    assert weasyprint.__version__ == engine.KNOWN, "compare plainleaf/formats/pdf/engine.py with the new WeasyPrint"


class Line:
    def __init__(self, text: str) -> None:
        self.text = text


def asked(monkeypatch: pytest.MonkeyPatch, *questions: tuple[Any, ...]) -> tuple[int, list[Any]]:
    """How often WeasyPrint was asked for a line, and the lines."""
    splits = 0

    def split(text: str, *_: Any) -> tuple[Any, ...]:
        nonlocal splits
        splits += 1
        return Line(text), len(text), None, 10.0 * splits, 5.0, 4.0

    monkeypatch.setattr(engine, "_split", split)
    found = [engine.first_line(*question) for question in questions]
    return splits, found


class Style(dict[str, Any]):
    def __init__(self, cache: dict[str, Any]) -> None:
        super().__init__(font_size=10)
        self.cache = cache


CACHE: dict[str, Any] = {}
ONE, OTHER = Style(CACHE), Style(CACHE)  # of one document
QUESTION = ("Water", ONE, None, 100, 0, True, False)


@pytest.mark.parametrize(
    "question",
    [
        ("Milk", *QUESTION[1:]),
        ("Water", OTHER, *QUESTION[2:]),
        ("Water", Style({}), *QUESTION[2:]),
        ("Water", ONE, None, 90, 0, True, False),
        ("Water", ONE, None, None, 0, True, False),
        ("Water", ONE, None, 100, 2, True, False),
        ("Water", ONE, None, 100, 0, False, False),
        ("Water", ONE, None, 100, 0, True, True),
    ],
    ids=["text", "style", "document", "width", "no width", "justification", "start of a line", "least width"],
)
def test_a_line_is_cut_anew_when_anything_is_different(
    monkeypatch: pytest.MonkeyPatch, question: tuple[Any, ...]
) -> None:
    CACHE.clear()
    splits, (one, again, other) = asked(monkeypatch, QUESTION, QUESTION, question)
    assert splits == 2
    assert one[1:] == again[1:] != other[1:]


def test_each_box_has_a_line_of_its_own_to_draw_into(monkeypatch: pytest.MonkeyPatch) -> None:
    CACHE.clear()
    _, found = asked(monkeypatch, QUESTION, QUESTION, QUESTION)
    lines = [line for line, *_ in found]
    lines[0].text = lines[1].text = "drawn"
    assert lines[2].text == "Water"
    assert len({id(line) for line in lines}) == 3


def test_lines_go_with_their_document() -> None:
    with engine.tuned():
        one, other = laid_out(), laid_out()
        assert inline.split_first_line is preferred.split_first_line is engine.first_line
    caches = [document.pages[0]._page_box.children[0].style.cache for document in (one, other)]
    assert caches[0] is not caches[1]
    assert caches[0][engine._LINES]


def test_references_of_pages_follow_new_pages() -> None:
    pdf = pydyf.PDF()
    before = engine.page_references(pdf)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
    after = engine.page_references(pdf)
    assert (len(before), len(after)) == (0, 1)
    assert after == engine._page_references.fget(pdf) == engine.page_references(pdf)


@pytest.mark.parametrize("opposite", [False, True])
def test_a_pattern_is_made_once_for_its_characters(opposite: bool) -> None:
    with engine.tuned():
        patterns = inputstream.characters_until_regex
    characters = ("&", "<", "]", "^", "-")
    pattern = patterns[characters, opposite]
    assert patterns[characters, opposite] is pattern
    found = pattern.match("&<]^-ab" if opposite else "ab&<")
    assert found and found[0] == ("&<]^-" if opposite else "ab")
    assert patterns[("a",), opposite] is not pattern
