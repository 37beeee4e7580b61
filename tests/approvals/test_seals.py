"""An approval covers every text, any change lapses it, and nobody can approve what is not in order."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from plainleaf import pipeline, project
from plainleaf.actions import signing
from plainleaf.actions.status import Row, rows
from plainleaf.approvals import contents, signatures
from plainleaf.approvals.contents import Detail
from plainleaf.approvals.seals import Why
from plainleaf.cli import main as cli
from plainleaf.files import places
from plainleaf.formats import pages
from plainleaf.layouts import templates as layouts
from plainleaf.model import Approval, Edition, Finding, Location, Severity
from plainleaf.sources import markdown as sources
from plainleaf.typesetting import locales
from tests import shipped
from tests.conftest import TESTS, TODAY, plainleaf

pytestmark = pytest.mark.usefixtures("two_layouts")

Edit = Callable[[Path, str, str], None]
WHO = "A. Sample, clinical translator"
PO = Path("locales/es/LC_MESSAGES/inhaler.po")
SOURCE = Path("sources/inhaler.md")
APPROVALS = Path("locales/es/approvals.toml")
DRAFT = "Borrador de traducción"


def approve(root: Path, by: str = WHO, locale: str = "es", leaflet: str = "inhaler") -> int:
    return cli.main(["--root", str(root), "approve", locale, leaflet, "--by", by])


@pytest.fixture(scope="session")
def signed_once(small_tool: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of approvals as the command writes it for the small leaflet; what tests change is its copy."""
    root = tmp_path_factory.mktemp("approved") / "content"
    shutil.copytree(TESTS / "content", root)
    with patch.object(places, "PACKAGE", small_tool / "plainleaf"):
        assert approve(root) == 0
    return (root / APPROVALS).read_bytes()


@pytest.fixture
def approved(content: Path, signed_once: bytes) -> Path:
    """The small content with its translation approved."""
    (content / APPROVALS).write_bytes(signed_once)
    return content


def edition(root: Path) -> tuple[Edition, tuple[Finding, ...]]:
    choice = pipeline.Choice(("inhaler",), ("es",))
    return next(pipeline.editions(project.load(root), choice, TODAY))


def row(root: Path) -> Row:
    (found,) = rows(project.load(root), ("inhaler",), ("es",))
    return found


def lapsed(root: Path) -> list[tuple[Why, str]]:
    """What lapsed the approval; then, and only then, the edition is a draft."""
    content = project.load(root)
    (found,) = rows(content, ("inhaler",), ("es",))
    assert found.approval.startswith("LAPSED: ") == bool(found.lapses)
    with shipped.unchecked():  # who signs sees what is found; here it is not asked for
        made, _ = next(pipeline.editions(content, pipeline.Choice(("inhaler",), ("es",)), TODAY))
    assert made.draft == bool(found.lapses)
    return [(lapse.why, lapse.text) for lapse in found.lapses]


def page(root: Path) -> str:
    content = project.load(root)
    made, _ = edition(root)
    assert content.clinic
    words = pages.words_of(content, made.locale)
    return layouts.render(made, content.layouts["a4"], content.clinic, words, content.layout_folders)


# --------------------------------------------------------------------------- approving


def test_an_approved_edition_says_who_checked_it_when_and_against_what(content: Path) -> None:
    assert DRAFT in page(content) and WHO not in page(content)
    assert approve(content) == 0
    made, findings = edition(content)
    assert not findings and not made.draft
    assert made.approval == Approval(WHO, TODAY, made.meta.written)
    html = page(content)
    assert DRAFT not in html
    about = html[html.index("Acerca de este folleto") :]
    for words in ("Revisión de la traducción anotada por", WHO, "1\u00a0de\u00a0diciembre\u00a0de\u00a02026"):
        assert words in about
    assert "inhaler en 2026-11-01" in about[about.index("Versión del original") :]


def test_the_file_is_readable_stable_and_names_each_text(content: Path) -> None:
    approve(content)
    first = (content / APPROVALS).read_bytes()
    table = tomllib.loads(first.decode())["inhaler"]
    assert (table["by"], table["on"], table["source"].isoformat()) == (WHO, TODAY, "2026-11-01")
    texts = [entry[0] for entry in table["texts"]]
    assert texts[0] == "Your blue inhaler" and len(texts) == len(set(texts)) == 14
    assert ["Shake it first. Then breathe out.", "Primero agítelo. Luego eche el aire."] in table["texts"]
    assert ["Important", "Importante"] in table["words"]
    assert re.fullmatch("[0-9a-f]{32}", table["seal"])
    approve(content)
    assert (content / APPROVALS).read_bytes() == first


def test_approving_anew_takes_the_place_of_a_lapsed_approval(content: Path, replaced: Edit) -> None:
    approve(content)
    replaced(content / PO, "Primero agítelo.", "Agítelo primero.")
    assert lapsed(content)
    assert approve(content, "Luis Gil, nurse") == 0
    assert not lapsed(content)
    assert row(content).approval == f"noted by Luis Gil, nurse, {TODAY}"


def test_one_leaflets_approval_leaves_the_others_as_they_are(content: Path) -> None:
    for folder, suffix in (("sources", "md"), ("locales/es/LC_MESSAGES", "po")):
        text = (content / folder / f"inhaler.{suffix}").read_text(encoding="utf-8")
        (content / folder / f"spacer.{suffix}").write_text(text, encoding="utf-8")
    approve(content)
    before = (content / APPROVALS).read_text(encoding="utf-8")
    assert approve(content, leaflet="spacer") == 0
    assert (content / APPROVALS).read_text(encoding="utf-8").startswith(before)
    signed = {found.approval for found in rows(project.load(content), (), ("es",)) if found.leaflet}
    assert signed == {f"noted by {WHO}, {TODAY}"}


# --------------------------------------------------------------------------- what lapses it

CHANGES: dict[str, tuple[Path, str, str, list[tuple[Why, str]]]] = {
    "a translation": (PO, "Primero agítelo.", "Agítelo.", [(Why.TRANSLATION, "Shake it first. Then breathe out.")]),
    "a letter of it": (PO, "Cómo usarlo", "Como usarlo", [(Why.TRANSLATION, "How to use it")]),
    "a fuzzy mark": (PO, 'msgid "asthma"', '#, fuzzy\nmsgid "asthma"', [(Why.NOT_CURRENT, "asthma")]),
    "a dose": (SOURCE, "Take 4 puffs", "Take 6 puffs", [(Why.SOURCE, "<b>Do not wait.</b> Take 6 puffs, one by one.")]),
    "a new text": (
        SOURCE, "Shake it first.", "Do it sitting.\n\nShake it first.", [(Why.NEW, "Do it sitting.")],
    ),
    "a text deleted": (
        SOURCE, "- Take **2 puffs** with a 50 microgram inhaler.\n", "",
        [(Why.REMOVED, "Take <b>2 puffs</b> with a 50 microgram inhaler.")],
    ),
    "a link": (
        SOURCE, "https://clinic.example/asthma", "https://clinic.example/cough",
        [(Why.CONTENT, "link: https://clinic.example/cough")],
    ),
    "a reference": (
        SOURCE, "2020;1(1):1-2", "2021;1(1):1-2",
        [(Why.CONTENT, 'reference example2020: A sample reference. Journal of Samples 2021;1(1):1-2. '
                       '"https://doi.org/10.0000/sample"')],
    ),
    "the kind of a block": (
        SOURCE, "## Words to know", "### Words to know", [(Why.CONTENT, 'block: heading {"level": "3"} text 13')],
    ),
    "a safety mark": (SOURCE, " {.safety}", "", [(Why.CONTENT, "block: >item text 11")]),
    "what small formats print": (
        SOURCE, " {.safety}", " {.safety .short}", [(Why.CONTENT, "block: >item safety short text 11")],
    ),
    "the source's date": (SOURCE, "written: 2026-11-01", "written: 2026-11-20", [(Why.WRITTEN, "2026-11-20")]),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "why"), CHANGES.values(), ids=CHANGES)
def test_any_later_change_lapses_it_and_is_named(
    approved: Path, replaced: Edit, file: Path, old: str, new: str, why: list[tuple[Why, str]]
) -> None:
    replaced(approved / file, old, new)
    assert lapsed(approved) == why


def test_it_holds_until_something_changes_and_again_once_that_is_put_back(approved: Path, replaced: Edit) -> None:
    assert lapsed(approved) == []
    for file, old, new, why in (CHANGES["a translation"], CHANGES["a dose"]):
        replaced(approved / file, old, new)
        assert lapsed(approved) == why
        replaced(approved / file, new, old)
    assert lapsed(approved) == []


def test_another_order_lapses_it(approved: Path, replaced: Edit) -> None:
    first = "- Take **2 puffs** with a 50 microgram inhaler."
    second = "- Wait 4 hours before you use it again. {.safety}"
    replaced(approved / SOURCE, f"{first}\n{second}", f"{second}\n{first}")
    assert lapsed(approved) == [(Why.ORDER, "")]


def test_a_changed_link_is_said_with_what_it_was(approved: Path, replaced: Edit) -> None:
    replaced(approved / SOURCE, "https://clinic.example/asthma", "https://clinic.example/cough")
    assert [lapse.was for lapse in row(approved).lapses] == ["link: https://clinic.example/asthma"]


def test_a_changed_text_is_told_with_what_it_was(approved: Path, replaced: Edit) -> None:
    replaced(approved / SOURCE, "Take 4 puffs", "Take 6 puffs")
    (lapse,) = row(approved).lapses
    assert lapse.was == "<b>Do not wait.</b> Take 4 puffs, one by one."
    assert str(lapse.at) == "sources/inhaler.md:20"


def test_a_word_of_the_layouts_is_part_of_what_was_checked(content: Path, replaced: Edit) -> None:
    """Who signs a page signs its "Important" and its "Emergency" too; a word that is printed no more is no loss."""
    words = content / "locales/es/LC_MESSAGES/layouts.po"
    shipped = places.shipped("locales") / "es/LC_MESSAGES/layouts.po"
    words.write_bytes(shipped.read_bytes())
    approve(content)
    replaced(words, 'msgstr "Importante"', 'msgstr "Consejo importante"')
    assert lapsed(content) == [(Why.TRANSLATION, "Important")]


def test_what_clinicians_sign_lapses_no_translation(approved: Path, replaced: Edit) -> None:
    replaced(approved / "sources/clinics/sample.toml", "+1 202-555-0142", "+1 202-555-0199")
    replaced(approved / SOURCE, "review-by: 2028-11-01", "review-by: 2029-11-01")
    replaced(approved / SOURCE, "## How to use it\n", "\n## How to use it\n\n\n")
    replaced(approved / PO, "#. Heading, in the box", "# a translator's note\n#. Heading, in the box")
    assert lapsed(approved) == []


# --------------------------------------------------------------------------- what a signature covers, piece by piece

SIGNED = """\
---
title: Your blue inhaler
summary: How to use it.
audience: People who have asthma
written: 2026-11-01
review-by: 2028-11-01
country: US
references:
  first2020:
    text: A sample reference. Journal of Samples 2020;1(1):1-2.
    url: https://doi.org/10.0000/sample
---

## How to use it

![A hand on an inhaler](pictures/hand.svg "Press once")

::: only country=US
Call your clinic.
:::

::: evidence refs="first2020"
In a sample study, 9 of 10 people felt better.
:::

| Day | Puffs |
|---|---|
| 1 | 2 |
| {emergency_number} | 4 |

{clinic_phone}

Take **2 puffs**. See [our page](https://clinic.example/asthma). {.safety}
"""
PIECES = {
    "the country that a part is for": ("only country=US", "only country=not-US"),
    "the mark that a part is for one country": ("::: only country=US\nCall your clinic.\n:::", "Call your clinic."),
    "another picture": ("pictures/hand.svg", "pictures/foot.svg"),
    "the leaflet's country": ("country: US\n", "country: CA\n"),
    "a reference's text": ("1(1):1-2", "1(1):1-3"),
    "a reference's address": ("10.0000/sample", "10.0000/other"),
    "which reference stands behind a finding": ('refs="first2020"', 'refs="first2020, other2020"'),
    "a link": ("clinic.example/asthma", "clinic.example/cough"),
    "a safety mark": (" {.safety}", ""),
    "a detail alone in its paragraph": ("{clinic_phone}\n", "{clinic_fax}\n"),
    "a detail alone in a cell": ("| {emergency_number} |", "| {clinic_phone} |"),
    "a new row": ("| 1 | 2 |", "| 1 | 2 |\n| 2 | 2 |"),
}


def signed(root: Path, text: str, picture: str = "<svg/>") -> tuple[Detail, ...]:
    """What holds the texts of a leaflet together."""
    pictures = root / "sources" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    for name in ("hand", "foot"):
        (pictures / f"{name}.svg").write_text(picture, encoding="utf-8")
    leaflet, _ = sources.parse("sources/sample.md", text)
    assert leaflet
    return contents.subject(leaflet, lambda context, text: None, (), root).content


@pytest.mark.parametrize(("old", "new"), PIECES.values(), ids=PIECES)
def test_a_signature_covers_what_holds_the_texts_together(tmp_path: Path, old: str, new: str) -> None:
    assert SIGNED.count(old) == 1
    other = SIGNED.replace(old, new)
    if "other2020" in other:
        reference = "\n  other2020:\n    text: Another sample.\n    url: https://doi.org/10.0000/sample\n---\n\n##"
        assert signed(tmp_path, SIGNED.replace("\n---\n\n##", reference)) != signed(tmp_path, SIGNED)
        other = other.replace("\n---\n\n##", reference)
        assert signed(tmp_path, other) != signed(tmp_path, SIGNED.replace("\n---\n\n##", reference))
    assert signed(tmp_path, other) != signed(tmp_path, SIGNED)


def test_a_signature_covers_each_picture_as_it_is_drawn(tmp_path: Path) -> None:
    before = signed(tmp_path, SIGNED)
    assert signed(tmp_path, SIGNED, "<svg><path d='M0 0h1'/></svg>") != before
    (tmp_path / "sources" / "pictures" / "hand.svg").unlink()
    leaflet, _ = sources.parse("sources/sample.md", SIGNED)
    assert leaflet
    assert contents.subject(leaflet, lambda *key: None, (), tmp_path).content != before


def test_a_sign_in_no_message_is_signed_as_it_is_written(tmp_path: Path) -> None:
    pairs = [detail.pair for detail in signed(tmp_path, SIGNED.replace("| 1 | 2 |", "| – | 2 |"))]
    assert ("block", '>>cell {"header": "no"} "–"') in pairs


def test_a_signature_does_not_hang_on_words_or_their_lines(tmp_path: Path) -> None:
    """The words are signed one by one."""
    before = signed(tmp_path, SIGNED)
    assert signed(tmp_path, SIGNED.replace("Call your clinic.", "Ring your clinic.")) == before
    assert signed(tmp_path, SIGNED.replace("## How to use it", "\n\n## How to use it")) == before
    assert signed(tmp_path, SIGNED.replace("Call your clinic.", "Press twice.")) == before


@pytest.mark.parametrize(
    ("by", "fault"),
    [
        ("A. Sample, nurse", ""),
        ("A. Sample", "comma"),
        (", nurse", "comma"),
        ("A. Sample, 7", "comma"),
        ("A" * 114 + ", nurse", "single line"),
        ("A" * 113 + ", nurse", ""),
        (" A. Sample, nurse", "single line"),
        ("A. Sample, nur\u200bse", "single line"),
        ("Li, nurse", ""),
        ("王, 护士", ""),
        ("A., nurse", "is not a name"),
        ("A. Sample, n", "is not a name"),
    ],
)
def test_a_name_is_one_line_with_a_role(by: str, fault: str) -> None:
    assert fault in signatures.fault_of_name(by) and bool(signatures.fault_of_name(by)) == bool(fault)


# --------------------------------------------------------------------------- what is refused

REFUSED: dict[str, tuple[Path, str, str, str]] = {
    "an error": (PO, "Inhale <b>2 veces</b> con", "Inhale 2 veces con", "po-tag"),
    "a fuzzy text": (PO, 'msgid "asthma"', '#, fuzzy\nmsgid "asthma"', "po-fuzzy"),
    "an untranslated text": (PO, 'msgstr "asma"', 'msgstr ""', "po-untranslated"),
    "a text that the catalog lacks": (SOURCE, "Shake it first.", "Shake it well first.", "po-missing"),
    "an overdue source": (SOURCE, "review-by: 2028-11-01", "review-by: 2026-11-02", "review-overdue"),
    "a broken catalog": (PO, 'msgstr "asma"', 'msgstr "asma', "po-syntax"),
}


@pytest.mark.parametrize("policy", ["refuse", "show-source"])
@pytest.mark.parametrize(("file", "old", "new", "check"), REFUSED.values(), ids=REFUSED)
def test_nothing_with_an_open_error_is_approved(
    content: Path, replaced: Edit, capsys: pytest.CaptureFixture[str],
    policy: str, file: Path, old: str, new: str, check: str,
) -> None:  # fmt: skip
    (content / "pyproject.toml").write_text(f'[tool.plainleaf]\nuntranslated = "{policy}"\n', encoding="utf-8")
    replaced(content / file, old, new)
    assert approve(content) == 1
    said = capsys.readouterr().err
    assert f"[{check}]" in said and "not approved: 1 error" in said
    assert not (content / APPROVALS).exists()


NOBODY = [
    "",
    " ",
    "Sample",
    "Sample,",
    ", nurse",
    "A.\nSample, nurse",
    "A. \u202eS, nurse",
    "A, " + "b" * 200,
    "1, 2",
    "x",
    "yes",
    "TODO",
    "TODO, TBD",
    "x, y",
    "Name, role",
    "A. Sample, role",
    "Your name, nurse",
]


@pytest.mark.parametrize("by", NOBODY)
def test_an_approval_needs_a_name_and_a_role(by: str) -> None:
    at = Location(APPROVALS.as_posix())
    (fault,) = signing.faults_of_name(by, locales.locale("es"), at, signatures.APPROVALS)
    assert fault.severity is Severity.ERROR and "does not say who approves" in fault.message and fault.at == at
    assert not signing.faults_of_name(WHO, locales.locale("es"), at, signatures.APPROVALS)


@pytest.mark.parametrize("by", ["", "x, y"])
def test_nobody_approves_nothing(content: Path, by: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert approve(content, by) == 1
    assert "does not say who approves" in capsys.readouterr().err
    assert not (content / APPROVALS).exists()


def test_a_name_that_cannot_be_printed_is_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert approve(content, "王芳, 翻译") == 1
    assert "empty boxes" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "leaflet", "said"),
    [
        ("fr", "inhaler", "no leaflet is in French yet"),
        ("es", "inhalor", "did you mean “inhaler”?"),
        ("en", "inhaler", "is the language that “inhaler” is written in"),
    ],
)
def test_what_is_not_there_cannot_be_approved(
    content: Path, locale: str, leaflet: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert approve(content, locale=locale, leaflet=leaflet) == 2
    assert said in capsys.readouterr().err


# --------------------------------------------------------------------------- safety texts

SAFETY = ("Wait 4 hours before you use it again.", "Espere 4 horas antes de usarlo otra vez.")
TURNED = {
    "a lost not": ("Do not use it at night.", "Úselo de noche.", "po-negation"),
    "never for always": ("Use it.", "Nunca lo use.", "po-negation"),
    "high for low": ("Call us if it is too low.", "Llámenos si es demasiado alto.", "po-direction"),
    "no child": ("Call us for your child.", "Llámenos por su tos.", "po-lost"),
    "stop for start": ("Start in the morning.", "Deje de tomarlo por la mañana.", "po-direction"),
    "a number in words": ("Wait for three hours.", "Espere unas horas.", "po-number-words"),
}


def say(root: Path, source: str, translation: str) -> None:
    """Put another text in the place of the safety text on waiting."""
    for file, pairs in ((SOURCE, [(SAFETY[0], source)]), (PO, [(SAFETY[0], source), (SAFETY[1], translation)])):
        text = (root / file).read_text(encoding="utf-8")
        for old, new in pairs:
            text = text.replace(old, new)
        (root / file).write_text(text, encoding="utf-8")


def comment(root: Path, said: str, reason: str) -> None:
    """Write the comment that the command asks for, with a reason, above the entry that it names."""
    file, number, line = re.findall(r"translation: (\S+):(\d+)\n.*(# plainleaf: ignore .*)", said)[0]
    assert file == PO.as_posix()
    lines = (root / PO).read_text(encoding="utf-8").split("\n")
    lines.insert(int(number) - 1, line.replace("...", reason))
    (root / PO).write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("source", "translation", "check"), TURNED.values(), ids=TURNED)
def test_no_warning_on_a_safety_text_is_signed_over(
    content: Path, capsys: pytest.CaptureFixture[str], source: str, translation: str, check: str
) -> None:
    say(content, source, translation)
    assert approve(content) == 1
    said = capsys.readouterr().err
    assert f"[{check}]" in said and "fix the translation" in said
    assert not (content / APPROVALS).exists()
    comment(content, said, "this is the way to say it here")
    assert approve(content) == 0
    kept = tomllib.loads((content / APPROVALS).read_text(encoding="utf-8"))["inhaler"]
    assert kept["waived"] == [[check, source, "this is the way to say it here", WHO]]
    assert lapsed(content) == []


@pytest.mark.parametrize(("source", "translation", "check"), TURNED.values(), ids=TURNED)
def test_a_warning_on_another_text_is_told_and_stops_nobody(
    content: Path, capsys: pytest.CaptureFixture[str], replaced: Edit, source: str, translation: str, check: str
) -> None:
    replaced(content / SOURCE, " before you use it again. {.safety}", " before you use it again.")
    say(content, source, translation)
    assert approve(content) == 0
    assert f"[{check}]" in capsys.readouterr().err and (content / APPROVALS).exists()


@pytest.mark.parametrize("safety", ["", " {.safety}"])
def test_an_advice_that_is_turned_round_is_an_error_where_its_words_are_certain(
    content: Path, capsys: pytest.CaptureFixture[str], replaced: Edit, safety: str
) -> None:
    replaced(content / SOURCE, " before you use it again. {.safety}", f" before you use it again.{safety}")
    say(content, SAFETY[0], "Espere 4 horas después de usarlo otra vez.")
    assert approve(content) == 1
    assert "error: the source says “before”, the translation “after”" in capsys.readouterr().err
    assert not (content / APPROVALS).exists()


@pytest.mark.parametrize("which", ["source", "translation"])
def test_a_waiver_lapses_with_the_text_that_it_was_given_for(
    content: Path, capsys: pytest.CaptureFixture[str], replaced: Edit, which: str
) -> None:
    say(content, "Do not use it at night.", "Úselo de noche.")
    approve(content)
    comment(content, capsys.readouterr().err, "this is the way to say it here")
    assert approve(content) == 0
    if which == "translation":
        replaced(content / PO, "Úselo de noche.", "Úselo solo de noche.")
    else:
        for file in (SOURCE, PO):
            replaced(content / file, "Do not use it at night.", "Do not use it by night.")
    assert edition(content)[0].draft and approve(content) == 1
    said = capsys.readouterr().err
    assert "has lapsed" in said and "[po-negation]" in said


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("", "is not signed"),
        ("; signed: {who}", "is not signed"),
        ("; signed: TODO; text: {code}", "does not say who sets"),
        ("; signed: {who}; text: 00000000", "has lapsed"),
    ],
)
def test_a_waiver_that_is_not_signed_for_this_text_does_not_do(
    content: Path, capsys: pytest.CaptureFixture[str], ending: str, said: str
) -> None:
    say(content, "Do not use it at night.", "Úselo de noche.")
    approve(content)
    asked, _, code = capsys.readouterr().err.partition(f"; signed: {WHO}; text: ")
    comment(content, asked + ending.format(who=WHO, code=code[:8]), "this is the way to say it here")
    assert approve(content) == 1
    assert said in capsys.readouterr().err and not (content / APPROVALS).exists()


# --------------------------------------------------------------------------- a file that somebody changed

HAND = {
    "another name": (WHO, "Ada Ray, physician"),
    "another day": ("on = 2026-12-01", "on = 2026-12-02"),
    "no seal": ("\nseal = ", "\n# seal = "),
    "an unknown key": ("[inhaler]", "[inhaler]\nnote = 1"),
    "a wrong type": ("on = 2026-12-01", 'on = "2026-12-01"'),
    "a text": ('["asthma", ', '["cough", '),
    "a translation": ('"asma"]', '"tos"]'),
    "another format": ("format = 2", "format = 3"),
    "no format": ("format = 2\n", ""),
    "a second signature that is none": ("\nseal = ", "\nsecond = {}\nseal = "),
    "a waiver": ("\nseal = ", '\nwaived = [["po-numbers", "asthma", "it is so", "A. Sample, nurse"]]\nseal = '),
    "a list of something else": ("\nseal = ", "\nwaived = [1]\nseal = "),
}


@pytest.mark.parametrize(("old", "new"), HAND.values(), ids=HAND)
def test_an_approval_changed_by_hand_is_a_finding_and_no_approval(
    approved: Path, replaced: Edit, old: str, new: str
) -> None:
    replaced(approved / APPROVALS, old, new)
    with shipped.unchecked():
        made, (finding,) = edition(approved)
    assert made.draft and made.approval is None
    assert (finding.check, str(finding.at)) == ("approval-broken", "locales/es/approvals.toml:6")
    assert row(approved).approval.startswith("does not count")


@pytest.mark.parametrize(("old", "new"), [HAND["no seal"], HAND["another format"], HAND["a wrong type"]])
def test_who_checks_it_anew_puts_right_what_was_changed_by_hand(
    approved: Path, replaced: Edit, old: str, new: str
) -> None:
    replaced(approved / APPROVALS, old, new)
    assert approve(approved) == 0
    assert not edition(approved)[1]


def test_an_approval_that_was_changed_by_hand_is_not_written_over_with_that_of_another_leaflet(
    approved: Path, replaced: Edit
) -> None:
    for file in ("sources/{}.md", "locales/es/LC_MESSAGES/{}.po"):
        shutil.copy(approved / file.format("inhaler"), approved / file.format("spacer"))
    replaced(approved / APPROVALS, *HAND["a translation"])
    before = (approved / APPROVALS).read_bytes()
    assert approve(approved, leaflet="spacer") == 1
    assert (approved / APPROVALS).read_bytes() == before


def test_an_approval_of_the_first_format_has_a_fingerprint_for_content(tmp_path: Path) -> None:
    table = '[inhaler]\nby = "A. Sample, translator"\non = 2026-11-01\nsource = 2026-11-01\ncontent = []\n'
    (tmp_path / "approvals.toml").write_text(f'{table}texts = []\nwords = []\nseal = "a"\n', encoding="utf-8")
    read = signatures.read(tmp_path / "approvals.toml", tmp_path)
    assert not read.records and "was changed by hand" in read.void["inhaler"].message


@pytest.mark.parametrize("text", ["<<<<<<< ours\n", "inhaler = ", "\xff"])
def test_a_file_that_cannot_be_read_is_never_written_over(
    approved: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = text.encode("latin-1") + (approved / APPROVALS).read_bytes()
    (approved / APPROVALS).write_bytes(broken)
    made, (finding,) = edition(approved)
    assert made.draft and finding.check == "approval-broken"
    assert approve(approved) == 1
    assert "[approval-broken]" in capsys.readouterr().err
    assert (approved / APPROVALS).read_bytes() == broken


def test_the_approval_of_another_language_does_not_count(approved: Path) -> None:
    other = approved / "locales/pt/LC_MESSAGES"
    other.mkdir(parents=True)
    (other / "inhaler.po").write_bytes((approved / PO).read_bytes())
    (approved / "locales/pt/approvals.toml").write_bytes((approved / APPROVALS).read_bytes())
    (found,) = rows(project.load(approved), ("inhaler",), ("pt",))
    assert found.fault and found.standing and not found.standing.holds


def test_the_approval_of_a_leaflet_that_is_gone_is_kept_and_named(approved: Path) -> None:
    (approved / SOURCE).rename(approved / "sources/puffer.md")
    (approved / PO).rename((approved / PO).with_name("puffer.po"))
    assert "approval-unknown" in [finding.check for finding in project.load(approved).findings]
    assert approve(approved, leaflet="puffer") == 0
    assert set(signatures.read(approved / APPROVALS, approved).records) == {"inhaler", "puffer"}


# --------------------------------------------------------------------------- in print


def test_the_draft_line_goes_from_what_is_published_and_comes_back(content: Path, replaced: Edit) -> None:
    build = ("build", "--format", "html", "--locale", "es")
    assert "draft translation" in plainleaf(*build, root=content).stdout
    assert approve(content) == 0
    assert re.search(r"inhaler +es .* sample for review", plainleaf(*build, root=content).stdout)
    assert f"Translation check noted by {WHO}" in (content / "build/staff/print-list/inhaler/es.html").read_text(
        encoding="utf-8"
    )
    replaced(content / PO, "Primero agítelo.", "Agítelo.")
    assert "draft translation" in plainleaf(*build, root=content).stdout
    assert "What lapsed the approval" in (content / "build/staff/status/inhaler/es.html").read_text(encoding="utf-8")
