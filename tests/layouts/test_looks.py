"""Looks: other colours and spacing for any layout, beside the plain file; less ink, marks for the press."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf
import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.formats.pdf import shrinking, validation
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import looks
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition, Finding, Layout, Location, Printed, Severity, Sheet
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import ROOT, TESTS, TODAY, needs, plainleaf

FOLDERS = [ROOT / "layouts"]
LOOKS = looks.names(FOLDERS)
LAYOUTS = [
    name for name in layoutfile.names(FOLDERS) if not name.endswith("letter")
]  # those are the same on other paper
CONTRAST = ("yellow-on-black", "black-on-yellow")
# Looks that reach everything, colours and spacing, are tried together in every layout; each alone on what differs most,
# a sheet, a folded leaflet or a card.
WIDE = "dyslexia+yellow-on-black"
WORN = [
    *((layout, WIDE) for layout in LAYOUTS),
    ("a4", "yellow-on-black"),
    ("trifold", "black-on-yellow"),
    ("a4", "ink-saving"),
    ("a4", "marks+yellow-on-black"),
    ("wallet-card", "marks"),
]
DARK = [(layout, look) for layout, look in WORN if set(CONTRAST) & set(look.split("+"))]
EVERYTHING = """
| Form | Dose |
|---|---|
| Spray | 50 mcg |

![A clock](pictures/clock.svg)

::: tip
Carry it with you.
:::

::: story
**This is an example.** A man had his spray with him.
:::

::: short
Carry it with you each day.
:::

::::: easy
## Get help

![A clock](pictures/clock.svg)

Call us each day.
:::::

::: card
## I have asthma

I use a blue spray.

## About me

My name:
:::
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small leaflet with every kind of block, for every layout, of a clinic that has a colour and a logo."""
    root = tmp_path_factory.mktemp("looks") / "content"
    shutil.copytree(TESTS / "content", root)
    leaflet = root / "sources/inhaler.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + EVERYTHING, encoding="utf-8")
    (root / "sources/pictures").mkdir()
    shutil.copy(ROOT / "sources/pictures/time.svg", root / "sources/pictures/clock.svg")
    clinic = root / "sources/clinics/sample.toml"
    text = clinic.read_text(encoding="utf-8").replace('logo = ""', 'logo = "pictures/clock.svg"\nlogo-alt = "Sample"')
    clinic.write_text(f'colour = "#5b1a6e"\n{text}', encoding="utf-8")
    return root


@cache
def found(root: Path) -> tuple[project.Project, list[tuple[Edition, tuple[Finding, ...]]]]:
    """The project and its editions; of two languages, only from right to left beside the source."""
    content = project.load(root)
    assert not content.findings
    choice = pipeline.Choice(pseudo=True)
    every = [*pipeline.editions(content, choice, TODAY), *pipeline.pseudo_editions(content, choice, TODAY)]
    return content, [each for each in every if each[0].locale.name in ("en", "ar_XB")]


@cache
def sheet(root: Path, layout: str, look: str = "") -> Sheet:
    """The English sheet; where two languages must stand side by side, with one from right to left."""
    content, editions = found(root)
    end = f".{layout}{'.' * bool(look)}{look}.pdf"
    paths = (f"inhaler/inhaler.en{end}", f"inhaler/inhaler.ar-XB+en{end}")
    asked = (look,) if look else ()
    jobs = planning.plan(content, editions, asked, chosen=lambda each: each.path in paths).jobs
    made: Sheet = next(jobs[path] for path in paths if path in jobs).prepared.content
    return made


Spaced = tuple[str, float, float]
"""Text as it is set, with the added room between its letters and words, in px."""


@cache
def laid_out(root: Path, layout: str, look: str = "") -> tuple[Printed, list[Spaced]]:
    from plainleaf.formats.pdf import fitting
    from plainleaf.formats.pdf import render as pdf

    texts: list[Spaced] = []

    def found(setter: Any) -> Any:
        document, done = before(setter)
        texts.extend(spaced(document))
        return document, done

    before = fitting.fitted
    with patch.object(fitting, "fitted", found):
        return pdf.write(sheet(root, layout, look)), texts


def printed(root: Path, layout: str, look: str = "") -> Printed:
    return laid_out(root, layout, look)[0]


def ink(data: bytes, tmp_path: Path) -> int:
    """How dark the first page is: the sum of all that is not white."""
    return sum(255 - value for value in grey(data, tmp_path, 40)[2])


def grey(data: bytes, tmp_path: Path, dpi: int) -> tuple[int, int, bytes]:
    """The first page as width, height and grey values."""
    needs("pdftoppm")
    (tmp_path / "page.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", "1", "-l", "1", str(tmp_path / "page.pdf")]
    _, size, _, values = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, values


# --------------------------------------------------------------------------- every look in every layout


def test_every_look_is_tried_and_every_layout() -> None:
    assert {part for _, look in WORN for part in look.split("+")} == set(LOOKS)
    assert {layout for layout, look in WORN if look == WIDE} == set(LAYOUTS)


@pytest.mark.parametrize(("layout", "look"), WORN)
def test_every_look_of_every_layout_is_a_valid_pdf_without_errors(small: Path, layout: str, look: str) -> None:
    made = printed(small, layout, look)
    assert not [finding for finding in made.findings if finding.severity is Severity.ERROR]
    assert made.data and not validation.validate(made.data)


@pytest.mark.parametrize(("layout", "look"), DARK)
def test_high_contrast_is_measured_on_the_page_as_aaa(small: Path, layout: str, look: str) -> None:
    assert sheet(small, layout, look).rules.least_contrast == 7
    assert not [each for each in printed(small, layout, look).findings if each.check in ("fit-contrast", "fit-grey")]


def test_a_contrast_that_no_page_can_have_is_found_missing(small: Path) -> None:
    from plainleaf.formats.pdf import render as pdf

    stricter = sheet(small, "wallet-card", "black-on-yellow")
    found = pdf.write(replace(stricter, rules=replace(stricter.rules, least_contrast=21))).findings
    assert "fit-contrast" in {each.check for each in found}


@pytest.mark.parametrize(("layout", "look"), [each for each in WORN if each[1] in CONTRAST])
def test_high_contrast_moves_no_text_to_another_page(small: Path, layout: str, look: str) -> None:
    assert printed(small, layout, look).pages == printed(small, layout).pages


@pytest.mark.parametrize("look", CONTRAST)
def test_high_contrast_sets_nothing_that_could_move_text(look: str) -> None:
    """Colours, and room around pictures that takes none from the text, as they keep their size."""
    css = re.sub(r"/\*.*?\*/", "", (ROOT / f"layouts/base/looks/{look}.css").read_text(encoding="utf-8"), flags=re.S)
    for rule in css.split("}")[:-1]:
        selector, _, body = rule.partition("{")
        sets = {line.partition(":")[0].strip() for line in body.split(";") if line.strip()}
        still = {name for name in sets if name.startswith("--")} | {"background", "border-radius", "align-self"}
        if "img" in selector:
            assert "box-sizing: border-box" in body
            still |= {"padding", "box-sizing"}
        if selector.strip() == ".untranslated":
            still |= {"border"}
        assert sets <= still, selector


def test_saves_ink(small: Path, tmp_path: Path) -> None:
    plain, saving, black = (
        ink(printed(small, "a4", look).data, tmp_path) for look in ("", "ink-saving", "yellow-on-black")
    )
    assert saving < 0.95 * plain < black


def test_what_saves_ink_has_no_colour(small: Path) -> None:
    def colours(look: str) -> bool:
        with pikepdf.open(io.BytesIO(printed(small, "a4", look).data)) as made:
            drawn = [each for each in made.objects if isinstance(each, pikepdf.Stream) and "/BBox" in each]
            streams = [*(page.obj for page in made.pages), *drawn]
            names = {str(name) for each in streams for _, name in pikepdf.parse_content_stream(each)}
        return bool(names & {"rg", "RG", "k", "K", "scn", "SCN"})

    assert colours("") and not colours("ink-saving")


def test_a_black_ground_reaches_the_edge_of_the_paper_and_leaves_the_crop_marks_on_white(
    small: Path, tmp_path: Path
) -> None:
    width, height, values = grey(printed(small, "a4", "yellow-on-black").data, tmp_path, 72)
    assert max(values[0], values[width - 1], values[-width], values[-1]) < 16
    width, height, values = grey(printed(small, "a4", "marks+yellow-on-black").data, tmp_path, 72)
    across = values[(height // 2) * width : (height // 2 + 1) * width]
    assert min(values[: 2 * width]) < 200 < max(values[: 2 * width]), "a mark on white"
    bleed = round(9 / 25.4 * 72)
    assert max(across[bleed - 8 : bleed]) < 16, "at least 2.8 mm of bleed"


# --------------------------------------------------------------------------- colours


@pytest.mark.parametrize("look", CONTRAST)
def test_high_contrast_has_two_colours_alone(look: str) -> None:
    css = (ROOT / f"layouts/base/looks/{look}.css").read_text(encoding="utf-8")
    declared = css.split(":root {")[1].split("}")[0].split(";")
    values = {line.rpartition(":")[2].strip() for line in declared if "url(" not in line}
    assert values - {""} == {"#ffee33", "#000000"}


def test_a_look_that_sets_colours_wins_over_the_clinics_own(small: Path) -> None:
    assert "--calm: #5b1a6e" in sheet(small, "a4").css
    for look in ("yellow-on-black", "black-on-yellow", "ink-saving"):
        css = sheet(small, "a4", look).css
        worn = f"--calm: {'#3b3b3b' if look == 'ink-saving' else '#ffee33' if look == 'yellow-on-black' else '#000000'}"
        assert css.index("--calm: #5b1a6e") < css.rindex(worn)
        assert css.rindex("--calm:") == css.rindex(worn)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_sets_a_colour_that_a_look_does_not_reach(layout: str) -> None:
    """Colours stand in variables alone; of those only on ``:root``, where looks come last."""
    css = ROOT / "layouts" / layout / "layout.css"
    for rule in css.read_text(encoding="utf-8").split("}") if css.is_file() else ():
        selector, _, body = rule.partition("{")
        assert "#" not in body or selector.rpartition("*/")[2].strip() == ":root", rule
        assert "icons/" not in body, rule


# --------------------------------------------------------------------------- spacing


def spaced(document: Any) -> Iterator[Spaced]:
    for page in document.pages:
        for box in page._page_box.descendants():  # the public interface has no boxes
            if type(box).__name__ == "TextBox" and box.text.strip():
                letters = box.style["letter_spacing"]
                yield box.text, 0.0 if letters == "normal" else letters, box.style["word_spacing"]


@cache
def spaced_pairs() -> dict[str, Sheet]:
    """The beginning of a shipped leaflet in each language beside the English, spaced wider."""
    content = shipped.content()
    first = [shipped.editions()["my-action-plan", name] for name in ("en", "ar", "hi", "zh_Hans")]
    found = [(replace(edition, blocks=edition.blocks[:4]), ()) for edition in first]
    content = replace(content, layouts={"bilingual": content.layouts["bilingual"]})
    jobs = planning.plan(content, found, ("dyslexia",), chosen=lambda each: bool(each.looks)).jobs
    return {path: job.prepared.content for path, job in jobs.items()}


@pytest.mark.parametrize("tag", ["ar", "hi", "zh-Hans"])
def test_letters_that_join_are_not_spaced(tag: str) -> None:
    from weasyprint import CSS, HTML

    made = spaced_pairs()[f"my-action-plan/my-action-plan.{tag}+en.bilingual.dyslexia.pdf"]
    document = HTML(string=made.html, base_url=made.base).render(stylesheets=[CSS(string=made.css)])
    texts = [(text, letters) for text, letters, _ in spaced(document) if any(map(str.isalpha, text))]
    assert {letters for text, letters in texts if not all(map(str.isascii, filter(str.isalpha, text)))} == {0.0}
    assert {letters for text, letters in texts if text.startswith("Main message")} == {1.0}, "the English beside it"


@pytest.mark.parametrize(
    ("layout", "points"),
    [("a4", 14), ("booklet", 12.5), ("easy-read", 16), ("large-print", 18), ("trifold", 14), ("wallet-card", 12)],
)
def test_room_between_letters_and_words_is_in_proportion(small: Path, layout: str, points: float) -> None:
    """Up to 35 % of a letter's width (.52 em) with the font's .11 em; words 3.5 times that with its space of .26."""
    em = points * 96 / 72
    set_so = [(letters, words) for _, letters, words in laid_out(small, layout, WIDE)[1] if letters]
    letters, words = max(set(set_so), key=set_so.count)
    between = 0.11 + letters / em
    assert 0.15 < between <= 0.35 * 0.52
    assert 0.26 + 0.11 + (2 * letters + words) / em >= 3.5 * between


def worn(layout: str, *names: str) -> Layout:
    found, _ = layoutfile.load(layout, FOLDERS, ROOT)
    assert found
    return looks.dressed(found, [looks.load(name, FOLDERS, ROOT)[0] for name in names])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_are_at_least_half_a_line_apart_and_as_far_as_the_script_asks(layout: str) -> None:
    dressed = worn(layout, "dyslexia")
    assert dressed.line_height >= 1.5 and dressed.looks == ("dyslexia",)
    khmer = locales.locale("km")
    assert layouts.rules(dressed, khmer).line_height * khmer.line_height_factor >= 1.8


@pytest.mark.parametrize("layout", layoutfile.names(FOLDERS))
def test_no_layout_takes_the_wider_spacing_back_to_make_a_text_fit(layout: str) -> None:
    """Type stays so large that letters are spaced by a whole pixel, and no step sets lines closer than the look."""
    rules = layouts.rules(worn(layout, "dyslexia"), locales.locale("en"))
    assert rules.least_pt * 96 / 72 * 0.07 >= 1
    assert min(step.line_height for step in shrinking.steps(rules)) >= 1.5
    assert min(step.line_height for step in shrinking.steps(replace(rules, least_line=0))) < 1.5


@pytest.mark.parametrize(
    ("layout", "plain", "wider"),
    [
        ("trifold", ("Folded leaflet (A4)", 297), ("Folded leaflet (A3)", 420)),
        ("trifold-letter", ("Folded leaflet (US letter)", 279.4), ("Folded leaflet (US tabloid)", 431.8)),
        ("wallet-card", ("Wallet card (A4)", 210), ("Wallet card (passport size, A4)", 297)),
    ],
)
def test_a_layout_of_few_pages_takes_larger_ones_for_wider_spacing(
    layout: str, plain: tuple[str, float], wider: tuple[str, float]
) -> None:
    for names, wanted in (((), plain), (("yellow-on-black",), plain), (("dyslexia", "yellow-on-black"), wider)):
        dressed = worn(layout, *names)
        assert dressed.press and dressed.press.scheme
        assert (dressed.title, dressed.press.scheme.sheet_width_mm) == wanted


def test_the_room_that_a_layout_has_for_looks_is_checked_as_its_own(content: Path) -> None:
    own = content / "layouts/poster"
    own.mkdir(parents=True)
    text = (ROOT / "layouts/a4/layout.toml").read_text(encoding="utf-8")
    wrong = "[more-room]\nbody-size = 9\npage-widht = 300\n[more-room.margins]\nleft = 300\n"
    (own / "layout.toml").write_text(text + wrong, encoding="utf-8")
    said = [finding.message for finding in project.load(content).findings]
    assert said == [
        "more-room.margins.left: 300 is not a number from 0 to 200",
        "more-room.body-size: the text is smaller than least-size",
        "more-room.page-widht: unknown key; did you mean “page-width”?",
    ]


# --------------------------------------------------------------------------- marks


@pytest.mark.parametrize(("layout", "around"), [("booklet", 9), ("trifold", 9), ("wallet-card", 0)])
def test_sheets_that_their_pages_fill_grow_for_marks_and_those_of_cards_have_the_room(layout: str, around: int) -> None:
    scheme = layouts.scheme(worn(layout, "marks"))
    assert scheme and scheme.around_mm == around
    plain = layouts.scheme(worn(layout, "ink-saving"))
    assert plain and plain.around_mm == 0


# --------------------------------------------------------------------------- asking for looks


def made(content: Path, *arguments: str) -> Path:
    done = plainleaf("--quiet", "build", "--layout", "a4", "--locale", "en", *arguments, root=content)
    assert done.returncode == 0, done.stderr
    return content / "build/inhaler"


def test_the_settings_make_looks_each_time_and_the_catalogue_names_them(content: Path) -> None:
    settings = '[tool.plainleaf]\nlooks = ["marks+ink-saving"]\n'
    (content / "pyproject.toml").write_text(settings, encoding="utf-8")
    there = {path.name for path in made(content).glob("*.pdf")}
    assert there == {"inhaler.en.a4.pdf", "inhaler.en.a4.ink-saving+marks.pdf"}
    page = (content / "build/staff/print-list/inhaler/en.html").read_text(encoding="utf-8")
    assert "A4, ink-saving, with crop marks" in page


def test_the_order_of_looks_does_not_matter(content: Path) -> None:
    folder = made(content, "--look", "yellow-on-black+dyslexia", "--look", "dyslexia+yellow-on-black", "--marks")
    assert [path.name for path in folder.glob("*.pdf")] == ["inhaler.en.a4.dyslexia+marks+yellow-on-black.pdf"]
    assert looks.parts("marks+dyslexia+marks+") == ("dyslexia", "marks")


def test_a_file_in_a_look_that_is_out_of_date_is_announced_and_has_no_link_to_print_it(content: Path) -> None:
    made(content, "--look", "ink-saving")
    build = content / "build"
    done = plainleaf("--quiet", "build", "--layout", "a4", "--locale", "en", root=content)
    assert "out-of-date" not in done.stderr
    assert "a4.ink-saving.pdf" in (build / "staff/print-list/inhaler/en.html").read_text(encoding="utf-8"), (
        "listed as long as it is there"
    )
    clinic = content / "sources/clinics/sample.toml"
    text = clinic.read_text(encoding="utf-8")
    clinic.write_text(re.sub(r'(?m)^phone = ".*"', 'phone = "(202) 555-0199"', text, count=1), encoding="utf-8")
    done = plainleaf("--quiet", "build", "--layout", "a4", "--locale", "en", root=content)
    assert done.returncode == 0
    assert "a4.ink-saving.pdf: warning: this file is out of date" in done.stderr
    assert "run plainleaf publish --look ink-saving" in done.stderr
    page = (build / "staff/print-list/inhaler/en.html").read_text(encoding="utf-8")
    assert "a4.ink-saving.pdf" not in page and "A4, ink-saving" in page and "Do not hand it out" in page
    assert "Out of date since" in page and "a4.ink-saving.pdf" not in (build / "inhaler/en/formats.html").read_text(
        encoding="utf-8"
    )
    made(content, "--look", "ink-saving")
    assert "a4.ink-saving.pdf" in (build / "staff/print-list/inhaler/en.html").read_text(encoding="utf-8")


def test_an_unknown_look_names_the_nearest_one(content: Path) -> None:
    done = plainleaf("build", "--look", "dislexia", root=content)
    assert done.returncode == 2 and "did you mean “dyslexia”?" in done.stderr


def test_looks_that_set_the_same_thing_are_not_mixed(content: Path) -> None:
    done = plainleaf("build", "--look", "ink-saving+yellow-on-black", root=content)
    assert done.returncode == 2 and "“ink-saving” and “yellow-on-black” both set the colours" in done.stderr
    settings = '[tool.plainleaf]\nlooks = ["ink-saving+yellow-on-black"]\n'
    (content / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert [finding.message for finding in project.load(content).findings] == [
        "[tool.plainleaf] looks: “ink-saving” and “yellow-on-black” both set the colours"
    ]


def test_a_clinic_adds_a_look_by_a_file_or_two(content: Path) -> None:
    folder = content / "layouts/base/looks"
    folder.mkdir(parents=True)
    (folder / "blue-paper.css").write_text(":root { --paper: #cce0ff }", encoding="utf-8")
    assert project.load(content).looks["blue-paper"].title == "blue paper"
    (folder / "blue-paper.toml").write_text('title = "on blue"\nleast-contrst = 7\n', encoding="utf-8")
    found = project.load(content)
    assert found.looks["blue-paper"].title == "on blue"
    hint = "known keys: title, sets, least-contrast, line-height, around, more-room, grey"
    where = Location("layouts/base/looks/blue-paper.toml", 2)
    message = "least-contrst: unknown key; did you mean “least-contrast”?"
    assert found.findings == (Finding("settings", Severity.ERROR, message, where, hint),)
