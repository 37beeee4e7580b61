"""A table fills a leaflet for each person, all of them or none; and nobody else ever learns what was filled in."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

import plainleaf
from plainleaf.copies.people import MOST_WRONG
from plainleaf.files import RefusedError
from plainleaf.model import Finding, Severity
from tests import tagtree
from tests.conftest import TESTS, TODAY
from tests.conftest import plainleaf as command

VISIT = """---
title: Your visit
summary: When to come.
audience: People who come to our clinic
written: 2026-11-01
review-by: 2028-11-01
country: US
languages: [es, ar]
---

::: summary
Please come on time.
:::

## Your appointment

Your name: ____

Your appointment: ____{appointment}

Take ____{puffs} puffs of {colour}.

Dose: ____

Dose: ____

::: card
## My card

My name:
:::
""".replace("of {colour}", "of ____{colour}")
SAID = {
    "es": (
        "Su visita", "Cuándo venir.", "Personas que vienen a nuestra clínica", "Venga a tiempo.", "Su cita",
        "Su nombre: {line}", "Su cita: {line_appointment}", "De {line_colour}, use {line_puffs} inhalaciones.",
        "Dosis: {line}", "Mi tarjeta", "Mi nombre:",
    ),
    "ar": (
        "زيارتك", "متى تأتي.", "الأشخاص الذين يأتون إلى عيادتنا", "احضر في الموعد.", "موعدك", "اسمك: {line}",
        "موعدك: {line_appointment}", "خذ {line_puffs} بخات من {line_colour}.", "الجرعة: {line}", "بطاقتي", "اسمي:",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leaflet with lines in English, Spanish and Arabic, which nobody has signed."""
    content = tmp_path_factory.mktemp("written") / "leaflets"
    shutil.copytree(TESTS / "content", content)
    (content / "sources/inhaler.md").unlink()
    (content / "locales/es/LC_MESSAGES/inhaler.po").unlink()
    (content / "sources/visit.md").write_text(VISIT, encoding="utf-8")
    for arguments in (("init", "ar"), ("update",)):
        assert command(*arguments, root=content).returncode == 0
    for name, said in SAID.items():
        path = content / f"locales/{name}/LC_MESSAGES/visit.po"
        parts = path.read_text(encoding="utf-8").split('msgstr ""\n')  # the first is the head's own
        whole = [parts[0], *('msgstr ""\n' + part for part in parts[1:2])]
        whole += [f'msgstr "{words}"\n{part}' for words, part in zip(said, parts[2:], strict=True)]
        path.write_text("".join(whole), encoding="utf-8")
    return content


@pytest.fixture
def root(written: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(written, tmp_path / "leaflets")


@pytest.fixture(scope="module")
def approved(written: Path) -> Path:
    """The same, signed off and approved by those who may."""
    content = shutil.copytree(written, written.parent / "approved")
    assert plainleaf.sign_off(content, "visit", "Dr. A. Sample, physician", today=TODAY).path
    for name in SAID:
        assert plainleaf.approve(content, "visit", name, "T. Sample, translator", today=TODAY).path
    return content


@pytest.fixture
def signed(approved: Path, tmp_path: Path) -> Path:
    """A copy of that."""
    return shutil.copytree(approved, tmp_path / "leaflets")


def fill(root: Path, table: str, **options: object) -> plainleaf.Filled:
    (root / "data.csv").write_text(table, encoding="utf-8")
    options = {"layouts": ["a4"], "today": TODAY, **options}
    return plainleaf.fill(root, "visit", root / "data.csv", **options)  # type: ignore[arg-type]


def wrong(found: Iterable[Finding], *checks: str) -> list[str]:
    """What is said of those checks (all of them), in order, with its line of the table."""
    return [f"{each.at}: {each.message}" for each in found if not checks or each.check in checks]


# --------------------------------------------------------------------------- what is refused, without a page


def test_a_text_that_nobody_answers_for_is_never_filled_in(root: Path) -> None:
    made = fill(root, "Your name,language\nAna,es\nKim,\n")
    source, translation = [each for each in made.findings if each.check == "fill-approval"]
    assert "no clinician has signed off visit" in source.message and "sign-off visit" in source.hint
    assert "the Spanish translation is a draft" in translation.message and "approve es visit" in translation.hint
    assert translation.po and translation.po.file == "locales/es/LC_MESSAGES/visit.po"
    assert not made.files and not (root / "filled").exists()


def test_a_change_after_the_signature_stops_it_again(signed: Path) -> None:
    path = signed / "locales/es/LC_MESSAGES/visit.po"
    path.write_text(path.read_text(encoding="utf-8").replace("Venga a tiempo.", "Venga pronto."), encoding="utf-8")
    (said,) = wrong(fill(signed, "Your name,language\nAna,es\n").findings, "fill-approval")
    assert "the Spanish translation is a draft" in said


def test_the_language_beside_another_is_to_be_approved_too(signed: Path) -> None:
    (signed / "locales/es/approvals.toml").unlink()
    table = "Your name,language,layout\nAna,ar,bilingual\n"
    assert "Spanish" in wrong(fill(signed, table, beside="es").findings, "fill-approval")[0]


def test_columns_that_fill_nothing_or_no_line_for_sure_stop_it(root: Path) -> None:
    found = fill(root, "your_name,Apointment,Dose,Born\nAna,x,y,z\n").findings
    misspelt, several, unknown = [each for each in found if each.check == "fill-column"]
    assert "“Apointment” fills no line of visit; did you mean “appointment”?" in misspelt.message
    assert "the lines are: Your name, appointment, puffs, colour, My name" in misspelt.hint
    assert "“Dose” may mean several lines" in several.message and "____{first_dose}" in several.hint
    assert "“Born” fills no line" in unknown.message
    assert {str(each.at) for each in found if each.check == "fill-column"} == {"data.csv:1"}


def test_a_table_without_any_line_is_refused(root: Path) -> None:
    assert "no column fills a line" in wrong(fill(root, "language\nes\n").findings, "fill-column")[0]
    both = fill(root, "Your name,Locale,Language\nAna,es,es\n").findings
    assert "“language” and “locale” mean" in wrong(both, "fill-column")[0]


def test_lines_without_a_column_and_cells_without_a_text_are_said(root: Path) -> None:
    found = fill(root, "Your name,puffs\nAna,2\nKim,\n,\n").findings
    (lines,) = wrong(found, "fill-missing")
    assert lines.startswith("data.csv:1: there is no column for “appointment”, “colour”, so")  # the card is not printed
    assert wrong(found, "fill-empty")[0].startswith("data.csv:3: row 3: “puffs” is empty, so")


def test_languages_and_layouts_of_nothing_are_found_in_their_rows(root: Path) -> None:
    table = "Your name,language,layout\nAna,Klingonish,\nKim,es,a5\nLee,Español,A4\n"
    first, second = wrong(fill(root, table).findings, "fill-choice")
    assert first.startswith("data.csv:2: row 2: there is no language “...”")  # it may be a name in the wrong column
    assert second.startswith("data.csv:3: row 3: there is no layout “...”")


@pytest.mark.parametrize("column", ["language", "layout"])
def test_a_column_of_something_else_is_compared_with_nothing_in_the_end(root: Path, column: str) -> None:
    rows = "".join(f"Ana,nobody{number}\n" for number in range(MOST_WRONG + 2)) + "Ana,nobody0\n"
    *first, other, last, again = wrong(fill(root, f"Your name,{column}\n{rows}").findings, "fill-choice")
    assert len(first) == MOST_WRONG and all(f"there is no {column} “...”" in each for each in (*first, again))
    assert all("“...” was not looked up, because 50 others in this column" in each for each in (other, last))


def test_a_table_larger_than_any_is_refused_unread(root: Path) -> None:
    with pytest.raises(RefusedError, match="is larger than 5 MB"):
        fill(root, "Your name\n" + "Ana\n" * 1_250_000)


def test_a_name_in_the_column_of_languages_is_not_quoted(root: Path) -> None:
    (said,) = wrong(fill(root, "Your name,language\nes,Guadalupe Ruiz\n").findings, "fill-choice")
    assert "Guadalupe" not in said and "Ruiz" not in said


def test_a_name_in_a_language_of_its_own_brings_its_font_and_its_voice(root: Path) -> None:
    table = "Your name,Language of Your name\n陈大文,zh-Hans\n陈大文,\nAna,Klingonish\n"
    found = fill(root, table).findings
    (boxes,) = [each for each in found if each.check == "glyph-missing"]
    assert boxes.at.line == 3 and "a column “Language of Your name”" in boxes.hint
    assert wrong(found, "fill-choice", "fill-column") == ["data.csv:4: row 4: there is no language “...”"]


@pytest.mark.parametrize(("layout", "read_otherwise"), [("a4", False), ("bilingual", True)])
def test_a_value_is_held_to_the_rules_of_the_language_beside_too(root: Path, layout: str, read_otherwise: bool) -> None:
    table = f"Your name;appointment;language;layout\nAna;2,5 mg;es;{layout}\n"  # in English, a comma parts thousands
    assert bool(wrong(fill(root, table).findings, "dose-decimal-comma")) is read_otherwise


def test_a_copy_is_printed_in_no_layout_by_chance(root: Path) -> None:
    (said,) = [each for each in fill(root, "Your name\nAna\n", layouts=[]).findings if each.check == "fill-choice"]
    assert said.message == "these copies have no layout" and "--layout a4" in said.hint


def test_a_layout_that_lacks_the_line_is_an_error_or_names_what_it_lacks(root: Path) -> None:
    (none,) = wrong(fill(root, "Your name\nAna\n", layouts=["wallet-card"]).findings, "fill-choice")
    assert "row 2: wallet-card has none of the lines to fill in" in none
    some = fill(root, "Your name,My name\nAna,Ana\n", layouts=["wallet-card"]).findings
    assert "wallet-card has no line for “Your name”" in wrong(some, "fill-missing")[-1]
    trifold = fill(root, "Your name\nAna\n", layouts=["trifold"]).findings
    assert "visit cannot be printed in English as trifold" in wrong(trifold, "fill-choice")[0]


def test_all_mistakes_of_a_table_are_said_at_once_and_one_stops_all(root: Path) -> None:
    table = 'Your name,puffs,appointment\nAna,.5 mg,Monday\nKim,2,"a\nb"\nLee,2,03/04/2026\n'
    found = [each for each in fill(root, table).findings if each.severity is Severity.ERROR]
    assert [(each.check, each.at.line) for each in found if each.at.file == "data.csv"] == [
        ("fill-value", 3), ("dose-naked-point", 2), ("date-two-ways", 5)
    ]  # fmt: skip
    assert not (root / "filled").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("visit", "--fill", "gone.csv"), "there is no file gone.csv"),
        (("--fill", "data.csv"), "one leaflet at a time"),
        (("visit", "visit", "--fill", "data.csv"), "one leaflet at a time"),
        (("visit", "--fill", "data.csv", "--output", "build/x"), "is not a safe place for filled copies"),
        (("visit", "--fill", "data.csv", "--layout", "a5"), "there is no layout “a5”"),
    ],
)
def test_the_command_says_what_it_needs(root: Path, arguments: tuple[str, ...], said: str) -> None:
    (root / "data.csv").write_text("Your name\nAna\n")
    done = command("publish", *arguments, root=root)
    assert done.returncode == 2 and said in done.stderr


def test_the_command_says_that_nothing_is_printed(root: Path) -> None:
    (root / "data.csv").write_text("Your name\nAna\n")
    done = command("publish", "visit", "--fill", "data.csv", "--layout", "a4", root=root)
    assert done.returncode == 1 and "nothing is printed: 1 error" in done.stderr


# --------------------------------------------------------------------------- two people get theirs

PEOPLE = (
    "Your name;Appointment;Puffs;Colour;Language;Language of your name\r\n"
    "Xóchitl Zyzzogeton;lunes 7 de diciembre, 9:30;2;Quetzalblau;Spanish;\r\n"
    "أحمد ظفرالدين;الاثنين 7 ديسمبر، 9:30;4;Vermeilrot;ar;Persian\r\n"
)
TELLING = ("Xóchitl", "Zyzzogeton", "Quetzalblau", "Vermeilrot", "ظفرالدين")


def test_each_gets_a_copy_and_nothing_of_it_is_left_elsewhere(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, temporary = tmp_path / "cache", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("PLAINLEAF_CACHE", str(cache))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    table = tmp_path / "people.csv"
    table.write_text(PEOPLE, encoding="utf-8-sig", newline="")
    before = {path for path in signed.rglob("*") if path.is_file()}
    done = command("publish", "visit", "--fill", str(table), "--layout", "a4", "--debug", root=signed)
    assert done.returncode == 0, done.stderr

    names = {"visit.row-002.es.a4.pdf", "visit.row-003.ar.a4.pdf"}
    made = {path for path in signed.rglob("*") if path.is_file()} - before
    assert {path.relative_to(signed / "filled/visit").as_posix() for path in made} == names | {".gitignore"}
    assert {path.stat().st_mode & 0o077 for path in made} == {0}

    spanish, arabic = ((signed / "filled/visit" / name).read_bytes() for name in sorted(names))
    _says(spanish, "Su nombre: Xóchitl Zyzzogeton", "De Quetzalblau, use 2 inhalaciones", "Solo para una persona")
    _says(arabic, "أحمد ظفرالدين", "Vermeilrot", "لشخص واحد فقط")
    _is_nowhere(TELLING, done.stdout + done.stderr, [*before, *cache.rglob("*"), *temporary.rglob("*")])
    (named,) = [line for line in tagtree.dump(arabic).splitlines() if "lang=fa" in line]
    assert "أحمد ظفرالدين" in named
    assert not (cache / "cut").exists()  # a font that is cut to a text tells of its letters


def _says(data: bytes, *texts: str) -> None:
    """The words are read aloud, and stand in nothing that programs show of a file before it is opened."""
    said = re.sub(r"\s+", " ", tagtree.text(data))
    for text in texts:
        assert text in said, said
    about = tagtree.pikepdf.open(tagtree.io.BytesIO(data))
    shown = f"{dict(about.docinfo)} {about.open_metadata()}"
    assert not [word for word in TELLING if word in shown]


def _is_nowhere(words: Iterable[str], printed: str, files: Iterable[Path]) -> None:
    """Not in what a run prints, nor in files or their names."""
    contents = {path: path.read_bytes() for path in files if path.is_file()}
    for word in words:
        assert word not in printed
        for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
            assert not [path for path, data in contents.items() if word.encode(encoding) in data]
        assert not [path for path in contents if word in str(path)]


def test_a_book_for_one_person_says_so_and_leaves_no_letters_elsewhere(
    signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAINLEAF_CACHE", str(tmp_path / "cache"))
    done = fill(signed, PEOPLE, layouts=[], formats=["epub"])
    assert not wrong(done.findings, "fill-layout") and len(done.files) == 2
    with zipfile.ZipFile(next(path for path in done.files if ".es." in path.name)) as book:
        text, about = (book.read(f"EPUB/{name}").decode() for name in ("leaflet.xhtml", "package.opf"))
    assert "Xóchitl Zyzzogeton" in text and "Solo para una persona" in text
    assert not [word for word in TELLING if word in about]
    assert not (tmp_path / "cache/cut").exists()
