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
from plainleaf.formats.pdf import naming
from plainleaf.layouts import excerpts, styles
from plainleaf.layouts import templates as layouts
from plainleaf.model import Clinic, Edition, Kind, Layout, Printed, Sheet, plain
from plainleaf.typesetting import locales
from tests import shipped, tagtree, verapdf
from tests.conftest import ROOT, TESTS, TODAY, plainleaf

# From right to left first, and last; pairs of real languages are built with all that is published. In looks a pair is
# rendered in test_looks.py, of other blocks in test_any_content.py.
FIRST, LAST = ("ar_XB", "en", "alternating"), ("en_XA", "ar_XB", "whole")
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
    """Where the first line of one side of a row is, and in which language."""

    language: str
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


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leaflet with every kind of block, for the made-up languages."""
    root = tmp_path_factory.mktemp("bilingual") / "content"
    shutil.copytree(TESTS / "content", root)
    leaflet = root / "sources/inhaler.md"
    leaflet.write_text(leaflet.read_text(encoding="utf-8") + EVERYTHING, encoding="utf-8")
    (root / "sources/pictures").mkdir()
    shutil.copy(ROOT / "sources/pictures/time.svg", root / "sources/pictures/clock.svg")
    return root


def planned(root: Path, beside: str, order: str = "alternating", name: str = "") -> planning.Plan:
    """All that is printed in the bilingual layout, with the job of what ``name`` is a part of."""
    content = project.load(root)
    content = replace(content, layouts={"bilingual": replace(content.layouts["bilingual"], order=order)})
    choice = pipeline.Choice(pseudo=True)
    found = [*pipeline.editions(content, choice, TODAY), *pipeline.pseudo_editions(content, choice, TODAY)]
    return planning.plan(content, found, (), beside, chosen=lambda each: name in each.path)


@cache
def make(root: Path, locale: str, beside: str, order: str) -> Made:
    """One pair of languages, rendered here."""
    from plainleaf.formats.pdf import fitting
    from plainleaf.formats.pdf import render as pdf

    pair = f"{locale}+{beside}".replace("_", "-")
    plan = planned(root, beside, order, name=f".{pair}.")
    wanted = {edition.locale.name: edition for edition in plan.editions}
    sheet = plan.jobs[f"inhaler/inhaler.{pair}.bilingual.pdf"].prepared.content
    rows: list[tuple[Place, ...]] = []

    def laid_out(*arguments: Any) -> Any:
        document, note = fitted(*arguments)
        rows.extend(filter(None, places(document)))  # not a picture beside a picture, which has no line
        return document, note

    fitted = fitting.fitted
    with patch.object(fitting, "fitted", laid_out):
        return Made(wanted[locale], wanted[beside], sheet, pdf.write(sheet), tuple(rows))


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
                    Place(
                        cell.element.get("lang"), number, line.position_y, cell.position_x, cell.position_x + cell.width
                    )
                    for line, cell in zip(lines, box.children, strict=True)
                    if line is not None
                )


def texts(edition: Edition) -> list[tuple[Kind, str]]:
    """The text of each block that the layout prints, without white space: the red box before the main message."""
    main, urgent, *others = excerpts.blocks(edition.blocks, "full")
    if urgent.options.get("name") == "urgent":
        main, urgent = urgent, main
    here, shown = clinic(), replace(edition, blocks=(main, urgent, *others))
    said = ((block.kind, plain(clinics.fill(block.inlines, here, edition.locale))) for block in shown.walk())
    return [(kind, squeezed(text)) for kind, text in said if squeezed(text)]


@cache
def clinic() -> Clinic:
    found = project.load(TESTS / "content").clinic
    assert found
    return found


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


def test_every_block_begins_as_high_as_its_twin(root: Path) -> None:
    rows = make(root, *FIRST).rows
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 2, "one side of a row has begun on another page"
        assert row[0].top == pytest.approx(row[1].top, abs=0.1)


@pytest.mark.parametrize(("pair", "first_is_left"), [(FIRST, False), (LAST, True)])
def test_left_to_right_stands_left_of_right_to_left_and_columns_are_as_wide(
    root: Path, pair: tuple[str, str, str], first_is_left: bool
) -> None:
    made = make(root, *pair)
    assert len(made.rows) > 20
    languages = [made.first.locale.tag, made.second.locale.tag]
    for row in made.rows:
        left, right = sorted(row, key=lambda side: side.left)
        assert [left.language, right.language] == languages[:: 1 if first_is_left else -1]
        assert left.right < right.left
        assert left.right - left.left == pytest.approx(right.right - right.left, abs=5)


def test_page_heads_and_feet_say_both_languages_what_they_are(root: Path) -> None:
    made = make(root, *FIRST).printed
    around = " ".join(tagtree.artifacts(made.data))
    assert around.count("English") == made.pages and around.count("Your blue inhaler") == made.pages - 1
    assert around.count("Draft translation: not yet checked by a clinical translator") == made.pages - 1
    assert squeezed(f"Page {made.pages} of {made.pages}") in squeezed(around)


def test_the_second_language_is_set_in_its_own_size() -> None:
    css = styles.joined(styles.pieces(layout(), locales.locale("en"), beside=locales.locale("ar")))
    arabic = locales.locale("ar")
    assert f".beside {{\n  --body: {layout().body_pt * arabic.size_factor:.4g}pt" in css
    assert f"font-size: {arabic.size_factor:.4g}em" in css
    rules = layouts.rules(layout(), locales.locale("en"), locales.locale("ar"))
    assert rules.others == (("Arab", arabic.size_factor),)


def layout() -> Layout:
    return shipped.content().layouts["bilingual"]


# --------------------------------------------------------------------------- how it is read


@pytest.mark.parametrize("pair", [FIRST, LAST])
def test_all_of_both_texts_is_there_each_in_its_own_language(root: Path, pair: tuple[str, str, str]) -> None:
    made = make(root, *pair)
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


def test_by_turns_each_block_is_followed_by_its_twin(root: Path) -> None:
    made = make(root, *FIRST)
    said = "".join(text for _, text in spoken(made.printed.data))
    headings = [
        [squeezed(plain(block.inlines)) for block in edition.blocks if block.kind.value == "heading"]
        for edition in (made.first, made.second)
    ]
    position = 0
    for pair in zip(*headings, strict=True):
        for heading in pair:
            position = said.index(heading, position) + len(heading)


def test_a_whole_language_is_read_before_the_other(root: Path) -> None:
    made = make(root, *LAST)
    said = spoken(made.printed.data)
    full = "".join(text for _, text in said)
    first, second = ([text for _, text in texts(edition) if len(text) > 40] for edition in (made.first, made.second))
    assert max(map(full.index, first)) < min(map(full.index, second))
    tags = [made.first.locale.tag, made.second.locale.tag]
    languages = [language for language, text in said if len(text) > 40 and language in tags]
    assert languages == sorted(languages, key=tags.index), "no sentence of one among those of the other"


def test_both_orders_say_the_same(root: Path) -> None:
    by_turns, whole = (sorted(spoken(make(root, "ar_XB", "en", order).printed.data)) for order in ORDERS)
    assert by_turns == whole


def valid(data: bytes) -> None:
    assert not page_validation.validate_pdf_bytes(data, profile="ua1").failures
    if verapdf.available() is None or os.environ.get("CI"):
        assert verapdf.validate(data) == ()


# --------------------------------------------------------------------------- all kinds of blocks


@pytest.mark.parametrize("pair", [FIRST, ("ar_XB", "en", "whole"), LAST])
def test_made_up_languages_hold_every_kind_of_block_and_their_tags_are_valid_in_both_orders(
    root: Path, pair: tuple[str, str, str]
) -> None:
    made = make(root, *pair)
    # a made-up title takes two lines in the head of a column, which then reaches nearer to the edge
    assert not [finding for finding in made.printed.findings if finding.check != "fit-edge"]
    valid(made.printed.data)


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_in_rows_is_one_list_in_either_language(root: Path, order: str) -> None:
    tree = tagtree.dump(make(root, "ar_XB", "en", order).printed.data)
    numbered = re.findall(r"^( *)L (?:lang=en )?ListNumbering=Decimal((?:\n\1 .*)*)", tree, re.MULTILINE)
    steps = [items for _, items in numbered if "Journal" not in items]
    assert [re.findall(r'Lbl(?:\s+Span)? "(\d)\."', items) for items in steps] == [["1", "2", "3"]] * 2
    assert re.findall(r'Body "(.+)"', steps[1]) == ["Sit up.", "slowly", "Breathe in."]


def test_a_table_stands_record_beside_record_and_a_picture_on_both_sides(root: Path) -> None:
    made = make(root, *FIRST)
    tree = tagtree.dump(made.printed.data)
    assert not re.search(r"^ *(Table|TR)\b", tree, re.MULTILINE)
    english = in_language(made.printed.data, "en")
    assert "Form:SprayDose:50mcgHowoften:EachdayForm:TabletDose:10mg" in english
    assert tree.count("Figure") == 2 and 'alt="A clock"' in tree


def test_no_id_stands_twice(root: Path) -> None:
    for pair in (FIRST, LAST):
        ids = re.findall(r' id="([^"]+)"', make(root, *pair).sheet.html)
        assert ids and len(ids) == len(set(ids))


def test_by_turns_headings_are_bookmarks_once_with_both_names(root: Path) -> None:
    with pikepdf.open(io.BytesIO(make(root, *FIRST).printed.data)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title.endswith(" · Your blue inhaler")
        titles = [kid.title.partition(" · ")[2] for kid in title.children]
        assert [each for each in titles if each][:2] == ["Call 911 if you cannot speak", "How to use it"]


def test_where_a_language_is_read_whole_its_headings_and_boxes_are_bookmarks_of_their_own(root: Path) -> None:
    made = make(root, *LAST)
    with pikepdf.open(io.BytesIO(made.printed.data)) as pdf, pdf.open_outline() as outline:
        first, second = outline.root
        for title, edition in ((first, made.first), (second, made.second)):
            headings = [plain(block.inlines) for block in edition.blocks if block.kind.value == "heading"]
            titles = [kid.title for kid in title.children] + [
                low.title for kid in title.children for low in kid.children
            ]
            assert {*map(naming.said, headings)} <= {*titles}
            assert all(language(item.obj.SE) == edition.locale.tag for item in (title, title.children[0]))


def language(tag: pikepdf.Object) -> str:
    while "/Lang" not in tag:
        if "/P" not in tag or "/S" not in tag.P:
            return "en-XA"  # the document's
        tag = tag.P
    return str(tag.Lang)


def test_a_language_is_read_whole_where_a_layout_says_nothing_else() -> None:
    shipped_layouts = shipped.content().layouts
    assert {shipped_layouts[name].order for name in ("bilingual", "bilingual-letter")} == {"whole"}


# --------------------------------------------------------------------------- what is missing


def test_a_text_that_cannot_stand_beside_another_says_why(
    content: Path, replaced: Callable[[Path, str, str], None], tmp_path: Path
) -> None:
    assert "inhaler/inhaler.en+es.bilingual.pdf" in planned(content, "es").jobs
    po = content / "locales/es/LC_MESSAGES/inhaler.po"
    text = po.read_text(encoding="utf-8")
    entry = re.search(r'msgid "Shake it first[^"]*"\nmsgstr "([^"]+)"', text)
    assert entry
    replaced(po, entry[0], entry[0].replace(entry[1], ""))
    arguments = ("build", "--layout", "bilingual", "--output", str(tmp_path / "out"))
    done = plainleaf(*arguments, "--locale", "en", "--beside", "es", root=content)
    assert done.returncode == 0  # not translated whole yet is no fault
    assert "it is not printed beside the Spanish text, whose translation is not complete" in done.stderr
    assert not list((tmp_path / "out").rglob("*.pdf"))


def test_the_source_alone_has_no_pair(content: Path) -> None:
    (content / "plainleaf.toml").write_text('formats = ["pdf"]\n', encoding="utf-8")
    plan = planned(content, "")
    assert {artifact.path for artifact in plan.wanted if artifact.locale in ("en", "es")} == set(plan.jobs) - {
        "inhaler/inhaler.ar-XB+en.bilingual.pdf", "inhaler/inhaler.en-XA+en.bilingual.pdf",
    } == {"inhaler/inhaler.es+en.bilingual.pdf"}  # fmt: skip
