"""What people fill in with a pen: a place to sign, a diary, a slip to cut off."""

from __future__ import annotations

from dataclasses import replace

from plainleaf.model import Block, Kind
from plainleaf.sources.body import About, Body, Fenced, handed_down
from plainleaf.sources.fences import Fence, Marks, Options

KINDS = (About(Kind.SIGNATURE, box=True), About(Kind.SLIP, box=True))

ON_A_SLIP = frozenset(
    {
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST,
        Kind.TABLE,
        Kind.FIGURE,
        Kind.PICTURES,
        Kind.DRAWING,
        Kind.CODE,
        Kind.SIGNATURE,
    }
)
AROUND_A_SLIP = frozenset({"only", "short", "easy", "card"})


def signature(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """What is signed, in paragraphs, and a list of who signs it; the layout prints a name, a signature and a date for
    each, on one page with what is signed."""
    inside = body.blocks(fence.parts)
    texts, last = inside[:-1], inside[-1:]
    if inside and not all(each.kind is Kind.LIST and each.options == {"ordered": "no"} for each in last):
        hint = "list them at its end, one per line: - Patient"
        body.notes.error("source-signature", fence.line, "“::: signature” does not say who signs", hint)
    for text in texts:
        if text.kind is not Kind.PARAGRAPH:
            hint = "write in a sentence or two what is signed, then list who signs; put everything else above the block"
            body.notes.error("source-signature", text.at.line, "“::: signature” contains more than a sentence", hint)
    for who in (who for each in last if each.kind is Kind.LIST for who in each.children if who.children):
        hint = "write one name per line, without a list or picture below it"
        body.notes.error(
            "source-signature", who.at.line, "an entry of the list of who signs has its own list or picture", hint
        )
    return [body.made(Kind.SIGNATURE, fence.line, marks, (), inside)]


def diary(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """A table whose empty cells are to be written in: its rows are high enough for a pen."""
    inside = body.blocks(fence.parts)
    tables = [block for block in inside if block.kind is Kind.TABLE]
    notes = [block for block in inside if block.kind is Kind.NOTE]
    if inside and (len(tables) != 1 or len(inside) - len(notes) > 1):
        hint = "write one table with a header row in it; put other text above or below the block"
        body.notes.error("source-diary", fence.line, "“::: diary” is not one table", hint)
    found = []
    for table in tables:
        rows = tuple(_to_fill_in(row) for row in table.children)
        if rows == table.children:
            hint = "leave those cells empty that people fill in: | Monday |  |  |"
            body.notes.error("source-diary", table.at.line, "this diary has no empty cells", hint)
        found.append(
            replace(
                table,
                children=rows,
                options={**table.options, "diary": "yes"},
                id=table.id or marks.id,
                short=table.short or marks.short,
            )
        )
    return [*found, *(handed_down(note, safety=False, short=marks.short) for note in notes)]


def _to_fill_in(row: Block) -> Block:
    """A row with its empty cells noted; the head row stays as it is."""
    if row.kind is not Kind.ROW or row.options["header"] == "yes":
        return row
    cells = tuple(
        cell if cell.inlines else replace(cell, options={**cell.options, "blank": "yes"}) for cell in row.children
    )
    return replace(row, children=cells) if cells != row.children else row


def slip(body: Body, fence: Fence, marks: Marks) -> list[Block]:
    """A part of the page to cut off, such as a card, a reply or an appointment: a heading, and what stands below it."""
    outer = [name for name in body.inside[:-1] if name not in AROUND_A_SLIP]
    inside = body.blocks(fence.parts)
    if outer:
        hint = "close that block first: a slip is cut off at the foot of its page, and cannot be inside another box"
        body.notes.error("source-slip", fence.line, f"“::: slip” is inside “::: {outer[-1]}”", hint)
    if inside and (inside[0].kind is not Kind.HEADING or len(inside) == 1):
        hint = "begin it with a heading that says what it is (## My medicines), and write its text below"
        body.notes.error("source-slip", fence.line, "“::: slip” is not a heading with a text below it", hint)
    for other in inside:
        if other.kind not in ON_A_SLIP:
            body.notes.error("source-slip", other.at.line, *_not_on_a_slip(other))
    return [body.made(Kind.SLIP, fence.line, marks, (), inside)]


def _not_on_a_slip(block: Block) -> tuple[str, str]:
    """What is wrong with it, and what to write instead."""
    if block.kind is Kind.NOTE:
        hint = "write the same words as a paragraph of its own below the table, without “Note:”"
        return "a note (“Note: ...”) is on a slip, which has no small print", hint
    name = block.options.get("name", block.kind.value)
    hint = "a slip can contain text, lists, boxes to tick, lines, tables, pictures, codes and places to sign"
    return f"“::: {name}” is on a slip", hint


FENCED = (
    Fenced(
        "signature",
        signature,
        "::: signature\nI have read this.\n\n- Patient\n- Nurse\n:::",
        Options(like=("sign", "consent", "signatures")),
    ),
    Fenced(
        "diary",
        diary,
        "::: diary\n| Day | Morning | Night |\n|---|---|---|\n| Monday |  |  |\n| Tuesday |  |  |\n:::",
        Options(like=("log", "chart", "record")),
    ),
    Fenced(
        "slip",
        slip,
        "::: slip\n## My cough medicine\n\nMy name: ____\n\n- [ ] I take it at night.\n:::",
        Options(like=("cut-off", "cut-out", "cut", "coupon", "tear-off", "reply", "scissors")),
    ),
)
