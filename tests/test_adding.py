"""To add a leaflet, a language, a layout, a check or a format touches one place, and each appears wherever it should.

All five are added to one copy of the repository with one small leaflet, which is then published, checked and listed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, TESTS
from tests.formats.test_other_packages import CODE

RECORD = """

def _sample(case: Case) -> Iterator[Problem]:
    if "agítelo" in case.translation:
        yield Problem("a sample of a problem")


CHECKS = (*CHECKS, Check("po-sample", Severity.WARNING, "A sample of a reason.", _sample,
    (Example("es", "Shake it.", "Primero agítelo."),), (Example("es", "Shake it.", "Sacuda."),)))
"""
DOSES = "plainleaf/checks/translation/doses.py"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The copy's own command."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(root), str(root.parent / "site")))}
    command = [sys.executable, "publish.py", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=600, check=False)


def add_leaflet(root: Path) -> None:
    text = (root / "sources/inhaler.md").read_text(encoding="utf-8")
    (root / "sources/spacer.md").write_text(text.replace("Your blue inhaler", "Your spacer"), encoding="utf-8")


def add_language(root: Path) -> None:
    done = run(root, "init", "fr")
    assert done.returncode == 0, done.stderr


def add_layout(root: Path) -> None:
    shutil.copytree(root / "layouts/a4", root / "layouts/desk")
    path = root / "layouts/desk/layout.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"A4"', '"Desk copy"'), encoding="utf-8")


def add_check(root: Path) -> None:
    with (root / DOSES).open("a", encoding="utf-8") as file:
        file.write(RECORD)


def add_format(root: Path) -> None:
    about = root.parent / "site/sample_formats-1.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-formats\nVersion: 1\n", encoding="utf-8")
    points = "[plainleaf.formats]\nsample-text = sample_formats:TEXT\n"
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    (about.parent / "sample_formats.py").write_text(CODE, encoding="utf-8")


STORIES: dict[str, tuple[Callable[[Path], None], str]] = {
    "leaflet": (add_leaflet, "sources/spacer.md"),
    "language": (add_language, "locales/fr/"),
    "layout": (add_layout, "layouts/desk/"),
    "check": (add_check, DOSES),
    "format": (add_format, ""),
}


def content_of(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@dataclass(frozen=True)
class Added:
    """The copy with all that was added: what each story touched, and what the commands said afterwards."""

    root: Path
    touched: dict[str, set[str]]
    published: subprocess.CompletedProcess[str]
    checked: subprocess.CompletedProcess[str]
    status: subprocess.CompletedProcess[str]

    def page(self, name: str) -> str:
        return " ".join((self.root / f"build/{name}.html").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    root = tmp_path_factory.mktemp("adding") / "copy"
    shutil.copytree(TESTS / "content", root)
    layouts = (
        "booklet*",
        "easy-read*",
        "large-print*",
        "letter",
        "sheet",
        "sheet-letter",
        "trifold*",
        "wallet-card*",
    )  # a4 and bilingual do
    ignored = ("pictures", "*.pot", "naltrexone*", "approvals.toml")
    for name in ("plainleaf", "layouts", "locales"):
        ignore = shutil.ignore_patterns(*ignored, *(layouts if name == "layouts" else ()))
        shutil.copytree(ROOT / name, root / name, ignore=ignore, dirs_exist_ok=True)
    shutil.copy(ROOT / "publish.py", root)
    assert run(root, "update").returncode == 0
    touched = {}
    for name, (add, _) in STORIES.items():
        before = content_of(root)
        add(root)
        after = content_of(root)
        touched[name] = {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
    formats = ("--format", "pdf", "--format", "sample-text")
    languages = ("--locale", "en", "--locale", "es", "--locale", "fr")
    return Added(
        root,
        touched,
        run(root, "publish", *formats, *languages, "--layout", "desk"),
        run(root, "check", "--report", "sarif"),
        run(root, "status", "--json"),
    )


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, (_, place) in STORIES.items()])
def test_one_place_is_touched(added: Added, name: str, place: str) -> None:
    touched = added.touched[name]
    assert bool(touched) == bool(place), "a format is a package of its own"
    assert all(file.startswith(place) for file in touched)


def test_the_repository_stays_green(added: Added) -> None:
    assert added.checked.returncode == 0, added.checked.stdout + added.checked.stderr
    assert added.published.returncode == 0, added.published.stderr


def test_the_run_makes_and_names_them(added: Added) -> None:
    made = {path.name for path in (added.root / "build").glob("*/*")}
    assert {"inhaler.en.desk.pdf", "inhaler.es.desk.pdf", "spacer.en.desk.pdf", "spacer.en.txt"} <= made
    table = {tuple(line.split()[:2]): line for line in added.published.stdout.splitlines()}
    assert "desk" in table["inhaler", "en"] and "sample-text" in table["spacer", "en"]
    assert "inhaler.fr.desk.pdf" not in made and table["inhaler", "fr"].split()[2] == "nothing"
    assert "po-sample" in added.published.stderr


def test_the_catalogue_and_the_page_of_status_list_them(added: Added) -> None:
    files, status = added.page("staff/print-list/spacer/en"), added.page("staff/status/spacer/index")
    assert "Your spacer" in added.page("staff/index")
    for said in ("Your spacer", "Desk copy", "Sample of plain text"):
        assert said in files, said
    for said in ("Your spacer", "French"):
        assert said in status, said


def test_json_has_them(added: Added) -> None:
    told = json.loads(added.status.stdout)
    assert "spacer" in {each["leaflet"] for each in told["sources"]}
    assert {("inhaler", "fr"), ("spacer", "fr")} <= {(each["leaflet"], each["locale"]) for each in told["translations"]}
    assert "sample-text" in {each["format"] for each in told["formats"]}
    (found,) = json.loads(added.checked.stdout)["runs"]
    assert "po-sample" in {rule["id"] for rule in found["tool"]["driver"]["rules"]}
    assert "po-sample" in {each["ruleId"] for each in found["results"]}
