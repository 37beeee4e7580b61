"""What each kind of layout prints of a leaflet: all of it, its short text, or the part written for it."""

from __future__ import annotations

import pytest

from plainleaf import excerpts
from plainleaf.model import Finding, Kind, Layout, Leaflet, Location, plain
from plainleaf.sources import parse

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


def layout(name: str, text: str) -> Layout:
    return Layout(name, name, 210, 297, (0, 0, 0, 0), 12, 1.4, 12, 0, "", Location(""), text=text)


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


@pytest.mark.parametrize(("text", "said"), [("easy", ["Easy words."]), ("card", ["Me", "I use an inhaler."])])
def test_other_layouts_print_their_part_alone(text: str, said: list[str]) -> None:
    assert words(text) == said


def test_a_leaflet_without_such_a_part_gives_all_of_its_text() -> None:
    assert words("card", "I carry a card.\n") == ["I carry a card."]


def test_a_country_hands_its_shortness_down() -> None:
    source = "::: only country=US {.short}\nCall 911.\n:::\n\nMore.\n"
    assert words("short", source) == ["Call 911."]


def test_a_leaflet_is_printed_where_it_has_the_text() -> None:
    leaflet, _ = read()
    bare, _ = read("Only this.\n")
    for text in excerpts.TEXTS:
        assert excerpts.wanted(leaflet, layout("any", text))
        assert excerpts.wanted(bare, layout("any", text)) is (text == "full")


def test_the_head_names_the_layouts_that_a_leaflet_is_meant_for() -> None:
    leaflet, findings = read("I carry a card.\n", "layouts: wallet-card, a4\n")
    assert not findings and leaflet.meta.layouts == ("wallet-card", "a4")
    assert leaflet.meta.layouts_at == Location("sources/inhaler.md", 8)
    assert excerpts.wanted(leaflet, layout("wallet-card", "card"))
    assert not excerpts.wanted(leaflet, layout("letter", "full"))


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
