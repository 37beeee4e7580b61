"""Waivers by themselves: how they are read, what they let pass, and what is said of one that is over or unused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf.checks.readability import waivers
from plainleaf.checks.readability.waivers import Waiver
from plainleaf.files.toml import read_toml
from plainleaf.model import Finding, Location, Severity

DAY = date(2027, 1, 31)
AT = Location("pyproject.toml", 3)
ONE = Waiver("readability-sentence", "inhaler", "es", "", "the law says so", DAY, AT)
LONG = Finding("readability-sentence", Severity.ERROR, "21 words: “Take it”", AT, "cut it")
CHECKS = ("readability-sentence", "readability-score")
ENTRY = {"check": '"readability-sentence"', "leaflet": '"inhaler"', "locale": '"es"', "reason": '"the law says so"',
         "until": "2027-01-31"}  # fmt: skip


def read(root: Path, *entries: dict[str, str], between: str = "") -> tuple[tuple[Waiver, ...], list[Finding]]:
    """The waivers of a file with these entries, each below a head on a line of its own."""
    parts = ["[[readability.waivers]]\n" + "".join(f"{k} = {v}\n" for k, v in entry.items()) for entry in entries]
    (root / "pyproject.toml").write_text("[readability]\n\n" + between.join(parts), encoding="utf-8")
    table = read_toml(root / "pyproject.toml", root).table("readability")
    return waivers.read(table.tables("waivers"), CHECKS), table.findings


def test_a_waiver_is_read_with_its_line(tmp_path: Path) -> None:
    found, findings = read(tmp_path, ENTRY, {"reason": '"short"', **ENTRY, "where": '"#F1"'})
    assert not findings
    assert found == (replace(ONE, at=Location("pyproject.toml", 4)), replace(ONE, where="#F1", at=found[1].at))
    assert found[1].at.line == 11, "the line of its own check, not that of the first"


@pytest.mark.parametrize("key", ENTRY)
def test_each_part_of_a_waiver_is_needed(tmp_path: Path, key: str) -> None:
    found, findings = read(tmp_path, ENTRY, {name: value for name, value in ENTRY.items() if name != key})
    assert len(found) == 1 and findings
    assert all(finding.severity is Severity.ERROR and key in finding.message for finding in findings)


@pytest.mark.parametrize("key", ["check", "leaflet", "locale", "reason"])
def test_an_empty_part_is_none(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, {**ENTRY, key: '" "'})[0] == ()


@pytest.mark.parametrize("day", ['"2027-01-31"', "2027-01-31T00:00:00", "2027"])
def test_the_last_day_is_a_date(tmp_path: Path, day: str) -> None:
    found, (finding,) = read(tmp_path, {**ENTRY, "until": day})
    assert not found and "a waiver needs its last day" in finding.message and finding.at.line == 8


def test_a_slip_in_a_check_or_key_is_told(tmp_path: Path) -> None:
    found, (finding,) = read(tmp_path, {**ENTRY, "check": '"readability-sentense"'})
    assert not found and "did you mean “readability-sentence”?" in finding.message
    assert finding.hint == "one of: readability-sentence, readability-score"
    found, (finding,) = read(tmp_path, {**ENTRY, "were": '"#F1"'})
    assert len(found) == 1 and "were" in finding.message


def applied(waiver: Waiver, finding: Finding = LONG, block: str = "", today: date = DAY) -> list[str]:
    """What is left of a finding in the Spanish inhaler leaflet, but for notes."""
    found = waivers.apply([finding], [block], [waiver], "inhaler", "es", today)
    return [each.message for each in found if each.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    ("changes", "passes"),
    [
        ({}, True), ({"where": "F1"}, True), ({"where": "#F1"}, True), ({"where": "Take it"}, True),
        ({"where": "F2"}, False), ({"where": "take it"}, False), ({"check": "readability-score"}, False),
    ],
)  # fmt: skip
def test_a_waiver_lets_pass_what_it_names(changes: dict[str, str], passes: bool) -> None:
    made = replace(ONE, **changes)  # type: ignore[arg-type]
    unused = f"the waiver of {made.check} for inhaler (es) is not used"
    assert applied(made, block="F1") == ([] if passes else [LONG.message, unused])


def test_what_is_let_pass_is_noted_with_its_reason() -> None:
    (note,) = waivers.apply([LONG], [""], [ONE], "inhaler", "es", DAY)
    assert (note.check, note.severity, note.at, note.po) == ("readability-waived", Severity.NOTE, LONG.at, LONG.po)
    assert note.waived and (note.waived.reason, note.waived.at) == (ONE.reason, ONE.at)
    assert replace(note.unwaived, waived=None) == LONG


@pytest.mark.parametrize("other", [{"leaflet": "other"}, {"locale": "en"}])
def test_a_waiver_of_another_edition_is_not_asked(other: dict[str, str]) -> None:
    assert applied(replace(ONE, **other)) == [LONG.message]  # type: ignore[arg-type]


def test_after_its_last_day_a_waiver_is_an_error_beside_what_it_let_pass() -> None:
    assert applied(ONE, today=date(2027, 2, 1)) == [
        LONG.message, "the waiver of readability-sentence for inhaler (es) ended on 2027-01-31",
    ]  # fmt: skip
    (_, over) = waivers.apply([LONG], [""], [ONE], "inhaler", "es", date(2027, 2, 1))
    assert (over.severity, over.at, over.check) == (Severity.ERROR, AT, "readability-waiver")


def test_of_two_waivers_one_that_still_holds_is_enough() -> None:
    found = waivers.apply([LONG], [""], [ONE, replace(ONE, until=date(2027, 1, 1))], "inhaler", "es", DAY)
    assert [each.check for each in found] == ["readability-waived", "readability-waiver"]
    assert found[1].message.endswith("ended on 2027-01-01")


def test_what_nobody_measured_is_never_let_pass() -> None:
    unmeasured = replace(LONG, severity=Severity.UNMEASURED)
    assert applied(ONE, unmeasured)[0] == LONG.message


@pytest.mark.parametrize(
    ("leaflet", "locale", "name"),
    [
        ("inhaler", "es", ""), ("inhalr", "es", "“inhalr”; did you mean “inhaler”?"),
        ("inhaler", "ess", "“inhaler” in “ess”; did you mean “es”?"), ("inhaler", "fr", "“inhaler” in “fr”"),
    ],
)  # fmt: skip
def test_a_waiver_for_an_edition_of_nothing_is_told(leaflet: str, locale: str, name: str) -> None:
    editions = [("inhaler", "en"), ("inhaler", "es"), ("spacer", "fr")]
    found = list(waivers.strangers([ONE, replace(ONE, leaflet=leaflet, locale=locale)], editions))
    assert [each.message.partition("there is no leaflet ")[2] for each in found] == ([name] if name else [])
    assert all(each.severity is Severity.WARNING and each.at == AT for each in found)
