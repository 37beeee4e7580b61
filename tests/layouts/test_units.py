"""A figure is never parted from its unit, in any language that we ship or are asked for."""

from __future__ import annotations

import re

import pytest

from plainleaf.languages import facts
from plainleaf.layouts import markup
from plainleaf.model import Text
from plainleaf.typesetting import bidi, locales

AMOUNTS = {
    "en": ("5 mg", "5 days", "2.5 milligrams", "24 hours", "7-10 days"),
    "es": ("5 mg", "5 días", "2,5 miligramos", "24 horas", "8 h"),
    "ar": ("5 ملغ", "5 أيام", "11 يوما", "24 ساعة", "٥ ملغ"),
    "hi": ("5 मि.ग्रा.", "5 दिनों", "24 घंटे", "५ दिन"),
    "ko": ("7~10일", "5 mg"),
    "zh_Hans": ("5毫克", "5 毫克", "5天", "24小时", "3次", "2千克", "5厘米", "5 mg"),
    "km": ("5 មីលីក្រាម", "5 ថ្ងៃ", "24 ម៉ោង", "3 ដង", "៥ ថ្ងៃ", "5 mg"),
    "my": ("5 မီလီဂရမ်", "၅ ရက်", "24 နာရီ", "3 ကြိမ်", "5 mg"),
    "hy": ("5 մգ", "5 օր", "5 օրվա", "24 ժամ", "3 անգամ", "5 միլիգրամ"),
    "ka": ("5 მგ", "5 დღე", "5 დღის", "24 საათის", "3 ჯერ", "5 მილიგრამი"),
}


@pytest.mark.parametrize(("name", "amount"), [(name, each) for name, every in AMOUNTS.items() for each in every])
def test_a_line_breaks_nowhere_between_a_figure_and_its_unit(name: str, amount: str) -> None:
    where = locales.locale(name)
    language = facts.of(where)
    before, after = ("x ", " x") if language.spaced else ("你", "你")
    inlines = bidi.isolate((Text(f"{before}{amount}{after}"),), where.direction, language)
    made = markup.html(inlines, where.direction, language=language)
    kept = "".join(re.findall('<span class="nb">(.*?)</span>', made))
    assert amount in kept or amount.replace(" ", "\u00a0") in re.sub("<[^>]*>", "", made), made


@pytest.mark.parametrize(("name", "text"), [("en", "in 2009 the"), ("es", "2 y 3 más"), ("hy", "2009 ու")])
def test_words_that_are_no_unit_are_not_tied(name: str, text: str) -> None:
    first = markup.html((Text(text),), language=facts.named(name)).rpartition(" ")[2]
    assert first == text.rpartition(" ")[2]
