"""Workers that die: the text is to blame if they die of it alone, the machine if they die of several."""

from __future__ import annotations

from plainleaf.artifacts.deaths import Deaths
from plainleaf.formats.base import Limits, Made, Prepared
from plainleaf.model import Location


def died(deaths: Deaths, name: str, code: int = -9) -> Made | None:
    return deaths.noted(name, Prepared(name, Location(f"sources/{name}.md")), code)


def said(made: Made | None) -> tuple[str, str]:
    assert made and not made.files
    (finding,) = made.findings
    return str(finding.at), f"{finding.message} ({finding.hint})"


def test_the_first_death_is_no_fault_of_the_text() -> None:
    deaths = Deaths(Limits(9, 4000))
    assert died(deaths, "a") is None and died(deaths, "b", -11) is None
    assert not deaths.of_the_machine


def test_the_second_one_of_the_same_text_is_said_with_what_kills_it_and_the_setting() -> None:
    deaths = Deaths(Limits(9, 4000))
    died(deaths, "a"), died(deaths, "b", -11), died(deaths, "c", 3)
    at, text = said(died(deaths, "a"))
    assert at == "sources/a.md" and "killed twice from outside (SIGKILL)" in text
    assert "smaller memory-limit than 4000 below [tool.plainleaf] in pyproject.toml" in text
    assert said(died(deaths, "b", -11))[1].startswith("b: crashed the renderer twice (SIGSEGV)")
    assert said(died(deaths, "c", 3))[1].startswith("c: crashed the renderer twice (exit code 3)")


def test_three_files_whose_workers_are_killed_from_outside_are_the_machine() -> None:
    deaths = Deaths(Limits(9, 4000))
    for name, code in (("a", -9), ("b", -15), ("a", -9), ("c", -11)):
        died(deaths, name, code)
        assert not deaths.of_the_machine and deaths.another(2), "what ends by itself does not count"
    died(deaths, "d", -1)
    assert deaths.of_the_machine and not deaths.hopeless
    assert deaths.another(1) and not deaths.another(2), "what is left is made one at a time"
    at, text = said(died(deaths, "d", -1))
    assert at == "pyproject.toml" and "no text is to blame" in text and "memory-limit" in text


def test_three_that_die_again_one_at_a_time_end_the_run_with_the_same_words() -> None:
    deaths = Deaths(Limits(9, 4000))
    for name in "abc":
        died(deaths, name)
    words = {said(died(deaths, name)) for name in "abc"}
    assert deaths.hopeless and words == {said(deaths.given_up())}


def test_a_text_that_brings_its_worker_down_is_to_blame_on_a_machine_in_trouble_too() -> None:
    deaths = Deaths(Limits(9, 4000))
    for name in "abc":
        died(deaths, name)
    died(deaths, "d", -11)
    assert said(died(deaths, "d", -11))[0] == "sources/d.md"
