"""A date that a layout prints stays on one line, in each language that is shipped."""

from __future__ import annotations

import re
from datetime import date

import pytest

from plainleaf.layouts import markup
from plainleaf.typesetting import locales
from tests.conftest import ROOT

NAMES = ["en", *sorted(path.parent.name for path in (ROOT / "locales").glob("*/LC_MESSAGES"))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("day", [date(2026, 9, 29), date(2026, 11, 2)])
def test_day_month_and_year_do_not_part(name: str, day: date) -> None:
    where = locales.locale(name)
    text = markup.dated(locales.long_date(day, where, "US"))
    made = markup.date_html(text, text, where.direction)
    assert not re.search(r"^\d{1,2} | \d{1,2}\b", text), "the day is beside its month"
    assert " " not in text or len(text) > 24, "only a long date may part, and only from its year"
    signs = re.search("[-\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff]", text)
    assert bool(signs) == made.startswith('<span class="nb">'), "a line breaks between these signs without a space"


def test_a_long_date_may_part_from_its_year_alone() -> None:
    assert markup.dated("Lub Kaum Ib Hlis tim 29, 2026") == "Lub Kaum Ib Hlis tim\u00a029, 2026"
    assert markup.dated("29 of the month of long nights, 2026").startswith("29\u00a0of the month")
    assert markup.dated("the month of long nights 29 in 2026") == "the month of long nights\u00a029 in 2026"
