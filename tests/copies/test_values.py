"""What is typed into a cell is printed as it is, or the row and column say why it is not."""

from __future__ import annotations

import pytest

from plainleaf.copies import fields, values
from plainleaf.copies.values import LONGEST
from plainleaf.files.tables import Row
from plainleaf.model import Finding, Location, Severity
from tests.conftest import TODAY
from tests.copies.test_lines_by_name import edition

ROW = Row(3, Location("data.csv", 3), ())
LEAFLET = "Your name: ____\n\nDose: ____\n\nTake ____{puffs} puffs, ____{times} times a day.\n\n"
TABLE = "| Medicine | Dose (mg) |\n|---|---|\n| Syrup | ____{syrup} |\n"
OWN = edition(LEAFLET + TABLE)
KNOWN = fields.fields(OWN)


def faults(locale: str = "en", **said: str) -> list[Finding]:
    """What is found on these values; in another language the words around them are still English."""
    where = OWN if locale == "en" else edition(LEAFLET + TABLE, locale=locale, none="{nothing}")
    typed = {name.replace("_", " "): value for name, value in said.items()}
    after = fields.filled(where, OWN, typed, TODAY)
    return [*values.faults(where, after, typed, KNOWN, ROW, "US", {})]


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("  Ana  ", "Ana"),
        ("Zoe\u0308", "Zoë"),
        ("Ana\tRuiz", "Ana Ruiz"),
        ("\n Ana \r\n", "Ana"),
        (" \u00a0", ""),
        ("<b>{{x}}</b> & Co", "<b>{{x}}</b> & Co"),
        ("A" * LONGEST, "A" * LONGEST),
    ],
)
def test_a_cell_is_printed_as_it_was_typed_without_spaces_around(cell: str, printed: str) -> None:
    assert values.cleaned(cell, "Name", ROW) == (printed, ())


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("Ana\nRuiz", "several lines"),
        ("Ana\u2028Ruiz", "several lines"),
        ("A" * (LONGEST + 1), f"{LONGEST + 1} characters"),
        ("Ana\u202eziuR", "invisible character"),
        ("Ana\x07", "invisible character"),
        ("Ana\u200bRuiz", "invisible character"),
        ("Jos\ufffd", "invisible character"),
        ("#REF!", "a sign of its own"),
        ("#####", "a sign of its own"),
        ("1.23E+11", "a sign of its own"),
        ("2-Jan", "a date without a year"),
        ("01-feb.", "a date without a year"),
        ("May-12", "a date without a year"),
        ("01. Mrz", "a date without a year"),
        ("2-févr.", "a date without a year"),
        ("2 lut", "a date without a year"),
        ("2 фев", "a date without a year"),
    ],
)
def test_what_cannot_be_printed_names_row_and_column_and_not_the_person(cell: str, what: str) -> None:
    (found,) = {each.message: each for each in values.cleaned(cell, "Name", ROW)[1] if what in each.message}.values()
    assert found.message.startswith("row 3, column “Name”: ") and found.severity is Severity.ERROR
    assert found.at == ROW.at and found.hint
    assert "Ana" not in found.message and "Ruiz" not in found.message


@pytest.mark.parametrize(
    ("value", "check"),
    [
        (".5 mg", "dose-naked-point"),
        ("1.0 mg", "dose-trailing-zero"),
        ("50 µg", "dose-unit-microgram"),
        ("10 U", "dose-unit-u"),
        ("BID", "dose-often"),
        ("03/04/2026", "date-two-ways"),
        ("< 5", "dose-sign"),
    ],
)
def test_a_dose_is_held_to_what_the_source_is_held_to(value: str, check: str) -> None:
    (found,) = [each for each in faults(dose=value) if each.check == check]
    assert found.at == ROW.at and found.message.startswith("row 3, column “Dose”: ") and found.hint


@pytest.mark.parametrize("name", ["PO Mei-Ling", "AU, Wing Kei", "Ms. Li U", "Mary OD Smith", "Dr. D’Souza & Ana"])
def test_a_name_is_no_dose(name: str) -> None:
    assert not faults(your_name=name)


def test_a_dose_is_read_with_the_words_of_its_sentence_and_the_head_of_its_column() -> None:
    assert [each.check for each in faults(puffs="1.0")] == ["dose-trailing-zero"]
    assert "column “puffs”" in faults(puffs="1.0", times="2")[0].message
    assert [each.check for each in faults(syrup=".5")] == ["dose-naked-point"]
    assert not faults(puffs="2", times="4", syrup="0.5", dose="100 micrograms")


def test_what_the_leaflet_itself_says_is_not_said_again() -> None:
    own = edition("Take 5 cc of ____{medicine}.")
    typed = {"medicine": "syrup"}
    after = fields.filled(own, own, typed, TODAY)
    assert not [*values.faults(own, after, typed, fields.fields(own), ROW, "US", {})]


def test_a_translation_is_held_to_what_holds_in_its_language() -> None:
    assert not faults("es", dose="2,5 mg")
    assert [each.check for each in faults("en", dose="2,5 mg")]
    assert [each.check for each in faults("es", dose=",5 mg")]


def test_a_letter_without_a_glyph_is_found_before_anything_is_printed() -> None:
    (found,) = faults(your_name="Ana 囍")
    assert found.check == "glyph-missing" and "“囍” (U+56CD)" in found.message and "column “Your name”" in found.message


def test_a_whole_name_in_another_script_is_not_quoted() -> None:
    (found,) = faults(your_name="王囍")
    assert "2 letters (CJK)" in found.message and "王" not in found.message


def test_empty_cells_leave_their_lines_and_a_row_of_them_is_an_error() -> None:
    some, none = values.empty(ROW, ["Dose"], any_other=True), values.empty(ROW, ["Dose"], any_other=False)
    assert (some.severity, none.severity) == (Severity.WARNING, Severity.ERROR)
    assert "“Dose”" in some.message and some.at == none.at == ROW.at
