"""Which page lies where on a sheet, in figures that a person can check with a ruler and a folded piece of paper."""

from __future__ import annotations

import pytest

from plainleaf.formats.pdf.sheets import ImpositionError, Side, arranged, check_room, placed, room
from plainleaf.model import Scheme

MM = 72 / 25.4
FAR = float("inf")
A5, PANEL, FLAP, CARD = (148.5, 210.0), (100.0, 210.0), (97.0, 210.0), (85.0, 54.0)
BOOKLET = Scheme("saddle-stitch", 297, 210)
TRIFOLD = Scheme("trifold", 297, 210)
Size = tuple[float, float]


def points(*sizes: Size) -> list[Size]:
    return [(width * MM, height * MM) for width, height in sizes]


def pages(sides: list[Side]) -> list[tuple[tuple[int, ...], ...]]:
    """The pages of each side, row by row, counted from 1; 0 is an empty place."""
    return [tuple(tuple(0 if number is None else number + 1 for number in row) for row in side.rows) for side in sides]


# --------------------------------------------------------------------------- which page goes where


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (1, [(0, 1), (0, 0)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(5, 1), (2, 0), (0, 3), (4, 0)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_a_booklet_has_its_covers_outside(count: int, sides: list[tuple[int, int]]) -> None:
    made = arranged(points(*[A5] * count), BOOKLET, "ltr")
    assert pages(made) == [(side,) for side in sides]
    turned = arranged(points(*[A5] * count), BOOKLET, "rtl")
    assert pages(turned) == [(side[::-1],) for side in sides]


def test_inner_sheets_creep_by_the_thickness_of_paper_and_at_most_2_mm() -> None:
    made = arranged(points(*[A5] * 100), BOOKLET, "ltr")
    assert [round(side.creep / MM, 3) for side in made[:6]] == [0, 0, 0.1, 0.1, 0.2, 0.2]
    assert [round(side.creep / MM, 3) for side in made[38:46]] == [1.9, 1.9, 2, 2, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("count", "outside", "inside"),
    [
        (1, (0, 0, 1), (0, 0, 0)), (2, (0, 2, 1), (0, 0, 0)), (3, (2, 3, 1), (0, 0, 0)), (4, (2, 4, 1), (3, 0, 0)),
        (5, (2, 5, 1), (3, 4, 0)), (6, (2, 6, 1), (3, 4, 5)),
    ],
)  # fmt: skip
def test_a_leaflet_folded_in_three(count: int, outside: tuple[int, ...], inside: tuple[int, ...]) -> None:
    sizes = [FLAP if number in (1, 4) else PANEL for number in range(count)]
    made = arranged(points(*sizes), TRIFOLD, "ltr")
    assert pages(made) == [(outside,), (inside,)]
    assert [round(width / MM) for width in made[0].widths] == [97, 100, 100]
    assert [round(width / MM) for width in made[1].widths] == [100, 100, 97]


@pytest.mark.parametrize(
    ("sizes", "fault"),
    [
        ([PANEL] * 7, "has 6 panels, and there are 7 pages"),
        ([PANEL, (98.0, 210.0), *[PANEL] * 2], "page 2 is 98.0 mm wide, and the panel that is folded in 97.0 mm"),
        ([PANEL, FLAP, PANEL, PANEL, PANEL, PANEL], "page 5 is 100.0 mm wide, and the panel that is folded in 97.0 mm"),
        ([PANEL, FLAP, (100.0, 211.0)], "page 3 is 100 x 211 mm, page 1 100 x 210 mm: all must be of one size"),
    ],
)
def test_a_leaflet_that_would_not_fold_is_refused(sizes: list[Size], fault: str) -> None:
    with pytest.raises(ImpositionError, match=fault):
        arranged(points(*sizes), TRIFOLD, "ltr")


def test_narrower_panels_of_all_six_are_folded_in_as_they_are() -> None:
    made = arranged(points(*[(90.0, 210.0)] * 6), TRIFOLD, "ltr")
    assert {round(width / MM) for side in made for width in side.widths} == {90}


CARDS = Scheme("cards", 210, 297, columns=2, rows=2)


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (1, [((1, 1), (1, 1)), ((0, 0), (0, 0))]),
        (2, [((1, 1), (1, 1)), ((2, 2), (2, 2))]),
        (3, [((1, 3), (1, 3)), ((0, 2), (0, 2))]),
        (6, [((1, 3), (5, 1)), ((4, 2), (2, 6))]),
        (10, [((1, 3), (5, 7)), ((4, 2), (8, 6)), ((9, 1), (3, 5)), ((2, 10), (6, 4))]),
    ],
)
def test_cards_fill_their_sheets_and_each_back_lies_behind_its_front(count: int, sides: list[object]) -> None:
    assert pages(arranged(points(*[CARD] * count), CARDS, "ltr")) == sides


def test_a_card_of_two_leaves_has_its_fold_where_a_line_begins() -> None:
    folded = Scheme("cards", 210, 297, columns=2, rows=1, folded=True)
    assert pages(arranged(points(*[CARD] * 4), folded, "ltr")) == [((3, 1),), ((2, 4),)]
    assert pages(arranged(points(*[CARD] * 4), folded, "rtl")) == [((1, 3),), ((4, 2),)]


@pytest.mark.parametrize(("more", "refused"), [(0.49, False), (0.51, True), (-0.49, False), (-0.51, True)])
@pytest.mark.parametrize("side", [0, 1])
def test_pages_are_of_one_size_to_half_a_millimetre(more: float, refused: bool, side: int) -> None:
    other = (CARD[0] + more, CARD[1]) if side == 0 else (CARD[0], CARD[1] + more)
    if refused:
        with pytest.raises(ImpositionError, match="page 2 is"):
            arranged(points(CARD, other), CARDS, "ltr")
    else:
        assert arranged(points(CARD, other), CARDS, "ltr")


# --------------------------------------------------------------------------- where that is


def millimetres(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(start / MM, 3), round(end / MM, 3)) for start, end in places]


def test_the_pages_stand_in_the_middle_of_the_sheet_the_upper_row_first() -> None:
    (front, _) = arranged(points(CARD, CARD), CARDS, "ltr")
    columns, lines, sheet = placed(front, CARDS)
    assert millimetres(columns) == [(20, 105), (105, 190)]
    assert millimetres(lines) == [(148.5, 202.5), (94.5, 148.5)], "counted from the foot of the sheet"
    assert millimetres([sheet]) == [(210, 297)]


def test_gaps_part_them_and_a_larger_sheet_has_more_round_them() -> None:
    wide = Scheme("cards", 210, 297, columns=2, rows=2, gap_mm=4, around_mm=10)
    (front, _) = arranged(points(CARD, CARD), wide, "ltr")
    columns, lines, sheet = placed(front, wide)
    assert millimetres(columns) == [(28, 113), (117, 202)]
    assert millimetres(lines) == [(160.5, 214.5), (102.5, 156.5)]
    assert millimetres([sheet]) == [(230, 317)]


def side(width: float, height: float, columns: int = 2, rows: int = 3) -> Side:
    return Side((width * MM,) * columns, height * MM, ((None,) * columns,) * rows)


@pytest.mark.parametrize(
    ("width", "height", "gap", "refused"),
    [
        (100.0, 95.0, 0, False), (105.2, 95.0, 0, False), (105.3, 95.0, 0, True), (100.0, 99.1, 0, False),
        (100.0, 99.2, 0, True), (103.2, 95.0, 4, False), (103.3, 95.0, 4, True), (100.0, 96.4, 4, False),
        (100.0, 96.6, 4, True),
    ],
)  # fmt: skip
def test_all_pages_of_a_side_fit_on_the_sheet(width: float, height: float, gap: float, refused: bool) -> None:
    scheme = Scheme("cards", 210, 297, gap_mm=gap)
    if refused:
        with pytest.raises(ImpositionError, match="mm, and the sheet has 210 x 297 mm"):
            check_room(side(width, height), scheme)
    else:
        check_room(side(width, height), scheme)


def test_a_side_that_is_too_large_is_described() -> None:
    with pytest.raises(ImpositionError, match=r"the pages of one side take 204 x 310\.4 mm"):
        check_room(side(100.0, 100.8), Scheme("cards", 210, 297, gap_mm=4))


def edges(sizes: list[Size], scheme: Scheme, direction: str = "ltr") -> list[tuple[float, ...]]:
    found = room(points(*sizes), scheme, direction)  # type: ignore[arg-type]
    return [tuple(edge if edge == FAR else round(edge / MM, 3) for edge in page) for page in found]


def test_a_page_of_a_booklet_touches_the_paper_on_three_sides() -> None:
    small = Scheme("saddle-stitch", 300, 216)
    assert edges([A5] * 4, small) == [
        (FAR, 3, 1.5, 3), (1.5, 3, FAR, 3), (FAR, 3, 1.5, 3), (1.5, 3, FAR, 3),
    ]  # fmt: skip
    assert edges([A5] * 4, small, "rtl")[0] == (1.5, 3, FAR, 3)


def test_a_card_that_is_printed_several_times_counts_where_it_is_nearest_to_an_edge() -> None:
    sheet = Scheme("cards", 190, 180, columns=2, rows=3)
    assert edges([CARD] * 2, sheet) == [(10, 9, 10, 9)] * 2
    assert edges([CARD] * 12, sheet) == [
        (10, 9, FAR, FAR), (FAR, 9, 10, FAR), (FAR, 9, 10, FAR), (10, 9, FAR, FAR),
        (10, FAR, FAR, FAR), (FAR, FAR, 10, FAR), (FAR, FAR, 10, FAR), (10, FAR, FAR, FAR),
        (10, FAR, FAR, 9), (FAR, FAR, 10, 9), (FAR, FAR, 10, 9), (10, FAR, FAR, 9),
    ]  # fmt: skip


def test_the_middle_panel_of_a_leaflet_touches_the_paper_above_and_below() -> None:
    found = edges([FLAP if number in (1, 4) else PANEL for number in range(6)], Scheme("trifold", 297, 214))
    assert found[5] == (FAR, 2, FAR, 2) and found[0] == (FAR, 2, 0, 2) and found[1] == (0, 2, FAR, 2)
