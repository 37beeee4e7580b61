"""A clinician signs a leaflet off as it is written: any change lapses it, and a line typed by hand is no signature."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions import status
from plainleaf.actions.page_words import shared
from plainleaf.approvals import seals, signatures
from plainleaf.approvals.seals import Why
from plainleaf.approvals.signatures import SIGN_OFFS
from plainleaf.cli import main as cli
from plainleaf.files import places
from plainleaf.model import Approval, Finding
from tests.conftest import TESTS, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
WHO = "Dr. A. Sample, general practitioner"
SOURCE = Path("sources/inhaler.md")
SIGNED = Path("sources/sign-offs.toml")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#000" d="M1 1h7v7h-7z"/></svg>'


def with_more(root: Path) -> Path:
    """The small leaflet, with a picture and parts for two countries."""
    (root / "sources/pictures").mkdir()
    (root / "sources/pictures/puff.svg").write_text(PICTURE, encoding="utf-8")
    with (root / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\n![A puff](pictures/puff.svg)\n\n::: only country=GB\nCall 111.\n:::\n")
    return root


@pytest.fixture
def content(content: Path) -> Path:
    return with_more(content)


@pytest.fixture(scope="module")
def signed_once(small_tool: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of sign-offs as the command writes it for this leaflet; what tests change is its copy."""
    root = tmp_path_factory.mktemp("signed") / "content"
    shutil.copytree(TESTS / "content", root)
    with patch.object(places, "PACKAGE", small_tool / "plainleaf"):
        assert sign(with_more(root)) == 0
    return (root / SIGNED).read_bytes()


@pytest.fixture
def signed(content: Path, signed_once: bytes) -> Path:
    """The content with its leaflet signed off."""
    (content / SIGNED).write_bytes(signed_once)
    return content


def sign(root: Path, by: str = WHO, leaflet: str = "inhaler") -> int:
    return cli.main(["--root", str(root), "sign-off", leaflet, "--by", by])


def held(root: Path) -> Approval | None:
    return holds(project.load(root))


def holds(content: project.Project) -> Approval | None:
    found = signing_off.standing(content, content.leaflets["inhaler"], shared(content), TODAY)
    return found.held if found else None


def lapsed(root: Path) -> list[tuple[Why, str]]:
    """What lapsed the sign-off; then, and only then, it is not held."""
    content = project.load(root)
    (source,) = status.sources(content, ("inhaler",), TODAY)
    assert (holds(content) is None) == bool(source.lapses)
    return [(lapse.why, lapse.text) for lapse in source.lapses]


def found(root: Path) -> list[Finding]:
    """What is found on the leaflet in its own language, and on the folder."""
    content = project.load(root)
    _, about = next(pipeline.editions(content, pipeline.Choice(("inhaler",), ("en",)), TODAY))
    return [*content.findings, *about]


# --------------------------------------------------------------------------- signing


def test_every_edition_knows_who_signed_the_source_and_when(content: Path) -> None:
    assert held(content) is None
    assert sign(content) == 0
    content_now = project.load(content)
    for made, _ in pipeline.editions(content_now, pipeline.Choice(("inhaler",)), TODAY):
        assert made.sign_off == Approval(WHO, TODAY, date(2026, 11, 1))


def test_the_file_names_each_text_and_stays_as_it_is_when_signed_again(content: Path) -> None:
    sign(content)
    first = (content / SIGNED).read_bytes()
    table = tomllib.loads(first.decode())["inhaler"]
    assert (table["by"], table["on"]) == (WHO, TODAY)
    assert ["Wait 4 hours before you use it again."] in table["texts"]
    assert ["911", "", "clinic sample: emergency-number"] in table["words"]
    sign(content)
    assert (content / SIGNED).read_bytes() == first


def test_one_sign_off_leaves_the_others_as_they_are(content: Path) -> None:
    shutil.copy(content / SOURCE, content / "sources/spacer.md")
    sign(content)
    before = (content / SIGNED).read_text(encoding="utf-8")
    assert sign(content, leaflet="spacer") == 0
    assert (content / SIGNED).read_text(encoding="utf-8").startswith(before)
    assert held(content)


# --------------------------------------------------------------------------- what lapses it

CHANGES: dict[str, tuple[str, str, list[tuple[Why, str]]]] = {
    "a dose": ("a 50 micro", "a 500 micro", [(Why.SOURCE, "Take <b>2 puffs</b> with a 500 microgram inhaler.")]),
    "a letter": ("Shake it first", "Shake it First", [(Why.SOURCE, "Shake it First. Then breathe out.")]),
    "a lost not": ("**Do not wait.**", "**Wait.**", [(Why.SOURCE, "<b>Wait.</b> Take 4 puffs, one by one.")]),
    "the title": ("title: Your blue", "title: Your red", [(Why.SOURCE, "Your red inhaler")]),
    "a new text": ("Shake it", "Sit.\n\nShake it", [(Why.NEW, "Sit.")]),
    "a text deleted": (
        "Shake it first. Then breathe out.\n",
        "",
        [(Why.REMOVED, "Shake it first. Then breathe out.")],
    ),
    "a word to know": ("An illness that makes", "What makes", [(Why.SOURCE, "What makes it hard to breathe.")]),
    "a reference": (
        "2020;1(1):1-2",
        "2021;1(1):1-2",
        [
            (
                Why.CONTENT,
                "reference example2020: A sample reference. Journal of Samples 2021;1(1):1-2. "
                '"https://doi.org/10.0000/sample"',
            )
        ],
    ),
    "a link": ("clinic.example/asthma", "clinic.example/cough", [(Why.CONTENT, "link: https://clinic.example/cough")]),
    "the country of a part": (
        "only country=GB",
        "only country=NZ",
        [(Why.CONTENT, "block: paragraph only NZ text 16")],
    ),
    "the country of the text": ("country: US", "country: NZ", [(Why.CONTENT, "country: NZ")]),
    "a box": ("::: urgent", "::: tip", [(Why.CONTENT, 'block: callout {"name": "tip"}')]),
    "a safety mark": (" {.safety}", "", [(Why.CONTENT, "block: >item text 11")]),
    "the review date": ("review-by: 2028-11-01", "review-by: 2029-11-01", [(Why.CONTENT, "review date: 2029-11-01")]),
    "the date of the text": ("written: 2026-11-01", "written: 2026-11-20", [(Why.WRITTEN, "2026-11-20")]),
}


@pytest.mark.parametrize(("old", "new", "why"), CHANGES.values(), ids=CHANGES)
def test_any_change_lapses_it(signed: Path, replaced: Edit, old: str, new: str, why: list[tuple[Why, str]]) -> None:
    replaced(signed / SOURCE, old, new)
    assert lapsed(signed) == why


def test_it_holds_until_something_changes_and_again_once_that_is_put_back(signed: Path, replaced: Edit) -> None:
    assert lapsed(signed) == []
    for old, new, why in (CHANGES["a dose"], CHANGES["the review date"]):
        replaced(signed / SOURCE, old, new)
        assert lapsed(signed) == why
        replaced(signed / SOURCE, new, old)
    assert lapsed(signed) == []


def test_one_byte_of_a_picture_lapses_it(signed: Path, replaced: Edit) -> None:
    replaced(signed / "sources/pictures/puff.svg", "#000", "#001")
    ((why, text),) = lapsed(signed)
    assert why is Why.CONTENT and text.startswith("picture sources/pictures/puff.svg: ")


def test_what_a_translator_changes_lapses_nothing(signed: Path, replaced: Edit) -> None:
    replaced(signed / "locales/es/LC_MESSAGES/inhaler.po", "Primero agítelo.", "Agítelo primero.")
    assert lapsed(signed) == []


def test_a_day_that_is_to_come_counts_for_nothing(content: Path) -> None:
    """Tomorrow may have come where it was signed; the day after has come nowhere."""
    sign(content)
    for days, holds in ((1, True), (2, False), (26_000, False)):
        here = project.load(content)
        about = signing_off.subject(here, here.leaflets["inhaler"], shared(here))
        kept = seals.record(about, WHO, TODAY + timedelta(days=days))
        signatures.write(content / SIGNED, {"inhaler": kept}, content, SIGN_OFFS)
        assert (held(content) is not None) is holds
        assert [why for why, _ in lapsed(content)] == ([] if holds else [Why.TO_COME])


# --------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "by", ["", "x", "yes", "TODO", "TODO, TBD", "Dr. Sample", ", GP", "Name, role", "Sample, \u200b"]
)
def test_a_sign_off_needs_a_name_and_a_role(content: Path, by: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(content, by) == 1
    assert "does not say who signs" in capsys.readouterr().err
    assert not (content / SIGNED).exists()


def test_a_name_that_one_of_the_languages_cannot_print_is_refused(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign(content, "王芳, 医生") == 1
    assert "empty boxes in English" in capsys.readouterr().err and not (content / SIGNED).exists()


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("](pictures/puff.svg)", "](pictures/puf.svg)", "picture"),
        ("review-by: 2028-11-01", "review-by: 2026-11-02", "review-overdue"),
        ("Call 111.", "Call {clinic_fone}.", "clinic-detail"),
        ("country: US", "country: US\nreviewed-by: Dr. A. Sample, GP, 2026-11-20", "source-head-reviewed-by"),
    ],
)
def test_a_leaflet_with_an_error_is_not_signed_off(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str], old: str, new: str, check: str
) -> None:
    replaced(content / SOURCE, old, new)
    assert sign(content) == 1
    said = capsys.readouterr().err
    assert f"[{check}]" in said and "not signed off: 1 error" in said
    assert not (content / SIGNED).exists()


def test_what_is_not_there_cannot_be_signed_off(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sign(content, leaflet="inhalor") == 2
    assert "did you mean “inhaler”?" in capsys.readouterr().err


def test_a_leaflet_that_cannot_be_read_is_not_signed_off(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(content / SOURCE, "title: Your blue inhaler\n", "")
    assert sign(content) == 2
    said = capsys.readouterr().err
    assert "[source-head-key-missing]" in said and "“inhaler” could not be read" in said


@pytest.mark.parametrize(
    "line", ["reviewed-by: x", "reviewed-by: yes", "Reviewed_by: TODO", "approved-by: A, B, 2099-01-01"]
)
def test_a_line_typed_by_hand_is_told_with_the_command(
    content: Path, replaced: Edit, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(content / SOURCE, "country: US\n", f"country: US\n{line}\n")
    assert cli.main(["--root", str(content), "check"]) == 1
    said = capsys.readouterr().out
    assert "sources/inhaler.md:8: error: " in said and "sign-off inhaler --by" in said


# --------------------------------------------------------------------------- a file that somebody changed

HAND = {
    "another name": (WHO, "Dr. B. Sample, physician"),
    "another day": ("on = 2026-12-01", "on = 2026-12-02"),
    "a text": ("Shake it first.", "Shake it last."),
    "no seal": ("\nseal = ", "\n# seal = "),
    "an unknown key": ("[inhaler]", "[inhaler]\nnote = 1"),
}


@pytest.mark.parametrize(("old", "new"), HAND.values(), ids=HAND)
def test_a_sign_off_changed_by_hand_is_a_finding_and_no_sign_off(
    signed: Path, replaced: Edit, old: str, new: str
) -> None:
    replaced(signed / SIGNED, old, new)
    (finding,) = found(signed)
    assert (finding.check, str(finding.at)) == ("sign-off-broken", "sources/sign-offs.toml:6")
    assert held(signed) is None and "plainleaf sign-off inhaler" in finding.hint


def test_who_checks_it_anew_puts_right_what_was_changed_by_hand(signed: Path, replaced: Edit) -> None:
    replaced(signed / SIGNED, *HAND["no seal"])
    assert sign(signed) == 0
    assert held(signed) and not found(signed)


@pytest.mark.parametrize("broken", ["<<<<<<< ours\n", "inhaler = ", "\xff", "day = 2026-02-30\n", "day = 2026-13-01\n"])
def test_a_file_that_cannot_be_read_is_never_written_over(
    signed: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = broken.encode("latin-1") + (signed / SIGNED).read_bytes()
    (signed / SIGNED).write_bytes(text)
    assert [finding.check for finding in found(signed)] == ["sign-off-broken"] and held(signed) is None
    assert sign(signed) == 1
    assert "[sign-off-broken]" in capsys.readouterr().err
    assert (signed / SIGNED).read_bytes() == text


def test_the_seal_of_another_leaflet_does_not_count(signed: Path, replaced: Edit) -> None:
    (signed / SOURCE).rename(signed / "sources/puffer.md")
    replaced(signed / SIGNED, "[inhaler]", "[puffer]")
    (source,) = status.sources(project.load(signed), ("puffer",))
    assert source.fault and source.sign_off.startswith("does not count")


def test_a_file_of_approvals_signs_no_source_off(signed: Path) -> None:
    records = signatures.read(signed / SIGNED, signed, SIGN_OFFS).records
    signatures.write(signed / "locales/es/approvals.toml", records, signed)
    shutil.copy(signed / "locales/es/approvals.toml", signed / SIGNED)
    assert [finding.check for finding in found(signed)] == ["sign-off-broken"] and held(signed) is None


def test_the_sign_off_of_a_leaflet_that_is_gone_is_kept_and_named(signed: Path) -> None:
    (signed / SOURCE).rename(signed / "sources/puffer.md")
    assert "sign-off-unknown" in [finding.check for finding in project.load(signed).findings]
    assert sign(signed, leaflet="puffer") == 0
    assert set(signatures.read(signed / SIGNED, signed, SIGN_OFFS).records) == {"inhaler", "puffer"}


# --------------------------------------------------------------------------- told and printed


def test_status_tells_what_lapsed_it_word_by_word(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--root", str(content), "status", "inhaler"]
    sign(content)
    cli.main(run)
    assert f"noted by {WHO}, {TODAY}" in capsys.readouterr().out
    replaced(content / SOURCE, "a 50 microgram", "a 500 microgram")
    cli.main(run)
    said = capsys.readouterr().out
    assert f"LAPSED: source changed (noted by {WHO}, {TODAY})" in said
    assert "lapsed the sign-off: source changed: Take <b>2 puffs</b> with a [-50-]{+500+} microgram" in said
    cli.main([*run, "--json"])
    (source,) = json.loads(capsys.readouterr().out)["sources"]
    assert source["sign-off"]["holds"] is False and source["sign-off"]["lapses"][0]["why"] == "source changed"
    cli.main([*run, "--page"])
    assert "What lapsed the sign-off of Dr. A. Sample" in (content / "build/staff/status/inhaler/index.html").read_text(
        encoding="utf-8"
    )


def test_the_sample_line_goes_from_the_pdf_and_comes_back(content: Path, replaced: Edit) -> None:
    build = ("build", "--layout", "a4", "--locale", "en")
    assert "sample for review" in plainleaf(*build, root=content).stdout
    assert sign(content) == 0
    assert " ready" in plainleaf(*build, root=content).stdout
    assert "Sample for review" not in (content / "build/staff/print-list/inhaler/en.html").read_text(encoding="utf-8")
    replaced(content / SOURCE, "a 50 microgram", "a 500 microgram")
    assert "sample for review" in plainleaf(*build, root=content).stdout
