"""Where a printed web address breaks: behind a slash, before a dot or @, and inside of a word only where it is long."""

from __future__ import annotations

import pytest

from plainleaf.clinics.details import printed_address
from plainleaf.languages.invisible import WORD_JOINER, ZERO_WIDTH_SPACE


@pytest.mark.parametrize(
    ("address", "pieces"),
    [
        ("https://clinic.example/a/opioid-overdose.zh-Hans.pdf", "clinic|.example/|a/|opioid-overdose|.zh-Hans|.pdf"),
        ("https://www.clinic.example/", "clinic|.example"),
        ("doi:10.1192/bjp.bp.108", "doi:10|.1192/|bjp|.bp|.108"),
        ("first-name@clinic.example", "first-name|@clinic|.example"),
        ("https://clinic.example/a_b~c..d", "clinic|.example/|a_b~c|.|.d"),
    ],
)  # fmt: skip
def test_an_address_breaks_behind_slashes_and_before_dots_alone(address: str, pieces: str) -> None:
    assert printed_address(address).replace(WORD_JOINER, "") == pieces.replace("|", ZERO_WIDTH_SPACE)


def test_what_hardly_has_room_in_a_line_breaks_before_its_hyphens_too() -> None:
    shown = printed_address("https://clinic.example/what-to-do-after-an-operation.pdf").replace(WORD_JOINER, "")
    assert shown.endswith(
        "/what-to-do-after-an-operation.pdf".replace("/", "/|")
        .replace("-", "|-")
        .replace(".", "|.")
        .replace("|", ZERO_WIDTH_SPACE)
    )


@pytest.mark.parametrize("sign", ["-", "_", "~", ".", "@"])
def test_no_line_ends_with_a_sign_that_says_something_else_there(sign: str) -> None:
    shown = printed_address(f"https://clinic.example/a{sign}b")
    assert f"{sign}{WORD_JOINER}b" in shown
