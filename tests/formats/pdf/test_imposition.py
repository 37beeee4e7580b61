"""Sheets for the printing press: folded, stapled, turned and cut here as a person would, they must read in order.

The folding below knows nothing of how pages were put on sheets. It knows paper: a place x from the left of a side lies
behind the place (width - x) of the other side.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pdfplumber
import pikepdf
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from plainleaf.formats.pdf import render as pdf
from plainleaf.formats.pdf import validation, xmp
from plainleaf.formats.pdf.imposition import _MOST_BLEED, _marks, _reach, impose
from plainleaf.formats.pdf.sheets import ImpositionError
from plainleaf.model import Direction, Scheme
from plainleaf.model.lengths import PT_PER_MM
from tests import tagtree, verapdf
from tests.conftest import ROOT, needs

MM = 72 / 25.4
BOOKLET = Scheme("saddle-stitch", 297, 210)
TRIFOLD = Scheme("trifold", 297, 210)
CARDS = Scheme("cards", 210, 297)
BOTH = pytest.mark.parametrize("direction", ["ltr", "rtl"])

A5 = "@page { size: A5; margin: 10mm }"
PANELS = """
    @page { size: 100mm 210mm; margin: 8mm }
    @page :nth(2) { size: 97mm 210mm }
    @page :nth(5) { size: 97mm 210mm }"""
LETTER_PANELS = PANELS.replace("100mm 210mm", "94mm 215.9mm").replace("97mm 210mm", "91.4mm 215.9mm")
CARD = "@page { size: 85.6mm 54mm; margin: 4mm }"

# A page says its number in a word at its top, in its middle: "p07". Its text runs down to the foot of the page.
Words = dict[str, list[tuple[float, float]]]  # word -> middles on the sheet, in mm from the left and the top


@functools.cache
def make(pages: int, css: str, title: str = "Asthma", extra: str = "") -> bytes:
    """An accessible PDF of so many pages in reading order."""
    texts = "".join(f"<section><h1>p{number:02}</h1>{extra}<div>foot</div></section>" for number in range(1, pages + 1))
    style = f"""{css}
        section {{ break-after: page; text-align: center; position: relative; height: 100% }}
        section:last-child {{ break-after: auto }}
        html, body, main {{ height: 100%; margin: 0 }}
        h1 {{ margin: 0; font-size: 12pt }}
        div {{ position: absolute; bottom: 0; width: 100% }}"""
    html = f"<!doctype html><html lang=en><title>{title}</title><style>{style}</style><main>{texts}</main>"
    data = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1", finisher=pdf._finish)
    assert isinstance(data, bytes)
    return data


@functools.cache
def forty() -> bytes:
    return make(40, A5)


def first(pages: int) -> bytes:
    """The first pages of a long booklet."""
    with pikepdf.open(io.BytesIO(forty())) as file:
        del file.pages[pages:]
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


@functools.cache
def sides(data: bytes) -> list[tuple[float, float, Words]]:
    """For each side its width and height in mm, and where the numbers of pages stand on it."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        found = []
        for page in file.pages:
            words: Words = {}
            for word in page.extract_words():
                if re.fullmatch("p[0-9]+", word["text"]):
                    middle = (word["x0"] + word["x1"]) / 2 / MM, (word["top"] + word["bottom"]) / 2 / MM
                    words.setdefault(word["text"], []).append(middle)
            found.append((float(page.width) / MM, float(page.height) / MM, words))
    return found


def sheets(data: bytes) -> Iterator[tuple[float, Words, Words]]:
    """Each sheet of paper: its width, what is on its front and on its back."""
    printed = sides(data)
    assert len(printed) % 2 == 0
    for (width, _, front), (_, _, back) in zip(printed[::2], printed[1::2], strict=True):
        yield width, front, back


def lines(data: bytes) -> list[tuple[pdfplumber.page.Page, list[tuple[float, float, float, float]]]]:
    """For each side the page and its black marks, as left, top, right, bottom in mm."""
    file = pdfplumber.open(io.BytesIO(data))
    black = [(page, [line for line in page.lines if not line["stroking_color"]]) for page in file.pages]
    return [
        (page, [tuple(line[edge] / MM for edge in ("x0", "top", "x1", "bottom")) for line in marks])  # type: ignore[misc]
        for page, marks in black
    ]


def page_between(words: Words, left: float, right: float) -> str:
    """The page printed on a piece of paper ("" if blank); it must be printed in the middle, but for 1 mm of creep."""
    here = [(word, x) for word, places in words.items() for x, _ in places if left < x < right]
    assert len(here) <= 1
    if not here:
        return ""
    assert here[0][1] == pytest.approx((left + right) / 2, abs=1.2)  # two A5 pages are 1 mm narrower than A4 is long
    return here[0][0]


def leaf(width: float, front: Words, back: Words, left: float, right: float) -> tuple[str, str]:
    """The two faces of a strip of a sheet, that goes from ``left`` to ``right`` of its front."""
    return page_between(front, left, right), page_between(back, width - right, width - left)


def numbers(pages: int) -> list[str]:
    return [f"p{number:02}" for number in range(1, pages + 1)]


# ------------------------------------------------------------------ booklets


def leafed_through(data: bytes, spine: str) -> list[str]:
    """Sheets in one pile, the first outside, folded in the middle and stapled: the faces as leaves are turned.

    With the spine on the left, the first leaf is the right half of the outer sheet's front.
    """
    near, far = [], []
    for width, front, back in sheets(data):
        halves = [(width / 2, width), (0.0, width / 2)]
        ahead, behind = halves if spine == "left" else halves[::-1]
        near.append(leaf(width, front, back, *ahead))
        turned = leaf(width, front, back, *behind)
        far.append(turned[::-1])  # past the middle of the pile each sheet shows its back first
    return [face for faces in (*near, *reversed(far)) for face in faces]


@BOTH
@pytest.mark.parametrize("pages", [*range(1, 10), 14, 19, 40])
def test_a_booklet_of_any_length_reads_in_order(pages: int, direction: Direction) -> None:
    faces = leafed_through(impose(first(pages), BOOKLET, direction), "left" if direction == "ltr" else "right")
    back = max(1, pages - 1)  # pages that are missing are blank before the back cover
    assert faces == [*numbers(pages)[:back], *[""] * (-pages % 4), *numbers(pages)[back:]]


def test_the_folding_above_notices_a_wrong_order() -> None:
    """Bound on the wrong side, or printed in reading order, the same sheets do not read."""
    assert leafed_through(impose(first(8), BOOKLET, "ltr"), "right") != numbers(8)
    assert leafed_through(impose(first(8), BOOKLET, "rtl"), "left") != numbers(8)


def test_the_cover_is_on_the_right_of_the_first_side_or_on_the_left_from_right_to_left() -> None:
    (_, front, _) = next(sheets(impose(first(8), BOOKLET, "ltr")))
    assert front["p01"][0][0] > front["p08"][0][0]
    (_, front, _) = next(sheets(impose(first(8), BOOKLET, "rtl")))
    assert front["p01"][0][0] < front["p08"][0][0]


def test_two_a5_pages_stand_in_the_middle_of_a_landscape_a4_sheet() -> None:
    data = impose(first(4), BOOKLET, "ltr")
    width, height, words = sides(data)[0]
    assert (width, height) == pytest.approx((297, 210), abs=0.01)
    assert words["p04"][0][0] == pytest.approx(148.5 - 74, abs=0.1)
    assert words["p01"][0][0] == pytest.approx(148.5 + 74, abs=0.1)


def test_half_letter_pages_go_on_letter() -> None:
    data = make(8, "@page { size: 139.7mm 215.9mm; margin: 10mm }")
    assert leafed_through(impose(data, Scheme("saddle-stitch", 279.4, 215.9), "ltr"), "left") == numbers(8)


def test_inner_pages_stand_nearer_the_fold_as_they_stick_out_of_the_pile() -> None:
    """By 0.1 mm, the thickness of paper, for each sheet outside theirs."""
    for number, (width, front, back) in enumerate(sheets(impose(first(24), BOOKLET, "rtl"))):
        places = [abs(x - width / 2) for words in (front, back) for [(x, _)] in words.values()]
        assert places == pytest.approx([74 - 0.1 * number] * 4, abs=0.05)


# ------------------------------------------------------------------ folded in three


def unfolded(data: bytes, direction: Direction) -> list[str]:
    """A sheet folded at its marks, read as a person opens it; says where each panel is met.

    It lies open, inside up. The panel where reading ends is folded in first, the one where it starts over it.
    """
    (_, outer), (_, inner) = lines(data)
    ((width, front, back),) = sheets(data)
    folds = sorted({round(left, 2) for left, *_ in inner})
    assert [round(width - left, 1) for left in sorted({left for left, *_ in outer}, reverse=True)] == pytest.approx(
        folds, abs=0.1
    )
    edges = [0.0, *folds, width]
    leaves = []
    for left, right in itertools.pairwise(edges):
        shown = leaf(width, back, front, left, right)  # inside, outside
        leaves.append((*shown, right - left))
    if direction == "rtl":
        leaves.reverse()
    over, middle, under = leaves
    assert under[2] < middle[2] - 1.9  # or it would buckle in the fold
    assert over[2] == pytest.approx(middle[2], abs=0.1)
    return [over[1], under[1], over[0], middle[0], under[0], middle[1]]


@BOTH
@pytest.mark.parametrize(
    ("css", "scheme"), [(PANELS, TRIFOLD), (LETTER_PANELS, Scheme("trifold", 279.4, 215.9))], ids=["a4", "letter"]
)
def test_a_leaflet_folded_in_three_reads_in_order(css: str, scheme: Scheme, direction: Direction) -> None:
    assert unfolded(impose(make(6, css), scheme, direction), direction) == numbers(6)


@BOTH
@pytest.mark.parametrize(
    ("pages", "panels"),
    [
        (1, ["p01", "", "", "", "", ""]),
        (2, ["p01", "", "", "", "", "p02"]),
        (3, ["p01", "p02", "", "", "", "p03"]),
        (4, ["p01", "p02", "p03", "", "", "p04"]),
        (5, ["p01", "p02", "p03", "p04", "", "p05"]),
    ],
)
def test_the_last_of_fewer_pages_is_the_back(pages: int, panels: list[str], direction: Direction) -> None:
    assert unfolded(impose(make(pages, PANELS), TRIFOLD, direction), direction) == panels


def test_panel_5_lies_behind_the_flap_and_3_behind_the_cover() -> None:
    ((width, front, back),) = sheets(impose(make(6, PANELS), TRIFOLD, "ltr"))
    assert [word for word, _ in sorted(front.items(), key=lambda item: item[1])] == ["p02", "p06", "p01"]
    assert [word for word, _ in sorted(back.items(), key=lambda item: item[1])] == ["p03", "p04", "p05"]
    for one, other in (("p02", "p05"), ("p01", "p03"), ("p06", "p04")):
        assert front[one][0][0] + back[other][0][0] == pytest.approx(width, abs=0.1)


def test_seven_pages_are_too_many_for_a_leaflet_folded_in_three() -> None:
    with pytest.raises(ImpositionError, match="6 panels, and there are 7 pages"):
        impose(make(7, PANELS), TRIFOLD, "ltr")


def blank(*sizes: tuple[float, float]) -> bytes:
    """A PDF of empty pages; their sizes in mm."""
    out = io.BytesIO()
    with pikepdf.new() as file:
        for width, height in sizes:
            file.add_blank_page(page_size=(width * MM, height * MM))
        file.save(out)
    return out.getvalue()


def fits(scheme: Scheme, *sizes: tuple[float, float]) -> str:
    """Why pages of these sizes (mm) do not go on a sheet, "" if they do."""
    try:
        impose(blank(*sizes), scheme, "ltr")
    except ImpositionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("page", [2, 5])
def test_a_panel_that_is_folded_in_may_be_half_a_millimetre_too_wide(page: int) -> None:
    """Paper is cut no better. The sheet has 97 mm for it."""
    sizes = [(100.0, 210.0)] * 6
    sizes[1] = sizes[4] = (97, 210)
    for width, message in ((97.4, ""), (97.6, f"page {page} is 97.6 mm wide, .* folded in 97.0 mm")):
        sizes[page - 1] = (width, 210)
        assert re.fullmatch(message, fits(TRIFOLD, *sizes))


@pytest.mark.parametrize(("wider", "higher"), [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_pages_of_one_size_differ_by_half_a_millimetre_at_most(wider: int, higher: int) -> None:
    usual = (148.0, 210.0)
    near, far = ((148 + off * wider, 210 + off * higher) for off in (0.4, 0.6))
    assert not fits(BOOKLET, usual, usual, near, usual)
    assert fits(BOOKLET, usual, usual, far, usual).startswith("page 3 is ")


@pytest.mark.parametrize(
    ("scheme", "refused"),
    [
        (Scheme("cards", 173.8, 54, rows=1, gap_mm=3), False),  # two cards and a gap take 174.2 mm
        (Scheme("cards", 173.6, 54, rows=1, gap_mm=3), True),
        (Scheme("cards", 174.2, 224.6, gap_mm=3), False),  # four and their gaps take 225 mm
        (Scheme("cards", 174.2, 224.4, gap_mm=3), True),
    ],
)
def test_cards_with_their_gaps_fit_on_the_sheet(scheme: Scheme, refused: bool) -> None:
    assert fits(scheme, (85.6, 54), (85.6, 54)).startswith("the pages of one side take 174.2 x") is refused


def test_creep_is_two_millimetres_at_most() -> None:
    """Of 96 pages of A5, the inner sheet has 23 others round it."""
    with pikepdf.open(io.BytesIO(impose(blank(*[(148, 210)] * 96), BOOKLET, "ltr"))) as file:
        drawn = file.pages[-1].Contents.read_bytes().decode()
    left, right = (float(x) / MM for x in re.findall(r"1 0 0 1 (\S+) \S+ cm", drawn))
    assert (left, right) == pytest.approx((0.5 + 2, 148.5 - 2), abs=0.01)


def test_a_flap_as_wide_as_the_other_panels_is_refused() -> None:
    css = "@page { size: 100mm 210mm }"
    with pytest.raises(ImpositionError, match=r"page 2 is 100\.0 mm wide, and the panel that is folded in 97\.0 mm"):
        impose(make(6, css), TRIFOLD, "ltr")


# ------------------------------------------------------------------ cards


def cut(data: bytes) -> list[tuple[str, str]]:
    """The cards of all sheets: what is on the front and, at the same place of the paper, on the back."""
    cards = []
    for width, front, back in sheets(data):
        backs = {(round(width - x), round(y)): word for word, places in back.items() for x, y in places}
        for word, places in sorted(front.items()):
            cards += [(word, backs.get((round(x), round(y)), "")) for x, y in places]
    return cards


@BOTH
@pytest.mark.parametrize("scheme", [CARDS, Scheme("cards", 215.9, 279.4)], ids=["a4", "letter"])
def test_one_card_fills_a_sheet_with_its_back_behind_it(scheme: Scheme, direction: Direction) -> None:
    assert cut(impose(make(2, CARD), scheme, direction)) == [("p01", "p02")] * 8


@BOTH
@pytest.mark.parametrize("gap", [0, 3])
def test_each_of_several_cards_has_its_own_back(gap: float, direction: Direction) -> None:
    scheme = Scheme("cards", 210, 297, gap_mm=gap)
    cards = cut(impose(make(6, CARD), scheme, direction))
    assert cards == [("p01", "p02")] * 3 + [("p03", "p04")] * 3 + [("p05", "p06")] * 2


def test_cards_go_from_the_upper_left_corner_along_the_rows() -> None:
    _, front, _ = next(sheets(impose(make(20, CARD), CARDS, "ltr")))
    placed = sorted(front, key=lambda word: (round(front[word][0][1]), front[word][0][0]))
    assert placed == [f"p{number:02}" for number in range(1, 16, 2)]


def test_ten_cards_take_two_sheets_and_leave_no_place_empty() -> None:
    cards = cut(impose(make(20, CARD), CARDS, "ltr"))
    assert len(cards) == 16
    assert {(f"p{number:02}", f"p{number + 1:02}") for number in range(1, 20, 2)} == set(cards)


def test_a_card_without_a_back_has_a_blank_one() -> None:
    assert cut(impose(make(1, CARD), CARDS, "ltr")) == [("p01", "")] * 8


@pytest.mark.parametrize(("direction", "front"), [("ltr", ["p03", "p01"]), ("rtl", ["p01", "p03"])])
def test_a_card_of_two_leaves_opens_as_its_first_language_reads(direction: Direction, front: list[str]) -> None:
    """Folded with the fronts outside, the cover has the fold on the side where its lines begin."""
    (width, outside, inside) = next(sheets(impose(make(4, CARD), Scheme("cards", 210, 297, folded=True), direction)))
    assert [word for word, _ in sorted(outside.items(), key=lambda item: item[1])] == front
    assert inside["p02"][0][0] == pytest.approx(width - outside["p01"][0][0], abs=0.1), "behind its front"


# ------------------------------------------------------------------ marks


@pytest.mark.parametrize("scheme", [CARDS, Scheme("cards", 210, 297, gap_mm=3)], ids=["no gap", "gap"])
def test_cut_marks_of_cards_stand_around_them_at_every_cut(scheme: Scheme) -> None:
    gap = scheme.gap_mm
    x = [210 / 2 + side * (gap / 2 + offset) for side in (-1, 1) for offset in (0, 85.6)]
    y = [297 / 2 + side * (gap / 2 + offset) for side in (-1, 1) for offset in (0, 54, 54 + gap, 108 + gap)]
    for _, marks in lines(impose(make(2, CARD), scheme, "ltr")):
        upright = {round(left, 1) for left, _, right, _ in marks if abs(right - left) < 0.01}
        level = {round(top, 1) for _, top, _, bottom in marks if abs(bottom - top) < 0.01}
        assert sorted(upright) == sorted({round(place, 1) for place in x})
        assert sorted(level) == sorted({round(place, 1) for place in y})
        for left, top, right, bottom in marks:
            beside = right < min(x) - 2.9 or left > max(x) + 2.9
            assert beside or bottom < min(y) - 2.9 or top > max(y) + 2.9
            assert left >= 0 and top >= 0 and right <= 210 and bottom <= 297


@BOTH
def test_fold_marks_stand_where_office_printers_print_and_off_the_text(direction: Direction) -> None:
    """5 mm of the edge stay white there."""
    for page, marks in lines(impose(make(6, PANELS), TRIFOLD, direction)):
        assert len(marks) == 4
        for left, top, right, bottom in marks:
            assert left == pytest.approx(right)
            assert (top >= 4.99 and bottom <= 9.01) or (top >= 200.99 and bottom <= 205.01)
            for char in page.chars:
                assert char["x1"] / MM < left - 5 or char["x0"] / MM > right + 5


def test_fold_marks_differ_between_the_sides() -> None:
    (_, outer), (_, inner) = lines(impose(make(6, PANELS), TRIFOLD, "ltr"))
    assert sorted({round(left, 1) for left, *_ in outer}) == [97, 197]
    assert sorted({round(left, 1) for left, *_ in inner}) == [100, 200]


def test_a_booklet_on_a_larger_sheet_has_marks_outside_its_pages() -> None:
    for page, marks in lines(impose(make(4, A5), Scheme("saddle-stitch", 420, 297), "ltr")):
        assert page.trimbox == pytest.approx([62 * MM, 43.5 * MM, 358 * MM, 253.5 * MM], abs=0.01)
        assert len(marks) == 2 * 4 + 2  # where to cut, at each corner, and where to fold
        for left, top, right, bottom in marks:
            assert right < 59.1 or left > 360.9 or bottom < 40.6 or top > 256.4


def test_a_booklet_that_fills_its_sheet_has_no_marks_and_marks_can_be_left_out() -> None:
    assert not any(marks for _, marks in lines(impose(make(4, A5), BOOKLET, "ltr")))
    plain = Scheme("trifold", 297, 210, marks=False)
    assert not any(marks for _, marks in lines(impose(make(6, PANELS), plain, "ltr")))


@pytest.mark.parametrize(
    ("scheme", "css"), [(BOOKLET, "@page { size: 148.5mm 210mm }"), (TRIFOLD, PANELS)], ids=["booklet", "folded"]
)
def test_a_larger_sheet_is_cut_to_size_with_bleed_and_all_marks_outside(scheme: Scheme, css: str) -> None:
    for page, marks in lines(impose(make(6, css), replace(scheme, around_mm=9), "ltr")):
        assert (float(page.width) / MM, float(page.height) / MM) == pytest.approx((315, 228), abs=0.01)
        assert page.trimbox == pytest.approx([9 * MM, 9 * MM, 306 * MM, 219 * MM], abs=0.01)
        assert page.bleedbox == pytest.approx([6 * MM, 6 * MM, 309 * MM, 222 * MM], abs=0.01)
        folds = {round(left) for left, *_ in marks} - {9, 306, 1, 309}
        assert len(folds) == (1 if scheme is BOOKLET else 2) and len(marks) == 8 + 2 * len(folds)
        for left, top, right, bottom in marks:
            assert right < 6.1 or left > 308.9 or bottom < 6.1 or top > 221.9


def test_fold_marks_are_seen_on_a_black_ground() -> None:
    front, _ = pictures(impose(make(6, PANELS + "@page { background: #000000 }"), TRIFOLD, "ltr"), 288)
    near = front.crop((int(96 * MM * 4), int(6 * MM * 4), int(98 * MM * 4), int(8 * MM * 4))).convert("L")
    assert near.getextrema() == (0, 255)


# ------------------------------------------------------------------ pages as they were


def pictures(data: bytes, dpi: int = 72) -> list[Image.Image]:
    """Each page or side as it is seen, a pixel for a pt if nothing else is asked for."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [page.to_image(resolution=dpi).original.convert("RGB") for page in file.pages]


def grown(bleed: int) -> str:
    ground = f"@page {{ background: #9cf; bleed: {bleed}mm }}" if bleed else ""
    return f"@page {{ size: 144pt 216pt; margin: 20pt }} {ground}"


def test_a_page_on_a_sheet_looks_as_it_did() -> None:
    data = make(4, grown(0))
    pages = pictures(data)
    front, back = pictures(impose(data, Scheme("saddle-stitch", 288 / MM, 216 / MM), "ltr"))
    for side, left, right in ((front, 4, 1), (back, 2, 3)):
        assert side.crop((0, 0, 144, 216)).tobytes() == pages[left - 1].tobytes()
        assert side.crop((144, 0, 288, 216)).tobytes() == pages[right - 1].tobytes()


def test_the_ground_of_a_page_goes_on_past_the_cut_but_not_past_the_fold() -> None:
    """2 mm of bleed on pages of two colours, 100 mm of white around the pair."""
    data = make(4, grown(2) + "@page :nth(4) { background: #fc9 }")
    front, _ = pictures(impose(data, Scheme("saddle-stitch", 288 / MM + 200, 216 / MM + 200, marks=False), "ltr"))
    margin = 100 * MM
    row = [front.getpixel((x, int(margin + 100))) for x in range(front.width)]
    runs = [(colour, len(list(same))) for colour, same in itertools.groupby(row)]
    wide = {colour: length for colour, length in runs if length > 2}  # but for the edges
    assert list(wide) == [(255, 255, 255), (255, 204, 153), (153, 204, 255)]
    assert wide[255, 204, 153] == pytest.approx(144 + 2 * MM, abs=1.5)
    assert wide[153, 204, 255] == pytest.approx(144 + 2 * MM, abs=1.5)


def test_fonts_are_embedded_once_and_the_file_stays_small() -> None:
    data = first(40)
    printed = impose(data, BOOKLET, "ltr")

    def fonts(data: bytes) -> int:
        with pikepdf.open(io.BytesIO(data)) as file:
            return sum(1 for item in file.objects if isinstance(item, pikepdf.Stream) and "/Length1" in item)

    with pikepdf.open(io.BytesIO(printed)) as file:
        forms = [item for page in file.pages for item in page.Resources.XObject.values()]
        assert len(forms) == 40
        assert len({form.Resources.objgen for form in forms}) == 1
    assert fonts(data) == fonts(printed) > 0
    assert len(printed) < len(data) + 40 * 400  # bytes for a form and its place


def test_text_stays_text_also_where_glyphs_alone_do_not_give_it() -> None:
    needs("pdftotext")
    words = "Ẹ jọ̀wọ́ ka ìwé yìí"  # Yoruba: letters with two marks
    data = make(4, A5, extra=f"<p>{words}</p>")
    for file in (data, impose(data, BOOKLET, "ltr")):
        done = subprocess.run(["pdftotext", "-", "-"], input=file, capture_output=True, check=True, timeout=300)
        assert done.stdout.decode().count(words) == 4


# ------------------------------------------------------------------ the file


def test_the_title_says_that_the_file_is_for_the_press_and_where_the_accessible_one_is() -> None:
    with pikepdf.open(io.BytesIO(impose(make(8, A5, title="Asthma"), BOOKLET, "ltr"))) as file:
        title, subject = str(file.docinfo["/Title"]), str(file.docinfo["/Subject"])
        assert title.startswith("Asthma (for the printing press; the accessible file is the one without -print")
        assert "flip on the short edge" in subject
        assert file.Root.Lang == "en"
        asks = file.Root.ViewerPreferences
        assert asks.DisplayDocTitle and asks.PickTrayByPDFSize
        assert (asks.Duplex, asks.PrintScaling) == ("/DuplexFlipShortEdge", "/None")
        assert subject.startswith("For the printing press; ") and "in actual size" in subject
    with pikepdf.open(io.BytesIO(impose(make(2, CARD), CARDS, "ltr"))) as file:
        assert file.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert "flip on the long edge" in str(file.docinfo["/Subject"])


def test_the_file_names_the_accessible_one_where_it_is_known() -> None:
    about = xmp.About("Asthma", (("en", "Asthma"),), created="2026-05-01", description="Draft")
    with pikepdf.open(io.BytesIO(impose(make(8, A5), BOOKLET, "ltr", about, "asthma.en.booklet.pdf"))) as file:
        says, packet = str(file.docinfo["/Title"]), file.Root.Metadata.read_bytes().decode()
        assert says == "Asthma (for the printing press; the accessible file is asthma.en.booklet.pdf)"
        assert str(file.docinfo["/CreationDate"]) == "D:20260501"
        assert packet.count(f">{says}</rdf:li>") == 2  # in English, and for all others
        assert "<dc:relation><rdf:Bag><rdf:li>asthma.en.booklet.pdf</rdf:li>" in packet


def test_a_file_without_a_title_says_at_least_what_it_is_for_and_keeps_a_draft_notice() -> None:
    with pikepdf.open(io.BytesIO(make(4, A5))) as file:
        del file.docinfo["/Title"]
        file.docinfo["/Subject"] = "Draft"
        out = io.BytesIO()
        file.save(out)
    with pikepdf.open(io.BytesIO(impose(out.getvalue(), BOOKLET, "ltr"))) as file:
        assert str(file.docinfo["/Title"]).startswith("For the printing press; the accessible file is")
        assert str(file.docinfo["/Subject"]).endswith("in actual size. Draft")


def test_the_file_claims_no_tags_and_has_no_piece_of_any() -> None:
    data = make(4, A5, extra="<p><a href='https://example.org/'>a link</a></p>")
    assert validation.validate(data) == ()
    with pikepdf.open(io.BytesIO(impose(data, BOOKLET, "ltr"))) as file:
        assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(file.Root.keys())
        assert not re.search(rb"pdf\w*id", file.Root.Metadata.read_bytes())
        for page in file.pages:
            assert not {"/StructParents", "/Annots"} & set(page.keys())
            for form in page.Resources.XObject.values():
                assert "/StructParents" not in form
                operators = {str(operator) for _, operator in pikepdf.parse_content_stream(form)}
                assert "Tj" in operators or "TJ" in operators
                assert not {"BDC", "BMC", "EMC"} & operators


def test_the_same_pages_give_the_same_bytes_in_every_run() -> None:
    data = make(8, A5)
    code = (
        "import sys; from plainleaf.formats.pdf.imposition import impose; from plainleaf.model import Scheme;"
        "sys.stdout.buffer.write(impose(sys.stdin.buffer.read(), Scheme('saddle-stitch', 297, 210), 'ltr'))"
    )
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=300, env=environment)
        assert (done.stdout, done.stderr) == (impose(data, BOOKLET, "ltr"), b"")


# ------------------------------------------------------------------ what cannot be imposed


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make(4, A5))) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    return out.getvalue()


def empty() -> bytes:
    out = io.BytesIO()
    pikepdf.new().save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "this PDF could not be read"),
        (b"not a PDF", "this PDF could not be read"),
        (make(4, A5)[:2000], "this PDF could not be read"),
        (locked(), "^this PDF is locked with a password"),
        (empty(), "^this PDF has no pages"),
        (make(4, "@page { size: A4 }"), r"the pages of one side take 420 x 297 mm, and the sheet has 297 x 210 mm"),
        (make(6, PANELS), r"page 2 is 97 x 210 mm, page 1 100 x 210 mm: all must be of one size"),
    ],
    ids=["nothing", "text", "cut off", "locked", "empty", "too large", "of several sizes"],
)
def test_what_cannot_be_imposed_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(ImpositionError, match=says):
        impose(data, BOOKLET, "ltr")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_is_refused_or_imposed_whole(changes: Sequence[tuple[float, int]]) -> None:
    damaged = bytearray(make(4, A5))
    for place, value in changes:
        damaged[int(place * len(damaged))] = value
    try:
        printed = impose(bytes(damaged), BOOKLET, "ltr")
    except ImpositionError as error:
        assert str(error)
    else:
        with pikepdf.open(io.BytesIO(printed)) as file:
            assert len(file.pages) % 2 == 0


# ------------------------------------------------------------------ marks and labels of pages that stay single

MARKS = (ROOT / "layouts" / "base" / "looks" / "marks.css").read_text(encoding="utf-8")
BODY = "<p>Two puffs, <a href='https://example.org/'>example.org</a></p>"


def test_crop_marks_stand_outside_the_bleed() -> None:
    with pikepdf.open(io.BytesIO(make(2, A5 + MARKS, extra=BODY))) as file:
        for page in file.pages:
            boxes = {name: [float(edge) / MM for edge in page[name]] for name in ("/TrimBox", "/BleedBox", "/MediaBox")}
            assert boxes["/TrimBox"] == pytest.approx([0, 0, 148, 210], abs=0.01)
            assert boxes["/BleedBox"] == pytest.approx([-3, -3, 151, 213], abs=0.01)
            assert boxes["/MediaBox"] == pytest.approx([-9, -9, 157, 219], abs=0.01)
    page = pictures(make(2, A5 + MARKS, extra=BODY))[0].convert("L")
    pixels = itertools.product(range(page.width), range(page.height))
    dark = [(x / MM - 9, y / MM - 9) for x, y in pixels if page.getpixel((x, y)) < 99]
    marks = [(x, y) for x, y in dark if not (0 < x < 148 and 0 < y < 210)]
    assert marks and all(min(x, 148 - x, y, 210 - y) < -4.1 for x, y in marks)


def test_the_ground_of_a_page_fills_the_bleed() -> None:
    page = pictures(make(2, A5 + MARKS + "@page { background: #9cf }"))[0]
    at = int((9 - 3) * MM) + 1
    assert page.getpixel((at, at)) == page.getpixel((page.width // 3, page.height // 2)) == (153, 204, 255)


def test_marks_leave_the_tags_as_they_are() -> None:
    plain, marked = make(2, A5, extra=BODY), make(2, A5 + MARKS, extra=BODY)
    assert tagtree.text(marked) == tagtree.text(plain)
    assert "Two puffs" in tagtree.text(marked)
    assert validation.validate(marked) == ()
    assert verapdf.available() or verapdf.validate(marked) == ()


def test_pages_are_labelled_as_they_are_numbered() -> None:
    data = make(3, A5)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert [page.label for page in file.pages] == ["1", "2", "3"]
        assert file.Root.PageLabels.Nums[1].S == "/D"
    assert validation.validate(data) == ()
    assert verapdf.available() or verapdf.validate(data) == ()


def test_a_page_draws_to_the_middle_of_the_gap_beside_it_and_past_the_outer_cut() -> None:
    cards, places = replace(CARDS, gap_mm=4.0), [(0.0, 100.0), (120.0, 220.0)]
    left, right = (_reach(*place, places, cards) for place in places)
    assert left == pytest.approx((-_MOST_BLEED, 100 + 2 * PT_PER_MM))
    assert right == pytest.approx((120 - 2 * PT_PER_MM, 220 + _MOST_BLEED))


def test_without_room_for_marks_nothing_is_drawn() -> None:
    assert _marks([(0.0, 90.0)], [(0.0, 90.0)], (90.0, 90.0), folded=False, filled=False) == []
