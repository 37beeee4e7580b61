"""What went wrong once in the engine room: a worker that dies, a reader that leaves, damaged files of ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf.artifacts.store import STORE
from plainleaf.files import places
from tests.conftest import ROOT, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]


def refused(root: Path, check: str, *arguments: str) -> str:
    done = plainleaf(*(arguments or ("build", "--layout", "a4", "--locale", "en")), root=root)
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2), said
    assert f"[{check}]" in said
    assert "Traceback" not in said
    return said


def with_layouts(root: Path) -> Path:
    """The content with a layout of its own, and the base of all."""
    for name in ("base", "a4"):
        another_layout(root, name)
    return root / "layouts"


def another_layout(root: Path, name: str) -> None:
    shutil.copytree(ROOT / "layouts" / name, root / "layouts" / name)


def test_broken_css_is_told_of_every_leaflet_not_of_the_first_in_a_worker(content: Path) -> None:
    css = with_layouts(content) / "a4/layout.css"
    css.write_text(css.read_text(encoding="utf-8") + "\np { colour: red }\n", encoding="utf-8")
    text = (content / "sources/inhaler.md").read_text(encoding="utf-8")
    for name in ("second", "third"):
        (content / f"sources/{name}.md").write_text(text, encoding="utf-8")
    refused(content, "render-warning")
    assert not list((content / "build").rglob("*.pdf"))


@pytest.mark.parametrize(
    "wrong", ["{{ 1/0 }}", '{{ "a" + 1 }}', "{% if %}", "{{ nobody }}", "{{ 1 | nobody }}", '{% include "none" %}']
)
def test_a_broken_template_is_named(content: Path, wrong: str) -> None:
    page = with_layouts(content) / "a4/layout.html"
    page.write_text('{% extends "base/page.html" %}{% block text %}' + wrong + "{% endblock %}", encoding="utf-8")
    assert "layouts/a4" in refused(content, "layout-template")


def test_a_broken_catalogue_page_does_not_lose_the_leaflets(content: Path) -> None:
    (with_layouts(content) / "base/site-index.html").write_text("{% if %}", encoding="utf-8")
    refused(content, "layout-template")
    assert (content / "build/inhaler/inhaler.en.a4.pdf").is_file()


def test_a_reader_who_leaves_does_not_stop_the_press(content: Path) -> None:
    command = [sys.executable, str(ROOT / "publish.py"), "build", "--format", "html"]
    with subprocess.Popen(command, cwd=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout
        run.stdout.close()
        run.wait(timeout=120)
    assert (content / "build/index.html").is_file()
    assert len(list((content / "build/inhaler").glob("*/index.html"))) == 2


@pytest.mark.parametrize("damage", [b"", b"{}", b"SQLite format 3\0" + bytes(5000)], ids=["empty", "text", "broken"])
def test_a_damaged_store_only_makes_everything_anew(damage: bytes, content: Path) -> None:
    assert plainleaf("--quiet", "build", "--format", "html", root=content).returncode == 0
    (content / "build" / STORE).write_bytes(damage)
    (content / "build/index.html").unlink()  # else nothing would be looked at
    done = plainleaf("build", "--format", "html", root=content)
    assert done.returncode == 0
    assert "2 of them made now" in done.stdout


DAMAGED = {"deep": "x = " + "[" * 4000, "long number": "x = " + "9" * 6000, "merge mark": "<<<<<<< HEAD\n"}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_toml_that_cannot_be_read_is_named(content: Path, text: str) -> None:
    (content / "sources/clinics/sample.toml").write_text(text, encoding="utf-8")
    assert "sources/clinics/sample.toml" in refused(content, "settings", "check")


def test_a_damaged_record_of_scores_is_not_written_over(content: Path) -> None:
    assert plainleaf("check", "--record", root=content).returncode == 0
    path = content / "sources/readability.toml"
    damaged = path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n"
    path.write_text(damaged, encoding="utf-8")
    said = refused(content, "settings", "check", "--record", "--locale", "es")
    assert "not recorded" in said
    assert path.read_text(encoding="utf-8") == damaged


def test_a_logo_outside_the_sources_is_not_read(content: Path, replaced: Edit) -> None:
    (content / "secret.png").write_bytes(b"not yours")
    replaced(content / "sources/clinics/sample.toml", 'logo = ""', 'logo = "../secret.png"\nlogo-alt = "a logo"')
    assert "name a picture below sources/" in refused(content, "settings", "check")


def test_the_settings_of_the_readme_are_right(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PACKAGE", ROOT / "plainleaf")  # with all layouts
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for file, example in zip(("pyproject.toml", "plainleaf.toml"), readme.split("```toml\n")[1:], strict=False):
        (content / file).write_text(example.partition("```")[0], encoding="utf-8")
        done = plainleaf("check", root=content)
        assert "settings" not in done.stdout
        assert done.returncode == 0, done.stdout
        (content / file).unlink()


def test_a_language_that_nobody_knows_is_named(content: Path, replaced: Edit) -> None:
    replaced(content / "sources/inhaler.md", "country: US", "country: US\nlanguage: xx")
    refused(content, "source-language", "check")


def test_a_leaflet_may_not_take_the_name_of_the_layouts_words(content: Path) -> None:
    (content / "sources/inhaler.md").rename(content / "sources/layouts.md")
    refused(content, "source-name", "check")


def test_a_font_file_that_is_no_font_is_named(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "Odd-Regular.ttf").write_bytes(b"no font at all")
    monkeypatch.setenv("PLAINLEAF_FONTS", str(folder))
    (content / "locales/es/locale.toml").write_text(
        '[[fonts]]\nname = "Odd"\nregular = "Odd-Regular.ttf"\nbold = "Odd-Regular.ttf"\n', encoding="utf-8"
    )
    refused(content, "font-failed", "check")
    refused(content, "font-failed", "build", "--layout", "a4")


def test_a_pdf_whose_leaflet_has_gone_is_pointed_at(content: Path) -> None:
    assert plainleaf("--quiet", "build", "--layout", "a4", "--locale", "es", root=content).returncode == 0
    source = content / "sources/inhaler.md"
    (content / "sources/other.md").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    source.write_text(source.read_text(encoding="utf-8").replace("title: Your", "title: Your: "), encoding="utf-8")
    done = plainleaf("build", "--format", "html", "--locale", "en", root=content)
    assert done.returncode == 1
    kept = "inhaler/inhaler.es.a4.pdf: warning: this file is of the last run in which the leaflet could be read"
    assert kept in done.stderr and "delete" not in done.stderr
    source.unlink()
    done = plainleaf("build", "--format", "html", "--locale", "en", root=content)
    assert "inhaler/inhaler.es.a4.pdf: warning: this file lies in the output folder" in done.stderr


def test_printers_files_of_a_leaflet_that_has_gone_are_named_too(content: Path) -> None:
    another_layout(content, "booklet")
    assert plainleaf("--quiet", "build", "--layout", "booklet", "--locale", "en", root=content).returncode == 0
    source = content / "sources/inhaler.md"
    source.rename(content / "sources/other.md")
    done = plainleaf("build", "--format", "html", "--locale", "en", root=content)
    assert "inhaler/inhaler.en.booklet-print.pdf: warning: this file and inhaler.en.booklet.pdf lie in" in done.stderr


def test_files_of_a_layout_that_the_settings_no_longer_ask_for_are_announced_once_they_are_out_of_date(
    content: Path,
) -> None:
    assert plainleaf("--quiet", "build", "--layout", "a4", "--locale", "en", root=content).returncode == 0
    another_layout(content, "letter")
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nlayouts = ["letter"]\nlocales = ["en"]\n')
    assert "a4.pdf" not in plainleaf("build", root=content).stderr
    clinic = next((content / "sources/clinics").glob("*.toml"))
    clinic.write_text(clinic.read_text(encoding="utf-8").replace("0142", "0143"), encoding="utf-8")
    done = plainleaf("build", root=content)
    assert "inhaler/inhaler.en.a4.pdf: warning: this file is out of date" in done.stderr
    assert "run plainleaf publish --layout a4" in done.stderr
