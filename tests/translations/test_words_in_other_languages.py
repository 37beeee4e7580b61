"""Words in another language are in no message: a translation holds their place, and they stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plainleaf.approvals import contents
from plainleaf.checks.source import doses, editions
from plainleaf.layouts.foreign import typeset
from plainleaf.model import Block, Clinic, Foreign, Kind, Location, Text, foreign
from plainleaf.readability.sentences import prose
from plainleaf.translations import messages
from plainleaf.translations.markup import from_text, to_text
from plainleaf.typesetting import locales, pseudo
from tests.conftest import ROOT
from tests.layouts.test_first_block import HEAD
from tests.sources.test_blocks import leaflet

SAID = "Say **[hola]{lang=es}**, [hi]{lang=de} or [adiós]{lang=es} and [hola]{lang=es}."
LINE = HEAD.count("\n") + 1  # on which the text begins
AT = Location("c.toml")
HOLA, BYE = Foreign((Text("hola"),), "es"), Foreign((Text("adiós"),), "es")


def test_a_message_has_a_place_for_them_and_a_comment_that_says_them() -> None:
    (message,) = [each for each in messages.extract(leaflet(SAID)) if each.text.startswith("Say")]
    assert message.text == "Say <b>{in_es}</b>, {in_de} or {in_es_2} and {in_es}."
    assert "{in_es_2} is printed as it stands, in Spanish: adiós" in message.comments
    assert message.flags == ("python-brace-format",)


def test_a_text_of_nothing_else_is_no_message() -> None:
    made = leaflet("[Hola]{lang=es}\n\n::: language es\nHola.\n\n- {clinic_phone} es nuestro.\n:::")
    assert not {"Hola", "Hola."} & {part for message in messages.extract(made) for part in message.text.split("{")}
    assert all(message.at[0].line < LINE for message in messages.extract(made))


def test_a_translation_puts_them_where_it_needs_them() -> None:
    source = leaflet(SAID).blocks[0].inlines
    inlines, flaws = from_text("{in_es_2}: <b>{in_es}</b>, {in_de}, {in_es}", source)
    assert not flaws
    assert [*foreign(inlines)] == [BYE, HOLA, Foreign((Text("hi"),), "de"), HOLA]
    assert to_text(inlines) == "{in_es}: <b>{in_es_2}</b>, {in_de}, {in_es_2}"


def test_a_translation_without_them_is_an_error() -> None:
    _, flaws = from_text("Diga <b>{in_es}</b>, {in_de} y {in_es}.", leaflet(SAID).blocks[0].inlines)
    assert [flaw.check for flaw in flaws] == ["po-placeholder"]


@pytest.mark.parametrize("name", pseudo.NAMES)
def test_made_up_languages_leave_them_as_they_are(name: str) -> None:
    edition, found = messages.localize(leaflet(SAID), pseudo.locale(name), "US", pseudo.Catalog(name).lookup, True)
    assert not found
    assert [*foreign(edition.blocks[0].inlines)] == [*foreign(leaflet(SAID).blocks[0].inlines)]


def test_they_are_sealed() -> None:
    def sealed(body: str) -> str:
        return contents.subject(leaflet(body), lambda *_: None, (), ROOT).content

    first = sealed("Say [hola]{lang=es}.")
    assert first != sealed("Say [adiós]{lang=es}.") != sealed("Say [adiós]{lang=gl}.") != first


def test_no_rule_for_the_leaflets_language_judges_them() -> None:
    hard = "Descontextualización incontrovertible " * 12
    edition, _ = messages.localize(leaflet(f"Say [{hard}]{{lang=es}} now."), locales.locale("en"), "US", None, False)
    (sentence,) = [each for each in prose(edition).scored if each.text.startswith("Say")]
    assert [word.text for word in sentence.words] == ["Say", "now"]


def test_a_dose_in_them_is_judged_by_their_own_language() -> None:
    assert doses.leaflet(leaflet("Say: 1 OD daily."), None)
    assert not doses.leaflet(leaflet("Say: [1 OD]{lang=es}."), None)  # an eye of an English leaflet, nothing in Spanish
    (found, *_) = doses.leaflet(leaflet("Say: [tome .5 mg]{lang=es}."), None)
    assert found.at.line == LINE


def test_a_letter_that_their_fonts_lack_is_named_with_their_language() -> None:
    made = leaflet("Rest.\n\nSay [مرحبا\U00013000]{lang=ar} or [您好]{lang=zh-Hans}.")
    edition, _ = messages.localize(made, locales.locale("en"), "US", None, False)
    (found,) = editions.edition(edition, None)
    assert (found.check, found.at.line) == ("glyph-missing", LINE + 2)
    assert "Arabic" in found.message and "U+13000" in found.message


def test_what_no_translation_says_yet_is_in_the_fonts_of_the_source() -> None:
    japanese = replace(leaflet("水を飲みます。"), language="ja")
    made, _ = messages.localize(japanese, locales.locale("de"), "JP", lambda *_: None, True)
    made = replace(
        made, leaflet=replace(japanese, meta=replace(japanese.meta, title=Block(Kind.TITLE, AT, (Text("薬"),))))
    )
    clinic = Clinic("みほん医院", ("東京都",), "1", "", (), "", "", "119", (), "JP", AT)
    assert not editions.edition(made, clinic)
    assert any("CJK" in family for family in typeset("水を飲みます。みほん医院", made, None, {}).families)
    assert not typeset("Wasser trinken.", made, None, {}).families, "and is asked for where it is needed alone"
    (box,) = editions.edition(made, replace(clinic, name="Praxis \U00013000"))
    assert (box.check, box.at.file) == ("glyph-missing", "c.toml")
