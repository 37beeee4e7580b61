"""Each construct of the source language, as the tags of a finished PDF have it: ``tests/golden/constructs.tags``.

The booklet has room for tables of two columns: a wider one is a list of records there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plainleaf.formats.pdf import render
from tests import tagtree, verapdf
from tests.matrix import cases

GOLDEN = Path(__file__).parents[2] / "golden" / "constructs.tags"
FOLLOWS = ("ua1", "2a")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    case = cases.Case("booklet", tuple(cases.BLOCKS))
    sheet, found = cases.sheet(case, tmp_path_factory.mktemp("constructs"))
    assert sheet and not found
    return render.write(sheet).data


def test_each_construct_has_its_tags(made: bytes) -> None:
    tags = tagtree.dump(made)
    if os.environ.get("PLAINLEAF_GOLDEN"):
        GOLDEN.write_text(tags, encoding="utf-8")
    assert tags == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", FOLLOWS)
def test_they_are_valid_to_a_second_validator(made: bytes, profile: str) -> None:
    if missing := verapdf.available():
        pytest.skip(missing)
    assert verapdf.validate(made, profile) == ()
