"""What is made for the worst moment: the numbered steps of an emergency, and the frame that says what a card is."""

from __future__ import annotations

import re
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

from plainleaf.layouts import styles
from plainleaf.layouts.markup import levelled
from plainleaf.layouts.signs import BOX
from plainleaf.typesetting import locales
from tests import sheets
from tests.sources.test_forms import CONTENT, page

STEP = "{}. {}\n   ![A helper](pictures/cup.svg)\n"
PANEL = (
    "::: emergency\n## Call {emergency_number} now\n\n- Blue lips\n- No breath\n\n"
    + "".join(STEP.format(number, words) for number, words in enumerate(("Call.", "Breathe for them.", "Stay."), 1))
    + ":::"
)


def test_the_steps_of_an_emergency_are_numbered_and_stand_one_below_the_other() -> None:
    panel = re.search('<section class="callout urgent emergency".*?</section>', page(PANEL), re.DOTALL)
    assert panel
    body = re.sub(r'src="sources/[^"]*"', f'src="{BOX}"', panel[0])
    css = styles.joined(styles.pieces(CONTENT.layouts["a4"], locales.locale("en"), CONTENT.layout_folders))
    made = sheets.printed(f"<h1>Sample</h1>{body}", css)
    text = pdfium.PdfDocument(made.data)[0].get_textpage()
    lines = text.get_text_bounded().split("\n")
    assert [line.strip() for line in lines if re.match(r"\d", line)] == ["1 Call.", "2 Breathe for them.", "3 Stay."]


@pytest.mark.parametrize(("mark", "frame"), [("", "callout name"), (" {.safety}", "callout urgent")])
def test_a_card_has_its_name_in_a_frame_red_where_it_is_for_an_emergency(mark: str, frame: str) -> None:
    html = page(f"Rest.\n\n::: card\n## My cough{mark}\n\nI cough.\n\n## About me\n\nMy name:\n:::", "wallet-card")
    assert re.search(rf'<div class="{frame}"><h1 class="label"[^>]*>My cough</h1></div>', html)
    assert html.count('<div class="callout') == 1


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("h1 h2 h3 h2", "h1 h2 h3 h2"),
        ("h1 h3 h2 h3", "h1 h2 h2 h3"),
        ("h1 h3 h4 h3 h2", "h1 h2 h3 h2 h2"),
        ("h1 h1 h2 h2", "h1 h1 h2 h2"),
    ],
    ids=["as it should be", "a box moved up", "with parts of its own", "two languages"],
)
def test_headings_go_down_one_level_at_a_time(written: str, printed: str) -> None:
    def tags(names: str) -> str:
        return "".join(f'<{name} id="a">A</{name}>' for name in names.split())

    assert levelled(tags(written)) == tags(printed)


def test_a_box_that_a_fold_moves_to_the_flap_skips_no_level() -> None:
    body = (
        "Rest. {.short}\n\n## Danger\n\n::: urgent {.short}\n### Call us\n\nNow.\n:::\n\n## At home\n\nRest. {.short}"
    )
    levels = re.findall(r"<h([1-6])", page(body, "trifold"))
    assert all(int(after) <= int(before) + 1 for before, after in pairwise(levels))
