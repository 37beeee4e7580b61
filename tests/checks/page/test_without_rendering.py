"""What page checks say of pages that are put together here, without laying anything out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from plainleaf.checks.page import contrast, excess, linebreaks, paging, printed, setting, style, walking
from plainleaf.checks.page.boxes import Frame, Line, Page, Panel, Printout, Run
from plainleaf.checks.page.geometry import Edges
from plainleaf.checks.page.registry import Problem
from tests.sheets import RULES

ROOT = ElementTree.Element("html")
STYLE: dict[str, Any] = {"font_size": 20.0, "direction": "ltr"}
UPRIGHT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
BLACK, PALE = (0.0, 0.0, 0.0, 1.0), (0.8, 0.8, 0.8, 1.0)


@dataclass(frozen=True)
class Plain:
    """A ground of these colours everywhere."""

    tones: dict[str, float]

    def colours(self, edges: Edges) -> dict[str, float]:
        return dict(self.tones)


def run(text: str, page: int = 1, **style: Any) -> Run:
    element = ElementTree.SubElement(ROOT, "p")
    return Run(text, element, STYLE | style, page, (0.0, 0.0, 200.0, 24.0), 20.0, 15.0, UPRIGHT, "", ())


def page(number: int, *texts: str, name: str = "", forced: bool = False) -> Page:
    runs = [run(text, number) for text in texts]
    lines = [Line(each.element, number, 0, each.edges, False, [each]) for each in runs]
    return Page(number, name, lines, forced=forced)


def printout(pages: Sequence[Page], most: int = 0, ground: Plain | None = None) -> Printout:
    rules = replace(RULES, max_pages=most)
    return Printout([*pages], ROOT, {}, rules, (lambda number: ground) if ground else None)


# --------------------------------------------------------------------------- pages too many


def over(most: int, *pages: Page) -> list[tuple[tuple[int, ...], int]]:
    return [(part.pages, part.most) for part in excess.over(printout(pages, most))]


def test_of_two_parts_the_one_that_runs_over_by_less_gives_up_its_page() -> None:
    front = [page(1, "Take one tablet."), page(2, "Ask us at any time.")]
    back = [page(3, "Call us.", name="back"), page(4, "Go.", name="back")]
    assert over(3, *front, *back) == [((3, 4), 1)]
    assert over(2, *front, *back) == [((1, 2), 1), ((3, 4), 1)]


def test_a_page_that_the_text_asked_for_begins_a_part() -> None:
    assert over(1, page(1, "Take one tablet."), page(2, "Go.", forced=True)) == []
    assert over(1, page(1, "Take one tablet."), page(2, "Go.")) == [((1, 2), 1)]


@pytest.mark.parametrize("most", [0, 2, 3])
def test_pages_that_there_is_room_for_are_not_too_many(most: int) -> None:
    assert over(most, page(1, "Take one tablet."), page(2, "Go.")) == []


def test_what_comes_of_too_many_pages_is_no_finding_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "CHECKS", paging.CHECKS)  # the others ask the page's own text
    first, second = page(1, "How to take it"), page(2, "One.", "Two.", "Three.")
    first.seen[0].element.tag = "h2"
    assert "fit-heading" in {each.check for each in printed.check(printout([first, second], most=2))}
    checks = {each.check for each in printed.check(printout([first, second], most=1))}
    assert "fit-pages" in checks and checks.isdisjoint(printed.FOLLOWING)


def test_panels_that_hold_their_part_are_not_too_few() -> None:
    root = ElementTree.Element("html")
    part = ElementTree.SubElement(root, "div", {excess.PANELS: "front, back"})

    def told(count: int) -> list[tuple[int, ...]]:
        there = [page(number, "Take one tablet.") for number in range(1, count + 1)]
        for each in there:
            each.lines[0].element = part
        return [over.pages for over in excess.over(Printout(there, root, {}, RULES, None))]

    assert told(2) == [] and told(3) == [(1, 2, 3)]


# --------------------------------------------------------------------------- contrast


def frame(ink: tuple[float, ...] = BLACK, *, style: str = "solid", width: float = 1.0, icon: str = "") -> Frame:
    element = ElementTree.SubElement(ROOT, "div", {"class": "urgent", "data-kind": "callout"})
    sides: Any = ((width,) * 4, (style,) * 4, (ink,) * 4)
    return Frame(element, 1, (0.0, 0.0, 60.0, 60.0), *sides, False, (0.0, 0.0, 0.0, 0.0), icon)


def unseen(shown: Frame, tones: dict[str, float]) -> list[str]:
    there = Page(1, "", frames=[shown])
    return [problem.message for problem in contrast._unseen(printout([there], ground=Plain(tones)))]


WHITE = {"#ffffff": 1.0}


def test_a_pale_frame_is_told_with_its_contrast() -> None:
    (said,) = unseen(frame(PALE), WHITE)
    assert said.startswith("page 1: the frame of “urgent” has 1.6:1")
    assert not unseen(frame(BLACK), WHITE)


@pytest.mark.parametrize("how", [{"style": "none"}, {"style": "hidden"}, {"width": 0.0}])
def test_a_frame_that_is_not_drawn_need_not_be_seen(how: dict[str, Any]) -> None:
    assert not unseen(frame(PALE, **how), WHITE)
    assert not unseen(frame((*PALE[:3], 0.0)), WHITE)


def test_a_frame_is_held_to_the_colour_that_most_of_its_ground_has() -> None:
    assert unseen(frame(PALE), {"#ffffff": 0.9, "#000000": 0.1})
    assert not unseen(frame(PALE), {"#ffffff": 0.1, "#000000": 0.9})


def test_a_pale_icon_is_told_and_one_that_is_not_drawn_is_not() -> None:
    icon = replace(frame(style="none", icon="sign.svg"))
    icon.element.set("data-kind", "heading")
    (said,) = unseen(icon, {"#ffffff": 0.9, "#eeeeee": 0.1})
    assert "the icon of “urgent”" in said
    assert not unseen(icon, {"#ffffff": 0.9, "#000000": 0.1})
    assert not unseen(icon, WHITE)


def test_on_an_even_ground_the_whole_piece_of_text_is_meant() -> None:
    text = run("Take one tablet every morning")
    assert contrast._behind(text, (0.0, 0.0, 0.0, 1.0), Plain(WHITE)) == ("#ffffff", text.text)  # type: ignore[arg-type]


# --------------------------------------------------------------------------- addresses over two lines


def broken(first: str, second: str, room: float = 200.0, hints: bool = False) -> list[str]:
    """What is said of a paragraph that stands on two full lines, in a block with so much room on a wide page."""
    element = ElementTree.SubElement(ROOT, "p")
    element.text = first + second
    wide = [Panel((0.0, 0.0, width, 900.0), UPRIGHT, clips=False) for width in (1000.0, 1000.0, room)]
    lines = []
    for top, text in ((0.0, first), (30.0, second)):
        piece = replace(run(text), element=element, edges=(0.0, top, 200.0, top + 24), panels=tuple(wide))
        lines.append(Line(element, 1, 0, piece.edges, False, [piece]))
    problems = [*linebreaks._broken(printout([Page(1, "", lines)]))]
    return [f"{problem.message}; {problem.hint}" if hints else problem.message for problem in problems]


@pytest.mark.parametrize("sign", "/?&=#")
def test_a_long_address_may_go_on_behind_a_sign_that_is_no_hyphen(sign: str) -> None:
    assert not broken(f"https://a.example/leaflets{sign}", "naltrexone")


@pytest.mark.parametrize("sign", "-._~?&=#")
def test_a_long_address_may_go_on_with_a_sign_in_the_next_line(sign: str) -> None:
    assert not broken("https://a.example/leaflets", f"{sign}naltrexone")


@pytest.mark.parametrize("sign", "-._")
def test_behind_what_looks_like_a_hyphen_or_full_stop_a_long_address_does_not_go_on(sign: str) -> None:
    (said,) = broken(f"https://a.example/leaflets{sign}", "naltrexone")
    assert said.endswith(f"after “le/leaflets{sign}”")


def test_an_address_that_would_have_room_on_a_line_is_not_broken() -> None:
    (said,) = broken("https://a.example/leaflets/", "naltrexone", room=600.0)
    assert said.endswith("is broken over two lines")
    (said,) = broken("https://a.example/leaflets/", "naltrexone", room=600.0, hints=True)
    assert "an address as a link" in said and "no-break space" not in said


# --------------------------------------------------------------------------- ends of pages


def lines_of(element: Any, *places: tuple[int, float]) -> list[Line]:
    """Lines of a block, each on a page and so far below its top."""
    there = []
    for number, top in places:
        piece = replace(run("Take one tablet", number), element=element, edges=(0.0, top, 200.0, top + 24))
        there.append(Line(element, number, 0, piece.edges, False, [piece]))
    return there


def on_pages(*lines: Line) -> Printout:
    pages = [Page(number, "", [line for line in lines if line.page == number]) for number in (1, 2)]
    made = printout(pages)
    made.parents.update({child: parent for parent in ROOT.iter() for child in parent})
    return made


def test_a_line_is_alone_though_the_next_one_stands_as_high_on_its_page() -> None:
    text = ElementTree.SubElement(ROOT, "p")
    told = [problem.message for problem in paging._alone(on_pages(*lines_of(text, (1, 0.0), (2, 0.0))))]
    assert ["first line" in each or "last line" in each for each in told] == [True, True]
    assert not [*paging._alone(on_pages(*lines_of(text, (1, 0.0), (1, 30.0), (2, 0.0), (2, 30.0))))]


@pytest.mark.parametrize(("at", "head"), [("", True), ("sources/a.md:7", False)], ids=["label", "text"])
def test_the_label_of_a_box_is_a_head_and_its_first_text_is_none(at: str, head: bool) -> None:
    box = ElementTree.SubElement(ROOT, "div", {"data-kind": "callout"})
    first, then = ElementTree.SubElement(box, "p", {"data-at": at} if at else {}), ElementTree.SubElement(box, "p")
    told = [*paging._parted(on_pages(*lines_of(first, (1, 0.0)), *lines_of(then, (2, 0.0))))]
    assert bool(told) is head


def test_a_heading_is_a_head_wherever_it_stands() -> None:
    head, then = ElementTree.SubElement(ROOT, "h2"), ElementTree.SubElement(ROOT, "p")
    assert [*paging._parted(on_pages(*lines_of(head, (1, 0.0)), *lines_of(then, (2, 0.0))))]
    assert not [*paging._parted(on_pages(*lines_of(head, (1, 0.0)), *lines_of(then, (1, 30.0))))]


@pytest.mark.parametrize(("top", "told"), [(0.0, True), (700.0, False)])
def test_a_heading_at_the_foot_of_a_column_is_told_where_its_text_begins_the_next(top: float, told: bool) -> None:
    head, then = ElementTree.SubElement(ROOT, "h2"), ElementTree.SubElement(ROOT, "p")
    lines = [*lines_of(head, (1, 600.0)), *lines_of(then, (1, top))]
    lines[1].flow = 1
    assert bool([*paging._parted(on_pages(*lines))]) is told


def test_a_part_lies_within_one_that_ends_where_it_does_or_later() -> None:
    part = linebreaks._Whole(2, 5, ROOT)
    assert all(part.within(linebreaks._Whole(*ends, ROOT)) for ends in ((2, 5), (0, 5), (2, 9)))
    assert not any(part.within(linebreaks._Whole(*ends, ROOT)) for ends in ((3, 9), (0, 4)))


# --------------------------------------------------------------------------- what is read of boxes


def fake(**attributes: Any) -> Any:
    return SimpleNamespace(**attributes)


@pytest.mark.parametrize("how", ["page", "always", "left", "right", "recto", "verso"])
def test_a_break_that_is_asked_for_begins_a_part_before_the_first_text_only(how: str) -> None:
    box, style = fake(element=ROOT), {"break_before": how, "break_after": "auto"}
    fresh, full, begun = (walking._Reader(each, set()) for each in (Page(1, ""), page(2, "Go."), Page(3, "")))
    begun._begun.add(ROOT)
    for reader in (fresh, full, begun):
        reader._breaks(box, style)
    assert [reader.page.forced for reader in (fresh, full, begun)] == [True, False, False]
    fresh._breaks(box, {"break_before": "auto", "break_after": how})
    assert fresh.last == {ROOT} and not full.last


def test_a_break_that_is_avoided_begins_nothing() -> None:
    reader = walking._Reader(Page(1, ""), set())
    reader._breaks(fake(element=ROOT), {"break_before": "avoid", "break_after": "column"})
    assert not reader.page.forced and not reader.last


def test_a_box_is_where_it_begins_and_as_large_as_it_is() -> None:
    assert walking._edges(fake(position_x=10.0, position_y=20.0, width=30.0, height=5.0)) == (10.0, 20.0, 40.0, 25.0)


def test_columns_have_flows_of_their_own_and_other_boxes_have_that_around_them() -> None:
    class BlockBox(SimpleNamespace):
        """Named as WeasyPrint's."""

    class LineBox(SimpleNamespace):
        """Named as WeasyPrint's."""

    style = {
        "opacity": 1.0, "overflow": "visible", "position": "static", "top": "auto", "bottom": "auto", "height": "auto",
        "max_height": fake(value=float("inf")), "clip": (), "break_before": "auto", "break_after": "auto",
    }  # fmt: skip
    place = {"position_x": 0.0, "position_y": 0.0, "width": 9.0, "height": 9.0}

    def box(*children: Any, **more: Any) -> Any:
        sizes = {f"padding_{name}": lambda: 9.0 for name in ("box_x", "box_y", "width", "height")}
        return BlockBox(
            style=style, element=None, children=children, is_for_root_element=False, **place, **sizes, **more
        )

    def line() -> Any:
        return LineBox(element=ROOT, children=(), **place)

    reader = walking._Reader(Page(1, ""), set())
    reader._cuts = False
    reader.read(box(box(line()), box(line(), is_column=True), box(box(line()), is_column=True)), walking._State())
    assert [each.flow for each in reader.page.lines] == [0, 1, 2]


# --------------------------------------------------------------------------- type and paper


def test_the_last_line_of_a_paragraph_is_not_stretched() -> None:
    def told(*lines: Line) -> list[Problem]:
        for each in lines:
            each.runs[0].style["text_align_all"] = "justify"  # type: ignore[index]
        return [*style._justified(on_pages(*lines))]

    one, other = ElementTree.SubElement(ROOT, "p"), ElementTree.SubElement(ROOT, "p")
    assert not told(*lines_of(one, (1, 0.0)), *lines_of(other, (1, 30.0)))
    assert told(*lines_of(one, (1, 0.0), (1, 30.0)))


def test_a_block_of_small_type_is_told_once() -> None:
    small = [replace(run("Take one tablet"), size_pt=8.0, element=ROOT) for _ in range(2)]
    there = [Page(1, "", [Line(ROOT, 1, 0, small[0].edges, False, small)])]
    (said,) = [problem.message for problem in setting._size(printout(there))]
    assert said == "page 1: “Take one tablet” is as small as 8.0 pt, not 12 pt"


@pytest.mark.parametrize(("left", "near"), [(-2.0, False), (0.0, True), (2.0, True), (200.0, False)])
def test_text_near_the_edge_of_the_paper_is_told_and_text_beyond_it_elsewhere(left: float, near: bool) -> None:
    piece = replace(run("Take one tablet"), edges=(left, 300.0, left + 200, 324.0), baseline=320.0)
    there = printout([Page(1, "", [Line(piece.element, 1, 0, piece.edges, False, [piece])])])
    there.papers.append((0.0, 0.0, 800.0, 1100.0))
    told = [problem.message for problem in style._edge(there)]
    assert ["from the paper's left edge" in each for each in told] == [True] * near
