"""The pictures for leaflets: drawn by one hand, without words, safe to print, and plain also without colour."""

from __future__ import annotations

import base64
import copy
import logging
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
import weasyprint
from babel.util import pathmatch
from PIL import Image

from plainleaf import project
from plainleaf.formats.pdf import fetching
from plainleaf.graphics import pictures
from plainleaf.graphics.colours import contrast
from tests.conftest import ROOT, needs, plainleaf
from tests.graphics.test_bitmaps import header, idat, picture, png, rows

FOLDER = ROOT / "sources" / "pictures"
FILES = sorted(FOLDER.glob("*.svg"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")
SVG = "{http://www.w3.org/2000/svg}"

GRID = {
    "viewBox": "0 0 96 96",
    "width": "25mm",
    "height": "25mm",
    "fill": "none",
    "stroke": "#1a2329",
    "stroke-width": "4",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {
    "path": {"d"},
    "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"},
    "rect": {"x", "y", "width", "height", "rx"},
    "line": {"x1", "y1", "x2", "y2"},
    "polyline": {"points"},
    "g": set[str](),
}
LOOK = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-dasharray", "transform"}
DARK = {"ink": "#1a2329", "danger": "#8f1d14", "calm": "#0b4a57", "brown": "#5c3b00"}
LIGHT = {"white": "#ffffff", "tint": "#d5e4e8", "yellow": "#f0c83c"}
WIDTHS = {"3", "4", "6", "8"}
MOST_BYTES = 3000
LEAST_CONTRAST = 3.0  # of lines against what lies beside them: WCAG 2.2, success criterion 1.4.11
PIXELS = 72  # on a side, where a picture is drawn to be looked at: 25 mm at 72 dpi
LEAST_PIXELS = 4  # a shape that changes fewer of them is not seen

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture
def content(content: Path, two_layouts: None) -> Path:
    """The small leaflet, printed in few layouts."""
    return content


def root_of(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()


def listed(word: str) -> dict[str, bool]:
    """What the README's table names, and whether it says this word of a picture, such as ``mirrors``."""
    rows = re.findall(r"^\| `([^`]+)` \|([^|]+)\|$", README, flags=re.MULTILINE)
    return {name: f"*{word}*" in meaning for name, meaning in rows}


# --------------------------------------------------------------------------- the markup


def test_the_readme_names_every_picture_and_which_of_them_mirror() -> None:
    assert listed("mirrors") == {path.stem: "data-mirror" in root_of(path).attrib for path in FILES}


def test_a_picture_that_no_leaflet_shows_is_kept_on_purpose() -> None:
    leaflets = [path for path in (ROOT / "sources").glob("*.md") if path.stem != "README"]
    text = "".join(path.read_text(encoding="utf-8") for path in leaflets)
    assert listed("spare") == {path.stem: f"](pictures/{path.name}" not in text for path in FILES}


def test_the_readme_of_the_pictures_is_no_leaflet(content: Path) -> None:
    shutil.copytree(FOLDER, content / "sources" / "pictures")
    assert list(project.load(content).leaflets) == ["inhaler"]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for mapping in settings["tool"]["babel"]["mappings"]:
        assert not pathmatch(mapping["pattern"], "sources/pictures/README.md")


@each
def test_a_picture_is_a_small_whole_file_with_a_plain_name(path: Path) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", path.stem)
    assert path.stat().st_size < MOST_BYTES
    assert pictures.fault(path) == ""


@each
def test_a_picture_stands_on_the_common_grid(path: Path) -> None:
    root = root_of(path)
    assert root.tag == f"{SVG}svg"
    assert {**root.attrib, "data-mirror": "rtl"} == {**GRID, "data-mirror": "rtl"}
    assert root.get("data-mirror") in (None, "rtl")


@each
def test_a_picture_holds_shapes_only_in_the_common_colours_and_widths(path: Path) -> None:
    for element in list(root_of(path).iter())[1:]:
        name = element.tag.removeprefix(SVG)
        assert name in SHAPES, f"<{name}>"
        assert element.attrib.keys() <= SHAPES[name] | LOOK
        assert element.get("fill", "none") in {"none", *DARK.values(), *LIGHT.values()}
        assert element.get("stroke", "none") in {"none", *DARK.values(), *LIGHT.values()}
        assert element.get("stroke-width", "4") in WIDTHS


@each
def test_a_picture_holds_no_words(path: Path) -> None:
    assert not "".join(root_of(path).itertext()).strip()
    assert "<!--" not in path.read_text(encoding="utf-8")


@each
def test_no_red_cross_is_used(path: Path) -> None:
    """A red cross on white is an emblem that the Geneva Conventions protect; thick bars are our crosses."""
    bars = [shape for shape in root_of(path).iter() if shape.get("stroke-linecap") == "butt"]
    assert all(bar.get("stroke") == DARK["calm"] for bar in bars)


# --------------------------------------------------------------------------- without colour


def grey(colour: str) -> str:
    """A colour as a black-and-white printer makes it (Rec. 601)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3


@pytest.mark.parametrize(("dark", "light"), product(DARK, LIGHT))
def test_every_dark_colour_stands_out_from_every_light_one_also_in_grey(dark: str, light: str) -> None:
    assert contrast(DARK[dark], LIGHT[light]) >= LEAST_CONTRAST
    assert contrast(grey(DARK[dark]), grey(LIGHT[light])) >= LEAST_CONTRAST


def shapes(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, ElementTree.Element]]:
    """Each drawn shape with its parent."""
    return ((parent, child) for parent in root.iter() for child in parent if child.tag != f"{SVG}g")


def without_each_shape(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The picture as often as it has shapes, each time without one of them."""
    for number in range(sum(1 for _ in shapes(root))):
        other = copy.deepcopy(root)
        parent, child = list(shapes(other))[number]
        parent.remove(child)
        yield other


def drawn(roots: Sequence[ElementTree.Element], folder: Path) -> list[Image.Image]:
    """Each picture in grey, a page each, as the PDF shows them."""
    data = (base64.b64encode(ElementTree.tostring(root)).decode() for root in roots)
    body = "".join(f'<img alt="" src="data:image/svg+xml;base64,{picture}">' for picture in data)
    size = f"{PIXELS}pt"
    css = f"@page {{ size: {size}; margin: 0 }} body {{ margin: 0 }} img {{ display: block; width: {size} }}"
    weasyprint.HTML(string=f"<style>{css}</style>{body}").write_pdf(folder / "p.pdf")
    command = ["pdftoppm", "-gray", "-r", "72", str(folder / "p.pdf"), str(folder / "p")]
    subprocess.run(command, check=True, timeout=300)
    return [Image.open(page) for page in sorted(folder.glob("p-*.pgm"))]


def two_tone(image: Image.Image) -> bytes:
    """A byte for each pixel: 255 for paper, 0 for what is dark on it."""
    return image.point(lambda value: 255 * (value > 127)).tobytes()


@each
def test_every_shape_still_shows_in_pure_black_and_white(path: Path, tmp_path: Path) -> None:
    needs("pdftoppm")
    root = root_of(path)
    whole, *others = map(two_tone, drawn([root, *without_each_shape(root)], tmp_path))
    for (_, shape), other in zip(shapes(root), others, strict=True):
        changed = sum(one != two for one, two in zip(whole, other, strict=True))
        assert changed >= LEAST_PIXELS, f"nobody sees {ElementTree.tostring(shape).decode()}"


def test_no_picture_is_cut_at_its_edge(tmp_path: Path) -> None:
    needs("pdftoppm")
    images = drawn([root_of(path) for path in FILES], tmp_path)
    for path, image in zip(FILES, map(two_tone, images), strict=True):
        assert len(image) == PIXELS * PIXELS
        edge = image[:PIXELS] + image[-PIXELS:] + image[::PIXELS] + image[PIXELS - 1 :: PIXELS]
        assert set(edge) == {255}, path.name


# --------------------------------------------------------------------------- in print


def warnings(body: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What WeasyPrint complains of when it sets these pictures."""
    caplog.clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        weasyprint.HTML(string=body, base_url=FOLDER.as_uri() + "/").write_pdf()
    return [record.getMessage() for record in caplog.records]


def test_the_renderer_draws_every_picture_without_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert not warnings("".join(f'<img alt="" src="{path.name}">' for path in FILES), caplog)
    assert warnings('<img alt="" src="not-there.svg">', caplog)


def test_a_leaflet_with_every_picture_becomes_a_valid_pdf(content: Path) -> None:
    leaflet = content / "sources" / "inhaler.md"
    shutil.copytree(FOLDER, content / "sources" / "pictures")
    with leaflet.open("a", encoding="utf-8") as file:
        file.writelines(f'\n![A picture](pictures/{path.name} "A picture")\n' for path in FILES)
    done = plainleaf("--quiet", "build", "--locale", "en", "--layout", "a4", root=content)
    assert done.returncode == 0, done.stderr
    assert list((content / "build").rglob("*.pdf"))


# --------------------------------------------------------------------------- damaged

SHORT = png(header(60, 60), idat(rows(60, 20)))
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 nan"><path d="M0 0h9v9z"/></svg>'
WRONG = {".png": (SHORT, "it has only 20 of 60 rows of pixels"), ".svg": (BLANK, "it must be four numbers")}


def found_by_check(root: Path) -> str:
    done = plainleaf("check", root=root)
    assert done.returncode in (1, 2)
    return done.stdout


@pytest.mark.parametrize("kind", WRONG)
def test_a_damaged_picture_is_told_at_the_line_that_shows_it(content: Path, kind: str) -> None:
    data, told = WRONG[kind]
    (content / f"sources/chart{kind}").write_bytes(data)
    text = (content / "sources/inhaler.md").read_text(encoding="utf-8")
    (content / "sources/inhaler.md").write_text(f"{text}\n![A chart](chart{kind})\n", encoding="utf-8")
    (content / "layouts/mine").mkdir(parents=True)
    for name in ("layout.toml", "layout.css"):
        shutil.copy(ROOT / "layouts/a4" / name, content / "layouts/mine")
    with (content / "layouts/mine/layout.css").open("a", encoding="utf-8") as css:
        css.write(f"\np {{\n  background: url(stamp{kind}) }}\n")
    template = '{% extends "base/page.html" %}\n{% block contacts %}\n'
    template += f'<img alt="" src="layouts/mine/stamp{kind}">' + "{% endblock %}"
    (content / "layouts/mine/layout.html").write_text(template, encoding="utf-8")
    (content / f"layouts/mine/stamp{kind}").write_bytes(data)
    said = found_by_check(content)
    line = text.count("\n") + 2
    css_line = (content / "layouts/mine/layout.css").read_text(encoding="utf-8").count("\n")
    for at in (f"sources/inhaler.md:{line}", "layouts/mine/layout.html:3", f"layouts/mine/layout.css:{css_line}"):
        assert re.search(rf"^{at}: error: the picture [^:]+: .*{told}", said, re.MULTILINE), said


@pytest.mark.parametrize("kind", WRONG)
def test_a_damaged_logo_is_told(content: Path, kind: str, replaced: Callable[[Path, str, str], None]) -> None:
    data, told = WRONG[kind]
    (content / f"sources/logo{kind}").write_bytes(data)
    replaced(content / "sources/clinics/sample.toml", 'logo = ""', f'logo = "logo{kind}"\nlogo-alt = "A leaf"')
    assert f"sources/clinics/sample.toml:5: error: logo: sources/logo{kind} cannot be printed" in found_by_check(
        content
    )
    assert told in found_by_check(content)


def fetched(path: Path) -> bytes:
    """What the renderer gets of a picture."""
    read: bytes = fetching.Fetcher([str(path.parent)]).fetch(path.as_uri()).read()
    return read


def test_what_no_check_has_seen_is_not_printed_either(tmp_path: Path) -> None:
    out = BytesIO()
    Image.effect_noise((40, 40), 90).save(out, "JPEG")
    damaged = {"a.png": SHORT, "a.svg": BLANK, "a.jpg": out.getvalue()[:-60]}
    for name, data in damaged.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ValueError, match=r"damaged|viewBox|cut off"):
            fetched(tmp_path / name)
    data = base64.b64encode(SHORT).decode()
    with pytest.raises(ValueError, match="20 of 60 rows"):
        fetching.Fetcher([]).fetch(f"data:image/png;base64,{data}")


def test_whole_pictures_are_printed_as_they_are_but_for_grey_in_16_bits(tmp_path: Path) -> None:
    whole = {"a.png": picture(20, 20), "a.svg": FILES[0].read_bytes()}
    for name, data in whole.items():
        (tmp_path / name).write_bytes(data)
        assert fetched(tmp_path / name) == data
    (tmp_path / "grey.png").write_bytes(picture(20, 20, 0, 16))
    with Image.open(BytesIO(fetched(tmp_path / "grey.png"))) as made:
        assert made.mode == "L"


def test_a_picture_is_judged_once_in_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = list[bytes]()
    monkeypatch.setattr(pictures, "_judged", {})
    monkeypatch.setattr(pictures.bitmaps, "fault", lambda data, *_: judged.append(data) or "")
    for name in ("a.png", "b.png", "a.png"):
        (tmp_path / name).write_bytes(SHORT)
        pictures.fault(tmp_path / name)
    assert judged == [SHORT]
