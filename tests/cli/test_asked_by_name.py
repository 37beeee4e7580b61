"""What is asked for by name is looked for among what is there; what is wrong with it is told as without the name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]


def errors(root: Path, *arguments: str) -> tuple[list[str], str]:
    """The lines of errors of a command that must not end well, and all that it says."""
    done = plainleaf(*arguments, root=root)
    assert done.returncode in (1, 2)
    said = done.stdout + done.stderr
    return sorted(line for line in said.splitlines() if ": error: " in line), said


BROKEN = {
    "a day of another kind": ("written: 2026-11-01", "written: 28.11.2026"),
    "no YAML": ("title: Your", "title: Your: "),
    "a key missing": ("country: US\n", ""),
    "no language": ("country: US", "country: US\nlanguage: qqq"),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_leaflet_that_cannot_be_read_tells_the_same_with_and_without_its_name(
    content: Path, replaced: Edit, old: str, new: str
) -> None:
    shutil.copy(content / "sources/inhaler.md", content / "sources/fever.md")
    replaced(content / "sources/fever.md", old, new)
    expected, _ = errors(content, "check")
    assert expected and all(line.startswith("sources/fever.md:") for line in expected)
    for command in (
        ("check", "fever"),
        ("check", "fever", "--locale", "es"),
        ("build", "fever", "--layout", "a4"),
        ("status", "fever"),
        ("approve", "es", "fever", "--by", "A. Sample, translator"),
    ):
        found, said = errors(content, *command)
        assert found == expected and "there is no leaflet" not in said


def test_the_approval_of_a_leaflet_that_cannot_be_read_is_no_strangers(content: Path, replaced: Edit) -> None:
    assert plainleaf("approve", "es", "inhaler", "--by", "A. Sample, translator", root=content).returncode == 0
    replaced(content / "sources/inhaler.md", "country: US\n", "")
    assert "approval-unknown" not in plainleaf("check", root=content).stdout


def test_the_only_leaflet_of_a_language_may_be_broken(content: Path, replaced: Edit) -> None:
    german = content / "sources/spray.md"
    shutil.copy(content / "sources/inhaler.md", german)
    replaced(german, "country: US", "country: DE\nlanguage: de")
    (content / "plainleaf.toml").write_text('locales = ["en", "de"]\n', encoding="utf-8")
    assert plainleaf("check", "--locale", "de", root=content).returncode == 0
    replaced(german, "written: 2026-11-01", "written: soon")
    for command in (("check",), ("check", "--locale", "de"), ("check", "spray")):
        (line,), _ = errors(content, *command)
        assert line.startswith("sources/spray.md:5: error: ")


@pytest.mark.parametrize("name", ["pt-BR", "xx"])
def test_a_folder_that_is_no_locale_is_told_when_it_is_named(content: Path, name: str) -> None:
    (content / "locales" / name).mkdir()
    (expected,), _ = errors(content, "check")
    assert expected.startswith(f"locales/{name}: error: not a known language")
    for command in (("check", "--locale", name), ("update", name)):
        (found,), said = errors(content, *command)
        assert found == expected and "there is no" not in said


def test_a_clinic_whose_file_is_broken_is_told_when_it_is_named(content: Path, replaced: Edit) -> None:
    other = content / "sources/clinics/second.toml"
    other.write_text((content / "sources/clinics/sample.toml").read_text(encoding="utf-8"), encoding="utf-8")
    replaced(other, "202-555-0142", "202-555")
    (content / "plainleaf.toml").write_text('clinic = "second"\n', encoding="utf-8")
    assert errors(content, "check")[0] == errors(content, "check", "--clinic", "second")[0] != []


@pytest.mark.parametrize("wrong", ["b { colour: red", "b { background: url(gone.png) }"])
def test_a_look_that_is_broken_is_told_when_it_is_named_and_when_the_settings_name_it(
    content: Path, small_tool: Path, wrong: str
) -> None:
    shutil.copytree(small_tool / "layouts", content / "layouts")
    (content / "layouts/base/looks/green.css").write_text(wrong, encoding="utf-8")
    expected, _ = errors(content, "check")
    assert expected and all(line.startswith("layouts/base/looks/green.css") for line in expected)
    found, said = errors(content, "build", "--look", "green")
    assert found == expected and "there is no look" not in said
    (content / "plainleaf.toml").write_text('looks = ["green"]\n', encoding="utf-8")
    assert errors(content, "check")[0] == expected


@pytest.mark.parametrize("broken", ["a4/layout.toml", "base/base.css"])
def test_a_layout_that_is_broken_is_told_when_it_is_named(content: Path, small_tool: Path, broken: str) -> None:
    shutil.copytree(small_tool / "layouts", content / "layouts")
    with (content / "layouts" / broken).open("a", encoding="utf-8") as file:
        file.write("\n}{ nonsense\n")
    found, said = errors(content, "build", "--layout", "a4")
    assert any(re.match(rf"layouts/{broken}:\d+: error: ", line) for line in found)
    assert "there is no layout" not in said


def test_a_name_of_nothing_is_still_wrong_usage(content: Path) -> None:
    for command in (("check", "fever"), ("check", "--locale", "xx"), ("build", "--look", "green")):
        done = plainleaf(*command, root=content)
        assert done.returncode == 2 and "there is no" in done.stderr
    done = plainleaf("check", "--locale", "fr", root=content)
    assert done.returncode == 2 and "no leaflet is in French yet" in done.stderr and "init fr" in done.stderr


# --------------------------------------------------------------------------- what the settings leave out


def html_of(root: Path) -> list[str]:
    return sorted(path.parent.name for path in (root / "build/inhaler").glob("*/index.html"))


def test_a_language_that_the_settings_leave_out_is_made_when_it_is_named(content: Path) -> None:
    (content / "plainleaf.toml").write_text('locales = ["en"]\nformats = ["html"]\n', encoding="utf-8")
    done = plainleaf("publish", "--locale", "es", root=content)
    assert done.returncode == 0 and html_of(content) == ["es"], done.stderr
    done = plainleaf("publish", root=content)
    assert done.returncode == 0 and html_of(content) == ["en", "es"]
    assert "left-over" not in done.stderr, "it belongs to a leaflet that there is"


def test_what_was_once_asked_for_is_told_of_once_it_is_out_of_date(content: Path, replaced: Edit) -> None:
    (content / "plainleaf.toml").write_text('locales = ["en"]\nformats = ["html"]\n', encoding="utf-8")
    plainleaf("publish", "--locale", "es", "--locale", "en", root=content)
    po = content / "locales/es/LC_MESSAGES/inhaler.po"
    text = po.read_text(encoding="utf-8")
    title = re.search(r'msgstr "(Su [^"]+)"', text)
    assert title
    po.write_text(text.replace(title[1], f"{title[1]} azul"), encoding="utf-8")
    done = plainleaf("publish", root=content)
    assert "inhaler/es/index.html" in done.stderr and "run plainleaf publish --locale es" in done.stderr


def test_a_translation_that_nobody_has_begun_is_not_called_a_failure(content: Path) -> None:
    (content / "locales/fr/LC_MESSAGES").mkdir(parents=True)
    done = plainleaf("publish", "--format", "html", root=content)
    (line,) = (line for line in done.stdout.splitlines() if re.match(r"inhaler +fr ", line))
    assert line.rstrip().endswith("not started") and "NOT MADE" not in done.stdout


def test_pages_name_the_command_as_it_was_called(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "locales/fr/LC_MESSAGES").mkdir(parents=True)
    monkeypatch.setenv("PLAINLEAF_COMMAND", "<./do>")
    assert plainleaf("publish", "--format", "html", "--locale", "en", root=content).returncode == 0
    pages = {
        path.relative_to(content / "build").as_posix(): path.read_text(encoding="utf-8")
        for path in (content / "build").rglob("*.html")
    }
    assert "run &lt;./do&gt; publish" in pages["staff/print-list/inhaler/en.html"], "PDFs are not made yet"
    assert not [name for name, page in pages.items() if re.search("plainleaf (publish|update|init|check)", page)]


# --------------------------------------------------------------------------- the template for screens


SCREENS = {
    "it cannot be read": ("{% block", "layouts/base/web.html:1: error: "),
    "it names what is not there": ("{% extends 'base/page.html' %}\n{% block head %}{{ no.such }}{% endblock %}",
                                   "layouts/base/web.html:2: error: "),
    "it leaves texts out": ("{% extends 'base/page.html' %}\n{% block text %}{% endblock %}", "sources/inhaler.md:"),
}  # fmt: skip


@pytest.mark.parametrize(("template", "line"), SCREENS.values(), ids=SCREENS)
def test_check_fills_the_template_for_screens_too(content: Path, template: str, line: str) -> None:
    base = content / "layouts/base"
    base.mkdir(parents=True)
    (base / "web.html").write_text(template, encoding="utf-8")
    found, _ = errors(content, "check", "--locale", "en")
    assert found and all(each.startswith(line) for each in found)
