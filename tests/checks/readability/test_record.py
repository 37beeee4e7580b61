"""The record of scores: what is kept of it, what is dropped, and on which line an entry is found again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from plainleaf.checks.readability import ratchet
from plainleaf.checks.readability.ratchet import Record
from plainleaf.model import Location, Severity

OLD = Record({("a", "en"): {"smog": 5.0}, ("a", "es"): {"smog": 6.0}, ("b", "en"): {"smog": 7.0}}, {("a", "en"): 4})


@dataclass(frozen=True)
class Measured:
    """What the record asks of a measured edition."""

    slug: str
    locale: str
    figures: tuple[tuple[str, float], ...]

    def record(self) -> dict[str, float]:
        return dict(self.figures)


def test_new_figures_take_the_place_of_old_ones_of_the_same_edition_alone() -> None:
    fresh = (Measured("a", "es", (("smog", 4.0),)), Measured("c", "en", (("lix", 30.0),)))
    made = OLD.with_readings(fresh)  # type: ignore[arg-type]
    assert made.values == {**OLD.values, ("a", "es"): {"smog": 4.0}, ("c", "en"): {"lix": 30.0}}
    assert made.lines == OLD.lines


def test_editions_that_are_gone_are_dropped() -> None:
    kept = OLD.without_strangers(frozenset({("a", "en"), ("b", "es")}))
    assert kept.values == {("a", "en"): {"smog": 5.0}} and kept.lines == OLD.lines


def test_the_file_is_sorted_with_one_decimal() -> None:
    text = Record({("b", "en"): {"smog": 7.04, "lix": 3}, ("a", "es"): {"smog": 6.06}}).text()
    _, entries = text.split("held to.\n", 1)
    assert entries == '\n["a".es]\nsmog = 6.1\n\n["b".en]\nlix = 3.0\nsmog = 7.0\n'


@pytest.mark.parametrize("head", ['["a-leaflet".en]', "[a-leaflet.en]", '["a-leaflet"."en"]', '  ["a-leaflet".en]  '])
def test_an_entry_is_found_on_its_line_however_its_head_is_written(tmp_path: Path, head: str) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / ratchet.FILE).write_text(f'# record\n["a-leaflet".es]\nsmog = 4\n{head}\nsmog = 5.5\n', "utf-8")
    record, findings = ratchet.read(tmp_path)
    assert not findings and record.values["a-leaflet", "en"] == {"smog": 5.5}
    assert record.lines == {("a-leaflet", "es"): 2, ("a-leaflet", "en"): 4}
    known = frozenset({("a-leaflet", "es")})
    (gone,) = ratchet.strangers(record, known)
    assert (gone.at, gone.severity) == (Location(ratchet.FILE, 4), Severity.WARNING)
    assert gone.message == "there is no edition of a-leaflet in en"


def test_without_a_file_nothing_is_recorded(tmp_path: Path) -> None:
    assert ratchet.read(tmp_path) == (Record(), ())


@pytest.mark.parametrize(("value", "right"), [("-1000", True), ("1000", True), ("1000.5", False), ("-1001", False)])
def test_a_score_is_a_number_that_a_formula_can_give(tmp_path: Path, value: str, right: bool) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / ratchet.FILE).write_text(f"[a.en]\nsmog = {value}\nsentence-mean = 9\n", encoding="utf-8")
    assert (not ratchet.read(tmp_path)[1]) is right


def test_a_second_opinion_is_kept_beside_the_figures_and_holds_nothing(tmp_path: Path) -> None:
    fresh = (Measured("a", "en", (("smog", 4.0),)), Measured("a", "es", (("smog", 4.0),)))
    made = OLD.with_readings(fresh, lambda each: 5.0 if each.locale == "en" else None)  # type: ignore[arg-type]
    (tmp_path / "sources").mkdir()
    (tmp_path / ratchet.FILE).write_text(made.text(), encoding="utf-8")
    record, findings = ratchet.read(tmp_path)
    assert not findings
    assert record.values["a", "en"] == {"smog": 4.0, "textstat": 5.0} and record.values["a", "es"] == {"smog": 4.0}
