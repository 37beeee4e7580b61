"""Every check on the printed page, by its own examples: each is printed, and must raise exactly that check or not."""

from __future__ import annotations

import pytest

from plainleaf.checks.page.printed import CHECKS
from plainleaf.checks.page.registry import Example
from plainleaf.model import Location, Severity
from tests import sheets

FIRES = [(check.id, example) for check in CHECKS for example in check.fires_on]
PASSES = [(check.id, example) for check in CHECKS for example in check.passes_on]


def ids(cases: list[tuple[str, Example]]) -> list[str]:
    return [f"{name}-{number}" for number, (name, _) in enumerate(cases)]


def raised(example: Example) -> dict[str, Severity]:
    """What the page raises; the examples are no whole leaflets, so that PDF/UA may miss a heading there."""
    made = sheets.printed(example.body, example.css, example.tag, **dict(example.rules))
    return {name: worst for name, worst in sheets.raised(made).items() if name != "pdf-ua"}


@pytest.mark.parametrize(("name", "example"), FIRES, ids=ids(FIRES))
def test_a_page_that_breaks_one_rule_raises_that_check_and_no_other(name: str, example: Example) -> None:
    assert set(raised(example)) == {name}


@pytest.mark.parametrize(("name", "example"), PASSES, ids=ids(PASSES))
def test_a_page_that_keeps_the_rules_raises_nothing(name: str, example: Example) -> None:
    assert not raised(example)


def test_every_check_has_a_reason_and_examples_and_an_id_of_its_own() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS) >= 16
    for check in CHECKS:
        assert check.id.startswith("fit-") and len(check.rationale) > 40
        assert len(check.reference) > 10, f"{check.id}: name the clause that asks for it"
        assert check.fires_on and check.passes_on


def test_a_finding_names_the_line_of_the_source_and_that_of_the_translation() -> None:
    body = "<div data-at='sources/a.md:3' data-po='locales/es/a.po:9'><p><b>pale</b></p></div>"
    (finding,) = sheets.printed(f"<h1>Sample</h1>{body}", "b { color: #aaaaaa }").findings
    assert finding.check == "fit-contrast"
    assert (finding.at, finding.po) == (Location("sources/a.md", 3), Location("locales/es/a.po", 9))
    assert "2.3:1" in finding.message and "#aaaaaa on #ffffff" in finding.message


def test_an_error_gives_no_pdf_and_a_warning_does() -> None:
    assert not sheets.printed("<h1>Sample</h1>", "h1 { color: #aaaaaa }").data
    made = sheets.printed("<h1>Sample</h1>", "h1 { color: #666666 }", least_contrast=7.0)
    assert made.data.startswith(b"%PDF") and sheets.raised(made) == {"fit-contrast": Severity.WARNING}
