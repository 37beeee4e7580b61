"""Which line of a leaflet a column fills, in each language; and what stands in its place then."""

from __future__ import annotations

from plainleaf.copies import fields
from plainleaf.layouts import markup
from plainleaf.model import Edition, Isolate, Location, State, Strong, Text, Translation, plain
from plainleaf.translations import messages
from plainleaf.typesetting import locales
from tests.conftest import TODAY
from tests.sources.test_blocks import leaflet


def edition(text: str, country: str = "US", locale: str = "en", **said: str) -> Edition:
    """The leaflet in its own language; or with what is ``said`` for every message that has these words in it."""

    def lookup(context: str, message: str) -> Translation:
        there = next((words for words in said.values() if set(_holes(words)) == set(_holes(message))), message)
        return Translation(there, State.CURRENT, Location("x.po", 1))

    look = lookup if said else None
    return messages.localize(leaflet(text), locales.locale(locale), country, look, False)[0]


def _holes(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def names(text: str) -> list[str]:
    return [field.name for field in fields.fields(edition(text)).values() if field.clear]


def filled(text: str, **values: str) -> str:
    """The words of the leaflet's body with these values."""
    own = edition(text)
    made = fields.filled(own, own, {name.replace("_", " "): value for name, value in values.items()}, TODAY)
    return " | ".join(plain(block.inlines) for top in made.blocks for block in top.walk() if block.inlines)


def test_a_line_has_the_name_of_the_words_before_it() -> None:
    assert names("Your name: ____\n\n- Your nurse: ____\n\n**When**: ____") == ["Your name", "Your nurse", "When"]


def test_a_name_in_braces_goes_before_that() -> None:
    assert names("When to come: ____{appointment}\n\nTake ____{puffs} puffs, ____{times} times a day.") == [
        "appointment", "puffs", "times"
    ]  # fmt: skip


def test_lines_in_a_sentence_and_lines_alone_have_no_name() -> None:
    assert names("Take ____ puffs.\n\nFrom ____ to ____\n\n| A | B |\n|---|---|\n| ____ | ____ |") == []


def test_a_label_that_stands_twice_means_no_line_for_sure() -> None:
    text = "## Blue\n\nDose: ____\n\n## Red\n\nDose: ____"
    assert names(text) == []
    (field,) = fields.fields(edition(text)).values()
    assert [place.line - field.places[0].line for place in field.places] == [0, 4]


def test_a_name_in_braces_may_stand_often_and_fills_all_its_lines() -> None:
    assert filled("For ____{name} alone.\n\nDear ____{name}", name="Ana") == "For Ana alone. | Dear Ana"


def test_a_label_may_stand_on_the_card_too_and_a_card_needs_no_underscores() -> None:
    text = "My name: ____\n\n::: card\n## Card\n\nMy name:\n\nMy nurse: ____\n:::"
    assert names(text) == ["My name", "My nurse"]
    assert filled(text, my_name="Ana", my_nurse="Kim") == "My name: Ana | Card | My name: Ana | My nurse: Kim"


def test_words_with_a_colon_outside_of_a_card_are_no_line() -> None:
    assert names("Bring these:\n\n- A card") == []


def test_lines_for_other_countries_have_no_names() -> None:
    assert names("::: only country=GB\nNHS number: ____\n:::\n\nName: ____") == ["Name"]


def test_what_has_no_value_stays_a_line() -> None:
    own = edition("Name: ____\n\nDose: ____")
    made = fields.filled(own, own, {"name": "Ana", "dose": ""}, TODAY)
    assert made.blocks[1] is own.blocks[1] and plain(made.blocks[0].inlines) == "Name: Ana"
    assert made.filled == TODAY and own.filled is None


def test_each_value_goes_to_its_own_line_where_a_language_turns_them_round() -> None:
    text = "Take ____{puffs} puffs, ____{times} times a day."
    own = edition(text)
    other = edition(text, locale="es", a="{line_times} veces al día, {line_puffs} inhalaciones.")
    made = fields.filled(other, own, {"puffs": "2", "times": "4"}, TODAY)
    assert plain(made.blocks[0].inlines) == "4 veces al día, 2 inhalaciones."


def test_a_label_fills_the_line_of_every_language() -> None:
    own = edition("Your name: ____")
    other = edition("Your name: ____", locale="ar", a="اسمك: {line}")
    made = fields.filled(other, own, {"your name": "Ana"}, TODAY)
    assert plain(made.blocks[0].inlines) == "اسمك: Ana"


def test_a_value_keeps_its_own_direction_and_is_text() -> None:
    own = edition("Name: ____\n\nTime: ____\n\nNote: ____")
    made = fields.filled(own, own, {"name": "أحمد", "time": "9:30", "note": "<b>{{x}} & {clinic_phone} **1**"}, TODAY)
    assert [block.inlines[1] for block in made.blocks] == [
        Isolate((Strong((Text("أحمد"),)),), "rtl"),
        Isolate((Strong((Text("9:30"),)),), "ltr"),
        Isolate((Strong((Text("<b>{{x}} & {clinic_phone} **1**"),)),), "ltr"),
    ]
    assert markup.html(made.blocks[2].inlines) == (
        'Note: <bdi dir="ltr"><strong>&lt;b&gt;{{x}} &amp; {clinic_phone} **1**</strong></bdi>'
    )


def test_a_dose_inside_a_value_keeps_its_order() -> None:
    own = edition("Dose: ____")
    other = edition("Dose: ____", locale="ar", a="الجرعة: {line}")
    (block,) = fields.filled(other, own, {"dose": "باراسيتامول 500 mg كل مساء"}, TODAY).blocks
    assert markup.html(block.inlines, "rtl").endswith(
        '<bdi dir="rtl"><strong>باراسيتامول <bdi dir="ltr">500\u00a0mg</bdi> كل مساء</strong></bdi>'
    )


def test_a_value_between_important_words_is_filled_in_too() -> None:
    assert filled("**Take ____{puffs} puffs**", puffs="2") == "Take 2 puffs"


def test_a_layout_prints_the_lines_of_its_text() -> None:
    own = edition("Name: ____\n\nDose: ____{dose} {.short}\n\n::: card\n## Card\n\nMy name:\n:::")
    assert fields.printed(own, "full") == {"name", "dose"}
    assert fields.printed(own, "short") == {"dose"}
    assert fields.printed(own, "card") == {"my name"}
