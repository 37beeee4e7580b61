"""What the tests of reports share: a run with a finding of each severity, and reports read back by their schemas."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from hypothesis import strategies as st
from lxml import etree

from plainleaf.model import Finding, Location, Severity, Waived
from plainleaf.reports import github, junit, sarif
from plainleaf.reports.run import Run
from tests.conftest import TESTS

SCHEMAS = TESTS / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))

SOURCE, PO = Location("sources/inhaler.md", 14), Location("locales/es/LC_MESSAGES/inhaler.po", 32)
DOSE = Finding("po-numbers", Severity.ERROR, "“50 mg” has become “500 mg”", SOURCE, "write 50 mg", PO)
LONG = Finding("readability-sentence", Severity.WARNING, "19 words, at most 15", Location("sources/inhaler.md", 20))
SCORE = Finding("readability-unscored", Severity.UNMEASURED, "es: not scored", Location("sources/inhaler.md"), "ask")
SETTINGS = Location("pyproject.toml", 12)
NOT = "a “not” seems to be missing"
SET_ASIDE = Waived("po-negation", Severity.WARNING, NOT, "read it again", "it is said so here", "A. Sample, nurse")
LET_PASS = Waived(LONG.check, LONG.severity, LONG.message, "cut it", "the law says so", at=SETTINGS)
WAIVED = (
    Finding("po-waived", Severity.UNMEASURED, f"set aside by A. Sample, nurse: {NOT}", SOURCE, "", PO, SET_ASIDE),
    Finding("readability-waived", Severity.NOTE, "let pass until 2027-06-30: 19 words", LONG.at, waived=LET_PASS),
)
RUN = Run((SCORE, DOSE, LONG, *WAIVED), (SOURCE.file, PO.file, "sources/other.md"))


def valid_sarif(*found: Finding) -> dict[str, Any]:
    """The one run of a SARIF log, which is valid."""
    log = json.loads(sarif.report(Run(found)))
    SARIF.validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def valid_junit(run: Run) -> Any:
    """The root of a JUnit report, which is valid."""
    root = etree.fromstring(junit.report(run).encode())
    JUNIT.assertValid(root)
    return root


def annotations(*found: Finding) -> list[str]:
    return github.report(Run(found)).split("\n")[:-1]


# Whatever a finding may hold.
SHARP = "%\r\n\t\0\x1b\x85\u2028\ufffe\ud800:,[]{}0<>&\"'"
WILD = st.text(st.one_of(st.characters(codec=None), st.sampled_from(SHARP)), max_size=30)
FILES = st.one_of(WILD, st.sampled_from(["", "/etc/x.po", "a b/ü.md", "c:/x"]))
PLACES = st.builds(Location, FILES, st.integers(0, 9**9))
IDS = st.one_of(st.sampled_from(["po-numbers", "source-rule", "settings"]), WILD)
MAYBE = st.one_of(st.none(), PLACES)
WAIVERS = st.builds(Waived, IDS, st.sampled_from(Severity), WILD, WILD, WILD, WILD, MAYBE)
FINDINGS = st.builds(Finding, IDS, st.sampled_from(Severity), WILD, PLACES, WILD, MAYBE, st.one_of(st.none(), WAIVERS))
RUNS = st.builds(Run, st.lists(FINDINGS, max_size=6).map(tuple), st.lists(WILD, max_size=2).map(tuple), st.booleans())
