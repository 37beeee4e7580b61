"""The gate over a project: which editions are held to the record, what comes first, and what is asked of settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from plainleaf.checks.readability import gate, ratchet
from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability.judge import Options
from plainleaf.files.settings import Settings
from plainleaf.files.toml import read_toml
from plainleaf.model import Clinic, Edition, Location
from plainleaf.model.settings import LanguageFacts
from plainleaf.project import Project
from tests.checks.readability.test_gate import PLAIN, edition
from tests.conftest import TODAY

HERE = Clinic("Sample clinic", (), "", "", (), "", "", "911", (), "US", Location("sources/clinics/sample.toml"))


def project(root: Path, *there: Edition, clinic: Clinic | None = HERE) -> Project:
    leaflets = {each.slug: each.leaflet for each in there}
    return Project(root, Settings(root), clinic, leaflets, {}, {}, {})


def recorded(root: Path, figures: str = "flesch-kincaid = -3.0") -> None:
    """A record that says that the text was far easier."""
    (root / "sources").mkdir()
    (root / ratchet.FILE).write_text(f'["test".en]\n{figures}\n', encoding="utf-8")


def ids(root: Path, text: Edition, clinic: Clinic | None = HERE) -> set[str]:
    return {finding.check for finding in gate.check(project(root, text, clinic=clinic), [text], TODAY).findings}


@pytest.mark.parametrize(
    ("clinic", "held"), [(HERE, True), (replace(HERE, country="GB"), False), (None, False)], ids=["US", "GB", "none"]
)
def test_the_text_of_the_clinics_own_country_is_held_to_the_record(
    tmp_path: Path, clinic: Clinic | None, held: bool
) -> None:
    recorded(tmp_path)
    assert ("readability-ratchet" in ids(tmp_path, edition(PLAIN * 9), clinic)) is held


def test_what_is_wrong_in_the_record_and_in_the_settings_is_said(tmp_path: Path) -> None:
    recorded(tmp_path, "smug = 3")
    (tmp_path / "plainleaf.toml").write_text("[readability]\nsecond-opinon = true\n", encoding="utf-8")
    asked, findings = gate.options(project(tmp_path), TODAY)
    assert ("test", "en") in asked.record.values
    assert ["did you mean" in finding.message for finding in findings] == [True, True]


def test_what_is_farthest_over_its_limit_comes_first(tmp_path: Path) -> None:
    """A long point comes before a sentence that is hardly too long, though only the sentence counts for the score."""
    sentence = " ".join(["The individual consumes additional medication", *["now"] * 11]) + ".\n\n"
    point = "- " + " ".join(["go"] * 19) + " on.\n- Go.\n- Stop.\n"
    limits: Mapping[str, float] = {"sentence-warn": 15, "point-warn": 8, "sentence-fail": 40}
    (tmp_path / "plainleaf.toml").write_text(
        "[readability.limits.en]\n" + "".join(f"{key} = {value}\n" for key, value in limits.items()), encoding="utf-8"
    )
    text = edition(PLAIN * 9 + sentence + point)
    too_long = gate.check(project(tmp_path, text), [text], TODAY).too_long
    assert [mend.finding.check for mend in too_long] == ["readability-point", "readability-sentence"]
    assert too_long[0].excess > too_long[1].excess and too_long[0].grades < too_long[1].grades


def test_a_gain_of_less_than_a_point_is_said() -> None:
    text = edition(PLAIN * 30 + " ".join(["go"] * 20) + " on.")
    (finding,) = [each for each in readability.check(text, Options(TODAY)) if each.check == "readability-sentence"]
    assert "the whole text gains 0." in finding.hint


WAIVABLE = (
    "score", "ratchet", "unrecorded", "section", "sentence", "point", "heading", "term", "jargon", "stigma", "passive",
    "method", "opinion", "filler",
)  # fmt: skip


@pytest.mark.parametrize("name", WAIVABLE)
def test_a_person_may_let_any_finding_on_readability_pass(tmp_path: Path, name: str) -> None:
    entry = f'check = "readability-{name}"\nleaflet = "test"\nlocale = "en"\nreason = "the law says so"\n'
    file = tmp_path / "plainleaf.toml"
    file.write_text(f"[[readability.waivers]]\n{entry}until = 2027-01-31\n", encoding="utf-8")
    table = read_toml(file, tmp_path).table("readability")
    assert [waiver.check for waiver in readability.read_options(table, TODAY).waivers] == [f"readability-{name}"]
    assert not table.findings


def figure_age(text: Edition) -> int:
    return readability.judged(text, readability.measure(text), Options(TODAY)).verdict.figures[0].age


def test_only_a_grade_of_school_is_told_as_a_reading_age() -> None:
    def of(text: Edition, country: str) -> Edition:
        return replace(text, leaflet=replace(text.leaflet, meta=replace(text.leaflet.meta, country=country)))

    english = edition(PLAIN * 9)
    assert figure_age(of(english, "GB")) >= 5
    assert figure_age(of(english, "US")) == 0
    facts = LanguageFacts((("readability", "ages", ("GB",)),))
    text = "Tome una pastilla al día. Beba un vaso de agua. Llame si se siente mal. Vaya hoy.\n\n" * 9
    spanish = edition(text, language="es")
    spanish = replace(spanish, locale=replace(spanish.locale, own=facts))
    assert figure_age(of(spanish, "GB")) == 0
