"""Places, and names of languages, as they are written and read back."""

from __future__ import annotations

import pytest

from plainleaf.model import Location
from plainleaf.model.tags import language_tag, locale_name


@pytest.mark.parametrize(
    "place",
    [
        Location("sources/x.md"),
        Location("sources/x.md", 14),
        Location("a:b.md", 3),
        Location("a:b.md"),
        Location(""),
        Location("x:²"),  # a digit to Unicode, and no number
    ],
)
def test_a_place_is_read_as_it_is_written(place: Location) -> None:
    assert Location.parse(str(place)) == place


def test_a_line_without_a_file_is_a_file_of_that_name() -> None:
    assert Location.parse(":14") == Location(":14")


@pytest.mark.parametrize(("name", "tag"), [("en", "en"), ("zh_Hans", "zh-Hans"), ("az_Cyrl_AZ", "az-Cyrl-AZ")])
def test_a_language_has_a_name_and_a_tag(name: str, tag: str) -> None:
    assert [language_tag(name), language_tag(tag), locale_name(tag), locale_name(name)] == [tag, tag, name, name]
