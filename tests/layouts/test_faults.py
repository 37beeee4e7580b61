"""A designer's slips are told at their own file and line, before anything is printed that lacks something."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from plainleaf import pipeline, project
from plainleaf.checks.source import dropped
from plainleaf.files.places import folders
from plainleaf.formats import pages
from plainleaf.formats.pdf import render as pdf
from plainleaf.formats.pdf import sheets as press
from plainleaf.formats.pdf import warnings
from plainleaf.layouts import excerpts, looks, styles
from plainleaf.layouts import file as layoutfile
from plainleaf.layouts import templates as layouts
from plainleaf.model import Clinic, Edition, Finding, Location, Scheme, Severity
from tests import sheets, shipped
from tests.conftest import ROOT, TESTS, TODAY, plainleaf

Edit = Callable[[Path, str, str], None]
A4 = (ROOT / "layouts/a4/layout.toml").read_text(encoding="utf-8")


def add(content: Path, name: str = "mine", toml: str = A4, css: str = "", html: str = "") -> Path:
    """A layout of the content's own."""
    folder = content / "layouts" / name
    folder.mkdir(parents=True)
    for file, text in (("layout.toml", toml), ("layout.css", css), ("layout.html", html)):
        if text:
            (folder / file).write_text(text, encoding="utf-8")
    return folder


def said(content: Path) -> list[tuple[str, str]]:
    """What is wrong, each with its place."""
    return [(str(finding.at), finding.message) for finding in project.load(content).findings]


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["a4.marks", "a4+en", "A4", "a#b?c%20", "large--print", "-a"])
def test_a_name_that_would_break_file_names_is_refused(content: Path, name: str) -> None:
    add(content, name)
    read = project.load(content)
    (finding,) = read.findings
    assert str(finding.at) == f"layouts/{name}/layout.toml"
    assert finding.message.startswith(f"“{name}” cannot be the name of a layout")
    assert name not in read.layouts


def test_a_layout_may_not_take_the_place_of_a_printers_file(content: Path) -> None:
    add(content, "booklet-print")
    ((at, what),) = said(content)
    assert at == "layouts/booklet-print/layout.toml" and "would replace the file of “booklet-print”" in what


def test_where_the_other_layout_comes_with_the_tool_the_own_one_must_change_its_name(content: Path) -> None:
    add(content, "large", (ROOT / "layouts/booklet/layout.toml").read_text(encoding="utf-8"))
    ((at, what),) = said(content)
    assert at == "layouts/large/layout.toml" and "would replace the file of “large-print”" in what
    assert "large-print" in project.load(content).layouts


def test_a_looks_name_is_held_to_the_same_rule(content: Path) -> None:
    (content / "layouts/base/looks").mkdir(parents=True)
    (content / "layouts/base/looks/a.b.css").touch()
    look, (finding,) = looks.load("a.b", folders(content, "layouts"), content)
    assert look is None and finding.at == Location("layouts/base/looks/a.b.css")


# --------------------------------------------------------------------------- layout.toml


def test_a_slip_in_the_layout_that_is_asked_for_is_told_at_its_line(content: Path) -> None:
    add(content, toml=A4.replace("page-width", "page-widht"))
    done = plainleaf("build", "--layout", "mine", root=content)
    assert done.returncode == 2
    assert "layouts/mine/layout.toml:4: error: page-widht: unknown key; did you mean “page-width”?" in done.stderr
    assert "there is no layout" not in done.stderr


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("A4", "there is no layout “A4”; did you mean “a4”?"),
        ("empty", "layouts/empty/ has no layout.toml"),
        ("nonsense", "there is no layout “nonsense”"),
    ],
)
def test_a_layout_that_is_not_there_is_told_with_the_nearest(content: Path, asked: str, message: str) -> None:
    (content / "layouts/empty").mkdir(parents=True)
    assert layoutfile.unknown(asked, folders(content, "layouts"))[0] == message


def printed(tmp_path: Path, name: str, lines: str, **sizes: str) -> list[str]:
    """What is wrong with a shipped layout of which ``[print]`` and other lines are changed."""
    toml = (ROOT / "layouts" / name / "layout.toml").read_text(encoding="utf-8").partition("[print]")[0]
    for key, value in sizes.items():
        key = key.replace("_", "-")
        toml = "\n".join(f"{key} = {value}" if line.startswith(f"{key} =") else line for line in toml.splitlines())
    add(tmp_path, name, f"{toml}\n[print]\n{lines}")
    layout, findings = layoutfile.load(name, [tmp_path / "layouts", ROOT / "layouts"], tmp_path)
    assert (layout is None) == bool(findings)
    return [f"{finding.message}; {finding.hint}" for finding in findings]


A4_LANDSCAPE = "sheet-width = 297\nsheet-height = 210\n"
A4_PORTRAIT = "sheet-width = 210\nsheet-height = 297\n"


@pytest.mark.parametrize(
    ("name", "lines", "sizes", "what"),
    [
        ("booklet", f"impose = 'saddle-stitch'\nsides = 1\n{A4_LANDSCAPE}", {}, "print.sides: imposed pages"),
        ("booklet", f"impose = 'saddle-stitch'\n{A4_PORTRAIT}", {}, "sheet-width: two pages side by side take 297"),
        ("booklet", A4_LANDSCAPE, {}, "print.sheet-width: this layout does not use sheets"),
        ("booklet", "impose = 'staple'", {}, "one of: saddle-stitch, trifold, cards"),
        ("booklet", f"impose = 'saddle-stitch'\ncolumns = 2\n{A4_LANDSCAPE}", {}, "print.columns: is only for cards"),
        ("trifold", "impose = 'trifold'\nsheet-width = 279.4\nsheet-height = 215.9", {}, "leave 79.4 mm for the one"),
        ("trifold", "impose = 'trifold'\nsheet-width = 199\nsheet-height = 210", {}, "page-width = 67.33"),
        ("trifold", f"impose = 'trifold'\n{A4_LANDSCAPE}", {"max_pages": "0"}, "max-pages: a sheet folded in"),
        ("wallet-card", f"impose = 'cards'\n{A4_PORTRAIT}", {"page_width": "105"}, "0 mm beside the pages"),
        ("wallet-card", f"impose = 'cards'\n{A4_PORTRAIT}", {"page_height": "80"}, "4 rows of cards take 320 mm"),
        ("wallet-card", f"impose = 'cards'\ncolumns = 1\n{A4_PORTRAIT}", {}, "print.columns: a card in two languages"),
        ("wallet-card", f"impose = 'cards'\nrows = 6\n{A4_PORTRAIT}", {}, "6 rows of cards take 324 mm"),
    ],
)  # fmt: skip
def test_pages_that_do_not_go_on_their_sheet_are_one_finding_at_the_key(
    tmp_path: Path, name: str, lines: str, sizes: dict[str, str], what: str
) -> None:
    found = printed(tmp_path, name, lines, **sizes)
    assert what in found[0] and len(found) <= 2, found


def test_cards_may_set_their_columns_rows_and_gap(tmp_path: Path) -> None:
    lines = f"impose = 'cards'\nrows = 3\ngap = 4\n{A4_PORTRAIT}"
    assert printed(tmp_path / "two", "wallet-card", lines)[0].startswith("print.gap: a card in two languages")
    assert printed(tmp_path, "wallet-card", lines, beside='""') == []
    layout, _ = layoutfile.load("wallet-card", [tmp_path / "layouts"], tmp_path)
    assert layout and layout.press and layout.press.scheme
    assert (layout.press.scheme.columns, layout.press.scheme.rows, layout.press.scheme.gap_mm) == (2, 3, 4)


def test_a_second_language_must_be_one_and_one_that_nobody_has_written_is_warned_of(content: Path) -> None:
    add(content, toml='beside = "klingon"\n' + A4)
    assert said(content) == [("layouts/mine/layout.toml:1", "beside: “klingon” is not a known language")]
    add(content, "other", 'beside = "fr"\n' + A4)
    assert ("layouts/other/layout.toml", "beside: no leaflet is in “fr”, so nothing is made") in said(content)


# --------------------------------------------------------------------------- layout.html


def test_a_block_that_replaces_nothing_names_the_one_that_was_meant(content: Path) -> None:
    add(content, html='{% extends "base/page.html" %}\n\n{% block txt %}{% block own %}{% endblock %}{% endblock %}')
    ((at, what),) = said(content)
    assert at == "layouts/mine/layout.html:3" and "no block “txt”" in what and "did you mean “text”?" in what


def test_blocks_of_ones_own_inside_those_of_the_page_are_fine(content: Path) -> None:
    add(content, html='{% extends "a4/layout.html" %}\n{% block closing %}{% block own %}{% endblock %}{% endblock %}')
    assert said(content) == []


@pytest.mark.parametrize(
    ("html", "line", "what"),
    [
        ("\n\n{% block text %}\n{{ piece.}}{% endblock %}", 4, "the template could not be read"),
        (
            "\n\n{% block text %}\n{{ nothing.here }}{% endblock %}",
            4,
            "the template uses a name that does not exist: 'nothing'",
        ),
    ],
)
def test_a_template_that_fails_is_told_at_its_line(content: Path, html: str, line: int, what: str) -> None:
    folder = add(content, html='{% extends "base/page.html" %}' + html)
    at = Location("layouts/mine/layout.html", line)
    layout, _ = layoutfile.load("mine", folders(content, "layouts"), content)
    assert layout and layout.folder == str(folder)
    with pytest.raises(layouts.TemplateError, match=what) as raised:
        layouts.render(edition(), layout, clinic(), pages.Words(None), folders(content, "layouts"))
    assert raised.value.finding(content, Location("elsewhere")).at == at


@pytest.mark.parametrize(
    "asked",
    [
        "leaflet._html(())",
        "leaflet.__class__",
        "leaflet.title.__class__.__mro__",
        "leaflet.show.__globals__",
        "words.here.__func__",
    ],
)
def test_a_template_reads_nothing_that_is_hidden(content: Path, asked: str) -> None:
    add(content, html=f'{{% extends "base/page.html" %}}{{% block text %}}{{{{ {asked} }}}}{{% endblock %}}')
    layout, _ = layoutfile.load("mine", folders(content, "layouts"), content)
    assert layout
    with pytest.raises(layouts.TemplateError, match="unsafe"):
        layouts.render(edition(), layout, clinic(), pages.Words(None), folders(content, "layouts"))


@cache
def small() -> project.Project:
    """What ``content`` has, as long as nothing is changed in it."""
    return project.load(TESTS / "content")


@cache
def edition() -> Edition:
    return next(made for made, _ in pipeline.editions(small(), pipeline.Choice(), TODAY))


def clinic() -> Clinic:
    found = small().clinic
    assert found
    return found


def dropped_by(content: Path, html: str) -> list[Finding]:
    """What a layout with this template does not print."""
    add(content, html='{% extends "base/page.html" %}' + html)
    read = project.load(content)
    assert read.clinic and not read.findings
    made, layout = edition(), read.layouts["mine"]
    page = layouts.render(made, layout, read.clinic, pages.Words(None), read.layout_folders)
    return list(dropped.check(page, [made], layout, content))


def test_safety_texts_that_a_layout_does_not_print_are_an_error_and_others_a_warning(content: Path) -> None:
    error, warning = dropped_by(content, "{% block text %}hello{% endblock %}")
    assert (error.severity, warning.severity) == (Severity.ERROR, Severity.WARNING)
    assert "layouts/mine does not print 2 safety texts, the first: “Do not wait." in error.message
    assert error.at == Location("sources/inhaler.md", 20)


def test_a_layout_that_prints_all_of_the_text_has_dropped_nothing(content: Path) -> None:
    html = '{% set most_columns = 0 %}{% import "base/blocks.html" as print with context %}'
    assert not dropped_by(content, html + "{% block text %}{{ print.blocks(leaflet.blocks) }}{% endblock %}")


def test_the_shipped_layouts_print_all_of_the_leaflet_in_one_language_and_in_two() -> None:
    read, made = shipped.content(), shipped.editions()
    tried = set()
    for slug, layout in product(read.leaflets, read.layouts.values()):
        own, other = made[slug, "en"], made[slug, "es"]
        if not excerpts.unwanted(other, layout):
            beside = (own, pages.Words(None)) if layout.beside else None
            assert read.clinic
            page = layouts.render(other, layout, read.clinic, pages.Words(None), read.layout_folders, beside)
            assert not list(dropped.check(page, [other, own][: 1 + bool(beside)], layout, ROOT)), (slug, layout.name)
            tried.add(layout.name)
    assert tried == set(read.layouts)


# --------------------------------------------------------------------------- layout.css


@pytest.mark.parametrize(
    ("css", "line", "what"),
    [
        ("h1 { color: #000 }\nh2 {\n  color: #000;\nh3 { color: #000 }", 2, "“{” is never closed"),
        ("h1 { color: #000 }\n/* all of the rest\nh3 { color: #000 }", 2, "“/*” is never closed"),
        ("h1 { color: #000 }\n}\n", 2, "is not CSS: Unmatched }"),
        ("\n\nh1 { background: url(icons/nix.svg) }", 3, "there is no picture icons/nix.svg"),
        ("\n\nh1 { background: url('nix.svg') }", 3, "there is no picture nix.svg"),
        ("h1 { background: url(layout.jpg) }", 1, "layout.jpg is not an SVG or PNG"),
        ("\nh1 { color: " + "(" * 41 + ")" * 41 + " }", 2, "more than 40 brackets are nested here"),
        ("\nh1 { width: " + "1" * 1001 + "px }", 2, "a number has more than 1000 digits"),
        ("\nh1 { background: url(a\0b.svg) }", 2, "there is no picture a\ufffdb.svg"),
        ("\nh1 { background: url(" + "x" * 6000 + ".svg) }", 2, "there is no picture xxx"),
    ],
)
def test_a_fault_in_a_style_sheet_is_told_at_its_line(content: Path, css: str, line: int, what: str) -> None:
    add(content, css=css)
    ((at, message),) = said(content)
    assert (at, what in message) == (f"layouts/mine/layout.css:{line}", True), message


def test_of_a_sheet_full_of_faults_the_first_are_told(content: Path) -> None:
    add(content, css="}\n" * 150)
    assert [at.rpartition(":")[2] for at, _ in said(content)] == [
        str(line) for line in range(1, styles.MOST_FAULTS + 1)
    ]


def test_a_sheet_larger_than_any_is_refused(content: Path) -> None:
    add(content, css="a {}\n" * 50_000)
    ((at, message),) = said(content)
    assert at == "layouts/mine/layout.css" and "is larger than 200 kB" in message


def test_the_shipped_layouts_have_no_such_faults() -> None:
    assert not [finding for finding in shipped.content().findings if finding.check.startswith("layout")]


def placed(css: str, message: str, *origins: tuple[int, str]) -> Finding:
    sheet = replace(sheets.sheet("<p>text</p>"), css=css, css_origins=origins)
    return warnings.finding(sheet, logging.LogRecord("weasyprint", logging.WARNING, "", 0, message, (), None))


def test_what_the_printer_says_of_the_joined_sheet_is_told_of_the_file(content: Path) -> None:
    add(content, css="h1 { colour: #000 }")
    read = project.load(content)
    parts = styles.pieces(read.layouts["mine"], edition().locale, read.layout_folders)
    css, origins = styles.joined(parts), styles.origins(parts, content)
    line = css[: css.index("colour: #000")].count("\n") + 1
    found = placed(css, f"Ignored `colour: #000` at {line}:6, unknown property.", *origins)
    assert found.at == Location("layouts/mine/layout.css", 1)
    assert found.message == "sample.pdf: Ignored `colour: #000`, unknown property."
    ours = placed(css, "Ignored `x: y` at 1:1, unknown property.", *origins)
    assert ours.at == Location("sources/a.md"), "made of settings, in no file"


def test_a_selector_has_its_line_though_it_is_told_of_without() -> None:
    found = placed("p {}\n\nh3:foo {}", "Invalid or unsupported selector, 'h3:foo '", (1, "a.css"), (3, "b.css"))
    assert found.at == Location("b.css", 1)


# --------------------------------------------------------------------------- what is made, and what is not


def test_what_is_asked_for_and_not_made_is_told_with_the_reason(content: Path, replaced: Edit) -> None:
    replaced(content / "sources/inhaler.md", "country: US\n", "country: US\nlayouts: [a4, bilingual]\n")
    done = plainleaf("build", "--layout", "bilingual", "--layout", "large-print", "--locale", "en", root=content)
    assert done.returncode == 2
    assert "inhaler cannot be made in en as bilingual: it sets English beside another language" in done.stderr
    assert (
        "inhaler cannot be made in en as large-print: sources/inhaler.md:8 lists the leaflet's layouts" in done.stderr
    )


def test_the_pages_list_the_layouts_of_the_settings_alone(content: Path) -> None:
    settings = '[tool.plainleaf]\nlayouts = ["booklet"]\nlocales = ["en"]\n'
    (content / "pyproject.toml").write_text(settings, encoding="utf-8")
    (content / "sources/clinics/sample.toml").write_text("", encoding="utf-8")  # nothing is rendered
    plainleaf("build", root=content)
    text = (content / "build/staff/print-list/inhaler/en.html").read_text(encoding="utf-8")
    assert "Booklet (A5)" in text and "Large print" not in text
    assert not (content / "build/staff/print-list/inhaler/es.html").exists()


# --------------------------------------------------------------------------- the edge of the paper

MM = 72 / 25.4
FAR = float("inf")


def room(sizes: list[tuple[float, float]], scheme: Scheme, direction: str = "ltr") -> list[tuple[float, ...]]:
    """What lies between the pages and the edges of the paper, in mm."""
    points = [(width * MM, height * MM) for width, height in sizes]
    found = press.room(points, scheme, "rtl" if direction == "rtl" else "ltr")
    return [tuple(round(each / MM, 1) + 0.0 for each in page) for page in found]


def test_a_booklets_pages_meet_the_papers_edge_on_three_sides() -> None:
    scheme = Scheme("saddle-stitch", 297, 210)
    cover, second, *_ = room([(148.5, 210)] * 4, scheme)
    assert cover == (FAR, 0, 0, 0) and second == (0, 0, FAR, 0)
    assert room([(148.5, 210)] * 4, scheme, "rtl")[:2] == [(0, 0, FAR, 0), (FAR, 0, 0, 0)]


def test_a_folded_leaflets_back_lies_between_two_panels() -> None:
    trifold = Scheme("trifold", 297, 210)
    pages = room([(100, 210), (97, 210), (100, 210), (100, 210), (97, 210), (100, 210)], trifold)
    cover, flap, first, middle, last, back = pages
    assert cover[2] == flap[0] == first[0] == last[2] == 0
    assert back[0] == back[2] == middle[0] == middle[2] == FAR
    turned = room([(100, 210), (97, 210), (100, 210), (100, 210), (97, 210), (100, 210)], trifold, "rtl")
    assert turned == [(right, top, left, bottom) for left, top, right, bottom in pages]


@pytest.mark.parametrize(("direction", "cover", "back"), [("ltr", (FAR, 0), (0, FAR)), ("rtl", (0, FAR), (FAR, 0))])
def test_a_card_of_two_leaves_meets_the_papers_edge_away_from_its_fold(
    direction: str, cover: tuple[float, float], back: tuple[float, float]
) -> None:
    """Pages 1 and 2 are the cover's two faces, 3 and 4 those of the leaf behind it; the fold is where lines begin."""
    pages = room([(105, 74.25)] * 4, Scheme("cards", 210, 74.25, columns=2, rows=1, folded=True), direction)
    assert [(left, right) for left, _, right, _ in pages] == [cover, back, back, cover]
    assert all((top, bottom) == (0, 0) for _, top, _, bottom in pages)


@pytest.mark.parametrize(("direction", "edges"), [("ltr", (19.4, FAR)), ("rtl", (FAR, 19.4))])
def test_cards_of_several_texts_have_waste_on_one_side_only(direction: str, edges: tuple[float, float]) -> None:
    """Eight cards on a sheet, each its own: the first stands in the upper corner where reading begins."""
    first, *_, last = room([(85.6, 54)] * 16, Scheme("cards", 210, 297), direction)[::2]
    assert (first[0], first[2]) == edges and (first[1], first[3]) == (40.5, FAR)
    assert (last[0], last[2]) == edges[::-1] and (last[1], last[3]) == (FAR, 40.5)


def test_cards_have_the_waste_of_their_sheet_around_them() -> None:
    (front, _) = room([(85.6, 54)] * 2, Scheme("cards", 210, 297))
    assert front == (19.4, 40.5, 19.4, 40.5)


def test_a_booklets_inner_margin_may_be_narrow(tmp_path: Path) -> None:
    css = "body, p { margin: 0 } @page { size: 148.5mm 210mm; margin: 20mm 20mm 20mm 3mm }"
    sheet = sheets.sheet("<h1>At the fold</h1>", css)
    assert "fit-edge" in sheets.raised(pdf.write(sheet))
    assert "fit-edge" not in sheets.raised(pdf.write(replace(sheet, scheme=Scheme("saddle-stitch", 297, 210))))
