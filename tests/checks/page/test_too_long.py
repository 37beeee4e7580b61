"""A text that is too long: the number that is told is true, and so is what is named: panel, language, block, lines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from plainleaf.formats.pdf import render as pdf
from plainleaf.formats.pdf import shortening
from plainleaf.model import Finding, Location, Origin, Printed, Severity
from tests import sheets

CSS = (
    "@page { size: 100mm 70mm; margin: 5mm } html { font-size: 12pt; line-height: 6mm } * { margin: 0 }"
    " h1 { break-after: avoid } p { orphans: 1; widows: 1 } .new { break-before: page }"
)
WORDS = "Take one tablet each morning with a full glass of water, and do not stop by yourself. "
AT = "data-at='sources/a.md:{0}' data-po='locales/es/a.po:{0}'"
PANELS = (
    "<section data-panels='cover'><h1>Sample</h1>{cover}</section>"
    "<section data-panels='inside 1, inside 2' class='new'>{inside}</section>"
    "<section data-panels='back' class='new'>{back}</section>"
)
TOLD = re.compile(r"(?:#\w+, )?(\w+) is (\d+) characters too long for (.+?) of sample: (?:from “.*” to )?“.*”")


def p(line: int, text: str, more: str = "") -> str:
    return f"<p {AT.format(line)} {more}>{text}</p>"


def panels(cover: str = p(3, "Cover"), inside: str = p(5, "Inside"), back: str = p(9, "Back")) -> str:
    return PANELS.format(cover=cover, inside=inside, back=back)


def too_long(body: str, css: str = CSS, **rules: object) -> Finding:
    """The one finding on a text that is too long."""
    (found,) = [one for one in printed(body, css, **rules).findings if one.check == "fit-pages"]
    return found


def printed(body: str, css: str = CSS, **rules: object) -> Printed:
    return sheets.printed(body, css, **{"language": "Spanish", "tag": "en", **rules})


def fits(body: str, **rules: object) -> bool:
    return "fit-pages" not in sheets.raised(printed(body, **rules))


@pytest.mark.parametrize(
    ("before", "long", "room"),
    [
        (3, WORDS * 9, "panel “inside 2”"),  # the block that runs over can do without
        (9, WORDS[:60], "panel “inside 2”"),  # it cannot: the longest one before it is named
    ],
)
def test_so_many_characters_less_and_the_text_fits_and_with_half_of_them_it_does_not(
    before: int, long: str, room: str
) -> None:
    blocks = [(5, WORDS * before), (6, long), (7, WORDS * 2)]

    def made(line: int = 0, less: int = 0) -> str:
        return panels(inside="".join(p(at, text[: len(text.strip()) - less * (at == line)]) for at, text in blocks))

    found = too_long(made())
    told = TOLD.fullmatch(found.message)
    assert told and (told[1], told[3]) == ("Spanish", room)
    count = int(told[2])
    assert fits(made(found.at.line, count)) and not fits(made(found.at.line, count // 2))


def test_blocks_of_which_none_is_long_enough_are_named_together() -> None:
    blocks = [(line, WORDS[:60]) for line in range(11, 31)]
    found = too_long(panels(back="".join(p(*block) for block in blocks)))
    assert ": from “Take" in found.message and "these texts together" in found.hint
    count = int(TOLD.fullmatch(found.message)[2])  # type: ignore[index]

    def less(count: int) -> str:
        left = dict(blocks)
        for line in (*range(found.at.line, 10, -1), *range(found.at.line + 1, 31)):
            taken = min(count, len(left[line]))
            left[line], count = left[line][: len(left[line]) - taken], count - taken
        return panels(back="".join(p(*block) for block in left.items()))

    assert fits(less(count)) and not fits(less(count // 2))


def test_what_is_too_long_is_told_by_its_language_its_name_and_both_of_its_lines() -> None:
    back = f"<div lang='fr'>{p(9, WORDS * 9, 'id=b-S02')}</div>"
    found = too_long(panels(back=back))
    assert found.message.startswith("#S02, French is ") and "for panel “back”" in found.message
    assert (found.at, found.po) == (Location("sources/a.md", 9), Location("locales/es/a.po", 9))


def test_each_part_has_pages_of_its_own_though_the_sheet_would_have_enough() -> None:
    """The cover runs on, and the inside is short: what stands inside would come on the wrong panels."""
    found = too_long(panels(cover=p(3, WORDS * 7)), max_pages=4)
    assert "for panel “cover”" in found.message and found.at.line == 3
    assert fits(panels(cover=p(3, WORDS)), max_pages=4)


def test_a_layouts_own_words_overleaf_are_no_text_to_shorten() -> None:
    notice = f"<p>{WORDS * 2}</p>"
    found = too_long(panels(cover=p(3, WORDS * 4) + notice))
    assert found.at.line == 3 and TOLD.fullmatch(found.message)


def test_a_part_that_begins_on_a_new_page_is_one_part_on_all_its_pages() -> None:
    """Its box asks for a new page wherever it goes on; that does not make each of its pages a part of its own."""
    body = p(3, WORDS) + f"<section class='new'>{p(5, WORDS * 14)}</section>"
    found = too_long(body, max_pages=3)
    assert "for page 3" in found.message and TOLD.fullmatch(found.message) and found.at.line == 5


def test_a_panel_of_fixed_height_tells_its_excess_too() -> None:
    css = CSS + "section { height: 40mm }"

    def raised(text: str) -> list[Finding]:
        made = printed(f"<section>{p(5, text)}</section>", css)
        return [found for found in made.findings if found.check == "fit-overflow"]

    (found,) = raised(WORDS * 5)
    count = int(re.search(r"(\d+) characters too many", found.message)[1])  # type: ignore[index]
    assert not raised((WORDS * 5).strip()[:-count]) and raised((WORDS * 5).strip()[: -(count // 2)])


def test_without_time_to_lay_out_again_no_number_is_told() -> None:
    made = pdf.write(sheets.sheet(panels(cover=p(3, WORDS * 7)), CSS, language="Spanish"), seconds=0)
    (found,) = made.findings
    assert found.message.startswith("Spanish is too long for panel “cover” of sample: “")
    assert found.severity is Severity.ERROR and found.at.line == 3


# --------------------------------------------------------------------------- its parts


def test_a_block_is_shortened_at_its_end_and_whole_again_afterwards() -> None:
    block = ET.fromstring("<p data-at='a:1'>One <b>two\n  three</b> four<i data-at='a:2'>own</i></p>")
    whole = "".join(block.itertext())
    with shortening.shortened({block: 8}):
        assert "".join(block.itertext()) == "One two\n  thown"
    assert "".join(block.itertext()) == whole


def test_a_note_that_is_smaller_than_the_text_says_where_shrinking_ends() -> None:
    """At 12.75 pt the note has 12.1; the text would fit at 12.25 pt, where the note has 11.6: it is too long."""
    css = (
        ":root { --body: 14pt; --line: 1.4; --space: 1 } html { font-size: var(--body); line-height: var(--line) }"
        " @page { size: 120mm 120mm; margin: 10mm } p { margin: 0 } .note { font-size: .95em }"
    )
    rules = {"max_pages": 1, "fit": "shrink"}
    short, long = (p(3, WORDS * count) + p(4, "A note", "class=note") for count in (7, 8))
    assert "to fit 1 page" in printed("<h1>Sample</h1>" + short, css, **rules).note
    made = printed("<h1>Sample</h1>" + long, css, **rules)
    assert sheets.raised(made) == {"fit-pages": Severity.ERROR}
    assert printed("<h1>Sample</h1>" + long.replace("class=note", ""), css, **rules).note.startswith("type 12")


def test_a_clinics_fact_and_a_layouts_word_are_placed_where_they_are_to_be_mended() -> None:
    body = "<h1>Sample</h1><div><p><b>Lunes</b> 9-17 h</p><p class='b'>Horas</p><p>Otro</p></div>"
    clinic, layout, po = Location("sources/clinics/a.toml"), Location("layouts/a/layout.toml"), Location("l.po", 7)
    origins = (Origin("Lunes 9-17 h, martes 9-12 h", clinic), Origin("Horas", layout, po))
    sheet = replace(sheets.sheet(body, "b { color: #aaaaaa } .b { color: #bbbbbb }"), origins=origins)
    places = {(found.at, found.po) for found in pdf.write(sheet).findings}
    assert places == {(clinic, None), (layout, po)}


# --------------------------------------------------------------------------- what is not the leaflet's

NAME = "Riverbend Community Health and Family Medicine Center of Exampletown and Sample Heights"
CLINIC = Location("sources/clinics/a.toml", 3)


def overflow(body: str, *origins: Origin, css: str = CSS, **rules: object) -> Finding:
    """The finding on a text that is too long, on a sheet with texts of others."""
    sheet = replace(sheets.sheet(body, css, **{"language": "Spanish", **rules}), origins=origins)
    (found,) = [one for one in pdf.write(sheet).findings if one.check == "fit-pages"]
    return found


def test_a_long_name_of_the_clinics_is_named_and_not_the_text_beside_it() -> None:
    cover = f"<p>{NAME}</p>" + p(3, WORDS * 3 + WORDS[:18])
    found = overflow(panels(cover=cover), Origin(NAME, CLINIC, usual=40))
    told = TOLD.fullmatch(found.message)
    assert told and found.at == CLINIC and found.po is None and "the leaflet's own text would fit" in found.hint
    count = int(told[2])
    assert 0 < count <= len(NAME) - 40
    assert fits(panels(cover=cover.replace(NAME, NAME[:-count])))
    assert not fits(panels(cover=cover.replace(NAME, NAME[: -(count // 2)])))


def test_a_name_in_the_middle_of_a_text_is_named_too() -> None:
    cover = p(3, f"{WORDS * 3}{WORDS[:43]} Call {NAME} at 202.")
    assert overflow(panels(cover=cover), Origin(NAME, CLINIC, usual=40)).at == CLINIC


@pytest.mark.parametrize("origin", [Origin(NAME, CLINIC), Origin(NAME, CLINIC, usual=len(NAME))])
def test_a_name_of_usual_length_is_no_reason_and_nor_is_one_that_nobody_can_shorten(origin: Origin) -> None:
    found = overflow(panels(cover=f"<p>{NAME}</p>" + p(3, WORDS * 3 + WORDS[:18])), origin)
    assert found.at.line == 3 and found.po


def test_where_the_text_is_too_long_beside_a_short_name_as_well_the_text_is_named() -> None:
    found = overflow(panels(cover=f"<p>{NAME}</p>" + p(3, WORDS * 9)), Origin(NAME, CLINIC, usual=40))
    assert found.at == Location("sources/a.md", 3) and found.po


def test_several_long_lines_of_the_clinics_are_shortened_together() -> None:
    lines = {f"{number} Sample Road, Building {number}": number > 3 for number in range(1, 14)}
    origins = [Origin(line, Location("sources/clinics/a.toml", 4), usual=0 if extra else 40)
               for line, extra in lines.items()]  # fmt: skip
    body = "".join(f"<p>{line}</p>" for line in lines)
    found = overflow(panels(back=body), *origins)
    assert found.at == Location("sources/clinics/a.toml", 4) and "shorten" in found.hint
