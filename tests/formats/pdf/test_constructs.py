"""Each construct of the source language, as the tags of a finished PDF have it: ``tests/golden/constructs.tags``.

The booklet has room for tables of two columns: a wider one is a list of records there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.formats.pdf import render
from plainleaf.model import PROFILES
from tests import tagtree, verapdf
from tests.matrix import cases

GOLDEN = Path(__file__).parents[2] / "golden" / "constructs.tags"
FOLLOWS = {"ua-1 + a-2a": ("ua1", "2a"), "ua-2 + wtpdf + a-4": ("ua2", "wt1a", "wt1r", "4")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The file, by the profile that it follows."""
    case = cases.Case("booklet", tuple(cases.BLOCKS))
    sheet, found = cases.sheet(case, tmp_path_factory.mktemp("constructs"))
    assert sheet and not found
    profiles = (replace(sheet, rules=replace(sheet.rules, profile=profile)) for profile in PROFILES.values())
    return {each.rules.profile: render.write(each).data for each in profiles}


def test_each_construct_has_its_tags(made: dict[str, bytes]) -> None:
    tags = tagtree.dump(made["ua-1 + a-2a"])
    if os.environ.get("PLAINLEAF_GOLDEN"):
        GOLDEN.write_text(tags, encoding="utf-8")
    assert tags == GOLDEN.read_text(encoding="utf-8")


def test_in_pdf_2_what_has_a_head_is_a_list_of_descriptions(made: dict[str, bytes]) -> None:
    older, newer = (tagtree.dump(made[profile]).splitlines() for profile in FOLLOWS)
    changed = [(old, new) for old, new in zip(older, newer, strict=True) if old.strip() != new.strip()]
    lists = {(old.strip(), new.strip()) for old, new in changed if "ListNumbering" in old}
    assert lists == {("L ListNumbering=None", "L ListNumbering=Description")}


@pytest.mark.parametrize("profile", FOLLOWS)
def test_they_are_valid_to_a_second_validator(made: dict[str, bytes], profile: str) -> None:
    if missing := verapdf.available():
        pytest.skip(missing)
    assert [verapdf.validate(made[profile], flavour) for flavour in FOLLOWS[profile]] == [()] * len(FOLLOWS[profile])
