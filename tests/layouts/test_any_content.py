"""Layouts bear any content: every kind of block in every layout, first and last and alone, in both directions."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from plainleaf.layouts import file as layoutfile
from plainleaf.model import Layout
from plainleaf.sources.blocks import KINDS
from tests.conftest import ROOT
from tests.matrix import cases

TOO_LONG = "fit-pages"
FOLDERS = [ROOT / "layouts"]


def layouts() -> list[Layout]:
    """Those with templates and style of their own; others are the same on other paper."""
    found = (layoutfile.load(name, FOLDERS, ROOT)[0] for name in layoutfile.names(FOLDERS))
    return [layout for layout in found if layout and not layout.like and not layout.name.endswith("letter")]


COVERING = list(cases.covering(layouts()))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any content")


@pytest.mark.parametrize("case", COVERING, ids=lambda case: case.name)
def test_a_leaflet_of_any_content_is_made_without_a_finding(case: cases.Case, root: Path) -> None:
    found = cases.printed(case, root)
    if case.layout == "wallet-card" and any(each.check == TOO_LONG for each in found):
        return  # what has no room on a card is refused, as it should be
    assert not found


def test_every_block_is_in_every_layout_of_any_length_and_every_kind_is_printed() -> None:
    """Of folded leaflets and cards each block is on one: test_first_block.py has it on each, as HTML."""
    there = {layout.name: layout for layout in layouts()}
    blocks = {name: {block for case in COVERING if case.layout == name for block in case.blocks} for name in there}
    few = [name for name, layout in there.items() if layout.text in cases.SMALL]
    assert all(blocks[name] == set(cases.BLOCKS) for name in there if name not in few)
    assert set().union(*(blocks[name] for name in few)) == set(cases.BLOCKS) and all(blocks.values())
    printed = set().union(*(cases.kinds(case, there[case.layout]) for case in COVERING))
    lacking = {kind for kind, about in KINDS.items() if about.printed != "-"} - printed
    assert not lacking, "give these kinds of blocks an example in the table of blocks, or in tests/matrix/cases.py"
    assert {case.locale for case in COVERING} == set(cases.LOCALES) and len(COVERING) <= 30


def test_the_matrix_has_each_block_first_and_last_in_each_layout_and_alone_in_each_language() -> None:
    there = [layout for name in layoutfile.names(FOLDERS) if (layout := layoutfile.load(name, FOLDERS, ROOT)[0])]
    clinics = ["one", "another"]
    matrix = cases.everywhere(there, clinics, random.Random(1))
    assert len({case.name for case in matrix}) == len(matrix)
    several = [case for case in matrix if len(case.blocks) > 1]
    everywhere = {(layout.name, block) for layout in there for block in cases.BLOCKS}
    assert everywhere == {(case.layout, case.blocks[0]) for case in several}
    assert everywhere == {(case.layout, case.blocks[-1]) for case in several}
    alone = {(case.blocks[0], case.clinic) for case in matrix if len(case.blocks) == 1}
    assert {block for block, _ in alone} == set(cases.BLOCKS) and {clinic for _, clinic in alone} == set(clinics)
    assert {case.locale for case in matrix} == set(cases.LOCALES)
