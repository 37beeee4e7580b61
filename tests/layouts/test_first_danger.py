"""The panel for an emergency on page 1 of the shipped leaflets in every layout, in languages 40 % longer too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.formats.pdf import format as pdf_format
from plainleaf.layouts import danger, excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import Block, Finding, Kind, Layout, Leaflet
from plainleaf.translations import messages
from plainleaf.typesetting import pseudo
from tests import renders, shipped
from tests.layouts.test_faults import A4, add
from tests.sources.test_forms import CONTENT, page

SIGNS = "- Blue lips\n- No breath\n\n"
PANEL = f"::: emergency\n## Call {{emergency_number}} now\n\nAny one of these:\n\n{SIGNS}1. Call.\n2. Stay.\n:::"
BEHIND = 3  # blocks of a leaflet behind its panel that may crowd page 1: more make pages, and change nothing there
TABLE = '[first-danger]\nholds = "action"\nreason = "The cover is small."\n'


def is_panel(block: Block) -> bool:
    return block.kind is Kind.CALLOUT and block.options["name"] == "emergency"


def panels(layout: Layout) -> list[Leaflet]:
    """The shipped leaflets of which a layout prints a panel first."""
    wanted = [
        each for (_, name), each in shipped.editions().items() if name == "en" and not excerpts.unwanted(each, layout)
    ]
    chosen = ((each.leaflet, excerpts.blocks(each.blocks, layout.text.split("-")[0])) for each in wanted)
    return [each for each, blocks in chosen if blocks and is_panel(blocks[0])]


def cases() -> Iterator[tuple[str, str, str]]:
    """Each layout with each leaflet, on each paper, and in the longer language in each direction; any two of these
    together, and all of them if ``PLAINLEAF_EVERY_PAPER`` is set: each takes seconds."""
    everything = bool(os.environ.get("PLAINLEAF_EVERY_PAPER"))
    for _, group in groupby(sorted(CONTENT.layouts, key=shipped.family), shipped.family):
        papers = sorted(group, key=lambda name: name.endswith("letter"))
        slugs = [leaflet.slug for leaflet in panels(CONTENT.layouts[papers[0]])]
        for number, slug in enumerate(slugs):
            for paper, name in enumerate(papers):
                if everything or len(slugs) == 1 or paper == number % len(papers):
                    locales = ("ar_XB", "en_XA")
                    yield from ((name, slug, locale) for locale in (locales if everything else locales[paper:][:1]))


CASES = list(cases())


def printed(leaflet: Leaflet, name: str, locale: str) -> tuple[Finding, ...]:
    """What is found on the first pages of a leaflet in a made-up language."""
    from plainleaf.formats.pdf import render

    assert CONTENT.clinic
    parts = tuple(block for block in leaflet.blocks if block.kind is Kind.PART)
    short = replace(leaflet, blocks=(*leaflet.blocks[: 1 + BEHIND], *parts))
    layout = CONTENT.layouts[name]
    catalog = pseudo.Catalog(locale)
    made, _ = messages.localize(short, pseudo.locale(locale), "US", catalog.lookup, draft=True)
    beside = shipped.editions()[(leaflet.slug, "en")] if layout.beside else None
    second = (
        replace(beside, blocks=messages.localize(short, beside.locale, "US", None, draft=False)[0].blocks)
        if beside
        else None
    )
    prepared = pdf_format.prepare(CONTENT, made, second, layout, layouts.Prepared(), renders.SMALL)
    return render.write(prepared.content, 120).findings


@pytest.mark.parametrize(("name", "slug", "locale"), CASES)
def test_a_language_that_is_40_percent_longer_has_on_page_1_what_its_layout_says(
    name: str, slug: str, locale: str
) -> None:
    found = printed(CONTENT.leaflets[slug], name, locale)
    assert [each.message for each in found if each.check in ("fit-first-danger", "fit-box-torn")] == []


def test_layouts_hold_the_whole_panel_on_page_1_but_for_those_that_give_a_reason() -> None:
    parted = {name.removesuffix("-letter") for name, each in CONTENT.layouts.items() if each.first_danger == "action"}
    assert parted == {"bilingual", "booklet", "large-print", "trifold"}
    assert {"a4", "letter", "bilingual", "large-print", "booklet", "trifold", "sheet"} <= {name for name, *_ in CASES}


# --------------------------------------------------------------------------- what a layout may say


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        (TABLE.replace("action", "heading"), 2, "first-danger.holds: “heading” is not known"),
        (TABLE.replace('holds = "action"\n', ""), 1, "first-danger.holds: this key is missing"),
        (TABLE.replace('reason = "The cover is small."\n', ""), 1, "first-danger.reason: this key is missing"),
        (TABLE.replace("The cover is small.", " "), 3, "first-danger.reason: it is empty"),
        (TABLE + "why = 1\n", 4, "first-danger.why: unknown key"),
    ],
    ids=["another part", "no part", "no reason", "an empty reason", "another key"],
)
def test_why_page_1_holds_no_signs_must_be_said(content: Path, table: str, line: int, what: str) -> None:
    add(content, toml=f"{A4}\n{table}")
    (finding,) = project.load(content).findings
    assert finding.message.startswith(what) and finding.hint
    assert str(finding.at) == f"layouts/mine/layout.toml:{A4.count(chr(10)) + 1 + line}"


def test_a_layout_that_gives_a_reason_is_held_to_heading_and_steps(content: Path) -> None:
    add(content, toml=f"{A4}\n{TABLE}")
    read = project.load(content)
    assert not read.findings and read.layouts["mine"].first_danger == "action"
    assert layouts.rules(read.layouts["mine"], pseudo.locale("en_XA")).first_danger == "action"


# --------------------------------------------------------------------------- how it is printed


def roles(html: str) -> list[str]:
    """What each piece of the panel says of itself, in the order of the page."""
    return re.findall(rf'{danger.PIECE}="1 (\w+)"', html)


def test_each_piece_says_what_it_is_in_every_layout() -> None:
    assert roles(page(PANEL)) == ["action", "sign", "sign", "sign", "sign", "step", "step", "step"]
    assert roles(page(f"Rest.\n\n:::: card\n{PANEL.replace(SIGNS, '')}\n::::", "wallet-card")).count("step") == 4
    assert danger.read("1 step") == (1, "step")
    assert danger.read("x step") is danger.read("1 all") is danger.read(None) is None


def test_the_panel_stands_above_the_main_message_and_nobody_is_told_twice_whom_to_call() -> None:
    body = f"{PANEL}\n\n::: summary\nRest.\n:::\n\n::: urgent\nNow.\n:::\n\nMore."
    for name in ("a4", "large-print", "booklet"):
        html = page(body, name)
        assert [*re.findall(r'<section class="callout (?:urgent )?(\w+)"', html)][:3] == [
            "emergency",
            "summary",
            "urgent",
        ]
        assert 'class="contacts"' not in html
    assert 'class="contacts"' in page("::: summary\nRest.\n:::\n\nMore.", "large-print")


def test_signs_stand_beside_the_steps_only_where_nothing_is_drawn() -> None:
    drawn = PANEL.replace("1. Call.", "1. Call.\n   ![A cup](pictures/cup.svg)")
    assert 'class="abreast"' in page(PANEL) and 'class="abreast"' not in page(drawn)
    assert 'class="abreast"' not in page(PANEL, "large-print")


def test_a_panel_that_is_too_high_for_page_1_has_its_signs_behind_the_steps_in_a_box_of_their_own() -> None:
    long = PANEL.replace("1. Call.", "\n".join(f"{number}. {'Call and stay. ' * 12}" for number in range(1, 7)))
    assert roles(page(PANEL, "large-print"))[1] == "sign"
    html = page(long, "large-print")
    assert html.count('<section class="callout urgent emergency"') == html.count(f'{danger.WHOLE}="yes"') == 2
    assert roles(html)[1] == "step" and roles(html)[-1] == "sign"
    assert re.findall(r'<p class="again">(.*?)</p>', html) and html.count(' data-kind="heading"') == 1
    assert roles(page(long))[1] == "sign"  # of a page that holds it all it is whole


def test_signs_with_pictures_stand_in_rows_in_easy_read() -> None:
    drawn = re.sub(
        r"(?m)^(- .*)$",
        r"\1\n  ![A cup](pictures/cup.svg)",
        PANEL.replace(SIGNS, SIGNS.strip() + "\n- Cold\n- Grey\n- Limp\n- Pale\n\n"),
    )
    assert 'class="seen row-of-3"' in page(f"Rest.\n\n:::: easy\n{drawn}\n::::", "easy-read")
    last = drawn.replace("- Pale\n  ![A cup](pictures/cup.svg)", "- Pale")
    assert last != drawn and 'class="seen row-of-5"' in page(f"Rest.\n\n:::: easy\n{last}\n::::", "easy-read")
    assert 'class="seen"' in page(f"Rest.\n\n:::: easy\n{PANEL}\n::::", "easy-read")
    wide = last.replace("- Limp", "- Bewusstlosigkeit")
    assert wide != last and 'class="seen row-of-2"' in page(f"Rest.\n\n:::: easy\n{wide}\n::::", "easy-read")


def test_page_1_says_at_its_head_what_other_pages_say_at_their_foot() -> None:
    html = page(PANEL)
    opening = html.split('<header class="opening">')[1].split("</header>")[0]
    assert opening.index('class="notices"') < opening.index("<h1")
    first, others = (
        html.split(f'class="running {name}"')[1].split('<div class="running')[0] for name in ("first-foot", "page-foot")
    )
    assert "Sample for review" not in first and "page-number" in first
    assert "Sample for review" in others and "page-number" in others
