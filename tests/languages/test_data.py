"""The data of each language, file by file, and how a locale's own ``checks.toml`` is laid over it, key by key.

A new file in ``data/`` is tried by all of this without a line here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pyphen
import pytest

from plainleaf.languages import facts, naming, schema
from plainleaf.model import Locale
from plainleaf.readability import scores, splitting, syllables
from plainleaf.readability.formulas import FORMULAS
from plainleaf.readability.spelling import RULES
from plainleaf.readability.syllables import Method
from plainleaf.readability.wording import wording
from plainleaf.typesetting import locales, pseudo
from tests.conftest import ROOT

LANGUAGES = sorted(facts.SHIPPED.glob("*.toml"))
SCRIPTS = sorted((facts.SHIPPED / "scripts").glob("*.toml"))
each_language = pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.stem)


def own(name: str, text: str, folder: Path) -> tuple[Locale, list[tuple[int, str]]]:
    """A locale with this checks.toml of its own; line and message of what is wrong in it."""
    where = folder / "locales" / name
    where.mkdir(parents=True, exist_ok=True)
    (where / "checks.toml").write_text(text, encoding="utf-8")
    locale, found = locales.load(name, where, folder)
    assert {finding.at.file for finding in found} <= {f"locales/{name}/checks.toml"}
    assert all(finding.hint for finding in found)
    return locale, [(finding.at.line, finding.message) for finding in found]


# --------------------------------------------------------------------------- what is shipped


@pytest.mark.parametrize("path", [*LANGUAGES, *SCRIPTS], ids=lambda path: path.stem)
def test_a_file_says_nothing_but_what_is_read(path: Path) -> None:
    assert facts.read(path, facts.SHIPPED).findings == ()


@each_language
def test_a_language_is_one_that_cldr_knows(path: Path) -> None:
    assert naming.known(path.stem)


@each_language
def test_a_language_is_scored_by_formulas_with_sources_and_has_errors_only_beyond_targets(path: Path) -> None:
    data = facts.named(path.stem)
    goals = scores.goals(data)
    assert {name.removeprefix("fail.") for name in data.values if name[:5] == "fail."} <= {g.formula for g in goals}
    for goal in goals:
        formula = FORMULAS[goal.formula]
        assert formula.source and not (goal.fail is not None and scores.worse(formula, goal.target, goal.fail))
    assert not {goal.formula for goal in goals} & {*data.list("readability", "beside")}


@each_language
def test_the_limits_of_a_language_warn_before_they_fail(path: Path) -> None:
    limits = scores.limits(facts.named(path.stem))
    assert 0 < limits.heading < limits.sentence_warn < limits.sentence_fail and limits.point_warn < limits.sentence_fail
    assert limits.section_mean <= limits.sentence_warn


@each_language
def test_the_syllables_of_a_language_can_be_counted_as_its_data_says(path: Path) -> None:
    data = facts.named(path.stem)
    how = syllables.method(data)
    assert (how is Method.NONE) is ("syllables.method" not in data.values)
    if how is Method.HYPHENS:
        assert pyphen.language_fallback(data.base)
    if how is Method.VOWELS:
        vowels = data.value("syllables.vowels", "")
        assert syllables.counter(data).count("".join(f"{vowel}{vowel}" for vowel in vowels)) == 2 * len(vowels)
    if any(goal.formula != "lix" for goal in scores.goals(data)):
        assert how is not Method.NONE


@each_language
def test_the_phrases_of_a_language_are_found(path: Path) -> None:
    data, lists = facts.named(path.stem), wording(facts.named(path.stem))
    for section, phrases in (("jargon", lists.jargon), ("stigma", lists.stigma)):
        for forms, better in data.texts(section).items():
            assert [*phrases.find(f"x {forms.split('|')[0]} y")] == [(forms.split("|")[0], better)]
    if lists.passive:
        be, deed = data.list("passive", "be")[0], data.list("passive", "participles")[0]
        assert [*lists.passive.find(f"x {be} {deed}.")] == [f"{be} {deed}"]


def test_the_rooms_know_what_data_may_name() -> None:
    assert set(schema.FORMULAS) == FORMULAS.keys() and set(schema.SPELLINGS) == RULES.keys()
    methods = {scores.syllables.method(facts.named(path.stem)) for path in LANGUAGES}
    assert methods == {*Method} and len(schema.METHODS) == len(Method) - 1


def test_made_up_languages_are_like_one_that_is_known() -> None:
    assert set(pseudo.NAMES) == {path.stem for path in (facts.SHIPPED / "pseudo").glob("*.toml")} == {"en_XA", "ar_XB"}
    for name in pseudo.NAMES:
        assert naming.known(facts.pseudo()[name].like) and pseudo.locale(name).name == name


def test_a_language_is_added_in_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mi.toml").write_text(
        '[sentences]\nabbreviations = "ta"\n[syllables]\nmethod = "vowels"\nvowels = "aeiouāēīōū"\n'
        '[readability]\nheading = 6\ntarget.lix = 30\n[jargon]\n"rongoā|taru" = "pire"\n[between]\nto = ["ki"]\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(facts, "SHIPPED", tmp_path)
    layer = facts.read(tmp_path / "mi.toml", tmp_path)
    data = facts._merged("mi", True, [layer.facts])
    assert not layer.findings
    assert splitting.sentences("Ko te ta. Rata tēnei. Haere mai.", data) == ("Ko te ta. Rata tēnei.", "Haere mai.")
    assert syllables.counter(data).count("rongoā") == 3
    assert scores.limits(data).heading == 6 and scores.goals(data) == (scores.Goal("lix", 30),)
    assert [*wording(data).jargon.find("He taru.")] == [("taru", "pire")]


# --------------------------------------------------------------------------- a locale's own


def test_a_locales_own_targets_and_limits_replace_what_is_shipped_and_leave_the_rest(tmp_path: Path) -> None:
    where, found = own("es", "[readability]\nheading = 5\ntarget.szigriszt = 75\n", tmp_path)
    data = facts.of(where)
    assert not found
    assert scores.goals(data) == (scores.Goal("szigriszt", 75, 65),)
    assert scores.limits(data) == replace(scores.limits(facts.named("es")), heading=5)


def test_no_file_gives_a_language_a_formula_that_nobody_has_validated(tmp_path: Path) -> None:
    for name, key in (("so", "target.flesch"), ("es", "target.smog"), ("es", "fail.smog")):
        where, found = own(name, f"[readability]\n\n{key} = 60\n", tmp_path)
        assert [line for line, _ in found] == [3] and "is not a formula for this language" in found[0][1]
        assert scores.goals(facts.of(where)) == scores.goals(facts.named(name))


def test_the_example_for_translators_holds(tmp_path: Path) -> None:
    guide = (ROOT / "locales/README.md").read_text(encoding="utf-8").partition("## checks.toml")[2]
    where, found = own("es", guide.split("```toml\n")[1].split("```")[0], tmp_path)
    data = facts.of(where)
    assert not found
    assert splitting.sentences("Vea la farm. Central. Llame al tel. García.", data) == (
        "Vea la farm. Central.", "Llame al tel.", "García.",
    )  # fmt: skip
    assert data.list("readability", "beside") == () and scores.goals(data) == (scores.Goal("szigriszt", 75, 70),)


def test_a_locales_own_phrases_add_replace_and_take_away(tmp_path: Path) -> None:
    text = '[jargon]\n"glucosa" = "azúcar"\n"a fin de" = ""\n"aproximadamente" = "más o menos"\n'
    where, found = own("es", text, tmp_path)
    said = "Aproximadamente glucosa a fin de comer."
    assert not found
    assert [*wording(facts.of(where)).jargon.find(said)] == [("Aproximadamente", "más o menos"), ("glucosa", "azúcar")]
    assert ("a fin de", "para") in [*wording(facts.named("es")).jargon.find(said)]


def test_a_locales_own_marks_replace_those_of_its_script(tmp_path: Path) -> None:
    where, found = own("ar", '[wrong-marks]\n"," = "٬"\n";" = ""\n', tmp_path)
    assert not found and dict(facts.of(where).texts("wrong-marks")) == {",": "٬", "?": "؟"}


def test_a_locales_own_way_from_day_to_day_is_printed(tmp_path: Path) -> None:
    where, found = own("es", '[days]\nfrom-to = "de {} a {}"\n', tmp_path)
    assert not found and locales._days([0, 1, 2], where, locales._in_country(where, "")) == "De lunes a miércoles"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('abreviations = "x"', "did you mean “abbreviations”"),
        ("abbreviations = 3", "is not a text in quotes"),
        ('characters = "yes"', "is not true or false"),
    ],
)
def test_a_fault_in_what_ends_sentences_is_found_at_its_line(line: str, said: str, tmp_path: Path) -> None:
    where, found = own("es", f"length = 1.1\n[sentences]\n{line}\n", tmp_path)
    assert [at for at, _ in found] == [3] and said in found[0][1]
    assert facts.of(where).section("sentences") == facts.named("es").section("sentences")


FAULTS = {
    '[syllables]\nmethod = "vowels"': "cannot be counted in this way without “vowels”",
    '[syllables]\nmethod = "vowel"': "did you mean “vowels”",
    '[syllables]\nrules = "klingon"': "“klingon” is not known",
    "[readability]\nheading = 2.5": "2.5 is not a whole number",
    "[readability]\nheading = 0": "0 is not a number from 1 to 500",
    '[readability]\ntarget.szigriszt = "70"': "is not a number from -100 to 200",
    '[readability]\nbeside = ["flesh"]': "did you mean “flesch”",
    '[days]\nfrom-to = "{} – {0.name}"': "does not have two gaps",
    '[days]\nto = "x"': "unknown key",
    '[between]\ntoo = ["x"]': "did you mean “to”",
    '[between]\nto = "x"': "is not a list of texts in quotes",
    '[no-break]\nunits = [""]': "an entry is empty",
    '[counted]\nwords = ["x"]': "is not a text in quotes",
    '[jargon]\n"x" = 3': "3 is not a text in quotes",
    '[spellings]\npairs = ["colour"]': "“colour” is not a pair of spellings",
    '[spellings]\npairs = ["=b"]': "“=b” is not a pair of spellings",
    '[spellings]\npairs = ["a=b"]': "“a=b” is not a pair of spellings",
    "[terms]\nfrom = true": "True is not a number",
    '[passive]\nbee = ["x"]': "did you mean “be”",
    '[pemat]\naction = ["x"]': "did you mean “actions”",
    '[jargn]\n"x" = "y"': "did you mean “jargon”",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_of_a_locales_own_file_is_found_and_changes_nothing(text: str, tmp_path: Path) -> None:
    where, found = own("es", f"# ours\n{text}\n", tmp_path)
    line = 2 if FAULTS[text] == "did you mean “jargon”" else 3
    assert [at for at, _ in found] == [line] and FAULTS[text] in found[0][1]
    changed, usual = facts.of(where), facts.named("es")
    assert changed.lists == usual.lists and {**changed.values, "syllables.rules": 0} == {
        **usual.values, "syllables.rules": 0,
    }  # fmt: skip


def test_a_file_larger_than_any_language_needs_is_refused_and_the_shipped_data_stays(tmp_path: Path) -> None:
    where, found = own("es", "[words]\nnot = [" + '"no", ' * 40_000 + "]\n", tmp_path)
    assert "is larger than 200 kB" in found[0][1]
    assert facts.of(where).lists == facts.named("es").lists


@pytest.mark.parametrize(("form", "said"), [("İNHALE", "inhale"), ("ſalving", "SALVING"), ("decid*", "decidable")])
def test_a_phrase_is_found_whatever_small_letters_its_form_has(form: str, said: str, tmp_path: Path) -> None:
    where, _ = own("en", f'[nominal]\nverbs = ["make"]\n[made-of-verbs]\n"{form}" = "better"\n', tmp_path)
    assert [better for _, better in wording(facts.of(where)).made_of_verbs.find(f"Make a {said} now.")] == ["better"]


def test_jargon_is_found_whatever_small_letters_its_form_has(tmp_path: Path) -> None:
    where, _ = own("en", '[jargon]\n"phyſio" = "exercise"\n', tmp_path)
    assert [*wording(facts.of(where)).jargon.find("See the physio.")] == [("physio", "exercise")]


def test_a_file_that_is_no_toml_is_found_and_the_shipped_data_stays(tmp_path: Path) -> None:
    where, found = own("es", "[words\nnot = ", tmp_path)
    assert found and re.search("bracket|TOML|closed", found[0][1])
    assert facts.of(where).lists == facts.named("es").lists
