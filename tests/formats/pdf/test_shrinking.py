"""Text that is too long for its pages: lines move closer, then the type grows smaller, and the run says so."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import weasyprint

from plainleaf.artifacts.store import Entry, Store
from plainleaf.formats.pdf import fitting, shrinking
from plainleaf.formats.pdf import render as pdf
from plainleaf.formats.pdf.shrinking import Step
from tests import sheets
from tests.conftest import ROOT, plainleaf

RULES = replace(sheets.RULES, max_pages=1, fit="shrink")
CSS = (
    ":root { --body: 14pt; --line: 1.4; --space: 1 } html { font-size: var(--body); line-height: var(--line) }"
    " @page { size: 120mm 120mm; margin: 10mm } p { margin: 0 0 calc(1em * var(--space)) }"
)


def text(paragraphs: int) -> str:
    words = "Take one tablet each morning with a full glass of water."
    return "<h1>Sample</h1>" + "".join(f"<p data-at='sources/a.md:{n}'>{words}</p>" for n in range(1, paragraphs + 1))


def test_what_is_as_close_as_may_be_says_so_to_the_style_sheet() -> None:
    assert [fitting.Set(step).classes for step in shrinking.steps(RULES)][3:6] == ["", *[shrinking.CLOSEST] * 2]


def test_lines_are_tried_before_type_and_neither_goes_below_its_least() -> None:
    tried = shrinking.steps(RULES)
    assert tried[0] == Step(14, 1.4, 1)
    assert tried[4] == Step(14, 1.2, 0.6)
    assert tried[5] == Step(13.75, 1.2, 0.6)
    assert tried[-1] == Step(12, 1.2, 0.6)
    assert len(tried) == 13
    closed = shrinking.steps(replace(RULES, line_height=1.2, body_pt=12))
    assert closed == (Step(12, 1.2, 1), Step(12, 1.2, 0.6))


@pytest.mark.parametrize(("least", "last"), [(0.0, 12), (11, 12), (12.6, 12.6), (15, 14)])
def test_text_grows_no_smaller_than_a_layout_says_for_it(least: float, last: float) -> None:
    assert shrinking.steps(replace(RULES, least_body_pt=least))[-1].body_pt == last


@pytest.mark.parametrize("first", range(1, 13))
def test_the_first_step_that_fits_is_found_in_few_tries(first: int) -> None:
    tried = shrinking.steps(RULES)
    asked: list[Step] = []

    def fits(step: Step) -> bool:
        asked.append(step)
        return tried.index(step) >= first

    assert shrinking.first_that_fits(tried, fits) == tried[first]
    assert len(asked) <= 4


def test_where_no_step_fits_the_last_is_left_and_not_tried() -> None:
    tried = shrinking.steps(RULES)
    asked: list[Step] = []

    def fits(step: Step) -> bool:
        asked.append(step)
        return False

    assert shrinking.first_that_fits(tried, fits) == tried[-1]
    assert tried[-1] not in asked
    assert shrinking.first_that_fits(tried[:1], fits) == tried[0]


GRID = shrinking.steps(RULES)
SMALLER = {step.body_pt: step for step in GRID if step.body_pt != RULES.body_pt}
EVERY = (*GRID[:5], *(step for last in SMALLER.values() for step in shrinking.opened(GRID, last)[1:]))
"""All steps that a text may be set in; the wider ones of smaller types were never tried alone."""


def chosen(found: Step, near: Step, long: bool = False, least: float = 0) -> tuple[Step, int]:
    """The step that is chosen for a text that fits from ``found`` on, and how many layouts that takes."""
    asked: list[Step] = []

    def fits(step: Step) -> bool:
        asked.append(step)
        same = step.line_height <= found.line_height and step.space <= found.space
        return step.body_pt < found.body_pt or (step.body_pt == found.body_pt and same)

    step = shrinking.chosen(GRID, fits, lambda step: step.body_pt >= least, near, long)
    return step, len(set(asked))


@pytest.mark.parametrize("found", EVERY[1:], ids=shrinking.short)
def test_the_step_is_the_same_wherever_one_begins_to_look(found: Step) -> None:
    usual, _ = chosen(found, EVERY[0], long=True)
    assert {chosen(found, near, long)[0] for near in EVERY for long in (True, False)} == {usual}
    assert {chosen(found, near, least=13)[0] for near in EVERY} == {chosen(found, EVERY[0], long=True, least=13)[0]}


@pytest.mark.parametrize("found", EVERY[1:], ids=shrinking.short)
def test_a_step_that_fits_again_is_known_to_be_the_first_in_three_layouts_at_most(found: Step) -> None:
    step, layouts = chosen(found, found)
    assert step == found
    assert layouts <= (2 if found.body_pt == RULES.body_pt else 3)


def test_where_the_last_step_is_known_not_to_do_no_other_one_is_tried() -> None:
    asked: list[Step] = []
    found = shrinking.chosen(GRID, lambda step: bool(asked.append(step)), bool, GRID[-1], True, GRID[-1].__eq__)
    assert (found, asked) == (GRID[-1], [])


def test_a_text_that_fits_as_it_is_is_set_so_though_it_did_not_last_time() -> None:
    assert {chosen(EVERY[0], near)[0] for near in EVERY[1:]} == {EVERY[0]}


def test_what_is_remembered_is_one_of_the_steps_or_nothing() -> None:
    for step in EVERY[1:]:
        assert shrinking.remembered(shrinking.short(step), RULES) == step
    for said in ("", "x", "nan nan nan", "1 0.1 0.1", "14 1.4 1", "14 1.4", "12 1.2 0.6 0", "\0"):
        assert shrinking.remembered(said, RULES) is None
    assert shrinking.remembered("12 1.2 0.6", replace(RULES, fit="refuse")) is None


def test_smaller_type_gives_lines_back_what_room_it_leaves() -> None:
    steps = shrinking.steps(RULES)
    smallest = steps[-1]
    wider = shrinking.opened(steps, smallest)
    assert wider[-1] == smallest and {step.body_pt for step in wider} == {smallest.body_pt}
    found = shrinking.first_that_fits(wider, lambda step: step.line_height <= 1.25)
    assert found.body_pt == smallest.body_pt and found.line_height == 1.25
    assert shrinking.opened(steps, steps[1]) == (steps[1],)


def test_a_step_is_scaled_for_the_script_and_its_lead_is_never_below_the_least() -> None:
    rules = replace(RULES, size_factor=1.15, line_factor=1.06)
    css = shrinking.css(Step(12.25, 1.25, 0.7), rules)
    assert css == ":root { --body: 14.09pt; --lead: 13.8pt; --line: 1.325; --space: 0.7 }"


def test_what_was_done_is_said() -> None:
    assert shrinking.note(Step(14, 1.4, 1), RULES) == ""
    said = shrinking.note(Step(12.25, 1.2, 0.6), replace(RULES, max_pages=6))
    assert said == "type 12.25 of 14 pt, lines 1.2 of 1.4, space 60 %, to fit 6 pages"


def test_a_sheet_that_fits_is_left_as_it_is() -> None:
    made = sheets.printed(text(4), CSS, max_pages=1, fit="shrink")
    assert (made.pages, made.note, made.findings) == (1, "", ())


def test_a_sheet_that_is_a_little_too_long_is_made_to_fit() -> None:
    assert sheets.printed(text(6), CSS).pages == 2
    made = sheets.printed(text(6), CSS, max_pages=1, fit="shrink")
    assert (made.pages, made.findings) == (1, ())
    assert re.fullmatch(r"(type 1[23].*|lines 1\.[23]\d?) of .*, to fit 1 page", made.note)


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages of each layout that was made to its end."""
    made: list[int] = []
    usual = weasyprint.HTML.render

    def render(*arguments: Any, **named: Any) -> Any:
        document = usual(*arguments, **named)
        made.append(len(document.pages))
        return document

    monkeypatch.setattr(weasyprint.HTML, "render", render)
    return made


def test_a_wrong_step_to_begin_with_gives_the_same_bytes_and_the_right_one_saves_layouts(layouts: list[int]) -> None:
    sheet = sheets.sheet(text(6), CSS, max_pages=1, fit="shrink")
    usual, searched = pdf.write(sheet), len(layouts)
    assert usual.fitted and usual.data
    for near in ("14 1.35 0.9", "12 1.2 0.6", "no step at all"):
        assert pdf.write(sheet, near=near) == usual
    layouts.clear()
    assert pdf.write(sheet, near=usual.fitted) == usual
    assert len(layouts) == 1 < searched  # any other one ended as soon as it was too long


def test_a_panel_that_is_too_full_is_a_reason_to_shrink_too() -> None:
    panel = CSS + "div { height: 75mm } body { margin: 0 }"
    full = "<div>" + text(4) + "</div>"
    assert "fit-overflow" in sheets.raised(sheets.printed(full, panel))
    made = sheets.printed(full, panel, max_pages=1, fit="shrink")
    assert made.note and not made.findings


def test_what_is_too_long_is_looked_for_where_a_page_was_not_asked_for() -> None:
    """A part that runs on to a page of its own pushes the later ones: it is named, not they."""
    later = "<section style='break-before: page'>" + text(3).replace("<h1>Sample</h1>", "<h2>Later</h2>") + "</section>"
    made = sheets.printed(text(6) + later, CSS, max_pages=2)
    (finding,) = [found for found in made.findings if found.check == "fit-pages"]
    assert "too long for page 1" in finding.message and finding.at.line in (5, 6)


def test_the_table_and_a_second_run_say_what_was_done_and_the_page_for_those_who_hand_it_out_does_not(
    content: Path,
) -> None:
    shutil.copytree(ROOT / "layouts", content / "layouts", ignore=shutil.ignore_patterns("pictures"))
    toml = content / "layouts/a4/layout.toml"
    plain = toml.read_text(encoding="utf-8").replace("body-size = 13", "body-size = 20")
    toml.write_text(plain, encoding="utf-8")
    command = ("build", "--layout", "a4", "--locale", "en")
    assert plainleaf("--quiet", *command, root=content).returncode == 0
    pages = next(iter(_entries(content).values())).pages
    shrunk = plain.replace("max-pages = 0", f'max-pages = {pages - 1}\nfit = "shrink"')
    shrunk = shrunk.replace("least-size = 12", "least-size = 8").replace("fine-size", "# fine-size")
    toml.write_text(shrunk, encoding="utf-8")
    first = plainleaf(*command, root=content)
    assert first.returncode == 0, first.stderr
    note = next(iter(_entries(content).values())).note
    assert note.endswith(f"to fit {pages - 1} page" + "s" * (pages > 2))
    again = plainleaf(*command, "--why", root=content)
    for done in (first, again):
        assert f"a4 {pages - 1} p. (shrunk)" in done.stdout and "(shrunk): set closer or smaller" in done.stdout
    assert note in again.stdout and note not in (content / "build/staff/print-list/inhaler/en.html").read_text(
        encoding="utf-8"
    )


def _entries(root: Path) -> dict[str, Entry]:
    return Store(root / "build").entries
