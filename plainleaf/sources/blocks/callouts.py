"""Boxes with a label: what can kill, the main message, a hint, an example; degrees of danger; do and do not."""

from __future__ import annotations

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced, handed_down
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.CALLOUT, box=True, framed=True),)


def callout(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """A box with the label of its name."""
    return [body.made(Kind.CALLOUT, fence.line, marks, (), body.blocks(fence.parts), name=fence.name)]


def emergency(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """The panel for an emergency: what to do as its heading, the signs as a list, numbered steps; a card has no room
    for signs, and may leave them out. All of it is a safety text, whether marked or not."""
    (made,) = callout(body, fence, marks)
    shapes = [_shape(block) for block in made.children]
    for shape, what, hint in (
        ("heading", "does not begin with what to do", "write that as its heading: ## Call {emergency_number} now"),
        ("signs", "does not say for which signs", "list them below the heading: - one sign a line"),
        ("steps", "does not say what to do until help comes", "write numbered steps below the signs: 1. Call ..."),
    ):
        if shape == "signs" and "card" in body.inside:
            continue
        if shapes and (shape not in shapes or (shape == "heading" and shapes[0] != shape)):
            body.notes.error("source-emergency", fence.line, f"“::: emergency” {what}", hint)
    if {"signs", "steps"} <= {*shapes} and shapes.index("steps") < shapes.index("signs"):
        hint = "put the list of signs above the numbered steps: readers who see none of them can stop there"
        body.notes.error("source-emergency", fence.line, "“::: emergency” gives the steps before the signs", hint)
    return [handed_down(made, safety=True)]


def _shape(block: Block) -> str:
    if block.kind is Kind.LIST:
        return "steps" if block.options["ordered"] == "yes" else "signs"
    return str(block.kind.value)


def choice(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """What to do, or what not to do: one list, below a heading if there is one. Two of them, one after the other, stand
    side by side."""
    (made,) = callout(body, fence, marks)
    shapes = [_shape(inner) for inner in made.children]
    first = int(shapes[:1] == ["heading"])
    for inner, shape in zip(made.children[first:], shapes[first:], strict=True):
        if shape != "signs":
            hint = "write one list with a “-” before each point; only a heading may come before it"
            body.notes.error("source-choice", inner.at.line, f"“::: {fence.name}” contains more than a list", hint)
    if shapes[first:].count("signs") == len(shapes) - first > 1:
        second = made.children[first + 1]
        body.notes.error("source-choice", second.at.line, "there is a second list", "join the two lists")
    return [made]


FENCED = (
    Fenced("urgent", callout, "::: urgent\n## Call {emergency_number}\n\nDo not wait. {.safety}\n:::"),
    Fenced(
        "emergency",
        emergency,
        "::: emergency\n## Call {emergency_number} now\n\n- Blue lips\n- No breath\n\n1. Call.\n2. Stay.\n:::",
    ),
    Fenced("summary", callout, "::: summary\nDrink water.\n:::"),
    Fenced("tip", callout, "::: tip\nDrink water.\n:::"),
    Fenced("story", callout, "::: story\nAn example: Ann drinks water.\n:::"),
    Fenced("go", callout, "::: go\nYou sleep well.\n:::", Options(like=("green", "safe", "ok"))),
    Fenced("caution", callout, "::: caution\nYou cough at night.\n:::", Options(like=("warning", "amber", "yellow"))),
    Fenced("stop", callout, "::: stop\nYou cannot speak.\n:::", Options(like=("danger", "red", "alert"))),
    Fenced("do", choice, "::: do\n- Walk each day\n- Drink water\n:::", Options(like=("dos",))),
    Fenced("do-not", choice, "::: do-not\n- Drive\n:::", Options(like=("dont", "don't", "don’t", "donts", "avoid"))),
)
