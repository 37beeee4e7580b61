"""Every shipped layout prints a leaflet whatever it begins and ends with, in one language and in two.

Seen in the HTML, before anything is laid out: fast enough for every kind of block at every place in every layout.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from plainleaf.checks.source import dropped
from plainleaf.formats import pages
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition, Finding, Kind, Layout, Leaflet
from plainleaf.sources import markdown as sources
from plainleaf.sources.blocks import FENCED
from plainleaf.translations import messages
from plainleaf.typesetting import locales, pseudo
from tests import shipped
from tests.conftest import ROOT

HEAD = """---
title: Your cough
summary: How to care for a cough.
audience: People who have a cough
written: 2026-11-01
review-by: 2028-11-01
country: US
terms:
  cough:
    say: KOFF
    means: Air that leaves your chest with a noise.
references:
  kunoe2009:
    text: A sample reference. Journal of Samples 2020;1(1):1-2.
    url: https://doi.org/10.0000/sample
---

"""
BLOCKS = {
    "paragraph": "Drink water. Call {clinic_phone}.",
    "heading": "## At home",
    "list": "- Drink water.\n- Rest.\n  - in bed",
    "signs": "- Fever {.safety}\n- Blue lips {.safety}",
    "steps": "1. Sit up.\n2. Drink.",
    "steps with pictures": "1. Sit up.\n   ![A chair](pictures/cup.svg)\n2. Drink.\n   ![A cup](pictures/cup.svg)",
    "table": "| Form | Dose |\n|---|---|\n| Syrup | 5 ml |\n| Tablet | 10 mg |",
    "groups": "Table: All\n| Age | Shot | Where |\n|---|---|---|\n| Babies |||\n| **2** | A | Leg |\n| ^^ | B | ^^ |\n"
    "| Adults |||\n| **30** | C ||",
    "notes": "Drink.[^a]\n\n| Form | Dose |\n|---|---|\n| Syrup | 5 ml[^b] |\nNote: Shake it.\n\n"
    "[^a]: Or not.\n[^b]: Cold.",
    "pointer": "## Rest {#rest}\n\nIn bed.\n\nSee [Rest](#rest).",
    "figure": '![A cup](pictures/cup.svg "Drink each hour")',
    "urgent-list": "::: urgent\n- Fever\n- Blue lips\n:::",
    "only-elsewhere": "::: only country=not-US\nDrink water.\n:::",
    "box-in-only": ":::: only country=US\n::: tip\nDrink water.\n:::\n::::",
    **{name: fenced.example for name, fenced in FENCED.items()},
}
SHORT = "Rest in bed. {.short}"
PLACES = {
    "only": "@",
    "first": "@\n\n## And then\n\n" + SHORT,
    "last": SHORT + "\n\n## And then\n\n@",
    "behind the main message": "::: summary\nRest.\n:::\n\n@",
}
CONTENT = shipped.content()
# Each template once: a layout like another prints with the same.
TEMPLATES = sorted(name for name, layout in CONTENT.layouts.items() if not layout.like)


def leaflet(body: str) -> Leaflet:
    made, _ = sources.parse("sources/cough.md", HEAD + body + "\n")  # what stands last, as a heading, may be warned of
    assert made
    return made


@cache
def pair(body: str) -> tuple[Edition, Edition]:
    """A text from right to left, and as it is."""
    of = leaflet(body)
    return edition(of, "ar_XB"), edition(of, "en")


def edition(of: Leaflet, locale: str) -> Edition:
    where = pseudo.locale(locale) if locale in pseudo.NAMES else locales.locale(locale)
    lookup = pseudo.Catalog(locale).lookup if locale in pseudo.NAMES else None
    made, findings = messages.localize(of, where, "US", lookup, draft=locale in pseudo.NAMES)
    assert not findings
    return made


def printed(made: Edition, layout: Layout, beside: Edition | None = None) -> list[Finding]:
    """What a layout's page lacks of one or two editions; a template that fails raises."""
    assert CONTENT.clinic
    words = pages.words_of(CONTENT, made.locale)
    second = (beside, pages.words_of(CONTENT, beside.locale)) if beside else None
    page = layouts.render(made, layout, CONTENT.clinic, words, CONTENT.layout_folders, second)
    return list(dropped.check(page, (made, beside) if beside else (made,), layout, ROOT))


def test_every_kind_of_block_is_tried() -> None:
    tried = {inner.kind for text in BLOCKS.values() for block in leaflet(text).blocks for inner in block.walk()}
    assert tried == set(Kind) - {Kind.TITLE, Kind.SUMMARY, Kind.AUDIENCE}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_shipped_layout_prints_any_block_at_any_place(name: str, place: str) -> None:
    layout, tried = CONTENT.layouts[name], 0
    for block in BLOCKS.values():
        first, second = pair(PLACES[place].replace("@", block))
        if excerpts.unwanted(first, layout):
            continue
        tried += 1
        if layout.beside_pages == "own" or not layout.beside:
            assert printed(first, layout) == []
        if layout.beside:
            assert printed(first, layout, second) == printed(second, replace(layout, order="whole"), first) == []
    assert tried


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_leaflet_with_nothing_for_a_clinics_country_fails_in_no_layout(name: str) -> None:
    (first, second), layout = pair("::: only country=GB\nDrink water.\n:::"), CONTENT.layouts[name]
    assert not first.blocks
    assert printed(first, layout, second if layout.beside else None) == []
