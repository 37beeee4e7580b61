"""Terms of a root: a medicine's name is looked for, lists go out and come back, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib

from tests.translations.test_translators_day import say

Edit = Callable[[Path, str, str], None]
LIST = Path("locales/es/terms.toml")
CATALOG = Path("locales/es/LC_MESSAGES/inhaler.po")


def with_medicine(content: Path, replaced: Edit) -> None:
    """A leaflet that names a medicine."""
    replaced(
        content / "sources/inhaler.md",
        "Shake it first. Then breathe out.",
        "Salbutamol comes in it. Ask for prednisolone.",
    )
    say(content, "update", "es")
    catalog = polib.pofile(str(content / CATALOG), wrapwidth=-1)
    (entry,) = catalog.untranslated_entries()
    entry.msgstr = "Contiene salbutamol. Pida prednisolona."
    catalog.save()


def test_a_medicine_that_no_list_has_is_warned_of_until_one_does(
    content: Path, two_layouts: None, replaced: Edit, tmp_path: Path
) -> None:
    with_medicine(content, replaced)
    warned = say(content, "check", "--locale", "es")
    assert warned.count("[po-unlisted]") == 1 and 'locales/es/terms.toml: "prednisolone" = "..."' in warned
    (tmp_path / "a.csv").write_text("term,es\nPrednisolone,prednisolona\n", encoding="utf-8")
    assert "1 terms are new" in say(content, "terms", "import", str(tmp_path / "a.csv"))
    assert (content / LIST).read_text(encoding="utf-8").endswith('"Prednisolone" = "prednisolona"\n')
    assert "po-unlisted" not in say(content, "check", "--locale", "es")
    replaced(content / CATALOG, "Pida prednisolona", "Pida prednisona")
    assert "misspelling of prednisolona" in say(content, "check", "--locale", "es", code=1)


def test_terms_go_out_and_come_back_without_a_change(content: Path, two_layouts: None, tmp_path: Path) -> None:
    (content / LIST).write_text('# ours\n"heroin" = "heroína"\n', encoding="utf-8")
    before = (content / LIST).read_bytes()
    for name in ("terms.csv", "terms.tbx"):
        file = tmp_path / name
        said = say(content, "terms", "export", "es", "--output", str(file))
        assert f"written: {file} (" in said  # all of its path: it is not in the folder
        exported = file.read_text(encoding="utf-8")
        assert all(word in exported for word in ("heroína", "asma", "An illness that makes it hard to breathe."))
        assert "0 terms are new" in say(content, "terms", "import", str(file))
    assert (content / LIST).read_bytes() == before


def test_what_differs_is_told_and_changes_nothing(content: Path, two_layouts: None, tmp_path: Path) -> None:
    (content / LIST).write_text('"heroin" = "heroína"\n', encoding="utf-8")
    before, catalog = (content / LIST).read_bytes(), (content / CATALOG).read_bytes()
    file = tmp_path / "a.csv"
    file.write_text("term,es,xx,de\nheroin,caballo,a,b\nasthma,ahogo,,\n", encoding="utf-8")
    said = say(content, "terms", "import", str(file))
    assert "a.csv:2: warning: “heroin” is “caballo” in the file, and “heroína” here (locales/es/terms.toml:1)" in said
    assert "“asthma” is “ahogo” in the file, and “asma” here (locales/es/LC_MESSAGES/inhaler.po:" in said
    assert "“xx” is no language" in said and "init de" in said
    assert (content / LIST).read_bytes() == before
    say(content, "terms", "import", str(file), "--replace")
    assert (content / LIST).read_text(encoding="utf-8") == '"heroin" = "caballo"\n'
    assert (content / CATALOG).read_bytes() == catalog


def test_a_hostile_file_and_a_broken_list_lose_nothing(content: Path, two_layouts: None, tmp_path: Path) -> None:
    (content / LIST).write_text('"heroin" = "heroína"\n"heroin"\n', encoding="utf-8")
    before = (content / LIST).read_bytes()
    file = tmp_path / "a.csv"
    file.write_text("term,es\nnaloxone,naloxona\nheroin,=CMD()\n", encoding="utf-8")
    assert "a.csv:3: error" in say(content, "terms", "import", str(file), code=1)
    file.write_text("term,es\nnaloxone,naloxona\n", encoding="utf-8")
    assert "nothing was added" in say(content, "terms", "import", str(file), code=1)
    assert (content / LIST).read_bytes() == before
    assert "locales/es/terms.toml:2: error" in say(content, "check", "--locale", "es", code=2)
