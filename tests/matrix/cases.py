"""Leaflets of every kind of block in every place, for any layout: what the matrix tries, one case at a time.

The blocks come from the table of blocks: a new one enters by its example.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle
from pathlib import Path

from plainleaf import project
from plainleaf.formats.pdf import format as pdf_format
from plainleaf.layouts import excerpts, looks
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition, Finding, Kind, Layout, Sheet
from plainleaf.project import Project
from plainleaf.sources import markdown
from plainleaf.sources.blocks import FENCED
from plainleaf.translations import messages
from plainleaf.typesetting import locales, pseudo
from tests.conftest import ROOT

LOCALES = ("en", "en_XA", "ar_XB")  # as it is, longer, from right to left
ELSEWHERE = frozenset(
    {"only", "short", "easy", "card"}
)  # they hold blocks for some readers or layouts, and are no kind
PLAIN = {
    "heading": "## At home\n\nDrink water.",
    "headings": "## At home\n\n### By day\n\n#### Each hour\n\nDrink water.",
    "second layer": "## More about a cough {.more}\n\nIt clears the chest.\n\n### How long it lasts\n\nSome days.",
    "paragraph": "Drink **one cup** of [water](https://www.example.org/water) each hour.",
    "points": "- Rest.\n- Drink water.\n  - warm\n  - or cold",
    "steps": "1. Sit up.\n2. Breathe out.\n3. Breathe in.",
    "steps with pictures": '1. Sit up.\n   ![A chair](pictures/a.svg)\n2. Drink.\n   ![A cup](pictures/cup.svg "Warm")',
    "table": "| Form | Dose |\n|---|---|\n| Syrup | 5 ml |",
    "wide table": "| Form | Dose | How often | With |\n|---|---|---|---|\n| Syrup | 5 ml | Each day | [ ] A [ ] B |",
    "emergency with pictures": "::: emergency\n## Call {emergency_number} now\n\n- Blue lips\n  "
    "![A cup](pictures/cup.svg)\n- No breath\n  ![A chair](pictures/a.svg)\n\n"
    "1. Call.\n   ![A cup](pictures/cup.svg)\n2. Stay.\n:::",
    "notes": "Drink water[^1] each hour.\n\n[^1]: Or weak tea.",
    "picture": '![A cup](pictures/cup.svg "Drink each hour")',
}
BLOCKS: dict[str, str] = {
    **PLAIN,
    **{name: fenced.example for name, fenced in FENCED.items() if name not in ELSEWHERE},
}
"""What an author may write, by name."""

HEAD = """---
title: {title}
summary: How to care for a cough.
audience: People who have a cough
written: 2026-11-01
review-by: 2028-11-01
country: {country}
{more}---
"""
_TERMS = "terms:\n  cough:\n    say: KOFF\n    means: Air that leaves your chest with a noise.\n"
_REFERENCES = """references:
  kunoe2009:
    text: A sample reference. Journal of Samples 2020;1(1):1-2.
    url: https://doi.org/10.0000/sample
"""
_SENTENCE = "Rest as long as you need to, drink some water each hour, and call us if the cough does not go away. "
SMALL = ("short", excerpts.SHORT_OR_FULL, "card")  # what the layouts of very few pages print
LONG = 120  # sections of a leaflet of 30 pages of A4


@dataclass(frozen=True, slots=True)
class Case:
    """A leaflet in a layout: the names of its ``blocks`` in order, its language, its clinic.

    ``sections``: of running text behind the first block. ``look``: "" for the layout as it is.
    """

    layout: str
    blocks: tuple[str, ...]
    locale: str = "en"
    clinic: str = "sample-us"
    sections: int = 0
    look: str = ""

    @property
    def name(self) -> str:
        """What tells it from all others."""
        more = f" +{self.sections}" * bool(self.sections)
        look = f" in {self.look}" * bool(self.look)
        return f"{self.layout} {self.locale} {self.clinic} {'/'.join(self.blocks)}{more}{look}"


def source(case: Case, text: str, country: str) -> str:
    """The leaflet as its author would write it; ``text``: which of its texts the layout prints."""
    panels = [name for name in case.blocks if name.startswith("emergency")]  # one begins a text, to stand on page 1
    parts = [BLOCKS[name] for name in (*panels[:1], *(name for name in case.blocks if name not in panels))]
    if text in ("easy", "card"):  # notes have no place there
        parts = [re.sub(r"\[\^1\](?:: [^\n]*)?", "", part) for part in parts]
    whole = text in ("full", excerpts.SHORT_OR_FULL)
    if text != "full":  # nor has a second layer
        parts = [part.replace(" {.more}", "") for part in parts]
    for at in [at for at, part in enumerate(parts) if at and part.startswith("1. ")]:
        parts[at] = f"## Then\n\n{parts[at]}"  # or its steps go on from those before it
    parts[1:1] = [f"## Part {number}\n\n{_SENTENCE * 3}" for number in range(1, case.sections + 1)]
    body = "\n\n".join(parts)
    if text == "card":
        body = "\n\n## Overleaf\n\nRest.\n\n".join(parts)  # a side for each
    if not whole:
        body = f"Rest.\n\n:::::::: {text}\n{body}\n::::::::"
    more = _TERMS * ("::: words" in body) + _REFERENCES * ("refs=" in body)
    return f"{HEAD.format(title='Your cough', country=country, more=more)}\n{body}\n"


@cache
def content(root: Path, clinic: str) -> Project:
    """The shipped layouts and a shipped clinic over a folder with the pictures of the examples."""
    if not (root / "sources").exists():
        shutil.copytree(ROOT / "sources/clinics", root / "sources/clinics")
        (root / "sources/pictures").mkdir()
        for name in set(re.findall(r"\((pictures/[^)\s]+)", "\n".join(BLOCKS.values()))):
            shutil.copy(ROOT / "sources/pictures/time.svg", root / "sources" / name)
        shutil.copytree(ROOT / "sources/drawings", root / "sources/drawings")
    return project.load(root, clinic)


def sheet(case: Case, root: Path) -> tuple[Sheet | None, tuple[Finding, ...]]:
    """What is to be laid out, and what was found before that; ``None`` where the text has an error."""
    here = content(root, case.clinic)
    assert here.clinic
    layout = looks.dressed(here.layouts[case.layout], [here.looks[case.look]] if case.look else [])
    leaflet, found = markdown.parse("sources/cough.md", source(case, layout.text, here.clinic.country))
    if leaflet is None or found:
        return None, found

    def edition(name: str) -> Edition:
        made_up = name in pseudo.NAMES
        where = pseudo.locale(name) if made_up else locales.locale(name)
        lookup = pseudo.Catalog(name).lookup if made_up else None
        made, flaws = messages.localize(leaflet, where, here.clinic.country, lookup, draft=made_up)
        assert not flaws
        return made

    first = edition(case.locale)
    second = edition("en") if layout.beside and case.locale != "en" else None
    prepared = pdf_format.prepare(here, first, second, layout, layouts.Prepared(), "cough.pdf")
    return prepared.content, prepared.findings


def printed(case: Case, root: Path, seconds: float = 120) -> tuple[Finding, ...]:
    """All that is found on a case, from its source to its pages; nothing if it is as it should be. ``seconds``: of
    computing that its pages may take."""
    from plainleaf.formats.pdf import render

    made, found = sheet(case, root)
    return (*found, *render.write(made, seconds).findings) if made else found


def kinds(case: Case, layout: Layout) -> set[Kind]:
    """The kinds of blocks that a case prints."""
    leaflet, _ = markdown.parse("sources/cough.md", source(case, layout.text, "US"))
    assert leaflet
    return {block.kind for top in excerpts.blocks(leaflet.blocks, layout.text) for block in top.walk()}


def _fits(layout: Layout) -> int:
    """How many blocks of the examples have room in a layout; half of them where pages are without number."""
    return {"card": 2, "short": 4, excerpts.SHORT_OR_FULL: 6}.get(layout.text, -(-len(BLOCKS) // 2))


def covering(there: Sequence[Layout]) -> Iterator[Case]:
    """Few cases in which each block is in each layout of any length, with longer text or from right to left, and in one
    of few pages; and a block alone."""
    names, chance = list(BLOCKS), random.Random(1)
    few = [layout for layout in there if layout.text in SMALL]
    for layout in there:
        chance.shuffle(names)
        own = names if layout not in few else [name for name in BLOCKS if few[_turn(name) % len(few)] == layout]
        size = _fits(layout)
        tongues = cycle(LOCALES[1:] if layout not in few else LOCALES)
        for start in range(0, len(own), size):
            yield Case(layout.name, tuple(own[start : start + size]), next(tongues))
    yield Case(there[0].name, (chance.choice(names),))


def _turn(name: str) -> int:
    """Whose turn a block is, of the layouts of few pages."""
    return list(BLOCKS).index(name)


def _locale(layout: Layout, wanted: str) -> str:
    """A language that a layout is made in: one that sets another beside it is not made in the source's alone."""
    return "ar_XB" if layout.beside and layout.beside_pages == "shared" and wanted == "en" else wanted


def drawn(there: Sequence[Layout], clinics: Sequence[str], seed: int) -> Iterator[Case]:
    """Cases without end, always the same for a seed: first all of ``everywhere``, shuffled, then larger ones.

    So any beginning of them is a fair sample, and the first ``len(everywhere(...))`` are the whole matrix.
    """
    chance = random.Random(seed)
    whole = everywhere(there, clinics, chance)
    chance.shuffle(whole)
    yield from whole
    while True:
        layout = chance.choice(there)
        count = chance.choice((2, 3) if layout.text == "card" else (3, 4, 5, 6, 8))
        yield _drawn(layout, tuple(chance.sample(list(BLOCKS), count)), chance.choice(clinics), chance)


def everywhere(there: Sequence[Layout], clinics: Sequence[str], chance: random.Random) -> list[Case]:
    """Each block first and last in each layout, and alone in each language; clinics and languages by turns."""
    cases = []
    turn = count(chance.randrange(len(clinics)))
    for layout in there:
        order = chance.sample(list(BLOCKS), len(BLOCKS))
        for first, last in zip(order, order[1:] + order[:1], strict=True):
            between = chance.choice((0, 0, 0, 1) if layout.text == "card" else (0, 0, 0, 0, 1, 3))
            middle = chance.sample([name for name in BLOCKS if name not in (first, last)], between)
            cases.append(_drawn(layout, (first, *middle, last), clinics[next(turn) % len(clinics)], chance))
    for locale in LOCALES:
        some = chance.sample(list(there), len(there))
        for at, name in enumerate(chance.sample(list(BLOCKS), len(BLOCKS))):
            layout = some[at % len(some)]
            clinic = clinics[next(turn) % len(clinics)]
            cases.append(Case(layout.name, (name,), _locale(layout, locale), clinic))
    return cases


def _drawn(layout: Layout, blocks: tuple[str, ...], clinic: str, chance: random.Random) -> Case:
    """These blocks in a layout, with any amount of text behind the first one, in any language and look."""
    locale = _locale(layout, chance.choice(LOCALES))
    sections = chance.choices((0, 2, 6, LONG), (80, 12, 8, 0.5))[0] if layout.text == "full" else 0
    look = chance.choice(looks.names([ROOT / "layouts"])) if chance.random() < 0.3 else ""
    return Case(layout.name, blocks, locale, clinic, sections, look)
