"""Looks: other colours and spacing for any layout, beside the plain file; less ink, marks for the press."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, needs, plainleaf

from plainleaf import layouts
from plainleaf.formats import validation

LOOKS = layouts.looks([ROOT / "layouts"])


def made(content: Path, *arguments: str) -> Path:
    done = plainleaf("--quiet", "build", "--layout", "a4", "--locale", "en", *arguments, root=content)
    assert done.returncode == 0, done.stderr
    return content / "build/inhaler"


def ink(path: Path) -> int:
    """How dark the first page is: the sum of all that is not white."""
    needs("pdftoppm")
    command = ["pdftoppm", "-r", "40", "-gray", "-f", "1", "-l", "1", str(path)]
    image = subprocess.run(command, capture_output=True, check=True).stdout
    return sum(255 - value for value in image.split(b"\n", 3)[3])


def test_every_look_is_made_beside_the_plain_file_and_is_valid(content: Path) -> None:
    assert {"yellow-on-black", "black-on-yellow", "dyslexia", "ink-saving", "marks"} <= set(LOOKS)
    folder = made(content, *(option for look in LOOKS for option in ("--look", look)))
    for look in LOOKS:
        assert not validation.validate((folder / f"inhaler.en.a4.{look}.pdf").read_bytes()), look
    plain = made(content) / "inhaler.en.a4.pdf"
    assert ink(folder / "inhaler.en.a4.ink-saving.pdf") < ink(plain) < ink(folder / "inhaler.en.a4.yellow-on-black.pdf")


def test_the_settings_make_looks_each_time_and_the_catalogue_names_them(content: Path) -> None:
    (content / "pyproject.toml").write_text('[tool.plainleaf]\nlooks = ["ink-saving"]\n', encoding="utf-8")
    assert {path.name for path in made(content).iterdir()} == {"inhaler.en.a4.pdf", "inhaler.en.a4.ink-saving.pdf"}
    assert "A4, ink saving" in (content / "build/index.html").read_text(encoding="utf-8")


def test_the_order_of_looks_does_not_matter(content: Path) -> None:
    folder = made(content, "--look", "marks+dyslexia")
    assert [path.name for path in folder.iterdir()] == ["inhaler.en.a4.dyslexia+marks.pdf"]


def test_an_unknown_look_names_the_nearest_one(content: Path) -> None:
    done = plainleaf("build", "--look", "dislexia", root=content)
    assert done.returncode == 2 and "did you mean “dyslexia”?" in done.stderr


@pytest.mark.parametrize("look", ["yellow-on-black", "black-on-yellow"])
def test_high_contrast_has_two_colours_alone(look: str) -> None:
    css = (ROOT / f"layouts/base/looks/{look}.css").read_text(encoding="utf-8")
    declared = css.split(":root {")[1].split("}")[0].split(";")
    assert {line.rpartition(":")[2].strip() for line in declared} - {""} == {"#ffee33", "#000000"}


def test_letters_that_join_are_not_spaced() -> None:
    css = (ROOT / "layouts/base/looks/dyslexia.css").read_text(encoding="utf-8")
    spaced = [line for line in css.split("}") if "letter-spacing" in line and "letter-spacing: 0" not in line]
    assert spaced and all("Latn" in rule and "Arab" not in rule and "Deva" not in rule for rule in spaced)
