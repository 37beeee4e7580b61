"""Drawings with numbers in them: by the same hand as the pictures, and with a label for each number."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plainleaf import crosschecks
from plainleaf.graphics import pictures
from plainleaf.graphics.pictures import Spot
from plainleaf.model import Finding
from plainleaf.sources import markdown
from tests.conftest import ROOT
from tests.graphics.test_pictures import DARK, GRID, LIGHT, LOOK, SHAPES, SVG, WIDTHS
from tests.sources.test_blocks import HEAD_OF_ALL

FOLDER = ROOT / "sources" / "drawings"
FILES = sorted(FOLDER.glob("*.svg"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path d="M0 0h99v50z"/>{}</svg>'

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each
def test_a_drawing_holds_the_common_shapes_colours_and_widths(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    own = {"viewBox", "width", "height", "data-mirror"}
    assert {key: value for key, value in root.attrib.items() if key not in own} == {
        key: value for key, value in GRID.items() if key not in own
    }
    for element in list(root.iter())[1:]:
        name = element.tag.removeprefix(SVG)
        assert element.attrib.keys() <= SHAPES[name] | LOOK | {"data-label"}
        for paint in ("fill", "stroke"):
            assert element.get(paint, "none") in {"none", *DARK.values(), *LIGHT.values()}
        assert element.get("stroke-width", "4") in WIDTHS
    assert not "".join(root.itertext()).strip()
    assert pictures.fault(path) == ""


@each
def test_the_readme_names_a_drawing_with_its_numbers(path: Path) -> None:
    (row,) = re.findall(rf"^\| `{path.stem}` \|([^|]+)\|([^|]+)\|$", README, re.MULTILINE)
    told = pictures.told(path)
    numbers = [spot.number for spot in told.spots]
    assert numbers == list(range(1, len(numbers) + 1))
    assert re.findall(r"(?:^|; )(\d) ", row[1].strip()) == [str(number) for number in numbers]
    assert ("*mirrors*" in row[0]) == told.mirrors


@each
def test_numbers_stand_apart_inside_the_drawing(path: Path) -> None:
    left, top, width, height = map(float, ElementTree.parse(path).getroot().attrib["viewBox"].split())
    assert (left, top) == (0, 0) and 1.7 <= width / height <= 2.5
    spots = [(spot.across * width / 100, spot.down * height / 100) for spot in pictures.told(path).spots]
    for at, (x, y) in enumerate(spots):
        assert 12 < x < width - 12 and 12 < y < height - 12
        assert all(abs(x - a) + abs(y - b) > 30 for a, b in spots[:at])


def test_a_place_is_told_in_per_cent_of_what_the_drawing_shows(tmp_path: Path) -> None:
    circles = '<circle cx="150" cy="25.5" r="9" data-label="2"/><circle r="3"/><circle data-label="1" cx="20" cy="75"/>'
    (tmp_path / "a.svg").write_text(PLAIN.format(circles), encoding="utf-8")
    assert pictures.told(tmp_path / "a.svg").spots == (Spot(1, 10, 75), Spot(2, 75, 25.5))
    (tmp_path / "b.svg").write_text(PLAIN.format(circles).replace("0 0 200 100", "0 0 0 1"), encoding="utf-8")
    (tmp_path / "c.svg").write_text("no drawing", encoding="utf-8")
    for name in ("b.svg", "c.svg", "none.svg", "a.png"):
        assert pictures.told(tmp_path / name) == pictures.Told()


def found(root: Path, circles: str) -> list[Finding]:
    """What is said of a drawing with two labels and these places."""
    body = "::: words\n:::\n::: drawing\n![Two places](a.svg)\n\n1. One\n2. Two\n:::\n"
    leaflet, _ = markdown.parse("sources/cough.md", HEAD_OF_ALL + body)
    assert leaflet
    (root / "sources").mkdir(exist_ok=True)
    (root / "sources/a.svg").write_text(PLAIN.format(circles), encoding="utf-8")
    return list(crosschecks.of_pictures(root, {"cough": leaflet}))


def place(number: int) -> str:
    return f'<circle data-label="{number}" cx="50" cy="50" r="9"/>'


def test_a_drawing_is_wider_than_high_as_it_is_as_wide_as_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.graphics.test_labelled_drawings.PLAIN", PLAIN.replace("200 100", "100 101"))
    (wrong,) = found(tmp_path, place(1) + place(2))
    assert wrong.at.line == HEAD_OF_ALL.count("\n") + 4 and "is higher than wide" in wrong.message


def test_labels_and_places_match(tmp_path: Path) -> None:
    line = HEAD_OF_ALL.count("\n") + 4
    assert not found(tmp_path, place(1) + place(2))
    (lost,) = found(tmp_path, place(1))
    assert (lost.at.line, lost.message) == (line + 3, "label 2 has no place in sources/a.svg")
    (unsaid,) = found(tmp_path, place(1) + place(2) + place(3))
    assert (unsaid.at.line, unsaid.message) == (line + 2, "in sources/a.svg the number 3 has no label")
    twice = found(tmp_path, place(1) + place(2) + place(2))
    assert {(each.at.line, each.message) for each in twice} == {
        (line, "in sources/a.svg the number 2 appears more than once")
    }
