"""A translation that is not finished is told once for each edition, and is no fault; a safety text that lapsed is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polib
import pytest

from tests.actions.test_plan import ARABIC
from tests.conftest import plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
DOSE = ("Take 4 puffs", "Take 6 puffs")
POLISH = {
    "Your blue inhaler": "Twój niebieski inhalator",
    "How to use your blue inhaler when it is hard to breathe.": "Jak używać niebieskiego inhalatora przy duszności.",
    "People who have asthma": "Osoby z astmą",
    "Call {emergency_number} if you cannot speak": "Zadzwoń pod {emergency_number}, jeśli nie możesz mówić",
    "<b>Do not wait.</b> Take 4 puffs, one by one.": "<b>Nie czekaj.</b> Weź 4 wdechy, jeden po drugim.",
}


def po(root: Path, locale: str, domain: str = "inhaler") -> Path:
    return root / f"locales/{locale}/LC_MESSAGES/{domain}.po"


def translate(path: Path, words: dict[str, str]) -> None:
    catalog = polib.pofile(str(path), wrapwidth=-1)
    for entry in catalog.untranslated_entries():
        entry.msgstr = words.get(entry.msgid, "")
    catalog.save()


def another_leaflet(root: Path, name: str, languages: str = "") -> Path:
    path = root / f"sources/{name}.md"
    head = f"country: US\nlanguages: {languages}" if languages else "country: US"
    path.write_text(
        (root / "sources/inhaler.md").read_text(encoding="utf-8").replace("country: US", head), encoding="utf-8"
    )
    return path


def states(root: Path, *arguments: str) -> list[str]:
    """The lines of ``check`` on how far editions are; it must end with 0 unless it says ``error``."""
    done = plainleaf("check", *arguments, root=root)
    lines = [line for line in done.stdout.splitlines() if "[edition-" in line]
    assert done.returncode == (1 if any(": error: " in line for line in lines) else 0), done.stdout
    assert "[po-" not in done.stdout or "--all" in arguments
    return lines


def found(root: Path, *arguments: str) -> list[dict[str, Any]]:
    done = plainleaf("check", "--format", "json", *arguments, root=root)
    every: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return [each for each in every if each["check"].startswith(("edition-", "po-"))]


# --------------------------------------------------------------------------- not begun, begun


def test_a_new_leaflet_is_one_line_for_each_language_and_no_fault(content: Path) -> None:
    for name in ("ar", "pl", "zh_Hans"):
        (content / "locales" / name).mkdir()
    shutil.copy(content / "sources/inhaler.md", content / "sources/fever.md")
    lines = states(content, "fever")
    languages = ("Arabic", "Polish", "Spanish", "Chinese (Simplified)")
    assert sorted(lines) == sorted(
        f"sources/fever.md: note: fever: {language} not started; to start: plainleaf update [edition-not-begun]"
        for language in languages
    )
    assert [each["severity"] for each in found(content, "fever", "--locale", "pl")] == ["note"]  # not one a text


@pytest.mark.parametrize("locale", ["ar", "fr", "nb"])
def test_a_language_just_begun_is_told_in_a_line_or_two_and_the_others_are_as_before(
    content: Path, locale: str
) -> None:
    assert plainleaf("init", locale, root=content).returncode == 0
    lines = states(content)
    kinds = [line.partition(": ")[2].partition(": started, 0 of ")[0] for line in lines]
    language = {"ar": "Arabic", "fr": "French", "nb": "Norwegian Bokmål"}[locale]
    own_words = [f"note: layouts: {language}"] if locale == "nb" else []  # the others' come with the tool
    assert kinds == [f"note: inhaler: {language}", *own_words]
    done = plainleaf("check", root=content)
    assert "no errors, no warnings" in done.stdout and "  es: " in done.stdout


def test_a_build_makes_the_others_and_ends_well(content: Path) -> None:
    another_leaflet(content, "fever")
    assert plainleaf("init", "ar", root=content).returncode == 0
    done = plainleaf("build", "--format", "html", root=content)
    assert done.returncode == 0, done.stderr
    there = [path.parts[-3:-1] for path in (content / "build").glob("*/*/index.html")]
    made = sorted(parts for parts in there if parts[0] != "staff")
    assert made == [("fever", "en"), ("inhaler", "en"), ("inhaler", "es")]
    assert done.stderr.count("[edition-") == done.stderr.count("\n")  # each a line, and nothing else
    page = (content / "build/staff/print-list/fever/es.html").read_text(encoding="utf-8")
    assert "fever: Spanish not started; to start: plainleaf update" in page
    assert plainleaf("--quiet", "build", "--format", "html", root=content).stderr == ""


# --------------------------------------------------------------------------- begun and not complete


def test_gaps_are_counted_in_one_line_and_listed_one_by_one_on_demand(content: Path, replaced: Edit) -> None:
    assert plainleaf("init", "pl", root=content).returncode == 0
    translate(po(content, "pl"), POLISH)
    (line,) = [line for line in states(content) if "inhaler: Polish" in line]
    assert ": note: inhaler: Polish: 5 of 14 texts translated; one by one" in line
    replaced(content / "sources/inhaler.md", "People who have asthma", "All people who have asthma")
    assert plainleaf("update", root=content).returncode == 0
    (line,) = [line for line in states(content) if "inhaler: Polish" in line]
    assert "inhaler: Polish: 4 of 14 texts translated, 1 out of date" in line
    one_by_one = plainleaf("check", "--all", "inhaler", "--locale", "pl", root=content).stdout
    assert one_by_one.count("[po-") >= 10 and "more texts like these" not in one_by_one
    texts = [each for each in found(content, "--locale", "pl") if each["at"]["file"] == "sources/inhaler.md"]
    assert len(texts) == 10 and all(text["at"]["line"] and text["po"]["line"] for text in texts)
    assert {text["severity"] for text in texts} == {"note"}


def test_a_new_text_in_a_leaflet_that_was_complete_is_a_warning(content: Path, replaced: Edit) -> None:
    replaced(content / "sources/inhaler.md", "## How to use it\n", "## How to use it\n\nKeep the cap on the inhaler.\n")
    (line,) = states(content)
    assert ": warning: inhaler: Spanish: 14 of 15 texts translated; " in line
    assert plainleaf("check", "--fail-on", "warning", root=content).returncode == 1


def test_a_text_in_english_where_a_translation_should_be_is_still_an_error(content: Path, replaced: Edit) -> None:
    english = "Shake it first. Then breathe out."
    replaced(po(content, "es"), "Primero agítelo. Luego eche el aire.", english)
    done = plainleaf("check", root=content)
    assert done.returncode == 1 and "[po-untranslated]" in done.stdout and "[edition-" not in done.stdout


@pytest.mark.parametrize("missing", ["started", "not started"])
def test_who_requires_completeness_gets_an_error(content: Path, missing: str) -> None:
    if missing == "started":
        assert plainleaf("init", "ar", root=content).returncode == 0
    else:
        shutil.copy(content / "sources/inhaler.md", content / "sources/fever.md")
    for command in (("check",), ("build", "--layout", "a4", "--locale", "ar" if missing == "started" else "es")):
        assert plainleaf(*command, root=content).returncode == 0
        done = plainleaf(*command, "--require", "complete", root=content)
        assert done.returncode == 1 and f"{missing}" in done.stdout + done.stderr


# --------------------------------------------------------------------------- safety texts that lapsed


@pytest.mark.parametrize("updated", [False, True])
def test_a_safety_text_that_lapsed_is_one_error_that_names_it(content: Path, replaced: Edit, updated: bool) -> None:
    replaced(content / "sources/inhaler.md", *DOSE)
    if updated:
        assert plainleaf("update", root=content).returncode == 0
    (line,) = states(content)
    assert line.startswith("sources/inhaler.md:") and ": error: inhaler: Spanish: 13 of 14 texts translated" in line
    assert "Take [-4-]{+6+} puffs" in line and "safety message" in line
    said = plainleaf("check", root=content).stdout
    assert "translation: locales/es/LC_MESSAGES/inhaler.po" in said and "do not hand them out" in said


def test_in_a_translation_at_its_beginning_it_is_a_warning(content: Path, replaced: Edit) -> None:
    assert plainleaf("init", "ar", root=content).returncode == 0
    translate(po(content, "ar"), dict(list(ARABIC.items())[:5]))
    replaced(content / "sources/inhaler.md", *DOSE)
    (line,) = [line for line in states(content, "--locale", "ar") if "inhaler: Arabic" in line]
    assert ": warning: " in line and "Take [-4-]{+6+} puffs" in line


def test_a_text_that_was_never_translated_cannot_lapse(content: Path, replaced: Edit) -> None:
    assert plainleaf("init", "ar", root=content).returncode == 0
    replaced(content / "sources/inhaler.md", *DOSE)
    (line,) = [line for line in states(content, "--locale", "ar") if "inhaler: Arabic" in line]
    assert "started, 0 of 14 texts translated;" in line


def test_a_translation_that_was_approved_is_not_called_not_begun_when_its_file_is_gone(content: Path) -> None:
    assert plainleaf("approve", "es", "inhaler", "--by", "A. Sample, translator", root=content).returncode == 0
    po(content, "es").unlink()
    (line,) = states(content)
    assert ": warning: inhaler: Spanish: started, 0 of 14 texts translated" in line


# --------------------------------------------------------------------------- languages of a leaflet


@pytest.mark.parametrize("languages", ["[en]", "en", "[en, de]", "\n  - de"])
def test_a_leaflet_is_meant_for_the_languages_of_its_head(content: Path, languages: str) -> None:
    assert plainleaf("init", "de", root=content).returncode == 0
    another_leaflet(content, "fever", languages)
    begun = {each["message"] for each in found(content) if each["message"].startswith("fever")}
    german = {"fever: German not started; to start: plainleaf update"}
    assert begun == (german if "de" in languages else set())
    assert plainleaf("update", root=content).returncode == 0
    assert not po(content, "es", "fever").exists() and po(content, "de", "fever").exists() is ("de" in languages)
    rows = json.loads(plainleaf("status", "--json", "fever", root=content).stdout)["translations"]
    assert [row["locale"] for row in rows] == (["de"] if "de" in languages else [])
    done = plainleaf("build", "fever", "--locale", "es", "--layout", "a4", root=content)
    assert done.returncode == 2 and "is meant to be in es" in done.stderr and "sources/fever.md:8" in done.stderr


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ("[en, ess]", "there is no language “ess”; did you mean “es”?"),
        ("[en, Spanish]", "there is no language “spanish”; did you mean “es”?"),
        ("[en, es-MX]", "there is no language “es-MX”; did you mean “es”?"),
        ("[en, qqq]", "there is no language “qqq”"),
        ("[]", "“languages” is empty"),
        ("[[en]]", "“languages” is not a list of plain texts"),
    ],
)
def test_a_language_that_is_none_is_a_finding_at_its_line(content: Path, languages: str, said: str) -> None:
    another_leaflet(content, "fever", languages)
    done = plainleaf("check", root=content)
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("sources/fever.md:8: error: ")]
    assert said in line


def test_a_language_that_has_no_folder_yet_is_not_begun(content: Path) -> None:
    another_leaflet(content, "fever", "[es, FR, zh-hans]")
    lines = [line for line in states(content) if line.startswith("sources/fever.md:8: note: ")]
    assert [line.partition("fever: ")[2].partition(" [")[0] for line in lines] == [
        "French not started; to start: plainleaf init fr",
        "Chinese (Simplified) not started; to start: plainleaf init zh_Hans",
    ]
    assert plainleaf("check", "--require", "complete", "fever", root=content).returncode == 1
