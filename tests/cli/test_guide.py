"""The guides come with the package, and no hint leads to a file or guide that does not exist."""

from __future__ import annotations

import re
import tomllib

import pytest

from plainleaf.cli import guide
from plainleaf.cli import main as cli
from tests.conftest import ROOT
from tests.test_words import all_said

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("name", guide.GUIDES)
def test_a_guide_is_printed_whole(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["guide", name]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("# ") and printed.count("\n") == guide.text(name).count("\n")


@pytest.mark.parametrize("called", ["plainleaf", "./do"])
def test_a_guide_names_the_command_as_it_was_called(called: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["guide", "writing"], called=called) == 0
    printed = capsys.readouterr().out
    assert f"{called} check" in printed and ("./do check" in printed) == (called == "./do")


def test_without_a_name_all_guides_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["guide"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"plainleaf guide {name}" for name in guide.GUIDES
    ]


def test_the_wheel_carries_each_guide() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    for folder, file, _ in guide.GUIDES.values():
        package = f"plainleaf.shipped.{folder}"
        assert package in setup["packages"] and setup["package-dir"][package] == folder
        assert {file, "*.md"} & set(setup["package-data"][package]), file


def test_no_message_names_a_guide_that_does_not_exist() -> None:
    texts = [text for _, _, text in all_said()]
    named = {name for text in texts for name in re.findall(r"plainleaf guide ([a-z]+)", text)}
    assert named and named <= set(guide.GUIDES)


def test_no_message_names_a_guide_by_its_file_in_the_repository() -> None:
    """Who has installed the package has no such file."""
    texts = [text for _, _, text in all_said()]
    assert [
        text for text in texts if re.search(r"\b(?:README|CONTRIBUTING|docs/[a-z]+)\.md\b|\bdocs/[a-z]+\.md", text)
    ] == []


def test_links_of_the_guides_lead_to_files() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(guide.path(name) for name in guide.GUIDES)):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [to for to in LINK.findall(text) if not (page.parent / to).exists()] == [], page


def test_the_leaflets_that_the_readme_and_guides_name_are_there() -> None:
    command = re.compile(r"(?:publish|sign-off|approve [a-z]{2}) ([a-z]+(?:-[a-z]+)+)\\b")
    for page in (ROOT / "README.md", *(guide.path(name) for name in guide.GUIDES)):
        for name in command.findall(page.read_text(encoding="utf-8")):
            assert (ROOT / "sources" / f"{name}.md").is_file(), f"{page}: {name}"


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
