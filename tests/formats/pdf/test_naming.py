"""What links are called to those who hear a PDF."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree

import pytest

from plainleaf.formats.pdf import naming
from plainleaf.languages.invisible import BIDI_CONTROLS, WORD_CONTROLS


def name(words: str, target: str, attributes: str = "") -> str:
    return naming.link(ElementTree.fromstring(f"<a {attributes}>{escape(words)}</a>"), target, "place")


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("(202) 555-0142", "tel:+12025550142"),
        ("\u2066(٢٠٢) ٥٥٥-٠١٤٢\u2069", "tel:+12025550142"),
        ("९११", "tel:911"),
        ("020 7946 0142", "tel:+442079460142"),
        ("+44 (0)20 7946 0142", "tel:+442079460142"),
        ("1-800-273-TALK", "tel:+18002738255"),
        ("the 24-hour line on (202) 555-0142", "tel:+12025550142"),
        ("(202) 555-0142 ext. 5", "tel:+12025550142;ext=5"),
        ("18001 020 7946 0142", "tel:1800102079460142"),
        ("555-0142", "sms:+12025550142"),
        ("clinic\u200b.\u2060example/\u200ba\u2060-\u2060b", "https://www.clinic.example/a-b/"),
        ("doi:10\u200b.\u20601111/\u200badd", "https://doi.org/10.1111/add"),
        ("help@clinic.example", "mailto:help@clinic.example?subject=Leaflet"),
    ],
)
def test_a_link_that_shows_where_it_leads_is_called_that_and_no_more(words: str, target: str) -> None:
    found = name(words, target)
    assert not {*found} & {*WORD_CONTROLS, *BIDI_CONTROLS}
    assert found == "".join(sign for sign in words if sign not in WORD_CONTROLS + BIDI_CONTROLS)


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("call us", "tel:911"),
        ("112", "tel:911"),
        ("line 7", "tel:+12025550147"),
        ("555-0143", "tel:+12025550142"),
        ("our guide", "https://clinic.example/guide"),
        ("clinic.example", "https://clinic.example/guide"),
    ],
)
def test_a_link_that_does_not_show_where_it_leads_says_that_too(words: str, target: str) -> None:
    assert name(words, target) == f"{words} ({target})"


def test_joiners_that_are_spelling_stay_in_names() -> None:
    assert name("می\u200cروم\u00a0به\u00ad خانه", "") == "می\u200cروم به خانه"


def test_a_name_that_is_given_goes_before_words_and_a_link_without_words_says_its_address() -> None:
    assert name("[1]", "", 'aria-label="Note 1\u2060"') == "Note 1"
    assert (name("\u200b", "tel:911"), name("", "")) == ("tel:911", "place")
