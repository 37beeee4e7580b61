"""The life of the catalogs, as a translator meets it: extract, init, update, status."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.actions import status
from plainleaf.actions import update as translating
from plainleaf.actions.update import Written
from plainleaf.translations import layout_words
from plainleaf.translations import po as catalogs
from plainleaf.translations.po import Catalog
from plainleaf.typesetting import fonts
from tests.conftest import ROOT, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
PO = Path("locales/es/LC_MESSAGES/inhaler.po")
SOURCE = Path("sources/inhaler.md")


def update(root: Path, *names: str) -> Written:
    return translating.update(project.load(root), names)


def catalog(root: Path, path: Path = PO) -> Catalog:
    found, findings = catalogs.read(root / path, root)
    assert found, findings
    return found


def changed(root: Path, written: Written) -> list[str]:
    return [path.relative_to(root).as_posix() for path in written.changed]


def checks(written: Written) -> list[str]:
    return [finding.check for finding in written.findings]


def files(root: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in root.rglob("*.po*")}


def test_extract_writes_a_template_for_each_leaflet(content: Path) -> None:
    written = translating.extract(project.load(content))
    assert not written.findings and "locales/inhaler.pot" in changed(content, written)
    template = catalog(content, Path("locales/inhaler.pot"))
    assert ("", "Do not wait.") not in template.live and ("", "Shake it first. Then breathe out.") in template.live
    assert template.headers["POT-Creation-Date"] == "2026-11-01 00:00+0000"  # the source's day: no noise tomorrow
    assert not translating.extract(project.load(content)).changed


def test_updates_without_change_write_nothing(content: Path) -> None:
    update(content)
    before = files(content)
    for _ in range(3):
        assert not update(content).changed
    assert files(content) == before


def test_an_update_changes_the_entry_whose_text_has_changed(content: Path, replaced: Edit) -> None:
    update(content)
    before = (content / PO).read_text(encoding="utf-8").rstrip().split("\n\n")
    replaced(content / SOURCE, "Then breathe out.", "Then breathe out slowly.")
    assert changed(content, update(content)) == [PO.as_posix()]
    after = (content / PO).read_text(encoding="utf-8").rstrip().split("\n\n")
    new = [entry for entry in after if entry not in before]
    assert len(new) == 2  # the fuzzy one and the obsolete one
    assert (
        '#, fuzzy\n#| msgid "Shake it first. Then breathe out."\nmsgid "Shake it first. Then breathe out slowly."'
        in new[0]
    )
    assert '#~ msgid "Shake it first. Then breathe out."' in new[1]


def test_a_changed_dose_gets_no_proposal(content: Path, replaced: Edit) -> None:
    replaced(content / SOURCE, "**2 puffs**", "**3 puffs**")
    update(content)
    entry = catalog(content).live["", "Take <b>3 puffs</b> with a 50 microgram inhaler."]
    assert entry.string == ""


def test_a_leaflet_with_errors_is_not_extracted_and_loses_no_translation(content: Path, replaced: Edit) -> None:
    translating.extract(project.load(content))
    update(content)
    before = files(content)
    replaced(content / SOURCE, "## How to use it", "::: tip\n## How to use it")
    for written in (update(content), translating.extract(project.load(content))):
        assert not written.changed and "source-block-fence" in checks(written)
    (content / SOURCE).write_text("no head", encoding="utf-8")
    assert not update(content).changed
    assert files(content) == before


def test_a_broken_catalog_is_reported_and_never_written_over(content: Path, replaced: Edit) -> None:
    replaced(content / PO, 'msgid "How to use it"', 'msgid "How to use it')
    shutil.copytree(content / "locales/es", content / "locales/fr")
    (content / "locales/fr/LC_MESSAGES/inhaler.po").unlink()
    before = (content / PO).read_bytes()
    written = update(content)
    (finding,) = written.findings
    assert finding.check == "po-syntax" and finding.at.file == PO.as_posix()
    assert before.split(b"\n")[finding.at.line - 1] == b'msgid "How to use it'
    assert (content / PO).read_bytes() == before
    assert "locales/fr/LC_MESSAGES/inhaler.po" in changed(content, written)  # the others are brought up to date
    assert not update(content, "fr").findings
    assert not translating.init(project.load(content), ("es",)).changed
    (state, *_) = status.rows(project.load(content), ("inhaler",), ("es",))
    assert state.broken and state.done == 0
    assert plainleaf("update", root=content).returncode == 1


def test_a_locale_that_is_not_there_is_a_finding_with_the_nearest_name(content: Path) -> None:
    written = update(content, "ess")
    assert checks(written) == ["locale-unknown"] and "es" in written.findings[0].message
    (content / "locales" / "klingon").mkdir()
    assert "locale-unknown" in checks(update(content))


def test_a_language_with_the_layouts_words_alone_is_brought_up_to_date_and_said(content: Path) -> None:
    folder = content / "locales/ta/LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "locales/ta/LC_MESSAGES/layouts.po", folder)
    said = "Tamil (ta) has only the words that layouts print, and no leaflet yet; to begin: plainleaf init ta"
    for names in ((), ("ta",)):
        written = update(content, *names)
        assert not written.findings and written.notes == (said,)
    assert update(content, "es").notes == ()
    assert plainleaf("init", "ta", root=content).returncode == 0
    assert update(content).notes == ()


def test_init_names_the_leaflets_that_are_not_meant_for_a_language(content: Path, replaced: Edit) -> None:
    replaced(content / SOURCE, "country: US\n", "country: US\nlanguages: [en, es]\n")
    notes = translating.init(project.load(content), ("ta",)).notes
    assert any(
        "not meant for Tamil: to begin these too, add ta" in each and SOURCE.as_posix() in each for each in notes
    )


@pytest.mark.parametrize("name", ["Klingon", "tlh"])
def test_init_of_a_language_whose_script_nobody_has_says_so_with_its_tag(content: Path, name: str) -> None:
    (found,) = translating.init(project.load(content), (name,)).findings
    assert found.message.startswith("Klingon (tlh) cannot be begun: its script is not on record")
    assert "did you mean" not in found.hint


def test_init_of_what_is_no_language_says_how_one_is_written_beside_its_guess(content: Path) -> None:
    (found,) = translating.init(project.load(content), ("zz",)).findings
    assert found.hint.startswith("did you mean “") and "If not, write a language code: es" in found.hint


def test_init_starts_a_language_and_never_writes_over_one(content: Path) -> None:
    written = translating.init(project.load(content), ("pt_BR", "xx"))
    assert checks(written) == ["locale-unknown"]
    assert "locales/pt_BR/LC_MESSAGES/inhaler.po" in changed(content, written)
    started = catalog(content, Path("locales/pt_BR/LC_MESSAGES/inhaler.po"))
    assert started.headers["Language"] == "pt_BR" and not started.fuzzy
    assert all(not entry.string for entry in started.live.values())
    before = files(content)
    assert not translating.init(project.load(content), ("pt_BR", "es")).changed
    assert files(content) == before


def test_nothing_is_translated_into_its_own_language(content: Path) -> None:
    assert not [
        path for path in changed(content, translating.init(project.load(content), ("en",))) if "inhaler" in path
    ]


def test_each_leaflet_has_a_language_of_its_own(content: Path) -> None:
    text = (content / SOURCE).read_text(encoding="utf-8")
    spanish = text.replace("country: US", "country: US\nlanguage: es")
    (content / "sources" / "folleto.md").write_text(spanish, encoding="utf-8")
    states = status.rows(project.load(content), (), ())
    assert [(state.domain, state.locale.name) for state in states] == [("inhaler", "es"), ("layouts", "es")]
    assert not (content / PO).with_name("folleto.po").exists()
    update(content)
    assert not (content / PO).with_name("folleto.po").exists()


def test_the_layouts_words_of_the_package_are_not_copied_into_a_clinics_folder(content: Path) -> None:
    """A copy would hide the words that a later version brings."""
    for written in (update(content), translating.init(project.load(content), ("hi",))):
        assert not [path for path in changed(content, written) if path.endswith("layouts.po")]
    done = translating.init(project.load(content), ("fi",))  # not in the package: the clinic must translate them
    assert "locales/fi/LC_MESSAGES/layouts.po" in changed(content, done)


def test_a_template_that_cannot_be_read_makes_no_translation_obsolete(tmp_path: Path, replaced: Edit) -> None:
    for folder in ("sources", "locales", "layouts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    update(tmp_path)
    before = files(tmp_path)
    replaced(tmp_path / "layouts/base/parts.html", "{% macro opening() %}", "{% macro opening( %}")
    written = update(tmp_path)
    assert not written.changed and files(tmp_path) == before
    (finding,) = written.findings
    assert (finding.check, finding.at.file) == ("layout-template", "layouts/base/parts.html") and finding.at.line > 9


def test_a_clinics_own_template_stands_for_the_shipped_one(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, word in ((own, "Ours"), (shipped, "Theirs")):
        (folder / "base").mkdir(parents=True)
        (folder / "base" / "a.html").write_text(
            f'{{# Translators: a\n  note #}}{{{{ _("{word}") }}}}', encoding="utf-8"
        )
    (shipped / "base" / "b.html").write_text('{{ pgettext("k", "Both") }}{{ _("{page} of") }}', encoding="utf-8")
    found, findings = layout_words.read([own, shipped], tmp_path)
    assert [(message.context, message.text) for message in found] == [("", "Ours"), ("k", "Both"), ("", "{page} of")]
    assert not findings and found[0].comments == ("a note",) and found[2].flags == ("python-brace-format",)
    assert [message.at[0].file for message in found[:2]] == ["layouts/base/a.html", "layouts/base/b.html"]


@pytest.mark.parametrize("text", ['{{ ngettext("one", "many", 2) }}', "{% if %}"])
def test_a_template_with_a_mistake_is_a_finding(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'\n{text}{{{{ _("Word") }}}}', encoding="utf-8")
    _, (finding,) = layout_words.read([tmp_path], tmp_path)
    assert (finding.check, finding.at.line) == ("layout-template", 2)


def test_status_counts_what_is_left(content: Path, replaced: Edit) -> None:
    (state, _) = status.rows(project.load(content), (), ())
    everything = len(catalog(content).live)
    assert (state.messages, state.done, state.words, state.broken) == (everything, everything, 0, False)
    replaced(content / PO, 'msgid "Shake it first.', '#, fuzzy\nmsgid "Shake it first.')  # 6 words
    replaced(content / SOURCE, "4 hours", "6 hours")  # a safety message of 8 words
    replaced(content / SOURCE, "## How to use it\n", "")
    (state,) = status.rows(project.load(content), ("inhaler",), ("es",))
    assert (state.messages, state.done, state.fuzzy, state.untranslated) == (everything - 1, everything - 3, 1, 1)
    assert (state.words, state.safety) == (14, 1)
    (content / PO).unlink()
    (state,) = status.rows(project.load(content), ("inhaler",), ())
    assert (state.done, state.untranslated, state.broken) == (0, everything - 1, False)


def test_a_catalog_whose_leaflet_has_another_name_now_is_told(content: Path) -> None:
    (content / SOURCE).rename(content / "sources/puffer.md")
    (content / "locales/es/LC_MESSAGES/Puffer.PO").write_bytes(b"")
    told = [each for each in update(content).findings if each.check == "po-unused"]
    assert [each.at.file for each in told] == ["locales/es/LC_MESSAGES/Puffer.PO", PO.as_posix()]
    assert "there is no leaflet “inhaler”" in told[1].message


@pytest.mark.parametrize("name", ["in\nhaler", "in\x1b[31mhaler", "in\u2028haler"])
def test_a_leaflet_whose_name_would_break_a_line_is_refused(content: Path, name: str) -> None:
    (content / SOURCE).rename(content / f"sources/{name}.md")
    written = update(content)
    assert "source-name" in checks(written) and not [path for path in content.rglob("*.po*") if name in path.name]


def test_a_template_is_not_written_over_a_translation(content: Path) -> None:
    before = (content / PO).read_bytes()
    (content / "locales/inhaler.pot").unlink(missing_ok=True)
    (content / "locales/inhaler.pot").symlink_to("es/LC_MESSAGES/inhaler.po")
    written = translating.extract(project.load(content))
    assert "file-refused" in checks(written) and (content / PO).read_bytes() == before


def test_init_of_a_language_that_cldr_lacks_writes_what_is_missing_and_says_its_fonts(content: Path) -> None:
    written = translating.init(project.load(content), ("ksw", "hmn", "fr", "tl", "ess"))
    assert checks(written) == ["locale-unknown", "locale-unknown"]
    assert "did you mean “fil”" in written.findings[0].hint and "locales/ess/locale.toml" in written.findings[1].hint
    assert [path for path in changed(content, written) if path.endswith(".toml")] == [
        "locales/ksw/locale.toml",
        "locales/hmn/locale.toml",
    ]
    assert written.notes[0].startswith("S’gaw Karen is printed in Noto Sans Myanmar and Noto Sans, which are")
    started = content / "locales/ksw/locale.toml"
    text = started.read_text(encoding="utf-8")
    assert "days = " in text and text.count("MISSING") == 2
    found = [finding for finding in project.load(content).findings if "ksw" in finding.at.file]
    assert [finding.check for finding in found] == ["locale-words"]
    started.write_text(text.replace("# ", ""), encoding="utf-8")  # whoever uncomments all is told of each empty name
    before = files(content)
    assert not translating.init(project.load(content), ("ksw", "hmn")).changed
    assert files(content) == before
    assert (
        catalog(content, Path("locales/hmn/LC_MESSAGES/inhaler.po")).headers["Plural-Forms"] == "nplurals=1; plural=0;"
    )


def test_a_language_without_a_name_is_begun_once_its_file_says_one(content: Path) -> None:
    place = content / "locales/ess/locale.toml"
    place.parent.mkdir()
    place.write_text('english-name = "Yupik"\nown-name = "Yupigestun"\n', encoding="utf-8")
    written = translating.init(project.load(content), ("ess",))
    assert not written.findings and "Yupik" in catalog(content, Path("locales/ess/LC_MESSAGES/inhaler.po")).header


def test_init_says_the_command_that_installs_a_font(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find", lambda name: None if "Naskh" in name else Path(name))
    (note,) = translating.init(project.load(content), ("prs",)).notes
    assert note.endswith("are not installed. To install: sudo apt-get install -y fonts-noto-core")
