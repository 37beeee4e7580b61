"""What is signed is what is printed: each change that a patient would see lapses a signature, or voids it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from plainleaf import project
from plainleaf.actions import approve as approving
from plainleaf.actions import sign_off as signing_off
from plainleaf.actions import signing
from plainleaf.actions.page_words import shared
from plainleaf.approvals import records, seals, signatures
from plainleaf.approvals.records import Record, Waived
from plainleaf.approvals.seals import Standing, Why
from plainleaf.approvals.signatures import APPROVALS, SIGN_OFFS
from plainleaf.files import places
from tests.approvals.conftest import Person
from tests.conftest import ROOT, TESTS, TODAY

People = tuple[Person, Person]
SOURCE, CLINIC = Path("sources/inhaler.md"), Path("sources/clinics/sample.toml")
PO, WORDS = Path("locales/es/LC_MESSAGES/inhaler.po"), Path("locales/es/LC_MESSAGES/layouts.po")
APPROVED, SIGNED_OFF = Path("locales/es/approvals.toml"), Path("sources/sign-offs.toml")
SETTINGS, ALLOWED = Path("plainleaf.toml"), Path("allowed_signers")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#000" d="M1 1h7v7h-7z"/></svg>'


@pytest.fixture(scope="module", autouse=True)
def few_layouts(small_tool: Path) -> Iterator[None]:
    """The tool comes with two layouts: what holds of these holds of any."""
    with patch.object(places, "PACKAGE", small_tool / "plainleaf"):
        yield


def states(root: Path, today: date = TODAY) -> tuple[Standing | None, Standing | None]:
    """What stands under the leaflet and under its translation."""
    content = project.load(root)
    leaflet, words = content.leaflets["inhaler"], shared(content)
    return (
        signing_off.standing(content, leaflet, words, today),
        approving.standing(content, leaflet, content.locales["es"], words, today),
    )


def signed(root: Path, *who: Person, by: str = "A. Sample, nurse", on: date = TODAY) -> None:
    """Sign the leaflet and its translation, as the commands do with what they found to be in order."""
    content = project.load(root)
    leaflet, words, locale = content.leaflets["inhaler"], shared(content), content.locales["es"]
    for page, about, book in (
        (signing_off.page(content, "inhaler"), signing_off.subject(content, leaflet, words), SIGN_OFFS),
        (approving.page(content, "inhaler", "es"), approving.subject(content, leaflet, locale, words), APPROVALS),
    ):
        for person in who or (None,):
            name, key = (person.by, person.key) if person else (by, None)
            kept, faults = signing.given(page, about, seals.record(about, name, on), key, on)
            assert kept, faults
            signatures.write(root / page.file, {"inhaler": kept}, root, book)
            page = signing.Page(book, page.file, "inhaler", signatures.read(root / page.file, root, book),
                                page.signers, page.settings)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small leaflet with a picture, a style sheet and a template of its own, and words of layouts."""
    content = tmp_path_factory.mktemp("attacks") / "made"
    shutil.copytree(TESTS / "content", content)
    (content / "sources/pictures").mkdir()
    (content / "sources/pictures/puff.svg").write_text(PICTURE, encoding="utf-8")
    with (content / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\n![A puff of air](pictures/puff.svg)\n")
    with (content / PO).open("a", encoding="utf-8") as file:
        file.write('\nmsgid "A puff of air"\nmsgstr "Un soplo de aire"\n')
    folder = content / "layouts/a4"
    folder.mkdir(parents=True)
    for name in ("layout.toml", "layout.css", "layout.html"):
        shutil.copy(ROOT / "layouts/a4" / name, folder / name)
    with (folder / "layout.css").open("a", encoding="utf-8") as file:
        file.write('\n.urgent::after { content: "Call now" }\n')
    shutil.copy(ROOT / "locales/es/LC_MESSAGES/layouts.po", content / WORDS)
    return content


@pytest.fixture
def layouts(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture(scope="module")
def noted_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("attacks") / "noted"))
    signed(root)
    return root


@pytest.fixture
def noted(noted_once: Path, tmp_path: Path) -> Path:
    """A copy of it with an approval and a sign-off."""
    return Path(shutil.copytree(noted_once, tmp_path / "copy"))


def test_with_keys_it_is_signed_and_without_it_is_noted(layouts: Path, people: People) -> None:
    assert states(layouts) == (None, None)
    signed(layouts)
    assert [each and each.held and each.held.signed for each in states(layouts)] == [False, False]
    (layouts / ALLOWED).write_text(people[0].line("ana"), encoding="utf-8")
    signed(layouts, people[0])
    assert [each and each.held and each.held.signed for each in states(layouts)] == [True, True]


# Which of the two lapse: the leaflet's ("s"), the translation's ("t").
CHANGES: dict[str, tuple[Path, str, str, str]] = {
    "a digit": (SOURCE, "Take 4 puffs", "Take 40 puffs", "st"),
    "a unit": (SOURCE, "50 microgram", "50 milligram", "st"),
    "a negation": (SOURCE, "**Do not wait.**", "**Do wait.**", "st"),
    "a letter of another script": (SOURCE, "Shake it first", "Sh\u0430ke it first", "st"),
    "a space that does not break": (SOURCE, "Shake it", "Shake\u00a0it", "st"),
    "a digit of the translation": (PO, "Espere 4 horas", "Espere 24 horas", "t"),
    "a unit of the translation": (PO, "50 mcg", "50 mg", "t"),
    "a negation of the translation": (PO, "<b>No espere.</b>", "<b>Espere.</b>", "t"),
    "a homoglyph in the translation": (PO, "Primero agítelo", "Prim\u0435ro agítelo", "t"),
    "a joiner in the translation": (PO, "Primero agítelo", "Pri\u200dmero agítelo", "t"),
    "a picture's description": (SOURCE, "A puff of air", "A puff of smoke", "st"),
    "a picture's description in the translation": (PO, "Un soplo de aire", "Un soplo de humo", "t"),
    "a picture": (Path("sources/pictures/puff.svg"), "M1 1h7", "M1 1h6", "st"),
    "the emergency number": (CLINIC, 'emergency-number = "911"', 'emergency-number = "112"', "s"),
    "the clinic's number": (CLINIC, "202-555-0142", "202-555-0143", "s"),
    "the clinic's hours": (CLINIC, 'closes = "17:00"', 'closes = "19:00"', "s"),
    "a helpline's number": (CLINIC, 'phone = "988"', 'phone = "987"', "s"),
    "a helpline's words": (CLINIC, 'note = "free, day and night"\n', 'note = "not free"\n', "st"),
    "a helpline's translated words": (CLINIC, '"gratis, de día y de noche"\n', '"cuesta dinero"\n', "t"),
    "a helpline that is gone": (CLINIC, '[helplines.crisis]\nname = "Suicide and Crisis Lifeline"\nphone = "988"\n'
                                'note = "free, day and night"\nnotes.es = "gratis, de día y de noche"\n', "", "st"),
    "a word of the layouts": (WORDS, 'msgstr "Importante"', 'msgstr "Sin importancia"', "t"),
    "words of a style sheet": (Path("layouts/a4/layout.css"), '"Call now"', '"Do not call"', "st"),
    "where they are printed": (Path("layouts/a4/layout.css"), ".urgent::after", ".tip::after", "st"),
    "text hidden by a style sheet": (Path("layouts/a4/layout.css"), '{ content: "Call now" }',
                                     '{ content: "Call now" } .safety { display: none }', "st"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "which"), CHANGES.values(), ids=CHANGES)
def test_a_change_lapses_what_it_was_signed_in(
    noted: Path, replaced: Callable[[Path, str, str], None], file: Path, old: str, new: str, which: str
) -> None:
    replaced(noted / file, old, new)
    found = states(noted)
    assert [bool(each and each.lapses) for each in found] == [name in which for name in "st"]
    for lapse in (lapse for each in found if each for lapse in each.lapses):
        assert lapse.at and lapse.change, "it must say what changed, and where"


def test_words_typed_into_a_template_are_signed(noted: Path) -> None:
    with (noted / "layouts/a4/layout.html").open("a", encoding="utf-8") as file:
        file.write("{% block more %}<p>Take twice as much</p>{% endblock %}")
    for each in states(noted):
        assert each and [(lapse.why, lapse.text[:18]) for lapse in each.lapses] == [
            (Why.NEW, "Take twice as much"), (Why.SOURCE, "all else in this f"),
        ]  # fmt: skip


TEMPLATE, STYLE = Path("layouts/a4/layout.html"), Path("layouts/a4/layout.css")
FOR_TEMPLATES = {
    "a small word that is set": "{% set amount = 'half' %}{{ amount }}",
    "one that is handed on": "{{ shout('half') }}",
    "letters that are changed": "{{ leaflet.title.text | upper }}",
    "a part of a text": "{{ leaflet.title.words[:5] }}",
    "another order": "{% for piece in leaflet.body | reverse %}{{ piece.text }}{% endfor %}",
    "a drawing": "<svg viewBox='0 0 9 9'><path d='M1 1h7v7h-7z'/></svg>",
    "a picture in the page": "<img alt='' src='data:image/png;base64,AAAA'>",
    "an attribute without quotation marks": "<ol start=20></ol>",
    "what is kept from readers": "<p hidden>{{ leaflet.title.text }}</p>",
    "a part that is left out": "{% block closing %}{% endblock %}",
}


@pytest.mark.parametrize("added", FOR_TEMPLATES.values(), ids=FOR_TEMPLATES)
def test_whatever_a_template_of_the_root_does_is_signed(noted: Path, added: str) -> None:
    with (noted / TEMPLATE).open("a", encoding="utf-8") as file:
        file.write(f"{{% block more %}}{added}{{% endblock %}}")
    for each in states(noted):
        assert each and str(TEMPLATE) in [lapse.at.file for lapse in each.lapses if lapse.at]


def test_gaps_and_comments_of_a_template_are_free(noted: Path) -> None:
    text = (noted / TEMPLATE).read_text(encoding="utf-8")
    (noted / TEMPLATE).write_text("{# A4 #}\n<!-- A4 -->\n" + text.replace("\n", "\n\n"), encoding="utf-8")
    assert all(each and each.holds for each in states(noted))


FOR_STYLES = [
    "li { list-style-type: lower-alpha }", "b { font-variant-caps: all-small-caps }", "b { vertical-align: super }",
    "b { font-feature-settings: 'frac' }", "b { clip-path: inset(50%) }", "b { filter: invert(1) }",
    "b { mask: none }", "b { mix-blend-mode: screen }", "b { position: relative }", "b { float: right }",
    "b { text-indent: -9em }", "b { text-overflow: ellipsis }", "b { overflow: hidden }", "b { opacity: .2 }",
    "p { background: linear-gradient(#000, #000) }", "p { writing-mode: vertical-rl }",
    "li::marker { color: red }", "p::before { content: ''; width: 1mm; height: 3mm; background: #000 }",
    "@counter-style steps { system: numeric; symbols: a b }", "@import 'other.css';",
    "@font-face { font-family: 'Noto Sans'; src: url(doctored.ttf) }", "b { text-transform: full-size-kana }",
    "b { border-inline-start: 1px solid }", "b { outline: 1px solid }", "b { border-width: 0 0 0 2px }",
    "td { display: inline }", ":root { --from: 4 }", ":root { --turn: 180deg }", ":root { --as: inline }",
    ":root { --from: var(--four) }", ":root { --from: calc(1 + 3) }",
]  # fmt: skip


@pytest.mark.parametrize("rule", FOR_STYLES)
def test_what_a_style_sheet_of_the_root_draws_moves_or_changes_is_signed(noted: Path, rule: str) -> None:
    with (noted / STYLE).open("a", encoding="utf-8") as file:
        file.write(rule)
    for each in states(noted):
        assert each and str(STYLE) in [lapse.at.file for lapse in each.lapses if lapse.at]


@pytest.mark.parametrize(
    "rule",
    [
        "p { color: #123456; font-size: 13pt; margin-block: 2mm; padding: 1mm; border-color: rgb(0, 0, 0) }",
        "p { border-radius: 1mm; border-block-start-color: #000; border-collapse: collapse }",
        "@media print { p { line-height: calc(1.5 * var(--line)); break-inside: avoid } }",
        ":root { --ink: #123456; --gap: 2mm; --wide: calc(2 * 1em + var(--gap)); --tint: rgb(0 0 0); --share: 50% }",
        "/* a comment */",
    ],
)
def test_sizes_and_colours_are_free(noted: Path, rule: str) -> None:
    """What they do to a text is found on its printed page."""
    with (noted / STYLE).open("a", encoding="utf-8") as file:
        file.write(rule)
    assert all(each and each.holds for each in states(noted))


SIZES = Path("layouts/a4/layout.toml")


@pytest.mark.parametrize("setting", ['text = "short"', 'leaves-out = ["version"]', 'beside = "es"', 'like = "letter"'])
def test_settings_of_a_layout_of_the_root_that_change_what_is_read_are_signed(noted: Path, setting: str) -> None:
    text = (noted / SIZES).read_text(encoding="utf-8")
    (noted / SIZES).write_text(f"{setting}\n{text}", encoding="utf-8")
    for each in states(noted):
        assert each and str(SIZES) in [lapse.at.file for lapse in each.lapses if lapse.at]


def test_sizes_in_the_settings_of_a_layout_are_free(noted: Path) -> None:
    text = (noted / SIZES).read_text(encoding="utf-8").replace("body-size = 13", "body-size = 14")
    (noted / SIZES).write_text(f"# larger\n{text}", encoding="utf-8")
    assert "= 14" in text
    assert all(each and each.holds for each in states(noted))


@pytest.mark.parametrize("name", ["sign.svg", "letters.ttf", "photo.jpg"])
def test_pictures_and_fonts_of_layouts_are_signed(layouts: Path, name: str) -> None:
    (layouts / "layouts/a4" / name).write_text("one", encoding="utf-8")
    signed(layouts)
    (layouts / "layouts/a4" / name).write_text("two", encoding="utf-8")
    for each in states(layouts):
        assert each and [lapse.at and lapse.at.file for lapse in each.lapses] == [f"layouts/a4/{name}"]


def test_a_file_of_a_layout_that_is_gone_lapses_them(noted: Path) -> None:
    (noted / TEMPLATE).unlink()
    for each in states(noted):
        assert each and [lapse.why for lapse in each.lapses] == [Why.REMOVED]


def test_a_template_behind_a_link_to_a_folder_is_signed(noted: Path) -> None:
    parts = noted / "parts"
    parts.mkdir()
    (noted / "layouts/a4/parts").symlink_to(parts)
    (parts / "more.html").write_text("<p>Take 20</p>", encoding="utf-8")
    for each in states(noted):
        assert each and "Take 20" in [lapse.text for lapse in each.lapses]


def test_two_translations_that_change_places_lapse(noted: Path) -> None:
    text = (noted / PO).read_text(encoding="utf-8")
    one, other = "Primero agítelo. Luego eche el aire.", "Espere 4 horas antes de usarlo otra vez."
    text = text.replace(one, "\0").replace(other, one).replace("\0", other)
    (noted / PO).write_text(text, encoding="utf-8")
    _, found = states(noted)
    assert found and [lapse.why for lapse in found.lapses] == [Why.TRANSLATION] * 2


def test_the_name_of_another_language_is_signed_where_a_line_of_languages_prints_it(layouts: Path) -> None:
    with (layouts / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\n::: languages\n:::\n")
    own = layouts / "locales/fr/locale.toml"
    own.parent.mkdir(parents=True)
    signed(layouts)
    own.write_text('own-name = "Take 20 puffs"\n', encoding="utf-8")
    for each in states(layouts):
        assert each and [(lapse.why, lapse.text) for lapse in each.lapses] == [(Why.NEW, "Take 20 puffs")]


def test_help_lines_that_change_places_lapse_the_sign_off(noted: Path) -> None:
    before, crisis, samhsa = (noted / CLINIC).read_text(encoding="utf-8").split("[helplines.")
    swapped = f"{before}[helplines.{samhsa}\n[helplines.{crisis}"
    (noted / CLINIC).write_text(swapped, encoding="utf-8")
    found, _ = states(noted)
    assert found and [(lapse.was, lapse.text) for lapse in found.lapses] == [("crisis, samhsa", "samhsa, crisis")]


def test_the_digits_of_the_sources_own_language_are_signed(noted: Path) -> None:
    own = noted / "locales/en/locale.toml"
    own.parent.mkdir(parents=True)
    own.write_text('digits = "arab"\n', encoding="utf-8")
    found, _ = states(noted)
    assert found and [(lapse.why, lapse.text) for lapse in found.lapses] == [(Why.NEW, "arab")]


@pytest.mark.parametrize(("tag", "which"), [("en", "s"), ("es", "t")])
def test_how_a_root_says_from_day_to_day_is_signed(noted: Path, tag: str, which: str) -> None:
    own = noted / f"locales/{tag}/checks.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('[days]\nfrom-to = "only {}, never {}"\n', encoding="utf-8")
    found = states(noted)
    assert [bool(each and each.lapses) for each in found] == [name in which for name in "st"]
    assert [lapse.text for each in found if each for lapse in each.lapses] == ["only {}, never {}"]


@pytest.mark.parametrize(("tag", "which"), [("en", "st"), ("es", "t")])
def test_fonts_that_a_language_is_printed_in_are_signed(noted: Path, tag: str, which: str) -> None:
    own = noted / f"locales/{tag}/locale.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    with own.open("a", encoding="utf-8") as file:
        file.write('\n[[fonts]]\nname = "Ours"\nregular = "Ours-Regular.ttf"\nbold = "Ours-Bold.ttf"\n')
    found = states(noted)
    assert [bool(each and each.lapses) for each in found] == [name in which for name in "st"]


def test_the_words_of_one_clinic_are_not_signed_for_another(noted: Path) -> None:
    shutil.copy(noted / CLINIC, noted / "sources/clinics/other.toml")
    (noted / SETTINGS).write_text('clinic = "other"\n', encoding="utf-8")
    assert all(each and each.lapses for each in states(noted))


def test_a_review_day_that_is_past_lapses_the_sign_off(noted: Path) -> None:
    day = date(2028, 11, 1)
    assert [bool(each and each.lapses) for each in states(noted, day)] == [False, False]
    found, _ = states(noted, day + timedelta(days=1))
    assert found and [lapse.why for lapse in found.lapses] == [Why.OVERDUE]


# --------------------------------------------------------------------------- with keys


@pytest.fixture
def signed_by_ana(layouts: Path, people: People) -> Path:
    (layouts / ALLOWED).write_text(people[0].line("ana"), encoding="utf-8")
    signed(layouts, people[0])
    return layouts


@pytest.mark.parametrize(
    "changed",
    [
        lambda kept: replace(kept, approval=replace(kept.approval, by="Eve Sample, clinical translator")),
        lambda kept: replace(kept, approval=replace(kept.approval, on=TODAY - timedelta(days=1))),
        lambda kept: replace(kept, texts=(replace(kept.texts[0], translation="x"), *kept.texts[1:])),
        lambda kept: replace(kept, texts=kept.texts[1:]),
        lambda kept: replace(kept, words=(*kept.words, kept.words[0])),
        lambda kept: replace(kept, content=kept.content[::-1]),
        lambda kept: replace(kept, waived=(Waived("po-numbers", "asthma", "it is so", "A. Sample, nurse"),)),
    ],
)
def test_a_record_that_is_sealed_anew_does_not_fit_its_signature(
    signed_by_ana: Path, changed: Callable[[Record], Record]
) -> None:
    """Anybody can make a seal; nobody else can make the signature."""
    kept = signatures.read(signed_by_ana / APPROVED, signed_by_ana).records["inhaler"]
    signatures.write(signed_by_ana / APPROVED, {"inhaler": changed(kept)}, signed_by_ana)
    assert "inhaler" in signatures.read(signed_by_ana / APPROVED, signed_by_ana).records
    _, found = states(signed_by_ana)
    assert found and found.fault and found.fault.check == "approval-signature" and found.fault.hint


def test_a_signature_of_another_leaflet_or_language_or_kind_is_none(signed_by_ana: Path, people: People) -> None:
    kept = signatures.read(signed_by_ana / APPROVED, signed_by_ana).records["inhaler"]
    other = signed_by_ana / "locales/pt/approvals.toml"
    other.parent.mkdir()
    for path, slug, book in ((other, "inhaler", APPROVALS), (signed_by_ana / APPROVED, "spacer", APPROVALS),
                             (signed_by_ana / SIGNED_OFF, "inhaler", SIGN_OFFS)):  # fmt: skip
        signatures.write(path, {slug: kept}, signed_by_ana, book)
        there = signatures.read(path, signed_by_ana, book)
        assert slug in there.records, "its seal is made anew"
        content = project.load(signed_by_ana)
        page = signing.Page(book, path.relative_to(signed_by_ana), slug, there, content.signers, content.settings)
        (fault,) = signing.faults(page, TODAY)
        assert "changed after it was signed" in fault.message


def test_a_key_that_is_taken_off_the_list_signs_no_more(signed_by_ana: Path, people: People) -> None:
    (signed_by_ana / ALLOWED).write_text(people[1].line("ben"), encoding="utf-8")
    for each in states(signed_by_ana):
        assert each and not each.holds and each.fault and "is not in allowed_signers" in each.fault.message


def test_a_signature_cut_off_is_only_noted_and_does_not_do_where_one_is_required(signed_by_ana: Path) -> None:
    for path in (APPROVED, SIGNED_OFF):
        text = (signed_by_ana / path).read_text(encoding="utf-8")
        (signed_by_ana / path).write_text(text[: text.index("signature =")], encoding="utf-8")
    assert [each and each.held and each.held.signed for each in states(signed_by_ana)] == [False, False]
    (signed_by_ana / SETTINGS).write_text("require-signature = true\n", encoding="utf-8")
    for each in states(signed_by_ana):
        assert each and not each.holds and [lapse.why for lapse in each.lapses] == [Why.NO_KEY]


# --------------------------------------------------------------------------- two persons


def test_safety_texts_want_two_persons_where_the_settings_say_so(layouts: Path, people: People) -> None:
    ana, ben = people
    (layouts / ALLOWED).write_text(ana.line("ana") + ben.line("ben"), encoding="utf-8")
    (layouts / SETTINGS).write_text("signatures = 2\n", encoding="utf-8")
    signed(layouts, ana)
    for each in states(layouts):
        assert each and [lapse.why for lapse in each.lapses] == [Why.ONE]
    signed(layouts, ana, ben)
    for each in states(layouts):
        assert each and each.held and [one.by for one in each.held.all] == [ana.by, ben.by]


SAME = [
    "Ana Sample, doctor", "Dr. ANA  SAMPLE, clinical translator", "A. Sample, nurse", "Sample, nurse",
    "AnaSample, nurse", "\u0410n\u0430 S\u0430mple, nurse",  # the last with Cyrillic letters
]  # fmt: skip


@pytest.mark.parametrize("by", SAME)
def test_one_person_is_not_two(layouts: Path, by: str) -> None:
    (layouts / SETTINGS).write_text("signatures = 2\n", encoding="utf-8")
    signed(layouts, by="Ana Sample, clinical translator")
    signed(layouts, by=by)
    assert [[lapse.why for lapse in each.lapses] if each else [] for each in states(layouts)] == [[Why.ONE]] * 2


@pytest.mark.parametrize("by", ["Ben Sample, nurse", "B. Sample, nurse", "Ana Trial, nurse", "Aida Sample, nurse"])
def test_two_persons_may_share_a_part_of_their_names(layouts: Path, by: str) -> None:
    (layouts / SETTINGS).write_text("signatures = 2\n", encoding="utf-8")
    signed(layouts, by="Ana Sample, clinical translator")
    signed(layouts, by=by)
    assert all(each and each.holds for each in states(layouts))


def test_one_key_is_not_two_persons(layouts: Path, people: People) -> None:
    ana, _ = people
    other = Person(ana.key, ana.public, "Ben Trial, nurse")
    (layouts / ALLOWED).write_text(ana.line("ana") + other.line("ben"), encoding="utf-8")
    (layouts / SETTINGS).write_text("signatures = 2\n", encoding="utf-8")
    signed(layouts, ana, other)
    assert [[lapse.why for lapse in each.lapses] if each else [] for each in states(layouts)] == [[Why.ONE]] * 2


# --------------------------------------------------------------------------- of an earlier version

FORMER = """\
[inhaler]
by = "A. Sample, nurse"
on = 2026-12-01
source = 2026-11-01
content = "0123"
texts = [
  ["0000", "Your blue inhaler"],
]
words = [
]
seal = "{seal}"
"""


def test_an_approval_of_an_earlier_version_is_read_kept_and_lapsed(layouts: Path) -> None:
    seal = records.digest(
        ["es", "inhaler", "A. Sample, nurse", "2026-12-01", "2026-11-01", "0123",
         [["", "Your blue inhaler", "0000"]], []]
    )  # fmt: skip
    (layouts / APPROVED).write_text(FORMER.format(seal=seal), encoding="utf-8")
    _, found = states(layouts)
    assert found and found.fault is None and Why.LESS in [lapse.why for lapse in found.lapses]
    kept = signatures.read(layouts / APPROVED, layouts).records
    signatures.write(layouts / APPROVED, kept, layouts)
    assert (layouts / APPROVED).read_text(encoding="utf-8").endswith(FORMER.format(seal=seal))
    (layouts / APPROVED).write_text(FORMER.format(seal="0" * 32), encoding="utf-8")
    _, found = states(layouts)
    assert found and found.fault and found.fault.check == "approval-broken"
