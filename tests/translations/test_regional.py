"""A language as one country writes it: its catalogs hold what differs, the rest comes from its parent."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from plainleaf import editions, project
from plainleaf.actions import status, update
from plainleaf.actions.choice import Choice
from plainleaf.files import places
from plainleaf.model import Edition, plain
from plainleaf.translations import regional
from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("two_layouts")

TODAY = date(2026, 11, 29)
HEAD = """---
title: Your cough
summary: How to care for a cough.
audience: People who cough
written: 2026-11-02
review-by: 2028-11-02
country: US
{}---

"""
BODY = "Join our program. Call {clinic_phone}. {.safety}\n\nDrink water.\n"
BRITISH = '\nmsgid "Join our program. Call {clinic_phone}."\nmsgstr "Join our programme. Call {clinic_phone}."\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A leaflet in English and two clinics."""
    (tmp_path / "sources" / "clinics").mkdir(parents=True)
    (tmp_path / "locales").mkdir()
    for name in ("sample-us", "sample-uk"):
        shutil.copy(ROOT / "sources" / "clinics" / f"{name}.toml", tmp_path / "sources" / "clinics")
    (tmp_path / "sources" / "cough.md").write_text(HEAD.format("") + BODY, encoding="utf-8")
    return tmp_path


def begun(root: Path, name: str, entries: str = "") -> Path:
    """The catalog of a language just begun, with these entries."""
    assert not update.init(project.load(root, "sample-us"), (name,)).findings
    path = root / "locales" / name / "LC_MESSAGES" / "cough.po"
    with path.open("a", encoding="utf-8") as file:
        file.write(entries)
    return path


def made(root: Path, clinic: str, *names: str) -> dict[str, Edition]:
    """The editions for a clinic by their locales."""
    there = project.load(root, clinic)
    return {each.locale.name: each for each, _ in editions.editions(there, Choice(locales=names), TODAY)}


def words(edition: Edition) -> list[str]:
    return [plain(block.inlines) for block in edition.blocks]


@pytest.mark.parametrize(
    ("name", "there", "above"),
    [
        ("en_GB", {"en"}, "en"),
        ("es_MX", {"es", "es_419"}, "es_419"),
        ("pt_PT", {"pt"}, "pt"),
        ("de_AT", {"de"}, "de"),
        ("en_AU", {"en", "es"}, "en"),
        ("zh_Hant_HK", {"zh_Hant"}, "zh_Hant"),
        ("pt_BR", {"es"}, ""),
        ("zh_Hant", {"zh"}, ""),
        ("en_XA", {"en"}, ""),
        ("sq_XK", {"sq"}, "sq"),
        ("en", {"en", "en_GB"}, ""),
    ],
)
def test_the_parent_is_the_nearest_language_above(name: str, there: set[str], above: str) -> None:
    assert regional.parent(name, there) == above


def test_what_does_not_differ_comes_from_the_source(root: Path) -> None:
    begun(root, "en_GB", BRITISH)
    british = made(root, "sample-uk")["en_GB"]
    assert words(british) == ["Join our programme. Call {clinic_phone}.", "Drink water."]
    assert british.draft and british.locale.tag == "en-GB"


def test_a_clinic_gets_the_language_as_its_country_writes_it(root: Path) -> None:
    begun(root, "en_GB", BRITISH)
    assert list(made(root, "sample-uk")) == ["en_GB"]
    assert list(made(root, "sample-us")) == ["en"]
    assert list(made(root, "sample-us", "en", "en_GB")) == ["en", "en_GB"]


def test_where_nothing_differs_it_is_the_source_and_no_draft(root: Path) -> None:
    begun(root, "en_GB")
    british = made(root, "sample-uk")["en_GB"]
    assert words(british) == ["Join our program. Call {clinic_phone}.", "Drink water."] and not british.draft


def test_what_does_not_differ_comes_from_another_translation(root: Path) -> None:
    spanish = begun(root, "es")
    text = spanish.read_text(encoding="utf-8")
    spanish.write_text(
        text.replace('msgid "Drink water."\nmsgstr ""', 'msgid "Drink water."\nmsgstr "Beba agua."'), "utf-8"
    )
    begun(root, "es_MX", '\nmsgid "Your cough"\nmsgstr "Su tos, ahorita"\n')
    mexican = made(root, "sample-us", "es_MX")["es_MX"]
    assert plain(mexican.meta.title.inlines) == "Su tos, ahorita"
    assert words(mexican)[1] == "Beba agua."
    rows = {row.locale.name: row.done for row in status.rows(project.load(root, "sample-us"), ("cough",))}
    assert rows == {"es": 1, "es_MX": 2}


def test_status_and_checks_miss_nothing(root: Path) -> None:
    begun(root, "en_GB", BRITISH)
    there = project.load(root, "sample-uk")
    assert {row.percent for row in status.rows(there)} == {100}
    (found,) = [about for each, about in editions.editions(there, Choice(), TODAY) if each.locale.name == "en_GB"]
    assert not [finding for finding in found if finding.check.startswith(("po-", "edition-"))]


def test_an_entry_of_its_own_is_checked(root: Path) -> None:
    begun(
        root,
        "en_GB",
        BRITISH.replace('Call {clinic_phone}."\n', 'Call us."\n', 2).replace("Call us.", "Call {clinic_phone}.", 1),
    )
    (found,) = [about for each, about in editions.editions(project.load(root, "sample-uk"), Choice(), TODAY)]
    assert "po-placeholder" in {finding.check for finding in found}


def test_update_writes_only_what_differs(root: Path) -> None:
    path = begun(root, "en_GB", BRITISH)
    update.update(project.load(root, "sample-us"), ())
    text = path.read_text(encoding="utf-8")
    assert "programme" in text and "Drink water" not in text
    update.update(project.load(root, "sample-us"), ())
    assert path.read_text(encoding="utf-8") == text


def test_what_differed_from_a_text_that_has_changed_is_read_again(root: Path) -> None:
    path = begun(root, "en_GB", BRITISH)
    source = root / "sources" / "cough.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("Join our program.", "Join our good program."), "utf-8"
    )
    update.update(project.load(root, "sample-us"), ())
    text = path.read_text(encoding="utf-8")
    assert "#, fuzzy" in text and "Drink water" not in text
    (row,) = [row for row in status.rows(project.load(root, "sample-us"), ("cough",)) if row.locale.name == "en_GB"]
    assert (row.fuzzy, row.untranslated) == (1, 0)


def test_a_head_that_names_a_language_means_it_as_any_country_writes_it(root: Path) -> None:
    (root / "sources" / "cough.md").write_text(HEAD.format("languages: [en]\n") + BODY, encoding="utf-8")
    begun(root, "en_GB", BRITISH)
    assert list(made(root, "sample-uk")) == ["en_GB"]


# --------------------------------------------------------------------------- leaflets that are not written in English


def german(root: Path) -> None:
    """The leaflet in German alone, with an English translation just begun."""
    text = HEAD.format("language: de\n") + "Nehmen Sie höchstens 2 Tabletten am Tag. {.safety}\n"
    (root / "sources" / "cough.md").write_text(text, encoding="utf-8")
    begun(root, "en")


def test_english_is_one_of_the_translations_and_its_layouts_words_are_there(root: Path) -> None:
    german(root)
    there = project.load(root, "sample-us")
    assert there.lookup("en", places.WORDS)("", "Page {page} of {pages}")
    found = {each.locale.name: about for each, about in editions.editions(there, Choice(), TODAY)}
    assert not [finding for finding in found["en"] if "a word of the layouts" in finding.message]


def test_words_of_the_layouts_that_the_source_language_lacks_are_told(root: Path) -> None:
    text = HEAD.format("language: da\n") + "Tag højst 2 tabletter om dagen. {.safety}\n"
    (root / "sources" / "cough.md").write_text(text, encoding="utf-8")
    choice = Choice(locales=("da",))
    (found,) = [about for each, about in editions.editions(project.load(root, "sample-us"), choice, TODAY)]
    (told,) = [finding for finding in found if finding.check == "layout-words"]
    assert "Danish" in told.message and "init da" in told.hint
    update.init(project.load(root, "sample-us"), ("da",))
    (found,) = [about for each, about in editions.editions(project.load(root, "sample-us"), choice, TODAY)]
    assert "layout-words" not in {finding.check for finding in found}
    assert [finding for finding in found if "a word of the layouts" in finding.message]


def test_a_source_in_a_language_of_the_package_has_its_layouts_words(root: Path) -> None:
    (root / "sources" / "cough.md").write_text(HEAD.format("language: es\n") + "Beba agua.\n", encoding="utf-8")
    there = project.load(root, "sample-us")
    (found,) = [about for each, about in editions.editions(there, Choice(), TODAY) if each.locale.name == "es"]
    assert "layout-words" not in {finding.check for finding in found} and there.words("es")


def test_a_german_limit_is_no_lost_negation_in_english(root: Path) -> None:
    german(root)
    path = root / "locales" / "en" / "LC_MESSAGES" / "cough.po"
    text, source = path.read_text(encoding="utf-8"), 'msgid "Nehmen Sie höchstens 2 Tabletten am Tag."\nmsgstr "'
    for said, wrong in (("Take no more than 2 tablets a day.", False), ("Take no more than 3 tablets a day.", True)):
        path.write_text(text.replace(source + '"', f'{source}{said}"'), encoding="utf-8")
        (found,) = [
            about for each, about in editions.editions(project.load(root, "sample-us"), Choice(locales=("en",)), TODAY)
        ]
        about = {
            finding.check
            for finding in found
            if said[:4] and "Tabletten" in finding.message and finding.check != "po-length"
        }
        assert bool(about - {"po-untranslated"}) is wrong, about


FUZZY = """
# our readers say so
#, fuzzy
#| msgid "Drink water."
msgid "Drink much water."
msgstr "Drink plenty of water."

# is it “program” here too?
msgid "Your cough"
msgstr ""
"""


def test_what_somebody_has_written_stays_though_its_earlier_text_is_there_still(root: Path) -> None:
    (root / "sources" / "cough.md").write_text(HEAD.format("") + BODY + "\nDrink much water.\n", encoding="utf-8")
    path = begun(root, "en_GB", FUZZY)
    for _ in range(2):
        assert not update.update(project.load(root, "sample-us"), ("en_GB",)).findings
        text = path.read_text(encoding="utf-8")
        assert "Drink plenty of water." in text and "# our readers say so" in text
        assert "# is it “program” here too?" in text
