"""``check --into-po``: what is found lies beside the text in the translator's program, and goes once it is fixed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib

from plainleaf.translations import notes
from tests.translations.test_translators_day import say

Edit = Callable[[Path, str, str], None]
CATALOG = Path("locales/es/LC_MESSAGES/inhaler.po")


def test_a_finding_comes_and_goes_and_nothing_else_changes(content: Path, two_layouts: None, replaced: Edit) -> None:
    path = content / CATALOG
    replaced(path, "#. Paragraph, in the box “urgent”", "# Asked the nurse\n#. Paragraph, in the box “urgent”")
    good = path.read_bytes()
    replaced(path, "Inhale 4 veces", "Inhale 5 veces")
    wrong = path.read_bytes()

    said = say(content, "check", "--locale", "es", "--into-po", code=1)
    assert f"written: {CATALOG.as_posix()}" in said
    entry = next(each for each in polib.pofile(str(path)) if "4 puffs" in each.msgid)
    assert entry.tcomment.startswith("Asked the nurse\nplainleaf> error: ") and "[po-numbers]" in entry.tcomment
    assert "How to fix: " in entry.tcomment and "Spanish" not in entry.tcomment
    assert entry.msgstr == "<b>No espere.</b> Inhale 5 veces, una por una."
    assert f"{CATALOG.as_posix()}:{entry.linenum}" in said or f"{CATALOG.as_posix()}:" in said

    noted = path.read_bytes()
    assert "written: " not in say(content, "check", "--locale", "es", "--into-po", code=1)
    assert path.read_bytes() == noted and notes.noted(noted, {}).data == wrong
    say(content, "update", "es")
    assert path.read_bytes() == noted

    replaced(path, "Inhale 5 veces", "Inhale 4 veces")
    say(content, "check", "--locale", "es", "--into-po")
    assert path.read_bytes() == good


def test_places_that_are_printed_are_those_after_writing(content: Path, two_layouts: None, replaced: Edit) -> None:
    replaced(content / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    first = say(content, "check", "--locale", "es", "--into-po", code=1)
    line = (content / CATALOG).read_text(encoding="utf-8").split("\n").index(
        'msgid "<b>Do not wait.</b> Take 4 puffs, one by one."'
    ) + 1
    assert f"{CATALOG.as_posix()}:{line}" in first
    assert first.splitlines()[1:] == say(content, "check", "--locale", "es", code=1).splitlines()


def test_a_note_that_quotes_a_waiver_is_none(content: Path, two_layouts: None, replaced: Edit) -> None:
    replaced(content / CATALOG, "Inhale 4 veces", "Inhale 5 veces")
    comment = "# plainleaf: ignore nubmers because the clinic counts so\n#. Paragraph, in the box “urgent”"
    replaced(content / CATALOG, "#. Paragraph, in the box “urgent”", comment)
    first = say(content, "check", "--locale", "es", "--into-po", code=1)
    assert "# plainleaf: ignore numbers because" in first
    assert say(content, "check", "--locale", "es", "--into-po", code=1) == "\n".join(first.splitlines()[1:]) + "\n"


def test_a_catalog_that_cannot_be_read_stays_as_it_is(content: Path, two_layouts: None, replaced: Edit) -> None:
    replaced(content / CATALOG, 'msgstr "Cómo usarlo"', 'msgstr "Cómo "usarlo"')
    before = (content / CATALOG).read_bytes()
    assert "po-syntax" in say(content, "check", "--locale", "es", "--into-po", code=1)
    assert (content / CATALOG).read_bytes() == before
