"""A slip to cut off: what may stand on it, where it is printed, and what an author hears of anything else."""

from __future__ import annotations

import pytest

from plainleaf.layouts import excerpts
from plainleaf.model import Kind
from plainleaf.translations import messages
from tests.layouts.test_first_block import HEAD
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found
from tests.sources.test_forms import page

SLIP = "::: slip\n## My medicine\n\nMy name: ____\n\n- [ ] At night\n- [ ] By day\n:::"


def test_a_slip_is_a_heading_with_what_is_to_be_filled_in() -> None:
    (slip,) = leaflet(SLIP).blocks
    assert slip.kind is Kind.SLIP
    assert [child.kind for child in slip.children] == [Kind.HEADING, Kind.PARAGRAPH, Kind.LIST]
    assert found(SLIP) == []


def test_translators_are_told_what_stands_on_it() -> None:
    (message,) = [message for message in messages.extract(leaflet(SLIP)) if message.text == "At night"]
    assert message.comments == ("List point, in the box “slip”, under “My medicine”.",)


def test_it_may_hold_what_people_need_on_it() -> None:
    table = "| When | Dose |\n|---|---|\n| At night | 5 ml |"
    code = ":::: code\n[Our map](https://clinic.example/map)\n::::"
    body = f"::::: slip\n## My medicine\n\n1. Rest.\n\n{table}\n\n![A cup](pictures/cup.svg)\n\n{code}\n:::::"
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("::: slip\nMy name: ____\n:::", 1, "is not a heading with a text below it"),
        ("::: slip\nMy name: ____\n\n## My medicine\n\nRest.\n:::", 1, "is not a heading with a text below it"),
        ("::: slip\n## My medicine\n:::", 1, "is not a heading with a text below it"),
        (":::: slip\n## My medicine\n\n::: tip\nRest.\n:::\n::::", 4, "“::: tip” is on a slip"),
        (
            "::: slip\n## A\n\n| When | Dose |\n|---|---|\n| Now | 5 ml |\n\nNote: Shake.\n:::",
            8,
            "note (“Note: ...”) is",
        ),
        (":::: tip\nRest.\n\n::: slip\n## My medicine\n\nRest.\n:::\n::::", 4, "is inside “::: tip”"),
        (":::: slip\n## A\n\nRest.\n\n::: slip\n## B\n\nRest.\n:::\n::::", 6, "is inside “::: slip”"),
    ],
)
def test_what_is_no_slip(body: str, line: int, what: str) -> None:
    finding = next(finding for finding in found(body) if what in finding.message)
    assert (finding.check, finding.at.line) == ("source-slip", HEAD.count("\n") + line)
    assert finding.hint


def test_it_may_be_for_one_country() -> None:
    assert found(f":::: only country=US\n{SLIP}\n::::") == []


def test_a_slip_is_printed_last_wherever_it_was_written() -> None:
    html = page(f"{SLIP}\n\n## At home\n\nRest.")
    assert html.index("At home") < html.index("About this leaflet") < html.index('class="slip"')
    assert html.count("My medicine") == 1
    assert 'class="closing slips" data-cut-off="front"' in html


def test_small_formats_have_it_if_it_is_marked_as_a_whole() -> None:
    def short(body: str) -> list[Kind]:
        return [block.kind for block in excerpts.blocks(leaflet(body).blocks, "short")]

    assert short(SLIP.replace("slip", "slip {.short}")) == [Kind.SLIP]
    assert short(SLIP.replace("At night", "At night {.short}")) == []


def test_nothing_is_cut_off_a_folded_leaflet() -> None:
    html = page("Drink. {.short}\n\n" + SLIP.replace("slip", "slip {.short}"), "trifold")
    assert html.count('class="slip"') == 1 and "data-cut-off" not in html


def test_steps_on_a_slip_are_counted_for_themselves() -> None:
    slip = "::: slip\n## My steps\n\n1. Rest.\n2. Drink.\n:::"
    assert found(f"1. Sit up.\n\n{slip}\n\n2. Call us.") == []


def test_who_writes_a_note_on_it_hears_what_to_write_instead() -> None:
    (finding,) = found("::: slip\n## A\n\n| When | Dose |\n|---|---|\n| Now | 5 ml |\n\nNote: Shake it.\n:::")
    assert finding.hint == "write the same words as a paragraph of its own below the table, without “Note:”"
