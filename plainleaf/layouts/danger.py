"""What the pieces of a panel for an emergency say of themselves, whatever a layout makes of it: an attribute of each.

A template prints it with ``piece.attrs``; the checks on the finished page look for it (``checks.page.danger``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal, get_args

from plainleaf.model import Block, FirstDanger, Kind, Location
from plainleaf.sources.coherence import RED_BOXES

PIECE = "data-danger"
"""The attribute of a panel's piece: the number of the panel in its edition, from 1, and a ``Role``."""
WHOLE = "data-whole"
"""The attribute of a box that no page end may cut: half of its signs looks like all of them."""
UNBROKEN = tuple(RED_BOXES)
"""The names of such boxes."""

Role = Literal["action", "sign", "step", "more"]
"""A panel's heading, what belongs to its signs, what belongs to its numbered steps, and any other text in it."""
ROLES: tuple[Role, ...] = get_args(Role)
_AT_ONCE: frozenset[Role] = frozenset({"action", "step"})  # what a cover holds at least


def is_panel(block: Block) -> bool:
    """Whether a block is a panel for an emergency."""
    return block.kind is Kind.CALLOUT and block.options["name"] == "emergency"


def pages_behind(role: Role, holds: FirstDanger) -> int:
    """How many pages behind the first one a piece of a panel may be."""
    return int(holds == "action" and role not in _AT_ONCE)


def marks(blocks: Iterable[Block]) -> Mapping[tuple[Kind, Location], str]:
    """The values of ``PIECE`` for the pieces of all panels in an edition, by the kind and place of each."""
    return {
        (piece.kind, piece.at): f"{number} {role}"
        for number, panel in enumerate(filter(is_panel, blocks), 1)
        for child, role in _roles(panel)
        for piece in child.walk()
    }


def _roles(panel: Block) -> Iterator[tuple[Block, Role]]:
    """The blocks of a panel; a paragraph right above the signs belongs to them, as in "Any one of these:"."""
    for child, after in pairwise((*panel.children, None)):
        assert child is not None
        ahead = after if child.kind is Kind.PARAGRAPH and after is not None and after.kind is Kind.LIST else child
        if ahead.kind is Kind.LIST:
            yield child, "step" if ahead.options["ordered"] == "yes" else "sign"
        else:
            yield child, "action" if child.kind is Kind.HEADING else "more"


def read(mark: str | None) -> tuple[int, Role] | None:
    """The panel's number and the role in a value of ``PIECE``; ``None`` where there is none."""
    number, _, role = (mark or "").partition(" ")
    known: Role | None = next((each for each in ROLES if each == role), None)
    return (int(number), known) if known and number.isascii() and number.isdecimal() else None
