"""What is exchanged while a run is at work, a picture or a layout, is not printed as what was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf import pipeline
from plainleaf.actions import exchanged
from plainleaf.actions import plan as planning
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions.choice import Choice
from plainleaf.actions.page_words import shared
from plainleaf.actions.plan import Plan
from plainleaf.approvals import seals, signatures
from plainleaf.approvals.signatures import SIGN_OFFS
from plainleaf.artifacts.manifest import Manifest
from plainleaf.editions import editions
from plainleaf.formats.pdf import kept
from plainleaf.formats.pdf.fetching import Fetcher
from plainleaf.model import Edition, Finding, Severity
from plainleaf.project import Project, load
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#000" d="M1 1h7v7h-7z"/></svg>'
NAME = "sources/puffs.svg"


@pytest.fixture
def root(content: Path) -> Path:
    """The small leaflet with a picture, signed off."""
    (content / NAME).write_text(PICTURE, encoding="utf-8")
    with (content / "sources/inhaler.md").open("a", encoding="utf-8") as file:
        file.write("\n![Two puffs](puffs.svg)\n")
    loaded = load(content)
    about = signing_off.subject(loaded, loaded.leaflets["inhaler"], shared(loaded))
    kept = seals.record(about, "A. Sample, nurse", date(2026, 11, 2))
    signatures.write(content / "sources/sign-offs.toml", {"inhaler": kept}, content, SIGN_OFFS)
    return content


def judged(root: Path) -> tuple[Project, list[tuple[Edition, tuple[Finding, ...]]]]:
    """The project and its English edition, once it is known who has signed it."""
    loaded = load(root)
    found = list(editions(loaded, Choice((), ("en",)), TODAY))
    assert found[0][0].sign_off
    return loaded, found


def planned(project: Project, found: Sequence[tuple[Edition, Sequence[Finding]]], form: str) -> Plan:
    return planning.plan(project, found, formats=(form,), chosen=lambda each: each.format == form)


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_an_exchanged_picture_stops_the_files_that_show_it(root: Path, form: str) -> None:
    project, found = judged(root)
    assert [path for path in planned(project, found, form).jobs if path.endswith(form)]
    (root / NAME).write_text(PICTURE.replace("h7v7", "h6v6"), encoding="utf-8")
    plan = planned(project, found, form)
    assert not [path for path in plan.jobs if path.endswith(form)]
    faults = {each for path, about in plan.faults.items() if path.endswith(form) for each in about}
    (fault,) = (each for each in faults if each.check == "picture-exchanged")
    assert NAME in fault.message and fault.hint and fault.at.file == "sources/inhaler.md" and fault.at.line > 1


@pytest.mark.parametrize("name", ["sources/clinics/logo.svg", "layouts/mine/sign.svg"])
def test_a_logo_and_a_picture_of_a_layout_are_compared_too(root: Path, name: str) -> None:
    clinic = root / "sources/clinics/sample.toml"
    clinic.write_text(f'logo = "clinics/logo.svg"\nlogo-alt = "Sample"\n{without_logo(clinic)}', encoding="utf-8")
    for file in ("sources/clinics/logo.svg", "layouts/mine/sign.svg", "layouts/mine/layout.toml"):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("" if file.endswith("toml") else PICTURE, encoding="utf-8")
    loaded = load(root)
    about = signing_off.subject(loaded, loaded.leaflets["inhaler"], shared(loaded))
    kept = seals.record(about, "A. Sample, nurse", date(2026, 11, 2))
    signatures.write(root / "sources/sign-offs.toml", {"inhaler": kept}, root, SIGN_OFFS)
    project, found = judged(root)
    edition = found[0][0]
    other = "f" * 64
    assert [*exchanged.faults(project, [edition], [(str(root / name), other)])]
    assert not [*exchanged.faults(project, [edition], [(str(root / "sources/none.svg"), other)])]
    right = hashlib.sha256(PICTURE.encode()).hexdigest()
    assert not [*exchanged.faults(project, [edition], [(str(root / name), right)])]


def without_logo(clinic: Path) -> str:
    lines = clinic.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("logo"))


def test_a_picture_of_a_sample_may_change_at_any_time(root: Path) -> None:
    (root / "sources/sign-offs.toml").unlink()
    project = load(root)
    found = list(editions(project, Choice((), ("en",)), TODAY))
    (root / NAME).write_text(PICTURE.replace("h7v7", "h6v6"), encoding="utf-8")
    assert [path for path in planned(project, found, "html").jobs if path.endswith("html")]


def test_the_renderer_reads_no_other_picture_than_was_planned(root: Path) -> None:
    jobs = planned(*judged(root), "pdf").jobs.values()
    read = next(job.prepared.read for job in jobs if job.form.name == "pdf")
    assert str(root / NAME) in dict(read)
    url, folders = (root / NAME).as_uri(), [str(root / "sources")]
    assert Fetcher(folders, dict(read)).fetch(url).read().decode() == PICTURE
    (root / NAME).write_text(PICTURE.replace("h7v7", "h6v6"), encoding="utf-8")
    with pytest.raises(ValueError, match="was replaced during this run"):
        Fetcher(folders, dict(read)).fetch(url)


def test_a_drawing_kept_from_an_earlier_run_is_forgotten_once_its_file_is_another(root: Path) -> None:
    """A program may publish twice in one process."""
    project, found = judged(root)
    job = next(job for job in planned(project, found, "pdf").jobs.values() if job.form.name == "pdf")
    _, images = kept.shared()
    address = (root / NAME).as_uri()
    kept.digests(job.prepared.read)
    images[address] = drawing = object()
    kept.digests(job.prepared.read)
    assert images[address] is drawing
    changed = replace(job.prepared, read=tuple((path, "0" * 64) for path, _ in job.prepared.read))
    kept.digests(changed.read)
    assert address not in images


@pytest.mark.parametrize("back", [True, False], ids=["and changed back", "for good"])
def test_nothing_is_made_of_a_layout_that_is_changed_while_pages_are_planned(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: bool
) -> None:
    style, really, remembered = root / "layouts/own/layout.css", planning.plan, list[set[str]]()
    style.parent.mkdir(parents=True)
    (style.parent / "layout.toml").write_text('like = "a4"\n', encoding="utf-8")
    style.write_text("", encoding="utf-8")

    def plan(*given: object, **more: object) -> Plan:
        style.write_text("b { color: #123456 }", encoding="utf-8")
        made = really(*given, **more)  # type: ignore[arg-type]
        if back:
            style.write_text("", encoding="utf-8")
        return made

    monkeypatch.setattr(planning, "plan", plan)
    monkeypatch.setattr(Manifest, "remember", lambda _, new, __: remembered.append({*new}))
    loaded = load(root)
    outcome = pipeline.publish(loaded, Choice(formats=("html",)), tmp_path / "build", TODAY, lambda *_: None)
    (fault,) = (each for each in outcome.findings if each.check == "layout-exchanged")
    assert "layouts/own/layout.css was changed" in fault.message and fault.hint and fault.severity is Severity.ERROR
    of_pages = {"listed", "lacking"}  # which editions they list, and where they lead nowhere
    assert remembered == [of_pages] and not (tmp_path / "build/inhaler").exists()
