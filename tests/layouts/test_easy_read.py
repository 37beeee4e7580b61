"""Easy read: a picture beside each idea, that turns with the page where it must; a wrong picture is found by check."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from plainleaf.formats.pages import Words
from plainleaf.graphics import pictures
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import templates as layouts
from plainleaf.model import Leaflet
from plainleaf.sources.markdown import parse
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import ROOT, TESTS, plainleaf

PICTURES = ROOT / "sources" / "pictures"
TEXT = """
Only the full leaflet says this.

::: easy
## Call

![An ambulance](pictures/ambulance.svg)

Call for help.

Then wait.

![A clock](pictures/time.svg)

It takes some time.

- a point
:::
"""

DANGERS = """
::: easy
Before it.

## A danger {.safety}

![A clock](pictures/time.svg)

First danger.

![A clock](pictures/time.svg)

Second danger.

## Calm

Behind it.

## Last danger {.safety}

To the end.
:::
"""


def read(text: str) -> Leaflet:
    head = (TESTS / "content/sources/inhaler.md").read_text(encoding="utf-8").split("---\n")[1]
    leaflet, findings = parse("sources/easy.md", f"---\n{head.split('terms:')[0]}---\n{text}")
    assert leaflet and not findings
    return leaflet


@pytest.fixture
def leaflet() -> Leaflet:
    return read(TEXT)


def html(leaflet: Leaflet, name: str) -> str:
    where = locales.locale(name)
    edition, _ = messages.localize(leaflet, where, "US", None, draft=False)
    layout, _ = layoutfile.load("easy-read", [ROOT / "layouts"], ROOT)
    clinic = shipped.content().clinic
    assert layout and clinic
    told = {"sources/pictures/ambulance.svg": pictures.Told(mirrors=True)}
    return layouts.render(edition, layout, clinic, Words(None), [ROOT / "layouts"], told=told)


def test_each_picture_stands_beside_what_is_said(leaflet: Leaflet) -> None:
    rows = html(leaflet, "en").split('<div class="idea">')[1:]
    assert len(rows) == 2
    assert re.search(r"ambulance\.svg.*Call for help\..*Then wait\.", rows[0], re.DOTALL)
    assert re.search(r"time\.svg.*It takes some time\.", rows[1], re.DOTALL)
    assert re.search(r'class="said">(?:(?!</div>).)*It takes some time\.(?:(?!<ul).)*</div>', rows[1], re.DOTALL)


def test_a_danger_is_framed_with_all_that_stands_below_its_heading() -> None:
    page = html(read(DANGERS), "en")
    framed = [
        re.findall(r"<(?:h2|p)\b[^>]*>([^<]+)<", frame)
        for frame in re.findall(r'<section class="danger">(.*?)</section>', page, re.DOTALL)
    ]
    assert framed == [["A danger", "First danger.", "Second danger."], ["Last danger", "To the end."]]
    assert 'class="danger"' not in html(read(TEXT), "en")


def test_only_the_part_for_easy_reading_is_printed(leaflet: Leaflet) -> None:
    assert "Only the full leaflet" not in html(leaflet, "en")


def test_a_picture_that_says_so_turns_round_on_right_to_left_pages(leaflet: Leaflet) -> None:
    assert 'class="mirrored"' not in html(leaflet, "en")
    turned = re.findall(r'<img class="mirrored" src="([^"]+)"', html(leaflet, "ar"))
    assert turned == ["sources/pictures/ambulance.svg"]


def test_a_picture_says_of_itself_that_it_turns(tmp_path: Path) -> None:
    assert pictures.told(PICTURES / "ambulance.svg").mirrors
    assert not pictures.told(PICTURES / "time.svg").mirrors
    assert pictures.told(tmp_path / "missing.svg") == pictures.Told()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), "there is no picture sources/pictures/time.svg"),
        (
            lambda path: path.write_bytes(path.read_bytes()[:100]),
            "the picture sources/pictures/time.svg: it could not be read as XML",
        ),
        (lambda path: path.write_text("<svg/>"), "the picture sources/pictures/time.svg: it begins with <svg>"),
    ],
    ids=["missing", "cut off", "not SVG"],
)
def test_check_finds_a_wrong_picture(content: Path, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    (content / "sources/pictures").mkdir()
    shutil.copy(PICTURES / "time.svg", content / "sources/pictures")
    with (content / "sources/inhaler.md").open("a", encoding="utf-8") as file:
        file.write("\n![A clock](pictures/time.svg)\n")
    spoil(content / "sources/pictures/time.svg")
    done = plainleaf("check", "--locale", "en", root=content)
    assert done.returncode == 1 and f"error: {said}" in done.stdout and "sources/inhaler.md:41" in done.stdout


def test_who_to_call_and_the_dates_are_a_few_lines_at_the_end(leaflet: Leaflet) -> None:
    page = html(leaflet, "en")
    assert page.count('class="closing few-lines"') == 1 and 'class="closing clinic"' not in page
    assert page.index("It takes some time.") < page.index('class="closing few-lines"')
