"""Settings of people who are no programmers: added at the end, in the wrong place, twice; told once, at their line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainleaf.files import settings, toml_lines
from plainleaf.files.places import shipped
from plainleaf.files.toml import MOST_GUESSES, read_toml
from plainleaf.model import PROFILES, USUAL_PROFILE, Finding
from tests.conftest import plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

BOTH_WAYS = pytest.mark.parametrize(
    ("file", "head"), [("plainleaf.toml", ""), ("pyproject.toml", "[tool.plainleaf]\n")]
)


def load(root: Path, **files: str) -> tuple[settings.Settings, tuple[Finding, ...]]:
    for name, text in files.items():
        (root / f"{name}.toml").write_text(text, encoding="utf-8")
    return settings.load(root)


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [str(finding.at) for finding in findings]


@BOTH_WAYS
def test_keys_are_read_wherever_the_settings_are(tmp_path: Path, file: str, head: str) -> None:
    (tmp_path / file).write_text(f'{head}clinic = "north"  # ours\n\nlayouts = ["a4"]\n', encoding="utf-8")
    found, findings = settings.load(tmp_path)
    assert (found.clinic, found.layouts, findings) == ("north", ("a4",), ())
    assert found.at("layouts") == settings.Location(file, 3 + bool(head))


@BOTH_WAYS
def test_a_profile_that_is_not_known_is_told_at_its_line_with_those_that_are(
    tmp_path: Path, file: str, head: str
) -> None:
    (tmp_path / file).write_text(f'{head}\nprofile = "ua-1 + a2a"\n', encoding="utf-8")
    found, (finding,) = settings.load(tmp_path)
    assert found.profile == USUAL_PROFILE
    assert str(finding.at) == f"{file}:{2 + bool(head)}"
    assert finding.message.endswith("“ua-1 + a2a” is not known; did you mean “ua-1 + a-2a”?")
    assert finding.hint == f"one of: {', '.join(PROFILES)}"


def test_without_any_the_settings_belong_in_their_own_file(tmp_path: Path) -> None:
    assert load(tmp_path)[0].file == "plainleaf.toml"
    found, findings = load(tmp_path, pyproject="[tool.other]\nline-length = 100\n")
    assert (found.file, findings) == ("plainleaf.toml", ())


def test_one_may_add_at_the_end_of_the_file(tmp_path: Path) -> None:
    found, findings = load(tmp_path, plainleaf='clinic = "north"\n' + 'looks = ["dyslexia"]\n')
    assert (found.clinic, found.looks, findings) == ("north", ("dyslexia",), ())


MISPLACED = {
    "below a misspelt head": ("pyproject", '[tool.plainleaf]\n[tool.plain-leaf]\na = 1\n\nlayouts = ["a4"]\n', 5),
    "below a head of all tools": ("pyproject", '[tool]\nlayouts = ["a4"]\n', 2),
    "with no head of ours": ("pyproject", '[project]\nname = "x"\nlayouts = ["a4"]\n', 3),
    "above every head": ("pyproject", 'layouts = ["a4"]\n[tool.other]\na = 1\n', 1),
    "below a head that is like ours": ("pyproject", '[plainleaf]\nlayouts = ["a4"]\n', 2),
    "in one of several tables": ("pyproject", '[[tool.plainlaef]]\na = 1\n[[tool.plainlaef]]\nlayouts = ["a4"]\n', 4),
    "below a table of ours": ("pyproject", '[tool.plainleaf.readability]\nlayouts = ["a4"]\n', 2),
    "below the table of our own file": ("plainleaf", '[readability]\nsecond-opinion = true\nlayouts = ["a4"]\n', 3),
    "below limits": ("plainleaf", '[readability.limits.en]\nheading = 9\nlayouts = ["a4"]\n', 3),
}


@pytest.mark.parametrize(("file", "text", "line"), MISPLACED.values(), ids=MISPLACED)
def test_a_key_in_another_table_is_told_at_its_line_and_counts(tmp_path: Path, file: str, text: str, line: int) -> None:
    found, findings = load(tmp_path, **{file: text})
    assert places(findings) == [f"{file}.toml:{line}"]
    assert "this key of Plainleaf has no effect" in findings[0].message
    assert found.layouts == ("a4",)


def test_another_tools_key_of_the_same_name_is_its_own(tmp_path: Path) -> None:
    for head in ("[tool.babel]", "[tool.plainleaf]\n[tool.site.i18n]", "[[tool.other]]", "[build-system]"):
        text = f'{head}\nlayouts = ["a4"]\nlocales = ["en"]\nclinic = "x"\ntime-limit = 9\nformats = 3\n'
        found, findings = load(tmp_path, pyproject=text)
        assert findings == () and (found.layouts, found.locales, found.clinic) == ((), (), "")
    ours = 'clinic = "north"\n'  # and where our settings have a file of their own, nobody looks at others' tables
    assert load(tmp_path, plainleaf=ours, pyproject='[tool.other]\nlocales = ["en"]\n')[1] == ()


def test_settings_in_both_files_are_told_and_those_of_our_own_count(tmp_path: Path) -> None:
    found, findings = load(tmp_path, plainleaf='clinic = "north"\n', pyproject='[tool.plainleaf]\nclinic = "south"\n')
    assert found.clinic == "north" and places(findings) == ["pyproject.toml:2"]
    found, findings = load(tmp_path, plainleaf="# nothing yet\n")
    assert (found.clinic, findings) == ("south", ())


def test_the_head_for_the_other_file_is_told_and_its_keys_count(tmp_path: Path) -> None:
    found, findings = load(tmp_path, plainleaf='looks = ["marks"]\n[tool.plainleaf]\nclinic = "north"\n')
    assert (found.clinic, found.looks, places(findings)) == ("north", ("marks",), ["plainleaf.toml:2"])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('layuots = ["a4"]\n', 1, "unknown key; did you mean “layouts”?"),
        ('clinic = "x"\nsource-link = "https://clinic.example"\n', 2, "source-link: this key has no effect here"),
        ('clinic = "x"\n\nlayouts = "a4"\n', 3, "is not a list of texts in quotes"),
    ],
)
def test_other_mistakes_are_told_at_their_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    _, findings = load(tmp_path, plainleaf=text)
    assert places(findings) == [f"plainleaf.toml:{line}"] and said in findings[0].message


REPEATED = {
    "the guide's block added": (
        'pyproject', '[tool.plainleaf]\nlooks = []\n[tool.other]\n[ tool . "plainleaf" ] # more\nlayouts = ["a4"]\n',
        4, 'the table [ tool . "plainleaf" ] appears twice: it is also in line 1',
    ),
    "a table of our own file": (
        'plainleaf', '[readability]\n\n[readability]\n',
        3, "the table [readability] appears twice: it is also in line 1",
    ),
    "a key added": (
        'plainleaf', 'clinic = "a"\n\nclinic = "b"\n', 3, "the key clinic appears twice: it is also in line 1",
    ),
    "a key of a table": (
        'plainleaf', 'a = 1\n[readability]\nx = 1\n[b]\nx = 1\nx = 2\n',
        6, "the key x appears twice: it is also in line 5",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text", "line", "said"), REPEATED.values(), ids=REPEATED)
def test_what_is_there_twice_names_the_line_of_the_first(
    content: Path, file: str, text: str, line: int, said: str
) -> None:
    shutil.copy(content / "sources/clinics/sample.toml", content / "sources/clinics/second.toml")
    (content / f"{file}.toml").write_text(text, encoding="utf-8")
    done = plainleaf("check", root=content)
    assert done.returncode == 2
    (line_of_it,) = [each for each in done.stdout.splitlines() if ": error: " in each]  # none for the clinic
    assert line_of_it == f"{file}.toml:{line}: error: {said} [settings]"


def test_nothing_is_made_while_nobody_knows_what(content: Path) -> None:
    (content / "plainleaf.toml").write_text("layouts = [a4]\n", encoding="utf-8")
    done = plainleaf("build", root=content)
    assert done.returncode == 2 and "plainleaf.toml:1: error: " in done.stderr
    assert not (content / "build").exists()


@BOTH_WAYS
def test_a_name_of_nothing_is_told_at_its_line(content: Path, file: str, head: str) -> None:
    (content / file).write_text(f'{head}# ours\nlayouts = ["a5"]\nlocales = ["fr"]\n', encoding="utf-8")
    done = plainleaf("check", root=content)
    assert done.returncode == 2
    lines = [line.partition(": ")[0] for line in done.stdout.splitlines() if ": error: " in line]
    assert lines == [f"{file}:{2 + bool(head)}", f"{file}:{3 + bool(head)}"]


@BOTH_WAYS
def test_limits_and_the_cache_know_either_file(content: Path, file: str, head: str) -> None:
    assert plainleaf("check", root=content).returncode == 0
    table = f"[{head.strip('[]').removesuffix(']' + chr(10))}." if head else "["
    (content / file).write_text(f"{table}readability.limits.es]\nsentence-warn = 6\n", encoding="utf-8")
    assert "readability-sentence" in plainleaf("check", "--all", root=content).stdout


BEYOND = {
    "nested": ("a = 1\nb = " + "[" * 30 + "]" * 30, 2, "more than 20 tables or lists"),
    "nested by dots": ("a = 1\n\n" + "b." * 5000 + "c = 1\n", 3, "more than 20 tables or lists"),
    "a key of dots with no value": ("a = 1\n\n" + "b." * 5000 + "c\n", 3, "more than 20 tables or lists"),
    "a head of dots that does not end": ("a = 1\n[" + "b . " * 5000 + "c\n", 2, "more than 20 tables or lists"),
    "nested too deep to be read": ("a = 1\n\nb = " + "[" * 5000, 3, "more than 20 tables or lists"),
    "a long number": ("a = 1\nb = 99999999999999999999\n", 2, "more than 18 digits"),
    "a number that Python cannot write": ("a = 1\nb = 0x" + "f" * 9000, 2, "more than 18 digits"),
    "a number that Python cannot read": ("a = 1\nb = " + "9" * 9000, 2, "could not be read"),
    "in a table": ("[hours]\na = 1\n\nb = [1, 99999999999999999999]\n", 4, "more than 18 digits"),
}


@pytest.mark.parametrize(("text", "line", "said"), BEYOND.values(), ids=BEYOND)
def test_what_no_settings_hold_is_refused_at_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    _, (finding,) = load(tmp_path, plainleaf=text)
    assert (finding.at.line, said in finding.message, bool(finding.hint)) == (line, True, True), finding


def test_each_of_many_mistakes_has_its_line(tmp_path: Path) -> None:
    many = "".join(f"key{number} = {number}\n\n" for number in range(2000))
    _, findings = load(tmp_path, plainleaf=many)
    assert [finding.at.line for finding in findings] == [2 * number + 1 for number in range(2000)]


def test_the_nearest_key_is_named_for_as_many_as_anybody_mistypes(tmp_path: Path) -> None:
    _, findings = load(tmp_path, plainleaf="".join(f"layout{number} = 1\n" for number in range(150)))
    near = ["did you mean “layouts”?" in finding.message for finding in findings]
    assert near == [True] * MOST_GUESSES + [False] * (150 - MOST_GUESSES)


def test_a_file_with_more_keys_than_settings_have_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml_lines, "MOST_KEYS", 3)
    _, (finding,) = load(tmp_path, plainleaf="[a]\n" + "".join(f"key{number} = {number}\n" for number in range(4)))
    assert finding.message == "the file has more than 3 keys" and finding.hint


def test_what_somebody_wrote_at_length_is_quoted_in_part(tmp_path: Path) -> None:
    _, (finding,) = load(tmp_path, plainleaf=f"clinic = [{'1, ' * 5000}1]\n")
    assert len(finding.message) < 200 and finding.message.endswith("is not a text in quotes")


def test_a_file_that_comes_with_the_tool_is_named_with_its_folder(tmp_path: Path) -> None:
    assert read_toml(shipped("layouts") / "a4" / "layout.toml", tmp_path).file == "layouts/a4/layout.toml"
