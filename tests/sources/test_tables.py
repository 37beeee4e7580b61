"""Tables: what names a row, what spans several places, what is over a group of rows, what a cell is read with."""

from __future__ import annotations

import pytest

from plainleaf.checks.source.dose_words import DoseWords
from plainleaf.checks.source.passages import passages
from plainleaf.languages import facts
from plainleaf.layouts.reading_order import GROUP_HEAD, HEAD, ROW_HEAD, reading_order
from plainleaf.model import TICK, Block, Kind, Leaflet, Placeholder, Text, grids, plain
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.sources.test_blocks import HEAD_OF_ALL
from tests.sources.test_forms import page

SHOTS = """| Age | Shot | Where |
|---|---|---|
| For babies |||
| **2 months** | A, 5 ml | Leg |
| ^^ | B | ^^ |
| For adults |||
| **Each year** | Flu ||
"""


def leaflet(body: str) -> Leaflet:
    made, findings = markdown.parse("sources/cough.md", HEAD_OF_ALL + "::: words\n:::\n\n" + body)
    assert made and {finding.check for finding in findings} <= {"source-reference-unused"}, findings
    return made


def table(body: str) -> Block:
    return next(block for block in leaflet(body).blocks if block.kind is Kind.TABLE)


def cells(body: str) -> list[list[str]]:
    """The cells of each row: a head in capitals, with the columns and rows that it spans."""
    rows = [row for row in table(body).children if row.kind is Kind.ROW]
    return [[said(cell) for cell in row.children] for row in rows]


def said(cell: Block) -> str:
    text, (across, down) = plain(cell.inlines), grids.span(cell)
    return (text.upper() if cell.options["header"] == "yes" else text) + "→" * (across - 1) + "↓" * (down - 1)


def test_a_cell_spans_rows_columns_or_a_whole_row() -> None:
    assert cells(SHOTS) == [
        ["AGE", "SHOT", "WHERE"],
        ["FOR BABIES→→"],
        ["2 MONTHS↓", "A, 5 ml", "Leg↓"],
        ["B"],
        ["FOR ADULTS→→"],
        ["EACH YEAR", "Flu→"],
    ]


def test_a_head_may_span_columns_and_a_cell_both_rows_and_columns() -> None:
    assert cells("| Age | Shot ||\n|---|---|---|\n| 1 | A ||\n| 2 | ^^ | ^^ |\n") == [
        ["AGE", "SHOT→"],
        ["1", "A→↓"],
        ["2"],
    ]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("| Day | Dose |\n|---|---|\n| **One** | 5 ml |\n| __Two__ | 10 ml |\n", ["ONE", "TWO"]),
        ("| | Dose |\n|---|---|\n| One | 5 ml |\n| **Two** | 10 ml |\n", ["ONE", "TWO"]),
        ("| Day | Dose |\n|---|---|\n| **One** | 5 ml |\n| Two | 10 ml |\n", ["One", "Two"]),
        ("| Day |\n|---|\n| **One** |\n", ["One"]),
    ],
)
def test_the_first_column_names_rows_if_it_is_bold_or_has_no_head(body: str, first: list[str]) -> None:
    assert [row[0] for row in cells(body)[1:]] == first


@pytest.mark.parametrize(
    "body",
    [
        "Table: Shots by age {.short #T1}\n\n| a |\n|---|\n| b |\n",
        "Table: Shots by age\n| a |\n|---|\n| b |\n{.short #T1}\n",
        "| a |\n|---|\n| b |\nTable: Shots by age {.short #T1}\n",
        "| a |\n|---|\n| b |\n\nTable: Shots by age {.short #T1}\n\n## More\n\nText\n",
    ],
)
def test_a_caption_is_above_or_below_its_table_and_has_its_marks(body: str) -> None:
    made = table(body)
    assert (made.id, made.short) == ("T1", True)
    assert plain(made.children[0].inlines) == "Shots by age" and made.children[0].kind is Kind.CAPTION
    assert len(cells(body)) == 2


def test_a_caption_between_two_tables_is_that_of_the_second() -> None:
    tables = leaflet("| a |\n|---|\n| b |\n\nTable: Two\n\n| c |\n|---|\n| d |\n").blocks[1:]
    assert [made.children[0].kind for made in tables] == [Kind.ROW, Kind.CAPTION]


def test_translators_learn_the_heads_of_a_cell_and_the_same_dose_elsewhere_is_another_message() -> None:
    found = {message.text: message for message in messages.extract(leaflet(SHOTS))}
    assert found["A, 5 ml"].context == "Shot | For babies | 2 months"
    assert found["A, 5 ml"].comments == ("Table cell in column “Shot”, row “2 months”, below “For babies”.",)
    assert found["B"].comments == ("Table cell in column “Shot”, row “2 months”, below “For babies”.",)
    assert found["For adults"].comments == ("Heading over rows of a table.",)


def test_a_dose_is_read_with_the_heads_of_its_column_group_and_row() -> None:
    words = DoseWords(facts.english())
    heads = {passage.text: passage.heads for passage, _ in passages(leaflet(SHOTS), words)}
    assert heads["B"] == "Shot | For babies | 2 months"


def test_heads_have_a_role_in_the_order_of_reading() -> None:
    edition, _ = messages.localize(leaflet(SHOTS), locales.locale("en"), "US", None, draft=False)
    roles = {each.text: each.role for each in reading_order(edition)}
    assert [roles[text] for text in ("Shot", "For babies", "2 months", "Flu")] == [HEAD, GROUP_HEAD, ROW_HEAD, "cell"]


TICKED = "| Shot | Had it |\n|---|---|\n| A | {} |\n"


@pytest.mark.parametrize("box", ["[ ]", "☐"])
def test_a_cell_may_hold_boxes_to_tick(box: str) -> None:
    row = table(TICKED.format(f"{box} Yes {box} No")).children[1]
    assert row.children[1].inlines == (Placeholder(TICK), Text(" Yes "), Placeholder(TICK), Text(" No"))


def test_translators_see_where_a_box_to_tick_is() -> None:
    (message,) = [each for each in messages.extract(leaflet(TICKED.format("[ ] Yes"))) if TICK in each.text]
    assert message.text == "{tick} Yes"
    assert "{tick} is a box to tick with a pen: keep it before its words" in message.comments


def test_a_box_in_a_cell_is_read_out_as_one_in_a_list_is() -> None:
    html = page(TICKED.format("[ ]") + "\n- [ ] I had it.")
    assert html.count('alt="To tick:"') == 2 and html.count('<img class="box') == 2


@pytest.mark.parametrize("typed", ["[x] Yes", r"\[ \] Yes"])
def test_a_box_that_is_ticked_or_not_meant_is_none(typed: str) -> None:
    made, _ = markdown.parse("sources/cough.md", HEAD_OF_ALL + TICKED.format(typed))
    assert made and not any(TICK in message.text for message in messages.extract(made))
