"""Rectangles on a page and how they are moved, turned and scaled. Lengths are CSS pixels."""

from __future__ import annotations

from math import ceil, hypot, sqrt

Edges = tuple[float, float, float, float]  # left, top, right, bottom
Matrix = tuple[float, float, float, float, float, float]  # x' = a x + c y + e, y' = b x + d y + f

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FREE = 1e9  # an edge that is no edge


def then(first: Matrix, second: Matrix) -> Matrix:
    """One matrix for two, of which ``first`` comes first."""
    a, b, c, d, e, f = first
    k, m, n, p, x, y = second
    return (a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + x, e * m + f * p + y)


def around(edges: Edges, matrix: Matrix) -> Edges:
    """The upright rectangle around one that is turned: the same one where it is turned by right angles."""
    if matrix == SAME:
        return edges
    a, b, c, d, e, f = matrix
    left, top, right, bottom = edges
    corners = ((left, top), (right, top), (left, bottom), (right, bottom))
    across = [a * x + c * y + e for x, y in corners]
    down = [b * x + d * y + f for x, y in corners]
    return (min(across), min(down), max(across), max(down))


def least_scale(matrix: Matrix) -> float:
    """How much larger a matrix makes type in the direction in which it does so least (the smaller singular value)."""
    a, b, c, d, _, _ = matrix
    total, area = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    return sqrt(max(0.0, (total - sqrt(max(0.0, total * total - 4 * area * area))) / 2))


def upright(matrix: Matrix) -> bool:
    """Whether a rectangle stays one: not turned at all, or by right angles."""
    a, b, c, d, _, _ = matrix
    return hypot(b, c) < 1e-6 or hypot(a, d) < 1e-6


def pieces(edges: Edges, width: float) -> list[Edges]:
    """A rectangle cut from left to right into equal pieces of about a width, at least one."""
    left, top, right, bottom = edges
    count = max(1, ceil((right - left) / width - 0.5))
    step = (right - left) / count
    return [(left + at * step, top, left + (at + 1) * step, bottom) for at in range(count)]
