"""One glyph, several texts: codes that are added to the fonts of a PDF, and the text of complex scripts in readers that
do not heed ActualText (pdfminer)."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from shutil import which
from typing import Any

import babel
import page as page_validation
import pikepdf
import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTContainer

from plainleaf.formats.pdf import actualtext, clusters, engine, fontprogram
from plainleaf.formats.pdf.codes import Codes
from tests import sheets, verapdf
from tests.formats.pdf.test_tags import FONTS, make, need, pdftotext, render

_HEX = re.compile(rb"<([0-9a-f]+)>")


def of_a(document: Any) -> Any:
    """The font that has the letter a."""
    return next(font for font in document.fonts.values() if "a" in font.to_unicode.values())


def recoded(body: str, texts: dict[str, str], wider: int = 0) -> bytes:
    """A PDF in which glyphs that say one letter say another, and are wider than they were; valid on both validators."""

    def finisher(document: Any, pdf: Any) -> None:
        codes = Codes(pdf)
        font = of_a(document)
        glyphs = {text: glyph for glyph, text in font.to_unicode.items()}
        changed = dict[bytes, bytes]()
        for old, new in texts.items():
            width = font.widths[glyphs[old]] + wider
            code = codes.code(font.hash, glyphs[old], new, width)
            changed[b"%04x" % glyphs[old]] = b"%b>%d<" % (code, wider) if wider else code
        for reference in pdf.page_references:
            page = pdf.objects[int(reference.split()[0])]
            stream = pdf.objects[int(page["Contents"].split()[0])].stream
            for place, item in enumerate(stream):
                if isinstance(item, bytes) and item.endswith(b" TJ"):
                    stream[place] = _HEX.sub(
                        lambda run: b"<" + re.sub(b"....", lambda c: changed.get(c[0], c[0]), run[1]) + b">", item
                    )
        codes.finish()

    data: bytes = render(body).write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")
    assert page_validation.validate_pdf_bytes(data, profile="ua1").failures == []
    need(verapdf.available() is None, "veraPDF")
    assert verapdf.validate(data) == ()
    return data


def drawn(data: bytes) -> bytes:
    """The pages as poppler draws them."""
    need(which("pdftoppm"), "pdftoppm (poppler-utils)")
    return subprocess.run(["pdftoppm", "-r", "100", "-"], input=data, capture_output=True, check=True).stdout


def walk(item: Any) -> Iterator[Any]:
    yield item
    for inner in item if isinstance(item, LTContainer) else ():
        yield from walk(inner)


def test_a_glyph_says_another_text_and_looks_the_same() -> None:
    body = "<p lang=en>Take the tablet</p>"
    plain, changed = recoded(body, {}), recoded(body, {"a": "\u0915\u094d\u0937", "b": "\U0001f48a"})
    assert "Take the tablet" in pdftotext(plain)
    wanted = "Take the tablet".replace("a", "\u0915\u094d\u0937").replace("b", "\U0001f48a")
    assert wanted in pdftotext(changed)
    assert wanted in extract_text(io.BytesIO(changed))
    assert wanted in pypdfium2.PdfDocument(changed)[0].get_textpage().get_text_range()
    assert drawn(changed) == drawn(plain)
    assert recoded(body, {"a": "\u0915\u094d\u0937", "b": "\U0001f48a"}) == changed


def test_many_texts_of_one_glyph_each_have_a_code() -> None:
    told = dict[bytes, str]()

    def finisher(document: Any, pdf: Any) -> None:
        codes = Codes(pdf)
        font = of_a(document)
        glyph = next(glyph for glyph, text in font.to_unicode.items() if text == "a")
        told.update({codes.code(font.hash, glyph, f"a{number}"): f"a{number}" for number in range(250)})
        assert codes.code(font.hash, glyph, "a") == b"%04x" % glyph  # its own code says so already
        assert codes.code(font.hash, glyph, "a7") in told  # asked again: no other code
        assert codes.text(font.hash, int(codes.code(font.hash, glyph, "a7"), 16)) == "a7"
        with pytest.raises(ValueError, match="without text"):
            codes.code(font.hash, glyph, "")
        codes.finish()

    data = render("<p>a</p>").write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = next(font for font in pdf.pages[0].Resources.Font.values() if b"<0061>" in font.ToUnicode.read_bytes())
        table = font.ToUnicode.read_bytes()
        inner = font.DescendantFonts[0]
        glyphs = inner.CIDToGIDMap.read_bytes()
        first, widths = list(inner.W)[-2:]
    assert len(told) == 250 and all(int(size) <= 100 for size in re.findall(rb"(\d+) beginbfchar", table))
    for code, text in told.items():
        assert b"<%b> <%b>" % (code, text.encode("utf-16-be").hex().encode()) in table
        place = int(code, 16)
        assert widths[place - first] == widths[0]
        assert glyphs[2 * place : 2 * place + 2] == glyphs[-2:]


def test_a_font_whose_codes_are_used_up_says_so_and_keeps_its_own() -> None:
    def finisher(document: Any, pdf: Any) -> None:
        font = of_a(document)
        glyph = next(glyph for glyph, text in font.to_unicode.items() if text == "a")
        codes = Codes(pdf)
        asked = 0
        while codes.takes(font.hash):
            codes.code(font.hash, glyph, f"a{asked}")
            asked += 1
        assert asked > 60_000
        own = b"%04x" % glyph
        assert own in {codes.code(font.hash, glyph, f"b{number}") for number in range(3000)}

    render("<p>a</p>").write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")


@pytest.mark.parametrize(
    ("text", "glyphs", "parts"),
    [
        ("कि", 2, ["क", "ि"]),
        ("क्षि", 2, ["क्ष", "ि"]),
        ("क्ष", 1, ["क्ष"]),
        ("কো", 3, ["ক", "\u09c7", "\u09be"]),  # taken apart as Unicode does
        ("กำ", 3, ["ก", "ำ", "\u2060"]),  # Unicode has no parts of it
    ],
)
def test_letters_are_given_to_glyphs_in_the_order_of_writing(text: str, glyphs: int, parts: list[str]) -> None:
    assert clusters.split(text, glyphs) == parts


HINDI = "हिन्दी में किसी की चिकित्सा, जाँच या क्लिनिक: चिकित्सकों से मिलिए, सिर्फ़ निर्धारित मात्रा लीजिए।"


def test_hindi_is_read_without_actualtext() -> None:
    data = make(f"<h1>{HINDI}</h1><p>{HINDI} <b>{HINDI}</b></p>", lang="hi")
    wanted = f"{HINDI} {HINDI} {HINDI} 1".split()
    assert [unicodedata.normalize("NFC", word) for word in extract_text(io.BytesIO(data)).split()] == wanted
    assert pdftotext(data).split() == wanted


def test_a_glyph_moves_the_pen_further_and_nothing_else_does() -> None:
    """A wider copy of a glyph, and the way back: fonts and PDF agree on widths, which both validators look at."""
    body = "<p lang=en>Take the tablet</p>"
    plain, wider = recoded(body, {}), recoded(body, {"a": "a"}, wider=150)
    assert "Take the tablet" in pdftotext(wider) and "Take the tablet" in extract_text(io.BytesIO(wider))
    assert drawn(wider) == drawn(plain)
    page = next(iter(extract_pages(io.BytesIO(wider))))
    letters = {letter.get_text(): letter.width / letter.size for letter in walk(page) if isinstance(letter, LTChar)}
    page = next(iter(extract_pages(io.BytesIO(plain))))
    before = {letter.get_text(): letter.width / letter.size for letter in walk(page) if isinstance(letter, LTChar)}
    assert letters["a"] == pytest.approx(before["a"] + 0.15) and letters["b"] == before["b"]


def test_new_glyphs_are_those_that_they_are_made_of_and_the_font_stays_whole() -> None:
    need(FONTS.is_dir(), "fonts-noto-core")
    data = (FONTS / "NotoSansKhmer-Regular.ttf").read_bytes()
    count, em = fontprogram.measures(data)
    old = TTFont(io.BytesIO(data))
    ka, aa = (old.getGlyphID(old.getBestCmap()[ord(letter)]) for letter in "កា")
    new = [fontprogram.NewGlyph(((ka, 0, 0), (aa, 300, -20)), 900), fontprogram.NewGlyph(((ka, 0, 0),), 7)]
    made = TTFont(io.BytesIO(fontprogram.extended(data, new)), checkChecksums=2)
    assert (em, made["maxp"].numGlyphs) == (old["head"].unitsPerEm, count + 2)

    def points(font: TTFont, number: int) -> list[tuple[int, int]]:
        return list(font["glyf"][font.getGlyphName(number)].getCoordinates(font["glyf"])[0])

    assert points(made, count) == points(old, ka) + [(x + 300, y - 20) for x, y in points(old, aa)]
    assert points(made, count + 1) == points(old, ka) == points(made, ka)
    metrics = [font["hmtx"][font.getGlyphName(number)] for font in (made, old) for number in range(count)]
    assert metrics[:count] == metrics[count:]
    assert [made["hmtx"][made.getGlyphName(number)][0] for number in (count, count + 1)] == [900, 7]


def names(tag: str) -> list[str]:
    """Some names of countries and languages in a language, as CLDR has them: one word or two, for a line each."""
    locale = babel.Locale(tag)
    known = {*locale.territories.values(), *locale.languages.values(), *locale.months["format"]["wide"].values()}
    short = sorted(name for name in known if len(name) < 24 and not re.search("[-A-Za-z()’]", name))
    some = short[:: max(1, len(short) // 60)]
    return [*some, f"({some[0]}) 24 mg, {some[1]}"]


def counted(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    "tag", ["hi", "mr", "ne", "bn", "ta", "te", "kn", "ml", "gu", "pa", "si", "th", "lo", "km", "my", "bo", "am"]
)
def test_words_are_read_with_and_without_actualtext(tag: str) -> None:
    data = sheets.printed("".join(f"<p>{name}</p>" for name in names(tag)), tag=tag).data
    assert data
    wanted = counted("\n".join(names(tag)))
    assert wanted.total() > 40
    assert counted(pdftotext(data)) == wanted
    pages = pypdfium2.PdfDocument(data)
    assert counted("\n".join(page.get_textpage().get_text_range() for page in pages)) == wanted
    without = counted(extract_text(io.BytesIO(data)))
    assert without == wanted
    if tag not in ("km", "bo"):  # pypdf takes the way of the pen to a sign below its letter for a space
        assert counted("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)) == wanted


def test_a_cell_of_a_table_is_not_glued_to_the_next_in_pdfium() -> None:
    row = "<tr><td>गोली (50\u00a0मिलीग्राम)<td><bdi lang=en>Depade</bdi>"
    data = sheets.printed(f"<table>{row}{row}</table>", "td { width: 6cm }", tag="hi").data
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert [line.split() for line in text.splitlines()[:2]] == [["गोली", "(50", "मिलीग्राम)", "Depade"]] * 2


def test_what_pango_says_while_a_page_is_drawn_is_what_it_says_afterwards() -> None:
    def finisher(document: Any, pdf: Any) -> None:
        boxes = [mark.box for mark in actualtext.pair(document, pdf) if HINDI.startswith(mark.text[:5])]
        assert boxes
        for box in boxes:
            noted = vars(box.pango_layout).pop("plainleaf-clusters")
            asked = clusters._shaped(box)
            vars(box.pango_layout)["plainleaf-clusters"] = noted
            assert asked[0] and clusters._shaped(box) == asked

    with engine.tuned():
        render(f"<p>{HINDI}</p>", lang="hi").write_pdf(finisher=finisher, pdf_variant="pdf/ua-1")


def test_what_is_cut_off_or_runs_both_ways_stays_as_it_is() -> None:
    cut = "p { width: 4cm; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }"
    assert HINDI[:9] in pdftotext(make(f"<p>{HINDI}</p>", cut, lang="hi"))
    brackets = "<p>خذ</p><p>(हिन्दी में)</p>"
    data = make(brackets, lang="ar", more="dir=rtl")
    assert "हिन्दी में" in pdftotext(data)
    assert Counter("हिन्दी में") <= Counter(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range())
