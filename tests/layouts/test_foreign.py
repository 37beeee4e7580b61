"""Words in other languages on a page: in their own voice, direction, font and size."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from plainleaf.layouts import foreign
from plainleaf.layouts import templates as layouts
from plainleaf.model import Edition
from plainleaf.translations import messages
from plainleaf.typesetting import locales, subsets
from tests.sources.test_blocks import leaflet
from tests.sources.test_forms import CONTENT, page

SAID = "Say [هل تتحدث **الإنجليزية**؟ {clinic_phone}]{lang=ar}, [hola]{lang=es} or [您好]{lang=zh-Hans}."
PASSAGE = "::: language ar\nاتصل بالرقم {clinic_phone}.\n\n- قل لنا لغتك.\n:::"


def edition(body: str, locale: str = "en") -> Edition:
    return messages.localize(leaflet(body), locales.locale(locale), "US", None, draft=False)[0]


def test_words_have_their_language_and_direction_and_keep_figures_in_order() -> None:
    html = page(SAID)
    assert '<bdi class="foreign" dir="rtl" lang="ar">هل تتحدث <strong>الإنجليزية</strong>؟ <bdi dir="ltr">' in html
    assert '<bdi class="foreign" dir="ltr" lang="es">hola</bdi>' in html


def test_a_passage_is_a_part_in_its_language() -> None:
    html = page(PASSAGE)
    assert '<div class="passage" lang="ar" dir="rtl"' in html
    assert html.index('class="passage"') < html.index("<ul") < html.index("قل لنا")


def test_a_language_is_set_in_its_own_fonts_and_size_where_the_page_has_none_for_it() -> None:
    of, html = edition(SAID), page(SAID)
    made = foreign.typeset(html, of, None, {})
    assert [each.tag for each in made.languages] == ["ar", "es", "zh-Hans"]
    assert any(name.startswith("Noto Naskh Arabic ") for name in made.families)
    assert any(name.startswith("Noto Sans CJK SC ") for name in made.families)
    assert '.foreign[lang="ar"][dir], .passage[lang="ar"][dir] { font-size: 1.15em' in made.css
    assert '[lang="es"][dir] { font-family' not in made.css  # the page's own fonts have its letters
    beside = foreign.typeset(html, of, edition(SAID, "ar"), {})
    assert '.beside .foreign[lang="es"][dir], .beside .passage[lang="es"][dir] { font-size: 0.8696em' in beside.css


def test_pages_that_name_a_language_in_the_same_words_share_its_font() -> None:
    made = [foreign.typeset(page(f"{more}. {SAID}"), edition(SAID), None, {}) for more in ("abc", "xyz ĀŽ")]
    assert made[0] == made[1]


@pytest.mark.parametrize("mark", ["<B LANG='ar'>", "<B lang=ar>", '<b lang = "ar">'])
def test_what_is_said_is_found_however_a_layout_writes_its_language(mark: str) -> None:
    assert foreign.said(f"a{mark}b</B>c") == {"ar": "b"}


def test_what_is_said_in_a_language_is_found_with_its_marks() -> None:
    html = (
        '<html lang="en"><p lang="AR" title="ق">a<p>b</p><b>c</b></p>'
        'd<i hreflang="ar">e</i><i lang="ar"><br>f<i lang="fr">g'
    )
    assert foreign.said(html) == {"ar": 'a<p>b</p><b>c</b><br>f<i lang="fr">g', "fr": "g"}


def test_the_languages_of_the_content_are_set_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "locale.toml").write_text("size-factor = 1.5\n", encoding="utf-8")
    own, findings = locales.load("ar", tmp_path, tmp_path)
    assert not findings
    assert "font-size: 1.5em" in foreign.typeset(SAID, edition(SAID), None, {"ar": own}).css


@pytest.mark.parametrize("tag", ["ar", "hi"])
def test_words_in_a_line_leave_its_height_as_it_is(tag: str) -> None:
    around = locales.locale("en").fonts
    cuts = (*subsets.cut(locales.locale(tag).fonts, "كلمةशब्द", around=around), *subsets.cut(around, "word"))
    lines = {(line.ascent, line.descent) for line in (TTFont(each.path)["hhea"] for each in cuts)}
    assert len(cuts) >= 4 and len(lines) == 1


def test_pages_are_held_to_the_sizes_of_all_their_languages() -> None:
    where, words = locales.locale("en"), [locales.locale("ar")]
    assert layouts.rules(CONTENT.layouts["a4"], where, None, words).others == (("Arab", 1.15),)
