"""A finding goes into JSON whole and comes back the same; nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.model import Finding, Location, Severity

places = st.builds(Location, st.text(), st.integers(0, 10**9))
findings = st.builds(
    Finding, st.text(), st.sampled_from(Severity), st.text(), places, hint=st.text(), po=st.none() | places
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(), inner, max_size=7),
    max_leaves=20,
)
GOOD: dict[str, Any] = Finding(
    "po-numbers", Severity.UNMEASURED, "what", Location("sources/a:b.md", 3), "how", Location("locales/es/x.po", 7)
).as_json()


@given(findings)
def test_it_comes_back_the_same(finding: Finding) -> None:
    assert Finding.from_json(json.loads(json.dumps(finding.as_json()))) == finding


@given(anything)
def test_nothing_else_is_taken_for_one(value: object) -> None:
    with pytest.raises(ValueError, match="no finding"):
        Finding.from_json(value)


@given(st.sampled_from(sorted(GOOD)), anything)
def test_a_damaged_part_spoils_it_or_is_what_it_could_have_been(key: str, value: object) -> None:
    try:
        read = Finding.from_json({**GOOD, key: value})
    except ValueError:
        return
    assert read.as_json() == {**GOOD, key: value}


@pytest.mark.parametrize(
    "at",
    [None, "sources/x.md:3", ["x", 1], {"file": "x"}, {"file": "x", "line": True}, {"file": "x", "line": -1},
     {"file": "x", "line": 1.0}, {"file": None, "line": 1}, {"file": "x", "line": 1, "column": 2}],
)  # fmt: skip
def test_a_place_is_a_file_and_a_whole_line(at: object) -> None:
    with pytest.raises(ValueError, match="no location"):
        Finding.from_json({**GOOD, "at": at})
