"""A translation saved from the preview: what changes in the file, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainleaf.files import Root
from plainleaf.preview import entries, saving
from plainleaf.translations import po as catalogs

KEY = ("", "Shake it first. Then breathe out.")
FILE = "locales/es/LC_MESSAGES/inhaler.po"


def was(root: Path) -> str:
    catalog, _ = catalogs.read(root / FILE, root)
    assert catalog
    return entries.mark(catalog.live[KEY])


def as_other_programs_write(data: bytes, how: str) -> bytes:
    """The catalog with other ends of lines, with a byte order mark, or with its texts wrapped."""
    if how == "windows":
        return data.replace(b"\n", b"\r\n")
    if how == "mark":
        return b"\xef\xbb\xbf" + data
    if how == "wrapped":
        return data.replace(b'msgstr "', b'msgstr ""\n"').replace(b'msgid "', b'msgid ""\n"')
    return data


@pytest.mark.parametrize("how", ["usual", "windows", "mark", "wrapped"])
def test_a_save_changes_one_entry_and_no_other_byte_and_undo_gives_the_file_back(content: Path, how: str) -> None:
    path = content / FILE
    before = as_other_programs_write(path.read_bytes(), how)
    path.write_bytes(before)
    saved = saving.save(content, "es", "inhaler", KEY, was(content), "Agítelo. Luego espire.", False)
    assert saved.now and saved.before and not saved.conflict
    after = path.read_bytes()
    assert after.count("Agítelo. Luego espire.".encode()) == 1
    old, new = before.decode().splitlines(True), after.decode().splitlines(True)
    same_start = next(place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    same_end = next(place for place, pair in enumerate(zip(old[::-1], new[::-1], strict=False)) if pair[0] != pair[1])
    assert len(old) - same_start - same_end <= 4  # the lines of one entry
    if how == "usual":
        catalog, _ = catalogs.parse(after, FILE)
        assert catalog and catalogs.write(catalog).encode() == after  # as update writes it
    undone = saving.restore(content, "es", "inhaler", entries.mark(saved.now), saved.before)
    assert undone.now and not undone.conflict
    if how != "wrapped":
        assert path.read_bytes() == before


def test_what_somebody_else_has_saved_is_not_written_over(content: Path) -> None:
    seen, path = was(content), content / FILE
    others = path.read_text(encoding="utf-8").replace("Primero agítelo", "Agítelo primero")
    path.write_text(others, encoding="utf-8")
    saved = saving.save(content, "es", "inhaler", KEY, seen, "Mi texto", False)
    assert saved.conflict and saved.now and saved.now.string.startswith("Agítelo primero")
    assert path.read_text(encoding="utf-8") == others


def test_a_file_that_is_saved_in_the_very_moment_is_read_again(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, save, turns = content / FILE, Root.save, []

    def slow(self: Root, where: Path, data: bytes, *, was: bytes) -> bool:
        if not turns:
            turns.append("another program saves")
            path.write_text(
                path.read_text(encoding="utf-8") + '\n#~ msgid "old"\n#~ msgstr "viejo"\n', encoding="utf-8"
            )
        return save(self, where, data, was=was)

    monkeypatch.setattr(Root, "save", slow)
    saved = saving.save(content, "es", "inhaler", KEY, was(content), "Agítelo bien.", False)
    assert (
        saved.now
        and "viejo" in path.read_text(encoding="utf-8")
        and "Agítelo bien." in path.read_text(encoding="utf-8")
    )


def test_a_checked_text_loses_its_mark_and_the_notes_of_its_draft(content: Path) -> None:
    path = content / FILE
    catalog, _ = catalogs.read(path, content)
    assert catalog
    entry = catalog.live[KEY]
    entry.flags.add("fuzzy")
    entry.previous = ("", "Shake it.")
    entry.comments = [" a note of mine", " plainleaf draft> from asthma: the same text"]
    path.write_text(catalogs.write(catalog), encoding="utf-8")
    saved = saving.save(content, "es", "inhaler", KEY, was(content), entry.string, False)
    assert (
        saved.now and not saved.now.fuzzy and saved.now.previous is None and saved.now.comments == [" a note of mine"]
    )
    assert saved.before
    saving.restore(content, "es", "inhaler", entries.mark(saved.now), saved.before)
    assert path.read_text(encoding="utf-8") == catalogs.write(catalog)


def test_a_catalog_with_a_broken_line_is_left_as_it_is(content: Path) -> None:
    seen, path = was(content), content / FILE
    half = path.read_bytes()[:-40]
    path.write_bytes(half)
    saved = saving.save(content, "es", "inhaler", KEY, seen, "Mi texto", False)
    assert (saved.findings or saved.conflict or saved.now) and (not saved.findings or path.read_bytes() == half)


def test_what_changed_in_a_source_is_said_word_by_word() -> None:
    found = entries.changes("Take 2 puffs.", "Take 4 puffs now.")
    assert ["gone", "2"] in found and ["come", "4"] in found
    assert "".join(text for kind, text in found if kind != "gone") == "Take 4 puffs now."
