"""``check --format sarif``, for code scanning."""

from __future__ import annotations

from dataclasses import replace

from plainleaf.model import Finding, Location, Severity
from plainleaf.reports.run import Run
from tests.reports.examples import DOSE, LONG, NOT, PO, SCORE, SOURCE, WAIVED, valid_junit, valid_sarif


def test_sarif_has_one_rule_for_each_check_with_what_the_registry_knows_of_it() -> None:
    other = replace(DOSE, message="“2” is missing", at=Location(SOURCE.file, 15))
    run = valid_sarif(DOSE, other, LONG)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["po-numbers", "readability-sentence"]
    assert rules[0]["shortDescription"]["text"] == "Translation: numbers"
    assert "wrong figure" in rules[0]["fullDescription"]["text"]
    assert all("helpUri" not in rule for rule in rules)
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]


def test_what_is_found_on_the_printed_page_carries_its_reason_and_its_clause() -> None:
    row = Finding("fit-row", Severity.ERROR, "a row of a table is torn over pages 1 and 2", SOURCE, "keep it whole")
    (rule,) = valid_sarif(row)["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Printed page: row"
    assert "a medicine from its dose" in rule["fullDescription"]["text"] and "UKAAF G003" in rule["help"]["text"]
    (failure,) = valid_junit(Run((row,))).iter("failure")
    assert "Why: " in failure.text and "a medicine from its dose" in failure.text


def test_sarif_names_the_translation_that_is_to_be_fixed_and_relates_its_source() -> None:
    """So that a viewer shows it where the change is."""
    (result,) = valid_sarif(DOSE)["results"]
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": PO.file, "uriBaseId": "%SRCROOT%"}
    assert where["region"] == {"startLine": PO.line}
    related = result["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "sources/inhaler.md"
    assert f"[{SOURCE}]({related['id']})" in result["message"]["text"]
    assert "How to fix: write 50 mg" in result["message"]["text"]


def test_sarif_gives_a_finding_on_a_whole_file_no_region() -> None:
    (result,) = valid_sarif(SCORE)["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_sarif_calls_what_was_not_measured_open_and_gives_it_no_level() -> None:
    results = valid_sarif(SCORE, DOSE, LONG)["results"]
    told = {result["ruleId"]: (result["kind"], result["level"]) for result in results}
    assert told == {
        "readability-unscored": ("open", "none"), "po-numbers": ("fail", "error"),
        "readability-sentence": ("fail", "warning"),
    }  # fmt: skip


def test_a_fingerprint_stays_when_lines_move_and_tells_twins_apart() -> None:
    def marks(*found: Finding) -> list[str]:
        return [result["partialFingerprints"]["plainleaf/v1"] for result in valid_sarif(*found)["results"]]

    def at(line: int) -> Finding:
        what = f"the name is that of line {line + 3} too"
        return replace(DOSE, message=what, at=Location(SOURCE.file, line), po=Location(PO.file, 2 * line))

    assert marks(at(14)) == marks(at(99))
    assert marks(at(14), at(20)) == marks(at(15), at(80))
    assert len({*marks(at(14), at(20)), *marks(DOSE), *marks(replace(DOSE, check="po-units"))}) == 4


def test_sarif_takes_no_brace_for_an_argument() -> None:
    (result,) = valid_sarif(replace(LONG, message="keep {clinic_phone} and {0}"))["results"]
    assert result["message"]["text"] == "keep {clinic_phone} and {{0}}"


def test_sarif_has_what_was_waived_as_a_result_of_its_check_with_its_suppression() -> None:
    results = {result["ruleId"]: result for result in valid_sarif(DOSE, *WAIVED)["results"]}
    assert results.keys() == {"po-numbers", "po-negation", LONG.check}
    assert results["po-numbers"]["suppressions"] == []
    assert results["po-negation"]["level"] == "warning" and NOT in results["po-negation"]["message"]["text"]
    assert results["po-negation"]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "A. Sample, nurse: it is said so here"}
    ]
    (suppression,) = results[LONG.check]["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("external", "the law says so")
    where = suppression["location"]["physicalLocation"]
    assert (where["artifactLocation"]["uri"], where["region"]) == ("pyproject.toml", {"startLine": 12})


def test_a_finding_has_the_same_fingerprint_before_it_is_waived() -> None:
    before = replace(WAIVED[0].unwaived, waived=None)
    assert before.check == "po-negation"
    same = [valid_sarif(each)["results"][0]["partialFingerprints"] for each in (before, WAIVED[0])]
    assert same[0] == same[1]
