"""What ``publish.py check`` tells people about how a text reads, and what its users may set."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from plainleaf import pipeline, project
from plainleaf.checks.readability import gate
from plainleaf.checks.readability.verdicts import Checked, Figure, LongSentence, Outcome, Verdict
from plainleaf.cli import main as cli
from plainleaf.files import places
from plainleaf.files.toml import read_toml
from plainleaf.languages import facts
from plainleaf.model import Finding, Location, Severity
from plainleaf.readability import rules, scores
from plainleaf.readability.scores import State
from plainleaf.reports import check as check_report
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import ROOT, TESTS, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
HARD = TESTS / "hard" / "leaflet.md"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINLEAF_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def hard(content: Path) -> Path:
    """The content folder with a leaflet in the style of grade 12 beside the plain one."""
    shutil.copy(HARD, content / "sources/leaflet.md")
    return content


def settings(content: Path, text: str) -> None:
    (content / "pyproject.toml").write_text(text, encoding="utf-8")


def long_sentence(content: Path) -> None:
    """One sentence of 22 words in the plain leaflet, in line 25."""
    path = content / "sources/inhaler.md"
    text = path.read_text(encoding="utf-8")
    new = "Shake it first and then breathe out and then put it in your mouth and then press it and then breathe in."
    path.write_text(text.replace("Shake it first. Then breathe out.", new), encoding="utf-8")


WAIVER = """
[[tool.plainleaf.readability.waivers]]
check = "{check}"
leaflet = "{leaflet}"
locale = "{locale}"
reason = "the words of the law"
until = {until}
"""


def waived(check: str = "readability-sentence", leaflet: str = "inhaler", locale: str = "en",
           until: str = "2027-06-30") -> str:  # fmt: skip
    return WAIVER.format(check=check, leaflet=leaflet, locale=locale, until=until)


# --------------------------------------------------------------------------- through the command


def test_a_text_of_grade_12_is_red_and_its_lines_are_named(hard: Path) -> None:
    done = plainleaf("check", "leaflet", "--locale", "en", root=hard)
    assert done.returncode == 1
    assert "How leaflet reads: not at its target in en" in done.stdout
    lines = HARD.read_text(encoding="utf-8").splitlines()
    told = re.findall(r"sources/leaflet\.md:(\d+): error: en: .*\[readability-sentence\]\n    “(.*?)”", done.stdout)
    assert len(told) == 10
    for number, sentence in told:
        assert sentence.replace("*", "") in lines[int(number) - 1].replace("**", "")
    for check in ("score", "section"):
        assert re.search(rf"sources/leaflet\.md:\d+: error: .*\[readability-{check}\]", done.stdout)
    assert re.search(r"\nand \d+ more: plainleaf check --all\n", done.stdout)


def test_all_lists_every_sentence(hard: Path) -> None:
    done = plainleaf("check", "leaflet", "--locale", "en", "--all", root=hard)
    short = plainleaf("check", "leaflet", "--locale", "en", root=hard)
    assert " more" not in done.stdout.partition("To fix")[2].partition("[readability-score]")[0]
    assert done.stdout.count("[readability-sentence]") > short.stdout.count("[readability-sentence]") == 10
    assert done.stdout.splitlines()[-1] == short.stdout.splitlines()[-1]  # the same tally


def test_the_shipped_leaflets_are_at_their_targets_and_the_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PACKAGE", ROOT / "plainleaf")
    content = shipped.content()
    some = pipeline.Choice(locales=("en", "es", "ar"))  # those with a formula, and one without
    with shipped.unchecked():
        made = [made for made, _ in pipeline.editions(content, some, TODAY)]
    checked = gate.check(content, made, TODAY)
    told = check_report.scores(checked.verdicts)
    for verdict in checked.verdicts:
        has_formula = bool(scores.goals(facts.named(verdict.locale)))
        assert verdict.outcome is (Outcome.PASS if has_formula else Outcome.UNSCORED), (verdict.slug, verdict.locale)
    for slug in content.leaflets:
        assert re.search(rf"How {slug} reads: at its target wherever there is a score \(en, es\)", told)
    assert told.index("not scored") < told.index("as recorded")


def test_programs_are_told_everything(hard: Path) -> None:
    import json

    done = plainleaf("check", "leaflet", "--locale", "en", "--format", "json", root=hard)
    found = [each for each in json.loads(done.stdout)["findings"] if each["check"] == "readability-sentence"]
    assert len(found) > check_report.MOST and done.returncode == 1


def test_quiet_tells_only_what_is_to_mend(content: Path) -> None:
    assert "How inhaler reads" in plainleaf("check", root=content).stdout
    long_sentence(content)
    told = plainleaf("--quiet", "check", "--locale", "en", root=content).stdout
    assert "How inhaler reads" not in told and "sources/inhaler.md:25: error: en: 22 words" in told


def test_a_terminal_gets_its_long_words_underlined_unless_it_refuses(hard: Path) -> None:
    def told(**more: str) -> bytes:
        ours, theirs = pty.openpty()
        read: list[bytes] = []

        def listen() -> None:
            with suppress(OSError):  # the other end is closed
                while part := os.read(ours, 65536):
                    read.append(part)

        listener = threading.Thread(target=listen)
        listener.start()
        environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")} | more
        with (
            patch.dict(os.environ, environment, clear=True),
            os.fdopen(theirs, "w", encoding="utf-8") as terminal,
            redirect_stdout(terminal),
        ):
            assert cli.main(["--root", str(hard), "check", "leaflet", "--locale", "en"]) == 1
        listener.join()
        os.close(ours)
        return b"".join(read)

    assert b"\x1b[1;4mmedication\x1b[0m" in told(TERM="xterm")
    for plain in (told(TERM="xterm", NO_COLOR="1"), told(TERM="dumb")):
        assert b"\x1b" not in plain and b"*medication*" in plain


def test_textstat_is_imported_for_a_second_opinion_only(hard: Path) -> None:
    code = (
        "import sys, plainleaf.cli.main as c\n"
        "for asked in ([], ['--second-opinion']):\n"
        "    c.main(['check', 'leaflet', '--locale', 'en', *asked])\n"
        "    print([name in sys.modules for name in ('textstat', 'nltk')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=hard, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    without, second = done.stdout.split("[False, False]\n")
    assert second.endswith("[True, True]\n")
    assert "textstat says" in second and "How leaflet reads" in without and "textstat says" not in without


# --------------------------------------------------------------------------- the lines of the report


def long(line: int, severity: Severity, excess: float, grades: float = 0.0) -> LongSentence:
    name, what = "readability-sentence", "20 words, at most 15: “A long one”"
    finding = Finding(name, severity, what, Location("sources/a.md", line), "cut it in two")
    return LongSentence(
        finding, "en", f"Long sentence {line}.", ("sentence",), grades, grades, "Flesch-Kincaid grade", excess
    )


def test_the_worst_come_first_over_all_languages() -> None:
    too_long = [long(1, Severity.WARNING, 1.4, 0.5), long(2, Severity.ERROR, 1.05), long(3, Severity.WARNING, 1.4, 0.6),
             long(4, Severity.WARNING, 1.5)]  # fmt: skip
    assert [each.finding.at.line for each in sorted(too_long, key=gate._badness)] == [2, 4, 3, 1]


def test_errors_stand_above_the_prompt_and_other_findings_fill_the_ten() -> None:
    passives = [
        Finding("readability-passive", Severity.WARNING, f"“is {number}” is passive", Location("sources/a.md", number))
        for number in range(1, 13)
    ]
    error = Finding("clinic-detail", Severity.ERROR, "the clinic has no phone", Location("sources/a.md", 3))
    only = long(9, Severity.WARNING, 1.4)
    told = check_report.text(Checked((error, *passives, only.finding), (), (only,)))
    assert told.index("Long *sentence* 9.") < told.index("“is 1”") < told.index("and 3 more") < told.index("no phone")
    assert told.count("is passive") == 9
    assert check_report.text(Checked((error, *passives), (), ()), everything=True).count("is passive") == 12


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("SMOG grade", 8.3, 9, False, was=8.3), "SMOG grade 8.3 (target at most 9), as recorded"),
        (Figure("SMOG grade", 8.3, 9, False, was=8.0), "harder than recorded (8.0)"),
        (Figure("INFLESZ", 72.3, 70, True, was=71.0), "(target at least 70), easier than recorded (71.0)"),
        (Figure("Flesch-Kincaid grade", 5, 6, False, noise=1.2), "5.0 ±1.2 by chance (target at most 6), not recorded"),
        (Figure("words a sentence", 8.2, None, False, was=8.2), "8.2 words a sentence, as recorded"),
    ],
)
def test_a_score_is_told_with_its_target_its_noise_and_its_trend(figure: Figure, line: str) -> None:
    assert line in check_report.scores([Verdict("a", "en", Outcome.PASS, (figure,), 40)])


def test_what_is_not_measured_stands_above_what_passes_and_is_no_pass() -> None:
    figure = Figure("SMOG grade", 8.3, 9, False)
    told = check_report.scores(
        [Verdict("a", "en", Outcome.FAIL, (figure,)), Verdict("a", "es", Outcome.PASS, (figure,)),
         Verdict("a", "so", Outcome.UNSCORED), Verdict("a", "de", Outcome.SHORT, (), 4),
         Verdict("a", "fr", Outcome.UNJUDGED)]
    )  # fmt: skip
    assert re.findall(r"^  (\w+):", told, re.MULTILINE) == ["fr", "so", "de", "es", "en"]
    assert "How a reads: not at its target in en" in told
    assert "How b reads: no score" in check_report.scores([Verdict("b", "so", Outcome.UNSCORED)])


def test_errors_among_the_rest_are_counted() -> None:
    too_long = tuple(long(line, Severity.ERROR, 1.1) for line in range(1, 13))
    told = check_report.text(Checked(tuple(each.finding for each in too_long), (), too_long))
    assert told.endswith("and 2 more, 2 of them errors: plainleaf check --all")


def test_long_words_are_marked_where_they_stand_alone() -> None:
    marked = check_report.marked("The art of artists: art.", ("art",), check_report.starred)
    assert marked == "The *art* of artists: *art*."


# --------------------------------------------------------------------------- the rules of a language


def toml(folder: Path, text: str, language: str = "es") -> tuple[dict[str, float], list[str]]:
    (folder / "x.toml").write_text(text, encoding="utf-8")
    table = read_toml(folder / "x.toml", folder)
    found = dict(rules.read(table.table("readability"), facts.named(language)))
    return found, [finding.message for finding in table.findings]


def test_a_language_has_its_own_rules(tmp_path: Path) -> None:
    text = "[readability]\nsentence-warn = 14\ntarget.szigriszt = 75\n"
    assert toml(tmp_path, text) == ({"sentence-warn": 14, "target.szigriszt": 75}, [])


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("sentence-warm = 14", "es", "did you mean “sentence-warn”"),
        ("sentence-warn = 14.5", "es", "is not a whole number"),
        ("sentence-warn = 25", "es", "before it is a warning"),
        ("target.smog = 8", "es", "unknown key"),
        ("target.lix = 30", "so", "no validated formula"),
    ],
)
def test_wrong_rules_are_findings(tmp_path: Path, text: str, language: str, said: str) -> None:
    _, found = toml(tmp_path, f"[readability]\n{text}\n", language)
    assert len(found) == 1 and said in found[0]


def test_the_locale_overrides_what_is_shipped_and_the_project_overrides_the_locale(content: Path) -> None:
    (content / "locales/es/locale.toml").write_text("[readability]\nsentence-warn = 5\nheading = 3\n", encoding="utf-8")
    locale, findings = locales.load("es", content / "locales/es", content)
    assert not findings and locale.readability == {"sentence-warn": 5, "heading": 3}
    at_most = r"locales/es/.*\n    “.*”|: \d+ words, at most (\d+) \[readability-sentence\]"
    told = plainleaf("check", "--locale", "es", root=content).stdout
    assert set(re.findall(at_most, told)) - {""} == {"5"}
    settings(content, "[tool.plainleaf.readability.limits.es]\nsentence-warn = 6\n")
    told = plainleaf("check", "--locale", "es", root=content).stdout
    assert set(re.findall(at_most, told)) - {""} == {"6"}
    assert "at most 3: “" in told  # what the project does not say is still the locale's


def test_a_target_set_anew_keeps_its_error_unless_it_allows_more(content: Path) -> None:
    spanish = pipeline.Choice(locales=("es",))
    made = next(made for made, _ in pipeline.editions(project.load(content), spanish, TODAY))
    before = scores.measure(made)
    value = before.scores[0].value

    def state(target: float) -> State:
        return scores.ruled(before, {"target.szigriszt": target}).scores[0].state

    assert before.scores[0].goal == scores.Goal("szigriszt", 70, 65)
    assert (state(value - 1), state(value + 1)) == (State.PASS, State.WARN)
    easier = scores.ruled(before, {"target.szigriszt": 60}).scores[0].goal
    assert easier == scores.Goal("szigriszt", 60, 60)


def test_settings_for_a_language_that_nobody_knows_are_an_error(content: Path) -> None:
    settings(content, "[tool.plainleaf.readability.limits.english]\nsentence-warn = 6\n")
    done = plainleaf("check", root=content)
    assert done.returncode == 2 and "pyproject.toml:1: error:" in done.stdout and "not a known language" in done.stdout


# --------------------------------------------------------------------------- record and waivers


def test_scores_of_what_is_gone_are_a_warning_and_record_drops_them(content: Path) -> None:
    assert plainleaf("check", "--record", root=content).returncode == 0
    record = content / "sources/readability.toml"
    kept = record.read_text(encoding="utf-8")
    record.write_text(kept + '\n["old-leaflet".en]\nsmog = 8.0\n\n["inhaler".fr]\nkandel-moles = 80.0\n', "utf-8")
    told = plainleaf("check", root=content).stdout
    assert "there is no edition of old-leaflet in en" in told and "there is no edition of inhaler in fr" in told
    assert "there is no edition" not in plainleaf("check", "inhaler", "--locale", "en", root=content).stdout
    assert plainleaf("check", "--record", root=content).returncode == 0
    assert record.read_text(encoding="utf-8") == kept


def test_recording_some_keeps_the_scores_of_the_others_also_of_a_broken_leaflet(content: Path, replaced: Edit) -> None:
    (content / "sources/readability.toml").write_text(
        '["broken".en]\nsmog = 8.0\n\n["inhaler".es]\nsentence-mean = 1.0\n', "utf-8"
    )
    (content / "sources/broken.md").write_text("no head\n", encoding="utf-8")
    plainleaf("check", "inhaler", "--locale", "en", "--record", root=content)
    told = (content / "sources/readability.toml").read_text(encoding="utf-8")
    assert '["broken".en]\nsmog = 8.0' in told and "sentence-mean = 1.0" in told and '["inhaler".en]' in told
    assert "there is no edition of broken" not in plainleaf("check", root=content).stdout


def test_a_waiver_lets_a_finding_pass_and_the_run_counts_it(content: Path) -> None:
    long_sentence(content)
    assert plainleaf("check", "--locale", "en", root=content).returncode == 1
    settings(content, waived())
    done = plainleaf("check", "--locale", "en", root=content)
    assert done.returncode == 0 and "; 1 finding allowed by a waiver" in done.stdout


def test_each_waiver_is_named_by_its_own_line(content: Path) -> None:
    settings(content, waived("readability-heading") + waived("readability-heading", until="4"))
    told = plainleaf("check", "--locale", "en", root=content).stdout
    assert "pyproject.toml:3: warning:" in told and "pyproject.toml:14: error:" in told


@pytest.mark.parametrize(
    ("text", "severity", "said", "code"),
    [
        (waived(until="2026-11-01"), "error", "ended on 2026-11-01", 1),
        (waived(until="2027-06-30T12:00:00"), "error", "a waiver needs its last day", 2),
        (waived(until='"2027-06-30"'), "error", "a waiver needs its last day", 2),
        (waived("readability-heading"), "warning", "is not used", 1),
        (waived("readability-sentense"), "error", "did you mean “readability-sentence”?", 2),
        (waived("readability-unscored"), "error", "that can be waived", 2),
        (waived().replace("the words of the law", " "), "error", "this is empty", 2),
    ],
)
def test_a_waiver_that_is_over_unused_or_wrong_is_a_finding(
    content: Path, text: str, severity: str, said: str, code: int
) -> None:
    long_sentence(content)
    settings(content, text)
    done = plainleaf("check", "--locale", "en", root=content)
    assert done.returncode == code and "Traceback" not in done.stderr
    assert re.search(rf"^pyproject\.toml:\d+: {severity}: .*{re.escape(said)}", done.stdout, re.MULTILINE), done.stdout


def test_a_waiver_for_what_is_not_there_is_a_warning_when_all_is_checked(content: Path) -> None:
    settings(content, waived(leaflet="inhalor") + waived(locale="ess"))
    told = plainleaf("check", root=content).stdout
    assert "did you mean “inhaler”?" in told and "did you mean “es”?" in told
    assert "did you mean" not in plainleaf("check", "--locale", "en", root=content).stdout


def test_no_waiver_makes_a_pass_of_what_nobody_measured() -> None:
    from plainleaf.checks.readability.waivers import Waiver, apply

    unmeasured = Finding("readability-score", Severity.UNMEASURED, "not scored", Location("sources/a.md", 2))
    waiver = Waiver("readability-score", "a", "so", "", "it is fine", date(2027, 1, 1), Location("pyproject.toml", 3))
    assert unmeasured in apply([unmeasured], [""], [waiver], "a", "so", TODAY)
