"""What a waiver sets aside: the check that it names, and no other."""

from __future__ import annotations

from plainleaf.checks.translation import ignoring
from plainleaf.checks.translation.registry import Found
from plainleaf.model import Severity

KNOWN = ("po-numbers", "po-length", "po-terms")
NUMBERS = Found("po-numbers", Severity.ERROR, "3 instead of 2", "write 2")


def test_a_waiver_sets_the_check_aside_that_it_names_and_no_other() -> None:
    waivers, wrong = ignoring.read([" plainleaf: ignore length because the cell has no more room"], KNOWN)
    assert not wrong
    kept, unused = ignoring.apply([NUMBERS], waivers)
    assert kept == NUMBERS and unused.message == "the waiver of po-length is not needed: nothing was found"


def test_an_unsigned_waiver_holds_for_any_text() -> None:
    (waiver,), _ = ignoring.read([" plainleaf: ignore numbers because the clinic counts otherwise"], KNOWN)
    assert (waiver.by, waiver.text) == ("", "")
    (kept,) = ignoring.apply([NUMBERS], (waiver,), "0f1e2d3c")
    assert kept.waived == "the clinic counts otherwise"


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    waivers, (wrong,) = ignoring.read([" plainleaf: ignore lenght because the cell has no more room"], KNOWN)
    assert "did you mean “length”?" in wrong.message and not [*ignoring.apply([], waivers)]
