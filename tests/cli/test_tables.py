"""A table that goes to a file is the one that Rich would draw, without Rich where it is plain."""

from __future__ import annotations

import pytest

from plainleaf.cli import tables

HEAD = ("leaflet", "language", "made", "state")
LONG = ", ".join(f"layout-{number} {number} p." for number in range(30))


@pytest.mark.parametrize(
    ("rows", "is_plain"),
    [
        ([("inhaler", "es", "a4 2 p.", "draft")], True),
        ([("inhaler", "es", LONG, "draft"), ("inhaler-of-long-name", "en", "", "")], True),
        ([("inhaler", "es", f"{LONG}  two  spaces", "draft translation")], True),
        ([("inhaler", "es", "x" * 400, "")], False),
        ([(LONG, "es", LONG, "")], False),
        ([(LONG, "", "", "")], True),
        ([("inhalateur à poudre", "fr", "a4", "")], False),
        ([("inhaler", "es", ":warning:", "")], False),
    ],
)
def test_a_table_for_a_file_is_as_rich_draws_it(
    rows: list[tuple[str, ...]],
    is_plain: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert bool(tables.plain([HEAD, *rows])) is is_plain
    tables.show(HEAD, rows)
    quick = capsys.readouterr().out
    monkeypatch.setattr(tables, "plain", lambda rows: [])
    tables.show(HEAD, rows)
    assert quick == capsys.readouterr().out


def test_a_column_alone_is_broken_between_words() -> None:
    lines = tables.plain([["made"], [LONG]])
    assert " ".join(line.strip() for line in lines) == f"made {LONG}" and {*map(len, lines)} == {tables.WIDTH}
