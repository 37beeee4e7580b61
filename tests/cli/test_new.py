"""What begins with ``plainleaf new``: a folder that is published at once, or nothing; never a file that was there."""

from __future__ import annotations

import io
import shlex
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from plainleaf import project
from plainleaf.beginning import answers, hosts, making
from plainleaf.cli import main as cli
from plainleaf.model import Severity
from plainleaf.sources import template
from tests.conftest import ROOT, TODAY, plainleaf

US = ("--clinic-name", "Riverside “Kids” Clinic", "--country", "US", "--phone", "202-555-0142",
      "--emergency-number", "911")  # fmt: skip


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs the command on a terminal where these lines are typed; gives the exit code and what the terminal shows."""

    def run(*lines: str, to: Path) -> tuple[int, str]:
        shown = Terminal()
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr(sys, "stdout", shown)
        monkeypatch.setattr(sys, "stderr", shown)
        return cli.main(["new", "project", str(to)]), shown.getvalue()

    return run


# --------------------------------------------------------------------------- a folder


def test_a_new_folder_is_checked_without_an_error_and_published(tmp_path: Path) -> None:
    made = plainleaf("new", "project", "ours", *US, "--title", "Your flu shot", "--locale", "Spanish", root=tmp_path)
    assert made.returncode == 0, made.stderr
    root = tmp_path / "ours"
    loaded = project.load(root)
    assert not loaded.findings and loaded.clinic and loaded.clinic.name == "Riverside “Kids” Clinic"
    assert list(loaded.leaflets) == ["your-flu-shot"] and list(loaded.locales) == ["es"]
    assert loaded.settings.layouts == ("sheet-letter", "letter", "large-print-letter")
    done = plainleaf("publish", "--format", "html", "--locale", "en", root=root)
    assert done.returncode == 0, done.stderr
    page = (root / "build/your-flu-shot/en/index.html").read_text(encoding="utf-8")
    assert "(202) 555-0142" in page and "911" in page


def test_what_is_said_next_works_as_it_is_said(tmp_path: Path) -> None:
    made = plainleaf("new", "project", "ours", *US, root=tmp_path)
    (step,) = [line for line in made.stdout.splitlines() if " publish" in line]
    arguments = step.split(" publish ", 1)[1].split()
    assert plainleaf("check", *arguments, root=tmp_path).returncode == 0
    assert (tmp_path / "ours/sources/my-first-leaflet.md").is_file() and "my-first-leaflet.md" in made.stdout


@pytest.mark.parametrize(
    ("country", "phone", "emergency", "layout"),
    [("United Kingdom", "020 7946 0142", "999", "a4"), ("DE", "030 23125 142", "112", "a4"),
     ("Mexico", "55 5555 0142", "911", "letter"), ("au", "(02) 5550 0142", "000", "a4")],
)  # fmt: skip
def test_each_country_has_its_numbers_and_paper(
    tmp_path: Path, country: str, phone: str, emergency: str, layout: str
) -> None:
    flags = ("--clinic-name", "Sample", "--country", country, "--phone", phone, "--emergency-number", emergency)
    made = plainleaf("new", "project", "ours", *flags, root=tmp_path)
    assert made.returncode == 0, made.stderr
    loaded = project.load(tmp_path / "ours")
    assert not [finding for finding in loaded.findings if finding.severity is Severity.ERROR]
    assert loaded.clinic and loaded.clinic.emergency_number == emergency
    assert layout in loaded.settings.layouts


@pytest.mark.parametrize(
    ("named", "code"), [("Deutschland", "DE"), ("österreich", "AT"), ("日本", "JP"), ("Germany", "DE"), ("uk", "GB")]
)
def test_a_country_is_named_in_english_or_in_a_language_of_its_own(named: str, code: str) -> None:
    assert answers.country(named) == code


def test_questions_are_asked_again_until_the_answer_is_right(
    typed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    lines = ("Sample Clinic", "Untied States", "US", "911", "202-555-0142", "119", "911",
             "1 Example Street; Springfield", "", "large", "", "klingon", "es", "")  # fmt: skip
    code, shown = typed(*lines, to=tmp_path / "ours")
    assert code == 0, shown
    assert "“Untied States” is not a country" in shown and "“911” is an emergency number" in shown
    assert "“119” is not known as an emergency number in US" in shown
    assert "there is no layout “large”" in shown and "“klingon” is not a known language" in shown
    clinic = tomllib.loads((tmp_path / "ours/sources/clinics/sample-clinic.toml").read_text(encoding="utf-8"))
    assert clinic["address"] == ["1 Example Street", "Springfield"] and clinic["emergency-number"] == "911"


@pytest.mark.parametrize("lines", [(), ("Sample Clinic",), ("Sample Clinic", "US", "x", "x", "x", "x", "x")])
def test_answers_that_end_early_write_nothing(
    typed: Callable[..., tuple[int, str]], tmp_path: Path, lines: tuple[str, ...]
) -> None:
    code, shown = typed(*lines, to=tmp_path / "ours")
    assert code == 2 and "nothing was written" in shown
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--phone", "12"), "--phone: “12”"),
        (("--phone", "911"), "is an emergency number"),
        (("--country", "Atlantis"), "--country: “Atlantis” is not a country"),
        (("--emergency-number", ""), "new project needs --emergency-number"),
        (("--clinic-name", " "), "--clinic-name: this is empty"),
        (("--clinic-name", "a\x00b"), "cannot be printed"),
        (("--layout", "a44"), "there is no layout “a44”; did you mean “a4”?"),
        (("--locale", "xx"), "“xx” is not a known language"),
        (("--locale", "en"), "is in English"),
        (("--title", "x" * 300), "more than 200"),
    ],
)
def test_a_wrong_flag_is_named_and_nothing_is_written(tmp_path: Path, changed: tuple[str, ...], said: str) -> None:
    done = plainleaf("new", "project", "ours", *US, *changed, root=tmp_path)
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert [*tmp_path.iterdir()] == []


def test_without_a_terminal_what_is_missing_is_named_with_an_example_that_works(tmp_path: Path) -> None:
    done = plainleaf("new", "project", "ours", "--phone", "202-555-0142", root=tmp_path)
    assert done.returncode == 2 and "new project needs --clinic-name, --country and --emergency-number" in done.stderr
    example = done.stderr.split(" new project ", 2)[-1].split(";")[0]
    assert plainleaf("new", "project", *shlex.split(example), root=tmp_path).returncode == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/plainleaf.toml").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name, said in (("ours", "is not empty"), ("file", "is not a folder")):
        done = plainleaf("new", "project", name, *US, root=tmp_path)
        assert done.returncode == 2 and said in done.stderr
    assert (tmp_path / "ours/plainleaf.toml").read_text(encoding="utf-8") == "mine"
    assert len([*tmp_path.rglob("*")]) == 3


def test_a_name_that_the_disk_refuses_is_named_as_it_was_typed(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to("circle")
    for name, said in (("circle", "is not a folder"), ("x" * 300, "too long")):
        done = plainleaf("new", "project", name, *US, root=tmp_path)
        assert done.returncode in (1, 2) and name in done.stderr and said in done.stderr
        assert "plainleaf-run" not in done.stderr  # where it is made first is nothing to the user
    assert [path.name for path in tmp_path.iterdir()] == ["circle"]


def test_a_repository_that_was_only_just_begun_is_filled(tmp_path: Path) -> None:
    (tmp_path / "ours/.git").mkdir(parents=True)
    assert plainleaf("new", "project", "ours", *US, root=tmp_path).returncode == 0
    assert "build/" in (tmp_path / "ours/.gitignore").read_text(encoding="utf-8")


def test_in_a_folder_of_a_repository_it_is_said_where_the_workflow_belongs(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = plainleaf("new", "project", "content", *US, "--ci", "github", root=tmp_path)
    assert (
        f"Move .github/workflows/leaflets.yml to {tmp_path}" in done.stdout and "The folder is content." in done.stdout
    )


def test_a_new_leaflet_whose_sentences_nobody_has_replaced_is_not_signed_off(tmp_path: Path) -> None:
    plainleaf("new", "project", "ours", *US, root=tmp_path)
    done = plainleaf("sign-off", "my-first-leaflet", "--by", "A. Sample, general practitioner", root=tmp_path / "ours")
    assert done.returncode == 1 and "not signed off: 10 errors" in done.stdout + done.stderr
    assert not (tmp_path / "ours/sources/sign-offs.toml").exists()


def test_hints_name_the_folder_that_was_named(tmp_path: Path) -> None:
    plainleaf("new", "project", "our leaflets", *US, root=tmp_path)
    done = plainleaf("new", "leaflet", "next", "--root", "our leaflets", root=tmp_path)
    assert "plainleaf --root 'our leaflets' check" in done.stdout
    assert plainleaf("--root", "our leaflets", "check", root=tmp_path).returncode == 0


def test_a_disk_that_is_full_leaves_no_half_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plainleaf import files

    save, target = files.Root.save, tmp_path / "ours"

    def full(self: files.Root, path: Path, *rest: object, **named: object) -> bool:
        if path.is_relative_to(target) and path.name == "plainleaf.toml":
            raise files.UnwrittenError(28, "No space left on device", str(path))
        return save(self, path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(files.Root, "save", full)
    done = plainleaf("new", "project", "ours", *US, root=tmp_path)
    assert done.returncode == 1 and "No space left" in done.stderr
    assert not target.exists()


@pytest.mark.parametrize("host", answers.HOSTS)
def test_checks_with_every_change_are_as_the_guide_shows_them(tmp_path: Path, host: str) -> None:
    done = plainleaf("new", "project", "ours", *US, "--ci", host, root=tmp_path)
    text = (tmp_path / "ours" / hosts.PATHS[host]).read_text(encoding="utf-8")
    body = text.split("\n", 1)[1]
    assert "plainleaf" in body and (body in (ROOT / "docs/ci.md").read_text(encoding="utf-8")) is not bool(
        hosts.origin()
    )
    assert ("OWNER" in text) == ("in place of OWNER" in done.stdout)


def test_a_known_origin_is_written_into_the_workflow() -> None:
    assert "uses: clinic/plainleaf@v1.2.3" in hosts.workflow("github", "clinic@v1.2.3")
    assert "--branch v1.2.3 https://github.com/clinic/plainleaf " in hosts.workflow("gitlab", "clinic@v1.2.3")


# --------------------------------------------------------------------------- a leaflet


def test_a_new_leaflet_begins_beside_the_others(tmp_path: Path) -> None:
    plainleaf("new", "project", "ours", *US, root=tmp_path)
    root = tmp_path / "ours"
    done = plainleaf("new", "leaflet", "asthma-plan", "--title", "Asthma: “my” plan", root=root)
    assert done.returncode == 0, done.stderr
    loaded = project.load(root)
    assert not loaded.findings and loaded.leaflets["asthma-plan"].meta.country == "US"
    again = plainleaf("new", "leaflet", "asthma-plan", root=root)
    assert again.returncode == 2 and "there is a leaflet sources/asthma-plan.md already" in again.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("Asthma Plan", "as in asthma-plan"), ("../x", "as in x"), ("哮喘", "as in my-leaflet"),
     ("all", "used for something else"), ("staff", "used for something else"),
     ("README", "as in my-leaflet"), ("", "as in my-leaflet"), ("x" * 40, "under 40")],
)  # fmt: skip
def test_a_name_that_no_file_can_have_is_refused(content: Path, name: str, said: str) -> None:
    done = plainleaf("new", "leaflet", name, root=content)
    assert done.returncode == 2 and "cannot be the name" in done.stderr and said in done.stderr


def test_a_leaflet_needs_a_folder_of_leaflets_and_no_flags_of_a_project(tmp_path: Path, content: Path) -> None:
    done = plainleaf("new", "leaflet", "x", root=tmp_path)
    assert done.returncode == 2 and "new project" in done.stderr
    done = plainleaf("new", "leaflet", "x", "--phone", "1", root=content)
    assert done.returncode == 2 and "--phone is for a new project" in done.stderr


def test_each_sentence_for_the_writer_is_warned_of_until_it_is_replaced(tmp_path: Path) -> None:
    plainleaf("new", "project", "ours", *US, root=tmp_path)
    source = tmp_path / "ours/sources/my-first-leaflet.md"
    said = plainleaf("check", root=tmp_path / "ours").stdout
    assert said.count("[template-text]") == len(template.guidance()) >= 9
    text = source.read_text(encoding="utf-8")
    for number, sentence in enumerate(sorted(template.guidance())):
        text = text.replace(sentence, f"Own text {number}.")
    source.write_text(text, encoding="utf-8")
    assert "[template-text]" not in plainleaf("check", root=tmp_path / "ours").stdout


def test_a_leaflet_of_29_february_is_reviewed_on_the_28th() -> None:
    text = template.begun("x", "US", ["a4"], TODAY.replace(year=2028, month=2, day=29))
    assert "written: 2028-02-29" in text and "review-by: 2030-02-28" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [("Your flu shot", "your-flu-shot"), ("Grippe: à savoir", "grippe-a-savoir"), ("الإنفلونزا", "leaflet"),
     ("All", "leaflet"), ("Languages", "leaflet"), ("Layouts", "leaflet"), ("Con", "leaflet"),
     ("Don't smoke", "dont-smoke"), ("x" * 50, "leaflet")],
)  # fmt: skip
def test_a_file_is_named_after_its_title(title: str, name: str) -> None:
    assert answers.file_name(title, "leaflet") == name


def test_a_clinic_of_the_leaflets_name_gets_another_file() -> None:
    same = answers.Answers("Flu", "US", "202-555-0142", "911", "Flu", ("letter",))
    assert {"sources/flu.md", "sources/clinics/flu-clinic.toml"} <= set(making.texts(same, TODAY))
