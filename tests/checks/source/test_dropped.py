"""Which texts a layout's HTML lacks, counted piece by piece: by kind, place in the source and place in the catalog."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plainleaf.checks.source import dropped
from plainleaf.layouts.reading_order import HEAD, reading_order
from plainleaf.model import Block, Edition, Location, Severity
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales

SOURCE = """---
title: Your tablets
summary: How to take your tablets.
audience: Adults
written: 2026-11-02
review-by: 2028-11-02
country: US
---

Take one a day. {.safety}

Drink some milk & water.

| Day | Tablets |
| --- | --- |
| One | 1 |
| Two | 2 |
"""
LAYOUT: Any = SimpleNamespace(name="mine", folder="/layouts/mine", text="full")
FRONT = (HEAD, "title", "summary", "audience")


@pytest.fixture(scope="module")
def edition() -> Edition:
    leaflet, faults = markdown.parse("sources/tablets.md", SOURCE)
    assert leaflet, faults
    made, _ = messages.localize(leaflet, locales.locale("en"), "US", None, False)
    return made


def pieces(edition: Edition) -> list[Block]:
    return [said.block for said in reading_order(edition) if said.role not in FRONT]


def page(blocks: Iterable[Block]) -> str:
    """These pieces as a template prints them."""
    places = [(block.kind.value, str(block.at), f' data-po="{html.escape(str(block.po))}"' if block.po else "")
              for block in blocks]  # fmt: skip
    return "".join(f'<p data-kind="{kind}" data-at="{html.escape(at)}"{po}>text</p>' for kind, at, po in places)


def lost(edition: Edition, blocks: Iterable[Block], *others: Edition) -> list[tuple[Severity, str, Location]]:
    found = dropped.check(page(blocks), [edition, *others], LAYOUT, Path("/elsewhere"))
    return [(each.severity, each.message.removeprefix("layouts/mine does not print "), each.at) for each in found]


def test_a_page_with_each_piece_lacks_nothing(edition: Edition) -> None:
    assert len(pieces(edition)) == 6 and lost(edition, pieces(edition)) == []


def test_a_safety_text_that_is_lost_is_an_error(edition: Edition) -> None:
    _, *others = pieces(edition)
    at = Location("sources/tablets.md", 10)
    assert lost(edition, others) == [(Severity.ERROR, "1 safety text, “Take one a day.”", at)]


def test_another_is_a_warning(edition: Edition) -> None:
    first, second, *others = pieces(edition)
    assert lost(edition, [first, *others]) == [(Severity.WARNING, "1 text, “Drink some milk & water.”", second.at)]
    both = lost(edition, others)
    assert [severity for severity, _, _ in both] == [Severity.ERROR, Severity.WARNING]


def test_several_are_counted(edition: Edition) -> None:
    first, *_ = pieces(edition)
    ((_, what, _),) = lost(edition, [first])
    assert what == "5 texts, the first: “Drink some milk & water.”"


def test_a_cell_that_is_lost_is_noticed_beside_others_of_its_row(edition: Edition) -> None:
    *others, last = pieces(edition)
    ((severity, what, at),) = lost(edition, others)
    assert (severity, what, at) == (Severity.WARNING, "1 text, “2”", last.at)
    assert lost(edition, [*pieces(edition), last]) == []


def test_a_piece_is_that_of_its_kind_and_of_its_language(edition: Edition) -> None:
    first, second, *others = pieces(edition)
    other_kind = page([second]).replace('data-kind="paragraph"', 'data-kind="note"')
    found = dropped.check(page([first, *others]) + other_kind, [edition], LAYOUT, Path("/elsewhere"))
    assert [each.severity for each in found] == [Severity.WARNING]
    spanish = [replace(block, po=Location("locales/es/tablets.po", 9)) for block in (first, second)]
    assert len(lost(edition, [*spanish, *others])) == 2


def test_a_text_in_two_languages_is_looked_for_in_both(edition: Edition) -> None:
    po = Location("locales/es/tablets.po", 9)
    there = {id(block): replace(block, po=po) for block in edition.blocks}
    other = replace(edition, blocks=tuple(there[id(block)] for block in edition.blocks))
    found = dropped.check(page(pieces(edition)), [edition, other], LAYOUT, Path("/elsewhere"))
    assert [each.po for each in found] == [po, po]


@pytest.mark.parametrize(
    ("root", "hint"), [("/elsewhere", "print every piece in the layout's template"), ("/", "print")]
)
def test_it_says_who_can_mend_it(edition: Edition, root: str, hint: str) -> None:
    _, *others = pieces(edition)
    (found,) = dropped.check(page(others), [edition], LAYOUT, Path(root))
    assert found.check == "layout-dropped" and found.hint.startswith(hint)
