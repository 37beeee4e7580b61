"""Telephone numbers of ten countries on pages in every language: no finding, and each in the order it is dialled in."""

from __future__ import annotations

import io
import unicodedata
from functools import cache
from typing import Any

import pdfplumber
import pytest

from plainleaf.clinics import details, phones
from plainleaf.languages import facts
from plainleaf.layouts import markup
from plainleaf.model import Clinic, Location, Placeholder, Printed, Text
from plainleaf.typesetting import bidi, locales
from tests import sheets
from tests.clinics.test_contacts import AMBULANCE, NUMBERS

# How people write their numbers: with an area code, from abroad, toll-free, for mobiles, short ones, with an extension.
WRITTEN = [
    *((number, country) for country, number in NUMBERS.items()),
    ("+44 20 7946 0142", "US"), ("+1 202-555-0142", "GB"), ("1-800-662-4357", "US"), ("0800 1110111", "DE"),
    ("116 123", "GB"), ("116117", "DE"), ("13 11 14", "AU"), ("1300 555 727", "AU"), ("0491 570 156", "AU"),
    ("3114", "FR"), ("988", "US"), ("(202) 555-0142 ext. 5", "US"), ("+55 11 96123-4567", "BR"),
    ("+27 71 123 4567", "ZA"),
]  # fmt: skip
BEFORE = {"en": "Call", "es": "Llame al", "ar": "اتصل على", "hi": "फ़ोन करें", "zh_Hans": "请拨打"}
BEHIND = {"en": "at once", "es": "de inmediato", "ar": "فورًا", "hi": "तुरंत", "zh_Hans": "求助"}
BEFORE |= {"fa": "با", "ko": "지금", "ru": "Звоните"}
BEHIND |= {"fa": "تماس بگیرید", "ko": "번으로 전화하세요", "ru": "сразу"}
LANGUAGES = tuple(BEFORE)


def clinic(number: str, country: str) -> Clinic:
    return Clinic("Sample", (), number, "", (), "", "", AMBULANCE[country], (), country, Location("clinic.toml"))


def paragraph(place: str, of: Clinic, locale: str) -> str:
    """A sentence with a detail in it, as a leaflet's template prints it."""
    where = locales.locale(locale)
    said = (Text(f"{BEFORE[locale]} "), Placeholder(place), Text(f" {BEHIND[locale]}"))
    filled = details.fill(said, of, where)
    inlines = bidi.isolate(filled, where.direction, facts.of(where))
    return f"<p>{markup.html(inlines, where.direction, language=facts.of(where))}</p>"


@cache
def page(locale: str) -> Printed:
    """All numbers, one below the other, in a language."""
    where = locales.locale(locale)
    numbers = [paragraph("clinic_phone", clinic(*written), locale) for written in WRITTEN]
    numbers += [paragraph("emergency_number", clinic(NUMBERS[country], country), locale) for country in AMBULANCE]
    css = f"""
        @page {{ size: 210mm 450mm }} p {{ margin: 0 }} [dir=rtl] bdi {{ font-size: 14pt }}
        html {{ font-size: {14 * where.size_factor}pt; line-height: {1.4 * where.line_height_factor} }}
    """
    rules = {"script": where.script, "size_factor": where.size_factor, "line_factor": where.line_height_factor}
    return sheets.printed(f"<h1>1</h1>{''.join(numbers)}", css, locale, **rules)


def seen(text: str) -> str:
    """A text without marks of direction, which are there for other readers."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


@cache
def lines(locale: str) -> tuple[str, ...]:
    """What stands on the page from left to right, line by line, without spaces."""
    rows: dict[tuple[int, int], list[dict[str, Any]]] = {}
    with pdfplumber.open(io.BytesIO(page(locale).data)) as opened:
        for number, sheet in enumerate(opened.pages):
            for char in sheet.chars:
                rows.setdefault((number, round(char["matrix"][5])), []).append(char)
    return tuple(
        seen("".join(char["text"].strip() for char in sorted(row, key=lambda char: char["x0"])))
        for row in rows.values()
    )


@pytest.mark.parametrize("locale", LANGUAGES)
def test_no_number_of_any_country_is_a_finding_on_any_page(locale: str) -> None:
    assert page(locale).data
    assert not [found for found in page(locale).findings if found.check.startswith("fit-")]


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize(("number", "country"), WRITTEN)
def test_a_number_stands_on_the_page_as_it_is_dialled(number: str, country: str, locale: str) -> None:
    printed = "".join(phones.phone(number, country).printed.split())
    assert any(printed in line for line in lines(locale)), lines(locale)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_number_is_whole_on_one_line(locale: str) -> None:
    assert len(lines(locale)) == len(WRITTEN) + len(AMBULANCE) + 1
