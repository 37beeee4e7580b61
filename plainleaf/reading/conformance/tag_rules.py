"""Conditions about marked content and tags: what is tagged, by which tags, put together how (checkpoints 01, 02, 09, 13
to 15, 17 and 19)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from plainleaf.reading.conformance import objects
from plainleaf.reading.conformance.answers import Answer, Case, Check, Checks, of, one
from plainleaf.reading.conformance.content import Mark
from plainleaf.reading.conformance.document import Document
from plainleaf.reading.conformance.objects import get
from plainleaf.reading.conformance.structure import STANDARD, Element, Piece, standard

# --------------------------------------------------------------------------- 01: real content


def _no_artifact_inside(document: Document) -> Answer:
    every = [mark for mark in document.content.marks if mark.artifact]
    inside = (mark for mark in every if mark.above and any(each.number >= 0 for each in mark.above.outward()))
    return of(len(every), (Case(mark.page, "an artifact lies inside tagged content") for mark in inside))


def _not_inside_artifact(document: Document) -> Answer:
    every = [mark for mark in document.content.marks if mark.number >= 0]
    inside = (mark for mark in every if mark.above and any(each.artifact for each in mark.above.outward()))
    return of(len(every), (Case(mark.page, f"tagged content ({mark.tag}) lies inside an artifact") for mark in inside))


def _all_is_marked(document: Document) -> Answer:
    named, content = document.tagged_pieces, document.content

    def why(mark: Mark | None) -> str:
        marks = list(mark.outward()) if mark else []
        if any(each.artifact for each in marks):
            return ""
        numbered = next((each for each in marks if each.number >= 0), None)
        if numbered is None:
            return "is neither tagged nor an artifact"
        if (numbered.owner, numbered.number) not in named:
            return "is numbered, but no tag names it"
        given = (content.places.get(numbered.owner, -1), numbered.number) in document.structure.owned
        return "" if given else "is tagged, but the parent tree does not say by which tag"

    faults = Counter((each.page, each.font is not None, said) for each in content.drawn if (said := why(each.mark)))
    cases = (
        Case(page, f"{'text' if letters else 'a picture or line'} {said}{f' ({times} times)' if times > 1 else ''}")
        for (page, letters, said), times in faults.items()
    )
    return of(len(content.drawn), cases)


def _not_suspect(document: Document) -> Answer:
    if not document.tagged:
        return Answer(0)
    return one(not objects.true(get(document.catalog, "/MarkInfo", "/Suspects")), "the file calls its own tags suspect")


# --------------------------------------------------------------------------- 02: role mapping


def _roles_end(document: Document) -> Answer:
    roles = document.structure.roles
    own = {each.role: each for each in document.structure.elements if each.role not in STANDARD and not each.namespace}
    lost = (each for role, each in own.items() if not standard(role, roles))
    return of(
        len(own),
        (Case(document.structure.page(each), f"the tag {each.role} is mapped to no standard one") for each in lost),
    )


def _no_circle(document: Document) -> Answer:
    roles = document.structure.roles

    def circles(role: str) -> bool:
        seen: set[str] = set()
        while role in roles and role not in seen:
            seen.add(role)
            role = roles[role]
        return role in seen

    return of(len(roles), (Case(0, f"the mapping of {role} runs in a circle") for role in roles if circles(role)))


def _standard_stay(document: Document) -> Answer:
    roles = document.structure.roles
    moved = (role for role, to in roles.items() if role in STANDARD and to != role)
    return of(len(roles), (Case(0, f"the standard tag {role} is mapped to {roles[role]}") for role in moved))


# --------------------------------------------------------------------------- 09: what may lie in what

# Of each kind of tag: what it lies in, and what lies in it; an empty entry asks for nothing. ISO 32000-1, 14.8.4.3.
_TABLES: Mapping[str, tuple[str, str]] = {
    "Table": ("", "TR THead TBody TFoot Caption"),
    **dict.fromkeys(("THead", "TBody", "TFoot"), ("Table", "TR")),
    "TR": ("Table THead TBody TFoot", "TH TD"),
    "TH": ("TR", ""),
    "TD": ("TR", ""),
}
_LISTS: Mapping[str, tuple[str, str]] = {
    "L": ("", "L LI Caption"),
    "LI": ("L", "Lbl LBody"),
    "LBody": ("LI", ""),
}
_CONTENTS: Mapping[str, tuple[str, str]] = {
    "TOC": ("", "TOC TOCI Caption"),
    "TOCI": ("TOC", "Lbl Reference NonStruct P TOC"),
}
_RUBY: Mapping[str, tuple[str, str]] = {
    "Ruby": ("", "RB RT RP"),
    **dict.fromkeys(("RB", "RT", "RP"), ("Ruby", "")),
}
_WARICHU: Mapping[str, tuple[str, str]] = {
    "Warichu": ("", "WP WT"),
    **dict.fromkeys(("WT", "WP"), ("Warichu", "")),
}
# Which of them make up one piece of ruby or warichu, by their first letters alone (table 338).
_ORDERS = {
    "Ruby": re.compile(r"RB,(?:RT|RP,RT,RP),"),
    "Warichu": re.compile(r"WP,WT,WP,"),
}


def _nesting(rules: Mapping[str, tuple[str, str]], more: Callable[[Document], Iterable[Case]]) -> Check:
    """A check of what lies in what."""

    def check(document: Document) -> Answer:
        every = list(document.structure.of(*rules))
        cases = (case for element in every for case in _misplaced(document, element, rules))
        return of(len(every), (*cases, *more(document)))

    return check


def _misplaced(document: Document, element: Element, rules: Mapping[str, tuple[str, str]]) -> Iterator[Case]:
    around, inside = (set(names.split()) for names in rules[element.type])
    above = (each for each in document.structure.above(element) if each.type != "NonStruct")
    parent, page = next(above, None), document.structure.page(element)
    if around and (parent is None or parent.type not in around):
        held = parent.role if parent else "nothing"
        yield Case(page, f"{element.type} lies in {held}, not in {' or '.join(sorted(around))}")
    if inside:
        for kid in _parts(document, element):
            if kid.type not in inside:
                yield Case(document.structure.page(kid), f"{kid.role} lies in {element.type}")
        if any(isinstance(kid, Piece) for kid in element.kids):
            yield Case(page, f"text lies in {element.type} itself")


def _parts(document: Document, element: Element) -> Iterator[Element]:
    """What lies in a tag; NonStruct is no level of its own (ISO 32000-1, table 333)."""
    for kid in document.structure.children(element):
        if kid.type == "NonStruct":
            yield from _parts(document, kid)
        else:
            yield kid


def _table_parts(document: Document) -> Iterator[Case]:
    """One head and one foot at most, with a body between, and the caption first or last."""
    for table in document.structure.of("Table"):
        page, kinds = document.structure.page(table), [kid.type for kid in _parts(document, table)]
        counts = Counter(kinds)
        for kind in ("THead", "TFoot", "Caption"):
            if counts[kind] > 1:
                yield Case(page, f"a table has {counts[kind]} tags {kind}")
        if (counts["THead"] or counts["TFoot"]) and not counts["TBody"]:
            yield Case(page, "a table has THead or TFoot, and no TBody")
        if counts["Caption"] and "Caption" not in (kinds[0], kinds[-1]):
            yield Case(page, "the caption of a table is neither first nor last in it")


def _captions_first(kind: str) -> Callable[[Document], Iterator[Case]]:
    def cases(document: Document) -> Iterator[Case]:
        for element in document.structure.of(kind):
            kinds = [kid.type for kid in _parts(document, element)]
            if "Caption" in kinds[1:]:
                yield Case(document.structure.page(element), f"the caption of {kind} is not the first in it")

    return cases


def _in_order(kind: str) -> Callable[[Document], Iterator[Case]]:
    def cases(document: Document) -> Iterator[Case]:
        for element in document.structure.of(kind):
            kinds = "".join(f"{kid.type}," for kid in _parts(document, element))
            if not _ORDERS[kind].fullmatch(kinds):
                yield Case(document.structure.page(element), f"{kind} holds {kinds.rstrip(',') or 'nothing'}")

    return cases


# --------------------------------------------------------------------------- 13 to 19


def _figures_have_text(document: Document) -> Answer:
    every = list(document.structure.of("Figure"))
    bare = (each for each in every if not (each.alt or "").strip() and each.actual is None)
    return of(len(every), (Case(document.structure.page(each), "a picture has no text in its place") for each in bare))


def _formulas_have_text(document: Document) -> Answer:
    every = list(document.structure.of("Formula"))
    bare = (each for each in every if not (each.alt or "").strip())
    return of(len(every), (Case(document.structure.page(each), "a formula has no text in its place") for each in bare))


_LEVEL = re.compile(r"H([1-9]\d?)")


def level(element: Element) -> int:
    """The level of a heading with one, 0 of anything else. Tags below H6 are of the file's own (ISO 14289-1, 7.4.3)."""
    found = _LEVEL.fullmatch(element.role) or _LEVEL.fullmatch(element.type)
    return int(found[1]) if found else 0


def headings(document: Document) -> tuple[Element, ...]:
    """All headings, those with a level (H1 to H6) and those without (H), in their order."""
    return tuple(each for each in document.structure.elements if level(each) or each.type == "H")


def _numbered(document: Document) -> list[Element]:
    return [each for each in headings(document) if level(each)]


def _first_is_1(document: Document) -> Answer:
    every = _numbered(document)
    if not every:
        return Answer(0)
    first = every[0]
    case = Case(document.structure.page(first), f"the first heading, “{document.text(first, 60)}”, is {first.role}")
    return of(1, () if level(first) == 1 else (case,))


def _none_skipped(document: Document) -> Answer:
    every = _numbered(document)
    steps = ((above, here) for above, here in pairwise(every) if level(here) > level(above) + 1)
    return of(
        max(0, len(every) - 1),
        (
            Case(document.structure.page(here), f"“{document.text(here, 60)}” is {here.role} right after {above.role}")
            for above, here in steps
        ),
    )


def _one_without_level(document: Document) -> Answer:
    every = [each for each in document.structure.of("H") if not level(each)]
    parts = Counter(each.parent for each in every)
    twice = (each for each in every if parts[each.parent] > 1)
    return of(len(every), (Case(document.structure.page(each), "a part has more than one heading H") for each in twice))


def _levels_or_none(document: Document) -> Answer:
    every = headings(document)
    both = any(level(each) for each in every) and not all(level(each) for each in every)
    return of(len(every), (Case(0, "some headings have a level, others are H"),) if both else ())


def _heads_have_scope(document: Document) -> Answer:
    heads = list[Element]()
    for table in document.structure.of("Table"):
        cells = [each for each in document.structure.within(table, apart="Table") if each.type in ("TH", "TD")]
        if not any("Headers" in each.attributes for each in cells):
            heads += (each for each in cells if each.type == "TH")
    bare = (each for each in heads if objects.name(each.attributes.get("Scope")) not in ("Row", "Column", "Both"))
    return of(
        len(heads),
        (
            Case(
                document.structure.page(each),
                f"the header cell “{document.text(each, 60)}” does not say what it is the header of",
            )
            for each in bare
        ),
    )


def _notes_have_ids(document: Document) -> Answer:
    every = list(document.structure.of("Note"))
    bare = (each for each in every if not each.id)
    return of(
        len(every),
        (Case(document.structure.page(each), f"the note “{document.text(each, 60)}” has no ID") for each in bare),
    )


def _note_ids_differ(document: Document) -> Answer:
    every = [each for each in document.structure.of("Note") if each.id]
    counts = Counter(each.id for each in document.structure.elements if each.id)
    twice = (each for each in every if counts[each.id] > 1)
    return of(
        len(every),
        (Case(document.structure.page(each), f"the ID of the note “{each.id}” is used again") for each in twice),
    )


MOST_COLUMNS = 1000  # of a table, that cells of the rows above may take


def columns(document: Document, table: Element) -> Iterator[int]:
    """How many columns each row of a table takes, with the cells that reach into it from above."""
    rows = [each for each in document.structure.within(table, apart="Table") if each.type == "TR"]
    reach: list[int] = []  # how many more rows the cells from above take, column by column
    for row in rows:
        cells = [each for each in _parts(document, row) if each.type in ("TH", "TD")]
        taken = sum(1 for left in reach if left > 0)
        reach = [left - 1 for left in reach if left > 1]
        for cell in cells:
            wide = min(1000, max(1, objects.whole(cell.attributes.get("ColSpan"), 1)))
            high = objects.whole(cell.attributes.get("RowSpan"), 1)
            taken += wide
            reach += [high - 1] * min(wide, MOST_COLUMNS - len(reach)) if high > 1 else []
        yield taken


CHECKS: Checks = {
    "01-003": _no_artifact_inside,
    "01-004": _not_inside_artifact,
    "01-005": _all_is_marked,
    "01-007": _not_suspect,
    "02-001": _roles_end,
    "02-003": _no_circle,
    "02-004": _standard_stay,
    "09-004": _nesting(_TABLES, _table_parts),
    "09-005": _nesting(_LISTS, _captions_first("L")),
    "09-006": _nesting(_CONTENTS, _captions_first("TOC")),
    "09-007": _nesting(_RUBY, _in_order("Ruby")),
    "09-008": _nesting(_WARICHU, _in_order("Warichu")),
    "13-004": _figures_have_text,
    "14-002": _first_is_1,
    "14-003": _none_skipped,
    "14-006": _one_without_level,
    "14-007": _levels_or_none,
    "15-003": _heads_have_scope,
    "17-002": _formulas_have_text,
    "19-003": _notes_have_ids,
    "19-004": _note_ids_differ,
}
