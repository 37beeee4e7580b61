"""Which entries of a catalog are compared: those that are current and the language's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.checks.translation import catalog
from plainleaf.model import Finding, Leaflet, Location, Message, Severity
from plainleaf.sources import markdown as sources
from plainleaf.translations.po import Catalog, Entry
from plainleaf.typesetting import locales

HEAD = """---
title: Test
summary: A test.
audience: All
written: 2026-11-01
review-by: 2028-11-01
country: US
---

"""
Findings = list[Finding]
TEXT = "Take 2 tablets."
WRONG = "Tome 3 tabletas."
FILE = "locales/es/LC_MESSAGES/test.po"
WAIVER = " plainleaf: ignore numbers because the clinic counts otherwise"


@pytest.fixture(scope="module")
def leaflet() -> Leaflet:
    made, findings = sources.parse("sources/test.md", HEAD + TEXT + "\n")
    assert made, findings
    return made


def filled(translation: str, *, fuzzy: bool = False, file: str = "", comments: tuple[str, ...] = ()) -> Catalog:
    flags = {"fuzzy"} if fuzzy else set()
    entry = Entry(("", TEXT), translation, comments=list(comments), flags=flags, line=7, file=file)
    return Catalog(FILE, live={("", TEXT): entry})


def found(
    leaflet: Leaflet, there: Catalog, root: Path, locale: str = "es", layouts: Catalog | None = None
) -> list[Finding]:
    words = [Message(TEXT, (Location("layouts/base/parts.html", 3),))] if layouts else []
    return [*catalog.check(catalog.Subject(leaflet, locales.locale(locale), there, words, layouts, root))]


def test_a_current_translation_is_compared_and_its_lines_are_named(leaflet: Leaflet, tmp_path: Path) -> None:
    (finding,) = found(leaflet, filled(WRONG), tmp_path)
    assert finding.check == "po-numbers" and finding.severity is Severity.ERROR
    assert (str(finding.at), str(finding.po)) == ("sources/test.md:10", f"{FILE}:7")


def test_a_proposal_that_nobody_has_confirmed_is_not_compared(leaflet: Leaflet, tmp_path: Path) -> None:
    assert not found(leaflet, filled(WRONG, fuzzy=True), tmp_path)


def test_what_a_language_has_from_its_parent_is_compared_there(leaflet: Leaflet, tmp_path: Path) -> None:
    assert not found(leaflet, filled(WRONG, file="locales/es/LC_MESSAGES/test.po"), tmp_path)


def test_the_layouts_own_words_are_compared_too(leaflet: Leaflet, tmp_path: Path) -> None:
    (finding,) = found(leaflet, Catalog(FILE), tmp_path, layouts=filled(WRONG))
    assert finding.check == "po-numbers" and finding.at.file == "layouts/base/parts.html"


def test_a_language_without_data_is_told_of_once_somebody_has_begun(leaflet: Leaflet, tmp_path: Path) -> None:
    def told(there: Catalog) -> set[Severity]:
        return {finding.severity for finding in found(leaflet, there, tmp_path, "haw")}

    assert Severity.UNMEASURED in told(filled("E inu i 2 huaale."))
    assert not told(Catalog(FILE))


def test_what_a_translator_set_aside_is_listed_with_its_text(leaflet: Leaflet, tmp_path: Path) -> None:
    where = locales.locale("es")
    aside, plain = filled(WRONG, comments=(WAIVER,)), filled(WRONG)
    ((message, one),) = catalog.waived(catalog.Subject(leaflet, where, aside, [], None, tmp_path))
    assert message.text == TEXT and one.check == "po-numbers" and one.waived == "the clinic counts otherwise"
    assert not catalog.waived(catalog.Subject(leaflet, where, plain, [], None, tmp_path))
