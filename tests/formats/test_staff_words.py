"""The mark of a draft is also in the language of the leaflet's source, which the staff reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plainleaf.formats import pages
from plainleaf.layouts.notices import DRAFT
from plainleaf.layouts.templates import Prepared
from plainleaf.model import Edition
from tests.shipped import content, editions


def draft(locale: str, source: str) -> Edition:
    made = editions()["opioid-overdose", locale]
    return replace(made, leaflet=replace(made.leaflet, language=source), draft=True)


@pytest.mark.parametrize("source", ["ja", "fa", "en"])
def test_a_draft_says_so_in_the_language_of_its_source(source: str) -> None:
    own = content()
    said = pages.words_of(own, own.locales[source]).here(DRAFT) if source != "en" else DRAFT
    page, _ = pages.html(own, draft("es", source), None, own.layouts["a4"], Prepared())
    direction = "rtl" if source == "fa" else "ltr"
    assert f'<p><bdi dir="{direction}" lang="{source}">{said}</bdi></p>' in page
    assert (DRAFT in page) == (source == "en"), "nobody has to know English"
    assert said in page.split('name="keywords"')[1].split(">")[0]


def test_beside_the_source_it_is_in_the_column_of_the_source() -> None:
    own, second = content(), replace(draft("ja", "ja"), draft=False)
    page, _ = pages.html(own, draft("es", "ja"), second, own.layouts["bilingual"], Prepared())
    said = pages.words_of(own, own.locales["ja"]).here(DRAFT)
    assert said in page.split('class="side beside"', 1)[1] and DRAFT not in page
    columns = page.split('class="running first-foot"')[1].split('class="running page-foot"')[1].split("<main")[0]
    assert said in columns.split('class="side beside"')[1] and said not in columns.split('class="side beside"')[0]


def test_words_that_nobody_has_translated_are_in_english() -> None:
    own = content()
    bare = replace(own, catalogs={key: kept for key, kept in own.catalogs.items() if key[0] != "ja"})
    page, _ = pages.html(bare, draft("es", "ja"), None, own.layouts["a4"], Prepared())
    assert f'lang="en">{DRAFT}</bdi></p>' in page
