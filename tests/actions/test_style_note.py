"""Each catalog says at its head how its language is written; what people have written there stays."""

from __future__ import annotations

from pathlib import Path

from plainleaf.actions import style_note
from plainleaf.typesetting import locales
from tests.translations.test_translators_day import say

CATALOG = Path("locales/es/LC_MESSAGES/inhaler.po")


def test_a_language_says_how_readers_are_addressed_and_which_marks_are_printed() -> None:
    said = "\n".join(style_note.lines(locales.locale("es")))
    assert "addressed: usted" in said and "«...», and inside them “...”" in said and "Digits: 0 to 9" in said
    assert style_note.lines(locales.locale("cy")) == []


def test_a_clinics_own_style_takes_its_place_and_nothing_else_changes(content: Path, two_layouts: None) -> None:
    path = content / CATALOG
    say(content, "update", "es")
    before = path.read_text(encoding="utf-8")
    ours = before.replace("# Spanish", "# Ours, 2026\n# Spanish", 1)
    path.write_text(ours, encoding="utf-8")
    (content / "locales/es/checks.toml").write_text('[style]\naddress = "tú"\n', encoding="utf-8")
    say(content, "update", "es")
    after = path.read_text(encoding="utf-8")
    assert "plainleaf style> How readers are addressed: tú\n" in after and after.startswith("# Ours, 2026\n# Spanish")
    changed = {*after.splitlines()} ^ {*ours.splitlines()}
    assert len(changed) == 2 and all("addressed" in line for line in changed)
    assert "0 of" in say(content, "update", "es")
