"""One sheet of two pages: what to do in an emergency first, the rest in two columns; a short leaflet takes one page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plainleaf.layouts import styles
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.layouts.test_templates import CLINIC, FOLDERS, Words, layout
from tests.matrix import cases

HEAD = cases.HEAD.format(title="Your cough", country="US", more="") + "\n"
MAIN = "::: summary\nRest.\n:::\n\n"
RED = "::: urgent\n## Call us\n\nNow.\n:::\n\n"


def page(body: str, name: str = "sheet") -> str:
    source, findings = markdown.parse("sources/cough.md", HEAD + body)
    assert source and not findings
    made, flaws = messages.localize(source, locales.locale("en"), "US", None, draft=False)
    assert isinstance(made, Edition) and not flaws
    return layouts.render(made, layout(name), CLINIC, Words(), FOLDERS, None)


@pytest.mark.parametrize("body", [MAIN + RED, RED + MAIN])
def test_the_red_box_stands_first_and_the_text_behind_the_boxes_in_columns(body: str) -> None:
    html = page(body + "## At home\n\nDrink water.\n\n" + RED.replace("## Call us", "### Call"))
    order = re.findall(r'<section class="callout (\w+)|<div class="(columns)">|<h2[^>]*>(At home)', html)
    assert ["".join(each) for each in order[:4]] == ["urgent", "summary", "columns", "At home"]


def test_tables_are_set_for_the_width_of_a_column() -> None:
    heads = "| Medicine in the morning | Medicine in the evening |\n|---|---|\n| Acetaminophen | Acetylcysteine |\n\n"
    assert "<table" in page(heads, "a4") and "<table" in page(heads)
    wide = heads.replace("Acetaminophen", "Acetaminophen-and-acetylcysteine")
    assert "<table" in page(wide, "a4") and "<table" not in page(wide)


@pytest.mark.parametrize("name", ["sheet", "sheet-letter"])
def test_a_leaflet_of_a_few_sentences_takes_one_page(name: str, tmp_path: Path) -> None:
    from plainleaf.formats.pdf import render

    made, found = cases.sheet(cases.Case(name, ("urgent", "paragraph")), tmp_path)
    assert made and not found
    printed = render.write(made, 120)
    assert printed.pages == 1 and not printed.findings


@pytest.mark.parametrize("words", [5, 11, 20])
def test_two_points_stand_in_one_column(words: int) -> None:
    import weasyprint

    html = page("## At home\n\n" + "Drink water. " * words + "\n\n- Rest\n- Walk\n")
    css = weasyprint.CSS(string=styles.joined(styles.pieces(layout("sheet"), locales.locale("en"), FOLDERS)))
    (first, *_) = weasyprint.HTML(string=html).render(stylesheets=[css]).pages
    at = {getattr(box, "text", ""): box.position_x for box in first._page_box.descendants()}
    assert at["Rest"] == at["Walk"]


LAYERS = "## Do\n\nRest.\n\n## Ask\n\nUs.\n\n### When\n\nNow.\n\n## More about it {.more}\n\n### How\n\nWell.\n"


def test_the_parts_of_the_second_layer_are_listed_below_its_heading() -> None:
    columns = page(LAYERS, "a4").split('role="doc-toc"')[1:]
    assert [column.count("<li") for column in columns] == [3, 1]
    assert re.search(r'More about it</h2>\s*<nav class="contents further" data-pages-over', page(LAYERS, "a4"))
    listed = re.findall(r'<li( class="deeper")?><span class="part"><a href="#([\w-]+)">([^<]+)', page(LAYERS, "a4"))
    assert [(name, bool(deeper)) for deeper, _, name in listed] == [
        ("Do", False), ("Ask", False), ("More about it", False), ("How", True),
    ]  # fmt: skip
    headings = dict(re.findall(r'<h[23][^>]* id="(h-\d)"[^>]*>([^<]+)', page(LAYERS, "a4")))
    assert headings == {to: name for _, to, name in listed}


@pytest.mark.parametrize("name", ["a4", "letter"])
def test_who_to_call_stands_before_the_second_layer_and_the_dates_behind_it(name: str) -> None:
    html = page(LAYERS, name)
    order = re.findall(r">(Rest\.|Your clinic|More about it|Well\.|About this leaflet)</(?:p|h2)>", html)
    assert order == ["Rest.", "Your clinic", "More about it", "Well.", "About this leaflet"]
    one = page(LAYERS.replace(" {.more}", ""), name)
    order = re.findall(r">(Rest\.|Your clinic|More about it|Well\.|About this leaflet)</(?:p|h2)>", one)
    assert order == ["Rest.", "More about it", "Well.", "Your clinic", "About this leaflet"]
