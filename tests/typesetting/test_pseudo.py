"""Made-up languages show, for every layout, that longer text does not overflow and right-to-left text is in order."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainleaf.translations import layout_words, messages
from plainleaf.typesetting import bidi, fonts, pseudo
from tests import shipped
from tests.conftest import ROOT, plainleaf

pytestmark = pytest.mark.usefixtures("slow")
REAL = shipped.content()
# layouts/test_any_content.py tries the made-up languages in every layout, layouts/test_bilingual.py beside each other.
LAYOUTS = ("booklet",)
TEXTS = [message.text for leaflet in REAL.leaflets.values() for message in messages.extract(leaflet)]
TEXTS += [message.text for message in layout_words.messages(REAL.layout_folders, ROOT)]
MARK = re.compile(r"</?\w+>|\{\w+\}|&#?\w+;")


def plain(text: str) -> str:
    return MARK.sub("", text)


@pytest.mark.parametrize("name", pseudo.NAMES)
def test_every_text_keeps_its_tags_details_and_figures_and_can_be_printed(name: str) -> None:
    families, catalog = pseudo.locale(name).fonts, pseudo.Catalog(name)
    for text in TEXTS:
        found = catalog.lookup("", text)
        assert found and MARK.findall(found.text) == MARK.findall(text)
        assert re.findall(r"\d+", plain(found.text)) == re.findall(r"\d+", plain(text))
        assert not fonts.uncovered(plain(found.text), families)
        assert not [char for char in found.text if unicodedata.category(char) == "Cf"]


@given(st.text(alphabet="abcXYZ 19.,?{}</>&;", max_size=60))
def test_longer_text_is_in_brackets_and_at_least_two_fifths_longer(text: str) -> None:
    made = pseudo.accented(text)
    assert made[0] == "[" and made[-1] == "]"
    assert len(plain(made)) >= 1.4 * len(plain(text))


def test_mirrored_text_runs_from_right_to_left_by_its_letters_alone() -> None:
    made = pseudo.in_arabic_letters("Take <b>50 mg</b> of it, {clinic_name}: ask the FDA?")
    assert made == "تاكى <b>50 mg</b> وف يت، {clinic_name}: اسك تهى FDA؟"
    for text in TEXTS:
        if re.search("[a-z]{4}", plain(text)) and not re.match(r"\W*[\dA-Z]{2}", plain(text)):
            assert bidi.direction_of(plain(pseudo.in_arabic_letters(text))) == "rtl", text


def test_they_are_no_languages_of_the_content(content: Path) -> None:
    assert not set(pseudo.NAMES) & set(REAL.locales)
    done = plainleaf("init", "en_XA", root=content)
    assert done.returncode == 1 and "is not a known language" in done.stderr


def test_layouts_hold_longer_and_mirrored_text(content: Path) -> None:
    """The checks of fit, glyphs, tags and PDF/UA find nothing in them."""
    layouts = [argument for layout in LAYOUTS for argument in ("--layout", layout)]
    names = [argument for name in pseudo.NAMES for argument in ("--locale", name)]
    done = plainleaf("build", "--pseudo", *layouts, *names, root=content)
    assert done.returncode == 0, done.stderr
    imposed = {f"inhaler.{tag}.booklet-print.pdf" for tag in ("en-XA", "ar-XB")}
    made = {path.name for path in (content / "build/inhaler").glob("*.pdf")} - imposed
    beside = {layout: "+en" if REAL.layouts[layout].beside else "" for layout in LAYOUTS}
    assert made == {f"inhaler.{tag}{beside[layout]}.{layout}.pdf" for layout in LAYOUTS for tag in ("en-XA", "ar-XB")}
    index = (content / "build/index.html").read_text(encoding="utf-8")
    assert "XA" not in index and "XB" not in index and "Pseudo" not in index


def test_without_the_option_there_are_none(content: Path) -> None:
    done = plainleaf("build", "--locale", "en_XA", root=content)
    assert done.returncode == 2
    assert "there is no language “en_XA”" in done.stderr
