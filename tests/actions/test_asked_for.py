"""What a run finds belongs to what it was asked to make; and a check finds what a build refuses.

Nothing is rendered here: files that cannot be planned are what this is about.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from plainleaf import pipeline, project
from plainleaf.artifacts import manifest as build
from plainleaf.files import places
from plainleaf.model import Finding, Location, Severity
from plainleaf.pipeline import Choice
from tests import shipped
from tests.conftest import ROOT, TODAY
from tests.layouts.test_faults import A4, add

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
EXTENDS = '{% extends "base/page.html" %}\n'
FAILS = EXTENDS + "{% block text %}{{ nothing.here }}{% endblock %}"
DROPS = EXTENDS + "{% block text %}hello{% endblock %}"


@pytest.fixture(autouse=True)
def _unchecked() -> Iterator[None]:
    """Translations are not compared with their source: nothing of that is asked for here."""
    with shipped.unchecked():
        yield


def errors(found: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.ERROR]


def built(root: Path, choice: Choice) -> list[Finding]:
    """The errors of a build, but for those of pages as they are laid out."""
    with patch.object(build, "run", return_value={}):
        done = pipeline.publish(project.load(root), choice, root / "build", TODAY, lambda total, result: None)
    return errors(done.findings)


def checked(root: Path, choice: Choice) -> list[Finding]:
    return errors(pipeline.check(project.load(root), choice, TODAY).findings)


BROKEN = {
    "a template that fails": {"html": FAILS},
    "a template that leaves safety texts out": {"html": DROPS},
    "a template that could not be read": {"html": "{% block"},
    "a style sheet": {"css": "h1 { color: #000"},
    "settings": {"toml": A4.replace("page-width", "page-widht")},
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_layout_that_is_not_asked_for_fails_no_run(content: Path, what: str) -> None:
    add(content, **BROKEN[what])
    choice = Choice(locales=("es",), layouts=("a4", "bilingual"))
    assert built(content, choice) == [] == checked(content, choice)
    assert built(content, Choice()) and checked(content, Choice())


def test_a_layout_that_the_settings_leave_out_fails_no_run(content: Path) -> None:
    add(content, html=FAILS)
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nlayouts = ["a4"]\n', encoding="utf-8")
    assert built(content, Choice()) == [] == checked(content, Choice())


def test_what_keeps_a_layout_of_the_settings_from_being_used_is_told(content: Path) -> None:
    add(content, css="h1 { color: #000")
    add(content, "other", toml='like = "mine"\n' + A4)
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nlayouts = ["other"]\n', encoding="utf-8")
    assert [str(finding.at) for finding in built(content, Choice())] == ["layouts/mine/layout.css:1"]


def test_a_language_that_is_not_asked_for_fails_no_run_but_where_it_stands_beside(content: Path) -> None:
    po = content / "locales/es/LC_MESSAGES/inhaler.po"
    po.write_text(po.read_text(encoding="utf-8") + 'msgid "broken', encoding="utf-8")
    assert built(content, Choice(locales=("en",), layouts=("a4",))) == []
    assert checked(content, Choice(locales=("en",))) == []
    assert checked(content, Choice(locales=("es",)))
    assert built(content, Choice(locales=("en",), layouts=("bilingual",), beside="es"))


def test_a_leaflet_that_is_not_asked_for_fails_no_run(content: Path) -> None:
    (content / "sources/other.md").write_text("no head", encoding="utf-8")
    choice = Choice(leaflets=("inhaler",), layouts=("a4",))
    assert built(content, choice) == [] == checked(content, choice)
    assert built(content, Choice(layouts=("a4",)))


def test_a_small_format_without_text_is_an_error_where_it_is_made(content: Path, replaced: Edit) -> None:
    shutil.copytree(ROOT / "layouts/easy-read", content / "layouts/easy-read")
    replaced(content / "sources/inhaler.md", "country: US\n", "country: US\nlayouts: [a4, easy-read]\n")
    assert built(content, Choice(layouts=("a4",))) == []
    (found,) = built(content, Choice(layouts=("a4", "easy-read"), locales=("en",)))
    assert found.check == "source-layout"


# --------------------------------------------------------------------------- a check finds what a build refuses


@pytest.mark.parametrize("html", [FAILS, DROPS])
@pytest.mark.parametrize("choice", [Choice(), Choice(locales=("es",)), Choice(locales=("en",))], ids=repr)
def test_a_check_finds_what_a_build_refuses(content: Path, html: str, choice: Choice) -> None:
    add(content, html=html)
    found = checked(content, choice)
    assert found and set(found) == set(built(content, choice))
    assert {finding.check for finding in found} <= {"layout-template", "layout-dropped"}


def test_a_check_of_one_language_finds_what_fails_beside_the_other(content: Path) -> None:
    html = EXTENDS + "{% block text %}{{ beside.leaflet.nothing.here }}{% endblock %}"
    add(content, toml='beside = "source"\n' + A4, html=html)
    (found,) = checked(content, Choice(locales=("es",)))
    assert found.at == Location("layouts/mine/layout.html", 2)
    assert checked(content, Choice(locales=("en",))) == [], "nothing is made of the source alone"


# --------------------------------------------------------------------------- whose fault it is


@pytest.fixture
def with_faults(
    small_tool: Path, two_layouts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Breaks a layout that comes with the tool: ``with_faults(what stands in its text)``."""
    tool = tmp_path / "tool"
    shutil.copytree(small_tool, tool)
    shutil.copytree(ROOT / "layouts/booklet", tool / "layouts/booklet")
    monkeypatch.setattr(places, "PACKAGE", tool / "plainleaf")

    def broken(html: str) -> None:
        (tool / "layouts/booklet/layout.html").write_text(html, encoding="utf-8")

    return broken


def test_a_layout_of_ours_that_fails_is_our_fault_and_others_are_named(
    content: Path, with_faults: Callable[[str], None]
) -> None:
    with_faults(FAILS)
    found = checked(content, Choice(locales=("es",)))
    assert [finding.at for finding in found] == [Location("sources/inhaler.md", 1)], "where the author can look"
    assert "'nothing' is undefined (layouts/booklet/layout.html:2)" in found[0].message
    assert "a fault in Plainleaf" in found[0].hint and "report it" in found[0].hint
    assert found[0].hint.endswith("use another layout: a4, bilingual")


def test_a_safety_text_that_a_layout_of_ours_leaves_out_is_our_fault(
    content: Path, with_faults: Callable[[str], None]
) -> None:
    with_faults(DROPS)
    found = checked(content, Choice(locales=("en",)))
    assert found and all("a fault in Plainleaf" in finding.hint for finding in found)


def test_a_layout_of_ones_own_is_told_at_its_line_also_inside_a_template_of_ours(content: Path) -> None:
    own = EXTENDS + '{% import "base/blocks.html" as print with context %}\n'
    for html, at in (
        (FAILS, "layouts/mine/layout.html:2"),
        (own + "{% block text %}{{ print.part('list', 'list', 1) }}{% endblock %}", "layouts/base/blocks/list.html:"),
    ):
        shutil.rmtree(content / "layouts", ignore_errors=True)
        add(content, html=html)
        found = [finding for finding in checked(content, Choice(locales=("en",))) if finding.check == "layout-template"]
        assert len(found) == 1 and str(found[0].at).startswith(at)
        assert found[0].hint.startswith("fix the template")
