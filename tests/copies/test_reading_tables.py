"""A table of people, in whatever way a spreadsheet saves it: each cell is read as it was typed, or refused."""

from __future__ import annotations

import pytest

from plainleaf.copies import table
from plainleaf.copies.table import MOST_COLUMNS, MOST_ROWS, Table
from plainleaf.files.tables import MOST_LINES
from plainleaf.model import Finding, Severity

TABLE = "Your name;Dose\nZoë;1 mg\nAna;2 mg\n"


def read(data: bytes | str) -> Table:
    made, found = table.read(data.encode() if isinstance(data, str) else data, "data.csv")
    assert made and not found, found
    return made


def wrong(data: bytes | str) -> Finding:
    _, (found,) = table.read(data.encode() if isinstance(data, str) else data, "data.csv")
    assert found.severity is Severity.ERROR and found.hint
    return found


def cells(made: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in made.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_every_way_of_a_spreadsheet_to_save_it_is_read(encoding: str, end: str, sign: str) -> None:
    made = read(TABLE.replace(";", sign).replace("\n", end).encode(encoding))
    assert made.heads == ("Your name", "Dose")
    assert cells(made) == [("Zoë", "1 mg"), ("Ana", "2 mg")]


def test_a_comma_in_a_head_is_no_new_column_where_semicolons_part_the_cells() -> None:
    made = read("Dose (mg, daily);Name\n1;Ana, of the ward\n2;Kim\n")
    assert made.heads == ("Dose (mg, daily)", "Name") and made.rows[0].cells == ("1", "Ana, of the ward")


def test_the_first_line_that_names_the_sign_is_no_row() -> None:
    made = read("sep=|\r\nName|Dose\r\nAna|1 mg\r\n")
    assert made.heads == ("Name", "Dose")
    assert (made.rows[0].number, made.rows[0].at.line) == (2, 3)  # spreadsheets do not show that line


def test_one_column_is_a_table_too() -> None:
    assert cells(read("Name\nAna\n")) == [("Ana",)]


def test_rows_are_counted_as_a_spreadsheet_does_and_lines_as_an_editor_does() -> None:
    made = read('Name;Note\nAna;"two\nlines"\n;\nKim;x\n')
    assert [(row.number, row.at.line) for row in made.rows] == [(2, 2), (4, 5)]


def test_cells_that_a_spreadsheet_leaves_out_at_the_end_are_empty() -> None:
    assert cells(read("Name;Dose;Nurse\nAna\nKim;1 mg;Lee\n")) == [("Ana", "", ""), ("Kim", "1 mg", "Lee")]


def test_a_dose_with_a_comma_that_has_become_two_cells_is_found_though_the_last_cell_is_empty() -> None:
    _, (finding,) = table.read(b"Name,Dose,Note\nKim,2,5,\n", "data.csv")
    assert "row 2 has 4 cells, but there are 3" in finding.message


def test_columns_without_head_or_cells_are_nothing() -> None:
    made = read("Name;;Dose;\nAna;;1 mg;\n")
    assert made.heads == ("Name", "Dose") and cells(made) == [("Ana", "1 mg")]


def test_another_encoding_is_refused_at_its_line_with_the_way_to_save_it() -> None:
    found = wrong("Name;Dose\nAna;1\nJosé;2\n".encode("cp1252"))
    assert (found.at.line, found.check) == (3, "fill-file") and "Windows-1252" in found.message
    assert "CSV UTF-8" in found.hint and "Jos" not in found.message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04...", "a workbook of a spreadsheet program"),
        (b"\xd0\xcf\x11\xe0...", "a workbook of a spreadsheet program"),
        (b"Name\n\0\n", "is not a text file"),
        (b"\xff\xfe\x41", "not saved as UTF-8"),
        (b"", "is empty"),
        (b";;\n\n", "is empty"),
        (b"Name;Dose\n;\n", "no row below the column names"),
        (b'Name;Dose\n"Ana;1\nKim;2\n', "is not closed"),
        (b"Name;Dose\nAna;1;2\n", "row 2 has 3 cells, but there are 2"),
        (b"Name;;Dose\nAna;x;1\n", "column 2 has no name"),
        (b"Dose;Name; dose:\n1;Ana;2\n", "two columns are called “dose:”"),
    ],
)
def test_what_cannot_be_read_for_sure_is_said(data: bytes, what: str) -> None:
    assert what in wrong(data).message


def test_a_quotation_mark_that_does_not_close_is_found_where_its_row_begins() -> None:
    assert wrong('Name;Dose\nAna;1\n"Kim;2\nLee;3\n').at.line == 3


def test_more_rows_than_a_run_can_hold_are_refused() -> None:
    found = wrong("Name\n" + "Ana\n" * (MOST_ROWS + 1))
    assert f"{MOST_ROWS + 1} rows" in found.message and found.at.line == MOST_ROWS + 2


def test_empty_rows_at_the_end_are_no_rows_however_many_a_spreadsheet_saves() -> None:
    assert cells(read("Name,Dose\nAna,\n" + ",\n" * 50_000)) == [("Ana", "")]


def test_a_row_too_long_at_the_end_is_found_before_empty_rows() -> None:
    assert "row 2 has 3 cells" in wrong("Name,Dose\nAna,2,\n" + ",\n" * 3).message


def test_more_lines_or_columns_than_a_table_has_are_refused() -> None:
    found = wrong("Name\nAna\n" + "\n" * MOST_LINES + "Kim\n")
    assert f"{MOST_LINES + 3} lines, more than {MOST_LINES}" in found.message and found.hint
    found = wrong(",".join(f"a{number}" for number in range(MOST_COLUMNS + 1)) + "\n1\n")
    assert f"{MOST_COLUMNS + 1} columns, more than {MOST_COLUMNS}" in found.message and found.hint


def test_a_head_of_thousands_of_letters_is_quoted_in_part() -> None:
    found = wrong("x" * 4000 + "," + "x" * 4000 + "\n1,2\n")
    assert found.message.startswith("two columns are called “xxx") and len(found.message) < 150


@pytest.mark.parametrize("name", ["Your name", " your  name: ", "YOUR_NAME", "your-name：", "Your\u00a0name"])
def test_a_head_is_known_by_its_words(name: str) -> None:
    assert table.key(name) == "your name"
