"""Small formats for the worst moment: what to do stands on the cover or the front, the clinic on the back."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from plainleaf.formats.pdf import format as pdf_format
from plainleaf.formats.pdf import render
from plainleaf.formats.pdf.sheets import arranged
from plainleaf.layouts import excerpts
from plainleaf.layouts import templates as layouts
from plainleaf.model import Block, Edition, Kind, Printed, Severity, Sheet, plain
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales, pseudo
from tests import shipped

TEXT = (Path(__file__).parent / "acting.md").read_text(encoding="utf-8")
LONGER = "en_XA"
MM = 72 / 25.4


def edition(locale: str, text: str = TEXT) -> Edition:
    """The sample leaflet in English or a made-up language."""
    leaflet, found = markdown.parse("sources/acting.md", text)
    assert leaflet and not found
    made_up = locale in pseudo.NAMES
    where = pseudo.locale(locale) if made_up else locales.locale(locale)
    lookup = pseudo.Catalog(locale).lookup if made_up else None
    made, flaws = messages.localize(leaflet, where, "US", lookup, draft=made_up)
    assert not flaws
    return made


def sheet(name: str, locale: str, text: str = TEXT) -> Sheet:
    here, first = shipped.content(), edition(locale, text)
    layout = here.layouts[name]
    second = edition("en", text) if layout.beside and locale != "en" else None
    prepared = pdf_format.prepare(here, first, second, layout, layouts.Prepared(), "acting.pdf")
    assert not prepared.findings
    made: Sheet = prepared.content
    return made


@cache
def printed(name: str, locale: str) -> Printed:
    made = render.write(sheet(name, locale))
    assert {finding.check for finding in made.findings} <= {"fit-white"}, made.findings  # before a long red box
    return made


def pages(made: Printed) -> list[str]:
    """The text of each page, letters alone: lines may break anywhere."""
    found = (page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.data))
    return [squeezed(text) for text in found]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe\u2060]|-(?=\n)", "", text)


def panel(locale: str, text: str = "full") -> list[Block]:
    """The texts of the panel for an emergency."""
    (box,) = (each for each in excerpts.blocks(edition(locale).blocks, text) if each.options.get("name") == "emergency")
    return [block for block in box.walk() if block.inlines]


def said(block: Block) -> list[str]:
    """A text as it is on a page, in the pieces between details of the clinic."""
    return [squeezed(part) for part in re.split(r"\{\w+\}", plain(block.inlines))]


# --------------------------------------------------------------------------- booklets


@pytest.mark.parametrize("locale", ["en", LONGER])
def test_a_booklet_has_the_action_whole_on_its_cover_and_the_clinic_on_its_back(locale: str) -> None:
    made = printed("booklet", locale)
    assert made.pages % 4 == 0
    cover, *_, back = pages(made)
    for block in panel(locale):
        assert all(part in cover for part in said(block)), block.at
    assert "(202)555-0142" in back and "(202)555-0143" in back
    document = pdfium.PdfDocument(made.data)
    assert any(each.type == pdfium.raw.FPDF_PAGEOBJ_PATH for each in document[made.pages - 1].get_objects())
    assert "clinic.example/leaflets/acting" in back  # beside the code to scan


def test_a_panel_that_is_higher_than_a_cover_has_its_signs_overleaf() -> None:
    words = "Rub the breastbone (the bone in the middle of the chest). Give another dose until the person breathes. "
    made = sheet("booklet", LONGER, TEXT.replace("if you have it.", "if you have it. " + 2 * words))
    assert made.parted
    done = render.write(made)
    assert not [finding for finding in done.findings if finding.severity is Severity.ERROR]
    cover, overleaf, *_ = pages(done)
    sign, step = (squeezed(pseudo.accented(text)) for text in ("They do not wake up", "Call"))
    assert sign in overleaf and sign not in cover
    assert step.strip("[]") in cover


def test_words_around_the_steps_stay_with_them_on_a_folded_leaflets_cover() -> None:
    text = TEXT.replace("1. **Call", "Until help comes:\n\n1. **Call", 1).replace(
        "The overdose can come back.\n:::", "The overdose can come back.\n\nThen ask for help again.\n:::", 1
    )
    made = render.write(sheet("trifold", "en", text))
    assert not [finding for finding in made.findings if finding.severity is Severity.ERROR]
    cover, flap, *_ = pages(made)
    for words in ("Until help comes:", "Then ask for help again."):
        assert squeezed(words) in cover and squeezed(words) not in flap


def test_numbers_of_a_booklets_pages_stand_at_the_outer_edge() -> None:
    """From left to right, odd pages are on the right."""
    for number, page in enumerate(pdfium.PdfDocument(printed("booklet", "en").data), 1):
        words = page.get_textpage()
        at = words.get_text_range().rindex(f"Page {number} of")
        left = words.get_charbox(at)[0]
        assert (left > page.get_width() / 2) == (number % 2 == 1), number


# --------------------------------------------------------------------------- cards


def test_a_card_has_the_action_and_the_words_to_staff_on_its_front_and_lines_of_7_mm_on_its_back() -> None:
    made = printed("wallet-card", "en")
    front, back = pages(made)
    for block in panel("en", "card"):
        assert all(part in front for part in said(block)), block.at
    assert "Tomedicalstaff" in front and "Myname" in back and "(202)555-0143" in back
    lines = [bottom for bottom in ruled(made, 1) if bottom > 10 * MM]  # not the one below the heading
    gaps = [(below - above) / MM for above, below in pairwise(sorted({round(at, 1) for at in lines}))]
    assert len(gaps) == 3 and all(6.9 < gap < 7.3 for gap in gaps), gaps
    assert len(lines) == 5, "two short ones share a line"


def ruled(made: Printed, page: int) -> list[float]:
    """How far down the lines to write on lie on a page, in pt: each is the lower edge of a box."""
    with pdfplumber.open(BytesIO(made.data)) as pdf:
        boxes = [(each["x0"], each["x1"], each["top"], each["bottom"]) for each in pdf.pages[page].rects]
    drawn = {(x0, x1, top): max(each[3] for each in boxes if each[:3] == (x0, x1, top)) for x0, x1, top, _ in boxes}
    return [bottom for (x0, x1, top), bottom in drawn.items() if x1 - x0 >= 12 * MM and bottom - top < 7 * MM]


def test_each_leaf_of_a_card_in_two_languages_has_one_language_on_both_its_sides() -> None:
    """Whether it is cut or folded: behind the front of a language lies its own back."""
    made = sheet("wallet-card", "ar_XB")
    assert made.scheme
    sizes = [(85.6 * MM, 54 * MM)] * 4  # front and back in one language, then in the other
    front, back = arranged(sizes, made.scheme, made.direction)
    for before, behind in zip(front.rows, back.rows, strict=True):
        assert [number and number // 2 for number in before] == [number and number // 2 for number in behind[::-1]]


# --------------------------------------------------------------------------- folded in three


@pytest.mark.parametrize("locale", ["en", LONGER])
def test_a_fold_has_what_to_do_on_its_cover_and_the_signs_first_as_it_opens(locale: str) -> None:
    """Each text once, also where a language is longer: then on larger paper."""
    made = printed("trifold", locale)
    assert made.pages == 6
    cover, flap, *_ = pages(made)
    words = panel(locale, "short")
    steps = [block for block in words if block.at.line >= next(at for at, text in lined() if text.startswith("1. "))]
    for block in words:
        on, off = (cover, flap) if block in steps or block.kind is Kind.HEADING else (flap, cover)
        assert all(part in on for part in said(block)), block.at
        assert not all(part in off for part in said(block) if part), block.at


def lined() -> list[tuple[int, str]]:
    """The lines of the sample leaflet with their numbers."""
    return list(enumerate(TEXT.splitlines(), 1))


def test_the_inside_panels_of_a_fold_begin_at_one_height() -> None:
    tops = []
    with pdfplumber.open(BytesIO(printed("trifold", "en").data)) as pdf:
        for page in pdf.pages[3:5]:  # the first one begins with a box
            first = min(page.chars, key=lambda char: char["top"])
            tops.append(first["top"])
    assert max(tops) - min(tops) < 2


@pytest.mark.parametrize("flap", ["::: urgent {.short}\n## Call us\n\nDo not wait. {.safety}\n:::\n\n", ""])
def test_a_fold_says_that_it_is_a_draft_on_both_sides_of_its_sheet(flap: str) -> None:
    head = TEXT[: TEXT.index("references:")]
    rest = "\n\n".join(f"## Part {number}\n\n{'Rest as long as you need to. ' * 12}{{.short}}" for number in range(9))
    made = render.write(sheet("trifold", LONGER, f"{head}---\n\n{flap}{rest}\n"))
    assert made.press
    draft = squeezed(pseudo.accented("Draft translation: not yet checked by a clinical translator"))
    sides = [squeezed(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(made.press)]
    assert [draft in side for side in sides] == [True, True]
