"""The line of languages names what readers can have, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf import editions, pipeline, project
from plainleaf.actions import plan as planning
from plainleaf.actions.choice import Choice
from plainleaf.model import Edition, Finding, Severity, foreign, has_error, plain
from plainleaf.typesetting import pseudo
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")

SOURCE = """---
title: Your cough
summary: Rest.
audience: Adults
written: 2026-11-02
review-by: 2028-11-02
country: US
---

Drink water.

::: languages
Ask us for it in:
:::
"""
SAID = {
    "es": ("Su tos", "Descanse.", "Adultos", "Beba agua.", "Pídanoslo en:"),
    "ar": ("سعالك", "استرح.", "البالغون", "اشرب الماء.", "اطلبها منا باللغة:"),
}
TEXTS = ("Your cough", "Rest.", "Adults", "Drink water.", "Ask us for it in:")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A leaflet in English, whole in Spanish and in Arabic."""
    (tmp_path / "sources/clinics").mkdir(parents=True)
    shutil.copy(ROOT / "sources/clinics/sample-us.toml", tmp_path / "sources/clinics")
    (tmp_path / "sources/cough.md").write_text(SOURCE, encoding="utf-8")
    for name, said in SAID.items():
        folder = tmp_path / "locales" / name / "LC_MESSAGES"
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "locales" / name / "LC_MESSAGES/layouts.po", folder)
        head = f'msgid ""\nmsgstr ""\n"Language: {name}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        entries = (f'\nmsgid "{text}"\nmsgstr "{own}"\n' for text, own in zip(TEXTS, said, strict=True))
        (folder / "cough.po").write_text(head + "".join(entries), encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def made(root: Path, *names: str) -> dict[str, tuple[Edition, tuple[Finding, ...]]]:
    found = editions.editions(project.load(root), Choice(locales=names), TODAY)
    return {edition.locale.name: (edition, about) for edition, about in found}


def names(edition: Edition) -> list[tuple[str, str]]:
    """The languages that an edition's line names, each with its tag."""
    return [(plain(name.children), name.lang) for block in edition.walk() for name in foreign(block.inlines)]


def test_each_edition_names_the_others_by_their_own_names(root: Path) -> None:
    there = made(root)
    assert names(there["en"][0]) == [("العربية", "ar"), ("Español", "es")]
    assert names(there["es"][0]) == [("English", "en"), ("العربية", "ar")]
    assert not [finding for finding in there["en"][1] if finding.check == "languages-none"]


def test_it_does_not_depend_on_what_is_asked_for(root: Path) -> None:
    alone = made(root, "es")
    assert list(alone) == ["es"]
    assert names(alone["es"][0]) == [("English", "en"), ("العربية", "ar")]


@pytest.mark.parametrize("old, new", [('"Beba agua."', '""'), ("Beba agua.", "Beba 2 tazas de agua.")])
def test_a_translation_that_is_not_whole_or_has_an_error_is_not_named(root: Path, old: str, new: str) -> None:
    change(root / "locales/es/LC_MESSAGES/cough.po", old, new)
    assert names(made(root)["en"][0]) == [("العربية", "ar")]


def test_a_text_printed_in_the_language_of_the_source_makes_no_whole_translation(root: Path) -> None:
    (root / "plainleaf.toml").write_text('untranslated = "show-source"\n', encoding="utf-8")
    change(root / "locales/es/LC_MESSAGES/cough.po", '"Beba agua."', '""')
    assert names(made(root)["en"][0]) == [("العربية", "ar")]


def test_a_language_that_the_head_or_the_settings_leave_out_is_not_named(root: Path) -> None:
    change(root / "sources/cough.md", "country: US", "country: US\nlanguages: [es]")
    assert names(made(root)["en"][0]) == [("Español", "es")]
    (root / "plainleaf.toml").write_text('locales = ["en"]\n', encoding="utf-8")
    assert names(made(root)["en"][0]) == []


def test_a_leaflet_that_is_signed_off_names_approved_translations_only(root: Path) -> None:
    assert not has_error(pipeline.sign_off(project.load(root), "cough", "A. Sample, nurse", TODAY).findings)
    assert names(made(root)["en"][0]) == []
    assert not has_error(pipeline.approve(project.load(root), "cough", "es", "B. Sample, translator", TODAY).findings)
    assert names(made(root)["en"][0]) == [("Español", "es")]


def test_without_another_language_nothing_is_printed_in_any_edition_and_a_note_says_so(root: Path) -> None:
    for name in SAID:
        change(root / f"locales/{name}/LC_MESSAGES/cough.po", SAID[name][3], "")
    edition, found = made(root)["en"]
    assert [plain(block.inlines) for block in edition.blocks] == ["Drink water."]
    (note,) = [finding for finding in found if finding.check == "languages-none"]
    assert (note.severity, note.at.line) == (Severity.NOTE, 12)


def test_the_name_of_a_language_is_the_contents_own(root: Path) -> None:
    (root / "locales/es/locale.toml").write_text('own-name = "Castellano"\n', encoding="utf-8")
    assert ("Castellano", "es") in names(made(root)["en"][0])


def test_made_up_languages_leave_the_names_as_they_are(root: Path) -> None:
    for edition, _ in editions.pseudo_editions(project.load(root), Choice(), TODAY):
        assert names(edition) == [("English", "en"), ("العربية", "ar"), ("Español", "es")]
    assert pseudo.NAMES


def test_a_new_translation_makes_the_others_out_of_date(root: Path) -> None:
    def keys() -> dict[str, str]:
        content = project.load(root)
        found = editions.with_files(content, editions.editions(content, Choice(), TODAY))
        jobs = planning.plan(content, found, formats=("html",)).jobs
        return {path: job.fingerprint for path, job in jobs.items() if path.endswith(".html")}

    whole = keys()
    change(root / "locales/ar/LC_MESSAGES/cough.po", '"اشرب الماء."', '""')
    without = keys()
    assert {*whole} - {*without} == {"cough/ar/index.html"}
    assert all(whole[path] != key for path, key in without.items())
