"""Which texts a layout's HTML lacks, counted piece by piece: by kind, place in the source and place in the catalog."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plainleaf.checks.source import dropped
from plainleaf.layouts.reading_order import HEAD, reading_order
from plainleaf.model import Block, Clinic, Edition, Finding, Location, Severity, digests
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
LAYOUT: Any = SimpleNamespace(name="mine", folder="/layouts/mine", text="full", leaves_out=())
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


# --------------------------------------------------------------------------- as it is written


CLINIC = Clinic("A", (), "1", "", (), "clinics/logo.svg", "A", "911", (), "US", Location("sources/clinics/a.toml"))


ALL = ("version", "review-by", "emergency-number")


def said(
    edition: Edition, change: Callable[[str], str] = str, more: str = "", leaves_out: tuple[str, ...] = ALL
) -> list[Finding]:
    """What is found on a page with each text as a template prints it."""
    whole = "".join(
        f'<p data-kind="{each.block.kind.value}" data-at="{each.at}">{change(html.escape(each.text))}</p>'
        for each in reading_order(edition)
        if each.role not in FRONT
    )
    at = Location("layouts/mine/layout.toml")
    layout: Any = SimpleNamespace(**{**vars(LAYOUT), "at": at, "leaves_out": leaves_out})
    return list(dropped.check(whole + more, [edition], layout, Path("/elsewhere"), CLINIC))


def test_texts_as_they_are_written_are_right(edition: Edition) -> None:
    assert said(edition) == []
    assert said(edition, lambda text: text.replace(" ", "\n<b> </b>\u200b")) == []
    assert (
        said(edition, lambda text: f'{text[:4]}<img class="box" alt="To tick:" src="data:image/png;,">{text[4:]}') == []
    )


CHANGES: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "cut off": lambda text: text[:5],
    "with another word": lambda text: text.replace("one", "ten"),
    "with a word within": lambda text: text.replace("Take", "Take half of"),
    "backwards": lambda text: text[::-1],
    "not at all": lambda text: "",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_text_that_a_template_prints_otherwise_is_an_error(edition: Edition, change: Callable[[str], str]) -> None:
    (found,) = said(edition, change)
    assert (found.check, found.severity) == ("layout-changed", Severity.ERROR)
    assert "“Take one a day.”" in found.message and found.at == Location("sources/tablets.md", 10) and found.hint


@pytest.mark.parametrize(
    "tag",
    [
        '<img alt="" src="sources/pictures/two.svg">',
        "<img alt='' src=sources/pictures/two.svg>",
        '<img alt="" src="layouts/mine/../../sources/pictures/two.svg">',
        '<object data="sources/pictures/two.svg"></object>',
        '<svg><image xlink:href="sources/pictures/two.svg"/></svg>',
        '<p style="background: url(sources/pictures/two.svg)">',
        "<style>p { background: url('sources/pictures/two.svg') }</style>",
        '<img alt="" src="sources/pictures/%74wo.svg">',
    ],
)
def test_a_picture_that_nobody_signs_is_an_error(edition: Edition, tag: str) -> None:
    (found,) = said(edition, more=tag)
    assert (found.check, found.severity) == ("layout-picture", Severity.ERROR)
    assert "sources/pictures/two.svg" in found.message and found.at.file == "layouts/mine/layout.toml"


def test_a_name_with_brackets_and_quotes_is_read_whole(edition: Edition) -> None:
    (found,) = said(edition, more="""<img alt="" src="sources/pictures/a%20bed%20(Bo's%20%22old%22%20one).svg">""")
    assert 'the picture sources/pictures/a bed (Bo\'s "old" one).svg, which' in found.message


def test_no_template_moves_where_pictures_are_looked_for(edition: Edition) -> None:
    (found,) = said(edition, more="<base href='sources/other/'>")
    assert (found.check, found.severity) == ("layout-picture", Severity.ERROR) and "<base>" in found.message


@pytest.mark.parametrize(
    "tag",
    [
        '<img alt="" src="sources/clinics/logo.svg">',
        '<img alt="" src="layouts/base/icons/stop.svg">',
        '<img alt="" src="data:image/png;base64,AAAA">',
        '<a href="https://example.org/two.svg">two.svg</a> url(two.svg)',
        "<svg><use href='#one'/></svg>",
    ],
)
def test_those_of_clinic_and_layouts_are_signed(edition: Edition, tag: str) -> None:
    assert said(edition, more=tag) == []


# --------------------------------------------------------------------------- of the leaflet

ABOUT = f"<p>tablets en 2026-11-02{digests.PLACE}</p><p>November 2, 2028</p><p>911</p>"


def test_a_page_says_which_it_is_how_long_it_holds_and_whom_to_call(edition: Edition) -> None:
    assert said(edition, more=ABOUT, leaves_out=()) == []
    assert said(edition) == [], "a layout may say that it leaves them out"


@pytest.mark.parametrize(
    ("gone", "what"), [(digests.PLACE, "digest"), ("November 2, 2028", "next review"), ("911", "emergency")]
)
def test_what_a_layout_leaves_out_without_saying_so_is_a_warning(edition: Edition, gone: str, what: str) -> None:
    (found,) = said(edition, more=ABOUT.replace(gone, ""), leaves_out=())
    assert (found.check, found.severity, found.at.file) == (
        "layout-dropped",
        Severity.WARNING,
        "layouts/mine/layout.toml",
    )
    assert what in found.message and "leaves-out" in found.hint
