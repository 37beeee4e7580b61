"""A catalog that another program has left empty or cut off: nobody takes it for one that is not translated."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.actions import update as translating
from plainleaf.model import Finding
from plainleaf.preview import entries, saving
from plainleaf.translations import po
from tests.conftest import plainleaf

Edit = Callable[[Path, str, str], None]
PO = "locales/es/LC_MESSAGES/inhaler.po"


@pytest.fixture
def committed(content: Path) -> Path:
    """The folder as a commit of a git repository."""
    if not shutil.which("git"):
        pytest.skip("there is no git")
    about = ["-c", "user.name=A. Sample", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*about, "commit", "-q", "-m", "A leaflet"]):
        subprocess.run(["git", *command], cwd=content, check=True)
    return content


def found(root: Path) -> list[Finding]:
    """What is wrong with the catalog, as every command sees it; none of them writes over it."""
    path = root / PO
    before = path.read_bytes() if path.exists() else b""
    there = project.load(root)
    wrong = [each for each in there.findings if each.at.file == PO]
    assert bool(wrong) == (("es", "inhaler") in there.broken)
    if wrong:
        written = translating.update(there, ())
        assert [each for each in written.findings if each.at.file == PO] == wrong
        assert root / PO not in written.changed
        assert path.read_bytes() == before
    return wrong


def between_entries(data: bytes, number: int) -> bytes:
    return b"\n\n".join(data.split(b"\n\n")[:number]) + b"\n"


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n", b"\0" * 4096, b"\xef\xbb\xbf"])
def test_an_empty_file_is_broken_and_nobody_fills_it(content: Path, data: bytes) -> None:
    (content / PO).write_bytes(data)
    (wrong,) = found(content)
    assert (wrong.check, wrong.at.line) == ("po-syntax", 1)
    assert "empty" in wrong.message and "git restore" in wrong.hint and "plainleaf update" in wrong.hint
    for command in (("check",), ("publish", "--format", "html"), ("update",)):
        done = plainleaf(*command, root=content)
        assert done.returncode == 1 and f"{PO}:1" in done.stdout + done.stderr
    assert (content / PO).read_bytes() == data


def test_a_file_that_is_cut_anywhere_in_an_entry_is_broken_at_its_line(content: Path) -> None:
    whole = (content / PO).read_bytes()
    start = whole.index(b"\n\n", 1000) + 2
    entry = whole[start : whole.index(b"\n\n", start)]
    assert entry.startswith(b"#") and entry.count(b"\n") > 2
    for end in range(1, len(entry.removesuffix(b'"'))):
        if end == 1:
            continue  # an empty comment of the translator's
        catalog, wrong = po.parse(whole[: start + end], PO)
        assert catalog is None and wrong[0].at.line >= whole[:start].count(b"\n"), entry[:end]


def test_a_file_that_is_cut_between_two_entries_is_compared_with_the_last_commit(
    committed: Path, replaced: Edit
) -> None:
    whole = (committed / PO).read_bytes()
    cut = between_entries(whole, 5)
    (committed / PO).write_bytes(cut)
    (wrong,) = found(committed)
    assert wrong.check == "po-cut" and f"git restore {PO}" in wrong.hint
    assert cut.split(b"\n")[wrong.at.line - 1].startswith(b"msgid")
    assert f"{whole.count(b'msgstr') - 5} translations of the last commit" in wrong.message
    assert plainleaf("update", root=committed).returncode == 1
    catalog, _ = po.parse(cut, PO)
    assert catalog
    key, entry = next(iter(catalog.live.items()))
    saved = saving.save(committed, "es", "inhaler", key, entries.mark(entry), "Otro", False)
    assert saved.findings == (wrong,) and (committed / PO).read_bytes() == cut
    (committed / PO).write_bytes(whole)
    assert not found(committed)


def test_what_is_translated_less_without_a_loss_is_no_cut(committed: Path, replaced: Edit) -> None:
    replaced(committed / PO, "Primero agítelo. Luego eche el aire.", "")
    assert not found(committed)
    replaced(committed / "sources/inhaler.md", "- Wait 4 hours before you use it again. {.safety}\n", "")
    (committed / PO).write_bytes(between_entries((committed / PO).read_bytes(), 200))
    assert not found(committed), "as somebody updates it"
    translating.update(project.load(committed), ())
    catalog, _ = po.read(committed / PO, committed)
    assert catalog and catalog.gone
    catalog.gone.clear()  # as Poedit purges it
    (committed / PO).write_text(po.write(catalog), encoding="utf-8")
    assert not found(committed)
