"""Two languages side by side: block beside block, each in its own language, read by turns or one after the other."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import page as page_validation
import pikepdf
import pytest

from plainleaf import pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.clinics import details as clinics
from plainleaf.layouts import excerpts, styles
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition, Kind, Layout, Printed, Severity, Sheet, plain
from plainleaf.typesetting import locales
from tests import tagtree, verapdf
from tests.conftest import ROOT, TESTS, TODAY, plainleaf

PAIRS = [("ar_XB", "en"), ("es", "ar_XB")]  # pairs of real languages are built with all that is published
ORDERS = ("alternating", "whole")
EVERYTHING = """
## All kinds {#kinds}

### Steps

1. Sit up.
2. Breathe out.
   - slowly
3. Breathe in.

| Form | Dose | How often |
|---|---|---|
| Spray | 50 mcg | Each day |
| Tablet | 10 mg | Each week |

![A clock](pictures/clock.svg)

::: tip
Carry it with you.
:::

::: questions
Does it hurt?
: No.
:::
"""


@dataclass(frozen=True)
class Place:
    """Where the first line of one side of a row is."""

    page: int
    top: float
    left: float
    right: float


@dataclass(frozen=True)
class Made:
    """What a pair gave: both editions, the sheet, the PDF, and both sides of each row as they are laid out."""

    first: Edition
    second: Edition
    sheet: Sheet
    printed: Printed
    rows: tuple[tuple[Place, ...], ...]


@cache
def make(root: Path, locale: str, beside: str, order: str = "alternating", look: str = "") -> Made:
    """One pair of languages, rendered here."""
    from plainleaf.formats.pdf import render as pdf

    content = project.load(root)
    layout = replace(content.layouts["bilingual"], order=order)
    content = replace(content, layouts={"bilingual": layout})
    choice = pipeline.Choice(pseudo=True)
    found = [*pipeline.editions(content, choice, TODAY), *pipeline.pseudo_editions(content, choice, TODAY)]
    plan = planning.plan(content, found, (look,) if look else (), beside)
    wanted = {edition.locale.name: edition for edition in plan.editions}
    first, second = wanted[locale], wanted[beside]
    name = f"{first.slug}/{first.slug}.{first.locale.tag}+{second.locale.tag}.bilingual{'.' * bool(look)}{look}.pdf"
    sheet = plan.jobs[name].prepared.content
    rows: list[tuple[Place, ...]] = []

    def laid_out(*arguments: Any) -> Any:
        document, note = fitted(*arguments)
        rows.extend(places(document))
        return document, note

    fitted = pdf._fitted
    with patch.object(pdf, "_fitted", laid_out):
        return Made(first, second, sheet, pdf.write(sheet), tuple(rows))


def places(document: Any) -> Iterator[tuple[Place, ...]]:
    """The sides of each row; the public interface has no boxes."""
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.descendants():
            if type(box).__name__ == "TableRowBox" and "pair" in box.element.get("class", ""):
                lines = [
                    next((each for each in cell.descendants() if type(each).__name__ == "LineBox"), None)
                    for cell in box.children
                ]
                yield tuple(
                    Place(number, line.position_y, cell.position_x, cell.position_x + cell.width)
                    for line, cell in zip(lines, box.children, strict=True)
                    if line is not None
                )


def small(locale: str, beside: str, order: str = "alternating") -> Made:
    return make(TESTS / "content", locale, beside, order)


@pytest.fixture(scope="module")
def own_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leaflet with every kind of block, for the made-up languages."""
    root = tmp_path_factory.mktemp("bilingual") / "content"
    shutil.copytree(TESTS / "content", root)
    leaflet = root / "sources/inhaler.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + EVERYTHING, encoding="utf-8")
    (root / "sources/pictures").mkdir()
    shutil.copy(ROOT / "sources/pictures/time.svg", root / "sources/pictures/clock.svg")
    return root


def texts(edition: Edition) -> list[tuple[Kind, str]]:
    """The text of each block that the layout prints, without white space: the red box before the main message."""
    main, urgent, *others = excerpts.blocks(edition.blocks, "full")
    if urgent.options.get("name") == "urgent":
        main, urgent = urgent, main
    clinic, shown = project.load(TESTS / "content").clinic, replace(edition, blocks=(main, urgent, *others))
    assert clinic
    said = ((block.kind, plain(clinics.fill(block.inlines, clinic, edition.locale))) for block in shown.walk())
    return [(kind, squeezed(text)) for kind, text in said if squeezed(text)]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u202a-\u202e\u2066-\u2069\u200e\u200f]", "", text)


def spoken(data: bytes) -> list[tuple[str, str]]:
    """What a screen reader gets: each piece of text with its language, in reading order."""
    said: list[tuple[str, str]] = []

    def walk(tag: tagtree.Tag, above: str) -> None:
        language = next((note[5:] for note in tag.notes if note.startswith("lang=")), above)
        if tag.alt:
            said.append((language, squeezed(tag.alt)))
        for kid in tag.kids:
            if isinstance(kid, tagtree.Tag):
                walk(kid, language)
            else:
                said.append((language, squeezed(kid.text)))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        walk(tagtree.read(pdf), "")
    return said


def in_language(data: bytes, tag: str) -> str:
    return "".join(text for language, text in spoken(data) if language == tag)


# --------------------------------------------------------------------------- where it stands


@pytest.mark.parametrize(("locale", "beside"), [("ar_XB", "en")])
def test_every_block_begins_as_high_as_its_twin(locale: str, beside: str) -> None:
    rows = small(locale, beside).rows
    assert len(rows) > 12
    for row in rows:
        assert len(row) == 2, "one side of a row has begun on another page"
        assert row[0].top == pytest.approx(row[1].top, abs=0.1)


@pytest.mark.parametrize(("locale", "beside", "first_is_left"), [("ar_XB", "en", False), ("es", "ar_XB", True)])
def test_left_to_right_stands_left_of_right_to_left_and_columns_are_as_wide(
    locale: str, beside: str, first_is_left: bool
) -> None:
    for first, second in small(locale, beside).rows:
        left, right = (first, second) if first_is_left else (second, first)
        assert left.right < right.left
        assert left.right - left.left == pytest.approx(right.right - right.left, abs=5)


def test_page_heads_and_feet_say_both_languages_what_they_are() -> None:
    made = small("ar_XB", "en").printed
    around = " ".join(tagtree.artifacts(made.data))
    assert around.count("English") == made.pages and around.count("Your blue inhaler") == made.pages - 1
    assert around.count("Draft translation: not yet checked by a clinical translator") == made.pages
    assert squeezed(f"Page {made.pages} of {made.pages}") in squeezed(around)


def test_the_second_language_is_set_in_its_own_size() -> None:
    css = styles.joined(styles.pieces(layout(), locales.locale("en"), beside=locales.locale("ar")))
    arabic = locales.locale("ar")
    assert f".beside {{\n  --body: {layout().body_pt * arabic.size_factor:.4g}pt" in css
    assert f"font-size: {arabic.size_factor:.4g}em" in css
    rules = layouts.rules(layout(), locales.locale("en"), locales.locale("ar"))
    assert rules.others == (("Arab", arabic.size_factor),)


def layout() -> Layout:
    return project.load(ROOT).layouts["bilingual"]


# --------------------------------------------------------------------------- how it is read


@pytest.mark.parametrize(("locale", "beside"), PAIRS)
def test_all_of_both_texts_is_there_each_in_its_own_language(locale: str, beside: str) -> None:
    made = small(locale, beside)
    assert not [finding for finding in made.printed.findings if finding.severity is Severity.ERROR]
    said = "".join(text for _, text in spoken(made.printed.data))
    for edition in (made.first, made.second):
        own, position = in_language(made.printed.data, edition.locale.tag), 0
        for kind, text in texts(edition):
            assert text in said
            if edition.locale.tag != "en" and re.search("SAMHSA|Crisis|SampleClinic", text):
                continue  # these names are marked as English
            found = own.find(text, 0 if kind in (Kind.AUDIENCE, Kind.CELL) else position)
            assert found >= 0, text
            position = position if kind in (Kind.AUDIENCE, Kind.CELL) else found + len(text)


def test_by_turns_each_block_is_followed_by_its_twin() -> None:
    made = small("es", "ar_XB")
    said = "".join(text for _, text in spoken(made.printed.data))
    headings = [
        [squeezed(plain(block.inlines)) for block in edition.blocks if block.kind.value == "heading"]
        for edition in (made.first, made.second)
    ]
    position = 0
    for pair in zip(*headings, strict=True):
        for heading in pair:
            position = said.index(heading, position) + len(heading)


def test_a_whole_language_is_read_before_the_other() -> None:
    made = small("es", "ar_XB", "whole")
    said = spoken(made.printed.data)
    full = "".join(text for _, text in said)
    first, second = ([text for _, text in texts(edition) if len(text) > 40] for edition in (made.first, made.second))
    assert max(map(full.index, first)) < min(map(full.index, second))
    languages = [language for language, text in said if len(text) > 40 and language in ("es", "ar-XB")]
    assert languages == sorted(languages, key=["es", "ar-XB"].index), "no sentence of one among those of the other"


def test_both_orders_say_the_same() -> None:
    by_turns, whole = (sorted(spoken(small("es", "ar_XB", order).printed.data)) for order in ORDERS)
    assert by_turns == whole


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("locale", "beside"), [("ar_XB", "en")])
def test_the_tags_are_valid_in_both_orders(locale: str, beside: str, order: str) -> None:
    valid(small(locale, beside, order).printed.data)


def valid(data: bytes) -> None:
    assert not page_validation.validate_pdf_bytes(data, profile="ua1").failures
    if verapdf.available() is None or os.environ.get("CI"):
        assert verapdf.validate(data) == ()


# --------------------------------------------------------------------------- all kinds of blocks


@pytest.mark.parametrize(
    ("locale", "beside", "order"),
    [("ar_XB", "en", "alternating"), ("ar_XB", "en", "whole"), ("en_XA", "ar_XB", "whole")],
)
def test_made_up_languages_hold_every_kind_of_block(own_content: Path, locale: str, beside: str, order: str) -> None:
    made = make(own_content, locale, beside, order)
    # a made-up title takes two lines in the head of a column, which then reaches nearer to the edge
    assert not [finding for finding in made.printed.findings if finding.check != "fit-edge"]
    valid(made.printed.data)


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_in_rows_is_one_list_in_either_language(own_content: Path, order: str) -> None:
    tree = tagtree.dump(make(own_content, "ar_XB", "en", order).printed.data)
    numbered = re.findall(r"^( *)L (?:lang=en )?ListNumbering=Decimal((?:\n\1 .*)*)", tree, re.MULTILINE)
    steps = [items for _, items in numbered if "Journal" not in items]
    assert [re.findall(r'Lbl "(\d)\."', items) for items in steps] == [["1", "2", "3"]] * 2
    assert re.findall(r'Body "(.+)"', steps[1]) == ["Sit up.", "slowly", "Breathe in."]


def test_a_table_stands_record_beside_record_and_a_picture_on_both_sides(own_content: Path) -> None:
    made = make(own_content, "ar_XB", "en")
    tree = tagtree.dump(made.printed.data)
    assert not re.search(r"^ *(Table|TR)\b", tree, re.MULTILINE)
    english = in_language(made.printed.data, "en")
    assert "Form:SprayDose:50mcgHowoften:EachdayForm:TabletDose:10mg" in english
    assert tree.count("Figure") == 2 and 'alt="A clock"' in tree


def test_no_id_stands_twice(own_content: Path) -> None:
    for sheet in (make(own_content, "ar_XB", "en").sheet, small("ar_XB", "en").sheet):
        ids = re.findall(r' id="([^"]+)"', sheet.html)
        assert ids and len(ids) == len(set(ids))


def test_headings_are_bookmarks_once_with_both_names(own_content: Path) -> None:
    with pikepdf.open(io.BytesIO(make(own_content, "en_XA", "en").printed.data)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title.endswith(" · Your blue inhaler")
        assert [kid.title.partition(" · ")[2] for kid in title.children[:2]] == [
            "Call 911 if you cannot speak", "How to use it",
        ]  # fmt: skip


@pytest.mark.parametrize("look", ["dyslexia", "yellow-on-black"])
def test_looks_are_worn_by_both_languages(own_content: Path, look: str) -> None:
    made = make(own_content, "en_XA", "ar_XB", look=look)
    assert not [finding for finding in made.printed.findings if finding.severity is Severity.ERROR]


# --------------------------------------------------------------------------- what is missing


def test_a_text_that_cannot_stand_beside_another_says_why(
    content: Path, replaced: Callable[[Path, str, str], None], tmp_path: Path
) -> None:
    output = tmp_path / "out"
    arguments = ("build", "--layout", "bilingual", "--output", str(output))
    done = plainleaf(*arguments, "--locale", "en", "--beside", "es", root=content)
    assert done.returncode == 0, done.stderr
    assert (output / "inhaler/inhaler.en+es.bilingual.pdf").is_file()
    shutil.rmtree(output)
    po = content / "locales/es/LC_MESSAGES/inhaler.po"
    text = po.read_text(encoding="utf-8")
    entry = re.search(r'msgid "Shake it first[^"]*"\nmsgstr "([^"]+)"', text)
    assert entry
    replaced(po, entry[0], entry[0].replace(entry[1], ""))
    done = plainleaf(*arguments, "--locale", "en", "--beside", "es", root=content)
    assert done.returncode == 0  # not translated whole yet is no fault
    assert "nothing is made of it beside the Spanish text, which is not translated whole yet" in done.stderr
    assert not list(output.rglob("*.pdf"))


def test_the_source_alone_has_no_pair(content: Path, tmp_path: Path) -> None:
    done = plainleaf("build", "--layout", "bilingual", "--output", str(tmp_path / "out"), root=content)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out").rglob("*.pdf")] == ["inhaler.es+en.bilingual.pdf"]
