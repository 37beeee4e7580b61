"""What was planned of a page is remembered for as long as nothing has changed that it is prepared from."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.actions import printing
from plainleaf.actions.memory import Kept, Memory
from plainleaf.actions.plan import Plan
from plainleaf.artifacts import surroundings
from plainleaf.artifacts.store import Store
from plainleaf.checks.translation import catalog
from plainleaf.formats.base import FORMATS
from plainleaf.layouts import templates
from plainleaf.model import has_error
from tests.conftest import ROOT, TODAY
from tests.stamped import stamped

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]


@pytest.fixture(autouse=True)
def _steady_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests must not fail because somebody saves our code meanwhile."""
    monkeypatch.setattr(surroundings, "_ours", tuple)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose templates are filled, in order."""
    seen: list[str] = []
    really = templates.render

    def counted(edition: Any, layout: Any, *more: Any) -> str:
        seen.append(f"{edition.locale.name} {layout.name}")
        return really(edition, layout, *more)

    monkeypatch.setattr(templates, "render", counted)
    return seen


def planned(root: Path, kept: Kept) -> tuple[Plan, Kept]:
    """The plan of a root folder, and what is to be remembered of it."""
    loaded = project.load(root)
    known = Memory(loaded, kept)
    plan = planning.plan(loaded, pipeline.editions(loaded, pipeline.Choice(), TODAY), memory=known)
    assert plan.jobs, loaded.findings
    return plan, known.new


def told(plan: Plan) -> dict[str, object]:
    """All that is known of each file without preparing it."""
    jobs = plan.jobs.values()
    about = {job.path: (job.fingerprint, job.placed, job.content, job.named, job.prepared.digest) for job in jobs}
    return {"jobs": about, "faults": plan.faults, "problems": plan.problems}


def test_a_plan_is_the_same_from_memory_and_fills_no_template(content: Path, prepared: list[str]) -> None:
    first, kept = planned(content, {})
    assert len(prepared) == len(first.jobs) == len(kept)
    prepared.clear()
    again, same = planned(content, kept)
    assert told(again) == told(first) and same == kept and not prepared


def test_what_is_made_after_all_is_prepared_then(content: Path, prepared: list[str]) -> None:
    first, kept = planned(content, {})
    again, _ = planned(content, kept)
    prepared.clear()
    job = again.jobs["inhaler/inhaler.en.a4.pdf"]
    ready, found = job.ready()
    assert ready and not found and ready.prepared == first.jobs[job.path].prepared
    assert prepared == ["en a4"]


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def added(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


EN, ES = {"en a4", "en mine", "es bilingual"}, {"es a4", "es mine", "es bilingual"}
CLINIC, CATALOG = "sources/clinics/sample.toml", "locales/es/LC_MESSAGES/inhaler.po"
CHANGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {  # what, and whose pages are planned anew
    "a text": (edited("sources/inhaler.md", "Your blue inhaler", "Your new blue inhaler"), {"en a4", "en mine"}),
    "a translation": (edited(CATALOG, "inhalador", "inhalador azul"), ES),
    "a comment in a catalog": (edited(CATALOG, "#. Title", "# seen\n#. Title"), ES),
    "a detail of the clinic": (edited(CLINIC, "Sample", "Other"), EN | ES),
    "the settings of a language": (added("locales/es/checks.toml", '[days]\nfrom-to = "desde {} hasta {}"\n'), EN | ES),
    "a layout's template": (added("layouts/mine/layout.html", "<!-- -->"), EN | ES),
    "a layout's style": (added("layouts/mine/layout.css", "p { color: #111 }"), EN | ES),
    "a picture of a template": (edited("layouts/mine/stamp.svg", "v3z", "v5z"), EN | ES),
    "another leaflet": (added("sources/other.md", "no head\n"), set()),
    "the record of scores": (added("sources/readability.toml", "[x.en]\nsmog = 1\n"), set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_plans_anew_what_it_may_concern_as_a_run_without_memory_does(
    content: Path, prepared: list[str], name: str
) -> None:
    stamped(content)
    (content / "plainleaf.toml").write_text('formats = ["pdf"]\n', encoding="utf-8")
    _, kept = planned(content, {})
    change, pages = CHANGES[name]
    change(content)
    prepared.clear()
    plan, _ = planned(content, kept)
    assert set(prepared) == pages
    anew, _ = planned(content, {})
    assert told(plan) == told(anew)


def test_a_root_that_the_tool_itself_comes_from_is_no_exception(
    content: Path, prepared: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "_ours", lambda: (content / "locales", content / "layouts"))
    _, kept = planned(content, {})
    edited(CATALOG, "inhalador", "inhalador azul")(content)
    prepared.clear()
    planned(content, kept)
    assert set(prepared) == {"es a4", "es bilingual", "es base"}


def test_nothing_is_remembered_if_a_template_is_saved_during_the_run(content: Path, prepared: list[str]) -> None:
    stamped(content)
    loaded = project.load(content)
    known = Memory(loaded, {})
    planning.plan(loaded, pipeline.editions(loaded, pipeline.Choice(), TODAY), memory=known)
    added("layouts/mine/layout.html", "<!-- -->")(content)
    assert known.new == {}


@pytest.mark.parametrize(
    "damage", ["", "[]", "{}", "null", "[" * 9000, '["f", "c", "p", "d", [1], []]', "[1,2,3,4,5,6]"]
)
def test_what_is_damaged_is_not_remembered(content: Path, damage: str) -> None:
    first, kept = planned(content, {})
    again, _ = planned(content, {path: (key, damage) for path, (key, _) in kept.items()})
    assert told(again) == told(first)


def test_formats_of_other_packages_are_prepared_each_time(content: Path) -> None:
    first, kept = planned(content, {})
    loaded = project.load(content)
    edition = first.editions[0]
    page = printing.Page(edition, loaded.layouts["a4"])
    foreign = replace(FORMATS["pdf"], prepare=json.dumps)
    assert Memory(loaded, kept).key("a.pdf", FORMATS["pdf"], page)
    assert not Memory(loaded, kept).key("a.pdf", foreign, page), "what its code does is not known"


def test_no_field_of_an_edition_is_left_out_of_its_key() -> None:
    assert "repr=False" not in "".join(path.read_text("utf-8") for path in (ROOT / "plainleaf/model").glob("*.py"))


def test_a_catalog_is_looked_at_once_for_all_runs(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(CATALOG, "2 veces", "3 veces")(content)
    seen, really = list[str](), catalog.check

    def counted(subject: catalog.Subject) -> Any:
        seen.append(subject.locale.name)
        return really(subject)

    monkeypatch.setattr(catalog, "check", counted)

    def looked_at(kept: Kept) -> tuple[list[Any], Kept]:
        loaded = project.load(content)
        known = Memory(loaded, kept)
        return list(pipeline.editions(loaded, pipeline.Choice(), TODAY, known)), known.new

    first, kept = looked_at({})
    again, same = looked_at(kept)
    assert seen == ["es"] and again == first and same == kept
    assert any(has_error(found) for _, found in first), "a dose"
    for change in (
        edited(CATALOG, "3 veces", "2 veces"),
        added("locales/es/checks.toml", "length = 3\n"),
    ):
        change(content)
        found, kept = looked_at(kept)
        assert found == looked_at({})[0]
    assert len(seen) == 5


def test_what_is_no_longer_there_is_forgotten(tmp_path: Path) -> None:
    with closing(Store(tmp_path)) as store:
        store.remember({"a": ("1", "x"), "b": ("2", "y")}, ["a", "b"])
        store.remember({"b": ("3", "z")}, ["b"])
    assert Store(tmp_path).remembered() == {"b": ("3", "z")}


@pytest.mark.parametrize(
    ("path", "alone"),
    [("sources/a.md", True), ("sources/b/a.md", False), ("sources/sign-offs.toml", True), ("sources/a.svg", False),
     ("locales/es/LC_MESSAGES/a.po", True), ("locales/es/LC_MESSAGES/layouts.po", False), ("locales/a.pot", True),
     ("locales/es/locale.toml", False), ("locales/es/approvals.toml", True), ("layouts/a4/layout.md", False)],
)  # fmt: skip
def test_only_what_is_read_into_editions_is_left_out(path: str, alone: bool) -> None:
    assert surroundings.is_of_one_leaflet(path) is alone
