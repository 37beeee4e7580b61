"""What no patient acts on, studies and versions, may be set finer than the rest, where a layout says how fine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf.layouts import file as layouts
from tests.conftest import ROOT

FINE = {"a4", "letter", "booklet", "booklet-letter", "bilingual", "bilingual-letter", "sheet", "sheet-letter"}


def loaded(root: Path, line: str) -> tuple[float, list[str]]:
    """The finest type of a copy of A4 with a line of its own for it, and what was found."""
    folder = root / "layouts"
    shutil.copytree(ROOT / "layouts/a4", folder / "mine", dirs_exist_ok=True)
    settings = folder / "mine/layout.toml"
    kept = [each for each in settings.read_text(encoding="utf-8").splitlines() if not each.startswith("fine-size")]
    settings.write_text("\n".join([line, *kept]), encoding="utf-8")
    layout, found = layouts.load("mine", [folder], root)
    return (layout.fine_pt if layout else 0.0), [each.message for each in found]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fine-size = 9", "fine-size: 9 is not a number from 10 to 72"),
        ("fine-size = 12.5", "fine-size: it is larger than least-size"),
    ],
)
def test_fine_print_is_10_pt_or_more_and_smaller_than_the_rest(tmp_path: Path, line: str, said: str) -> None:
    assert loaded(tmp_path, line) == (0.0, [said])


def test_it_is_as_large_as_the_smallest_type_where_a_layout_says_nothing(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == (0.0, [])
    assert loaded(tmp_path, "fine-size = 10.5") == (10.5, [])


def test_large_print_and_easy_read_have_none() -> None:
    there = {name: layouts.load(name, [ROOT / "layouts"], ROOT)[0] for name in layouts.names([ROOT / "layouts"])}
    assert {name for name, layout in there.items() if layout and layout.fine_pt} == FINE
