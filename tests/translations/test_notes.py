"""Notes of ours in a .po file: they come and go, and no other byte is touched."""

from __future__ import annotations

import polib
import pytest

from plainleaf.translations import merge, notes, po
from plainleaf.translations.memory import Guard

POEDIT = """\
\ufeff# Somali translation.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# Ask Dr. A. about this
# back-translation: Take four
#. Paragraph.
#: sources/a.md
#, fuzzy
#| msgid "Take 3"
msgctxt ""
"Dose | "
"Morning"
msgid ""
"Take "
"4"
msgstr "Qaado 5"
msgid "Stop"
msgstr "Jooji"

#~ msgid "Old"
#~ msgstr "Duug"
"""
TAKE, STOP = 15, 19  # lines of msgid


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_as_it_was_once_all_is_fixed(end: str) -> None:
    before = POEDIT.replace("\n", end).encode()
    with_notes = notes.noted(
        before, {TAKE: ["error: the figure 4 is missing", "How to fix: write 4"], STOP: ["warning"]}
    )
    assert with_notes.data != before
    assert notes.noted(with_notes.data, {}).data == before
    again = {
        with_notes.lines[TAKE]: ["error: the figure 4 is missing", "How to fix: write 4"],
        with_notes.lines[STOP]: ["warning"],
    }
    assert notes.noted(with_notes.data, again).data == with_notes.data


def test_a_note_belongs_to_its_entry_below_what_the_translator_has_written() -> None:
    made = notes.noted(
        POEDIT.encode(), {TAKE: ["error: the figure 4 is missing"], STOP: ["warning: short"]}
    ).data.decode()
    catalog, findings = po.parse(made.encode(), "so.po")
    assert catalog and not findings
    entry = catalog.live["Dose | Morning", "Take 4"]
    assert entry.comments[:2] == [" Ask Dr. A. about this", " back-translation: Take four"]
    assert notes.others(entry.comments) == entry.comments[:2]
    assert entry.comments[2] == " plainleaf> error: the figure 4 is missing"
    assert catalog.live["", "Stop"].comments == [" plainleaf> warning: short"]


def test_what_polib_saves_loses_no_part_of_a_long_note() -> None:
    said = "error: " + "the figure 4 of “Qaado 5” is missing and " * 9
    made = notes.noted(POEDIT.removeprefix("\ufeff").encode(), {TAKE: [said]})
    saved = str(polib.pofile(made.data.decode(), wrapwidth=78)).encode()
    assert b"plainleaf>" in saved
    assert b"plainleaf>" not in notes.noted(saved, {}).data and b"is missing" not in notes.noted(saved, {}).data


def test_no_note_goes_with_a_text_that_is_gone_or_proposed() -> None:
    made = notes.noted(POEDIT.encode(), {STOP: ["warning: short"]}).data
    catalog, _ = po.parse(made, "so.po")
    fresh = po.Catalog()
    assert catalog
    gone = merge.update(catalog, fresh, Guard()).gone["", "Stop"]
    assert gone.string == "Jooji" and gone.comments == []
