"""Lines to write on, a place to sign, a diary; and how each is written when it is not right."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import LINE, Kind, Placeholder, Text, plain
from plainleaf.translations import messages
from plainleaf.translations.markup import from_text
from plainleaf.typesetting import locales
from tests import shipped
from tests.layouts.test_first_block import printed
from tests.sources.test_blocks import leaflet
from tests.sources.test_callouts import found

CONTENT = shipped.content()
SIGNATURE = "::: signature\nI have read this.\n\n- Patient\n- Nurse\n:::"
DIARY = "::: diary {.short}\n| Day | Morning | Night |\n|---|---|---|\n| Monday |  | 5 ml |\n:::"


def page(body: str, name: str = "a4") -> str:
    """A leaflet's HTML in a layout."""
    assert CONTENT.clinic
    made, findings = messages.localize(leaflet(body), locales.locale("en"), "US", None, draft=False)
    assert not findings
    layout = replace(CONTENT.layouts[name], beside="")
    return layouts.render(made, layout, CONTENT.clinic, Words(), CONTENT.layout_folders)


class Words:
    """The layouts' words in English."""

    def here(self, msgid: str) -> str:
        return msgid

    source = here

    def source_tag(self, msgid: str) -> str:
        return "en"


# --------------------------------------------------------------------------- lines to write on


@pytest.mark.parametrize("typed", ["___", "______________", ".....", "……", "{line}"])
def test_a_line_to_write_on_has_no_words_and_one_name(typed: str) -> None:
    made = leaflet(f"Take {typed} puffs.")
    (block,) = made.blocks
    assert block.inlines == (Text("Take "), Placeholder(LINE), Text(" puffs."))
    assert plain(block.inlines) == "Take  puffs."
    assert "Take {line} puffs." in {message.text for message in messages.extract(made)}


def test_a_date_has_three_lines_with_strokes_between() -> None:
    made = leaflet("Date: ____/____/____")
    line = Placeholder(LINE)
    assert made.blocks[0].inlines == (Text("Date: "), line, Text("/"), line, Text("/"), line)


@pytest.mark.parametrize("typed", ["____{dose_2}", ".....{dose_2}", "{line_dose_2}"])
def test_a_line_may_have_a_name_which_translators_see(typed: str) -> None:
    made = leaflet(f"Take {typed} puffs.")
    assert made.blocks[0].inlines == (Text("Take "), Placeholder("line_dose_2"), Text(" puffs."))
    assert plain(made.blocks[0].inlines) == "Take  puffs."
    assert "Take {line_dose_2} puffs." in {message.text for message in messages.extract(made)}
    assert re.search(
        'Take <span class="line"[^>]* aria-label="Line to write on"></span> puffs.', page(f"Take {typed} puffs.")
    )


@pytest.mark.parametrize("typed", ["____{Dose}", "____{the dose}", "____{}"])
def test_a_name_that_is_none_is_an_error_and_never_printed_in_silence(typed: str) -> None:
    assert [each.check for each in found(f"Take {typed} puffs.")] == ["source-brace"]


@pytest.mark.parametrize("typed", ["__", "...", "snake___case", "\\_\\_\\_"])
def test_a_few_dots_and_underscores_are_text(typed: str) -> None:
    (block,) = leaflet(f"Wait {typed}").blocks
    assert Placeholder(LINE) not in block.inlines


def test_a_line_may_be_moved_by_a_translator_but_not_be_lost() -> None:
    (block,) = leaflet("Take ____ puffs.").blocks
    assert not from_text("Puffs: {line}", block.inlines)[1]
    assert [flaw.check for flaw in from_text("Puffs", block.inlines)[1]] == ["po-placeholder"]


def test_a_line_behind_a_few_words_takes_the_rest_of_the_width() -> None:
    html = page("Your name: ____\n\nTake ____ puffs.\n\n" + "I have asked the nurse about my inhaler: ____")
    assert html.count('class="line"') == 3
    assert html.count('class="fill"') == 1


def test_underscores_alone_are_one_more_line_and_nothing_to_translate() -> None:
    made = leaflet("Your signs: ____\n\n____\n\nRest.")
    assert [block.inlines for block in made.blocks[1:2]] == [(Placeholder(LINE),)]
    assert "{line}" not in {message.text for message in messages.extract(made)}
    html = page("Your signs: ____\n\n____\n\nRest.")
    assert html.count('class="fill more"') == 1
    assert [finding.check for finding in found("Rest.\n\n---\n\nDrink.")] == ["source-rule"]


@pytest.mark.parametrize("point", ["- ____", "1. ____", "- [ ] ____"])
def test_a_point_may_be_a_line_to_write_on(point: str) -> None:
    assert found(point) == []
    (points,) = leaflet(point).blocks
    assert points.children[0].inlines == (Placeholder(LINE),)
    assert page(point).count('<li class="write whole"') == 1


# --------------------------------------------------------------------------- signature


def test_each_who_signs_gets_a_name_a_signature_and_a_date() -> None:
    html = page(SIGNATURE)
    assert html.count('class="signer"') == 2
    assert [html.count(f"<span>{label}</span>") for label in ("Name", "Signature", "Date")] == [2, 2, 2]


def test_nobody_signs_twice_where_two_languages_stand_side_by_side() -> None:
    first, _ = messages.localize(leaflet(SIGNATURE), locales.locale("en"), "US", None, draft=False)
    assert CONTENT.clinic
    beside = (replace(first, locale=locales.locale("es")), Words())
    html = layouts.render(first, CONTENT.layouts["bilingual"], CONTENT.clinic, Words(), CONTENT.layout_folders, beside)
    assert html.count('class="line"') == 2 * 3
    assert printed(first, CONTENT.layouts["bilingual"], beside[0]) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("::: signature\nI have read this.\n:::", "does not say who signs"),
        ("::: signature\n1. Patient\n:::", "does not say who signs"),
        ("::: signature\n- [ ] Patient\n:::", "does not say who signs"),
        ("::: signature\n## Sign\n\n- Patient\n:::", "more than a sentence"),
    ],
)
def test_a_place_to_sign_says_what_is_signed_and_by_whom(body: str, what: str) -> None:
    (finding,) = found(body)
    assert (finding.check, what in finding.message) == ("source-signature", True)
    assert finding.hint


# --------------------------------------------------------------------------- diary


def test_the_empty_cells_of_a_diary_are_noted() -> None:
    (table,) = leaflet(DIARY).blocks
    assert (table.kind, table.options["diary"], table.short) == (Kind.TABLE, "yes", True)
    assert [cell.options.get("blank") for cell in table.children[1].children] == [None, "yes", None]
    assert excerpts.blocks((table,), "short") == (table,)


def test_a_diary_has_lines_to_write_on_where_its_rows_are_records() -> None:
    assert 'class="diary"' in page(DIARY)
    wide = DIARY.replace("| Night |", "| Noon | Night |").replace("|---|", "|---|---|", 1).replace("|  |", "|  |  |")
    html = page(wide, "booklet")
    assert html.count('class="line"') == 2
    assert html.count('class="asked"') == 2


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("::: diary\nWrite here.\n:::", "is not one table"),
        (DIARY.replace("::: diary {.short}\n", "::: diary\nWrite here.\n\n"), "is not one table"),
        (DIARY.replace("|  |", "| 5 ml |"), "this diary has no empty cells"),
    ],
)
def test_a_diary_is_one_table_with_empty_cells(body: str, what: str) -> None:
    (finding,) = found(body)
    assert (finding.check, what in finding.message) == ("source-diary", True)
    assert finding.hint
