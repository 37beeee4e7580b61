"""Fonts for screens: only what a page says is in them, small, the same bytes each time, each language in its own."""

from __future__ import annotations

from io import BytesIO

from fontTools.ttLib import TTFont

from plainleaf.layouts import webfonts
from plainleaf.typesetting import locales, subsets, woff2
from tests import shipped

TEXT = "<p>Take 5 mg. تناول حبة</p>"


def test_a_packed_font_is_smaller_and_draws_the_same_characters() -> None:
    cuts = subsets.cut(locales.locale("ar").fonts, TEXT)
    for cut, small in zip(cuts, woff2.packed(cuts), strict=True):
        data = small.path.read_bytes()
        assert data[:4] == b"wOF2" and len(data) < cut.path.stat().st_size
        assert TTFont(BytesIO(data)).getBestCmap().keys() == TTFont(cut.path).getBestCmap().keys()


def test_a_damaged_file_is_made_anew_with_the_same_bytes() -> None:
    cuts = subsets.cut(locales.locale("en").fonts, TEXT)
    (path, *_) = (font.path for font in woff2.packed(cuts))
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    woff2.packed(cuts)
    assert path.read_bytes() == data


def test_style_rules_name_the_files_in_their_folder_and_each_language_has_its_own() -> None:
    arabic, english = (next(each for key, each in shipped.editions().items() if key[1] == tag) for tag in ("ar", "en"))
    made = webfonts.typeset(TEXT, english, arabic, {})
    assert [f'url("fonts/{path.name}")' in made.css for path in made.files] == [True] * len(made.files)
    assert "file:" not in made.css and 'html { font-family: "Noto Sans' in made.css
    assert ':not(html)[lang="ar"] { font-family: "Noto Naskh Arabic' in made.css
    factor = arabic.locale.size_factor / english.locale.size_factor
    assert f':not(html)[lang="ar"] {{ font-size: {factor:.4g}em }}' in made.css
