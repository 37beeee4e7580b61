"""What tinycss2 has parsed: what a node holds, all nodes in their order, the addresses among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def inside(node: Any) -> Sequence[Any]:
    """The nodes that a block or a function holds; none of any other node."""
    found: Sequence[Any] = getattr(node, "content", None) or getattr(node, "arguments", None) or ()
    return found


def walk(nodes: Sequence[Any]) -> Iterator[tuple[Any, int]]:
    """All nodes in their order, with how many brackets are open around each. Without calling itself: it may be deep."""
    around = [iter(nodes)]
    while around:
        node = next(around[-1], None)
        if node is None:
            around.pop()
        else:
            yield node, len(around) - 1
            around.append(iter(inside(node)))


def address(node: Any) -> str:
    """The address in ``url(...)``, with quotation marks or without; "" if the node is none."""
    if node.type == "url":
        return str(node.value)
    if node.type == "function" and node.lower_name == "url":
        return next((str(part.value) for part in node.arguments if part.type == "string"), "")
    return ""
