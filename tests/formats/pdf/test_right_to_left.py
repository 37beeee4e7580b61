"""Text from right to left comes out of the pages in reading order, in the two readers that people copy and search with.

Each block here is a text with what is hard in it: doses, ranges, dates, phones, brackets, names in Latin letters, bold
figures, vowel signs, joiners. Whole leaflets are asked in ``tests/test_published.py``.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from plainleaf.formats.pdf import pdfiumlines, render, righttoleft
from plainleaf.reading import flow, tags
from plainleaf.typesetting import fonts
from tests import extraction, sheets, verapdf
from tests.conftest import needs

NASTALIQ = Path("/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf")
NAMED = f"@font-face {{ font-family: Nasta; src: url({NASTALIQ.as_uri()}) }} p, h1 {{ font-family: Nasta }}"


def ltr(text: str) -> str:
    """A run from left to right, kept apart as a translation's are."""
    return f"<bdi dir=ltr>{text}</bdi>"


PHONE = ltr("(202) 555-0142")
BODIES = {
    "ar": [
        f"اتصل بالرقم {PHONE} إذا ظهر لديك: (ألم شديد)، أو حمّى.",
        f"خذ {ltr('metformin <b>500</b> mg')} ولا تتوقف (أبدًا). اتصل بالرقم <b>{ltr('911')}</b>. من {ltr('35')} إلى"
        f" {ltr('80')} يومًا.",
        f"موقع {ltr('example.org/a')} أو {ltr('Naltrexone 50 mg')} و{ltr('Buprenorphine 8 mg')} فقط.",
        f"إدارة الغذاء والدواء ({ltr('FDA')})، منها ({ltr('576')} شخصًا)، أو {ltr('3.5–4 kg')}.",
        f"<b>اسأل:</b> شدّة مُمَدَّد لِلَّهِ الآن، {ltr('50%')} و{ltr('12/03/2026')}، ٧–١٠ أيام، ١٢٫٥ ملغ.",
        f"عام {ltr('2009')}، وعددهم {ltr('56')}؛ الساعة {ltr('8:30')} ص – {ltr('5:00')} م.",
    ],
    "fa": [
        f"روزانه ۵۰ میلی‌گرم بخورید (صبح و شب). با {ltr('naltrexone 50 mg')} بگیرید؛ ۷–۱۰ روز.",
        f"با شمارهٔ {PHONE} تماس بگیرید. ۱۲٫۵ میلی‌گرم، ۱۴۰۵/۰۳/۱۲، مؤثّر باشد.",
        f"نمی‌خواهید؟ {ltr('911')}. بچّه‌ها حتماً کتاب‌ها را ببینند، ۲ بار.",
    ],
    "he": [
        f"קחו {ltr('50 mg')} של {ltr('naltrexone <b>50</b> mg')} פעמיים ביום (בבוקר ובערב).",
        f"התקשרו ל-{PHONE} או {ltr('911')}. מ-7 עד {ltr('10')} ימים, 2.5 מ״ג, 12/03/2026.",
        "שָׁלוֹם וּבְרָכָה לכולם, 5 מ״ג ליום.",
    ],
    "ur": [
        f"روزانہ {ltr('50 mg')} لیں (صبح اور شام)۔ فوراً {ltr('911')} پر کال کریں۔ ۷ سے ۱۰ دن۔",
        f"فون: {PHONE}، اللہ مُحَمَّد لاہور کے لیے۔ 12/03/2026 تک۔",
    ],
}
ALL = ["ar", "fa", "he", "ur", "nastaliq"]


def texts(body: list[str]) -> list[str]:
    return [re.sub("<.*?>", "", block) for block in body]


@cache
def data(name: str) -> bytes:
    """A page of one language; "nastaliq": Urdu in that style, in which no letter stands on the line."""
    tag, css = ("ur", NAMED) if name == "nastaliq" else (name, "")
    rows = f"<table><tr><td>{texts(BODIES[tag])[0].split()[0]}</td><td>{ltr('5 mg')}</td></tr></table>"
    return written("".join(f"<p>{block}</p>" for block in BODIES[tag]) + rows, css, tag)


def written(body: str, css: str, tag: str) -> bytes:
    if css and not NASTALIQ.is_file():
        if os.environ.get("CI"):
            pytest.fail(f"{NASTALIQ.name} is not installed")
        pytest.skip(f"{NASTALIQ.name} is not installed")
    sheet = sheets.sheet(body, css, tag)
    fonts = (*sheet.folders, str(NASTALIQ.parent))
    made = render.write(replace(sheet, families=(*sheet.families, "Nasta", "Noto Sans"), folders=fonts))
    assert made.data, made.findings
    return made.data


@cache
def both() -> bytes:
    """English beside Arabic, as the layouts of two languages have it: in columns, in rows, one after the other."""
    english = [
        "Call (202) 555-0142 at once (or 911).",
        "Take metformin 500 mg, from 35 to 80 days.",
        "See example.org, or Naltrexone.",
    ]
    arabic = BODIES["ar"][:3]
    rows = "".join(
        f"<tr><td lang=en dir=ltr>{one}</td><td>{other}</td></tr>" for one, other in zip(english, arabic, strict=True)
    )
    title = "<h1>زيارتك للعيادة</h1><p lang=en dir=ltr class=t>Your visit to the clinic (2 pages)</p>"
    short = f"<div class=f><h2 lang=en dir=ltr>Pain relief 5 mg</h2><h2>تسكين الألم {ltr('5')} ملغ</h2></div>"
    css = ".f { display: flex; justify-content: space-between } td { width: 75mm; padding-right: 12mm }"
    return written(f"{title}{short}<table>{rows}</table>", css, "ar")


BOTH = [
    "زيارتك للعيادة", "Your visit to the clinic (2 pages)", "Pain relief 5 mg", "تسكين الألم 5 ملغ",
    "Call (202) 555-0142 at once (or 911).", "Take metformin 500 mg, from 35 to 80 days.",
    "See example.org, or Naltrexone.", *texts(BODIES["ar"][:3]),
]  # fmt: skip


def wanted(name: str) -> list[str]:
    return BOTH if name == "both" else texts(BODIES["ur" if name == "nastaliq" else name])


def finished(name: str, folder: Path) -> Path:
    path = folder / f"{name}.pdf"
    path.write_bytes(both() if name == "both" else data(name))
    return path


@pytest.mark.parametrize("reader", extraction.READERS)
@pytest.mark.parametrize("name", [*ALL, "both"])
def test_every_figure_and_word_comes_out_in_order(name: str, reader: str, tmp_path: Path) -> None:
    needs("pdftotext")
    read = extraction.READERS[reader](finished(name, tmp_path))
    found = extraction.lost(wanted(name), read)
    assert not found.disordered
    assert not found.words
    assert not found.blocks


@pytest.mark.parametrize("name", ALL)
def test_marked_and_joined_words_figures_and_phones_are_found_by_search(name: str, tmp_path: Path) -> None:
    """By PDFium's own search, which compares letter by letter."""
    words = {word for text in wanted(name) for word in extraction.words(text)}
    hard = {word for word in words if extraction.marked(word) or "\u200c" in word or word.isdigit()}
    asked = {*hard, "(202) 555-0142"}
    assert not asked - extraction.found_by_search(finished(name, tmp_path), asked)


@pytest.mark.parametrize("name", [*ALL, "both"])
def test_the_tags_still_say_each_text_in_order(name: str) -> None:
    document = tags.read(both() if name == "both" else data(name))
    said = ["".join(piece.text for piece in run.pieces) for run in flow.runs(document)]
    squeezed = "".join("".join(extraction.clean(text).split()) for text in said)
    for text in wanted(name):
        assert "".join(extraction.clean(text).split()) in squeezed


def test_a_comma_between_two_names_has_its_space_behind_it_in_the_tags() -> None:
    document = tags.read(sheets.printed(f"<h1>أسماء</h1><p>{ltr('Depade')}، {ltr('ReVia')}</p>", tag="ar").data)
    assert "Depade، ReVia" in ["".join(piece.text for piece in run.pieces) for run in flow.runs(document)]


@pytest.mark.parametrize("name", [*ALL, "both"])
def test_the_pages_are_valid(name: str) -> None:
    if reason := verapdf.available():
        pytest.skip(reason)
    assert not verapdf.validate(both() if name == "both" else data(name))


def test_the_pages_look_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no letter has a mark, to the pixel; a letter and its mark in one glyph may differ by the place of a mark by
    less than a tenth of a pixel, which shows in the grey of its edge."""
    plain = f"<p>خذ {ltr('metformin <b>500</b> mg')} (صباحا) ثم {PHONE}.</p>"
    new, anew = written(plain, "", "ar"), data("ar")
    monkeypatch.setattr(righttoleft, "order", lambda *_: set())
    assert pixels(new) == pixels(written(plain, "", "ar"))
    before = written("".join(f"<p>{block}</p>" for block in BODIES["ar"]), "", "ar")
    differing = [abs(one - other) for one, other in zip(pixels(anew), pixels(before), strict=False)]
    assert sum(each > 64 for each in differing) < len(differing) / 2000


def pixels(made: bytes) -> bytes:
    """Each page, in greys."""
    needs("pdftoppm")
    return subprocess.run(["pdftoppm", "-r", "100", "-gray", "-"], input=made, capture_output=True, check=True).stdout


def test_a_document_of_right_to_left_lines_says_so_and_one_of_both_does_not() -> None:
    """PDFium takes every line of a file that says so for one from right to left, English ones as well."""
    with pikepdf.open(io.BytesIO(data("ar"))) as one, pikepdf.open(io.BytesIO(both())) as other:
        assert one.Root.ViewerPreferences.Direction == "/R2L"
        assert "/Direction" not in other.Root.ViewerPreferences


def test_nothing_is_done_where_nothing_runs_from_right_to_left(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<p>Take 5 mg (daily).</p>"
    usual = written(body, "", "en")
    monkeypatch.setattr(righttoleft, "order", lambda *_: set())
    assert usual == written(body, "", "en")


def test_poppler_cannot_be_brought_to_put_a_space_behind_a_comma(tmp_path: Path) -> None:
    """It takes a comma for a figure: with the space at its left it is turned round, in any file. Words and their order
    are not touched by that. As soon as this fails, ``righttoleft`` has less to do."""
    needs("pdftotext")
    path = tmp_path / "comma.pdf"
    path.write_bytes(written("<p>نعم، لا.</p>", "", "ar"))
    assert extraction.clean(extraction.pdfium(path)).strip() == "نعم، لا."
    assert extraction.clean(extraction.poppler(path)).strip() == "نعم ،لا."


# ---------------------------------------------------------------------- PDFium's order


@pytest.mark.parametrize(
    "text",
    ["خذ 50 ملغ", "رقم (202) 555", "من 35 إلى 80 يوما", "دواء (FDA)، ثم", "قبل naltrexone 50 mg بعد", "12/03، 4"],
)
def test_a_line_is_stored_so_that_pdfium_reads_it(text: str) -> None:
    order = pdfiumlines.stored(text)
    assert sorted(place for place, _ in order) == list(range(len(text)))
    kinds = [pdfiumlines.kind(text[place]) for place, _ in order]
    for (one, _), (other, _), what, after in zip(order, order[1:], kinds, kinds[1:], strict=False):
        if what == after == pdfiumlines.RIGHT:
            assert one == other + 1, "backwards"
        if what == after in (pdfiumlines.LEFT, pdfiumlines.WEAK):
            assert other == one + 1, "forwards"


def test_pdfium_counts_runs_not_letters() -> None:
    assert pdfiumlines.runs_right("خذ naltrexone قبل")
    assert not pdfiumlines.runs_right("خذ naltrexone")
    assert pdfiumlines.lacking("خذ naltrexone hydrochloride") == 2
    assert not pdfiumlines.runs_right("2.5 (10)")
    assert [one for one, _ in pairwise("ab")] == ["a"]


def chinese(body: str, path: Path) -> Path:
    """A page in Chinese, in whose font no glyph can be made; what is Arabic is in ``bdi``."""
    naskh = fonts.installed("NotoNaskhArabic-Regular.ttf")
    css = f"@font-face {{ font-family: Naskh; src: url({naskh.as_uri()}) }} bdi {{ font-family: Naskh }}"
    made = sheets.sheet(body, css, "zh_Hans")
    made = replace(made, families=(*made.families, "Naskh"), folders=(*made.folders, str(naskh.parent)))
    printed = render.write(made)
    assert printed.data, printed.findings
    path.write_bytes(printed.data)
    return path


def test_a_chinese_line_with_an_arabic_name_is_written_though_its_font_takes_no_new_glyphs(tmp_path: Path) -> None:
    body = "<h1>1</h1><p>本资料还有：<bdi dir=rtl lang=ar>العربية</bdi>，20％、£5，12～20 人</p>"
    said = extraction.pdfium(chinese(body, tmp_path / "one.pdf"))
    assert "本资料还有" in said and "العربية" in said


@pytest.mark.parametrize("reader", extraction.READERS)
def test_a_chinese_line_on_an_arabic_page_ends_with_its_own_sign(reader: str, tmp_path: Path) -> None:
    needs("pdftotext")
    arabic = "<p lang=ar dir=rtl><bdi>علامات الجرعة الزائدة، والخطوات التي يجب اتباعها.</bdi></p>" * 3
    lines = ["药物过量的迹象，以及要做的步骤。", "中文（简体） · Chinese (Simplified)"]
    body = arabic + "".join(f"<p>{line}</p>" for line in lines)
    said = extraction.clean(extraction.READERS[reader](chinese(body, tmp_path / "two.pdf"))).splitlines()
    assert [line.strip() for line in said if "药物" in line or "中文" in line] == lines


def test_a_run_wider_than_a_glyph_can_be_is_printed_in_order(tmp_path: Path) -> None:
    """On a poster: a line of many words from left to right, in brackets."""
    words = " ".join(f"word{number}, and (more)" for number in range(30))
    path = tmp_path / "poster.pdf"
    path.write_bytes(written(f"<p>مرحبا ({ltr(words)}). مرحبا</p>", "@page { size: 2000mm 420mm }", "ar"))
    for reader in extraction.READERS.values():
        found = extraction.lost([words], reader(path))
        assert not found.disordered
        assert not found.words


def test_text_that_is_hidden_is_left_where_it_is() -> None:
    made = sheets.printed("<p style='visibility: hidden'>مرحبا بكم</p>", tag="ar")
    assert sheets.raised(made).keys() == {"fit-lost", "fit-empty"}
