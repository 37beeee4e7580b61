"""A clinic's words and the layouts' own are judged too, each at its line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from plainleaf import project
from plainleaf.checks.readability import beside
from plainleaf.model import Severity
from plainleaf.typesetting import locales
from tests import shipped


def test_words_beside_a_number_are_judged_in_their_own_language(content: Path) -> None:
    clinics = content / "sources" / "clinics"
    (path,) = clinics.glob("*.toml")
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n[helplines.more]\nname = "Help for addicts"\nphone = "988"\nnote = "basically free"\n'
        + 'notes.es = "adictos"\nnames.es = "Ayuda"\n',
        encoding="utf-8",
    )
    there = project.load(content)
    found = [*beside.check(there, [locales.locale("en"), locales.locale("es")], "en")]
    assert [finding.check for finding in found if finding.at.file.endswith(path.name)] == [
        "readability-stigma", "readability-filler", "readability-stigma",
    ]  # fmt: skip
    assert all(finding.at.line for finding in found)


def test_the_layouts_that_are_shipped_have_no_word_to_mend() -> None:
    there = shipped.content()
    there = replace(there, clinic=None)
    found = [*beside.check(there, [locales.locale("en")], "en")]
    assert not [finding for finding in found if finding.severity is Severity.ERROR or "jargon" in finding.check]
