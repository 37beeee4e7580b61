"""The gates: the shipped leaflet passes, a page in the style of the one it replaces does not, and waivers end."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plainleaf.checks.readability import judge as readability
from plainleaf.checks.readability import pemat, ratchet, wording
from plainleaf.checks.readability.judge import Options
from plainleaf.checks.readability.ratchet import Record
from plainleaf.checks.readability.waivers import Waiver
from plainleaf.files.toml import read_toml
from plainleaf.languages import facts
from plainleaf.model import Edition, Finding, Location, Severity
from plainleaf.readability import opinion, scores
from plainleaf.readability.scores import State
from plainleaf.readability.sentences import Role
from plainleaf.readability.wording import wording as lists
from plainleaf.sources import markdown as sources
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.conftest import ROOT, TESTS, TODAY, plainleaf
from tests.shipped import FIRST, editions

HEAD = """---
title: Test
summary: A short text for tests.
audience: All
written: 2026-11-01
review-by: 2028-11-01
country: US
{terms}references:
  a2020:
    text: A sample. 2020.
    url: https://doi.org/10.0000/sample
---

"""
PLAIN = "Take one pill a day. Drink some milk with it. Call us if you feel ill. We can help you.\n\n"


def edition(body: str, terms: str = "", language: str = "en") -> Edition:
    """A source text as an edition in its own language; the head takes 14 lines, one more for each line of terms."""
    head = HEAD.format(terms=f"terms:\n{terms}" if terms else "")
    if language != "en":
        head = head.replace("---\n", f"---\nlanguage: {language}\n", 1)
    leaflet, _ = sources.parse("sources/test.md", head + body)
    assert leaflet
    made, _ = messages.localize(leaflet, locales.locale(language.replace("-", "_")), "US", None, False)
    return made


def checked(body: str, terms: str = "", options: Options | None = None) -> tuple[Finding, ...]:
    return readability.check(edition(body, terms), options or Options(TODAY))


def ids(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.check for finding in findings}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Edition]:
    """The editions of a shipped leaflet by their locales."""
    return {locale: edition for (slug, locale), edition in editions().items() if slug == FIRST}


# --------------------------------------------------------------------------- whole leaflets


def test_the_shipped_leaflet_reaches_its_targets(shipped: dict[str, Edition]) -> None:
    for locale in ("en", "es"):
        reading = readability.measure(shipped[locale])
        states = {score.formula.id: score.state for score in reading.scores if score.goal}
        assert set(states.values()) == {State.PASS}, (locale, reading.record())
    findings = readability.check(shipped["en"], Options(TODAY))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_languages_without_formula_are_said_to_be_unscored(shipped: dict[str, Edition]) -> None:
    for locale in ("ar", "hi", "zh_Hans"):
        found = readability.check(shipped[locale], Options(TODAY))
        assert found[0].check == "readability-unscored" and found[0].severity is Severity.UNMEASURED
        assert not {"readability-score", "readability-short"} & ids(found)


def test_translations_name_their_po_line(shipped: dict[str, Edition]) -> None:
    found = [finding for finding in readability.check(shipped["es"], Options(TODAY)) if finding.check != "pemat"]
    assert found and all(
        finding.po and finding.po.file.startswith("locales/es/") and finding.po.line for finding in found
    )
    assert all(finding.at.file.startswith("sources/") and finding.at.line for finding in found)


def test_a_page_in_the_old_style_is_red(tmp_path: Path) -> None:
    text = (TESTS / "hard" / "leaflet.md").read_text(encoding="utf-8")
    leaflet, findings = sources.parse("sources/leaflet.md", text)
    assert leaflet, findings
    made, _ = messages.localize(leaflet, locales.locale("en"), "US", None, False)
    reading = readability.measure(made)
    assert 12 <= reading.record()["flesch-kincaid"] < 13 and reading.record()["smog"] > 14
    found = readability.check(made, Options(TODAY))
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    assert {"readability-score", "readability-sentence", "readability-section"} <= {finding.check for finding in errors}
    lines = text.splitlines()
    for finding in errors:
        if finding.check == "readability-sentence":
            start = finding.message.split("“")[1][:30]
            assert start in lines[finding.at.line - 1]
    assert {"readability-jargon", "readability-stigma", "readability-passive", "readability-term"} <= ids(found)
    assert {"readability-heading", "pemat-summary", "pemat-active"} <= ids(found)


def test_the_worst_sentences_come_first() -> None:
    long_one = "The big dog " + "and the cat " * 6 + "ran off.\n\n"
    hard_one = "The individual " + "and additional medication " * 6 + "administered.\n\n"
    found = [finding for finding in checked(PLAIN * 9 + long_one + hard_one) if finding.check == "readability-sentence"]
    assert ["individual" in finding.message for finding in found] == [True, False]


# --------------------------------------------------------------------------- one rule each


def words(count: int) -> str:
    return " ".join(["go"] * (count - 1) + ["home."])


@pytest.mark.parametrize(
    ("body", "check", "severity", "line"),
    [
        (words(16), "readability-sentence", Severity.WARNING, 14),
        (words(21), "readability-sentence", Severity.ERROR, 14),
        (f"Do this:\n\n- {words(13)}\n- Go.", "readability-point", Severity.WARNING, 16),
        (f"## {words(9)}\n\n{PLAIN}", "readability-heading", Severity.WARNING, 14),
        (f"## One\n\n{PLAIN}\n## Two\n\n{words(18)}", "readability-section", Severity.ERROR, 19),
        ("We administer the drug.", "readability-jargon", Severity.WARNING, 14),
        ("- An addict\n- Two", "readability-stigma", Severity.WARNING, 14),
        ("The pellets were removed by him.", "readability-passive", Severity.WARNING, 14),
        ("You may get thrombosis.", "readability-term", Severity.WARNING, 14),
        ("Take 5 mg per kilogram.", "pemat-sum", Severity.WARNING, 14),
    ],
)
def test_a_rule_fires_on_its_line(body: str, check: str, severity: Severity, line: int) -> None:
    found = [finding for finding in checked(body) if finding.check == check]
    assert [(finding.severity, finding.at.line) for finding in found] == [(severity, line)]


@pytest.mark.parametrize(
    ("body", "check"),
    [
        (words(15), "readability-sentence"),
        (f"Do this:\n\n- {words(12)}\n- Go.", "readability-point"),
        (f"## {words(8)}\n\n{PLAIN}", "readability-heading"),
        ("You give the drug. I feel tired.", "readability-passive"),
        ("It can cause thrombosis (a clot).", "readability-term"),
        ("You may get a clot (thrombosis).", "readability-term"),
        ("You may get thrombosis. This means a clot.", "readability-term"),
        ("Your family has information for the hospital in California.", "readability-term"),
        ("Take 50 micrograms. Then take 100 milliliters.", "readability-term"),
        ("The food is clean.", "readability-stigma"),
    ],
)
def test_a_rule_leaves_good_text_alone(body: str, check: str) -> None:
    assert check not in ids(checked(body))


def test_words_to_know_are_explained() -> None:
    body = "You may get thrombosis. Thromboses can hurt.\n\n## Words\n\n::: words\n:::"
    assert "readability-term" not in ids(checked(body, "  thrombosis:\n    means: A clot.\n"))


def test_tables_headings_and_references_are_never_scored() -> None:
    table = "| A very long head of a column | B |\n| --- | --- |\n| " + "word " * 40 + "| b |\n"
    reading = readability.measure(edition(f"## A heading\n\n{table}\n\nGo home now."))
    assert [sentence.text for sentence in reading.prose.scored] == ["A short text for tests.", "Go home now."]


def test_text_for_small_formats_is_held_to_the_rules_but_not_scored_with_the_leaflet() -> None:
    easy = f"\n::: easy\n{words(21)}\n\n- {words(13)}\n:::\n"
    bare, whole = readability.measure(edition(PLAIN)), readability.measure(edition(PLAIN + easy))
    assert whole.counts == bare.counts and len(whole.prose.aside) == 2
    found = [finding for finding in checked(PLAIN + easy) if finding.at.line >= 18]
    assert [(finding.check, finding.at.line) for finding in found] == [
        ("readability-sentence", 18), ("readability-point", 20),
    ]  # fmt: skip
    assert not any("gains" in finding.hint for finding in found)


def test_points_of_one_or_two_words_are_no_sentences() -> None:
    reading = readability.measure(edition("Call us for:\n\n- pain\n- dark urine\n- a lot of pain\n"))
    texts = [(sentence.text, sentence.role) for sentence in reading.prose.scored][1:]
    assert texts == [("Call us for:", Role.SENTENCE), ("a lot of pain", Role.POINT)]


def test_chinese_is_counted_in_characters() -> None:
    reading = readability.measure(edition("这不是治愈。请问您的医生。", language="zh-Hans"))
    assert reading.unit == "characters" and [sentence.length for sentence in reading.prose.scored][-2:] == [5, 6]
    assert not reading.scored


def test_few_sentences_get_no_grade() -> None:
    found = checked("The " + "comprehensive multidisciplinary rehabilitation " * 3 + "continues.")
    assert "readability-short" in ids(found) and "readability-score" not in ids(found)


def test_a_grade_within_the_noise_is_a_warning() -> None:
    some = "The doctor will tell you about the implant before you go home. " * 12
    found = [
        finding for finding in checked(some + "Ask about the operation there.") if finding.check == "readability-score"
    ]
    assert all(finding.severity is Severity.WARNING and "sentences" in finding.message for finding in found)


# --------------------------------------------------------------------------- record, waivers, settings


def test_a_leaflet_may_not_get_worse(tmp_path: Path) -> None:
    easy, hard = edition(PLAIN * 9), edition(PLAIN * 9 + "The individual consumes additional medication.")
    record = Record().with_readings((readability.measure(easy),))
    (tmp_path / "sources").mkdir()
    (tmp_path / ratchet.FILE).write_text(record.text(), encoding="utf-8")
    again, findings = ratchet.read(tmp_path)
    assert not findings and again.values == record.values and again.text() == record.text()
    assert "readability-ratchet" not in ids(readability.check(easy, Options(TODAY, again)))
    worse = [
        finding for finding in readability.check(hard, Options(TODAY, again)) if finding.check == "readability-ratchet"
    ]
    assert worse and worse[0].severity is Severity.ERROR and "was" in worse[0].message


def test_the_record_is_read_with_findings(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / ratchet.FILE).write_text('["a-leaflet".en]\nsmug = 3\nsmog = "x"\n', encoding="utf-8")
    record, findings = ratchet.read(tmp_path)
    assert any("did you mean “smog”" in finding.message for finding in findings) and len(findings) == 2
    gone = list(ratchet.strangers(record, frozenset()))
    assert gone[0].at == Location(ratchet.FILE, 1)


def waiver(**changes: object) -> Waiver:
    base = Waiver(
        "readability-sentence", "test", "en", "", "the law says so", date(2027, 1, 1), Location("pyproject.toml", 3)
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_waiver_lets_a_finding_pass_until_its_day() -> None:
    body = words(30) + " {#F1}"
    for where in ("", "F1", "#F1", "go go"):
        assert not {"readability-sentence", "readability-waiver"} & ids(
            checked(body, options=Options(TODAY, waivers=(waiver(where=where),)))
        )
    over = checked(body, options=Options(TODAY, waivers=(waiver(until=date(2026, 11, 1)),)))
    assert {"readability-sentence", "readability-waiver"} <= ids(over)
    unused = checked("Go home now.", options=Options(TODAY, waivers=(waiver(), waiver(locale="es"))))
    assert [finding.at.line for finding in unused if finding.check == "readability-waiver"] == [3]


@pytest.mark.parametrize(("day", "passes"), [(date(2026, 11, 30), False), (TODAY, True), (date(2026, 12, 2), True)])
def test_a_waiver_holds_on_its_last_day(day: date, passes: bool) -> None:
    found = ids(checked(words(30), options=Options(TODAY, waivers=(waiver(until=day),))))
    assert ("readability-sentence" not in found) is ("readability-waiver" not in found) is passes


@pytest.mark.parametrize(
    "other", [{"where": "#F2"}, {"check": "readability-point"}, {"leaflet": "other"}, {"locale": "es"}]
)
def test_a_waiver_for_something_else_lets_nothing_pass(other: dict[str, str]) -> None:
    body = words(30) + " {#F1}"
    assert "readability-sentence" in ids(checked(body, options=Options(TODAY, waivers=(waiver(**other),))))


@pytest.mark.parametrize(
    ("length", "severity"), [(10, None), (11, Severity.WARNING), (13, Severity.WARNING), (14, Severity.ERROR)]
)
def test_a_sentence_may_be_as_long_as_its_limit(length: int, severity: Severity | None) -> None:
    options = Options(TODAY, limits={"en": {"sentence-warn": 10, "sentence-fail": 13}})
    found = [each for each in checked(words(length), options=options) if each.check == "readability-sentence"]
    assert [each.severity for each in found] == ([severity] if severity else [])
    assert all(f"{length} words, at most {13 if length > 13 else 10}: " in each.message for each in found)


@pytest.mark.parametrize(("length", "long"), [(4, False), (5, True)])
def test_a_heading_may_be_as_long_as_its_limit(length: int, long: bool) -> None:
    body = f"## {' '.join(['Go'] * length)}\n\nGo home now."
    assert ("readability-heading" in ids(checked(body, options=Options(TODAY, limits={"en": {"heading": 4}})))) is long


@pytest.mark.parametrize(("length", "long"), [(6, False), (7, True)])
def test_a_section_may_be_as_hard_as_its_limit(length: int, long: bool) -> None:
    body = "## Go\n\n" + f"Go {words(length - 1)} " * 9
    options = Options(TODAY, limits={"en": {"section-mean": 6}})
    found = [each for each in checked(body, options=options) if each.check == "readability-section"]
    assert bool(found) is long and all("“Go” has 7.0 words a sentence, at most 6" in each.message for each in found)


@pytest.mark.parametrize(("slip", "worse"), [(-1.0, True), (-0.06, True), (-0.04, False), (0.0, False), (1.0, False)])
def test_a_score_may_not_get_worse_by_more_than_it_is_rounded(slip: float, worse: bool) -> None:
    """``slip``: how much lower (easier) the figures are that were recorded; those that rise with ease are higher."""
    made = edition(PLAIN * 9)
    reading = readability.measure(made)
    rises = {score.formula.id for score in reading.scores if score.formula.rises}
    kept = {name: now - slip if name in rises else now + slip for name, now in reading.record().items()}
    record = Record({(reading.slug, reading.locale): kept})
    found = [each for each in readability.check(made, Options(TODAY, record)) if each.check == "readability-ratchet"]
    assert len(found) == (len(kept) if worse else 0)


def test_an_edition_without_a_record_is_told_only_where_others_have_one() -> None:
    made = edition(PLAIN * 9)
    assert "readability-unrecorded" not in ids(readability.check(made, Options(TODAY)))
    record = Record({("other", "en"): {"smog": 5.0}})
    assert "readability-unrecorded" in ids(readability.check(made, Options(TODAY, record)))


def test_settings_are_read_with_findings(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[readability]\nsecond-opinion = true\nlimitz = 3\n[readability.limits.en]\nsentence-warn = 10\n"
        '[[readability.waivers]]\ncheck = "readability-score"\nleaflet = "test"\nlocale = "en"\nreason = "trial"\n'
        "until = 2027-01-31\n"
        '[[readability.waivers]]\ncheck = "readability-score"\nleaflet = "test"\nlocale = "en"\nreason = " "\n',
        encoding="utf-8",
    )
    table = read_toml(tmp_path / "pyproject.toml", tmp_path).table("readability")
    options = readability.read_options(table, TODAY)
    assert options.second_opinion and options.limits == {"en": {"sentence-warn": 10}}
    assert [(each.reason, each.until, each.at.line) for each in options.waivers] == [("trial", date(2027, 1, 31), 7)]
    assert len(table.findings) == 3  # an unknown key, a waiver without a day and without a reason
    assert "readability-sentence" in ids(checked(words(11), options=options))


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("https://example.org/leaflets/{file}#L{line}", ""), ("http://example.org/?f={file}&l={line}", ""), ("", ""),
        ("example.org/{file}#L{line}", "is not a web address"),
        ("https://example.org/a b/{file}#L{line}", "is not a web address"),
        ("https://example.org/{file}/{file}#L{line}", "is not a web address"), ("https://", "is not a web address"),
        ("https://example.org/{file}", "{file} and {line} are missing"),
        ("https://example.org/{line}", "{file} and {line} are missing"),
    ],
)  # fmt: skip
def test_the_address_of_the_sources_names_file_and_line(tmp_path: Path, link: str, fault: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[readability]\nsource-link = "{link}"\n', encoding="utf-8")
    table = read_toml(tmp_path / "pyproject.toml", tmp_path).table("readability")
    assert readability.read_options(table, TODAY).source_link == ("" if fault else link)
    assert [fault in finding.message and finding.at.line for finding in table.findings] == ([2] if fault else [])


def test_a_limit_of_a_language_that_nobody_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[readability.limits.qq]\nheading = 4\n", encoding="utf-8")
    table = read_toml(tmp_path / "pyproject.toml", tmp_path).table("readability")
    readability.read_options(table, TODAY)
    assert ["not a known language" in finding.message for finding in table.findings] == [True]


def test_what_is_said_of_a_whole_text_is_said_at_its_beginning() -> None:
    short = checked(f"Go home.\n\n## One\n\n{words(5)}\n\n## Two\n\n{words(5)}")
    (finding,) = [each for each in short if each.check == "readability-short"]
    first = readability.measure(edition("Go home.\n\n## One\n\nGo.")).prose.sections[0]
    assert finding.at == first.at and finding.severity is Severity.UNMEASURED
    assert finding.hint == f"from {scores.NO_GRADE} on there is one"


def test_syllables_that_are_counted_need_no_warning() -> None:
    assert "readability-method" not in ids(checked(PLAIN * 9))


# --------------------------------------------------------------------------- second opinion, word lists, checklist


def test_the_second_opinion_agrees_offline(monkeypatch: pytest.MonkeyPatch, shipped: dict[str, Edition]) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("no internet in a check")

    monkeypatch.setattr(socket, "create_connection", refuse)
    for locale in ("en", "es"):
        second = opinion.second(readability.measure(shipped[locale]))
        assert second and second.grades <= readability.MOST_APART, second
    assert opinion.second(readability.measure(shipped["ar"])) is None


def test_after_a_second_opinion_nothing_can_be_downloaded_for_textstat(shipped: dict[str, Edition]) -> None:
    import nltk

    assert opinion.second(readability.measure(shipped["en"]))
    with pytest.raises(RuntimeError, match="downloads no data"):
        nltk.download("cmudict", quiet=True)
    with pytest.raises(RuntimeError, match="downloads no data"):
        nltk.data.load("https://data.example/cmudict.pickle", format="raw")


def test_a_far_second_opinion_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "_theirs", lambda metric, reading: 9.0)
    found = checked(PLAIN * 9, options=Options(TODAY, second_opinion=True))
    assert "readability-opinion" in ids(found)
    assert "readability-opinion" not in ids(checked(PLAIN * 9))
    assert "readability-opinion" not in ids(checked(PLAIN, options=Options(TODAY, second_opinion=True))), "too short"


def test_nothing_heavy_is_imported_unasked(plain_python: Callable[[str], str]) -> None:
    heavy = "[name for name in ('nltk', 'textstat', 'pyphen') if name in sys.modules]"
    code = f"import sys, plainleaf.checks.readability.gate; print({heavy})"
    assert plain_python(code) == "[]"


@pytest.fixture
def plain_python() -> Iterator[Callable[[str], str]]:
    """Runs code in a fresh interpreter and gives what it prints."""
    import subprocess
    import sys

    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    yield run


@pytest.mark.parametrize("language", ["en", "es"])
def test_word_lists_are_sound(language: str) -> None:
    found = lists(facts.named(language))
    for phrases in (found.jargon, found.stigma):
        assert len(phrases.instead) >= 20 and all(better.strip() for better in phrases.instead.values())
        for phrase, better in phrases.instead.items():
            assert [hit.lower() for hit, _ in phrases.find(f"x {phrase} y")] == [phrase]
            for other in phrases.instead:
                assert other == phrase or other not in better.lower().split(", "), (phrase, other)
    assert found.long_from and found.passive
    assert lists(facts.named("so")).passive is None and not list(wording.terms(scores.reading(_nothing("so"))))


def _nothing(language: str) -> scores.Prose:
    return scores.Prose(facts.named(language), (), (), (), ())


def test_the_checklist_names_what_no_program_can_judge() -> None:
    assert len(pemat.CHECKLIST) >= 10 and all(items.startswith(("PEMAT", "CDC")) for items, _ in pemat.CHECKLIST)


def test_a_record_asks_textstat_too_and_the_page_shows_what_it_said(content: Path) -> None:
    assert plainleaf("check", "--record", root=content).returncode == 0
    recorded = tomllib.loads((content / "sources/readability.toml").read_text(encoding="utf-8"))["inhaler"]
    assert abs(recorded["en"]["textstat"] - recorded["en"]["flesch-kincaid"]) < 2
    plainleaf("check", "--page", root=content)
    page = (content / "build/staff/readability/inhaler/en.html").read_text(encoding="utf-8")
    assert f"textstat gives {recorded['en']['textstat']:.1f} for Flesch-Kincaid grade" in page
