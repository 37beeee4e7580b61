"""A font that one language lacks stops that language, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf import choosing, editions, pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.project import Project
from plainleaf.typesetting import fonts
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")

FONTS = '[[fonts]]\nname = "Mine"\nregular = "Mine-Regular.ttf"\nbold = "Mine-Bold.ttf"\n'


def planned(loaded: Project) -> planning.Plan:
    return planning.plan(loaded, pipeline.editions(loaded, pipeline.Choice(), TODAY))


def test_only_the_language_whose_font_is_missing_is_not_planned(content: Path) -> None:
    before = planned(project.load(content)).jobs
    (content / "locales/es/locale.toml").write_text(FONTS, encoding="utf-8")
    loaded = project.load(content)
    made = planned(loaded)
    others = {path for path in before if ".es" not in path and "+es" not in path}
    assert set(made.jobs) == others and others < set(before), set(before)
    (finding,) = {each for found in made.faults.values() for each in found if each.check == "font-missing"}
    assert finding.at.file == "locales/es/locale.toml"
    assert "Spanish cannot be printed: Mine-Bold.ttf and Mine-Regular.ttf are missing" in finding.message
    assert not editions.missing(loaded, choosing.choose(loaded))
    assert not editions.missing(loaded, choosing.choose(loaded, locales=["en"]))
    (one, two) = editions.missing(loaded, choosing.choose(loaded, locales=["es"]))  # nothing at all can be made
    assert {one.what, two.what} == {"Mine-Regular.ttf", "Mine-Bold.ttf"} and one.locale == "es"
    assert {part.what for part in editions.lacking(loaded, choosing.choose(loaded))} == {one.what, two.what}


def test_without_any_font_nothing_is_made_and_all_is_named(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find", lambda name: None)
    gone = editions.missing(project.load(content), pipeline.Choice())
    assert {part.package for part in gone} == {"fonts-noto-core"}
