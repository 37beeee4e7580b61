"""Rectangles that are moved, turned and scaled, by what a reader with a ruler would measure."""

from __future__ import annotations

import pytest

from plainleaf.checks.page.geometry import SAME, Edges, Matrix, around, least_scale, pieces, then, upright

MOVED: Matrix = (1, 0, 0, 1, 30, 40)
TWICE: Matrix = (2, 0, 0, 2, 0, 0)
QUARTER: Matrix = (0, 1, -1, 0, 0, 0)  # turned to the right, as y grows downwards
MIRRORED: Matrix = (-1, 0, 0, 1, 0, 0)
STRETCHED: Matrix = (3, 0, 0, 0.5, 0, 0)
SLANTED: Matrix = (1, 0, 1, 1, 0, 0)
TILTED: Matrix = (0.8, 0.6, -0.6, 0.8, 0, 0)
ALL = (SAME, MOVED, TWICE, QUARTER, MIRRORED, STRETCHED, SLANTED, TILTED)


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize("first", ALL)
@pytest.mark.parametrize("second", ALL)
def test_one_matrix_does_what_two_do_one_after_the_other(first: Matrix, second: Matrix) -> None:
    first = (*first[:4], 5.0, 7.0)
    assert at(then(first, second), 2, 3) == pytest.approx(at(second, *at(first, 2, 3)))


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (SAME, (1, 2, 5, 8)),
        (MOVED, (31, 42, 35, 48)),
        (TWICE, (2, 4, 10, 16)),
        (QUARTER, (-8, 1, -2, 5)),
        (MIRRORED, (-5, 2, -1, 8)),
        (STRETCHED, (3, 1, 15, 4)),
        (SLANTED, (3, 2, 13, 8)),
        (TILTED, (-4, 2.2, 2.8, 9.4)),
    ],
)
def test_the_upright_rectangle_around_one_that_was_moved(matrix: Matrix, expected: Edges) -> None:
    assert around((1, 2, 5, 8), matrix) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("matrix", "scale"),
    [
        (SAME, 1), (MOVED, 1), (TWICE, 2), (QUARTER, 1), (MIRRORED, 1), (STRETCHED, 0.5), (TILTED, 1),
        (SLANTED, 0.618034), ((0, 0.25, -4, 0, 0, 0), 0.25), ((1, 1, 1, 1, 0, 0), 0), ((0, 0, 0, 0, 9, 9), 0),
        ((0.48, 0.36, -0.6, 0.8, 0, 0), 0.6),
    ],
)  # fmt: skip
def test_type_is_as_small_as_its_smaller_side(matrix: Matrix, scale: float) -> None:
    assert least_scale(matrix) == pytest.approx(scale, abs=1e-6)


@pytest.mark.parametrize("matrix", ALL)
def test_a_rectangle_stays_one_unless_it_is_tilted_or_slanted(matrix: Matrix) -> None:
    assert upright(matrix) is (matrix not in (SLANTED, TILTED))
    assert (
        not upright((1, 0.1, 0, 1, 0, 0)) and not upright((0, 1, -1, 0.1, 0, 0)) and not upright((0.1, 1, -1, 0, 0, 0))
    )


def test_a_line_of_type_is_cut_into_equal_pieces_of_about_a_width() -> None:
    assert pieces((10, 2, 40, 8), 10) == [(10, 2, 20, 8), (20, 2, 30, 8), (30, 2, 40, 8)]
    assert pieces((10, 2, 14, 8), 10) == [(10, 2, 14, 8)]
    assert pieces((10, 2, 10, 8), 10) == [(10, 2, 10, 8)]
    assert [len(pieces((0, 0, width, 1), 10)) for width in (15, 15.1, 25, 25.1)] == [1, 2, 2, 3]
