"""Columns of tables are shared out by what stands in them."""

from __future__ import annotations

import re

from plainleaf.layouts.columns import MOST_COLUMNS, Cell, shares
from tests.sources.test_forms import page


def rows(*texts: tuple[float, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(whole, min(whole, 4)) for whole in row) for row in texts)


def test_a_table_that_has_room_for_each_text_in_a_line_is_left_alone() -> None:
    assert shares(rows((5, 5), (8, 10)), room=20, beside=0.5) == ()


def test_a_column_of_long_texts_takes_what_short_ones_leave() -> None:
    first, second = shares(rows((5, 40), (5, 60)), room=30, beside=0.5)
    assert first + second == 100 and 5 <= 30 * first / 100 - 0.5 < 7


def test_no_column_is_narrower_than_its_longest_word() -> None:
    table = ((Cell(9, 9), Cell(90, 5)), (Cell(9, 9), Cell(90, 5)))
    assert 30 * shares(table, room=30, beside=0.5)[0] / 100 - 0.5 >= 9
    assert shares(((Cell(20, 20), Cell(20, 20)),), room=30, beside=0.5) == ()


def test_tables_of_one_column_or_of_many_are_left_alone() -> None:
    assert shares(rows((90,)), 30, 0.5) == () == shares(rows((9,) * (MOST_COLUMNS + 1)), 30, 0.5)


LONG = "Drink a cup of water each hour, rest as long as you need to, and call the clinic if you feel worse."


def test_a_table_is_printed_with_the_share_of_each_column() -> None:
    html = page(f"| When | What |\n|---|---|\n| Each hour | {LONG} |\n")
    first, second = map(int, re.findall(r'<col class="share-(\d+)">', html))
    assert first + second == 100 and first < second
    assert "<col" not in page("| When | What |\n|---|---|\n| Each hour | Water |\n")
