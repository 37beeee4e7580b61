"""The leaflet in view, read again as its files change: the same as a whole load, without reading all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf import project, rereading
from plainleaf.formats.html import format as web
from plainleaf.layouts.templates import Prepared
from plainleaf.preview import choices, entries, reading
from plainleaf.preview.reading import Reader
from plainleaf.project import Only, Project
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("two_layouts")
Edit = Callable[[Path, str, str], None]
SOURCE, CATALOG = "sources/inhaler.md", "locales/es/LC_MESSAGES/inhaler.po"


def read(root: Path) -> Project:
    return project.load(root, "", Only(("inhaler",), ("es",)))


def test_a_changed_file_is_read_again_as_a_load_reads_it(content: Path, replaced: Edit) -> None:
    shutil.copy(content / SOURCE, content / "sources" / "another.md")
    there = read(content)
    assert list(there.leaflets) == ["inhaler"]
    for path, old, new in (
        (CATALOG, "Primero agítelo", "Primero sacúdalo"),
        (SOURCE, "Then breathe out.", "Breathe out."),
        (CATALOG, 'msgstr "Su inhalador azul"', 'msgstr "Su inhalador'),  # broken
        (CATALOG, 'msgstr "Su inhalador', 'msgstr "Su inhalador"'),
        (SOURCE, "::: urgent", "::: urgnt"),
        (SOURCE, "::: urgnt", "::: urgent"),
    ):
        replaced(content / path, old, new)
        there = rereading.again(there, {path})
        whole = read(content)
        if whole.broken:
            assert there.broken == whole.broken
            assert sorted(map(repr, there.findings)) == sorted(map(repr, whole.findings))
        else:
            assert there.catalogs == whole.catalogs and there.terms == whole.terms
            assert {*there.findings} >= {each for each in whole.findings if each.at.file in (SOURCE, CATALOG)}
        if not any(each.severity.name == "ERROR" for each in whole.findings):
            assert there.leaflets == whole.leaflets


def test_a_catalog_that_is_cut_between_two_texts_is_seen_without_git_by_what_was_read_of_it(
    content: Path, replaced: Edit
) -> None:
    text = (content / CATALOG).read_bytes()
    reader = Reader(content, "", TODAY)
    assert reader.text("inhaler", "es").edition
    replaced(content / SOURCE, "## How", "New words.\n\n## How")  # the source has grown: that is no cut
    replaced(content / CATALOG, "Primero agítelo. Luego eche el aire.", "")  # nor is a text that is emptied
    reader.changed([SOURCE])
    reader.changed([CATALOG])
    assert reader.text("inhaler", "es").edition
    blocks = (content / CATALOG).read_bytes().split(b"\n\n")
    (content / CATALOG).write_bytes(b"\n\n".join(blocks[:6]) + b"\n")
    for _ in range(2):  # also when it is looked at again
        reader.changed([CATALOG])
        text_now = reader.text("inhaler", "es")
        (cut,) = [each for each in text_now.findings if each.check == "po-cut"]
        assert text_now.edition is None and "that it had a moment ago are missing" in cut.message
        assert entries.entries(reader, "inhaler", "es")["broken"]
    (content / CATALOG).write_bytes(text)
    reader.changed([CATALOG])
    assert reader.text("inhaler", "es").edition


def test_a_catalog_that_comes_and_goes_is_noticed(content: Path) -> None:
    text = (content / CATALOG).read_bytes()
    (content / CATALOG).unlink()
    reader = Reader(content, "", TODAY)
    assert {each["state"] for each in entries.entries(reader, "inhaler", "es")["entries"]} == {"missing"}
    (content / CATALOG).write_bytes(text)
    reader.changed({CATALOG})
    assert "current" in {each["state"] for each in entries.entries(reader, "inhaler", "es")["entries"]}


def test_a_source_that_is_deleted_while_it_is_in_view_is_named_so(content: Path) -> None:
    path = content / "sources" / "inhaler.md"
    path.unlink()
    (found,) = project.read_leaflet(content, path)[1]
    assert (found.message, found.hint) == ("is no longer there", "put the file back")


def test_what_is_quick_is_the_text_that_check_has(content: Path) -> None:
    quick = Reader(content, "", TODAY).text("inhaler", "es").edition
    edition, found = reading.thoroughly(content, "", "inhaler", "es", TODAY)
    assert quick == edition and isinstance(found, list)


def test_what_a_text_takes_from_others_stays_until_it_is_judged_again(content: Path, replaced: Edit) -> None:
    replaced(content / SOURCE, "## How to use it", "::: languages\n:::\n\n## How to use it")
    reader = Reader(content, "", TODAY)
    quick = reader.text("inhaler", "es").edition
    edition, _ = reading.thoroughly(content, "", "inhaler", "es", TODAY)
    assert quick and edition and quick != edition and reader.judged(edition)
    replaced(content / CATALOG, "Primero agítelo", "Primero sacúdalo")
    reader.changed({CATALOG})
    now = reader.text("inhaler", "es").edition
    assert now and now != edition
    assert now == reading.thoroughly(content, "", "inhaler", "es", TODAY)[0]


def test_the_page_for_screens_is_the_published_one_with_the_places_of_its_texts(content: Path) -> None:
    text = Reader(content, "", TODAY).text("inhaler", "es")
    assert text.edition
    name = f"inhaler/es/{web.INDEX}"
    placed = web.placed(text.project, text.edition, Prepared(), name).content
    published = web.prepare(text.project, text.edition, None, None, Prepared(), name).content
    assert re.sub(r' data-(?:at|po)="[^"]*"', "", placed.html) == published.html != placed.html
    assert f'data-po="{CATALOG}:' in placed.html and placed.beside == published.beside


@pytest.mark.parametrize(
    ("path", "its"),
    [
        (SOURCE, True),
        (CATALOG, True),
        ("sources/other.md", False),
        ("locales/es/LC_MESSAGES/other.po", False),
        ("locales/ar/LC_MESSAGES/inhaler.po", False),
        ("locales/es/LC_MESSAGES/layouts.po", True),
        ("sources/clinics/sample.toml", True),
        ("layouts/a4/layout.css", True),
    ],
)
def test_only_files_of_a_text_make_it_anew(path: str, its: bool) -> None:
    assert reading.concerns(path, ("inhaler", "es")) is its


def test_a_page_that_no_clinic_is_named_for_says_that_and_nothing_else(content: Path) -> None:
    first = content / "sources" / "clinics" / "sample.toml"
    (first.parent / "other.toml").write_bytes(first.read_bytes())
    catalog = content / "locales" / "es" / "LC_MESSAGES" / "inhaler.po"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("Primero agítelo. Luego eche el aire.", ""), "utf-8")
    page, found = reading.screen(reading.Reader(content, "", TODAY).text("inhaler", "es"))
    assert page is None
    assert ["several clinics" in each.message for each in found] == [True]
    assert reading.screen(reading.Reader(content, "other", TODAY).text("inhaler", "es"))[0]


def test_a_language_that_nobody_has_begun_with_says_what_to_do(content: Path, replaced: Edit) -> None:
    reader = reading.Reader(content, "", TODAY)
    there = entries.entries(reader, "inhaler", "ta")
    assert "Nobody has begun" in there["begin"] and there["ready"] and not there["broken"]
    assert "ta" in [each["name"] for each in choices.choices(reader, "inhaler", "ta")["locales"]]
    assert entries.entries(reader, "inhaler", "es")["begin"] == ""
    shutil.copytree(content / "locales" / "es", content / "locales" / "ta")  # somebody begins with it
    reader.changed(["locales/ta/LC_MESSAGES/inhaler.po"])
    assert entries.entries(reader, "inhaler", "ta")["begin"] == ""
    shutil.rmtree(content / "locales" / "ta")
    replaced(content / "sources" / "inhaler.md", "country: US\n", "country: US\nlanguages: [en, es]\n")
    reader = reading.Reader(content, "", TODAY)
    assert "add ta to “languages” in sources/inhaler.md" in entries.entries(reader, "inhaler", "ta")["begin"]


def test_a_catalog_that_breaks_while_it_is_judged_leaves_the_last_good_page(content: Path) -> None:
    reader = reading.Reader(content, "", TODAY)
    good, _ = reading.thoroughly(content, "", "inhaler", "es", TODAY)
    assert good and reader.text("inhaler", "es").edition
    (content / CATALOG).write_bytes(b"")
    reader.changed([CATALOG])
    assert reading.thoroughly(content, "", "inhaler", "es", TODAY)[0] is None, "judged after it broke"
    assert not reader.judged(good), "judged before"
    text = reader.text("inhaler", "es")
    assert text.edition is None and "empty" in text.findings[0].message
