"""The review sheet: safety texts first, each with its source, what it says literally and what was found; signing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf import editions
from plainleaf.actions import reviewing
from plainleaf.actions.choice import Choice
from plainleaf.actions.page_words import shared
from plainleaf.approvals import sheets
from plainleaf.model import State
from plainleaf.project import Project, load
from plainleaf.reading import aloud, tags
from plainleaf.site import review as sheet
from tests.translations.test_translators_day import say

Edit = Callable[[Path, str, str], None]
CATALOG = Path("locales/es/LC_MESSAGES/inhaler.po")
WHO = "A. Sample, clinical translator"


def reviewed(root: Path) -> tuple[Project, reviewing.Review, str]:
    """The sheet of the Spanish leaflet, for paper."""
    project = load(root)
    edition, found = next(editions.editions(project, Choice(("inhaler",), ("es",)), date(2026, 12, 1)))
    review = reviewing.review(project, edition, found, shared(project))
    return project, review, sheet.page(project, edition, review, paper=True)


def test_safety_texts_come_first_with_all_that_is_known_of_each(
    content: Path, two_layouts: None, replaced: Edit
) -> None:
    replaced(content / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    back = "# back-translation: <b>Do not wait.</b> Inhale 5 times.\n#. Paragraph, in the box “urgent”"
    replaced(content / CATALOG, "#. Paragraph, in the box “urgent”", back)
    _, review, page = reviewed(content)
    first = review.safety[0]
    assert [row.number for row in review.rows] == [*range(1, len(review.rows) + 1)]
    assert all(row.back == "" for row in review.safety[1:]) and first.back.endswith("Inhale 5 times.")
    assert [each.check for each in first.found] == ["po-numbers"]
    assert {len(part) > 0 for part in (review.safety, review.others, review.terms, review.words)} == {True}
    row = page[page.index("<td", page.index("text 1 is right")) : page.index("text 2 is right")]
    assert "<strong>Do not wait.</strong> Take 4 puffs" in row and "Inhale 5 times." in row
    assert '<p class="said" lang="es" dir="ltr"><strong>No espere.</strong> Inhale 5 veces' in row
    assert "<strong>Error:</strong> the source" in row and "(Spanish:" not in row
    assert page.index("Texts that can harm") < page.index("All other texts") < page.index("Words to know")
    assert page.count('data-field="tick"') == len(review.safety + review.others + review.terms)


def test_what_is_not_finished_cannot_be_signed(content: Path, two_layouts: None, replaced: Edit) -> None:
    assert 'aria-label="Signature: line to write on"' in reviewed(content)[2]
    replaced(content / CATALOG, 'msgstr "Cómo usarlo"', 'msgstr ""')
    _, review, page = reviewed(content)
    assert review.open == 1 and [row.state for row in review.others if not row.said] == [State.UNTRANSLATED]
    assert "Not ready to sign" in page and "Signature: line" not in page and "Not translated" in page
    assert review.obstacles == ("1 text has no checked translation",)
    replaced(content / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    assert reviewed(content)[1].obstacles[1:] == ("1 error must be fixed",)


def test_two_persons_sign_where_the_settings_ask_for_two(content: Path, two_layouts: None) -> None:
    project, review, _ = reviewed(content)
    edition, _ = next(editions.editions(project, Choice(("inhaler",), ("es",)), date(2026, 12, 1)))
    two = replace(project, settings=replace(project.settings, signatures=2))
    page = sheet.page(two, edition, review, paper=True)
    assert "First translator" in page and "Second translator" in page


@pytest.mark.parametrize(("country", "size"), [("US", "279.4mm 215.9mm"), ("GB", "297mm 210mm")])
def test_its_paper_is_that_of_the_country(content: Path, two_layouts: None, country: str, size: str) -> None:
    project, _, _ = reviewed(content)
    assert project.clinic
    there = replace(project, clinic=replace(project.clinic, country=country))
    edition, _ = next(editions.editions(project, Choice(("inhaler",), ("es",)), date(2026, 12, 1)))
    assert f"size: {size};" in sheet._page_css(there, edition)


def test_comments_that_a_program_has_wrapped_are_one_back_translation() -> None:
    long = " back-translation: " + "The person is told to breathe out slowly and to wait "
    comments = ["Asked the nurse", long, " until the nurse comes back.", " plainleaf> error: x", " other"]
    assert reviewing.translated_back(comments).endswith("and to wait until the nurse comes back.")
    assert reviewing.translated_back([" back-translation: Wait.", " Asked the nurse"]) == "Wait."
    assert reviewing.translated_back([" Asked the nurse"]) == ""


def test_a_marked_text_that_is_broken_is_shown_as_it_is(content: Path, two_layouts: None, replaced: Edit) -> None:
    replaced(content / CATALOG, "<b>No espere.</b> Inhale", "<b>No espere. <script>alert(1)</script> Inhale")
    page = reviewed(content)[2]
    assert "&lt;b&gt;No espere. &lt;script&gt;alert(1)" in page and "<script>" not in page


def test_the_sheet_is_an_accessible_pdf_and_its_signature_belongs_to_these_texts(
    content: Path, two_layouts: None, replaced: Edit
) -> None:
    said = say(content, "review", "es", "inhaler")
    assert said.count("written: ") == 2 and "no errors and no warnings" in said
    data = (content / "build/review/inhaler.es.pdf").read_bytes()
    screen = (content / "build/review/inhaler.es.html").read_text(encoding="utf-8")
    found = re.search(r'--sheet (?:"|&#34;|&quot;)([0-9a-f ]{19})', screen)
    assert found and screen.count(found[1]) >= 3 and '<input type="checkbox"' in screen
    heard = "\n".join(aloud.lines(tags.read(data)))
    assert "To tick: text 1 is right" in heard and "Signature: line to write on" in heard and "No espere." in heard

    # A letter changes after it was signed on paper.
    replaced(content / CATALOG, "Primero agítelo.", "Primero agite.")
    refused = say(content, "approve", "es", "inhaler", "--by", WHO, "--sheet", found[1], code=1)
    assert "[approval-sheet]" in refused and not (content / "locales/es/approvals.toml").exists()
    replaced(content / CATALOG, "Primero agite.", "Primero agítelo.")
    assert "approved: inhaler" in say(
        content, "approve", "es", "inhaler", "--by", WHO, "--sheet", found[1].replace(" ", "")
    )


def test_a_digest_may_be_typed_with_or_without_spaces() -> None:
    assert sheets.same("1A2B-3c4d 5e6f7a8b", "1a2b 3c4d 5e6f 7a8b")
    assert not sheets.same("1a2b 3c4d", "1a2b 3c4d 5e6f 7a8b")
