"""A translator's day from beginning to end, as locales/README.md tells it: commands, and saves in Poedit."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import polib
import pytest

from plainleaf.cli import main as cli
from tests.conftest import plainleaf

Edit = Callable[[Path, str, str], None]
WHO = "A. Sample, clinical translator"
CATALOG = Path("locales/fr/LC_MESSAGES/inhaler.po")
PDF = Path("build/inhaler/inhaler.fr.a4.pdf")

FRENCH = {
    "Your blue inhaler": "Votre inhalateur bleu",
    "How to use your blue inhaler when it is hard to breathe.": (
        "Comment utiliser votre inhalateur bleu quand il est difficile de respirer."
    ),
    "People who have asthma": "Personnes qui ont de l’asthme",
    "Call {emergency_number} if you cannot speak": "Appelez le {emergency_number} si vous ne pouvez pas parler",
    "<b>Do not wait.</b> Take 4 puffs, one by one.": "<b>N’attendez pas.</b> Prenez 4 bouffées, une par une.",
    "<b>Do not wait.</b> Take 6 puffs, one by one.": "<b>N’attendez pas.</b> Prenez 6 bouffées, une par une.",
    "How to use it": "Comment l’utiliser",
    "Shake it first. Then breathe out.": "Secouez-le d’abord. Puis expirez.",
    "Take <b>2 puffs</b> with a 50 microgram inhaler.": "Prenez <b>2 bouffées</b> avec un inhalateur de 50 mcg.",
    "Wait 4 hours before you use it again.": "Attendez 4 heures avant de l’utiliser à nouveau.",
    "In a sample study, 9 of 10 people felt better.": "Dans une étude, 9 personnes sur 10 se sentaient mieux.",
    "Words to know": "Mots à connaître",
    "asthma": "asthme",
    "An illness that makes it hard to breathe.": "Une maladie qui rend la respiration difficile.",
    "Questions? Call {clinic_phone} or read <a1>our page</a1>.": (
        "Des questions\u202f? Appelez le {clinic_phone} ou lisez <a1>notre page</a1>."
    ),
}


def say(root: Path, *arguments: str, code: int = 0) -> str:
    """Run a command; it must end with this code. Gives what it says."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        assert cli.main(["--root", str(root), *arguments]) == code
    return said.getvalue()


def build(root: Path, code: int = 0) -> str:
    """Publish the French pages."""
    done = plainleaf("build", "--layout", "a4", "--locale", "fr", root=root)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def saved(path: Path, french: dict[str, str]) -> int:
    """Translate in Poedit (which saves much as polib does) what is to be done; how many texts that was."""
    catalog = polib.pofile(str(path), wrapwidth=-1)
    todo = [*catalog.untranslated_entries(), *catalog.fuzzy_entries()]
    for entry in todo:
        entry.msgstr = french[entry.msgid]
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = None
    catalog.metadata["Last-Translator"] = "A. Sample <translator@clinic.example>"
    catalog.save()
    return len(todo)


def french(root: Path) -> dict[str, object]:
    """What status says of the leaflet."""
    rows = json.loads(say(root, "status", "--json", "--locale", "fr"))["translations"]
    found: dict[str, object] = next(row for row in rows if row["leaflet"] == "inhaler")
    return found


@pytest.mark.usefixtures("slow")
def test_a_translators_day(content: Path, two_layouts: None, replaced: Edit) -> None:
    # A language begins: nothing is printed before all is translated.
    assert "written: locales/fr/LC_MESSAGES/inhaler.po" in say(content, "init", "fr")
    assert french(content)["percent"] == 0
    assert "inhaler: French: started, 0 of 14 texts translated" in build(content)
    assert not (content / PDF).exists()

    # She translates, saves, looks at the pages: they are marked as drafts.
    assert saved(content / CATALOG, FRENCH) == 14
    assert not (content / "locales/fr/LC_MESSAGES/layouts.po").exists()  # the layouts' words come with the tool
    assert "draft translation" in build(content)

    # She has checked it against the source, and signs.
    assert "approved: inhaler in fr" in say(content, "approve", "fr", "inhaler", "--by", WHO)
    assert "sample for review" in build(content)
    good = (content / PDF).read_bytes()

    # A dose changes in the source. The old page must not look current; no old dose is proposed.
    replaced(content / "sources/inhaler.md", "Take 4 puffs", "Take 6 puffs")
    say(content, "update", "fr")
    assert "4 bouffées" not in (content / CATALOG).read_text(encoding="utf-8").partition("#~")[0]
    said = say(content, "status", "--locale", "fr")
    assert "LAPSED: source changed (noted by A. Sample" in said and "Take [-4-]{+6+} puffs" in said
    assert "It is a safety message" in build(content, code=1)
    assert (content / PDF).read_bytes() == good
    assert "Out of date since December 1, 2026" in (content / "build/staff/print-list/inhaler/fr.html").read_text(
        encoding="utf-8"
    )
    assert "not approved" in say(content, "approve", "fr", "inhaler", "--by", WHO, code=1)

    # She mends that one text. The page is new, and a draft again until she signs again.
    assert saved(content / CATALOG, FRENCH) == 1
    assert "draft translation" in build(content)
    approval = french(content)["approval"]
    assert isinstance(approval, dict) and not approval["holds"]
    say(content, "approve", "fr", "inhaler", "--by", WHO)
    assert "sample for review" in build(content)

    # Somebody touches a translation afterwards: the approval lapses.
    replaced(content / CATALOG, "Secouez-le d’abord.", "Secouez d’abord.")
    assert "translation changed: Shake it first." in say(content, "status", "--locale", "fr")
    assert "draft translation" in build(content)
