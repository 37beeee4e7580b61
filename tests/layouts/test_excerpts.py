"""What each kind of layout prints of a leaflet: all of it, its short text, or the part written for it."""

from __future__ import annotations

import pytest

from plainleaf.layouts import excerpts
from plainleaf.model import Edition, Finding, Kind, Layout, Leaflet, Location, Severity, plain
from plainleaf.sources.markdown import parse
from plainleaf.translations import messages
from plainleaf.typesetting import locales

HEAD = """---
title: Inhalers
summary: How to use one.
audience: People who use one
written: 2026-01-01
review-by: 2027-01-01
country: US
{}---
"""
TEXT = """
## Before {#before}

Shake it. {.short}

Look at the counter.

## Storing

Keep it dry.

### In the car

Never leave it there. {.short}

### At home

On a shelf.

## Signs

These are signs: {.short}

- wheeze {.short}
- cough

| Dose | When |
|---|---|
| 1 puff | daily |

::: urgent {.short}
Call for help.

- at once
:::

::: short
See the leaflet.
:::

::: easy
Easy words.
:::

::: card
## Me

I use an inhaler.
:::
"""


def read(text: str = TEXT, head: str = "") -> tuple[Leaflet, tuple[Finding, ...]]:
    leaflet, findings = parse("sources/inhaler.md", HEAD.format(head) + text)
    assert leaflet
    return leaflet, findings


def words(text: str, source: str = TEXT) -> list[str]:
    leaflet, findings = read(source)
    assert not findings
    printed = (block for top in excerpts.blocks(leaflet.blocks, text) for block in top.walk())
    return [plain(block.inlines) for block in printed if block.inlines]


def layout(name: str, text: str, like: str = "") -> Layout:
    return Layout(name, name, 210, 297, (0, 0, 0, 0), 12, 1.4, 12, 0, "", Location(""), text=text, like=like)


def edition(text: str = TEXT, head: str = "", country: str = "US") -> Edition:
    leaflet, _ = read(text, head)
    made, findings = messages.localize(leaflet, locales.locale("en"), country, None, draft=False)
    assert not findings
    return made


def test_a_full_layout_prints_everything_but_the_parts() -> None:
    printed = words("full")
    assert "Look at the counter." in printed and "daily" in printed
    assert not {"See the leaflet.", "Easy words.", "I use an inhaler."} & set(printed)


def test_a_short_layout_prints_what_is_marked_below_its_headings() -> None:
    assert words("short") == [
        "Before", "Shake it.",
        "Storing", "In the car", "Never leave it there.",
        "Signs", "These are signs:", "wheeze",
        "Call for help.", "at once",
        "See the leaflet.",
    ]  # fmt: skip


def test_a_heading_with_nothing_short_below_it_is_left_out() -> None:
    assert "At home" not in words("short")


@pytest.mark.parametrize(
    ("source", "text", "printed"),
    [
        ("## Need\n\nA cup.\n\n## Drink {.short}\n\nSlowly. {.short}\n", "short", ["Drink", "Slowly."]),
        ("## Need {.short}\n\n### How {.short}\n\nSip. {.short}\n", "short", ["Need", "How", "Sip."]),
        ("## Need\n\n::: short\nA cup.\n:::\n\n## Drink\n\nSip.\n", "full", ["Drink", "Sip."]),
        ("## Need\n\n::: short\nA cup.\n:::\n\n## Drink\n\nSip.\n", "short", ["Need", "A cup."]),
        ("Sip.\n\n::: tip {.short}\n## Drink\n\nHot.\n:::\n", "short", ["Drink", "Hot."]),
    ],
    ids=["marked", "both marked", "over a part", "over a part in short", "in a box"],
)
def test_a_heading_comes_along_only_with_a_text_below_it(source: str, text: str, printed: list[str]) -> None:
    assert words(text, source) == printed


@pytest.mark.parametrize("country", ["US", "NO"])
def test_a_heading_or_a_box_over_text_for_another_country_is_left_out(country: str) -> None:
    for section in (
        "## Calls\n\n::: only country=US\nCall 911.\n:::\n",
        "::: tip\n::: only country=US\nHi.\n:::\n:::\n",
    ):
        here = edition(f"{section}\n## Rest\n\nSleep.\n", country=country).blocks
        kinds = [block.kind for block in excerpts.blocks(here, "full")]
        assert kinds[-2:] == [Kind.HEADING, Kind.PARAGRAPH] and (len(kinds) > 2) is (country == "US")


@pytest.mark.parametrize(("text", "said"), [("easy", ["Easy words."]), ("card", ["Me", "I use an inhaler."])])
def test_other_layouts_print_their_part_alone(text: str, said: list[str]) -> None:
    assert words(text) == said


@pytest.mark.parametrize("text", ["short", "easy", "card"])
def test_the_full_text_is_never_printed_in_a_small_format(text: str) -> None:
    assert words(text, "I carry a card.\n") == []


def test_a_sheet_prints_the_short_text_or_that_up_to_the_second_layer() -> None:
    source = "Drink.{}\n\n## More {{.more}}\n\nTea is fine.{}\n\n::: easy\nEasy.\n:::\n"
    assert words("short-or-full", source.format("", "")) == ["Drink."]
    assert words("short-or-full", source.format("", " {.short}")) == ["More", "Tea is fine."]
    assert words("short-or-full", source.format(" {.short}", "")) == ["Drink."]
    assert words("full", source.format("", "")) == ["Drink.", "More", "Tea is fine."]


def test_a_country_hands_its_shortness_down() -> None:
    source = "::: only country=US {.short}\nCall 911.\n:::\n\nMore.\n"
    assert words("short", source) == ["Call 911."]


def test_a_leaflet_is_printed_where_it_has_the_text() -> None:
    leaflet, bare = edition(), edition("Only this.\n")
    for text in excerpts.TEXTS:
        assert not excerpts.unwanted(leaflet, layout("any", text))
        assert (excerpts.unwanted(bare, layout("any", text)) == "") is (text in ("full", excerpts.SHORT_OR_FULL))
    assert excerpts.unwanted(bare, layout("any", "card")) == "the leaflet has no “::: card”"
    late = edition("## More {.more}\n\nTea is fine.\n")
    assert "before its second part" in excerpts.unwanted(late, layout("any", excerpts.SHORT_OR_FULL))


@pytest.mark.parametrize(
    "written",
    ["trifold, a4", "[trifold, a4]", "\n  - trifold\n  - a4", "trifold a4"],
    ids=["commas", "brackets", "lines", "spaces"],
)
def test_the_head_names_the_layouts_that_a_leaflet_is_meant_for(written: str) -> None:
    leaflet, findings = read(head=f"layouts: {written}\n")
    assert not findings and leaflet.meta.layouts == ("trifold", "a4")
    assert leaflet.meta.layouts_at == Location("sources/inhaler.md", 8)
    made = edition(head=f"layouts: {written}\n")
    assert not excerpts.unwanted(made, layout("trifold", "short"))
    assert not excerpts.unwanted(made, layout("trifold-letter", "short", like="trifold")), "the same on other paper"
    assert "and it is not one of them" in excerpts.unwanted(made, layout("letter", "full"))


def test_a_list_in_the_head_holds_plain_texts() -> None:
    _, findings = read(head="layouts: [a4, [letter]]\n")
    assert [(finding.check, finding.at.line) for finding in findings] == [("source-head-type", 8)]
    _, findings = read(head="layouts: []\n")
    assert [finding.message for finding in findings] == ["“layouts” is empty"]


def test_a_small_format_that_the_head_names_and_the_text_lacks_is_an_error() -> None:
    made = edition("I carry a card.\n", "layouts: wallet-card, a4\n")
    card, a4 = layout("wallet-card", "card"), layout("a4", "full")
    (finding,) = excerpts.missing(made, [card, a4])
    assert finding.severity is Severity.ERROR and finding.at == Location("sources/inhaler.md", 8)
    assert finding.message == "wallet-card: the leaflet has no “::: card”"
    assert not list(excerpts.missing(edition("I carry a card.\n"), [card, a4])), "nobody has asked for it"


def test_what_counts_is_the_text_of_the_clinics_country() -> None:
    source = "Text.\n\n:::: only country=US\n::: card\nI use an inhaler.\n:::\n::::\n"
    card = layout("wallet-card", "card")
    assert not excerpts.unwanted(edition(source, country="US"), card)
    assert excerpts.unwanted(edition(source, country="GB"), card)
    (finding,) = excerpts.missing(edition(source, "layouts: wallet-card\n", "GB"), [card])
    assert finding.message == "wallet-card: the leaflet has no “::: card” for the clinic's country"


def test_a_part_in_a_part_is_refused() -> None:
    _, findings = read(":::: easy\nOne.\n\n::: card\nTwo.\n:::\n::::\n")
    assert [(finding.check, finding.at.line) for finding in findings] == [("source-part", 12)]


def test_a_part_begins_its_own_headings() -> None:
    _, findings = read("## One\n\n### Two\n\nText.\n\n::: easy\n### Three\n\nEasy.\n:::\n")
    assert [finding.check for finding in findings] == ["source-heading-skipped"]


def test_marked_blocks_keep_their_places_and_names() -> None:
    leaflet, _ = read()
    first = excerpts.blocks(leaflet.blocks, "short")[0]
    assert (first.kind, first.id, first.at) == (Kind.HEADING, "before", Location("sources/inhaler.md", 10))


POINTING = "## Signs {#signs}\n\nA cough.\n\n## Now\n\nLook at [Signs](#signs). {.short}\n"


def test_a_link_to_what_a_layout_leaves_out_is_told_with_the_layout() -> None:
    layouts = [layout("a4", "full"), layout("trifold", "short"), layout("trifold-letter", "short")]
    (found,) = excerpts.astray(edition(POINTING), layouts)
    assert (found.check, found.at.line) == ("source-link-elsewhere", (HEAD.format("") + POINTING).count("\n"))
    assert "trifold, trifold-letter: the link to “#signs”" in found.message and ".short" in found.hint
    assert words("short", POINTING) == ["Now", "Look at Signs."]


def test_an_easy_text_or_card_without_the_panel_for_an_emergency_is_told() -> None:
    panel = "::: emergency\n## Call us\n\n- Pale\n\n1. Call.\n:::"
    asked = [layout("a4", "full"), layout("easy-read", "easy"), layout("wallet-card", "card")]
    small = ":::: {}\n## Rest\n\nRest.\n::::"
    text = f"{panel}\n\n{small.format('easy')}\n\n{small.format('card')}\n"
    told = [*excerpts.without_panel(edition(text), asked)]
    assert [each.message.partition(":")[0] for each in told] == ["easy-read", "wallet-card"]
    assert {each.check for each in told} == {"source-short-danger"} and all("its own" in each.hint for each in told)
    assert not [*excerpts.without_panel(edition(text.replace("## Rest\n", panel + "\n\n## Rest\n")), asked)]
    assert not [*excerpts.without_panel(edition(text.replace(panel, "Rest.")), asked)]


def test_a_fold_without_the_red_box_is_told() -> None:
    text = "::: urgent\n## Call us\n\nNow.\n:::\n\nRest. {.short}\n"
    fold, page = layout("trifold", "short"), layout("a4", "full")
    (found,) = excerpts.without_red_box(edition(text), [page, fold])
    assert found.check == "source-short-danger" and "trifold: no red box" in found.message and ".short" in found.hint
    assert found.at.line == HEAD.format("").count("\n") + 1
    for safe in (text.replace("urgent", "urgent {.short}"), text.replace("urgent", "tip")):
        assert not [*excerpts.without_red_box(edition(safe), [page, fold])]
    assert not [*excerpts.without_red_box(edition(text), [page])]


def test_a_link_to_what_is_printed_is_none_of_those() -> None:
    there = POINTING.replace("A cough.", "A cough. {.short}")
    assert not [*excerpts.astray(edition(there), [layout("trifold", "short"), layout("a4", "full")])]
    not_for_folds = edition(POINTING, "layouts: [a4]\n")
    assert not [*excerpts.astray(not_for_folds, [layout("trifold", "short")])]
