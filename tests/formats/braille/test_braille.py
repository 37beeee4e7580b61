"""Braille of the shipped leaflets in every language that has a table: whole, letter by letter and figure by figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given

from plainleaf import files
from plainleaf.clinics.details import fill
from plainleaf.files import settings
from plainleaf.formats.base import FORMATS, Limits, Made
from plainleaf.formats.braille import brf, judging, liblouis, tables, writing
from plainleaf.formats.braille import format as braille_format
from plainleaf.formats.braille.tables import Braille
from plainleaf.formats.braille.units import Piece, Unit
from plainleaf.languages import facts
from plainleaf.languages.folding import fold
from plainleaf.layouts import markup
from plainleaf.layouts.reading_order import HEAD, reading_order
from plainleaf.layouts.signs import spelled
from plainleaf.layouts.templates import Prepared as Texts
from plainleaf.model import (
    BraillePage,
    Edition,
    Emphasis,
    Foreign,
    Inline,
    Leaflet,
    Location,
    Severity,
    Strong,
    Text,
    has_error,
)
from plainleaf.sources import markdown
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.conftest import ROOT, needs, plainleaf
from tests.matrix import cases
from tests.shipped import content, editions
from tests.strategies import FEWER, leaflets

BRAILLE = FORMATS["braille"]
USUAL = BraillePage()
SPACE = liblouis.SPACE
HERE = Location("sources/sample.md", 3)
WRITTEN = sorted(name for name, edition in editions().items() if not BRAILLE.wanted(edition))
LANGUAGES = sorted({locale for _, locale in WRITTEN})


@pytest.fixture(autouse=True)
def _liblouis() -> None:
    needs("liblouis20", liblouis.library() is not None)


@cache
def made(slug: str, locale: str, sheet: BraillePage = USUAL) -> Made:
    edition = editions()[slug, locale]
    own = content()
    project = replace(own, settings=replace(own.settings, braille=sheet))
    prepared = BRAILLE.prepare(project, edition, None, None, Texts(), "sample.brf")
    assert prepared.content is not None, prepared.findings
    return BRAILLE.write(replace(prepared, digest="1a2b 3c4d"), Limits(60, 999))


def body(file: bytes) -> str:
    """All cells but those at the foot of each page: its number, and what every page says of a draft."""
    pages = brf.decoded(file)
    if len(pages) < 3:
        return "".join(line for page in pages for line in page[:-1]).replace(SPACE, "")
    foot = 1
    while pages[1][-foot - 1] == pages[2][-foot - 1] != "":
        foot += 1
    notice = pages[1][-foot] if foot > 1 else pages[0][-1]
    text = [*pages[0][: pages[0].index(notice)], *(line for page in pages[1:] for line in page[:-foot])]
    return "".join(text).replace(liblouis.SPACE, "")


def pieces(inlines: tuple[Inline, ...], tag: str, bold: bool = False) -> Iterator[Piece]:
    """A text as the leaflet has it, not by way of a template."""
    for inline in inlines:
        match inline:
            case Text(text):
                yield Piece(text, tag, bold)
            case Foreign(children, lang):
                yield from pieces(children, lang, bold)
            case Strong(children) | Emphasis(children):
                words = "".join(piece.text for piece in pieces(children, tag))
                yield from pieces(children, tag, bold or braille_format._matters(words, tag))
            case _:
                yield from pieces(getattr(inline, "children", ()), tag, bold)


CLINIC = re.compile("(Sample Clinic|100 Example Street.*Springfield)")  # as the clinic writes it, in English
LATIN = re.compile("(Sample Clinic|100 Example Street.*Springfield|[A-Za-z]+)")


def cells(edition: Edition, parts: list[Piece]) -> list[str]:
    """A text in cells by the tables of its languages, without blanks; parted where Latin words stand in another script,
    which the page says are English."""
    known = {edition.locale.tag: tables.of(edition.locale), "en": tables.usual()["en"]}
    names = CLINIC if edition.locale.script == "Latn" else LATIN
    groups: list[list[Piece]] = [[]]
    for part in parts:
        for text in names.split(part.text):
            if part.tag != edition.locale.tag or names.fullmatch(text):
                groups.append([])
            else:
                groups[-1].append(replace(part, text=text))
    units = [Unit("paragraph", tuple(group), HERE) for group in groups if any(each.text.strip() for each in group)]
    there = {tag: table for tag, table in known.items() if table}
    return [writing.written(unit, there, edition.locale.tag).cells.replace(SPACE, "") for unit in units]


@pytest.mark.parametrize(("slug", "locale"), WRITTEN)
def test_every_text_is_in_the_file_in_its_order(slug: str, locale: str) -> None:
    done, edition = made(slug, locale), editions()[slug, locale]
    assert not done.findings
    there, place = body(done.files[".brf"]), 0
    for said in reading_order(edition, content().clinic):
        if said.language != edition.locale.tag:
            continue
        inlines = fill(spelled(said.block.inlines, edition.locale), content().clinic, edition.locale)
        for wanted in cells(edition, [*pieces(inlines, edition.locale.tag)]):
            found = there.find(wanted, 0 if said.role == HEAD else place)
            assert found >= 0, (said.text, str(said.at))
            place = place if said.role == HEAD else found + len(wanted)


FIGURES = {sign: str(number) for number, sign in enumerate("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊")}
FRENCH = {sign: str(number) for number, sign in enumerate("⠼⠡⠣⠩⠹⠱⠫⠻⠳⠪")}  # behind dot 6
LOWERED = {sign: str(number) for number, sign in enumerate("⠴⠂⠆⠒⠲⠢⠖⠶⠦⠔")}  # in Taiwan, without a number sign


def figures(line: str, locale: str) -> str:
    """The figures of a line of cells, read without liblouis: behind a number sign, up to what ends a number."""
    known, begins = (FRENCH, "⠠") if locale == "fr" else (FIGURES, "⠼")
    read, inside = "", False
    for sign, after in zip(line, [*line[1:], " "], strict=True):
        if inside and sign in known:
            read += known[sign]
        else:
            inside = (sign == begins and after in known) or (inside and sign in "⠂⠄⠲⠒⠆⠐⠤⠨" and after in known)
    return read


@pytest.mark.parametrize("locale", [each for each in LANGUAGES if not each.startswith("zh")])
def test_every_figure_can_be_read_back(locale: str) -> None:
    for text, line in with_figures(locale):
        assert figures(line, locale) == re.sub(r"\D", "", text), text


@pytest.mark.parametrize(("locale", "known"), [("zh_Hans", FIGURES), ("zh_Hant", LOWERED)])
def test_every_figure_can_be_read_back_in_chinese_where_the_number_sign_also_ends_syllables(
    locale: str, known: dict[str, str]
) -> None:
    signs = {figure: sign for sign, figure in known.items()}
    for text, line in with_figures(locale):
        place = 0
        for number in re.findall(r"\d+", text):
            wanted = ("⠼" if known is FIGURES and not re.search(rf"\d[.,]{number}", text) else "") + "".join(
                signs[figure] for figure in number
            )
            place = line.index(wanted, place) + len(wanted)


def with_figures(locale: str) -> Iterator[tuple[str, str]]:
    """Every text of the leaflets with a figure in it, in ASCII figures, and its cells."""
    for (_, name), edition in editions().items():
        table = tables.of(edition.locale)
        if name == locale and table:
            for said in reading_order(edition, content().clinic):
                if said.language == edition.locale.tag and any(map(str.isdigit, said.text)):
                    text = "".join(str(unicodedata.digit(each, each)) for each in said.text)
                    unit = Unit("paragraph", (Piece(said.text, said.language),), HERE)
                    yield text, writing.written(unit, {said.language: table}, said.language).cells


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_telephone_number_is_whole_on_a_line(locale: str) -> None:
    where = editions()["opioid-overdose", locale].locale
    table = tables.of(where)
    assert table
    lines = [line for page in brf.decoded(made("opioid-overdose", locale).files[".brf"]) for line in page]
    for number in ("(202) 555-0142", "(202) 555-0143", "1-800-662-4357", "911"):
        whole = number.replace(" ", "\u00a0")
        own = [writing.written(Unit("item", (Piece(whole, tag),), HERE), {tag: known}, tag).cells
               for tag, known in ((where.tag, table), ("en", tables.usual()["en"]))]  # fmt: skip
        assert any(cells in line for cells in own for line in lines), number


def test_a_number_is_never_parted_from_its_unit() -> None:
    for slug, wanted in (
        ("naltrexone-implants", ("380 mg", "50 mg", "7 to 10 days")),
        ("opioid-overdose", ("30 minutes",)),
    ):
        lines = [line for page in brf.decoded(made(slug, "en").files[".brf"]) for line in page]
        for text in wanted:
            assert any(liblouis.translate("en-ueb-g2.ctb", text).cells in line for line in lines), text


def test_a_page_holds_no_more_than_the_settings_say() -> None:
    for sheet in (BraillePage(), BraillePage(28, 26), BraillePage(20, 10, "top"), BraillePage(100, 60)):
        for name in ("es", "zh_Hans"):
            done = made("opioid-overdose", name, sheet)
            assert not done.findings
            for page in brf.decoded(done.files[".brf"]):
                assert len(page) == sheet.lines and max(map(len, page)) <= sheet.cells


def test_the_first_page_begins_with_the_title_and_the_panel_for_an_emergency() -> None:
    first = brf.decoded(made("opioid-overdose", "en").files[".brf"])[0]
    text = [liblouis.back("en-ueb-g2.ctb", line).strip() if line else "" for line in first]
    assert text[0] == "Opioid overdose: what to do"
    assert text.index("Emergency") < text.index("You cannot wake the person") < 12
    assert first[-1].endswith("⠼⠁") and len(first[-1]) == 40


def test_the_list_of_contents_leads_to_the_page_of_each_part() -> None:
    read = brf.decoded(made("naltrexone-implants", "en").files[".brf"])
    entries = [line for page in read for line in page if "⠐⠐⠐⠀⠼" in line]
    assert len(entries) > 6
    for entry in entries:
        words, _, number = entry.rpartition("⠀")
        page = read[int(figures(number, "en")) - 1]
        heading = words.rstrip("⠐").strip(SPACE)
        assert any(line.strip(SPACE) == heading for line in page), entry


def test_each_page_of_a_draft_says_so() -> None:
    for page in brf.decoded(made("opioid-overdose", "es").files[".brf"]):
        text = " ".join(liblouis.back("es-g1.ctb", line).strip() for line in page if line)
        assert "Borrador de traducción" in text


def test_no_heading_ends_a_page() -> None:
    heads = {block.at for block in editions()["naltrexone-implants", "en"].walk() if block.kind.value == "heading"}
    assert heads
    for page in brf.decoded(made("naltrexone-implants", "en").files[".brf"]):
        lines = [line for line in page[:-1] if line][:-1]
        assert not lines[-1].startswith("\u2800" * 4) or not lines[-2], lines[-1]


def test_every_kind_of_block_can_be_written(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = cases.content(tmp_path_factory.getbasetemp() / "one-truth", "sample-us")
    for name in ("en", "he", "de"):
        source = cases.source(cases.Case("a4", tuple(cases.BLOCKS)), "full", "US")
        leaflet, _ = markdown.parse("sources/sample.md", source)
        assert leaflet
        edition, _ = messages.localize(leaflet, locales.locale(name), "US", None, draft=False)
        prepared = BRAILLE.prepare(project, edition, None, None, Texts(), "sample.brf")
        done = BRAILLE.write(prepared, Limits(60, 999))
        assert not prepared.findings and not done.findings
        for page in brf.decoded(done.files[".brf"]) if name == "en" else ():
            shown = [line for line in page[:-3] if line]  # without what is said of a sample, and the page's number
            assert set(shown[-1]) != {"⠶"} and not shown[-1].startswith(SPACE * 4 + "⠠"), "nothing follows a box's name"


def test_the_same_bytes_come_from_the_same_leaflet() -> None:
    again = made.__wrapped__("opioid-overdose", "ar")
    assert again.files == made("opioid-overdose", "ar").files


# ------------------------------------------------------------------ tables


def sample(table: Braille, text: str, tag: str = "en") -> writing.Written:
    return writing.written(Unit("paragraph", (Piece(text, tag),), HERE), {tag: table}, tag)


@pytest.mark.parametrize("name", sorted(tables.usual()))
def test_each_table_writes_names_and_figures_of_its_language(name: str) -> None:
    from plainleaf.languages.cldr import language

    table, data = tables.usual()[name], language(name)
    assert liblouis.has(table.name) and (not table.elsewhere or liblouis.has(table.elsewhere))
    names = [*data.months["format"]["wide"].values(), *data.days["format"]["wide"].values()]
    for text in (*names, "(202) 555-0142; 2.5 mg: 0123456789!", "naloxone – “CPR” / 50%"):
        done = sample(table, text, name)
        assert done.cells and not done.unknown and not done.figures, (text, done.unknown)


def test_a_character_without_a_sign_is_a_finding_with_its_lines() -> None:
    unit = Unit("paragraph", (Piece("Take 2 ☃ a day", "en"),), HERE, Location("locales/es/LC_MESSAGES/x.po", 9))
    (found,) = judging.of_text(unit, writing.written(unit, {"en": tables.usual()["en"]}, "en"), "English")
    assert found.check == "braille-unknown" and "U+2603" in found.message and found.at == HERE
    assert found.po == Location("locales/es/LC_MESSAGES/x.po", 9)


@pytest.mark.parametrize(
    ("text", "left_out", "unknown"),
    [
        ("💊 Take 2 tablets", "💊", ""),
        ("Take 2 tablets 💊❤️", "💊❤", ""),
        ("👩\u200d⚕️ Ask us", "👩", "⚕"),
        ("Take 2 💊 a day", "", "💊"),
        ("😭", "", "😭"),
        ("Take 2 approx. 💊 a day", "", "💊"),
        ("Take 2. 🚫 Alcohol", "", "🚫"),
        ("🚫 Alcohol", "", "🚫"),
        ("👍 Yes", "", "👍"),
        ("Take 2 tablets", "", ""),
    ],
)
def test_an_emoji_beside_words_is_left_out_with_a_warning(text: str, left_out: str, unknown: str) -> None:
    english, unit = tables.usual()["en"], Unit("paragraph", (Piece(text, "en"),), HERE)
    done = writing.written(unit, {"en": english}, "en")
    assert ("".join(done.left_out), "".join(done.unknown)) == (left_out, unknown)
    found = {each.check: each.severity for each in judging.of_text(unit, done, "English")}
    assert found.get("braille-emoji") is (Severity.WARNING if left_out else None)
    if not unknown:
        assert done.cells == sample(english, text.strip(left_out + "\ufe0f ")).cells


@pytest.mark.parametrize(
    ("text", "left"), [("Rest. 😀❤️ Drink. 💊 Sleep.", "Rest. Drink. Sleep."), ("Rest!😀 Sleep", "Rest! Sleep")]
)
def test_an_emoji_between_sentences_is_left_out_as_well(text: str, left: str) -> None:
    english = tables.usual()["en"]
    done = writing.written(Unit("paragraph", (Piece(text, "en"),), HERE), {"en": english}, "en")
    assert done.left_out and not done.unknown and done.cells == sample(english, left).cells


@pytest.mark.parametrize(
    ("text", "tag", "whole"),
    [
        ("Come at 5 pm on", "en", "5\u00a0pm"),
        ("Come at 8:30 a.m. on", "en", "8:30\u00a0a.m."),
        ("a las 5 p. m. hoy", "es", "5\u00a0p.\u00a0m."),
        ("take 10 mg twice", "en", "10\u00a0mg"),
        ("в 5 утра до", "ru", "5\u00a0утра"),
        ("it is 5 amber", "en", "5 amber"),
        ("call 0800 111 222 now", "en", "0800\u00a0111\u00a0222"),
    ],
)
def test_a_time_a_dose_and_a_telephone_number_stay_on_a_line(text: str, tag: str, whole: str) -> None:
    page = markup.html((Text(text),), language=facts.named(tag))
    assert whole in page


LETTERS = re.compile(r"[\W\d_]")


@pytest.mark.parametrize("locale", ["ar", "es", "fr", "pl", "ru"])
def test_every_text_can_be_read_back_by_tables_that_read_both_ways(locale: str) -> None:
    """Letter by letter; figures have tests of their own. Other tables of liblouis lose letters on their way back."""
    for (_, name), edition in editions().items():
        table = tables.of(edition.locale)
        for said in reading_order(edition, content().clinic) if name == locale and table else ():
            if said.language != edition.locale.tag:
                continue
            inlines = fill(spelled(said.block.inlines, edition.locale), content().clinic, edition.locale)
            for text in own_words(edition, [*pieces(inlines, edition.locale.tag)]):
                done = writing.written(
                    Unit("paragraph", (Piece(text, said.language),), HERE), {said.language: table}, said.language
                )
                back = liblouis.back(table.name, done.cells)
                assert LETTERS.sub("", fold(back)) == LETTERS.sub("", fold(text)), str(said.at)


def own_words(edition: Edition, parts: list[Piece]) -> Iterator[str]:
    """The words of a text that are in its own language."""
    names = CLINIC if edition.locale.script == "Latn" else LATIN
    for part in parts:
        if part.tag == edition.locale.tag:
            yield from (each for each in names.split(part.text) if not names.fullmatch(each))


def test_a_table_that_blanks_what_it_lacks_hides_nothing() -> None:
    assert sample(tables.usual()["fr"], "a ☃ b", "fr").unknown == ("☃",)


@pytest.mark.parametrize("name", ["ar", "fa", "hi", "bn", "gu", "ne", "ta", "km", "my", "ur"])
def test_figures_of_a_script_have_their_number_sign(name: str) -> None:
    """Tables of Bharati braille write १२ as the letters a and b."""
    from plainleaf.languages.digits import ZEROS
    from plainleaf.languages.scripts import scripts_of

    zeros = [zero for zero in ZEROS.values() if scripts_of(locales.locale(name).own_name) & scripts_of(chr(zero))]
    zeros += [ZEROS["arab"], ZEROS["arabext"]] if locales.locale(name).script == "Arab" else []
    assert zeros
    for zero in zeros:
        assert sample(tables.usual()[name], chr(zero + 1) + chr(zero + 2), name).cells == "⠼⠁⠃"


def test_a_figure_without_its_sign_is_found() -> None:
    hindi = tables.usual()["hi"]
    signs = writing._Signs(hindi, "12", (), frozenset(), frozenset())
    assert writing._lost_figure(signs, liblouis.Cells("⠼⠁⠃", (0, 2))) == ""
    assert writing._lost_figure(signs, liblouis.Cells("⠁⠃", (0, 1))) == "1"
    assert writing._lost_figure(signs, liblouis.Cells("⠼⠁⠂", (0, 2))) == "2"


def test_two_numbers_are_not_one() -> None:
    english = tables.usual()["en"]
    assert sample(english, "Call 911 24 hours a day").cells.count("⠼") == 2
    assert "⠼⠁⠚⠐⠚⠚⠚" in sample(english, "10\u00a0000 people").cells  # UEB 6.6.1, the space in a number


def test_figures_stay_whole_before_chinese() -> None:
    assert "⠼⠊⠁⠁" in sample(tables.usual()["zh_Hans"], "请打911。", "zh-Hans").cells


def test_english_words_in_another_language_are_not_contracted() -> None:
    ar, en = editions()["opioid-overdose", "ar"].locale, editions()["opioid-overdose", "en"].locale
    assert (found := tables.of(en, ar)) and found.name == "en-ueb-g1.ctb"
    assert (found := tables.of(en, en)) and found.name == "en-ueb-g2.ctb"


HEAD_OF_ALL = """---
title: Your cough
summary: How to care for a cough.
audience: All
written: 2026-11-01
review-by: 2028-11-01
country: US
---
"""


def sample_leaflet(body: str, locale: str = "en") -> Made:
    leaflet, found = markdown.parse("sources/sample.md", HEAD_OF_ALL + body)
    assert leaflet, found
    edition, _ = messages.localize(leaflet, locales.locale(locale), "US", None, draft=False)
    prepared = BRAILLE.prepare(content(), edition, None, None, Texts(), "sample.brf")
    assert prepared.content, prepared.findings
    return BRAILLE.write(prepared, Limits(60, 999))


def test_a_clinics_name_in_other_letters_says_where_to_write_it_as_readers_spell_it() -> None:
    at, own = Location("sources/clinics/sakura.toml"), {"de": tables.usual()["de"]}
    unit = Unit("paragraph", (Piece("さくら病院", "ja"),), at)
    (found,) = judging.of_text(unit, writing.written(unit, own, "de"), "German", "de")
    assert found.check == "braille-unknown" and "names.de =" in found.hint
    assert "sources/clinics/sakura-de.toml" in found.hint and "--clinic sakura-de --locale de" in found.hint
    (other,) = judging.of_text(replace(unit, at=HERE), writing.written(unit, own, "de"), "German", "de")
    assert "sakura" not in other.hint


def test_a_sign_of_the_clinics_is_an_error_in_its_file() -> None:
    clinic = content().clinic
    assert clinic
    project = replace(content(), clinic=replace(clinic, name="Clinic ☃"))
    prepared = BRAILLE.prepare(project, editions()["opioid-overdose", "es"], None, None, Texts(), "sample.brf")
    assert {each.at.file for each in BRAILLE.write(prepared, Limits(60, 999)).findings} == {clinic.at.file}


def test_the_guide_has_the_table_of_each_language() -> None:
    guide = files.ANYWHERE.read(ROOT / "docs" / "braille.md", 100_000).decode()
    for table in tables.usual().values():
        assert f"| `{table.name}`" in guide and f"| {table.why} |" in guide
    for why in tables.lacking().values():
        assert f"| {why} |" in guide


def test_words_of_another_language_are_written_by_its_table() -> None:
    done = sample_leaflet("Say [¿Dónde está?]{lang=es} and ask for [نالوكسون]{lang=ar}.\n")
    assert not done.findings
    text = body(done.files[".brf"])
    for table, words in (("es-g1.ctb", "¿Dónde está?"), ("ar-ar-g1.utb", "نالوكسون")):
        assert liblouis.translate(table, words).cells.replace(SPACE, "") in text


def test_words_of_a_language_without_a_table_are_an_error_and_never_left_out() -> None:
    done = sample_leaflet("Text.\n\nSay [さようなら]{lang=ja} to all.\n")
    (found,) = done.findings
    assert not done.files and found.check == "braille-unknown" and found.at == Location("sources/sample.md", 11)


@pytest.mark.parametrize(
    "line", ["braille-cells = 5", "braille-lines = 4", 'braille-cells = "40"', 'braille-page-numbers = "left"']
)
def test_a_page_that_holds_nothing_is_a_finding(line: str, tmp_path: Path) -> None:
    (tmp_path / "plainleaf.toml").write_text(f"{line}\n", encoding="utf-8")
    read, (found,) = settings.load(tmp_path)
    assert read.braille == BraillePage() or read.braille.cells == 20 or read.braille.lines == 10
    assert line.partition(" ")[0] in found.message and str(found.at) == "plainleaf.toml:1"


@FEWER
@given(leaflets())
def test_any_leaflet_is_written_or_says_which_character_has_no_sign(source: Leaflet) -> None:
    edition, _ = messages.localize(source, locales.locale("en"), source.meta.country, None, draft=False)
    prepared = BRAILLE.prepare(content(), edition, None, None, Texts(), "sample.brf")
    assert prepared.content, prepared.findings
    done = BRAILLE.write(prepared, Limits(60, 999))
    assert {each.check for each in done.findings} <= {"braille-unknown", "braille-emoji"}
    assert bool(done.files) != has_error(done.findings)


def test_a_locale_names_its_own_table_or_none() -> None:
    es = editions()["opioid-overdose", "es"].locale
    assert tables.of(replace(es, braille="none")) is None
    assert (found := tables.of(replace(es, braille="es-g2.ctb"))) and found.name == "es-g2.ctb"


def test_a_table_that_does_not_exist_is_a_finding() -> None:
    edition = editions()["opioid-overdose", "es"]
    edition = replace(edition, locale=replace(edition.locale, braille="no-such.ctb"))
    prepared = BRAILLE.prepare(content(), edition, None, None, Texts(), "sample.brf")
    (found,) = (each for each in prepared.findings if each.check == "braille-table")
    assert prepared.content is None and "no-such.ctb" in found.message and found.at.file.endswith("es/locale.toml")


def test_a_language_without_a_table_says_why() -> None:
    assert "eight dots" in BRAILLE.wanted(editions()["opioid-overdose", "hy"])
    assert "no table of liblouis is known" in BRAILLE.wanted(editions()["opioid-overdose", "so"])


def test_what_is_missing_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liblouis, "library", lambda: None)
    monkeypatch.setattr(liblouis, "tables", lambda: None)
    gone = BRAILLE.needs(editions()["opioid-overdose", "es"].locale)
    assert [each.package for each in gone] == list(liblouis.PACKAGES["linux"])
    assert BRAILLE.needs(editions()["opioid-overdose", "so"].locale) == ()


def test_a_file_that_lost_a_line_is_found() -> None:
    text = made("opioid-overdose", "es").files[".brf"]
    pages = [list(page) for page in brf.decoded(text)]
    sheet = BraillePage(lines=len(pages[0]))
    lines = [line for page in pages for line in page[:-1]]
    assert not [*judging.of_file(text, lines, [()], sheet, HERE)]
    pages[1][3] = ""
    assert [each.check for each in judging.of_file(brf.encoded(pages), lines, [()], sheet, HERE)] == ["braille-page"]


def test_braille_ascii_is_that_of_liblouis() -> None:
    folder = liblouis.tables()
    assert folder
    lines = files.ANYWHERE.read(folder / "en-us-brf.dis", 100_000).decode().splitlines()
    for sign, dots in (line.split()[1:3] for line in lines if line.startswith("display")):
        cell = chr(0x2800 + sum(1 << int(dot) - 1 for dot in dots if dot != "0"))
        assert brf.encoded([[cell]]) == (sign.replace("\\s", " ").replace("\\\\", "\\") + "\r\n\f").encode()


def test_a_run_makes_the_files_once_and_says_which_language_has_none(content: Path) -> None:
    (content / "locales" / "es").rename(content / "locales" / "ht")
    done = plainleaf("publish", "--format", "braille", root=content)
    assert (content / "build/inhaler/inhaler.en.brf").is_file(), done.stderr
    assert "in ht as braille: no braille in Haitian Creole" in done.stderr
    assert "0 of them made now" in plainleaf("publish", "--format", "braille", root=content).stdout
